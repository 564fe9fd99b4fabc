"""From the words of a command line to the panel's advice and the officer's decision, and to the answer shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.console.options import read_date
from senco.deferred import dataclass
from senco.errors import NotFound, WrongUse
from senco.requests import advising, conduct, decision_render, questions, records, rules
from senco.requests.outcomes import Advised, Casting, Decided, Reason, ReasonKind, Record, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from senco.console.desk import Desk, Format
    from senco.console.listing import Answer, Card, Listing
    from senco.requests.kinds import ModerationLine
    from senco.store.doors import Ask

_WHOSE = {Record.MODERATION: "the cluster's", Record.RECOMMENDATION: "the panel's", Record.DECISION: "the officer's"}


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """Lines of reasons as typed, each option once or more often."""

    met: Sequence[str] = ()
    not_met: Sequence[str] = ()
    evidence: Sequence[str] = ()
    condition: Sequence[str] = ()
    advice: Sequence[str] = ()
    wanted: Sequence[str] = ()

    def lines(self) -> tuple[Reason, ...]:
        """Give them as lines; raises BadInput for advice or a day that cannot be read."""
        plain = (
            (ReasonKind.MET, self.met),
            (ReasonKind.NOT_MET, self.not_met),
            (ReasonKind.EVIDENCE, self.evidence),
            (ReasonKind.CONDITION, self.condition),
        )
        told = [Reason(kind, text) for kind, texts in plain for text in texts]
        for text in self.advice:
            what, who, by = conduct.advice(text)
            told.append(Reason(ReasonKind.ADVICE, what, who, read_date(by).isoformat() if by else None))
        return (*told, *(Reason(ReasonKind.WANTED, text) for text in self.wanted))


@dataclass(frozen=True, slots=True)
class Told:
    """What a command line says of an outcome, of the panel or of the officer; pence as ``award.means`` has it."""

    outcome: Verdict | None
    reason: str
    amount: int | None
    first: date | None
    last: date | None
    words: ReasonWords


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a command line says of the officer's decision besides its outcome; ``on`` is its day, None for today."""

    officer: str
    review: date | None
    as_advised: str
    on: date | None
    by: date | None
    undo: bool


def recommend(desk: Desk, reference: str, told: Told, *, meeting: str, votes: str, casting: Casting | None,
              chair: str, moderating_chair: str, undo: bool) -> Answer:  # fmt: skip
    """Record the panel's advice on a request, or take it back."""
    from senco.requests import deciding

    if undo:
        with desk.changing("request.recommend-undo") as change:
            line = deciding.take_back_recommendation(change, reference, told.reason, desk.today)
        desk.say(f"Took back the advice on {line.request}.")
        return decision_render.recommendation(line, [])
    advised = Advised(
        verdict=_said(told),
        reason=told.reason,
        amount_pence=told.amount,
        awarded_from=told.first,
        awarded_to=told.last,
        votes=rules.votes_of(votes),
        casting=casting,
        chair=chair,
        moderating_chair=moderating_chair,
        reasons=told.words.lines(),
    )
    with desk.changing("request.recommend") as change:
        line = deciding.recommend(change, reference, advised, desk.today, meeting=meeting)
        reasons = records.reasons(change.ask, Record.RECOMMENDATION, line.number)
        warned = advising.warnings(desk, change.ask, advising.said([line]))
    desk.say(f"The panel recommends on {line.request}: {advised.verdict.said}. The officer decides.")
    _warn(desk, warned)
    return decision_render.recommendation(line, reasons)


def decide(
    desk: Desk, reference: str, told: Told, held: Ruled
) -> Answer:  # fmt: skip
    """Record the officer's decision on a request, or on all that a panel advised on; or take one back."""
    from senco.requests import deciding

    if held.as_advised:
        with desk.changing("requests.decide") as change:
            lines = deciding.decide_as_advised(change, held.as_advised, held.officer, desk.today, held.on)
            warned = advising.warnings(desk, change.ask, advising.said(lines))
        desk.say(f"Decided {len(lines)} as the panel advised.")
        _warn(desk, warned)
        return decision_render.decided(lines)
    if not reference:
        raise WrongUse(
            "requests.which-request", "No request is named.", "Name one, or a panel with --as-advised, or --live."
        )
    if held.undo:
        with desk.changing("request.decide-undo") as change:
            line = deciding.take_back_decision(change, reference, told.reason, desk.today)
        desk.say(f"Took back the decision on {line.request}.")
        return decision_render.decision(line, [])
    money = (told.amount, told.first, told.last, held.review)
    decided = Decided(_said(told), told.reason, held.officer, *money, told.words.lines(), held.by)
    with desk.changing("request.decide") as change:
        line = deciding.decide(change, reference, decided, desk.today, held.on)
        reasons = records.reasons(change.ask, Record.DECISION, line.number)
        warned = advising.warnings(desk, change.ask, advising.said([line]))
    rest = "" if line.meeting else " It was decided outside a meeting: the next panel is to ratify it."
    desk.say(f"Decided {line.request}: {decided.verdict.said}.{rest}")
    _warn(desk, warned)
    return decision_render.decision(line, reasons)


def present(
    desk: Desk, meeting: str, *, cluster: str, schools: Sequence[str], offices: Sequence[str], gone: bool
) -> Answer:
    """Write down who is there; where nobody is named, only show who is written down, and leave no line in the trail."""
    from senco.requests import panels

    if not (schools or offices):
        from senco.meetings import questions as meetings

        with desk.reading() as ask:
            held = meetings.meeting_named(ask, meeting) if cluster else panels.panel_named(ask, meeting)
            day = date.fromisoformat(held.starts[:10])
            theirs = questions.cluster_meant(ask, cluster, held.year, day) if cluster else ""
            return decision_render.presence(records.present(ask, held.reference, theirs))
    from senco.requests import presiding

    with desk.changing("requests.present") as change:
        lines = presiding.note_presence(change, meeting, cluster=cluster, schools=schools, offices=offices, gone=gone)
    return decision_render.presence(lines)


def live(desk: Desk, reference: str, meeting: str, officer: str) -> Answer:
    """Hold the officer's sitting; raises WrongUse ``requests.live-alone`` beside a request, and what it raises."""
    from senco.requests import live_room

    if reference:
        raise WrongUse(
            "requests.live-alone",
            "A sitting goes through all that waits, and one request is named.",
            "Leave the request out, or --live.",
        )
    return live_room.officer(desk, meeting, officer)


def whole(desk: Desk, reference: str) -> Card:
    """Lay out one request with all three records, its interests and its reviews."""
    from senco.requests import render

    with desk.reading() as ask:
        case = questions.case_named(ask, reference)
        found = questions.moderations(ask, case.reference), questions.interests(ask, case.reference)
        card = render.request(case, *questions.numbered(*found))
        told = (
            decision_render.advised(records.recommendations(ask, case.reference)),
            decision_render.decisions_of_one(records.decisions(ask, case.reference)),
        )
        reasons = _reasons(ask, case.reference, found[0])
        out = records.panel_interests(ask, case.reference)
        after = records.afterwards(ask, case.reference)
    more = (
        *reasons,
        *card.listings[1:],
        *([decision_render.interests_at_panels(out)] if out else []),
        *([decision_render.afterwards(after)] if after else []),
    )
    return replace(card, listings=(*card.listings[:1], *told, *more))


def _reasons(ask: Ask, reference: str, moderations: Sequence[ModerationLine]) -> list[Listing]:
    """Lay out the reasons, line by line, of each of the three records that stands and has any."""
    found = next((each for each in reversed(moderations) if each.living), None)
    standing = (
        (Record.MODERATION, "moderation_reasons", found),
        (Record.RECOMMENDATION, "recommendation_reasons", records.advice_standing(ask, reference)),
        (Record.DECISION, "reasons", records.decision_standing(ask, reference)),
    )
    listings = []
    for record, name, line in standing:
        if line is not None and (lines := records.reasons(ask, record, line.number)):
            listings.append(replace(decision_render.reason_lines(lines, of=_WHOSE[record]), name=name))
    return listings


def record(
    desk: Desk, file: Path, *, chair: str, moderating_chair: str, dry_run: bool, yes: bool, form: Format
) -> None:
    """Take in a filled-in agenda: plan, show, ask, apply. The same file a second time changes nothing."""
    from senco.requests.recording import BLANK, UNCHANGED, Chairs, take_in
    from senco.requests.returning import read_agenda
    from senco.sheets.reading import read_book

    filled = read_agenda(read_book(file), desk.today)
    chairs = Chairs(chair, moderating_chair)
    with desk.changing("requests.record", rehearsal=True) as change:
        plan = take_in(change, filled, chairs, desk.today)
        advice = [records.advice_standing(change.ask, each.request) for each in plan if each.amount_pence]
        warned = advising.warnings(desk, change.ask, advising.said(line for line in advice if line))
    desk.show(decision_render.steps(plan), form=form)
    said = decision_render.steps_said(plan)
    if all(each.step in {UNCHANGED, BLANK} for each in plan):
        desk.say(f"{filled.meeting}: {said}. Nothing to change.")
        return
    _warn(desk, warned)
    if dry_run:
        desk.say(f"{filled.meeting}: {said}. This was the plan only: nothing was changed.")
        return
    if not yes and desk.at_terminal:
        desk.show_now()
    desk.confirm("Apply this plan?", flag="--yes", given=yes)
    with desk.changing("requests.record") as change:
        done = take_in(change, filled, chairs, desk.today)
    desk.say(f"{filled.meeting}: {decision_render.steps_said(done)}.")


def agenda(desk: Desk, *, panel: str, meeting: str, cluster: str, out: Path) -> Answer:
    """Write the agenda of a panel or of a cluster's sitting: a workbook, or a text for the clerk."""
    from senco.files import write_whole
    from senco.requests import agendas, publish, render

    if bool(panel) == bool(meeting and cluster):
        raise WrongUse(
            "requests.which-agenda",
            "It is not said whose agenda is meant.",
            "Give --panel PANEL, or --meeting MEETING with --cluster CLUSTER.",
        )
    with desk.reading() as ask:
        found = agendas.agenda(ask, panel) if panel else agendas.cluster_agenda(ask, meeting, cluster)
        criteria = records.criteria(ask, date.fromisoformat(found.starts[:10]))
    if out.suffix.casefold() == ".md":
        data = publish.clerk_text(found).encode("utf-8")
    elif out.suffix.casefold() == ".xlsx":
        data = publish.agenda_bytes(found, made_on=desk.today, criteria=criteria)
    else:
        raise WrongUse("requests.file-kind", f"{out.name} is neither .xlsx nor .md.", "Give one of the two.")
    write_whole(out, data)
    desk.say(f"Wrote {out}: {render.agenda_said(found)}.")
    return render.agenda(found)


def pack(desk: Desk, meeting: str, cluster: str, school: str, out: Path) -> None:
    """Write the papers that one school may see."""
    from senco.files import write_whole
    from senco.meetings import questions as meetings
    from senco.requests import packs, publish

    with desk.reading() as ask:
        found, who, sits = packs.pack(ask, meeting, cluster, school)
        own = packs.own_requests(ask, who.urn, meetings.meeting_named(ask, meeting).year)
    if not (sits or own):
        raise NotFound(
            "requests.no-pack", f"{who.name} does not sit at {found.panel} and has no request.", "Name another school."
        )
    write_whole(out, publish.pack_bytes(found, who.name, own, made_on=desk.today, sits=sits))
    hidden = sum(not each.school for each in found.items)
    desk.say(
        f"Wrote {out} for {who.name}: {len(found.items)} items, {hidden} of them not shown; {len(own)} of its own."
    )


def _warn(desk: Desk, warnings: Sequence[str]) -> None:
    for each in warnings:
        desk.say(each)


def _said(told: Told) -> Verdict:
    if told.outcome is None or not told.reason:
        raise WrongUse("requests.outcome-missing", "An outcome needs --outcome and --reason.", "Say what, and why.")
    return told.outcome
