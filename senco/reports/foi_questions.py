"""What an answer under freedom of information asks the store: the clusters, the meetings, and the rules in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.clusters import questions as clusters
from senco.dates import AcademicYear
from senco.deferred import dataclass
from senco.meetings import questions as meetings
from senco.meetings.kinds import MeetingKind, MeetingStatus
from senco.reports import questions, rules
from senco.settings.rules import DEFINITIONS, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from senco.meetings.kinds import MeetingLine
    from senco.reports.facts import TermFacts
    from senco.store.doors import Ask

_HELD = "SELECT name, value, holds_from FROM setting WHERE holds_from <= :day ORDER BY holds_from, setting_id"
# Who sends invitations is a person's name and address; the rest is how the office works, not how cases are decided.
NOT_TOLD = frozenset({"organiser.name", "organiser.email", "due.ahead", "la.code", "la.name"})


@dataclass(frozen=True, slots=True)
class RuleHeld:
    """A rule and its value in words; ``since`` is None for senco's default, ``ended`` while it holds."""

    name: str
    meaning: str
    value: str
    since: date | None
    ended: date | None


@dataclass(frozen=True, slots=True)
class ClusterHeld:
    """A cluster without a person's name: whether its lead's post is filled, and the school that hosts it."""

    reference: str
    model: str
    filled: bool
    host: str
    schools: int


@dataclass(frozen=True, slots=True)
class MeetingsHeld:
    """How many meetings of a kind, or of a cluster, a year has: in its programme, called off, and held by the day."""

    name: str
    planned: int
    cancelled: int
    held: int


@dataclass(frozen=True, slots=True)
class FoiFacts:
    """All that an answer is made from; ``term`` are the facts of the year's last term that has begun by the day."""

    term: TermFacts
    rules: tuple[RuleHeld, ...]
    clusters: tuple[ClusterHeld, ...]
    by_kind: tuple[MeetingsHeld, ...]
    by_cluster: tuple[MeetingsHeld, ...]


def foi_facts(ask: Ask, *, year: str, day: date) -> FoiFacts:
    """Give what an answer for a year is made from, as it stood on a day of that year or at its end."""
    of = AcademicYear.parse(year)
    spans = [questions.term_span(ask, str(of), term) for term in rules.TERMS]
    last = next((each for each in reversed(spans) if each.first <= day), spans[0])
    term = questions.term_facts(ask, year=str(of), term=last.term, day=day)
    lines = [each for each in meetings.meetings(ask, year=str(of)) if each.status != MeetingStatus.PROPOSED]
    by_kind = [(kind.value, [each for each in lines if each.kind == kind]) for kind in MeetingKind]
    by_cluster = [
        (name, [each for each in lines if each.for_all or name in each.cluster_references])
        for name in meetings.known_clusters(ask, str(of))
    ]
    return FoiFacts(
        term=term,
        rules=tuple(_rules(ask, of.first, term.day)),
        clusters=tuple(_clusters(ask, str(of), term.day)),
        by_kind=tuple(_met(name, held, term.day) for name, held in by_kind if held),
        by_cluster=tuple(_met(name, held, term.day) for name, held in by_cluster),
    )


def _met(name: str, lines: Sequence[MeetingLine], day: date) -> MeetingsHeld:
    cancelled = sum(each.status == MeetingStatus.CANCELLED for each in lines)
    held = sum(each.status != MeetingStatus.CANCELLED and each.starts[:10] <= day.isoformat() for each in lines)
    return MeetingsHeld(name, len(lines), cancelled, held)


def _clusters(ask: Ask, year: str, day: date) -> Iterator[ClusterHeld]:
    names = dict(ask.all(lambda urn, name: (urn, name), "SELECT urn, name FROM school"))
    for each in clusters.clusters(ask, year, day):
        host = names.get(each.host_urn, "") if each.host_urn else ""
        yield ClusterHeld(each.reference, each.model, bool(each.lead), host, each.schools)


def _rules(ask: Ask, first: date, day: date) -> Iterator[RuleHeld]:
    """Give every value that a rule had between two days, the oldest first."""
    held: dict[str, dict[str, str]] = {}
    for name, value, holds_from in ask.all(lambda *row: row, _HELD, {"day": day.isoformat()}):
        held.setdefault(name, {})[holds_from] = value  # of one day the newest row holds
    for each in DEFINITIONS:
        if each.name in NOT_TOLD:
            continue
        values: list[tuple[str | None, str]] = [(None, each.default), *sorted(held.get(each.name, {}).items())]
        ends = [since for since, _ in values[1:]]
        for (since, value), until in zip(values, [*ends, None], strict=True):
            if until is None or until > first.isoformat():
                yield RuleHeld(each.name, each.meaning, said(each, value), _day(since), _day(until))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
