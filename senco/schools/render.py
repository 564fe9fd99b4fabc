"""Schools as people see them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.console.listing import Card, Column, Listing
from senco.dates import say_date
from senco.schools.kinds import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.schools.kinds import AliasLine, FoundSchools, SchoolLine
    from senco.schools.planned import ImportPlan
    from senco.schools.whole import SchoolWhole

_FIELDS = {"la_code": "LA", "la_name": "LA name", "fsm_tenths": "free school meals", "link_name": "name in the link"}


def schools(found: FoundSchools) -> Listing:
    """Lay out a list of schools."""
    notes = [f"{len(found.lines)} {'school' if len(found.lines) == 1 else 'schools'}."] if found.lines else []
    empty = "No school of this kind." if found.held else "The register is empty: `senco schools import FILE` fills it."
    if found.elsewhere:
        held = ", ".join(map(str, found.elsewhere[:10])) + (" …" if len(found.elsewhere) > 10 else "")  # noqa: PLR2004
        empty = f"The register holds no school of LA {found.la_code}; it holds LA {held}. Name one with --la."
    return Listing("schools", found.lines, _columns(found.lines), empty=empty, notes=notes)


def school(whole: SchoolWhole) -> Card:
    """Lay out one school with all that belongs to it."""
    record = whole.record
    told = [
        ("URN", str(record.urn)),
        ("DfE number", record.dfe_number),
        ("Status", record.status + (f" on {_day(record.close_date)}" if record.close_date else "")),
        ("Opened", _day(record.open_date)),
        ("LA", f"{record.la_code} {record.la_name}".strip()),
        ("Phase", record.phase),
        ("Type", record.type + (f" ({record.type_group})" if record.type_group else "")),
        ("Ages", _ages(record.low_age, record.high_age)),
        ("Gender", record.gender),
        ("Pupils", _number(record.pupils)),
        ("Free school meals", "" if record.fsm_tenths is None else f"{record.fsm_tenths / 10:.1f} %"),
        ("Trust", record.trust),
        ("Federation", record.federation),
        ("Resourced provision", record.resourced_provision),
        ("On roll there", _number(record.resourced_on_roll)),
        ("In the SEN unit", _number(record.sen_unit_on_roll)),
        ("Place", f"{record.town} {record.postcode}".strip()),
        ("Grid reference", f"{record.easting} {record.northing}" if record.easting and record.northing else ""),
        ("Followed by", "\n".join(f"{each.urn} {each.name}" for each in whole.successors)),
    ]
    facts = [(label, value) for label, value in told if value]
    return Card("school", record, record.name, facts, (_clusters(whole), _aliases(whole.aliases), *_links(whole)))


def aliases(lines: Sequence[AliasLine], school: SchoolLine) -> Listing:
    """Lay out the nicknames of a school."""
    return _aliases(lines, title=f"Nicknames of {school.name} ({school.urn})")


def plan(plan: ImportPlan, *, empty_too: bool = True) -> Card:
    """Lay out what an import of the register changes: counts, then lists, those without a line only ``empty_too``."""
    counts = plan.counts
    facts = [("File", ", ".join(filter(None, (counts.file, counts.links_file))))]
    if counts.la_code is not None:
        facts.append(("Only LA", str(counts.la_code)))
    if counts.file:
        facts += [
            ("Schools", f"{counts.rows:,} in the file"),
            ("Added", f"{counts.added:,}"),
            ("Changed", f"{counts.changed:,}" + (f", {plan.fields:,} fields" if plan.fields else "")),
            ("Unchanged", f"{counts.unchanged:,}"),
            ("Not in the file", f"{counts.gone:,}" + (", kept as they are" if counts.gone else "")),
        ]
    if counts.links_file:
        facts.append(("Links", f"{counts.links_added:,} added, {counts.links_changed:,} changed"))
    if plan.missing:
        facts.append(("Columns missing", f"{', '.join(plan.missing)}: what is known there stays"))
    lists = (
        _listed("added", "Added", plan.added, counts.added, _columns(plan.added)),
        _listed("changed", "Changed", plan.changed, plan.fields, _CHANGE_COLUMNS),
        _listed("gone", "In the register, not in the file", plan.gone, counts.gone, _columns(plan.gone)),
        _listed("followed", "Followed by another school", plan.followed, plan.follows, _FOLLOWED_COLUMNS),
    )
    shown = lists if empty_too else tuple(each for each in lists if each.lines)
    return Card("import", counts, "The school register", facts, shown)


def said(plan: ImportPlan, *, dry_run: bool) -> str:
    """Say in one sentence what an import did."""
    counts = plan.counts
    if counts.changes_nothing:
        return "Nothing has changed."
    links = counts.links_added + counts.links_changed
    parts = [f"{counts.added:,} added", f"{counts.changed:,} changed"] if counts.file else []
    parts += [f"{links:,} links taken in"] if links else []
    done = "Dry run, nothing was written" if dry_run else "The register is up to date"
    return f"{done}: {', '.join(parts)}."


def _listed(name: str, title: str, lines: Sequence[object], count: int, columns: Sequence[Column]) -> Listing:
    more = (f"… and {count - len(lines):,} more.",) if count > len(lines) else ()
    return Listing(name, lines, columns, title=title if lines else "", empty=f"{title}: none.", notes=more)


def _clusters(whole: SchoolWhole) -> Listing:
    columns = (
        Column("Cluster", lambda line: line.cluster),
        Column("Year", lambda line: line.year),
        Column("Model", lambda line: line.model, keep=1),
        Column("Joined", lambda line: _day(line.joined)),
        Column("Left", lambda line: _day(line.left_on)),
    )
    return _listed("clusters", "Clusters", whole.clusters, len(whole.clusters), columns)


def _aliases(lines: Sequence[AliasLine], title: str = "Nicknames") -> Listing:
    columns = (
        Column("Nickname", lambda line: line.alias),
        Column("Settled by", lambda line: line.decided_by),
        Column("Where it stood", lambda line: line.source, keep=1, whole=False),
        Column("Since", lambda line: _day(line.made_at[:10])),
        Column("Ended", lambda line: _day((line.ended_at or "")[:10])),
    )
    return _listed("aliases", title, lines, len(lines), columns)


def _links(whole: SchoolWhole) -> tuple[Listing, Listing]:
    own = whole.record.urn
    links = (
        Column("URN", lambda line: str(line.urn)),
        Column("Link", lambda line: line.link_type, whole=False),
        Column("To", lambda line: str(line.link_urn)),
        Column("Name", lambda line: line.link_name if line.urn == own else whole.record.name, whole=False),
        Column("Since", lambda line: _day(line.established)),
    )
    after = (
        Column("URN", lambda line: str(line.urn)),
        Column("Name", lambda line: line.name, whole=False),
        Column("How", lambda line: line.link_type, keep=1, whole=False),
        Column("Since", lambda line: _day(line.since)),
        Column("Status", lambda line: line.status or "not in the register", whole=False),
    )
    return (
        _listed("links", "Links in the register", whole.links, len(whole.links), links),
        _listed("successors", "In its place now", whole.successors, len(whole.successors), after),
    )


def _day(iso: str | None) -> str:
    return say_date(date.fromisoformat(iso)) if iso else ""


def _ages(low: int | None, high: int | None) -> str:
    return f"{low}–{high}" if low is not None and high is not None else ""


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _columns(lines: Sequence[SchoolLine]) -> tuple[Column, ...]:
    """Give the columns of a list of schools; where all are open their status is not worth one."""
    return _SCHOOL_COLUMNS if all(line.status == Status.OPEN for line in lines) else (*_SCHOOL_COLUMNS, _STATUS)


def _value(field: str, value: str | int | None) -> str:
    if value is None or value == "":
        return "–"
    return f"{int(value) / 10:.1f} %" if field == "fsm_tenths" else str(value)


_SCHOOL_COLUMNS = (
    Column("URN", lambda line: str(line.urn)),
    Column("School", lambda line: line.name, whole=False),
    Column("Phase", lambda line: line.phase),
    Column("Ages", lambda line: _ages(line.low_age, line.high_age), keep=3),
    Column("Pupils", lambda line: _number(line.pupils), keep=1, align="right"),
    Column("Trust", lambda line: line.trust, keep=2, whole=False),
    Column("Type", lambda line: line.type, keep=5, whole=False),
    Column("DfE number", lambda line: line.dfe_number, keep=4),
)
_STATUS = Column("Status", lambda line: line.status or "not known", whole=False)
_CHANGE_COLUMNS = (
    Column("URN", lambda line: str(line.urn)),
    Column("School", lambda line: line.name, keep=1, whole=False),
    Column("What", lambda line: _FIELDS.get(line.field, line.field.replace("_", " "))),
    Column("Before", lambda line: _value(line.field, line.before), whole=False),
    Column("After", lambda line: _value(line.field, line.after), whole=False),
)
_FOLLOWED_COLUMNS = (
    Column("URN", lambda line: str(line.urn)),
    Column("School", lambda line: line.name, whole=False),
    Column("Followed by", lambda line: str(line.successor)),
    Column("Name", lambda line: line.successor_name, keep=1, whole=False),
    Column("How", lambda line: line.link_type, keep=2, whole=False),
    Column("Since", lambda line: _day(line.since)),
)
