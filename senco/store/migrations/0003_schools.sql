-- The school register as read from GIAS, its links between schools, and the other names people use.
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

CREATE INDEX school_by_la ON school (la_code, folded_name);

CREATE TABLE school_link (
    urn         INTEGER NOT NULL,
    link_urn    INTEGER NOT NULL,
    link_type   TEXT NOT NULL,
    link_name   TEXT NOT NULL,
    established TEXT,
    PRIMARY KEY (urn, link_urn, link_type)
) STRICT, WITHOUT ROWID;

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

CREATE UNIQUE INDEX school_alias_one ON school_alias (la_code, folded) WHERE ended_at IS NULL;
CREATE INDEX school_alias_by_urn ON school_alias (urn);
