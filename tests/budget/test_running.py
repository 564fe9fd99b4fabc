"""An award as it runs: by the settings known when it was decided, with its request's moves, stopped and resumed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from senco.budget import awards, running
from senco.budget.shapes import PartLine
from senco.errors import Refused
from senco.settings.rules import BY_NAME
from senco.settings.verbs import set_from
from senco.store.doors import Store
from tests.budget.conftest import ABBEY, AT, AVENUE, DORCHESTER, FOXLEY, TODAY
from tests.conftest import Ran

Senco = Callable[..., Ran]
Award = Callable[..., str]
PATTERNS = BY_NAME["payment.pattern"].allowed
MEANINGS = BY_NAME["award.means"].allowed
days = st.dates(date(2020, 1, 1), date(2022, 12, 31))
changes = st.lists(
    st.one_of(
        st.tuples(st.just("payment.pattern"), st.sampled_from(PATTERNS), days),
        st.tuples(st.just("award.means"), st.sampled_from(MEANINGS), days),
    ),
    min_size=1,
    max_size=4,
)
few = settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def set_(store: Store, name: str, value: str, day: date) -> None:
    with store.changing("setting.set", actor="officer", at=AT) as change:
        set_from(change, BY_NAME[name], value, day)


def parts(store: Store, day: date = TODAY) -> list[PartLine]:
    with store.reading() as ask:
        return awards.all_parts(ask, day)


def of(store: Store, reference: str = "R-7KQ4", day: date = TODAY) -> list[tuple[str, str, int, int, str]]:
    """Give the parts of an award: from, to, school, pence, state."""
    with store.reading() as ask:
        found = awards.parts(ask, awards.award(ask, reference, day), day)
    return [(line.first, line.last, line.urn, line.amount_pence, line.state) for line in found]


def unaltered(store: Store, told: list[tuple[str, str, date]]) -> None:
    """Hold the schedules of a store against those after its settings were changed."""
    before = parts(store)
    for name, value, day in told:
        set_(store, name, value, day)
    assert parts(store) == before


def decided_under_two_policies(store: Store, award: Award) -> None:
    award("R-7KQ4", 120_000, awarded_from="2020-11-01")
    set_(store, "payment.pattern", "monthly", date(2020, 9, 1))
    set_(store, "award.means", "year", date(2020, 9, 1))
    award("R-8KQ4", 120_000, awarded_from="2020-11-01")


@few
@given(told=changes)
def test_a_changed_setting_alters_no_schedule_already_decided(
    funded: Store, award: Award, told: list[tuple[str, str, date]]
) -> None:
    """Whatever day it is said to hold from, be it before the decision."""
    if not parts(funded):
        decided_under_two_policies(funded, award)
        assert [(line[3]) for line in of(funded)] == [40_000, 40_000, 40_000]
        assert [(line[3]) for line in of(funded, "R-8KQ4")] == [10_000] * 10
    unaltered(funded, told)


def test_by_the_day_alone_a_setting_dated_back_would_alter_it(
    funded: Store, award: Award, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with what was known then left out of the question, the same change is found."""
    word_on = running.word_on
    monkeypatch.setattr(running, "word_on", lambda ask, name, day, _: word_on(ask, name, day))
    decided_under_two_policies(funded, award)
    with pytest.raises(AssertionError):
        unaltered(funded, [("award.means", "whole", date(2020, 9, 1)), ("payment.pattern", "6/12", date(2020, 9, 1))])


def test_a_setting_of_a_later_day_is_for_later_decisions(funded: Store, award: Award) -> None:
    set_(funded, "payment.pattern", "6/12", date(2020, 11, 21))
    award("R-7KQ4", 120_000)  # decided on 20 November
    award("R-8KQ4", 120_000, decided_on="2020-11-21")
    assert [len(of(funded, reference)) for reference in ("R-7KQ4", "R-8KQ4")] == [3, 2]


def test_a_decision_without_what_was_known_goes_by_the_moment_it_was_made(funded: Store, award: Award) -> None:
    set_(funded, "payment.pattern", "6/12", date(2020, 9, 1))  # set on 24 November
    award("R-7KQ4", 120_000, settings_known=None)
    award("R-8KQ4", 120_000, settings_known=None, made_at="2020-11-24T15:00:00+00:00")
    assert [len(of(funded, reference)) for reference in ("R-7KQ4", "R-8KQ4")] == [3, 2]


def test_the_officers_decision_says_its_day_and_what_was_known(funded: Store, senco: Senco) -> None:
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        from tests.budget.conftest import request

        request(connection, "R-7KQ4", urgent=1, urgent_because="The placement is breaking down.")
    senco("settings", "set", "award.reasons", "text", "--from", "1/9/2020")
    senco("settings", "set", "payment.pattern", "from-decision", "--from", "1/9/2020")
    words = ("--outcome", "agreed", "--officer", "D. Officer", "--reason", "It cannot wait.")
    done = senco("requests", "decide", "R-7KQ4", *words, "--from", "1/9/2020", "--to", "31/8/2021")
    assert done.code == 0, done.err
    assert of(funded)[0][0] == "2020-11-24"  # the day that it was asked for, not that of the machine's clock
    senco("settings", "set", "payment.pattern", "monthly", "--from", "1/9/2020")
    assert len(of(funded)) == 3
    assert senco("requests", "decide", "R-7KQ4", "--undo", "--reason", "Too early.").code == 0
    with funded.reading() as ask:
        rows = ask.all(lambda *row: row, "SELECT decided_on, settings_known FROM decision ORDER BY decision_id")
    assert rows == [("2020-11-24", 2), ("2020-11-24", 3)]


def test_a_yearly_amount_from_the_decision_is_pro_rata(funded: Store, award: Award) -> None:
    set_(funded, "payment.pattern", "from-decision", date(2020, 9, 1))
    set_(funded, "award.means", "year", date(2020, 9, 1))
    award("R-7KQ4", 120_000, decided_on="2021-01-15")
    assert sum(line[3] for line in of(funded)) == 80_000  # January to August
    award("R-7KQ4", 110_000, decided_on="2021-05-01")  # amended: it is paid from the first decision on as before
    assert (of(funded)[0][0], sum(line[3] for line in of(funded))) == ("2021-01-15", 73_333)


def noted(store: Store, kind: str, day: str, urn: int | None, reference: str = "R-7KQ4") -> None:
    """Write down what the request says of its award: that the child moved, or that it ended."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(
            "INSERT INTO award_change (request_reference, decision_id, kind, holds_from, urn, reason, made_at, made_by)"
            " SELECT request_reference, decision_id, ?, ?, ?, 'Told by the school.', '2020-11-24T09:00:00+00:00',"
            " 'officer' FROM living_decision WHERE request_reference = ?", (kind, day, urn, reference),
        )  # fmt: skip


def test_the_money_follows_what_the_request_says(funded: Store, award: Award, senco: Senco) -> None:
    award("R-7KQ4", 300_000)
    noted(funded, "moved", "2021-01-01", AVENUE)
    assert [line[2] for line in of(funded)] == [ABBEY, AVENUE, AVENUE]
    noted(funded, "ended", "2021-04-01", None)
    assert [line[4] for line in of(funded)] == ["due", "later", "stopped"]
    refused = senco("budget", "schedule", "R-7KQ4", "--resume")
    assert (refused.code, "ended on Thu 1 Apr 2021, as its request says" in refused.err) == (4, True)
    assert [line[4] for line in of(funded)] == ["due", "later", "stopped"]


def test_the_commands_of_requests_move_and_end_the_money(funded: Store, award: Award, senco: Senco) -> None:
    award("R-7KQ4", 300_000)
    moved = senco("requests", "move", "R-7KQ4", "--to", "Avenue", "--from", "1/1/2021", "--because", "Moved house.")
    assert moved.code == 0, moved.err
    assert [line[2] for line in of(funded)] == [ABBEY, AVENUE, AVENUE]
    assert senco("requests", "end", "R-7KQ4", "--from", "1/4/2021", "--because", "A plan is issued.").code == 0
    assert sum(line[3] for line in of(funded) if line[4] != "stopped") == 200_000


def test_a_child_that_moved_stays_where_it_is_when_the_award_is_decided_anew(
    funded: Store, award: Award, senco: Senco
) -> None:
    award("R-7KQ4", 300_000)
    moved = ("requests", "move", "R-7KQ4", "--because", "Moved house.", "--to")
    assert senco(*moved, "Avenue", "--from", "1/10/2020").code == 0
    senco("budget", "pay", "--due", "--yes")
    award("R-7KQ4", None)
    award("R-7KQ4", 360_000)
    assert [line[2] for line in of(funded)] == [ABBEY, AVENUE, AVENUE, AVENUE]
    with funded.reading() as ask:
        assert all(line.amount_pence > 0 for line in awards.payments(ask, TODAY))  # nothing is got back from either
    assert "Avenue" in senco("requests", "awards").out
    assert senco(*moved, "Foxley", "--from", "1/9/2020").code == 0  # said late: the later day holds
    assert "Avenue" in senco("requests", "awards").out
    assert [line[2] for line in of(funded)] == [FOXLEY, AVENUE, AVENUE, AVENUE]
    assert senco("requests", "end", "R-7KQ4", "--from", "1/4/2021", "--because", "A plan is issued.").code == 0
    assert "stopped" in {line[4] for line in of(funded)}
    award("R-7KQ4", None)
    award("R-7KQ4", 360_000)  # an end was that of the decision before
    assert "stopped" not in {line[4] for line in of(funded)}


def test_an_award_is_resumed_as_though_it_had_never_stopped(funded: Store, award: Award, senco: Senco) -> None:
    award("R-7KQ4", 300_000)
    before = of(funded)
    senco("budget", "schedule", "R-7KQ4", "--stop", "plan", "--on", "1/2/2021")
    assert of(funded) != before
    done = senco("budget", "schedule", "R-7KQ4", "--resume")
    assert done.err == "The award for R-7KQ4 goes on from Mon 1 Feb 2021, as though it had never stopped.\n"
    assert of(funded) == before
    refused = senco("budget", "schedule", "R-7KQ4", "--resume")
    assert (refused.code, "was not stopped" in refused.err) == (4, True)


def test_a_resumption_on_a_later_day_leaves_a_gap_and_every_move(funded: Store, award: Award, senco: Senco) -> None:
    award("R-7KQ4", 365_000, awarded_from="2020-09-01", awarded_to="2021-08-31")
    senco("budget", "schedule", "R-7KQ4", "--pattern", "lump-sum", "--to", "Abbey")
    senco("requests", "move", "R-7KQ4", "--to", "Avenue", "--from", "15/2/2021", "--because", "Moved house.")
    senco("budget", "schedule", "R-7KQ4", "--stop", "plan", "--on", "1/2/2021")
    senco("budget", "schedule", "R-7KQ4", "--stop", "left", "--on", "1/3/2021")  # corrected: the later word holds
    for words in (("--on", "28/2/2021"), ("--on", "1/9/2021")):
        refused = senco("budget", "schedule", "R-7KQ4", "--resume", *words)
        assert (refused.code, "Mon 1 Mar 2021 to Tue 31 Aug 2021" in refused.err) == (4, True)
    done = senco("budget", "schedule", "R-7KQ4", "--resume", "--on", "1/5/2021")
    assert "goes on from Sat 1 May 2021. Its moves between schools stay as they were." in done.err
    assert of(funded) == [
        ("2020-09-01", "2021-02-14", ABBEY, 167_000, "due"),
        ("2021-02-15", "2021-02-28", AVENUE, 14_000, "later"),
        ("2021-03-01", "2021-04-30", AVENUE, 61_000, "stopped"),
        ("2021-05-01", "2021-08-31", AVENUE, 123_000, "later"),
    ]
    with funded.reading() as ask:
        assert awards.award(ask, "R-7KQ4", TODAY).terms.stop is None


def test_only_an_award_that_stopped_is_resumed(funded: Store, award: Award) -> None:
    award("R-7KQ4", 300_000)
    from senco.budget import verbs
    from senco.budget.kinds import EventKind

    with funded.changing("award.plan", actor="officer", at=AT) as change:
        with pytest.raises(Refused) as refused:
            verbs.plan_award(change, "R-7KQ4", EventKind.RESUME, day=TODAY)
        assert refused.value.reference == "award.not-stopped"
        verbs.plan_award(change, "R-7KQ4", EventKind.STOP, day=TODAY, because="left")
    noted(funded, "ended", "2021-04-01", None)
    with pytest.raises(Refused) as refused, funded.changing("award.plan", actor="officer", at=AT) as change:
        verbs.plan_award(change, "R-7KQ4", EventKind.RESUME, day=TODAY)
    assert refused.value.reference == "award.ended"


def test_a_lump_sum_stays_with_the_lead_of_its_time(funded: Store, award: Award, senco: Senco) -> None:
    """A lead who comes later, from another school, brings no sum back that was paid."""
    award("R-7KQ4", 120_000)
    senco("budget", "schedule", "R-7KQ4", "--pattern", "lump-sum")
    senco("budget", "pay", "--due", "--yes")
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        connection.execute("UPDATE appointment SET ends = '2021-01-01' WHERE cluster_id = 1")
        connection.execute(
            "INSERT INTO appointment (cluster_id, role, person, host_urn, appointed_by, starts, source)"
            " VALUES (1, 'lead', 'B Lead', ?, 'schools', '2021-01-02', 'test')", (ABBEY,),
        )  # fmt: skip
    assert [line[2] for line in of(funded, day=date(2021, 3, 1))] == [DORCHESTER]
    with funded.reading() as ask:
        assert awards.payments(ask, date(2021, 3, 1)) == []
