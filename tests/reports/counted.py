"""The figures of a term counted once more: SQL straight on the tables, written apart from senco and knowing none of it.

`counted` gives every figure that a report of the invented borough must show, by table, row and heading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

Cells = dict[tuple[str, str, str], object]

# What stood at the end of the period: rows not taken back, and not replaced by a row of that end or before.
STOOD = {
    "viewed": """
    SELECT m.request_reference AS request, substr(m.meeting_reference, 1, 10) AS day, m.outcome, m.level
      FROM moderation m WHERE m.taken_back = 0 AND substr(m.meeting_reference, 1, 10) <= :last
       AND NOT EXISTS (SELECT 1 FROM moderation x WHERE x.supersedes = m.moderation_id
                        AND (x.taken_back = 1 OR substr(x.meeting_reference, 1, 10) <= :last))""",
    "advised": """
    SELECT p.recommendation_id AS number, p.request_reference AS request, substr(p.meeting_reference, 1, 10) AS day,
           p.outcome, p.amount_pence AS pence,
           (SELECT level FROM moderation m WHERE m.moderation_id = p.moderation_id) AS level
      FROM recommendation p WHERE p.taken_back = 0 AND substr(p.meeting_reference, 1, 10) <= :last
       AND NOT EXISTS (SELECT 1 FROM recommendation x WHERE x.supersedes = p.recommendation_id
                        AND (x.taken_back = 1 OR substr(x.meeting_reference, 1, 10) <= :last))""",
    "dated": """
    SELECT d.*, substr(coalesce(d.decided_on, d.meeting_reference, d.made_at), 1, 10) AS day FROM decision d""",
    "decided": """
    SELECT d.decision_id AS number, d.request_reference AS request, d.day, d.outcome, d.amount_pence AS pence,
           d.recommendation_id AS advice, d.review_on, d.awarded_to,
           CASE WHEN d.outcome LIKE 'agreed%' THEN 'Agreed' WHEN d.outcome LIKE 'declined%' THEN 'Declined'
                ELSE 'Not settled' END AS settled
      FROM dated d WHERE d.taken_back = 0 AND d.day <= :last
       AND NOT EXISTS (SELECT 1 FROM dated x WHERE x.supersedes = d.decision_id
                        AND (x.taken_back = 1 OR x.day <= :last))""",
    "asked": """
    SELECT r.*, (SELECT code FROM request_need n WHERE n.request_reference = r.reference AND n.rank = 1) AS need
      FROM request r WHERE r.submitted_on <= :last""",
    "sorted": """
    SELECT a.*, CASE
      WHEN a.need IN ('SLCN', 'ASD') THEN 'Communication and interaction'
      WHEN a.need IN ('SPLD', 'MLD', 'SLD', 'PMLD', 'DS') THEN 'Cognition and learning'
      WHEN a.need = 'SEMH' THEN 'Social, emotional and mental health'
      WHEN a.need IN ('HI', 'VI', 'MSI', 'PD') THEN 'Sensory and/or physical'
      ELSE 'Other or not said' END AS area,
     CASE WHEN a.year_group IN ('N1', 'N2', 'R') THEN 'Nursery and Reception'
      WHEN a.year_group IS NULL THEN 'Several years, or not said'
      WHEN a.year_group + 0 BETWEEN 1 AND 6 THEN 'Years 1 to 6' WHEN a.year_group + 0 <= 11 THEN 'Years 7 to 11'
      ELSE 'Years 12 to 14' END AS phase,
     CASE a.type WHEN 'individual' THEN 'For one child' WHEN 'group' THEN 'For a group'
      WHEN 'project' THEN 'For a project' ELSE 'Discussion only' END AS kind,
     CASE WHEN a.withdrawn_on <= :last THEN 'Withdrawn by the school'
      WHEN EXISTS (SELECT 1 FROM decided d WHERE d.request = a.reference AND d.outcome <> 'deferred') THEN 'Decided'
      WHEN EXISTS (SELECT 1 FROM advised p WHERE p.request = a.reference AND p.outcome <> 'deferred'
                    AND NOT EXISTS (SELECT 1 FROM decided d WHERE d.advice = p.number)) THEN 'Advised on by the panel'
      WHEN EXISTS (SELECT 1 FROM decided d WHERE d.request = a.reference)
        OR EXISTS (SELECT 1 FROM advised p WHERE p.request = a.reference) THEN 'Deferred for information'
      WHEN EXISTS (SELECT 1 FROM viewed v WHERE v.request = a.reference) THEN 'Seen by the cluster'
      WHEN a.meeting_reference IS NOT NULL THEN 'Listed for a cluster''s meeting'
      ELSE 'Handed in, not listed yet' END AS stage
      FROM asked a""",
    "received": """
    SELECT * FROM sorted WHERE submitted_on >= :first""",
    "ruled": """
    SELECT d.*, s.cluster_reference AS cluster, s.area, s.asked_pence,
           julianday(d.day) - julianday(s.submitted_on) AS days, v.level,
           p.outcome AS before, p.pence AS before_pence
      FROM decided d JOIN sorted s ON s.reference = d.request
      LEFT JOIN recommendation q ON q.recommendation_id = d.advice
      LEFT JOIN moderation v ON v.moderation_id = q.moderation_id
      LEFT JOIN (SELECT recommendation_id AS number, outcome, amount_pence AS pence FROM recommendation) p
             ON p.number = d.advice
     WHERE d.day >= :first""",
}
AGAINST = """
CASE WHEN {level} IS NULL OR {outcome} NOT IN ('agreed', 'agreed-lower', 'agreed-with-conditions',
                                               'declined-with-support') THEN NULL
 WHEN {level} = 'confirm' THEN CASE
      WHEN {outcome} = 'agreed' OR ({outcome} = 'agreed-with-conditions' AND {pence} = {asked}) THEN 'As found'
      WHEN {outcome} = 'declined-with-support' THEN 'Contrary' ELSE 'Lower' END
 WHEN {level} = 'support' THEN CASE {outcome}
      WHEN 'agreed' THEN 'Higher' WHEN 'declined-with-support' THEN 'Lower' ELSE 'As found' END
 ELSE CASE WHEN {outcome} = 'declined-with-support' THEN 'As found'
      WHEN {outcome} = 'agreed' THEN 'Contrary' ELSE 'Higher' END END
"""
BOROUGH = "The borough"
CLUSTERS = ("CP1", "CP2", "CP3")
STAGES = {
    "Handed in, not listed yet": "Still open",
    "Listed for a cluster's meeting": "Still open",
    "Seen by the cluster": "Still open",
    "Advised on by the panel": "Still open",
    "Deferred for information": "Still open",
    "Decided": "Decided or withdrawn",
    "Withdrawn by the school": "Decided or withdrawn",
}
AREAS = (
    "Communication and interaction",
    "Cognition and learning",
    "Social, emotional and mental health",
    "Sensory and/or physical",
    "Other or not said",
)
OUTCOMES = {
    "agreed": "Agreed in full",
    "agreed-lower": "Agreed at a lower amount",
    "agreed-with-conditions": "Agreed with conditions",
    "declined-with-support": "Declined, with other support",
}
PUT_OFF = {
    "deferred": "Deferred for information",
    "returned": "Returned to the school",
    "withdrawn": "Closed as withdrawn",
}
LEVELS = {"confirm": "Confirmed", "support": "Supported", "advise": "Advised"}
VIEWS = {
    "exceptional": "Exceptional",
    "borderline": "Borderline",
    "predictable": "Predictable",
    "below-threshold-with-plan": "Below the threshold, with a plan",
}
SCORES = {
    -2: "−2: much worse than hoped for",
    -1: "−1: worse",
    0: "0: as hoped for",
    1: "+1: better",
    2: "+2: much better than hoped for",
}


def rounded(part: Fraction | int, whole: int, times: int = 1) -> int | None:
    """Round to the nearest whole, halves up; None of nothing."""
    return None if not whole else int((Fraction(part * times, whole) * 2 + 1) // 2)


class Count:
    """One term counted by SQL on the tables."""

    def __init__(self, raw: sqlite3.Connection, first: str, last: str) -> None:
        """Count what happened between two days, as it stood on the last of them."""
        self.raw, self.told = raw, {"first": first, "last": last}
        for name, sql in STOOD.items():
            raw.execute(f"DROP TABLE IF EXISTS temp.{name}")
            raw.execute(f"CREATE TEMP TABLE {name} AS {sql}", self.told)

    def rows(self, sql: str) -> list[Any]:
        """Give the rows of a question over what stood."""
        return self.raw.execute(
            f"WITH period AS (SELECT :first, :last){sql}" if sql.startswith(",") else sql, self.told
        ).fetchall()

    def by(self, what: str, source: str, where: str = "1") -> dict[Any, int]:
        """Count the rows of a source by something."""
        return dict(self.rows(f"SELECT {what}, COUNT(*) FROM {source} WHERE {where} GROUP BY {what}"))

    def one(self, sql: str) -> Any:
        """Give one value."""
        return self.rows(sql)[0][0]


def counted(raw: sqlite3.Connection, first: str, last: str, before: list[tuple[str, str, str]]) -> Cells:
    """Give every figure of the term's report by table, row and heading; ``before`` names the terms compared with."""
    count = Count(raw, first, last)
    cells: Cells = {}
    for part in (_requests, _decisions, _time, _agreement, _awards, _reviews, _meetings, _funds, _clusters):
        cells.update({(table, row, heading): value for table, row, heading, value in part(count)})
    cells.update({(table, row, heading): value for table, row, heading, value in _compared(raw, before)})
    return cells


Cell = tuple[str, str, str, object]


def _shares(table: str, column: str, held: dict[str, int], names: Any, whole: str) -> Iterator[Cell]:
    total = sum(held.values())
    for name in names:
        yield table, name, column, held.get(name, 0)
        yield table, name, "Share", rounded(held.get(name, 0), total, 1000)
    yield table, whole, column, total
    yield table, whole, "Share", rounded(total, total, 1000)


def _requests(count: Count) -> Iterator[Cell]:
    for name in (*CLUSTERS, BOROUGH):
        where = "1" if name == BOROUGH else f"cluster_reference = '{name}'"
        stages = count.by("stage", "received", where)
        yield "requests-by-cluster", name, "Received", sum(stages.values())
        for state in ("Still open", "Decided or withdrawn"):
            yield "requests-by-cluster", name, state, sum(n for stage, n in stages.items() if STAGES[stage] == state)
    for table, what, names in (
        ("requests-by-stage", "stage", STAGES),
        ("requests-by-type", "kind", ("For one child", "For a group", "For a project", "Discussion only")),
        ("requests-by-phase", "phase", ("Nursery and Reception", "Years 1 to 6", "Years 7 to 11", "Years 12 to 14",
                                        "Several years, or not said")),
        ("requests-by-area", "area", AREAS),
    ):  # fmt: skip
        yield from _shares(table, "Requests", count.by(what, "received"), names, "All requests")
    needs, total = count.by("need", "received"), count.one("SELECT COUNT(*) FROM received")
    for code in ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH", "NSA", ""):
        held = needs.get(code, 0) if code else needs.get(None, 0)
        yield "requests-by-need", code or "Not said", "Requests", held
        yield "requests-by-need", code or "Not said", "Share", rounded(held, total, 1000)


def _decisions(count: Count) -> Iterator[Cell]:
    for name in (*CLUSTERS, BOROUGH):
        where = "settled <> 'Not settled'" + ("" if name == BOROUGH else f" AND cluster = '{name}'")
        held = count.by("settled", "ruled", where)
        agreed, declined = held.get("Agreed", 0), held.get("Declined", 0)
        yield "decisions-by-cluster", name, "Decisions", sum(held.values())
        for settled in ("Agreed", "Declined"):
            yield "decisions-by-cluster", name, settled, held.get(settled, 0)
        yield "decisions-by-cluster", name, "Share agreed", rounded(agreed, agreed + declined, 1000)
    settled = count.by("outcome", "ruled", "settled <> 'Not settled'")
    held = {OUTCOMES[outcome]: n for outcome, n in settled.items()}
    yield from _shares("decisions-by-outcome", "Decisions", held, OUTCOMES.values(), "All decisions")
    put_off = {PUT_OFF[outcome]: n for outcome, n in count.by("outcome", "ruled", "settled = 'Not settled'").items()}
    yield from _shares("put-off", "Requests", put_off, PUT_OFF.values(), "All not settled")


def _time(count: Count) -> Iterator[Cell]:
    for name in (*CLUSTERS, BOROUGH):
        where = "settled <> 'Not settled'" + ("" if name == BOROUGH else f" AND cluster = '{name}'")
        total = count.one(f"SELECT COUNT(*) FROM ruled WHERE {where}")
        yield "time-by-cluster", name, "Decisions", total
        for heading, rank in (("Half within (days)", 50), ("Nine in ten within (days)", 90)):
            at = max((total * rank + 99) // 100, 1) - 1
            found = count.rows(f"SELECT days FROM ruled WHERE {where} ORDER BY days LIMIT 1 OFFSET {at}")
            yield "time-by-cluster", name, heading, int(found[0][0]) if found else None
    # Ten working days on, counted through a calendar of every day of the year.
    told = count.rows(
        """, calendar(day) AS (SELECT '2020-06-01' UNION ALL SELECT date(day, '+1 day') FROM calendar
                              WHERE day < '2021-12-31'),
        working AS (SELECT day, row_number() OVER (ORDER BY day) AS place FROM calendar
                     WHERE strftime('%w', day) NOT IN ('0', '6')
                       AND day NOT IN ('2020-08-31', '2020-12-25', '2020-12-28', '2021-01-01', '2021-04-02',
                                       '2021-04-05', '2021-05-03', '2021-05-31', '2021-08-30', '2021-12-27',
                                       '2021-12-28')),
        due AS (SELECT d.number, l.dated_on,
                       (SELECT day FROM working WHERE place = 10 + (SELECT MAX(place) FROM working
                                                                     WHERE day <= d.day)) AS by_day
                  FROM decided d LEFT JOIN decision_letter l ON l.decision_id = d.number)
        SELECT COUNT(*), COALESCE(SUM(dated_on <= by_day), 0) FROM due WHERE by_day BETWEEN :first AND :last"""
    )[0]
    for heading, value in (
        ("To be told", told[0]),
        ("Told in time", told[1]),
        ("Late, or not told yet", told[0] - told[1]),
        ("Share in time", rounded(told[1], told[0], 1000)),
    ):
        yield "told-in-time", BOROUGH, heading, value


def _results(table: str, row: str, held: dict[str, int]) -> Iterator[Cell]:
    total = sum(held.values())
    yield table, row, "Compared", total
    for result in ("As found", "Lower", "Higher", "Contrary"):
        yield table, row, result, held.get(result, 0)
    yield table, row, "Share as found", rounded(held.get("As found", 0), total, 1000)


def _agreement(count: Count) -> Iterator[Cell]:
    seen = "(SELECT v.*, a.cluster_reference AS cluster FROM viewed v JOIN asked a ON a.reference = v.request"
    seen += " WHERE v.day >= :first)"
    for name in (*CLUSTERS, BOROUGH):
        held = count.by("level", seen, "1" if name == BOROUGH else f"cluster = '{name}'")
        total = sum(held.values())
        yield "views-by-cluster", name, "Requests seen", total
        yield "views-by-cluster", name, "Confirmed", held.get("confirm", 0)
        yield "views-by-cluster", name, "Supported or advised", held.get("support", 0) + held.get("advise", 0)
        yield "views-by-cluster", name, "Share confirmed", rounded(held.get("confirm", 0), total, 1000)
    levels = {LEVELS[level]: n for level, n in count.by("level", seen).items()}
    yield from _shares("views-by-level", "Requests", levels, LEVELS.values(), "All levels")
    held = {VIEWS[outcome]: n for outcome, n in count.by("outcome", seen).items()}
    yield from _shares("views-by-outcome", "Requests", held, VIEWS.values(), "All outcomes")
    against = AGAINST.format(level="p.level", outcome="p.outcome", pence="p.pence", asked="a.asked_pence")
    panel = f"(SELECT {against} AS result, a.cluster_reference AS cluster FROM advised p"
    panel += " JOIN asked a ON a.reference = p.request WHERE p.day >= :first)"
    for name in (*CLUSTERS, BOROUGH):
        where = "result IS NOT NULL" + ("" if name == BOROUGH else f" AND cluster = '{name}'")
        held = count.by("result", panel, where)
        total, same = sum(held.values()), held.get("As found", 0)
        for heading, value in (
            ("Compared", total),
            ("As found", same),
            ("Otherwise", total - same),
            ("Share as found", rounded(same, total, 1000)),
        ):
            yield "agreement-by-cluster", name, heading, value
        if name == BOROUGH:
            yield from _results("agreement-borough", "The panel, against the cluster", held)
    officer = AGAINST.format(level="level", outcome="outcome", pence="pence", asked="asked_pence")
    held = count.by("result", f"(SELECT {officer} AS result FROM ruled)", "result IS NOT NULL")
    yield from _results("agreement-borough", "The officer, against the cluster", held)
    panel = """(SELECT CASE
        WHEN settled = 'Not settled' OR before IS NULL OR before IN ('deferred', 'returned', 'withdrawn') THEN NULL
        WHEN (before LIKE 'agreed%') <> (settled = 'Agreed') THEN 'Contrary'
        WHEN settled = 'Declined' OR pence = before_pence THEN 'As found'
        WHEN pence < before_pence THEN 'Lower' ELSE 'Higher' END AS result FROM ruled)"""
    yield from _results("agreement-borough", "The officer, against the panel",
                        count.by("result", panel, "result IS NOT NULL"))  # fmt: skip


def _awards(count: Count) -> Iterator[Cell]:
    for table, rows, whole in (("awards-by-cluster", CLUSTERS, BOROUGH), ("awards-by-area", AREAS, "All areas")):
        column = "cluster" if table == "awards-by-cluster" else "area"
        for name in (*rows, whole):
            where = "1" if name == whole else f"{column} = '{name}'"
            many, total = count.rows(
                f"SELECT COUNT(*), COALESCE(SUM(pence), 0) FROM ruled WHERE settled = 'Agreed' AND {where}"
            )[0]
            yield table, name, "Awards", many
            yield table, name, "Sum", total
            yield table, name, "Average", rounded(total, many)
            if table == "awards-by-area":
                yield (
                    table,
                    name,
                    "Decisions",
                    count.one(f"SELECT COUNT(*) FROM ruled WHERE settled <> 'Not settled' AND {where}"),
                )


def _reviews(count: Count) -> Iterator[Cell]:
    # Each award's days: the one that the decision fixed and those that its reviews fixed, each met by the next review.
    due = """, award AS (
        SELECT d.number, d.review_on,
               min(d.awarded_to, coalesce((SELECT holds_from FROM award_change c WHERE c.decision_id = d.number),
                                          '9999')) AS ends
          FROM decided d WHERE d.settled = 'Agreed'),
    made AS (SELECT * FROM review WHERE reviewed_on <= :last),
    due AS (
        SELECT a.number, a.review_on AS day, a.ends,
               EXISTS (SELECT 1 FROM made m WHERE m.decision_id = a.number) AS done
          FROM award a WHERE a.review_on IS NOT NULL
        UNION ALL
        SELECT a.number, m.next_on, a.ends,
               EXISTS (SELECT 1 FROM made x WHERE x.decision_id = a.number AND x.review_id > m.review_id)
          FROM award a JOIN made m ON m.decision_id = a.number WHERE m.next_on IS NOT NULL)
    """
    of_term = "day BETWEEN :first AND :last AND (done OR day <= ends)"
    total = count.rows(f"{due} SELECT COUNT(*), COALESCE(SUM(done), 0) FROM due WHERE {of_term}")[0]
    overdue = count.rows(f"{due} SELECT COUNT(*) FROM due WHERE NOT done AND day < :last AND day <= ends"
                         " AND ends >= :last")[0][0]  # fmt: skip
    for heading, value in (
        ("Due", total[0]),
        ("Done", total[1]),
        ("Not done", total[0] - total[1]),
        ("Share done", rounded(total[1], total[0], 1000)),
        ("Overdue at the end", overdue),
    ):
        yield "reviews-due", BOROUGH, heading, value
    scores = count.by("score", "review", "reviewed_on BETWEEN :first AND :last")
    held = {SCORES[score]: n for score, n in scores.items()}
    yield from _shares("outcome-scores", "Reviews", held, SCORES.values(), "All reviews")


def _meetings(count: Count) -> Iterator[Cell]:
    planned = """, planned AS (
        SELECT m.*, substr(m.starts, 1, 10) AS day,
               coalesce((SELECT substr(c.starts_before, 1, 10) FROM meeting_change c
                          WHERE c.meeting_reference = m.reference AND c.change = 'moved'
                          ORDER BY c.meeting_change_id LIMIT 1), substr(m.starts, 1, 10)) AS first_day,
               EXISTS (SELECT 1 FROM meeting_change c
                        WHERE c.meeting_reference = m.reference AND c.change = 'moved') AS moved
          FROM meeting m WHERE m.status <> 'proposed' AND m.year = '2020/21')
    """
    told = """SELECT COALESCE(SUM(first_day BETWEEN :first AND :last), 0),
        COALESCE(SUM(day BETWEEN :first AND :last AND status = 'confirmed'), 0),
        COALESCE(SUM(first_day BETWEEN :first AND :last AND moved), 0),
        COALESCE(SUM(first_day BETWEEN :first AND :last AND status = 'cancelled'), 0), 0, COUNT(*)
        FROM planned WHERE (first_day BETWEEN :first AND :last OR day BETWEEN :first AND :last)"""
    headings = ("Planned", "Held", "Moved", "Cancelled", "Still to come")
    of_cluster = "(for_all = 1 OR reference IN (SELECT meeting_reference FROM meeting_cluster"
    kinds = {
        "Conferences": "conference",
        "Single-phase clusters": "single-phase",
        "Cross-phase clusters": "cross-phase",
        "Meetings of one cluster": "cluster",
        "Panels": "panel",
    }
    for table, row, where in (
        *(("programme-by-kind", name, f"kind = '{kind}'") for name, kind in kinds.items()),
        ("programme-by-kind", "All meetings", "1"),
        *(
            ("programme-by-cluster", name, f"{of_cluster} WHERE cluster_reference = '{name}'))")
            for name in (*CLUSTERS, "SP1", "SP2")
        ),
    ):
        found = count.rows(f"{planned} {told} AND {where}")[0]
        if found[-1]:
            yield from ((table, row, heading, value) for heading, value in zip(headings, found, strict=False))
    seats = """, seat AS (
        SELECT DISTINCT m.reference AS meeting, substr(m.starts, 1, 10) AS day, b.urn, s.name AS school,
               c.reference AS cluster,
               (SELECT a.mark FROM attendance a WHERE a.meeting_reference = m.reference AND a.urn = b.urn
                 ORDER BY a.attendance_id DESC LIMIT 1) AS mark
          FROM meeting m JOIN cluster c ON c.year = m.year JOIN membership b ON b.cluster_id = c.cluster_id
          JOIN school s ON s.urn = b.urn
         WHERE m.status = 'confirmed' AND m.kind <> 'panel' AND substr(m.starts, 1, 10) BETWEEN :first AND :last
           AND (m.for_all = 1 OR EXISTS (SELECT 1 FROM meeting_cluster k
                 WHERE k.meeting_reference = m.reference AND k.cluster_reference = c.reference)))
    """
    marks = """COUNT(*), COALESCE(SUM(mark = 'present'), 0), COALESCE(SUM(mark = 'substitute'), 0),
        COALESCE(SUM(mark = 'apologies'), 0), COALESCE(SUM(mark = 'absent'), 0), COALESCE(SUM(mark IS NULL), 0)"""
    headings = ("Seats", "Present", "Substitute", "Apologies", "Absent", "Not marked")
    by_cluster = f"{seats} SELECT cluster, '', {marks} FROM seat GROUP BY cluster"
    by_meeting = f"""{seats} SELECT meeting, day, {marks} FROM (SELECT DISTINCT meeting, day, urn, mark FROM seat)
        GROUP BY meeting, day"""
    for table, sql in (("attendance-by-cluster", by_cluster), ("attendance-by-meeting", by_meeting)):
        for row, day, *values in count.rows(sql):
            yield from ((table, row, heading, value) for heading, value in zip(headings, values, strict=True))
            came, marked = values[1] + values[2], values[0] - values[5]
            yield table, row, "Attendance", rounded(came, marked, 1000)
            if day:
                yield table, row, "Day", day
    seldom = f"""{seats} SELECT school, COUNT(*), SUM(mark IN ('present', 'substitute'))
        FROM (SELECT DISTINCT meeting, urn, school, mark FROM seat WHERE mark IS NOT NULL) GROUP BY urn, school"""
    for school, held, came in count.rows(seldom):
        if held >= 2 and came * 2 < held:
            yield "seldom-seen", school, "Meetings", held
            yield "seldom-seen", school, "Came", came
            yield "seldom-seen", school, "Attendance", rounded(came, held, 1000)


def due(pence: int, first: str, last: str, ended: str | None) -> int:
    """Give what an award in equal terms comes to until the day of its end, the term that it falls into by days."""
    if ended is None or ended > last:
        return pence
    borders = [f"{year}-{month}-01" for year in (2020, 2021) for month in ("01", "04", "09")]
    begins = [first, *(each for each in borders if first < each <= last)]
    each, more = divmod(pence, len(begins))
    total = 0
    for place, (start, end) in enumerate(pairwise([*begins, str(date.fromisoformat(last) + timedelta(days=1))])):
        part = each + (place < more)
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days
        gone = min(max((date.fromisoformat(ended) - date.fromisoformat(start)).days, 0), days)
        share = Fraction(part * gone, days)
        # A penny that is over goes to the larger remainder, the earlier part's when they are equal.
        total += int(share) + (share - int(share) >= Fraction(1, 2))
    return total


def _funds(count: Count) -> Iterator[Cell]:
    last = count.told["last"]
    months = (int(last[:4]) - 2020) * 12 + int(last[5:7]) - 8
    moved = """, moved AS (
        SELECT e.*, a.fund, a.cluster, CASE WHEN e.to_account = a.account_id THEN 1 ELSE -1 END AS sign,
               o.kind AS undone
          FROM ledger_entry e JOIN ledger_account a ON a.account_id IN (e.from_account, e.to_account)
                                                    AND a.kind = 'fund' AND a.unit = 'pence' AND a.fund <> 'hnb'
          LEFT JOIN ledger_entry o ON o.number = e.reverses WHERE e.day <= :last AND a.year = '2020/21')
    """
    awarded = f"""{moved} SELECT d.pence, b.awarded_from, b.awarded_to,
               (SELECT holds_from FROM award_change c WHERE c.decision_id = d.number),
               COALESCE((SELECT SUM(-sign * amount) FROM moved m WHERE m.request_reference = d.request), 0)
          FROM decided d JOIN asked a ON a.reference = d.request JOIN decision b ON b.decision_id = d.number
         WHERE d.pence > 0 AND a.year = '2020/21'"""
    rows: dict[str, list[int]] = {}
    for cluster in CLUSTERS:
        allocated, gone = count.rows(
            f"""{moved} SELECT SUM(CASE WHEN kind = 'allocate' THEN amount ELSE 0 END),
                       SUM(CASE WHEN kind <> 'allocate' THEN -sign * amount ELSE 0 END)
                  FROM moved WHERE fund = 'exceptional' AND cluster = '{cluster}'"""
        )[0]
        held = count.rows(f"{awarded} AND a.cluster_reference = '{cluster}'")
        borne = [(due(*of), paid) for *of, paid in held]
        awards = sum(whole > 0 or paid != 0 for whole, paid in borne)
        promised = sum(max(whole - paid, 0) for whole, paid in borne)
        more = (gone + promised) * (12 - months) // months
        end = gone + promised + more
        rows[cluster] = [awards, allocated, gone, promised, allocated - gone - promised, end, allocated - end]
    rows["All clusters"] = [sum(each) for each in zip(*rows.values(), strict=True)]
    headings = (
        "Awards borne", "Allocated", "Paid", "Promised", "Left if nothing more is agreed", "Expected at the same pace",
        "Left at the same pace",
    )  # fmt: skip
    for row, values in rows.items():
        yield from (("envelopes", row, heading, value) for heading, value in zip(headings, values, strict=True))
    for heading, value in zip((*headings[:4], "Left"), rows["All clusters"], strict=False):
        yield "funds", "Exceptional needs", heading, value
    allocated, spent = count.rows(
        f"""{moved} SELECT SUM(CASE WHEN kind = 'allocate' THEN amount ELSE 0 END),
                   SUM(CASE WHEN 'spend' IN (kind, undone) THEN -sign * amount ELSE 0 END)
              FROM moved WHERE fund = 'training'"""
    )[0]
    for heading, value in zip((*headings[:4], "Left"), (0, allocated, spent, 0, allocated - spent), strict=True):
        yield "funds", "Training", heading, value
    whole = [0] * 6
    for cluster in CLUSTERS[:2]:
        used = dict(
            count.rows(
                """SELECT name, SUM(sign * amount) FROM (
                   SELECT a.name, e.amount, CASE WHEN e.to_account = a.account_id THEN 1 ELSE -1 END AS sign
                     FROM ledger_account a JOIN ledger_entry e ON a.account_id IN (e.from_account, e.to_account)
                    WHERE a.unit = 'minutes' AND e.day <= :last) GROUP BY name"""
            )
        )
        name = f"cluster:{cluster}:ep"
        booked, contact, admin = (used.get(f"{name}:{each}", 0) for each in ("booked", "contact", "admin"))
        values = [6000, booked, contact + admin, contact, 0, used[name]]
        whole = [one + other for one, other in zip(whole, values, strict=True)]
        yield from _minutes(cluster, values)
    yield from _minutes("All clusters", whole)


def _minutes(row: str, values: list[int]) -> Iterator[Cell]:
    headings = ("Allocated", "Booked", "Used", "Of that with schools", "Carried on", "Not booked")
    yield from (("specialist-time", row, heading, value) for heading, value in zip(headings, values, strict=True))
    yield "specialist-time", row, "Share used", rounded(values[2], values[0], 1000)


def _clusters(count: Count) -> Iterator[Cell]:
    rows = count.rows(
        """SELECT c.model, c.reference, COUNT(*), SUM(s.pupils), SUM(s.phase = 'Primary'), SUM(s.phase = 'Secondary'),
           (SELECT MAX(many) FROM (SELECT COUNT(*) AS many FROM membership x JOIN school y ON y.urn = x.urn
                                    WHERE x.cluster_id = c.cluster_id AND y.trust <> '' GROUP BY y.trust))
           FROM cluster c JOIN membership b ON b.cluster_id = c.cluster_id JOIN school s ON s.urn = b.urn
          WHERE c.year = '2020/21' GROUP BY c.model, c.reference, c.cluster_id"""
    )
    for model, name, schools, pupils, primary, secondary, largest in rows:
        table = f"balance-{model}"
        for heading, value in (
            ("Schools", schools),
            ("Pupils on roll", pupils),
            ("Primary", primary),
            ("Secondary", secondary),
            ("Other", 0),
            ("Its share", rounded(largest, schools, 1000)),
        ):
            yield table, name, heading, value


def _compared(raw: sqlite3.Connection, terms: list[tuple[str, str, str]]) -> Iterator[Cell]:
    year = {"Requests": 0, "Decisions": 0, "Agreed": 0, "Awarded": 0}
    declined_so_far = 0
    for name, first, last in terms:
        count = Count(raw, first, last)
        requests = count.one("SELECT COUNT(*) FROM received")
        held = count.by("settled", "ruled", "settled <> 'Not settled'")
        agreed, declined = held.get("Agreed", 0), held.get("Declined", 0)
        at = max((agreed + declined + 1) // 2, 1) - 1
        half = count.rows(f"SELECT days FROM ruled WHERE settled <> 'Not settled' ORDER BY days LIMIT 1 OFFSET {at}")
        total = count.one("SELECT COALESCE(SUM(pence), 0) FROM ruled")
        came, marked = count.rows(
            """SELECT COALESCE(SUM(mark IN ('present', 'substitute')), 0), COUNT(mark) FROM attendance a
                WHERE attendance_id IN (SELECT MAX(attendance_id) FROM attendance GROUP BY meeting_reference, urn)
                  AND meeting_reference IN (SELECT reference FROM meeting WHERE status = 'confirmed'
                                              AND substr(starts, 1, 10) BETWEEN :first AND :last)"""
        )[0]
        for heading, value in (
            ("Requests", requests),
            ("Decisions", sum(held.values())),
            ("Share agreed", rounded(agreed, agreed + declined, 1000)),
            ("Half settled within (days)", int(half[0][0]) if half else None),
            ("Awarded", total),
            ("Attendance", rounded(came, marked, 1000)),
        ):
            yield "comparison", name, heading, value
        if name.endswith("2020/21"):
            declined_so_far += declined
            for heading, value in zip(year, (requests, sum(held.values()), agreed, total), strict=True):
                year[heading] += value
    row = "September to the end of this report, 2020/21"
    yield from (("year-so-far", row, heading, value) for heading, value in year.items())
    share = rounded(year["Agreed"], year["Agreed"] + declined_so_far, 1000)
    yield "year-so-far", row, "Share agreed", share
