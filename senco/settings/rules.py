"""What may be set, and how a value is read."""

from __future__ import annotations

from senco.errors import BadInput
from senco.money import parse_pence, say_pounds
from senco.settings.kinds import Definition, Measure

DEFINITIONS: tuple[Definition, ...] = (
    Definition("la.code", Measure.COUNT, "319", "The local authority's code in the school register."),
    Definition("la.name", Measure.TEXT, "Sutton", "The local authority's name, as printed on agendas."),
    Definition(
        "element2", Measure.PENCE, "600000", "What a school pays itself for a pupil's needs in a year (element 2)."
    ),
    Definition(
        "threshold", Measure.PENCE, "800000", 'From this much a year a pupil\'s needs count as exceptional ("£8k").'
    ),
    Definition(
        "threshold.means",
        Measure.WORD,
        "total",
        "Whether the threshold is held against the whole cost or against the top-up above element 2.",
        ("total", "top-up"),
    ),
    Definition(
        "interest",
        Measure.WORD,
        "strict",
        "Who stays out of an item: its own school (school); also schools of its trust or federation (strict).",
        ("school", "strict"),
    ),
    Definition("panel.cap", Measure.COUNT, "20", "The most requests that a panel hears in one sitting."),
    Definition("panel.minutes", Measure.COUNT, "10", "Minutes planned for one request at the panel."),
    Definition(
        "payment.pattern",
        Measure.WORD,
        "equal-terms",
        "How an award is paid out unless its own terms say otherwise.",
        ("equal-terms", "from-submission", "from-decision", "monthly", "6/12", "5/12+7/12", "lump-sum"),
    ),
    Definition(
        "award.means",
        Measure.WORD,
        "whole",
        "Whether the amount of an award is the whole sum for its time, or the sum for a year.",
        ("whole", "year"),
    ),
)
BY_NAME = {each.name: each for each in DEFINITIONS}


def stored(definition: Definition, text: str) -> str:
    """Read a value as a person types it into the form in which it is kept.

    Raises BadInput ``setting.bad-value``, or the reader's own error for an amount of money.

    >>> stored(BY_NAME["threshold"], "£8k")
    '800000'
    >>> stored(BY_NAME["interest"], "Strict")
    'strict'
    """
    told = text.strip()
    if definition.measure is Measure.PENCE:
        return str(parse_pence(told))
    if definition.measure is Measure.COUNT:
        if not (told.isdecimal() and told.isascii()):
            raise BadInput("setting.bad-value", f"'{definition.name}' takes a whole number, not '{told}'.")
        return str(int(told))
    if definition.allowed and told.casefold() not in definition.allowed:
        raise BadInput(
            "setting.bad-value",
            f"'{definition.name}' is not '{told}'.",
            f"It is one of: {', '.join(definition.allowed)}.",
        )
    if not told:
        raise BadInput("setting.bad-value", f"'{definition.name}' must not be empty.")
    return told.casefold() if definition.allowed else told


def said(definition: Definition, value: str) -> str:
    """Give a kept value in people's words.

    >>> said(BY_NAME["threshold"], "800000")
    '£8,000.00'
    """
    return say_pounds(int(value)) if definition.measure is Measure.PENCE else value


def what_else(name: str) -> str:
    """Say what a person who sets this is likely to have to set as well, or give an empty text.

    >>> what_else("la.code")
    ' Calendars and agendas print la.name: set that too.'
    >>> what_else("threshold")
    ''
    """
    return " Calendars and agendas print la.name: set that too." if name == "la.code" else ""
