"""Writing the register into the store by SQL, and reading from SQLite's own notes what that changed.

It is the long half of the verb `import_register`: fifty thousand rows pass through and none is held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from senco.errors import BadInput
from senco.schools import questions
from senco.schools.kinds import SchoolLine, Status
from senco.schools.planned import FieldChange, FollowedLine, ImportLine, ImportPlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from senco.schools.intake import Reading, RegisterReading
    from senco.schools.kinds import LinkLine
    from senco.store.doors import Change
    from senco.store.watching import Watch

LISTED = 200
"""How many lines each list of a plan holds at most; the rest are counted."""

_UNKNOWN_TEXT = (
    *("la_name", "type", "type_group", "status", "phase", "gender", "trust", "federation", "town", "postcode"),
    "resourced_provision",
)
_ALL = -1  # SQL's LIMIT without a limit
_LINK_KEYS = ("urn", "link_urn", "link_type")


def plan_of(change: Change, schools: RegisterReading | None, links: Reading | None) -> ImportPlan:
    """Write what the files have, inside the change, and give what that did.

    Raises BadInput ``register.bad-rows`` or ``register.no-schools``.
    """
    touched, noted = _write_schools(change, schools) if schools else (0, None)
    linked = _write_links(change, links, _own(change, schools)) if links else (0, None)
    for reading in (schools, links):
        if reading is not None:
            reading.refuse_faults()
    added = noted.added() if noted else 0
    rows = schools.rows if schools else 0
    links_added = linked[1].added() if linked[1] else 0
    gone, gone_lines = _gone(change, schools)
    follows, followed = _followed(change, noted, linked[1])
    counts = ImportLine(
        file=schools.file if schools else "",
        links_file=links.file if links else "",
        la_code=schools.la_code if schools else None,
        rows=rows,
        added=added,
        changed=touched - added,
        unchanged=rows - touched,
        gone=gone,
        links_added=links_added,
        links_changed=linked[0] - links_added,
    )
    return ImportPlan(
        counts=counts,
        fields=noted.fields() if noted else 0,
        follows=follows,
        added=_schools(change, (urn for (urn,) in noted.keys_added(LISTED))) if noted else (),
        changed=_changes(change, noted) if noted else (),
        gone=gone_lines,
        followed=followed,
        missing=schools.missing if schools else (),
    )


def _write_schools(change: Change, schools: RegisterReading) -> tuple[int, Watch]:
    watch = change.watch("school", ("urn",), [column for column in schools.columns if column != "urn"])
    columns = (*schools.columns, "folded_name")
    constants = {column: "" for column in _UNKNOWN_TEXT if column not in columns}
    if "la_code" not in columns:
        constants["la_code"] = str(schools.unsaid_la)
    touched = change.write_many(_upsert("school", ("urn",), columns, constants), schools.drafts())
    if not schools.rows:
        schools.refuse_faults()
        of_la = f" of LA {schools.la_code}" if schools.la_code is not None else ""
        raise BadInput(
            "register.no-schools",
            f"{schools.file} holds no school{of_la}.",
            "Check the file and the LA's code (three digits, as in --la 319).",
        )
    return touched, watch


def _write_links(change: Change, links: Reading, own: set[int] | None) -> tuple[int, Watch]:
    watch = change.watch("school_link", _LINK_KEYS, [column for column in links.columns if column not in _LINK_KEYS])
    constants: dict[str, str] = {} if "link_name" in links.columns else {"link_name": ""}
    sql = _upsert("school_link", _LINK_KEYS, links.columns, constants)
    return change.write_many(sql, _links_of(links, own)), watch


def _links_of(links: Reading, own: set[int] | None) -> Iterator[tuple[Any, ...]]:
    met = set()
    for lines, columns in links.batches():
        for line, values in zip(lines, zip(*columns, strict=True), strict=True):
            key = values[:3]
            if own is not None and own.isdisjoint(values[:2]):
                continue
            if key in met:
                links.note(line, "link_urn", "is linked in this way twice")
                continue
            met.add(key)
            yield values


def _own(change: Change, schools: RegisterReading | None) -> set[int] | None:
    """Give the schools whose links are wanted, None for all: with one LA kept, those that the store holds."""
    if schools is None or schools.la_code is None:
        return None
    return set(change.ask.values("SELECT urn FROM school"))


def _upsert(table: str, keys: Sequence[str], columns: Sequence[str], constants: dict[str, str]) -> str:
    """Write the statement that adds a row or brings it up to date, and touches none that is as it should be.

    >>> print(_upsert("t", ("k",), ("k", "a"), {"b": ""}))
    INSERT INTO t (k, a, b) VALUES (?, ?, '') ON CONFLICT (k) DO UPDATE SET a = excluded.a
     WHERE (t.a) IS NOT (excluded.a)
    """
    own = [column for column in columns if column not in keys]
    names = ", ".join((*columns, *constants))
    marks = ", ".join((*("?" for _ in columns), *(f"'{value}'" for value in constants.values())))
    sets = ", ".join(f"{column} = excluded.{column}" for column in own)
    held, given = (", ".join(f"{side}.{column}" for column in own) for side in (table, "excluded"))
    update = f"UPDATE SET {sets}\n WHERE ({held}) IS NOT ({given})" if own else "NOTHING"
    return f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({', '.join(keys)}) DO {update}"  # noqa: S608 - the program's own names


def _changes(change: Change, noted: Watch) -> tuple[FieldChange, ...]:
    rows = noted.fields_changed(LISTED)
    names = {line.urn: line.name for line in _schools(change, dict.fromkeys(row[0] for row in rows))}
    return tuple(FieldChange(urn, names[urn], field, before, after) for urn, field, before, after in rows)


def _gone(change: Change, schools: RegisterReading | None) -> tuple[int, tuple[SchoolLine, ...]]:
    """Find the schools of the store that the file should have and has not: of the LAs that stand in it."""
    if schools is None:
        return 0, ()
    gone = [
        urn
        for code in sorted(schools.la_codes)
        for urn in change.ask.values("SELECT urn FROM school WHERE la_code = :code ORDER BY urn", {"code": code})
        if urn not in schools.urns
    ]
    return len(gone), _schools(change, gone[:LISTED])


def _followed(change: Change, noted: Watch | None, linked: Watch | None) -> tuple[int, tuple[FollowedLine, ...]]:
    """Find the schools that this import closes or links anew, with those that follow them by the register's links."""
    changes = noted.fields_changed(_ALL, field="status") if noted else []
    closed = {urn for urn, _, _, after in changes if after == Status.CLOSED}
    fresh = set(linked.keys_added(_ALL)) if linked else set()
    follows = questions.successor_links(change.ask) if closed or fresh else {}
    lines = []
    for urn in sorted(closed.union(*((one, other) for one, other, _ in fresh))):
        wanted = [link for link in follows.get(urn, ()) if urn in closed or not fresh.isdisjoint(_either_way(link))]
        school = questions.school(change.ask, urn) if wanted else None
        if school is None:
            continue
        lines += [
            FollowedLine(urn, school.name, after.urn, after.name, after.link_type, after.since)
            for after in questions.described(change.ask, wanted)
        ]
    return len(lines), tuple(lines[:LISTED])


def _either_way(link: LinkLine) -> tuple[tuple[int, int, str], ...]:
    """Give the two rows of the register that may name one succession."""
    before = link.link_type.replace("Successor", "Predecessor", 1)
    return (link.urn, link.link_urn, link.link_type), (link.link_urn, link.urn, before)


def _schools(change: Change, urns: Iterable[int]) -> tuple[SchoolLine, ...]:
    return tuple(filter(None, (questions.school(change.ask, urn) for urn in urns)))
