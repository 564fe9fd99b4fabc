"""Requests as people see them: lists, one request whole, and a case on the screen of a sitting."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from senco.console.listing import Card, Column, Listing
from senco.dates import from_utc, say_date, say_times
from senco.money import say_pounds
from senco.privacy import clean_block
from senco.requests import areas, contribution, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.console.desk import Desk
    from senco.requests.kinds import (
        Agenda,
        CaseLine,
        Hearing,
        InterestLine,
        ModerationLine,
        RequestLine,
        SittingSummary,
    )

STATUSES = {
    "N": "N, no SEN provision",
    "K": "K, SEN support",
    "E": "E, EHC plan",
    "assessing": "being assessed for a plan",
}


_DECIDED = {
    "agreed-lower": "agreed lower",
    "agreed-with-conditions": "with conditions",
    "declined-with-support": "declined",
}


def requests(lines: Sequence[RequestLine]) -> Listing:
    """Lay out requests as a table."""
    return Listing(
        "requests",
        lines,
        (
            Column("Request", lambda line: line.reference),
            Column("Cluster", lambda line: line.cluster, keep=2),
            Column("School", lambda line: line.school, keep=2, whole=False),
            Column("Year", lambda line: rules.year_said(line.type, line.year_group), keep=4),
            Column("Needs", lambda line: " ".join(line.needs), keep=3),
            Column("Status", lambda line: line.sen_status, keep=6),
            Column("Type", lambda line: line.type, keep=7),
            Column("Cost", lambda line: say_pounds(line.cost_pence), align="right", keep=5),
            Column("Asked", lambda line: say_pounds(line.asked_pence), align="right"),
            Column("Urgent", lambda line: "urgent" if line.urgent else "", keep=3),
            Column("Meeting", lambda line: line.meeting, keep=4),
            Column("Stage", lambda line: line.stage),
            Column("Outcome", lambda line: line.outcome, keep=1),
            Column("Decision", decided, keep=1),
        ),
        empty="No request. `senco requests add` takes one in.",
    )


def decided(line: RequestLine) -> str:
    """Say what the officer decided, and how much is agreed, as a list has room for it; "" before a decision."""
    said = _DECIDED.get(line.decision, line.decision)
    return said if line.decided_pence is None else f"{said} {say_pounds(line.decided_pence, short=True)}"


def due(desk: Desk) -> Listing:
    """Lay out what is to be done by when."""
    from senco.requests import decision_render, dues

    with desk.reading() as ask:
        return decision_render.dues(dues.dues(ask, desk.today))


def request(case: CaseLine, moderations: Sequence[ModerationLine], interests: Sequence[InterestLine]) -> Card:
    """Lay out one request whole, with every outcome it was given and the interests recorded with them."""
    facts = [
        ("School", case.school),
        ("Cluster", f"{case.cluster}, {case.year}"),
        ("Stage", case.stage),
        ("Meeting", case.meeting or "none planned yet"),
        ("Type", case.type if case.pupils is None else f"{case.type}, {case.pupils} pupils"),
        ("Year group", rules.year_said(case.type, case.year_group) or "not given"),
        ("Needs", needs_said(case.needs)),
        ("Area of need", areas.said(case.needs, case.areas)),
        ("Status", STATUSES.get(case.sen_status, case.sen_status)),
        ("Provision", case.provision_asked),
        ("Cost", f"{say_pounds(case.cost_pence)} a year"),
        ("Asked", f"{say_pounds(case.asked_pence)} a year"),
        ("For", _span(case) or "not said"),
        ("Urgent", case.urgent_because or "no"),
        ("Consent", _consent(case)),
        ("Submitted", say_date(date.fromisoformat(case.submitted_on))),
    ]
    # The reason is a column as well, but on a narrow screen the columns of who, when and how it was voted come first.
    facts += [("Outcome's reason", line.reason) for line in moderations if line.living]
    rows = Listing(
        "moderations",
        moderations,
        (
            Column("No.", lambda line: str(line.number), align="right", keep=3),
            Column("When", lambda line: say_date(from_utc(datetime.fromisoformat(line.made_at)).date())),
            Column("Outcome", lambda line: "taken back" if line.taken_back else line.outcome),
            Column("Level", lambda line: line.level),
            Column("Votes", lambda line: votes_said(line.votes, line.casting) if line.votes else ""),
            Column("Chair", lambda line: line.moderating_chair or line.chair, whole=False),
            Column("Reason", lambda line: line.reason, keep=1, whole=False),
            Column("Stands", lambda line: "yes" if line.living else "", keep=2),
        ),
        title="What the cluster found",
        empty="The cluster has not heard it.",
    )
    declared = Listing(
        "interests",
        interests,
        (
            Column("Outcome no.", lambda line: str(line.moderation), align="right"),
            Column("School", lambda line: line.school, whole=False),
            Column("Ground", lambda line: line.ground.replace("-", " ")),
            Column("State", lambda line: line.state, keep=1),
        ),
        title="Interests",
        empty="None recorded.",
    )
    return Card("request", case, case.reference, facts, (rows, declared))


def moderation(line: ModerationLine) -> Card:
    """Lay out one row of a cluster's outcome."""
    facts = [
        ("Outcome", "taken back" if line.taken_back else line.outcome),
        ("Level", line.level or "none"),
        ("Reason", line.reason),
        ("Votes", votes_said(line.votes, line.casting)),
        ("Meeting", line.meeting),
        ("Chair", line.chair),
        ("Moderating chair", line.moderating_chair or "none"),
    ]
    return Card("moderation", line, line.request, facts)


def summary(line: SittingSummary) -> Card:
    """Lay out how a sitting ended."""
    facts = [
        ("Recorded now", str(line.recorded)),
        ("Taken back", str(line.taken_back)),
        ("Skipped", str(line.skipped)),
        ("Still to hear", str(line.left)),
        ("Predictable", str(line.predictable)),
        ("Below threshold", f"{line.below_threshold_with_plan}, with a plan"),
        ("Borderline", str(line.borderline)),
        ("Exceptional", str(line.exceptional)),
    ]
    return Card("sitting", line, f"{line.cluster} at {line.meeting}", facts)


def agenda(found: Agenda) -> Card:
    """Lay out the agenda of a panel or a cluster's sitting."""
    starts = datetime.fromisoformat(found.starts)
    facts = [
        ("When", f"{say_date(starts.date())}, {say_times(starts.time(), datetime.fromisoformat(found.ends).time())}"),
        ("Where", found.venue or "not said"),
        ("Requests", str(len(found.items))),
        ("Cost", say_pounds(sum(each.cost_pence for each in found.items))),
        ("Asked", say_pounds(sum(each.asked_pence for each in found.items))),
        ("Carried over", ", ".join(found.beyond) or "none"),
        ("To be ratified", ", ".join(found.ratify) or "none"),
        ("Seal", found.seal),
    ]
    items = Listing(
        "items",
        found.items,
        (
            Column("No.", lambda item: str(item.number), align="right"),
            Column("Request", lambda item: item.reference),
            Column("Cluster", lambda item: item.cluster, keep=2),
            Column("School", lambda item: item.school, keep=1, whole=False),
            Column("Area of need", lambda item: _first_area(item.areas), keep=5, whole=False),
            Column("Asked", lambda item: say_pounds(item.asked_pence), align="right"),
            Column("Outcome", lambda item: item.outcome),
            Column("Level", lambda item: item.level, keep=3),
            Column("Stays out", lambda item: "; ".join(item.interests), keep=4, whole=False),
        ),
        empty="No request waits for this panel.",
        notes=found.notes,
    )
    title = f"{found.panel}, {found.cluster}" if found.cluster else found.panel
    return Card("agenda", found, title, facts, (items,))


def agenda_said(found: Agenda) -> str:
    """Say in a few words what an agenda holds and what it leaves for later."""
    count = len(found.items)
    said = f"{count} request{'' if count == 1 else 's'}"
    return f"{said}; {len(found.beyond)} carried over beyond the cap of {found.cap}" if found.beyond else said


def heard_at(line: RequestLine) -> str:
    """Say where a request will be heard."""
    if not line.meeting:
        return f"listed for no meeting: {line.cluster} has none planned from then on"
    return f"to be heard by {line.cluster} at {line.meeting}"


def case_facts(hearing: Hearing) -> list[tuple[str, str]]:
    """Give the labelled facts of a case, the ones a meeting argues about; none of them says who the child is."""
    case, sitting = hearing.case, hearing.sitting
    limit = limit_said(
        case,
        threshold_pence=sitting.threshold_pence,
        threshold_means=sitting.threshold_means,
        element2_pence=sitting.element2_pence,
        element2_group=sitting.element2_group,
    )
    facts = [
        ("School", case.school),
        ("Year group", rules.year_said(case.type, case.year_group) or "not given"),
        ("Needs", needs_said(case.needs)),
        ("Status", STATUSES.get(case.sen_status, case.sen_status)),
        ("Type", case.type if case.pupils is None else f"{case.type}, {case.pupils} pupils"),
        ("Provision", case.provision_asked),
        ("Cost", f"{say_pounds(case.cost_pence)} a year"),
        ("Asked", f"{say_pounds(case.asked_pence)} a year"),
        ("Threshold", limit),
    ]
    if span := _span(case):
        facts.append(("For", span))
    if case.urgent:
        facts.append(("URGENT", case.urgent_because))
    out: dict[str, list[str]] = {}
    for each in hearing.interests:
        out.setdefault(each.school, []).append(each.ground.value.replace("-", " "))
    told = [f"{school} ({', '.join(grounds)})" for school, grounds in out.items()]
    facts.append(("Interests", "\n".join([*told, "stay out of this case and do not vote"]) if told else "none"))
    chairs = "to be named" if hearing.chair_trouble else (hearing.moderating_chair or sitting.chair).name
    facts.append(("Chair", chairs))
    return facts


def limit_said(
    case: CaseLine, *, threshold_pence: int, threshold_means: str, element2_pence: int, element2_group: str
) -> str:
    """Say whether a case's cost, or its top-up, reaches the threshold; for a group, that of all its pupils."""
    often = contribution.times(case.type, case.pupils, group=element2_group)
    threshold = threshold_pence * max(often, contribution.ONCE)
    reached = rules.above_threshold(
        case.cost_pence,
        threshold_pence=threshold,
        element2_pence=element2_pence * often,
        means=threshold_means,
    )
    held = "top-up" if threshold_means == "top-up" else "cost"
    limit = say_pounds(threshold, short=True) + (f" for {often} pupils" if often > contribution.ONCE else "")
    return f"{held} {'reaches' if reached else 'is below'} {limit}"


def case_lines(hearing: Hearing, *, left: int, before: str) -> str:
    """Draw a case as labelled lines: for a screen reader, and for what is no terminal."""
    lines = ["", *([before] if before else []), f"{hearing.case.reference} ({left_said(left)})"]
    lines += [f"{label}: {clean_block(text)}" for label, text in case_facts(hearing)]
    return "\n".join(lines)


def case_screen(hearing: Hearing, *, left: int, before: str, width: int, height: int, colour: bool) -> str:
    """Draw a case for a projector: a cleared screen, one fact below the other, cut to a terminal's size."""
    from senco.requests import live_render

    head = f"{hearing.case.reference}   {hearing.sitting.cluster}   {hearing.sitting.meeting}   {left_said(left)}"
    screen = live_render.Screen(head, case_facts(hearing))
    return live_render.draw(screen, before=before, width=width, height=height, colour=colour)


def needs_said(codes: Sequence[str]) -> str:
    """Give needs in words, the first first, each with its code."""
    return "; ".join(f"{code}, {rules.NEEDS[code]}" if code in rules.NEEDS else code for code in codes)


def votes_said(votes: str, casting: str) -> str:
    """Give votes in words, with the chair's where it broke a tie."""
    return f"{votes or 'none counted'}{f', casting vote {casting}' if casting else ''}"


def _first_area(given: Sequence[str | None]) -> str:
    return (given[0] if given else None) or areas.NO_AREA


def left_said(left: int) -> str:
    """Say how many cases wait, this one included."""
    return f"{left} cases left to hear" if left > 1 else "the last case"


def _span(case: CaseLine) -> str:
    if case.asked_from is None:
        return ""
    last = f" to {say_date(date.fromisoformat(case.asked_to))}" if case.asked_to else " on"
    return f"from {say_date(date.fromisoformat(case.asked_from))}{last}"


def _consent(case: CaseLine) -> str:
    if not case.consent:
        return "not confirmed by the school"
    on = f", given on {say_date(date.fromisoformat(case.consent_on))}" if case.consent_on else ""
    return f"the school holds the parents' consent{on}"
