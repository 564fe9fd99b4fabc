"""The demonstration: the whole line on the published sources, by the very commands an officer would type."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from senco.errors import Fault, Refused, StoreTrouble
from senco.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from senco.console.desk import Desk

STORE = "senco-demo.db"
DAY = "2020-11-24"
_SOURCES = (
    "gias-sutton.csv",
    "gias-links-sutton.csv",
    "sutton-2020-21-clusters.xlsx",
    "sutton-2020-21-answers.csv",
)
_SHOWN = 26
_REFERENCE = re.compile(r"\bR-[0-9A-Z]{4,5}\b")

# Of each cluster one of its own secondary schools as the host of its lead: invented, for none was ever published.
HOSTS = (
    ("CP1", "Overton"),
    ("CP2", "Car Boys"),
    ("CP3", "Cheam"),
    ("CP4", "Oaks Park"),
    ("CP5", "Glenthorne"),
)

# What is said, and the command; {0}, {1} … stand for the references that the requests were given.
BEFORE = (
    ("A store of its own, so that nothing of yours is touched.", "init"),
    ("The register of the borough's schools, as the government publishes it.", "schools import gias-sutton.csv --yes"),
    ("Which school became which later.", "schools import gias-links-sutton.csv --yes"),
    ("The cluster table as it was published: nicknames, merged cells, a wrong heading. First the plan.",
     "clusters import sutton-2020-21-clusters.xlsx --dry-run --review review.xlsx"),
    ("Two of 55 names are not sure enough to be taken: a person decides, and the table is taken in.",
     "clusters import sutton-2020-21-clusters.xlsx --answers sutton-2020-21-answers.csv --yes"),
    *(
        (
            "Which school hosts a lead was never published: this is invented, so that interests show at the panel."
            if cluster == "CP1"
            else "Another (invented).",
            f'clusters lead {cluster} --host "{host}" --from {DAY}',
        )
        for cluster, host in HOSTS
    ),
    ("One cluster, its lead and its schools.", "clusters show CP1"),
    ("The year's programme, from the same workbook.", "meetings import sutton-2020-21-clusters.xlsx --yes"),
    ("The programme as it was read.", "meetings list"),
    ("Cluster CP1's calendar, for Outlook or any other.", "meetings export --ics --cluster CP1 --out CP1.ics"),
    ("The borough's panel meets a fortnight after the clusters.",
     'meetings add "Tue 8 Dec 2020" "2 - 4pm" --for panel --venue "Civic Offices"'),
)  # fmt: skip
# The options of each request, and the provision asked for.
REQUESTS = (
    (
        "--school Overton --type individual --year-group 8 --need SEMH --status K --cost £9,400 --asked £3,400",
        "A key adult at the start and end of the day, and a small group twice a week.",
    ),
    (
        "--school Avenue --type individual --year-group 2 --need ASD --status K --cost £11,250 --asked £5,250",
        "Work station, visual timetable and an adult beside the child in lessons.",
    ),
    (
        "--school Devonshire --type individual --year-group R --need SLCN --status K --cost £7,100 --asked £1,100",
        "A language programme four times a week with a trained assistant.",
    ),
    (
        '--school "Robin Hood Infants" --type group --year-group 1 --need SEMH --status K --cost £8,600 --asked £2,600',
        "A nurture group of six on five mornings.",
    ),
)
OUTCOMES = (
    'exceptional --level confirm --reason "Two reviewed plans show the need; the cost is costed line by line."',
    'exceptional --level support --reason "The outreach team\'s report of October supports one adult in lessons."',
    'predictable --level advise --reason "Within what a school is expected to provide; the speech link can help."',
    'borderline --level advise --reason "Come back in January with the second review and a shared timetable."',
)
AFTER = (
    ("What the cluster decided, name-free: who reads this learns of needs and money, not of children.",
     "requests list --cluster CP1"),
    ("The panel's agenda, ready to print and to fill in.",
     "requests agenda --panel 2020-12-08-PANEL --out panel-2020-12-08.xlsx"),
    ("Everything that was done is on a trail that only grows.", "trail --last 5"),
    ("The store is sound, and so is what it holds.", "status"),
)  # fmt: skip

_NEXT = """\
# What senco left here

- `{store}`: the store with the schools, clusters, meetings and invented requests.
- `CP1.ics`: cluster CP1's calendar. Open it with Outlook or any other calendar.
- `panel-2020-12-08.xlsx`: the panel's agenda. Open it, or print it: it is laid out for A4.
- `gias-sutton.csv`, `sutton-2020-21-clusters.xlsx` …: the published sources that were read.

Go on from here, in this folder (the day is set back to the meeting's, so that its cases are heard):

    senco --store {store} clusters list
    senco --store {store} --as-of 24/11/2020 schools list --cluster CP3
    senco --store {store} --as-of 24/11/2020 requests add --school Glenthorne --year-group 9 --need ASD \\
        --cost £9,500 --asked £3,500 --provision "Small group work"
    senco --store {store} --as-of 24/11/2020 requests moderate --cluster CP5 --chair Muschamp
    senco --store {store} --as-of 24/11/2020 meetings export --ics --all --out all.ics
    senco --store {store} check

Then make your own store with `senco init`, and import your register and your cluster table.
"""


def walk(wanted: Path, desk: Desk) -> None:
    """Walk the line in a folder and say each command and what came out of it.

    Raises Refused ``demo.folder-in-use`` when the folder holds something, and Fault ``demo.failed`` when a command
    did not do what it should.
    """
    folder = _folder(wanted)
    for name in _SOURCES:
        shutil.copy(sources() / name, folder / name)
    desk.answer += f"senco's demonstration, in {folder}: Sutton's clusters of 2020/21, and requests invented for it.\n"
    desk.show_now()
    references: list[str] = []
    for number, (sentence, command) in enumerate(_steps(references), start=1):
        desk.answer += f"\n{number}. {sentence}\n$ senco {command}\n"
        desk.show_now()
        told = _run(folder, command, desk)
        if command.startswith("requests add"):
            references += _REFERENCE.findall(told)[:1]
        desk.answer += shortened(told)
        desk.show_now()
    write_whole(folder / "NEXT-STEPS.md", _NEXT.format(store=STORE).encode())
    desk.answer += f"\nAll of it is in {folder}: start with NEXT-STEPS.md there.\n"


def shortened(text: str) -> str:
    """Give a long answer's head and tail, and say how much of its middle is left out.

    >>> shortened("one\\ntwo\\n")
    'one\\ntwo\\n'
    """
    lines = text.splitlines(keepends=True)
    if len(lines) <= _SHOWN:
        return text
    head, tail = lines[: _SHOWN // 2], lines[-_SHOWN // 2 :]
    return "".join([*head, f"… {len(lines) - _SHOWN} lines left out here …\n", *tail])


def sources() -> Path:
    """Give the folder of the published sources: in the wheel beside the code, in a checkout at its top."""
    inside = Path(__file__).parent.parent / "data"
    return inside if inside.is_dir() else inside.parent.parent / "data"


def _steps(references: list[str]) -> Iterator[tuple[str, str]]:
    yield from BEFORE
    for number, (options, provision) in enumerate(REQUESTS):
        sentence = "A school asks for exceptional-needs funding (invented)." if number == 0 else "Another (invented)."
        yield sentence, f'requests add {options} --provision "{provision}"'
    for number, outcome in enumerate(OUTCOMES):
        sentence = (
            "The cluster moderates it; live in the meeting this is asked case by case." if number == 0 else "Next."
        )
        # A school of no trust that any of these is in, so that one chair can hear them all.
        yield (
            sentence,
            (
                f"requests moderate --request {references[number]} --meeting 2020-11-24-CP"
                f" --chair Wilsons --outcome {outcome}"
            ),
        )
    yield from AFTER


def _run(folder: Path, command: str, desk: Desk) -> str:
    import contextlib
    import shlex

    settings = {"SENCO_STORE": STORE, "SENCO_TODAY": DAY}
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        with contextlib.chdir(folder):
            code, told = desk.run(shlex.split(command))
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    if code:
        raise Fault("demo.failed", f"`senco {command}` ended with {code}: {told.strip()}")
    return told


def _folder(wanted: Path) -> Path:
    if wanted.exists() and (not wanted.is_dir() or any(wanted.iterdir())):
        number = 2
        while (other := wanted.with_name(f"{wanted.name}-{number}")).exists():
            number += 1
        raise Refused(
            "demo.folder-in-use",
            f"{wanted} is already there and holds something; nothing in it was touched.",
            f"Name another folder: senco demo {other}",
        )
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble(
            "demo.cannot-make-folder", f"The folder {wanted} cannot be made ({error.strerror}).", "Name another one."
        ) from None
    return wanted
