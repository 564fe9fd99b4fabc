"""A meeting's agenda frame and its minutes, put together from what the store knows: pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from senco.dates import say_date, say_times
from senco.meetings.deadlines import said
from senco.meetings.gathering import FILLED, Mark, Paper, PaperItem
from senco.meetings.kinds import MeetingKind
from senco.meetings.rules import clusters_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.meetings.gathering import ActionLine, Quorum, SeatLine, StandingLine
    from senco.meetings.kinds import DeadlineLine, MeetingLine

NOT_MARKED: Final = "not marked"
_INTEREST: Final = "Who has an interest in an item says so now, leaves the room for it and does not vote."


def agenda(
    line: MeetingLine,
    *,
    authority: str,
    chair: str,
    due: Sequence[DeadlineLine],
    carried: Sequence[ActionLine],
    standing: Sequence[StandingLine],
    before: MeetingLine | None,
    following: Sequence[MeetingLine],
    seal: str,
) -> Paper:
    """Give the frame of a meeting's agenda: what stands on every one, what is carried over, what the season brings."""
    items = [
        ("Welcome, introductions, apologies", ()),
        ("Declarations of interest", (_INTEREST,)),
        ("Minutes of the last meeting", (_last(before),)),
        ("Matters arising: actions carried over", tuple(map(_action, carried)) or ("None is open.",)),
    ]
    if line.kind == MeetingKind.CONFERENCE:
        items.append(("Programme", (line.purpose or "To be told.",)))
    else:
        what = "Decisions on requests" if line.kind == MeetingKind.PANEL else "Moderation of requests"
        items += [(what, ("Case references are on the separate list; nobody is named.",))]
        items += [("Purpose of this meeting", (line.purpose,))] if line.purpose else []
    items += [(each.title, ()) for each in standing]
    items += [
        ("Actions agreed today", ()),
        ("Dates", tuple(f"{_when(each)}, {each.title}" for each in following) or ("No later meeting is known.",)),
        ("Any other business", ()),
    ]
    if line.kind == MeetingKind.PANEL:
        items.append(("Confidential session", ("Those who are not members of the panel leave.",)))
    numbered = tuple(PaperItem(number, *each) for number, each in enumerate(items, start=1))
    return Paper(
        kind="Agenda",
        title=f"{authority}: {line.title}, agenda",
        lines=(*_head(line, chair), *(f"{said(each)}." for each in due)),
        items=numbered,
        register=(),
        actions=tuple(carried),
        seal=seal,
        footer=line.reference,
    )


def minutes(
    line: MeetingLine,
    *,
    authority: str,
    chair: str,
    seats: Sequence[SeatLine],
    quorum: Quorum,
    agreed: Sequence[ActionLine],
    carried: Sequence[ActionLine],
    following: Sequence[MeetingLine],
    seal: str,
) -> Paper:
    """Give a meeting's minutes as far as the store can tell them: who was there, the quorum, what was agreed."""
    filled = sum(each.mark in FILLED for each in seats)
    apologies = [each.seat for each in seats if each.mark == Mark.APOLOGIES]
    items = [
        ("Attendance", (f"{filled} of {len(seats)} seats were taken; the register is below.", _quorate(quorum))),
        ("Apologies", (", ".join(apologies) or "None were received.",)),
        ("Actions agreed", tuple(map(_action, agreed)) or ("None was agreed.",)),
        ("Actions of earlier meetings still open", tuple(map(_action, carried)) or ("None.",)),
        ("Next", tuple(f"{_when(each)}, {each.title}" for each in following[:2]) or ("No later meeting is known.",)),
    ]
    return Paper(
        kind="Minutes",
        title=f"{authority}: {line.title}, minutes",
        lines=_head(line, chair),
        items=tuple(PaperItem(number, *each) for number, each in enumerate(items, start=1)),
        register=tuple((each.seat, each.who, each.mark or NOT_MARKED) for each in seats),
        actions=tuple(agreed),
        seal=seal,
        footer=line.reference,
    )


def markdown(paper: Paper) -> str:
    """Give a paper as Markdown; text from the store is escaped so that it cannot become a heading, a link or HTML."""
    out = [f"# {_plain(paper.title)}", "", *(f"{_plain(each)}  " for each in paper.lines), ""]
    for item in paper.items:
        out += [f"## {item.number}. {_plain(item.heading)}", "", *(f"- {_plain(each)}" for each in item.lines)]
        out += [""] if item.lines else []
    if paper.register:
        out += ["## Register", "", "| seat | person | mark |", "|---|---|---|"]
        out += [f"| {' | '.join(map(_plain, row))} |" for row in paper.register]
        out.append("")
    return "\n".join([*out, f"{_plain(paper.footer)} · seal {paper.seal}", ""])


def _plain(text: str) -> str:
    flat = " ".join(text.split())
    return "".join(f"\\{each}" if each in "\\`*_[]<>#|" else each for each in flat)


def _head(line: MeetingLine, chair: str) -> tuple[str, ...]:
    whom = {MeetingKind.CONFERENCE.value: "all clusters", MeetingKind.PANEL.value: "the panel"}
    return (
        f"{_when(line)}" + (f", {line.venue}" if line.venue else ", venue to be told"),
        f"For {whom.get(line.kind) or clusters_said(line.cluster_references)}. Chair: {chair or 'to be named'}.",
    )


def _when(line: MeetingLine) -> str:
    starts, ends = datetime.fromisoformat(line.starts), datetime.fromisoformat(line.ends)
    return f"{say_date(starts.date())}, {say_times(starts.time(), ends.time())}"


def _last(before: MeetingLine | None) -> str:
    return f"Of {before.reference}, {_when(before)}: to be agreed." if before else "This is the first meeting known."


def _action(each: ActionLine) -> str:
    due = f", by {say_date(date.fromisoformat(each.due))}" if each.due else ""
    return f"{each.reference}: {each.task} ({each.owner}{due})"


def _quorate(quorum: Quorum) -> str:
    if not quorum.asked:
        return "No quorum is set."
    if quorum.reached:
        return "The meeting was quorate."
    return f"The meeting was not quorate: it lacked {'; '.join(quorum.lacking)}."
