"""Lead SENCOs' money at a desk: who led when, what that comes to, and the host schools paid when that is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from senco.budget import lead_render, leads
from senco.budget.accounts import cluster_meant, school_meant, year_meant
from senco.budget.leads import LeadLine, Rates
from senco.dates import AcademicYear, say_date
from senco.errors import NotFound, Refused, WrongUse
from senco.settings.questions import word_on
from senco.settings.rules import figure_of, percent_of

if TYPE_CHECKING:
    from fractions import Fraction

    from senco.console.desk import Desk, Format
    from senco.store.doors import Ask

_CHANGES = """
SELECT DISTINCT holds_from FROM setting
 WHERE name IN ('lead.fte', 'lead.on-costs') AND holds_from > :first AND holds_from <= :last
 ORDER BY holds_from
"""


def lead(
    desk: Desk,
    cluster: str,
    salary: int,
    *,
    fte: str | None,
    on_costs: str | None,
    first: date | None,
    last: date | None,
    host: str | None,
    post: bool,
    override: str,
    on: date | None,
    year: str | None,
    form: Format,
) -> None:
    """Show what a cluster's lead costs in a year or a part of it; with ``post`` pay it to the host schools.

    Raises WrongUse ``lead.rate``, Refused ``lead.no-rate``, NotFound ``lead.unknown``.
    """
    if not post:
        with desk.reading() as ask:
            lines = _lines(ask, desk.today, cluster, salary, fte, on_costs, first, last, host, year)
        desk.show(lead_render.leads(lines, leads.workings(salary, lines)), form=form)
        return
    from senco.budget import leadpay

    with desk.changing("budget.lead") as change:
        lines = _lines(change.ask, desk.today, cluster, salary, fte, on_costs, first, last, host, year)
        entries = leadpay.pay_leads(change, lines, day=on or desk.today, override=override)
    desk.show(lead_render.leads(lines, leads.workings(salary, lines)), form=form)
    desk.say(f"Paid to the host school from the High Needs Block: E{entries[0].number} to E{entries[-1].number}.")


def _lines(  # noqa: PLR0917 - what was typed, in the order of the command
    ask: Ask,
    today: date,
    cluster: str,
    salary: int,
    fte: str | None,
    on_costs: str | None,
    first: date | None,
    last: date | None,
    host: str | None,
    year: str | None,
) -> list[LeadLine]:
    """Give a line for each lead's time in the year, and for each rate that held in it."""
    of = year_meant(ask, year, first or today)
    whose, within = cluster_meant(ask, cluster, of), AcademicYear.parse(of)
    rates = _rates(ask, within, fte, on_costs)
    begins, closes = max(first or within.first, within.first), min(last or within.last, within.last)
    urn = school_meant(ask, host, today).urn if host else None
    lines = []
    for starts, ends, hosted in _served(ask, whose, of, begins=begins, closes=closes, host=urn):
        name = "" if hosted is None else str(ask.value("SELECT name FROM school WHERE urn = :urn", {"urn": hosted}))
        for since, until, share, beyond in leads.reckon(salary, rates, starts, ends):
            rate = next(each for each in reversed(rates) if each.starts <= since)
            lines.append(
                LeadLine(
                    whose, of, hosted, name, since.isoformat(), until.isoformat(), leads.said_months(since, until),
                    _said(rate.fte), f"{_said(rate.on_costs * 100)}%", share, beyond,
                )
            )  # fmt: skip
    if not lines:
        raise NotFound(
            "lead.unknown",
            f"No lead of {whose} is known between {say_date(begins)} and {say_date(closes)}.",
            "Give --host SCHOOL, or appoint one: `senco clusters lead`.",
        )
    return lines


def _served(
    ask: Ask, cluster: str, year: str, *, begins: date, closes: date, host: int | None
) -> list[tuple[date, date, int | None]]:
    """Give when leads served within two days, with their host school; the school named where nobody is known."""
    from senco.clusters.questions import appointments

    found = []
    appointed = [line for line in appointments(ask, cluster, year) if line.role == "lead"]
    for line in appointed:
        starts = max(begins, date.fromisoformat(line.starts))
        ends = min(closes, date.fromisoformat(line.ends) - timedelta(days=1) if line.ends else closes)
        if starts <= ends and host in {None, line.host_urn}:
            found.append((starts, ends, line.host_urn))
    if not found and host is not None and begins <= closes:
        found.append((begins, closes, host))
    return found


def _rates(ask: Ask, year: AcademicYear, fte: str | None, on_costs: str | None) -> list[Rates]:
    """Give what was typed for the whole year, or else the settings as they change within it."""
    days = [year.first.isoformat()]
    days += ask.values(_CHANGES, {"first": days[0], "last": year.last.isoformat()})
    found: list[Rates] = []
    for day in map(date.fromisoformat, days):
        part, beyond = fte or word_on(ask, "lead.fte", day), on_costs or word_on(ask, "lead.on-costs", day)
        of_full, rate = figure_of(part), percent_of(beyond)
        if of_full is None or of_full > 1 or (on_costs and rate is None):
            raise WrongUse(
                "lead.rate",
                f"A lead's part of full time is not {part}, or the on-costs are not {beyond}.",
                "Write --fte 0.2 (at most 1) and --on-costs 28%.",
            )
        if rate is None:
            raise Refused(
                "lead.no-rate",
                f"What on-costs are, in per cent of the salary, is not set for {say_date(day)}.",
                f"Set it: `senco settings set lead.on-costs 28% --from {days[0]}`; or give --on-costs 28%.",
            )
        if not found or (found[-1].fte, found[-1].on_costs) != (of_full, rate):
            found.append(Rates(day, of_full, rate))
    return found


def _said(figure: Fraction) -> str:
    """Give an exact figure as people write it: as a decimal where it ends, else as a fraction."""
    scaled = figure * 10_000
    return f"{float(figure):g}" if scaled.denominator == 1 else str(figure)
