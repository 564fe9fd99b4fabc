"""A year proposed and applied at the command line, or refused with the rule in the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from senco.store.doors import Store
from tests.conftest import Ran
from tests.meetings.test_changes import clustered, taken_in

Run = Callable[..., Ran]
__all__ = ["clustered", "taken_in"]


class TestPlan:
    @pytest.fixture
    def terms(self, taken_in: Store, senco: Run, tmp_path: Path) -> Store:
        file = tmp_path / "t.csv"
        senco("meetings", "terms", "template", "--year", "2021/22", "--out", str(file))
        assert senco("meetings", "terms", "import", str(file), "--yes").code == 0
        return taken_in

    def test_like_last_year(self, terms: Store, senco: Run, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        ran = senco("meetings", "plan", "--year", "2021/22", "--like", "2020/21", "--format", "json")
        told = json.loads(ran.out)
        assert ran.err == "10 meetings proposed for 2021/22; nothing was changed. --apply adds them.\n"
        assert trail_length() == before
        assert [each["venue"] for each in told["proposal"]] == ["HAS"] * 10
        assert all(date.fromisoformat(each["starts"][:10]).weekday() == 1 for each in told["proposal"])
        assert told["proposal"][1]["clusters"] == "SP1, SP2, SP3, SP4, SP5, SP6, SP7"
        assert told["glance"][0]["month"] == "2021-09"

    def test_applied_once(self, terms: Store, senco: Run, trail_length: Callable[[], int]) -> None:
        before = trail_length()
        words = ("meetings", "plan", "--year", "2021/22", "--venue", "HAS", "--apply", "--proposed")
        ran = senco(*words, "--yes")
        assert (ran.code, ran.err) == (0, "Added 13 meetings of 2021/22.\n")
        assert trail_length() == before + 1
        lines = json.loads(senco("meetings", "list", "--year", "2021/22", "-f", "json").out)["meetings"]
        assert {(each["status"], each["venue"]) for each in lines} == {("proposed", "HAS")}
        ran = senco(*words, "--yes", "-f", "json")
        assert ran.code == 4
        assert json.loads(ran.err)["error"]["reference"] == "plan.year-has-meetings"

    def test_a_person_is_asked(self, terms: Store, senco: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        import io

        class Keyboard(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr("sys.stdin", Keyboard("n\n"))
        ran = senco("meetings", "plan", "--year", "2021/22", "--apply")
        assert (ran.code, "at a glance" in ran.out) == (4, True)

    @pytest.mark.parametrize(
        ("words", "reference"),
        [
            (("--year", "2022/23"), "plan.no-terms"),
            (("--year", "2021/22", "--like", "2019/20"), "plan.nothing-like-it"),
            (("--year", "2021/22", "--pattern", "nowhere"), "pattern.unknown"),
        ],
    )
    def test_what_is_refused(self, terms: Store, senco: Run, words: tuple[str, ...], reference: str) -> None:
        ran = senco("meetings", "plan", *words, "-f", "json")
        assert json.loads(ran.err)["error"]["reference"] == reference
        assert ran.out == ""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("apart = 120", "Without the rule “days apart”"),
            ('[[meeting]]\nkey="x"\nfor="CP"\nnear="1 Jan"\nwithin=0\nweekdays=["Sat"]\ntimes="2-4pm"', ""),
            (
                '[[meeting]]\nkey="x"\nfor="CP"\nnear="28 Dec"\nwithin=6\nweekdays=["Tue"]\ntimes="2-4pm"',
                "Without any one of",
            ),
            (
                '[[meeting]]\nkey="x"\nfor="panel"\nnear="8 Feb"\nwithin=2\nweekdays=["Tue"]\n'
                'times="2-4pm"\ndecide_by="9 Feb"',
                "Without any one of",
            ),
        ],
    )
    def test_where_there_is_none_it_says_by_which_rule(
        self, terms: Store, senco: Run, tmp_path: Path, change: str, said: str
    ) -> None:
        from senco.meetings.proposing import PATTERNS

        text = (PATTERNS / "sutton.toml").read_text(encoding="utf-8")
        text = text.replace("apart = 10", change) if change.startswith("apart") else change
        file = tmp_path / "own.toml"
        file.write_text(text, encoding="utf-8")
        ran = senco("meetings", "plan", "--year", "2021/22", "--pattern", str(file), "-f", "json")
        told = json.loads(ran.err)["error"]
        assert told["reference"] == ("plan.impossible" if said else "pattern.unreadable")
        assert said in told["hint"]

    def test_hosts_of_clusters_that_are_known_from_the_year_before(
        self, clustered: Store, terms: Store, senco: Run
    ) -> None:
        ran = senco("meetings", "plan", "--year", "2021/22", "--pattern", "southampton", "-f", "json")
        venues = {each["clusters"]: each["venue"] for each in json.loads(ran.out)["proposal"]}
        assert (venues["CP1"], venues["CP2"], venues["CP3"]) == ("Avenue Primary", "Brook High", "")

    def test_one_rule_alone_or_none(self) -> None:
        from senco.errors import Refused
        from senco.meetings.pattern import Pattern
        from senco.meetings.proposing import proposal_of
        from tests.meetings.test_proposal import slot
        from tests.meetings.years import ground

        one, two = slot("one", "CP", (11, 24), within=0), slot("two", "SP", (12, 8), within=0)
        for pattern, hint in (
            (Pattern("", 60, (one, two)), "Without any one of the rules “near its point”, “days apart”"),
            (
                Pattern(
                    "",
                    7,
                    (
                        slot("one", "CP", (11, 24)),
                        slot("two", "CP1", (11, 24), within=0, after=("one",), days_after=60),
                    ),
                ),
                "Without",
            ),
            (Pattern("", 60, (slot("a", "CP", (11, 24), spread=True),)), "No single rule is to blame"),
        ):
            with pytest.raises(Refused) as refused:
                proposal_of(pattern, ground(2020, families={} if "single" in hint else {"CP": ("CP1",)}))
            assert refused.value.hint.startswith(hint)
        only = Pattern(
            "", 60, (slot("one", "CP", (11, 24), within=14), slot("two", "SP", (1, 5), within=14, decide_by=None))
        )
        with pytest.raises(Refused) as refused:
            proposal_of(Pattern("", 340, only.slots), ground(2020))
        assert "days apart" in refused.value.hint
