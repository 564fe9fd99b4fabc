"""A page read back as a tree, and its styles as they apply, as far as the tests need what a browser makes of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input", "path", "rect"}


@dataclass(eq=False)
class Element:
    """An element with its place in the tree; ``text`` is all that is said in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        return [each for each in self.children if isinstance(each, Element)]

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    @property
    def own_text(self) -> str:
        return "".join(each for each in self.children if isinstance(each, str)).strip()

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self, *tags: str) -> Iterator[Element]:
        """Give the elements within, of these tags or any, in their order."""
        for each in self.elements:
            if not tags or each.tag in tags:
                yield each
            yield from each.all(*tags)

    def one(self, tag: str) -> Element:
        (found,) = self.all(tag)
        return found

    def up(self) -> Iterator[Element]:
        """Give the element and all that it stands in, outwards."""
        here: Element | None = self
        while here:
            yield here
            here = here.parent


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("", {})
        self.faults: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.root.attributes["doctype"] = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        new = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        if len(new.attributes) < len(attrs):
            self.faults.append(f"<{tag}> says something twice")
        self.here.children.append(new)
        if tag not in VOID:
            self.here = new

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if tag != self.here.tag or self.here.parent is None:
            self.faults.append(f"</{tag}> ends <{self.here.tag}>")
            return
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read_page(html: str) -> tuple[Element, list[str]]:
    """Give a page's tree, and what is wrong with its marks."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    if builder.here is not builder.root:
        builder.faults.append(f"<{builder.here.tag}> has no end")
    return builder.root, builder.faults


Rule = tuple[str, dict[str, str]]


def rules_of(css: str, medium: str = "screen") -> list[Rule]:
    """Give the rules that apply on a medium (``screen``, ``narrow`` or ``print``), a selector each, in their order."""
    css = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", css)
    found: list[Rule] = []
    wanted = {"print": "print", "narrow": "(max-width:40rem)"}.get(medium)

    def take(text: str) -> None:
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            pairs = (each.partition(":") for each in body.split(";") if each)
            told = {name.strip(): value.strip() for name, _, value in pairs}
            found.extend((one.strip(), told) for one in re.split(r",(?![^(]*\))", selectors))

    place = 0
    for media in re.finditer(r"@media ([^{]+)\{((?:[^{}]*\{[^{}]*\})*)\s*\}", css):
        take(css[place : media.start()])
        if media[1].strip() == wanted:
            take(media[2])
        place = media.end()
    take(css[place:])
    return found


def matches(element: Element, selector: str) -> bool:
    """Say whether a selector of the few kinds that the reports use matches; focus is taken for granted."""
    *outer, last = re.split(r"\s+|(?=>)", selector.strip())
    if not _is(element, last.removeprefix(">")):
        return False
    if not outer:
        return True
    above = list(element.up())[1:2] if last.startswith(">") else list(element.up())[1:]
    return any(matches(each, " ".join(outer)) for each in above)


def _is(element: Element, compound: str) -> bool:
    for negated in re.findall(r":not\(([^)]*)\)", compound):
        if any(_is(element, each) for each in negated.split(",")):
            return False
    compound = re.sub(r":not\([^)]*\)|:focus(-visible)?", "", compound)
    if ":first-child" in compound:
        compound = compound.replace(":first-child", "")
        if element.parent is None or element.parent.elements[0] is not element:
            return False
    tag, *classes = compound.split(".")
    return tag in {"", "*", element.tag} and element.classes.issuperset(classes)


def styled(element: Element, name: str, rules: list[Rule]) -> str | None:
    """Give what the styles say of an element's property, by weight and then by order."""
    found = [
        ((selector.count("."), len(re.findall(r"(?<![.\w-])[a-z]\w*", selector)), number), told[name])
        for number, (selector, told) in enumerate(rules)
        if name in told and ":focus" not in selector and matches(element, selector)
    ]
    return max(found)[1] if found else None
