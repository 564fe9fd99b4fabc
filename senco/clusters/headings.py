"""What the headings of a cluster table say: a table is known by them, not by where it lies."""

from __future__ import annotations

import re
from enum import StrEnum

from senco.privacy import fold


class Heading(StrEnum):
    """What a column holds."""

    CLUSTER = "cluster"
    SCHOOL = "school"
    WRITTEN = "written as"
    PHASE = "phase"
    PRIMARY = "Primary"
    SECONDARY = "Secondary"
    LEAD = "lead"
    HOST = "host school"
    URN = "urn"
    DFE_NUMBER = "dfe number"
    TRUST = "trust"
    YEAR = "year"
    MODEL = "model"
    OTHER = "other"


PHASES = frozenset({Heading.PRIMARY, Heading.SECONDARY})

_WORDS: tuple[tuple[Heading, str], ...] = (
    (Heading.HOST, r"(lead cluster )?host( school)?( name)?|lead school"),
    (Heading.LEAD, r"(cluster )?leads?( cluster)?( sencos?)?( name)?|lead sencos?|senco leads?|cluster lead sencos?"),
    (Heading.CLUSTER, r"(senco |send |sen )?clusters?( name| reference| ref| no| number| group)?"),
    (Heading.WRITTEN, r"(school )?(written as|known as|nickname|short name)"),
    (
        Heading.SCHOOL,
        r"(name of )?schools?( name)?|establishment ?(name)?|schools in (the )?cluster|members?( schools?)?",
    ),
    (Heading.PHASE, r"phase( of education)?|school phase|phase ?of ?education \(name\)"),
    (Heading.SECONDARY, r"secondary|secondaries|secondary schools?|secondary phase|high schools?"),
    (Heading.PRIMARY, r"primary|primaries|primary schools?|primary phase|infants?( schools?)?|juniors?( schools?)?"),
    (Heading.URN, r"(school )?urn|unique reference number"),
    (
        Heading.DFE_NUMBER,
        r"dfe? ?(number|no|code)?|dfes (number|no)|la ?estab|la/estab|la estab( number)?|school number",
    ),
    (Heading.TRUST, r"(mat|academy trust|trust)s?( name)?|mats?/fts?|mat/trust|trusts \(name\)"),
    (Heading.YEAR, r"(academic |school )?year"),
    (Heading.MODEL, r"(cluster )?model"),
    (
        Heading.OTHER,
        (
            r"notes?|comments?|remarks?|e-?mails?( address(es)?)?|(main |school )?contacts?( (name|details|number))?"
            r"|(tele)?phones?( (number|no))?|tel( no)?|mobile|address|post ?code|website|head ?teachers?|heads?"
            r"|(school )?senco( name)?s?|pupils( on roll)?|nor|roll"
        ),
    ),
)
_PATTERNS = tuple((heading, re.compile(pattern)) for heading, pattern in _WORDS)

_KEY_MARK = re.compile(
    r"(key|legend|notes?)( ?:.*)?|(mats?|fts?|trusts?)([ /&,]+(and )?(mats?|fts?|trusts?))*( key)?|key to .*"
)
_BASE_MARK = re.compile(r"denotes\b.*|.*\bopp(ortunity)? bases?\b.*")
_LABEL = re.compile(
    r"\s*(?P<label>(?:cluster\s+)?lead(?:\s+cluster)?(?:\s+senco)?|host(?:\s+school)?)\s*[:–-]\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_LONGEST = 60
_FOOTNOTE = re.compile(r"[*†‡§#^]+ *\S+( \S+){2,}|(nb|n\.b\.|note|please note)\b.*|\(.*\)", re.DOTALL)
_NOBODY = re.compile(
    r"|[-–—?.x]+|n/?a|none|nil|nobody|no ?one|no lead|vacan(t|cy)( post)?|tb[acdn]"
    r"|to be (confirmed|appointed|advised|agreed)|(not|un)[ -]?known|not (yet )?(appointed|known|confirmed)"
    r"|awaiting( appointment)?|pending"
)
_IN_BRACKETS = re.compile(r"([^()\[\]]*\S)\s*([(\[].*)", re.DOTALL)


def heading_of(text: str) -> Heading | None:
    """Give what a heading says its column holds, or None for any other text.

    >>> heading_of("Lead Cluster SENCO"), heading_of("Host school"), heading_of("Cluster Meeting")
    (<Heading.LEAD: 'lead'>, <Heading.HOST: 'host school'>, None)
    """
    told = fold(text).replace(".", "").strip(" :*")
    if not told or len(told) > _LONGEST:
        return None
    return next((heading for heading, pattern in _PATTERNS if pattern.fullmatch(told)), None)


def begins_key(text: str) -> bool:
    """Say whether a text opens the key below a table, or remarks on it.

    >>> begins_key("MATS/FTs"), begins_key("Notes:"), begins_key("Trust School")
    (True, True, False)
    """
    told = fold(text)
    return len(told) <= _LONGEST and bool(_KEY_MARK.fullmatch(told.strip(" :")) or _BASE_MARK.fullmatch(told))


def marks_bases(text: str) -> bool:
    """Say whether a text explains a mark for opportunity bases, which are drawn and not written.

    >>> marks_bases("Denotes Opp Base"), marks_bases("Opportunity base"), marks_bases("LEO")
    (True, True, False)
    """
    return bool(_BASE_MARK.fullmatch(fold(text)))


def is_footnote(text: str) -> bool:
    """Say whether a line on its own is a remark on the table: neither a cluster nor a school.

    >>> is_footnote("* schools in italics are under review"), is_footnote("*Cedar"), is_footnote("NB: to be agreed")
    (True, False, True)
    """
    return bool(_FOOTNOTE.fullmatch(" ".join(fold(text).split())))


def is_nobody(text: str) -> bool:
    """Say whether a cell that should name a person or a school says that there is none, or none yet.

    >>> [is_nobody(text) for text in ("vacant", "TBC", "n/a", "–", "A. Lead", "Vacant Lane Primary")]
    [True, True, True, True, False, False]
    """
    return bool(_NOBODY.fullmatch(fold(text).strip(" .,:;()[]*!")))


def before_brackets(text: str) -> tuple[str, str]:
    """Part a person's name from what stands behind it in brackets.

    >>> before_brackets("Ann Lead (maternity cover: B. Lead)"), before_brackets("Ann Lead"), before_brackets("(vacant)")
    (('Ann Lead', '(maternity cover: B. Lead)'), ('Ann Lead', ''), ('(vacant)', ''))
    """
    found = _IN_BRACKETS.fullmatch(text)
    return (found[1].rstrip(" ,;–-"), found[2]) if found else (text, "")


def labelled(text: str) -> tuple[Heading, str] | None:
    """Give what a text such as "Lead: A. Person" tells, and its value; None for any other text.

    >>> labelled("Host school: Harris"), labelled("Harris")
    ((<Heading.HOST: 'host school'>, 'Harris'), None)
    """
    found = _LABEL.fullmatch(text)
    if not found:
        return None
    heading = Heading.HOST if fold(found["label"]).startswith("host") else Heading.LEAD
    return heading, found["value"].strip()
