"""What a person asks of the register, word by word, held against the words it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.errors import NotFound
from senco.nearest import did_you_mean
from senco.privacy import fold
from senco.schools import questions
from senco.schools.kinds import FoundSchools
from senco.schools.rules import phase_of, status_of
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from senco.schools.kinds import SchoolLine
    from senco.store.doors import Ask


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a list as they were typed; empty ones let everything through."""

    la_code: int | None = None
    phase: str = ""
    trust: str = ""
    cluster: str = ""
    year: str | None = None
    status: str = ""
    text: str = ""
    closed_too: bool = False


def school_meant(ask: Ask, word: str, day: date) -> SchoolLine:
    """Find the school that an officer of the borough means; raises what `find_school` raises."""
    return questions.find_school(ask, word, la_code=number_on(ask, "la.code", day))


def schools(ask: Ask, wanted: Wanted, day: date) -> FoundSchools:
    """Find the schools wanted, of the borough's own LA when none is named.

    Raises NotFound ``school.unknown-phase``, ``school.unknown-status`` or ``school.unknown-cluster``.
    """
    from senco.dates import AcademicYear

    la_code = wanted.la_code if wanted.la_code is not None else number_on(ask, "la.code", day)
    year = wanted.year or str(AcademicYear.of(day))
    lines = questions.schools(
        ask,
        la_code=la_code,
        phase=_known(wanted.phase, lambda: questions.phases(ask), phase_of, "school.unknown-phase", "phase"),
        status=_known(wanted.status, lambda: questions.statuses(ask), status_of, "school.unknown-status", "status"),
        trust=wanted.trust,
        text=wanted.text,
        cluster=_cluster(ask, wanted.cluster, year),
        year=year,
        day=day,
        closed_too=wanted.closed_too,
    )
    held = questions.counted(ask, la_code)
    return FoundSchools(la_code, held, tuple(lines), () if held else tuple(questions.la_codes(ask)))


def _known(
    word: str, ask_known: Callable[[], list[str]], say: Callable[[str], str], reference: str, what: str
) -> str | None:
    """Give the register's own word for a phase or status: whole, or as it begins when one only begins so."""
    if not word:
        return None
    known = ask_known()
    begun = [each for each in known if fold(each).startswith(fold(word))]
    if say(word) in known or len(begun) == 1:
        return say(word) if say(word) in known else begun[0]
    hint = did_you_mean(word, known) or f"The register has: {', '.join(known) or 'no school yet'}."
    raise NotFound(reference, f"No school in the register has the {what} '{word}'.", hint)


def _cluster(ask: Ask, word: str, year: str) -> str | None:
    if not word:
        return None
    known = questions.clusters_with_schools(ask, year)
    for each in known:
        if fold(each) == fold(word):
            return each
    hint = did_you_mean(word, known) or f"Clusters with schools in {year}: {', '.join(known) or 'none'}."
    raise NotFound("school.unknown-cluster", f"No school is in a cluster '{word}' in {year}.", hint)
