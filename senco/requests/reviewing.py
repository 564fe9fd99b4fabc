"""What changes an award afterwards: its review, a child who moves or leaves, a letter sent, a request that follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.errors import BadInput, Refused
from senco.requests import conduct, questions, records
from senco.requests.deadlines import why_not_review, working_days_after
from senco.requests.outcomes import Follows
from senco.requests.reasoning import reason_told
from senco.requests.tables import AwardChange, DecisionLetter, Request, Review
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.requests.kinds import CaseLine
    from senco.requests.outcomes import AwardLine, DecisionLine, ReviewLine
    from senco.store.doors import Ask, Change


def review(  # noqa: PLR0917 - a review and what it says
    change: Change, word: str, score: int, note: str, today: date, reviewed_on: date, next_on: date | None = None
) -> ReviewLine:
    """Record how an award stood when it was looked at, from -2 to +2; ``next_on`` is the day of the next look.

    Raises Refused ``requests.no-award``, BadInput ``requests.bad-review`` and ``requests.bad-reason``.
    """
    ask = change.ask
    case = questions.case_named(ask, word)
    award = award_of(ask, case)
    why = why_not_review(score, reviewed_on=reviewed_on, next_on=next_on, first=award.awarded_from, today=today)
    if why:
        raise BadInput("requests.bad-review", f"The review of {case.reference} cannot be recorded: {why}.")
    change.add(
        Review,
        request_reference=case.reference,
        decision_id=award.number,
        reviewed_on=reviewed_on.isoformat(),
        score=score,
        note=reason_told(note, today),
        next_on=next_on.isoformat() if next_on else None,
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.record(f"request {case.reference}", score=score)
    change.flush()
    return records.reviews(ask, case.reference)[-1]


def move(  # noqa: PLR0917 - a move and what is said of it
    change: Change, word: str, school: str, day: date, reason: str, today: date
) -> AwardLine:
    """Record that the child of an award goes to another school from a day on, and the award with it.

    Raises Refused ``requests.no-award`` and ``requests.not-moved``, NotFound for an unknown school, BadInput
    ``requests.bad-review`` when it is over by then.
    """
    ask = change.ask
    case = questions.case_named(ask, word)
    award = award_of(ask, case)
    _require_not_over(case, award, day)
    to = questions.school_meant(ask, school, day)
    now = _award_line(ask, case, day)
    if to.urn == now.urn:
        raise Refused("requests.not-moved", f"The award of {case.reference} is at {to.name} already. Nothing changed.")
    _change_award(change, case, award, "moved", day, to.urn, reason_told(reason, today))
    change.record(f"request {case.reference}", moved_on=day.isoformat())
    change.flush()
    return _award_line(ask, case, day)


def end(change: Change, word: str, day: date, reason: str, today: date) -> AwardLine:
    """Record that an award ends before its time: the child has left, or the provision has.

    Raises Refused ``requests.no-award`` and BadInput ``requests.bad-review`` when it is over by then.
    """
    ask = change.ask
    case = questions.case_named(ask, word)
    award = award_of(ask, case)
    _require_not_over(case, award, day)
    _change_award(change, case, award, "ended", day, None, reason_told(reason, today))
    change.record(f"request {case.reference}", ends_on=day.isoformat())
    change.flush()
    return _award_line(ask, case, day)


def follow(change: Change, word: str, earlier: str, kind: Follows) -> CaseLine:
    """Link a request to the earlier one that it resubmits or renews.

    Raises Refused ``requests.not-to-follow``, NotFound for either request.
    """
    ask = change.ask
    case, first = questions.case_named(ask, word), questions.case_named(ask, earlier)
    decision = records.decision_standing(ask, first.reference)
    deadline = challenge_deadline(ask, decision)
    row = change.session.get_one(Request, case.reference)
    if case.reference == first.reference:
        why: str | None = "a request does not follow itself"
    elif row.resubmits or row.renews:
        why = f"it follows {row.resubmits or row.renews} already"
    elif case.urn != first.urn and kind is Follows.RESUBMISSION:
        why = f"{first.school} sent the earlier one, not {case.school}"
    else:
        why = conduct.why_not_follow(
            kind.value,
            outcome=decision.outcome if decision else "",
            withdrawn=first.withdrawn_on is not None,
            reviewed=any(each.number for each in records.reviews(ask, first.reference)),
            late=deadline is not None and date.fromisoformat(case.submitted_on) > deadline,
        )
    if why:
        raise Refused(
            "requests.not-to-follow", f"{case.reference} cannot follow {first.reference}: {why}. Nothing changed."
        )
    if kind is Follows.RESUBMISSION:
        row.resubmits = first.reference
    else:
        row.renews = first.reference
    row.version += 1
    change.record(f"request {case.reference}", follows=first.reference, how=kind.value)
    change.flush()
    return questions.case_named(ask, case.reference)


def note_letters(change: Change, lines: Sequence[DecisionLine], today: date) -> None:
    """Record the day of the letters that tell these decisions."""
    for line in lines:
        change.add(
            DecisionLetter,
            decision_id=line.number,
            dated_on=today.isoformat(),
            made_at=change.stamp,
            made_by=change.actor,
        )
    change.record("decision letters", letters=len(lines))


def award_of(ask: Ask, case: CaseLine) -> DecisionLine:
    """Give the decision that awards money to a request and stands; raises Refused ``requests.no-award``."""
    line = records.decision_standing(ask, case.reference)
    if line is None or line.amount_pence is None:
        raise Refused(
            "requests.no-award",
            f"{case.reference} has no award that stands.",
            "`senco requests awards` shows those that do.",
        )
    changes = ask.value(
        "SELECT holds_from FROM award_change WHERE decision_id = :number AND kind = 'ended'", {"number": line.number}
    )
    if changes is not None:
        raise Refused("requests.no-award", f"The award of {case.reference} ended on {changes}. Nothing changed.")
    return line


def _require_not_over(case: CaseLine, award: DecisionLine, day: date) -> None:
    if award.awarded_to is not None and day.isoformat() > award.awarded_to:
        raise BadInput("requests.bad-review", f"The award of {case.reference} is over by then. Nothing changed.")


def challenge_deadline(ask: Ask, decision: DecisionLine | None) -> date | None:
    """Give the last day for a resubmission: working days after the letter; None without a letter or a deadline."""
    if decision is None or not decision.letter_on:
        return None
    told = date.fromisoformat(decision.letter_on)
    days = number_on(ask, "challenge.days", told)
    return working_days_after(told, days) if days else None


def _award_line(ask: Ask, case: CaseLine, day: date) -> AwardLine:
    return records.awards(ask, day, reference=case.reference)[0]


def _change_award(  # noqa: PLR0917 - the columns of a row
    change: Change, case: CaseLine, award: DecisionLine, kind: str, day: date, urn: int | None, reason: str
) -> None:
    change.add(
        AwardChange,
        request_reference=case.reference,
        decision_id=award.number,
        kind=kind,
        holds_from=day.isoformat(),
        urn=urn,
        reason=reason,
        made_at=change.stamp,
        made_by=change.actor,
    )
