"""The README's lines for cron and for Windows: the one is run as cron runs it, the other held to what it would run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALLED = "/opt/senco/.venv/bin/senco"
LONGEST_TASK = 261  # letters that /TR takes


def crontab_line() -> str:
    (block,) = re.findall(r"^```crontab\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    (line,) = [each for each in block.splitlines() if not re.match(r"[A-Z_]+=", each)]
    return str(line)


def as_cron_runs_it(line: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a crontab's command as cron does: by /bin/sh, in an environment with next to nothing in it."""
    times, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert all(re.fullmatch(r"\*|[0-9]+", each) for each in times)
    assert "%" not in command  # cron takes it for the end of the line
    words = [
        "env",
        "-i",
        f"HOME={home}",
        "PATH=/usr/bin:/bin",
        "SHELL=/bin/sh",
        "LOGNAME=senco",
        "/bin/sh",
        "-c",
        command,
    ]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=home, stdin=subprocess.DEVNULL)


@pytest.fixture
def machine(tmp_path: Path, year_path: Path) -> Path:
    """Give a folder that stands for the machine of the README: an installed senco, a store and a folder."""
    (tmp_path / "home").mkdir()
    (tmp_path / "srv" / "reports").mkdir(parents=True)
    shutil.copy(year_path, tmp_path / "srv" / "borough.db")
    senco = tmp_path / "senco"
    senco.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} PYTHONDONTWRITEBYTECODE=1 exec {sys.executable} -m senco "$@"\n',
        encoding="utf-8",
    )
    senco.chmod(0o700)
    return tmp_path


def here(line: str, machine: Path) -> str:
    """Give a line of the README with this machine's places."""
    return line.replace(INSTALLED, str(machine / "senco")).replace("/srv/senco/", f"{machine}/srv/")


@pytest.mark.skipif(os.name != "posix", reason="cron is of POSIX")
def test_the_crontab_line_does_its_work_in_silence(machine: Path) -> None:
    line = crontab_line()
    assert INSTALLED in line
    ran = as_cron_runs_it(here(line, machine), machine / "home")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    made = sorted((machine / "srv" / "reports").iterdir())
    assert len(made) == 8
    # By the clock of the machine a later year's term has ended last: nothing of it is on record, and that is told.
    before = [path.stat().st_mtime_ns for path in made]
    again = as_cron_runs_it(here(line, machine), machine / "home")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert [path.stat().st_mtime_ns for path in made] == before


@pytest.mark.skipif(os.name != "posix", reason="cron is of POSIX")
def test_when_something_is_wrong_cron_has_something_to_mail(machine: Path) -> None:
    shutil.rmtree(machine / "srv" / "reports")
    ran = as_cron_runs_it(here(crontab_line(), machine), machine / "home")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "There is no folder" in ran.stderr


def test_the_line_for_windows_is_one_that_senco_takes(machine: Path, senco: Callable[..., Any]) -> None:
    (line,) = re.findall(r"^```bat\n(schtasks /Create .*)\n```$", README, flags=re.MULTILINE)
    options = {name: value.strip('"') for name, value in re.findall(r'/([A-Z]{1,2}) ("[^"]*"|[^ ]+)', line)}
    assert set(options) == {"TN", "SC", "D", "ST", "TR"}
    assert (options["SC"], options["D"], options["ST"]) == ("WEEKLY", "MON", "06:30")
    assert len(options["TR"]) <= LONGEST_TASK
    program, *words = options["TR"].split(" ")
    assert program.endswith("\\senco.exe")
    places = {
        "C:\\senco\\borough.db": machine / "srv" / "borough.db",
        "C:\\senco\\reports": machine / "srv" / "reports",
    }
    assert places.keys() <= set(words)
    ran = senco("--as-of", "2021-01-11", *(places.get(word, word) for word in words))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert len(list((machine / "srv" / "reports").iterdir())) == 8


def test_both_lines_run_the_same() -> None:
    said = re.findall(r"senco(?:\.exe)? (reports term last)", README)
    assert len(said) == 2
