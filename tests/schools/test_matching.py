"""The bars of matching, on the published table, on its traps, and on LAs it was not made for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senco.schools import matching
from senco.schools.matching import GAP, Candidate, Grade, Match, Penalty, RegisterSchool, Wanted, match_names
from senco.schools.naming import read_name
from senco.schools.phases import is_open, why_not_mainstream
from tests.schools.name_lists import plainly_matched, read_list, read_schools, schools_elsewhere, seeded

SUTTON = read_list("sutton")
NAMESAKES = read_schools("namesakes.csv")
CROWDED = replace(SUTTON, register=SUTTON.register + NAMESAKES)
HELD_OUT = ("calderwick", "harrowmoor", "tanfield")
LA = 1


def school(urn: int, name: str, phase: str = "Primary", **more: object) -> RegisterSchool:
    base = RegisterSchool(urn, name, phase, "Community school", LA, "Open", None, None, "", "")
    return replace(base, **more)  # type: ignore[arg-type] # the fields a test wants otherwise


def match_one(text: str, *register: RegisterSchool, hint: str | None = "Primary") -> Match:
    # As many rows as schools: a table of the whole LA, the others naming nothing here.
    others = [Wanted(100 + at, f"Zz{at}qqq", None) for at in range(len(register))]
    return match_names([Wanted(1, text, hint), *others], register, la_code=LA)[0]


def penalties(candidate: Candidate) -> set[Penalty]:
    return {found.penalty for found in candidate.why}


class TestThePublishedTable:
    def test_every_name_has_its_school_first_and_nearly_all_are_taken(self) -> None:
        assert SUTTON.counted() == {"names": 55, "first": 55, "taken": 53, "wrong": 0}

    def test_what_is_asked_says_why(self) -> None:
        assert {match.wanted.text: match.reason for match in SUTTON.match() if match.taken is None} == {
            "Highview": "it stood under Secondary, but is Primary in the register",
            "WHS": "'WHS' are the initials of 'Wallington High School for Girls', but too few to be sure",
        }

    def test_namesakes_and_predecessors_change_nothing(self) -> None:
        assert CROWDED.counted() == {"names": 55, "first": 55, "taken": 53, "wrong": 0}

    def test_thousands_of_schools_elsewhere_change_nothing(self) -> None:
        crowd = (*CROWDED.register, *schools_elsewhere(4000, seed=7))
        assert replace(SUTTON, register=crowd).counted() == {"names": 55, "first": 55, "taken": 53, "wrong": 0}

    def test_without_the_columns_phases_none_is_wrong(self) -> None:
        found = CROWDED.unhinted().counted()
        assert found["first"] == 55
        assert found["taken"] >= 50
        assert found["wrong"] == 0

    def test_a_namesake_elsewhere_is_a_candidate_that_says_so(self) -> None:
        match = next(one for one in CROWDED.match() if one.wanted.text == "Westbourne")
        elsewhere = [one for one in match.candidates if Penalty.OTHER_LA in penalties(one)]
        assert [(one.name, one.score) for one in elsewhere] == [("Westbourne Primary School", 60)]

    def test_each_cluster_alone(self) -> None:
        for start in range(0, 55, 11):
            found = CROWDED.only(*range(start, start + 11)).counted()
            assert found["first"] == 11
            assert found["wrong"] == 0

    def test_a_plain_matcher_is_wrong_on_the_same_lists(self) -> None:
        for names, least in ((SUTTON, 5), (CROWDED, 10)):
            plain = plainly_matched(names.wanted, names.register)
            assert sum(plain[key] != urn for key, urn in names.truth.items()) >= least

    def test_a_plain_matcher_always_takes_a_school_for_one_that_is_missing(self) -> None:
        missing = SUTTON.without(SUTTON.key("Nonsuch High"))
        assert plainly_matched(missing.wanted, missing.register)[SUTTON.key("Nonsuch High")] == 102985


class TestOrder:
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rows=st.permutations(SUTTON.wanted), seed=st.integers(0, 10_000))
    def test_neither_the_rows_nor_the_register_order_matter(self, rows: list[Wanted], seed: int) -> None:
        register = list(CROWDED.register)
        seeded(seed).shuffle(register)
        found = match_names(rows, register, la_code=319)
        assert [one.wanted for one in found] == rows
        assert {one.wanted.key: one for one in found} == EXPECTED

    def test_nor_in_lists_with_ties(self) -> None:
        for place in HELD_OUT:
            names = read_list(place)
            expected = {one.wanted.key: one for one in names.match()}
            for seed in range(3):
                rng = seeded(seed)
                rows, register = list(names.wanted), list(names.register)
                rng.shuffle(rows)
                rng.shuffle(register)
                found = match_names(rows, register, la_code=names.la_code)
                assert {one.wanted.key: one for one in found} == expected


EXPECTED = {one.wanted.key: one for one in CROWDED.match()}


def openings(register: tuple[RegisterSchool, ...], la_code: int) -> list[tuple[str, ...]]:
    """Give every beginning of the naming words of the LA's open mainstream schools."""
    found = {
        tuple(word.text for word in read_name(one.name).names[:size])
        for one in mainstream(register, la_code)
        for size in range(1, 5)
    }
    return sorted(found)


def mainstream(register: tuple[RegisterSchool, ...], la_code: int) -> list[RegisterSchool]:
    return [one for one in register if one.la_code == la_code and is_open(one) and why_not_mainstream(one) is None]


class TestOneRowAlone:
    """A table of one row, without a column of phases: nothing but the words speaks for a school."""

    @pytest.mark.parametrize("place", ["sutton", *HELD_OUT])
    def test_no_nickname_is_taken_wrongly(self, place: str) -> None:
        names = read_list(place).unhinted()
        for one in names.wanted:
            assert names.only(one.key).wrong() == []

    @pytest.mark.parametrize("place", ["sutton", *HELD_OUT])
    def test_words_that_begin_several_names_are_asked(self, place: str) -> None:
        names = read_list(place)
        schools = mainstream(names.register, names.la_code)
        for words in openings(names.register, names.la_code):
            bearers = [one for one in schools if read_name(one.name).names[: len(words)]
                       and tuple(word.text for word in read_name(one.name).names[: len(words)]) == words]  # fmt: skip
            (match,) = match_names([Wanted(1, " ".join(words), None)], names.register, la_code=names.la_code)
            if len(bearers) > 1:
                assert match.taken is None, (words, match.candidates[0].name)

    @pytest.mark.parametrize(
        ("name", "rival"),
        [
            ("Nonsuch", "Nonsuch High School for Girls"),
            ("Sutton", "Harris Academy Sutton"),
            ("Wallington", "Wallington High School for Girls"),
            ("Cheam", "Cheam Fields Primary Academy"),
        ],
    )
    def test_sutton_words_that_fit_several_but_for_their_kind(self, name: str, rival: str) -> None:
        (match,) = match_names([Wanted(1, name, None)], SUTTON.register, la_code=319)
        assert match.taken is None
        assert rival in {one.name for one in match.candidates}
        assert "fits about as well as" in match.reason

    @pytest.mark.parametrize(("hint", "taken"), [("Primary", 1), ("Secondary", 2), (None, None)])
    def test_the_column_decides(self, hint: str | None, taken: int | None) -> None:
        register = [school(1, "Newsham Primary School"), school(2, "Newsham Academy", "Secondary")]
        assert match_names([Wanted(1, "Newsham", hint)], register, la_code=LA)[0].taken == taken

    def test_another_row_decides(self) -> None:
        register = [school(1, "Newsham Primary School"), school(2, "Newsham High School", "Secondary")]
        rows = [Wanted(1, "Newsham", None), Wanted(2, "Newsham High", None)]
        assert [one.taken for one in match_names(rows, register, la_code=LA)] == [1, 2]

    def test_a_namesake_of_another_la_is_no_rival(self) -> None:
        register = [school(1, "Newsham Primary School"), school(2, "Newsham Primary School", la_code=2)]
        found = match_names([Wanted(1, "Newsham Primary School", None)], register, la_code=LA)[0]
        assert found.taken == 1
        far = school(2, "Newsham School for Girls", "Secondary", la_code=2)
        assert match_names([Wanted(1, "Newsham", None)], [register[0], far], la_code=LA)[0].taken == 1

    def test_two_saints_of_one_phase(self) -> None:
        register = [
            school(1, "St Peter's RC Primary School"),
            school(2, "St Peter's Church of England Voluntary Aided Junior, Infant and Early Years School"),
        ]
        for hint in (None, "Primary"):
            assert match_names([Wanted(1, "St Peters", hint)], register, la_code=LA)[0].taken is None
        assert match_names([Wanted(1, "St Peters RC", None)], register, la_code=LA)[0].taken == 1
        assert match_names([Wanted(1, "St Peters CE(VA) J I & EY", None)], register, la_code=LA)[0].taken == 2


class TestMissingSchools:
    """A school that is not in the register: its name must be asked, whoever else is there."""

    @pytest.mark.parametrize("key", [one.key for one in SUTTON.wanted])
    def test_alone_in_the_table(self, key: int) -> None:
        assert CROWDED.without(key).only(key).wrong() == []
        assert CROWDED.unhinted().without(key).only(key).wrong() == []

    @pytest.mark.parametrize("key", [one.key for one in SUTTON.wanted])
    def test_with_the_whole_table(self, key: int) -> None:
        assert SUTTON.without(key).wrong() == []

    @pytest.mark.parametrize("place", HELD_OUT)
    def test_in_other_las(self, place: str) -> None:
        names = read_list(place)
        for one in names.wanted:
            assert names.without(one.key).only(one.key).wrong() == []
        for one in names.wanted[::8]:
            assert names.without(one.key).wrong() == []


class TestSlipsOfThePen:
    def test_ten_slips_in_the_table(self) -> None:
        rng = seeded(2020)
        total: Counter[str] = Counter()
        for _ in range(30):
            total += SUTTON.mistyped(10, rng).counted()
        assert total["wrong"] == 0
        assert total["taken"] >= 30 * 43
        assert total["first"] >= 30 * 52

    def test_a_slip_in_a_name_alone_with_and_without_its_school(self) -> None:
        rng = seeded(319)
        for _ in range(120):
            key = rng.choice(SUTTON.wanted).key
            slipped = SUTTON.only(key).mistyped(1, rng)
            assert slipped.wrong() == []
            assert slipped.without(key).wrong() == []

    @pytest.mark.parametrize(
        ("name", "slipped"),
        [
            ("WHS", "WGS"), ("WHS", "WCS"), ("WHS", "CHS"), ("WHS", "NHS"), ("WHS", "GHS"), ("WHS", "SHS"),
            ("WHS", "WCHS"), ("WCGS", "WHGS"), ("WCGS", "WCHS"), ("WCGS", "CGS"), ("WCGS", "WGS"),
            ("Cheam Comm Infs", "Cheam Comm Jnfs"), ("Cheam Comm Jun", "Cheam Comm Inn"), ("Car Boys", "Bar Boys"),
            ("Car Girls", "Car Grils"), ("Oaks Park", "Oaks Bark"), ("Nonsuch High", "Nonsuch Hig"), ("Abbey", "Abby"),
            ("St Mary's Infant", "St Mark's Infant"), ("Robin Hood Infants", "Robin Hood Infant"),
        ],
    )  # fmt: skip
    def test_a_slip_towards_another_school(self, name: str, slipped: str) -> None:
        key = SUTTON.key(name)
        rows = tuple(replace(one, text=slipped) if one.key == key else one for one in SUTTON.wanted)
        table = replace(CROWDED, wanted=rows)
        assert table.wrong() == []
        assert table.only(key).wrong() == []

    @pytest.mark.parametrize("place", HELD_OUT)
    def test_in_other_las(self, place: str) -> None:
        names, rng = read_list(place), seeded(7)
        for _ in range(6):
            assert names.mistyped(10, rng).wrong() == []


class TestOtherLas:
    """Made-up LAs, whose names the rules were not made for.

    As first measured, before any rule was changed for them: Calderwick 42 first of 43 known, 35 taken; Harrowmoor 41 of
    45, 37 taken; Tanfield, written when the rules had been mended for those two, 41 of 41, 31 taken; none wrong.
    """

    @pytest.mark.parametrize(
        ("place", "names", "known", "first", "taken"),
        [("calderwick", 44, 43, 43, 43), ("harrowmoor", 47, 45, 45, 42), ("tanfield", 43, 41, 41, 33)],
    )
    def test_what_is_found(self, place: str, names: int, known: int, first: int, taken: int) -> None:
        listed = read_list(place)
        assert sum(urn is not None for urn in listed.truth.values()) == known
        assert listed.counted() == {"names": names, "first": first, "taken": taken, "wrong": 0}

    def test_a_plain_matcher_is_wrong_there_too(self) -> None:
        for place in HELD_OUT:
            listed = read_list(place)
            plain = plainly_matched(listed.wanted, listed.register)
            assert sum(plain[key] != urn for key, urn in listed.truth.items()) >= 5


class TestWork:
    def test_thousands_of_schools_elsewhere_are_hardly_looked_at(self, monkeypatch: pytest.MonkeyPatch) -> None:
        counts: Counter[str] = Counter()
        fit, read_name = matching.fit, matching.read_entry

        def counted_fit(*given: object) -> object:
            counts["fit"] += 1
            return fit(*given)  # type: ignore[arg-type] # passed on as given

        def counted_read(one: RegisterSchool) -> object:
            counts["read"] += 1
            return read_name(one)

        monkeypatch.setattr(matching, "fit", counted_fit)
        monkeypatch.setattr(matching, "read_entry", counted_read)
        crowd = (*CROWDED.register, *schools_elsewhere(20_000, seed=3))
        assert len(match_names(SUTTON.wanted, crowd, la_code=319)) == 55
        # Every name against every school would be 1.1 million; made-up names repeat one another as real ones do not.
        assert counts["read"] < 5_000
        assert counts["fit"] < 8_000


class TestOneToOne:
    def test_a_short_name_gives_way_to_the_row_that_fits_better(self) -> None:
        register = [school(1, "Ashby Academy Penn", "Secondary"), school(2, "Ashby Junior Academy Holt")]
        rows = [Wanted(1, "Ashby", "Secondary"), Wanted(2, "Ashby Junior", "Primary")]
        assert [one.taken for one in match_names(rows, register, la_code=LA)] == [1, 2]

    def test_the_same_name_twice_is_asked_twice(self) -> None:
        rows = [Wanted(1, "Ashby", "Primary"), Wanted(2, "Ashby", "Primary"), Wanted(3, "Ashby", "Primary")]
        found = match_names(rows, [school(1, "Ashby Primary School")], la_code=LA)
        assert [(one.taken, one.reason) for one in found] == [
            (None, "'Ashby' may be the same school, 'Ashby Primary School'"),
        ] * 3

    def test_two_names_for_one_school_are_both_asked(self) -> None:
        rows = [Wanted(1, "Ashby Moor", "Primary"), Wanted(2, "Ashby Moor Pri", "Primary")]
        found = match_names(rows, [school(1, "Ashby Moor Primary School")], la_code=LA)
        assert [one.taken for one in found] == [None, None]

    def test_a_school_that_another_row_claims_says_so(self) -> None:
        register = [school(1, "Ashby Infant School"), school(2, "Ashby Park Primary School")]
        rows = [Wanted(1, "Ashby", "Primary"), Wanted(2, "Ashby Infants", "Primary")]
        first, second = match_names(rows, register, la_code=LA)
        assert first.taken is None
        assert second.taken in {None, 1}
        claimed = next(one for one in first.candidates if one.urn == 1)
        assert "'Ashby Infants' fits it better" in [found.detail for found in claimed.why]

    def test_names_one_letter_apart_are_told_apart_by_having_a_row_each(self) -> None:
        register = [school(1, "Norton Primary School"), school(2, "Morton Primary School")]
        both = [Wanted(1, "Norton", "Primary"), Wanted(2, "Morton", "Primary")]
        assert [one.taken for one in match_names(both, register, la_code=LA)] == [1, 2]
        alone = match_names(both[:1], register, la_code=LA)[0]
        assert (alone.taken, alone.reason) == (
            None, "'Morton Primary School' fits about as well as 'Norton Primary School'",
        )  # fmt: skip


class TestWhatIsNeverTaken:
    def test_a_school_of_another_la(self) -> None:
        found = match_one("Ashby", school(1, "Ashby Primary School", la_code=2))
        assert found.taken is None
        assert found.reason == "it belongs to another LA (2)"
        assert [one.urn for one in found.candidates] == [1]

    def test_a_school_of_another_la_even_under_a_name_it_once_bore(self) -> None:
        away = school(1, "Ashby Primary School", la_code=2, other_names=("Ashby",))
        assert match_one("Ashby", away).taken is None

    @pytest.mark.parametrize(
        ("kind", "phase"),
        [
            ("Foundation special school", "Not applicable"), ("Other independent school", "Not applicable"),
            ("Pupil referral unit", "Not applicable"), ("Local authority nursery school", "Nursery"),
            ("Further education", "16 plus"), ("Community school", "Nursery"),
        ],
    )  # fmt: skip
    def test_a_school_that_is_not_mainstream(self, kind: str, phase: str) -> None:
        found = match_one("Ashby", school(1, "Ashby School", phase, type=kind), hint=None)
        assert found.taken is None
        assert Penalty.NOT_MAINSTREAM in penalties(found.candidates[0])

    @pytest.mark.parametrize("status", ["Closed", "Proposed to open"])
    def test_a_school_that_is_not_open(self, status: str) -> None:
        found = match_one("Ashby", school(1, "Ashby School", status=status))
        assert (found.taken, found.reason) == (None, f"the register has it as {status}")

    def test_a_closed_predecessor_leaves_its_name_to_the_open_school(self) -> None:
        register = (school(1, "Ashby School", status="Closed"), school(2, "Ashby Academy"))
        assert match_one("Ashby", *register).taken == 2

    def test_nothing_at_all(self) -> None:
        for text in ("", "  ", "???", "Primary", "St", "Qwxyz"):
            found = match_one(text, school(1, "Ashby Primary School"))
            assert (found.candidates, found.taken) == ((), None)
            assert found.reason == "no school in the register is like it"

    def test_an_empty_register(self) -> None:
        assert match_names([Wanted(1, "Ashby", None)], [], la_code=LA)[0].candidates == ()
        assert match_names([], [school(1, "Ashby School")], la_code=LA) == []


class TestConfirmedNames:
    def test_a_confirmed_name_is_taken(self) -> None:
        one = school(1, "Wallford High School for Girls", "Secondary", other_names=("WHS",))
        assert match_one("WHS", one, school(2, "Westbury High School", "Secondary"), hint="Secondary").taken == 1
        assert match_one("whs", one, hint="Primary").taken == 1

    def test_even_for_a_school_that_is_not_mainstream(self) -> None:
        one = school(1, "Ashby School", "Not applicable", type="Pupil referral unit", other_names=("The Unit",))
        assert match_one("the unit", one).taken == 1

    def test_even_when_another_school_fits_it_well(self) -> None:
        one = school(1, "Penn Primary School", other_names=("Ashby",))
        assert match_one("Ashby", one, school(2, "Ashby Primary School")).taken == 1

    def test_but_not_when_it_is_the_present_name_of_another(self) -> None:
        one = school(1, "Penn Primary School", other_names=("Ashby Primary School",))
        assert match_one("Ashby Primary School", one, school(2, "Ashby Primary School")).taken is None

    def test_nor_when_two_schools_bear_it(self) -> None:
        one, two = (school(urn, f"{name} School", other_names=("Ashby",)) for urn, name in ((1, "Penn"), (2, "Holt")))
        assert match_one("Ashby", one, two).taken is None

    def test_a_former_name_in_part_is_asked(self) -> None:
        found = match_one("Ashby", school(1, "Penn Academy", other_names=("Ashby Primary School",)))
        assert found.taken is None
        assert found.reason == "its other name is 'Ashby Primary School'"


class TestShape:
    def test_at_most_five_candidates_best_first(self) -> None:
        places = ("Ash", "Elm", "Oak", "Yew", "Fir", "Box")
        register = [school(urn, f"St Mary's {place} Primary School") for urn, place in enumerate(places)]
        found = match_one("St Mary's", *register)
        scores = [one.score for one in found.candidates]
        assert len(scores) == 5
        assert scores == sorted(scores, reverse=True)
        assert found.taken is None

    def test_a_taken_school_is_strong_and_leads(self) -> None:
        for match in CROWDED.match():
            if match.taken is not None:
                assert match.reason == ""
                assert match.candidates[0].urn == match.taken
                assert match.candidates[0].grade is Grade.STRONG
                assert all(one.score + GAP <= match.candidates[0].score for one in match.candidates[1:])
