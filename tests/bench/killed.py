"""Kill processes that make audited changes, and their controls: ``python -m tests.bench.killed [KILLS]``.

Ends with 1 when a change that was acknowledged is lost, a store is damaged, too few kills hit a journal in use, or a
control comes through.
"""

from __future__ import annotations

import json
import subprocess
import sys

KILLS, HOT_JOURNALS, CONTROL = 1000, 200, 60


def run(kills: int, journal: str) -> dict[str, object]:
    """Run the harness in a process of its own and give what it saw."""
    words = [sys.executable, "-m", "tests.store.killing", "--kills", str(kills), "--journal", journal, "--seed", "7"]
    told: dict[str, object] = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    return told


def main(kills: int) -> int:
    """Run the bar and its two controls and print what was seen."""
    bar = run(kills, "DELETE")
    sys.stdout.write(f"senco's settings: {json.dumps(bar)}\n")
    missed = bool(bar["faults"]) or int(str(bar["hot journals"])) < HOT_JOURNALS * kills // KILLS
    for journal in ("MEMORY", "OFF"):
        control = run(CONTROL, journal)
        told = {name: control[name] for name in ("kills", "acknowledged", "damaged", "lost") if name in control}
        sys.stdout.write(f"control, journal_mode={journal}: {json.dumps(told)}\n")
        missed = missed or not control.get("damaged")
    sys.stdout.write("MISSED\n" if missed else "held\n")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS))
