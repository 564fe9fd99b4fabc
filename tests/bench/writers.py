"""Eight processes that write 200 times each, and the control: ``python -m tests.bench.writers [WRITES]``.

Ends with 1 when a change is lost, refused or kept waiting for 30 seconds, or the control comes through.
"""

from __future__ import annotations

import json
import subprocess
import sys

PROCESSES, WRITES, LONGEST = 8, 200, 30.0


def run(writes: int, *words: str) -> dict[str, object]:
    """Run the harness in a process of its own, print and give what it saw."""
    command = [sys.executable, "-m", "tests.store.writing_together", "--processes", str(PROCESSES)]
    done = subprocess.run([*command, "--writes", str(writes), *words], capture_output=True, text=True, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    sys.stdout.write(f"{' '.join(words) or 'senco as it is'}: {done.stdout}")
    sys.stdout.flush()
    return told


def main(writes: int) -> int:
    """Run the bar and its control."""
    bar = run(writes)
    held = bar["recorded"] == bar["done"] == bar["asked"] and not bar["faults"]
    held = held and float(str(bar["longest wait, s"])) < LONGEST
    held = bool(run(max(writes // 8, 5), "--deferred", "--without-lock-file")["refused"]) and held
    sys.stdout.write("held\n" if held else "MISSED\n")
    return int(not held)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WRITES))
