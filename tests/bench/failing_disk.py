"""Fail every operation of the disk, once and for ever after, and the controls: ``python -m tests.bench.failing_disk``.

Ends with 1 when a store is damaged, a recorded change is told as failed, or a control comes through. A change may be
told as unsure only where the disk fails for ever, so that nobody can look.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.store.disk import why_not
from tests.store.failing import Swept, fail_each, fail_making, fill_up


def told(what: str, seen: Swept) -> bool:
    """Print a sweep and say whether it held."""
    answers = ", ".join(f"{name} {count}" for name, count in sorted(seen.told.items()))
    sys.stdout.write(f"{what}: {seen.operations} operations failed, {len(seen.damaged)} damaged, ")
    sys.stdout.write(f"{len(seen.wrongly_told)} told wrongly ({answers})\n")
    return not seen.damaged and not seen.wrongly_told


def main() -> int:
    """Run the sweeps and print what was seen."""
    if reason := why_not():
        sys.stdout.write(f"not to be shown here: {reason}\n")
        return 0
    held = True
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ["XDG_STATE_HOME"] = os.environ["HOME"] = f"{folder}/state"
        for for_ever in (False, True):
            for done in (False, True):
                what = (
                    f"a change, {'for ever after' if for_ever else 'once'}, {'after it was done' if done else 'undone'}"
                )
                seen = fail_each(folder, for_ever=for_ever, after_it_was_done=done)
                held = told(what, seen) and held and (for_ever or "store.unsure" not in seen.told)
        held = told("a change, the disk filling up", fill_up(folder)) and held
        for for_ever in (False, True):
            what = f"making a store, {'for ever after' if for_ever else 'once'}, then made again"
            held = told(what, fail_making(folder, for_ever=for_ever)) and held
        held = not told("control, journal_mode=MEMORY", fail_each(folder, journal_mode="MEMORY")) and held
        told(
            "for comparison, journal_mode=TRUNCATE", fail_each(folder, journal_mode="TRUNCATE", after_it_was_done=True)
        )
    sys.stdout.write("held\n" if held else "MISSED\n")
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
