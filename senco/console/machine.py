"""Answers for machines: JSON whose shape is promised, and CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from senco.console.listing import Answer, Card, Listing
from senco.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain(value: Any) -> Any:
    """Give a line as JSON's plain values: dataclasses by field, dates in ISO, enums by value.

    >>> plain((1, "a", None))
    [1, 'a', None]
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value


def json_text(as_of: date, answers: Sequence[Answer]) -> str:
    """Give answers as one JSON object: ``as_of`` first, then each under its own name."""
    import json

    told: dict[str, Any] = {"as_of": as_of.isoformat()}
    for answer in answers:
        if isinstance(answer, Card):
            told[answer.name] = plain(answer.line)
            for listing in answer.listings:
                told[listing.name] = plain(listing.lines)
        else:
            told[answer.name] = plain(answer.lines)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def csv_of(answers: Sequence[Answer]) -> str:
    """Give the one table among the answers as CSV with the lines' own field names as headings.

    A card with several listings gives the first of them. Raises WrongUse ``format.no-table`` when there is no table.
    """
    from senco.sheets.writing import csv_text

    for answer in answers:
        lines = answer.lines if isinstance(answer, Listing) else answer.listings[0].lines if answer.listings else None
        if lines is not None:
            headings = [each.name for each in fields(lines[0])] if lines else []
            return csv_text(headings, ([_flat(getattr(line, name)) for name in headings] for line in lines))
    raise WrongUse("format.no-table", "This answer is no table, so it cannot be given as CSV.", "Use --format json.")


def _flat(value: Any) -> str | int | float | None:
    if value is None or isinstance(value, (int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return "; ".join(str(_flat(each)) for each in value)
    if is_dataclass(value):
        return " ".join(str(_flat(getattr(value, each.name))) for each in fields(value))
    return str(plain(value))
