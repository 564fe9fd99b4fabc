"""Every rule of readiness, one by one: what provokes it, how much it weighs, and that it names no child."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from senco.requests import costing, readiness
from senco.requests.form_kinds import (
    AgencyDraft,
    EvidenceDraft,
    FormDraft,
    FundingDraft,
    ProvisionDraft,
    ProvisionStage,
    PupilDraft,
)
from senco.requests.kinds import RequestType, SenStatus
from senco.requests.readiness import Case, PupilRecord, ReadyPolicy
from tests.requests.forms import POLICY

READY = ReadyPolicy(POLICY, la_code=319, plans=2, report_months=12, consent_months=12)
PUPIL = PupilDraft(
    "Zevbanora", "Quoxlimuse", "A950000178301", "", date(2012, 2, 17), "4", False, 319, "paper", "officers only",
    date(2020, 10, 12),
)  # fmt: skip
LINES = (
    ProvisionDraft(ProvisionStage.ASKED, "Teaching assistant, one to one", "", "", 900, 1, True, "", "", 0),
    ProvisionDraft(ProvisionStage.NOW, "Lunchtime support", "", "", 100, 4, False, "", "", 0),
)
DRAFT = FormDraft(
    file="form.xlsx", number=7, school="Abbey", school_place="", number_place="", type=RequestType.INDIVIDUAL,
    resubmits="", submitted_on=date(2020, 11, 6), filled_in_by="SENCO", needs=("SEMH",),
    sen_status=SenStatus.SUPPORT, attendance_tenths=925, pupil_count=None, provision_now="", provision_asked="An adult",
    outcome_sought="Takes part.", parents_views="Yes.", pupils_views="Yes.", asked_pence=None, asked_place="",
    asked_from=date(2021, 1, 4), asked_to=date(2021, 7, 23), element2_pence=600_000, urgent=False, urgent_because="",
    pupils=(PUPIL,),
    evidence=(
        EvidenceDraft("plan", "A plan", date(2020, 3, 2), date(2020, 7, 6)),
        EvidenceDraft("review", "A review", date(2020, 7, 6), None),
        EvidenceDraft("report", "A report", date(2020, 6, 15), None),
    ),
    funding=(), agencies=(AgencyDraft("CAMHS", None),), lines=LINES, own_total_pence=None,
)  # fmt: skip
SUBSTITUTE = FundingDraft("EHC plan", 100, date(2021, 1, 1), None)


def found(policy: ReadyPolicy = READY, *, case: dict[str, Any] | None = None, **told: Any) -> dict[str, str]:
    """Check the request that is ready in every respect, but for what is told; gives codes with their weights."""
    draft = replace(DRAFT, **told)
    lines = costing.costed(draft.lines, policy.cost)
    cost = costing.total(lines, ProvisionStage.ASKED)
    usual: dict[str, Any] = {
        "reference": "R-7KQ4", "draft": draft, "lines": lines, "cost_pence": cost,
        "asked_pence": costing.top_up(cost, 600_000), "pupils": (PupilRecord(),), "meeting": "2020-11-24-CP",
    }  # fmt: skip
    told_of = readiness.check(Case(**{**usual, **(case or {})}), policy)
    for each in told_of:
        assert each.request == "R-7KQ4"
        for secret in ("Zev", "Quox", "A9500", "2012"):
            assert secret not in f"{each.what} {each.do}"
    return {each.code: each.severity for each in told_of}


def pupil(**told: Any) -> dict[str, Any]:
    return {"pupils": (replace(PUPIL, **told),)}


def test_a_request_that_lacks_nothing_is_ready() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("told", "code", "weight"),
    [
        ({"pupils": ()}, "pupil.none", "error"),
        (pupil(given_names=""), "pupil.name", "error"),
        (pupil(upn=""), "pupil.upn", "error"),
        (pupil(upn="L83920012300A"), "pupil.upn-temporary", "query"),
        (pupil(birth_date=None), "pupil.born", "error"),
        (pupil(year_group="5"), "pupil.year-group", "query"),
        (pupil(year_group=""), "pupil.no-year-group", "error"),
        (pupil(looked_after=None), "pupil.looked-after", "query"),
        (pupil(home_la_code=936), "pupil.home-la", "query"),
        (pupil(consent_form=""), "consent.missing", "error"),
        (pupil(consent_on=None), "consent.undated", "query"),
        (pupil(consent_on=date(2019, 11, 5)), "consent.old", "query"),
        (pupil(consent_scope=""), "consent.scope", "query"),
        ({"type": RequestType.GROUP, "pupil_count": 3}, "pupil.count", "query"),
        ({"needs": ("NSA",), "sen_status": SenStatus.PLAN}, "need.nsa-with-plan", "error"),
        ({"sen_status": SenStatus.NONE}, "status.none", "query"),
        ({"attendance_tenths": None}, "attendance.missing", "query"),
        ({"attendance_tenths": 899}, "attendance.low", "query"),
        ({"evidence": DRAFT.evidence[1:]}, "evidence.plans", "error"),
        ({"evidence": DRAFT.evidence[2:]}, "evidence.plans", "error"),
        ({"evidence": (replace(DRAFT.evidence[0], reviewed_on=None), *DRAFT.evidence[1:])}, "evidence.plans", "error"),
        ({"evidence": DRAFT.evidence[:2]}, "evidence.no-report", "query"),
        (
            {"evidence": (*DRAFT.evidence[:2], replace(DRAFT.evidence[2], dated=date(2019, 11, 5)))},
            "evidence.old-report",
            "query",
        ),
        ({"evidence": (*DRAFT.evidence, EvidenceDraft("other", "Notes", None, None))}, "evidence.undated", "query"),
        ({"evidence": (*DRAFT.evidence, *[EvidenceDraft("other", "", None, None)] * 2)}, "evidence.undated", "query"),
        ({"agencies": ()}, "agency.none", "query"),
        ({"outcome_sought": ""}, "outcome.missing", "error"),
        ({"parents_views": ""}, "views.parents", "query"),
        ({"pupils_views": ""}, "views.pupil", "query"),
        ({"filled_in_by": ""}, "form.filled-in-by", "query"),
        ({"funding": (SUBSTITUTE,)}, "funding.double", "query"),
        ({"funding": (replace(SUBSTITUTE, stream=readiness.CATALOGUE_STREAM),)}, "funding.double", "query"),
        ({"funding": (SUBSTITUTE, SUBSTITUTE)}, "funding.same-stream", "error"),
        ({"lines": LINES[1:]}, "cost.none", "error"),
        ({"own_total_pence": 1}, "cost.own-total", "query"),
        ({"lines": (replace(LINES[0], minutes=700),)}, "cost.below-threshold", "query"),
        ({"lines": (replace(LINES[0], rate="30"),)}, "cost.rate-differs", "query"),
        ({"lines": (*LINES, replace(LINES[0], provision="Something new"))}, "cost.not-in-catalogue", "query"),
        ({"lines": (replace(LINES[0], sharing=2), LINES[1])}, "cost.sharing", "query"),
        ({"lines": (replace(LINES[0], weeks="39"),)}, "cost.weeks", "query"),
        ({"element2_pence": None}, "element2.missing", "error"),
        ({"element2_pence": 599_999}, "element2.below", "query"),
        ({"asked_to": None}, "asked.dates", "error"),
        ({"asked_to": date(2022, 1, 31)}, "asked.long", "query"),
        ({"case": {"asked_pence": 0}}, "asked.none", "error"),
        ({"case": {"asked_pence": 999_999_999}}, "asked.above", "error"),
        ({"case": {"pupils": (PupilRecord(requests=("R-2222",)),)}}, "pupil.two-requests", "query"),
        ({"case": {"pupils": (PupilRecord(awards=("R-2222",)),)}}, "award.open", "error"),
        ({"case": {"pupils": (PupilRecord(namesakes=1),)}}, "pupil.twice", "query"),
        ({"case": {"pupils": (PupilRecord(differs=True),)}}, "pupil.differs", "query"),
        ({"case": {"missed": "2020-11-24-CP", "closed_on": date(2020, 11, 2)}}, "papers.late", "error"),
        (
            {"case": {"missed": "2020-11-24-CP", "closed_on": date(2020, 11, 2), "meeting": "2021-03-23-CP"}},
            "papers.late",
            "query",
        ),
        (
            {"case": {"missed": "2020-11-24-CP", "closed_on": date(2020, 11, 2), "meeting": ""}},
            "papers.late",
            "query",
        ),
        (
            {"urgent": True, "case": {"missed": "2020-11-24-CP", "closed_on": date(2020, 11, 2)}},
            "papers.urgent",
            "query",
        ),
    ],
)
def test_each_rule_is_found_by_its_code(told: dict[str, Any], code: str, weight: str) -> None:
    assert found(**told).get(code) == weight


def test_other_money_at_another_time_is_no_double_funding() -> None:
    past = FundingDraft("EHC plan", 100, date(2019, 9, 1), date(2020, 8, 31))
    assert found(funding=(past, replace(past, starts=date(2020, 9, 1), ends=date(2020, 12, 31)))) == {}


def test_what_a_project_or_a_discussion_need_not_have() -> None:
    bare = replace(DRAFT, evidence=(), agencies=(), parents_views="", pupils_views="", pupils=())
    project = replace(bare, type=RequestType.PROJECT, attendance_tenths=None)
    assert found(**{name: getattr(project, name) for name in FormDraft.__dataclass_fields__}) == {}
    talk = found(type=RequestType.DISCUSSION, lines=(), evidence=(), element2_pence=None, asked_from=None)
    assert talk == {}


def test_two_pupils_are_told_apart_by_their_place() -> None:
    lines = readiness.check(
        Case(
            "R-7KQ4", replace(DRAFT, type=RequestType.GROUP, pupil_count=2, pupils=(PUPIL, replace(PUPIL, upn="",
                                                                                      looked_after=None,
                                                                                      consent_form=""))),
            costing.costed(LINES, POLICY), 982_500, 382_500, (PupilRecord(),),
        ),
        replace(READY, cost=replace(POLICY, group="per-request")),
    )  # fmt: skip
    assert [each.what for each in lines if each.code != "cost.sharing-in-group"] == [
        "Pupil 2 has no UPN.",
        "Whether pupil 2 is looked after is not said.",
        "The parents' consent for pupil 2 is not there.",
    ]


GROUP: dict[str, Any] = {"type": RequestType.GROUP, "pupil_count": 2, "pupils": (PUPIL, PUPIL)}


def test_a_group_pays_element_2_for_each_pupil() -> None:
    alone = tuple(replace(each, sharing=1, minutes=2 * each.minutes) for each in LINES)
    cost = costing.total(costing.costed(alone, POLICY), ProvisionStage.ASKED)
    told = {**GROUP, "lines": alone, "element2_pence": 1_200_000}
    assert cost > 1_600_000, "the group's whole cost reaches the threshold of two"
    asks = {"cost_pence": cost, "asked_pence": cost - 1_200_000}
    assert found(case=asks, **told) == {}
    assert found(case={**asks, "asked_pence": cost - 600_000}, **told) == {"asked.above": "error"}
    assert found(case=asks, **{**told, "element2_pence": 600_000}) == {"element2.below": "query"}
    assert found(case=asks, **{**told, "pupil_count": 3}) == {
        "pupil.count": "query", "cost.below-threshold": "query", "asked.above": "error", "element2.below": "query",
    }  # fmt: skip
    assert found(case=asks, **{**told, "pupil_count": None}) == {"pupil.count-missing": "query"}
    once = replace(READY, cost=replace(POLICY, group="per-request"))
    assert found(once, case={**asks, "asked_pence": cost - 600_000}, **{**told, "pupil_count": None}) == {}


def test_a_projects_school_pays_no_pupils_element_2() -> None:
    told = {"type": RequestType.PROJECT, "pupils": (), "element2_pence": 0}
    assert found(case={"asked_pence": 982_500}, **told) == {}


def test_a_group_is_costed_for_all_its_pupils_together() -> None:
    shared = tuple(replace(each, sharing=4, alone=False) for each in LINES)
    assert "cost.sharing-in-group" in found(**GROUP, lines=shared)
    assert "cost.sharing-in-group" not in found(**GROUP, lines=tuple(replace(each, sharing=1) for each in LINES))
    assert "cost.sharing-in-group" not in found(lines=shared)


def test_what_was_taken_out_of_the_catalogue_is_queried() -> None:
    left = tuple(each for each in POLICY.catalogue if each.name != LINES[0].provision)
    over = replace(READY, cost=replace(POLICY, catalogue=left, ended=(LINES[0].provision.upper(),)))
    assert found(over)["cost.ended"] == "query"
    assert "cost.not-in-catalogue" not in found(over)
    assert "cost.ended" not in found()


def test_the_threshold_may_be_held_against_the_top_up() -> None:
    strict = replace(READY, cost=replace(POLICY, threshold_means="top-up"))
    assert found(strict) == {"cost.below-threshold": "query"}


def test_without_a_catalogue_no_line_is_outside_it() -> None:
    assert "cost.not-in-catalogue" not in found(replace(READY, cost=replace(POLICY, catalogue=())))


def test_a_request_told_at_the_command_line_is_held_to_what_it_could_say() -> None:
    texts = dict.fromkeys(("outcome_sought", "parents_views", "pupils_views", "filled_in_by"), "")
    bare: dict[str, Any] = {
        "evidence": (),
        "agencies": (),
        "pupils": (),
        "lines": (),
        "attendance_tenths": None,
    } | texts
    bare |= {"element2_pence": None}
    assert found(case={"from_form": False, "cost_pence": 950_000, "asked_pence": 350_000}, **bare) == {}


def test_what_blocks_is_a_setting() -> None:
    errors = readiness.check(Case("R-7KQ4", replace(DRAFT, outcome_sought=""), (), 1, 1, (PupilRecord(),)), READY)
    assert readiness.blocks(errors, "errors")
    assert not readiness.blocks(errors, "nothing")
    assert readiness.severities(errors)[0] >= 1
