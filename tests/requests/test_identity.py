"""Who a child is: UPNs by their letter, year groups by age, and names where they must not be."""

from __future__ import annotations

from datetime import date

import pytest

from senco.requests import identity
from senco.requests.form_kinds import PupilDraft


def pupil(given: str, family: str, upn: str = "") -> PupilDraft:
    return PupilDraft(given, family, upn, "", None, "4", None, None, "", "", None)


@pytest.mark.parametrize(
    ("upn", "right"),
    [
        ("B801200005001", True),
        ("A950000178301", True),
        ("H243278544154", True),
        ("X845212818005", True),
        ("R247962919251", False),
        ("Q247962919251", True),
        ("X428558133462", False),
        ("W428558133462", True),
        ("B207000016049", False),
        ("P207000016049", True),
        ("Q207000016049", False),  # as two vendors' pages have it
    ],
)
def test_the_upn_fixtures(upn: str, right: bool) -> None:
    why = identity.why_not_pupil_number(upn)
    assert (why is None) == right
    assert upn not in (why or "")


def test_a_temporary_upn_is_told_by_its_last_letter() -> None:
    from senco.privacy import upn_check_letter

    temporary = upn_check_letter("?31920052001A") + "31920052001A"
    assert identity.why_not_pupil_number(temporary) is None
    assert identity.is_temporary(temporary)
    assert not identity.is_temporary("")


@pytest.mark.parametrize(
    ("born", "day", "group"),
    [
        (date(2016, 8, 31), date(2020, 9, 1), "R"),
        (date(2016, 9, 1), date(2020, 9, 1), "N2"),
        (date(2018, 8, 31), date(2020, 9, 1), "N1"),
        (date(2018, 9, 1), date(2020, 9, 1), ""),
        (date(2009, 9, 1), date(2020, 9, 1), "6"),
        (date(2009, 8, 31), date(2021, 8, 31), "7"),
        (date(2002, 8, 31), date(2020, 9, 1), "14"),
        (date(2001, 8, 31), date(2020, 9, 1), ""),
    ],
)
def test_the_year_group_by_age(born: date, day: date, group: str) -> None:
    assert identity.expected_year_group(born, day) == group


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Zevbanora likes reading", True),
        ("ZEVBANORA", True),
        ("with O'Quoxley-Smith's mother", True),
        ("Quoxley’s hope", True),
        ("the pupil likes reading", False),
        ("Zevbanoras", False),
        ("Al will go on", False),
    ],
)
def test_names_in_a_text(text: str, named: bool) -> None:
    assert identity.names_a_child(text, [pupil("Zevbanora Al", "Quoxley")]) == named


def test_names_in_the_name_of_a_file() -> None:
    found = [pupil("Zevbanora", "Quoxley", "A950000178301")]
    assert identity.file_names_a_child("request-zevbanora.xlsx", found)
    assert identity.file_names_a_child("a950000178301.xlsx", found)
    assert not identity.file_names_a_child("request-7.xlsx", found)
