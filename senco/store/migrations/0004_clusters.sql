-- Clusters of a year in a model (cross-phase, single-phase), the schools in them and the people who lead them, all dated.
CREATE TABLE cluster (
    cluster_id INTEGER PRIMARY KEY,
    year       TEXT NOT NULL CHECK (year GLOB '[0-9][0-9][0-9][0-9]/[0-9][0-9]'),
    model      TEXT NOT NULL CHECK (model <> ''),
    reference  TEXT NOT NULL CHECK (reference <> ''),
    name       TEXT NOT NULL,
    source     TEXT NOT NULL,
    UNIQUE (year, reference)
) STRICT;

CREATE TABLE membership (
    membership_id INTEGER PRIMARY KEY,
    cluster_id    INTEGER NOT NULL REFERENCES cluster (cluster_id),
    urn           INTEGER NOT NULL REFERENCES school (urn),
    nickname      TEXT NOT NULL,
    joined        TEXT NOT NULL,
    left_on       TEXT CHECK (left_on IS NULL OR left_on >= joined),
    source        TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX membership_once ON membership (cluster_id, urn) WHERE left_on IS NULL;
CREATE INDEX membership_by_urn ON membership (urn);

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

CREATE UNIQUE INDEX appointment_one_lead ON appointment (cluster_id) WHERE role = 'lead' AND ends IS NULL;
