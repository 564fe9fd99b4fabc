"""The proposal of a year's programme, step by step: pattern, ground, proposal, show, ask, apply."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from senco.clusters import questions as clusters
from senco.dates import AcademicYear, iso_utc
from senco.deferred import dataclass
from senco.errors import BadInput, NotFound, Problem, Refused
from senco.meetings import deadline_questions, glance, questions, term_questions
from senco.meetings import render_year as render
from senco.meetings.kinds import Audience, MeetingDraft, MeetingStatus
from senco.meetings.pattern import pattern_like, read_pattern
from senco.meetings.planning import meeting_line
from senco.meetings.proposal import Ground, Obstacle, propose
from senco.meetings.rules import known_in
from senco.settings.questions import number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.clusters.kinds import MemberLine
    from senco.console.desk import Desk, Format
    from senco.meetings.kinds import DeadlineKind, KnownCluster, MeetingLine
    from senco.meetings.pattern import Pattern
    from senco.meetings.proposal import Proposal
    from senco.store.doors import Ask

PATTERNS = Path(__file__).parent / "patterns"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be proposed: the year, by which other year or pattern, where, and whether it is settled."""

    year: str
    like: str | None
    pattern: str | None
    venue: str
    status: MeetingStatus


def run(desk: Desk, wanted: Wanted, *, apply: bool, yes: bool, form: Format) -> None:
    """Propose a year's programme at a desk, and with ``apply`` add it."""
    year = wanted.year
    with desk.reading() as ask:
        pattern = _pattern(ask, wanted)
        ground = ground_of(ask, year)
        found = proposal_of(pattern, ground)
        drafts = drafts_of(found, wanted.status, venue=wanted.venue)
        lines = lines_of(ask, drafts, year, day=desk.today, at=iso_utc(desk.now))
        due = deadline_questions.deadlines(ask, lines)
    desk.show(*render.proposal(found, lines, due, glance.glance(ground.year, lines)), form=form)
    if not apply:
        desk.say(f"{len(lines)} meetings proposed for {year}; nothing was changed. --apply adds them.")
        return
    if not yes and desk.at_terminal:
        desk.show_now()
    desk.confirm(f"Add these {len(lines)} meetings?", flag="--yes", given=yes)
    from senco.meetings import verbs

    with desk.changing("meetings.plan") as change:
        done = verbs.add_proposed(change, drafts, year=year, day=desk.today)
    desk.say(f"Added {len(done)} meetings of {year}.")


def proposal_of(pattern: Pattern, ground: Ground) -> Proposal:
    """Propose the year; raises Refused ``plan.no-terms`` when its holidays are not known, ``plan.impossible``."""
    year = ground.year.year
    if not ground.year.knows_terms:
        raise Refused(
            "plan.no-terms",
            f"The term dates of {year} are not known, so nothing can be kept off the holidays.",
            f"`senco meetings terms template --year {year}` writes the usual ones; correct them and import them.",
        )
    found = propose(pattern, ground)
    if isinstance(found, Obstacle):
        rules = ", ".join(f"“{rule}”" for rule in found.rules)
        hint = f"Without the rule {rules} there would be one." if len(found.rules) == 1 else (
            f"Without any one of the rules {rules} there would be one." if rules else "No single rule is to blame."
        )  # fmt: skip
        raise Refused(
            "plan.impossible", f"There is no such programme for {year}. {found.why}", f"{hint} Change the pattern."
        )
    return found


def drafts_of(found: Proposal, status: MeetingStatus, *, venue: str = "") -> list[MeetingDraft]:
    """Give the drafts of a proposal's meetings, in its order; ``venue`` is where those meet that name no place."""
    return [
        MeetingDraft(
            where=f"planned for {found.year}: {placed.slot.key}",
            day=held.day,
            starts=placed.slot.starts,
            ends=placed.slot.ends,
            audience=Audience(placed.slot.audience.kind, placed.slot.audience.family, held.clusters),
            venue=held.venue or venue,
            purpose=placed.slot.purpose,
            status=status,
        )
        for placed in found.placed
        for held in placed.held
    ]


def lines_of(ask: Ask, drafts: list[MeetingDraft], year: str, *, day: date, at: str) -> list[MeetingLine]:
    """Give the meetings as they would stand; raises what `planning.meeting_line` raises."""
    known, la_code = questions.known_clusters(ask, year), number_on(ask, "la.code", day)
    return [meeting_line(draft, year=year, known=known, la_code=la_code, at=at) for draft in drafts]


def ground_of(ask: Ask, year: str) -> Ground:
    """Give the ground of a year; a family of clusters that it does not know yet is that of the newest year before."""
    families: dict[str, tuple[str, ...]] = {}
    members: dict[str, frozenset[int]] = {}
    hosts: dict[str, tuple[str, ...]] = {}
    for each in _years_up_to(ask, year):
        here: dict[str, tuple[str, ...]] = {}
        for reference in questions.known_clusters(ask, each):
            family = reference.rstrip("0123456789")
            here[family] = (*here.get(family, ()), reference)
        families = here | families
        inside: dict[str, tuple[MemberLine, ...]] = {}
        for line in clusters.all_members(ask, each, AcademicYear.parse(each).last):
            inside[line.cluster] = (*inside.get(line.cluster, ()), line)
        members = {cluster: frozenset(line.urn for line in held) for cluster, held in inside.items()} | members
        hosts = {cluster: tuple(line.name for line in held) for cluster, held in inside.items()} | hosts
    rules: dict[tuple[str, date], str] = {}

    def rule(kind: DeadlineKind, day: date) -> str:
        if (kind, day) not in rules:
            rules[kind, day] = word_on(ask, kind.value, day)
        return rules[kind, day]

    return Ground(term_questions.school_year(ask, year), families, members, rule, hosts)


def _years_up_to(ask: Ask, year: str) -> list[str]:
    held = {*questions.years(ask), *clusters.years(ask)}
    return sorted((each for each in held if each <= year), reverse=True)


def _pattern(ask: Ask, wanted: Wanted) -> Pattern:
    """Give the pattern: that of a year before, that of a file, or one of those that come with senco.

    Raises NotFound ``plan.nothing-like-it``, ``pattern.unknown``, BadInput ``pattern.unreadable``.
    """
    if like := wanted.like:
        lines = [line for line in questions.meetings(ask, year=like) if line.status != MeetingStatus.CANCELLED]
        if not lines:
            raise NotFound(
                "plan.nothing-like-it", f"{like} has no meetings to plan by.", "`senco meetings list` shows the years."
            )
        return pattern_like(lines)
    return pattern_named(wanted.pattern or "sutton", known_in(questions.clusters_of_all_years(ask), wanted.year))


def pattern_named(named: str, known: Sequence[KnownCluster] = ()) -> Pattern:
    """Give the pattern of a file, or one of those that come with senco by its name; ``known`` are a year's clusters."""
    own = {each.stem: each for each in sorted(PATTERNS.glob("*.toml"))}
    path = own.get(named.casefold(), Path(named))
    return read_pattern(_toml(path, own), path.name, known)


def _toml(path: Path, own: dict[str, Path]) -> dict[str, Any]:
    import tomllib

    from senco.nearest import did_you_mean

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        hint = did_you_mean(path.name, own) or f"Give the name of a file, or one of: {', '.join(own)}."
        raise NotFound("pattern.unknown", f"There is no pattern '{path}'.", hint) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        where = f"{path.name} › line {getattr(error, 'lineno', 1)}"
        problem = Problem(where, "It cannot be read as TOML.", "Copy one that comes with senco and change that.")
        raise BadInput(
            "pattern.unreadable", f"{path.name} is no pattern of a year.", "README, “The year”.", (problem,)
        ) from None
