-- What other programs may read (Datasette, Power BI, Excel): no child, no name of a person, no case, no free text.
-- A view is a promise: columns may come, none goes or changes its meaning. README says what each holds.
CREATE VIEW v_school AS
SELECT urn, la_code, la_code * 10000 + establishment_number AS dfe_number, name, type, phase, status, low_age, high_age,
       pupils, trust, federation, open_date, close_date
  FROM school;

CREATE VIEW v_cluster AS
SELECT cluster.year                                        AS year,
       cluster.reference                                   AS cluster,
       cluster.model                                       AS model,
       cluster.name                                        AS name,
       COUNT(membership.urn)                               AS schools_ever,
       COUNT(membership.urn) - COUNT(membership.left_on)   AS schools_at_last
  FROM cluster
  LEFT JOIN membership ON membership.cluster_id = cluster.cluster_id
 GROUP BY cluster.cluster_id;

CREATE VIEW v_meeting AS
SELECT reference AS meeting, year, kind, title, starts, ends, starts_utc, ends_utc, venue, status
  FROM meeting;

CREATE VIEW v_meeting_cluster AS
SELECT meeting_reference AS meeting, cluster_reference AS cluster
  FROM meeting_cluster;

-- A meeting that was moved, given another place, called off or put back.
CREATE VIEW v_meeting_change AS
SELECT meeting_reference AS meeting, change, starts_before, starts_after, venue_before, venue_after, status_before,
       status_after, substr(made_at, 1, 10) AS made_on
  FROM meeting_change;

-- How a school's seat was filled: the newest mark counts.
CREATE VIEW v_attendance AS
SELECT mine.meeting_reference AS meeting, mine.urn AS urn, mine.mark AS mark
  FROM attendance AS mine
 WHERE mine.urn IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM attendance AS later
                    WHERE later.meeting_reference = mine.meeting_reference AND later.urn = mine.urn
                      AND later.attendance_id > mine.attendance_id);

-- Holidays, INSET days and terms of the borough (urn empty) or of one school.
CREATE VIEW v_holiday AS
SELECT year, kind, title, first, last, la_code, urn
  FROM holiday;

-- The borough's rules; of several rows of a name the one with the latest day up to the day meant holds.
CREATE VIEW v_setting AS
SELECT name, value, holds_from, setting_id AS place
  FROM setting
 WHERE name NOT LIKE 'organiser.%';

-- A fund of a year: money in pence, specialists' time in minutes. What rests on the awards of a few children is empty,
-- and in the same fund of every other cluster too: reports publish the sum of all, and the rest would give it away. The
-- funds of a lead SENCO's pay are one person's, and not here.
CREATE VIEW v_fund AS
SELECT account.year                                                  AS year,
       account.cluster                                               AS cluster,
       account.fund                                                  AS fund,
       account.name                                                  AS account,
       account.unit                                                  AS unit,
       moved.received                                                AS received,
       CASE WHEN MAX(moved.few) OVER alike THEN NULL ELSE moved.gave END AS gave,
       CASE WHEN MAX(moved.few) OVER alike THEN NULL ELSE moved.received - moved.gave END AS holds
  FROM ledger_account AS account
  JOIN (SELECT each.account_id AS account_id,
               COALESCE(SUM(CASE WHEN entry.to_account = each.account_id AND entry.request_reference IS NULL
                                 THEN entry.amount END), 0) AS received,
               COALESCE(SUM(CASE WHEN entry.from_account = each.account_id THEN entry.amount END), 0)
             - COALESCE(SUM(CASE WHEN entry.to_account = each.account_id AND entry.request_reference IS NOT NULL
                                 THEN entry.amount END), 0) AS gave,
               COUNT(DISTINCT entry.request_reference) BETWEEN 1
                 AND COALESCE((SELECT MAX(CAST(value AS INTEGER)) FROM setting WHERE name = 'report.hide-below'), 5) - 1
                 AS few
          FROM ledger_account AS each
          LEFT JOIN ledger_entry AS entry ON each.account_id IN (entry.from_account, entry.to_account)
         GROUP BY each.account_id) AS moved ON moved.account_id = account.account_id
 WHERE account.kind = 'fund' AND account.fund NOT LIKE 'lead-%'
WINDOW alike AS (PARTITION BY account.year, account.fund, account.unit);

-- What came into and went out of a fund by month, but for what was paid on awards.
CREATE VIEW v_fund_month AS
SELECT account.year AS year, account.cluster AS cluster, account.fund AS fund, account.unit AS unit,
       substr(entry.day, 1, 7) AS month, entry.kind AS kind,
       SUM(CASE WHEN entry.to_account = account.account_id THEN entry.amount ELSE 0 END) AS received,
       SUM(CASE WHEN entry.from_account = account.account_id THEN entry.amount ELSE 0 END) AS gave
  FROM ledger_account AS account
  JOIN ledger_entry AS entry ON account.account_id IN (entry.from_account, entry.to_account)
 WHERE account.kind = 'fund' AND account.fund NOT LIKE 'lead-%' AND entry.request_reference IS NULL
   AND NOT EXISTS (SELECT 1 FROM ledger_entry AS first
                    WHERE first.number = entry.reverses AND first.request_reference IS NOT NULL)
 GROUP BY account.account_id, substr(entry.day, 1, 7), entry.kind;
