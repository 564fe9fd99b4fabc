-- A decision says for which day it was made and which settings were known then: what is set later, whatever day it is
-- said to hold from, alters nothing that was decided.
ALTER TABLE decision ADD COLUMN decided_on TEXT CHECK (decided_on IS NULL
    OR (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND decided_on IS date(decided_on, '+0 days')));
ALTER TABLE decision ADD COLUMN settings_known INTEGER CHECK (settings_known >= 0);
