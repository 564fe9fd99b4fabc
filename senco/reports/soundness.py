"""Whether the store is sound: the named checks of the store and of every slice, and what a report says of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from senco.budget import checks as budget
from senco.clusters import checks as clusters
from senco.findings import Finding
from senco.meetings import checks as meetings
from senco.reports import checks as reports
from senco.requests import checks as requests
from senco.schools import checks as schools
from senco.settings import checks as settings
from senco.store.trail import seal_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.store.doors import Ask

_SLICES = (settings, schools, clusters, meetings, requests, budget, reports)


def findings(ask: Ask, day: date) -> list[Finding]:
    """Run every check over the store and give what they found, the store's own first."""
    found = [
        Finding("store.trail", "the trail", fault, "Compare with the last backup: the record was touched.")
        for fault in ask.trail_faults()
    ]
    missing = ask.record_missing()
    if missing:
        found.append(
            Finding(
                "store.older-copy",
                "the store",
                f"The trail lacks the record {missing}, which was seen here before.",
                "If an older copy was put back on purpose, accept it with `senco check --accept`.",
            )
        )
    found += [
        Finding(
            "store.integrity", "the file", fault, "Put the last backup back; keep this file for whoever repairs it."
        )
        for fault in ask.integrity_faults()
    ]
    for each in _SLICES:
        found += each.findings(ask, day)
    return found


def seal_finding(ask: Ask, seal: str) -> Finding | None:
    """Hold a printed seal against the trail: None when the trail holds the very record it was printed from."""
    number = seal.strip().split("-")[0]
    record_hash = ask.value("SELECT hash FROM trail WHERE number = :number", {"number": number})
    if record_hash and seal_of(int(number), record_hash) == seal.strip().upper():
        return None
    return Finding(
        "store.seal",
        f"record {number}",
        f"The trail does not hold the record of the seal {seal.strip()}.",
        "This is another store, an older copy, or its trail was altered after the seal was printed.",
    )


def first_line(found: Sequence[Finding], seal: str) -> str:
    """Say what the checks found, by their names alone, and the seal: the first line of a report.

    >>> first_line([], "20-ASHI-ST4Z-ZBG6-KMIC")
    'senco check: no findings. Seal 20-ASHI-ST4Z-ZBG6-KMIC.'
    >>> first_line([Finding("store.trail", "x", "y"), *[Finding("meetings.clash", "x", "y")] * 2], "1-AAAA")
    'senco check: 3 findings (meetings.clash 2, store.trail 1). Seal 1-AAAA.'
    """
    counted = sorted(Counter(each.check for each in found).items())
    told = ", ".join(f"{name} {count}" for name, count in counted)
    said = f"{len(found)} finding{'s' if len(found) > 1 else ''} ({told})" if found else "no findings"
    return f"senco check: {said}. Seal {seal}."
