"""The one place where a person is asked: plain prompts, line by line, that work in every terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from senco.errors import Interrupted
from senco.privacy import clean

if TYPE_CHECKING:
    from collections.abc import Sequence


class Terminal:
    """Asks at the terminal; questions go to stderr so that stdout stays the answer's."""

    def line(self, prompt: str) -> str:
        """Ask for a line of text. Raises Interrupted ``ask.ended`` when the input ends."""
        print(wrapped(prompt), end=" ", file=sys.stderr, flush=True)  # noqa: T201 - the prompt
        told = sys.stdin.readline()
        if told == "":
            raise Interrupted("ask.ended", "The input ended. What was recorded so far stays recorded.")
        return clean(told.strip())

    def yes(self, question: str) -> bool:
        """Ask for a yes or a no; an empty answer is a no."""
        while True:
            told = self.line(f"{question} [y/N]").casefold()
            if told in {"", "n", "no"}:
                return False
            if told in {"y", "yes"}:
                return True
            self.tell("Please answer y or n.")

    def choose(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        """Ask for one of several choices, each a key to type and its meaning; gives the key."""
        keys = {key.casefold(): key for key, _ in choices}
        self.tell(question)
        for key, meaning in choices:
            self.tell(f"  {key}  {meaning}")
        while True:
            told = self.line("Choice:").casefold()
            if told in keys:
                return keys[told]
            self.tell(f"Please type one of: {', '.join(key for key, _ in choices)}.")

    def tell(self, text: str) -> None:
        """Say something while the session goes on."""
        print(wrapped(text), file=sys.stderr, flush=True)  # noqa: T201 - the session's voice

    def draw(self, screen: str) -> None:
        """Show a screen that was drawn to the terminal's width: its marks of colour must not count as letters."""
        print(screen, end="", file=sys.stderr, flush=True)  # noqa: T201 - the session's voice


def wrapped(text: str) -> str:
    """Break the lines of a text between words to fit the terminal; elsewhere it stays as it is.

    A line that goes on keeps the indent of its beginning.
    """
    if not sys.stderr.isatty():
        return text
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns - 1
    lines = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [""]
    return "\n".join(lines)
