"""What an import would do, worked out line by line before anything is done. Pure: the store is told, not asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from senco.clusters import rules
from senco.clusters.kinds import (
    Appointing,
    ClusterLine,
    How,
    Joining,
    MemberLine,
    Naming,
    Plan,
    PlanLine,
    PlanSummary,
    RegisterFacts,
    Resolved,
    Standing,
    Step,
    UnsureLine,
    WrittenCluster,
    WrittenTable,
)
from senco.errors import Refused
from senco.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EVEN = "Clusters should be of similar size: look whether a school can move."
_ORDER = {"cluster": 0, "lead": 1, "school": 2}


@dataclass(slots=True)
class _Draft:
    """A plan while it is being worked out."""

    lines: list[PlanLine] = field(default_factory=list)
    new_clusters: list[WrittenCluster] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    leaving: list[tuple[str, int]] = field(default_factory=list)
    joining: list[Joining] = field(default_factory=list)
    renicknamed: list[Joining] = field(default_factory=list)
    appointing: list[Appointing] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plan(
    table: WrittenTable,
    resolved: Sequence[Resolved],
    register: Mapping[int, RegisterFacts],
    *,
    hosts: Mapping[str, int | None],
    standing: Standing,
    holds_from: str,
    expected: Sequence[int],
    odd: Sequence[Finding],
    naming: Sequence[Naming],
    others_leave: bool = False,
) -> Plan:
    """Work out what a table changes of what stands.

    ``hosts`` are the host schools by cluster, ``holds_from`` the ISO day on which changes begin, ``expected`` the URNs
    that the register says should be in some cluster, ``odd`` what was noticed while the names were resolved, ``naming``
    the nicknames to keep. Clusters that the table does not name stay as they are, unless ``others_leave``.
    Raises Refused ``clusters.other-model`` when a cluster of the year exists in another model,
    and ``clusters.later-changes`` when something changed after ``holds_from``.
    """
    _refuse_other_model(table, standing)
    if standing.latest is not None and standing.latest > holds_from:
        raise Refused(
            "clusters.later-changes",
            f"The clusters of {table.year} changed on {standing.latest}, after {holds_from}. Nothing changed.",
            f"Let the change hold from {standing.latest} or later with --from.",
        )
    draft = _Draft()
    before = {line.reference: line for line in standing.clusters}
    for cluster in table.clusters:
        _plan_cluster(draft, cluster, before.get(cluster.reference))
        _plan_lead(draft, cluster, before.get(cluster.reference), hosts.get(cluster.reference), standing.former_leads)
    members = {line.urn: line for line in standing.members}
    taken = [(each, each.urn) for each in resolved if each.urn is not None]
    for each in resolved:
        _plan_school(draft, each, members, register)
    named = {cluster.reference for cluster in table.clusters}
    staying = [line for line in standing.members if line.cluster not in named and not others_leave]
    _plan_leavers(
        draft, [line for line in standing.members if line not in staying], {urn for _, urn in taken}, resolved
    )
    unsure = tuple(
        UnsureLine(
            each.written.cluster,
            each.written.text,
            each.written.phase or "",
            each.why,
            each.options,
            each.written.place,
        )
        for each in resolved
        if each.how is How.UNSURE
    )
    findings = (
        *table.findings,
        *odd,
        *draft.findings,
        *_staying_findings(table, staying),
        *_emptying_findings(table, standing, draft),
        *_school_findings(taken, register),
        *_host_findings(table, hosts),
        *_cluster_findings(table, taken, register),
    )
    counts = Counter(line.step for line in draft.lines if line.what == "school")
    summary = PlanSummary(
        table.file,
        table.year,
        table.model,
        holds_from,
        len(table.clusters),
        len(draft.new_clusters),
        len(draft.appointing),
        len(taken),
        *(counts[step] for step in Step),
    )
    return Plan(
        summary,
        tuple(sorted(draft.lines, key=lambda line: (rules.cluster_word(line.cluster), _ORDER[line.what]))),
        unsure,
        findings,
        _missing([urn for urn in expected if urn not in {line.urn for line in staying}], resolved, register),
        table.notes,
        standing,
        tuple(draft.new_clusters),
        tuple(draft.renamed),
        tuple(draft.leaving),
        tuple(draft.joining),
        tuple(draft.renicknamed),
        tuple(draft.appointing),
        tuple(naming),
    )


def _refuse_other_model(table: WrittenTable, standing: Standing) -> None:
    models = dict(standing.references)
    other = [each.reference for each in table.clusters if models.get(each.reference, table.model) != table.model]
    if other:
        raise Refused(
            "clusters.other-model",
            f"{table.year} has {', '.join(other)} already as {models[other[0]]} clusters. Nothing changed.",
            "Say --model as it stands, or give the clusters of the other model names of their own.",
        )


def _plan_cluster(draft: _Draft, cluster: WrittenCluster, before: ClusterLine | None) -> None:
    if before is None:
        draft.new_clusters.append(cluster)
        draft.lines.append(
            PlanLine(Step.ADDED, "cluster", cluster.reference, cluster.name, None, "", "a new cluster", cluster.place)
        )
    elif rules.cluster_word(before.name) != rules.cluster_word(cluster.name):
        draft.renamed.append((cluster.reference, cluster.name))
        draft.lines.append(
            PlanLine(
                Step.CHANGED,
                "cluster",
                cluster.reference,
                cluster.name,
                None,
                "",
                f"was called {before.name}",
                cluster.place,
            )
        )


def _plan_lead(
    draft: _Draft,
    cluster: WrittenCluster,
    before: ClusterLine | None,
    host: int | None,
    former: Sequence[tuple[str, str]],
) -> None:
    """Plan a lead; a table that names none, or no host school, leaves those that stand.

    One who led the cluster earlier in the year and was replaced does not come back by an old table.
    """
    if not cluster.lead:
        return
    held, held_host = (before.lead, before.host_urn) if before is not None else ("", None)
    if held and held != cluster.lead and (cluster.reference, cluster.lead) in former:
        what = f"{cluster.lead} led {cluster.reference} until {held} took over."
        do = f"{held} stays; `senco clusters lead` appoints somebody else."
        draft.findings.append(Finding("cluster.lead-replaced", cluster.lead_place, what, do))
        return
    wanted_host = host if host is not None else (held_host if held == cluster.lead else None)
    step, detail = Step.UNCHANGED, ""
    if not held:
        step = Step.ADDED
    elif (held, held_host) != (cluster.lead, wanted_host):
        step, detail = Step.CHANGED, "another host school" if held == cluster.lead else f"in place of {held}"
    if step is not Step.UNCHANGED:
        draft.appointing.append(Appointing(cluster.reference, cluster.lead, wanted_host, cluster.lead_place))
    draft.lines.append(
        PlanLine(step, "lead", cluster.reference, cluster.lead, wanted_host, "", detail, cluster.lead_place)
    )


def _plan_school(
    draft: _Draft, each: Resolved, members: Mapping[int, MemberLine], register: Mapping[int, RegisterFacts]
) -> None:
    written = each.written
    if each.urn is None:
        step = Step.UNSURE if each.how is How.UNSURE else Step.REFUSED
        draft.lines.append(PlanLine(step, "school", written.cluster, written.text, None, "", each.why, written.place))
        return
    joining = Joining(written.cluster, each.urn, written.text, written.place)
    before = members.get(each.urn)
    step, detail = Step.UNCHANGED, ""
    if before is None:
        step, detail = Step.ADDED, f"by {each.how}"
        draft.joining.append(joining)
    elif before.cluster != written.cluster:
        step, detail = Step.CHANGED, f"moves from {before.cluster}"
        draft.leaving.append((before.cluster, each.urn))
        draft.joining.append(joining)
    elif before.nickname != written.text:
        step, detail = Step.CHANGED, f"was written '{before.nickname}'"
        draft.renicknamed.append(joining)
    name = register[each.urn].name
    draft.lines.append(PlanLine(step, "school", written.cluster, written.text, each.urn, name, detail, written.place))


def _plan_leavers(draft: _Draft, members: Sequence[MemberLine], taken: set[int], resolved: Sequence[Resolved]) -> None:
    """Plan the end of memberships the table does not name; a school that may be an undecided row's is left as it is."""
    open_rows = [each for each in resolved if each.how in {How.UNSURE, How.SKIPPED}]
    possible = {option.urn for each in open_rows for option in each.options}
    for line in members:
        if line.urn in taken or line.urn in possible:
            continue
        draft.leaving.append((line.cluster, line.urn))
        detail = "the table does not name it any more"
        draft.lines.append(PlanLine(Step.LEFT, "school", line.cluster, line.nickname, line.urn, line.name, detail, ""))


def _staying_findings(table: WrittenTable, staying: Sequence[MemberLine]) -> list[Finding]:
    """Say which clusters the table does not name: a table of one cluster says nothing of the others."""
    others = sorted({line.cluster for line in staying}, key=rules.cluster_word)
    if not others:
        return []
    what = f"The table does not name {', '.join(others)}, which {'stands' if len(others) == 1 else 'stand'} already."
    do = "Nothing changes there; with --others-leave their schools would leave."
    return [Finding("cluster.not-in-table", table.file, what, do)]


def _emptying_findings(table: WrittenTable, standing: Standing, draft: _Draft) -> list[Finding]:
    """Find clusters that would lose more than half of their schools: the table may be a part of another."""
    held = Counter(line.cluster for line in standing.members)
    lost = Counter(cluster for cluster, _ in draft.leaving)
    places = {cluster.reference: cluster.place for cluster in table.clusters}
    return [
        Finding(
            "cluster.emptied",
            places.get(reference, table.file),
            f"{reference} would lose {count} of its {held[reference]} schools.",
            "Look whether the table is whole.",
        )
        for reference, count in lost.items()
        if count * 2 > held[reference]
    ]


def _school_findings(taken: Sequence[tuple[Resolved, int]], register: Mapping[int, RegisterFacts]) -> list[Finding]:
    found: list[Finding] = []
    coloured = [each.written.trust for each, _ in taken if each.written.trust]
    for each, urn in taken:
        held, written = register[urn], each.written
        named = f"{held.name} ({held.urn})"
        if written.phase and held.phase in {"Primary", "Secondary"} and held.phase != written.phase:
            found.append(
                Finding(
                    "cluster.phase-differs",
                    written.place,
                    f"'{written.text}' stands under {written.phase}; {named} is a {held.phase.lower()} school.",
                    "The register was believed.",
                )
            )
        if not held.open_then:
            when = f" on {held.close_date}" if held.close_date else ""
            found.append(
                Finding(
                    "cluster.school-not-open",
                    written.place,
                    f"{named} was not open when the year began{f': it closed{when}' if when else ''}.",
                    "Look whether another school is meant.",
                )
            )
        elif held.successor:
            found.append(
                Finding(
                    "cluster.school-replaced",
                    written.place,
                    f"Within the year another school takes the place of {named}: {held.successor}.",
                    "Its membership stays; the successor counts as a member through it.",
                )
            )
        if not held.mainstream:
            found.append(
                Finding(
                    "cluster.not-mainstream",
                    written.place,
                    f"{named} is not a mainstream school.",
                    "Clusters are of mainstream schools.",
                )
            )
        trust = _trust_differs(written.trust, held.trust, coloured)
        if trust:
            found.append(
                Finding("cluster.trust-differs", written.place, f"{named}: {trust}.", "Nothing was changed for it.")
            )
    return found


def _trust_differs(written: str | None, register: str, coloured: Sequence[str]) -> str:
    """Say how the trust of the table differs from the register's; a table that says nothing of trusts never does."""
    if written is None:
        return ""
    if written:
        told = f"the register has {register}" if register else "the register names no trust"
        return "" if rules.same_trust(written, register) else f"the table's trust is {written}, {told}"
    known = next((each for each in coloured if register and rules.same_trust(each, register)), None)
    return f"the table marks no trust, the register has {register} (the table's {known})" if known else ""


def _host_findings(table: WrittenTable, hosts: Mapping[str, int | None]) -> list[Finding]:
    return [
        Finding(
            "cluster.host-unknown",
            cluster.place,
            f"The host school of {cluster.reference}, '{cluster.host}', is not plain.",
            "It was left open; `senco clusters lead` sets it.",
        )
        for cluster in table.clusters
        if cluster.host and hosts.get(cluster.reference) is None
    ]


def _missing(
    expected: Sequence[int], resolved: Sequence[Resolved], register: Mapping[int, RegisterFacts]
) -> tuple[RegisterFacts, ...]:
    """Find mainstream schools that no row names; one that may be an unsure row's is not called missing yet."""
    named = {each.urn for each in resolved} | {
        option.urn for each in resolved if each.how is How.UNSURE for option in each.options[:1]
    }
    return tuple(register[urn] for urn in expected if urn not in named)


def _cluster_findings(
    table: WrittenTable, taken: Sequence[tuple[Resolved, int]], register: Mapping[int, RegisterFacts]
) -> list[Finding]:
    """Hold the clusters against the principles: similar numbers of schools and pupils, no trust that dominates."""
    places = {cluster.reference: cluster.place for cluster in table.clusters}
    inside: dict[str, list[RegisterFacts]] = {reference: [] for reference in places}
    for each, urn in taken:
        inside[each.written.cluster].append(register[urn])
    found = [
        Finding("cluster.size", places[reference], f"{reference} differs much in its number of {what}: {seen}.", _EVEN)
        for what, sizes in (
            ("schools", {reference: len(held) for reference, held in inside.items()}),
            ("pupils", {reference: sum(one.pupils or 0 for one in held) for reference, held in inside.items()}),
        )
        for reference, seen in rules.lopsided(sizes).items()
    ]
    for reference, held in inside.items():
        dominating = rules.dominating([one.trust for one in held])
        if dominating:
            what = f"{dominating[0]} has {dominating[1]} of the {len(held)} schools of {reference}."
            found.append(
                Finding("cluster.trust-dominates", places[reference], what, "No trust should dominate a cluster.")
            )
    return found
