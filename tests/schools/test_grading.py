"""What speaks against a fit: each penalty where it is due, and whether it keeps a name from being taken unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from senco.schools.matching import Candidate, Grade, Penalty, RegisterSchool, Wanted, match_names

LA = 1
P = Penalty


def school(name: str, phase: str = "Primary", **more: object) -> RegisterSchool:
    base = RegisterSchool(1, name, phase, "Community school", LA, "Open", None, None, "", "")
    return replace(base, **more)  # type: ignore[arg-type] # the fields a test wants otherwise


def best(text: str, hint: str | None, one: RegisterSchool, *others: RegisterSchool) -> Candidate:
    rows = [Wanted(1, text, hint), *(Wanted(9 + at, f"zz{at}qqq", None) for at in range(len(others)))]
    return match_names(rows, [one, *others], la_code=LA)[0].candidates[0]


GIRLS = school("Ashby High School for Girls", "Secondary")
CASES = [
    # what was written, the column, the school, the penalties, and whether it may be taken
    ("Ashby", "Primary", school("Ashby Primary School"), set(), True),
    ("Ashby Pri", "Secondary", school("Ashby Primary School"), set(), True),
    ("Ashby", "Secondary", school("Ashby Primary School"), {P.PHASE_DIFFERS}, False),
    ("Ashby", "Secondary", school("Ashby School", "All-through"), set(), True),
    ("Ashby", "Primary", school("Ashby School", "Middle deemed primary"), set(), True),
    ("Ashby", "Secondary", school("Ashby School", ""), set(), True),
    ("Ashby Sec", "Primary", school("Ashby School", "Secondary"), set(), True),
    ("Ashby Sec", None, school("Ashby School", ""), {P.PHASE_DIFFERS}, False),
    ("Ashby Sec", None, school("Ashby Primary School"), {P.PHASE_DIFFERS}, False),
    ("Ashby High", None, school("Ashby School", "Secondary"), {P.KIND_DIFFERS}, False),
    ("Ashby Grammar", None, school("Ashby High School", "Secondary"), {P.KIND_DIFFERS, P.KIND_MISSING}, False),
    ("Ashby College", "Secondary", school("Ashby School", "Secondary"), {P.KIND_DIFFERS}, False),
    ("Ashby Academy", "Primary", school("Ashby School"), {P.KIND_DIFFERS}, False),
    ("Ashby Academy", "Primary", school("Ashby School", type="Academy converter"), {P.KIND_DIFFERS}, True),
    ("Ashby Infs", None, school("Ashby School", low_age=3, high_age=7), set(), True),
    ("Ashby Juns", None, school("Ashby School", low_age=7, high_age=11), set(), True),
    ("Ashby Juns", None, school("Ashby School", low_age=3, high_age=11), {P.AGES_DIFFER}, False),
    ("Ashby Infs", None, school("Ashby Junior School"), {P.AGES_DIFFER}, False),
    ("Ashby Infs", None, school("Ashby School", ""), {P.AGES_DIFFER}, False),
    ("Ashby Pri", None, school("Ashby Junior School"), {P.AGES_DIFFER}, False),
    ("Ashby", "Primary", school("Ashby Junior School"), {P.KIND_MISSING}, True),
    ("Ashby", None, school("Ashby Junior School"), {P.KIND_MISSING}, False),
    ("Ashby", None, school("Ashby First School"), {P.KIND_MISSING}, False),
    ("Ashby Boys", "Secondary", GIRLS, {P.GENDER_DIFFERS, P.KIND_MISSING}, False),
    ("Ashby Boys", "Secondary", school("Ashby School", "Secondary"), {P.GENDER_DIFFERS}, False),
    ("Ashby", "Secondary", school("Ashby School for Girls", "Secondary"), {P.KIND_MISSING}, True),
    ("Ashby RC", "Primary", school("Ashby CofE Primary School"), {P.FAITH_DIFFERS}, False),
    ("Ashby RC", "Primary", school("Ashby Primary School"), {P.FAITH_DIFFERS}, True),
    ("Ashby Wharf", "Primary", school("Ashby Primary School"), {P.EXTRA_WORD}, False),
    ("Ashby Wharf", "Primary", school("Ashby Primary School", town="Wharf"), {P.EXTRA_WORD}, True),
    ("Ashby Wharf", "Primary", school("Ashby Primary School", trust="Wharf Trust"), {P.EXTRA_WORD}, False),
    ("Ashby Comm", "Primary", school("Ashby Community School"), {P.ABBREVIATION}, True),
    ("Ashby CC", "Secondary", school("Ashby Community College", "Secondary"), {P.ABBREVIATION}, True),
    ("Ashby Free", "Primary", school("Ashby School"), {P.EXTRA_WORD}, True),
    ("Ashby Primray", "Primary", school("Ashby Primary School"), {P.SPELLING}, True),
    ("Moor Ashby", "Primary", school("Ashby Moor Primary School"), {P.WORD_ORDER}, True),
    ("Moor", "Primary", school("Ashby Moor Primary School"), {P.WORD_MISSING, P.PART_OF_NAME}, False),
    ("Ashbymoor", "Primary", school("Ashby Moor Primary School"), {P.JOINED}, True),
    ("Ash By", "Primary", school("Ashby Primary School"), {P.JOINED}, True),
    ("Ashb", "Primary", school("Ashby Primary School"), {P.SPELLING}, False),
    ("Ashbourn", "Primary", school("Ashbourne Primary School"), {P.SPELLING}, True),
    ("Ashbrn", "Primary", school("Ashbourne Primary School"), set(), None),
    ("St Edm", "Primary", school("St Edmund's Primary School"), {P.ABBREVIATION}, True),
    ("Edm", "Primary", school("Edmund Primary School"), {P.ABBREVIATION}, False),
    ("J Ashby", "Primary", school("John Ashby Primary School"), {P.ABBREVIATION}, False),
    ("JH Ashby", "Primary", school("John Henry Ashby Primary School"), {P.ABBREVIATION}, True),
    ("AMS", "Secondary", school("Ashby Moor School", "Secondary"), {P.INITIALS}, True),
    ("AMB", "Secondary", school("Ashby Moor School", "Secondary"), {P.INITIALS}, False),
    ("AM", "Secondary", school("Ashby Moor", "Secondary"), {P.ABBREVIATION}, False),
    ("AS", "Secondary", school("Ashby Moor School", "Secondary"), {P.INITIALS}, False),
    ("AHS", "Secondary", school("Ashby High School", "Secondary"), {P.INITIALS}, False),
    ("XYZ", "Secondary", school("Ashby Moor School", "Secondary"), set(), None),
    ("ams9", "Secondary", school("Ashby Moor School", "Secondary"), set(), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hint", "one", "expected", "taken"), CASES)
def test_penalties(
    text: str, hint: str | None, one: RegisterSchool, expected: set[Penalty], *, taken: bool | None
) -> None:
    (match,) = match_names([Wanted(1, text, hint)], [one], la_code=LA)
    if taken is None:
        assert match.candidates == ()
        return
    (candidate,) = match.candidates
    assert {found.penalty for found in candidate.why} == expected
    assert candidate.score == 100 - sum(found.weight for found in candidate.why)
    assert (match.taken is not None) is taken
    assert (candidate.grade is Grade.STRONG) is taken


def test_weights_come_heaviest_first() -> None:
    why = best("Moor", "Secondary", school("Ashby Moor Primary School")).why
    assert [found.weight for found in why] == sorted((found.weight for found in why), reverse=True)


def test_part_of_a_table_is_judged_more_strictly() -> None:
    ashby, others = school("Ashby Grange School"), [school(f"Penn{at} School", urn=5 + at) for at in range(8)]
    alone = match_names([Wanted(1, "Ashby", "Primary")], [ashby, *others], la_code=LA)[0]
    assert (alone.taken, alone.reason) == (None, "'Grange' was left out")
    rows = [Wanted(1, "Ashby", "Primary"), *(Wanted(5 + at, f"Penn{at}", "Primary") for at in range(8))]
    assert match_names(rows, [ashby, *others], la_code=LA)[0].taken == 1


def test_a_long_word_that_is_known_elsewhere_is_no_slip() -> None:
    bradfield = school("Bradfield School")
    rows = [Wanted(1, "Broadfield", "Primary")]
    assert match_names(rows, [bradfield], la_code=LA)[0].taken == 1
    elsewhere = school("Broadfield Infant School", urn=2, la_code=2)
    found = match_names(rows, [bradfield, elsewhere], la_code=LA)[0]
    assert found.taken is None
    assert found.reason == "'Broadfield' is spelt 'Bradfield'"


def test_a_word_that_names_another_school_here_is_not_short_for_a_longer_one() -> None:
    register = [school("St Edmund's School"), school("Penn Edm School", urn=2)]
    found = match_names([Wanted(1, "St Edm", "Primary"), Wanted(2, "zzqqq", None)], register, la_code=LA)[0]
    assert found.taken is None


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Rushey", "'Rushey' is spelt 'Rushy'"),
        ("Rushy Primary Wharf", "'Wharf' is not in its name"),
        ("Rushyprimary", None),
    ],
)
def test_details_are_plain_words(text: str, detail: str | None) -> None:
    found = match_names([Wanted(1, text, None)], [school("Rushy Primary School")], la_code=LA)[0]
    assert [why.detail for one in found.candidates for why in one.why] == ([detail] if detail else [])
