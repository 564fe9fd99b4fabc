"""Which school of the register each written name is: by number, by an answer, by a known name, or by likeness.

The whole table is looked at together, and the register as it was on the first day of the clusters' year.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.clusters.kinds import (
    AsSchool,
    How,
    Naming,
    Option,
    RegisterFacts,
    Resolved,
    Standing,
    WrittenSchool,
    WrittenTable,
)
from senco.clusters.rules import cluster_word
from senco.dates import say_date
from senco.errors import BadInput, Problem
from senco.findings import Finding
from senco.privacy import fold
from senco.schools import questions as schools
from senco.schools import rules as register_rules
from senco.schools.matching import Grade, Match, Wanted, match_names
from senco.schools.phases import is_open, why_not_mainstream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.dates import AcademicYear
    from senco.schools.kinds import SchoolLine
    from senco.schools.matching import Candidate, RegisterSchool
    from senco.store.doors import Ask

_KEPT_AS = {How.ANSWER: "person", How.MATCH: "match"}
SKIP = "skip"
Answers = dict[tuple[tuple[str, int], str], str]
"""What a person answered: by cluster and folded name, a URN or `SKIP`."""


class Register:
    """The schools of the register as they were on the first day of a year."""

    def __init__(self, ask: Ask, *, year: AcademicYear, la_code: int) -> None:
        self.ask = ask
        self.year = year
        self.la_code = la_code
        dates: dict[int, tuple[str | None, str | None, int | None]] = {
            urn: (opened, closed, pupils)
            for urn, opened, closed, pupils in ask.all(
                lambda *row: row,
                "SELECT urn, open_date, close_date, pupils FROM school WHERE la_code = :la_code ORDER BY urn",
                {"la_code": la_code},
            )
        }
        self.dates = dates
        self.schools = [self._then(school) for school in schools.register_for_matching(ask)]
        self.by_urn = {school.urn: school for school in self.schools}
        self.links = schools.successor_links(ask)

    def _then(self, school: RegisterSchool) -> RegisterSchool:
        """Give a school with its status as it was on the year's first day, as far as its dates tell."""
        opened, closed, _ = self.dates.get(school.urn, (None, None, None))
        day = self.year.first.isoformat()
        if opened is not None and opened > day:
            return replace(school, status="Proposed to open")
        if closed is not None:
            return replace(school, status="Open" if closed >= day else "Closed")
        return school

    def facts(self, urn: int) -> RegisterFacts:
        """Give what a plan looks at: the school then, and who takes its place within the year."""
        school = self.by_urn[urn]
        opened, closed, pupils = self.dates.get(urn, (None, None, None))
        return RegisterFacts(
            urn,
            school.name,
            school.phase,
            school.trust,
            pupils,
            opened,
            closed,
            is_open(school),
            why_not_mainstream(school) is None,
            self._successor(urn),
        )

    def _successor(self, urn: int) -> str:
        """Say who takes a school's place within the year, and when; nobody gives an empty text."""
        first, last = self.year.first.isoformat(), self.year.last.isoformat()
        told = [
            f"{link.link_urn} {link.link_name}, {say_date(date.fromisoformat(link.established))}"
            for link in register_rules.followers(self.links, urn, last)
            if link.established is not None and link.established >= first
        ]
        return "; ".join(told)

    def standing_in(self, urn: int) -> list[int]:
        """Give the schools that stood in a school's place on the year's first day: itself, unless it was replaced."""
        held = self.by_urn.get(urn)
        if held is not None and is_open(held):
            return [urn]
        day = self.year.first.isoformat()
        followers = [link.link_urn for link in register_rules.followers(self.links, urn, day)]
        return [each for each in followers if each in self.by_urn and is_open(self.by_urn[each])] or [urn]

    def expected(self) -> list[int]:
        """Give the schools that a year's clusters should hold: mainstream schools of the LA open on its first day."""
        return [
            school.urn
            for school in self.schools
            if school.la_code == self.la_code
            and is_open(school)
            and why_not_mainstream(school) is None
            and school.phase.casefold() != "not applicable"
        ]


def answer_key(cluster: str, text: str) -> tuple[tuple[str, int], str]:
    """Give what an answer is found again by."""
    return cluster_word(cluster), fold(text)


def resolve(
    register: Register, table: WrittenTable, answers: Answers, standing: Standing
) -> tuple[list[Resolved], list[Finding]]:
    """Find the school of every written name of a table, with what is odd about numbers and double claims.

    A name that stands in its cluster already means the same school again.

    Raises BadInput ``clusters.claimed-twice`` when a person's answers give one school to two clusters.
    """
    findings: list[Finding] = []
    matches = match_names(
        [Wanted(each.key, each.text, each.phase) for each in table.schools], register.schools, la_code=register.la_code
    )
    held = {answer_key(line.cluster, line.nickname): line.urn for line in standing.members}
    found = [
        _one(register, written, match, answers=answers, held=held, findings=findings)
        for written, match in zip(table.schools, matches, strict=True)
    ]
    return _claims(register, found, findings), findings


def _one(
    register: Register,
    written: WrittenSchool,
    match: Match,
    *,
    answers: Answers,
    held: Mapping[tuple[tuple[str, int], str], int],
    findings: list[Finding],
) -> Resolved:
    options = tuple(_option(register, each) for each in match.candidates)
    key = answer_key(written.cluster, written.text)
    answer = answers.get(key)
    if answer is not None:
        if answer == SKIP:
            return Resolved(written, How.SKIPPED, None, options, "left out, as answered")
        return Resolved(written, How.ANSWER, int(answer), options)
    if written.urn or written.dfe_number:
        numbered = _by_number(register, written)
        if isinstance(numbered, str):
            return Resolved(written, How.UNSURE, None, options, numbered)
        _hold_against_name(register, written, numbered, match, findings)
        return Resolved(written, How.NUMBER, numbered, options)
    return _by_name(register, written, match, held.get(key), options)


def _by_name(
    register: Register, written: WrittenSchool, match: Match, held: int | None, options: tuple[Option, ...]
) -> Resolved:
    """Take a name for the school it is known for, for the one it stands for already, or for the one it is like."""
    alias = schools.with_alias(register.ask, written.text, register.la_code)
    if alias is not None:
        now = register.standing_in(alias.urn)
        if len(now) == 1:
            return Resolved(written, How.ALIAS, now[0], options)
        split = tuple(Option(urn, register.by_urn[urn].name, register.by_urn[urn].phase, "") for urn in now)
        return Resolved(written, How.UNSURE, None, split, "the school of this name has become several")
    if held is not None:
        return Resolved(written, How.ALIAS, held, options)
    if match.taken is not None:
        return Resolved(written, How.MATCH, match.taken, options)
    return Resolved(written, How.UNSURE, None, options, match.reason)


def _option(register: Register, candidate: Candidate) -> Option:
    why = "; ".join(found.detail for found in candidate.why) or "it fits"
    return Option(candidate.urn, candidate.name, register.by_urn[candidate.urn].phase, why)


def _by_number(register: Register, written: WrittenSchool) -> int | str:
    """Give the school of a URN or a DfE number, or say why there is none."""
    if written.urn:
        urn = register_rules.urn_in(written.urn)
        if urn is None or urn not in register.by_urn:
            return f"the register holds no school with the URN {written.urn}"
        return urn
    number = register_rules.dfe_number_in(written.dfe_number)
    lines: Sequence[SchoolLine] = schools.with_dfe_number(register.ask, *number) if number else ()
    then = [line.urn for line in lines if is_open(register.by_urn[line.urn])]
    if len(then) != 1:
        return f"the register holds {len(then) or 'no'} open schools with the DfE number {written.dfe_number}"
    return then[0]


def _hold_against_name(
    register: Register, written: WrittenSchool, urn: int, match: Match, findings: list[Finding]
) -> None:
    likely = {each.urn for each in match.candidates} if match.taken is None else {match.taken}
    if urn in likely:
        return
    findings.append(
        Finding(
            "cluster.number-and-name-differ",
            written.place,
            f"'{written.text}' stands beside the number of {register.by_urn[urn].name} ({urn}).",
            "The number was believed; look whether it is the right one.",
        )
    )


def _claims(register: Register, found: list[Resolved], findings: list[Finding]) -> list[Resolved]:
    """See that each school is claimed once: a second row of one cluster is dropped, rows of two clusters are asked."""
    by_urn: dict[int, list[Resolved]] = defaultdict(list)
    for each in found:
        if each.urn is not None:
            by_urn[each.urn].append(each)
    settled = {each.written.key: each for each in found}
    for urn, claims in by_urn.items():
        if len(claims) == 1:
            continue
        name = register.by_urn[urn].name
        places = "; ".join(f"'{each.written.text}' in {each.written.cluster} ({each.written.place})" for each in claims)
        if len({each.written.cluster for each in claims}) == 1:
            for each in claims[1:]:
                settled[each.written.key] = replace(
                    each, how=How.REPEATED, urn=None, why=f"{name} stands in {each.written.cluster} already"
                )
            findings.append(
                Finding(
                    "cluster.named-twice", claims[1].written.place, f"{name} is named twice: {places}.", "Once counts."
                )
            )
            continue
        answered = [each for each in claims if each.how is How.ANSWER]
        if len(answered) > 1:
            raise BadInput(
                "clusters.claimed-twice",
                f"{name} ({urn}) was given to two clusters.",
                "A school is in one cluster of a model: answer 'skip' for the other row.",
                tuple(
                    Problem(each.written.place, f"'{each.written.text}' in {each.written.cluster}") for each in answered
                ),
            )
        findings.append(
            Finding(
                "cluster.claimed-twice", claims[0].written.place, f"{name} is claimed by two clusters: {places}.", ""
            )
        )
        for each in claims:
            if each not in answered:
                settled[each.written.key] = _asked(register, each, urn, claims)
    return list(settled.values())


def _asked(register: Register, one: Resolved, urn: int, claims: Sequence[Resolved]) -> Resolved:
    other = next(each for each in claims if each is not one)
    why = f"'{other.written.text}' in {other.written.cluster} is taken for the same school"
    options = one.options
    if urn not in {option.urn for option in options}:
        school = register.by_urn[urn]
        options = (Option(urn, school.name, school.phase, why), *options)
    return replace(one, how=How.UNSURE, urn=None, options=options, why=why)


def names_to_keep(register: Register, resolved: Sequence[Resolved]) -> list[Naming]:
    """Give the nicknames worth keeping: taken by a match or an answer, not known yet, and meaning one school only."""
    meanings: dict[str, set[int]] = defaultdict(set)
    for each in resolved:
        if each.urn is not None:
            meanings[fold(each.written.text)].add(each.urn)
    kept = []
    for each in resolved:
        if each.urn is None or each.how not in _KEPT_AS or len(meanings[fold(each.written.text)]) > 1:
            continue
        known = schools.with_alias(register.ask, each.written.text, register.la_code)
        if known is None or known.urn != each.urn:
            kept.append(Naming(each.written.text, each.urn, _KEPT_AS[each.how], each.written.place))
    return kept


def as_schools(ask: Ask, texts: Sequence[str], *, la_code: int) -> list[AsSchool]:
    """Say of each text how far it is the name of a school of the LA, all of them looked at together."""
    local = [school for school in schools.register_for_matching(ask) if school.la_code == la_code]
    found = match_names([Wanted(at, text, None) for at, text in enumerate(texts)], local, la_code=la_code)
    return [_as_school(match) for match in found]


def _as_school(match: Match) -> AsSchool:
    if match.taken is not None:
        return AsSchool.SURE
    like = any(each.grade in {Grade.MEDIUM, Grade.STRONG} for each in match.candidates)
    return AsSchool.LIKE if like else AsSchool.UNLIKE


def host_of(register: Register, word: str, written: Mapping[str, int]) -> int | None:
    """Give the host school that a table names: a school as the table itself calls it, or by number or exact name."""
    told = fold(word)
    if told in written:
        return written[told]
    urn = register_rules.urn_in(word)
    if urn is not None:
        return urn if urn in register.by_urn else None
    alias = schools.with_alias(register.ask, word, register.la_code)
    if alias is not None:
        return alias.urn
    named = [
        school.urn
        for school in register.schools
        if school.la_code == register.la_code and is_open(school) and fold(school.name) == told
    ]
    if len(named) == 1:
        return named[0]
    match = match_names([Wanted(0, word, None)], register.schools, la_code=register.la_code)
    return match[0].taken
