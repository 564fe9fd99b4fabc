"""Letters that tell a decision and sheets of advice, in plain English, for print: Markdown and HTML, without names."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from senco.dates import say_date
from senco.deferred import dataclass
from senco.money import say_pounds
from senco.requests.outcomes import ReasonKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.requests.outcomes import DecisionLine, ReasonLine

RIGHT = (
    "This decision is about money for the school. It does not touch the right to ask the local authority for an"
    " education, health and care (EHC) needs assessment. Parents, a young person aged 16 to 25 and the school can ask"
    " for one at any time, whatever this letter says."
)
_OPENING = {
    Verdict.AGREED: "The request is agreed.",
    Verdict.AGREED_LOWER: "The request is agreed, with a lower amount than was asked for.",
    Verdict.AGREED_WITH_CONDITIONS: "The request is agreed, with the conditions below.",
    Verdict.DECLINED_WITH_SUPPORT: "The request is not agreed. The advice below says what can help now.",
    Verdict.DEFERRED: "The request is not decided yet. The panel needs the information below.",
    Verdict.WITHDRAWN: "The request was withdrawn by the school. Nothing was decided.",
    Verdict.RETURNED: "The request goes back to the school, because it could not be considered as it stands.",
}
_PARTS = (
    (ReasonKind.MET, "What the request showed"),
    (ReasonKind.NOT_MET, "What the request did not show"),
    (ReasonKind.EVIDENCE, "The evidence we relied on"),
    (ReasonKind.CONDITION, "Conditions"),
    (ReasonKind.WANTED, "What we need to see next time"),
)
_STYLE = (
    "@page{size:A4;margin:16mm 20mm}"
    "body{font:10.5pt/1.4 'Liberation Sans',Arial,Helvetica,sans-serif;max-width:170mm;margin:auto;color:#111}"
    "p{margin:.45em 0}h1{font-size:15pt;margin:.9em 0 .5em}"
    "h2{font-size:11pt;margin:1em 0 .25em;break-after:avoid}"
    ".head{font-weight:bold;border-bottom:1.5pt solid #111;padding-bottom:.3em;margin-bottom:.9em}"
    ".lead{font-size:11.5pt;font-weight:bold}"
    ".box{border:1pt solid #111;padding:.6em .8em;margin:.5em 0}"
    "table{border-collapse:collapse;width:100%;margin:.5em 0}tr{break-inside:avoid}"
    "td,th{border-bottom:.5pt solid #888;padding:.25em .6em .25em 0;text-align:left;vertical-align:top}"
    ".facts th{width:32%;font-weight:normal;color:#444}.facts td{font-weight:bold}"
    "ul{margin:.2em 0;padding-left:1.3em}li{margin:.1em 0}.box,ul{break-inside:avoid}small{color:#444}"
)
_PARAGRAPHS = {"text": "<p>", "head": '<p class="head">', "lead": '<p class="lead">', "box": '<p class="box">'}


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says: a case reference and a school, and nothing that says who the child is."""

    authority: str
    reference: str
    school: str
    dated: date
    asked_pence: int
    decision: DecisionLine
    reasons: tuple[ReasonLine, ...]
    answer_by: date | None
    per: str = "a year"

    @property
    def advises(self) -> bool:
        """Whether a sheet of advice goes with it."""
        return any(each.kind == ReasonKind.ADVICE for each in self.reasons)


Block = tuple[str, str | list[str] | list[tuple[str, ...]]]


def blocks(letter: Letter) -> list[Block]:
    """Give a letter as blocks in their order: title, head, lead, heading, text, box, facts (pairs), rows or list."""
    told = letter.decision
    verdict = Verdict(told.outcome)
    found: list[Block] = [
        ("title", f"Request {letter.reference}: what was decided"),
        ("head", f"{letter.authority}, {say_date(letter.dated)}"),
        ("text", f"To the headteacher and the SENCO of {letter.school}"),
        ("lead", _OPENING[verdict]),
        ("facts", _facts(letter, verdict)),
        ("heading", "Why"),
        ("text", told.reason),
    ]
    for kind, heading in _PARTS:
        if lines := [each.text for each in letter.reasons if each.kind == kind]:
            found += [("heading", heading), ("list", lines)]
    if letter.advises:
        found += [("heading", "Advice"), ("rows", advice_rows(letter))]
    found.append(("heading", "What happens next"))
    if verdict.awards and told.review_on:
        found.append(
            (
                "text",
                f"The provision is to be reviewed by {_day(told.review_on)}. An award goes on only after a review.",
            )
        )
    if verdict is Verdict.DEFERRED:
        by = f" by {_day(told.wanted_by)}" if told.wanted_by else ""
        found.append(("text", f"Send what is missing{by}; the request then comes back to the panel by itself."))
    elif letter.answer_by is not None and verdict is not Verdict.AGREED:
        until = f"until {say_date(letter.answer_by)}. Please give the case reference {letter.reference}."
        found.append(("text", f"The school may send the request again, with new evidence, {until}"))
    if not told.meeting:
        found.append(("text", "This was decided outside a meeting because it could not wait; the next panel is told."))
    found += [
        ("heading", "Your rights"),
        ("box", RIGHT),
        ("text", f"Decided by {told.officer}, for {letter.authority}, on {_day(told.decided_on)}."),
        ("small", f"Case {letter.reference}. No child is named on this paper."),
    ]
    return found


def advice_blocks(letter: Letter) -> list[Block]:
    """Give the sheet of advice that goes with a letter, for those who act on it."""
    return [
        ("title", f"Request {letter.reference}: advice"),
        ("head", f"{letter.authority}, {say_date(letter.dated)}"),
        ("text", f"For those at {letter.school} who act on it. It goes with the letter about the same request."),
        ("rows", advice_rows(letter)),
        ("heading", "Your rights"),
        ("box", RIGHT),
        ("small", f"Case {letter.reference}. No child is named on this paper."),
    ]


def advice_rows(letter: Letter) -> list[tuple[str, ...]]:
    """Give the advice as rows of what, who and by when."""
    told = [each for each in letter.reasons if each.kind == ReasonKind.ADVICE]
    rows = [(each.text, each.owner, _day(each.due_on) if each.due_on else "no day set") for each in told]
    return [("What", "Who", "By when"), *rows]


def markdown(parts: Sequence[Block]) -> str:
    """Give blocks as Markdown; what was typed stays text."""
    lines: list[str] = []
    for kind, told in parts:
        if kind == "title":
            lines += [f"# {_plain(str(told))}", ""]
        elif kind == "heading":
            lines += [f"## {_plain(str(told))}", ""]
        elif kind in {"facts", "rows"}:
            rows = [tuple(_plain(str(cell)) for cell in row) for row in told]
            top = rows[0] if kind == "rows" else ("", "")
            body = rows[1:] if kind == "rows" else rows
            lines += [f"| {' | '.join(row)} |" for row in (top, tuple("---" for _ in top), *body)]
            lines.append("")
        elif kind == "list":
            lines += [*(f"- {_plain(str(each))}" for each in told), ""]
        else:
            lines += [_plain(str(told)), ""]
    return "\n".join(lines)


def html(parts: Sequence[Block]) -> str:
    """Give blocks as one HTML page that prints on A4, without a link, a script or a picture."""
    title = escape(str(parts[0][1]))
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head><body>',
    ]
    for kind, told in parts:
        if kind in {"title", "heading"}:
            tag = "h1" if kind == "title" else "h2"
            lines.append(f"<{tag}>{escape(str(told))}</{tag}>")
        elif kind in {"facts", "rows"}:
            lines.append('<table class="facts">' if kind == "facts" else "<table>")
            for number, row in enumerate(told):
                tags = ["th" if (kind == "rows" and number == 0) or (kind == "facts" and place == 0) else "td"
                        for place in range(len(row))]  # fmt: skip
                cells = zip(tags, row, strict=True)
                lines.append("<tr>" + "".join(f"<{tag}>{_lines(str(cell))}</{tag}>" for tag, cell in cells) + "</tr>")
            lines.append("</table>")
        elif kind == "list":
            lines += ["<ul>", *(f"<li>{_lines(str(each))}</li>" for each in told), "</ul>"]
        else:
            text = _lines(str(told))
            lines.append(f"<p><small>{text}</small></p>" if kind == "small" else f"{_PARAGRAPHS[kind]}{text}</p>")
    return "\n".join([*lines, "</body></html>", ""])


def _facts(letter: Letter, verdict: Verdict) -> list[tuple[str, ...]]:
    told = letter.decision
    facts = [
        ("Decision", verdict.said),
        ("Asked for", f"{say_pounds(letter.asked_pence)} a year"),
    ]
    if told.amount_pence is not None:
        facts.append(("Agreed", f"{say_pounds(told.amount_pence)} {letter.per}"))
    if told.awarded_from and told.awarded_to:
        facts.append(("For", f"{_day(told.awarded_from)} to {_day(told.awarded_to)}"))
    return [tuple(each) for each in facts]


def _day(text: str) -> str:
    return say_date(date.fromisoformat(text))


def _plain(text: str) -> str:
    """Take from a text what Markdown would read as its own: it is shown as it was typed, on one line."""
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
