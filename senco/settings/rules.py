"""What may be set, and how a value is read."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Final

from senco.deferred import pattern
from senco.errors import BadInput
from senco.settings.kinds import Definition, Measure

if TYPE_CHECKING:
    from fractions import Fraction

_FIGURE: Final = pattern(r"£?\s*([0-9]{1,6}(?:\.[0-9]{1,4})?)(?:\s*/\s*([0-9]{1,6}(?:\.[0-9]{1,4})?))?")

DEFINITIONS: tuple[Definition, ...] = (
    Definition("la.code", Measure.COUNT, "319", "The local authority's code in the school register."),
    Definition("la.name", Measure.TEXT, "Sutton", "The local authority's name, as printed on agendas."),
    Definition(
        "element2", Measure.PENCE, "600000", "What a school pays itself for a pupil's needs in a year (element 2)."
    ),
    Definition(
        "element2.group",
        Measure.WORD,
        "per-pupil",
        "Whether element 2 and the threshold count for each pupil of a group (per-pupil) or once for its request.",
        ("per-pupil", "per-request"),
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
    Definition("panel.urgent", Measure.COUNT, "2", "Places of the panel's cap that are kept for urgent requests."),
    Definition("cluster.cap", Measure.COUNT, "12", "The most requests that a cluster hears in one sitting."),
    Definition("cluster.minutes", Measure.COUNT, "10", "Minutes planned for one request at a cluster's sitting."),
    Definition(
        "interest.lead",
        Measure.WORD,
        "no-vote",
        "At the panel, whoever leads the case's own cluster: votes, speaks without a vote, or stays out.",
        ("votes", "no-vote", "stays-out"),
    ),
    Definition(
        "votes",
        Measure.WORD,
        "consensus",
        "Whether a meeting agrees without counting (consensus), or each school has one vote that is counted (school).",
        ("consensus", "school"),
    ),
    Definition(
        "votes.casting", Measure.WORD, "no", "Whether the chair has a casting vote when votes are even.", ("no", "yes")
    ),
    Definition(
        "award.cap", Measure.PENCE, "0", "The most that may be agreed for one award (as award.means); £0 for no limit."
    ),
    Definition(
        "award.reasons",
        Measure.WORD,
        "full",
        "What a decision must say: criteria, conditions and advice as its outcome calls for (full), or a text (text).",
        ("full", "text"),
    ),
    Definition(
        "award.criteria",
        Measure.TEXT,
        "exceptional need; ordinary provision in use; costed provision; graduated response; recent evidence;"
        " clear outcome",
        "The criteria that reasons may name, divided by ';'.",
    ),
    Definition(
        "decide.outside",
        Measure.WORD,
        "urgent",
        "What the officer may decide outside a meeting, to be ratified at the next: urgent requests, any, or none.",
        ("urgent", "any", "none"),
    ),
    Definition("decision.notice", Measure.COUNT, "10", "Working days within which a decision is told to the school."),
    Definition(
        "challenge.days", Measure.COUNT, "20", "Working days after its letter for a resubmission; 0 for no deadline."
    ),
    Definition("review.before", Measure.COUNT, "42", "Days before an award ends by which it is to be reviewed."),
    Definition(
        "information.before",
        Measure.COUNT,
        "5",
        "Working days before the next panel's closing day by which what a request is deferred for is wanted.",
    ),
    Definition("due.ahead", Measure.COUNT, "28", "How many days ahead `senco requests list --due` looks."),
    Definition(
        "provision.rate",
        Measure.FIGURE,
        "655/38",
        "What an hour of support costs, in pounds, where the catalogue says nothing; a fraction is kept exactly.",
    ),
    Definition("provision.weeks", Measure.FIGURE, "38", "The weeks of a provision year."),
    Definition(
        "ready.blocks",
        Measure.WORD,
        "errors",
        "What keeps a form from being listed for a meeting: errors; queries (and errors); or nothing.",
        ("errors", "queries", "nothing"),
    ),
    Definition(
        "need.areas",
        Measure.GROUPS,
        "communication and interaction: SLCN, ASD; cognition and learning: SPLD, MLD, SLD, PMLD, DS;"
        " social, emotional and mental health: SEMH; sensory and/or physical: HI, VI, MSI, PD",
        "The broad areas of need and the codes of each: the four of the SEND Code of Practice. A code that is not named"
        " (as NSA, OTH) has no area.",
    ),
    Definition("evidence.plans", Measure.COUNT, "2", "Reviewed plans (cycles) that a request must show."),
    Definition("evidence.report-months", Measure.COUNT, "12", "Months after which a report is too old."),
    Definition("consent.months", Measure.COUNT, "12", "Months after which parents are asked for their consent again."),
    Definition(
        "closing",
        Measure.DEADLINE,
        "10 working 17:00",
        "How long before a meeting requests and their papers must be in, and by when; none for no closing day.",
    ),
    Definition("papers", Measure.DEADLINE, "5 working 17:00", "How long before a meeting its papers go out."),
    Definition(
        "notice", Measure.DEADLINE, "10 working 17:00", "How long after a panel the decisions must have been told."
    ),
    Definition(
        "quorum",
        Measure.SHARE,
        "none",
        "How many of the schools expected make a meeting quorate, and of its own schools a cluster's sitting there,"
        " those without a vote on a case left out: a number, a fraction, or none.",
    ),
    Definition(
        "quorum.roles",
        Measure.TEXT,
        "none",
        "Roles or offices that must be in the room for a quorum, divided by ';', as in 'lead; officer'.",
    ),
    Definition(
        "quorum.schools",
        Measure.TEXT,
        "none",
        "Schools (URNs, divided by ';') that must be there for a quorum where they are expected.",
    ),
    Definition(
        "panel.quorum",
        Measure.SHARE,
        "none",
        "How many of the clusters' leads make the panel quorate: a number, a fraction, or none.",
    ),
    Definition(
        "panel.quorum.roles",
        Measure.TEXT,
        "none",
        "Roles or offices that must be at the panel, divided by ';', as in 'SEN manager; chair'.",
    ),
    Definition(
        "panel.quorum.schools",
        Measure.TEXT,
        "none",
        "Host schools of leads (URNs, divided by ';') that must be at the panel.",
    ),
    Definition("organiser.name", Measure.TEXT, "SENCO clusters", "Who sends the invitations to meetings."),
    Definition("organiser.email", Measure.TEXT, "none", "The address that invitations come from and answers go to."),
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
    Definition(
        "report.hide-below",
        Measure.COUNT,
        "5",
        "Numbers of children below this are hidden in what is published: 2 to 10.",
        tuple(str(number) for number in range(2, 11)),
    ),
    Definition("lead.fte", Measure.FIGURE, "0.2", "How much of full time a lead SENCO's day a week is."),
    Definition(
        "lead.on-costs",
        Measure.PERCENT,
        "none",
        "What an employer pays beyond a lead's salary (pension, National Insurance), in per cent of it.",
    ),
)
BY_NAME = {each.name: each for each in DEFINITIONS}
NONE: Final = "none"
_WEEK: Final = 7
_DEADLINE: Final = pattern(
    r"(?P<count>[0-9]{1,3})\s*(?P<working>working)?\s*(?P<unit>day|week)s?(?:\s+before)?(?:\s*,?\s*(?:at|by)?\s+(?P<clock>\S.*))?"
)
_SPOKEN: Final = {
    "half": "1/2", "a half": "1/2", "one half": "1/2", "a third": "1/3", "one third": "1/3", "two thirds": "2/3",
    "a quarter": "1/4", "one quarter": "1/4", "three quarters": "3/4", "two fifths": "2/5", "three fifths": "3/5",
}  # fmt: skip


def quorum_names(*, panel: bool) -> tuple[str, str, str]:
    """Give the names of the settings of a meeting's quorum: how many, which roles, which schools.

    >>> quorum_names(panel=True)
    ('panel.quorum', 'panel.quorum.roles', 'panel.quorum.schools')
    """
    name = "panel.quorum" if panel else "quorum"
    return name, f"{name}.roles", f"{name}.schools"


def stored(definition: Definition, text: str) -> str:
    """Read a value as a person types it into the form in which it is kept.

    Raises BadInput ``setting.bad-value``, or the reader's own error for an amount of money.

    >>> stored(BY_NAME["threshold"], "£8k")
    '800000'
    >>> stored(BY_NAME["interest"], "Strict")
    'strict'
    >>> stored(BY_NAME["panel.quorum"], "2 / 5"), stored(BY_NAME["panel.quorum"], "None")
    ('2/5', 'none')
    """
    told = text.strip()
    if definition.measure is Measure.PENCE:
        from senco.money import parse_pence

        return str(parse_pence(told))
    reader = _READERS.get(definition.measure)
    if reader is not None:
        return reader(definition, told)
    if definition.allowed and told.casefold() not in definition.allowed:
        raise BadInput(
            "setting.bad-value",
            f"'{definition.name}' is not '{told}'.",
            f"It is one of: {', '.join(definition.allowed)}.",
        )
    if not told:
        raise BadInput("setting.bad-value", f"'{definition.name}' must not be empty.")
    return told.casefold() if definition.allowed else told


def figure_of(text: str) -> Fraction | None:
    """Give the figure that a text writes, exactly, or None when it writes none above nought.

    >>> figure_of("£17.24"), figure_of("655/38"), figure_of("0"), figure_of("1/0"), figure_of("much")
    (Fraction(431, 25), Fraction(655, 38), None, None, None)
    """
    from fractions import Fraction

    found = _FIGURE.fullmatch(text.strip())
    parts = [Fraction(part) for part in found.groups() if part] if found else []
    if not parts or not all(parts):
        return None
    return parts[0] / parts[1] if len(parts) > 1 else parts[0]


def _count(definition: Definition, told: str) -> str:
    if not (told.isdecimal() and told.isascii()):
        raise BadInput("setting.bad-value", f"'{definition.name}' takes a whole number, not '{told}'.")
    if definition.allowed and str(int(told)) not in definition.allowed:
        least, most = definition.allowed[0], definition.allowed[-1]
        raise BadInput("setting.bad-value", f"'{definition.name}' takes a number from {least} to {most}, not {told}.")
    return str(int(told))


def _figure(definition: Definition, told: str) -> str:
    if figure_of(told) is None:
        raise BadInput(
            "setting.bad-value",
            f"'{definition.name}' takes a figure above nought, not '{told}'.",
            "Write it as 17.24 or as a fraction, 655/38.",
        )
    return re.sub(r"[£\s]", "", told)


def percent_of(text: str) -> Fraction | None:
    """Give a percentage as a fraction of one, exactly, or None when the text writes none from 0 to 100.

    >>> percent_of("28%"), percent_of("23.68 %"), percent_of("0"), percent_of("120"), percent_of("none")
    (Fraction(7, 25), Fraction(148, 625), Fraction(0, 1), None, None)
    """
    from fractions import Fraction

    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*%?", text.strip())
    part = Fraction(found[1]) / 100 if found else None
    return part if part is not None and part <= 1 else None


def _percent(definition: Definition, told: str) -> str:
    if told.casefold() == NONE:
        return NONE
    if percent_of(told) is None:
        raise BadInput(
            "setting.bad-value", f"'{definition.name}' is not '{told}'.", "Write a percentage, as in 28% or 23.68%."
        )
    return told.rstrip("% ")


def said(definition: Definition, value: str) -> str:
    """Give a kept value in people's words.

    >>> said(BY_NAME["threshold"], "800000")
    '£8,000.00'
    """
    if definition.measure is Measure.DEADLINE and value != NONE:
        from senco.dates import say_time

        count, counted, clock = value.split()
        days = f"{count} {'working ' if counted == 'working' else ''}day{'' if count == '1' else 's'}"
        return f"{days}, {say_time(time.fromisoformat(clock))}"
    if definition.measure is Measure.PERCENT and value != NONE:
        return f"{value}%"
    if definition.measure is Measure.PENCE:
        from senco.money import say_pounds

        return say_pounds(int(value))
    return value


def what_else(name: str) -> str:
    """Say what a person who sets this is likely to have to set as well, or give an empty text.

    >>> what_else("la.code")
    ' Calendars and agendas print la.name: set that too.'
    >>> what_else("threshold")
    ''
    """
    return " Calendars and agendas print la.name: set that too." if name == "la.code" else ""


def _deadline(definition: Definition, told: str) -> str:
    """Read "10 working days, 5pm", "2 weeks", "14 days at 6pm" or none.

    >>> [_deadline(BY_NAME["closing"], told) for told in ("10 working days at 5pm", "2 weeks", "7 days, 18:00", "none")]
    ['10 working 17:00', '14 calendar 17:00', '7 calendar 18:00', 'none']
    """
    if told.casefold() == NONE:
        return NONE
    found = _DEADLINE.fullmatch(told.casefold())
    if not found:
        raise BadInput(
            "setting.bad-value",
            f"'{definition.name}' is not '{told}'.",
            "Write it as '10 working days, 5pm', '14 days', '2 weeks at 6pm' or none.",
        )
    count = int(found["count"]) * (_WEEK if found["unit"] == "week" else 1)
    clock = time(17)
    if found["clock"]:
        from senco.dates import parse_time

        clock = parse_time(found["clock"])
    return f"{count} {'working' if found['working'] else 'calendar'} {clock.isoformat(timespec='minutes')}"


def _share(definition: Definition, told: str) -> str:
    """Read a number of people, a fraction of them, or none.

    >>> [_share(BY_NAME["quorum"], told) for told in ("5", "2/5", "two fifths", "half", "none")]
    ['5', '2/5', '2/5', '1/2', 'none']
    """
    plain = _SPOKEN.get(" ".join(told.casefold().replace("-", " ").split()), told.casefold())
    found = re.fullmatch(r"([0-9]{1,3})(?:\s*/\s*([0-9]{1,3}))?", plain)
    if plain == NONE:
        return NONE
    if not found or (found[2] and not 0 < int(found[1]) <= int(found[2])):
        raise BadInput(
            "setting.bad-value",
            f"'{definition.name}' is not '{told}'.",
            "Give a number (5), a fraction (2/5, half) or none.",
        )
    return f"{int(found[1])}/{int(found[2])}" if found[2] else str(int(found[1]))


def groups_of(text: str) -> dict[str, tuple[str, ...]]:
    """Give the codes of each group, by its name, of a text such as "sensory: HI, VI; learning: MLD"; {} if it is none.

    >>> groups_of("sensory: hi, VI; learning: MLD")
    {'sensory': ('HI', 'VI'), 'learning': ('MLD',)}
    >>> groups_of("sensory"), groups_of("one: HI; two: HI"), groups_of("one: ,")
    ({}, {}, {})
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split(";"):
        name, _, told = part.partition(":")
        codes = tuple(code.strip().upper() for code in told.split(",") if code.strip())
        if not codes or not name.strip() or name.strip() in found:
            return {}
        found[" ".join(name.split())] = codes
    every = [code for codes in found.values() for code in codes]
    return found if len(set(every)) == len(every) else {}


def _groups(definition: Definition, told: str) -> str:
    found = groups_of(told)
    if not found:
        raise BadInput(
            "setting.bad-value",
            f"'{definition.name}' cannot be read.",
            "Write it as 'an area: CODE, CODE; another area: CODE', each code once.",
        )
    return "; ".join(f"{name}: {', '.join(codes)}" for name, codes in found.items())


_READERS: Final = {
    Measure.COUNT: _count,
    Measure.FIGURE: _figure,
    Measure.DEADLINE: _deadline,
    Measure.SHARE: _share,
    Measure.GROUPS: _groups,
    Measure.PERCENT: _percent,
}
