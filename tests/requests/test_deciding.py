"""The panel's advice and the officer's decision: each a record of its own, refused out of its turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from senco.errors import BadInput, SencoError
from senco.requests import deciding, questions, records, verbs
from senco.requests.kinds import Stage, Votes
from senco.requests.outcomes import Casting, Reason, ReasonKind, Record, Verdict
from senco.store.doors import Store
from tests.requests.conftest import TODAY, draft, judgement
from tests.requests.panel import (
    AMOUNTS,
    CHAIR,
    FROM,
    OFFICER,
    PANEL,
    PANEL_DAY,
    REASONS,
    TO,
    advised,
    awarded,
    decide,
    heard,
    recommend,
    request,
    run,
    setting,
)  # fmt: skip

Run = Callable[..., Any]
TIMELY = {"urgent": True, "urgent_because": "The placement is breaking down."}


def stage(store: Store, reference: str) -> Stage:
    with store.reading() as ask:
        return Stage(questions.case_named(ask, reference).stage)


def refused(wanted: str, verb: Run, *told: Any, **more: Any) -> SencoError:
    with pytest.raises(SencoError) as found:
        verb(*told, **more)
    assert found.value.reference == wanted
    return found.value


@pytest.mark.parametrize("verdict", Verdict)
def test_three_records_each_with_its_reasons(borough: Store, trail_length: Run, verdict: Verdict) -> None:
    reference = heard(borough)
    before = trail_length()
    advice = recommend(borough, reference, verdict)
    assert trail_length() == before + 1
    assert stage(borough, reference) == ("deferred" if verdict is Verdict.DEFERRED else "recommended")
    line = decide(borough, reference, verdict)
    assert trail_length() == before + 2
    assert stage(borough, reference) == ("deferred" if verdict is Verdict.DEFERRED else "decided")
    assert (line.outcome, line.meeting, line.recommendation) == (verdict.value, PANEL, advice.number)
    assert (advice.amount_pence, line.amount_pence) == (AMOUNTS.get(verdict), AMOUNTS.get(verdict))
    assert line.review_on == ("2021-06-11" if verdict.awards else None)
    with borough.reading() as ask:
        for record, number in ((Record.RECOMMENDATION, advice.number), (Record.DECISION, line.number)):
            told = [(each.kind, each.text, each.owner, each.due_on) for each in records.reasons(ask, record, number)]
            assert told == [(each.kind, each.text, each.owner, each.due_on) for each in REASONS[verdict]]
        assert questions.moderations(ask, reference)[-1].living


def test_stage_one_binds_nobody(borough: Store) -> None:
    reference = request(borough)
    from senco.requests.kinds import Level, Outcome

    run(borough, verbs.moderate, reference, judgement(outcome=Outcome.PREDICTABLE, level=Level.ADVISE), TODAY)
    recommend(borough, reference, Verdict.AGREED)
    assert decide(borough, reference, Verdict.DECLINED_WITH_SUPPORT).outcome == "declined-with-support"


def test_agreed_takes_what_was_asked_and_when(borough: Store) -> None:
    reference = heard(borough, asked_from="2021-01-04", asked_to="2021-07-23")
    line = recommend(borough, reference, amount_pence=None, awarded_from=None, awarded_to=None)
    assert (line.amount_pence, line.awarded_from, line.awarded_to) == (350_000, "2021-01-04", "2021-07-23")


def test_what_is_out_of_its_turn_is_refused(borough: Store) -> None:
    waiting = request(borough)
    assert "its cluster has not heard it" in refused("requests.not-to-recommend", recommend, borough, waiting).message
    assert "outside a meeting only urgent" in refused("requests.not-to-decide", decide, borough, waiting).message
    done = awarded(borough)
    refused("requests.not-to-recommend", recommend, borough, done)
    refused("requests.not-to-decide", decide, borough, done)
    refused("requests.not-to-withdraw", run, borough, deciding.withdraw, done, "Moved away.", TODAY)
    refused("requests.not-to-take-back", run, borough, deciding.take_back_recommendation, done, "Wrong.", TODAY)
    refused("requests.not-to-moderate", run, borough, verbs.moderate, done, judgement(), TODAY)
    gone = heard(borough)
    case = run(borough, deciding.withdraw, gone, "The family has moved away.", TODAY)
    assert (case.stage, case.withdrawn_on) == ("withdrawn", "2020-11-24")
    refused("requests.not-to-recommend", recommend, borough, gone)
    refused("requests.not-to-decide", decide, borough, gone)
    refused("requests.not-to-withdraw", run, borough, deciding.withdraw, gone, "Again.", TODAY)
    two = heard(borough)
    recommend(borough, two)
    refused("requests.not-to-recommend", recommend, borough, two)
    refused("requests.unknown", recommend, borough, "R-2222")


def test_a_panel_is_named_and_is_one(borough: Store) -> None:
    reference = heard(borough)
    for meeting, wanted in (("", "requests.no-panel"), ("2020-11-24-CP", "requests.not-a-panel")):
        refused(wanted, run, borough, deciding.recommend, reference, advised(), TODAY, meeting=meeting)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"amount_pence": 1}, "agreed means"),
        ({"awarded_from": None, "awarded_to": None}, "from when until when"),
        ({"awarded_from": TO, "awarded_to": FROM}, "it would end before"),
        ({"verdict": Verdict.AGREED_LOWER, "amount_pence": 350_000}, "less than"),
        ({"verdict": Verdict.AGREED_LOWER, "amount_pence": None}, "the amount is not said"),
        ({"verdict": Verdict.RETURNED}, "nothing is agreed"),
    ],
)
def test_an_award_fits_its_verdict(borough: Store, told: dict[str, Any], wanted: str) -> None:
    reference = heard(borough)
    verdict = told.pop("verdict", Verdict.AGREED)
    extra = {"amount_pence": 350_000, "awarded_from": FROM, "awarded_to": TO} if verdict is Verdict.RETURNED else {}
    assert wanted in refused("requests.bad-award", recommend, borough, reference, verdict, **extra, **told).message


def test_a_cap_holds(borough: Store) -> None:
    setting(borough, "award.cap", "£3,000")
    reference = heard(borough)
    assert "no more than £3,000.00" in refused("requests.bad-award", recommend, borough, reference).message


def test_an_officer_and_a_review_fit(borough: Store) -> None:
    reference = heard(borough)
    recommend(borough, reference)
    refused("requests.bad-award", decide, borough, reference, officer=" ")
    day = date(2021, 3, 1)
    refused("requests.bad-award", decide, borough, reference, Verdict.RETURNED, review_on=day)
    assert decide(borough, reference, review_on=day).review_on == "2021-03-01"


@pytest.mark.parametrize("verdict", [each for each in Verdict if REASONS[each]])
def test_a_verdict_without_its_reasons_is_refused(borough: Store, verdict: Verdict) -> None:
    reference = heard(borough)
    refused("requests.bad-reason", recommend, borough, reference, verdict, reasons=())
    refused("requests.bad-reason", recommend, borough, reference, verdict, reason=" ")
    setting(borough, "award.reasons", "text")
    recommend(borough, reference, verdict, reasons=())


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (Reason(ReasonKind.MET, "luck"), "no criterion"),
        (Reason(ReasonKind.ADVICE, "Ask"), "who does it"),
        (Reason(ReasonKind.EVIDENCE, "For A950000178301"), "UPN"),
        (Reason(ReasonKind.ADVICE, "Ask", "A950000178301"), "UPN"),
        (Reason(ReasonKind.NOT_MET, "costed provision"), "named twice"),
    ],
)
def test_a_line_of_the_reasons_can_stand(borough: Store, line: Reason, wanted: str) -> None:
    reference = heard(borough)
    told = (*REASONS[Verdict.AGREED], line)
    error = refused("requests.bad-reason", recommend, borough, reference, reasons=told)
    assert wanted in error.message
    assert "A950000178301" not in error.message


def test_a_cluster_gives_advice_too(borough: Store) -> None:
    reference = request(borough)
    told = judgement(reasons=(Reason(ReasonKind.ADVICE, "Ask the EP.", "SENCO"),))
    line = run(borough, verbs.moderate, reference, told, TODAY)
    with borough.reading() as ask:
        assert [each.owner for each in records.reasons(ask, Record.MODERATION, line.number)] == ["SENCO"]


def test_a_deferred_request_comes_back_and_is_decided(borough: Store) -> None:
    reference = heard(borough)
    recommend(borough, reference, Verdict.DEFERRED)
    decide(borough, reference, Verdict.DEFERRED)
    assert "the panel has not heard it again" in refused("requests.not-to-decide", decide, borough, reference).message
    error = refused(
        "requests.not-to-take-back", run, borough, deciding.take_back_recommendation, reference, "X.", TODAY
    )
    assert "answered" in error.message
    run(borough, deciding.recommend, reference, advised(), date(2021, 1, 12), meeting="2021-01-12-PANEL")
    assert stage(borough, reference) == "recommended"
    error = refused("requests.not-to-take-back", run, borough, deciding.take_back_decision, reference, "X.", TODAY)
    assert "advised anew" in error.message
    assert decide(borough, reference).meeting == "2021-01-12-PANEL"
    with borough.reading() as ask:
        assert [each.living for each in records.decisions(ask, reference)] == [False, True]


def test_what_is_recorded_wrongly_is_taken_back(borough: Store) -> None:
    reference = awarded(borough)
    assert run(borough, deciding.take_back_decision, reference, "For the wrong case.", TODAY).taken_back
    assert stage(borough, reference) == "recommended"
    refused("requests.not-to-take-back", run, borough, deciding.take_back_decision, reference, "Again.", TODAY)
    assert run(borough, deciding.take_back_recommendation, reference, "For the wrong case.", TODAY).taken_back
    assert stage(borough, reference) == "moderated"
    refused("requests.not-to-take-back", run, borough, deciding.take_back_recommendation, reference, "Again.", TODAY)
    recommend(borough, reference)
    decide(borough, reference)
    assert stage(borough, reference) == "decided"


def test_outside_a_meeting_and_ratified(borough: Store) -> None:
    reference = request(borough, **TIMELY)
    line = decide(borough, reference)
    assert (line.meeting, line.ratified) == ("", "")
    with borough.reading() as ask:
        assert [each.request for each in records.to_ratify(ask, "2020-12-08T14:00:00+00:00")] == [reference]
        assert records.to_ratify(ask, "2020-11-01T14:00:00+00:00") == []
    done = run(borough, deciding.ratify, reference, PANEL_DAY, meeting=PANEL, refused=False, reason="")
    assert done.ratified == PANEL
    again = (deciding.ratify, reference, PANEL_DAY)
    refused("requests.not-to-ratify", run, borough, *again, meeting=PANEL, refused=False, reason="")
    other = decide(borough, request(borough, **TIMELY))
    refused(
        "requests.bad-reason",
        run,
        borough,
        deciding.ratify,
        other.request,
        PANEL_DAY,
        meeting=PANEL,
        refused=True,
        reason="",
    )
    told = {"meeting": PANEL, "refused": True, "reason": "It could have waited."}
    assert run(borough, deciding.ratify, other.request, PANEL_DAY, **told).ratified == f"not by {PANEL}"
    for wrong in (awarded(borough), heard(borough)):
        refused("requests.not-to-ratify", run, borough, deciding.ratify, wrong, PANEL_DAY, **told)


def test_an_urgent_request_goes_to_the_panel_before_its_cluster(borough: Store) -> None:
    reference = request(borough, **TIMELY)
    recommend(borough, reference)
    assert decide(borough, reference).meeting == PANEL


def test_what_may_be_decided_outside_is_set(borough: Store) -> None:
    setting(borough, "decide.outside", "none")
    reference = request(borough, **TIMELY)
    assert "nothing is decided outside" in refused("requests.not-to-decide", decide, borough, reference).message
    setting(borough, "decide.outside", "any")
    assert decide(borough, heard(borough)).meeting == ""


def test_all_that_a_panel_advised_is_decided_at_once(borough: Store, trail_length: Run) -> None:
    references = [heard(borough) for _ in Verdict]
    for reference, verdict in zip(references, Verdict, strict=True):
        recommend(borough, reference, verdict)
    decide(borough, references[0])
    before = trail_length()
    done = run(borough, deciding.decide_as_advised, PANEL, OFFICER, PANEL_DAY)
    assert trail_length() == before + 1
    assert [each.request for each in done] == references[1:]
    assert sum(each.amount_pence or 0 for each in done) == 550_000
    refused("requests.nothing-to-decide", run, borough, deciding.decide_as_advised, PANEL, OFFICER, PANEL_DAY)


def test_the_chair_has_no_interest(borough: Store) -> None:
    """Everly hosts CP2's lead and is of Abbey's trust; Dorchester hosts CP1's, whose case it is."""
    reference = heard(borough)
    for chair in ("Everly School", "CP2", "cp2 lead"):
        refused("requests.not-held-so", recommend, borough, reference, chair=chair)
    refused("requests.not-held-so", recommend, borough, reference, chair="")
    refused("requests.not-held-so", recommend, borough, reference, chair=CHAIR, moderating_chair="head of sen")
    line = recommend(borough, reference, chair="CP2", moderating_chair=CHAIR)
    assert line.moderating_chair == CHAIR
    with borough.reading() as ask:
        told = {(each.school, each.ground, each.state) for each in records.panel_interests(ask, reference)}
    assert told == {
        ("Everly School", "same-trust", "computed"),
        ("Dorchester High School", "lead-role", "computed"),
    }


def test_votes_are_counted_where_the_borough_counts_them(borough: Store) -> None:
    from senco.requests import presiding

    reference = heard(borough)
    setting(borough, "votes", "school")
    refused("requests.not-held-so", recommend, borough, reference)
    refused("requests.not-held-so", recommend, borough, reference, votes=Votes(1, 2, 0))
    refused("requests.not-held-so", recommend, borough, reference, votes=Votes(1, 1, 0), casting=Casting.FOR)
    setting(borough, "votes.casting", "yes")
    refused("requests.not-held-so", recommend, borough, reference, votes=Votes(1, 1, 0))
    run(
        borough, presiding.note_presence, PANEL, cluster="", schools=["Everly", "Foxley"], offices=["Chair"], gone=False
    )
    error = refused("requests.not-held-so", recommend, borough, reference, votes=Votes(1, 1, 0), casting=Casting.FOR)
    assert "only 1 may vote" in error.message  # Everly is of the same trust
    line = recommend(borough, reference, votes=Votes(1, 0, 0))
    assert line.votes == "1-0-0"


def test_a_quorum_is_held(borough: Store) -> None:
    from senco.requests import presiding

    reference = heard(borough)
    setting(borough, "quorum", "9")  # of the clusters' sittings: the panel has a rule of its own
    setting(borough, "panel.quorum", "1/2")
    setting(borough, "panel.quorum.roles", "SEN manager")
    assert "nobody is written down" in refused("requests.not-held-so", recommend, borough, reference).message

    def there(*schools: str, offices: tuple[str, ...] = (), gone: bool = False) -> Any:
        told = {"cluster": "", "schools": schools, "offices": offices, "gone": gone}
        return run(borough, presiding.note_presence, PANEL, **told)

    there("Everly")
    assert "only 0 with a vote are there" in refused("requests.not-held-so", recommend, borough, reference).message
    there("Foxley")
    assert "nobody is there as SEN manager" in refused("requests.not-held-so", recommend, borough, reference).message
    assert [each.who for each in there(offices=("sen MANAGER",))] == ["Everly School", "Foxley School", "sen MANAGER"]
    there("Foxley", gone=True)
    refused("requests.not-held-so", recommend, borough, reference)
    there("Foxley")
    setting(borough, "panel.quorum.schools", "100005, 100001")  # Abbey leads no cluster
    refuse = refused("requests.not-held-so", recommend, borough, reference)
    assert "Dorchester High School is not there, and must be" in refuse.message
    there("Dorchester")
    recommend(borough, reference)


def test_a_clusters_quorum_is_held_too(borough: Store) -> None:
    from senco.requests import presiding

    setting(borough, "panel.quorum", "9")
    setting(borough, "quorum", "2/5")
    reference = request(borough)
    refused("requests.not-held-so", run, borough, verbs.moderate, reference, judgement(), TODAY)
    told = {"cluster": "CP1", "schools": ["Abbey", "Barrow", "Dorchester"], "offices": [], "gone": False}
    run(borough, presiding.note_presence, "2020-11-24-CP", **told)
    line = run(borough, verbs.moderate, reference, judgement(), TODAY)
    assert line.living


def test_a_meeting_settles_interests(borough: Store) -> None:
    from senco.requests import presiding
    from senco.requests.kinds import Ground

    reference = heard(borough)

    def settle(school: str, ground: Ground, *, dismiss: bool, meeting: str = PANEL, reason: str = "As told.") -> Any:
        told = {"meeting": meeting, "dismiss": dismiss, "reason": reason}
        return run(borough, presiding.settle_interest, reference, school, ground, TODAY, **told)

    refused("requests.not-to-settle", settle, "Abbey", Ground.OWN_SCHOOL, dismiss=True)
    refused("requests.not-to-settle", settle, "Foxley", Ground.SAME_TRUST, dismiss=True)
    refused("requests.bad-reason", settle, "Everly", Ground.SAME_TRUST, dismiss=True, reason=" ")
    assert settle("Everly", Ground.SAME_TRUST, dismiss=True).state == "dismissed"
    recommend(borough, reference, chair="CP2")
    with borough.reading() as ask:
        states = {each.ground: (each.state, each.reason) for each in records.panel_interests(ask, reference)}
    assert states["same-trust"] == ("dismissed", "As told.")
    assert settle("Foxley", Ground.DECLARED, dismiss=False).state == "confirmed"
    assert settle("Foxley", Ground.DECLARED, dismiss=True).state == "dismissed"
    fresh = request(borough, meeting="2021-03-23-CP")
    told = {"meeting": "", "dismiss": False, "reason": "Related."}
    line = run(borough, presiding.settle_interest, fresh, "Foxley", Ground.DECLARED, TODAY, **told)
    assert line.meeting == "2021-03-23-CP"
    late = date(2021, 6, 30)
    nowhere = str(run(borough, verbs.add, draft(submitted_on=late.isoformat()), late).reference)
    refused(
        "requests.no-meeting",
        run,
        borough,
        presiding.settle_interest,
        nowhere,
        "Foxley",
        Ground.DECLARED,
        TODAY,
        **told,
    )


def test_a_clusters_chair_heeds_what_was_settled(borough: Store) -> None:
    from senco.requests import presiding
    from senco.requests.kinds import Ground

    reference = request(borough)
    told = {"meeting": "2020-11-24-CP", "dismiss": False, "reason": "A relative."}
    run(borough, presiding.settle_interest, reference, "Dorchester", Ground.DECLARED, TODAY, **told)
    refused("requests.own-school", run, borough, verbs.moderate, reference, judgement(), TODAY)
    refused(
        "requests.own-school",
        run,
        borough,
        verbs.moderate,
        reference,
        judgement(),
        TODAY,
        moderating_chair="Dorchester",
    )
    told = {"meeting": "2020-11-24-CP", "dismiss": True, "reason": "It left the trust in August."}
    run(borough, presiding.settle_interest, reference, "Avenue", Ground.SAME_TRUST, TODAY, **told)
    run(borough, verbs.moderate, reference, judgement(), TODAY, moderating_chair="Avenue")
    with borough.reading() as ask:
        states = {(each.school, each.ground): each.state for each in questions.interests(ask, reference)}
    assert states == {
        ("Abbey Primary School", "own-school"): "computed",
        ("Avenue Primary School", "same-trust"): "dismissed",
        ("Dorchester High School", "declared"): "confirmed",
    }


def test_presence_needs_a_panel_or_a_cluster(borough: Store) -> None:
    from senco.requests import presiding

    told = {"cluster": "", "schools": ["Abbey"], "offices": [], "gone": False}
    refused("requests.not-a-panel", run, borough, presiding.note_presence, "2020-11-24-CP", **told)


def test_a_reason_names_no_child(borough: Store) -> None:
    reference = heard(borough)
    for verb, told in (
        (deciding.withdraw, ("For A950000178301", TODAY)),
        (deciding.withdraw, (" ", TODAY)),
    ):
        error = refused("requests.bad-reason", run, borough, verb, reference, *told)
        assert "A950000178301" not in error.message
    assert isinstance(error, BadInput)
