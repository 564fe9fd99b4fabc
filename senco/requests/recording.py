"""A filled-in agenda taken in: plan, show, ask, apply; the plan is a rehearsal of the very change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.errors import BadInput, Problem, Refused, SencoError, WrongUse
from senco.meetings import questions as meetings
from senco.privacy import clean_block
from senco.requests import deciding, panels, publish, questions, records, rules, sittings, verbs
from senco.requests.contradictions import why_not_yet
from senco.requests.kinds import Judgement, Stage
from senco.requests.outcomes import Advised, Record
from senco.requests.reasoning import lines_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.requests.kinds import CaseLine, ModerationLine
    from senco.requests.outcomes import Reason, ReasonLine, RecommendationLine
    from senco.requests.returning import FilledAgenda, FilledCase
    from senco.store.doors import Change

NEW, CHANGED, UNCHANGED, BLANK = "new", "changed", "unchanged", "not filled in"


@dataclass(frozen=True, slots=True)
class Chairs:
    """Who chaired, as told on the command line: names at the panel, schools at a cluster's sitting."""

    chair: str = ""
    moderating_chair: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """What recording does with one case; pence, and what they mean by the setting of the panel's day."""

    request: str
    step: str
    outcome: str
    amount_pence: int | None
    where: str
    means: str = "whole"


def take_in(change: Change, filled: FilledAgenda, chairs: Chairs, today: date) -> list[StepLine]:
    """Record everything that was filled in, or nothing: what stands already is left alone.

    Raises BadInput ``requests.bad-agenda`` with every problem and its cell, WrongUse ``requests.chair-missing``,
    Refused ``requests.not-yet`` before the day of the meeting, and what `meeting_named` raises.
    """
    if not (filled.cluster or chairs.chair):
        raise WrongUse(
            "requests.chair-missing", "Nobody is named who chaired the panel.", "Name the chair with --chair."
        )
    held = meetings.meeting_named(change.ask, filled.meeting)
    if filled.cases and (why := why_not_yet(_day(held.starts), today)):
        raise Refused("requests.not-yet", f"{held.reference} cannot be recorded yet: {why}. Nothing changed.")
    steps, problems = list[StepLine](), list[Problem]()
    for each in filled.cases:
        try:
            steps.append(_take(change, filled, each, chairs, today))
        except (Refused, BadInput) as error:
            problems.append(Problem(_place(each, error), error.message.removesuffix(" Nothing changed."), error.hint))
    if problems:
        raise BadInput("requests.bad-agenda", f"{filled.file} cannot be recorded.", "Nothing changed.", tuple(problems))
    steps += [StepLine(each, BLANK, "", None, "") for each in filled.blank]
    counts = {step: sum(each.step == step for each in steps) for step in (NEW, CHANGED)}
    if not any(counts.values()):
        change.withdraw()  # nothing to record: no line in the trail either
    change.record(f"meeting {filled.meeting}", cluster=filled.cluster, new=counts[NEW], changed=counts[CHANGED])
    return steps


def _take(change: Change, filled: FilledAgenda, each: FilledCase, chairs: Chairs, today: date) -> StepLine:
    case = _case(change, each)
    if isinstance(each.told, Judgement):
        step = _moderate(change, filled, case, each.told, chairs, today)
        return StepLine(case.reference, step, each.told.outcome.value, None, each.places[publish.CASE])
    told = deciding.completed(
        case, replace(each.told, chair=chairs.chair, moderating_chair=_moderator(change, filled, case, chairs))
    )
    step, means = _recommend(change, filled, case, told, today)
    return StepLine(case.reference, step, told.verdict.value, told.amount_pence, each.places[publish.CASE], means)


def _case(change: Change, each: FilledCase) -> CaseLine:
    try:
        case = questions.case_named(change.ask, each.reference)
    except SencoError as error:
        raise BadInput("requests.bad-agenda", error.message, error.hint) from None
    if each.asked_pence is not None and each.asked_pence != case.asked_pence:
        raise BadInput(
            "requests.stale-agenda",
            f"{case.reference} asks for another amount than this agenda says.",
            "Write the agenda anew, or set the cell right.",
        )
    return case


def _moderator(change: Change, filled: FilledAgenda, case: CaseLine, chairs: Chairs) -> str:
    """Give the moderating chair where the chair has an interest, "" elsewhere."""
    if not chairs.moderating_chair:
        return ""
    panel = panels.panel_named(change.ask, filled.meeting)
    return chairs.moderating_chair if panels.why_not_chaired(change.ask, case, panel, chairs.chair, "") else ""


def _recommend(change: Change, filled: FilledAgenda, case: CaseLine, told: Advised, today: date) -> tuple[str, str]:
    panel = panels.panel_named(change.ask, filled.meeting)
    stands = records.advice_standing(change.ask, case.reference)
    lines = lines_told(change, told.reasons, _day(panel.starts), today)
    instead = stands is not None and stands.meeting == panel.reference
    if stands and instead:
        before = records.reasons(change.ask, Record.RECOMMENDATION, stands.number)
        if _same_advice(stands, told) and _same_lines(before, lines):
            return UNCHANGED, stands.means
    line = deciding.write_recommendation(change, case, panel, told, today, instead=instead)
    return CHANGED if instead else NEW, line.means


def _moderate(  # noqa: PLR0917 - a case and what was filled in
    change: Change, filled: FilledAgenda, case: CaseLine, told: Judgement, chairs: Chairs, today: date
) -> str:
    if case.cluster != filled.cluster:
        raise Refused("requests.not-to-moderate", f"{case.reference} is not one of {filled.cluster}'s.")
    sitting = sittings.sitting(
        change.ask,
        meeting=filled.meeting,
        cluster=filled.cluster,
        year=case.year,
        chair=chairs.chair,
        critical_friend=chairs.moderating_chair,
    )
    stands = next((each for each in reversed(questions.moderations(change.ask, case.reference)) if each.living), None)
    instead = stands is not None and stands.meeting == sitting.meeting and case.stage == Stage.MODERATED
    if stands and instead:
        before = records.reasons(change.ask, Record.MODERATION, stands.number)
        lines = lines_told(change, told.reasons, _day(sitting.day), today)
        if _same_finding(stands, told) and _same_lines(before, lines):
            return UNCHANGED
    if not instead and (why := rules.why_not_moderate(Stage(case.stage))):
        raise Refused("requests.not-to-moderate", f"{case.reference} cannot be moderated: {why}.")
    verbs.write_moderation(change, sittings.hearing(change.ask, case, sitting), told, today)
    return CHANGED if instead else NEW


def _same_advice(stands: RecommendationLine, told: Advised) -> bool:
    days = tuple(None if day is None else day.isoformat() for day in (told.awarded_from, told.awarded_to))
    votes = str(told.votes) if told.votes else ""
    casting = told.casting.value if told.casting else ""
    mine = (told.verdict.value, told.amount_pence, *days, clean_block(told.reason).strip(), votes, casting)
    return mine == (
        stands.outcome,
        stands.amount_pence,
        stands.awarded_from,
        stands.awarded_to,
        stands.reason,
        stands.votes,
        stands.casting,
    )


def _same_finding(stands: ModerationLine, told: Judgement) -> bool:
    votes = str(told.votes) if told.votes else ""
    casting = told.casting.value if told.casting else ""
    mine = (told.outcome.value, told.level.value, clean_block(told.reason).strip(), votes, casting)
    return mine == (stands.outcome, stands.level, stands.reason, stands.votes, stands.casting)


def _same_lines(before: Sequence[ReasonLine], lines: Sequence[Reason]) -> bool:
    mine = [(each.kind.value, each.text, each.owner, each.due_on) for each in lines]
    return mine == [(each.kind, each.text, each.owner, each.due_on) for each in before]


def _place(each: FilledCase, error: SencoError) -> str:
    """Say which cell a refusal is about: of the votes and the casting vote, the one that it speaks of."""
    voted = (publish.CASTING, publish.VOTES) if publish.CASTING.casefold() in error.message else (publish.VOTES,)
    headings = {
        "requests.bad-award": (publish.AGREED,),
        "requests.bad-reason": (publish.REASON,),
        "requests.stale-agenda": (publish.ASKED,),
        "requests.not-held-so": voted,
    }.get(error.reference, ())
    return next((each.places[heading] for heading in headings if heading in each.places), each.places[publish.CASE])


def _day(starts: str) -> date:
    return date.fromisoformat(starts[:10])
