"""Taking in the register: new, changed, unchanged, gone, followed; and every way a file can be wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from senco.errors import BadInput, Refused
from senco.schools import intake, questions, upsert, verbs
from senco.schools.intake import REGISTER
from senco.schools.planned import FieldChange
from senco.store.doors import Store
from tests.conftest import AT
from tests.schools.register import LATER, LINKS, ROOT, SUTTON, links, row, take_in, write


def test_the_sutton_register_is_taken_in(store: Store, trail_length: Callable[[], int]) -> None:
    before = trail_length()
    plan = take_in(store, SUTTON)
    assert (plan.counts.rows, plan.counts.added, plan.counts.changed, plan.counts.unchanged) == (73, 73, 0, 0)
    assert plan.missing == ()
    assert trail_length() == before + 1
    with store.reading() as ask:
        assert ask.value("SELECT detail FROM trail WHERE verb = 'schools.import'") == (
            '{"added":73,"changed":0,"gone":0,"la_code":null,"links_added":0,"links_changed":0,"rows":73}'
        )
        record = questions.record(ask, 102958)
        assert len(questions.schools(ask, la_code=319)) == 69
    assert record is not None
    assert (record.name, record.dfe_number, record.pupils, record.fsm_tenths) == (
        "Bandon Hill Primary School", "3192000", 1227, 86,
    )  # fmt: skip
    assert (record.postcode, record.easting, record.low_age, record.high_age) == ("SM6 9QU", 529709, 3, 11)


def test_the_same_file_twice_changes_nothing(store: Store, trail_length: Callable[[], int]) -> None:
    take_in(store, SUTTON, LINKS)
    before = trail_length()
    plan = take_in(store, SUTTON, LINKS)
    assert plan.counts.changes_nothing
    assert (plan.counts.unchanged, plan.counts.links_added, plan.counts.links_changed) == (73, 0, 0)
    assert trail_length() == before


def test_a_later_release_shows_every_field_and_follows_successors(store: Store) -> None:
    take_in(store, SUTTON)
    plan = take_in(store, LATER, LINKS)
    assert (plan.counts.added, plan.counts.changed, plan.counts.unchanged, plan.fields) == (5, 6, 67, 10)
    assert FieldChange(102958, "Bandon Hill Primary School", "close_date", None, "2021-09-30") in plan.changed
    assert FieldChange(144851, "The Link School", "name", "Link Primary School", "The Link School") in plan.changed
    assert {line.urn for line in plan.added} == {148350, 148776, 149360, 151351, 151352}
    assert plan.follows == 8, plan.followed
    assert (102958, 148776, "2021-09-30") in {(line.urn, line.successor, line.since) for line in plan.followed}


def test_a_school_closed_later_is_followed_by_links_already_held(store: Store) -> None:
    take_in(store, SUTTON, LINKS)
    followed = {line.urn: line.successor for line in take_in(store, LATER).followed}
    assert followed == {102958: 148776, 102996: 151351, 102997: 151352, 141891: 148350, 144852: 144851}


def test_links_alone_are_known_by_their_headings(store: Store) -> None:
    take_in(store, SUTTON)
    plan = take_in(store, LINKS)
    assert (plan.counts.file, plan.counts.links_file, plan.counts.links_added) == ("", LINKS.name, 8)
    assert take_in(store, LINKS).counts.changes_nothing


def test_a_changed_link_is_counted(store: Store, tmp_path: Path) -> None:
    take_in(store, links(tmp_path / "a.csv", (102958, 148776, "Bandon Hill", "Successor", "")))
    plan = take_in(store, links(tmp_path / "b.csv", (102958, 148776, "Bandon Hill", "Successor", "30-09-2021")))
    assert (plan.counts.links_added, plan.counts.links_changed, plan.follows) == (0, 1, 0)


def test_links_without_names_and_dates_are_taken(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text("linktype,linkurn,urn\nSuccessor,148776,102958\n", encoding="utf-8")
    assert take_in(store, file).counts.links_added == 1
    assert take_in(store, file).counts.changes_nothing


def test_with_one_la_only_links_of_its_schools_are_kept(store: Store, tmp_path: Path) -> None:
    told = links(
        tmp_path / "links.csv",
        (102958, 148776, "Bandon Hill", "Successor", "30-09-2021"),
        (900001, 900002, "Elsewhere", "Successor", "30-09-2021"),
        (900003, 102969, "Hackbridge", "Successor", "30-09-2021"),
    )
    assert take_in(store, SUTTON, told, la=319).counts.links_added == 2


def test_one_la_is_kept_and_the_faults_of_others_do_not_matter(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path / "all.csv", [row(100001, "Ash"), row(100002, "Beck", la=306), row("?", "Carr", la=306)])
    plan = take_in(store, file, la=319)
    assert (plan.counts.rows, plan.counts.la_code) == (1, 319)
    with store.reading() as ask:
        assert questions.la_codes(ask) == [319]


def test_a_school_that_is_gone_from_the_file_is_named_and_kept(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", [row(100001, "Ash"), row(100002, "Beck"), row(100003, "Carr", la=306)]))
    plan = take_in(store, write(tmp_path / "b.csv", [row(100001, "Ash")]))
    assert [line.name for line in plan.gone] == ["Beck"]
    assert plan.counts.changes_nothing
    with store.reading() as ask:
        assert questions.school(ask, 100002) is not None


def test_names_in_cp1252_and_utf_8_come_out_alike(store: Store, tmp_path: Path) -> None:
    rows = [row(100001, "St Cécilia’s  École "), row(100002, "Wilson's School")]
    take_in(store, write(tmp_path / "a.csv", rows))
    assert take_in(store, write(tmp_path / "b.csv", rows, encoding="utf-8-sig")).counts.changes_nothing
    with store.reading() as ask:
        assert [line.name for line in questions.schools(ask, text="cecilia's ecole")] == ["St Cécilia’s École"]


def test_columns_may_come_in_any_order_and_case_and_be_missing(store: Store, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", [row(100001, "Ash", pupils=210, phase="Primary")]))
    file = tmp_path / "b.csv"
    file.write_text('establishment name,PHASEOFEDUCATION,urn,x\n"Ash Tree, the",all through,100001,\nElm,,100002,\n')
    plan = take_in(store, file)
    assert [(each.field, each.after) for each in plan.changed] == [
        ("name", "Ash Tree, the"),
        ("phase", "All-through"),
    ]
    assert "NumberOfPupils" in plan.missing
    assert len(plan.missing) == len(REGISTER) - 3
    with store.reading() as ask:
        ash, elm = questions.school(ask, 100001), questions.school(ask, 100002)
    assert ash is not None
    assert elm is not None
    assert (ash.pupils, ash.status, ash.la_code) == (210, "Open", 319)
    assert (elm.pupils, elm.status, elm.la_code, elm.dfe_number) == (None, "", 319, "")


def test_a_file_that_does_not_say_the_la_is_taken_for_the_one_named(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("URN,EstablishmentName\n100001,Ash\n", encoding="utf-8")
    take_in(store, file, la=306)
    with store.reading() as ask:
        assert questions.la_codes(ask) == [306]


def test_capitals_of_statuses_and_phases_do_not_matter(store: Store, tmp_path: Path) -> None:
    take_in(
        store,
        write(
            tmp_path / "a.csv",
            [row(100001, "Ash", status="OPEN, but Proposed to Close", phase="Middle Deemed Primary")],
        ),
    )
    with store.reading() as ask:
        line = questions.school(ask, 100001)
    assert line is not None
    assert (line.status, line.phase) == ("Open, but proposed to close", "Middle deemed primary")


def test_numbers_saved_by_a_spreadsheet_are_read(store: Store, tmp_path: Path) -> None:
    told = row("100001.0", "Ash", pupils="210.0", fsm="8.65%", number=2001, opened="1/9/2010", closed="2020-08-31")
    take_in(store, write(tmp_path / "a.csv", [told, {}]))
    with store.reading() as ask:
        record = questions.record(ask, 100001)
    assert record is not None
    assert (record.pupils, record.fsm_tenths, record.dfe_number) == (210, 87, "3192001")
    assert (record.open_date, record.close_date) == ("2010-09-01", "2020-08-31")


def test_every_fault_is_told_with_its_place(store: Store, tmp_path: Path) -> None:
    rows = [
        row(100001, "Ash"),
        row("", "Beck"),
        row("12345", "Carr"),
        row(100004, ""),
        row(100005, "Elm", pupils="many", opened="31-02-2020"),
        row(100006, "Fern", la="", fsm="101", number="99999"),
        row(100001, "Ash again", fsm="x"),
        row(100001, "Ash again"),
    ]
    with pytest.raises(BadInput) as caught:
        take_in(store, write(tmp_path / "bad.csv", rows))
    assert caught.value.reference == "register.bad-rows"
    assert caught.value.message.startswith("bad.csv has 10 faults")
    assert [str(problem).strip() for problem in caught.value.problems] == [
        "bad.csv › row 3, column 1: URN is empty.",
        "bad.csv › row 4, column 1: URN is not a URN of six digits.",
        "bad.csv › row 5, column 2: EstablishmentName is empty.",
        "bad.csv › row 6, column 5: NumberOfPupils is not a whole number up to 99,999.",
        "bad.csv › row 6, column 6: OpenDate is not a date written 31-08-2020.",
        "bad.csv › row 7, column 3: LA (code) is empty.",
        "bad.csv › row 7, column 8: EstablishmentNumber is not a whole number up to 9,999.",
        "bad.csv › row 7, column 7: PercentageFSM is more than 100 per cent.",
        "bad.csv › row 8, column 7: PercentageFSM is not a percentage.",
        "bad.csv › row 9, column 1: URN 100001 stands in this file twice.",
    ]
    with store.reading() as ask:
        assert questions.la_codes(ask) == []


def test_a_school_twice_far_apart_is_found(store: Store, tmp_path: Path) -> None:
    rows = [row(100001 + number, f"Ash {number}") for number in range(200)]
    with pytest.raises(BadInput) as caught:
        take_in(store, write(tmp_path / "a.csv", [*rows, rows[0]]))
    assert caught.value.reference == "register.bad-rows"
    assert [str(problem).strip() for problem in caught.value.problems] == [
        "a.csv › row 202, column 1: URN 100001 stands in this file twice."
    ]
    assert caught.value.message == "a.csv has 1 fault, so nothing of it was taken."


def test_of_very_many_faults_the_first_are_listed(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        take_in(store, write(tmp_path / "a.csv", [row("x", f"Ash {number}") for number in range(300)]))
    assert caught.value.message.endswith("The first 100 are listed.")
    assert len(caught.value.problems) == 100


def test_a_number_beyond_its_limits_is_a_fault(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        take_in(store, write(tmp_path / "a.csv", [row("000001", "Ash")]))
    assert [problem.what for problem in caught.value.problems] == ["URN is not a URN of six digits."]


def test_a_column_of_very_many_values_is_read_alike(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_KEPT", 5)
    take_in(store, write(tmp_path / "a.csv", [row(100001 + number, "Ash", pupils=number % 9) for number in range(99)]))
    with store.reading() as ask:
        assert [line.pupils for line in questions.schools(ask)] == [number % 9 for number in range(99)]


def test_a_link_twice_is_a_fault(store: Store, tmp_path: Path) -> None:
    told = (102958, 148776, "Bandon Hill", "Successor", "")
    with pytest.raises(BadInput) as caught:
        take_in(store, links(tmp_path / "links.csv", told, told))
    assert [problem.where for problem in caught.value.problems] == ["links.csv › row 3, column 2"]


@pytest.mark.parametrize(
    ("text", "lacking"),
    [("a,b\n1,2\n", "no column URN and no column EstablishmentName"), ("URN,b\n1,2\n", "no column EstablishmentName")],
)
def test_a_file_without_the_needed_columns_is_refused(store: Store, tmp_path: Path, text: str, lacking: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        take_in(store, file)
    assert caught.value.reference == "register.no-columns"
    assert lacking in caught.value.message
    assert "PhaseOfEducation (name)" in caught.value.hint


def test_a_register_is_no_links_file(store: Store) -> None:
    with pytest.raises(BadInput) as caught:
        take_in(store, SUTTON, SUTTON)
    assert "links between schools" in caught.value.message


def test_a_file_without_a_school_of_the_la_is_refused(store: Store) -> None:
    with pytest.raises(BadInput) as caught:
        take_in(store, SUTTON, la=306)
    assert caught.value.reference == "register.no-schools"
    assert "of LA 306" in caught.value.message


def test_a_file_without_any_school_is_refused(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("URN,EstablishmentName\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        take_in(store, file)
    assert caught.value.message == "a.csv holds no school."


def test_a_plan_that_no_longer_holds_is_not_carried_out(store: Store) -> None:
    plan = take_in(store, SUTTON)
    with pytest.raises(Refused) as caught:
        take_in(store, SUTTON, expected=plan)
    assert caught.value.reference == "register.moved-on"


def test_a_rehearsal_leaves_no_trace(store: Store, trail_length: Callable[[], int]) -> None:
    before = trail_length()
    schools, linked = intake.opened(SUTTON, LINKS, la_code=None, own_la=319)
    with store.changing("schools.import", actor="officer", at=AT, rehearsal=True) as change:
        assert verbs.import_register(change, schools, linked).counts.added == 73
    assert trail_length() == before
    with store.reading() as ask:
        assert questions.la_codes(ask) == []


def test_the_lists_of_a_plan_stop_at_a_length(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upsert, "LISTED", 3)
    take_in(store, SUTTON)
    plan = take_in(store, write(tmp_path / "a.csv", [row(100001 + number, f"Ash {number}") for number in range(9)]))
    assert (len(plan.added), plan.counts.added, len(plan.gone), plan.counts.gone) == (3, 9, 3, 73)


KILLED = """
import os, sys
from pathlib import Path
from datetime import UTC, datetime
from senco.schools import intake, verbs
from senco.store.doors import Store
taken = intake.RegisterReading.drafts
def half(self):
    for number, draft in enumerate(taken(self)):
        if number == 7000:
            os._exit(9)
        yield draft
intake.RegisterReading.drafts = half
schools, _ = intake.opened(Path(sys.argv[2]), None, la_code=None, own_la=319)
with Store(Path(sys.argv[1])).changing("schools.import", actor="officer", at=datetime.now(UTC)) as change:
    verbs.import_register(change, schools, None)
"""


def test_killed_half_way_nothing_is_written(store: Store, tmp_path: Path, trail_length: Callable[[], int]) -> None:
    before = trail_length()
    file = write(tmp_path / "big.csv", [row(100001 + number, f"Ash {number} " + "x" * 400) for number in range(8000)])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(store.path), str(file)], cwd=ROOT, env=dict(os.environ), check=False
    )
    assert done.returncode != 0
    journal = store.path.with_name(store.path.name + "-journal")
    assert journal.exists(), "the transaction was to be large enough to reach the disk"
    with store.reading(trusting=True) as ask:
        assert questions.la_codes(ask) == []
    assert trail_length() == before
