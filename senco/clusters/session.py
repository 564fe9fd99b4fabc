"""Deciding at the terminal which school an unsure name is: one name after the other, through whoever can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from senco.clusters.resolving import SKIP, Answers, answer_key
from senco.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from senco.clusters.kinds import UnsureLine
    from senco.schools.kinds import SchoolLine

_OTHER = "o"
_LEAVE = "s"
_BACK = "b"


class Asker(Protocol):
    """Somebody who can be asked."""

    def choose(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        """Ask for one of several choices, each a key and its meaning; gives the key."""

    def line(self, prompt: str) -> str:
        """Ask for a line of text."""

    def tell(self, text: str) -> None:
        """Say something."""


def decide(unsure: Sequence[UnsureLine], asker: Asker, look_up: Callable[[str], SchoolLine]) -> Answers:
    """Ask for every unsure name which school it is; ``look_up`` finds a school by the word a person types.

    From the second name on a person may go back to the one before, and answer it again.
    """
    answers: Answers = {}
    number = 1
    while number <= len(unsure):
        line = unsure[number - 1]
        under = f", under {line.phase}" if line.phase else ""
        place = line.where.partition(" › ")[2] or line.where
        question = (
            f"\n{number} of {len(unsure)}: which school is '{line.written}' ({line.cluster}{under}; {place})?\n"
            f"Not taken by itself: {line.why}."
        )
        choices = [
            (str(place), f"{option.urn} {option.name} – {option.why}")
            for place, option in enumerate(line.options, start=1)
        ]
        choices += [(_OTHER, "another school: type its name or URN"), (_LEAVE, "leave it out of this import")]
        choices += [(_BACK, "back to the name before")] if number > 1 else []
        answer = _answer(line, asker, look_up, question, choices)
        if answer == _BACK:
            number -= 1
            continue
        answers[answer_key(line.cluster, line.written)] = answer
        number += 1
    return answers


def _answer(
    line: UnsureLine,
    asker: Asker,
    look_up: Callable[[str], SchoolLine],
    question: str,
    choices: Sequence[tuple[str, str]],
) -> str:
    while True:
        told = asker.choose(question, choices)
        if told == _LEAVE:
            return SKIP
        if told == _BACK:
            return _BACK
        if told != _OTHER:
            return str(line.options[int(told) - 1].urn)
        try:
            return str(look_up(asker.line("Name or URN:")).urn)
        except NotFound as error:
            asker.tell(f"{error.message} {error.hint}")
