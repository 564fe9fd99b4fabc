-- What was published about numbers of children, for Power BI and Datasette: a hidden count stands there without its
-- number, as it does in the report. Who published it is a person, and not told.
CREATE VIEW v_published_count AS
SELECT p.publication_id                                 AS publication,
       p.name                                           AS report,
       p.kind                                           AS kind,
       p.year                                           AS year,
       p.term                                           AS term,
       p.day                                            AS day,
       substr(p.made_at, 1, 10)                         AS published_on,
       substr(c.key, 1, instr(c.key || '|', '|') - 1)   AS measure,
       c.key                                            AS count_of,
       c.shown                                          AS shown
  FROM published_count AS c
  JOIN publication AS p ON p.publication_id = c.publication_id;
