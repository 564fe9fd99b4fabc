"""Money in whole pence: read, said, and divided without losing a penny."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from senco.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCALES = {"": 100, "k": 100_000, "m": 100_000_000}
_MOST = 10**15  # ten trillion pounds, in pence: far above any budget, far below what a 64-bit column holds
_FORM = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"


def parse_pence(text: str) -> int:
    """Read an amount in pounds as people write it, into pence.

    A “k” stands for thousands, an “m” for millions, a “p” for pence; a minus sign or accountants' brackets make it
    negative. BadInput ``money.unreadable`` for anything else: commas that do not part thousands, a fraction of a
    penny, an amount beyond ten trillion pounds.

    >>> parse_pence("£1,234.50"), parse_pence("1234.5"), parse_pence("£8k"), parse_pence("-£3"), parse_pence("50p")
    (123450, 123450, 800000, -300, 50)
    """
    plain = re.sub(r"\s+", "", text).translate(str.maketrans("−–", "--")).lower()
    bracketed = re.fullmatch(r"\((.+)\)", plain)
    found = re.fullmatch(
        rf"(?P<minus>-)?(?:£|gbp)?(?P<inner>-)?(?P<amount>{_FORM})(?P<scale>[kmp]|)",
        bracketed[1] if bracketed else plain,
    )
    if not found:
        raise _unreadable(text, "is not an amount of money")
    if bool(bracketed) + bool(found["minus"]) + bool(found["inner"]) > 1:
        raise _unreadable(text, "has more than one minus sign")
    if found["scale"] == "p" and "£" in plain:
        raise _unreadable(text, "is in pounds and in pence at once")
    whole, _, part = found["amount"].replace(",", "").partition(".")
    scale = 1 if found["scale"] == "p" else _SCALES[found["scale"]]
    pence, rest = divmod(int((whole or "0") + part) * scale, int("1" + "0" * len(part)))
    if rest:
        raise _unreadable(text, "has a fraction of a penny")
    if pence > _MOST:
        raise _unreadable(text, "is too large an amount")
    return -pence if bracketed or found["minus"] or found["inner"] else pence


def say_pounds(pence: int, *, short: bool = False) -> str:
    """Give pence as pounds; ``short`` leaves out the pence when there are none, and never rounds.

    >>> say_pounds(123450), say_pounds(-300), say_pounds(123400, short=True), say_pounds(123450, short=True)
    ('£1,234.50', '-£3.00', '£1,234', '£1,234.50')
    """
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}" + ("" if short and not rest else f".{rest:02}")


def split_evenly(pence: int, n: int) -> list[int]:
    """Divide an amount into n parts that sum to it exactly and differ by a penny at most, the larger first.

    ValueError when n is below 1.

    >>> split_evenly(1000, 3), split_evenly(-1000, 3)
    ([334, 333, 333], [-334, -333, -333])
    """
    return split_by(pence, [1] * n)


def split_by(pence: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount in proportion to whole weights; the parts sum to it exactly.

    The pennies left over by rounding down go to the largest remainders, and of equal ones to the earlier.
    ValueError when no weight is positive or one is negative.

    >>> split_by(100_000, [5, 7])
    [41667, 58333]
    """
    if not any(weights) or min(weights) < 0:
        raise ValueError("weights must be nought or more, and one of them more")
    total, sign = sum(weights), -1 if pence < 0 else 1
    shares = [divmod(abs(pence) * weight, total) for weight in weights]
    left = abs(pence) - sum(share for share, _ in shares)
    first = set(sorted(range(len(shares)), key=lambda place: (-shares[place][1], place))[:left])
    return [sign * (share + (place in first)) for place, (share, _) in enumerate(shares)]


def _unreadable(text: str, why: str) -> BadInput:
    # only what belongs to an amount is repeated: a name may have slipped into the wrong column
    shown = re.sub(r"[^0-9£,.kmpKMP()\s−–-]+", "…", " ".join(text.split()))[:40]
    return BadInput(
        "money.unreadable",
        f"“{shown}” {why}." if shown else "The amount is empty.",
        "Write pounds as 1234, £1,234.50 or £8k.",
    )
