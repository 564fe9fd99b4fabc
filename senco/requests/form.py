"""The layout of a request's form, said once: what is asked, what may be answered, and under which headings.

The writer of the empty form and the reader of a filled one both go by it, so that they cannot part.
"""

from __future__ import annotations

from typing import Final

from senco.deferred import dataclass
from senco.requests import rules
from senco.requests.form_kinds import EvidenceKind, ProvisionStage
from senco.requests.kinds import RequestType, SenStatus
from senco.sheets.specs import ColumnKind

YES, NO = "yes", "no"
YES_NO: Final = (YES, NO)
SMALL: Final = ColumnKind.NUMBER
# Money that a child may have already; a borough may name others in its own words.
STREAMS: Final = (
    "Reception transition",
    "EHC plan",
    "Additional Support Contract",
    "Targeted funding from SENCO cluster",
    "Other",
)
CONSENT_FORMS: Final = ("paper", "electronic", "spoken, noted by the school")
CONSENT_SCOPES: Final = ("cluster, panel and officers", "cluster only", "officers only")

QUESTION, ANSWER, NOTE = "Question", "Answer", "What is meant"
FORM_SHEET, PROVISION_SHEET, CATALOGUE_SHEET = "Request", "Provision", "Catalogue"
PUPILS_SHEET, EVIDENCE_SHEET, FUNDING_SHEET, AGENCIES_SHEET = "Pupils", "Evidence", "Funding", "Agencies"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form, by its key: a drop-down when it has choices; ``long`` answers are free text."""

    key: str
    label: str
    note: str
    choices: tuple[str, ...] = ()
    kind: ColumnKind = ColumnKind.TEXT
    long: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table of the form."""

    key: str
    label: str
    note: str
    choices: tuple[str, ...] = ()
    kind: ColumnKind = ColumnKind.TEXT
    width: float = 14.0
    long: bool = False


_TYPES: Final = tuple(each.value for each in RequestType)
_STATUSES: Final = tuple(each.value for each in SenStatus)
_NEEDS: Final = tuple(rules.NEEDS)

QUESTIONS: Final = (
    Question("version", "Form version", "Leave as it is: it tells which form this is.", needed=True),
    Question("school", "School", "Its name as in the register, or its URN.", needed=True),
    Question(
        "number",
        "Form number",
        "Your school's own count: 1, 2, 3 … in a year. Keep it when you correct this form and send it again.",
        kind=SMALL,
        needed=True,
    ),
    Question("submitted", "Date sent", "The day on which you send this form.", kind=ColumnKind.DATE, needed=True),
    Question("filled_in_by", "Filled in by", "Your role, such as SENCO."),
    Question(
        "type",
        "Type of request",
        "discussion: advice only; individual: for one pupil; group: for several; project: for no named pupil.",
        choices=_TYPES,
        needed=True,
    ),
    Question("resubmits", "Earlier request", "When this was asked before: its reference, as in R-7KQ4."),
    Question("pupil_count", "How many pupils", "For a group or a project.", kind=SMALL),
    Question("need1", "Need, the first", "By the Department's codes; the list is below.", choices=_NEEDS, needed=True),
    Question("need2", "Need, the second", "If there is one.", choices=_NEEDS),
    Question("need3", "Need, the third", "If there is one.", choices=_NEEDS),
    Question(
        "status",
        "SEN status",
        "K: SEN support; E: EHC plan; assessing: being assessed for a plan; N: none.",
        choices=_STATUSES,
        needed=True,
    ),
    Question("attendance", "Attendance, per cent", "Of this school year so far, as in 92.5.", kind=SMALL),
    Question(
        "provision_now",
        "Provision now",
        "What is done already, in words; its costs stand on the sheet Provision, marked now.",
        long=True,
    ),
    Question(
        "provision_asked",
        "Provision asked for",
        "What it is for, in words. Write 'the pupil', never a name: this is read at meetings.",
        long=True,
        needed=True,
    ),
    Question(
        "outcome_sought", "Outcome sought", "What will be different, by when, and how you will see it.", long=True
    ),
    Question("parents_views", "Parents' views", "In their words, without names.", long=True),
    Question("pupils_views", "Pupil's views", "In the pupil's words, without names.", long=True),
    Question("element2", "Spent from element 2, £ a year", "What the school spends itself.", kind=ColumnKind.POUNDS),
    Question(
        "asked",
        "Asked for, £ a year",
        "It works itself out as cost less element 2; put a lower sum over it if you ask for less.",
        kind=ColumnKind.POUNDS,
    ),
    Question("asked_from", "From", "The day from which it is asked for.", kind=ColumnKind.DATE),
    Question("asked_to", "Until", "The last day.", kind=ColumnKind.DATE),
    Question("urgent", "Urgent", "yes only when it cannot wait for the next meeting.", choices=YES_NO),
    Question("urgent_because", "Why it is urgent", "Needed when it is. No names.", long=True),
)

PUPIL_HEADINGS: Final = (
    Heading("given_names", "Given names", "As in the school's roll.", width=16),
    Heading("family_name", "Family name", "As in the school's roll.", width=18),
    Heading("upn", "UPN", "13 characters; a temporary one ends with a letter.", width=17),
    Heading("former_upn", "Former UPN", "If it has changed.", width=17),
    Heading("birth_date", "Date of birth", "Day, month, year.", kind=ColumnKind.DATE, width=14),
    Heading("year_group", "Year group", "N1, N2, R or 1 to 14.", choices=rules.YEAR_GROUPS, width=10),
    Heading("looked_after", "Looked after", "yes or no.", choices=YES_NO, width=10),
    Heading("home_la_code", "Home LA", "The code of the authority the child lives in, as in 319.", kind=SMALL, width=9),
    Heading("consent_form", "Consent: how", "How the parents gave it.", choices=CONSENT_FORMS, width=16),
    Heading("consent_scope", "Consent: for whom", "Who may read this.", choices=CONSENT_SCOPES, width=18),
    Heading("consent_on", "Consent: when", "The day they gave it.", kind=ColumnKind.DATE, width=14),
)
EVIDENCE_HEADINGS: Final = (
    Heading("kind", "Kind of evidence", "Choose one.", choices=tuple(each.value for each in EvidenceKind), width=20),
    Heading("title", "What it is", "Such as Educational psychologist's report. No names.", width=60, long=True),
    Heading("dated", "Dated", "The day it was written or began.", kind=ColumnKind.DATE, width=16),
    Heading("reviewed_on", "Reviewed", "For a plan: the day it was reviewed.", kind=ColumnKind.DATE, width=16),
)
FUNDING_HEADINGS: Final = (
    Heading("stream", "Funding stream", "Money this child has already from elsewhere.", choices=STREAMS, width=38),
    Heading("amount", "£ a year", "As far as you know.", kind=ColumnKind.POUNDS, width=16),
    Heading("starts", "Since", "From when.", kind=ColumnKind.DATE, width=16),
    Heading("ends", "Till", "Until when.", kind=ColumnKind.DATE, width=16),
)
AGENCY_HEADINGS: Final = (
    Heading("agency", "Agency", "Who outside the school worked with the child in the last 12 months.", width=50),
    Heading("last_seen", "Last seen", "The day of the last contact.", kind=ColumnKind.DATE, width=16),
)
PROVISION_HEADINGS: Final = (
    Heading(
        "stage",
        "Now or asked",
        "now: made already; asked: all the provision that the pupil should have, also what goes on.",
        choices=tuple(each.value for each in ProvisionStage),
        width=9,
    ),
    Heading("provision", "Provision", "From the catalogue, so that all schools cost alike.", width=27),
    Heading("what", "What exactly", "Such as mornings, literacy. No names.", width=26, long=True),
    Heading("delivered_by", "Delivered by", "Only where it differs from the catalogue.", width=18),
    Heading("minutes", "Minutes a week", "For the whole group.", kind=SMALL, width=9),
    Heading(
        "sharing",
        "Pupils sharing",
        "How many share it: 4 pay a quarter each. In a group's form leave it empty: the group pays it whole.",
        kind=SMALL,
        width=9,
    ),
    Heading(
        "alone", "Only for this pupil", "yes: nobody shares what is set up for this pupil.", choices=YES_NO, width=9
    ),
    Heading("weeks", "Weeks", "Only where it is not the whole year.", kind=SMALL, width=8),
    Heading("rate", "£ an hour", "Only where it is in no catalogue.", kind=SMALL, width=9),
    Heading("items", "Items £ a year", "Materials and the like.", kind=ColumnKind.POUNDS, width=11),
)
COST_LABEL: Final = "Cost a year"
PUPIL_ROWS, EVIDENCE_ROWS, FUNDING_ROWS, AGENCY_ROWS = 8, 10, 4, 6
LINES: Final = 20
# The figures that the form works out by itself; the reader passes them over.
WORKED_OUT: Final = (
    ("cost_asked", "Cost of the provision asked for, £ a year"),
    ("cost_now", "Cost of the provision now, £ a year"),
    ("less", "Less element 2, £ a year"),
    ("top_up", "Cost less element 2, £ a year"),
    ("gap", "Lacking to the threshold, £ a year"),
)
