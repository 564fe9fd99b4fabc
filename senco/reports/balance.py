"""The section on the clusters themselves: whether they are alike in size, mixed in phase, and no one trust's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters.rules import dominating, lopsided
from senco.reports import rules
from senco.reports.kinds import Audience, Chart, FigureKind, Section, Sentence, Table
from senco.reports.tallying import plain, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.clusters.kinds import MemberLine
    from senco.reports.facts import ClusterFacts, TermFacts
    from senco.reports.kinds import Figure

_MODELS = {"cross-phase": "cross-phase clusters", "single-phase": "single-phase clusters"}
_NOBODY = "none"


def balance(facts: TermFacts) -> Section:
    """Give each cluster's schools, pupils on roll, phases and largest trust; it says nothing of a single child."""
    models = [
        (model, name, [each for each in facts.clusters if each.model == model])
        for model, name in {**_MODELS, **{each.model: f"{each.model} clusters" for each in facts.clusters
                            if each.model not in _MODELS}}.items()
    ]  # fmt: skip
    held = [(model, name, of) for model, name, of in models if of]
    sentences = [sentence for _, name, of in held for sentence in _told(name, of)]
    return Section(
        "balance",
        "How the clusters are balanced",
        frozenset({Audience.LEADS, Audience.FORUM}),
        tuple(sentences),
        tuple(
            Table(
                f"balance-{model}",
                f"The {name} on the day of the report",
                ("Cluster", "Schools", "Pupils on roll", "Primary", "Secondary", "Other", "Largest trust", "Its share"),
                tuple((text(each.reference), *_row(each.members)) for each in of),
                note="Pupils as far as the register knows them. The share is that of the cluster's schools.",
                chart=Chart("bars", f"Pupils on roll in the {name}", (2,)),
            )
            for model, name, of in held or [("none", "clusters", [])]
        ),
    )


def _row(members: Sequence[MemberLine]) -> tuple[Figure, ...]:
    phases = [_phase(each.phase) for each in members]
    trusts = [each.trust for each in members if each.trust]
    largest = max(sorted(set(trusts)), key=trusts.count, default="")
    return (
        plain(len(members)),
        plain(_pupils(members)),
        *(plain(phases.count(each)) for each in ("primary", "secondary", "other")),
        text(largest or _NOBODY),
        plain(rules.share(trusts.count(largest), len(members)) if largest else None, FigureKind.PERCENT),
    )


def _pupils(members: Sequence[MemberLine]) -> int:
    return sum(each.pupils or 0 for each in members)


def _phase(phase: str) -> str:
    told = phase.casefold()
    return next((each for each in ("primary", "secondary") if each in told), "other")


def _told(name: str, of: Sequence[ClusterFacts]) -> list[Sentence]:
    """Say what stands out against the principles: size, pupils, one trust, one phase where both should meet."""
    sizes = {each.reference: len(each.members) for each in of}
    pupils = {each.reference: _pupils(each.members) for each in of}
    sentences = [
        Sentence(
            f"The {name} have between {{}} and {{}} schools.",
            (plain(min(sizes.values())), plain(max(sizes.values()))),
        )
    ]
    for cluster, why in lopsided(sizes).items():
        sentences.append(Sentence(f"{cluster} stands out by its number of schools: {why}."))
    for cluster, why in lopsided(pupils).items():
        sentences.append(Sentence(f"{cluster} stands out by its number of pupils: {why}."))
    for each in of:
        found = dominating([member.trust for member in each.members])
        if found is not None:
            told = (plain(found[1]), plain(len(each.members)))
            sentences.append(Sentence(f"In {each.reference} {{}} of {{}} schools are of one trust, {found[0]}.", told))
        both = {_phase(member.phase) for member in each.members} >= {"primary", "secondary"}
        if each.model == "cross-phase" and each.members and not both:
            sentences.append(Sentence(f"{each.reference} is cross-phase, but has schools of one phase alone."))
    return sentences
