-- The programme of meetings and the holidays around it. Local times are Europe/London's; the instants stand in UTC.
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

CREATE INDEX meeting_by_time ON meeting (starts_utc, reference);
CREATE INDEX meeting_by_year ON meeting (year, starts_utc);

-- Cluster references, not rows of cluster: a programme names SP 1-7 before anyone has said who is in them.
CREATE TABLE meeting_cluster (
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    cluster_reference TEXT NOT NULL CHECK (cluster_reference <> ''),
    PRIMARY KEY (meeting_reference, cluster_reference)
) STRICT, WITHOUT ROWID;

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

CREATE UNIQUE INDEX holiday_once ON holiday (year, title, first, COALESCE(urn, 0));
