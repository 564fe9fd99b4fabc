"""The front door: the command tree, built no further than the command line needs, and `main`, which never raises."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from senco.console.desk import Desk, set_desk
from senco.console.desk import desk as current_desk
from senco.console.options import read_date
from senco.errors import Fault, SencoError, StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.requests.advising import Proposed
    from senco.store.doors import Ask

# name, where its commands are, the panel it stands under in the help, what it is for
GROUPS: tuple[tuple[str, str, str, str], ...] = (
    ("schools", "senco.schools.commands", "Set up", "The school register: import, look up, other names."),
    ("clusters", "senco.clusters.commands", "Set up", "The clusters of a year: their schools, leads and host schools."),
    (
        "settings",
        "senco.settings.commands",
        "Set up",
        "The borough's own rules, each with the date from which it holds.",
    ),
    ("meetings", "senco.meetings.commands", "Before a meeting", "The year's programme, and its calendars (.ics)."),
    ("requests", "senco.requests.commands", "Before and in the meeting", "Requests for exceptional-needs funding."),
    ("budget", "senco.budget.commands", "Money", "The clusters' money and specialists' time, to the penny and minute."),
    (
        "reports",
        "senco.reports.commands",
        "Reports",
        "What leaves the house by itself: pages and workbooks to publish.",
    ),
)
UPKEEP = "senco.upkeep.commands"
_EVERYWHERE = ("--store", "--as-of")
_FORMAT = ("--format", "-f")
_INTERRUPTED = 130
_COMPLETION = ("--install-completion", "--show-completion")

_HELP = "Run a borough's SENCO clusters: schools, meetings, requests and their moderation."
_EPILOG = "New here? `senco demo` walks through a whole year on published data, in a folder of its own."


_ORDER = ("demo", "init", *(name for name, *_ in GROUPS))


class _ByTheJob(typer.core.TyperGroup):
    """The commands in the order of the work: set up, before and in the meeting, after it, and last the store itself."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Give the names in that order; what is not named there follows as it was added."""
        names = super().list_commands(ctx)
        return [name for name in _ORDER if name in names] + [name for name in names if name not in _ORDER]


def main(argv: Sequence[str]) -> int:
    """Run one command line and give its exit code; whatever happens is told, nothing is raised."""
    os.umask(0o077)
    _stand_in_for_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console in cp1252 shows what it cannot write as '?', rather than ending the command.
            stream.reconfigure(errors="replace")
    words = hoisted(argv)
    json_wanted = _json_wanted(words)
    try:
        return _run(words)
    except SencoError as error:
        return _report(error, as_json=json_wanted)
    except typer.TyperException as error:
        from senco.console.reporting import report_usage

        return report_usage(error, as_json=json_wanted)
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\nStopped. What was recorded so far stays recorded.\n")
        return 130
    except BrokenPipeError:
        # The reader went away (`senco … | head`): nothing is wrong, and the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the one place that catches everything
        return _report(_fault(error), as_json=json_wanted)
    finally:
        set_desk(None)


def _report(error: SencoError, *, as_json: bool) -> int:
    from senco.console.reporting import report

    return report(error, as_json=as_json)


def _run(words: list[str]) -> int:
    set_desk(Desk())  # the day and the store named on the command line put another in its place
    ended = typer.main.get_command(build(words)).main(args=words, prog_name="senco", standalone_mode=False)
    if ended == _INTERRUPTED:  # Typer turned Ctrl-C into a code of its own and said nothing
        raise KeyboardInterrupt
    if isinstance(ended, int) and ended:
        return ended
    desk = current_desk()
    if desk.answer:
        try:
            sys.stdout.write(desk.answer)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StoreTrouble(
                "output.cannot-write", f"The answer could not be written out ({error.strerror}).", "Is the disk full?"
            ) from None
    return desk.status


class _Closed(StringIO):
    """Stands for a stdout that the caller closed: what is written to it cannot arrive."""

    def write(self, text: str) -> int:
        """Refuse the answer."""
        raise OSError(errno.EBADF, "stdout is closed", text[:0])


def _stand_in_for_closed_streams() -> None:
    # A caller may close a stream (`senco … >&-`); Python then has None in its place.
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = StringIO()


def build(words: Sequence[str]) -> typer.Typer:
    """Build the command tree: the one group that the words call for, with door plates for the others."""
    completing = os.environ.get("_SENCO_COMPLETE")
    called = _first_command(os.environ.get("COMP_WORDS", "").split()[1:] if completing else words)
    app = typer.Typer(
        cls=_ByTheJob,
        help=_HELP,
        epilog=_EPILOG,
        rich_markup_mode="rich" if _wants_help(words) else None,
        add_completion=bool(completing) or any(word.startswith(_COMPLETION) for word in words) or called is None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_everywhere)
    names = {name for name, *_ in GROUPS}
    alone = called in names and not completing and not _wants_help(words)
    for name, place, panel, purpose in GROUPS:
        if alone and called != name:
            continue  # nobody sees the plates of the other groups: they are in the help alone
        group = importlib.import_module(place).commands if called == name else _door_plate()
        group = _narrowed(group, words) if alone else group
        app.add_typer(group, name=name, help=purpose, rich_help_panel=panel)
    if called not in names:
        importlib.import_module(UPKEEP).add_to(app)
    return app


def hoisted(argv: Sequence[str]) -> list[str]:
    """Move the options that hold everywhere to the front, so that they may stand anywhere; ask a bare group for help.

    >>> hoisted(["schools", "list", "--store", "a.db"])
    ['--store', 'a.db', 'schools', 'list']
    >>> hoisted(["schools"])
    ['schools', '--help']
    >>> hoisted(["--format", "json", "status"])
    ['status', '--format', 'json']
    >>> hoisted([])
    ['--help']
    """
    front: list[str] = []
    rest: list[str] = []
    back: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in _EVERYWHERE:
            front += [word, *([following] if (following := next(words, None)) is not None else [])]
        elif word.startswith(tuple(f"{name}=" for name in _EVERYWHERE)):
            front.append(word)
        elif not rest and word in _FORMAT:
            back += [word, *([following] if (following := next(words, None)) is not None else [])]
        elif not rest and word.startswith("--format="):
            back.append(word)
        else:
            rest.append(word)
    if not rest and not os.environ.get("_SENCO_COMPLETE"):
        rest = ["--help"]
    if len(rest) == 1 and rest[0] in {name for name, *_ in GROUPS}:
        rest.append("--help")
    return front + rest + back


def _everywhere(
    store: Annotated[
        Path | None,
        typer.Option(envvar="SENCO_STORE", help="The store to work on; your own by default.", metavar="FILE"),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(envvar="SENCO_TODAY", help="The day to answer for; today by default.", metavar="DATE"),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(
            envvar="SENCO_ACTOR", help="Who is at work, for the trail; your login by default.", metavar="NAME"
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001, FBT002 - a flag, dealt with by its callback
        bool, typer.Option("--version", help="Show the version and stop.", callback=lambda told: _version(told=told))
    ] = False,
) -> None:
    day: date | None = read_date(as_of) if as_of else None
    set_desk(Desk(store_path=store, as_of=day, actor_named=actor, front_door=main, adviser=_advise))


def _advise(ask: Ask, proposed: Sequence[Proposed], day: date) -> Sequence[str]:
    from senco.budget.advice import warnings

    return warnings(ask, proposed, day)


def _version(*, told: bool) -> None:
    if told:
        from senco import __version__

        typer.echo(f"senco {__version__}")
        raise typer.Exit


def _narrowed(group: typer.Typer, words: Sequence[str]) -> typer.Typer:
    """Give a group with the one command that is called; the whole group where its name is none of them."""
    at = next(number for number, word in enumerate(words) if _first_command(words[: number + 1]))
    wanted = _first_command(words[at + 1 :])
    for command in group.registered_commands:
        if command.name == wanted is not None:
            one = typer.Typer()
            one.registered_commands = [command]
            one.registered_callback = group.registered_callback
            return one
    for nested in group.registered_groups:
        if nested.name == wanted is not None:
            one = _door_plate()
            one.registered_groups = [nested]
            return one
    return group


def _door_plate() -> typer.Typer:
    plate = typer.Typer()
    plate.callback()(lambda: None)
    return plate


def _first_command(words: Sequence[str]) -> str | None:
    options = iter(words)
    for word in options:
        if word in {*_EVERYWHERE, "--actor"}:
            next(options, None)
        elif not word.startswith("-"):
            return word
    return None


def _wants_help(words: Sequence[str]) -> bool:
    return "--help" in words or "-h" in words


def _json_wanted(words: Sequence[str]) -> bool:
    pairs = zip(words, words[1:], strict=False)  # noqa: RUF007 - itertools is one import more at every start
    return "--format=json" in words or any(a in {"--format", "-f"} and b == "json" for a, b in pairs)


def _fault(error: Exception) -> SencoError:
    if os.environ.get("SENCO_DEBUG") == "1":
        raise error
    # The text of a foreign exception may hold a value that identifies a child: only its kind and place are told.
    trace, place, home = error.__traceback__, "an unknown place", Path(__file__).parent
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(home):
            place = f"{file.relative_to(home).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return Fault(
        "fault.unexpected",
        f"Something went wrong inside senco ({type(error).__name__} at {place}). Nothing was changed by this command.",
        "Please report this; SENCO_DEBUG=1 shows the whole trace (it may show personal data: look before you send it).",
    )
