"""What a meeting settles before it hears a case: whose interest stands, and who is there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.errors import Refused
from senco.meetings import questions as meetings
from senco.privacy import clean_block
from senco.requests import conduct, panels, questions, records, rules
from senco.requests.kinds import Ground
from senco.requests.reasoning import reason_told
from senco.requests.tables import InterestSettled, Presence
from senco.settings.questions import word_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.requests.outcomes import InterestRow, PresenceLine
    from senco.store.doors import Change


def settle_interest(
    change: Change, word: str, school: str, ground: Ground, today: date, *, meeting: str, dismiss: bool, reason: str
) -> InterestRow:
    """Record that a meeting confirms an interest, adds one that was declared, or dismisses one, with its reason.

    Raises Refused ``requests.not-to-settle`` and ``requests.no-meeting``, BadInput ``requests.bad-reason``, NotFound
    for a request, school or meeting that is not there.
    """
    ask = change.ask
    case = questions.case_named(ask, word)
    if not (meeting or case.meeting):
        raise Refused(
            "requests.no-meeting", f"{case.reference} is listed for no meeting.", "Name the meeting with --meeting."
        )
    held = meetings.meeting_named(ask, meeting or case.meeting)
    day = date.fromisoformat(held.starts[:10])
    who = questions.party_of(questions.school_meant(ask, school, day))
    theirs = questions.party(ask, case.urn)
    interest = word_on(ask, "interest", day)
    computed = set(rules.interests_between(who, theirs, host_urn=None, interest=interest))
    there = [
        each for each in records.settled(ask, held.reference, case.reference)
        if (each.urn, each.ground, each.state) == (who.urn, ground.value, "confirmed")
    ]  # fmt: skip
    known = ground in computed or bool(there) or ground in {Ground.LEAD_ROLE, Ground.HOST_SCHOOL}
    if why := conduct.why_not_settle(ground, dismissed=dismiss, computed=known):
        grounds = sorted({*computed, *(Ground(each.ground) for each in there)} - {ground})
        hint = f"It has another ground: {', '.join(grounds)}. Name it with --ground." if grounds else ""
        raise Refused("requests.not-to-settle", f"{who.name} in {case.reference}: {why}. Nothing changed.", hint)
    change.add(
        InterestSettled,
        request_reference=case.reference,
        meeting_reference=held.reference,
        urn=who.urn,
        ground=ground.value,
        state="dismissed" if dismiss else "confirmed",
        reason=reason_told(reason, today),
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.record(
        f"request {case.reference}",
        meeting=held.reference,
        ground=ground.value,
        state="dismissed" if dismiss else "confirmed",
    )
    change.flush()
    rows = records.settled(ask, held.reference, case.reference)
    return next(each for each in rows if (each.urn, each.ground) == (who.urn, ground.value))


def note_presence(
    change: Change, meeting: str, *, cluster: str, schools: Sequence[str], offices: Sequence[str], gone: bool
) -> list[PresenceLine]:
    """Write down who sits over the requests of a meeting, or that they have left.

    ``cluster`` is "" for the panel, where the schools are those that host the leads. Raises NotFound for a meeting,
    cluster or school that is not there, Refused ``requests.not-a-panel`` without a cluster.
    """
    ask = change.ask
    held = meetings.meeting_named(ask, meeting) if cluster else panels.panel_named(ask, meeting)
    day = date.fromisoformat(held.starts[:10])
    theirs = questions.cluster_meant(ask, cluster, held.year, day) if cluster else ""
    for word in schools:
        _note(change, held.reference, theirs, questions.school_meant(ask, word, day).urn, "", here=not gone)
    for office in offices:
        _note(change, held.reference, theirs, None, clean_block(office).strip(), here=not gone)
    subject = f"meeting {held.reference}"
    change.record(subject, cluster=theirs, schools=len(schools), offices=len(offices), here=not gone)
    change.flush()
    return records.present(ask, held.reference, theirs)


def note_roll(change: Change, meeting: str, *, urns: Sequence[int], offices: Sequence[str]) -> list[PresenceLine]:
    """Write down a panel's whole roll: these sit there now, and whoever else was written down has left.

    Raises as `note_presence` does.
    """
    ask = change.ask
    held = panels.panel_named(ask, meeting)
    there = records.present(ask, held.reference, "")
    for each in there:
        if each.urn not in {*urns, None}:
            _note(change, held.reference, "", each.urn, "", here=False)
        if each.urn is None and each.who not in offices:
            _note(change, held.reference, "", None, each.who, here=False)
    for urn in urns:
        _note(change, held.reference, "", urn, "", here=True)
    for office in offices:
        _note(change, held.reference, "", None, clean_block(office).strip(), here=True)
    change.record(f"meeting {held.reference}", schools=len(urns), offices=len(offices), here=True)
    change.flush()
    return records.present(ask, held.reference, "")


def _note(change: Change, meeting: str, cluster: str, urn: int | None, office: str, *, here: bool) -> None:
    change.add(
        Presence,
        meeting_reference=meeting,
        cluster_reference=cluster,
        urn=urn,
        office=office,
        here=int(here),
        made_at=change.stamp,
        made_by=change.actor,
    )
