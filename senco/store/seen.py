"""The last seal that this officer's senco saw of each store, so that a cut or older copy is noticed at opening.

The chain itself cannot show that its tail was cut off or that a whole older file was put back. The note is a line for
each store (its id, the number and the hash of its newest record), which every command reads at little cost.
"""

from __future__ import annotations

from senco.errors import StoreTrouble
from senco.store.places import state_folder

_FILE = "seals.txt"


def last_seen(store_id: str) -> tuple[int, str] | None:
    """Give the number and hash of the newest record seen of a store, or None when it was never seen."""
    return _read().get(store_id)


def remember(store_id: str, number: int, record_hash: str) -> None:
    """Keep the newest record seen of a store; a home folder that takes no file is no reason to fail."""
    folder = state_folder()
    if folder is None:
        return
    told = _read()
    if told.get(store_id) == (number, record_hash):
        return
    told[store_id] = (number, record_hash)
    from senco.files import private_folder, write_whole

    text = "".join(f"{store} {last} {last_hash}\n" for store, (last, last_hash) in sorted(told.items()))
    try:
        write_whole(private_folder(folder) / _FILE, text.encode())
    except (OSError, StoreTrouble):
        return


def _read() -> dict[str, tuple[int, str]]:
    folder = state_folder()
    if folder is None:
        return {}
    try:
        lines = (folder / _FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    told = (line.split(" ") for line in lines)
    return {one[0]: (int(one[1]), one[2]) for one in told if len(one) == 3 and one[1].isdecimal()}  # noqa: PLR2004 - the three
