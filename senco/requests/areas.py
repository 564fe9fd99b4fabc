"""Which broad area a code of need falls in: the four of the SEND Code of Practice, or as the borough has set them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from senco.errors import NotFound
from senco.settings.rules import BY_NAME, groups_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.settings.kinds import Dated

SETTING: Final = "need.areas"
CODE_OF_PRACTICE: Final = BY_NAME[SETTING].default
NO_AREA: Final = "not given by an area"
NONE: Final = "none"


def area_of(code: str, areas: str = CODE_OF_PRACTICE) -> str | None:
    """Give the broad area of a code of need, or None for one that is not given by an area (as NSA, OTH).

    ``areas`` is the value of the setting ``need.areas`` on the day of the request. The four areas and the codes in
    them are the SEND Code of Practice's (2015, 6.28 to 6.35); DS came after it and stands with cognition and learning.

    >>> area_of("ASD"), area_of("pd"), area_of("NSA"), area_of("OTH")
    ('communication and interaction', 'sensory and/or physical', None, None)
    >>> area_of("ASD", "autism: ASD"), area_of("PD", "autism: ASD")
    ('autism', None)
    """
    return _by_code(areas).get(code.strip().upper())


def areas_of(codes: Sequence[str], areas: str = CODE_OF_PRACTICE) -> tuple[str | None, ...]:
    """Give the broad area of each code, in their order.

    >>> areas_of(["SEMH", "NSA"])
    ('social, emotional and mental health', None)
    """
    return tuple(area_of(code, areas) for code in codes)


def said(codes: Sequence[str], areas: Sequence[str | None]) -> str:
    """Give the areas in words, the first need's first, each with its codes.

    >>> said(["ASD", "NSA", "SLCN"], areas_of(["ASD", "NSA", "SLCN"]))
    'communication and interaction (ASD, SLCN); not given by an area (NSA)'
    """
    found: dict[str, list[str]] = {}
    for code, area in zip(codes, areas, strict=True):
        found.setdefault(area or NO_AREA, []).append(code)
    return "; ".join(f"{area} ({', '.join(theirs)})" for area, theirs in found.items())


def counted(firsts: Sequence[str | None]) -> str:
    """Say how many requests fall in each area, by the area of each one's first need; the most first.

    >>> counted(["sensory", None, "learning", "learning"])
    'learning 2, sensory 1, not given by an area 1'
    """
    names = [area or NO_AREA for area in firsts]
    order = sorted(dict.fromkeys(names), key=lambda area: (area == NO_AREA, -names.count(area), area))
    return ", ".join(f"{area} {names.count(area)}" for area in order)


def area_meant(word: str, areas: Dated) -> str | None:
    """Give the area that a person means by its name or a part of it; None for "none": what is given by no area.

    ``areas`` is the setting ``need.areas`` through time: an area that was once set may be asked for still. Raises
    NotFound ``requests.unknown-area``.

    >>> from senco.settings.kinds import Dated
    >>> area_meant("sensory", Dated(CODE_OF_PRACTICE)), area_meant("None", Dated(CODE_OF_PRACTICE))
    ('sensory and/or physical', None)
    """
    from senco.nearest import did_you_mean
    from senco.privacy import fold

    if fold(word) == NONE:
        return None
    texts = [*(value for _, value in reversed(areas.steps)), areas.default]
    known = list(dict.fromkeys(area for text in texts for area in groups_of(text)))
    meant = [each for each in known if fold(each) == fold(word)] or [each for each in known if fold(word) in fold(each)]
    if len(meant) != 1:
        near = f"Give one of: {'; '.join(meant or known)}; or {NONE}."
        raise NotFound("requests.unknown-area", f"No one area of need is '{word}'.", did_you_mean(word, known) or near)
    return meant[0]


@lru_cache(maxsize=32)
def _by_code(areas: str) -> Mapping[str, str]:
    return {code: area for area, codes in groups_of(areas).items() for code in codes}
