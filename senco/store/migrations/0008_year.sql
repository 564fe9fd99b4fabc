-- The year around the meetings: term dates of the borough and of schools, bank holidays, changes kept as history,
-- deadlines, the people who come, who came, what was agreed, and what returns every year.
ALTER TABLE holiday ADD COLUMN kind TEXT NOT NULL DEFAULT 'holiday' CHECK (kind IN ('holiday', 'inset', 'term'));
ALTER TABLE meeting ADD COLUMN chair TEXT NOT NULL DEFAULT '';

DROP INDEX holiday_once;
CREATE UNIQUE INDEX holiday_once ON holiday (year, title, first, COALESCE(la_code, 0), COALESCE(urn, 0));

-- A calendar year that stands here goes before the rule by which bank holidays are otherwise worked out.
CREATE TABLE bank_holiday (
    day    TEXT PRIMARY KEY CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    title  TEXT NOT NULL CHECK (title <> ''),
    source TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE INDEX meeting_change_by_meeting ON meeting_change (meeting_reference, meeting_change_id);

CREATE TRIGGER meeting_change_no_update BEFORE UPDATE ON meeting_change
BEGIN
    SELECT RAISE(ABORT, 'the history of a meeting only grows');
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

-- A deadline fixed for one meeting goes before the one that follows from the settings.
CREATE TABLE meeting_deadline (
    meeting_reference TEXT NOT NULL REFERENCES meeting (reference),
    kind              TEXT NOT NULL CHECK (kind IN ('closing', 'papers', 'notice')),
    due               TEXT NOT NULL,
    fixed_at          TEXT NOT NULL,
    PRIMARY KEY (meeting_reference, kind)
) STRICT, WITHOUT ROWID;

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

CREATE UNIQUE INDEX contact_once ON contact (folded_name, role, COALESCE(urn, 0), organisation) WHERE ends IS NULL;
CREATE INDEX contact_by_urn ON contact (urn);

-- One row for each mark; the newest of a seat (a school, or an invited partner) counts, the earlier ones stay.
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

CREATE INDEX attendance_by_meeting ON attendance (meeting_reference, urn, contact_id, attendance_id);

CREATE TRIGGER attendance_no_update BEFORE UPDATE ON attendance
BEGIN
    SELECT RAISE(ABORT, 'a register is never edited: a later mark takes the place of an earlier one');
END;

CREATE TRIGGER attendance_no_delete BEFORE DELETE ON attendance
BEGIN
    SELECT RAISE(ABORT, 'a register is never edited: a later mark takes the place of an earlier one');
END;

CREATE TRIGGER attendance_no_replace BEFORE INSERT ON attendance
WHEN EXISTS (SELECT 1 FROM attendance WHERE attendance_id = NEW.attendance_id)
BEGIN
    SELECT RAISE(ABORT, 'a register is never edited: a later mark takes the place of an earlier one');
END;

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

CREATE INDEX meeting_action_open ON meeting_action (closed_on, meeting_reference);

-- What comes back every year: the months in which it stands on the agenda, and of which kinds of meeting ('' for all).
CREATE TABLE standing_item (
    standing_item_id INTEGER PRIMARY KEY,
    title            TEXT NOT NULL CHECK (title <> ''),
    months           TEXT NOT NULL CHECK (months <> ''),
    kinds            TEXT NOT NULL,
    holds_from       TEXT NOT NULL,
    ends             TEXT CHECK (ends IS NULL OR ends >= holds_from),
    source           TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX standing_item_once ON standing_item (title) WHERE ends IS NULL;

INSERT INTO standing_item (title, months, kinds, holds_from, ends, source) VALUES
    ('New SENCOs: welcome and induction', '9, 10', '', '2000-09-01', NULL, 'comes with senco'),
    ('Phase transfer: plans to be final by 15 February', '10, 11, 12, 1', '', '2000-09-01', NULL, 'comes with senco'),
    ('Year 6 reviews and the move to secondary school', '3', '', '2000-09-01', NULL, 'comes with senco'),
    ('Requests for EHC needs assessments before the summer', '4, 5', '', '2000-09-01', NULL, 'comes with senco'),
    ('Transition: who moves where, and what goes with them', '6, 7', '', '2000-09-01', NULL, 'comes with senco');
