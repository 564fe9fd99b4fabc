"""The options in which a command line says reasons: the same for the cluster, the panel and the officer."""

from __future__ import annotations

from typing import Annotated

import typer

Met = Annotated[list[str] | None, typer.Option("--met", help="A criterion that is met.", metavar="CRITERION")]
NotMet = Annotated[list[str] | None, typer.Option("--not-met", help="One that is not met.", metavar="CRITERION")]
Evidence = Annotated[list[str] | None, typer.Option("--evidence", help="Evidence relied on.", metavar="TEXT")]
Condition = Annotated[list[str] | None, typer.Option("--condition", help="A condition.", metavar="TEXT")]
Advice = Annotated[list[str] | None, typer.Option("--advice", help='Advice: "what | who | by when".', metavar="ADVICE")]
Wanted = Annotated[list[str] | None, typer.Option("--wanted", help="Evidence wanted next time.", metavar="TEXT")]
