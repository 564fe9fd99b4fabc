"""The commands: stdout, stderr and exit code apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from senco.console.desk import Desk
from senco.store.doors import Store
from tests.conftest import Ran
from tests.schools.register import LATER, LINKS, SUTTON, row, take_in, write
from tests.schools.test_questions import in_cluster

Senco = Callable[..., Ran]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give a way to put a person with one answer at the terminal."""

    def sit(answer: str) -> None:
        lines: Iterator[str] = iter([answer + "\n"])
        monkeypatch.setattr(Desk, "at_terminal", property(lambda _: True))
        monkeypatch.setattr("sys.stdin.readline", lambda: next(lines, ""))

    return sit


def test_import_shows_what_it_did(store: Store, senco: Senco) -> None:
    ran = senco("schools", "import", str(SUTTON), "--links", str(LINKS), "--yes")
    assert (ran.code, ran.err) == (0, "The register is up to date: 73 added, 0 changed, 8 links taken in.\n")
    assert "Added            73\n" in ran.out
    assert "102975  Devonshire Primary School" in ran.out


def test_import_without_a_terminal_needs_a_yes(store: Store, senco: Senco) -> None:
    ran = senco("schools", "import", str(SUTTON))
    assert (ran.code, ran.out) == (4, "")
    assert "--yes" in ran.err
    assert senco("schools", "list").out == "The register is empty: `senco schools import FILE` fills it.\n"


def test_import_asks_at_a_terminal(store: Store, senco: Senco, answering: Callable[[str], None]) -> None:
    answering("y")
    ran = senco("schools", "import", str(SUTTON))
    assert ran.code == 0
    assert "Added            73" in ran.out
    assert ran.err.endswith("The register is up to date: 73 added, 0 changed.\n")
    assert senco("schools", "show", "102975").code == 0


def test_import_takes_a_no(store: Store, senco: Senco, answering: Callable[[str], None]) -> None:
    answering("n")
    assert senco("schools", "import", str(SUTTON)).code == 4
    assert senco("schools", "show", "102975").code == 3


def test_a_dry_run_changes_nothing(store: Store, senco: Senco, trail_length: Callable[[], int]) -> None:
    before = trail_length()
    ran = senco("schools", "import", str(SUTTON), "--dry-run", "--la", "319")
    assert (ran.code, ran.err) == (0, "Dry run, nothing was written: 73 added, 0 changed.\n")
    assert "Only LA          319" in ran.out
    assert trail_length() == before
    assert senco("schools", "show", "102975").code == 3


def test_the_same_again_says_so_without_asking(store: Store, senco: Senco, trail_length: Callable[[], int]) -> None:
    take_in(store, SUTTON)
    before = trail_length()
    ran = senco("schools", "import", str(SUTTON))
    assert (ran.code, ran.err) == (0, "Nothing has changed.\n")
    assert trail_length() == before


def test_a_plan_as_json_holds_every_list(store: Store, senco: Senco) -> None:
    take_in(store, SUTTON)
    told = json.loads(
        senco("schools", "import", str(LATER), "--links", str(LINKS), "--dry-run", "--format", "json").out
    )
    assert list(told) == ["as_of", "import", "added", "changed", "gone", "followed"]
    assert told["import"]["changed"] == 6
    assert {
        "urn": 102958,
        "name": "Bandon Hill Primary School",
        "field": "status",
        "before": "Open",
        "after": "Closed",
    } in told["changed"]
    assert told["gone"] == []


def test_a_plan_shows_before_and_after_and_what_is_gone(store: Store, senco: Senco, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", [row(100001, "Ash", fsm="8.6", pupils=200), row(100002, "Beck")]))
    ran = senco(
        "schools", "import", str(write(tmp_path / "b.csv", [row(100001, "Ash", fsm="9.1", pupils="")])), "--yes"
    )
    assert ran.err == "The register is up to date: 0 added, 1 changed.\n"
    assert "free school meals  8.6 %   9.1 %" in ran.out
    assert "pupils             200     –" in ran.out
    assert "In the register, not in the file\n" in ran.out
    assert "Columns missing  LA (name)" in ran.out


def test_links_alone_are_imported(store: Store, senco: Senco) -> None:
    ran = senco("schools", "import", str(LINKS), "--yes")
    assert ran.err == "The register is up to date: 8 links taken in.\n"
    assert "Schools" not in ran.out


def test_long_lists_say_how_many_more(store: Store, senco: Senco, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [row(100001 + number, f"Ash {number}") for number in range(205)])
    assert "… and 5 more." in senco("schools", "import", str(file), "--yes").out


def test_a_bad_file_is_told_whole_and_nothing_is_written(store: Store, senco: Senco, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [row("x", "Ash"), row(100002, "Beck", pupils="y")])
    ran = senco("schools", "import", str(file), "--yes")
    assert (ran.code, ran.out) == (5, "")
    assert "a.csv › row 2, column 1" in ran.err
    assert "a.csv › row 3, column 5" in ran.err


def test_a_missing_file_is_told(store: Store, senco: Senco, tmp_path: Path) -> None:
    assert senco("schools", "import", str(tmp_path / "none.csv"), "--yes").code == 3


def test_the_list_is_the_boroughs(store: Store, senco: Senco) -> None:
    take_in(store, SUTTON)
    out = senco("schools", "list").out
    assert out.endswith("69 schools.\n")
    assert "Camden Junior School" not in out
    assert "Status" not in out
    closed = senco("schools", "list", "--status", "closed").out
    assert "Camden Junior School" in closed
    assert "Status" in closed
    told = json.loads(senco("schools", "list", "--phase", "nursery", "--format", "json").out)
    assert [line["urn"] for line in told["schools"]] == [102956]
    assert (
        senco("schools", "list", "--text", "devonshire", "--format", "csv")
        .out.splitlines()[0]
        .startswith("urn,dfe_number,name")
    )
    assert senco("schools", "list", "--text", "devonshire").out.endswith("1 school.\n")
    assert senco("schools", "list", "--text", "zzz").out == "No school of this kind.\n"


def test_a_list_of_an_la_that_is_not_held_says_which_are(store: Store, senco: Senco, tmp_path: Path) -> None:
    take_in(store, write(tmp_path / "a.csv", [row(100001 + la, f"Ash {la}", la=201 + la) for la in range(12)]))
    out = senco("schools", "list").out
    assert out == (
        "The register holds no school of LA 319; it holds LA 201, 202, 203, 204, 205, 206, 207, 208, 209, 210 …."
        " Name one with --la.\n"
    )


def test_a_school_is_shown_with_all_that_is_known(store: Store, senco: Senco) -> None:
    take_in(store, LATER, LINKS)
    in_cluster(store, "CP3", 102958)
    senco("schools", "alias", "102958", "Bandon")
    out = senco("schools", "show", "102958", "--as-of", "2024-01-01").out
    for part in (
        "Bandon Hill Primary School\n",
        "DfE number         3192000",
        "Status             Closed on Thu 30 Sep 2021",
        "Ages               3–11",
        "Free school meals  8.6 %",
        "Grid reference     529709 163766",
        "CP3      2020/21  cross-phase",
        "Bandon    person",
        "Followed by        148776 Bandon Hill Primary School\n                   149360 Wood Field Primary School",
        "148776  Bandon Hill Primary School  Successor",
    ):
        assert part in out, out
    told = json.loads(senco("schools", "show", "148776", "--format", "json").out)
    assert list(told) == ["as_of", "school", "clusters", "aliases", "links", "successors"]
    assert told["school"]["urn"] == 148776


def test_a_link_from_another_school_is_shown_with_both_ends(store: Store, senco: Senco) -> None:
    take_in(store, LATER, LINKS)
    out = senco("schools", "show", "144851").out
    assert "144852  Successor - merged  144851  The Link School" in out


def test_a_successor_that_is_not_held_is_said_to_be(store: Store, senco: Senco) -> None:
    take_in(store, SUTTON, LINKS)
    assert "not in the register" in senco("schools", "show", "102958", "--as-of", "2022-01-01").out


def test_nicknames_are_given_listed_and_taken_back(store: Store, senco: Senco) -> None:
    take_in(store, SUTTON)
    ran = senco("schools", "alias", "103013", "St Phils")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("'St Phils' means St Philomena")
    assert senco("schools", "show", "st phils").code == 0
    assert "St Phils" in senco("schools", "alias", "103013").out
    ran = senco("schools", "alias", "103013", "St Phils", "--end")
    assert ran.err.endswith("it stays on record.\n")
    assert "Tue 1 Sep" not in senco("schools", "alias", "103013").out
    assert senco("schools", "show", "st phils").code == 3
    assert senco("schools", "alias", "103013", "--end").code == 3
    assert json.loads(senco("schools", "alias", "103013", "--format", "json").out)["aliases"][0]["ended_at"]


def test_an_unknown_school_is_told_with_the_nearest(store: Store, senco: Senco) -> None:
    take_in(store, SUTTON)
    ran = senco("schools", "show", "Devonshire Primery School", "--format", "json")
    assert (ran.code, ran.out) == (3, "")
    assert json.loads(ran.err)["error"]["hint"].startswith("Did you mean 'Devonshire Primary School'")
