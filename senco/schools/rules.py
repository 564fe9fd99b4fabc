"""The register's own rules: when a school is open, what follows what, how its numbers and names are read."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from senco.deferred import pattern
from senco.privacy import fold
from senco.schools.kinds import LinkLine, Phase, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIRST_URN = 100_000
LAST_URN = 999_999
_DFE_NUMBER = pattern(r"(\d{3}) ?[/-]? ?(\d{4})")
_NO_LETTER = pattern(r"[^\w\s]|_")

_STATUSES = {fold(each): each.value for each in Status}
_PHASES = {fold(each).replace("-", " "): each.value for each in Phase}


def is_open(status: str) -> bool:
    """Say whether a school is at work; one that is proposed to close still is, and so is one of unknown status.

    >>> is_open("Open, but proposed to close"), is_open(""), is_open("Proposed to open"), is_open("Closed")
    (True, True, False, False)
    """
    return status not in {Status.CLOSED, Status.PROPOSED}


def status_of(text: str) -> str:
    """Give a status in the register's own words; one that is not known stays as it was written.

    >>> status_of("OPEN, BUT PROPOSED TO CLOSE"), status_of("Pending approval")
    ('Open, but proposed to close', 'Pending approval')
    """
    return _STATUSES.get(fold(text), text)


def phase_of(text: str) -> str:
    """Give a phase in the register's own words; its capitals and hyphens vary from release to release.

    >>> phase_of("Middle Deemed Primary"), phase_of("All Through"), phase_of("Sixth")
    ('Middle deemed primary', 'All-through', 'Sixth')
    """
    return _PHASES.get(fold(text).replace("-", " "), text)


def urn_in(word: str) -> int | None:
    """Give the URN that a word is, or None when it is none.

    >>> urn_in(" 102975 "), urn_in("3194005"), urn_in("099999")
    (102975, None, None)
    """
    told = word.strip()
    if len(told) != len(str(LAST_URN)) or not (told.isascii() and told.isdecimal()):
        return None
    return int(told) if int(told) >= FIRST_URN else None


def dfe_number_in(word: str) -> tuple[int, int] | None:
    """Give the LA's code and the establishment number of a DfE number, or None when the word is none.

    >>> dfe_number_in("3194005"), dfe_number_in("319/4005"), dfe_number_in("102975")
    ((319, 4005), (319, 4005), None)
    """
    found = _DFE_NUMBER.fullmatch(word.strip())
    return (int(found[1]), int(found[2])) if found else None


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a name as they compare: folded, without apostrophes and stops.

    >>> words_of("St. Dunstan’s Cheam CofE")
    ('st', 'dunstans', 'cheam', 'cofe')
    """
    return tuple(_NO_LETTER.sub("", fold(text).replace("-", " ")).split())


def begins(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Say whether each word typed begins the word in its place in a name.

    >>> name = words_of("Robin Hood Infants' School")
    >>> begins(("rob", "hood", "inf"), name), begins(("hood",), name)
    (True, False)
    """
    return 0 < len(typed) <= len(name) and all(map(str.startswith, name, typed))


def begins_name(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Say whether the words typed begin a school's name, with its "The" or without.

    >>> [begins_name(words_of(typed), words_of("The Limes College")) for typed in ("Limes", "The Li", "College")]
    [True, True, False]
    """
    return begins(typed, name) or (name[:1] == ("the",) and begins(typed, name[1:]))


def is_successor(link_type: str) -> bool:
    """Say whether a link names a school that follows.

    >>> is_successor("Successor - merged"), is_successor("Predecessor")
    (True, False)
    """
    return fold(link_type).startswith("successor")


def is_predecessor(link_type: str) -> bool:
    """Say whether a link names a school that went before.

    >>> is_predecessor("Predecessor - amalgamated"), is_predecessor("Expansion")
    (True, False)
    """
    return fold(link_type).startswith("predecessor")


def is_split(link_type: str) -> bool:
    """Say whether a school goes on beside the one split off from it.

    >>> is_split("Successor - Split School"), is_split("Successor")
    (True, False)
    """
    return "split" in fold(link_type)


def turned(link: LinkLine, name: str) -> LinkLine:
    """Read a link to a predecessor the other way round, as one to a successor; ``name`` is the successor's."""
    return LinkLine(link.link_urn, link.urn, "Successor" + link.link_type[len("Predecessor") :], name, link.established)


def followers(links: Mapping[int, Iterable[LinkLine]], urn: int, day: str) -> list[LinkLine]:
    """Follow successors from a school to those at the end on a day (ISO), each with the link that leads there.

    ``links`` holds links to successors only, by the school they start from. A link without a date holds on every day.
    A school split off is an end, and the one it was split from goes on.
    """
    ends: dict[int, LinkLine] = {}
    seen = {urn}
    waiting = deque([urn])
    arrived: dict[int, LinkLine] = {}
    while waiting:
        here = waiting.popleft()
        onward = [link for link in links.get(here, ()) if link.established is None or link.established <= day]
        replaced = any(not is_split(link.link_type) for link in onward)
        if here in arrived and not replaced:
            ends[here] = arrived[here]
        for link in onward:
            if link.link_urn not in seen:
                seen.add(link.link_urn)
                arrived[link.link_urn] = link
                waiting.append(link.link_urn)
    return [ends[each] for each in sorted(ends)]


def why_not_alias(alias: str, urn: int, named_so: Iterable[tuple[int, str]]) -> str | None:
    """Say why a nickname cannot mean a school, or None; ``named_so`` are the open schools of the LA bearing that name.

    >>> why_not_alias("Harris", 143706, [])
    >>> why_not_alias("Avenue", 143706, [(142177, "Avenue")])
    "it is the name of another school, 'Avenue' (142177)"
    >>> why_not_alias(" ' ", 143706, [])
    'it holds no letter or digit'
    """
    if not words_of(alias):
        return "it holds no letter or digit"
    if urn_in(alias) or dfe_number_in(alias):
        return "it reads as a school's number"
    for other, name in named_so:
        if other != urn:
            return f"it is the name of another school, '{name}' ({other})"
    return None
