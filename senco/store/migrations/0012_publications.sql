-- What was published about numbers of children, and what was hidden: the next report is protected against it. A hidden
-- count is kept as such, without its value. Nothing of this is edited: what left the house cannot be taken back.
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

CREATE INDEX publication_by_year ON publication (year, publication_id);

CREATE TRIGGER publication_no_update BEFORE UPDATE ON publication
BEGIN
    SELECT RAISE(ABORT, 'what was published is never edited');
END;

CREATE TRIGGER publication_no_delete BEFORE DELETE ON publication
BEGIN
    SELECT RAISE(ABORT, 'what was published is never deleted');
END;

CREATE TRIGGER publication_in_order BEFORE INSERT ON publication
WHEN NEW.publication_id IS NOT (SELECT COALESCE(MAX(publication_id), 0) + 1 FROM publication)
BEGIN
    SELECT RAISE(ABORT, 'publications follow each other');
END;

CREATE TABLE published_count (
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    key            TEXT NOT NULL CHECK (key <> ''),
    shown          INTEGER CHECK (shown IS NULL OR shown >= 0),
    PRIMARY KEY (publication_id, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER published_count_no_update BEFORE UPDATE ON published_count
BEGIN
    SELECT RAISE(ABORT, 'what was published is never edited');
END;

CREATE TRIGGER published_count_no_delete BEFORE DELETE ON published_count
BEGIN
    SELECT RAISE(ABORT, 'what was published is never deleted');
END;

-- The counts of a publication are written with it, as many as it says: none is added afterwards, none takes the place
-- of another.
CREATE TRIGGER published_count_in_order BEFORE INSERT ON published_count
WHEN EXISTS (SELECT 1 FROM published_count WHERE publication_id = NEW.publication_id AND key = NEW.key)
  OR NEW.publication_id IS NOT (SELECT MAX(publication_id) FROM publication)
  OR (SELECT COUNT(*) FROM published_count WHERE publication_id = NEW.publication_id)
     >= (SELECT counts FROM publication WHERE publication_id = NEW.publication_id)
BEGIN
    SELECT RAISE(ABORT, 'the counts of a publication are written with it, each once');
END;
