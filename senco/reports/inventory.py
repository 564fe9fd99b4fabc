"""What the store holds about people, table by table and column by column: the inventory that a DPIA begins with.

The columns are read from the store's own schema; what each of them is, is said here, and nowhere else. A column that is
not said here shows as not classified, and the tests fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Category(StrEnum):
    """What a column says of a person."""

    IDENTITY = "identity of a child"
    HEALTH = "a child's special needs"
    CHILD = "about a child, by case or key"
    TEXT = "free text, which may tell of a child"
    STAFF = "name or address of an adult at work"
    NONE = "no person"
    UNKNOWN = "not classified"


CHILDREN = (Category.IDENTITY, Category.HEALTH, Category.CHILD, Category.TEXT)


@dataclass(frozen=True, slots=True)
class Held:
    """What one table is for, who may come to see it, and the columns of it by what they say of a person."""

    purpose: str
    seen: str
    columns: Mapping[Category, str]


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """One column of the store: what it says of a person, what its table is for, who sees it, how long it is kept."""

    table: str
    column: str
    category: Category
    purpose: str
    seen: str
    kept: str


_OFFICER = "the officer at work"
_MEETING = "those at the meeting, without names of children; a school's packs hold its own cases alone"
_IDENTIFIED = "nobody, unless asked for with --identify, which is recorded"
_EVERYBODY = "everybody; nothing in it is personal"
_FINANCE = "the officer and finance"

KEPT_CHILD = (
    "with the child's SEN file (25 or 31 years from birth, longer with a plan or in care: the borough's schedule)"
)
KEPT_PANEL = "panel papers: the current year and one more, unless they belong to a child's SEN file"
KEPT_MONEY = "six years after the financial year"
KEPT_STAFF = "while in office and for the year after"
KEPT_RECORD = "as long as the store: it shows that nothing was altered"
KEPT_WORK = "as long as it is of use"

INVENTORY: dict[str, Held] = {
    "appointment": Held(
        "who leads a cluster, from when to when",
        "everybody in the clusters",
        {
            Category.STAFF: "person",
            Category.NONE: "appointment_id cluster_id role host_urn appointed_by starts ends source",
        },
    ),
    "attendance": Held(
        "which school was at which meeting",
        "those who meet",
        {
            Category.STAFF: "contact_id marked_by",
            Category.NONE: "attendance_id meeting_reference urn mark marked_at",
        },
    ),
    "award_change": Held(
        "an award that moves with its child, or ends",
        _OFFICER,
        {
            Category.CHILD: "request_reference urn holds_from kind",
            Category.TEXT: "reason",
            Category.STAFF: "made_by",
            Category.NONE: "award_change_id decision_id made_at",
        },
    ),
    "award_event": Held(
        "how an award is paid, stopped or taken along",
        _FINANCE,
        {
            Category.CHILD: "request_reference kind day urn",
            Category.TEXT: "because",
            Category.STAFF: "made_by",
            Category.NONE: "event_id pattern fund made_at",
        },
    ),
    "bank_holiday": Held("working days", _EVERYBODY, {Category.NONE: "day title source"}),
    "catalogue_entry": Held(
        "what an hour of a provision costs",
        _EVERYBODY,
        {Category.STAFF: "set_by", Category.NONE: "entry_id name folded delivered_by rate holds_from ended set_at"},
    ),
    "cluster": Held(
        "the clusters of a year", _EVERYBODY, {Category.NONE: "cluster_id year model reference name source"}
    ),
    "contact": Held(
        "whom to invite to meetings",
        "the officer; calendars and invitations",
        {
            Category.STAFF: "name folded_name role organisation email",
            Category.NONE: "contact_id urn invited_to starts ends source",
        },
    ),
    "decision": Held(
        "what the Designated Officer decided, and why",
        _MEETING,
        {
            Category.CHILD: "request_reference outcome amount_pence awarded_from awarded_to review_on",
            Category.TEXT: "reason",
            Category.STAFF: "officer made_by",
            Category.NONE: "decision_id request_version meeting_reference recommendation_id supersedes taken_back"
            " made_at reason_lines decided_on settings_known wanted_by",
        },
    ),
    "decision_letter": Held(
        "when a decision was told",
        _OFFICER,
        {Category.STAFF: "made_by", Category.NONE: "decision_id dated_on made_at"},
    ),
    "finance_line": Held(
        "a line of finance's statement, matched with the ledger",
        _FINANCE,
        {Category.TEXT: "reference", Category.NONE: "statement_id line place day amount_pence entry_number"},
    ),
    "finance_statement": Held(
        "which statements of finance were read",
        _FINANCE,
        {
            Category.STAFF: "imported_by",
            Category.NONE: "statement_id account_id digest file first last balance_pence imported_at",
        },
    ),
    "holiday": Held(
        "term dates and holidays",
        _EVERYBODY,
        {Category.NONE: "holiday_id year title first last la_code urn source kind"},
    ),
    "interest_settled": Held(
        "whose interest a meeting confirmed or dismissed",
        _MEETING,
        {
            Category.CHILD: "request_reference",
            Category.TEXT: "reason",
            Category.STAFF: "made_by",
            Category.NONE: "settled_id meeting_reference urn ground state made_at",
        },
    ),
    "ledger_account": Held(
        "the accounts of the ledger",
        _FINANCE,
        {Category.STAFF: "opened_by", Category.NONE: "account_id name year unit kind cluster fund urn opened_at"},
    ),
    "ledger_entry": Held(
        "money and specialists' time that moved",
        _FINANCE,
        {
            Category.CHILD: "request_reference",
            Category.TEXT: "description",
            Category.STAFF: "party made_by",
            Category.NONE: "number day from_account to_account amount kind receipt run reverses made_at",
        },
    ),
    "ledger_override": Held(
        "why a fund may be overspent",
        _FINANCE,
        {
            Category.CHILD: "request_reference",
            Category.TEXT: "reason",
            Category.STAFF: "made_by",
            Category.NONE: "override_id account_id amount entry_number made_at",
        },
    ),
    "meeting": Held(
        "the programme of the year",
        _EVERYBODY,
        {
            Category.STAFF: "chair",
            Category.NONE: "reference year kind title for_all starts ends zone starts_utc ends_utc venue purpose status"
            " uid sequence changed_at source",
        },
    ),
    "meeting_action": Held(
        "what was agreed, by whom and by when",
        "those who meet",
        {
            Category.TEXT: "task",
            Category.STAFF: "owner",
            Category.NONE: "action_id meeting_reference due agreed_at closed_on outcome",
        },
    ),
    "meeting_change": Held(
        "a meeting's history",
        "the officer",
        {
            Category.STAFF: "made_by",
            Category.NONE: "meeting_change_id meeting_reference change sequence starts_before ends_before venue_before"
            " status_before starts_after ends_after venue_after status_after reason made_at",
        },
    ),
    "meeting_cluster": Held("who meets", _EVERYBODY, {Category.NONE: "meeting_reference cluster_reference"}),
    "meeting_deadline": Held(
        "deadlines fixed for one meeting", _EVERYBODY, {Category.NONE: "meeting_reference kind due fixed_at"}
    ),
    "membership": Held(
        "which school is in which cluster",
        _EVERYBODY,
        {Category.NONE: "membership_id cluster_id urn nickname joined left_on source"},
    ),
    "moderation": Held(
        "what a cluster found, and why",
        _MEETING,
        {
            Category.CHILD: "request_reference outcome level",
            Category.TEXT: "reason",
            Category.STAFF: "made_by",
            Category.NONE: "moderation_id request_version meeting_reference supersedes taken_back votes_for"
            " votes_against votes_abstained chair_urn moderating_chair_urn made_at reason_lines casting",
        },
    ),
    "moderation_interest": Held(
        "who stayed out of an item at the cluster",
        _MEETING,
        {Category.TEXT: "reason", Category.NONE: "moderation_id urn ground state"},
    ),
    "presence": Held(
        "who sat over the requests of a meeting",
        _MEETING,
        {
            Category.STAFF: "office made_by",
            Category.NONE: "presence_id meeting_reference cluster_reference urn here made_at",
        },
    ),
    "provision_line": Held(
        "the costed provision of a case, line by line",
        _MEETING,
        {
            Category.CHILD: "request_reference stage minutes sharing alone items_pence cost_pence",
            Category.TEXT: "provision what delivered_by",
            Category.NONE: "place weeks rate rate_source",
        },
    ),
    "publication": Held(
        "which reports were published, and the threshold that held",
        _OFFICER,
        {Category.STAFF: "made_by", Category.NONE: "publication_id name kind year term day below counts made_at"},
    ),
    "published_count": Held(
        "the counts of a published report: the numbers shown, and which were hidden, without their numbers",
        _EVERYBODY,
        {Category.NONE: "publication_id key shown"},
    ),
    "pupil": Held(
        "which child a case is about",
        _IDENTIFIED,
        {
            Category.IDENTITY: "pupil_key upn former_upn given_names family_name birth_date home_la_code urn",
            Category.HEALTH: "looked_after",
            Category.STAFF: "changed_by",
            Category.NONE: "commitment_key version changed_at",
        },
    ),
    "ratification": Held(
        "what a panel said of a decision made outside a meeting",
        _MEETING,
        {
            Category.TEXT: "reason",
            Category.STAFF: "made_by",
            Category.NONE: "ratification_id decision_id meeting_reference ratified made_at",
        },
    ),
    "reason_line": Held(
        "the reasons of a record: criteria, evidence, conditions, advice",
        _MEETING,
        {Category.TEXT: "text", Category.STAFF: "owner", Category.NONE: "record record_id place kind due_on"},
    ),
    "recommendation": Held(
        "what the panel advised, and why",
        _MEETING,
        {
            Category.CHILD: "request_reference outcome amount_pence awarded_from awarded_to",
            Category.TEXT: "reason",
            Category.STAFF: "chair moderating_chair made_by",
            Category.NONE: "recommendation_id request_version meeting_reference moderation_id supersedes taken_back"
            " votes_for votes_against votes_abstained made_at reason_lines casting",
        },
    ),
    "recommendation_interest": Held(
        "who stayed out of an item at the panel",
        _MEETING,
        {Category.TEXT: "reason", Category.NONE: "recommendation_id urn ground state"},
    ),
    "request": Held(
        "what a school asks for, without the child's name",
        _MEETING,
        {
            Category.HEALTH: "sen_status",
            Category.CHILD: "reference urn type pupils year_group attendance_tenths cost_pence element2_pence"
            " asked_pence asked_from asked_to urgent consent consent_on submitted_on resubmits renews withdrawn_on"
            " form_key",
            Category.TEXT: "provision_now provision_asked outcome_sought parents_views pupils_views urgent_because"
            " withdrawn_because",
            Category.STAFF: "filled_in_by received_by",
            Category.NONE: "year cluster_reference meeting_reference panel_reference form_version version received_at"
            " source",
        },
    ),
    "request_agency": Held(
        "which agencies know the child",
        _MEETING,
        {Category.HEALTH: "agency last_seen", Category.CHILD: "request_reference", Category.NONE: "place"},
    ),
    "request_correction": Held(
        "which parts of a form were corrected, never what stood in them",
        _OFFICER,
        {
            Category.CHILD: "request_reference",
            Category.STAFF: "corrected_by",
            Category.NONE: "version fields corrected_at",
        },
    ),
    "request_evidence": Held(
        "which evidence a school holds, with its date",
        _MEETING,
        {
            Category.CHILD: "request_reference kind dated reviewed_on",
            Category.TEXT: "title",
            Category.NONE: "place",
        },
    ),
    "request_funding": Held(
        "other money for the same child, so that nothing is paid twice",
        _MEETING,
        {Category.CHILD: "request_reference stream amount_pence starts ends", Category.NONE: "place"},
    ),
    "request_need": Held(
        "the needs of a case, ranked",
        _MEETING,
        {Category.HEALTH: "code", Category.CHILD: "request_reference", Category.NONE: "rank"},
    ),
    "request_pupil": Held(
        "which children a case is about, and their parents' consent",
        _IDENTIFIED,
        {
            Category.IDENTITY: "pupil_key",
            Category.CHILD: "request_reference consent_on year_group consent_form",
            Category.TEXT: "consent_scope",
            Category.NONE: "place",
        },
    ),
    "review": Held(
        "how an award was found to stand",
        _MEETING,
        {
            Category.CHILD: "request_reference reviewed_on score next_on",
            Category.TEXT: "note",
            Category.STAFF: "made_by",
            Category.NONE: "review_id decision_id made_at",
        },
    ),
    "school": Held(
        "the school register, as the government publishes it",
        _EVERYBODY,
        {
            Category.NONE: "urn la_code la_name establishment_number name folded_name type type_group status phase"
            " low_age high_age gender pupils fsm_tenths trust federation town postcode easting northing open_date"
            " close_date resourced_provision resourced_on_roll sen_unit_on_roll"
        },
    ),
    "school_alias": Held(
        "other names of a school",
        _EVERYBODY,
        {Category.NONE: "alias_id alias folded la_code urn decided_by source made_at ended_at"},
    ),
    "school_link": Held(
        "which school followed which", _EVERYBODY, {Category.NONE: "urn link_urn link_type link_name established"}
    ),
    "setting": Held(
        "the borough's rules, each from a day on",
        _EVERYBODY,
        {Category.STAFF: "set_by", Category.NONE: "setting_id name value holds_from set_at"},
    ),
    "standing_item": Held(
        "what returns on agendas every year",
        _EVERYBODY,
        {Category.NONE: "standing_item_id title months kinds holds_from ends source"},
    ),
    "store_identity": Held("which store this is", _OFFICER, {Category.NONE: "one store_id made_at"}),
    "migration": Held("which steps built the store", _OFFICER, {Category.NONE: "number name checksum at"}),
    "trail": Held(
        "who did what and when: facts and counts, never a child and never a reason",
        _OFFICER,
        {
            Category.CHILD: "subject",
            Category.STAFF: "actor",
            Category.NONE: "number at verb detail change_id schema_digest commitments previous_hash hash",
        },
    ),
}
_KEPT_CHILD = {
    "pupil", "request", "request_pupil", "request_need", "request_agency", "request_evidence", "request_funding",
    "request_correction", "provision_line", "decision", "decision_letter", "review", "award_change", "reason_line",
}  # fmt: skip
_KEPT_PANEL = {
    "moderation", "moderation_interest", "recommendation", "recommendation_interest", "interest_settled", "presence",
    "ratification",
}  # fmt: skip
_KEPT_MONEY = {
    "ledger_account", "ledger_entry", "ledger_override", "finance_line", "finance_statement", "award_event",
}  # fmt: skip
_KEPT_STAFF = {"appointment", "contact", "attendance", "meeting_action"}


def inventory(columns: Iterable[tuple[str, str]]) -> list[InventoryLine]:
    """Give a line for each column of a schema, given as pairs of table and column.

    >>> [str(line.category) for line in inventory([("pupil", "upn"), ("pupil", "shoe_size"), ("shoe", "size")])]
    ['identity of a child', 'not classified', 'not classified']
    """
    return [_line(table, column) for table, column in columns]


def kept(table: str) -> str:
    """Say how long what a table holds is kept.

    >>> kept("ledger_entry"), kept("school")
    ('six years after the financial year', 'as long as it is of use')
    """
    if table == "trail":
        return KEPT_RECORD
    for tables, said in (
        (_KEPT_CHILD, KEPT_CHILD),
        (_KEPT_PANEL, KEPT_PANEL),
        (_KEPT_MONEY, KEPT_MONEY),
        (_KEPT_STAFF, KEPT_STAFF),
    ):
        if table in tables:
            return said
    return KEPT_WORK


def _line(table: str, column: str) -> InventoryLine:
    held = INVENTORY.get(table)
    if held is None:
        return InventoryLine(table, column, Category.UNKNOWN, "", "", "")
    for category, names in held.columns.items():
        if column in names.split():
            return InventoryLine(table, column, category, held.purpose, held.seen, kept(table))
    return InventoryLine(table, column, Category.UNKNOWN, held.purpose, held.seen, kept(table))
