"""The reasons of a cluster's outcome told on the command line, line by line, as the officer tells a decision's."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from senco.requests import questions, records
from senco.requests.outcomes import Record
from senco.store.doors import Store
from tests.requests.panel import awarded, request

Run = Callable[..., Any]
OUTCOME = ("--outcome", "borderline", "--level", "advise", "--reason", "Two plans, no costs.")
REASONS = (
    "--met", "clear", "--met", "ordinary", "--not-met", "costed",
    "--evidence", "The plan of July", "--condition", "A review each term.",
    "--advice", "Ask the EP to visit | SENCO | 29/1/2021", "--advice", "Cost the map | Lead",
    "--wanted", "A costed map.",
)  # fmt: skip
KEPT = [
    ("criterion-met", "clear outcome", "", None),
    ("criterion-met", "ordinary provision in use", "", None),
    ("criterion-not-met", "costed provision", "", None),
    ("evidence", "The plan of July", "", None),
    ("condition", "A review each term.", "", None),
    ("advice", "Ask the EP to visit", "SENCO", "2021-01-29"),
    ("advice", "Cost the map", "Lead", None),
    ("evidence-wanted", "A costed map.", "", None),
]


def test_every_kind_of_reason_is_kept_with_the_outcome(borough: Store, senco: Run, trail_length: Run) -> None:
    reference = request(borough)
    before = trail_length()
    ran = senco("requests", "moderate", "--request", reference, *OUTCOME, *REASONS, "--format", "json")
    assert (ran.code, trail_length()) == (0, before + 1), ran.err
    told = [(each["kind"], each["text"], each["owner"], each["due_on"]) for each in json.loads(ran.out)["reasons"]]
    assert told == KEPT
    with borough.reading() as ask:
        (line,) = questions.moderations(ask, reference)
        stored = records.reasons(ask, Record.MODERATION, line.number)
    assert [(each.kind, each.text, each.owner, each.due_on) for each in stored] == KEPT


def test_they_are_shown_with_the_request(borough: Store, senco: Run) -> None:
    reference = request(borough)
    senco("requests", "moderate", "--request", reference, *OUTCOME, *REASONS)
    out = senco("requests", "show", reference).out
    assert "Reasons, line by line: the cluster's" in out
    assert "Ask the EP to visit" in out
    told = json.loads(senco("requests", "show", reference, "--format", "json").out)
    assert [each["text"] for each in told["moderation_reasons"]] == [text for _, text, _, _ in KEPT]
    assert "recommendation_reasons" not in told
    decided = json.loads(senco("requests", "show", awarded(borough, school="Barrow"), "--format", "json").out)
    assert [each["text"] for each in decided["recommendation_reasons"]] == ["costed provision"]
    assert [each["text"] for each in decided["reasons"]] == ["costed provision"]
    assert "moderation_reasons" not in decided


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--met", "luck"), "is no criterion of the borough"),
        (("--met", "clear", "--not-met", "clear"), "a criterion is named twice"),
        (("--advice", "Ask the EP in"), "The advice cannot be read."),
        (("--evidence", "Born 3 March 2014"), "date of birth"),
    ],
)
def test_what_cannot_be_a_reason_records_nothing(
    borough: Store, senco: Run, trail_length: Run, words: tuple[str, ...], said: str
) -> None:
    reference = request(borough)
    before = trail_length()
    ran = senco("requests", "moderate", "--request", reference, *OUTCOME, *words)
    assert (ran.code, said in ran.err, trail_length()) == (5, True, before), ran.err
    assert "2014" not in ran.err


def test_an_outcome_without_them_shows_none(borough: Store, senco: Run) -> None:
    ran = senco("requests", "moderate", "--request", request(borough), *OUTCOME, "--format", "json")
    assert "reasons" not in json.loads(ran.out)


@pytest.mark.parametrize("words", [("--met", "clear"), ("--casting", "for"), ("--wanted", "A map.")])
def test_a_flag_alone_begins_no_sitting_and_undoing_heeds_none(
    borough: Store, senco: Run, words: tuple[str, ...]
) -> None:
    assert "An outcome needs --request" in senco("requests", "moderate", *words).err
    reference = request(borough)
    senco("requests", "moderate", "--request", reference, *OUTCOME)
    undo = ("requests", "moderate", "--undo", "--request", reference, "--reason", "The wrong case.")
    ran = senco(*undo, *words, "--format", "json")
    assert (ran.code, json.loads(ran.err)["error"]["reference"]) == (2, "requests.undo-alone")
    assert senco(*undo).code == 0
