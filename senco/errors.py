"""What can go wrong, as classes that each carry the exit code of the process.

A reference (``school.unknown``) names one situation for good, so that scripts and the README can rely on it; the
message says what happened and where, the hint says what to do next. No value that could identify a child may be put
into either.
"""

from __future__ import annotations

from typing import ClassVar

from senco.deferred import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input: where it stands (file › sheet!cell), what it is, and what to do about it."""

    where: str
    what: str
    do: str = ""

    def __str__(self) -> str:
        """Give the problem as one line of text."""
        return f"{self.where}: {self.what}" + (f" {self.do}" if self.do else "")


class SencoError(Exception):
    """Something senco refuses or cannot do, told in one message with what to do about it."""

    code: ClassVar[int] = 1
    meaning: ClassVar[str] = "a fault in senco; nothing was changed"

    def __init__(self, reference: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.reference = reference
        self.message = message
        self.hint = hint


class Fault(SencoError):
    """A fault in senco itself."""


class WrongUse(SencoError):
    """The command line asks for something that does not exist or does not fit together."""

    code = 2
    meaning = "the command line was not understood"


class NotFound(SencoError):
    """What was named is not there; the hint offers the nearest names."""

    code = 3
    meaning = "what was named does not exist (the message offers the nearest names)"


class Refused(SencoError):
    """A rule of the work forbids it."""

    code = 4
    meaning = "refused by a rule of the work"


class BadInput(SencoError):
    """The input is wrong: all its problems at once, each with its place."""

    code = 5
    meaning = "bad input: every problem is listed with its file, sheet and cell"

    def __init__(self, reference: str, message: str, hint: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(reference, message, hint)
        self.problems = problems


class StoreTrouble(SencoError):
    """The store, or a file to be written, cannot be used: locked, newer, damaged, full disk."""

    code = 6
    meaning = "the store or the disk: locked, newer than senco, damaged, full"


class ChecksFound(SencoError):
    """The named checks ran and found something."""

    code = 7
    meaning = "`senco check` found something"


class Interrupted(SencoError):
    """The person stopped it."""

    code = 130
    meaning = "interrupted from the keyboard; what was already recorded stays recorded"
