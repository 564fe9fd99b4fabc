"""Watching a table during a long import, and withdrawing a change that turns out to change nothing."""

from __future__ import annotations

from collections.abc import Callable

from senco.store.doors import Change, Store
from tests.conftest import AT

PUT = (
    "INSERT INTO school_link (urn, link_urn, link_type, link_name, established) VALUES (?, ?, 'Successor', ?, ?)"
    " ON CONFLICT (urn, link_urn, link_type) DO UPDATE SET link_name = excluded.link_name,"
    " established = excluded.established"
    " WHERE (school_link.link_name, school_link.established) IS NOT (excluded.link_name, excluded.established)"
)
KEYS, COLUMNS = ("urn", "link_urn", "link_type"), ("link_name", "established")


def put(change: Change, *rows: tuple[int, int, str, str | None]) -> int:
    return change.write_many(PUT, rows)


def test_what_is_added_and_changed_is_noted(store: Store) -> None:
    with store.changing("test", actor="officer", at=AT) as change:
        watch = change.watch("school_link", KEYS, COLUMNS)
        put(change, (1, 2, "Ash", None), (3, 4, "Beck", None))
        assert (watch.added(), watch.fields()) == (2, 0)
        change.record("test")
    with store.changing("test", actor="officer", at=AT) as change:
        watch = change.watch("school_link", KEYS, COLUMNS)
        assert put(change, (1, 2, "Ash", "2020-01-01"), (3, 4, "Beck", None), (5, 6, "Carr", None)) == 2
        assert (watch.added(), watch.fields()) == (1, 1)
        assert watch.keys_added(-1) == [(5, 6, "Successor")]
        assert watch.fields_changed(-1) == [(1, 2, "Successor", "established", None, "2020-01-01")]
        assert watch.fields_changed(-1, field="link_name") == []
        assert watch.fields_changed(0) == []
        change.record("test")


def test_a_table_without_columns_to_watch_notes_what_is_added(store: Store) -> None:
    with store.changing("test", actor="officer", at=AT) as change:
        put(change, (1, 2, "Ash", None))
        watch = change.watch("school_link", KEYS, ())
        put(change, (3, 4, "Beck", None))
        assert watch.keys_added(-1) == [(3, 4, "Successor")]
        change.record("test")


def test_a_change_withdrawn_leaves_nothing(store: Store, trail_length: Callable[[], int]) -> None:
    before = trail_length()
    with store.changing("test", actor="officer", at=AT) as change:
        put(change, (1, 2, "Ash", None))
        change.withdraw()
    assert trail_length() == before
    with store.reading() as ask:
        assert ask.value("SELECT COUNT(*) FROM school_link") == 0
