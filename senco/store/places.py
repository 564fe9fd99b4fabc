"""Where the store and senco's own state live on each platform."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from senco.errors import StoreTrouble

STORE_NAME = "senco.db"
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "com~apple~clouddocs")


def default_store() -> Path:
    """Give the platform's place for the store: the user's data folder, ``senco/senco.db``.

    Raises StoreTrouble ``store.no-home`` where the platform names no such folder.
    """
    return _folder("XDG_DATA_HOME", (".local", "share")) / STORE_NAME


def state_folder() -> Path | None:
    """Give the folder where senco remembers the last seal it saw, or None where the user has no home."""
    try:
        return _folder("XDG_STATE_HOME", (".local", "state"))
    except StoreTrouble:
        return None


def _folder(variable: str, below_home: tuple[str, ...]) -> Path:
    chosen = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else variable)
    if chosen:
        return Path(chosen) / "senco"
    try:
        home = Path.home()
    except RuntimeError:
        raise StoreTrouble(
            "store.no-home",
            "There is no home folder, so senco does not know where its store is.",
            "Name the store with --store FILE or the environment variable SENCO_STORE.",
        ) from None
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "senco"
    return home.joinpath(*below_home) / "senco"


def why_not_here(path: Path) -> str | None:
    """Say why a store must not stand at this path, or None where it may.

    A folder that a sync program copies behind SQLite's back loses changes (reliability.md 6); the environment variable
    SENCO_ALLOW_SYNC_FOLDER=1 overrules it.

    >>> why_not_here(Path("/home/officer/senco/senco.db")) is None
    True
    >>> why_not_here(Path("/home/officer/OneDrive - Borough/senco.db"))
    "'OneDrive - Borough' is a folder that a sync program copies: two copies would drift apart and changes be lost"
    """
    if os.environ.get("SENCO_ALLOW_SYNC_FOLDER") == "1":
        return None
    for part in path.absolute().parts:
        if part.casefold().startswith(_SYNCED):
            return f"'{part}' is a folder that a sync program copies: two copies would drift apart and changes be lost"
    if path.parent.is_dir():
        for other in path.parent.glob(f"{path.stem}*{path.suffix}"):
            if "conflicted copy" in other.name.casefold() or "conflict-" in other.name.casefold():
                return f"'{other.name}' beside it shows that a sync program has split the store in two"
    return None
