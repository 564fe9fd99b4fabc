-- Requests for exceptional-needs funding. A child's identity stands apart; the cluster's outcome, the panel's
-- recommendation and the officer's decision are three records, never one, and none of them is ever edited.

-- Identity. Its key is random and says nothing; a row may be corrected, and taken out when the law asks for it.
CREATE TABLE pupil (
    pupil_key      TEXT PRIMARY KEY CHECK (length(pupil_key) = 32),
    upn            TEXT UNIQUE CHECK (upn IS NULL OR length(upn) = 13),
    former_upn     TEXT CHECK (former_upn IS NULL OR length(former_upn) = 13),
    given_names    TEXT NOT NULL,
    family_name    TEXT NOT NULL,
    birth_date     TEXT CHECK (birth_date IS NULL OR birth_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    looked_after   INTEGER CHECK (looked_after IN (0, 1)),
    home_la_code   INTEGER,
    urn            INTEGER REFERENCES school (urn),
    commitment_key TEXT,
    version        INTEGER NOT NULL CHECK (version >= 1),
    changed_at     TEXT NOT NULL,
    changed_by     TEXT NOT NULL
) STRICT;

-- Need codes and SEN statuses are vocabularies that the Department changes: the rules know them, not this file.
CREATE TABLE request (
    reference         TEXT PRIMARY KEY CHECK (
        reference GLOB 'R-[2-9A-HJKMNP-TV-Z][2-9A-HJKMNP-TV-Z][2-9A-HJKMNP-TV-Z][2-9A-HJKMNP-TV-Z]' OR
        reference GLOB 'R-[2-9A-HJKMNP-TV-Z][2-9A-HJKMNP-TV-Z][2-9A-HJKMNP-TV-Z][2-9A-HJKMNP-TV-Z][2-9A-HJKMNP-TV-Z]'),
    year              TEXT NOT NULL CHECK (year GLOB '[0-9][0-9][0-9][0-9]/[0-9][0-9]'),
    urn               INTEGER NOT NULL REFERENCES school (urn),
    cluster_reference TEXT NOT NULL,
    type              TEXT NOT NULL CHECK (type IN ('discussion', 'individual', 'group', 'project')),
    pupils            INTEGER CHECK (pupils IS NULL OR pupils >= 1),
    year_group        TEXT CHECK (year_group IS NULL OR year_group <> ''),
    sen_status        TEXT NOT NULL CHECK (sen_status <> ''),
    attendance_tenths INTEGER CHECK (attendance_tenths IS NULL OR attendance_tenths BETWEEN 0 AND 1000),
    provision_now     TEXT NOT NULL,
    provision_asked   TEXT NOT NULL CHECK (trim(provision_asked, ' ' || char(9, 10, 13, 160)) <> ''),
    outcome_sought    TEXT NOT NULL,
    parents_views     TEXT NOT NULL,
    pupils_views      TEXT NOT NULL,
    cost_pence        INTEGER NOT NULL CHECK (cost_pence >= 0),
    element2_pence    INTEGER CHECK (element2_pence IS NULL OR element2_pence >= 0),
    asked_pence       INTEGER NOT NULL CHECK (asked_pence >= 0),
    asked_from        TEXT CHECK (asked_from IS NULL OR asked_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    asked_to          TEXT CHECK (asked_to IS NULL OR asked_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    urgent            INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    urgent_because    TEXT NOT NULL,
    consent           INTEGER NOT NULL CHECK (consent IN (0, 1)),
    consent_on        TEXT CHECK (consent_on IS NULL OR consent_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    submitted_on      TEXT NOT NULL CHECK (submitted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    meeting_reference TEXT REFERENCES meeting (reference),
    panel_reference   TEXT REFERENCES meeting (reference),
    resubmits         TEXT REFERENCES request (reference) CHECK (resubmits IS NULL OR resubmits <> reference),
    filled_in_by      TEXT NOT NULL,
    form_key          TEXT UNIQUE,
    form_version      TEXT NOT NULL CHECK (form_version <> ''),
    version           INTEGER NOT NULL CHECK (version >= 1),
    withdrawn_on      TEXT CHECK (withdrawn_on IS NULL OR withdrawn_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    withdrawn_because TEXT NOT NULL,
    received_at       TEXT NOT NULL,
    received_by       TEXT NOT NULL CHECK (received_by <> ''),
    source            TEXT NOT NULL,
    FOREIGN KEY (year, cluster_reference) REFERENCES cluster (year, reference),
    CHECK (year_group IS NOT NULL OR type IN ('discussion', 'group', 'project')),
    CHECK (asked_to IS NULL OR (asked_from IS NOT NULL AND asked_to >= asked_from)),
    CHECK ((urgent = 1) = (trim(urgent_because, ' ' || char(9, 10, 13, 160)) <> '')),
    CHECK (consent = 1 OR consent_on IS NULL),
    CHECK ((withdrawn_on IS NOT NULL) = (trim(withdrawn_because, ' ' || char(9, 10, 13, 160)) <> ''))
) STRICT;

CREATE INDEX request_by_year ON request (year, submitted_on, reference);
CREATE INDEX request_by_cluster ON request (year, cluster_reference, submitted_on, reference);
CREATE INDEX request_by_meeting ON request (meeting_reference, reference);
CREATE INDEX request_by_urn ON request (urn, year);

CREATE TABLE request_need (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    rank              INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 9),
    code              TEXT NOT NULL CHECK (code <> ''),
    PRIMARY KEY (request_reference, rank),
    UNIQUE (request_reference, code)
) STRICT, WITHOUT ROWID;

-- Which children a request is for, and what their parents agreed to; a group request has several.
CREATE TABLE request_pupil (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    pupil_key         TEXT NOT NULL REFERENCES pupil (pupil_key),
    consent_scope     TEXT NOT NULL,
    consent_on        TEXT CHECK (consent_on IS NULL OR consent_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (request_reference, pupil_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_pupil_by_pupil ON request_pupil (pupil_key);

-- The first record: what the cluster thought. Each later row names the one it takes the place of, so that a request has
-- one line of rows and at most one that lives; a row with taken_back = 1 undoes and says nothing else.
CREATE TABLE moderation (
    moderation_id        INTEGER PRIMARY KEY,
    request_reference    TEXT NOT NULL REFERENCES request (reference),
    request_version      INTEGER NOT NULL CHECK (request_version >= 1),
    meeting_reference    TEXT NOT NULL REFERENCES meeting (reference),
    supersedes           INTEGER UNIQUE REFERENCES moderation (moderation_id),
    taken_back           INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
    outcome              TEXT CHECK (outcome IN ('predictable', 'below-threshold-with-plan', 'borderline', 'exceptional')),
    level                TEXT CHECK (level IN ('advise', 'support', 'confirm')),
    reason               TEXT NOT NULL CHECK (trim(reason, ' ' || char(9, 10, 13, 160)) <> ''),
    votes_for            INTEGER CHECK (votes_for >= 0),
    votes_against        INTEGER CHECK (votes_against >= 0),
    votes_abstained      INTEGER CHECK (votes_abstained >= 0),
    chair_urn            INTEGER NOT NULL REFERENCES school (urn),
    moderating_chair_urn INTEGER REFERENCES school (urn) CHECK (moderating_chair_urn <> chair_urn),
    made_at              TEXT NOT NULL,
    made_by              TEXT NOT NULL CHECK (made_by <> ''),
    CHECK ((taken_back = 1) = (outcome IS NULL)),
    CHECK ((taken_back = 1) = (level IS NULL)),
    CHECK (taken_back = 0 OR supersedes IS NOT NULL),
    CHECK ((votes_for IS NULL) = (votes_against IS NULL) AND (votes_for IS NULL) = (votes_abstained IS NULL)),
    CHECK (supersedes IS NULL OR supersedes < moderation_id)
) STRICT;

CREATE UNIQUE INDEX moderation_one_first ON moderation (request_reference) WHERE supersedes IS NULL;
CREATE INDEX moderation_by_request ON moderation (request_reference);
CREATE INDEX moderation_by_meeting ON moderation (meeting_reference);

-- Which schools had an interest in the case when the cluster heard it, and what the meeting said of it.
CREATE TABLE moderation_interest (
    moderation_id INTEGER NOT NULL REFERENCES moderation (moderation_id),
    urn           INTEGER NOT NULL REFERENCES school (urn),
    ground        TEXT NOT NULL CHECK (ground IN ('own-school', 'same-trust', 'same-federation', 'host-school')),
    state         TEXT NOT NULL CHECK (state IN ('computed', 'confirmed', 'dismissed')),
    reason        TEXT NOT NULL,
    PRIMARY KEY (moderation_id, urn, ground),
    CHECK (state <> 'dismissed' OR trim(reason, ' ' || char(9, 10, 13, 160)) <> '')
) STRICT, WITHOUT ROWID;

-- The second record: what the borough's panel advises.
CREATE TABLE recommendation (
    recommendation_id INTEGER PRIMARY KEY,
    request_reference TEXT NOT NULL REFERENCES request (reference),
    request_version   INTEGER NOT NULL CHECK (request_version >= 1),
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    moderation_id     INTEGER REFERENCES moderation (moderation_id),
    supersedes        INTEGER UNIQUE REFERENCES recommendation (recommendation_id),
    taken_back        INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
    outcome           TEXT CHECK (outcome IN ('agreed', 'agreed-lower', 'agreed-with-conditions', 'declined-with-support',
                                              'deferred', 'withdrawn', 'returned')),
    amount_pence      INTEGER CHECK (amount_pence >= 0),
    awarded_from      TEXT CHECK (awarded_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    awarded_to        TEXT CHECK (awarded_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    reason            TEXT NOT NULL CHECK (trim(reason, ' ' || char(9, 10, 13, 160)) <> ''),
    votes_for         INTEGER CHECK (votes_for >= 0),
    votes_against     INTEGER CHECK (votes_against >= 0),
    votes_abstained   INTEGER CHECK (votes_abstained >= 0),
    chair             TEXT NOT NULL CHECK (chair <> ''),
    moderating_chair  TEXT,
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK ((taken_back = 1) = (outcome IS NULL)),
    CHECK (taken_back = 0 OR supersedes IS NOT NULL),
    CHECK (outcome IS NULL OR (outcome LIKE 'agreed%') = (amount_pence IS NOT NULL)),
    CHECK (awarded_to IS NULL OR (awarded_from IS NOT NULL AND awarded_to >= awarded_from)),
    CHECK ((votes_for IS NULL) = (votes_against IS NULL) AND (votes_for IS NULL) = (votes_abstained IS NULL)),
    CHECK (supersedes IS NULL OR supersedes < recommendation_id)
) STRICT;

CREATE UNIQUE INDEX recommendation_one_first ON recommendation (request_reference) WHERE supersedes IS NULL;
CREATE INDEX recommendation_by_request ON recommendation (request_reference);

-- The third record: what the Designated Officer decides. No meeting is named when it was decided outside one.
CREATE TABLE decision (
    decision_id       INTEGER PRIMARY KEY,
    request_reference TEXT NOT NULL REFERENCES request (reference),
    request_version   INTEGER NOT NULL CHECK (request_version >= 1),
    meeting_reference TEXT REFERENCES meeting (reference),
    recommendation_id INTEGER REFERENCES recommendation (recommendation_id),
    supersedes        INTEGER UNIQUE REFERENCES decision (decision_id),
    taken_back        INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
    outcome           TEXT CHECK (outcome IN ('agreed', 'agreed-lower', 'agreed-with-conditions', 'declined-with-support',
                                              'deferred', 'withdrawn', 'returned')),
    amount_pence      INTEGER CHECK (amount_pence >= 0),
    awarded_from      TEXT CHECK (awarded_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    awarded_to        TEXT CHECK (awarded_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    review_on         TEXT CHECK (review_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    reason            TEXT NOT NULL CHECK (trim(reason, ' ' || char(9, 10, 13, 160)) <> ''),
    officer           TEXT NOT NULL CHECK (officer <> ''),
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK ((taken_back = 1) = (outcome IS NULL)),
    CHECK (taken_back = 0 OR supersedes IS NOT NULL),
    CHECK (outcome IS NULL OR (outcome LIKE 'agreed%') = (amount_pence IS NOT NULL)),
    CHECK (awarded_to IS NULL OR (awarded_from IS NOT NULL AND awarded_to >= awarded_from)),
    CHECK (supersedes IS NULL OR supersedes < decision_id)
) STRICT;

CREATE UNIQUE INDEX decision_one_first ON decision (request_reference) WHERE supersedes IS NULL;
CREATE INDEX decision_by_request ON decision (request_reference);

-- The row of each kind that lives: not superseded, not taken back.
CREATE VIEW living_moderation AS
SELECT mine.* FROM moderation AS mine
 WHERE mine.taken_back = 0
   AND NOT EXISTS (SELECT 1 FROM moderation AS later WHERE later.supersedes = mine.moderation_id);

CREATE VIEW living_recommendation AS
SELECT mine.* FROM recommendation AS mine
 WHERE mine.taken_back = 0
   AND NOT EXISTS (SELECT 1 FROM recommendation AS later WHERE later.supersedes = mine.recommendation_id);

CREATE VIEW living_decision AS
SELECT mine.* FROM decision AS mine
 WHERE mine.taken_back = 0
   AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.supersedes = mine.decision_id);

-- A request is corrected before the cluster judges it, one version after the other; it never vanishes.
CREATE TRIGGER request_no_delete BEFORE DELETE ON request
BEGIN
    SELECT RAISE(ABORT, 'a request is withdrawn, never deleted');
END;

CREATE TRIGGER request_no_replace BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE reference = NEW.reference OR form_key = NEW.form_key)
BEGIN
    SELECT RAISE(ABORT, 'a request is corrected, never replaced');
END;

CREATE TRIGGER request_identity_fixed BEFORE UPDATE OF reference, year, received_at, received_by ON request
WHEN NEW.reference IS NOT OLD.reference OR NEW.year IS NOT OLD.year
  OR NEW.received_at IS NOT OLD.received_at OR NEW.received_by IS NOT OLD.received_by
BEGIN
    SELECT RAISE(ABORT, 'the reference, year and receipt of a request stay as they are');
END;

CREATE TRIGGER request_version_grows BEFORE UPDATE ON request
WHEN NEW.version IS NOT OLD.version + 1
BEGIN
    SELECT RAISE(ABORT, 'somebody else has changed this request');
END;

CREATE TRIGGER request_judged_as_it_is BEFORE UPDATE OF urn, cluster_reference, type, pupils, year_group, sen_status,
    attendance_tenths, provision_now, provision_asked, outcome_sought, cost_pence, element2_pence, asked_pence, asked_from,
    asked_to, urgent, submitted_on, form_version ON request
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_need_judged_no_insert BEFORE INSERT ON request_need
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = NEW.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_need_judged_no_update BEFORE UPDATE ON request_need
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference IN (OLD.request_reference, NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_need_judged_no_delete BEFORE DELETE ON request_need
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

-- Three triggers a record, since INSERT OR REPLACE walks past the two against update and delete.
CREATE TRIGGER moderation_no_update BEFORE UPDATE ON moderation
BEGIN
    SELECT RAISE(ABORT, 'an outcome is superseded, never edited');
END;

CREATE TRIGGER moderation_no_delete BEFORE DELETE ON moderation
BEGIN
    SELECT RAISE(ABORT, 'an outcome is superseded, never deleted');
END;

CREATE TRIGGER moderation_in_line BEFORE INSERT ON moderation
WHEN EXISTS (SELECT 1 FROM moderation WHERE moderation_id = NEW.moderation_id OR supersedes = NEW.supersedes)
  OR (NEW.supersedes IS NULL
      AND EXISTS (SELECT 1 FROM moderation WHERE request_reference = NEW.request_reference))
  OR (NEW.supersedes IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM moderation
                       WHERE moderation_id = NEW.supersedes AND request_reference = NEW.request_reference))
  OR (NEW.taken_back = 1
      AND EXISTS (SELECT 1 FROM moderation WHERE moderation_id = NEW.supersedes AND taken_back = 1))
BEGIN
    SELECT RAISE(ABORT, 'an outcome takes the place of the living one of its request, once');
END;

CREATE TRIGGER moderation_in_time BEFORE INSERT ON moderation
WHEN EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND withdrawn_on IS NOT NULL)
  OR EXISTS (SELECT 1 FROM living_recommendation WHERE request_reference = NEW.request_reference)
  OR EXISTS (SELECT 1 FROM living_decision WHERE request_reference = NEW.request_reference)
  OR NOT EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND version = NEW.request_version)
BEGIN
    SELECT RAISE(ABORT, 'a cluster judges a request as it stands, before the panel and the officer');
END;

-- The strictest borough and the most lenient agree on this much: no school chairs its own case.
CREATE TRIGGER moderation_no_own_school BEFORE INSERT ON moderation
WHEN NEW.taken_back = 0
 AND EXISTS (SELECT 1 FROM request
              WHERE reference = NEW.request_reference
                AND urn = COALESCE(NEW.moderating_chair_urn, NEW.chair_urn))
BEGIN
    SELECT RAISE(ABORT, 'no school chairs its own case');
END;

CREATE TRIGGER moderation_interest_no_update BEFORE UPDATE ON moderation_interest
BEGIN
    SELECT RAISE(ABORT, 'an interest stays as the meeting recorded it');
END;

CREATE TRIGGER moderation_interest_no_delete BEFORE DELETE ON moderation_interest
BEGIN
    SELECT RAISE(ABORT, 'an interest stays as the meeting recorded it');
END;

CREATE TRIGGER moderation_interest_no_replace BEFORE INSERT ON moderation_interest
WHEN EXISTS (SELECT 1 FROM moderation_interest
              WHERE moderation_id = NEW.moderation_id AND urn = NEW.urn AND ground = NEW.ground)
BEGIN
    SELECT RAISE(ABORT, 'an interest stays as the meeting recorded it');
END;

CREATE TRIGGER recommendation_no_update BEFORE UPDATE ON recommendation
BEGIN
    SELECT RAISE(ABORT, 'a recommendation is superseded, never edited');
END;

CREATE TRIGGER recommendation_no_delete BEFORE DELETE ON recommendation
BEGIN
    SELECT RAISE(ABORT, 'a recommendation is superseded, never deleted');
END;

CREATE TRIGGER recommendation_in_line BEFORE INSERT ON recommendation
WHEN EXISTS (SELECT 1 FROM recommendation
              WHERE recommendation_id = NEW.recommendation_id OR supersedes = NEW.supersedes)
  OR (NEW.supersedes IS NULL
      AND EXISTS (SELECT 1 FROM recommendation WHERE request_reference = NEW.request_reference))
  OR (NEW.supersedes IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM recommendation
                       WHERE recommendation_id = NEW.supersedes AND request_reference = NEW.request_reference))
  OR (NEW.taken_back = 1
      AND EXISTS (SELECT 1 FROM recommendation WHERE recommendation_id = NEW.supersedes AND taken_back = 1))
BEGIN
    SELECT RAISE(ABORT, 'a recommendation takes the place of the living one of its request, once');
END;

CREATE TRIGGER recommendation_in_time BEFORE INSERT ON recommendation
WHEN EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND withdrawn_on IS NOT NULL)
  OR EXISTS (SELECT 1 FROM living_decision WHERE request_reference = NEW.request_reference)
  OR NOT EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND version >= NEW.request_version)
  OR (NEW.moderation_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM moderation
                       WHERE moderation_id = NEW.moderation_id AND request_reference = NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'a panel advises on a request before the officer decides it');
END;

CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is superseded, never edited');
END;

CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is superseded, never deleted');
END;

CREATE TRIGGER decision_in_line BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE decision_id = NEW.decision_id OR supersedes = NEW.supersedes)
  OR (NEW.supersedes IS NULL
      AND EXISTS (SELECT 1 FROM decision WHERE request_reference = NEW.request_reference))
  OR (NEW.supersedes IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM decision
                       WHERE decision_id = NEW.supersedes AND request_reference = NEW.request_reference))
  OR (NEW.taken_back = 1
      AND EXISTS (SELECT 1 FROM decision WHERE decision_id = NEW.supersedes AND taken_back = 1))
BEGIN
    SELECT RAISE(ABORT, 'a decision takes the place of the living one of its request, once');
END;

CREATE TRIGGER decision_in_time BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND withdrawn_on IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND version >= NEW.request_version)
  OR (NEW.recommendation_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM recommendation
                       WHERE recommendation_id = NEW.recommendation_id AND request_reference = NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'an officer decides a request that stands');
END;
