"""A report made by hand: every kind of figure, table and chart, with figures hidden, missing, below nought and odd."""

from __future__ import annotations

from dataclasses import replace

from senco.reports.kinds import Audience, Chart, Figure, FigureKind, Report, Section, Sentence, Table

ALL = frozenset(Audience)
MONEY = frozenset({Audience.FORUM, Audience.FINANCE})
CLUSTERS = ("CP1", "CP2", "CP3", "CP4", "CP5")
NEEDS = (
    "Social, emotional and mental health",
    "Autistic spectrum disorder",
    "Speech, language and communication needs",
    "Moderate learning difficulty",
    "Hearing impairment",
)
H = "hidden"  # stands for a figure that is hidden


def text(told: str) -> Figure:
    return Figure(told)


def row(label: str, kind: FigureKind, *values: int | str | None) -> tuple[Figure, ...]:
    """Give a row of figures of one kind; H is a hidden one."""
    return (text(label), *(Figure(None, kind, hidden=True) if each == H else Figure(each, kind) for each in values))


def count(label: str, *values: int | str | None) -> tuple[Figure, ...]:
    return row(label, FigureKind.COUNT, *values)


def requests() -> Section:
    by_stage = Table(
        "requests-by-cluster",
        "Requests by cluster and outcome",
        ("Cluster", "Received", "Agreed", "Agreed, lower amount", "Declined with support", "Deferred"),
        (
            *(
                count(name, 31 + n, 12 + n, 9 - n, H if n == 1 else 7, H if n in {1, 3} else n)
                for n, name in enumerate(CLUSTERS)
            ),
            count("Borough", 165, 70, 35, 31, 14),
        ),
        totals=True,
        note="A request counts for the cluster of its school on the day it was submitted.",
        chart=Chart("stacked", "Requests by cluster and outcome", (2, 3, 4, 5)),
    )
    by_need = Table(
        "requests-by-need",
        "Requests by primary need",
        ("Primary need", "This term", "Term before"),
        tuple(count(name, (45, 36, 30, 10, H)[n], (39, 41, H, 0, H)[n]) for n, name in enumerate(NEEDS)),
        chart=Chart("bars", "Requests by primary need", (1, 2)),
    )
    days = Table(
        "days-to-decision",
        "Working days from submission to decision",
        ("Term", "Median", "Longest", "Within the rule"),
        tuple(
            (
                text(term),
                Figure(a, FigureKind.DAYS, hidden=b),
                Figure(c, FigureKind.DAYS),
                Figure(d, FigureKind.PERCENT),
            )
            for term, a, b, c, d in (
                ("Spring 2019/20", 21, False, 44, 884),
                ("Summer 2019/20", None, True, 52, 801),
                ("Autumn 2020/21", 18, False, 39, 957),
                ("Spring 2020/21", 17, False, 36, None),
            )
        ),
        chart=Chart("line", "Median working days from submission to decision", (1,)),
    )
    sentences = (
        Sentence(
            "{} requests were received, {} more than in the term before.",
            (Figure(165, FigureKind.COUNT), Figure(9, FigureKind.COUNT)),
        ),
        Sentence("{} were withdrawn.", (Figure(None, FigureKind.COUNT, hidden=True),)),
        Sentence("{} of decisions came within the rule of 30 working days.", (Figure(957, FigureKind.PERCENT),)),
    )
    return Section("requests", "Requests and decisions", ALL, sentences, (by_stage, by_need, days))


def pounds(label: str, used: int, *pence: int) -> tuple[Figure, ...]:
    return (*row(label, FigureKind.POUNDS, *pence), Figure(used, FigureKind.PERCENT))


def money() -> Section:
    funds = (
        pounds(
            f"{name} targeted funding",
            796 + n,
            12_000_000,
            4_350_055 + n * 100,
            5_200_000,
            2_449_945 - n * 1_500_000,
        )
        for n, name in enumerate(CLUSTERS)
    )
    spend = Table(
        "spend",
        "Spend against envelope, financial year 2020/21",
        ("Fund", "Allocated", "Spent", "Promised", "Free", "Used"),
        (*funds, pounds("Borough", 796, 60_000_000, 21_751_275, 26_000_000, -2_750_275)),
        totals=True,
        chart=Chart("bars", "Free at the end of the term", (4,)),
    )
    hours = Table(
        "specialist-time",
        "Specialist time by service",
        ("Service", "Allocated", "Booked", "Used"),
        (
            row("Educational psychology", FigureKind.MINUTES, 7200, 4500, 3990),
            row("Speech and language therapy", FigureKind.MINUTES, 3600, 3615, None),
        ),
        chart=Chart("bars", "Specialist time by service", (1, 3)),
    )
    return Section("money", "Money and specialists' time", MONEY, (), (spend, hours))


def reviews() -> Section:
    remarks = ("On time.", "Two <late> & one “early”", "=1+1", "", "Æ; O'Neil")
    means = (7, -3, 0, None, 12)
    scores = Table(
        "reviews",
        "Reviews by cluster",
        ("Cluster", "Due", "Done", "Mean score", "Next due", "Remark"),
        tuple(
            (
                *count(name, n * 3, n * 2),
                Figure(means[n], FigureKind.SCORE),
                Figure(f"2021-0{n + 1}-12", FigureKind.DATE),
                text(remarks[n]),
            )
            for n, name in enumerate(CLUSTERS)
        ),
        chart=Chart("bars", "Mean score by cluster", (3,)),
    )
    terms = ("Autumn", "Spring", "Summer")
    named = ("Sep 2020", "Oct 2020", "Nov 2020", "Dec 2020", "Jan 2021", "Feb 2021", "Mar 2021", "Apr 2021", "May 2021")
    months = Table(
        "attendance-by-month",
        "Schools present by month",
        ("Cluster", *named),
        tuple(count(name, *((n * 7 + m * 3) % 12 for m in range(len(named)))) for n, name in enumerate(CLUSTERS)),
    )
    trend = Table(
        "awards-by-term",
        "Awards running at the end of each term",
        ("Term", *CLUSTERS[:3]),
        tuple(count(term, 20 + n * 3, H if n == 1 else 14 - n, 5 + n * n) for n, term in enumerate(terms)),
        chart=Chart("line", "Awards running at the end of each term", (1, 2, 3)),
    )
    none = Table("notices", "Notices to schools", ("School", "Notices"), (), empty="None this term.")
    return Section("reviews", "Reviews: due / done", ALL, (Sentence("Nobody waits."),), (scores, months, trend, none))


def words_alone() -> Section:
    return Section(
        "programme", "Programme", ALL, (Sentence("All {} meetings were held.", (Figure(12, FigureKind.COUNT),)),)
    )


def sample(*, audience: Audience | None = None, internal: bool = False) -> Report:
    """Give the report."""
    report = Report(
        name="senco-term-autumn-2020-21",
        title="SENCO clusters: autumn term 2020/21",
        period="Tue 1 Sep to Thu 31 Dec 2020",
        borough="London Borough of Sutton",
        first_line="senco check: no findings. Seal 412-ASHI-ST4Z-ZBG6-KMIC.",
        seal="412-ASHI-ST4Z-ZBG6-KMIC",
        sections=(words_alone(), requests(), money(), reviews()),
        audience=audience,
        internal=internal,
        notes=("Counts are of requests as they stood on the last day of the term.",),
    )
    return report if not internal else replace(report, sections=tuple(map(_shown, report.sections)))


def _shown(section: Section) -> Section:
    """Give a section as an internal report has it, with nothing hidden."""

    def shown(figure: Figure) -> Figure:
        return replace(figure, hidden=False, value=3) if figure.hidden else figure

    return replace(
        section,
        sentences=tuple(replace(each, figures=tuple(map(shown, each.figures))) for each in section.sentences),
        tables=tuple(replace(each, rows=tuple(tuple(map(shown, one)) for one in each.rows)) for each in section.tables),
    )
