-- The borough's own rules: each value holds from a day on; a value is never edited, a later row takes its place.
CREATE TABLE setting (
    setting_id INTEGER PRIMARY KEY,
    name       TEXT NOT NULL CHECK (name <> ''),
    value      TEXT NOT NULL,
    holds_from TEXT NOT NULL CHECK (holds_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    set_at     TEXT NOT NULL,
    set_by     TEXT NOT NULL
) STRICT;

CREATE INDEX setting_by_name ON setting (name, holds_from, setting_id);

CREATE TRIGGER setting_no_update BEFORE UPDATE ON setting
BEGIN
    SELECT RAISE(ABORT, 'a setting is never edited: a later one takes its place');
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
