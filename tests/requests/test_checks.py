"""The named checks of this slice: silent on a sound store, each loud where it was damaged on purpose."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from senco.requests import checks
from senco.store.doors import Store
from tests.requests.conftest import ABBEY, GREENWAY, LATER, TODAY

Run = Callable[..., Any]


def found(store: Store) -> set[tuple[str, str]]:
    with store.reading(trusting=True) as ask:
        return {(each.check, each.where) for each in checks.findings(ask, TODAY)}


def test_a_sound_store_has_no_findings(add: Run, moderate: Run, take_back: Run, borough: Store) -> None:
    reference = add().reference
    moderate(reference)
    take_back(reference)
    moderate(reference)
    assert found(borough) == set()


DAMAGES = {
    "requests.two-living-outcomes": (
        "DROP INDEX moderation_one_first",
        "DROP TRIGGER moderation_in_line",
        "INSERT INTO moderation SELECT moderation_id + 10, request_reference, request_version, meeting_reference, NULL,"
        " 0, outcome, level, reason, NULL, NULL, NULL, chair_urn, NULL, made_at, made_by, 0, NULL FROM moderation",
    ),
    "requests.two-living-recommendations": (
        "DROP INDEX recommendation_one_first",
        "DROP TRIGGER recommendation_in_line",
        LATER["recommendation"],
        LATER["recommendation"],
    ),
    "requests.two-living-decisions": (
        "DROP INDEX decision_one_first",
        "DROP TRIGGER decision_in_line",
        LATER["decision"],
        LATER["decision"],
    ),
    "requests.moderated-without-reason": (
        "DROP TRIGGER moderation_no_update",
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE moderation SET reason = ' '",
    ),
    "requests.chair-with-interest": (
        "DROP TRIGGER moderation_no_update",
        f"UPDATE moderation SET chair_urn = {ABBEY}",
    ),
    "requests.unknown-cluster": ("UPDATE request SET cluster_reference = 'CP9', version = 2 WHERE reference = :other",),
    "requests.without-need": ("DELETE FROM request_need WHERE request_reference = :other",),
    "requests.outcome-without-plan": (
        "DROP TRIGGER moderation_no_update",
        "UPDATE moderation SET outcome = 'below-threshold-with-plan'",
    ),
    "requests.voted-against": (
        "DROP TRIGGER moderation_no_update",
        "UPDATE moderation SET votes_for = 0, votes_against = 2, votes_abstained = 0",
    ),
    "requests.too-many-votes": (
        "DROP TRIGGER moderation_no_update",
        "UPDATE moderation SET votes_for = 4, votes_against = 0, votes_abstained = 0",
    ),
    "requests.recorded-before-meeting": (
        "DROP TRIGGER moderation_no_update",
        "UPDATE moderation SET made_at = '2020-09-01T08:00:00+00:00'",
    ),
    "requests.heard-before-submitted": (
        "DROP TRIGGER moderation_no_update",
        "UPDATE moderation SET made_at = '2020-12-01T08:00:00+00:00'",
        "DROP TRIGGER request_judged_as_it_is",
        "UPDATE meeting SET starts = '2020-11-19T14:00', starts_utc = '2020-11-19T14:00:00+00:00'"
        " WHERE reference = '2020-11-24-CP'",
    ),
    "requests.heard-elsewhere": (
        "UPDATE request SET meeting_reference = '2021-03-23-CP', version = 2 WHERE reference = :reference",
    ),
    "requests.heard-by-others": (
        "DELETE FROM meeting_cluster WHERE meeting_reference = '2020-11-24-CP' AND cluster_reference = 'CP1'",
    ),
    "requests.chair-without-seat": (
        "DROP TRIGGER moderation_no_update",
        f"UPDATE moderation SET chair_urn = {GREENWAY}",
    ),
    "requests.unassessed-with-plan": (
        "UPDATE request SET sen_status = 'E', version = 2 WHERE reference = :other",
        "UPDATE request_need SET code = 'NSA' WHERE request_reference = :other AND rank = 2",
    ),
    "requests.submitted-later": (
        "UPDATE request SET submitted_on = '2021-06-01', version = 2 WHERE reference = :other",
    ),
    "requests.meeting-cancelled": (
        "UPDATE request SET meeting_reference = '2020-11-10-CP1', version = 2 WHERE reference = :other",
    ),
    "requests.cost-differs": (
        "INSERT INTO provision_line VALUES (:other, 1, 'asked', 'Mentor', '', '', 60, 1, 0, '38', '17', 'form', 0, 1)",
    ),
}


@pytest.mark.tampered
@pytest.mark.parametrize("check", DAMAGES)
def test_each_damage_is_found_by_its_check(add: Run, moderate: Run, borough: Store, check: str) -> None:
    names = {"reference": add().reference, "other": add().reference}
    moderate(names["reference"])
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        for statement in DAMAGES[check]:
            raw.execute(statement, names)
    where = names["other" if ":other" in "".join(DAMAGES[check]) else "reference"]
    assert found(borough) == {(check, f"request {where}")}


@pytest.mark.tampered
def test_a_chair_of_the_same_trust_is_found_until_the_interest_is_dismissed(
    add: Run, moderate: Run, borough: Store
) -> None:
    reference = add().reference
    moderate(reference)
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("DROP TRIGGER moderation_no_update")
        raw.execute("UPDATE moderation SET chair_urn = 100002")
    assert found(borough) == {("requests.chair-with-interest", f"request {reference}")}
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("DROP TRIGGER moderation_interest_no_update")
        raw.execute("UPDATE moderation_interest SET state = 'dismissed', reason = 'It left the trust in August.'")
    assert found(borough) == set()


def test_every_finding_says_what_to_do() -> None:
    assert {name for name, *_ in checks._CHECKS} == set(DAMAGES)
    assert all(do.endswith(".") and what.endswith(".") for _, _, what, do in checks._CHECKS)
