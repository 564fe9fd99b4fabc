"""What a term's report costs over a store of 10,000 requests of five years: seconds, and the memory at its peak.

Run ``python -m tests.bench.term_report [REQUESTS]``: it builds the store by bulk SQL, asks for the report in a process
of its own, prints what it took and ends with 1 when a bar is missed.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

REQUESTS = 10_000
YEARS = (2016, 2017, 2018, 2019, 2020)
BAR_SECONDS = 5.0
BAR_MEGABYTES = 300.0
AT = "2016-09-01T08:00:00+00:00"
SCHOOLS = 55
CROSS, SINGLE = 5, 7
OUTCOMES = ("agreed", "agreed-lower", "agreed-with-conditions", "declined-with-support", "deferred", "returned")
LEVELS = {"exceptional": "confirm", "borderline": "support", "predictable": "advise"}
NEEDS = ("SEMH", "ASD", "SLCN", "MLD", "SPLD", "PD", "HI", "VI", "OTH", "DS", "NSA")
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

MEASURED = """
import resource, sys, time
from datetime import date
from pathlib import Path
from senco.reports import questions, termly
from senco.store.doors import Store

store = Store(Path(sys.argv[1]))
started = time.perf_counter()
with store.reading(trusting=True) as ask:
    facts = questions.term_facts(ask, year="2020/21", term="summer", day=date(2021, 8, 31))
asked = time.perf_counter()
report = termly.term_report(facts)
done = time.perf_counter()
figures = sum(len(row) for section in report.sections for table in section.tables for row in table.rows)
print(asked - started, done - asked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(facts.requests),
      len(report.counts), figures)
"""


def year_of(starts: int) -> str:
    """Give an academic year as the store writes it."""
    return f"{starts}/{(starts + 1) % 100:02}"


def days_of(starts: int) -> list[tuple[str, str, date]]:
    """Give a year's meetings: reference, kind, day."""
    found = []
    for month, kind, mark in (
        (9, "conference", "CONF"), (10, "single-phase", "SP"), (11, "cross-phase", "CP"), (12, "panel", "PANEL"),
        (1, "single-phase", "SP"), (2, "single-phase", "SP"), (3, "cross-phase", "CP"), (4, "panel", "PANEL"),
        (5, "single-phase", "SP"), (6, "cross-phase", "CP"), (7, "panel", "PANEL"),
    ):  # fmt: skip
        day = date(starts + (month < 9), month, 12)
        found.append((f"{day.isoformat()}-{mark}", kind, day))
    return found


def make_store(path: Path, count: int) -> None:
    """Make the store; the triggers rest meanwhile, since loading is not what is measured."""
    from senco.store.migrating import migrate

    migrate(path, actor="bench", at=AT, wait=5)
    chance = random.Random(2020)  # noqa: S311 - invented data, no secret
    with closing(sqlite3.connect(path)) as raw, raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        _borough(raw, chance)
        _requests(raw, chance, count)
        _money(raw)
        for _, sql in triggers:
            raw.execute(sql)


def _borough(raw: sqlite3.Connection, chance: random.Random) -> None:
    raw.executemany(
        "INSERT INTO school VALUES (?, 319, 'Sutton', ?, ?, ?, 'Academy converter', 'Academies', 'Open', ?, 4, 11,"
        " 'Mixed', ?, 100, ?, '', 'Sutton', 'SM1 1AA', NULL, NULL, NULL, NULL, '', NULL, NULL)",
        [
            (100001 + n, 2001 + n, f"School {n:02}", f"school {n:02}", "Secondary" if n % 4 == 0 else "Primary",
             200 + 13 * n, f"Trust {n % 7}" if n % 3 else "")
            for n in range(SCHOOLS)
        ],
    )  # fmt: skip
    clusters, members, meetings, of, marks = [], [], [], [], []
    for starts in YEARS:
        year = year_of(starts)
        for model, mark, many in (("cross-phase", "CP", CROSS), ("single-phase", "SP", SINGLE)):
            for n in range(many):
                clusters.append((len(clusters) + 1, year, model, f"{mark}{n + 1}", f"{mark}{n + 1}"))
                members += [(len(clusters), 100001 + each, f"{starts}-09-01") for each in range(n, SCHOOLS, many)]
        for reference, kind, day in days_of(starts):
            meetings.append((reference, year, kind, int(kind == "conference"), f"{day}T14:00", f"{day}T16:00",
                             f"{day}T14:00:00+00:00", f"{day}T16:00:00+00:00", reference))  # fmt: skip
            mark, many = {"single-phase": ("SP", SINGLE), "cross-phase": ("CP", CROSS)}.get(kind, ("", 0))
            of += [(reference, f"{mark}{n + 1}") for n in range(many)]
            if kind != "panel":
                marks += [
                    (reference, 100001 + n, chance.choice(["present", "present", "substitute", "apologies", "absent"]))
                    for n in range(SCHOOLS)
                ]
    raw.executemany("INSERT INTO cluster VALUES (?, ?, ?, ?, ?, 'bench')", clusters)
    raw.executemany(
        "INSERT INTO membership (cluster_id, urn, nickname, joined, source) VALUES (?, ?, '', ?, 'bench')", members
    )
    raw.executemany(
        "INSERT INTO meeting (reference, year, kind, title, for_all, starts, ends, zone, starts_utc, ends_utc, venue,"
        " purpose, status, uid, sequence, changed_at, source)"
        f" VALUES (?, ?, ?, '', ?, ?, ?, 'Europe/London', ?, ?, '', '', 'confirmed', ?, 0, '{AT}', 'bench')",
        meetings,
    )
    raw.executemany("INSERT INTO meeting_cluster VALUES (?, ?)", of)
    raw.executemany(
        "INSERT INTO attendance (meeting_reference, urn, mark, marked_at, marked_by)"
        f" VALUES (?, ?, ?, '{AT}', 'bench')",
        marks,
    )


def _reference(number: int) -> str:
    letters = ""
    for _ in range(5):
        number, place = divmod(number, len(LETTERS))
        letters = LETTERS[place] + letters
    return f"R-{letters}"


def _requests(raw: sqlite3.Connection, chance: random.Random, count: int) -> None:
    asked, needs, views, advice, rulings, letters, reviews = [], [], [], [], [], [], []
    for number in range(count):
        starts = YEARS[number * len(YEARS) // count]
        day = date(starts, 9, 2) + timedelta(days=chance.randrange(270))
        reference, urn = _reference(number), 100001 + chance.randrange(SCHOOLS)
        cluster = f"CP{(urn - 100001) % CROSS + 1}"
        pence = chance.randrange(100, 900) * 1000
        met = [each for each in days_of(starts) if each[2] > day]
        heard = next((each for each in met if each[1] == "cross-phase"), None)
        panel = next((each for each in met if each[1] == "panel" and heard and each[2] > heard[2]), None)
        asked.append((reference, year_of(starts), urn, cluster, chance.choice(["individual"] * 8 + ["discussion"]),
                      str(chance.randrange(1, 12)), pence + 600_000, pence, day.isoformat(), heard and heard[0],
                      f"{day}T09:00:00+00:00"))  # fmt: skip
        needs += [(reference, rank, code) for rank, code in enumerate(chance.sample(NEEDS, 2), start=1)]
        if heard is None or chance.random() < 0.05:
            continue
        outcome = chance.choice([*LEVELS])
        views.append((number + 1, reference, heard[0], outcome, LEVELS[outcome], urn, f"{heard[2]}T15:00:00+00:00"))
        if panel is None or chance.random() < 0.05:
            continue
        verdict = chance.choice(OUTCOMES)
        award = pence if verdict in {"agreed", "agreed-with-conditions"} else pence // 2
        told = (award, f"{starts}-10-01", f"{starts + 1}-08-31") if verdict.startswith("agreed") else (None,) * 3
        made = f"{panel[2]}T15:00:00+00:00"
        advice.append((number + 1, reference, panel[0], number + 1, verdict, *told, made))
        rulings.append((number + 1, reference, panel[0], number + 1, verdict, *told,
                        told[0] and f"{panel[2] + timedelta(days=60)}", made))  # fmt: skip
        letters.append((number + 1, f"{panel[2] + timedelta(days=chance.randrange(4, 20))}", made))
        if told[0] and chance.random() < 0.6:
            reviews.append((reference, number + 1, f"{panel[2] + timedelta(days=55)}", chance.randrange(-2, 3), made))
    raw.executemany(
        "INSERT INTO request (reference, year, urn, cluster_reference, type, year_group, sen_status, provision_now,"
        " provision_asked, outcome_sought, parents_views, pupils_views, cost_pence, asked_pence, urgent,"
        " urgent_because, consent, submitted_on, meeting_reference, filled_in_by, form_version, version,"
        " withdrawn_because, received_at, received_by, source)"
        " VALUES (?, ?, ?, ?, ?, ?, 'K', '', 'A mentor', '', '', '', ?, ?, 0, '', 1, ?, ?, '', '1', 1, '', ?, 'bench',"
        " 'bench')",
        asked,
    )
    raw.executemany("INSERT INTO request_need VALUES (?, ?, ?)", needs)
    raw.executemany(
        "INSERT INTO moderation (moderation_id, request_reference, request_version, meeting_reference, taken_back,"
        " outcome, level, reason, chair_urn, made_at, made_by) VALUES (?, ?, 1, ?, 0, ?, ?, 'Seen', ?, ?, 'bench')",
        views,
    )
    raw.executemany(
        "INSERT INTO recommendation (recommendation_id, request_reference, request_version, meeting_reference,"
        " moderation_id, taken_back, outcome, amount_pence, awarded_from, awarded_to, reason, chair, made_at, made_by)"
        " VALUES (?, ?, 1, ?, ?, 0, ?, ?, ?, ?, 'Seen', 'Chair', ?, 'bench')",
        advice,
    )
    raw.executemany(
        "INSERT INTO decision (decision_id, request_reference, request_version, meeting_reference, recommendation_id,"
        " taken_back, outcome, amount_pence, awarded_from, awarded_to, review_on, reason, officer, made_at, made_by)"
        " VALUES (?, ?, 1, ?, ?, 0, ?, ?, ?, ?, ?, 'Seen', 'Officer', ?, 'bench')",
        rulings,
    )
    raw.executemany("INSERT INTO decision_letter VALUES (?, ?, ?, 'bench')", letters)
    raw.executemany(
        "INSERT INTO review (request_reference, decision_id, reviewed_on, score, note, made_at, made_by)"
        " VALUES (?, ?, ?, ?, 'Seen', ?, 'bench')",
        reviews,
    )


def _money(raw: sqlite3.Connection) -> None:
    """Allot each cluster's envelope of each year and pay the first half of every award out of it."""
    number, entries = 0, []
    account = iter(range(1, 1_000_000))
    schools, funds = {}, {}
    for starts in YEARS:
        year = year_of(starts)
        hnb = next(account)
        raw.execute("INSERT INTO ledger_account VALUES (?, 'hnb', ?, 'pence', 'fund', '', 'hnb', NULL, ?, 'bench')",
                    (hnb, year, AT))  # fmt: skip
        for n in range(CROSS):
            funds[f"CP{n + 1}", year] = of = next(account)
            raw.execute("INSERT INTO ledger_account VALUES (?, ?, ?, 'pence', 'fund', ?, 'exceptional', NULL, ?, 'b')",
                        (of, f"cluster:CP{n + 1}:exceptional", year, f"CP{n + 1}", AT))  # fmt: skip
            number += 1
            entries.append((number, f"{starts}-09-01", hnb, of, 30_000_000_00, "allocate", "", None))
        for n in range(SCHOOLS):
            schools[100001 + n, year] = of = next(account)
            raw.execute("INSERT INTO ledger_account VALUES (?, ?, ?, 'pence', 'outside', '', '', ?, ?, 'bench')",
                        (of, f"school:{100001 + n}", year, 100001 + n, AT))  # fmt: skip
    paid = raw.execute(
        "SELECT r.cluster_reference, r.year, r.urn, d.amount_pence / 2, r.reference, SUBSTR(d.made_at, 1, 10)"
        " FROM decision AS d JOIN request AS r ON r.reference = d.request_reference WHERE d.amount_pence > 1"
    ).fetchall()
    for cluster, year, urn, pence, reference, day in paid:
        number += 1
        entries.append((number, day, funds[cluster, year], schools[urn, year], pence, "pay", f"{day}-run", reference))
    raw.executemany(
        f"INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?, '', '', '', ?, ?, NULL, '{AT}', 'bench')", entries
    )


def main(count: int) -> int:
    """Build, measure, print, and give 1 when a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "senco.db"
        make_store(path, count)
        told = {**os.environ, "HOME": folder, "XDG_STATE_HOME": folder}
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(path)], env=told, capture_output=True, text=True, check=True
        )
    asked, made, megabytes, requests, counts, figures = (float(each) for each in done.stdout.split())
    print(f"{requests:,.0f} requests: asked in {asked:.2f} s, made in {made:.2f} s, {megabytes:.0f} MB at the peak")
    print(f"{figures:,.0f} figures, {counts:,.0f} counts of children; bars {BAR_SECONDS:.0f} s, {BAR_MEGABYTES:.0f} MB")
    return int(asked + made > BAR_SECONDS or megabytes > BAR_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS))
