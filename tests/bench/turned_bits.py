"""Turn over single bits in the trail's pages: ``python -m tests.bench.turned_bits [BITS]``.

Ends with 1 when a bit that alters the trail goes unnoticed, or when SQLite's own check alone would have done.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.store.changes import new_store, set_rows
from tests.store.tampering import turn_bits

BITS, CHANGES = 600, 60


def main(bits: int) -> int:
    """Turn the bits and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["HOME"] = f"{folder}/state"
        store = new_store(Path(folder) / "senco.db")
        for _ in range(CHANGES):
            set_rows(store, 1)
        seen = turn_bits(store.path, bits, seed=9)
    alone = seen["altered, found by integrity_check alone"]
    sys.stdout.write(
        f"{seen['bits']} bits turned, {seen['altered']} altered the trail, {seen['altered, found']} found\n"
    )
    sys.stdout.write(f"control, integrity_check alone: {alone} of {seen['altered']} found\n")
    held = seen["altered, found"] == seen["altered"] > alone
    sys.stdout.write("held\n" if held else "MISSED\n")
    return int(not held)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else BITS))
