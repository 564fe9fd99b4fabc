"""Lines and patterns that are declared at import and made when first used.

A frozen dataclass of ten fields costs 0.8 ms to make and a pattern up to as much: a slice's words held 85 lines, of
which a command uses a handful, so that a list spent half its own time on what it never touched. Write
``from senco.deferred import dataclass, pattern`` in place of the standard library's ``dataclass`` and ``re.compile``;
to a type checker they are the same. A test holds every line of senco to what the standard library makes of it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DeferredPattern", "dataclass", "frozen_line", "pattern"]

_METHODS = ("__repr__", "__eq__", "__hash__", "__getstate__", "__setstate__")
_ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
_ASKED = ("__dataclass_fields__", "__dataclass_params__", "__replace__")  # the last since Python 3.13
_OWN = {"__init__", "__post_init__", "__setattr__", "__delattr__", *_METHODS, *_ORDER}
_AS_WRITTEN = "__as_written__"


def frozen_line(written: type, *, order: bool = False) -> type:
    """Make what ``@dataclass(frozen=True, slots=True)`` makes, leaving its methods to the standard library till needed.

    A class that inherits, defines a method which the decorator would make, or declares a field by more than its type
    and a plain default, is handed to the standard library at once.
    """
    names = tuple(written.__annotations__)
    held = {name: value for name, value in vars(written).items() if name not in {"__dict__", "__weakref__"}}
    defaults = {name: held.pop(name) for name in names if name in held}
    if written.__bases__ != (object,) or _OWN & held.keys() or not all(map(_is_plain, defaults.values())):
        from dataclasses import dataclass as ready_made

        return ready_made(frozen=True, slots=True, order=order)(written)
    shared = {
        "__slots__": names,
        "__match_args__": names,
        "__init__": _first_init,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        **_WHEN_ASKED,
        **{name: _FIRST[name] for name in (_METHODS + _ORDER if order else _METHODS)},
        _AS_WRITTEN: (written, defaults, order),
    }
    return type(written)(written.__name__, written.__bases__, held | shared)


def _is_plain(default: object) -> bool:
    return default is None or isinstance(default, (str, int, float, tuple))


def _first_init(self: Any, *values: object, **named: object) -> None:
    """Compile the class's own ``__init__`` when its first line is made; all later lines go there directly."""
    made = _line_class(type(self))
    names, (_, defaults, _) = made.__match_args__, vars(made)[_AS_WRITTEN]
    parameters = ", ".join(f"{name}=defaults[{name!r}]" if name in defaults else name for name in names)
    # A slot's own setter passes by the refusal that every other assignment meets.
    setters = {f"_set_{name}": vars(made)[name].__set__ for name in names}
    body = "".join(f"\n  _set_{name}(self, {name})" for name in names) or "\n  pass"
    scope: dict[str, Any] = {"defaults": defaults, **setters}
    exec(f"def __init__(self, {parameters}):{body}", scope)  # noqa: S102 - from the class's own field names
    init = scope["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = {**made.__annotations__, "return": None}
    made.__init__ = init
    init(self, *values, **named)


def _line_class(kind: type) -> Any:
    return next(each for each in kind.__mro__ if _AS_WRITTEN in vars(each))


def _finish(kind: type) -> Any:
    """Let the standard library make the dataclass from the class as it was written, and lend what it made."""
    from dataclasses import dataclass as ready_made

    made = _line_class(kind)
    written, _, order = vars(made)[_AS_WRITTEN]
    twin = ready_made(frozen=True, slots=True, order=order)(written)
    for name in (*_METHODS, *_ORDER, *_ASKED):
        if name in vars(twin):
            setattr(made, name, vars(twin)[name])
    return made


def _first(name: str) -> Callable[..., Any]:
    def method(self: Any, *given: Any, **named: Any) -> Any:
        return getattr(_finish(type(self)), name)(self, *given, **named)

    return method


class _WhenAsked:
    """What `dataclasses` asks a class for: made when it asks."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> Any:
        return vars(_finish(owner))[self._name]


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:  # noqa: ARG001 - the form of the method
    from dataclasses import FrozenInstanceError

    message = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(message)


def _refuse_to_delete(self: object, name: str) -> NoReturn:  # noqa: ARG001 - the form of the method
    from dataclasses import FrozenInstanceError

    message = f"cannot delete field {name!r}"
    raise FrozenInstanceError(message)


_FIRST = {name: _first(name) for name in (*_METHODS, *_ORDER)}
_WHEN_ASKED = {name: _WhenAsked(name) for name in _ASKED if name != "__replace__" or sys.version_info >= (3, 13)}


class DeferredPattern:
    """A regular expression that is compiled when it is first used, and then used directly."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Give a method of the compiled pattern, and keep it."""
        import re

        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    from dataclasses import dataclass
    from re import compile as pattern
else:
    pattern = DeferredPattern

    def dataclass(*, frozen, slots, order=False):
        """Decorate a line; only ``frozen=True, slots=True`` is offered."""
        if not (frozen and slots):
            raise TypeError("only a frozen line with slots is deferred")
        return lambda written: frozen_line(written, order=order)
