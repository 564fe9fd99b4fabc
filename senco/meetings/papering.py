"""Writing a meeting's papers and invitations, step by step: ask, put together, write."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from senco.errors import NotFound, Refused, WrongUse
from senco.files import write_whole
from senco.meetings import calendars, deadline_questions, gathering_questions, papers, publish, questions, register
from senco.meetings.kinds import Attendee, MeetingKind, MeetingStatus
from senco.settings.questions import word_on

if TYPE_CHECKING:
    from senco.console.desk import Desk
    from senco.meetings.gathering import Paper
    from senco.meetings.kinds import MeetingLine
    from senco.store.doors import Ask


def write(desk: Desk, word: str, kind: str, out: Path | None) -> None:
    """Write a meeting's agenda or minutes at a desk, as .xlsx or .md by the ending of the file."""
    with desk.reading() as ask:
        line = questions.meeting_named(ask, word)
        paper = (agenda_of if kind == "agenda" else minutes_of)(ask, line)
    path = out or Path(f"{line.reference}-{kind}.xlsx")
    desk.say(f"Wrote {path}." if write_whole(path, _bytes(paper, path, desk.today)) else f"{path} is already so.")


def invite(desk: Desk, word: str, out: Path | None) -> None:
    """Write the invitation to a meeting, or its withdrawal when it is cancelled, for a mail program to send.

    Raises Refused ``invite.no-organiser``, NotFound ``invite.nobody``.
    """
    with desk.reading() as ask:
        line = questions.meeting_named(ask, word)
        day = date.fromisoformat(line.starts[:10])
        name, email = word_on(ask, "organiser.name", day), word_on(ask, "organiser.email", day)
        people = gathering_questions.invited(ask, line)
        due = deadline_questions.deadlines(ask, [line])[line.reference]
    if "@" not in email:
        raise Refused(
            "invite.no-organiser",
            "Nobody is known to invite.",
            "`senco settings set organiser.email NAME@PLACE` first.",
        )
    reached = {each.email: Attendee(each.name, each.email) for each in people if each.email}
    if not reached:
        raise NotFound(
            "invite.nobody",
            f"Nobody with an e-mail address is invited to {line.reference}.",
            "`senco meetings contacts import` takes addresses in.",
        )
    entry = calendars.invitation(line, due, Attendee(name, email), tuple(reached[each] for each in sorted(reached)))
    off = line.status == MeetingStatus.CANCELLED
    data = publish.calendar_bytes([entry], name=line.title, method="CANCEL" if off else "REQUEST")
    path = out or Path(f"{line.reference}-{'cancelled' if off else 'invitation'}.ics")
    write_whole(path, data)
    without = len(people) - sum(bool(each.email) for each in people)
    more = f" {without} of those invited have no address on record." if without else ""
    desk.say(f"Wrote {path}: {'the withdrawal' if off else 'an invitation'} for {len(reached)} people.{more}")


def agenda_of(ask: Ask, line: MeetingLine) -> Paper:
    """Give the agenda frame of a meeting."""
    day = date.fromisoformat(line.starts[:10])
    return papers.agenda(
        line,
        authority=word_on(ask, "la.name", day),
        chair=chair_of(ask, line),
        due=deadline_questions.deadlines(ask, [line])[line.reference],
        carried=gathering_questions.carried(ask, line),
        standing=[each for each in gathering_questions.standing(ask) if register.stands_on(each, line)],
        before=gathering_questions.previous(ask, line),
        following=gathering_questions.following(ask, line),
        seal=ask.newest_seal(),
    )


def minutes_of(ask: Ask, line: MeetingLine) -> Paper:
    """Give the minutes of a meeting as far as the store can tell them."""
    seats = gathering_questions.seats(ask, line)
    return papers.minutes(
        line,
        authority=word_on(ask, "la.name", date.fromisoformat(line.starts[:10])),
        chair=chair_of(ask, line),
        seats=seats,
        quorum=gathering_questions.quorum(ask, line, seats),
        agreed=gathering_questions.actions(ask, meeting=line.reference, every=True),
        carried=gathering_questions.carried(ask, line),
        following=gathering_questions.following(ask, line),
        seal=ask.newest_seal(),
    )


def chair_of(ask: Ask, line: MeetingLine) -> str:
    """Give who chairs a meeting: the one named, else the lead of its one cluster."""
    from senco.clusters.questions import clusters

    if line.chair or line.kind in {MeetingKind.CONFERENCE, MeetingKind.PANEL}:
        return line.chair
    leads = {
        each.lead
        for each in clusters(ask, line.year, date.fromisoformat(line.starts[:10]))
        if each.reference in line.cluster_references and each.lead
    }
    return leads.pop() if len(leads) == 1 else "each cluster's lead" if leads else ""


def _bytes(paper: Paper, path: Path, day: date) -> bytes:
    """Give a paper in the form that a file's ending asks for; raises WrongUse ``paper.which-form`` for another."""
    if path.suffix.casefold() == ".md":
        return papers.markdown(paper).encode()
    if path.suffix.casefold() == ".xlsx":
        from senco.meetings.paperbook import workbook

        return workbook(paper, made_on=day)
    raise WrongUse("paper.which-form", f"{path.name} is neither .xlsx nor .md.", "End the file's name in one of them.")
