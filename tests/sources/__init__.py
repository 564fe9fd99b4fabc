"""The published facts that tests hold senco to, and the builder of `data/` (``python -m tests.sources``).

Facts come from the borough's two published documents and the Department for Education's register; the wording of the
meetings' purposes is senco's own. The document as published is not in the repository: where a copy lies beside the
clone, tests read it through ``published_text_path``.
"""

from __future__ import annotations

from pathlib import Path

from tests.sources.programme import HOLIDAYS, PROGRAMME, Holiday, Meeting
from tests.sources.table import OPPORTUNITY_BASES, TABLE, TRUST_FILLS, Place

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"

__all__ = [
    "DATA",
    "HOLIDAYS",
    "OPPORTUNITY_BASES",
    "PROGRAMME",
    "ROOT",
    "TABLE",
    "TRUST_FILLS",
    "Holiday",
    "Meeting",
    "Place",
    "published_text_path",
]


def published_text_path(name: str = "confirmed-senco-clusters-2020-21.txt") -> Path | None:
    """Give the document as published, or None where no copy lies beside the clone."""
    path = ROOT.parent / "shared" / "sources" / name
    return path if path.is_file() else None
