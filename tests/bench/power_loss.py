"""Rebuild disks after simulated power loss, and two controls: ``python -m tests.bench.power_loss [DISKS]``.

Ends with 1 when a disk is damaged or lacks an acknowledged change, or a control comes through. SQLite's usual setting
(DELETE with FULL) must lose, since a removed journal comes back; ``synchronous=OFF`` must also damage.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from tests.store.disk import why_not
from tests.store.losing_power import rebuilt

DISKS, CONTROL = 40_000, 3_000


@contextlib.contextmanager
def quick_folder():
    """Give a folder in memory where there is one: the rebuilt disks need no disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["HOME"] = f"{folder}/state"
        yield Path(folder)


def main(disks: int) -> int:
    """Rebuild the disks of the bar and of its controls and print what was seen."""
    if reason := why_not():
        sys.stdout.write(f"not to be shown here: {reason}\n")
        return 0
    missed = False
    for settings, wanted in (({}, disks), ({"synchronous": "FULL"}, CONTROL), ({"synchronous": "OFF"}, CONTROL)):
        with quick_folder() as folder:
            seen = rebuilt(wanted, 11, folder, **settings)
        what = "control, " + ", ".join(f"{n}={v}" for n, v in settings.items()) if settings else "senco's settings"
        share = 100 * seen["lost"] / seen["disks"]
        sys.stdout.write(f"{what}: {seen['disks']} disks ({seen['with a journal']} with a journal), ")
        sys.stdout.write(f"{seen['damaged']} damaged, {seen['lost']} lost ({share:.1f} %)\n")
        sys.stdout.flush()
        if not settings:
            missed = bool(seen["damaged"] or seen["lost"])
        elif settings["synchronous"] == "FULL":
            missed = missed or not seen["lost"]
        else:
            missed = missed or not seen["damaged"]
    sys.stdout.write("MISSED\n" if missed else "held\n")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else DISKS))
