"""The README is run: every console block, in its order, in one folder, compared with what really comes out.

``SENCO_WRITE_README=1`` writes what came out into the README, to be read before it is committed.
"""

from __future__ import annotations

import importlib
import os
import re
import shlex
import shutil
import sys
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from senco import errors
from senco.app import GROUPS, build, main
from tests.requests.forms import POLICY, Form, child, usual
from tests.requests.year import School

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
REFERENCE = re.compile(r"\bR-[0-9A-HJKMNP-TV-Z]{4,5}\b")
# What differs from run to run: seals, moments of the trail, sizes.
PASSING = (
    (re.compile(r"\b\d+(-[A-Z2-7]{4}){4}\b"), "SEAL"),
    (re.compile(r"\b\w{3} \d{1,2} \w{3} \d{4}, \d{1,2}(\.\d\d)?[ap]m"), "MOMENT"),
    (re.compile(r"\b\d+ KiB"), "SIZE"),
)


def steady(text: str) -> str:
    """Put a word of its own in place of what differs from run to run, and fold the blanks that its length moves."""
    for pattern, word in ((REFERENCE, "R-####"), *PASSING):
        text = pattern.sub(word, text)
    return "\n".join(re.sub(r" {2,}", "  ", line).rstrip() for line in text.strip().splitlines())


def same(came: str, shown: str) -> bool:
    """Compare what came with what is shown; a line of three dots stands for any lines that the README leaves out."""
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^…$", steady(shown), flags=re.MULTILINE)]
    return re.fullmatch(r"\n(?:.*\n)*?".join(parts), steady(came)) is not None


def commands_of(block: str) -> list[tuple[str, str]]:
    """Cut a console block into its commands, each with the output that the README shows."""
    parts = re.split(r"^\$ ((?:.*\\\n)*.*)\n", block, flags=re.MULTILINE)[1:]
    return [(command, shown) for command, shown in zip(parts[::2], parts[1::2], strict=True)]


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> str:
    words = shlex.split(command.replace("\\\n", " "))
    while "=" in words[0]:
        name, value = words.pop(0).split("=", 1)
        monkeypatch.setenv(name, value)
    if words[0] == "export":
        for word in words[1:]:
            monkeypatch.setenv(*word.split("=", 1))
        return ""
    if words[0] == "mkdir":
        Path(words[1]).mkdir()
        return ""
    assert words[0] == "senco", command
    both = StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", both)
        patch.setattr(sys, "stderr", both)
        main(words[1:])
    return both.getvalue()


def fill_forms(folder: Path) -> None:
    """Fill in the two forms that the README speaks of: a good one, and one with mistakes."""
    empty = Form(policy=replace(POLICY, catalogue=()))
    asked = usual(
        school=School(136756, "Overton Grange School", 11, 18),
        children=(child(born=date(2007, 12, 5), year_group="8"),),
        pupils_views="",
    )
    folder.mkdir()
    (folder / "overton-7.xlsx").write_bytes(empty.of(asked))
    (folder / "overton-8.xlsx").write_bytes(empty.of(replace(asked, number=8), need1="ADHD", attendance="most days"))


def write_statement(folder: Path) -> None:
    """Write the statement of finance that the README speaks of: a cost centre with debits and credits apart."""
    (folder / "finance.csv").write_text(
        "Cost centre,CP1 training\n\nPosting date,Document,Debit,Credit,Balance\n"
        "01/09/2020,Balance b/fwd,,,0.00\n"
        '24/11/2020,E3,,"2,500.00","2,500.00"\n'
        '24/11/2020,INV-204,240.00,,"2,260.00"\n'
        '26/11/2020,Returned by the bank,,240.00,"2,500.00"\n'
        '26/11/2020,CHQ-9,5.00,,"2,495.00"\n'
        ',Closing balance,,,"2,495.00"\n',
        encoding="utf-8",
    )


def test_every_console_block_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    fill_forms(tmp_path / "forms")
    write_statement(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SENCO_TODAY")
    text, known, wrong = README.read_text(encoding="utf-8"), dict[str, str](), list[str]()
    blocks = BLOCK.findall(text)
    assert blocks
    for block in blocks:
        written = ""
        for command, shown in commands_of(block):
            real = REFERENCE.sub(lambda found: known.get(found.group(), found.group()), command)
            came = run(real, monkeypatch)
            for theirs, ours in zip(REFERENCE.findall(shown), REFERENCE.findall(came), strict=False):
                known.setdefault(theirs, ours)
            if not same(came, shown):
                wrong.append(f"$ {command}\n{came}")
            for theirs, ours in known.items():
                came = came.replace(ours, theirs)
            written += f"$ {command}\n{shown if same(came, shown) else came}"
        if os.environ.get("SENCO_WRITE_README") == "1":
            text = text.replace(block, written if written.endswith("\n") else written + "\n", 1)
    if os.environ.get("SENCO_WRITE_README") == "1":
        README.write_text(text, encoding="utf-8", newline="\n")
    assert wrong == []


def exit_codes() -> str:
    """Give the README's table of exit codes, made from the classes of error."""
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.SencoError)]
    meanings = {each.code: each.meaning for each in kinds if "meaning" in vars(each)}
    rows = ["| code | meaning |", "|---|---|", "| 0 | done |"]
    return "\n".join([*rows, *(f"| {code} | {meanings[code]} |" for code in sorted(meanings))])


def test_the_table_of_exit_codes_is_that_of_the_classes() -> None:
    text = README.read_text(encoding="utf-8")
    if os.environ.get("SENCO_WRITE_README") == "1":
        text = re.sub(r"\| code \| meaning \|\n(\|.*\n)+", lambda _: exit_codes() + "\n", text)
        README.write_text(text, encoding="utf-8", newline="\n")
    assert exit_codes() in text


def test_the_readme_names_every_command() -> None:
    tree: Any = get_command(build([]))
    names = {f"senco {name}" for name in tree.commands} - {f"senco {name}" for name, *_ in GROUPS}
    for group, place, *_ in GROUPS:
        branch: Any = get_command(importlib.import_module(place).commands)
        names |= {f"senco {group} {name}" for name in branch.commands}
    told = re.findall(
        r"^\| `(senco [a-z0-9 ]+?)(?: [\[(A-Z-].*?)?` \|", README.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert set(told) == names


def test_the_readme_names_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = README.read_text(encoding="utf-8")
    for each in project["dependencies"]:
        name = re.split(r"[<>=;\s]", each, maxsplit=1)[0]
        assert f"| {name} |" in text, f"the README's table has no reason for {name}"


def test_the_test_command_is_that_of_ci() -> None:
    commands = [line for line in README.read_text(encoding="utf-8").splitlines() if "python -m pytest" in line]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert commands
    assert commands[0] in ci


def test_the_changelog_names_this_version() -> None:
    from senco import __version__

    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_pattern_that_the_readme_shows_is_one() -> None:
    import tomllib

    from senco.meetings.pattern import read_pattern

    (shown,) = re.findall(r"^```toml\n(.*?)^```$", README.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert len(read_pattern(tomllib.loads(shown), "README.md").slots) == 4
