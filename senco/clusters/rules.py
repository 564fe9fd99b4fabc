"""The rules of clusters: how they are named, and which day of a year counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from senco.clusters.kinds import Model
from senco.dates import AcademicYear
from senco.deferred import pattern
from senco.privacy import fold

if TYPE_CHECKING:
    from datetime import date

_FEWEST_TO_COMPARE = 3


def day_in_year(day: date, year: str) -> date:
    """Give the day itself when the academic year holds it, or else the year's day nearest to it.

    >>> from datetime import date
    >>> day_in_year(date(2026, 11, 22), "2020/21").isoformat(), day_in_year(date(2020, 6, 1), "2020/21").isoformat()
    ('2021-08-31', '2020-09-01')
    """
    of = AcademicYear.parse(year)
    return min(max(day, of.first), of.last)


def cluster_word(text: str) -> tuple[str, int]:
    """Give what a cluster's reference is compared and sorted by: its letters and its number.

    >>> cluster_word("CP 1") == cluster_word("cp1"), cluster_word("CP2") < cluster_word("CP10")
    (True, True)
    """
    letters = re.sub(r"[^a-z0-9]", "", fold(text))
    found = re.fullmatch(r"(.*?)([0-9]{0,6})", letters)
    # The pattern leaves nothing out, so it always matches.
    stem, number = found.groups() if found else (letters, "")
    return stem, int(number or 0)


def begins(word: str, text: str) -> bool:
    """Say whether a word is the beginning of a cluster's reference or name; a number is not cut short.

    >>> begins("cent", "Central"), begins("CP", "CP1"), begins("CP1", "CP10"), begins(" ", "CP1")
    (True, True, False, False)
    """
    typed, told = (re.sub(r"[^a-z0-9]", "", fold(each)) for each in (word, text))
    rest = told[len(typed) :]
    return bool(typed) and told.startswith(typed) and not (typed[-1].isdigit() and rest[:1].isdigit())


_NUMBERED = pattern(r"(?:cluster\s*)?(?P<letters>[cs]p)\s*[-.]?\s*(?:cluster\s*)?(?P<number>[0-9]{1,2})(?:\s*cluster)?")
_SPELT = pattern(r"(?P<model>cross|single)[ -]?phase\s*(?:model\s*)?(?:cluster\s*)?(?P<number>[0-9]{1,2})")
_BARE = pattern(r"(?:cluster|group|no\.?|number)?\s*(?P<number>[0-9]{1,2})")
_CLUSTER_NUMBER = pattern(r"cluster\s*[0-9]{1,2}")
# What stands behind the number: "Cluster 4: Wallington", "CP1 - North".
_TITLE = pattern(r"\s*[:–,(]\s*|\s+-\s+")
_PREFIX = {Model.CROSS_PHASE: "CP", Model.SINGLE_PHASE: "SP"}
_YEAR = pattern(r"(?<![0-9])(?<![0-9][/-])(20[0-9]{2})\s?[/–-]\s?((?:20)?[0-9]{2})(?![0-9]|[/-][0-9])")


def reference_of(written: str, model: str | None) -> str | None:
    """Give the reference that a cluster is called by from its name as written; None when a bare number needs a model.

    >>> [reference_of(name, None) for name in ("CP 1", "Cluster SP-07", "Cross Phase Cluster 3", "North Cluster", "2")]
    ['CP1', 'SP7', 'CP3', 'NORTH', None]
    >>> reference_of("Cluster 2", "single-phase"), reference_of("CP4: Wallington", None)
    ('SP2', 'CP4')
    """
    told = fold(written).strip(" :.–-")
    front = _TITLE.split(told)[0]
    if _NUMBERED.fullmatch(front) or _SPELT.fullmatch(front) or _CLUSTER_NUMBER.fullmatch(front):
        told = front
    found = _NUMBERED.fullmatch(told)
    if found:
        return f"{found['letters'].upper()}{int(found['number'])}"
    found = _SPELT.fullmatch(told)
    if found:
        return f"{_PREFIX[Model(found['model'] + '-phase')]}{int(found['number'])}"
    found = _BARE.fullmatch(told)
    if found:
        return f"{_PREFIX[Model(model)]}{int(found['number'])}" if model else None
    words = re.sub(r"\bclusters?\b", " ", told)
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-").upper() or None


def names_cluster(text: str) -> bool:
    """Say whether a text on its own is plainly the name of a cluster, as over a list of its schools.

    >>> [names_cluster(text) for text in ("CP1", "Cluster 4: Hill", "North Cluster", "Abbey", "School Clusters", "7")]
    [True, True, True, False, False, False]
    """
    told = fold(text).strip(" :.–-")
    front = _TITLE.split(told)[0]
    if _NUMBERED.fullmatch(front) or _SPELT.fullmatch(front) or _CLUSTER_NUMBER.fullmatch(front):
        return True
    return bool(re.fullmatch(r"cluster\s+[a-z0-9]+|(?!school|senco|confirmed)[a-z0-9]+( [a-z0-9]+)? cluster", told))


def model_of_reference(reference: str) -> Model | None:
    """Give the model that a reference belongs to by its letters, or None.

    >>> model_of_reference("CP1"), model_of_reference("NORTH")
    (<Model.CROSS_PHASE: 'cross-phase'>, None)
    """
    found = re.fullmatch(r"([CS]P)[0-9]+", reference)
    return {"CP": Model.CROSS_PHASE, "SP": Model.SINGLE_PHASE}[found[1]] if found else None


def model_in(text: str) -> Model | None:
    """Give the one model that a heading speaks of, or None when it speaks of none or of both.

    >>> model_in("School Clusters - Single Phase Model (SP Clusters 1-7)"), model_in("SP and CP clusters")
    (<Model.SINGLE_PHASE: 'single-phase'>, None)
    """
    told = fold(text)
    found = {
        model
        for model, pattern in (
            (Model.CROSS_PHASE, r"cross[ -]?phase|\bcp\b|\bcp ?[0-9]"),
            (Model.SINGLE_PHASE, r"single[ -]?phase|\bsp\b|\bsp ?[0-9]"),
        )
        if re.search(pattern, told)
    }
    return found.pop() if len(found) == 1 else None


def years_in(text: str) -> set[str]:
    """Give the academic years that a text speaks of; a date written 2020-11-24 is none.

    >>> sorted(years_in("Clusters 2020/21 (was: 2019-2020)")), years_in("2020-11-24"), years_in("2020/25")
    (['2019/20', '2020/21'], set(), set())
    """
    found = set()
    for first, last in _YEAR.findall(text):
        year = AcademicYear(int(first))
        if last in {str(year.starts + 1), str(year.starts + 1)[2:]}:
            found.add(str(year))
    return found


def same_trust(written: str, register: str) -> bool:
    """Say whether a trust as people write it, by a word of its name or its initials, can be that of the register.

    >>> [same_trust(name, "Girls' Learning Trust") for name in ("Girls LT", "GLT", "Folio")]
    [True, True, False]
    >>> same_trust("Willow Trust", "The Willow Learning Trust"), same_trust("CAN", ""), same_trust("", "")
    (True, False, True)
    """
    typed, words = _words(written), _words(register)
    if not typed or not words:
        return typed == words
    at = 0
    for word in typed:
        end = next((each for each in range(at, len(words)) if _is(word, words[each:])), None)
        if end is None:
            return False
        at = end + (1 if words[end] == word else len(word))
    return True


def _words(text: str) -> list[str]:
    told = re.sub(r"['’.]", "", fold(text))
    return [word for word in re.split(r"[^a-z0-9]+", told) if word and word != "the"]


def _is(word: str, words: list[str]) -> bool:
    if words[0] == word:
        return True
    initials = "".join(each[0] for each in words[: len(word)])
    return len(word) > 1 and initials == word


def lopsided(sizes: dict[str, int]) -> dict[str, str]:
    """Give the clusters whose size is far from the others', each with what is seen: principle "similar numbers".

    Far is beyond half as many again as the median, or under two thirds of it.

    >>> lopsided({"CP1": 11, "CP2": 12, "CP3": 9, "CP4": 21, "CP5": 6})
    {'CP4': '21 against 11 in the middle', 'CP5': '6 against 11 in the middle'}
    >>> lopsided({"CP1": 4, "CP2": 40})
    {}
    """
    ordered = sorted(sizes.values())
    if len(ordered) < _FEWEST_TO_COMPARE:
        return {}
    middle = ordered[len(ordered) // 2]
    return {
        cluster: f"{size:,} against {middle:,} in the middle"
        for cluster, size in sizes.items()
        if size * 2 > middle * 3 or size * 3 < middle * 2
    }


def dominating(trusts: list[str]) -> tuple[str, int] | None:
    """Give the trust that half or more of a cluster's schools belong to, and their number; None when no trust does.

    >>> dominating(["Leo", "Leo", "Leo", "", "Harris"]), dominating(["Leo", "", ""])
    (('Leo', 3), None)
    """
    counts = {trust: trusts.count(trust) for trust in trusts if trust}
    if not counts:
        return None
    trust = max(sorted(counts), key=lambda each: counts[each])
    return (trust, counts[trust]) if counts[trust] >= _FEWEST_TO_COMPARE and counts[trust] * 2 >= len(trusts) else None


def why_not_appointed(*, day: date, year: str, current_starts: str | None, same: bool) -> str | None:
    """Say why a person cannot be appointed from a day on, or None.

    ``current_starts`` is the ISO date of the appointment that holds without an end, ``same`` that it is just this one.

    >>> from datetime import date
    >>> why_not_appointed(day=date(2021, 1, 4), year="2020/21", current_starts="2020-09-01", same=False)
    >>> why_not_appointed(day=date(2022, 1, 4), year="2020/21", current_starts=None, same=False)
    '2022-01-04 is not in 2020/21'
    """
    if day not in AcademicYear.parse(year):
        return f"{day.isoformat()} is not in {year}"
    if current_starts is not None and day.isoformat() < current_starts:
        return f"the present appointment began later, on {current_starts}"
    return "this is how it stands already" if same else None
