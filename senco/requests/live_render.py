"""A live panel and the officer's sitting on the screen: large, plain, within 24 lines, and no child on any of them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from senco.console.listing import Card
from senco.dates import say_date
from senco.money import say_pounds
from senco.privacy import clean_block
from senco.requests import awarding, render, rules
from senco.requests.awarding import AwardMeans
from senco.requests.decision_render import KINDS
from senco.requests.live_kinds import Door, OfficerCase, OutsideCase, PanelCase, ReadBack
from senco.requests.outcomes import ReasonKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.requests.live_kinds import LiveSummary, Matter, Shown
    from senco.requests.outcomes import Reason, ReasonLine

_LABEL = 11
_MENU = 7  # lines below the screen: the question, its answers, the ways out, the prompt
_NARROWEST = 20
_CUT_LAST = frozenset({"Why", "Lines", "Cluster", "URGENT", "Interests"})
_LONGEST = 100  # characters in a line: longer ones are hard to follow on a wall

Fact = tuple[str, str]
Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Screen:
    """What one screen says: its head, labelled facts one below the other, then facts side by side under two heads."""

    head: str
    facts: Sequence[Fact]
    pairs: Sequence[Pair] = ()
    heads: tuple[str, str] = ("", "")


def screen_of(shown: Shown, *, left: int) -> Screen:
    """Give what the screen says of what is shown; nothing in it says who a child is."""
    if isinstance(shown, Door):
        return _door(shown)
    if isinstance(shown, PanelCase):
        place = shown.place
        head = f"{place.reference}   {shown.meeting}   item {place.number} of {place.of}, {render.left_said(left)}"
        return Screen(head, [*_matter_facts(shown.matter), *_panel_facts(shown)])
    if isinstance(shown, OfficerCase):
        head = f"{shown.matter.case.reference}   the officer's decision   {render.left_said(left)}"
        pairs = _pairs(shown)
        return Screen(head, _matter_facts(shown.matter), pairs, ("The cluster found", "The panel recommends"))
    if isinstance(shown, OutsideCase):
        return _outside(shown)
    return _read_back(shown)


def whole(case: PanelCase | OfficerCase) -> str:
    """Say everything of a case, in labelled lines: what a screen of 24 lines may have cut short."""
    matter = case.matter
    facts = list(screen_of(case, left=1).facts)
    facts += [("Found", _line_said(each)) for each in matter.found_reasons]
    facts += [("Evidence", each) for each in matter.evidence] or [("Evidence", "none listed")]
    lines = _labelled(facts)
    if isinstance(case, OfficerCase):
        lines += ["The cluster found", *_labelled((label, text) for label, text, _ in _pairs(case) if text)]
        lines += ["The panel recommends", *_labelled((label, text) for label, _, text in _pairs(case) if text)]
    return "\n".join(lines)


def lines(shown: Shown, *, left: int, before: str) -> str:
    """Draw a screen as labelled lines: for a screen reader, and for what is no terminal."""
    screen = screen_of(shown, left=left)
    told = ["", *([before] if before else []), screen.head, *_labelled(screen.facts)]
    for place, head in enumerate(screen.heads, start=1):
        if head:
            told += [f"{head}:", *_labelled((pair[0], pair[place]) for pair in screen.pairs if pair[place])]
    return "\n".join(told)


def drawn(shown: Shown, *, left: int, before: str, width: int, height: int, colour: bool) -> str:
    """Draw what is shown on a cleared screen of its own."""
    return draw(screen_of(shown, left=left), before=before, width=width, height=height, colour=colour)


def draw(screen: Screen, *, before: str, width: int, height: int, colour: bool) -> str:
    """Draw a cleared screen for a projector; the longest texts are cut until it fits, and `more` says them whole."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    buffer = StringIO()
    console = Console(
        file=buffer, width=width, force_terminal=True, no_color=not colour, emoji=False, markup=False, highlight=False
    )
    console.clear()
    if before:
        console.print(Text(clean_block(before), style="green"), no_wrap=True, overflow="ellipsis")
    head = f" {screen.head} ".ljust(width - 1)
    console.print(Text(head, style="bold white on blue" if colour else "bold reverse"), no_wrap=True, overflow="crop")
    room = height - _MENU - 1 - bool(before)
    for label, columns in _fitted(screen, min(width, _LABEL + _LONGEST), room):
        alone = len(columns) == 1
        style = "bold red" if label == "URGENT" else "bold"
        for row in range(_height(columns)):
            text = Text((label if not row else "").rjust(_LABEL) + "  ", style="dim" if style == "bold" else style)
            for place, told in enumerate(columns):
                said = told[row] if row < len(told) else ""
                padded = said if alone or place else said.ljust(_half(min(width, _LABEL + _LONGEST)))
                text.append(padded, style=style if label else "bold underline")
            console.print(text, no_wrap=True, overflow="crop")
    return buffer.getvalue()


def panel_summary(line: LiveSummary) -> Card:
    """Lay out how a live panel ended."""
    return Card("panel", line, line.meeting, [*_counts(line), ("Recommended", _said(line)), _agreed(line)])


def officer_summary(line: LiveSummary) -> Card:
    """Lay out how an officer's sitting ended."""
    title = f"Decisions on the advice of {line.meeting}" if line.meeting else "Decisions"
    return Card("decisions", line, title, [*_counts(line), ("Decided", _said(line)), _agreed(line)])


def _door(door: Door) -> Screen:
    place = door.place
    urge = [("Leave", "\n".join(place.leave) or "nobody")]
    urge += [("Come back", "\n".join(door.back))] if door.back else []
    urge += [("", ""), ("Next", f"{place.reference} is shown when the room is right.")]
    return Screen(f"{place.reference}   {door.meeting}   item {place.number} of {place.of}", urge)


def _matter_facts(matter: Matter) -> list[Fact]:
    case = matter.case
    year = rules.year_said(case.type, case.year_group)
    who = "mixed years" if year == "mixed" else f"year {year}" if year else "year not given"
    many = "" if case.pupils is None else f", {case.pupils} pupils"
    facts = [
        ("School", f"{case.school} ({case.cluster}), {who}, {case.type}{many}"),
        ("Needs", f"{render.needs_said(case.needs)}; {render.STATUSES.get(case.sen_status, case.sen_status)}"),
        ("Provision", case.provision_asked),
        ("Money", f"cost {say_pounds(case.cost_pence)}, asked {say_pounds(case.asked_pence)} a year; {_limit(matter)}"),
    ]
    if case.asked_from and case.asked_to:
        facts.append(("For", _span(case.asked_from, case.asked_to)))
    if case.urgent:
        facts.append(("URGENT", case.urgent_because))
    return facts


def _panel_facts(shown: PanelCase) -> list[Fact]:
    found = shown.matter.found
    facts = [("Cluster", "has not heard it: urgent")]
    if found:
        facts = [("Cluster", f"{_found(found.outcome, found.level, found.votes)}: {found.reason}")]
    if shown.earlier:
        told = shown.earlier
        facts.append(("Before", f"{Verdict(told.outcome).said} at {told.meeting}: {told.reason}"))
    facts.append(("Out", "; ".join(shown.place.leave) or "nobody has an interest"))
    if shown.silent:
        facts.append(("No vote", "; ".join(shown.silent)))
    chair = "to be named" if shown.chair_trouble else shown.moderating_chair or shown.chair
    votes = "" if shown.voters is None else f"; {shown.voters} may vote"
    facts.append(("Chair", f"{chair}{votes}"))
    return facts


def _pairs(shown: OfficerCase) -> list[Pair]:
    found, advice = shown.matter.found, shown.advice
    amount = _amount(advice.amount_pence, advice.means)
    pairs = [
        (
            "Outcome",
            _found(found.outcome, found.level, "") if found else "has not heard it: urgent",
            f"{Verdict(advice.outcome).said}{amount}",
        )
    ]
    if advice.awarded_from and advice.awarded_to:
        pairs.append(("For", "", _span(advice.awarded_from, advice.awarded_to)))
    pairs += [
        ("Why", found.reason if found else "", advice.reason),
        ("Lines", _joined(shown.matter.found_reasons), _joined(shown.advice_reasons)),
        (
            "Votes",
            (found.votes or "none counted") if found else "",
            (advice.votes or "none counted") + (f", casting vote {advice.casting}" if advice.casting else ""),
        ),
        (
            "Chair",
            (found.moderating_chair or found.chair) if found else "",
            advice.moderating_chair or advice.chair,
        ),
    ]
    return pairs


def _outside(shown: OutsideCase) -> Screen:
    case, told = shown.case, shown.decision
    amount = _amount(told.amount_pence, told.means)
    facts = [
        ("School", f"{case.school} ({case.cluster})"),
        ("Asked", f"{say_pounds(case.asked_pence)} a year"),
        ("URGENT", case.urgent_because or "no"),
        ("Decided", f"{Verdict(told.outcome).said}{amount}, outside a meeting"),
        ("Officer", told.officer),
        ("Why", told.reason),
    ]
    return Screen(f"{case.reference}   {shown.meeting}   to be ratified", facts)


def _read_back(shown: ReadBack) -> Screen:
    told = shown.said
    facts = [("Outcome", told.verdict.said)]
    if told.amount_pence is not None and told.first and told.last:
        span = _span(told.first.isoformat(), told.last.isoformat())
        per = AwardMeans(shown.means).per
        facts += [("Amount", f"{say_pounds(told.amount_pence)} {per}"), ("For", span)]
    facts.append(("Why", told.reason))
    facts += [(KINDS[each.kind].capitalize(), _reason_said(each)) for each in told.reasons]
    if told.votes:
        facts.append(("Votes", f"{told.votes}" + (f", casting vote {told.casting}" if told.casting else "")))
    facts = [(_SHORT.get(label, label), text) for label, text in facts]
    return Screen(f"{shown.case.reference}   to be recorded", facts)


_SHORT = {
    KINDS[kind].capitalize(): short
    for kind, short in (
        (ReasonKind.MET, "Met"),
        (ReasonKind.NOT_MET, "Not met"),
        (ReasonKind.EVIDENCE, "Evidence"),
        (ReasonKind.CONDITION, "Condition"),
        (ReasonKind.ADVICE, "Advice"),
        (ReasonKind.WANTED, "Wanted"),
    )
}


def _fitted(screen: Screen, width: int, room: int) -> list[tuple[str, list[list[str]]]]:
    """Wrap every fact, then cut the longest, line by line, until all of them fit the room there is."""
    half = _half(width)
    rows = [(label, [_wrapped(text, width - _LABEL - 3)]) for label, text in screen.facts]
    if screen.pairs:
        rows.append(("", [[screen.heads[0]], [screen.heads[1]]]))
        rows += [(label, [_wrapped(one, half - 2), _wrapped(other, half)]) for label, one, other in screen.pairs]
    while sum(_height(columns) for _, columns in rows) > room:
        long = [row for row in rows if _height(row[1]) > 1]
        if not long:
            break
        _, longest = max([row for row in long if row[0] not in _CUT_LAST] or long, key=lambda row: _height(row[1]))
        height = _height(longest) - 1
        for place, told in enumerate(longest):
            if len(told) > height:
                columns = width - _LABEL - 3 if len(longest) == 1 else half if place else half - 2
                longest[place] = [*told[: height - 1], _cut(told[height - 1], columns)]
    return rows


def _height(columns: Sequence[Sequence[str]]) -> int:
    return max(map(len, columns))


def _cut(line: str, width: int) -> str:
    """Say that a line goes on, whole words before it."""
    words = line.removesuffix(" …")
    while len(words) > width - 2 and " " in words:
        words = words.rpartition(" ")[0]
    return f"{words[: width - 2]} …"


def _wrapped(text: str, width: int) -> list[str]:
    told: list[str] = []
    for part in clean_block(text).split("\n"):
        told += textwrap.wrap(part, max(width, _NARROWEST), break_on_hyphens=False) or [""]
    return told


def _half(width: int) -> int:
    return max((width - _LABEL - 3) // 2, _NARROWEST)


def _labelled(facts: Iterable[Fact]) -> list[str]:
    return [f"{label}: {clean_block(text)}" for label, text in facts if label]


def _limit(matter: Matter) -> str:
    return render.limit_said(
        matter.case,
        threshold_pence=matter.threshold_pence,
        threshold_means=matter.threshold_means,
        element2_pence=matter.element2_pence,
        element2_group=matter.element2_group,
    )


def _found(outcome: str, level: str, votes: str) -> str:
    return f"{outcome.replace('-', ' ')}, {level}{f' ({votes})' if votes else ''}"


def _joined(reasons: Iterable[ReasonLine]) -> str:
    return "; ".join(_line_said(each) for each in reasons)


def _line_said(line: ReasonLine) -> str:
    said = f"{KINDS[ReasonKind(line.kind)]}: {line.text}"
    by = f" by {say_date(date.fromisoformat(line.due_on))}" if line.due_on else ""
    return f"{said} ({line.owner}{by})" if line.owner else said


def _reason_said(told: Reason) -> str:
    by = f" by {say_date(date.fromisoformat(told.due_on))}" if told.due_on else ""
    return f"{told.text} ({told.owner}{by})" if told.owner else told.text


def _amount(pence: int | None, means: str) -> str:
    return "" if pence is None else f", {say_pounds(pence)} {AwardMeans(means).per}"


def _span(first: str, last: str) -> str:
    return f"{say_date(date.fromisoformat(first))} to {say_date(date.fromisoformat(last))}"


def _counts(line: LiveSummary) -> list[Fact]:
    return [
        ("Recorded now", str(line.recorded)),
        ("Taken back", str(line.taken_back)),
        ("Skipped", str(line.skipped)),
        ("Still waiting", str(line.left)),
    ]


def _said(line: LiveSummary) -> str:
    return ", ".join(f"{count} {Verdict(outcome).said}" for outcome, count in line.outcomes.items()) or "nothing"


def _agreed(line: LiveSummary) -> Fact:
    return ("Agreed in all", awarding.summed((pence, means) for means, pence in line.agreed_pence.items()))


def urgent_said(references: Sequence[str]) -> str:
    """Say which urgent requests an officer may decide without a panel's advice."""
    return f"Urgent, without a panel's advice yet: {', '.join(references)}. `senco requests decide REF` decides one."
