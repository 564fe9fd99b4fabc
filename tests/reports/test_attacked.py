"""The answer under freedom of information and the census, attacked together with the three reports of the terms."""

from __future__ import annotations

import itertools
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.reports import census, census_questions, foi, foi_questions, questions, recorded, termly
from senco.reports.attack import given_away
from senco.reports.kinds import Report
from senco.reports.publishing import protected
from senco.store.doors import Ask, Store
from tests.reports import borough
from tests.reports.reader import Reader
from tests.requests.year import School, invent

BELOW = 5
Run = Callable[..., Any]
# What is published, in the order of the year: the words of the command, and the day.
YEAR = (
    ("foi", date(2021, 1, 1)),
    ("autumn", date(2021, 1, 11)),
    ("census", date(2021, 1, 21)),
    ("spring", date(2021, 5, 3)),
    ("census", date(2021, 5, 20)),
    ("foi", date(2021, 9, 6)),
    ("summer", date(2021, 9, 6)),
)


def thin(path: Path, start: int) -> None:
    """Fill a store with every seventh of the year's requests, so that many counts are small."""
    chance = random.Random(2021)  # noqa: S311 - invented data, no secret
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA foreign_keys = ON")
        borough.schools(raw)
        borough.programme(raw, chance)
        held = {each.urn: each for each in borough.places()}
        asking = [School(each.urn, each.name, 4, 16) for each in borough.places()]
        for number, each in enumerate(invent(asking)):
            if number % 7 == start:
                borough.Life(raw, chance, number, each, held[each.school.urn]).live()


def made(ask: Ask, word: str, day: date) -> Report:
    if word == "foi":
        return foi.foi_report(foi_questions.foi_facts(ask, year=borough.YEAR, day=day))
    if word == "census":
        return census.census_report(census_questions.census_facts(ask, day, date(2021, 9, 6)))
    return termly.term_report(questions.term_facts(ask, year=borough.YEAR, term=word, day=day))


@pytest.fixture(scope="module", params=range(3))
def reports(request: pytest.FixtureRequest, _template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """Give everything that a year publishes, with nothing hidden yet."""
    path = tmp_path_factory.mktemp("thin") / "senco.db"
    shutil.copy(_template, path)
    thin(path, request.param)
    with Store(path, wait=5).reading() as ask:
        return [made(ask, word, day) for word, day in YEAR]


def shown(report: Report) -> dict[str, int | None]:
    return recorded.shown_by(report)


def small(reports: list[Report], reader: Reader) -> set[str]:
    return {
        key for each in reports for key, count in each.counts.items() if 0 < count < BELOW and reader.shown[key] is None
    }


def published(reports: list[Report], *, heeding: bool) -> Iterator[Report]:
    before: list[dict[str, int | None]] = []
    for each in reports:
        safe = protected(each, below=BELOW, before=before if heeding else [])
        before.append(shown(safe))
        yield safe


def test_no_small_count_is_recovered_from_all_that_a_year_publishes(reports: list[Report]) -> None:
    safe = list(published(reports, heeding=True))
    reader = Reader([shown(each) for each in safe])
    smalls = small(reports, reader)
    assert len(smalls) > 60
    assert {"requests", "decisions", "pupils"} <= {key.split("|")[0] for key in smalls}
    assert not any(0 < count < BELOW for each in safe for count in each.counts.values())
    assert reader.recovered(smalls, BELOW) == set()
    assert reader.amounts_told({key for key in smalls if key.startswith(("decisions", "pupils"))}) == set()


def test_the_answers_and_censuses_may_come_before_or_after_the_terms(reports: list[Report]) -> None:
    """The terms one after the other, and all else before or after them: each heeds what came before."""
    terms = [each for each in reports if each.name.startswith("term")]
    others = [each for each in reports if not each.name.startswith("term")]
    for order in ([*others, *terms], [*terms, *others], [*terms, *others[::-1]]):
        safe = list(published(order, heeding=True))
        reader = Reader([shown(each) for each in safe])
        assert reader.recovered(small(reports, reader), BELOW) == set()


def test_the_terms_may_be_caught_up_with_in_any_order(reports: list[Report]) -> None:
    terms = [each for each in reports if each.name.startswith("term")]
    for order in itertools.permutations(terms):
        safe = list(published(list(order), heeding=True))
        reader = Reader([shown(each) for each in safe])
        smalls = small(list(order), reader)
        assert len(smalls) > 30
        assert reader.recovered(smalls, BELOW) == set()


def test_control_each_report_by_itself_gives_the_others_away(reports: list[Report]) -> None:
    reader = Reader([shown(each) for each in published(reports, heeding=False)])
    everything = {key for each in reports for key, count in each.counts.items() if 0 < count < BELOW}
    smalls = small(reports, reader)
    assert everything - smalls or reader.recovered(smalls, BELOW)


def test_control_hiding_the_small_counts_alone_gives_them_away(reports: list[Report]) -> None:
    alone = [{key: None if 0 < count < BELOW else count for key, count in each.counts.items()} for each in reports]
    reader = Reader(alone)
    assert len(reader.recovered(small(reports, reader), BELOW)) > 10


def test_each_command_is_protected_against_what_the_others_published(store: Store, tmp_path: Path, senco: Run) -> None:
    path = store.path
    thin(path, 3)
    into = tmp_path / "reports"
    into.mkdir()
    for word, day in YEAR:
        words: tuple[object, ...] = ("reports", word, "--year", borough.YEAR)
        if word == "census":
            words = ("reports", word, day.isoformat(), "--format", "json")
        elif word != "foi":
            words = ("reports", "term", word, "--year", borough.YEAR, "--into", into)
        ran = senco("--as-of", "2021-09-06" if word == "census" else day.isoformat(), *words)
        assert ran.code == 0, ran.err
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT publication, count_of, shown FROM v_published_count").fetchall()
        kinds = [kind for (kind,) in raw.execute("SELECT kind FROM publication ORDER BY publication_id")]
    assert kinds == [word if word in {"foi", "census"} else "term" for word, _ in YEAR]
    publications: dict[int, dict[str, int | None]] = {}
    for number, key, count in rows:
        publications.setdefault(number, {})[key] = count
    with store.reading() as ask:
        plain = [made(ask, word, day) for word, day in YEAR]
    reader = Reader(list(publications.values()))
    smalls = {key for each in plain for key, count in each.counts.items() if 0 < count < BELOW}
    assert len(smalls) > 60
    assert reader.recovered(smalls, BELOW) == set()


def test_a_hidden_sum_over_time_is_at_least_one_although_its_open_rest_may_be_nought() -> None:
    """Two hidden counts come to 5, so that neither can be 5; that all was nought a term before changes nothing."""
    counts = {"r|upto=spring": 5, "r|need=HI|upto=spring": 3, "r|need=VI|upto=spring": 2}
    hidden = counts.keys() - {"r|upto=spring"}
    before = [{"r|upto=autumn": 0, "r|need=HI|upto=autumn": 0, "r|need=VI|upto=autumn": 0}]
    assert given_away(counts, hidden, below=BELOW) == hidden
    assert given_away(counts, hidden, below=BELOW, before=before) == hidden
    # Where a rest stands beside a count that is at least 1, the sum may have its place taken by its parts.
    before = [{"r|upto=autumn": 30, "r|need=HI|upto=autumn": None, "r|need=VI|upto=autumn": None}]
    wide = {"r|upto=spring": 40, "r|need=HI|upto=spring": 21, "r|need=VI|upto=spring": 19}
    assert given_away(wide, wide.keys() - {"r|upto=spring"}, below=BELOW, before=before) == frozenset()
