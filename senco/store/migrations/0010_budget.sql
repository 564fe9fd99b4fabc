-- The clusters' money and time. Each entry is one row that names the account that gives and the account that takes: an
-- entry that does not balance cannot be written down. Nothing is edited: a wrong entry is reversed by a later one.

-- An account belongs to an academic year; an outside account (the grant, a school, a supplier) may owe, a fund may not.
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

-- How far a fund may be overspent, and why. What was allowed for one entry ends when that entry is reversed; what was
-- allowed for an award is that award's alone.
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

CREATE INDEX ledger_override_by_account ON ledger_override (account_id, amount);

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

-- They hold all that a balance or a page of a statement asks for.
CREATE INDEX ledger_entry_given ON ledger_entry (from_account, day, number, amount);
CREATE INDEX ledger_entry_taken ON ledger_entry (to_account, day, number, amount);
CREATE INDEX ledger_entry_by_request ON ledger_entry (request_reference, number) WHERE request_reference IS NOT NULL;
CREATE INDEX ledger_entry_by_run ON ledger_entry (run, number) WHERE run <> '';
-- What came back lessens what was given: a balance asks for these few by themselves.
CREATE INDEX ledger_entry_back ON ledger_entry (number) WHERE kind IN ('refund', 'recover');
CREATE INDEX ledger_entry_by_receipt ON ledger_entry (from_account, receipt) WHERE receipt <> '';

-- How an award is paid out, and what happens to it while it runs; the award itself is the officer's decision.
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

CREATE INDEX award_event_by_request ON award_event (request_reference, event_id);

-- What finance says: its statement of one account, line by line, and the balance it ends with.
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

CREATE TRIGGER ledger_account_no_update BEFORE UPDATE ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'an account stays as it was opened');
END;

CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'an account stays as it was opened');
END;

CREATE TRIGGER ledger_account_in_order BEFORE INSERT ON ledger_account
WHEN NEW.account_id IS NOT (SELECT COALESCE(MAX(account_id), 0) + 1 FROM ledger_account)
  OR EXISTS (SELECT 1 FROM ledger_account WHERE name = NEW.name AND year = NEW.year AND unit = NEW.unit)
BEGIN
    SELECT RAISE(ABORT, 'an account stays as it was opened');
END;

CREATE TRIGGER ledger_override_no_update BEFORE UPDATE ON ledger_override
BEGIN
    SELECT RAISE(ABORT, 'an override stays on record');
END;

CREATE TRIGGER ledger_override_no_delete BEFORE DELETE ON ledger_override
BEGIN
    SELECT RAISE(ABORT, 'an override stays on record');
END;

CREATE TRIGGER ledger_override_in_order BEFORE INSERT ON ledger_override
WHEN NEW.override_id IS NOT (SELECT COALESCE(MAX(override_id), 0) + 1 FROM ledger_override)
  OR NOT EXISTS (SELECT 1 FROM ledger_account WHERE account_id = NEW.account_id AND kind = 'fund')
  OR NEW.entry_number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)
  OR EXISTS (SELECT 1 FROM ledger_override WHERE entry_number = NEW.entry_number)
BEGIN
    SELECT RAISE(ABORT, 'an override is for a fund and stays on record');
END;

CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'an entry is reversed, never edited');
END;

CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'an entry is reversed, never deleted');
END;

CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows, one entry after the other');
END;

-- Foreign keys may be off in another program: the accounts and their units are held here too.
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

-- What was allowed for an entry is for the fund that gives in it, and no more than it gives: its reversal ends it.
CREATE TRIGGER ledger_entry_fits_its_override BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_override
              WHERE entry_number = NEW.number AND (account_id <> NEW.from_account OR amount > NEW.amount))
BEGIN
    SELECT RAISE(ABORT, 'an override for an entry is for its fund and no more than its amount');
END;

CREATE TRIGGER award_event_no_update BEFORE UPDATE ON award_event
BEGIN
    SELECT RAISE(ABORT, 'what happened to an award stays on record');
END;

CREATE TRIGGER award_event_no_delete BEFORE DELETE ON award_event
BEGIN
    SELECT RAISE(ABORT, 'what happened to an award stays on record');
END;

CREATE TRIGGER award_event_in_order BEFORE INSERT ON award_event
WHEN NEW.event_id IS NOT (SELECT COALESCE(MAX(event_id), 0) + 1 FROM award_event)
BEGIN
    SELECT RAISE(ABORT, 'what happened to an award stays on record');
END;

CREATE TRIGGER finance_statement_no_update BEFORE UPDATE ON finance_statement
BEGIN
    SELECT RAISE(ABORT, 'a statement of finance stays as it came');
END;

CREATE TRIGGER finance_statement_no_delete BEFORE DELETE ON finance_statement
BEGIN
    SELECT RAISE(ABORT, 'a statement of finance stays as it came');
END;

CREATE TRIGGER finance_statement_in_order BEFORE INSERT ON finance_statement
WHEN NEW.statement_id IS NOT (SELECT COALESCE(MAX(statement_id), 0) + 1 FROM finance_statement)
  OR EXISTS (SELECT 1 FROM finance_statement WHERE digest = NEW.digest)
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
