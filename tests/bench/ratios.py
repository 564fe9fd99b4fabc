"""Programs measured turn by turn as whole processes, so that a busy machine weighs on all alike: medians and ratios."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HOUSE = Path(__file__).resolve().parents[2]
BARE = "bare Python"


def seconds(program: str) -> float:
    """Run a program in a process of its own and give the processor time it took, in seconds; no wall clock."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "PYTHONPATH": str(HOUSE)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def medians(programs: Mapping[str, str], rounds: int) -> dict[str, float]:
    """Run every program once a round, after one that does not count, and give the median time of each."""
    taken: dict[str, list[float]] = {what: [] for what in programs}
    for program in programs.values():
        seconds(program)  # byte-code and disk cache
    for _ in range(rounds):
        for what, program in programs.items():
            taken[what].append(seconds(program))
    return {what: statistics.median(times) for what, times in taken.items()}


def told(found: Mapping[str, float], *, peer: str, what: str, bar: float, unit: str) -> int:
    """Print the medians as ratios against bare Python and a peer, and give 1 when ``what`` is over its bar."""
    for each, median in found.items():
        against = f"×{median / found[BARE]:5.2f} bare   ×{median / found[peer]:4.2f} {peer.split(',', maxsplit=1)[0]}"
        sys.stdout.write(f"{each:36} {median * 1000:7.1f} ms   {against}\n")
    ratio = found[what] / found[BARE]
    verdict = "within" if ratio <= bar else "OVER"
    sys.stdout.write(f"{unit}: ×{ratio:.1f} bare Python, {verdict} the bar of ×{bar:.0f}\n")
    return 0 if ratio <= bar else 1
