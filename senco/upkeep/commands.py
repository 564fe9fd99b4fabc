"""The commands that look after the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import FormatOption

_PANEL = "Look after the store"


def add_to(app: typer.Typer) -> None:
    """Put the commands of upkeep into the command tree, at its top."""
    for name, command, panel in (
        ("demo", demo, "Start here"),
        ("init", init, "Start here"),
        ("status", status, _PANEL),
        ("check", check, _PANEL),
        ("trail", trail, _PANEL),
        ("unlock", unlock, _PANEL),
    ):
        app.command(name, rich_help_panel=panel)(command)


def init() -> None:
    """Make the store, or bring an older one up to date after saving a copy beside it.

    Example: senco init --store borough.db
    """
    store = desk().store
    done = store.make_or_upgrade(actor=desk().actor, at=desk().now)
    if done.made:
        desk().say(f"Made the store {store.path}.")
    elif done.steps:
        desk().say(f"Brought {store.path} up to date in {len(done.steps)} steps; the copy before is {done.copy}.")
    else:
        desk().say(f"The store {store.path} is up to date.")


def status(form: FormatOption = Format.TABLE) -> None:
    """Show what the store holds, when it last changed, and its seal.

    Example: senco status --format json
    """
    from senco.upkeep import questions, render

    with desk().reading() as ask:
        line = questions.status(ask, desk().store.path)
    desk().show(render.status(line), form=form)


def check(
    seal: Annotated[str, typer.Option(help="Prove that the store holds the record of a printed seal.")] = "",
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept an older copy that was put back on purpose.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Run every named check over the store; exit code 7 when one finds something.

    Example: senco check --seal 20-ASHI-ST4Z-ZBG6-KMIC
    """
    from senco.errors import ChecksFound
    from senco.reports import soundness
    from senco.upkeep import render

    if accept:
        desk().store.accept()
    with desk().store.reading(trusting=True) as ask:
        wrong = [soundness.seal_finding(ask, seal)] if seal else []
        found = [each for each in wrong if each] + soundness.findings(ask, desk().today)
    if seal and not any(wrong):
        desk().say(f"The store holds the very record of the seal {seal}.")
    desk().show(render.findings(found), form=form)
    desk().end_with(ChecksFound.code if found else 0)


def trail(
    subject: Annotated[str, typer.Option("--on", help="Only lines about this: a reference or part of one.")] = "",
    verb: Annotated[str, typer.Option("--what", help="Only lines of this verb, or part of one.")] = "",
    change: Annotated[str, typer.Option("--change", help="Only the line of the change with this id.")] = "",
    most: Annotated[int, typer.Option("--last", help="How many lines at the most.", min=1)] = 20,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show the trail: who did what and when. It only grows.

    Example: senco trail --on R-7KQ4
    """
    from senco.upkeep import questions, render

    with desk().store.reading(trusting=True) as ask:
        lines = questions.trail(ask, subject=subject, verb=verb, change=change, most=most)
    desk().show(render.trail(lines), form=form)


def unlock() -> None:
    """Take away a lock that a dead process left behind, and say who held it.

    Example: senco unlock
    """
    from senco.store.lock import break_lock, lock_path

    path = desk().store.path
    if not lock_path(path).exists():
        desk().say(f"No lock stands beside {path}.")
        return
    held = break_lock(path)
    desk().say(f"Took away the lock of {held or 'an unknown process'}.")


def demo(
    folder: Annotated[Path, typer.Argument(help="The folder to leave everything in.", metavar="[DIR]")] = Path(
        "senco-demo"
    ),
) -> None:
    """Walk the whole line on published data with invented requests, and leave a folder to explore.

    Example: senco demo first-look
    """
    from senco.upkeep.demo import walk

    walk(folder, desk())
