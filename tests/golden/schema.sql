CREATE UNIQUE INDEX appointment_one_lead ON appointment (cluster_id) WHERE role = 'lead' AND ends IS NULL;

CREATE UNIQUE INDEX holiday_once ON holiday (year, title, first, COALESCE(urn, 0));

CREATE INDEX meeting_by_time ON meeting (starts_utc, reference);

CREATE INDEX meeting_by_year ON meeting (year, starts_utc);

CREATE INDEX membership_by_urn ON membership (urn);

CREATE UNIQUE INDEX membership_once ON membership (cluster_id, urn) WHERE left_on IS NULL;

CREATE INDEX school_alias_by_urn ON school_alias (urn);

CREATE UNIQUE INDEX school_alias_one ON school_alias (la_code, folded) WHERE ended_at IS NULL;

CREATE INDEX school_by_la ON school (la_code, folded_name);

CREATE INDEX setting_by_name ON setting (name, holds_from, setting_id);

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

CREATE TABLE cluster (
    cluster_id INTEGER PRIMARY KEY,
    year       TEXT NOT NULL CHECK (year GLOB '[0-9][0-9][0-9][0-9]/[0-9][0-9]'),
    model      TEXT NOT NULL CHECK (model <> ''),
    reference  TEXT NOT NULL CHECK (reference <> ''),
    name       TEXT NOT NULL,
    source     TEXT NOT NULL,
    UNIQUE (year, reference)
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
) STRICT;

CREATE TABLE meeting_cluster (
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    cluster_reference TEXT NOT NULL CHECK (cluster_reference <> ''),
    PRIMARY KEY (meeting_reference, cluster_reference)
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

CREATE VIEW v_school_cluster AS
SELECT membership.urn      AS urn,
       cluster.year        AS year,
       cluster.model       AS model,
       cluster.reference   AS cluster,
       membership.joined   AS joined,
       membership.left_on  AS left_on
  FROM membership
  JOIN cluster ON cluster.cluster_id = membership.cluster_id;
