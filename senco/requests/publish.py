"""The panel's agenda as a workbook that prints: name-free, with empty columns for what the panel decides."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from senco.dates import say_date, say_times
from senco.sheets.specs import CellSpec, ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.requests.kinds import Agenda, AgendaItem

DECISIONS = (
    "agreed",
    "agreed lower",
    "agreed with conditions",
    "declined with support",
    "deferred for information",
    "withdrawn",
    "returned",
)
URGENT_FILL = "FBE3D6"
_OUTCOMES = {"below-threshold-with-plan": "below threshold, has plan"}
_HOUR = 60
_LINE = "." * 60

_COLUMNS = (
    ColumnSpec("No.", width=6),
    ColumnSpec("Case", wrap=False),
    ColumnSpec("School"),
    ColumnSpec("Year"),
    ColumnSpec("Needs"),
    ColumnSpec("SEN status"),
    ColumnSpec("Type"),
    ColumnSpec("Cost a year", ColumnKind.POUNDS, wrap=False, total=True),
    ColumnSpec("Asked a year", ColumnKind.POUNDS, wrap=False, total=True),
    ColumnSpec("Cluster's outcome (stage 1)"),
    ColumnSpec("Interests: stay out"),
    ColumnSpec("Decision", choices=DECISIONS, to_fill=True, width=13),
    ColumnSpec("Agreed £", to_fill=True, kind=ColumnKind.POUNDS, width=10),
    ColumnSpec("From", to_fill=True, kind=ColumnKind.DATE, width=11),
    ColumnSpec("To", to_fill=True, kind=ColumnKind.DATE, width=11),
    ColumnSpec("Reason", to_fill=True, width=22),
    ColumnSpec("Actions", to_fill=True, width=16),
)


def agenda_bytes(agenda: Agenda, *, made_on: date) -> bytes:
    """Give the agenda as an .xlsx file: the same agenda and day give the same bytes."""
    from senco.sheets.writing import workbook_bytes

    title = f"{agenda.authority}: exceptional needs panel, agenda"
    sheet = SheetSpec(
        name="Agenda",
        title=title,
        lines=tuple(_lines(agenda)),
        columns=_COLUMNS,
        rows=tuple(_row(each) for each in agenda.items),
        totals="Total" if agenda.items else "",
        notes=tuple(_notes(agenda)),
        freeze_columns=2,
    )
    spec = WorkbookSpec((sheet,), title=title, footer=f"Confidential: {agenda.panel}", seal=f"Seal {agenda.seal}")
    return workbook_bytes(spec, made=datetime.combine(made_on, time(), UTC))


def _lines(agenda: Agenda) -> list[str]:
    starts, ends = datetime.fromisoformat(agenda.starts), datetime.fromisoformat(agenda.ends)
    needed = len(agenda.items) * agenda.minutes
    room = int((ends - starts).total_seconds()) // 60
    lines = [
        f"{say_date(starts.date())}, {say_times(starts.time(), ends.time())}"
        + (f", {agenda.venue}" if agenda.venue else "")
        + f"   ({agenda.panel})",
        f"{_counted(len(agenda.items), 'request')}, {agenda.minutes} minutes for each, need {_duration(needed)}"
        + (f"; the meeting has {_duration(room)}" if needed > room else "")
        + f". At most {agenda.cap} in one sitting.",
        f"1. Apologies: {_LINE}",
        f"2. Declarations of interest beyond those listed below: {_LINE}",
        f"3. Minutes of the last meeting: {_LINE}",
        f"4. Matters arising: {_LINE}",
        "5. Confidential session: the requests below. The cluster's outcome informs the panel and does not bind it.",
    ]
    if agenda.beyond:
        lines.append(f"Carried over to the next panel, beyond the cap: {_counted(len(agenda.beyond), 'request')}.")
    return lines


def _row(item: AgendaItem) -> tuple[CellSpec | str | int | None, ...]:
    marks = [word for word, told in (("carried over", item.carried_over), ("URGENT", item.urgent)) if told]
    case = "\n".join([item.reference, *marks])
    found = [_OUTCOMES.get(item.outcome, item.outcome), item.level, *([f"votes {item.votes}"] if item.votes else [])]
    return (
        item.number,
        CellSpec(case, fill=URGENT_FILL if item.urgent else None, bold=True),
        f"{item.school} ({item.cluster})",
        item.year_group or "mixed",
        ", ".join(item.needs),
        item.sen_status,
        item.type,
        item.cost_pence,
        item.asked_pence,
        "\n".join(found),
        "\n".join(item.interests),
    )


def _notes(agenda: Agenda) -> list[str]:
    notes = ["Votes are for-against-abstained. Amounts are for one year. No child is named on this paper."]
    notes += agenda.notes
    if not agenda.items:
        notes.append("No request waits for this panel.")
    if agenda.beyond:
        notes.append(f"Carried over to the next panel: {_listed(agenda.beyond)}.")
    return notes


def _listed(references: Sequence[str]) -> str:
    return ", ".join(references)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])])
