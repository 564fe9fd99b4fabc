"""Forms as people see them: what becomes of each, what is missing, how a cost is worked out. No child is named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.console.listing import Card, Column, Listing
from senco.dates import say_date
from senco.money import say_pounds
from senco.requests import costing
from senco.requests.form_kinds import FormFate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.errors import Problem
    from senco.requests.catalogue import CatalogueChange
    from senco.requests.form_kinds import (
        CatalogueLine,
        CheckedLine,
        Costing,
        FormDraft,
        FormLine,
        IdentityLine,
        ReadinessLine,
    )


def forms(lines: Sequence[FormLine], problems: Sequence[Problem], *, planned: bool) -> tuple[Listing, ...]:
    """Lay out what becomes of each form, and under it every problem with its cell."""
    told = Listing(
        "forms",
        lines,
        (
            Column("Form", lambda line: line.file, keep=2),
            Column("Plan" if planned else "Done", lambda line: line.fate),
            Column("Request", lambda line: line.request or ("new" if line.fate == FormFate.ADDED else "")),
            Column("School", lambda line: line.school, keep=3, whole=False),
            Column("No.", lambda line: str(line.number or ""), align="right", keep=4),
            Column("Type", lambda line: line.type, keep=6),
            Column("Cost", lambda line: _pounds(line, line.cost_pence), align="right", keep=2),
            Column("Asked", lambda line: _pounds(line, line.asked_pence), align="right", keep=1),
            Column("Meeting", lambda line: line.meeting, keep=3),
            Column("Errors", lambda line: str(line.errors or ""), align="right", keep=1),
            Column("Queries", lambda line: str(line.queries or ""), align="right", keep=5),
            Column("What changes", lambda line: "; ".join(line.changes), keep=4, whole=False),
        ),
    )
    wrong = Listing(
        "problems",
        problems,
        (
            Column("Where", lambda each: each.where),
            Column("What is wrong", lambda each: each.what, whole=False),
            Column("What to do", lambda each: each.do, keep=1, whole=False),
        ),
        title="Problems",
    )
    return (told, wrong) if problems else (told,)


def forms_said(lines: Sequence[FormLine]) -> str:
    """Say how many forms met which fate."""
    counts = {fate: sum(line.fate == fate for line in lines) for fate in FormFate}
    said = ", ".join(f"{count} {fate.value}" for fate, count in counts.items())
    return f"{len(lines)} form{'' if len(lines) == 1 else 's'}: {said}."


def checked(lines: Sequence[CheckedLine], findings: Sequence[ReadinessLine]) -> tuple[Listing, ...]:
    """Lay out which requests are ready for their meeting, and what was found in each."""
    summary = Listing(
        "requests",
        lines,
        (
            Column("Request", lambda line: line.request),
            Column("School", lambda line: line.school, keep=1, whole=False),
            Column("Meeting", lambda line: line.meeting or "none", keep=1),
            Column("Errors", lambda line: str(line.errors or ""), align="right"),
            Column("Queries", lambda line: str(line.queries or ""), align="right"),
            Column("Ready", lambda line: "yes" if line.ready else "no"),
        ),
        empty="No request waits for its cluster.",
    )
    found = Listing(
        "findings",
        findings,
        (
            Column("Request", lambda line: line.request),
            Column("Rule", lambda line: line.code),
            Column("Weight", lambda line: line.severity),
            Column("What is missing or doubtful", lambda line: line.what, whole=False),
            Column("What to do", lambda line: line.do, keep=1, whole=False),
        ),
        title="Findings",
        empty="Nothing is missing, nothing doubtful.",
    )
    return summary, found


def costed(line: Costing) -> Card:
    """Lay out how a request's cost is worked out, line by line."""
    held = "the top-up" if line.threshold_means == "top-up" else "the whole cost"
    gap = (
        f"{say_pounds(line.gap_pence)} is lacking" if line.gap_pence > 0 else f"passed by {say_pounds(-line.gap_pence)}"
    )
    facts = [
        ("Provision now", f"{say_pounds(line.now_pence)} a year"),
        ("Provision asked", f"{say_pounds(line.stored_pence)} a year"),
        ("Element 2", f"− {_counted(line.element2_pence, line.element2_workings)}"),
        ("Top-up", f"= {say_pounds(line.top_up_pence)}"),
        ("Asked for", f"{say_pounds(line.requested_pence)} a year"),
        ("Threshold", f"{_counted(line.threshold_pence, line.threshold_workings)}, held against {held}: {gap}"),
    ]
    lines = Listing(
        "lines",
        line.lines,
        (
            Column("No.", lambda each: str(each.place), align="right"),
            Column("Now or asked", lambda each: each.stage),
            Column("Provision", lambda each: _provision(each.provision, each.what), keep=1, whole=False),
            Column("Delivered by", lambda each: each.delivered_by, keep=5, whole=False),
            Column("Workings", lambda each: each.workings, keep=2),
            Column("Rate from", lambda each: each.rate_source, keep=4),
            Column("Cost a year", lambda each: say_pounds(each.cost_pence), align="right"),
        ),
        title="The provision map",
        empty="No line of provision came with this request: its cost was told as one sum.",
        notes=(costing.ROUNDING,) if line.lines else (),
    )
    return Card("cost", line, line.reference, facts, (lines,))


def catalogue(lines: Sequence[CatalogueLine], day: date) -> Listing:
    """Lay out the catalogue of a day."""
    return Listing(
        "catalogue",
        lines,
        (
            Column("Provision", lambda line: line.name),
            Column("Delivered by", lambda line: line.delivered_by, keep=2, whole=False),
            Column("An hour", lambda line: costing.said_rate(line.rate), align="right"),
            Column("Holds from", lambda line: say_date(date.fromisoformat(line.holds_from)), keep=1),
            *([Column("Ends", lambda line: _iso_day(line.ends or ""))] if any(each.ends for each in lines) else []),
        ),
        title=f"Catalogue of provisions on {say_date(day)}",
        empty="The catalogue is empty. `senco requests catalogue FILE` takes one in.",
    )


def catalogue_plan(changes: Sequence[CatalogueChange]) -> Listing:
    """Lay out what a table does to the catalogue."""
    return Listing(
        "changes",
        changes,
        (
            Column("Plan", lambda line: line.fate),
            Column("Provision", lambda line: line.name),
            Column("Delivered by", lambda line: line.delivered_by, keep=2, whole=False),
            Column("Was", lambda line: costing.said_rate(line.was) if line.was else "", align="right", keep=1),
            Column("An hour", lambda line: costing.said_rate(line.rate), align="right"),
        ),
    )


def papers(draft: FormDraft) -> tuple[Listing, ...]:
    """Lay out the evidence, the other funding and the agencies that a form names."""
    return (
        Listing(
            "evidence",
            draft.evidence,
            (
                Column("Kind", lambda each: each.kind),
                Column("What it is", lambda each: each.title, whole=False),
                Column("Dated", lambda each: _day(each.dated)),
                Column("Reviewed", lambda each: _day(each.reviewed_on)),
            ),
            title="Evidence held",
        ),
        Listing(
            "other_funding",
            draft.funding,
            (
                Column("Stream", lambda each: each.stream),
                Column("A year", lambda each: "" if each.amount_pence is None else say_pounds(each.amount_pence)),
                Column("From", lambda each: _day(each.starts)),
                Column("Until", lambda each: _day(each.ends)),
            ),
            title="Other funding",
        ),
        Listing(
            "agencies",
            draft.agencies,
            (
                Column("Agency", lambda each: each.agency),
                Column("Last seen", lambda each: _day(each.last_seen)),
            ),
            title="Outside agencies",
        ),
    )


def identities(lines: Sequence[IdentityLine]) -> Listing:
    """Lay out who the children of a request are: the one answer that names them."""
    return Listing(
        "identity",
        lines,
        (
            Column("Given names", lambda line: line.given_names),
            Column("Family name", lambda line: line.family_name),
            Column("UPN", lambda line: line.upn),
            Column("Born", lambda line: _iso_day(line.birth_date)),
            Column("Year", lambda line: line.year_group),
            Column("Looked after", lambda line: line.looked_after, keep=2),
            Column("Home LA", lambda line: str(line.home_la_code or ""), keep=2),
            Column("Consent", lambda line: line.consent_form or "none", keep=1),
            Column(
                "Given", lambda line: _day(date.fromisoformat(line.consent_on) if line.consent_on else None), keep=1
            ),
        ),
        title="Who it is for (that this was shown stands in the trail)",
        empty="No child is named with this request.",
    )


def _pounds(line: FormLine, pence: int) -> str:
    return "" if line.fate == FormFate.REFUSED else say_pounds(pence)


def _counted(pence: int, workings: str) -> str:
    return f"{say_pounds(pence)} ({workings})" if workings else say_pounds(pence)


def _provision(provision: str, what: str) -> str:
    return ": ".join(each for each in (provision, what) if each)


def _day(day: date | None) -> str:
    return say_date(day) if day else ""


def _iso_day(text: str) -> str:
    return say_date(date.fromisoformat(text)) if text else ""
