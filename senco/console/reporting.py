"""How an error is told: on stderr, in plain words or as one JSON object, with its exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from senco.errors import BadInput, Interrupted, SencoError, WrongUse
from senco.privacy import clean_block

if TYPE_CHECKING:
    import typer


def report(error: SencoError, *, as_json: bool) -> int:
    """Tell an error on stderr and give its exit code."""
    problems = error.problems if isinstance(error, BadInput) else ()
    if as_json:
        import json

        told: dict[str, Any] = {"reference": error.reference, "message": error.message, "hint": error.hint}
        if problems:
            told["problems"] = [{"where": each.where, "what": each.what, "do": each.do} for each in problems]
        text = json.dumps({"error": told, "exit_code": error.code}, ensure_ascii=False)
    else:
        lines = [f"senco: {error.message}", *(f"  {problem}" for problem in problems)]
        if error.hint:
            lines.append(f"  {error.hint}")
        text = "\n".join(lines)
    # Ctrl-C leaves its ^C on the line of the prompt.
    start = "\n" if error.code == Interrupted.code and not as_json else ""
    sys.stderr.write(start + clean_block(text) + "\n")
    return error.code


def report_usage(error: typer.TyperException, *, as_json: bool) -> int:
    """Tell a mistake in the command line as Typer found it."""
    message = error.format_message().strip()
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "senco"
    return report(WrongUse("usage", message, f"See `{path} --help`."), as_json=as_json)
