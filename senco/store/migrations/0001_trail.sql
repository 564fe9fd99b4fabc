-- The trail and the store's own identity. Append-only needs three triggers: INSERT OR REPLACE walks past two.
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

CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
BEGIN
    SELECT RAISE(ABORT, 'the trail only grows');
END;

CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
BEGIN
    SELECT RAISE(ABORT, 'the trail only grows');
END;

CREATE TRIGGER trail_in_order BEFORE INSERT ON trail
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM trail)
  OR NEW.previous_hash IS NOT COALESCE(
         (SELECT hash FROM trail ORDER BY number DESC LIMIT 1),
         '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN
    SELECT RAISE(ABORT, 'the trail only grows, one record after the other');
END;
