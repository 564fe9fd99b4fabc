"""Awards as commitments: read from the living decisions each time, held against what was paid, never copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.budget import naming, questions
from senco.budget.cover import sanctioned_of, with_cover
from senco.budget.kinds import Fund, Pattern
from senco.budget.rules import to_pay
from senco.budget.schedules import as_it_runs, schedule, terms_of, whole_sum
from senco.budget.shapes import (
    Award,
    CommitmentLine,
    EnvelopeLine,
    EventLine,
    FundKey,
    Part,
    PartLine,
    PaymentLine,
    Terms,
)
from senco.clusters.questions import clusters
from senco.dates import AcademicYear, financial_year, from_utc, read_iso_utc
from senco.deferred import dataclass
from senco.errors import NotFound
from senco.nearest import did_you_mean
from senco.settings.questions import word_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from senco.budget.kinds import OverrideLine
    from senco.store.doors import Ask

# An award is what a decision agreed to that was neither superseded nor taken back.
_AWARDS = """
SELECT d.decision_id, d.request_reference, r.cluster_reference, r.year, r.type, r.urn, d.amount_pence, d.awarded_from,
       d.awarded_to, r.submitted_on, d.made_at
  FROM living_decision AS d
  JOIN request AS r ON r.reference = d.request_reference
 WHERE d.amount_pence > 0 AND r.withdrawn_on IS NULL AND (:request IS NULL OR r.reference = :request)
 ORDER BY d.decision_id
"""

_EVENTS = """
SELECT event_id, request_reference, kind, day, pattern, fund, urn, because FROM award_event
 WHERE :request IS NULL OR request_reference = :request
 ORDER BY event_id
"""

# What a school got for an award out of a fund, less what was got back; reversals stand on the other side by themselves.
_PAID = """
SELECT e.request_reference, COALESCE(t.urn, g.urn), f.cluster, f.fund, f.year,
       SUM(CASE WHEN e.from_account = f.account_id THEN e.amount ELSE -e.amount END),
       SUM(CASE WHEN e.kind = 'recover' THEN e.amount WHEN o.kind = 'recover' THEN -e.amount ELSE 0 END)
  FROM ledger_entry AS e
  JOIN ledger_account AS g ON g.account_id = e.from_account
  JOIN ledger_account AS t ON t.account_id = e.to_account
  JOIN ledger_account AS f ON f.account_id IN (g.account_id, t.account_id) AND f.kind = 'fund'
  LEFT JOIN ledger_entry AS o ON o.number = e.reverses
 WHERE e.request_reference IS NOT NULL
 GROUP BY e.request_reference, COALESCE(t.urn, g.urn), f.cluster, f.fund, f.year
"""

_SCHOOLS = """
SELECT urn, name, CASE WHEN establishment_number IS NULL THEN ''
                       ELSE CAST(la_code * 10000 + establishment_number AS TEXT) END
  FROM school
 WHERE urn IN (SELECT urn FROM request UNION SELECT urn FROM ledger_account UNION SELECT urn FROM award_event
                UNION SELECT host_urn FROM appointment)
"""


NO_HOST = "the host school is not known"


@dataclass(frozen=True, slots=True)
class Running:
    """An award as it runs: its terms, the parts that are paid in their time, and those that a stop cut off.

    ``held`` says why nothing of it is paid or got back for now, "" when nothing stands against it.
    """

    award: Award
    terms: Terms
    parts: tuple[Part, ...]
    stopped: tuple[Part, ...]
    held: str = ""


def awards(ask: Ask, day: date, request: str | None = None) -> list[Running]:
    """Give the awards that live, in the order of their decisions, each as it runs; ``day`` is that of the settings."""
    pattern, yearly = Pattern(word_on(ask, "payment.pattern", day)), word_on(ask, "award.means", day) == "year"
    events: dict[str, list[EventLine]] = {}
    for event in ask.all(EventLine, _EVENTS, {"request": request}):
        events.setdefault(event.request, []).append(event)
    hosts: dict[str, dict[str, int | None]] = {}
    found = []
    for award in ask.all(_award, _AWARDS, {"request": request}):
        whole = replace(award, amount_pence=whole_sum(award.amount_pence, award.first, award.last, yearly=yearly))
        terms = terms_of(events.get(award.reference, ()), pattern=pattern, fund=Fund.EXCEPTIONAL)
        payee = terms.payee
        if payee is None and terms.pattern is Pattern.LUMP_SUM:
            if award.year not in hosts:
                hosts[award.year] = {line.reference: line.host_urn for line in clusters(ask, award.year, day)}
            payee = hosts[award.year].get(award.cluster)
        kept, stopped = as_it_runs(schedule(whole, terms.pattern, payee or award.urn), terms)
        # Whose the lump sum is cannot be guessed: the child's own school is not the lead's.
        held = NO_HOST if terms.pattern is Pattern.LUMP_SUM and payee is None else ""
        found.append(Running(whole, terms, tuple(kept), tuple(stopped), held))
    return found


def award(ask: Ask, reference: str, day: date) -> Running:
    """Give one award; raises NotFound ``award.unknown``, with the nearest when there is one."""
    found = awards(ask, day, reference.strip().upper())
    if not found:
        known = ask.values("SELECT request_reference FROM living_decision WHERE amount_pence > 0")
        raise NotFound(
            "award.unknown",
            f"There is no award for '{reference}': no decision that lives agrees an amount.",
            did_you_mean(reference, known) or "`senco budget commitments` lists the awards.",
        )
    return found[0]


def parts(ask: Ask, running: Running, day: date) -> list[PartLine]:
    """Give an award's parts as lines, the stopped ones too; a part is paid when the payments made reach so far."""
    return _parts(running, day, _schools(ask), paid_for_awards(ask))


def all_parts(ask: Ask, day: date) -> list[PartLine]:
    """Give the parts of every award, in the order of their decisions."""
    names, paid = _schools(ask), paid_for_awards(ask)
    return [line for running in awards(ask, day) for line in _parts(running, day, names, paid)]


def _parts(
    running: Running,
    day: date,
    names: Mapping[int, tuple[str, str]],
    paid_out: Mapping[tuple[str, int, FundKey], tuple[int, int]],
) -> list[PartLine]:
    left = {key[1:]: paid for key, (paid, _) in paid_out.items() if key[0] == running.award.reference}
    lines = []
    for part, stopped in [*((each, False) for each in running.parts), *((each, True) for each in running.stopped)]:
        key = (part.urn, _fund_of(running, part))
        state = "stopped" if stopped else "later" if part.due > day else "held" if running.held else "due"
        if not stopped and left.get(key, 0) >= part.amount_pence:
            left[key] -= part.amount_pence
            state = "paid"
        lines.append(
            PartLine(
                running.award.reference,
                running.award.cluster,
                part.number,
                part.due.isoformat(),
                part.first.isoformat(),
                part.last.isoformat(),
                key[1].year,
                financial_year(part.due),
                running.terms.fund,
                part.urn,
                names[part.urn][0],
                part.amount_pence,
                state,
            )
        )
    return lines


def commitments(ask: Ask, day: date, *, year: str | None = None, cluster: str | None = None) -> list[CommitmentLine]:
    """Give every award against each fund, year and school that bears it, with what is due on a day and what was paid.

    What was paid for an award that no longer lives stands with nothing entitled.
    """
    names = _schools(ask)
    paid = paid_for_awards(ask)
    entitled: dict[tuple[str, int, FundKey], list[Part]] = {}
    running_of: dict[str, Running] = {}
    for running in awards(ask, day):
        running_of[running.award.reference] = running
        for part in running.parts:
            entitled.setdefault((running.award.reference, part.urn, _fund_of(running, part)), []).append(part)
    lines = []
    for key in {**entitled, **paid}:
        request, urn, of = key
        whole, got = entitled.get(key, []), paid.get(key, (0, 0))[0]
        total = sum(part.amount_pence for part in whole)
        due = sum(part.amount_pence for part in whole if part.due <= day)
        later = [part.due for part in whole if part.due > day]
        run = running_of.get(request)
        lines.append(
            CommitmentLine(
                request,
                run.award.decision if run else 0,
                of.cluster,
                of.fund,
                of.year,
                urn,
                names[urn][0],
                run.terms.pattern.value if run else "",
                total,
                due,
                got,
                max(total - got, 0),
                (day if due > got else min(later, default=None) or day).isoformat() if total > got else None,
                covered=True,
                held=run.held if run else "",
            )
        )
    lines = with_cover(ask, lines)
    return [
        line
        for line in lines
        if (line.entitled_pence or line.paid_pence)
        and (year is None or line.year == year)
        and (cluster is None or line.cluster == cluster)
    ]


def paid_for_awards(ask: Ask) -> dict[tuple[str, int, FundKey], tuple[int, int]]:
    """Give what each school got for each award out of each fund: the net sum, and how much of it was got back."""
    rows = ask.all(lambda *row: row, _PAID)
    return {(row[0], row[1], FundKey(*row[2:5])): (row[5], row[6]) for row in rows}


def payments(ask: Ask, day: date) -> list[PaymentLine]:
    """Give what is to be paid on a day, or got back; ``held`` says why a payment waits for an override."""
    names = _schools(ask)
    out = []
    for line in commitments(ask, day):
        amount = to_pay(line.entitled_pence, line.due_pence, line.paid_pence)
        if amount:
            held = line.held or ("" if amount < 0 or line.covered else "the fund does not cover it")
            name, number = names[line.urn]
            out.append(
                PaymentLine("", line.request, line.urn, number, name, line.cluster, line.fund, line.year, amount, held)
            )
    return sorted(out, key=lambda each: (each.year, each.cluster, each.school, each.request, each.urn))


def payments_of_run(ask: Ask, run: str) -> list[PaymentLine]:
    """Give the payments of a run that was made; raises NotFound ``run.unknown``."""
    names = _schools(ask)
    out = []
    for line in questions.entries_of_run(ask, run):
        paying = line.kind == "pay"
        fund, school = (line.from_account, line.to_account) if paying else (line.to_account, line.from_account)
        words, _ = naming.words_of(fund)
        urn = int(school.rpartition(":")[2])
        amount = (line.amount_pence or 0) * (1 if paying else -1)
        name, number = names[urn]
        request = line.request or ""
        year = line.from_year
        out.append(
            PaymentLine(
                run, request, urn, number, name, words[0], words[1], year, amount, "", line.number, line.reversed_by
            )
        )
    return out


def envelopes(ask: Ask, day: date, *, year: str, cluster: str | None = None) -> list[EnvelopeLine]:
    """Give every cluster's funds of a year with what is promised from them, in the order of cluster and fund."""
    held = {
        FundKey(line.cluster, line.fund, line.year): line
        for line in questions.balances(ask, year=year, cluster=cluster)
        if line.kind == "fund" and line.fund != naming.HNB
    }
    left: dict[FundKey, int] = {}
    lines = commitments(ask, day, year=year, cluster=cluster)
    for line in lines:
        key = FundKey(line.cluster, line.fund, line.year)
        left[key] = left.get(key, 0) + line.left_pence
    paid: dict[FundKey, tuple[int, int]] = {}
    for (_, _, key), (net, back) in paid_for_awards(ask).items():
        before = paid.get(key, (0, 0))
        paid[key] = (before[0] + net, before[1] + back)
    allowed: dict[tuple[str, str], list[OverrideLine]] = {}
    for each in questions.overrides(ask, year=year):
        allowed.setdefault((each.account, each.year), []).append(each)
    out = []
    for key in sorted({*held, *left}, key=lambda each: (each.cluster, each.fund)):
        balance, (net, back) = held.get(key), paid.get(key, (0, 0))
        received, given = (balance.received_pence, balance.given_pence) if balance else (0, 0)
        sanction = sanctioned_of(ask, key, lines)
        free = received - given + sanction - left.get(key, 0)
        out.append(
            EnvelopeLine(
                key.cluster,
                key.fund,
                key.year,
                received - back,
                sanction,
                given - back - net,
                net,
                left.get(key, 0),
                free,
                tuple(allowed.get((naming.of_cluster(key.cluster, Fund(key.fund), key.year).name, key.year), ())),
            )
        )
    return out


def borne(ask: Ask, reference: str, key: FundKey, day: date) -> int:
    """Give what a fund paid and is still to pay for the living award of a request: nought when there is none."""
    return sum(
        line.left_pence + line.paid_pence
        for line in commitments(ask, day, year=key.year, cluster=key.cluster)
        if line.request == reference.strip().upper() and line.fund == key.fund
    )


def asked(ask: Ask, reference: str) -> tuple[FundKey, int]:
    """Give the envelope that a request would fall on and what it asks for; raises NotFound ``request.unknown``."""
    sql = "SELECT cluster_reference, year, asked_pence FROM request WHERE reference = :reference"
    found = ask.one(lambda *row: row, sql, {"reference": reference.strip().upper()})
    if found is None:
        known = ask.values("SELECT reference FROM request")
        hint = did_you_mean(reference, known) or "`senco requests list` shows them."
        raise NotFound("request.unknown", f"There is no request '{reference}'.", hint)
    return FundKey(found[0], Fund.EXCEPTIONAL, found[1]), found[2]


def _fund_of(running: Running, part: Part) -> FundKey:
    """Give the fund that bears a part: that of the academic year in which it begins."""
    return FundKey(running.award.cluster, running.terms.fund, str(AcademicYear.of(part.first)))


def _schools(ask: Ask) -> dict[int, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in ask.all(lambda *row: row, _SCHOOLS)}


def _award(  # noqa: PLR0917 - the columns of a row
    decision: int,
    reference: str,
    cluster: str,
    year: str,
    type_: str,
    urn: int,
    amount: int,
    first: str | None,
    last: str | None,
    submitted: str,
    made_at: str,
) -> Award:
    decided = from_utc(read_iso_utc(made_at)).date()
    begins = date.fromisoformat(first) if first else decided
    ends = date.fromisoformat(last) if last else AcademicYear.of(begins).last
    return Award(
        decision, reference, cluster, year, type_, urn, amount, begins, ends, date.fromisoformat(submitted), decided
    )
