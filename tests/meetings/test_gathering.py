"""Who comes: contacts, registers, quorum, attendance, actions, standing items; nothing personal in the trail."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from senco.errors import BadInput, NotFound, Refused, SencoError
from senco.meetings import gathering_questions as asking
from senco.meetings import gathering_verbs as verbs
from senco.meetings.contactintake import read_contacts, role_called
from senco.meetings.gathering import Mark, SeatLine, StandingLine
from senco.meetings.marking import marks
from senco.meetings.planning import meeting_line
from senco.meetings.register import is_invited, quorum_of, seat_meant, stands_on
from senco.sheets.reading import read_book
from senco.store.doors import Change, Store
from tests.conftest import AT, Ran
from tests.meetings.test_changes import CP, clustered, taken_in
from tests.meetings.test_planning import draft

Run = Callable[..., Ran]
__all__ = ["clustered", "taken_in"]
HEAD = "name,role,school,organisation,e-mail,invited to"
PEOPLE = (
    "Ann O'Neil,SENCo,100001,,ann@avenue.sch.uk,",
    "Bo Li,SENDCo,Brook High,,bo@brook.sch.uk,",
    'Cy Grant,Educational Psychologist,,EP service,cy@sutton.gov.uk,"CP1, CP9"',
    "Di Ray,officer,,Council,,panel",
    "Ed Poe,pru,,The Limes,ed@limes.sch.uk,all",
)


def contacts_file(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "contacts.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


@pytest.fixture
def people(clustered: Store, senco: Run, tmp_path: Path) -> Store:
    """Give a store with a programme, two clusters and five contacts."""
    file = contacts_file(tmp_path, *PEOPLE)
    assert (
        senco("meetings", "contacts", "import", str(file), "--yes", "--as-of", "2020-09-01").err
        == "Contacts: 5 added.\n"
    )
    return clustered


def trail_text(store: Store) -> str:
    with store.reading() as ask:
        return "\n".join(
            f"{subject} {detail}" for subject, detail in ask.all(lambda *row: row, "SELECT subject, detail FROM trail")
        )


class TestContacts:
    def test_the_same_file_again_and_what_was_exported(
        self, people: Store, senco: Run, tmp_path: Path, trail_length: Callable[[], int]
    ) -> None:
        before = trail_length()
        for name in ("out.xlsx", "out.csv"):
            assert senco("meetings", "contacts", "export", "--out", str(tmp_path / name)).code == 0
            ran = senco("meetings", "contacts", "import", str(tmp_path / name))
            assert ran.err == "Contacts: 5 unchanged. Nothing to change.\n"
        assert trail_length() == before

    def test_an_address_is_shown_in_its_own_list_alone(self, people: Store, senco: Run) -> None:
        assert "ann@avenue.sch.uk" in senco("meetings", "contacts", "list").out
        for words in (
            ("meetings", "attend", CP),
            ("meetings", "show", CP),
            ("meetings", "attendance"),
            ("trail",),
            ("status",),
        ):
            ran = senco(*words)
            assert "@avenue" not in ran.out + ran.err
        assert "Ann" not in trail_text(people)
        assert "@" not in trail_text(people)

    def test_changed_added_and_ended(self, people: Store, senco: Run, tmp_path: Path) -> None:
        file = contacts_file(tmp_path, PEOPLE[0].replace("ann@", "a.oneil@"), "Flo Day,SENCO,100002,,flo@brook.sch.uk,")
        plan = senco("meetings", "contacts", "import", str(file), "--dry-run", "-f", "json")
        assert [each["action"] for each in json.loads(plan.out)["plan"]] == ["changed", "added", *["gone"] * 4]
        assert "@" not in plan.out
        assert senco("meetings", "contacts", "import", str(file), "--yes", "--end-missing").code == 0
        told = json.loads(senco("meetings", "contacts", "list", "-f", "json").out)["contacts"]
        assert [(each["name"], each["email"]) for each in told] == [
            ("Ann O'Neil", "a.oneil@avenue.sch.uk"),
            ("Flo Day", "flo@brook.sch.uk"),
        ]
        past = json.loads(senco("meetings", "contacts", "list", "-f", "json", "--as-of", "2020-10-01").out)["contacts"]
        assert len(past) == 5
        again = senco("meetings", "contacts", "import", str(file), "--end-missing")
        assert "Nothing to change" in again.err

    def test_what_a_blank_leaves_as_it_is(self, people: Store, senco: Run, tmp_path: Path) -> None:
        file = contacts_file(tmp_path, "Ann O'Neil,100001", head="Name,School")
        assert "1 unchanged, 4 gone. Nothing to change." in senco("meetings", "contacts", "import", str(file)).err

    def test_every_problem_at_its_cell(self, tmp_path: Path) -> None:
        file = contacts_file(tmp_path, ",senco,,,,", "X,gardener,,,not-an-address,", PEOPLE[0], PEOPLE[0], ",,,,,")
        with pytest.raises(BadInput) as refused:
            read_contacts(read_book(file))
        assert refused.value.reference == "contacts.cannot-import"
        assert [problem.what[:16] for problem in refused.value.problems] == [
            "The name is miss", "The role is not ", "This is no e-mai", "The person stand",
        ]  # fmt: skip
        with pytest.raises(BadInput) as refused:
            read_contacts(read_book(contacts_file(tmp_path, "x", head="name")))
        assert refused.value.reference == "contacts.no-table"

    def test_schools_that_nobody_knows(self, people: Store, senco: Run, tmp_path: Path) -> None:
        file = contacts_file(tmp_path, "X,senco,Nowhere High,,,", "Y,senco,Nowhere High,,,")
        ran = senco("meetings", "contacts", "import", str(file), "-f", "json")
        told = json.loads(ran.err)["error"]
        assert (told["reference"], len(told["problems"])) == ("contacts.unknown-school", 2)

    def test_nothing_to_do(self, people: Store) -> None:
        with pytest.raises(Refused) as refused, people.changing("contacts.import", actor="officer", at=AT) as change:
            verbs.apply_contacts(change, (), day=date(2020, 9, 1), end_missing=False)
        assert refused.value.reference == "contacts.nothing-to-import"

    def test_a_person_is_asked(
        self, clustered: Store, senco: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Keyboard(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr("sys.stdin", Keyboard("y\n"))
        ran = senco("meetings", "contacts", "import", str(contacts_file(tmp_path, *PEOPLE)))
        assert (ran.code, "added  Ann O'Neil" in ran.out) == (0, True)

    @pytest.mark.parametrize(
        ("words", "role"),
        [
            ("Deputy SENCO", "deputy"),
            ("Headteacher", "headteacher"),
            ("NHS therapist", "health"),
            ("social worker", "social care"),
        ],
    )
    def test_roles_as_people_call_them(self, words: str, role: str) -> None:
        assert role_called(words) == role


class TestRegister:
    def test_marks_by_any_name_and_by_the_rest(
        self, people: Store, senco: Run, trail_length: Callable[[], int]
    ) -> None:
        assert senco("meetings", "attend", CP).out.endswith("0 of 4 seats are taken; no quorum is set.\n")
        senco("settings", "set", "quorum", "half", "--from", "1/9/2020")
        before = trail_length()
        assert "Avenue Primary  Ann O'Neil  senco         –" in senco("meetings", "attend", CP).out
        ran = senco("meetings", "attend", CP, "-p", "Avenue", "-s", "Bo Li", "-a", "EP service", "--rest", "absent")
        assert ran.err == "2 of 4 seats are taken; quorate.\n"
        assert trail_length() == before + 1
        told = json.loads(senco("meetings", "attend", CP, "-f", "json").out)["register"]
        assert [(each["seat"], each["mark"]) for each in told] == [
            ("Avenue Primary", "present"),
            ("Brook High", "substitute"),
            ("EP service", "apologies"),
            ("The Limes", "absent"),
        ]
        ran = senco("meetings", "attend", CP, "-x", "Brook")
        assert ran.err == "1 of 4 seats are taken; quorate.\n"
        assert "1" in senco("meetings", "attendance").out
        assert "Ann" not in trail_text(people)

    def test_the_year_by_school(self, people: Store, senco: Run) -> None:
        senco("meetings", "attend", CP, "-p", "Avenue", "-x", "Brook")
        senco("meetings", "attend", "2020-09-22", "-s", "100002")
        lines = json.loads(senco("meetings", "attendance", "-f", "json").out)["attendance"]
        assert [(each["school"], each["meetings"], each["percent"], each["unmarked"]) for each in lines] == [
            ("Brook High", 2, 50, 0),
            ("Avenue Primary", 2, 100, 1),
        ]
        assert senco("meetings", "attendance", "--cluster", "CP2").out.count("Brook High") == 1
        assert "Avenue" not in senco("meetings", "attendance", "--cluster", "CP2").out
        assert "No meeting" in senco("meetings", "attendance", "--year", "2020/21", "--as-of", "2020-09-02").out
        senco("meetings", "add", "12/1/2021", "2 - 4pm", "--for", "CP1", "--as-of", "2020-11-24")
        ran = senco("meetings", "attendance", "--as-of", "2021-01-13", "-f", "json")
        by = {each["school"]: each for each in json.loads(ran.out)["attendance"]}
        assert (by["Avenue Primary"]["meetings"], by["Brook High"]["meetings"]) == (3, 2)

    def test_a_panel_seats_its_people(self, people: Store, senco: Run) -> None:
        senco("meetings", "add", "8/12/2020", "2 - 4pm", "--for", "panel")
        senco("settings", "set", "quorum", "9", "--from", "1/9/2020")  # of clusters' meetings, not of the panel
        senco("settings", "set", "panel.quorum", "half", "--from", "1/9/2020")
        ran = senco("meetings", "attend", "2020-12-08")
        assert "not quorate: it lacks 1 more of 1" in ran.out
        ran = senco("meetings", "attend", "2020-12-08", "--present", "Di Ray")
        assert ran.err == "1 of 1 seats are taken; quorate.\n"

    def test_nobody_expected(self, clustered: Store, senco: Run) -> None:
        assert "Nobody is expected" in senco("meetings", "attend", "2020-10-13-SP").out

    def test_seat_by_seat(self, people: Store, senco: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        class Keyboard(io.StringIO):
            def isatty(self) -> bool:
                return True

        senco("meetings", "attend", CP, "-p", "Avenue")
        monkeypatch.setattr("sys.stdin", Keyboard("n\na\nq\n"))
        ran = senco("meetings", "attend", CP, "--ask")
        assert (ran.code, "EP service (Cy Grant)" in ran.err) == (0, True)
        told = json.loads(senco("meetings", "attend", CP, "-f", "json").out)["register"]
        assert [each["mark"] for each in told] == ["present", "", "apologies", ""]
        monkeypatch.setattr("sys.stdin", Keyboard("p\nx\n"))
        assert senco("meetings", "attend", CP, "--ask").code == 0
        monkeypatch.setattr("sys.stdin", io.StringIO())
        ran = senco("meetings", "attend", CP, "--ask", "-f", "json")
        assert json.loads(ran.err)["error"]["reference"] == "attend.no-terminal"

    @pytest.mark.parametrize(
        ("verb", "reference"),
        [
            (lambda change: verbs.mark(change, CP, {"Cedar": Mark.PRESENT}), "attend.unknown"),
            (lambda change: verbs.mark(change, CP, {}), "attend.nothing"),
            (lambda change: verbs.add_action(change, CP, " ", owner="x", due=None), "action.incomplete"),
            (lambda change: verbs.close_action(change, "A9", day=date(2020, 12, 1), dropped=False), "action.unknown"),
            (
                lambda change: verbs.close_action(change, "the last", day=date(2020, 12, 1), dropped=False),
                "action.unknown",
            ),
            (lambda change: verbs.add_standing(change, "x", [13], [], day=date(2020, 9, 1)), "standing.months"),
            (
                lambda change: verbs.add_standing(
                    change, "new sencos: welcome and induction", [9], [], day=date(2020, 9, 1)
                ),
                "standing.exists",
            ),
            (lambda change: verbs.end_standing(change, "nothing such", day=date(2020, 9, 1)), "standing.unknown"),
        ],
    )
    def test_what_is_refused_leaves_no_line(
        self, people: Store, verb: Callable[[Change], object], reference: str, trail_length: Callable[[], int]
    ) -> None:
        before = trail_length()
        with pytest.raises(SencoError) as refused, people.changing("x", actor="officer", at=AT) as change:
            verb(change)
        assert refused.value.reference == reference
        assert trail_length() == before

    def test_nobody_can_have_come_to_what_was_cancelled(self, people: Store, senco: Run) -> None:
        senco("meetings", "cancel", CP)
        ran = senco("meetings", "attend", CP, "--rest", "present", "-f", "json")
        assert json.loads(ran.err)["error"]["reference"] == "attend.cancelled"

    def test_a_seat_with_two_marks(self) -> None:
        assert marks({Mark.PRESENT: ["A", "A"], Mark.ABSENT: None}) == {"A": Mark.PRESENT}
        with pytest.raises(BadInput) as refused:
            marks({Mark.PRESENT: ["A"], Mark.ABSENT: ["A"]})
        assert refused.value.reference == "attend.twice"


def seats(*told: tuple[str, str, str]) -> list[SeatLine]:
    return [
        SeatLine(CP, name, "", role, 100000 + number, None, mark, "") for number, (name, role, mark) in enumerate(told)
    ]


class TestRules:
    @pytest.mark.parametrize(
        ("share", "marked", "reached", "needed"),
        [
            ("none", ("absent", "absent", "absent"), True, None),
            ("1/2", ("present", "absent", ""), False, 2),
            ("1/2", ("present", "substitute", ""), True, 2),
            ("2/5", ("present", "present", "apologies"), True, 2),
            ("2/5", ("present", "apologies", "apologies"), False, 2),
            ("3", ("present", "present", "substitute"), True, 3),
            ("3", ("present", "present", "absent"), False, 3),
        ],
    )
    def test_a_number_or_a_fraction(
        self, share: str, marked: tuple[str, ...], reached: bool, needed: int | None
    ) -> None:
        quorum = quorum_of(seats(*(("s", "", each) for each in marked)), share=share, roles="none", schools="none")
        assert (quorum.reached, quorum.needed) == (reached, needed)

    def test_of_a_panel_the_leads_count(self) -> None:
        people = [replace(each, urn=None, contact_id=n) for n, each in enumerate(seats(
            ("CP1", "lead", "present"), ("CP2", "lead", ""), ("LA", "officer", "present")))]  # fmt: skip
        quorum = quorum_of(people, share="2/2", roles="none", schools="none")
        assert (quorum.filled, quorum.needed, quorum.lacking) == (1, 2, ("1 more of 2",))
        assert quorum_of(people[2:], share="1", roles="none", schools="none").reached

    def test_roles_and_schools(self) -> None:
        held = seats(("Avenue", "lead", "present"), ("Brook", "senco", "absent"))
        quorum = quorum_of(held, share="none", roles="lead, officer", schools="100000, 100001, 100009")
        assert quorum.lacking == ("the role officer", "Brook")
        assert quorum == quorum_of(held, share="none", roles="lead; officer", schools="100000;100001; 100009")
        assert (quorum.said, quorum.asked) == ("not quorate: it lacks the role officer; Brook", True)

    def test_whose_seat(self) -> None:
        held = seats(("Avenue Primary", "", ""), ("Avenue Infants", "", ""), ("Brook", "", ""))
        assert seat_meant("brook", held).seat == "Brook"
        assert seat_meant("100001", held).seat == "Avenue Infants"
        for word in ("Avenue", "", "Cedar"):
            with pytest.raises(NotFound):
                seat_meant(word, held)

    def test_who_is_invited(self) -> None:
        def line(words: str) -> object:
            return meeting_line(draft(words=words), year="2020/21", known=("CP1",), la_code=319, at="")

        cluster, panel, conference = line("CP1"), line("panel"), line("conference")
        told = [
            [is_invited(invited, role, each) for each in (cluster, panel, conference)]  # type: ignore[arg-type]
            for invited, role in (
                ("CP1", "health"),
                ("all", "pru"),
                ("panel", "health"),
                ("", "officer"),
                ("", "senco"),
            )
        ]
        assert told == [
            [True, False, False],
            [True, False, True],
            [False, True, False],
            [False, True, False],
            [False, False, False],
        ]

    def test_when_an_item_stands(self) -> None:
        def on(words: str, **values: object) -> bool:
            item = StandingLine(
                **(
                    {
                        "title": "x",
                        "months": "11, 12",
                        "kinds": "",
                        "holds_from": "2020-09-01",
                        "ends": None,
                        "source": "",
                    }
                    | values
                )
            )  # type: ignore[arg-type]
            return stands_on(item, meeting_line(draft(words=words), year="2020/21", known=("CP1",), la_code=319, at=""))

        assert on("CP1")
        assert not on("CP1", months="3")
        assert not on("conference")
        assert on("conference", kinds="conference, panel")
        assert not on("CP1", kinds="panel")
        assert not on("CP1", holds_from="2021-09-01")
        assert on("CP1", ends="2020-12-01")
        assert not on("CP1", ends="2020-11-24")


class TestActionsAndItems:
    def test_carried_until_closed(self, people: Store, senco: Run, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        ran = senco(
            "meetings", "actions", "add", CP, "Send the template round", "--owner", "CP1 lead", "--due", "11/12/2020"
        )
        assert ran.err == "A1 is written down: Send the template round (CP1 lead).\n"
        senco("meetings", "actions", "add", "2020-10-13", "Book the hall", "--owner", "Di Ray")
        with people.reading() as ask:
            spring = asking.questions.meeting(ask, "2021-03-23-CP")
            autumn = asking.questions.meeting(ask, CP)
            assert spring
            assert autumn
            assert [each.reference for each in asking.carried(ask, spring)] == ["A1"]
            assert asking.carried(ask, autumn) == []
        assert "Fri 11 Dec 2020  Send the template round" in senco("meetings", "actions", "list", "-m", CP).out
        assert senco("meetings", "actions", "close", "1").err == "A1 is done.\n"
        assert senco("meetings", "actions", "close", "A2", "--dropped").err == "A2 is dropped.\n"
        again = senco("meetings", "actions", "close", "A2")
        assert (again.code, again.err) == (4, "senco: A2 is dropped already.\n")
        assert "No action is open." in senco("meetings", "actions", "list").out
        assert senco("meetings", "actions", "list", "--all").out.count("A") >= 2
        assert trail_length() == before + 4
        assert "template" not in trail_text(people)

    def test_a_closed_action_by_reference(self, people: Store) -> None:
        with people.changing("action.add", actor="officer", at=AT) as change:
            verbs.add_action(change, CP, "x", owner="y", due=None)
        with people.changing("action.close", actor="officer", at=AT) as change:
            verbs.close_action(change, "A1", day=date(2020, 12, 1), dropped=False)
        with pytest.raises(Refused) as refused, people.changing("x", actor="officer", at=AT) as change:
            verbs.close_action(change, "A1", day=date(2020, 12, 1), dropped=False)
        assert refused.value.reference == "action.closed"

    def test_of_a_cancelled_meeting_nothing_is_carried(self, people: Store, senco: Run) -> None:
        senco("meetings", "actions", "add", CP, "x", "--owner", "y")
        senco("meetings", "cancel", CP)
        with people.reading() as ask:
            spring = asking.questions.meeting(ask, "2021-03-23-CP")
            assert spring
            assert asking.carried(ask, spring) == []
            assert asking.previous(ask, spring) is None

    def test_standing_items_come_and_go(self, people: Store, senco: Run) -> None:
        assert "Year 6 reviews and the move to secondary school       Mar" in senco("meetings", "standing", "list").out
        assert (
            senco("meetings", "standing", "add", "Exam access", "-m", "1", "-m", "2", "--of", "single-phase").code == 0
        )
        assert "Exam access" in senco("meetings", "standing", "list").out
        assert "Jan, Feb" in senco("meetings", "standing", "list").out
        assert senco("meetings", "standing", "end", "exam").err == "“Exam access” stands no more.\n"
        assert "Exam access" not in senco("meetings", "standing", "list").out
        assert senco("meetings", "standing", "add", "Exam access", "-m", "3").code == 0

    @pytest.mark.parametrize("group", ["contacts", "actions", "standing"])
    def test_a_bare_group_shows_its_help(self, senco: Run, group: str) -> None:
        ran = senco("meetings", group)
        assert (ran.code, "list" in ran.out) == (0, True)
