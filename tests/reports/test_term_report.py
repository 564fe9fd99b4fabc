"""What a term's report says of odd stores and odd lives, and what every one of its figures promises."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from senco.budget import awards as budget_awards
from senco.budget import summaries
from senco.errors import BadInput
from senco.reports import questions, rules, termly
from senco.reports.casework import Casework
from senco.reports.facts import TermFacts
from senco.reports.funding import specialist_time
from senco.reports.kinds import Audience, Figure, FigureKind, Report, Table, key
from senco.reports.masking import masked
from senco.reports.tallying import Tally
from senco.store.doors import Store
from tests.reports.borough import TERMS, YEAR, Ledger, insert, meeting, schools
from tests.reports.test_counted_apart import report_of, shown

END = date(2021, 8, 31)
# Meetings, seats, minutes and the clusters themselves say nothing of a child.
NOT_OF_CHILDREN = {
    "programme-by-kind", "programme-by-cluster", "attendance-by-cluster", "attendance-by-meeting", "seldom-seen",
    "specialist-time", "balance-cross-phase", "balance-single-phase", "balance-none",
}  # fmt: skip


def tables_of(report: Report) -> dict[str, Table]:
    return {table.name: table for section in report.sections for table in section.tables}


def facts_of(store: Store, term: str, day: date = END, year: str = YEAR) -> TermFacts:
    with store.reading(trusting=True) as ask:
        return questions.term_facts(ask, year=year, term=term, day=day)


def cell(report: Report, table: str, row: str, heading: str) -> object:
    return shown(report)[table, row, heading]


def sentences(report: Report, section: str) -> list[str]:
    found = next(each for each in report.sections if each.name == section)
    return [each.text.format(*(figure.value for figure in each.figures)) for each in found.sentences]


@contextmanager
def raw_of(store: Store) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(store.path)) as raw, raw:
        yield raw


@pytest.fixture
def small(store: Store) -> Store:
    """Give a borough of schools, clusters, two clusters' meetings and three panels, without a request."""
    with raw_of(store) as raw:
        schools(raw)
        for name, kind in (
            ("2020-11-24-CP", "cross-phase"),
            ("2020-12-08-PANEL", "panel"),
            ("2021-01-12-PANEL", "panel"),
            ("2021-03-23-CP", "cross-phase"),
            ("2021-04-13-PANEL", "panel"),
        ):
            meeting(raw, name, kind, day=name[:10])
    return store


class Case:
    """One request, and what cluster, panel and officer say of it."""

    def __init__(self, raw: sqlite3.Connection, submitted: str = "2020-10-05", **told: object) -> None:
        self.raw = raw
        self.name = f"R-{raw.execute('SELECT COUNT(*) FROM request').fetchone()[0]:04}"
        self.name = self.name.replace("0", "A").replace("1", "B")
        row: dict[str, object] = {
            "reference": self.name, "year": YEAR, "urn": 100001, "cluster_reference": "CP1", "type": "individual",
            "year_group": "4", "sen_status": "K", "provision_now": "", "provision_asked": "A mentor",
            "outcome_sought": "", "parents_views": "", "pupils_views": "", "cost_pence": 900_000,
            "asked_pence": 300_000, "urgent": 0, "urgent_because": "", "consent": 1, "submitted_on": submitted,
            "filled_in_by": "", "form_version": "1", "version": 1, "withdrawn_because": "",
            "received_at": f"{submitted}T09:00:00+00:00", "received_by": "test", "source": "test", **told,
        }  # fmt: skip
        insert(raw, "request", **row)

    def _write(self, table: str, **row: object) -> int:
        usual = {"request_reference": self.name, "request_version": 1, "taken_back": 0, "reason": "Seen",
                 "made_at": "2020-11-24T15:00:00+00:00", "made_by": "test"}  # fmt: skip
        return insert(self.raw, table, **{**usual, **row})

    def view(self, where: str = "2020-11-24-CP", level: str | None = "confirm", **row: object) -> int:
        outcome = {"confirm": "exceptional", "support": "borderline", "advise": "predictable"}.get(level or "")
        return self._write("moderation", meeting_reference=where, chair_urn=100002, outcome=outcome, level=level, **row)

    def advise(self, view: int, where: str, outcome: str | None = "agreed", **row: object) -> int:
        told = {"moderation_id": view, "outcome": outcome, "chair": "Head", "amount_pence": _pence(outcome), **row}
        return self._write("recommendation", meeting_reference=where, **told)

    def rule(self, advice: int | None, where: str | None, outcome: str | None = "agreed", **row: object) -> int:
        told = {"recommendation_id": advice, "outcome": outcome, "officer": "Officer", "amount_pence": _pence(outcome)}
        return self._write("decision", meeting_reference=where, **{**told, **row})


def _pence(outcome: str | None) -> int | None:
    return {"agreed": 300_000, "agreed-lower": 100_000, "agreed-with-conditions": 300_000}.get(outcome or "")


def nothing_but_noughts(report: Report) -> bool:
    return not any(report.counts.values())


def test_an_empty_store_has_a_report_without_a_sentence(store: Store) -> None:
    for term in TERMS:
        report = report_of(store, term)
        assert nothing_but_noughts(report)
        assert {section.name: len(section.sentences) for section in report.sections if section.sentences} == {
            "requests": 2, "decisions": 1, "awards": 1, "reviews": 1, **({"comparison": 1} if term != "autumn" else {}),
        }  # fmt: skip
        assert tables_of(report)["programme-by-kind"].rows == ()
        assert tables_of(report)["balance-none"].rows == ()
        assert {row[0].value for row in tables_of(report)["comparison"].rows} == {
            f"{each.capitalize()} {YEAR}" for each in list(TERMS)[: list(TERMS).index(term) + 1]
        }


def test_a_year_without_clusters_meetings_or_money(store: Store) -> None:
    with raw_of(store) as raw:
        meeting(raw, "2020-12-08-PANEL", "panel", day="2020-12-08")
    report = report_of(store, "autumn")
    assert cell(report, "programme-by-kind", "Panels", "Held") == 1
    assert tables_of(report)["requests-by-cluster"].rows == ()
    assert tables_of(report)["envelopes"].rows == ()
    assert sentences(report, "spending") == []
    assert sentences(report, "specialist-time") == []


def test_a_term_without_meetings(store: Store) -> None:
    with raw_of(store) as raw:
        schools(raw)
        Case(raw)
    report = report_of(store, "autumn")
    assert cell(report, "requests-by-stage", "Handed in, not listed yet", "Requests") == 1
    assert tables_of(report)["attendance-by-cluster"].rows == ()
    assert cell(report, "requests-by-need", "Not said", "Requests") == 1
    assert report_of(store, "spring").sections[3].sentences[1].figures[0].value == 1


def test_a_code_of_need_that_the_department_does_not_know_yet(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw)
        insert(raw, "request_need", request_reference=one.name, rank=2, code="XYZ")
    report = report_of(small, "autumn")
    assert cell(report, "requests-by-need", "XYZ", "Requests") == 1
    assert cell(report, "requests-by-area", "Other or not said", "Requests") == 1


def test_a_borough_with_areas_of_its_own_counts_by_them(small: Store) -> None:
    with raw_of(small) as raw:
        for day, code in (("2020-10-05", "ASD"), ("2020-11-05", "ASD"), ("2020-11-06", "PD")):
            insert(raw, "request_need", request_reference=Case(raw, submitted=day).name, rank=1, code=code)
        setting(raw, "need.areas", "autism: ASD; the senses: HI, VI", "2020-11-01")
    report = report_of(small, "autumn")
    rows = [(row[0].value, row[1].value) for row in tables_of(report)["requests-by-area"].rows]
    # What came in before the areas changed keeps the area that it was given then.
    assert rows == [
        ("Autism", 1),
        ("The senses", 0),
        ("Communication and interaction", 1),
        ("Other or not said", 1),
        ("All requests", 3),
    ]


def setting(raw: sqlite3.Connection, name: str, value: str, day: str) -> None:
    insert(raw, "setting", name=name, value=value, holds_from=day, set_at=f"{day}T08:00:00+00:00", set_by="test")


def test_a_running_term_says_so_and_counts_up_to_its_day(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw, "2020-11-24", meeting_reference="2020-11-24-CP")
        Case(raw, "2020-11-25")
        one.view()
    facts = facts_of(small, "autumn", date(2020, 11, 24))
    report = termly.term_report(facts)
    assert facts.running
    assert report.period == "From Tue 1 Sep 2020 up to Tue 24 Nov 2020; the term runs to Fri 1 Jan 2021"
    assert report.counts[key("requests", year=YEAR, term="autumn")] == 1
    assert cell(report, "programme-by-kind", "All meetings", "Still to come") == 1
    assert cell(report, "requests-by-stage", "Seen by the cluster", "Requests") == 1
    assert report_of(small, "autumn").period == "From Tue 1 Sep 2020 to Fri 1 Jan 2021"
    assert not facts_of(small, "autumn", date(2021, 1, 1)).running


def test_a_term_still_to_come_is_all_noughts(small: Store) -> None:
    with raw_of(small) as raw:
        Case(raw)
    report = report_of(small, "summer", date(2020, 9, 1))
    assert not any(count for name, count in report.counts.items() if "term=summer" in name)
    assert report.period.endswith("it has not begun")


def test_stages_and_outcomes_are_tied_unless_they_contradict_each_other(small: Store) -> None:
    with raw_of(small) as raw:
        for outcome in ("agreed", "returned", "deferred"):
            one = Case(raw)
            one.rule(one.advise(one.view(), "2020-12-08-PANEL"), "2020-12-08-PANEL", outcome)
    counts = report_of(small, "autumn").counts
    tied = {key: counts[key] for key in counts if key.startswith("settled") and YEAR in key and "autumn" in key}
    assert tied == {f"settled|term=autumn|year={YEAR}": 2, f"settled-apart|term=autumn|year={YEAR}": 0}
    assert report_of(small, "spring").counts[f"settled-apart|term=spring|year={YEAR}"] == 0
    with raw_of(small) as raw:
        Case(raw, "2021-02-01").rule(None, None)  # decided before it came in
    spring = report_of(small, "spring")
    assert cell(spring, "requests-by-stage", "Decided", "Requests") == 1
    assert f"settled-apart|term=spring|year={YEAR}" not in spring.counts


def test_a_deferral_stands_until_the_panel_that_takes_its_place(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw)
        view = one.view()
        first = one.advise(view, "2020-12-08-PANEL", "deferred")
        ruled = one.rule(first, "2020-12-08-PANEL", "deferred")
        second = one.advise(view, "2021-01-12-PANEL", supersedes=first)
    between = report_of(small, "autumn")
    with raw_of(small) as raw:
        one.raw = raw
        one.rule(second, "2021-01-12-PANEL", supersedes=ruled)
    for report in (between, report_of(small, "autumn")):
        assert cell(report, "requests-by-stage", "Deferred for information", "Requests") == 1
        assert cell(report, "put-off", "Deferred for information", "Requests") == 1
    spring = report_of(small, "spring")
    assert cell(spring, "decisions-by-outcome", "Agreed in full", "Decisions") == 1
    assert cell(spring, "put-off", "Deferred for information", "Requests") == 0
    assert cell(spring, "comparison", "Autumn 2020/21", "Decisions") == 0
    assert cell(spring, "time-by-cluster", "CP1", "Half within (days)") == 99


def test_advice_after_a_deferral_takes_the_case_further(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw, "2021-01-04", meeting_reference="2020-11-24-CP")
        view = one.view()
        first = one.advise(view, "2020-12-08-PANEL", "deferred")
        one.rule(first, "2020-12-08-PANEL", "deferred")
        one.advise(view, "2021-01-12-PANEL", supersedes=first)
        other = Case(raw, "2021-01-05", meeting_reference="2020-11-24-CP")
        other.advise(other.view(), "2021-01-12-PANEL", "deferred")
    report = report_of(small, "spring")
    assert cell(report, "requests-by-stage", "Advised on by the panel", "Requests") == 1
    assert cell(report, "requests-by-stage", "Deferred for information", "Requests") == 1


def test_what_was_taken_back_was_never_there(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw)
        advice = one.advise(one.view(), "2020-12-08-PANEL")
        ruled = one.rule(advice, "2020-12-08-PANEL")
        one.rule(advice, "2020-12-08-PANEL", None, supersedes=ruled, taken_back=1)
    report = report_of(small, "autumn")
    assert report.counts[key("decisions", year=YEAR, term="autumn")] == 0
    assert cell(report, "requests-by-stage", "Advised on by the panel", "Requests") == 1


def test_a_day_fixed_for_telling_goes_before_the_rule(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw)
        ruled = one.rule(one.advise(one.view(), "2020-12-08-PANEL"), "2020-12-08-PANEL")
        insert(raw, "decision_letter", decision_id=ruled, dated_on="2020-12-14", made_at="2020-12-14", made_by="test")
    assert cell(report_of(small, "autumn"), "told-in-time", "The borough", "Told in time") == 1
    with raw_of(small) as raw:
        insert(raw, "meeting_deadline", meeting_reference="2020-12-08-PANEL", kind="notice", due="2020-12-11T17:00",
               fixed_at="2020-09-01")  # fmt: skip
    assert cell(report_of(small, "autumn"), "told-in-time", "The borough", "Late, or not told yet") == 1


def test_the_year_s_money_is_hidden_with_the_awards_of_any_of_its_terms(year_store: Store) -> None:
    """Else the envelope less the sums of the other terms gave what a term with few awards awarded."""
    agreed = {
        (cluster, term): key("decisions", year=YEAR, term=term, cluster=cluster, decided="agreed")
        for cluster in ("CP1", "CP2", "CP3")
        for term in TERMS
    }
    report = report_of(year_store, "summer")
    rows = {row[0].value: row for row in tables_of(report)["envelopes"].rows}
    for (cluster, _), name in agreed.items():
        assert name in report.counts
        assert all(name in figure.follows for figure in rows[cluster][3:])
    assert not rows["CP3"][2].follows, "what was allocated says nothing of a child"
    few = masked(report, frozenset({agreed["CP3", "autumn"]}))
    hidden = {row[0].value: [figure.hidden for figure in row[3:]] for row in tables_of(few)["envelopes"].rows}
    assert (hidden["CP3"], hidden["CP1"]) == ([True] * 5, [False] * 5)
    borough = key("decisions", year=YEAR, term="autumn", decided="agreed")
    assert all(borough in figure.follows for figure in rows["All clusters"][3:])


def test_an_award_that_ended_has_no_review_due_any_more(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw)
        told = {"review_on": "2021-02-10", "awarded_from": "2020-12-09", "awarded_to": "2021-07-23"}
        ruled = one.rule(one.advise(one.view(), "2020-12-08-PANEL"), "2020-12-08-PANEL", **told)
    report = report_of(small, "spring")
    assert cell(report, "reviews-due", "The borough", "Not done") == 1
    assert cell(report, "reviews-due", "The borough", "Overdue at the end") == 1
    with raw_of(small) as raw:
        insert(raw, "award_change", request_reference=one.name, decision_id=ruled, kind="ended",
               holds_from="2021-01-31", reason="Left", made_at="2021-01-31", made_by="test")  # fmt: skip
    report = report_of(small, "spring")
    assert cell(report, "reviews-due", "The borough", "Due") == 0
    assert cell(report, "reviews-due", "The borough", "Overdue at the end") == 0


def test_a_review_of_a_later_day_is_not_known_yet(year_store: Store) -> None:
    facts = facts_of(year_store, "summer")
    ruling = next(each for each in facts.rulings if any(one.decision == each.number for one in facts.reviews))
    reviews = [each for each in facts.reviews if each.decision == ruling.number]
    on = reviews[0].reviewed_on
    told = replace(ruling, review_on="2021-01-05", ends="2021-08-31")
    earlier = f"{int(on[:4])}-01-01"
    assert list(rules.reviews_due(told, reviews, earlier)) == [("2021-01-05", False)]
    assert next(rules.reviews_due(told, reviews, on)) == ("2021-01-05", True)


def test_money_of_the_borough_itself_and_of_other_funds(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw)
        one.rule(one.advise(one.view(), "2020-12-08-PANEL"), "2020-12-08-PANEL", awarded_from="2021-01-04",
                 awarded_to="2021-07-23")  # fmt: skip
        insert(raw, "award_event", event_id=1, request_reference=one.name, kind="terms", day="2020-12-08",
               pattern="monthly", fund="transition", because="", made_at="2020-12-08", made_by="test")  # fmt: skip
        other = Case(raw)
        other.rule(other.advise(other.view(), "2020-12-08-PANEL"), "2020-12-08-PANEL", awarded_from="2021-09-01",
                   awarded_to="2022-07-23")  # fmt: skip
        ledger = Ledger(raw)
        grant = ledger.account("grant", "pence", "outside")
        block = ledger.account("hnb", "pence", "fund", fund="hnb")
        spare = ledger.account("borough:exceptional", "pence", "fund", fund="exceptional")
        conference = ledger.account("borough:conference", "pence", "fund", fund="conference")
        ledger.move("allocate", grant, block, 1_000_000, "2020-09-01")
        ledger.move("allocate", block, spare, 400_000, "2020-09-02")
        ledger.move("allocate", block, conference, 50_000, "2021-02-02")
    report = report_of(small, "spring")
    assert cell(report, "envelopes", "Borough-wide", "Allocated") == 400_000
    assert cell(report, "funds", "Transition", "Awards borne") == 1
    assert cell(report, "funds", "Transition", "Promised") == 300_000
    assert cell(report, "funds", "Transition", "Left") == -300_000
    assert cell(report, "funds", "Conferences", "Allocated") == 50_000
    # The other award begins next year: it rests on next year's funds.
    assert cell(report, "funds", "Exceptional needs", "Awards borne") == 0
    autumn = tables_of(report_of(small, "autumn"))["funds"]
    assert "Conferences" not in {row[0].value for row in autumn.rows}
    assert tables_of(report)["awards-by-cluster"].note.startswith("As decided in this term, the sums for their whole")


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2020-09-01", "the sums for a year"),
        ("2020-12-10", "some sums for a year, others for their whole time"),
        ("2021-01-01", "the sums for their whole time"),
    ],
)
def test_an_amount_is_what_the_rule_of_its_day_makes_it(small: Store, since: str, said: str) -> None:
    with raw_of(small) as raw:
        meeting(raw, "2020-12-15-PANEL", "panel", day="2020-12-15")
        for panel in ("2020-12-08-PANEL", "2020-12-15-PANEL"):
            case = Case(raw)
            case.rule(case.advise(case.view(), panel), panel)
        setting(raw, "award.means", "year", since)
    assert said in tables_of(report_of(small, "autumn"))["awards-by-cluster"].note


def test_a_year_that_would_end_beyond_the_envelopes_says_so(small: Store) -> None:
    with raw_of(small) as raw:
        one = Case(raw)
        one.rule(one.advise(one.view(), "2020-12-08-PANEL"), "2020-12-08-PANEL", awarded_from="2021-01-04",
                 awarded_to="2021-07-23")  # fmt: skip
    report = report_of(small, "autumn", date(2020, 12, 31))
    assert sentences(report, "spending")[1] == "At the same pace the year would end 900000 beyond the envelopes."
    assert cell(report, "envelopes", "CP1", "Left at the same pace") == -900_000


def test_the_money_is_what_the_budget_says(year_store: Store) -> None:
    """At the end of the year nothing is left out by day: the budget's own envelopes and time are the same."""
    facts = facts_of(year_store, "summer")
    with year_store.reading(trusting=True) as ask:
        envelopes = budget_awards.envelopes(ask, END, year=YEAR)
        time = summaries.time_lines(ask, END, year=YEAR)
    assert [(each.cluster, each.fund, each.allocated_pence, each.spent_pence, each.paid_pence, each.committed_pence)
            for each in facts.funds] == [
        (each.cluster, each.fund, each.allocated_pence, each.spent_pence, each.paid_pence, each.committed_pence)
        for each in envelopes
    ]  # fmt: skip
    assert [(each.cluster, each.booked, each.contact, each.admin, each.free) for each in facts.time] == [
        (each.cluster, each.booked_minutes, each.contact_minutes, each.admin_minutes, each.free_minutes)
        for each in time
    ]


def test_time_that_was_never_booked_and_time_carried_on(small: Store) -> None:
    with raw_of(small) as raw:
        ledger = Ledger(raw)
        service = ledger.account("service:therapy", "minutes", "outside", fund="therapy")
        free = ledger.account("cluster:CP1:therapy", "minutes", "fund", cluster="CP1", fund="therapy")
        ledger.move("allocate", service, free, 900, "2020-09-10")
        number = 1 + raw.execute("SELECT COUNT(*) FROM ledger_account").fetchone()[0]
        insert(raw, "ledger_account", account_id=number, name="cluster:CP1:therapy", year="2021/22", unit="minutes",
               kind="fund", cluster="CP1", fund="therapy", opened_at="x", opened_by="test")  # fmt: skip
        ledger.move("carry", free, number, 200, "2021-07-20")
    report = report_of(small, "summer")
    row = [figure.value for figure in tables_of(report)["specialist-time"].rows[0]]
    assert row == ["CP1", "Therapists", 900, 0, 0, 0, 200, 700, 0]


# --- What every figure promises.


@pytest.mark.parametrize("term", TERMS)
def test_every_figure_about_children_follows_counts_that_the_report_holds(year_store: Store, term: str) -> None:
    report = report_of(year_store, term)
    told = [figure for section in report.sections for each in section.sentences for figure in each.figures]
    for table in tables_of(report).values():
        for figure in (figure for row in table.rows for figure in row if figure.kind is not FigureKind.TEXT):
            told.append(figure)
            if table.name in NOT_OF_CHILDREN:
                assert figure.follows == ()
            elif not (table.name in {"envelopes", "funds"} or figure.kind is FigureKind.PERCENT):
                assert figure.follows, table.name
    for figure in told:
        assert all(name in report.counts for name in figure.follows)
        if figure.kind is FigureKind.COUNT and len(figure.follows) == 1:
            assert figure.value == report.counts[figure.follows[0]]
    # Money that was allotted says nothing of a child, and neither does attendance; all else in these tables follows.
    plain = {
        (table.name, heading)
        for table in tables_of(report).values()
        if table.name not in NOT_OF_CHILDREN
        for row in table.rows
        for heading, figure in list(zip(table.headings, row, strict=True))[1:]
        if figure.kind is not FigureKind.TEXT and not figure.follows
    }
    assert plain == {("envelopes", "Allocated"), ("funds", "Allocated"), ("comparison", "Attendance")}


@pytest.mark.parametrize("term", TERMS)
def test_every_family_of_counts_is_whole(year_store: Store, term: str) -> None:
    """Take any count and a dimension that narrows it: the counts of all its values sum to it."""
    counts = report_of(year_store, term).counts
    families: dict[tuple[str, str], int] = {}
    for name, value in counts.items():
        measure, *dimensions = name.split("|")
        for each in dimensions:
            parent = "|".join([measure, *(other for other in dimensions if other != each)])
            family = (parent, each.partition("=")[0])
            families[family] = families.get(family, 0) + value
    checked = {of for of in families if of[0] in counts}
    assert all(families[of] == counts[of[0]] for of in checked)
    assert {name for _, name in checked} >= {"cluster", "state", "stage", "type", "phase", "area", "need", "decided",
                                             "outcome", "told", "confirmed", "level", "alike", "result", "fund", "done",
                                             "score"}  # fmt: skip


def test_the_family_check_would_notice_a_hole() -> None:
    counts: dict[str, int] = {}
    span = rules.spans_of(YEAR, ())[0]
    tally = Tally(counts, span)
    with pytest.raises(KeyError, match="cluster=CP9"):
        tally.cross("requests", [("CP9",)], cluster=("CP1",))
    tally.cross("requests", [("CP1", "open"), ("CP1", "open")], cluster=("CP1", "CP2"), state=("open",))
    assert tally.number("requests", cluster="CP2", state="open") == 0
    assert tally.number("requests") == tally.number("requests", cluster="CP1") == 2


@pytest.mark.parametrize("term", TERMS)
def test_nothing_of_a_child_and_no_reference_stands_in_a_report(year_store: Store, term: str) -> None:
    told = repr(report_of(year_store, term))
    assert "Zev" not in told
    assert "Quox" not in told
    assert "R-2" not in told


def test_the_year_so_far_is_the_sum_of_its_terms(year_store: Store) -> None:
    report = report_of(year_store, "summer")
    for of in ({}, {"decided": "agreed"}, {"decided": "declined"}):
        measure = "decisions"
        assert report.counts[key(measure, year=YEAR, upto="summer", **of)] == sum(
            report.counts[key(measure, year=YEAR, term=term, **of)] for term in TERMS
        )
    assert key("requests", year=YEAR, upto="autumn") not in report_of(year_store, "autumn").counts


def test_the_same_facts_give_the_same_report(year_store: Store) -> None:
    assert report_of(year_store, "spring") == report_of(year_store, "spring")


# What would be known of the year on a day, and nothing later.
LATER = """
DELETE FROM review WHERE reviewed_on > :day;
DELETE FROM award_change WHERE decision_id IN (SELECT decision_id FROM decision
    WHERE SUBSTR(COALESCE(decided_on, meeting_reference, made_at), 1, 10) > :day);
DELETE FROM decision_letter WHERE dated_on > :day OR decision_id IN (SELECT decision_id FROM decision
    WHERE SUBSTR(COALESCE(decided_on, meeting_reference, made_at), 1, 10) > :day);
DELETE FROM ledger_entry WHERE day > :day;
DELETE FROM decision WHERE SUBSTR(COALESCE(decided_on, meeting_reference, made_at), 1, 10) > :day;
DELETE FROM recommendation WHERE SUBSTR(meeting_reference, 1, 10) > :day;
DELETE FROM moderation WHERE SUBSTR(meeting_reference, 1, 10) > :day;
DELETE FROM request_need WHERE request_reference IN (SELECT reference FROM request WHERE submitted_on > :day);
DELETE FROM request_pupil WHERE request_reference IN (SELECT reference FROM request WHERE submitted_on > :day);
DELETE FROM request WHERE submitted_on > :day;
UPDATE request SET withdrawn_on = NULL, withdrawn_because = '' WHERE withdrawn_on > :day;
DELETE FROM attendance WHERE SUBSTR(meeting_reference, 1, 10) > :day;
"""


@pytest.mark.parametrize("day", ["2020-11-10", "2021-01-20", "2021-02-15", "2021-06-30"])
def test_a_report_of_a_day_gone_by_is_what_it_would_have_been_then(
    year_path: Path, year_store: Store, tmp_path: Path, day: str
) -> None:
    path = tmp_path / "then.db"
    shutil.copy(year_path, path)
    with closing(sqlite3.connect(path)) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for each in LATER.split(";"):
            raw.execute(each, {"day": day} if ":day" in each else {})
    term = next(name for name, (first, last) in TERMS.items() if first <= day <= last)
    then = report_of(Store(path, wait=5), term, date.fromisoformat(day))
    assert report_of(year_store, term, date.fromisoformat(day)) == then
    assert then != report_of(year_store, term)


# --- Words and audiences.


def test_each_audience_gets_its_sections_and_all_the_counts(year_store: Store) -> None:
    report = report_of(year_store, "spring")
    named = {audience: {each.name for each in termly.for_audience(report, audience).sections} for audience in Audience}
    assert named[Audience.LEADS] == {each.name for each in report.sections}
    assert named[Audience.FINANCE] == {"requests", "decisions", "awards", "spending", "specialist-time", "comparison"}
    assert "seldom-seen" not in named[Audience.SCHOOLS] | named[Audience.FORUM]
    assert "spending" not in named[Audience.SCHOOLS]
    assert "agreement" in named[Audience.FORUM]
    forum = termly.for_audience(report, Audience.FORUM)
    assert (forum.name, forum.audience, forum.counts) == ("term-spring-2020-21-forum", Audience.FORUM, report.counts)


def test_what_the_report_says_in_words(year_store: Store) -> None:
    report = report_of(year_store, "spring")
    assert report.title == "SENCO clusters: the spring term 2020/21"
    assert sentences(report, "programme") == [
        "Meetings held: 5 of 7 planned.",
        "Meetings were moved or cancelled 3 times; a reason is on record for 2.",
    ]
    requests = cell(report, "requests-by-cluster", "The borough", "Received")
    assert sentences(report, "requests")[0].startswith(f"Requests received: {requests}; decided so far: ")
    shares = [cell(report, "views-by-cluster", name, "Share confirmed") for name in ("CP1", "CP2", "CP3")]
    low, high = min(shares, key=int), max(shares, key=int)  # type: ignore[call-overload] - percents
    assert sentences(report, "agreement")[0] == (
        f"Clusters confirmed between {low} and {high} of the requests that they saw."
    )
    assert "In CP2 7 of 10 schools are of one trust, Cirrus Trust." in sentences(report, "balance")
    assert sentences(report, "attendance")[0].startswith("Schools filled ")
    summer = report_of(year_store, "summer")
    assert sentences(summer, "attendance")[1] == "Meetings held without a register: 1 of 5."
    assert sentences(summer, "comparison")[1].endswith("against 7 in the same term a year earlier.")


def test_one_cluster_alone_is_no_spread(small: Store) -> None:
    with raw_of(small) as raw:
        Case(raw).view()
    assert sentences(report_of(small, "autumn"), "agreement") == []


def test_clusters_of_a_model_that_senco_does_not_know(small: Store) -> None:
    with raw_of(small) as raw:
        number = insert(raw, "cluster", year=YEAR, model="by area", reference="NORTH", name="North", source="test")
        insert(raw, "membership", cluster_id=number, urn=100001, nickname="", joined="2020-09-01", source="test")
        raw.execute("UPDATE school SET trust = '', phase = 'All-through', pupils = NULL WHERE urn = 100001")
    table = tables_of(report_of(small, "autumn"))["balance-by area"]
    assert [figure.value for figure in table.rows[0]] == ["NORTH", 1, 0, 0, 0, 1, "none", None]


def test_a_request_of_a_cluster_of_the_year_before_is_counted_where_it_is_decided(small: Store) -> None:
    with raw_of(small) as raw:
        insert(raw, "cluster", year="2019/20", model="cross-phase", reference="OLD", name="Old", source="test")
        one = Case(raw, "2020-06-01", year="2019/20", cluster_reference="OLD")
        one.rule(one.advise(one.view(), "2020-12-08-PANEL"), "2020-12-08-PANEL")
    report = report_of(small, "autumn")
    assert cell(report, "decisions-by-cluster", "OLD", "Agreed") == 1
    assert cell(report, "requests-by-cluster", "OLD", "Received") == 0


# --- Terms.


def test_the_terms_leave_no_day_of_a_year_out(store: Store) -> None:
    for starts in range(2015, 2035):
        spans = rules.spans_of(f"{starts}/{(starts + 1) % 100:02}", ())
        days = [(each.first, each.last) for each in spans]
        assert (days[0][0], days[-1][1]) == (date(starts, 9, 1), date(starts + 1, 8, 31))
        assert all((after[0] - before[1]).days == 1 for before, after in pairwise(days))


@pytest.mark.parametrize(
    ("rows", "spring", "summer"),
    [
        ((("Spring term", "term", "2021-01-04", "2021-03-31"), ("Summer term", "term", "2021-04-19", "2021-07-23"),
          ("Christmas", "holiday", "2020-12-19", "2021-01-02")), "2021-01-04", "2021-04-19"),
        ((("Christmas holiday", "holiday", "2020-12-21", "2021-01-01"),), "2021-01-02", "2021-04-05"),
        ((("Spring term", "term", "2021-05-04", "2021-06-30"),), "2021-01-01", "2021-04-05"),
        ((("Summer term", "term", "2022-04-19", "2022-07-23"),), "2021-01-01", "2021-04-05"),
    ],
    ids=["the table's", "by holidays", "out of order", "of another year"],
)  # fmt: skip
def test_a_term_begins_where_the_borough_says(
    store: Store, rows: tuple[tuple[str, str, str, str], ...], spring: str, summer: str
) -> None:
    with raw_of(store) as raw:
        for title, kind, first, last in rows:
            insert(raw, "holiday", year=YEAR, title=title, first=first, last=last, la_code=319, kind=kind, source="x")
        insert(raw, "school", urn=100001, la_code=319, la_name="", name="A", folded_name="a", type="", type_group="",
               status="", phase="", gender="", trust="", federation="", town="", postcode="",
               resourced_provision="")  # fmt: skip
        insert(raw, "holiday", year=YEAR, title="Christmas", first="2020-12-01", last="2020-12-02", la_code=319,
               urn=100001, source="x")  # fmt: skip
    with store.reading() as ask:
        spans = [questions.term_span(ask, YEAR, term) for term in TERMS]
    assert [each.first.isoformat() for each in spans] == ["2020-09-01", spring, summer]


def test_a_year_is_read_as_people_write_it(store: Store) -> None:
    assert facts_of(store, "autumn", year="2020-21").span.year == YEAR
    with pytest.raises(BadInput, match="not an academic year"):
        facts_of(store, "autumn", year="twenty")


def test_a_mean_follows_every_score_that_it_is_made_of(year_store: Store) -> None:
    report = report_of(year_store, "spring")
    section = next(each for each in report.sections if each.name == "reviews")
    average = section.sentences[-1].figures[-1]
    assert average.kind is FigureKind.SCORE
    assert len(average.follows) == 6


def test_the_facts_of_a_term_are_asked_for_with_few_questions(year_store: Store, count_of: Callable[..., int]) -> None:
    """However many requests there are: the questions do not grow with them."""
    assert count_of(year_store) < 150


@pytest.fixture
def count_of() -> Callable[..., int]:
    def count(store: Store) -> int:
        asked: list[str] = []
        with store.reading(trusting=True) as ask:
            ask._connection.set_trace_callback(asked.append)
            questions.term_facts(ask, year=YEAR, term="summer", day=END)
            ask._connection.set_trace_callback(None)
        return len(asked)

    return count


def test_the_builders_take_any_facts(year_store: Store) -> None:
    facts = facts_of(year_store, "autumn")
    bare = replace(facts, time=(), clusters=(), seats=(), meetings=())
    assert specialist_time(bare).sentences == ()
    assert Casework(bare).clusters == ("CP1", "CP2", "CP3")
    assert isinstance(termly.term_report(bare).sections[0].tables[0].empty, str)
    assert Figure(None).value is None
