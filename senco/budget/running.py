"""Awards as they run: read from the decisions each time, by the settings of the day they were decided, never copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.budget.kinds import Fund, Pattern
from senco.budget.queueing import queued, unbroken
from senco.budget.schedules import as_it_runs, paid_from, schedule, terms_of, whole_sum
from senco.budget.shapes import Award, EventLine, FundKey, Part, Queued, Terms
from senco.dates import AcademicYear, from_utc, read_iso_utc
from senco.deferred import dataclass
from senco.errors import NotFound
from senco.nearest import did_you_mean
from senco.settings.questions import newest_setting, word_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.requests.advising import Proposed
    from senco.store.doors import Ask

# Every decision, not only those that stand: the place of an award in the queue is that of its first.
_DECISIONS = """
SELECT d.decision_id, d.request_reference, r.cluster_reference, r.year, r.type, r.urn,
       CASE WHEN d.taken_back = 0 THEN COALESCE(d.amount_pence, 0) ELSE 0 END, d.awarded_from, d.awarded_to,
       r.submitted_on, d.made_at, d.decided_on,
       COALESCE(d.settings_known, (SELECT COALESCE(MAX(s.setting_id), 0) FROM setting AS s WHERE s.set_at <= d.made_at))
  FROM decision AS d
  JOIN request AS r ON r.reference = d.request_reference
 WHERE r.withdrawn_on IS NULL
 ORDER BY d.decision_id
"""

# What was said of an award here, and what its request says of it: a child that moved, an end before its time. A child
# stays where it went when the award is decided anew; an end is of the decision that it ended.
_EVENTS = """
SELECT event_id, request_reference, kind, day, pattern, fund, urn, because FROM (
    SELECT event_id, request_reference, kind, day, pattern, fund, urn, because, made_at, 0 AS source FROM award_event
    UNION ALL
    SELECT c.award_change_id, c.request_reference, CASE c.kind WHEN 'moved' THEN 'move' ELSE c.kind END, c.holds_from,
           '', '', c.urn, '', c.made_at, 1
      FROM award_change AS c
     WHERE c.kind = 'moved' OR c.decision_id IN (SELECT d.decision_id FROM living_decision AS d)) AS happened
 WHERE :request IS NULL OR request_reference = :request
 ORDER BY made_at, source, event_id
"""

# Of the leads of a cluster since an award began, the first whose school is known: a later lead alters nothing.
_HOST = """
SELECT a.host_urn FROM appointment AS a
  JOIN cluster AS c ON c.cluster_id = a.cluster_id
 WHERE c.year = :year AND c.reference = :cluster AND a.role = 'lead' AND a.host_urn IS NOT NULL
   AND a.starts <= :day AND (a.ends IS NULL OR a.ends >= :first)
 ORDER BY a.starts, a.appointment_id LIMIT 1
"""

NO_HOST = "the host school is not known"


@dataclass(frozen=True, slots=True)
class Running:
    """An award as it runs: its terms, the parts that are paid in their time, and those that a stop cut off.

    ``held`` says why nothing of it is paid or got back for now, "" when nothing stands against it. ``queue`` is the
    place it has at each fund.
    """

    award: Award
    terms: Terms
    parts: tuple[Part, ...]
    stopped: tuple[Part, ...]
    held: str
    queue: Mapping[FundKey, tuple[Queued, ...]]

    def fund_of(self, part: Part) -> FundKey:
        """Give the fund that bears a part: that of the academic year in which it begins."""
        return FundKey(self.award.cluster, self.terms.fund, str(AcademicYear.of(part.first)))


def awards(ask: Ask, day: date, request: str | None = None, *, proposed: Sequence[Proposed] = ()) -> list[Running]:
    """Give the awards that live, in the order of their decisions, each as it runs, as it is known on a day.

    The settings are those known when each was decided. ``proposed`` are awards that might be decided on the day: they
    take the place of what their requests were awarded, or queue behind all others.
    """
    events: dict[str, list[EventLine]] = {}
    for event in ask.all(EventLine, _EVENTS, {"request": request}):
        events.setdefault(event.request, []).append(event)
    decisions = ask.all(_award, _DECISIONS)
    decisions += _might_be(ask, proposed, day, after=decisions[-1].decision if decisions else 0)
    policy: dict[tuple[date, int], tuple[Pattern, bool]] = {}
    found = []
    for run in unbroken(decisions):
        if request not in {None, run[0].reference}:
            continue
        happened = events.get(run[0].reference, [])
        ran = []
        for each in run:
            key = (each.decided, each.known)
            if key not in policy:
                policy[key] = (
                    Pattern(word_on(ask, "payment.pattern", *key)), word_on(ask, "award.means", *key) == "year"
                )  # fmt: skip
            # What is paid from the decision on is so from the first one: a later one does not begin anew.
            ran.append(_runs(ask, replace(each, decided=run[0].decided), happened, *policy[key], day))
        found.append(replace(ran[-1], queue=queued((each.award.decision, _sums(each)) for each in ran)))
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


def _runs(  # noqa: PLR0917 - an award and all that bears on it
    ask: Ask, told: Award, events: Sequence[EventLine], pattern: Pattern, yearly: bool, day: date  # noqa: FBT001 - a setting's two values
) -> Running:  # fmt: skip
    terms = terms_of(events, pattern=pattern, fund=Fund.EXCEPTIONAL)
    begins = paid_from(told, terms.pattern)
    whole = replace(told, amount_pence=whole_sum(told.amount_pence, begins, told.last, yearly=yearly))
    payee = terms.payee
    if payee is None and terms.pattern is Pattern.LUMP_SUM:
        since = {"first": told.first.isoformat(), "day": max(day, told.first).isoformat()}
        payee = ask.value(_HOST, {"year": told.year, "cluster": told.cluster, **since})
    kept, stopped = as_it_runs(schedule(whole, terms.pattern, payee or told.urn), terms)
    # Whose the lump sum is cannot be guessed: the child's own school is not the lead's.
    held = NO_HOST if terms.pattern is Pattern.LUMP_SUM and payee is None else ""
    return Running(whole, terms, tuple(kept), tuple(stopped), held, {})


def _sums(running: Running) -> dict[FundKey, int]:
    sums: dict[FundKey, int] = {}
    for part in running.parts:
        key = running.fund_of(part)
        sums[key] = sums.get(key, 0) + part.amount_pence
    return sums


def _might_be(ask: Ask, proposed: Sequence[Proposed], day: date, *, after: int) -> list[Award]:
    """Give what is proposed as decisions made on a day behind all others; raises what `case_named` raises."""
    if not proposed:
        return []
    from senco.requests.questions import case_named

    known = newest_setting(ask)
    out = []
    for number, each in enumerate(proposed, start=after + 1):
        case = case_named(ask, each.request)
        first = each.first or day
        last = each.last or AcademicYear.of(first).last
        sent = date.fromisoformat(case.submitted_on)
        out.append(
            Award(
                number, case.reference, case.cluster, case.year, case.type, case.urn, each.amount_pence, first, last,
                sent, day, known,
            )
        )  # fmt: skip
    return out


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
    decided_on: str | None,
    known: int,
) -> Award:
    decided = date.fromisoformat(decided_on) if decided_on else from_utc(read_iso_utc(made_at)).date()
    begins = date.fromisoformat(first) if first else decided
    ends = date.fromisoformat(last) if last else AcademicYear.of(begins).last
    sent = date.fromisoformat(submitted)
    return Award(decision, reference, cluster, year, type_, urn, amount, begins, ends, sent, decided, known)
