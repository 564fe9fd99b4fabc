"""Who a meeting is for, in all the ways it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.meetings.kinds import Audience, MeetingKind
from senco.meetings.rules import (
    audience_code,
    audience_of,
    cluster_reference,
    clusters_said,
    sorted_clusters,
    title_of,
)


@pytest.mark.parametrize(
    ("words", "clusters"),
    [
        ("CP 1 to 3", "CP1 CP2 CP3"),
        ("CP1-CP3", "CP1 CP2 CP3"),
        ("CP 1 – 3 and SP 2", "CP1 CP2 CP3 SP2"),
        ("CP1, CP2 & CP4", "CP1 CP2 CP4"),
        ("Cross-phase clusters 1-2", "CP1 CP2"),
        ("single phase cluster 3", "SP3"),
        ("CP 5-2", "CP2 CP5"),
        ("A 1-3", "A1 A2 A3"),
        ("sp 7", "SP7"),
        ("CP 1-99", "CP1 CP99"),
        ("CP-1, CP-3", "CP1 CP3"),
    ],
)
def test_clusters_by_name(words: str, clusters: str) -> None:
    audience = audience_of(words)
    assert audience
    assert " ".join(audience.clusters) == clusters


@pytest.mark.parametrize(
    "words", ["Governors", "", "cluster 3", "Tuesday 24 November 2020", "Year 5 transition", "Y6 and KS2 reviews"]
)
def test_words_that_name_nobody(words: str) -> None:
    assert audience_of(words) is None


@pytest.mark.parametrize("words", ["CP", "cp", "Cross phase", "all CPs"])
def test_a_whole_family(words: str) -> None:
    assert audience_of(words) == Audience(MeetingKind.CROSS_PHASE, "CP")


def test_all_clusters_means_the_conference() -> None:
    assert audience_of("all clusters") == Audience(MeetingKind.CONFERENCE)


def test_mixed_families_have_a_code_and_a_title_of_their_own() -> None:
    audience = audience_of("CP1 and SP2")
    assert audience
    assert (audience.kind, audience_code(audience)) == (MeetingKind.CLUSTER, "CP1+SP2")
    assert title_of(audience, audience.clusters) == "Clusters CP1, SP2"


def test_the_panel_and_the_conference_are_called_by_name() -> None:
    assert audience_code(Audience(MeetingKind.PANEL)) == "PANEL"
    assert title_of(Audience(MeetingKind.PANEL), ()) == "SEN panel"
    assert title_of(Audience(MeetingKind.CONFERENCE), ()) == "SENCO conference (all clusters)"


FAMILIES = st.sampled_from(["CP", "SP", "N"])
CLUSTERS = st.sets(st.tuples(FAMILIES, st.integers(1, 30)), min_size=1, max_size=12)


@given(CLUSTERS)
def test_clusters_said_are_read_back(found: set[tuple[str, int]]) -> None:
    named = sorted_clusters(f"{family}{number}" for family, number in found)
    audience = audience_of(clusters_said(named))
    assert audience
    assert audience.clusters == named


@given(CLUSTERS)
def test_a_reference_has_no_blank_and_reads_back(found: set[tuple[str, int]]) -> None:
    named = sorted_clusters(f"{family}{number}" for family, number in found)
    code = audience_code(Audience(MeetingKind.CLUSTER, "", named)) or "-"
    assert " " not in code
    assert cluster_reference(named[0]) == named[0]
