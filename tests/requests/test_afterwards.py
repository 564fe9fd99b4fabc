"""After the decision: letters, what is due, reviews, moves, ends, resubmissions and renewals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.errors import SencoError
from senco.requests import deciding, dues, records, reviewing
from senco.requests.outcomes import Follows, Reason, ReasonKind, Verdict
from senco.store.doors import Store
from tests.requests.conftest import TODAY
from tests.requests.panel import PANEL, REASONS, awarded, decide, heard, recommend, request, run, setting

Run = Callable[..., Any]
JUNE = date(2021, 6, 1)


def refused(wanted: str, store: Store, verb: Run, *told: Any) -> str:
    with pytest.raises(SencoError) as found:
        run(store, verb, *told)
    assert found.value.reference == wanted
    return found.value.message


@pytest.mark.parametrize("verdict", Verdict)
def test_a_letter_says_what_was_decided_and_the_right_to_an_assessment(
    borough: Store, senco: Run, tmp_path: Path, verdict: Verdict
) -> None:
    reference = awarded(borough, verdict)
    out = tmp_path / "letters"
    ran = senco("requests", "letters", reference, "--out", out)
    assert ran.code == 0, ran.err
    text, page = ((out / f"{reference}-letter{suffix}").read_text(encoding="utf-8") for suffix in (".md", ".html"))
    for paper in (text, page):
        for said in (reference, "Abbey Primary School", "EHC", "Tue 24 Nov 2020", "D. Officer", verdict.said):
            assert said in paper, said
        for each in REASONS[verdict]:
            assert each.text in paper
    assert ("Agreed" in text.replace("Agreed in", "")) == verdict.awards
    assert "£3,500.00" in text
    assert ("until Tue 22 Dec 2020" in text) == (verdict not in {Verdict.AGREED, Verdict.DEFERRED})
    assert ("reviewed by Fri 11 Jun 2021" in text) == verdict.awards
    assert (out / f"{reference}-advice.md").exists() == (verdict is Verdict.DECLINED_WITH_SUPPORT)
    assert "<script" not in page
    assert "http" not in page


def test_letters_are_written_once_and_the_same(borough: Store, senco: Run, tmp_path: Path, trail_length: Run) -> None:
    for verdict in (Verdict.AGREED, Verdict.DECLINED_WITH_SUPPORT):
        awarded(borough, verdict)
    out, before = tmp_path / "out", trail_length()
    assert "Wrote 6 files to" in senco("requests", "letters", "--out", out).err
    assert trail_length() == before + 1
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert senco("requests", "letters", "--out", out).code == 3
    ran = senco("--as-of", "2020-12-24", "requests", "letters", "--meeting", PANEL, "--out", out)
    assert (ran.code, trail_length()) == (0, before + 1)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


def test_nothing_decided_has_no_letter(borough: Store, senco: Run, tmp_path: Path) -> None:
    ran = senco("requests", "letters", request(borough), "--out", tmp_path / "out", "--format", "json")
    assert (ran.code, '"requests.nothing-decided"' in ran.err) == (3, True)


def test_what_is_typed_stays_text_in_a_letter(borough: Store, senco: Run, tmp_path: Path) -> None:
    reference = heard(borough)
    recommend(borough, reference, Verdict.RETURNED)
    decide(borough, reference, Verdict.RETURNED, reason="<b>Early help</b> | first\n# now",
           reasons=(Reason(ReasonKind.ADVICE, "Ask <i>them</i>", "SENCO"),))  # fmt: skip
    senco("requests", "letters", reference, "--out", tmp_path)
    page = (tmp_path / f"{reference}-letter.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Early help&lt;/b&gt; | first<br># now" in page
    text = (tmp_path / f"{reference}-letter.md").read_text(encoding="utf-8")
    assert "\\<b\\>Early help\\</b\\> \\| first \\# now" in text
    assert "no day set" in text


def test_a_decision_outside_a_meeting_says_so(borough: Store, senco: Run, tmp_path: Path) -> None:
    setting(borough, "challenge.days", "0")
    reference = request(borough, urgent=True, urgent_because="Soon.")
    decide(borough, reference, Verdict.AGREED_LOWER)
    senco("requests", "letters", reference, "--out", tmp_path)
    text = (tmp_path / f"{reference}-letter.md").read_text(encoding="utf-8")
    assert "decided outside a meeting" in text
    assert "until" not in text


def test_what_is_due(borough: Store, senco: Run, tmp_path: Path) -> None:
    agreed, declined = awarded(borough), awarded(borough, Verdict.DECLINED_WITH_SUPPORT)
    urgent = request(borough, urgent=True, urgent_because="Soon.")
    decide(borough, urgent, Verdict.RETURNED)
    with borough.reading() as ask:
        found = {(each.what, each.request): (each.due_on, each.who) for each in dues.dues(ask, TODAY, date(2022, 1, 1))}
        assert dues.dues(ask, TODAY, TODAY) == []
    assert found == {
        ("ratify", urgent): ("2020-12-08", PANEL),
        ("letter", agreed): ("2020-12-22", "D. Officer"),
        ("letter", declined): ("2020-12-22", "D. Officer"),
        ("letter", urgent): ("2020-12-08", "D. Officer"),
        ("advice", declined): ("2021-01-29", "SENCO"),
        ("review", agreed): ("2021-06-11", ""),
        ("award ends", agreed): ("2021-07-23", ""),
    }
    ran = senco("--as-of", "2020-12-23", "requests", "list", "--due")
    assert ran.out.count("overdue") == 4
    assert "Fri 29 Jan 2021" not in ran.out
    senco("requests", "letters", "--out", tmp_path)
    assert "letter" not in senco("requests", "list", "--due").out


def test_a_ratification_is_due_even_without_a_panel(borough: Store) -> None:
    import sqlite3
    from contextlib import closing

    reference = request(borough, urgent=True, urgent_because="Soon.")
    decide(borough, reference, Verdict.RETURNED)
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE meeting SET status = 'cancelled' WHERE kind = 'panel'")
    with borough.reading() as ask:
        assert ("ratify", "no panel is planned") in {(each.what, each.who) for each in dues.dues(ask, TODAY)}


def test_a_review_scores_from_minus_two_to_two(borough: Store, trail_length: Run) -> None:
    reference = awarded(borough)
    before = trail_length()
    line = run(borough, reviewing.review, reference, 1, "More lessons.", JUNE, date(2021, 5, 28), date(2021, 7, 1))
    assert (line.score, line.next_on, trail_length()) == (1, "2021-07-01", before + 1)
    with borough.reading() as ask:
        award = records.awards(ask, JUNE)[0]
    assert (award.score, award.review_on, award.state) == (1, "2021-07-01", "running")
    for told in (
        (3, "x", JUNE, JUNE),
        (0, "x", JUNE, date(2021, 6, 2)),
        (0, "x", JUNE, date(2020, 12, 1)),
        (0, "x", JUNE, JUNE, JUNE),
    ):
        refused("requests.bad-review", borough, reviewing.review, reference, *told)
    refused("requests.bad-reason", borough, reviewing.review, reference, 0, " ", JUNE, JUNE)
    refused("requests.no-award", borough, reviewing.review, awarded(borough, Verdict.RETURNED), 0, "x", JUNE, JUNE)
    refused("requests.no-award", borough, reviewing.review, heard(borough), 0, "x", JUNE, JUNE)


def test_a_child_moves_and_leaves(borough: Store) -> None:
    reference = awarded(borough)
    day = date(2021, 2, 22)
    line = run(borough, reviewing.move, reference, "Foxley", day, "The family has moved.", TODAY)
    assert (line.school, line.amount_pence) == ("Foxley School", 350_000)
    refused("requests.not-moved", borough, reviewing.move, reference, "Foxley", day, "Again.", TODAY)
    with borough.reading() as ask:
        assert records.awards(ask, TODAY)[0].school == "Abbey Primary School"
        assert records.awards(ask, TODAY)[0].state == "to come"
    refused("requests.bad-review", borough, reviewing.end, reference, date(2022, 1, 1), "Left.", TODAY)
    line = run(borough, reviewing.end, reference, date(2021, 4, 1), "Left for another borough.", TODAY)
    assert (line.state, line.awarded_to, line.school) == ("ended", "2021-04-01", "Foxley School")
    refused("requests.no-award", borough, reviewing.end, reference, date(2021, 4, 1), "Again.", TODAY)
    with borough.reading() as ask:
        assert records.awards(ask, date(2021, 3, 1))[0].state == "running"
        assert {each.what for each in dues.dues(ask, date(2021, 4, 2))} == {"letter"}
    other = awarded(borough)
    with borough.reading() as ask:
        assert [each.state for each in records.awards(ask, date(2021, 9, 1), year="2020/21")] == ["ended", "over"]
        assert len(records.awards(ask, TODAY, reference=other)) == 1


def test_a_request_follows_an_earlier_one(borough: Store) -> None:
    agreed, lower, open_ = awarded(borough), awarded(borough, Verdict.AGREED_LOWER), heard(borough)
    deferred, gone = awarded(borough, Verdict.DEFERRED), heard(borough)
    run(borough, deciding.withdraw, gone, "Moved away.", TODAY)
    again, renewal, third, fourth = (request(borough) for _ in range(4))
    follow = reviewing.follow
    for earlier, said in ((agreed, "agreed in full"), (open_, "not been decided"), (deferred, "comes back")):
        assert said in refused("requests.not-to-follow", borough, follow, again, earlier, Follows.RESUBMISSION)
    assert "itself" in refused("requests.not-to-follow", borough, follow, again, again, Follows.RESUBMISSION)
    other = request(borough, school="Barrow")
    assert "not Barrow" in refused("requests.not-to-follow", borough, follow, other, lower, Follows.RESUBMISSION)
    run(borough, follow, again, lower, Follows.RESUBMISSION)
    assert "already" in refused("requests.not-to-follow", borough, follow, again, lower, Follows.RESUBMISSION)
    run(borough, follow, third, gone, Follows.RESUBMISSION)
    assert "not been reviewed" in refused("requests.not-to-follow", borough, follow, renewal, agreed, Follows.RENEWAL)
    assert "no award" in refused("requests.not-to-follow", borough, follow, renewal, open_, Follows.RENEWAL)
    run(borough, reviewing.review, agreed, 2, "Much better.", JUNE, JUNE)
    run(borough, follow, renewal, agreed, Follows.RENEWAL)
    run(borough, reviewing.note_letters, [_decision(borough, lower)], date(2020, 9, 1))
    assert "deadline" in refused("requests.not-to-follow", borough, follow, fourth, lower, Follows.RESUBMISSION)


def _decision(store: Store, reference: str) -> Any:
    with store.reading() as ask:
        return records.decision_standing(ask, reference)


def test_one_request_shows_every_reason_and_all_that_became_of_it(borough: Store, senco: Run, tmp_path: Path) -> None:
    """What was said at any stage stands in one place: three records, their lines, interests, and what came after."""
    from senco.requests import verbs
    from senco.requests.kinds import Ground
    from tests.requests.conftest import judgement

    reference = request(borough)
    advice = (Reason(ReasonKind.ADVICE, "Start a nurture group", "Lead", "2021-02-01"),)
    run(borough, verbs.moderate, reference, judgement(reasons=advice), TODAY)
    recommend(borough, reference)
    decide(borough, reference, Verdict.AGREED_LOWER, reason="Two sessions can be shared.")
    assert senco("requests", "letters", reference, "--out", tmp_path).code == 0
    assert senco("requests", "move", reference, "--to", "Foxley", "--from", "1/3/2021", "--because", "Moved house.").err
    ran = senco(
        "--as-of", "2021-06-11", "requests", "review", reference, "--score", "1", "--note", "Four days of five."
    )
    assert ran.code == 0, ran.err
    assert senco("requests", "end", reference, "--from", "1/7/2021", "--because", "Left.").code == 0
    told = senco("requests", "show", reference).out
    for said in (
        "Two sessions can be shared.",
        "advice  Start a nurture group",
        "criterion met  costed provision",
        "Interests at the panel",
        "letter",
        "award moved to Foxley School  Moved house.",
        "reviewed: +1",
        "award ended",
    ):
        assert said in told, said
    assert Ground.LEAD_ROLE.value.replace("-", " ") in told


def test_links_withdrawals_and_ratifications_are_shown(borough: Store, senco: Run) -> None:
    declined = awarded(borough, Verdict.DECLINED_WITH_SUPPORT)
    again = request(borough)
    run(borough, reviewing.follow, again, declined, Follows.RESUBMISSION)
    assert f"resubmits {declined}" in senco("requests", "show", again).out
    assert f"resubmitted as {again}" in senco("requests", "show", declined).out
    run(borough, deciding.withdraw, again, "The family has moved away.", TODAY)
    assert "withdrawn" in senco("requests", "show", again).out.split("What became of it")[1]
    assert "The family has moved away." in senco("requests", "show", again).out
    urgent = request(borough, urgent=True, urgent_because="Soon out of school.")
    decide(borough, urgent)
    ran = senco("--as-of", "2020-12-08", "requests", "ratify", urgent, "--meeting", PANEL)
    assert f"The decision on {urgent} is ratified." in ran.err
    assert "criterion met" in ran.out
    assert f"ratified by {PANEL}" in senco("requests", "show", urgent).out
    other = request(borough, urgent=True, urgent_because="Soon out of school.")
    decide(borough, other)
    told = {"meeting": PANEL, "refused": True, "reason": "It could have waited."}
    run(borough, deciding.ratify, other, date(2020, 12, 8), **told)
    assert f"not ratified by {PANEL}  It could have waited." in senco("requests", "show", other).out


def test_a_renewal_and_what_it_renews_name_each_other(borough: Store, senco: Run) -> None:
    first = awarded(borough)
    run(borough, reviewing.review, first, 2, "Much better.", JUNE, date(2021, 5, 28))
    again = request(borough)
    run(borough, reviewing.follow, again, first, Follows.RENEWAL)
    assert f"renews {first}" in senco("requests", "show", again).out
    assert f"renewed by {again}" in senco("requests", "show", first).out


def test_who_is_there_is_shown_without_a_line_in_the_trail(borough: Store, senco: Run, trail_length: Run) -> None:
    assert senco("requests", "present", PANEL, "--school", "Everly").code == 0
    assert senco("requests", "present", "2020-11-24-CP", "--cluster", "CP1", "--school", "Abbey").code == 0
    before = trail_length()
    assert "Everly School" in senco("requests", "present", PANEL).out
    assert "Abbey Primary School" in senco("requests", "present", "2020-11-24-CP", "--cluster", "CP1").out
    assert trail_length() == before


def test_an_interest_that_is_not_there_names_the_one_that_is(borough: Store, senco: Run) -> None:
    reference = heard(borough)
    words = ("requests", "interest", reference, "--school", "Everly", "--because", "No.", "--meeting", PANEL)
    ran = senco(*words, "--dismiss")
    assert ran.code == 4
    assert "It has another ground: same-trust. Name it with --ground." in ran.err
    assert senco(*words, "--dismiss", "--ground", "same-trust").code == 0


def test_a_clusters_advice_is_due_too_and_a_review_never_falls_away(borough: Store) -> None:
    from senco.requests import verbs
    from tests.requests.conftest import judgement

    advice = (Reason(ReasonKind.ADVICE, "Start a nurture group", "Lead", "2021-02-01"),)
    advised, gone = request(borough), request(borough)
    for reference in (advised, gone):
        run(borough, verbs.moderate, reference, judgement(reasons=advice), TODAY)
    run(borough, deciding.withdraw, gone, "Moved away.", TODAY)
    award = awarded(borough)
    later = date(2021, 9, 1)
    with borough.reading() as ask:
        found = {(each.request, each.what): each for each in dues.dues(ask, later)}
    assert found[advised, "advice"].who == "Lead"
    assert found[advised, "advice"].overdue
    assert (gone, "advice") not in found
    assert found[award, "review"].overdue, "the award is over, and nobody has looked at it"
    assert (award, "award ends") not in found
    run(borough, reviewing.review, award, 0, "As before.", later, date(2021, 7, 20), date(2021, 12, 1))
    with borough.reading() as ask:
        assert (award, "review") not in {(each.request, each.what) for each in dues.dues(ask, date(2022, 1, 1))}
