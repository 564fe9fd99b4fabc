"""Agendas as papers: a workbook that prints and is filled in, a text for the clerk, and what each recipient may see."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from senco.dates import say_date, say_times
from senco.money import say_pounds
from senco.requests import areas, rules
from senco.requests.awarding import AwardMeans
from senco.requests.kinds import Level, Outcome
from senco.requests.outcomes import Casting, Verdict
from senco.sheets.specs import CellSpec, ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.requests.kinds import Agenda, AgendaItem

VERDICTS = tuple(each.said for each in Verdict)
FOUND = {
    Outcome.PREDICTABLE: "predictable",
    Outcome.BELOW_THRESHOLD_WITH_PLAN: "below threshold, has plan",
    Outcome.BORDERLINE: "borderline",
    Outcome.EXCEPTIONAL: "exceptional",
}
CASE, ASKED = "Case", "Asked a year"
RECOMMENDATION, AGREED, FIRST, LAST, VOTES, REASON = "Recommendation", "Agreed £", "From", "To", "Votes", "Reason"
OUTCOME, LEVEL, CASTING = "Outcome", "Level", "Casting vote"
MET, NOT_MET, EVIDENCE, CONDITIONS = "Criteria met", "Criteria not met", "Evidence relied on", "Conditions"
ADVICE, WHO, BY, WANTED = "Advice", "Who", "By when", "Evidence wanted next time"
REASONS_SHEET = "Reasons"
URGENT_FILL = "FBE3D6"
_DEMANDS = (
    "Agreed asks for a criterion that is met; with conditions, for them; declined, for a criterion that is not met and"
    " for advice, with who does it; deferred, for the evidence that is wanted."
)
_HOUR = 60
_LINE = "." * 60

_FACTS = (
    ColumnSpec("No.", width=6),
    ColumnSpec(CASE, width=13),
    ColumnSpec("School"),
    ColumnSpec("Year"),
    ColumnSpec("Needs"),
    ColumnSpec("SEN status"),
    ColumnSpec("Type"),
    ColumnSpec("Cost a year", ColumnKind.POUNDS, wrap=False, total=True),
    ColumnSpec(ASKED, ColumnKind.POUNDS, wrap=False, total=True),
)
_PANEL = (
    *_FACTS,
    ColumnSpec("Cluster's outcome (stage 1)"),
    ColumnSpec("Interests: stay out"),
    ColumnSpec(RECOMMENDATION, choices=VERDICTS, to_fill=True, width=18),
    ColumnSpec(AGREED, to_fill=True, kind=ColumnKind.POUNDS, width=10),
    ColumnSpec(FIRST, to_fill=True, kind=ColumnKind.DATE, width=11),
    ColumnSpec(LAST, to_fill=True, kind=ColumnKind.DATE, width=11),
    ColumnSpec(VOTES, to_fill=True, width=8),
    ColumnSpec(REASON, to_fill=True, width=26),
)
_CLUSTER = (
    *_FACTS,
    ColumnSpec("Interests: stay out"),
    ColumnSpec(OUTCOME, choices=tuple(FOUND.values()), to_fill=True, width=15),
    ColumnSpec(LEVEL, choices=tuple(each.value for each in Level), to_fill=True, width=9),
    ColumnSpec(VOTES, to_fill=True, width=8),
    ColumnSpec(REASON, to_fill=True, width=34),
)
_REASONS = (
    ColumnSpec("No.", width=6),
    ColumnSpec(CASE, width=13),
    ColumnSpec("School"),
    *(ColumnSpec(each, to_fill=True, width=17) for each in (MET, NOT_MET, EVIDENCE, CONDITIONS)),
    ColumnSpec(ADVICE, to_fill=True, width=20),
    ColumnSpec(WHO, to_fill=True, width=13),
    ColumnSpec(BY, to_fill=True, width=11),
    ColumnSpec(WANTED, to_fill=True, width=20),
)


def agenda_bytes(agenda: Agenda, *, made_on: date, criteria: Sequence[str] = ()) -> bytes:
    """Give an agenda as an .xlsx file to be filled in: the same agenda and day give the same bytes."""
    title = title_of(agenda)
    items = SheetSpec(
        name="Agenda",
        title=title,
        lines=tuple(_lines(agenda)),
        columns=_columns(agenda),
        rows=tuple(_row(each, cluster=bool(agenda.cluster)) for each in agenda.items),
        totals="Total" if agenda.items else "",
        notes=tuple(_notes(agenda)),
        freeze_columns=2,
        least_lines=3,
    )
    reasons = SheetSpec(
        name=REASONS_SHEET,
        title=f"{title}: reasons",
        lines=(
            "To be filled in with the first sheet. Several entries in a cell are divided by semicolons.",
            f"The criteria are: {'; '.join(criteria)}.",
            _DEMANDS,
        ),
        columns=_REASONS,
        rows=tuple((each.number, CellSpec(each.reference, bold=True), each.school) for each in agenda.items),
        freeze_columns=2,
        least_lines=3,
    )
    return _bytes((items, reasons), title, agenda, made_on)


def _columns(agenda: Agenda) -> tuple[ColumnSpec, ...]:
    """Give the columns of an agenda; where the chair breaks a tie there is one for that, beside the votes."""
    columns = _CLUSTER if agenda.cluster else _PANEL
    if not agenda.casting:
        return columns
    place = 1 + next(place for place, each in enumerate(columns) if each.heading == VOTES)
    casting = ColumnSpec(CASTING, choices=tuple(each.value for each in Casting), to_fill=True, width=9)
    return (*columns[:place], casting, *columns[place:])


def pack_bytes(
    agenda: Agenda, recipient: str, own: Sequence[Sequence[str | int | None]], *, made_on: date, sits: bool
) -> bytes:
    """Give one recipient's papers: the agenda as far as it is theirs to see, and the requests of their own school.

    An item whose school is "" is one that the recipient stays out of: its row shows nothing else. ``own`` are rows of
    case, year group, needs, cost, asked, stage, what was decided, the amount and what it means; amounts that mean
    different things are not summed.
    """
    alike = len({row[-1] for row in own if row[-1]}) <= 1
    title = f"{title_of(agenda)}, for {recipient}"
    sheets = []
    if sits:
        columns = _FACTS if agenda.cluster else (*_FACTS, ColumnSpec("Cluster's outcome (stage 1)"))
        hidden = sum(not each.school for each in agenda.items)
        notes = [f"{_counted(hidden, 'item')} not shown: {recipient} has an interest and stays out."] if hidden else []
        sheets.append(
            SheetSpec(
                name="Agenda",
                title=title,
                lines=tuple(_lines(agenda)[:2]),
                columns=(*columns, ColumnSpec("Interest")),
                rows=tuple(_pack_row(each, len(columns)) for each in agenda.items),
                totals="Total" if agenda.items else "",
                notes=(*notes, "No child is named on this paper."),
                freeze_columns=2,
            )
        )
    sheets.append(
        SheetSpec(
            name="Your requests",
            title=f"Requests of {recipient}",
            columns=(
                ColumnSpec(CASE, width=13),
                ColumnSpec("Year"),
                ColumnSpec("Needs"),
                ColumnSpec("Cost a year", ColumnKind.POUNDS, wrap=False, total=True),
                ColumnSpec(ASKED, ColumnKind.POUNDS, wrap=False, total=True),
                ColumnSpec("Stage"),
                ColumnSpec("Decision"),
                ColumnSpec("Agreed", ColumnKind.POUNDS, wrap=False, total=alike),
                ColumnSpec("Agreed is"),
            ),
            rows=tuple(tuple(each) for each in own),
            totals="Total" if own else "",
            notes=() if own else ("No request of this year.",),
        )
    )
    return _bytes(tuple(sheets), title, agenda, made_on)


def clerk_text(agenda: Agenda) -> str:
    """Give an agenda as Markdown for whoever takes the minutes: each item with lines to be filled in."""
    lines = [f"# {title_of(agenda)}", "", *(f"{each}  " for each in _lines(agenda)), ""]
    for each in agenda.items:
        marks = [word for word, told in (("carried over", each.carried_over), ("URGENT", each.urgent)) if told]
        lines += [
            f"## {each.number}. {each.reference}, {each.school} ({each.cluster})"
            + (f": {', '.join(marks)}" if marks else ""),
            "",
            f"- {_year(each)}{', '.join(each.needs)}; SEN status {each.sen_status}; {each.type}",
            f"- Area of need: {areas.said(each.needs, each.areas)}",
            f"- Cost {say_pounds(each.cost_pence)} a year; asked {say_pounds(each.asked_pence)} a year",
        ]
        if each.outcome:
            lines.append(f"- The cluster found: {', '.join(_found(each))}")
        out = "; ".join(each.interests) or "nobody"
        blank = "Outcome and level" if agenda.cluster else "Recommendation, amount, from and to"
        casting = [f"- Casting vote of the chair, if the votes are even: {_LINE}"] if agenda.casting else []
        lines += [
            f"- Stays out: {out}",
            f"- {blank}: {_LINE}",
            f"- Votes: {_LINE}",
            *casting,
            f"- Reasons: {_LINE}",
            "",
        ]
    if not agenda.items:
        lines += ["No request waits.", ""]
    cost, asked = (sum(each.cost_pence for each in agenda.items), sum(each.asked_pence for each in agenda.items))
    lines += [f"Total: cost {say_pounds(cost)}, asked {say_pounds(asked)}.", ""]
    lines += [f"- {each}" for each in _notes(agenda)]
    return "\n".join([*lines, "", f"Seal {agenda.seal}", ""])


def title_of(agenda: Agenda) -> str:
    """Give the title of an agenda's paper."""
    whose = f"cluster {agenda.cluster}" if agenda.cluster else "exceptional needs panel"
    return f"{agenda.authority}: {whose}, agenda"


def _bytes(sheets: tuple[SheetSpec, ...], title: str, agenda: Agenda, made_on: date) -> bytes:
    from senco.sheets.writing import workbook_bytes

    footer = f"Confidential: {agenda.panel}" + (f" {agenda.cluster}" if agenda.cluster else "")
    spec = WorkbookSpec(sheets, title=title, footer=footer, seal=f"Seal {agenda.seal}")
    return workbook_bytes(spec, made=datetime.combine(made_on, time(), UTC))


def _lines(agenda: Agenda) -> list[str]:
    starts, ends = datetime.fromisoformat(agenda.starts), datetime.fromisoformat(agenda.ends)
    needed = len(agenda.items) * agenda.minutes
    room = int((ends - starts).total_seconds()) // 60
    which = f"{agenda.panel}, {agenda.cluster}" if agenda.cluster else agenda.panel
    lines = [
        f"{say_date(starts.date())}, {say_times(starts.time(), ends.time())}"
        + (f", {agenda.venue}" if agenda.venue else "")
        + f"   ({which})",
        f"{_counted(len(agenda.items), 'request')}, {agenda.minutes} minutes for each, need {_duration(needed)}"
        + (f"; the meeting has {_duration(room)}" if needed > room else "")
        + f". At most {agenda.cap} in one sitting.",
        f"1. Apologies: {_LINE}",
        f"2. Declarations of interest beyond those listed below: {_LINE}",
        f"3. Minutes of the last meeting: {_LINE}",
        f"4. Matters arising: {_LINE}",
    ]
    if agenda.ratify:
        lines.append(f"To be ratified, decided outside a meeting: {', '.join(agenda.ratify)}.")
    bound = "" if agenda.cluster else " The cluster's outcome informs the panel and does not bind it."
    lines.append(f"5. Confidential session: the requests below.{bound}")
    if agenda.beyond:
        lines.append(f"Carried over to the next sitting, beyond the cap: {_counted(len(agenda.beyond), 'request')}.")
    return lines


def _row(item: AgendaItem, *, cluster: bool) -> tuple[CellSpec | str | int | None, ...]:
    marks = [word for word, told in (("carried over", item.carried_over), ("URGENT", item.urgent)) if told]
    case = CellSpec("\n".join([item.reference, *marks]), fill=URGENT_FILL if item.urgent else None, bold=True)
    facts = _facts(item, case)
    return (*facts, *(() if cluster else ("\n".join(_found(item)),)), "\n".join(item.interests))


def _facts(item: AgendaItem, case: CellSpec) -> tuple[CellSpec | str | int | None, ...]:
    return (
        item.number,
        case,
        f"{item.school} ({item.cluster})",
        rules.year_said(item.type, item.year_group),
        ", ".join(item.needs),
        item.sen_status,
        item.type,
        item.cost_pence,
        item.asked_pence,
    )


def _year(item: AgendaItem) -> str:
    told = rules.year_said(item.type, item.year_group)
    return f"Year {told}; " if told else ""


def _pack_row(item: AgendaItem, width: int) -> tuple[CellSpec | str | int | None, ...]:
    case = CellSpec(item.reference, bold=True)
    if not item.school:
        return (item.number, case, *(None for _ in range(width - 2)), "you stay out")
    facts = _facts(item, case)
    return (*facts, *(("\n".join(_found(item)),) if width > len(facts) else ()), "")


def _found(item: AgendaItem) -> list[str]:
    if not item.outcome:
        return ["not heard: urgent"]
    return [FOUND[Outcome(item.outcome)], item.level, *([f"votes {item.votes}"] if item.votes else [])]


def _notes(agenda: Agenda) -> list[str]:
    agreed = "" if agenda.cluster else f" What is agreed is {AwardMeans(agenda.means).per}."
    notes = [
        f"Votes are for-against-abstained. Cost and asked are for one year.{agreed} No child is named on this paper."
    ]
    if agenda.casting:
        notes.append("The chair's casting vote counts where the votes are even, and only from a chair who may vote.")
    notes += agenda.notes
    if not agenda.items:
        notes.append("No request waits for this cluster." if agenda.cluster else "No request waits for this panel.")
    if not agenda.cluster:
        notes.append("Whoever leads the case's own cluster does not vote on it, unless the borough has set otherwise.")
    if agenda.items:
        firsts = [each.areas[0] if each.areas else None for each in agenda.items]
        notes.append(f"By the area of the first need: {areas.counted(firsts)}.")
    if agenda.beyond:
        notes.append(f"Carried over to the next sitting: {', '.join(agenda.beyond)}.")
    return notes


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])])
