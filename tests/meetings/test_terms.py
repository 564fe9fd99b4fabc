"""Term dates: ten years by rule, each borough's and school's own, INSET, and bank holidays corrected by a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from senco.dates import AcademicYear, england_bank_holidays
from senco.errors import BadInput, Refused
from senco.meetings import term_questions, term_verbs
from senco.meetings.kinds import SpanKind
from senco.meetings.termintake import TermTable, kind_of, read_terms
from senco.meetings.terms import SchoolYear, bank_holidays_of, days_of, differing, term_findings, usual_terms
from senco.schools.tables import School
from senco.sheets.reading import read_book
from senco.store.doors import Store
from tests.conftest import AT, Ran
from tests.meetings.years import school_year, span
from tests.sources import DATA

Run = Callable[..., Ran]
SCHOOL = {
    "la_code": 319, "la_name": "Sutton", "folded_name": "cheam high school", "type": "Academy", "type_group": "",
    "status": "Open", "phase": "Secondary", "gender": "", "trust": "", "federation": "", "town": "", "postcode": "",
    "resourced_provision": "",
}  # fmt: skip


@pytest.fixture
def cheam(store: Store) -> Store:
    """Give a store with one school in it."""
    with store.changing("schools.import", actor="officer", at=AT) as change:
        change.add(School, urn=136793, name="Cheam High School", **SCHOOL)
        change.record("school register", added=1)
    return store


def write(folder: Path, *rows: str, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(["year,la,urn,kind,title,first,last", *rows]), encoding="utf-8")
    return path


class TestTenYears:
    @pytest.mark.parametrize("start", range(2018, 2038))
    def test_the_usual_year_holds_together(self, start: int) -> None:
        year = school_year(start)
        assert term_findings(year) == []
        assert 185 <= year.school_days() <= 197
        terms = [each for each in year.spans if each.kind == SpanKind.TERM]
        assert [each.title for each in terms] == ["Autumn term", "Spring term", "Summer term"]
        for each in terms:
            for day in (each.first, each.last):
                assert date.fromisoformat(day).weekday() < 5
        for earlier, later in pairwise(terms):
            assert earlier.last < later.first
        for easter in (
            each for each in england_bank_holidays(start + 1) if "Easter" in england_bank_holidays(start + 1)[each]
        ):
            assert year.why_closed(easter)

    @pytest.mark.parametrize(
        ("start", "title", "first", "last"),
        [
            (2020, "Autumn half term", "2020-10-26", "2020-10-30"),
            (2020, "Spring half term", "2021-02-15", "2021-02-19"),
            (2020, "Summer half term", "2021-05-31", "2021-06-04"),
            (2026, "Autumn half term", "2026-10-26", "2026-10-30"),
            (2026, "Summer half term", "2027-05-31", "2027-06-04"),
            (2022, "Easter", "2023-04-01", "2023-04-16"),
        ],
    )
    def test_the_usual_weeks_are_those_that_were_published(self, start: int, title: str, first: str, last: str) -> None:
        found = {name: (a.isoformat(), b.isoformat()) for _, name, a, b in usual_terms(AcademicYear(start))}
        assert found[title] == (first, last)


class TestBankHolidays:
    def test_the_file_and_the_rule_agree_from_2020_to_2028_odd_years_too(self) -> None:
        with (DATA / "bank-holidays.csv").open(encoding="utf-8-sig", newline="") as file:
            told = [(date.fromisoformat(row["date"]), row["title"]) for row in csv.DictReader(file)]
        for year in range(2020, 2029):
            assert differing([each for each in told if each[0].year == year], year) == []

    def test_a_year_that_a_file_gives_goes_before_the_rule(self) -> None:
        year = AcademicYear(2026)
        corrected = bank_holidays_of(year, {date(2027, 7, 1): "A proclaimed day"})
        assert date(2027, 7, 1) in corrected
        assert date(2027, 5, 3) not in corrected
        assert date(2026, 12, 25) in corrected
        (finding,) = differing([(date(2027, 7, 1), "A proclaimed day")], 2027)
        assert finding.what.startswith("The file alone has Thu 1 Jul 2027 (A proclaimed day); the rule alone has")

    def test_a_correction_reaches_the_check_of_the_programme(self, store: Store, senco: Run, tmp_path: Path) -> None:
        rows = [f"{day.isoformat()},{title}" for day, title in england_bank_holidays(2021).items()]
        file = tmp_path / "bank.csv"
        file.write_text("\n".join(["date,title", *rows, "2021-06-29,Jubilee"]), encoding="utf-8")
        ran = senco("meetings", "terms", "import", str(file), "--yes")
        assert (ran.code, ran.err) == (0, "Term dates: 9 added.\n")
        assert "The file alone has Tue 29 Jun 2021 (Jubilee)" in ran.out
        ran = senco("meetings", "add", "29/6/2021", "2 - 4pm", "--for", "CP1")
        assert "Note: Tue 29 Jun 2021 is a bank holiday (Jubilee)." in ran.err
        again = senco("meetings", "terms", "import", str(file))
        assert "9 unchanged. Nothing to change." in again.err
        assert "9 bank holidays are already as the file says." in again.out
        file.write_text("\n".join(["date,title", *rows[:-1], rows[-1] + " (moved)"]), encoding="utf-8")
        assert (
            senco("meetings", "terms", "import", str(file), "--yes").err
            == "Term dates: 1 changed, 7 unchanged, 1 gone.\n"
        )
        told = json.loads(senco("meetings", "terms", "list", "--year", "2020/21", "-f", "json").out)
        assert [each["source"] for each in told["bank_holidays"]].count("by rule") == 2
        assert "2021-06-29" not in [each["day"] for each in told["bank_holidays"]]

    def test_a_part_of_a_year_is_not_taken_for_the_whole(self, store: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "bank.csv"
        file.write_text("date,title\n2021-06-29,Jubilee\n", encoding="utf-8")
        ran = senco("meetings", "terms", "import", str(file))
        assert "has only 1 bank holidays of 2021: for that year the rule is kept." in ran.out
        assert "Nothing to change." in ran.err

    def test_what_is_no_bank_holiday(self, store: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "bank.csv"
        file.write_text("date,title\n2021-06-31,Jubilee\n2021-06-30,\n", encoding="utf-8")
        ran = senco("meetings", "terms", "import", str(file), "--yes")
        assert ran.code == 5
        assert "row 2, column 1" in ran.err
        assert "It has no name" in ran.err


class TestSchoolYear:
    def test_a_school_with_two_weeks_in_october(self) -> None:
        year = AcademicYear(2020)
        fortnight = span(year, "Autumn half term", date(2020, 10, 19), date(2020, 10, 30), urn=100001)
        kept = school_year(2020, [fortnight])
        assert kept.why_closed(date(2020, 10, 20)) is None
        assert (
            kept.why_closed(date(2020, 10, 20), {100001})
            == "Tue 20 Oct 2020 is in a holiday of School 1 (Autumn half term)"
        )
        assert kept.why_closed(date(2020, 10, 20), {100002}) is None
        assert kept.why_closed(date(2020, 10, 20), None)
        own = kept.of_school(100001)
        assert [each.first for each in own.spans if each.title == "Autumn half term"] == ["2020-10-19"]
        assert kept.of_school(100002).school_days() - own.school_days({100001}) == 5

    def test_outside_the_terms_and_after_their_end(self) -> None:
        kept = school_year(2020)
        assert kept.why_closed(date(2021, 8, 10)) == "Tue 10 Aug 2021 is outside the terms"
        year = AcademicYear(2020)
        named = SchoolYear(year, (span(year, "End of term", date(2021, 7, 23), date(2021, 7, 23)),), {})
        assert named.why_closed(date(2021, 7, 23)) is None
        assert named.why_closed(date(2021, 7, 26)) == "Mon 26 Jul 2021 is outside the terms"
        assert not named.knows_terms
        assert SchoolYear(year, (), {}).why_closed(date(2021, 7, 26)) is None

    def test_what_does_not_fit(self) -> None:
        year = AcademicYear(2020)
        more = [
            span(year, "Lost week", date(2021, 9, 6), date(2021, 9, 10)),
            span(year, "INSET", date(2020, 12, 25), date(2020, 12, 25), kind="inset"),
            span(year, "Long term", date(2020, 12, 1), date(2021, 2, 1), kind="term"),
            span(year, "Long term", date(2020, 12, 1), date(2021, 2, 1), kind="term", urn=100009),
            span(year, "Away", date(2021, 3, 1), date(2021, 3, 31), urn=100001),
        ]
        found = {(each.check, each.where) for each in term_findings(school_year(2020, more), schools=[100001])}
        assert ("terms.outside-year", "Lost week, the borough") in found
        assert ("terms.inset-on-bank-holiday", "INSET, the borough") in found
        assert ("terms.overlap", "Autumn term, the borough") in found
        assert ("terms.days", "School 1") in found
        short = school_year(2020, [span(year, "Away", date(2021, 3, 1), date(2021, 3, 31))])
        assert [each.check for each in term_findings(short)] == ["terms.days"]
        assert [each.check for each in term_findings(SchoolYear(year, (), {}))] == ["terms.missing"]
        alone = SchoolYear(year, (span(year, "Half term", date(2020, 10, 26), date(2020, 10, 30)),), {})
        assert term_findings(alone) == []

    def test_an_academic_year_has_all_its_days(self) -> None:
        assert [len(days_of(AcademicYear(year))) for year in (2022, 2023)] == [365, 366]


class TestIntake:
    @pytest.mark.parametrize(
        ("title", "days", "kind"),
        [
            ("Staff training day", 1, "inset"),
            ("INSET day 2", 1, "inset"),
            ("Spring term 2027", 60, "term"),
            ("Spring half term", 5, "holiday"),
            ("End of term", 1, "holiday"),
            ("Christmas", 14, "holiday"),
        ],
    )
    def test_what_a_span_is(self, title: str, days: int, kind: str) -> None:
        first = date(2026, 9, 1)
        assert kind_of(title, first, first + timedelta(days=days - 1)).value == kind

    def test_dates_as_people_write_them(self, tmp_path: Path) -> None:
        file = tmp_path / "terms.csv"
        file.write_text(
            "Holiday,From,To\nAutumn half term,Mon 26 Oct,30 October\nINSET day,04/01/2027,\n", encoding="utf-8"
        )
        table = read_terms(read_book(file), year=AcademicYear(2026))
        assert [(each.kind.value, each.first.isoformat(), each.last.isoformat()) for each in table.spans] == [
            ("holiday", "2026-10-26", "2026-10-30"),
            ("inset", "2027-01-04", "2027-01-04"),
        ]
        assert {each.year for each in table.spans} == {"2026/27"}

    def test_every_problem_at_its_cell(self, store: Store, senco: Run, tmp_path: Path) -> None:
        file = write(
            tmp_path,
            "2026-28,319,,,Half term,2026-10-26,2026-10-30",
            "2026/27,Sutton,,,Half term,2026-10-26,2026-10-30",
            "2026/27,319,,weekend,Half term,2026-10-26,2026-10-30",
            "2026/27,319,,,,2026-10-26,2026-10-30",
            "2026/27,319,,,Half term,2026-10-30,2026-10-26",
            "2026/27,319,,,Half term,,2026-10-26",
            "2026/27,319,,,Half term,2026-10-32,2026-10-26",
            "2026/27,319,,,Same,2026-10-26,2026-10-30",
            "2026/27,319,,,Same,2026-10-26,2026-10-31",
        )
        ran = senco("meetings", "terms", "import", str(file), "--yes")
        assert ran.code == 5
        for said in (
            "row 2, column 1", "code is no number", "'weekend' is no kind", "has no name", "is before the first",
            "The day is missing", "row 8, column 6", "stands twice",
        ):  # fmt: skip
            assert said in ran.err
        assert ran.out == ""
        with pytest.raises(BadInput) as refused, store.reading() as ask:
            term_questions.terms_plan(ask, read_terms(read_book(file)), day=date(2026, 9, 1))
        assert refused.value.reference == "terms.cannot-import"

    def test_a_file_of_something_else(self, store: Store, senco: Run, tmp_path: Path) -> None:
        file = tmp_path / "x.csv"
        file.write_text("a,b\n1,2\n", encoding="utf-8")
        ran = senco("meetings", "terms", "import", str(file), "--format", "json")
        assert json.loads(ran.err)["error"]["reference"] == "terms.no-table"

    def test_an_unknown_school(self, store: Store, senco: Run, tmp_path: Path) -> None:
        file = write(tmp_path, "2026/27,319,Nowhere High,,Half term,2026-10-26,2026-10-30",
                     "2026/27,319,Nowhere High,,INSET,2026-11-26,2026-11-26")  # fmt: skip
        ran = senco("meetings", "terms", "import", str(file), "--format", "json")
        told = json.loads(ran.err)["error"]
        assert (told["reference"], len(told["problems"])) == ("terms.unknown-school", 2)


class TestImport:
    def test_the_published_holidays_are_the_programmes_own(
        self, store: Store, senco: Run, trail_length: Callable[[], int]
    ) -> None:
        assert senco("meetings", "import", str(DATA / "sutton-2020-21-clusters.xlsx"), "--yes").code == 0
        before = trail_length()
        ran = senco("meetings", "terms", "import", str(DATA / "terms-2020-21.csv"), "--yes")
        assert ran.err == "Term dates: 1 added, 4 changed, 1 unchanged.\n"
        assert trail_length() == before + 1
        assert "Nothing to change" in senco("meetings", "terms", "import", str(DATA / "terms-2020-21.csv")).err
        assert "Nothing to change" in senco("meetings", "import", str(DATA / "sutton-2020-21-clusters.xlsx")).err
        assert senco("meetings", "holidays").out.count("2020") + 0 >= 2
        assert trail_length() == before + 1

    def test_a_school_of_its_own_and_another_borough(self, cheam: Store, senco: Run, tmp_path: Path) -> None:
        file = write(
            tmp_path,
            "2026/27,319,,,Autumn half term,2026-10-26,2026-10-30",
            "2026/27,319,136793,,Autumn half term,2026-10-19,2026-10-30",
            "2026/27,319,Cheam High School,inset,INSET,2027-01-04,2027-01-04",
            "2026/27,306,,,Autumn half term,2026-10-26,2026-10-30",
        )
        assert senco("meetings", "terms", "import", str(file), "--yes").err == "Term dates: 4 added.\n"
        told = senco("meetings", "terms", "list", "--year", "2026/27").out
        assert told.count("Cheam High School") == 2
        assert told.count("the borough") == 1  # the neighbour's are kept, and not shown as ours
        own = senco("meetings", "terms", "list", "--year", "2026/27", "--school", "Cheam High School").out
        assert "as Cheam High School keeps them" in own
        assert own.count("Autumn half term") == 1
        ran = senco("meetings", "terms", "check", "--year", "2026/27")
        assert (ran.code, "Nothing was found amiss." in ran.out) == (0, True)
        glance = senco("meetings", "glance", "--year", "2026/27").out
        assert "Oct 2026  · ·     · · · · ·     · · · · ·     ~ ~ ~ ~ ~     - - - - -" in glance

    def test_a_span_that_moved_is_changed_and_not_doubled(self, store: Store, senco: Run, tmp_path: Path) -> None:
        senco(
            "meetings",
            "terms",
            "import",
            str(write(tmp_path, "2026/27,319,,,Christmas,2026-12-21,2027-01-01")),
            "--yes",
        )
        later = write(tmp_path, "2026/27,319,,,Christmas,2026-12-18,2027-01-01")
        assert senco("meetings", "terms", "import", str(later), "--yes").err == "Term dates: 1 changed.\n"
        assert senco("meetings", "terms", "list", "--year", "2026/27").out.count("Christmas  ") == 1

    def test_the_plan_alone_and_nobody_to_ask(
        self, store: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import io

        file = write(tmp_path, "2026/27,319,,,Christmas,2026-12-21,2027-01-01")
        assert "nothing was changed" in senco("meetings", "terms", "import", str(file), "--dry-run").err
        monkeypatch.setattr("sys.stdin", io.StringIO())
        assert senco("meetings", "terms", "import", str(file)).code == 4

        class Keyboard(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr("sys.stdin", Keyboard("y\n"))
        ran = senco("meetings", "terms", "import", str(file))
        assert (ran.code, "1 added" in ran.err) == (0, True)

    def test_nothing_to_do_leaves_no_line(self, store: Store) -> None:
        with pytest.raises(Refused) as refused, store.changing("terms.import", actor="officer", at=AT) as change:
            term_verbs.apply_terms(change, TermTable("x.csv"), day=date(2026, 9, 1))
        assert refused.value.reference == "terms.nothing-to-import"

    def test_a_template_imports_as_it_is(
        self, store: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert senco("meetings", "terms", "template", "--year", "2026/27").code == 0
        assert senco("meetings", "terms", "import", "terms-2026-27.csv", "--yes").err == "Term dates: 8 added.\n"
        assert senco("meetings", "terms", "check", "--year", "2026/27").code == 0
        with store.reading() as ask:
            assert term_questions.years_with_terms(ask) == ["2026/27"]
            assert term_questions.school_year(ask, "2026/27").school_days() == 195

    def test_findings_end_with_7(self, store: Store, senco: Run) -> None:
        ran = senco("meetings", "terms", "check", "--year", "2026/27")
        assert (ran.code, "No term dates of the borough are known for 2026/27." in ran.out) == (7, True)

    def test_a_bare_group_shows_its_help(self, senco: Run) -> None:
        ran = senco("meetings", "terms")
        assert (ran.code, "template" in ran.out) == (0, True)
