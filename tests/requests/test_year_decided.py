"""Six hundred invented requests of one year on every path: cluster, panel, officer, letter, review; to the penny."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.requests import checks, deciding, dues, ordering, questions, records, reviewing, verbs
from senco.requests.kinds import Judgement, Level, Outcome, RequestDraft, RequestType, SenStatus, Votes
from senco.requests.outcomes import Advised, Decided, Verdict
from senco.store.doors import Store
from tests.requests.conftest import AT, CLUSTERS, SCHOOLS, fill
from tests.requests.panel import CHAIR, OFFICER, REASONS
from tests.requests.year import Invented, School, invent

TODAY = date(2021, 7, 1)
PANELS = ("2020-12-08-PANEL", "2021-01-12-PANEL", "2021-04-13-PANEL")
IN_CLUSTERS = {urn for _, _, members, _ in CLUSTERS.values() for urn in members}


@dataclass
class Year:
    """What the year should come to, counted beside senco."""

    outcomes: Counter[str]
    agreed_pence: int
    stages: Counter[str]
    scores: Counter[int]
    found: Counter[str] = field(default_factory=Counter)
    advised: Counter[str] = field(default_factory=Counter)


def draft_of(each: Invented) -> RequestDraft:
    return RequestDraft(
        school=str(each.school.urn),
        type=RequestType(each.type),
        needs=each.needs,
        sen_status=SenStatus(each.status),
        cost_pence=each.cost_pence,
        asked_pence=each.asked_pence,
        provision=each.provision_asked,
        submitted_on=min(each.submitted_on, date(2021, 3, 23)),  # the last meeting that the borough of these tests has
        year_group=each.year_group,
        pupils=each.pupils,
        asked_from=each.asked_from,
        asked_to=each.asked_to,
        urgent=bool(each.urgent_because),
        urgent_because=each.urgent_because,
        meeting="2020-11-24-CP" if each.submitted_on < date(2020, 11, 24) else "2021-03-23-CP",
    )


def verdict_of(told: str, amount: int | None, asked: int) -> tuple[Verdict, int | None]:
    """A lower amount than nothing cannot be agreed: a discussion that asks no money is agreed as it is."""
    verdict = Verdict(told)
    return (Verdict.AGREED, asked) if verdict is Verdict.AGREED_LOWER and not asked else (verdict, amount)


def live(change: Any, each: Invented, number: int, year: Year) -> None:
    """Take one request all its way inside a change that leaves a line for many."""
    ask = change.ask
    reference = verbs_add(change, each)
    stage = "listed"
    if number % 97 == 0:
        withdraw(change, reference)
        year.stages["withdrawn"] += 1
        return
    urgent = bool(each.urgent_because)
    case = questions.case_named(ask, reference)
    if not (urgent and number % 2):
        chair = "Dorchester" if case.cluster == "CP2" else "Foxley" if case.urn == CLUSTERS[1][3] else ""
        # The clusters here are small: three of CP1's schools vote on a case at the least.
        votes = Votes(2, each.votes[1] % 2, 0) if case.cluster == "CP1" else None
        told = Judgement(Outcome(each.outcome), Level(each.level), each.reason, votes)
        from senco.requests import sittings

        sitting = sittings.sitting(ask, meeting=case.meeting, cluster=case.cluster, year=case.year)
        verbs.write_moderation(change, sittings.hearing(ask, case, sitting, chair), told, TODAY)
        stage = "moderated"
        year.found[each.outcome] += 1
    if number % 50 == 1:
        year.stages[stage] += 1
        return
    verdict, amount = verdict_of(each.recommended, each.recommended_pence, each.asked_pence)
    case = questions.case_named(ask, reference)
    panel = PANELS[0 if case.meeting.startswith("2020") else 2]
    from senco.requests import panels

    days = {"awarded_from": each.asked_from, "awarded_to": each.asked_to} if verdict.awards else {}
    advice = Advised(verdict, each.reason, amount, votes=None, chair=CHAIR, reasons=REASONS[verdict], **days)
    deciding.write_recommendation(change, case, panels.panel_named(ask, panel), advice, date.fromisoformat(panel[:10]))
    year.advised[verdict.value] += 1
    if number % 50 == 2:
        year.stages["deferred" if verdict is Verdict.DEFERRED else "recommended"] += 1
        return
    verdict, amount = verdict_of(each.decided, each.decided_pence, each.asked_pence)
    days = {"awarded_from": each.asked_from, "awarded_to": each.asked_to} if verdict.awards else {}
    case = questions.case_named(ask, reference)
    decision = Decided(verdict, each.reason, OFFICER, amount, reasons=REASONS[verdict], **days)
    line = deciding.write_decision(change, case, decision, date.fromisoformat(panel[:10]))
    year.stages["deferred" if verdict is Verdict.DEFERRED else "decided"] += 1
    year.outcomes[verdict.value] += 1
    year.agreed_pence += amount or 0
    if verdict.awards and each.review_score is not None and each.asked_from < TODAY:
        change.flush()
        review(change, line, each.review_score)
        year.scores[each.review_score] += 1


def verbs_add(change: Any, each: Invented) -> str:
    return str(unrecorded(change, verbs.add, draft_of(each), TODAY).reference)


def withdraw(change: Any, reference: str) -> None:
    unrecorded(change, deciding.withdraw, reference, "The family has moved away.", TODAY)


def review(change: Any, line: Any, score: int) -> None:
    unrecorded(change, reviewing.review, line.request, score, "Seen in school.", TODAY, TODAY)


def unrecorded(change: Any, verb: Any, *told: Any) -> Any:
    """Do a verb inside a bigger change; the trail's one line is written at its end."""
    done = verb(change, *told)
    change._recorded = None
    return done


def live_through(folder: Path, count: int = 600) -> tuple[Store, Year]:
    """Take so many requests of a year through their lives in a store of their own."""
    store = Store(folder / "senco.db", wait=5)
    store.make_or_upgrade(actor="officer", at=AT)
    with closing(sqlite3.connect(store.path)) as raw, raw:
        fill(raw)
    schools = [School(urn, name, 4, 11) for urn, name, _, _ in SCHOOLS if urn in IN_CLUSTERS]
    year = Year(Counter(), 0, Counter(), Counter())
    everything = invent(schools, count=count)
    for first in range(0, len(everything), 50):
        with store.changing("requests.year", actor="officer", at=AT.replace(year=2021, month=8)) as change:
            for number, each in enumerate(everything[first : first + 50], start=first):
                live(change, each, number, year)
            change.record("requests of the year", count=50)
    return store, year


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Year]]:
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("year")
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        yield live_through(home)


def test_every_request_is_where_it_should_be(lived: tuple[Store, Year]) -> None:
    store, year = lived
    with store.reading(trusting=True) as ask:
        lines = questions.requests(ask)
        assert len(lines) == sum(year.stages.values())
        assert Counter(each.stage for each in lines) == year.stages
        assert Counter(each.outcome for each in lines if each.outcome) == year.found
        assert Counter(each.outcome for panel in PANELS for each in records.recommended_at(ask, panel)) == year.advised
        assert checks.findings(ask, TODAY) == []
        assert ask.trail_faults() == []
        assert ask.integrity_faults() == []
    assert set(year.stages) == {"listed", "moderated", "recommended", "deferred", "decided", "withdrawn"} - (
        set() if "listed" in year.stages else {"listed"}
    )
    assert set(year.outcomes) == {each.value for each in Verdict}


def test_there_are_six_hundred_of_them(lived: tuple[Store, Year]) -> None:
    assert sum(lived[1].stages.values()) == 600


def test_the_awards_sum_to_the_penny(lived: tuple[Store, Year]) -> None:
    store, year = lived
    with store.reading(trusting=True) as ask:
        decisions = records.decisions_living(ask, year="2020/21")
        awards = records.awards(ask, TODAY)
    assert Counter(each.outcome for each in decisions) == year.outcomes
    assert sum(each.amount_pence or 0 for each in decisions) == year.agreed_pence > 0
    assert sum(each.amount_pence for each in awards) == year.agreed_pence
    assert Counter(each.score for each in awards if each.score is not None) == year.scores


def test_what_is_due_is_found_for_every_decision(lived: tuple[Store, Year]) -> None:
    store, year = lived
    with store.reading(trusting=True) as ask:
        found = dues.dues(ask, TODAY, date(2030, 1, 1))
    counted = Counter(each.what for each in found)
    assert counted["letter"] == sum(year.outcomes.values())
    assert counted["advice"] == year.outcomes["declined-with-support"]
    assert [each.due_on for each in found] == sorted(each.due_on for each in found)


def test_the_agendas_of_the_year_hold_each_request_once_and_everyone_leaves_once(lived: tuple[Store, Year]) -> None:
    from senco.requests import agendas

    store, _ = lived
    with store.reading(trusting=True) as ask:
        found = agendas.agenda(ask, PANELS[2])
    assert len(found.items) == min(found.cap, len(found.items) + len(found.beyond))
    assert len({each.reference for each in found.items} | set(found.beyond)) == len(found.items) + len(found.beyond)
    assert found.exits == len({urn for each in found.items for urn in each.out}) == ordering.exits(found.items)


def test_every_letter_is_written_without_a_name(lived: tuple[Store, Year], tmp_path: Path) -> None:
    from senco.requests import letters, posting

    store, _ = lived
    with store.reading(trusting=True) as ask:
        lines = records.decisions_living(ask)[::10]
        told = [posting.letter(ask, replace(line, letter_on="2021-07-01")) for line in lines]
    for each in told:
        text = letters.markdown(letters.blocks(each)) + letters.html(letters.blocks(each))
        assert text.count("EHC") == 2
        assert each.reference in text
        assert "Zev" not in text
        assert "Quox" not in text


WRITE_DECISION, WRITE_RECOMMENDATION = deciding.write_decision, deciding.write_recommendation


def _a_penny_less(change: Any, case: Any, told: Any, today: date) -> Any:
    lower = told.verdict is Verdict.AGREED_LOWER
    return WRITE_DECISION(change, case, replace(told, amount_pence=told.amount_pence - 1) if lower else told, today)


def _never_lower(change: Any, case: Any, told: Any, today: date) -> Any:
    lower = told.verdict is Verdict.AGREED_LOWER
    agreed = replace(told, verdict=Verdict.AGREED, amount_pence=case.asked_pence)
    return WRITE_DECISION(change, case, agreed if lower else told, today)


def _always_returned(change: Any, case: Any, panel: Any, told: Any, today: date) -> Any:
    if told.verdict is not Verdict.DEFERRED:
        return WRITE_RECOMMENDATION(change, case, panel, told, today)
    returned = replace(told, verdict=Verdict.RETURNED, reasons=())
    return WRITE_RECOMMENDATION(change, case, panel, returned, today)


def _kept(change: Any, *_told: Any) -> None:
    change.record("request")


BROKEN = {
    "a decision a penny lower": (deciding, "write_decision", _a_penny_less, test_the_awards_sum_to_the_penny),
    "no decision is ever lower": (deciding, "write_decision", _never_lower, test_the_awards_sum_to_the_penny),
    "a withdrawal that is forgotten": (deciding, "withdraw", _kept, test_every_request_is_where_it_should_be),
    "a review that is forgotten": (reviewing, "review", _kept, test_the_awards_sum_to_the_penny),
    "a panel that returns what it defers": (
        deciding, "write_recommendation", _always_returned, test_every_request_is_where_it_should_be,
    ),
}  # fmt: skip


@pytest.mark.parametrize("breach", BROKEN)
def test_the_year_finds_a_broken_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breach: str) -> None:
    """The control: with one verb broken on purpose the check of the year must fail."""
    room, name, broken, check = BROKEN[breach]
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(room, name, broken)
    lived = live_through(tmp_path, 100)
    with pytest.raises(AssertionError):
        check(lived)


def test_the_year_finds_nothing_where_nothing_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    lived = live_through(tmp_path, 100)
    for check in {check for _, _, _, check in BROKEN.values()}:
        check(lived)
