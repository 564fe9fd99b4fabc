"""The last seal that this officer's senco saw of each store, so that a cut or older copy is noticed at opening.

The chain itself cannot show that its tail was cut off or that a whole older file was put back.
"""

from __future__ import annotations

import json

from senco.errors import StoreTrouble
from senco.files import write_whole
from senco.store.places import state_folder

_FILE = "seals.json"


def last_seen(store_id: str) -> tuple[int, str] | None:
    """Give the number and hash of the newest record seen of a store, or None when it was never seen."""
    told = _read().get(store_id)
    if isinstance(told, list) and len(told) == 2 and isinstance(told[0], int) and isinstance(told[1], str):  # noqa: PLR2004 - a pair
        return told[0], told[1]
    return None


def remember(store_id: str, number: int, record_hash: str) -> None:
    """Keep the newest record seen of a store; a home folder that takes no file is no reason to fail."""
    folder = state_folder()
    if folder is None:
        return
    told = _read()
    if told.get(store_id) == [number, record_hash]:
        return
    told[store_id] = [number, record_hash]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / _FILE, json.dumps(told, sort_keys=True).encode())
    except (OSError, StoreTrouble):
        return


def _read() -> dict[str, object]:
    folder = state_folder()
    if folder is None:
        return {}
    try:
        told = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
