"""How long a year's reports take to protect: `python -m tests.bench.suppression`; CPU seconds, and what was hidden."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from senco.reports.kinds import key
from senco.reports.suppression import hidden, small
from tests.reports.invented import TERMS, masked, until

NEEDS = {
    "cognition": ("SPLD", "MLD", "SLD", "PMLD"), "communication": ("SLCN", "ASD"), "semh": ("SEMH",),
    "sensory": ("HI", "VI", "MSI", "PD"), "other": ("OTH", "DS", "NSA"),
}  # fmt: skip
OUTCOMES = {"yes": ("agreed", "agreed-lower", "agreed-with-conditions"), "no": ("declined", "deferred", "withdrawn")}
LEVELS = {
    "need": [(("area", area), ("need", need)) for area, needs in NEEDS.items() for need in needs],
    "outcome": [(("decided", said), ("outcome", each)) for said, held in OUTCOMES.items() for each in held],
    "type": [(("type", each),) for each in ("individual", "group", "project", "discussion")],
    "stage": [(("stage", each),) for each in ("cluster", "panel", "decided", "withdrawn")],
    "group": [(("group", f"Y{each}"),) for each in range(14)],
}


def every(names: list[str]) -> Iterator[str]:
    """Give the key of every count of one term: for the borough, and for each cluster."""
    for path in (path for steps in LEVELS.values() for path in steps):
        for place in ({}, *({"cluster": name} for name in names)):
            for depth in range(len(path) + 1):
                yield key("requests", year="2020/21", **dict(path[:depth]), **place)


def year(count: int, clusters: int) -> Iterator[dict[str, int]]:
    """Invent a year of requests and give the counts of its three reports, each with the terms and years so far."""
    rng = random.Random(1)  # noqa: S311 - the same year every time
    names = [f"CP{each}" for each in range(1, clusters + 1)]
    held = {term: dict.fromkeys(every(names), 0) for term in TERMS}
    weights = {name: [rng.expovariate(1) + 0.05 for _ in steps] for name, steps in LEVELS.items()}
    for _ in range(count):
        counts, place = held[rng.choice(TERMS)], rng.choice(names)
        touched = set()
        for name, steps in LEVELS.items():
            path = rng.choices(steps, weights[name])[0]
            for depth in range(len(path) + 1):
                for narrowed in ({}, {"cluster": place}):
                    touched.add(key("requests", year="2020/21", **dict(path[:depth]), **narrowed))
        for each in touched:
            counts[each] += 1
    for term in TERMS:
        report = {}
        for each in until(term):
            for name in held[each]:
                report[f"{name}|term={each}"] = held[each][name]
                report[f"{name}|upto={each}"] = sum(held[before][name] for before in until(each))
        yield report


def main() -> None:
    """Print a line for each report."""
    print("requests clusters report   keys  small hidden CPU seconds")
    for count, clusters in ((600, 5), (600, 8), (600, 12)):
        before: list[dict[str, int | None]] = []
        for term, counts in zip(TERMS, year(count, clusters), strict=True):
            start = time.process_time()
            chosen = hidden(counts, below=5, before=before)
            spent = time.process_time() - start
            smalls = len(small(counts, below=5))
            print(
                f"{count:8} {clusters:8} {term:8} {len(counts):5} {smalls:6} {len(chosen):6} {spent:8.2f}", flush=True
            )
            before.append(masked(counts, chosen))


if __name__ == "__main__":
    main()
