"""The nearest names to a word that was not found, for "did you mean"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """Give a hint naming the nearest known words, or an empty text when none is near.

    >>> did_you_mean("CP11", ["CP1", "CP2", "SP7"])
    "Did you mean 'CP1' or 'CP2'?"
    >>> did_you_mean("xyz", ["CP1"])
    ''
    """
    from difflib import get_close_matches

    by_fold = {fold(each): each for each in known}
    near = get_close_matches(fold(word), by_fold, n=most, cutoff=0.55)
    quoted = [f"'{by_fold[each]}'" for each in near]
    if not quoted:
        return ""
    listed = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
    return f"Did you mean {listed}?"
