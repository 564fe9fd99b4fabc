"""Lines and patterns made when first used are what the standard library makes at once."""

from __future__ import annotations

import ast
import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
import re
from typing import TYPE_CHECKING, Any

import pytest

import senco
from senco.deferred import DeferredPattern, frozen_line, pattern
from senco.deferred import dataclass as line
from tests.test_house import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator


@line(frozen=True, slots=True)
class Place:
    """Where something is."""

    town: str
    number: int = 7
    marks: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Give it in words."""
        return f"{self.number} {self.town}"


@line(frozen=True, slots=True, order=True)
class Year:
    """A year, which comes before or after another."""

    starts: int


@line(frozen=True, slots=True)
class Nothing:
    """A line without fields."""


def lines_of_senco() -> Iterator[type]:
    """Give every class in senco that is made when first used."""
    for found in pkgutil.walk_packages(senco.__path__, "senco."):
        if found.name != "senco.__main__":
            for each in vars(importlib.import_module(found.name)).values():
                if isinstance(each, type) and each.__module__ == found.name and "__as_written__" in vars(each):
                    yield each


def ready_made(kind: type, written: type) -> type:
    """Give what the standard library makes of the class as it was written."""
    held = {name: value for name, value in vars(written).items() if name not in {"__dict__", "__weakref__"}}
    plain = type(written.__name__, (), {name: held[name] for name in held if not is_made(name, held[name])})
    order = vars(kind)["__as_written__"][2]
    return dataclasses.dataclass(frozen=True, slots=True, order=order)(plain)


def is_made(name: str, value: object) -> bool:
    """Say whether a decorator put this into the class."""
    return name.startswith("__dataclass_") or name == "__match_args__" or (name.startswith("__") and callable(value))


def told(field: dataclasses.Field[Any]) -> tuple[object, ...]:
    """Give what a field is."""
    return field.name, field.type, field.default, field.default_factory, field.init, field.repr, field.compare


def test_every_line_of_senco_is_the_one_that_the_standard_library_makes() -> None:
    held = list(dict.fromkeys(lines_of_senco()))
    assert len(held) > 100
    for kind in held:
        twin: Any = ready_made(kind, vars(kind)["__as_written__"][0])
        assert kind.__match_args__ == twin.__match_args__ == kind.__slots__ == twin.__slots__  # type: ignore[attr-defined]
        values = [object() for _ in kind.__match_args__]  # type: ignore[attr-defined]
        ours, theirs = kind(*values), twin(*values)
        assert inspect.signature(kind) == inspect.signature(twin)
        assert dataclasses.is_dataclass(kind)
        assert [told(each) for each in dataclasses.fields(kind)] == [told(each) for each in dataclasses.fields(twin)]
        if "__repr__" not in vars(vars(kind)["__as_written__"][0]):
            assert repr(ours).partition("(")[2] == repr(theirs).partition("(")[2]
        assert ours == kind(*values)
        assert hash(ours) == hash(theirs) == hash(tuple(values))
        assert ours != theirs
        required = [each for each in dataclasses.fields(twin) if each.default is dataclasses.MISSING]
        short = kind(*values[: len(required)])
        for each in dataclasses.fields(twin)[len(required) :]:
            assert getattr(short, each.name) is each.default


def test_a_line_does_what_a_frozen_dataclass_does() -> None:
    place = Place("Cheam", marks=("a",))
    assert (place.town, place.number, place.said) == ("Cheam", 7, "7 Cheam")
    assert place == Place(town="Cheam", number=7, marks=("a",))
    assert place != Place("Sutton")
    assert place.__eq__("Cheam") is NotImplemented
    assert repr(place) == "Place(town='Cheam', number=7, marks=('a',))"
    assert {place: 1}[Place("Cheam", 7, ("a",))] == 1
    assert dataclasses.replace(place, number=8) == Place("Cheam", 8, ("a",))
    assert dataclasses.asdict(place) == {"town": "Cheam", "number": 7, "marks": ("a",)}
    assert copy.copy(place) == copy.deepcopy(place) == pickle.loads(pickle.dumps(place)) == place  # noqa: S301 - its own
    match place:
        case Place("Cheam", number):
            assert number == 7
    assert Nothing() == Nothing()
    assert not hasattr(place, "__dict__")


@pytest.mark.parametrize("first", ["==", "hash", "repr", "copy", "fields", "replace", "is"])
def test_whatever_is_asked_first_is_answered(first: str) -> None:
    @line(frozen=True, slots=True)
    class Fresh:
        """Made anew for each question."""

        name: str

    asked: dict[str, Any] = {
        "==": lambda: Fresh("a") == Fresh("a"),
        "hash": lambda: hash(Fresh("a")) == hash(("a",)),
        "repr": lambda: repr(Fresh("a")).endswith("Fresh(name='a')"),
        "copy": lambda: copy.copy(Fresh("a")).name == "a",
        "fields": lambda: [each.name for each in dataclasses.fields(Fresh)] == ["name"],
        "replace": lambda: dataclasses.replace(Fresh("a"), name="b").name == "b",
        "is": lambda: dataclasses.is_dataclass(Fresh),
    }
    assert asked[first]()
    assert Fresh("a") == Fresh("a") != Fresh("b")


def test_lines_with_an_order_are_ordered_and_others_are_not() -> None:
    assert sorted([Year(2021), Year(2019), Year(2020)]) == [Year(2019), Year(2020), Year(2021)]
    assert Year(1) <= Year(1) >= Year(1)
    assert Year(2) > Year(1)
    with pytest.raises(TypeError):
        _ = Place("a") < Place("b")  # type: ignore[operator]


def test_a_line_cannot_be_changed_nor_be_made_of_other_fields() -> None:
    place = Place("Cheam")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'town'"):
        place.town = "Sutton"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'other'"):
        place.other = 1  # type: ignore[attr-defined]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'town'"):
        del place.town
    with pytest.raises(TypeError, match=r"Place.__init__\(\) missing 1 required positional argument: 'town'"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword"):
        Place("Cheam", street="x")  # type: ignore[call-arg]


def test_what_is_no_plain_line_is_made_at_once() -> None:
    class Given:
        """Has a default that is no plain value."""

        marks: list[str] = dataclasses.field(default_factory=list)

    class Written:
        """Compares in a way of its own."""

        name: str

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 1

    class Heir(Place):
        """Has its fields from another."""

        street: str = ""

    given, written = frozen_line(Given), frozen_line(Written)
    assert not {"__as_written__"} & (vars(given).keys() | vars(written).keys())
    assert given().marks == []
    assert written("a") == written("b")
    heir = frozen_line(Heir)("Cheam", street="High Street")
    assert [each.name for each in dataclasses.fields(heir)] == ["town", "number", "marks", "street"]
    with pytest.raises(TypeError, match="only a frozen line"):
        line(frozen=False, slots=True)


def test_a_line_takes_no_default_that_all_would_share() -> None:
    class Shared:
        """Would let every line write in one list."""

        marks: list[str] = []  # noqa: RUF012 - what is tested

    with pytest.raises(ValueError, match="mutable default"):
        frozen_line(Shared)


def test_a_pattern_is_compiled_at_its_first_use() -> None:
    number: Any = pattern("([a-z]+)([0-9]+)", re.IGNORECASE)
    assert isinstance(number, DeferredPattern)
    assert set(vars(number)) == {"_text", "_flags"}
    assert number.fullmatch("CP12")[2] == "12"
    assert number.fullmatch("12") is None
    assert number.pattern == "([a-z]+)([0-9]+)"
    assert {"fullmatch", "pattern"} <= set(vars(number))
    with pytest.raises(AttributeError):
        _ = number.nothing


def at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """Give what runs when a module is imported: everything but the bodies of its functions."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
        else:
            waiting += getattr(node, "decorator_list", [])


def made_at_import(source: str) -> list[str]:
    """Name the dear things that a module makes when it is imported: patterns, and frozen lines ready-made."""
    tree = ast.parse(source)
    library = {
        each.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
        for each in node.names
    }
    calls = [node for node in at_import(tree) if isinstance(node, ast.Call)]
    told = [ast.unparse(call.func) for call in calls]
    lines = [call for call in calls if ast.unparse(call.func) == "dataclass" and "frozen=True" in ast.unparse(call)]
    return [each for each in told if each == "re.compile"] + ["dataclass"] * len(lines) * ("dataclass" in library)


# What a list loads: here a pattern or a ready-made line costs every command of the slice, and of those above it.
A_LINE = "@dataclass(frozen=True, slots=True)\nclass A:\n    x: int\n"
ROOMS = ("kinds", "rules", "questions", "commands", "render", "outcomes", "gathering", "filters", "naming")


def test_no_room_that_a_list_loads_makes_lines_or_patterns_at_its_import() -> None:
    rooms = [path for path in sorted(HOUSE.rglob("*.py")) if path.stem in ROOMS or path.stem.endswith("_commands")]
    found = {
        str(path.relative_to(HOUSE)): made
        for path in rooms
        if path.relative_to(HOUSE).as_posix() != "schools/naming.py"  # the matcher's own, which no list loads
        and (made := made_at_import(path.read_text(encoding="utf-8")))
    }
    assert len(rooms) > 20
    assert found == {}


def test_what_is_made_at_import_is_found() -> None:
    assert made_at_import("import re\nX = re.compile('a')\n") == ["re.compile"]
    assert made_at_import("from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A: x: int\n") == [
        "dataclass"
    ]
    assert made_at_import(f"from senco.deferred import dataclass\n{A_LINE}") == []
    assert made_at_import("import re\ndef f():\n    return re.compile('a')\n") == []
