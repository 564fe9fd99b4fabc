"""An import from the file to the plan, and from the plan to the store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from senco.clusters import planning, questions, render, rules
from senco.clusters.exporting import require_ending
from senco.clusters.intake import read_table
from senco.clusters.resolving import (
    SKIP,
    Answers,
    Register,
    answer_key,
    as_schools,
    host_of,
    names_to_keep,
    resolve,
)
from senco.clusters.review import read_answers
from senco.console.desk import Format
from senco.dates import AcademicYear
from senco.errors import BadInput, Refused
from senco.privacy import fold
from senco.settings.questions import number_on
from senco.sheets.reading import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from senco.clusters.kinds import AsSchool, Plan, Standing, WrittenTable
    from senco.console.desk import Desk
    from senco.schools.kinds import SchoolLine
    from senco.store.doors import Ask


@dataclass(slots=True)
class Import:
    """One run of an import: what was asked for, and the answers given so far."""

    desk: Desk
    table: WrittenTable
    holds_from: date | None
    answers: Answers
    others_leave: bool = False

    @classmethod
    def of(
        cls,
        desk: Desk,
        file: Path,
        *,
        year: str | None,
        model: str | None,
        holds_from: date | None,
        answers: Path | None,
        others_leave: bool = False,
    ) -> Import:
        """Read the file, and the answers if there are any."""
        table = read_table(read_book(file), year=year, model=model, known=lambda texts: _as_schools(desk, texts))
        given: Answers = {}
        if answers is not None:
            book = read_book(answers)
            with desk.reading() as ask:
                given = read_answers(book, set(ask.values("SELECT urn FROM school")))
        return cls(desk, table, holds_from, given, others_leave)

    def plan(self) -> Plan:
        """Work out what the table changes, with the answers so far."""
        with self.desk.reading() as ask:
            return plan_of(
                ask,
                self.table,
                self.answers,
                today=self.desk.today,
                holds_from=self.holds_from,
                others_leave=self.others_leave,
            )

    def decided(self, plan: Plan) -> Plan:
        """Ask at the terminal for every unsure name, and give the plan with the answers."""
        from senco.clusters.session import decide
        from senco.console.asking import Terminal

        self.answers |= decide(plan.unsure, Terminal(), self._look_up)
        return self.plan()

    def left_out(self, plan: Plan) -> Plan:
        """Leave every unsure name out, and give the plan of the others."""
        self.answers |= {answer_key(line.cluster, line.written): SKIP for line in plan.unsure}
        return self.plan()

    def _look_up(self, word: str) -> SchoolLine:
        from senco.schools.questions import find_school

        with self.desk.reading() as ask:
            return find_school(ask, word, la_code=number_on(ask, "la.code", self.desk.today))

    def review(self, plan: Plan, out: Path) -> str:
        """Write the sheet of unsure names and say so; with none there is nothing to write."""
        from senco.clusters.publish import review_xlsx
        from senco.files import write_whole

        if not plan.unsure:
            return "No name is unsure, so no review sheet was written."
        write_whole(out, review_xlsx(plan, made=self.desk.now))
        return f"{len(plan.unsure)} names to decide on are in {out}: fill it in and give it with --answers."

    def apply(self, plan: Plan) -> str:
        """Do what the plan says, and say what was done. Raises Refused ``clusters.undecided`` for unsure names."""
        from senco.clusters.verbs import bring_in

        told = plan.summary
        with self.desk.changing("clusters.import") as change:
            bring_in(change, plan, la_code=number_on(change.ask, "la.code", self.desk.today))
        return (
            f"Clusters {told.year} ({told.model}): {_of(told.schools, 'school')} in {_of(told.clusters, 'cluster')};"
            f" {told.added} added, {told.changed} changed, {told.left} left, {_of(told.leads, 'lead')} appointed."
        )


def _as_schools(desk: Desk, texts: Sequence[str]) -> list[AsSchool]:
    """Say of each text how far it is the name of a school of the LA."""
    with desk.reading() as ask:
        return as_schools(ask, texts, la_code=number_on(ask, "la.code", desk.today))


def refuse_undecided(plan: Plan) -> None:
    """Raise Refused ``clusters.undecided`` with every unsure name when there are any."""
    if not plan.unsure:
        return
    names = "\n".join(f"  '{line.written}' in {line.cluster}: {line.why} ({line.where})" for line in plan.unsure)
    raise Refused(
        "clusters.undecided",
        f"{_counted(len(plan.unsure))} must be decided by a person. Nothing changed.\n{names}",
        "Run it at a terminal to be asked; or write them out with --review OUT.xlsx, fill that in and give it with"
        " --answers; or leave them out with --leave-unsure.",
    )


def _of(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _counted(number: int) -> str:
    return "One name" if number == 1 else f"{number} names"


def plan_of(
    ask: Ask,
    table: WrittenTable,
    answers: Answers,
    *,
    today: date,
    holds_from: date | None = None,
    others_leave: bool = False,
) -> Plan:
    """Work out what a table changes of what the store holds.

    Raises BadInput ``clusters.outside-year`` for a day outside the year and ``clusters.no-register`` without schools.
    """
    year = AcademicYear.parse(table.year)
    la_code = number_on(ask, "la.code", today)
    register = Register(ask, year=year, la_code=la_code)
    if not any(school.la_code == la_code for school in register.schools):
        raise BadInput(
            "clusters.no-register",
            f"The register holds no school of LA {la_code} yet, so no name can be looked up.",
            _how_to_fill(register),
        )
    day = holds_from or _first_day(ask, table, today)
    if day not in year:
        raise BadInput(
            "clusters.outside-year", f"{day.isoformat()} is not in {year}.", "Give --from a day of the year."
        )
    standing = questions.standing(ask, table.year, table.model, day)
    resolved, odd = resolve(register, table, answers, standing)
    written = {fold(each.written.text): each.urn for each in resolved if each.urn is not None}
    taken = {each.urn for each in resolved if each.urn is not None}
    # A school that took the place of one in the table is in a cluster through it.
    followers = {link.link_urn for urn in taken for link in register.links.get(urn, ())}
    expected = [urn for urn in register.expected() if urn not in followers]
    return planning.plan(
        table,
        resolved,
        {urn: register.facts(urn) for urn in sorted(taken | set(expected))},
        hosts={each.reference: host_of(register, each.host, written) for each in table.clusters if each.host},
        standing=standing,
        holds_from=day.isoformat(),
        expected=expected,
        odd=odd,
        naming=names_to_keep(register, resolved),
        others_leave=others_leave,
    )


def _how_to_fill(register: Register) -> str:
    """Say how to get the LA's schools into the register; when it holds another LA's, they may be the ones meant."""
    counts = Counter(school.la_code for school in register.schools)
    if not counts:
        return "Take it in first: `senco schools import FILE`."
    ((other, schools),) = counts.most_common(1)
    return (
        f"It holds {schools} of LA {other}: if that is yours, say so with `senco settings set la.code {other}`."
        " Otherwise take yours in: `senco schools import FILE`."
    )


def _first_day(ask: Ask, table: WrittenTable, today: date) -> date:
    """Give the day from which changes hold: the year's first for its first table, today for a later one."""
    first = AcademicYear.parse(table.year).first
    standing: Standing = questions.standing(ask, table.year, table.model, first)
    if not standing.clusters:
        return first
    day = rules.day_in_year(today, table.year)
    return day if standing.latest is None else max(day, date.fromisoformat(standing.latest))


def run(bringing: Import, *, form: Format, review: Path | None, leave_unsure: bool, dry_run: bool, yes: bool) -> None:
    """Show the plan, have the unsure names decided, ask for a yes, and do it; or stop with nothing changed."""
    desk = bringing.desk
    if review is not None:
        require_ending(review, ".xlsx")
    plan = bringing.plan()
    if leave_unsure:
        plan = bringing.left_out(plan)
    if plan.unsure and desk.at_terminal and review is None and not dry_run:
        desk.say(f"{plan.summary.schools} names are plain. {_counted(len(plan.unsure))} must be decided by a person.")
        plan = bringing.decided(plan)
    desk.show(render.plan(plan, whole=form is not Format.TABLE), form=form)
    if review is not None:
        desk.say(bringing.review(plan, review))
        if not (yes or dry_run):
            desk.say("Nothing changed: the plan was shown, not applied.")
            return
    if dry_run:
        desk.say("This was a dry run: nothing changed.")
        return
    refuse_undecided(plan)
    if plan.nothing:
        desk.say(f"Nothing to change: the clusters of {plan.summary.year} are as {plan.summary.file} has them.")
        return
    if not yes:
        if desk.at_terminal:
            desk.show_now()
        desk.confirm("Apply this plan?", flag="--yes", given=False)
    desk.say(bringing.apply(plan))
