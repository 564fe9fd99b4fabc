"""How a case lies before the panel: who sits there, who has an interest, what the borough's rules ask of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.clusters import questions as clusters
from senco.deferred import dataclass
from senco.errors import Refused
from senco.meetings import questions as meetings
from senco.meetings.kinds import MeetingKind
from senco.requests import conduct, questions, records, rules
from senco.requests.kinds import Ground, Interest
from senco.settings.questions import word_on
from senco.settings.rules import quorum_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from senco.meetings.kinds import MeetingLine
    from senco.requests.kinds import CaseLine, Judgement, Party, Sitting
    from senco.requests.outcomes import Advised, InterestRow, Quorum, StandingInterest
    from senco.store.doors import Ask

NOBODY = "nobody is written down as present (`senco requests present` does that)"


@dataclass(frozen=True, slots=True)
class Lead:
    """A cluster's lead at the panel, by the school that hosts her."""

    cluster: str
    person: str
    host: Party


@dataclass(frozen=True, slots=True)
class Rules:
    """What the borough's settings ask of a meeting on its day; ``lead`` is the setting ``interest.lead``."""

    interest: str
    lead: str
    quorum: Quorum
    counted: bool
    casting: bool


def panel_named(ask: Ask, word: str) -> MeetingLine:
    """Give the panel that a person means, when it is one and stands.

    Raises NotFound as `meeting_named` does, Refused ``requests.not-a-panel`` and ``requests.meeting-cancelled``.
    """
    panel = meetings.meeting_named(ask, word)
    if panel.kind != MeetingKind.PANEL:
        raise Refused(
            "requests.not-a-panel",
            f"{panel.reference} is a {panel.kind} meeting, not a panel.",
            "`senco meetings list --kind panel` shows the panels.",
        )
    if panel.status == "cancelled":
        raise Refused(
            "requests.meeting-cancelled", f"The meeting {panel.reference} is cancelled.", "Name another with --meeting."
        )
    return panel


def rules_on(ask: Ask, day: date, *, panel: bool) -> Rules:
    """Give what is asked of a panel, or of a cluster's sitting, on a day."""
    return Rules(
        interest=word_on(ask, "interest", day),
        lead=word_on(ask, "interest.lead", day),
        quorum=conduct.quorum(*(word_on(ask, name, day) for name in quorum_names(panel=panel))),
        counted=word_on(ask, "votes", day) == "school",
        casting=word_on(ask, "votes.casting", day) == "yes",
    )


def leads(ask: Ask, year: str, day: date) -> list[Lead]:
    """Give the leads of a year's clusters on a day, as far as a school hosts them: they sit on the panel."""
    return [
        Lead(line.reference, line.lead, questions.party(ask, line.host_urn))
        for line in clusters.clusters(ask, year, day)
        if line.host_urn is not None
    ]


def interests(
    sitting: Iterable[Lead], school: Party, cluster: str, settled: Iterable[InterestRow], *, interest: str
) -> tuple[StandingInterest, ...]:
    """Give the interests of those who sit on the panel in a case, as the meeting has settled them so far."""
    computed: list[Interest] = []
    for lead in sitting:
        grounds = rules.interests_between(lead.host, school, host_urn=None, interest=interest)
        computed.extend(Interest(lead.host.urn, lead.host.name, ground) for ground in grounds)
        if lead.cluster == cluster:
            computed.append(Interest(lead.host.urn, lead.host.name, Ground.LEAD_ROLE))
    return conduct.standing(computed, settled)


def interests_in(ask: Ask, case: CaseLine, panel: MeetingLine) -> tuple[StandingInterest, ...]:
    """Give the interests in one case at a panel."""
    day = date.fromisoformat(panel.starts[:10])
    return interests(
        leads(ask, case.year, day),
        questions.party(ask, case.urn),
        case.cluster,
        records.settled(ask, panel.reference, case.reference),
        interest=word_on(ask, "interest", day),
    )


def why_not_chaired(ask: Ask, case: CaseLine, panel: MeetingLine, chair: str, moderating_chair: str) -> str | None:
    """Say why a case may not be chaired so at a panel, or None; a lead is known by name, cluster or host school."""
    day = date.fromisoformat(panel.starts[:10])
    out = conduct.stay_out(interests_in(ask, case, panel), lead=word_on(ask, "interest.lead", day))
    names = names_of(leads(ask, case.year, day), out)
    return conduct.why_not_panel_chair(chair, moderating_chair, conflicted=names)


def why_not_cast(ask: Ask, case: CaseLine, panel: MeetingLine, advised: Advised, silent: frozenset[int]) -> str | None:
    """Say why whoever chairs a case has no casting vote on it, or None; ``silent`` are the URNs without a vote."""
    day = date.fromisoformat(panel.starts[:10])
    return conduct.why_not_casting(
        advised.moderating_chair or advised.chair, without=names_of(leads(ask, case.year, day), silent)
    )


def names_of(sitting: Iterable[Lead], urns: Collection[int]) -> list[str]:
    """Give every name by which the leads of some host schools are known."""
    return [
        name
        for lead in sitting
        if lead.host.urn in urns
        for name in (lead.person, lead.host.name, lead.cluster, f"{lead.cluster} lead")
    ]


def why_not_held(ask: Ask, case: CaseLine, panel: MeetingLine, advised: Advised) -> str | None:
    """Say why a panel may not advise so: its chair, its quorum or its votes; None when it may."""
    day = date.fromisoformat(panel.starts[:10])
    asked = rules_on(ask, day, panel=True)
    silent = conduct.no_vote(interests_in(ask, case, panel), lead=asked.lead)
    members = {each.host.urn: each.host.name for each in leads(ask, case.year, day)}
    why = why_not_chaired(ask, case, panel, advised.chair, advised.moderating_chair)
    if advised.casting:
        why = why or why_not_cast(ask, case, panel, advised, silent)
    return why or _why_not_counted(ask, (panel.reference, ""), asked, advised, members=members, silent=silent)


def why_not_heard(ask: Ask, sitting: Sitting, interests: Iterable[StandingInterest], told: Judgement) -> str | None:
    """Say why a cluster's sitting may not find so: its quorum or its votes; None when it may."""
    asked = rules_on(ask, date.fromisoformat(sitting.day), panel=False)
    silent = conduct.no_vote(interests, lead="stays-out")
    held = (sitting.meeting, sitting.cluster)
    members = {each.urn: each.name for each in sitting.members}
    return _why_not_counted(ask, held, asked, told, members=members, silent=silent)


def why_no_quorum(
    ask: Ask, held: tuple[str, str], needed: Quorum, *, members: Mapping[int, str], silent: frozenset[int]
) -> str | None:
    """Say why those who are written down as present may not settle a case, or None; ``silent`` do not vote on it."""
    there = records.present(ask, *held)
    if not there and needed.asked:
        return NOBODY
    voting = [each.urn for each in there if each.urn is not None]
    offices = [each.who for each in there if each.urn is None]
    return conduct.why_not_quorum(needed, members=members, present=voting, out=silent, offices=offices)


def voters(ask: Ask, held: tuple[str, str], silent: frozenset[int]) -> int | None:
    """Count those who may vote on a case, or give None where nobody wrote down who is there."""
    there = records.present(ask, *held)
    return len({each.urn for each in there if each.urn is not None} - silent) if there else None


def _why_not_counted(
    ask: Ask,
    held: tuple[str, str],
    asked: Rules,
    told: Advised | Judgement,
    *,
    members: Mapping[int, str],
    silent: frozenset[int],
) -> str | None:
    return why_no_quorum(ask, held, asked.quorum, members=members, silent=silent) or conduct.why_not_votes(
        told.votes,
        told.casting,
        voters=voters(ask, held, silent),
        counted=asked.counted,
        casting_vote=asked.casting,
    )
