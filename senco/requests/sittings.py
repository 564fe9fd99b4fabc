"""How a case lies before a cluster's sitting: the schools there, who chairs, who has an interest. It only reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.clusters import questions as clusters
from senco.errors import NotFound, Refused, WrongUse
from senco.meetings import questions as meetings
from senco.privacy import fold
from senco.requests import conduct, contradictions, contribution, questions, records, rules
from senco.requests.kinds import Ground, Hearing, Interest, Sitting, SittingSummary, Stage
from senco.settings.questions import number_on, word_on

if TYPE_CHECKING:
    from senco.requests.kinds import CaseLine, Party
    from senco.store.doors import Ask


def sitting(ask: Ask, *, meeting: str, cluster: str, year: str, chair: str = "", critical_friend: str = "") -> Sitting:
    """Give the sitting of a cluster at a meeting; the chair is the school that hosts the cluster's lead by default.

    ``meeting``, ``chair`` and ``critical_friend`` are words as typed. Raises what `meeting_for` and `find_school`
    raise, NotFound ``cluster.unknown``, and Refused ``requests.no-chair`` when nobody is known to chair,
    ``requests.no-seat`` for a school that sits in no cluster of the year.
    """
    held = questions.meeting_for(ask, meeting, cluster)
    day = date.fromisoformat(held.starts[:10])
    if why := contradictions.why_not_year(held.year, year):
        raise Refused(
            "requests.meeting-of-others",
            f"{held.reference} cannot hear it: {why}.",
            f"`senco meetings list --cluster {cluster} --year {year}` shows those that can.",
        )
    line = clusters.cluster_named(ask, cluster, year, day)
    chairs = _chair_meant(ask, chair, day, year, line.host_urn) if chair else _host(ask, line.host_urn)
    if chairs is None:
        raise Refused(
            "requests.no-chair",
            f"Nobody is known to chair {line.reference}: no school hosts its lead on that day.",
            "Name the chairing school with --chair.",
        )
    friend = _chair_meant(ask, critical_friend, day, year, line.host_urn) if critical_friend else None
    members = tuple(questions.party(ask, each.urn) for each in clusters.members(ask, line.reference, year, day))
    return Sitting(
        meeting=held.reference,
        day=day.isoformat(),
        cluster=line.reference,
        year=year,
        members=members,
        host_urn=line.host_urn,
        chair=chairs,
        critical_friend=friend,
        interest=word_on(ask, "interest", day),
        threshold_pence=number_on(ask, "threshold", day),
        threshold_means=word_on(ask, "threshold.means", day),
        element2_pence=number_on(ask, "element2", day),
        element2_group=word_on(ask, contribution.SETTING, day),
        casting=word_on(ask, "votes.casting", day) == "yes",
        counted=word_on(ask, "votes", day) == "school",
    )


def hearing(ask: Ask, case: CaseLine, sitting: Sitting, chaired_by: str = "") -> Hearing:
    """Give a case as it lies before a sitting.

    ``chaired_by`` names another school in the chair for this case; if it is "", the critical friend chairs where the
    chair has an interest. Raises what `find_school` raises, Refused ``requests.no-seat``.
    """
    school = questions.party(ask, case.urn)
    there = {each.urn: each for each in (*sitting.members, sitting.chair)}
    computed = rules.interests_in(there.values(), school, host_urn=sitting.host_urn, interest=sitting.interest)
    settled = tuple(records.settled(ask, sitting.meeting, case.reference))
    standing = [each for each in conduct.standing(computed, settled) if each.state != "dismissed"]
    interests = tuple(Interest(each.urn, each.school, Ground(each.ground)) for each in standing)
    moderating = sitting.critical_friend if any(each.urn == sitting.chair.urn for each in interests) else None
    if chaired_by:
        day = date.fromisoformat(sitting.day)
        moderating = _chair_meant(ask, chaired_by, day, sitting.year, sitting.host_urn)
    grounds = {each.urn: each.ground for each in reversed(interests)}
    trouble = _chair_trouble(sitting, moderating, school, grounds, {each.urn for each in settled})
    return Hearing(case, sitting, interests, moderating, trouble or "", settled)


def _chair_trouble(
    sitting: Sitting, moderating: Party | None, school: Party, grounds: dict[int, Ground], settled: set[int]
) -> str | None:
    """Say why a case cannot be chaired so, heeding what the meeting settled about the chair."""
    chairs = moderating or sitting.chair
    if chairs.urn in settled and (moderating is None or moderating.urn != sitting.chair.urn):
        if chairs.urn not in grounds:
            return None
        said = grounds[chairs.urn].value.replace("-", " ")
        return f"{chairs.name} has an interest in this case ({said}), so another school must chair it"
    return rules.why_not_chair(sitting.chair, moderating, school, host_urn=sitting.host_urn, interest=sitting.interest)


def to_hold(ask: Ask, *, meeting: str, cluster: str, today: date) -> tuple[str, str, str]:
    """Give the meeting, cluster and year that a person wants to hold: what is named, else where cases wait.

    Of several meetings the next one is meant, or else the last. Raises NotFound ``requests.nothing-to-hear`` and
    WrongUse ``requests.which-cluster``.
    """
    named = meetings.meeting_named(ask, meeting) if meeting else None
    wanted = questions.cluster_meant(ask, cluster, named.year if named else None, today) if cluster else ""
    waiting = [
        (reference, theirs, starts)
        for reference, theirs, starts in questions.listed_at(ask)
        if (named is None or reference == named.reference) and wanted in {"", theirs}
    ]
    if not waiting:
        raise NotFound(
            "requests.nothing-to-hear",
            "No request waits to be heard there.",
            "`senco requests list --stage listed` shows the requests that wait, with their meetings.",
        )
    ahead = [each for each in waiting if each[2][:10] >= today.isoformat()]
    chosen = (ahead or waiting[-1:])[0]
    rooms = sorted({theirs for reference, theirs, _ in waiting if reference == chosen[0]}, key=rules.cluster_order)
    if len(rooms) > 1:
        raise WrongUse(
            "requests.which-cluster",
            f"At {chosen[0]} there are cases of {', '.join(rooms)}; each cluster sits for itself.",
            "Say which with --cluster.",
        )
    line = next(iter(questions.requests(ask, meeting=chosen[0], cluster=rooms[0], stage=Stage.LISTED)))
    return chosen[0], rooms[0], line.year


def waiting(ask: Ask, sitting: Sitting) -> list[str]:
    """Give the references still to be heard at a sitting: urgent ones first, then by school, the oldest first."""
    lines = questions.requests(ask, meeting=sitting.meeting, cluster=sitting.cluster, stage=Stage.LISTED)
    lines.sort(key=lambda line: (not line.urgent, fold(line.school), line.urn, line.submitted_on, line.reference))
    return [line.reference for line in lines]


def summary(ask: Ask, sitting: Sitting, *, recorded: int, taken_back: int, skipped: int) -> SittingSummary:
    """Give how a sitting stands: what this session did, and every living outcome of the meeting so far."""
    counts = questions.outcomes_at(ask, sitting.meeting, sitting.cluster)
    return SittingSummary(
        meeting=sitting.meeting,
        cluster=sitting.cluster,
        recorded=recorded,
        taken_back=taken_back,
        skipped=skipped,
        left=len(waiting(ask, sitting)),
        predictable=counts.get("predictable", 0),
        below_threshold_with_plan=counts.get("below-threshold-with-plan", 0),
        borderline=counts.get("borderline", 0),
        exceptional=counts.get("exceptional", 0),
    )


def _chair_meant(ask: Ask, word: str, day: date, year: str, host_urn: int | None) -> Party:
    """Give the school that a person means to chair: one of a cluster of the year, or the host of this one's lead."""
    school = questions.school_meant(ask, word, day)
    seats = meetings.clusters_of_school(ask, school.urn, year, day)
    why = contradictions.why_not_in_chair(school.status, seats, year)
    if why and school.urn != host_urn:
        raise Refused(
            "requests.no-seat",
            f"{school.name} {why}, so it chairs no case.",
            f"Name a school of a cluster: `senco clusters list --year {year}` shows them.",
        )
    return questions.party_of(school)


def _host(ask: Ask, urn: int | None) -> Party | None:
    return None if urn is None else questions.party(ask, urn)
