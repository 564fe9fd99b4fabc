-- What is deferred for information says by when the information is wanted.
ALTER TABLE decision ADD COLUMN wanted_by TEXT CHECK (wanted_by IS NULL OR (outcome IS 'deferred'
    AND wanted_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND wanted_by IS date(wanted_by, '+0 days')));
