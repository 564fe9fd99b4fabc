"""Changing the register and the other names of schools.

SQLModel is imported where a nickname is kept and not above: an import of the register is fifty thousand rows long and
writes them by SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.errors import NotFound, Refused
from senco.nearest import did_you_mean
from senco.privacy import clean, fold
from senco.schools import questions, rules
from senco.schools.kinds import AliasLine, Decider
from senco.schools.upsert import plan_of

if TYPE_CHECKING:
    from senco.schools.intake import Reading, RegisterReading
    from senco.schools.kinds import SchoolLine
    from senco.schools.planned import ImportPlan
    from senco.store.doors import Change


def keep_alias(change: Change, *, alias: str, urn: int, la_code: int, decided_by: str, source: str) -> AliasLine:
    """Keep a nickname for a school, as part of a bigger change that tells the trail about it.

    A nickname that means the school already is left as it stands. One that means another school is ended and kept anew,
    but a match never overrules a person: that raises Refused ``alias.decided-by-person``.
    """
    from senco.schools.tables import SchoolAlias

    told = " ".join(clean(alias).split())
    before = questions.with_alias(change.ask, told, la_code)
    if before and before.urn == urn:
        return before
    if before:
        if before.decided_by == Decider.PERSON and decided_by == Decider.MATCH:
            raise Refused(
                "alias.decided-by-person",
                f"'{before.alias}' was settled by a person as {before.school} ({before.urn}).",
                f"If it means another school now: senco schools alias URN '{before.alias}'.",
            )
        _end(change, before)
    change.add(
        SchoolAlias,
        alias=told,
        folded=fold(told),
        la_code=la_code,
        urn=urn,
        decided_by=Decider(decided_by).value,
        source=clean(source),
        made_at=change.stamp,
    )
    change.flush()
    return _held(change, told, la_code)


def add_alias(change: Change, school: SchoolLine, alias: str) -> AliasLine:
    """Keep a nickname that a person gives a school of its LA.

    Raises Refused ``alias.not-a-name`` when it cannot be one, ``alias.known`` when it means this school already.
    """
    same_name = questions.named(change.ask, alias, school.la_code)
    named_so = [(line.urn, line.name) for line in same_name if rules.is_open(line.status)]
    reason = rules.why_not_alias(alias, school.urn, named_so)
    if reason:
        raise Refused(
            "alias.not-a-name", f"'{alias}' cannot be a nickname: {reason}. Nothing changed.", "Choose another."
        )
    before = questions.with_alias(change.ask, alias, school.la_code)
    if before and before.urn == school.urn:
        raise Refused("alias.known", f"'{before.alias}' means {school.name} already. Nothing changed.")
    line = keep_alias(
        change,
        alias=alias,
        urn=school.urn,
        la_code=school.la_code,
        decided_by=Decider.PERSON,
        source="senco schools alias",
    )
    change.record(f"school {school.urn}", alias="added", taken_from=before.urn if before else None)
    return line


def end_alias(change: Change, school: SchoolLine, alias: str) -> AliasLine:
    """Take a nickname back; it stays on record as ended. Raises NotFound ``alias.unknown``."""
    before = questions.with_alias(change.ask, alias, school.la_code)
    if before is None or before.urn != school.urn:
        living = [line.alias for line in questions.aliases(change.ask, school.urn) if line.ended_at is None]
        hint = did_you_mean(alias, living) or f"`senco schools alias {school.urn}` lists its nicknames."
        raise NotFound("alias.unknown", f"'{alias}' is no nickname of {school.name}.", hint)
    _end(change, before)
    change.record(f"school {school.urn}", alias="ended")
    return before


def _end(change: Change, line: AliasLine) -> None:
    from sqlmodel import select

    from senco.schools.tables import SchoolAlias

    living = select(SchoolAlias).where(
        SchoolAlias.la_code == line.la_code,
        SchoolAlias.folded == fold(line.alias),
        SchoolAlias.ended_at == None,  # noqa: E711 - SQL's IS NULL
    )
    change.session.exec(living).one().ended_at = change.stamp
    change.flush()


def _held(change: Change, alias: str, la_code: int) -> AliasLine:
    line = questions.with_alias(change.ask, alias, la_code)
    assert line is not None  # noqa: S101 - it was kept a moment ago
    return line


def import_register(
    change: Change, schools: RegisterReading | None, links: Reading | None, *, expected: ImportPlan | None = None
) -> ImportPlan:
    """Bring the register up to a file from GIAS and give what that changed; one that changes nothing leaves no trace.

    Schools that the file lacks stay, and so does what the store knows in columns that it lacks. ``expected`` is the
    plan that a person agreed to. Raises BadInput ``register.bad-rows`` and ``register.no-schools``, and Refused
    ``register.moved-on`` when the store has changed since the plan was shown.
    """
    plan = plan_of(change, schools, links)
    if expected is not None and plan != expected:
        raise Refused(
            "register.moved-on",
            "The store or the file changed after the plan was shown. Nothing changed.",
            "Run the import again to see the plan as it is now.",
        )
    counts = plan.counts
    if counts.changes_nothing:
        change.withdraw()
    else:
        change.record(
            "school register",
            la_code=counts.la_code,
            rows=counts.rows,
            added=counts.added,
            changed=counts.changed,
            gone=counts.gone,
            links_added=counts.links_added,
            links_changed=counts.links_changed,
        )
    return plan
