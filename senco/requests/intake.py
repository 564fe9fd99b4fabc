"""A filled form read into a draft, with every problem and its cell; nothing said about a child is ever repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from senco.errors import BadInput, Problem
from senco.requests import costing, form, identity, rules
from senco.requests.form_kinds import (
    FORM_VERSION,
    AgencyDraft,
    EvidenceDraft,
    FormDraft,
    FundingDraft,
    ProvisionDraft,
    ProvisionStage,
    PupilDraft,
    ReadForm,
)
from senco.requests.formreading import DATE_HINT, Reader, Row, tables_of
from senco.requests.kinds import RequestType, SenStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from senco.requests.form import Question
    from senco.sheets.kinds import Book

MOST_MINUTES: Final = 10_080  # a week has no more
MOST_SHARING: Final = 400
MOST_FORMS: Final = 9_999
_WHOLE: Final = 100
_FORMULAS_NOTE: Final = "Formulas without a saved value"
_ALONE: Final = frozenset({RequestType.INDIVIDUAL, RequestType.DISCUSSION})


def read_form(book: Book, *, today: date, place: int = 1) -> ReadForm:
    """Read a filled form; ``place`` is which of the files given it is, for one whose own name must not be said.

    A draft is given only when nothing is wrong with it.
    """
    reader = Reader(today)
    tables = tables_of(book)
    pupils = _pupils(reader, tables.get(form.PUPILS_SHEET, []))
    file = book.file
    if (safe := _unnamed(book, pupils, place)) != book:
        file, reader = safe.file, Reader(today)
        tables = tables_of(safe)
        pupils = _pupils(reader, tables.get(form.PUPILS_SHEET, []))
    kept = (note for note in _notes(book) if not note.startswith(_FORMULAS_NOTE))
    notes = tuple(note for note in kept if not identity.names_a_child(note, pupils))
    answers = next(iter(tables.get(form.FORM_SHEET, [])), None)
    if answers is None:
        return ReadForm(file, None, (_no_form(file),), notes)
    draft = _draft(reader, file, answers, pupils, tables) if _version_fits(reader, answers) else None
    problems = tuple(dict.fromkeys(reader.problems))
    return ReadForm(file, None if problems else draft, problems, notes)


def _unnamed(book: Book, pupils: Sequence[PupilDraft], place: int) -> Book:
    """Give the book with another name for the file, or for a sheet, whose own names the child: places are shown."""
    file = book.file
    if identity.file_names_a_child(file, pupils):
        file = f"form no. {place} of those given (its file name may name a child)"
    sheets = []
    for number, each in enumerate(book.sheets, start=1):
        name = f"sheet {number}" if identity.file_names_a_child(each.name, pupils) else each.name
        sheets.append(replace(each, book=file, name=name))
    return replace(book, file=file, sheets=tuple(sheets))


def _no_form(file: str) -> Problem:
    return Problem(
        file,
        f"No sheet has the headings '{form.QUESTION}' and '{form.ANSWER}': this is no form of a request.",
        "`senco requests template` writes the form.",
    )


def _notes(book: Book) -> Iterator[str]:
    yield from book.notes
    for sheet in book.sheets:
        yield from sheet.notes


def _version_fits(reader: Reader, answers: Row) -> bool:
    cell = answers.cells.get("version")
    if cell is not None and cell.text == FORM_VERSION:
        return True
    where = answers.sheet.place(cell) if cell else answers.sheet.place()
    reader.problems.append(
        Problem(
            where, "The form is of a version that is not known.", "`senco requests template` writes the present one."
        )
    )
    return False


def _pupils(reader: Reader, rows: Sequence[Row]) -> tuple[PupilDraft, ...]:
    return tuple(_pupil(reader, row) for row in rows)


def _pupil(reader: Reader, row: Row) -> PupilDraft:
    born = reader.day(row, "birth_date")
    if born is not None and born > reader.today:
        reader.problem(row.sheet, row.cells["birth_date"], "This day has not come yet.", DATE_HINT)
    consent_on = reader.day(row, "consent_on")
    if consent_on is not None and consent_on > reader.today:
        reader.problem(row.sheet, row.cells["consent_on"], "This day has not come yet.", DATE_HINT)
    home = row.text("home_la_code")
    looked_after = reader.choice(row, "looked_after", form.YES_NO)
    return PupilDraft(
        given_names=row.text("given_names"),
        family_name=row.text("family_name"),
        upn=_upn(reader, row, "upn"),
        former_upn=_upn(reader, row, "former_upn"),
        birth_date=born,
        year_group=_year_group(reader, row),
        looked_after=looked_after == form.YES if looked_after else None,
        home_la_code=reader.count(row, "home_la_code", 200, 999) if home else None,
        consent_form=reader.choice(row, "consent_form", form.CONSENT_FORMS),
        consent_scope=reader.choice(row, "consent_scope", form.CONSENT_SCOPES),
        consent_on=consent_on,
        place=row.sheet.place(row.cells["upn"]),
    )


def _upn(reader: Reader, row: Row, key: str) -> str:
    told = identity.plain_upn(row.text(key))
    if told and (why := identity.why_not_pupil_number(told)):
        reader.problem(row.sheet, row.cells[key], f"This is no UPN: {why}.", "Copy it from the school's roll.")
    return told


def _year_group(reader: Reader, row: Row) -> str:
    if not row.text("year_group"):
        return ""
    try:
        return rules.year_group(row.text("year_group"))
    except BadInput as wrong:
        reader.problem(row.sheet, row.cells["year_group"], "This is no year group.", wrong.hint)
        return ""


def _draft(
    reader: Reader, file: str, answers: Row, pupils: tuple[PupilDraft, ...], tables: dict[str, list[Row]]
) -> FormDraft | None:
    for each in form.QUESTIONS:
        if each.needed and not answers.text(each.key):
            _missing(reader, answers, each)
    kind = reader.choice(answers, "type", [each.value for each in RequestType])
    status = reader.choice(answers, "status", [each.value for each in SenStatus])
    number = reader.count(answers, "number", 1, MOST_FORMS)
    submitted = reader.day(answers, "submitted")
    if submitted is not None and submitted > reader.today:
        reader.problem(answers.sheet, answers.cells["submitted"], "This day has not come yet.", DATE_HINT)
    needs = _needs(reader, answers)
    texts = {
        each.key: reader.words(answers, each.key, pupils)
        for each in form.QUESTIONS
        if each.long or each.key == "filled_in_by"
    }
    asked_from, asked_to = _span(reader, answers, "asked_from", "asked_to")
    urgent = reader.choice(answers, "urgent", form.YES_NO) == form.YES
    if why := rules.why_not_urgent(urgent=urgent, because=texts["urgent_because"]):
        cell = answers.cells.get("urgent_because") or answers.cells["urgent"]
        reader.problem(answers.sheet, cell, f"{why[0].upper()}{why[1:]}.")
    resubmits = _earlier(reader, answers)
    evidence = tuple(_evidence(reader, row, pupils) for row in tables.get(form.EVIDENCE_SHEET, []))
    funding = tuple(_funding(reader, row) for row in tables.get(form.FUNDING_SHEET, []))
    agencies = tuple(_agency(reader, row, pupils) for row in tables.get(form.AGENCIES_SHEET, []))
    lines = tuple(_line(reader, row, pupils) for row in tables.get(form.PROVISION_SHEET, []))
    attendance = _attendance(reader, answers)
    pupil_count = reader.count(answers, "pupil_count", 1, MOST_SHARING)
    if kind:
        _fitting_pupils(reader, answers, RequestType(kind), pupils, tables)
    asked, element2 = reader.pence(answers, "asked"), reader.pence(answers, "element2")
    if not (kind and status and number and submitted and needs):
        return None
    return FormDraft(
        file=file,
        number=number,
        school=answers.text("school"),
        school_place=answers.sheet.place(answers.cells["school"]),
        number_place=answers.sheet.place(answers.cells["number"]),
        type=RequestType(kind),
        resubmits=resubmits,
        submitted_on=submitted,
        filled_in_by=texts["filled_in_by"],
        needs=needs,
        sen_status=SenStatus(status),
        attendance_tenths=attendance,
        pupil_count=pupil_count or (len(pupils) if kind == RequestType.GROUP and pupils else None),
        provision_now=texts["provision_now"],
        provision_asked=texts["provision_asked"],
        outcome_sought=texts["outcome_sought"],
        parents_views=texts["parents_views"],
        pupils_views=texts["pupils_views"],
        asked_pence=asked,
        asked_place=answers.sheet.place(answers.cells.get("asked")),
        asked_from=asked_from,
        asked_to=asked_to,
        element2_pence=element2,
        urgent=urgent,
        urgent_because=texts["urgent_because"],
        pupils=pupils,
        evidence=evidence,
        funding=funding,
        agencies=agencies,
        lines=lines,
        own_total_pence=Reader(reader.today).pence(answers, "cost_asked"),
    )


def _missing(reader: Reader, answers: Row, asked: Question) -> None:
    cell = answers.cells.get(asked.key)
    where = answers.sheet.place(cell) if cell else answers.sheet.place()
    reader.problems.append(Problem(where, f"'{asked.label}' is not answered.", asked.note))


def _needs(reader: Reader, answers: Row) -> tuple[str, ...]:
    found: list[str] = []
    for key in ("need1", "need2", "need3"):
        code = reader.choice(answers, key, tuple(rules.NEEDS))
        if code and code in found:
            reader.problem(answers.sheet, answers.cells[key], "This need is named twice.")
        elif code:
            found.append(code)
    return tuple(found)


def _span(reader: Reader, row: Row, first: str, last: str) -> tuple[date | None, date | None]:
    starts, ends = reader.day(row, first), reader.day(row, last)
    if ends is not None and (starts is None or ends < starts):
        what = "This lies before its beginning." if starts else "An end is given without a beginning."
        reader.problem(row.sheet, row.cells[last], what)
    return starts, ends


def _earlier(reader: Reader, answers: Row) -> str:
    told = answers.text("resubmits")
    found = rules.reference_meant(told) if told else ""
    if found is None:
        reader.problem(answers.sheet, answers.cells["resubmits"], "This is no reference of a request.", "As in R-7KQ4.")
    return found or ""


def _attendance(reader: Reader, answers: Row) -> int | None:
    cell = answers.cells.get("attendance")
    if cell is None or not cell.text:
        return None
    try:
        share = float(cell.text.rstrip("% "))
    except ValueError:
        share = -1.0
    # A cell formatted as per cent keeps 92.5 % as 0.925.
    share = share * _WHOLE if 0 < share <= 1 else share
    if not 0 <= share <= _WHOLE:
        reader.problem(answers.sheet, cell, "This is no attendance.", "Write per cent, as in 92.5.")
        return None
    return round(share * 10)


def _evidence(reader: Reader, row: Row, pupils: Sequence[PupilDraft]) -> EvidenceDraft:
    choices = next(each.choices for each in form.EVIDENCE_HEADINGS if each.key == "kind")
    kind = reader.choice(row, "kind", choices)
    if not row.text("kind"):
        reader.problem(row.sheet, row.cells["kind"], "The kind of evidence is not said.")
    days = {}
    for key in ("dated", "reviewed_on"):
        days[key] = reader.day(row, key)
        if (told := days[key]) is not None and told > reader.today:
            reader.problem(row.sheet, row.cells[key], "This day has not come yet.", DATE_HINT)
    return EvidenceDraft(kind, reader.words(row, "title", pupils), days["dated"], days["reviewed_on"])


def _funding(reader: Reader, row: Row) -> FundingDraft:
    stream = reader.choice(row, "stream", form.STREAMS)
    if not row.text("stream"):
        reader.problem(row.sheet, row.cells["stream"], "The stream of the money is not said.")
    starts, ends = _span(reader, row, "starts", "ends")
    return FundingDraft(stream, reader.pence(row, "amount"), starts, ends)


def _agency(reader: Reader, row: Row, pupils: Sequence[PupilDraft]) -> AgencyDraft:
    name = reader.words(row, "agency", pupils)
    if not name:
        reader.problem(row.sheet, row.cells["agency"], "The agency is not named.")
    return AgencyDraft(name, reader.day(row, "last_seen"))


def _line(reader: Reader, row: Row, pupils: Sequence[PupilDraft]) -> ProvisionDraft:
    stage = reader.choice(row, "stage", [each.value for each in ProvisionStage])
    if not row.text("stage"):
        reader.problem(row.sheet, row.cells["stage"], "It is not said whether this is made now or asked for.")
    before = len(reader.problems)
    draft = ProvisionDraft(
        stage=ProvisionStage(stage or ProvisionStage.ASKED),
        provision=reader.words(row, "provision", pupils),
        what=reader.words(row, "what", pupils),
        delivered_by=reader.words(row, "delivered_by", pupils),
        minutes=reader.count(row, "minutes", 0, MOST_MINUTES) or 0,
        sharing=reader.count(row, "sharing", 1, MOST_SHARING) or 1,
        alone=reader.choice(row, "alone", form.YES_NO) == form.YES,
        weeks=reader.figure(row, "weeks"),
        rate=reader.figure(row, "rate"),
        items_pence=reader.pence(row, "items") or 0,
    )
    if len(reader.problems) == before and (why := costing.why_not_line(draft)):
        reader.problem(row.sheet, row.cells["stage"], f"This line cannot be costed: {why}.")
    return draft


def _fitting_pupils(
    reader: Reader,
    answers: Row,
    kind: RequestType,
    pupils: Sequence[PupilDraft],
    tables: dict[str, list[Row]],
) -> None:
    rows = tables.get(form.PUPILS_SHEET, [])
    if kind in _ALONE and len(pupils) > 1:
        reader.problem(
            rows[1].sheet,
            rows[1].cells["given_names"],
            f"A request of the type {kind.value} is for one pupil.",
            "Choose group, or send a form for each.",
        )
    if kind is RequestType.INDIVIDUAL and not any(each.year_group for each in pupils):
        where = rows[0].sheet.place(rows[0].cells["year_group"]) if rows else answers.sheet.book
        reader.problems.append(Problem(where, "The pupil's year group is not said.", "It stands on the sheet Pupils."))
    upns = [each.upn for each in pupils]
    for row, upn in zip(rows, upns, strict=True):
        if upn and upns.count(upn) > 1:
            reader.problem(row.sheet, row.cells["upn"], "Two rows of this form have the same UPN.")
