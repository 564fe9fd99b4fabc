"""Requests taken in, moderated and taken back on a real store: one trail line each, and what is refused."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from senco.errors import BadInput, NotFound, Refused
from senco.requests import questions, rules, verbs
from senco.requests.kinds import Level, Outcome, RequestType, SenStatus, Stage, Votes
from senco.store.doors import Store
from tests.requests.conftest import (
    AT,
    AVENUE,
    CULVERS,
    DORCHESTER,
    EVERLY,
    FOXLEY,
    GREENWAY,
    LATER,
    TODAY,
    draft,
    judgement,
)

Run = Callable[..., Any]


def test_a_request_is_listed_for_its_clusters_next_meeting(add: Run, borough: Store, trail_length: Run) -> None:
    before = trail_length()
    line = add(urgent=True, urgent_because="The placement is breaking down", consent=True, consent_on="2020-11-02")
    assert re.fullmatch(rf"R-[{rules.LETTERS}]{{4}}", line.reference)
    assert (line.cluster, line.year, line.meeting, line.stage) == ("CP1", "2020/21", "2020-11-24-CP", "listed")
    assert (line.needs, line.year_group, line.urgent) == (("SEMH", "SLCN"), "4", True)
    assert trail_length() == before + 1
    with borough.reading() as ask:
        case = questions.case_named(ask, line.reference[2:].lower())
        detail = ask.value("SELECT detail FROM trail ORDER BY number DESC LIMIT 1")
    assert (case.provision_asked, case.consent, case.consent_on) == ("A mentor every morning", True, "2020-11-02")
    assert detail == '{"cluster":"CP1","meeting":"2020-11-24-CP","type":"individual","urgent":true}'


def test_a_request_may_name_its_meeting(add: Run) -> None:
    assert add(meeting="2021-03-23-CP").meeting == "2021-03-23-CP"


def test_a_request_after_the_last_meeting_is_not_listed(add: Run) -> None:
    line = add(submitted_on="2021-07-01")
    assert (line.meeting, line.stage) == ("", "submitted")


@pytest.mark.parametrize("first_of_next_year", ["2021-09-14"])
def test_the_next_years_meeting_is_not_this_years(add: Run, borough: Store, first_of_next_year: str) -> None:
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute(
            "INSERT INTO meeting SELECT 'NEXT', '2021/22', kind, title, for_all, '2021-09-14T14:00',"
            " '2021-09-14T16:00', zone, '2021-09-14T13:00', '2021-09-14T15:00', venue, purpose,"
            " status, 'NEXT', 0, changed_at, source, chair"
            " FROM meeting WHERE reference = '2020-11-24-CP'"
        )
        raw.execute("INSERT INTO meeting_cluster VALUES ('NEXT', 'CP1')")
    assert add(submitted_on="2021-07-01").meeting == ""
    with pytest.raises(Refused) as refused:
        add(submitted_on="2021-07-01", meeting="NEXT")
    assert refused.value.reference == "requests.no-cluster"


@pytest.mark.parametrize(
    ("told", "reference"),
    [
        ({"provision": " \n "}, "requests.bad-request"),
        ({"provision": "Mentor for A950000178301"}, "requests.bad-request"),
        ({"provision": "Mentor, dob 17/02/2013"}, "requests.bad-request"),
        ({"urgent": True, "urgent_because": "Born on 17 Feb"}, "requests.bad-request"),
        ({"urgent": True}, "requests.bad-request"),
        ({"urgent_because": "soon"}, "requests.bad-request"),
        ({"asked_pence": 950_001}, "requests.bad-request"),
        ({"cost_pence": -1, "asked_pence": -2}, "requests.bad-request"),
        ({"needs": ()}, "requests.bad-request"),
        ({"needs": ("SEMH", "SEMH")}, "requests.bad-request"),
        ({"needs": ("SEMH", "SLCN", "MLD", "HI")}, "requests.bad-request"),
        ({"asked_to": "2021-07-31"}, "requests.bad-request"),
        ({"asked_from": "2021-07-31", "asked_to": "2021-01-01"}, "requests.bad-request"),
        ({"consent_on": "2020-11-02"}, "requests.bad-request"),
        ({"needs": ("SEMH", "NSA"), "sen_status": SenStatus.PLAN}, "requests.bad-request"),
        ({"cost_pence": None}, "requests.bad-request"),
        ({"asked_pence": None, "type": RequestType.PROJECT}, "requests.bad-request"),
        ({"needs": ("SMEH",)}, "requests.unknown-need"),
        ({"year_group": ""}, "requests.bad-request"),
        ({"year_group": "15"}, "requests.unknown-year-group"),
    ],
)
def test_what_is_told_wrong_is_refused(add: Run, trail_length: Run, told: dict[str, object], reference: str) -> None:
    before = trail_length()
    with pytest.raises(BadInput) as refused:
        add(**told)
    assert refused.value.reference == reference
    assert "A950000178301" not in refused.value.message
    assert trail_length() == before


@pytest.mark.parametrize(
    ("told", "kind", "reference"),
    [
        ({"school": "Greenway"}, Refused, "requests.no-cluster"),
        ({"school": "Nowhere"}, NotFound, "school.unknown"),
        ({"meeting": "2020-11-10-CP1"}, Refused, "requests.meeting-cancelled"),
        ({"meeting": "2020-10-13-SP"}, Refused, "requests.meeting-of-others"),
        ({"meeting": "2020-12-08-PANEL"}, Refused, "requests.meeting-of-others"),
        ({"meeting": "2020-09-22-CONF"}, Refused, "requests.meeting-of-others"),
        ({"meeting": "1999-01-01-CP"}, NotFound, "meeting.unknown"),
    ],
)
def test_what_is_not_there_is_named(add: Run, told: dict[str, object], kind: type[Exception], reference: str) -> None:
    with pytest.raises(kind) as refused:
        add(**told)
    assert refused.value.reference == reference  # type: ignore[attr-defined] - every one of senco's errors has one


def test_a_group_needs_no_year_group_and_a_discussion_no_money(add: Run) -> None:
    line = add(type=RequestType.GROUP, pupils=4, year_group="")
    assert (line.year_group, line.cost_pence) == (None, 950_000)
    line = add(type=RequestType.DISCUSSION, year_group="", cost_pence=None, asked_pence=None)
    assert (line.year_group, line.cost_pence, line.asked_pence) == (None, 0, 0)
    assert add(type=RequestType.DISCUSSION).year_group == "4"


def test_a_taken_reference_is_drawn_again_and_longer_where_crowded(add: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("BEAR" + "2222" + "2222" * 20 + "33333")
    monkeypatch.setattr(verbs.secrets, "choice", lambda _: next(letters))
    assert add().reference == "R-2222"  # BEAR holds no digit
    assert add().reference == "R-33333"


def test_an_outcome_is_recorded_with_its_interests(add: Run, moderate: Run, borough: Store, trail_length: Run) -> None:
    reference, before = add().reference, trail_length()
    line = moderate(reference, judgement(votes=Votes(2, 1, 0)))
    assert trail_length() == before + 1
    assert (line.outcome, line.level, line.votes, line.living) == ("exceptional", "confirm", "2-1-0", True)
    assert (line.chair, line.moderating_chair, line.meeting) == ("Dorchester High School", "", "2020-11-24-CP")
    with borough.reading() as ask:
        found = questions.interests(ask, reference)
        detail = ask.value("SELECT detail FROM trail ORDER BY number DESC LIMIT 1")
        case = questions.case_named(ask, reference)
    assert [(each.urn, each.ground, each.state) for each in found] == [
        (100001, "own-school", "computed"),
        (AVENUE, "same-trust", "computed"),
    ]
    assert case.stage == Stage.MODERATED
    assert "reviewed plans" not in detail


def test_a_second_outcome_is_refused_until_the_first_is_taken_back(add: Run, moderate: Run, take_back: Run) -> None:
    reference = add().reference
    first = moderate(reference)
    with pytest.raises(Refused) as refused:
        moderate(reference)
    assert refused.value.reference == "requests.not-to-moderate"
    undone = take_back(reference)
    assert (undone.taken_back, undone.living, undone.outcome, undone.chair_urn) == (True, False, "", first.chair_urn)
    again = moderate(reference, judgement(outcome=Outcome.BORDERLINE, level=Level.ADVISE))
    assert (again.outcome, again.living) == ("borderline", True)
    with pytest.raises(Refused) as refused:
        take_back(add().reference)
    assert refused.value.reference == "requests.not-to-take-back"


def test_the_rows_of_a_request_stay_in_line(add: Run, moderate: Run, take_back: Run, borough: Store) -> None:
    reference = add().reference
    moderate(reference)
    take_back(reference)
    moderate(reference)
    with borough.reading() as ask:
        lines = questions.moderations(ask, reference)
        supersedes = ask.values("SELECT supersedes FROM moderation ORDER BY moderation_id")
    assert [(each.taken_back, each.living) for each in lines] == [(False, False), (True, False), (False, True)]
    assert supersedes == [None, lines[0].number, lines[1].number]


@pytest.mark.parametrize("reason", ["", " \n\t", "for A950000178301", "born 17.2.2013"])
def test_a_reason_is_required_and_names_no_child(add: Run, moderate: Run, take_back: Run, reason: str) -> None:
    reference = add().reference
    with pytest.raises(BadInput) as refused:
        moderate(reference, judgement(reason=reason))
    assert refused.value.reference == "requests.bad-reason"
    moderate(reference)
    with pytest.raises(BadInput):
        take_back(reference, reason)


def test_the_own_school_does_not_chair(add: Run, moderate: Run) -> None:
    reference = add(school="Dorchester").reference
    with pytest.raises(Refused) as refused:
        moderate(reference)
    assert refused.value.reference == "requests.own-school"
    with pytest.raises(Refused):
        moderate(reference, moderating_chair="Dorchester")
    line = moderate(reference, moderating_chair="Culvers")
    assert (line.chair_urn, line.moderating_chair_urn) == (DORCHESTER, CULVERS)


@pytest.mark.parametrize(("interest", "may"), [("school", True), ("strict", False)])
def test_a_school_of_the_same_trust_chairs_only_where_the_setting_lets_it(
    add: Run, moderate: Run, borough: Store, interest: str, may: bool
) -> None:
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute(
            "INSERT INTO setting VALUES (1, 'interest', ?, '2020-09-01', '2020-09-01T08:00:00+00:00', 't')", (interest,)
        )
    reference = add().reference
    if may:
        assert moderate(reference, chair="Avenue").chair_urn == AVENUE
    else:
        with pytest.raises(Refused, match="same trust"):
            moderate(reference, chair="Avenue")


def test_a_moderating_chair_is_recorded_also_where_none_is_needed(add: Run, moderate: Run) -> None:
    assert moderate(add().reference, moderating_chair="Foxley").moderating_chair_urn == FOXLEY


def test_a_chair_from_another_cluster_of_the_same_trust_has_an_interest(
    add: Run, moderate: Run, borough: Store
) -> None:
    reference = add().reference
    with pytest.raises(Refused, match="Everly School has an interest"):
        moderate(reference, chair=str(EVERLY))


def test_a_request_without_a_meeting_needs_one(add: Run, moderate: Run, borough: Store) -> None:
    reference = add().reference
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE request SET meeting_reference = NULL, version = 2")
    with pytest.raises(Refused) as refused:
        moderate(reference)
    assert refused.value.reference == "requests.no-meeting"
    assert moderate(reference, meeting="2021-03-23-CP").meeting == "2021-03-23-CP"
    with borough.reading() as ask:
        assert questions.case_named(ask, reference).meeting == "2021-03-23-CP"


def test_a_cluster_without_a_lead_needs_a_chair(add: Run, moderate: Run, borough: Store) -> None:
    reference = add().reference
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE appointment SET host_urn = NULL")
    with pytest.raises(Refused) as refused:
        moderate(reference)
    assert refused.value.reference == "requests.no-chair"
    assert moderate(reference, chair="Foxley").chair_urn == FOXLEY


def test_an_unknown_request_is_answered_with_the_nearest(add: Run, moderate: Run) -> None:
    reference = add().reference
    with pytest.raises(NotFound) as missing:
        moderate(reference[:-1] + ("3" if reference[-1] != "3" else "4"))
    assert missing.value.reference == "requests.unknown"
    assert reference in missing.value.hint
    with pytest.raises(NotFound):
        moderate("nothing like it")


@pytest.mark.parametrize("record", ["recommendation", "decision", "withdrawn"])
def test_what_came_later_closes_the_clusters_door(
    add: Run, moderate: Run, take_back: Run, borough: Store, record: str
) -> None:
    """The panel's and the officer's records have no command yet: they are put in by hand, as the database allows."""
    reference = add().reference
    moderate(reference)
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute(LATER[record], {"reference": reference})
    for attempt in (moderate, take_back):
        with pytest.raises(Refused) as refused:
            attempt(reference)
        assert refused.value.reference in {"requests.not-to-moderate", "requests.not-to-take-back"}
    with borough.reading() as ask:
        stage = {"recommendation": "recommended", "decision": "decided"}.get(record, record)
        assert questions.case_named(ask, reference).stage == stage
        assert [each.reference for each in questions.requests(ask, stage=Stage(stage))] == [reference]


def test_what_came_in_later_than_today_is_refused(borough: Store) -> None:
    with borough.changing("request.add", actor="officer", at=AT) as change:
        change.withdraw()
        with pytest.raises(BadInput, match="after today, Tue 24 Nov 2020"):
            verbs.add(change, draft(submitted_on="2020-11-25"), TODAY)


@pytest.mark.parametrize(
    ("told", "where", "said"),
    [
        ({"outcome": Outcome.BELOW_THRESHOLD_WITH_PLAN}, {}, "for a child with an EHC plan"),
        ({"votes": Votes(0, 3, 0)}, {}, r"more voted against it \(3\) than for it \(0\)"),
        ({"votes": Votes(4, 0, 0)}, {}, "4 votes are counted, and 3 of its schools may vote"),
        ({"votes": Votes(0, 0, 0)}, {}, "no vote is counted"),
        ({}, {"day": date(2020, 9, 1)}, "the meeting is on Tue 24 Nov 2020, and it is Tue 1 Sep 2020"),
        ({}, {"meeting": "2021-03-23-CP", "day": TODAY}, "the meeting is on Tue 23 Mar 2021"),
    ],
)
def test_an_outcome_that_contradicts_itself_is_refused(  # noqa: PLR0917 - the table has three columns
    add: Run, moderate: Run, trail_length: Run, told: dict[str, object], where: dict[str, Any], said: str
) -> None:
    reference, before = add().reference, trail_length()
    with pytest.raises(Refused, match=said) as refused:
        moderate(reference, judgement(**told), **where)
    assert refused.value.reference == "requests.contradictory"
    assert trail_length() == before


def test_one_vote_too_many_is_told_as_one(add: Run, moderate: Run, borough: Store) -> None:
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE school SET trust = 'Cirrus Trust'")
        raw.execute("INSERT INTO setting VALUES (1, 'interest', 'strict', '2020-09-01', '2020-09-01T08:00:00', 't')")
        raw.execute("UPDATE school SET trust = '' WHERE urn = ?", (FOXLEY,))
    with pytest.raises(Refused, match="1 vote is counted, and 0 of its schools may vote"):
        moderate(add().reference, judgement(votes=Votes(1, 0, 0)), moderating_chair="Foxley")


def test_a_meeting_before_the_request_came_in_did_not_hear_it(add: Run, moderate: Run) -> None:
    reference = add(submitted_on="2020-12-01").reference
    with pytest.raises(Refused, match="it came in on Tue 1 Dec 2020, after the meeting of Tue 24 Nov 2020"):
        moderate(reference, meeting="2020-11-24-CP", day=date(2020, 12, 2))


def test_a_request_heard_elsewhere_is_listed_there_in_the_same_change(
    add: Run, moderate: Run, borough: Store, trail_length: Run
) -> None:
    reference, before = add().reference, trail_length()
    moderate(reference, meeting="2021-03-23-CP")
    assert trail_length() == before + 1
    with borough.reading() as ask:
        case = questions.case_named(ask, reference)
    assert (case.meeting, case.version, case.stage) == ("2021-03-23-CP", 2, "moderated")


def test_a_meeting_of_another_year_hears_it_not(add: Run, moderate: Run, borough: Store) -> None:
    reference = add().reference
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE meeting SET year = '2021/22' WHERE reference = '2021-03-23-CP'")
    with pytest.raises(Refused, match="a meeting of 2021/22, and the request is one of 2020/21") as refused:
        moderate(reference, meeting="2021-03-23-CP")
    assert refused.value.reference == "requests.meeting-of-others"
    with borough.reading() as ask:
        assert questions.case_named(ask, reference).meeting == "2020-11-24-CP"


@pytest.mark.parametrize("seat", ["chair", "moderating_chair"])
def test_a_school_of_no_cluster_chairs_nothing(add: Run, moderate: Run, borough: Store, seat: str) -> None:
    reference = add().reference
    with pytest.raises(Refused, match="Greenway School is in no cluster of 2020/21") as refused:
        moderate(reference, **{seat: "Greenway"})
    assert refused.value.reference == "requests.no-seat"
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE school SET status = 'Closed' WHERE urn = ?", (FOXLEY,))
    with pytest.raises(Refused, match="Foxley School is closed"):
        moderate(reference, **{seat: str(FOXLEY)})
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE appointment SET host_urn = ? WHERE cluster_id = 1", (GREENWAY,))
    assert moderate(reference, chair="Greenway").chair_urn == GREENWAY


def test_a_request_is_found_by_a_beginning_that_only_it_has(
    add: Run, borough: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = iter("4GTM" + "4GTN" + "7KQ4")
    monkeypatch.setattr(verbs.secrets, "choice", lambda _: next(letters))
    add(), add(), add()
    with borough.reading() as ask:
        assert questions.case_named(ask, "r-7k").reference == "R-7KQ4"
        assert questions.case_named(ask, "7KQ").reference == "R-7KQ4"
        with pytest.raises(NotFound) as several:
            questions.case_named(ask, "r-4g")
        with pytest.raises(NotFound) as none:
            questions.case_named(ask, "r-9z")
    assert (several.value.reference, several.value.hint) == ("requests.ambiguous", "Give one of: R-4GTM, R-4GTN.")
    assert none.value.reference == "requests.unknown"


def test_what_is_doubtful_of_a_request_is_asked(add: Run, borough: Store) -> None:
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE school SET low_age = 11, high_age = 18 WHERE urn = ?", (DORCHESTER,))
    line = add(school="Dorchester", year_group="2", asked_pence=950_000)
    with borough.reading() as ask:
        ages, asked = questions.doubts(ask, line)
    assert "Year 2 is not one that a school of ages 11 to 18 has" in ages
    assert "£9,500 is asked of £9,500; less the school's own £6,000 it would be £3,500 at most" in asked
    first = add(school="Abbey")
    with borough.reading() as ask:
        assert questions.doubts(ask, first) == []
    again = add(school="Abbey")
    with borough.reading() as ask:
        assert questions.doubts(ask, again) == [
            f"{again.reference}: {first.reference} asks for just the same: is it the same child, typed in twice?"
        ]
