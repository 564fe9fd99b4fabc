-- What a school's form says beyond 0006: the children's consent and year, the evidence, other money, who else knows the
-- child, and the costed provision map line by line; the borough's catalogue of provisions; who corrected what, and when.

ALTER TABLE request_pupil ADD COLUMN place INTEGER NOT NULL DEFAULT 1 CHECK (place >= 1);
ALTER TABLE request_pupil ADD COLUMN year_group TEXT NOT NULL DEFAULT '';
ALTER TABLE request_pupil ADD COLUMN consent_form TEXT NOT NULL DEFAULT '';

-- Kinds of evidence and streams of money are vocabularies: the rules know them, not this file.
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

CREATE TABLE request_agency (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    place             INTEGER NOT NULL CHECK (place >= 1),
    agency            TEXT NOT NULL CHECK (agency <> ''),
    last_seen         TEXT CHECK (last_seen IS NULL OR last_seen GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    PRIMARY KEY (request_reference, place)
) STRICT, WITHOUT ROWID;

-- A line keeps the weeks and the rate it was costed with, as they were written (pounds an hour, 17.24 or 655/38), so
-- that its workings stay what they were when a setting or the catalogue changes.
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

-- Which parts of a form a later one corrected: their names, never what stood in them.
CREATE TABLE request_correction (
    request_reference TEXT NOT NULL REFERENCES request (reference),
    version           INTEGER NOT NULL CHECK (version >= 2),
    fields            TEXT NOT NULL CHECK (fields <> ''),
    corrected_at      TEXT NOT NULL,
    corrected_by      TEXT NOT NULL CHECK (corrected_by <> ''),
    PRIMARY KEY (request_reference, version)
) STRICT, WITHOUT ROWID;

-- What an hour of a provision costs in every school; a later row takes an earlier one's place, ended = 1 takes it out.
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

CREATE INDEX catalogue_entry_by_name ON catalogue_entry (folded, holds_from, entry_id);

CREATE TRIGGER catalogue_entry_no_update BEFORE UPDATE ON catalogue_entry
BEGIN
    SELECT RAISE(ABORT, 'the catalogue is never edited: a later entry takes an earlier one''s place');
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

CREATE TRIGGER request_correction_no_update BEFORE UPDATE ON request_correction
BEGIN
    SELECT RAISE(ABORT, 'a correction stays on record');
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

-- What a cluster has judged stays as it was judged.
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

CREATE TRIGGER request_evidence_judged_no_delete BEFORE DELETE ON request_evidence
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

CREATE TRIGGER request_funding_judged_no_delete BEFORE DELETE ON request_funding
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

CREATE TRIGGER request_agency_judged_no_delete BEFORE DELETE ON request_agency
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

CREATE TRIGGER provision_line_judged_no_delete BEFORE DELETE ON provision_line
WHEN EXISTS (SELECT 1 FROM living_moderation WHERE request_reference = OLD.request_reference)
BEGIN
    SELECT RAISE(ABORT, 'what a cluster has judged is not changed under it');
END;
