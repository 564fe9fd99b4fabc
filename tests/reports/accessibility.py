"""What keeps a page from being read by everybody: by ear, in grey, at a high zoom, by the keyboard, and in print."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from tests.reports.trees import Element, Rule, read_page, rules_of, styled

LEAST = 4.5
OUTSIDE = {
    "script",
    "iframe",
    "object",
    "embed",
    "link",
    "img",
    "audio",
    "video",
    "form",
    "base",
    "template",
    "image",
    "use",
}
EMPTY_LINKS = {"here", "click here", "more", "link", ""}


def luminance(colour: str) -> float:
    """Give the relative luminance of #rrggbb, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours: 1 is none, 21 is that of black on white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faults(html: str) -> list[str]:
    """Give everything in a page that stands in somebody's way."""
    tree, found = read_page(html)
    found += _document(tree)
    found += _headings(tree)
    found += _links(tree)
    for table in tree.all("table"):
        found += _table(table)
    for drawing in tree.all("svg"):
        found += _drawing(drawing)
    css = "".join(each.text for each in tree.all("style"))
    for medium in ("screen", "narrow", "print"):
        found += [f"{medium}: {each}" for each in _contrasts(tree, rules_of(css, medium))]
    return found + _from_elsewhere(tree, css)


def _document(tree: Element) -> list[str]:
    found = [] if tree.attributes.get("doctype", "").casefold() == "doctype html" else ["no doctype"]
    page = next(tree.all("html"))
    if page.attributes.get("lang") != "en-GB":
        found.append("the language is not said")
    if not any(each.text.strip() for each in tree.all("title") if each.parent and each.parent.tag == "head"):
        found.append("no title")
    if [each.tag for each in tree.all("main")] != ["main"]:
        found.append("not one main part")
    view = [each.attributes["content"] for each in tree.all("meta") if each.attributes.get("name") == "viewport"]
    if view != ["width=device-width, initial-scale=1"]:
        found.append("the page does not fit its screen, or cannot be zoomed")
    named = Counter(each.attributes["id"] for each in tree.all() if "id" in each.attributes)
    found += [f"the name {name} is given twice" for name, count in named.items() if count > 1]
    for each in tree.all():
        labels = each.attributes.get("aria-labelledby", "").split()
        found += [f"<{each.tag}> has a label {name} that is not there" for name in labels if name not in named]
        if "tabindex" in each.attributes and int(each.attributes["tabindex"]) > 0:
            found.append("the order of the keyboard is forced")
        if each.attributes.get("tabindex") == "0" and not (each.attributes.get("role") and labels):
            found.append("a part for the keyboard has no role or name")
    return found


def _headings(tree: Element) -> list[str]:
    levels = [int(each.tag[1]) for each in tree.all("h1", "h2", "h3", "h4", "h5", "h6")]
    found = [] if levels.count(1) == 1 else ["not one h1"]
    found += [f"h{a} is followed by h{b}" for a, b in pairwise(levels) if b > a + 1]
    found += ["a heading is empty" for each in tree.all("h1", "h2", "h3") if not each.text.strip()]
    labelled = [each for each in tree.all("section", "nav") if not each.attributes.get("aria-labelledby")]
    return found + [f"a <{each.tag}> has no heading" for each in labelled]


def _links(tree: Element) -> list[str]:
    names = {each.attributes.get("id") for each in tree.all()}
    links = list(tree.all("a"))
    found = [f"the link '{each.text}' says nothing" for each in links if each.text.strip().casefold() in EMPTY_LINKS]
    found += [f"the link {each.attributes.get('href')} leads nowhere" for each in links
              if each.attributes.get("href", "")[1:] not in names]  # fmt: skip
    main = next(iter(tree.all("main")), None)
    if not links or main is None or links[0].attributes.get("href") != f"#{main.attributes.get('id')}":
        found.append("no link skips to the main part")
    return found


def _table(table: Element) -> list[str]:
    caption = next(iter(table.elements), None)
    name = caption.text.strip() if caption is not None and caption.tag == "caption" else ""
    found = [] if name else ["a table has no caption"]
    heads, *others = [[each for each in row.elements if each.tag in {"th", "td"}] for row in table.all("tr")]
    for cell in heads:
        if cell.tag == "th" and (cell.attributes.get("scope") != "col" or not cell.text.strip()):
            found.append(f"{name}: a column's heading is empty or of no column")
        if cell.tag == "td" and cell.text.strip():
            found.append(f"{name}: a column's heading is no heading")
    for row in others:
        if row[0].tag != "th" or row[0].attributes.get("scope") != "row" or not row[0].text.strip():
            found.append(f"{name}: a row has no heading")
        if len(row) != len(heads):
            found.append(f"{name}: a row is not as long as the headings")
        if any(each.tag != "td" for each in row[1:]):
            found.append(f"{name}: a figure is marked as a heading")
    if not any("scroll" in each.classes for each in table.up()):
        found.append(f"{name}: the table cannot be scrolled on a narrow screen")
    return found


def _drawing(drawing: Element) -> list[str]:
    told = [each.tag for each in drawing.elements[:2]]
    said = all(each.text.strip() for each in drawing.elements[:2])
    if drawing.attributes.get("role") != "img" or told != ["title", "desc"] or not said:
        return ["a drawing has no role, title or description"]
    if len(drawing.attributes.get("aria-labelledby", "").split()) != 2:
        return ["a drawing does not name its title and description"]
    bare = drawing.parent.parent if drawing.parent else None
    tables = [] if bare is None else [each for each in bare.all("caption") if each.text in drawing.elements[1].text]
    return [] if tables else ["a drawing names no table that holds its figures"]


class _Looks:
    """The colours that hold for each element, each worked out once: its own, or what it stands in."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = rules
        self.known: dict[tuple[Element, str], str] = {}

    def of(self, element: Element, name: str, usual: str) -> str:
        if (element, name) not in self.known:
            told = (styled(element, name, self.rules) or element.attributes.get(name, "")) if element.tag else usual
            inherited = element.parent is not None and not re.fullmatch("#[0-9a-f]{6}", told)
            self.known[element, name] = self.of(element.parent, name, usual) if inherited and element.parent else told
        return self.known[element, name]


def _under(text: Element, drawing: Element) -> str:
    """Give what a text of a drawing stands on: the bar around its middle, or the page."""
    x, y = float(text.attributes["x"]), float(text.attributes["y"]) - 4
    for bar in reversed(list(drawing.all("rect"))):
        left, top, wide, high = (float(bar.attributes[name]) for name in ("x", "y", "width", "height"))
        if left <= x <= left + wide and top <= y <= top + high:
            return bar.attributes["fill"]
    return "#ffffff"


def _contrasts(tree: Element, rules: list[Rule]) -> list[str]:
    found, looks = [], _Looks(rules)
    for each in next(tree.all("body")).all():
        if not each.own_text or each.tag in {"title", "desc"} or each.attributes.get("aria-hidden") == "true":
            continue
        drawing = next((one for one in each.up() if one.tag == "svg"), None)
        ink = looks.of(each, "fill" if drawing else "color", "#000000")
        ground = _under(each, drawing) if drawing else looks.of(each, "background", "#ffffff")
        if contrast(ink, ground) < LEAST:
            found.append(f"'{each.own_text[:30]}' is {ink} on {ground}: {contrast(ink, ground):.1f}")
    return sorted(set(found))


def _from_elsewhere(tree: Element, css: str) -> list[str]:
    found = [f"<{each.tag}> brings something in" for each in tree.all(*OUTSIDE)]
    for each in tree.all():
        for name, value in each.attributes.items():
            if name.startswith("on") or name in {"src", "srcset", "style", "action", "background"}:
                found.append(f"<{each.tag} {name}> brings something in")
            if "//" in value and not (name == "xmlns" and value == "http://www.w3.org/2000/svg"):
                found.append(f"<{each.tag} {name}> names a place elsewhere")
    policy = [each.attributes["content"] for each in tree.all("meta") if "http-equiv" in each.attributes]
    if not policy or not policy[0].startswith("default-src 'none'; style-src 'unsafe-inline'"):
        found.append("nothing forbids what a text might bring in")
    return found + (["the styles bring something in"] if re.search(r"url\(|@import|@font-face", css) else [])
