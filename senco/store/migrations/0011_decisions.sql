-- What goes with the three records: reasons line by line, interests as the meeting settled them, who was present,
-- ratification of what was decided outside a meeting, letters, reviews, and what becomes of an award.

-- A record says how many lines of reasons it has, so that none can be added to it afterwards.
ALTER TABLE moderation ADD COLUMN reason_lines INTEGER NOT NULL DEFAULT 0 CHECK (reason_lines >= 0);
ALTER TABLE moderation ADD COLUMN casting TEXT CHECK (casting IN ('for', 'against'));
ALTER TABLE recommendation ADD COLUMN reason_lines INTEGER NOT NULL DEFAULT 0 CHECK (reason_lines >= 0);
ALTER TABLE recommendation ADD COLUMN casting TEXT CHECK (casting IN ('for', 'against'));
ALTER TABLE decision ADD COLUMN reason_lines INTEGER NOT NULL DEFAULT 0 CHECK (reason_lines >= 0);

-- A renewal names the request whose award it goes on with.
ALTER TABLE request ADD COLUMN renews TEXT REFERENCES request (reference) CHECK (renews IS NULL OR renews <> reference);

CREATE TABLE reason_line (
    record    TEXT NOT NULL CHECK (record IN ('moderation', 'recommendation', 'decision')),
    record_id INTEGER NOT NULL,
    place     INTEGER NOT NULL CHECK (place >= 1),
    kind      TEXT NOT NULL CHECK (kind IN ('criterion-met', 'criterion-not-met', 'evidence', 'condition', 'advice',
                                            'evidence-wanted')),
    text      TEXT NOT NULL CHECK (trim(text, ' ' || char(9, 10, 13, 160)) <> ''),
    owner     TEXT NOT NULL,
    due_on    TEXT CHECK (due_on IS NULL OR due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (record, record_id, place),
    CHECK ((kind = 'advice') = (owner <> '')),
    CHECK (kind = 'advice' OR due_on IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER reason_line_no_update BEFORE UPDATE ON reason_line
BEGIN
    SELECT RAISE(ABORT, 'a reason stays as it was given');
END;

CREATE TRIGGER reason_line_no_delete BEFORE DELETE ON reason_line
BEGIN
    SELECT RAISE(ABORT, 'a reason stays as it was given');
END;

CREATE TRIGGER reason_line_with_its_record BEFORE INSERT ON reason_line
WHEN EXISTS (SELECT 1 FROM reason_line WHERE record = NEW.record AND record_id = NEW.record_id AND place = NEW.place)
  OR NEW.place > COALESCE(CASE NEW.record
       WHEN 'moderation' THEN (SELECT reason_lines FROM moderation WHERE moderation_id = NEW.record_id)
       WHEN 'recommendation' THEN (SELECT reason_lines FROM recommendation WHERE recommendation_id = NEW.record_id)
       ELSE (SELECT reason_lines FROM decision WHERE decision_id = NEW.record_id) END, 0)
BEGIN
    SELECT RAISE(ABORT, 'a reason is given with its record, once');
END;

-- Interests at the cluster's table may also rest on the role of a lead, or on what somebody declares.
CREATE TABLE moderation_interest_wider (
    moderation_id INTEGER NOT NULL REFERENCES moderation (moderation_id),
    urn           INTEGER NOT NULL REFERENCES school (urn),
    ground        TEXT NOT NULL CHECK (ground IN ('own-school', 'same-trust', 'same-federation', 'host-school',
                                                  'lead-role', 'declared')),
    state         TEXT NOT NULL CHECK (state IN ('computed', 'confirmed', 'dismissed')),
    reason        TEXT NOT NULL,
    PRIMARY KEY (moderation_id, urn, ground),
    CHECK (state <> 'dismissed' OR trim(reason, ' ' || char(9, 10, 13, 160)) <> '')
) STRICT, WITHOUT ROWID;
INSERT INTO moderation_interest_wider SELECT moderation_id, urn, ground, state, reason FROM moderation_interest;
DROP TABLE moderation_interest;
ALTER TABLE moderation_interest_wider RENAME TO moderation_interest;

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

CREATE TABLE recommendation_interest (
    recommendation_id INTEGER NOT NULL REFERENCES recommendation (recommendation_id),
    urn               INTEGER NOT NULL REFERENCES school (urn),
    ground            TEXT NOT NULL CHECK (ground IN ('own-school', 'same-trust', 'same-federation', 'host-school',
                                                      'lead-role', 'declared')),
    state             TEXT NOT NULL CHECK (state IN ('computed', 'confirmed', 'dismissed')),
    reason            TEXT NOT NULL,
    PRIMARY KEY (recommendation_id, urn, ground),
    CHECK (state <> 'dismissed' OR trim(reason, ' ' || char(9, 10, 13, 160)) <> '')
) STRICT, WITHOUT ROWID;

CREATE TRIGGER recommendation_interest_no_update BEFORE UPDATE ON recommendation_interest
BEGIN
    SELECT RAISE(ABORT, 'an interest stays as the meeting recorded it');
END;

CREATE TRIGGER recommendation_interest_no_delete BEFORE DELETE ON recommendation_interest
BEGIN
    SELECT RAISE(ABORT, 'an interest stays as the meeting recorded it');
END;

CREATE TRIGGER recommendation_interest_no_replace BEFORE INSERT ON recommendation_interest
WHEN EXISTS (SELECT 1 FROM recommendation_interest
              WHERE recommendation_id = NEW.recommendation_id AND urn = NEW.urn AND ground = NEW.ground)
BEGIN
    SELECT RAISE(ABORT, 'an interest stays as the meeting recorded it');
END;

-- What a meeting says of an interest before it hears the case; of several rows the newest holds.
CREATE TABLE interest_settled (
    settled_id        INTEGER PRIMARY KEY,
    request_reference TEXT NOT NULL REFERENCES request (reference),
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    urn               INTEGER NOT NULL REFERENCES school (urn),
    ground            TEXT NOT NULL CHECK (ground IN ('own-school', 'same-trust', 'same-federation', 'host-school',
                                                      'lead-role', 'declared')),
    state             TEXT NOT NULL CHECK (state IN ('confirmed', 'dismissed')),
    reason            TEXT NOT NULL CHECK (trim(reason, ' ' || char(9, 10, 13, 160)) <> ''),
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK (ground <> 'own-school' OR state = 'confirmed')
) STRICT;

CREATE INDEX interest_settled_by_meeting ON interest_settled (meeting_reference, request_reference);

CREATE TRIGGER interest_settled_no_update BEFORE UPDATE ON interest_settled
BEGIN
    SELECT RAISE(ABORT, 'what a meeting said of an interest is never edited');
END;

CREATE TRIGGER interest_settled_no_delete BEFORE DELETE ON interest_settled
BEGIN
    SELECT RAISE(ABORT, 'what a meeting said of an interest is never deleted');
END;

CREATE TRIGGER interest_settled_no_replace BEFORE INSERT ON interest_settled
WHEN EXISTS (SELECT 1 FROM interest_settled WHERE settled_id = NEW.settled_id)
BEGIN
    SELECT RAISE(ABORT, 'what a meeting said of an interest is never edited');
END;

-- Who sits over the requests of a meeting: a school with its vote, or an office without one. A later row about the same
-- school or office takes the place of the earlier.
CREATE TABLE presence (
    presence_id       INTEGER PRIMARY KEY,
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    cluster_reference TEXT NOT NULL,
    urn               INTEGER REFERENCES school (urn),
    office            TEXT NOT NULL,
    here              INTEGER NOT NULL CHECK (here IN (0, 1)),
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK ((urn IS NULL) = (office <> ''))
) STRICT;

CREATE INDEX presence_by_meeting ON presence (meeting_reference, cluster_reference);

CREATE TRIGGER presence_no_update BEFORE UPDATE ON presence
BEGIN
    SELECT RAISE(ABORT, 'who was present is never edited');
END;

CREATE TRIGGER presence_no_delete BEFORE DELETE ON presence
BEGIN
    SELECT RAISE(ABORT, 'who was present is never deleted');
END;

CREATE TRIGGER presence_no_replace BEFORE INSERT ON presence
WHEN EXISTS (SELECT 1 FROM presence WHERE presence_id = NEW.presence_id)
BEGIN
    SELECT RAISE(ABORT, 'who was present is never edited');
END;

-- A deferred case comes back to the panel; a panel's advice rests on what the cluster found, unless it is urgent.
DROP TRIGGER recommendation_in_time;
CREATE TRIGGER recommendation_in_time BEFORE INSERT ON recommendation
WHEN EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND withdrawn_on IS NOT NULL)
  OR EXISTS (SELECT 1 FROM living_decision
              WHERE request_reference = NEW.request_reference
                AND (outcome <> 'deferred' OR (NEW.taken_back = 1 AND recommendation_id = NEW.supersedes)))
  OR NOT EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND version >= NEW.request_version)
  OR (NEW.moderation_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM moderation
                       WHERE moderation_id = NEW.moderation_id AND request_reference = NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'a panel advises on a request before the officer decides it');
END;

CREATE TRIGGER recommendation_after_cluster BEFORE INSERT ON recommendation
WHEN NEW.taken_back = 0
 AND ((NEW.moderation_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM request WHERE reference = NEW.request_reference AND urgent = 1))
   OR (NEW.moderation_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM living_moderation
                        WHERE moderation_id = NEW.moderation_id AND request_reference = NEW.request_reference)))
BEGIN
    SELECT RAISE(ABORT, 'a panel advises on what the cluster found, or on an urgent request');
END;

CREATE TRIGGER recommendation_at_a_panel BEFORE INSERT ON recommendation
WHEN NOT EXISTS (SELECT 1 FROM meeting
                  WHERE reference = NEW.meeting_reference AND kind = 'panel' AND (status <> 'cancelled' OR NEW.taken_back = 1))
BEGIN
    SELECT RAISE(ABORT, 'a panel advises at a panel');
END;

CREATE TRIGGER recommendation_within_what_is_asked BEFORE INSERT ON recommendation
WHEN EXISTS (SELECT 1 FROM request
              WHERE reference = NEW.request_reference
                AND ((NEW.outcome = 'agreed' AND NEW.amount_pence <> asked_pence)
                  OR (NEW.outcome = 'agreed-lower' AND NEW.amount_pence >= asked_pence)
                  OR (NEW.outcome = 'agreed-with-conditions' AND NEW.amount_pence > asked_pence)))
BEGIN
    SELECT RAISE(ABORT, 'no more is agreed than was asked');
END;

CREATE TRIGGER decision_within_what_is_asked BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM request
              WHERE reference = NEW.request_reference
                AND ((NEW.outcome = 'agreed' AND NEW.amount_pence <> asked_pence)
                  OR (NEW.outcome = 'agreed-lower' AND NEW.amount_pence >= asked_pence)
                  OR (NEW.outcome = 'agreed-with-conditions' AND NEW.amount_pence > asked_pence)))
BEGIN
    SELECT RAISE(ABORT, 'no more is agreed than was asked');
END;

-- With the panel's advice an officer decides at its meeting; without it, outside a meeting, to be ratified at the next.
CREATE TRIGGER decision_after_panel BEFORE INSERT ON decision
WHEN NEW.taken_back = 0
 AND ((NEW.recommendation_id IS NULL) <> (NEW.meeting_reference IS NULL)
   OR (NEW.recommendation_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM living_recommendation
                        WHERE recommendation_id = NEW.recommendation_id AND request_reference = NEW.request_reference
                          AND meeting_reference = NEW.meeting_reference))
   OR (NEW.recommendation_id IS NULL
       AND EXISTS (SELECT 1 FROM living_recommendation WHERE request_reference = NEW.request_reference)))
BEGIN
    SELECT RAISE(ABORT, 'an officer decides with the advice of the panel, or outside its meeting');
END;

-- A withdrawal is for good, and comes before the decision.
CREATE TRIGGER request_withdrawn_once BEFORE UPDATE OF withdrawn_on, withdrawn_because ON request
WHEN (OLD.withdrawn_on IS NOT NULL
      AND (NEW.withdrawn_on IS NOT OLD.withdrawn_on OR NEW.withdrawn_because IS NOT OLD.withdrawn_because))
  OR (NEW.withdrawn_on IS NOT NULL AND OLD.withdrawn_on IS NULL
      AND EXISTS (SELECT 1 FROM living_decision
                   WHERE request_reference = OLD.reference AND outcome <> 'deferred'))
BEGIN
    SELECT RAISE(ABORT, 'a request is withdrawn once, before it is decided');
END;

CREATE TABLE ratification (
    ratification_id   INTEGER PRIMARY KEY,
    decision_id       INTEGER NOT NULL UNIQUE REFERENCES decision (decision_id),
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    ratified          INTEGER NOT NULL CHECK (ratified IN (0, 1)),
    reason            TEXT NOT NULL,
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK (ratified = 1 OR trim(reason, ' ' || char(9, 10, 13, 160)) <> '')
) STRICT;

CREATE TRIGGER ratification_no_update BEFORE UPDATE ON ratification
BEGIN
    SELECT RAISE(ABORT, 'a ratification is never edited');
END;

CREATE TRIGGER ratification_no_delete BEFORE DELETE ON ratification
BEGIN
    SELECT RAISE(ABORT, 'a ratification is never deleted');
END;

CREATE TRIGGER ratification_in_order BEFORE INSERT ON ratification
WHEN EXISTS (SELECT 1 FROM ratification
              WHERE ratification_id = NEW.ratification_id OR decision_id = NEW.decision_id)
  OR NOT EXISTS (SELECT 1 FROM living_decision
                  WHERE decision_id = NEW.decision_id AND meeting_reference IS NULL)
  OR NOT EXISTS (SELECT 1 FROM meeting
                  WHERE reference = NEW.meeting_reference AND kind = 'panel' AND status <> 'cancelled')
BEGIN
    SELECT RAISE(ABORT, 'a panel ratifies once what was decided outside a meeting');
END;

CREATE TABLE decision_letter (
    decision_id INTEGER PRIMARY KEY REFERENCES decision (decision_id),
    dated_on    TEXT NOT NULL CHECK (dated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    made_at     TEXT NOT NULL,
    made_by     TEXT NOT NULL CHECK (made_by <> '')
) STRICT;

CREATE TRIGGER decision_letter_no_update BEFORE UPDATE ON decision_letter
BEGIN
    SELECT RAISE(ABORT, 'the day of a letter is never edited');
END;

CREATE TRIGGER decision_letter_no_delete BEFORE DELETE ON decision_letter
BEGIN
    SELECT RAISE(ABORT, 'the day of a letter is never deleted');
END;

CREATE TRIGGER decision_letter_in_order BEFORE INSERT ON decision_letter
WHEN EXISTS (SELECT 1 FROM decision_letter WHERE decision_id = NEW.decision_id)
  OR NOT EXISTS (SELECT 1 FROM living_decision WHERE decision_id = NEW.decision_id)
BEGIN
    SELECT RAISE(ABORT, 'a letter tells a decision that stands, once');
END;

-- What became of an award when it was looked at: from -2, much worse, to +2, much better than hoped for.
CREATE TABLE review (
    review_id         INTEGER PRIMARY KEY,
    request_reference TEXT NOT NULL REFERENCES request (reference),
    decision_id       INTEGER NOT NULL REFERENCES decision (decision_id),
    reviewed_on       TEXT NOT NULL CHECK (reviewed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    score             INTEGER NOT NULL CHECK (score BETWEEN -2 AND 2),
    note              TEXT NOT NULL CHECK (trim(note, ' ' || char(9, 10, 13, 160)) <> ''),
    next_on           TEXT CHECK (next_on IS NULL OR next_on > reviewed_on),
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> '')
) STRICT;

CREATE INDEX review_by_request ON review (request_reference);

CREATE TRIGGER review_no_update BEFORE UPDATE ON review
BEGIN
    SELECT RAISE(ABORT, 'a review is never edited');
END;

CREATE TRIGGER review_no_delete BEFORE DELETE ON review
BEGIN
    SELECT RAISE(ABORT, 'a review is never deleted');
END;

CREATE TRIGGER review_of_an_award BEFORE INSERT ON review
WHEN EXISTS (SELECT 1 FROM review WHERE review_id = NEW.review_id)
  OR NOT EXISTS (SELECT 1 FROM living_decision
                  WHERE decision_id = NEW.decision_id AND request_reference = NEW.request_reference
                    AND amount_pence IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a review looks at an award that stands');
END;

-- A child moves, and the award goes with the child, or leaves, and it ends; of several rows the newest holds.
CREATE TABLE award_change (
    award_change_id   INTEGER PRIMARY KEY,
    request_reference TEXT NOT NULL REFERENCES request (reference),
    decision_id       INTEGER NOT NULL REFERENCES decision (decision_id),
    kind              TEXT NOT NULL CHECK (kind IN ('moved', 'ended')),
    holds_from        TEXT NOT NULL CHECK (holds_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    urn               INTEGER REFERENCES school (urn),
    reason            TEXT NOT NULL CHECK (trim(reason, ' ' || char(9, 10, 13, 160)) <> ''),
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK ((kind = 'moved') = (urn IS NOT NULL))
) STRICT;

CREATE INDEX award_change_by_request ON award_change (request_reference);

CREATE TRIGGER award_change_no_update BEFORE UPDATE ON award_change
BEGIN
    SELECT RAISE(ABORT, 'what became of an award is never edited');
END;

CREATE TRIGGER award_change_no_delete BEFORE DELETE ON award_change
BEGIN
    SELECT RAISE(ABORT, 'what became of an award is never deleted');
END;

CREATE TRIGGER award_change_of_an_award BEFORE INSERT ON award_change
WHEN EXISTS (SELECT 1 FROM award_change WHERE award_change_id = NEW.award_change_id)
  OR EXISTS (SELECT 1 FROM award_change WHERE decision_id = NEW.decision_id AND kind = 'ended')
  OR NOT EXISTS (SELECT 1 FROM living_decision
                  WHERE decision_id = NEW.decision_id AND request_reference = NEW.request_reference
                    AND amount_pence IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'an award that stands changes hands or ends, once');
END;

-- Later requests name earlier ones: a resubmission what was not agreed, a renewal an award that was reviewed.
CREATE TRIGGER request_follows BEFORE UPDATE OF resubmits, renews ON request
WHEN (NEW.resubmits IS NOT OLD.resubmits AND NEW.resubmits IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM request WHERE reference = NEW.resubmits AND withdrawn_on IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM living_decision
                       WHERE request_reference = NEW.resubmits AND outcome NOT IN ('agreed', 'deferred')))
  OR (NEW.renews IS NOT OLD.renews AND NEW.renews IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM review AS v JOIN living_decision AS d ON d.decision_id = v.decision_id
                       WHERE v.request_reference = NEW.renews))
BEGIN
    SELECT RAISE(ABORT, 'a resubmission follows what was not agreed, a renewal an award that was reviewed');
END;
