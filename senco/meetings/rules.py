"""What makes a meeting what it is: its audience, its reference, its words, and the days it should not fall on."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear, england_bank_holidays, say_date
from senco.deferred import pattern
from senco.meetings.kinds import Audience, KnownCluster, MeetingKind, SpanKind
from senco.nearest import did_you_mean
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from senco.meetings.kinds import HolidayDraft, HolidayLine, MeetingLine

FAMILIES: Final = {"SP": MeetingKind.SINGLE_PHASE, "CP": MeetingKind.CROSS_PHASE}
_FAMILY_CALLED: Final = {
    MeetingKind.SINGLE_PHASE: "Single-phase clusters",
    MeetingKind.CROSS_PHASE: "Cross-phase clusters",
    MeetingKind.CLUSTER: "Clusters",
}
_REFERENCE: Final = pattern(r"\s*([A-Za-z]{1,6})[\s-]*([0-9]{1,2})\s*")
_NUMBERS: Final = r"[0-9]{1,2}(?![0-9])"
_JOIN: Final = r"\s*(?:-|–|—|,|&|/|\+|;|\bto\b|\band\b)\s*(?:and\s+)?"
# Years and key stages are written the same way ("Y6", "KS2") and are no clusters.
_NAMED: Final = pattern(
    rf"\b(?!(?:KS|EY|YR|Y)[\s-]*[0-9])([A-Z]{{1,4}}|[CcSs][Pp])[\s-]*({_NUMBERS}(?:{_JOIN}(?:\1[\s-]*)?{_NUMBERS})*)"
)
_PHASED: Final = pattern(r"\b(cross|single)[\s-]*phase", re.IGNORECASE)
_BARE: Final = pattern(r"\b(CP|SP)S?\b")
_SPAN: Final = pattern(r"\s*(?:-|–|—|to\b)")
_NUMBERED: Final = pattern(rf"\bclusters?[\s\"'‘’“”-]*({_NUMBERS}(?:{_JOIN}{_NUMBERS})*)", re.IGNORECASE)
_SATURDAY: Final = 5
_BANK_HOLIDAYS_FROM: Final = 1978
_MOST_CLUSTERS: Final = 40
_LONGEST_CODE: Final = 24
_OF_A_FAMILY: Final = pattern(r"[CS]P[0-9]+")
_WORD: Final = pattern(r"[a-z]+|[0-9]+|[,;/&+]")
_RUN: Final = pattern(rf"\b([a-z]+)[\s-]*({_NUMBERS}(?:{_JOIN}(?:\1[\s-]*)?{_NUMBERS})+)")
_LETTERS: Final = pattern(r"\b([a-z])\s*(?:-|–|—|\bto\b)\s*([a-z])\b")
_BESIDES: Final = pattern(r"\s*[:(]\s*|\s+[–—-]\s+")
_BETWEEN: Final = ","
_FILLING: Final = frozenset(
    (
        "cluster",
        "clusters",
        "the",
        "for",
        "of",
        "meeting",
        "meetings",
        "senco",
        "sencos",
        "send",
        "sen",
        "group",
        "groups",
    )
)


def audience_of(words: str, known: Sequence[KnownCluster] = ()) -> Audience | None:
    """Give who a meeting is for, from the words of a programme or of a person, or None when they do not say.

    ``known`` are the clusters of the year, which may go by any words. A family without numbers ("Cross Phase Clusters")
    leaves the clusters open, for whoever knows which there are, unless those of its model go by words of their own.

    >>> audience_of("Single Phase Clusters -'SP 1-7'").clusters[-1], audience_of("cp1, 3 and CP 5").clusters
    ('SP7', ('CP1', 'CP3', 'CP5'))
    >>> audience_of("Conference (all clusters)").kind.value, audience_of("SEN Panel").kind.value
    ('conference', 'panel')
    >>> audience_of("Cross Phase Clusters"), audience_of("Staff meeting")
    (Audience(kind=<MeetingKind.CROSS_PHASE: 'cross-phase'>, family='CP', clusters=()), None)
    """
    if re.search(r"\bconference\b|\ball\s+(?:the\s+)?(?:clusters|sencos)\b|^\s*all\s*$", words, re.IGNORECASE):
        return Audience(MeetingKind.CONFERENCE)
    if re.search(r"\bpanel\b", words, re.IGNORECASE):
        return Audience(MeetingKind.PANEL)
    own = _own_clusters(words, known)
    if own is not None:
        return _of_clusters(own, known) if own else None
    phased = _PHASED.search(words)
    family = ("CP" if phased[1].lower() == "cross" else "SP") if phased else ""
    named = sorted_clusters(
        f"{found[1].upper()}{number}" for found in _NAMED.finditer(words) for number in _counted(found[2])
    )
    if not named and family and (found := _NUMBERED.search(words)):
        named = tuple(f"{family}{number}" for number in _counted(found[1]))
    if named:
        return _of_clusters(named, ())
    if not family and (found := _BARE.search(words.upper())):
        family = found[1]
    if not family:
        return None
    alike = {each.reference for each in known if each.model == FAMILIES[family]}
    own_words = not any(_by_number(each.reference)[0] == family for each in known)
    return Audience(FAMILIES[family], family, sorted_clusters(alike) if own_words else ())


def _of_clusters(named: tuple[str, ...], known: Sequence[KnownCluster]) -> Audience:
    families = {_by_number(each)[0] for each in named}
    alone = families.pop() if len(families) == 1 else ""
    models = {each.model for each in known if each.reference in named}
    model = models.pop() if len(models) == 1 else ""
    kind = next((kind for kind in FAMILIES.values() if kind == model), FAMILIES.get(alone, MeetingKind.CLUSTER))
    return Audience(kind, alone, named)


def known_in(known: Iterable[KnownCluster], year: str) -> list[KnownCluster]:
    """Give the clusters of a year, or of the newest year before it while its own are not set up.

    >>> known_in([KnownCluster("2023/24", "EAST"), KnownCluster("2024/25", "NORTH")], "2025/26")
    [KnownCluster(year='2024/25', reference='NORTH', name='', model='')]
    """
    before = [each for each in known if each.year <= year]
    newest = max((each.year for each in before), default="")
    return [each for each in before if each.year == newest]


def who_there_is(words: str, known: Sequence[KnownCluster]) -> str:
    """Say who may be named as meeting, with the nearest cluster to words that name none.

    >>> who_there_is("Nroth", [KnownCluster("2024/25", "NORTH"), KnownCluster("2024/25", "EAST")])
    "Did you mean 'NORTH'? There are EAST, NORTH, conference and panel."
    >>> who_there_is("us", ())
    "Give a family (CP, SP), clusters (CP1, 'CP 1-5'), panel or conference."
    """
    references = sorted_clusters(each.reference for each in known)
    if not references:
        return "Give a family (CP, SP), clusters (CP1, 'CP 1-5'), panel or conference."
    return f"{did_you_mean(words, references)} There are {', '.join(references)}, conference and panel.".lstrip()


def _own_clusters(words: str, known: Sequence[KnownCluster]) -> tuple[str, ...] | None:
    """Give the clusters named by an authority's own words; None when it has none such, or the words name none.

    Nothing but clusters may be named, or it would be a guess whether all of them were understood: then nothing is
    given. What stands behind a colon, a dash or in brackets is let be, unless it is like the name of a cluster.
    """
    if all(_OF_A_FAMILY.fullmatch(each.reference) for each in known):
        return None
    called = {tuple(_words(text)): each.reference for each in known for text in (each.name, each.reference)}
    called.pop((), None)
    found, left = _picked(_words(words), called)
    front, *besides = _BESIDES.split(words, maxsplit=1)
    if left and besides:
        names = {word for key in called for word in key} - {_BETWEEN}
        rest = _words(besides[0])
        if not any(word in names or get_close_matches(word, names, 1, 0.7) for word in rest if not word.isdigit()):
            found, left = _picked(_words(front), called)
    if all(_OF_A_FAMILY.fullmatch(each) for each in found):
        return None
    return () if left else sorted_clusters(found)


def _words(text: str) -> list[str]:
    """Take a text apart into words and numbers that name something, with what parts them as a comma.

    "Area 1-3" and "A-C" are spelt out.
    """
    told = _LETTERS.sub(lambda found: " ".join(map(chr, range(ord(found[1]), ord(found[2]) + 1))), fold(text))
    told = _RUN.sub(lambda found: " ".join(f"{found[1]} {number}" for number in _counted(found[2])), told)
    words = [word for word in _WORD.findall(told) if word not in _FILLING]
    return [word if word.isalnum() and word != "and" else _BETWEEN for word in words]


def _picked(words: Sequence[str], called: Mapping[tuple[str, ...], str]) -> tuple[list[str], list[str]]:
    """Give the clusters that words name, the longest name first, and the words left; a name's first word may do."""
    found, left = [], []
    at = 0
    while at < len(words):
        sizes = [size for size in range(len(words) - at, 0, -1) if tuple(words[at : at + size]) in called]
        begun = {reference for key, reference in called.items() if key[0] == words[at]}
        if sizes:
            found.append(called[tuple(words[at : at + sizes[0]])])
        elif len(begun) == 1:
            found += begun
        elif words[at] != _BETWEEN:
            left.append(words[at])
        at += sizes[0] if sizes else 1
    return found, left


def _counted(text: str) -> list[int]:
    """Give the numbers of "1-3, 5"; a span that runs backwards or too far gives its two ends only."""
    numbers: list[int] = []
    last: int | None = None
    for between, digits in re.findall(r"([^0-9]*)([0-9]+)", text):
        number = int(digits)
        if last is not None and last < number <= last + _MOST_CLUSTERS and _SPAN.match(between):
            numbers += range(last + 1, number)
        numbers.append(number)
        last = number
    return numbers


def cluster_reference(word: str) -> str:
    """Give a cluster's reference as it is kept, from the ways people write it.

    >>> cluster_reference("cp 1"), cluster_reference("SP-07"), cluster_reference("north")
    ('CP1', 'SP7', 'NORTH')
    """
    found = _REFERENCE.fullmatch(word)
    return f"{found[1].upper()}{int(found[2])}" if found else " ".join(word.split()).upper()


def sorted_clusters(references: Iterable[str]) -> tuple[str, ...]:
    """Sort cluster references by family and number, each once.

    >>> sorted_clusters(["CP10", "CP2", "SP1", "CP2", "EAST"])
    ('CP2', 'CP10', 'EAST', 'SP1')
    """
    return tuple(sorted(set(references), key=_by_number))


def _by_number(reference: str) -> tuple[str, int]:
    found = _REFERENCE.fullmatch(reference)
    return (found[1].upper(), int(found[2])) if found else (reference, 0)


def _runs(clusters: Sequence[str]) -> list[tuple[str, int, int]]:
    """Give clusters in a row as family, first and last number; a name without a number counts as number 0."""
    numbered = [_by_number(each) for each in sorted_clusters(clusters)]
    runs = groupby(enumerate(numbered), key=lambda each: (each[1][0], each[1][1] - each[0]))
    return [(found[0][1][0], found[0][1][1], found[-1][1][1]) for found in (list(run) for _, run in runs)]


def clusters_said(clusters: Sequence[str]) -> str:
    """Give clusters in people's words.

    >>> clusters_said(["CP1", "CP2", "CP3", "CP5"]), clusters_said(["SP4"]), clusters_said([])
    ('CP 1–3, CP5', 'SP4', '')
    >>> clusters_said(["NORTH", "AREA-2"])
    'AREA-2, NORTH'
    """
    written = {_by_number(each): each for each in clusters}
    said = [
        written[family, first] if first == last else f"{family} {first}–{last}"
        for family, first, last in _runs(clusters)
    ]
    return ", ".join(said)


def audience_code(audience: Audience) -> str:
    """Give the end of a meeting's reference: CONF, PANEL, a family (CP) or the clusters.

    Clusters in a row from the first go by their family, whether or not there are more: a reference must not change
    because a cluster was set up later. A long row of names goes by its first and the number of the others.

    >>> [audience_code(audience_of(words)) for words in ("CP 1-5", "CP1", "CP 3-5", "SP 1, 2, 5", "conference", "SP")]
    ['CP', 'CP1', 'CP3-5', 'SP1-2+SP5', 'CONF', 'SP']
    >>> audience_code(Audience(MeetingKind.CLUSTER, "", ("NORTH", "SOUTH")))
    'NORTH+SOUTH'
    """
    if audience.kind is MeetingKind.CONFERENCE:
        return "CONF"
    if audience.kind is MeetingKind.PANEL:
        return "PANEL"
    runs = _runs(audience.clusters)
    if len(runs) == 1 and runs[0][1] == 1 < runs[0][2]:
        return audience.family
    if audience.family in FAMILIES and audience.family not in {family for family, *_ in runs}:
        return audience.family
    told = [f"{family}{first or ''}" if first == last else f"{family}{first}-{last}" for family, first, last in runs]
    code = "+".join(told)
    return code if len(code) <= _LONGEST_CODE or len(told) == 1 else f"{told[0]}+{len(audience.clusters) - 1}"


def title_of(audience: Audience, clusters: Sequence[str]) -> str:
    """Give a meeting's title.

    >>> title_of(audience_of("CP 1-2"), ["CP1", "CP2"]), title_of(audience_of("SP3"), ["SP3"])
    ('Cross-phase clusters CP 1–2', 'Cluster SP3')
    """
    if audience.kind is MeetingKind.CONFERENCE:
        return "SENCO conference (all clusters)"
    if audience.kind is MeetingKind.PANEL:
        return "SEN panel"
    if len(clusters) == 1:
        return f"Cluster {clusters_said(clusters)}"
    return f"{_FAMILY_CALLED[audience.kind]} {clusters_said(clusters)}"


def summary_of(line: MeetingLine, shown_for: Sequence[str] | None) -> str:
    """Give what a calendar shows for a meeting; in the calendar of certain clusters only those are named."""
    if line.kind in {MeetingKind.CONFERENCE, MeetingKind.PANEL}:
        return line.title
    named = [each for each in line.cluster_references if shown_for is None or each in shown_for]
    return f"SENCO cluster meeting {clusters_said(named)}"


def uid_of(reference: str, la_code: int) -> str:
    """Give the uid a meeting gets when it is first recorded and keeps for good, even when it is moved later.

    It follows from the reference and the borough alone, so that a store made anew gives the same.

    >>> uid_of("2020-11-24-CP", 319)
    '2020-11-24-CP@319.senco'
    """
    return f"{reference}@{la_code}.senco"


def term_of(starts: str) -> str:
    """Give the term, by the calendar, of a local ISO time or day.

    >>> term_of("2021-03-23T14:00")
    'spring'
    """
    day = date.fromisoformat(starts[:10])
    return AcademicYear.of(day).term_of(day)


def closes_schools(title: str) -> bool:
    """Say whether a span of this name is time off; the edges of a term are school days.

    >>> closes_schools("Half term"), closes_schools("End of Term"), closes_schools("Start of spring term")
    (True, False, False)
    """
    return not re.search(r"\b(?:end|ends|start|starts|beginning|begins|first day|last day)\b", fold(title))


def why_not_on(
    day: date, holidays: Iterable[HolidayLine | HolidayDraft], bank: Mapping[date, str] | None = None
) -> str | None:
    """Give the holiday that a day falls in, a bank holiday first, or None on an ordinary day.

    ``bank`` are the bank holidays, by rule where None. A holiday that one school keeps alone does not count: the
    others are open. Nor does a term, nor a day on which the staff are in.

    >>> why_not_on(date(2021, 5, 31), [])
    'Mon 31 May 2021 is a bank holiday (Spring bank holiday)'
    """
    if bank is None:
        bank = england_bank_holidays(day.year) if day.year >= _BANK_HOLIDAYS_FROM else {}
    if named := bank.get(day):
        return f"{say_date(day)} is a bank holiday ({named})"
    for each in holidays:
        first, last = str(each.first), str(each.last)
        if getattr(each, "kind", SpanKind.HOLIDAY) != SpanKind.HOLIDAY or getattr(each, "urn", None) is not None:
            continue
        if closes_schools(each.title) and first <= day.isoformat() <= last:
            return f"{say_date(day)} is in a holiday ({each.title})"
    return None


def at_weekend(day: date) -> bool:
    """Say whether a day is a Saturday or a Sunday.

    >>> at_weekend(date(2020, 11, 22)), at_weekend(date(2020, 11, 24))
    (True, False)
    """
    return day.weekday() >= _SATURDAY
