CREATE UNIQUE INDEX appointment_one_lead ON appointment (cluster_id) WHERE role = 'lead' AND ends IS NULL;

CREATE INDEX attendance_by_meeting ON attendance (meeting_reference, urn, contact_id, attendance_id);

CREATE INDEX award_change_by_request ON award_change (request_reference);

CREATE INDEX award_event_by_request ON award_event (request_reference, event_id);

CREATE INDEX catalogue_entry_by_name ON catalogue_entry (folded, holds_from, entry_id);

CREATE INDEX contact_by_urn ON contact (urn);

CREATE UNIQUE INDEX contact_once ON contact (folded_name, role, COALESCE(urn, 0), organisation) WHERE ends IS NULL;

CREATE INDEX decision_by_request ON decision (request_reference);

CREATE UNIQUE INDEX decision_one_first ON decision (request_reference) WHERE supersedes IS NULL;

CREATE UNIQUE INDEX holiday_once ON holiday (year, title, first, COALESCE(la_code, 0), COALESCE(urn, 0));

CREATE INDEX interest_settled_by_meeting ON interest_settled (meeting_reference, request_reference);

CREATE INDEX ledger_entry_back ON ledger_entry (number) WHERE kind IN ('refund', 'recover');

CREATE INDEX ledger_entry_by_receipt ON ledger_entry (from_account, receipt) WHERE receipt <> '';

CREATE INDEX ledger_entry_by_request ON ledger_entry (request_reference, number) WHERE request_reference IS NOT NULL;

CREATE INDEX ledger_entry_by_run ON ledger_entry (run, number) WHERE run <> '';

CREATE INDEX ledger_entry_given ON ledger_entry (from_account, day, number, amount);

CREATE INDEX ledger_entry_taken ON ledger_entry (to_account, day, number, amount);

CREATE INDEX ledger_override_by_account ON ledger_override (account_id, amount);

CREATE INDEX meeting_action_open ON meeting_action (closed_on, meeting_reference);

CREATE INDEX meeting_by_time ON meeting (starts_utc, reference);

CREATE INDEX meeting_by_year ON meeting (year, starts_utc);

CREATE INDEX meeting_change_by_meeting ON meeting_change (meeting_reference, meeting_change_id);

CREATE INDEX membership_by_urn ON membership (urn);

CREATE UNIQUE INDEX membership_once ON membership (cluster_id, urn) WHERE left_on IS NULL;

CREATE INDEX moderation_by_meeting ON moderation (meeting_reference);

CREATE INDEX moderation_by_request ON moderation (request_reference);

CREATE UNIQUE INDEX moderation_one_first ON moderation (request_reference) WHERE supersedes IS NULL;

CREATE INDEX presence_by_meeting ON presence (meeting_reference, cluster_reference);

CREATE INDEX publication_by_year ON publication (year, publication_id);

CREATE INDEX recommendation_by_request ON recommendation (request_reference);

CREATE UNIQUE INDEX recommendation_one_first ON recommendation (request_reference) WHERE supersedes IS NULL;

CREATE INDEX request_by_cluster ON request (year, cluster_reference, submitted_on, reference);

CREATE INDEX request_by_meeting ON request (meeting_reference, reference);

CREATE INDEX request_by_urn ON request (urn, year);

CREATE INDEX request_by_year ON request (year, submitted_on, reference);

CREATE INDEX request_pupil_by_pupil ON request_pupil (pupil_key);

CREATE INDEX review_by_request ON review (request_reference);

CREATE INDEX school_alias_by_urn ON school_alias (urn);

CREATE UNIQUE INDEX school_alias_one ON school_alias (la_code, folded) WHERE ended_at IS NULL;

CREATE INDEX school_by_la ON school (la_code, folded_name);

CREATE INDEX setting_by_name ON setting (name, holds_from, setting_id);

CREATE UNIQUE INDEX standing_item_once ON standing_item (title) WHERE ends IS NULL;

CREATE TABLE appointment (
    appointment_id INTEGER PRIMARY KEY,
    cluster_id     INTEGER NOT NULL REFERENCES cluster (cluster_id),
    role           TEXT NOT NULL CHECK (role IN ('lead', 'deputy')),
    person         TEXT NOT NULL CHECK (person <> ''),
    host_urn       INTEGER REFERENCES school (urn),
    appointed_by   TEXT NOT NULL,
    starts         TEXT NOT NULL,
    ends           TEXT CHECK (ends IS NULL OR ends >= starts),
    source         TEXT NOT NULL
) STRICT;

CREATE TABLE attendance (
    attendance_id     INTEGER PRIMARY KEY,
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    urn               INTEGER REFERENCES school (urn),
    contact_id        INTEGER REFERENCES contact (contact_id),
    mark              TEXT NOT NULL CHECK (mark IN ('present', 'substitute', 'apologies', 'absent')),
    marked_at         TEXT NOT NULL,
    marked_by         TEXT NOT NULL,
    CHECK ((urn IS NULL) <> (contact_id IS NULL))
) STRICT;

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

CREATE TABLE award_event (
    event_id          INTEGER PRIMARY KEY CHECK (event_id >= 1),
    request_reference TEXT NOT NULL REFERENCES request (reference),
    kind              TEXT NOT NULL CHECK (kind IN ('terms', 'move', 'stop', 'resume')),
    day               TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
                                           AND day IS date(day, '+0 days')),
    pattern           TEXT NOT NULL CHECK (pattern IN ('', 'equal-terms', 'from-submission', 'from-decision',
                                                       'monthly', '6/12', '5/12+7/12', 'lump-sum')),
    fund              TEXT NOT NULL,
    urn               INTEGER REFERENCES school (urn),
    because           TEXT NOT NULL,
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK ((kind = 'terms') = (pattern <> '')),
    CHECK (kind <> 'move' OR urn IS NOT NULL),
    CHECK ((kind = 'stop') = (because <> ''))
) STRICT;

CREATE TABLE bank_holiday (
    day    TEXT PRIMARY KEY CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    title  TEXT NOT NULL CHECK (title <> ''),
    source TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue_entry (
    entry_id     INTEGER PRIMARY KEY,
    name         TEXT NOT NULL CHECK (name <> ''),
    folded       TEXT NOT NULL CHECK (folded <> ''),
    delivered_by TEXT NOT NULL,
    rate         TEXT NOT NULL CHECK (rate <> ''),
    holds_from   TEXT NOT NULL CHECK (holds_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ended        INTEGER NOT NULL CHECK (ended IN (0, 1)),
    set_at       TEXT NOT NULL,
    set_by       TEXT NOT NULL CHECK (set_by <> '')
) STRICT;

CREATE TABLE cluster (
    cluster_id INTEGER PRIMARY KEY,
    year       TEXT NOT NULL CHECK (year GLOB '[0-9][0-9][0-9][0-9]/[0-9][0-9]'),
    model      TEXT NOT NULL CHECK (model <> ''),
    reference  TEXT NOT NULL CHECK (reference <> ''),
    name       TEXT NOT NULL,
    source     TEXT NOT NULL,
    UNIQUE (year, reference)
) STRICT;

CREATE TABLE contact (
    contact_id   INTEGER PRIMARY KEY,
    name         TEXT NOT NULL CHECK (name <> ''),
    folded_name  TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('senco', 'lead', 'deputy', 'headteacher', 'officer', 'pru',
                                               'special school', 'health', 'social care', 'psychologist', 'other')),
    urn          INTEGER REFERENCES school (urn),
    organisation TEXT NOT NULL,
    email        TEXT NOT NULL,
    invited_to   TEXT NOT NULL,
    starts       TEXT NOT NULL,
    ends         TEXT CHECK (ends IS NULL OR ends >= starts),
    source       TEXT NOT NULL
) STRICT;

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
    made_by           TEXT NOT NULL CHECK (made_by <> ''), reason_lines INTEGER NOT NULL DEFAULT 0 CHECK (reason_lines >= 0), decided_on TEXT CHECK (decided_on IS NULL
    OR (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND decided_on IS date(decided_on, '+0 days'))), settings_known INTEGER CHECK (settings_known >= 0), wanted_by TEXT CHECK (wanted_by IS NULL OR (outcome IS 'deferred'
    AND wanted_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND wanted_by IS date(wanted_by, '+0 days'))),
    CHECK ((taken_back = 1) = (outcome IS NULL)),
    CHECK (taken_back = 0 OR supersedes IS NOT NULL),
    CHECK (outcome IS NULL OR (outcome LIKE 'agreed%') = (amount_pence IS NOT NULL)),
    CHECK (awarded_to IS NULL OR (awarded_from IS NOT NULL AND awarded_to >= awarded_from)),
    CHECK (supersedes IS NULL OR supersedes < decision_id)
) STRICT;

CREATE TABLE decision_letter (
    decision_id INTEGER PRIMARY KEY REFERENCES decision (decision_id),
    dated_on    TEXT NOT NULL CHECK (dated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    made_at     TEXT NOT NULL,
    made_by     TEXT NOT NULL CHECK (made_by <> '')
) STRICT;

CREATE TABLE finance_line (
    statement_id INTEGER NOT NULL REFERENCES finance_statement (statement_id),
    line         INTEGER NOT NULL CHECK (line >= 1),
    place        TEXT NOT NULL,
    day          TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
                                      AND day IS date(day, '+0 days')),
    amount_pence INTEGER NOT NULL CHECK (amount_pence <> 0 AND abs(amount_pence) < 1000000000000),
    reference    TEXT NOT NULL,
    entry_number INTEGER REFERENCES ledger_entry (number),
    PRIMARY KEY (statement_id, line),
    UNIQUE (entry_number, statement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE finance_statement (
    statement_id  INTEGER PRIMARY KEY CHECK (statement_id >= 1),
    account_id    INTEGER NOT NULL REFERENCES ledger_account (account_id),
    digest        TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
    file          TEXT NOT NULL,
    first         TEXT NOT NULL CHECK (first GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
                                       AND first IS date(first, '+0 days')),
    last          TEXT NOT NULL CHECK (last GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
                                       AND last IS date(last, '+0 days')
                                    AND last >= first),
    balance_pence INTEGER,
    imported_at   TEXT NOT NULL,
    imported_by   TEXT NOT NULL CHECK (imported_by <> '')
) STRICT;

CREATE TABLE holiday (
    holiday_id INTEGER PRIMARY KEY,
    year       TEXT NOT NULL,
    title      TEXT NOT NULL,
    first      TEXT NOT NULL,
    last       TEXT NOT NULL CHECK (last >= first),
    la_code    INTEGER,
    urn        INTEGER REFERENCES school (urn),
    source     TEXT NOT NULL
, kind TEXT NOT NULL DEFAULT 'holiday' CHECK (kind IN ('holiday', 'inset', 'term'))) STRICT;

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

CREATE TABLE ledger_account (
    account_id INTEGER PRIMARY KEY CHECK (account_id >= 1),
    name       TEXT NOT NULL CHECK (name <> ''),
    year       TEXT NOT NULL CHECK (year GLOB '[0-9][0-9][0-9][0-9]/[0-9][0-9]'
                                    AND (CAST(substr(year, 1, 4) AS INTEGER) + 1) % 100
                                      = CAST(substr(year, 6, 2) AS INTEGER)),
    unit       TEXT NOT NULL CHECK (unit IN ('pence', 'minutes')),
    kind       TEXT NOT NULL CHECK (kind IN ('outside', 'fund')),
    cluster    TEXT NOT NULL,
    fund       TEXT NOT NULL,
    urn        INTEGER REFERENCES school (urn),
    opened_at  TEXT NOT NULL,
    opened_by  TEXT NOT NULL CHECK (opened_by <> ''),
    UNIQUE (name, year, unit)
) STRICT;

CREATE TABLE ledger_entry (
    number            INTEGER PRIMARY KEY CHECK (number >= 1),
    day               TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
                                           AND day IS date(day, '+0 days')),
    from_account      INTEGER NOT NULL REFERENCES ledger_account (account_id),
    to_account        INTEGER NOT NULL REFERENCES ledger_account (account_id),
    amount            INTEGER NOT NULL CHECK (amount > 0 AND amount < 1000000000000),
    kind              TEXT NOT NULL CHECK (kind IN ('allocate', 'pool', 'income', 'spend', 'refund', 'transfer', 'carry',
                                                    'pay', 'recover', 'book', 'contact', 'admin', 'reverse')),
    description       TEXT NOT NULL,
    party             TEXT NOT NULL,
    receipt           TEXT NOT NULL,
    run               TEXT NOT NULL,
    request_reference TEXT REFERENCES request (reference),
    reverses          INTEGER UNIQUE REFERENCES ledger_entry (number),
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK (from_account <> to_account),
    CHECK ((kind = 'reverse') = (reverses IS NOT NULL)),
    CHECK (kind NOT IN ('pay', 'recover') OR (request_reference IS NOT NULL AND run <> ''))
) STRICT;

CREATE TABLE ledger_override (
    override_id       INTEGER PRIMARY KEY CHECK (override_id >= 1),
    account_id        INTEGER NOT NULL REFERENCES ledger_account (account_id),
    amount            INTEGER NOT NULL CHECK (amount > 0 AND amount < 1000000000000),
    request_reference TEXT REFERENCES request (reference),
    entry_number      INTEGER UNIQUE REFERENCES ledger_entry (number) DEFERRABLE INITIALLY DEFERRED,
    reason            TEXT NOT NULL CHECK (trim(reason, ' ' || char(9, 10, 13, 160)) <> ''),
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL CHECK (made_by <> ''),
    CHECK (entry_number IS NULL OR request_reference IS NULL)
) STRICT;

CREATE TABLE meeting (
    reference  TEXT PRIMARY KEY CHECK (reference <> ''),
    year       TEXT NOT NULL CHECK (year GLOB '[0-9][0-9][0-9][0-9]/[0-9][0-9]'),
    kind       TEXT NOT NULL CHECK (kind <> ''),
    title      TEXT NOT NULL,
    for_all    INTEGER NOT NULL CHECK (for_all IN (0, 1)),
    starts     TEXT NOT NULL,
    ends       TEXT NOT NULL,
    zone       TEXT NOT NULL,
    starts_utc TEXT NOT NULL,
    ends_utc   TEXT NOT NULL CHECK (ends_utc > starts_utc),
    venue      TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('confirmed', 'proposed', 'cancelled')),
    uid        TEXT NOT NULL UNIQUE,
    sequence   INTEGER NOT NULL CHECK (sequence >= 0),
    changed_at TEXT NOT NULL,
    source     TEXT NOT NULL
, chair TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE meeting_action (
    action_id         INTEGER PRIMARY KEY,
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    task              TEXT NOT NULL CHECK (task <> ''),
    owner             TEXT NOT NULL CHECK (owner <> ''),
    due               TEXT,
    agreed_at         TEXT NOT NULL,
    closed_on         TEXT,
    outcome           TEXT NOT NULL CHECK (outcome IN ('', 'done', 'dropped')),
    CHECK ((closed_on IS NULL) = (outcome = ''))
) STRICT;

CREATE TABLE meeting_change (
    meeting_change_id INTEGER PRIMARY KEY,
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    change            TEXT NOT NULL CHECK (change IN ('moved', 'venue', 'cancelled', 'reinstated', 'imported')),
    sequence          INTEGER NOT NULL CHECK (sequence >= 0),
    starts_before     TEXT NOT NULL,
    ends_before       TEXT NOT NULL,
    venue_before      TEXT NOT NULL,
    status_before     TEXT NOT NULL,
    starts_after      TEXT NOT NULL,
    ends_after        TEXT NOT NULL,
    venue_after       TEXT NOT NULL,
    status_after      TEXT NOT NULL,
    reason            TEXT NOT NULL,
    made_at           TEXT NOT NULL,
    made_by           TEXT NOT NULL
) STRICT;

CREATE TABLE meeting_cluster (
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    cluster_reference TEXT NOT NULL CHECK (cluster_reference <> ''),
    PRIMARY KEY (meeting_reference, cluster_reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE meeting_deadline (
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    kind              TEXT NOT NULL CHECK (kind IN ('closing', 'papers', 'notice')),
    due               TEXT NOT NULL,
    fixed_at          TEXT NOT NULL,
    PRIMARY KEY (meeting_reference, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
    membership_id INTEGER PRIMARY KEY,
    cluster_id    INTEGER NOT NULL REFERENCES cluster (cluster_id),
    urn           INTEGER NOT NULL REFERENCES school (urn),
    nickname      TEXT NOT NULL,
    joined        TEXT NOT NULL,
    left_on       TEXT CHECK (left_on IS NULL OR left_on >= joined),
    source        TEXT NOT NULL
) STRICT;

CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at TEXT NOT NULL) STRICT;

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
    made_by              TEXT NOT NULL CHECK (made_by <> ''), reason_lines INTEGER NOT NULL DEFAULT 0 CHECK (reason_lines >= 0), casting TEXT CHECK (casting IN ('for', 'against')),
    CHECK ((taken_back = 1) = (outcome IS NULL)),
    CHECK ((taken_back = 1) = (level IS NULL)),
    CHECK (taken_back = 0 OR supersedes IS NOT NULL),
    CHECK ((votes_for IS NULL) = (votes_against IS NULL) AND (votes_for IS NULL) = (votes_abstained IS NULL)),
    CHECK (supersedes IS NULL OR supersedes < moderation_id)
) STRICT;

CREATE TABLE "moderation_interest" (
    moderation_id INTEGER NOT NULL REFERENCES moderation (moderation_id),
    urn           INTEGER NOT NULL REFERENCES school (urn),
    ground        TEXT NOT NULL CHECK (ground IN ('own-school', 'same-trust', 'same-federation', 'host-school',
                                                  'lead-role', 'declared')),
    state         TEXT NOT NULL CHECK (state IN ('computed', 'confirmed', 'dismissed')),
    reason        TEXT NOT NULL,
    PRIMARY KEY (moderation_id, urn, ground),
    CHECK (state <> 'dismissed' OR trim(reason, ' ' || char(9, 10, 13, 160)) <> '')
) STRICT, WITHOUT ROWID;

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

CREATE TABLE provision_line (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    place             INTEGER NOT NULL CHECK (place >= 1),
    stage             TEXT NOT NULL CHECK (stage IN ('now', 'asked')),
    provision         TEXT NOT NULL,
    what              TEXT NOT NULL,
    delivered_by      TEXT NOT NULL,
    minutes           INTEGER NOT NULL CHECK (minutes >= 0),
    sharing           INTEGER NOT NULL CHECK (sharing >= 1),
    alone             INTEGER NOT NULL CHECK (alone IN (0, 1)),
    weeks             TEXT NOT NULL CHECK (weeks <> ''),
    rate              TEXT NOT NULL CHECK (rate <> ''),
    rate_source       TEXT NOT NULL CHECK (rate_source IN ('form', 'catalogue', 'setting')),
    items_pence       INTEGER NOT NULL CHECK (items_pence >= 0),
    cost_pence        INTEGER NOT NULL CHECK (cost_pence >= 0),
    PRIMARY KEY (request_reference, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE publication (
    publication_id INTEGER PRIMARY KEY CHECK (publication_id >= 1),
    name           TEXT NOT NULL CHECK (name <> ''),
    kind           TEXT NOT NULL CHECK (kind <> ''),
    year           TEXT NOT NULL CHECK (year GLOB '[0-9][0-9][0-9][0-9]/[0-9][0-9]'
                                        AND (CAST(substr(year, 1, 4) AS INTEGER) + 1) % 100
                                          = CAST(substr(year, 6, 2) AS INTEGER)),
    term           TEXT NOT NULL CHECK (term IN ('', 'autumn', 'spring', 'summer')),
    day            TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
                                        AND day IS date(day, '+0 days')),
    below          INTEGER NOT NULL CHECK (below BETWEEN 2 AND 10),
    counts         INTEGER NOT NULL CHECK (counts >= 0),
    made_at        TEXT NOT NULL,
    made_by        TEXT NOT NULL CHECK (made_by <> '')
) STRICT;

CREATE TABLE published_count (
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    key            TEXT NOT NULL CHECK (key <> ''),
    shown          INTEGER CHECK (shown IS NULL OR shown >= 0),
    PRIMARY KEY (publication_id, key)
) STRICT, WITHOUT ROWID;

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
    made_by           TEXT NOT NULL CHECK (made_by <> ''), reason_lines INTEGER NOT NULL DEFAULT 0 CHECK (reason_lines >= 0), casting TEXT CHECK (casting IN ('for', 'against')),
    CHECK ((taken_back = 1) = (outcome IS NULL)),
    CHECK (taken_back = 0 OR supersedes IS NOT NULL),
    CHECK (outcome IS NULL OR (outcome LIKE 'agreed%') = (amount_pence IS NOT NULL)),
    CHECK (awarded_to IS NULL OR (awarded_from IS NOT NULL AND awarded_to >= awarded_from)),
    CHECK ((votes_for IS NULL) = (votes_against IS NULL) AND (votes_for IS NULL) = (votes_abstained IS NULL)),
    CHECK (supersedes IS NULL OR supersedes < recommendation_id)
) STRICT;

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
    source            TEXT NOT NULL, renews TEXT REFERENCES request (reference) CHECK (renews IS NULL OR renews <> reference),
    FOREIGN KEY (year, cluster_reference) REFERENCES cluster (year, reference),
    CHECK (year_group IS NOT NULL OR type IN ('discussion', 'group', 'project')),
    CHECK (asked_to IS NULL OR (asked_from IS NOT NULL AND asked_to >= asked_from)),
    CHECK ((urgent = 1) = (trim(urgent_because, ' ' || char(9, 10, 13, 160)) <> '')),
    CHECK (consent = 1 OR consent_on IS NULL),
    CHECK ((withdrawn_on IS NOT NULL) = (trim(withdrawn_because, ' ' || char(9, 10, 13, 160)) <> ''))
) STRICT;

CREATE TABLE request_agency (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    place             INTEGER NOT NULL CHECK (place >= 1),
    agency            TEXT NOT NULL CHECK (agency <> ''),
    last_seen         TEXT CHECK (last_seen IS NULL OR last_seen GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (request_reference, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_correction (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    version           INTEGER NOT NULL CHECK (version >= 2),
    fields            TEXT NOT NULL CHECK (fields <> ''),
    corrected_at      TEXT NOT NULL,
    corrected_by      TEXT NOT NULL CHECK (corrected_by <> ''),
    PRIMARY KEY (request_reference, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_evidence (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    place             INTEGER NOT NULL CHECK (place >= 1),
    kind              TEXT NOT NULL CHECK (kind <> ''),
    title             TEXT NOT NULL,
    dated             TEXT CHECK (dated IS NULL OR dated GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    reviewed_on       TEXT CHECK (reviewed_on IS NULL OR reviewed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (request_reference, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_funding (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    place             INTEGER NOT NULL CHECK (place >= 1),
    stream            TEXT NOT NULL CHECK (stream <> ''),
    amount_pence      INTEGER CHECK (amount_pence IS NULL OR amount_pence >= 0),
    starts            TEXT CHECK (starts IS NULL OR starts GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ends              TEXT CHECK (ends IS NULL OR ends GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (request_reference, place),
    CHECK (ends IS NULL OR starts IS NULL OR ends >= starts)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_need (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    rank              INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 9),
    code              TEXT NOT NULL CHECK (code <> ''),
    PRIMARY KEY (request_reference, rank),
    UNIQUE (request_reference, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_pupil (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    pupil_key         TEXT NOT NULL REFERENCES pupil (pupil_key),
    consent_scope     TEXT NOT NULL,
    consent_on        TEXT CHECK (consent_on IS NULL OR consent_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), place INTEGER NOT NULL DEFAULT 1 CHECK (place >= 1), year_group TEXT NOT NULL DEFAULT '', consent_form TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (request_reference, pupil_key)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE school (
    urn                  INTEGER PRIMARY KEY CHECK (urn BETWEEN 100000 AND 999999),
    la_code              INTEGER NOT NULL,
    la_name              TEXT NOT NULL,
    establishment_number INTEGER,
    name                 TEXT NOT NULL CHECK (name <> ''),
    folded_name          TEXT NOT NULL,
    type                 TEXT NOT NULL,
    type_group           TEXT NOT NULL,
    status               TEXT NOT NULL,
    phase                TEXT NOT NULL,
    low_age              INTEGER,
    high_age             INTEGER,
    gender               TEXT NOT NULL,
    pupils               INTEGER,
    fsm_tenths           INTEGER,
    trust                TEXT NOT NULL,
    federation           TEXT NOT NULL,
    town                 TEXT NOT NULL,
    postcode             TEXT NOT NULL,
    easting              INTEGER,
    northing             INTEGER,
    open_date            TEXT,
    close_date           TEXT,
    resourced_provision  TEXT NOT NULL,
    resourced_on_roll    INTEGER,
    sen_unit_on_roll     INTEGER
) STRICT;

CREATE TABLE school_alias (
    alias_id   INTEGER PRIMARY KEY,
    alias      TEXT NOT NULL CHECK (alias <> ''),
    folded     TEXT NOT NULL,
    la_code    INTEGER NOT NULL,
    urn        INTEGER NOT NULL REFERENCES school (urn),
    decided_by TEXT NOT NULL CHECK (decided_by IN ('match', 'person')),
    source     TEXT NOT NULL,
    made_at    TEXT NOT NULL,
    ended_at   TEXT
) STRICT;

CREATE TABLE school_link (
    urn         INTEGER NOT NULL,
    link_urn    INTEGER NOT NULL,
    link_type   TEXT NOT NULL,
    link_name   TEXT NOT NULL,
    established TEXT,
    PRIMARY KEY (urn, link_urn, link_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    setting_id INTEGER PRIMARY KEY,
    name       TEXT NOT NULL CHECK (name <> ''),
    value      TEXT NOT NULL,
    holds_from TEXT NOT NULL CHECK (holds_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    set_at     TEXT NOT NULL,
    set_by     TEXT NOT NULL
) STRICT;

CREATE TABLE standing_item (
    standing_item_id INTEGER PRIMARY KEY,
    title            TEXT NOT NULL CHECK (title <> ''),
    months           TEXT NOT NULL CHECK (months <> ''),
    kinds            TEXT NOT NULL,
    holds_from       TEXT NOT NULL,
    ends             TEXT CHECK (ends IS NULL OR ends >= holds_from),
    source           TEXT NOT NULL
) STRICT;

CREATE TABLE store_identity (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    store_id TEXT NOT NULL,
    made_at  TEXT NOT NULL
) STRICT;

CREATE TABLE trail (
    number        INTEGER PRIMARY KEY CHECK (number >= 1),
    at            TEXT NOT NULL,
    actor         TEXT NOT NULL CHECK (actor <> ''),
    verb          TEXT NOT NULL CHECK (verb <> ''),
    subject       TEXT NOT NULL CHECK (subject <> ''),
    detail        TEXT NOT NULL CHECK (detail LIKE '{%}'),
    change_id     TEXT NOT NULL UNIQUE,
    schema_digest TEXT NOT NULL,
    commitments   TEXT,
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
    hash          TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE TRIGGER attendance_no_delete BEFORE DELETE ON attendance
BEGIN
    SELECT RAISE(ABORT, 'a register is never edited: a later mark takes the place of an earlier one');
END;

CREATE TRIGGER attendance_no_replace BEFORE INSERT ON attendance
WHEN EXISTS (SELECT 1 FROM attendance WHERE attendance_id = NEW.attendance_id)
BEGIN
    SELECT RAISE(ABORT, 'a register is never edited: a later mark takes the place of an earlier one');
END;

CREATE TRIGGER attendance_no_update BEFORE UPDATE ON attendance
BEGIN
    SELECT RAISE(ABORT, 'a register is never edited: a later mark takes the place of an earlier one');
END;

CREATE TRIGGER award_change_no_delete BEFORE DELETE ON award_change
BEGIN
    SELECT RAISE(ABORT, 'what became of an award is never deleted');
END;

CREATE TRIGGER award_change_no_update BEFORE UPDATE ON award_change
BEGIN
    SELECT RAISE(ABORT, 'what became of an award is never edited');
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

CREATE TRIGGER award_event_in_order BEFORE INSERT ON award_event
WHEN NEW.event_id IS NOT (SELECT COALESCE(MAX(event_id), 0) + 1 FROM award_event)
BEGIN
    SELECT RAISE(ABORT, 'what happened to an award stays on record');
END;

CREATE TRIGGER award_event_no_delete BEFORE DELETE ON award_event
BEGIN
    SELECT RAISE(ABORT, 'what happened to an award stays on record');
END;

CREATE TRIGGER award_event_no_update BEFORE UPDATE ON award_event
BEGIN
    SELECT RAISE(ABORT, 'what happened to an award stays on record');
END;

CREATE TRIGGER catalogue_entry_no_delete BEFORE DELETE ON catalogue_entry
BEGIN
    SELECT RAISE(ABORT, 'the catalogue is never edited: a later entry takes an earlier one''s place');
END;

CREATE TRIGGER catalogue_entry_no_replace BEFORE INSERT ON catalogue_entry
WHEN EXISTS (SELECT 1 FROM catalogue_entry WHERE entry_id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'the catalogue is never edited: a later entry takes an earlier one''s place');
END;

CREATE TRIGGER catalogue_entry_no_update BEFORE UPDATE ON catalogue_entry
BEGIN
    SELECT RAISE(ABORT, 'the catalogue is never edited: a later entry takes an earlier one''s place');
END;

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

CREATE TRIGGER decision_letter_in_order BEFORE INSERT ON decision_letter
WHEN EXISTS (SELECT 1 FROM decision_letter WHERE decision_id = NEW.decision_id)
  OR NOT EXISTS (SELECT 1 FROM living_decision WHERE decision_id = NEW.decision_id)
BEGIN
    SELECT RAISE(ABORT, 'a letter tells a decision that stands, once');
END;

CREATE TRIGGER decision_letter_no_delete BEFORE DELETE ON decision_letter
BEGIN
    SELECT RAISE(ABORT, 'the day of a letter is never deleted');
END;

CREATE TRIGGER decision_letter_no_update BEFORE UPDATE ON decision_letter
BEGIN
    SELECT RAISE(ABORT, 'the day of a letter is never edited');
END;

CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is superseded, never deleted');
END;

CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is superseded, never edited');
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

CREATE TRIGGER finance_line_no_delete BEFORE DELETE ON finance_line
BEGIN
    SELECT RAISE(ABORT, 'a statement of finance stays as it came');
END;

CREATE TRIGGER finance_line_no_replace BEFORE INSERT ON finance_line
WHEN EXISTS (SELECT 1 FROM finance_line
              WHERE statement_id = NEW.statement_id AND (line = NEW.line OR entry_number = NEW.entry_number))
BEGIN
    SELECT RAISE(ABORT, 'a statement of finance stays as it came');
END;

CREATE TRIGGER finance_line_no_update BEFORE UPDATE ON finance_line
WHEN NEW.statement_id IS NOT OLD.statement_id OR NEW.line IS NOT OLD.line OR NEW.place IS NOT OLD.place
  OR NEW.day IS NOT OLD.day OR NEW.amount_pence IS NOT OLD.amount_pence OR NEW.reference IS NOT OLD.reference
  OR OLD.entry_number IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a line of finance stays as it came; only its entry may be found later');
END;

CREATE TRIGGER finance_statement_in_order BEFORE INSERT ON finance_statement
WHEN NEW.statement_id IS NOT (SELECT COALESCE(MAX(statement_id), 0) + 1 FROM finance_statement)
  OR EXISTS (SELECT 1 FROM finance_statement WHERE digest = NEW.digest)
BEGIN
    SELECT RAISE(ABORT, 'a statement of finance stays as it came');
END;

CREATE TRIGGER finance_statement_no_delete BEFORE DELETE ON finance_statement
BEGIN
    SELECT RAISE(ABORT, 'a statement of finance stays as it came');
END;

CREATE TRIGGER finance_statement_no_update BEFORE UPDATE ON finance_statement
BEGIN
    SELECT RAISE(ABORT, 'a statement of finance stays as it came');
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

CREATE TRIGGER interest_settled_no_update BEFORE UPDATE ON interest_settled
BEGIN
    SELECT RAISE(ABORT, 'what a meeting said of an interest is never edited');
END;

CREATE TRIGGER ledger_account_in_order BEFORE INSERT ON ledger_account
WHEN NEW.account_id IS NOT (SELECT COALESCE(MAX(account_id), 0) + 1 FROM ledger_account)
  OR EXISTS (SELECT 1 FROM ledger_account WHERE name = NEW.name AND year = NEW.year AND unit = NEW.unit)
BEGIN
    SELECT RAISE(ABORT, 'an account stays as it was opened');
END;

CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'an account stays as it was opened');
END;

CREATE TRIGGER ledger_account_no_update BEFORE UPDATE ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'an account stays as it was opened');
END;

CREATE TRIGGER ledger_entry_balances BEFORE INSERT ON ledger_entry
WHEN NOT EXISTS (
    SELECT 1
      FROM ledger_account AS giver
      JOIN ledger_account AS taker ON taker.unit = giver.unit
     WHERE giver.account_id = NEW.from_account AND taker.account_id = NEW.to_account
       AND taker.account_id <> giver.account_id)
BEGIN
    SELECT RAISE(ABORT, 'an entry moves an amount between two accounts of one unit');
END;

CREATE TRIGGER ledger_entry_fits_its_override BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_override
              WHERE entry_number = NEW.number AND (account_id <> NEW.from_account OR amount > NEW.amount))
BEGIN
    SELECT RAISE(ABORT, 'an override for an entry is for its fund and no more than its amount');
END;

CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows, one entry after the other');
END;

CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'an entry is reversed, never deleted');
END;

CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'an entry is reversed, never edited');
END;

CREATE TRIGGER ledger_entry_reverses_once BEFORE INSERT ON ledger_entry
WHEN NEW.reverses IS NOT NULL AND (
     EXISTS (SELECT 1 FROM ledger_entry WHERE reverses = NEW.reverses)
  OR NOT EXISTS (
    SELECT 1 FROM ledger_entry AS first
     WHERE first.number = NEW.reverses AND first.reverses IS NULL AND first.amount = NEW.amount
       AND first.from_account = NEW.to_account AND first.to_account = NEW.from_account
       AND first.request_reference IS NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'a reversal takes back one whole entry, once');
END;

CREATE TRIGGER ledger_entry_within_fund BEFORE INSERT ON ledger_entry
WHEN (SELECT kind FROM ledger_account WHERE account_id = NEW.from_account) = 'fund'
 AND NEW.amount > COALESCE((SELECT SUM(amount) FROM ledger_entry WHERE to_account = NEW.from_account), 0)
                - COALESCE((SELECT SUM(amount) FROM ledger_entry WHERE from_account = NEW.from_account), 0)
                + COALESCE((SELECT SUM(o.amount) FROM ledger_override AS o
                             WHERE o.account_id = NEW.from_account
                               AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = o.entry_number)), 0)
BEGIN
    SELECT RAISE(ABORT, 'a fund gives no more than it holds without an override');
END;

CREATE TRIGGER ledger_override_in_order BEFORE INSERT ON ledger_override
WHEN NEW.override_id IS NOT (SELECT COALESCE(MAX(override_id), 0) + 1 FROM ledger_override)
  OR NOT EXISTS (SELECT 1 FROM ledger_account WHERE account_id = NEW.account_id AND kind = 'fund')
  OR NEW.entry_number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)
  OR EXISTS (SELECT 1 FROM ledger_override WHERE entry_number = NEW.entry_number)
BEGIN
    SELECT RAISE(ABORT, 'an override is for a fund and stays on record');
END;

CREATE TRIGGER ledger_override_no_delete BEFORE DELETE ON ledger_override
BEGIN
    SELECT RAISE(ABORT, 'an override stays on record');
END;

CREATE TRIGGER ledger_override_no_update BEFORE UPDATE ON ledger_override
BEGIN
    SELECT RAISE(ABORT, 'an override stays on record');
END;

CREATE TRIGGER meeting_change_no_delete BEFORE DELETE ON meeting_change
BEGIN
    SELECT RAISE(ABORT, 'the history of a meeting only grows');
END;

CREATE TRIGGER meeting_change_no_replace BEFORE INSERT ON meeting_change
WHEN EXISTS (SELECT 1 FROM meeting_change WHERE meeting_change_id = NEW.meeting_change_id)
BEGIN
    SELECT RAISE(ABORT, 'the history of a meeting only grows');
END;

CREATE TRIGGER meeting_change_no_update BEFORE UPDATE ON meeting_change
BEGIN
    SELECT RAISE(ABORT, 'the history of a meeting only grows');
END;

CREATE TRIGGER membership_one_cluster_a_model BEFORE INSERT ON membership
WHEN NEW.left_on IS NULL AND EXISTS (
    SELECT 1
      FROM membership AS other
      JOIN cluster AS theirs ON theirs.cluster_id = other.cluster_id
      JOIN cluster AS ours ON ours.cluster_id = NEW.cluster_id
     WHERE other.urn = NEW.urn AND other.left_on IS NULL
       AND theirs.year = ours.year AND theirs.model = ours.model)
BEGIN
    SELECT RAISE(ABORT, 'a school is in one cluster of a model in a year');
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

CREATE TRIGGER moderation_interest_no_update BEFORE UPDATE ON moderation_interest
BEGIN
    SELECT RAISE(ABORT, 'an interest stays as the meeting recorded it');
END;

CREATE TRIGGER moderation_no_delete BEFORE DELETE ON moderation
BEGIN
    SELECT RAISE(ABORT, 'an outcome is superseded, never deleted');
END;

CREATE TRIGGER moderation_no_own_school BEFORE INSERT ON moderation
WHEN NEW.taken_back = 0
 AND EXISTS (SELECT 1 FROM request
              WHERE reference = NEW.request_reference
                AND urn = COALESCE(NEW.moderating_chair_urn, NEW.chair_urn))
BEGIN
    SELECT RAISE(ABORT, 'no school chairs its own case');
END;

CREATE TRIGGER moderation_no_update BEFORE UPDATE ON moderation
BEGIN
    SELECT RAISE(ABORT, 'an outcome is superseded, never edited');
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

CREATE TRIGGER presence_no_update BEFORE UPDATE ON presence
BEGIN
    SELECT RAISE(ABORT, 'who was present is never edited');
END;

CREATE TRIGGER provision_line_judged_no_delete BEFORE DELETE ON provision_line
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER provision_line_judged_no_insert BEFORE INSERT ON provision_line
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = NEW.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER provision_line_judged_no_update BEFORE UPDATE ON provision_line
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference IN (OLD.request_reference, NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER publication_in_order BEFORE INSERT ON publication
WHEN NEW.publication_id IS NOT (SELECT COALESCE(MAX(publication_id), 0) + 1 FROM publication)
BEGIN
    SELECT RAISE(ABORT, 'publications follow each other');
END;

CREATE TRIGGER publication_no_delete BEFORE DELETE ON publication
BEGIN
    SELECT RAISE(ABORT, 'what was published is never deleted');
END;

CREATE TRIGGER publication_no_update BEFORE UPDATE ON publication
BEGIN
    SELECT RAISE(ABORT, 'what was published is never edited');
END;

CREATE TRIGGER published_count_in_order BEFORE INSERT ON published_count
WHEN EXISTS (SELECT 1 FROM published_count WHERE publication_id = NEW.publication_id AND key = NEW.key)
  OR NEW.publication_id IS NOT (SELECT MAX(publication_id) FROM publication)
  OR (SELECT COUNT(*) FROM published_count WHERE publication_id = NEW.publication_id)
     >= (SELECT counts FROM publication WHERE publication_id = NEW.publication_id)
BEGIN
    SELECT RAISE(ABORT, 'the counts of a publication are written with it, each once');
END;

CREATE TRIGGER published_count_no_delete BEFORE DELETE ON published_count
BEGIN
    SELECT RAISE(ABORT, 'what was published is never deleted');
END;

CREATE TRIGGER published_count_no_update BEFORE UPDATE ON published_count
BEGIN
    SELECT RAISE(ABORT, 'what was published is never edited');
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

CREATE TRIGGER ratification_no_delete BEFORE DELETE ON ratification
BEGIN
    SELECT RAISE(ABORT, 'a ratification is never deleted');
END;

CREATE TRIGGER ratification_no_update BEFORE UPDATE ON ratification
BEGIN
    SELECT RAISE(ABORT, 'a ratification is never edited');
END;

CREATE TRIGGER reason_line_no_delete BEFORE DELETE ON reason_line
BEGIN
    SELECT RAISE(ABORT, 'a reason stays as it was given');
END;

CREATE TRIGGER reason_line_no_update BEFORE UPDATE ON reason_line
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

CREATE TRIGGER recommendation_interest_no_update BEFORE UPDATE ON recommendation_interest
BEGIN
    SELECT RAISE(ABORT, 'an interest stays as the meeting recorded it');
END;

CREATE TRIGGER recommendation_no_delete BEFORE DELETE ON recommendation
BEGIN
    SELECT RAISE(ABORT, 'a recommendation is superseded, never deleted');
END;

CREATE TRIGGER recommendation_no_update BEFORE UPDATE ON recommendation
BEGIN
    SELECT RAISE(ABORT, 'a recommendation is superseded, never edited');
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

CREATE TRIGGER request_agency_judged_no_delete BEFORE DELETE ON request_agency
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_agency_judged_no_insert BEFORE INSERT ON request_agency
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = NEW.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_agency_judged_no_update BEFORE UPDATE ON request_agency
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference IN (OLD.request_reference, NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_correction_no_delete BEFORE DELETE ON request_correction
BEGIN
    SELECT RAISE(ABORT, 'a correction stays on record');
END;

CREATE TRIGGER request_correction_no_replace BEFORE INSERT ON request_correction
WHEN EXISTS (SELECT 1 FROM request_correction
              WHERE request_reference = NEW.request_reference AND version = NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'a correction stays on record');
END;

CREATE TRIGGER request_correction_no_update BEFORE UPDATE ON request_correction
BEGIN
    SELECT RAISE(ABORT, 'a correction stays on record');
END;

CREATE TRIGGER request_evidence_judged_no_delete BEFORE DELETE ON request_evidence
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_evidence_judged_no_insert BEFORE INSERT ON request_evidence
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = NEW.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_evidence_judged_no_update BEFORE UPDATE ON request_evidence
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference IN (OLD.request_reference, NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

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

CREATE TRIGGER request_funding_judged_no_delete BEFORE DELETE ON request_funding
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_funding_judged_no_insert BEFORE INSERT ON request_funding
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = NEW.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_funding_judged_no_update BEFORE UPDATE ON request_funding
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference IN (OLD.request_reference, NEW.request_reference))
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_identity_fixed BEFORE UPDATE OF reference, year, received_at, received_by ON request
WHEN NEW.reference IS NOT OLD.reference OR NEW.year IS NOT OLD.year
  OR NEW.received_at IS NOT OLD.received_at OR NEW.received_by IS NOT OLD.received_by
BEGIN
    SELECT RAISE(ABORT, 'the reference, year and receipt of a request stay as they are');
END;

CREATE TRIGGER request_judged_as_it_is BEFORE UPDATE OF urn, cluster_reference, type, pupils, year_group, sen_status,
    attendance_tenths, provision_now, provision_asked, outcome_sought, cost_pence, element2_pence, asked_pence, asked_from,
    asked_to, urgent, submitted_on, form_version ON request
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;

CREATE TRIGGER request_need_judged_no_delete BEFORE DELETE ON request_need
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.request_reference)
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

CREATE TRIGGER request_no_delete BEFORE DELETE ON request
BEGIN
    SELECT RAISE(ABORT, 'a request is withdrawn, never deleted');
END;

CREATE TRIGGER request_no_replace BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE reference = NEW.reference OR form_key = NEW.form_key)
BEGIN
    SELECT RAISE(ABORT, 'a request is corrected, never replaced');
END;

CREATE TRIGGER request_version_grows BEFORE UPDATE ON request
WHEN NEW.version IS NOT OLD.version + 1
BEGIN
    SELECT RAISE(ABORT, 'somebody else has changed this request');
END;

CREATE TRIGGER request_withdrawn_once BEFORE UPDATE OF withdrawn_on, withdrawn_because ON request
WHEN (OLD.withdrawn_on IS NOT NULL
      AND (NEW.withdrawn_on IS NOT OLD.withdrawn_on OR NEW.withdrawn_because IS NOT OLD.withdrawn_because))
  OR (NEW.withdrawn_on IS NOT NULL AND OLD.withdrawn_on IS NULL
      AND EXISTS (SELECT 1 FROM living_decision
                   WHERE request_reference = OLD.reference AND outcome <> 'deferred'))
BEGIN
    SELECT RAISE(ABORT, 'a request is withdrawn once, before it is decided');
END;

CREATE TRIGGER review_no_delete BEFORE DELETE ON review
BEGIN
    SELECT RAISE(ABORT, 'a review is never deleted');
END;

CREATE TRIGGER review_no_update BEFORE UPDATE ON review
BEGIN
    SELECT RAISE(ABORT, 'a review is never edited');
END;

CREATE TRIGGER review_of_an_award BEFORE INSERT ON review
WHEN EXISTS (SELECT 1 FROM review WHERE review_id = NEW.review_id)
  OR NOT EXISTS (SELECT 1 FROM living_decision
                  WHERE decision_id = NEW.decision_id AND request_reference = NEW.request_reference
                    AND amount_pence IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a review looks at an award that stands');
END;

CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting
BEGIN
    SELECT RAISE(ABORT, 'a setting is never edited: a later one takes its place');
END;

CREATE TRIGGER setting_no_replace BEFORE INSERT ON setting
WHEN EXISTS (SELECT 1 FROM setting WHERE setting_id = NEW.setting_id)
BEGIN
    SELECT RAISE(ABORT, 'a setting is never edited: a later one takes its place');
END;

CREATE TRIGGER setting_no_update BEFORE UPDATE ON setting
BEGIN
    SELECT RAISE(ABORT, 'a setting is never edited: a later one takes its place');
END;

CREATE TRIGGER trail_in_order BEFORE INSERT ON trail
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM trail)
  OR NEW.previous_hash IS NOT COALESCE(
         (SELECT hash FROM trail ORDER BY number DESC LIMIT 1),
         '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN
    SELECT RAISE(ABORT, 'the trail only grows, one record after the other');
END;

CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
BEGIN
    SELECT RAISE(ABORT, 'the trail only grows');
END;

CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
BEGIN
    SELECT RAISE(ABORT, 'the trail only grows');
END;

CREATE VIEW living_decision AS
SELECT mine.* FROM decision AS mine
 WHERE mine.taken_back = 0
   AND NOT EXISTS (SELECT 1 FROM decision AS later WHERE later.supersedes = mine.decision_id);

CREATE VIEW living_moderation AS
SELECT mine.* FROM moderation AS mine
 WHERE mine.taken_back = 0
   AND NOT EXISTS (SELECT 1 FROM moderation AS later WHERE later.supersedes = mine.moderation_id);

CREATE VIEW living_recommendation AS
SELECT mine.* FROM recommendation AS mine
 WHERE mine.taken_back = 0
   AND NOT EXISTS (SELECT 1 FROM recommendation AS later WHERE later.supersedes = mine.recommendation_id);

CREATE VIEW v_attendance AS
SELECT mine.meeting_reference AS meeting, mine.urn AS urn, mine.mark AS mark
  FROM attendance AS mine
 WHERE mine.urn IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM attendance AS later
                    WHERE later.meeting_reference = mine.meeting_reference AND later.urn = mine.urn
                      AND later.attendance_id > mine.attendance_id);

CREATE VIEW v_cluster AS
SELECT cluster.year                                        AS year,
       cluster.reference                                   AS cluster,
       cluster.model                                       AS model,
       cluster.name                                        AS name,
       COUNT(membership.urn)                               AS schools_ever,
       COUNT(membership.urn) - COUNT(membership.left_on)   AS schools_at_last
  FROM cluster
  LEFT JOIN membership ON membership.cluster_id = cluster.cluster_id
 GROUP BY cluster.cluster_id;

CREATE VIEW v_fund AS
SELECT account.year                                                  AS year,
       account.cluster                                               AS cluster,
       account.fund                                                  AS fund,
       account.name                                                  AS account,
       account.unit                                                  AS unit,
       moved.received                                                AS received,
       CASE WHEN MAX(moved.few) OVER alike THEN NULL ELSE moved.gave END AS gave,
       CASE WHEN MAX(moved.few) OVER alike THEN NULL ELSE moved.received - moved.gave END AS holds
  FROM ledger_account AS account
  JOIN (SELECT each.account_id AS account_id,
               COALESCE(SUM(CASE WHEN entry.to_account = each.account_id AND entry.request_reference IS NULL
                                 THEN entry.amount END), 0) AS received,
               COALESCE(SUM(CASE WHEN entry.from_account = each.account_id THEN entry.amount END), 0)
             - COALESCE(SUM(CASE WHEN entry.to_account = each.account_id AND entry.request_reference IS NOT NULL
                                 THEN entry.amount END), 0) AS gave,
               COUNT(DISTINCT entry.request_reference) BETWEEN 1
                 AND COALESCE((SELECT MAX(CAST(value AS INTEGER)) FROM setting WHERE name = 'report.hide-below'), 5) - 1
                 AS few
          FROM ledger_account AS each
          LEFT JOIN ledger_entry AS entry ON each.account_id IN (entry.from_account, entry.to_account)
         GROUP BY each.account_id) AS moved ON moved.account_id = account.account_id
 WHERE account.kind = 'fund' AND account.fund NOT LIKE 'lead-%'
WINDOW alike AS (PARTITION BY account.year, account.fund, account.unit);

CREATE VIEW v_fund_month AS
SELECT account.year AS year, account.cluster AS cluster, account.fund AS fund, account.unit AS unit,
       substr(entry.day, 1, 7) AS month, entry.kind AS kind,
       SUM(CASE WHEN entry.to_account = account.account_id THEN entry.amount ELSE 0 END) AS received,
       SUM(CASE WHEN entry.from_account = account.account_id THEN entry.amount ELSE 0 END) AS gave
  FROM ledger_account AS account
  JOIN ledger_entry AS entry ON account.account_id IN (entry.from_account, entry.to_account)
 WHERE account.kind = 'fund' AND account.fund NOT LIKE 'lead-%' AND entry.request_reference IS NULL
   AND NOT EXISTS (SELECT 1 FROM ledger_entry AS first
                    WHERE first.number = entry.reverses AND first.request_reference IS NOT NULL)
 GROUP BY account.account_id, substr(entry.day, 1, 7), entry.kind;

CREATE VIEW v_holiday AS
SELECT year, kind, title, first, last, la_code, urn
  FROM holiday;

CREATE VIEW v_meeting AS
SELECT reference AS meeting, year, kind, title, starts, ends, starts_utc, ends_utc, venue, status
  FROM meeting;

CREATE VIEW v_meeting_change AS
SELECT meeting_reference AS meeting, change, starts_before, starts_after, venue_before, venue_after, status_before,
       status_after, substr(made_at, 1, 10) AS made_on
  FROM meeting_change;

CREATE VIEW v_meeting_cluster AS
SELECT meeting_reference AS meeting, cluster_reference AS cluster
  FROM meeting_cluster;

CREATE VIEW v_published_count AS
SELECT p.publication_id                                 AS publication,
       p.name                                           AS report,
       p.kind                                           AS kind,
       p.year                                           AS year,
       p.term                                           AS term,
       p.day                                            AS day,
       substr(p.made_at, 1, 10)                         AS published_on,
       substr(c.key, 1, instr(c.key || '|', '|') - 1)   AS measure,
       c.key                                            AS count_of,
       c.shown                                          AS shown
  FROM published_count AS c
  JOIN publication AS p ON p.publication_id = c.publication_id;

CREATE VIEW v_school AS
SELECT urn, la_code, la_code * 10000 + establishment_number AS dfe_number, name, type, phase, status, low_age, high_age,
       pupils, trust, federation, open_date, close_date
  FROM school;

CREATE VIEW v_school_cluster AS
SELECT membership.urn      AS urn,
       cluster.year        AS year,
       cluster.model       AS model,
       cluster.reference   AS cluster,
       membership.joined   AS joined,
       membership.left_on  AS left_on
  FROM membership
  JOIN cluster ON cluster.cluster_id = membership.cluster_id;

CREATE VIEW v_setting AS
SELECT name, value, holds_from, setting_id AS place
  FROM setting
 WHERE name NOT LIKE 'organiser.%';
