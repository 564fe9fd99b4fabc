"""The page: read by everybody, whole in itself, and the same from the same report."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from senco.reports.kinds import Audience, Chart, Figure, FigureKind, Report, Section, Sentence, Table
from senco.reports.publish import html_bytes
from tests.reports.accessibility import contrast, faults
from tests.reports.sample import ALL, H, count, sample
from tests.reports.trees import read_page, rules_of, styled


def page(report: Report | None = None) -> str:
    return html_bytes(report or sample()).decode()


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("audience", [None, *Audience])
def test_nothing_stands_in_anybodys_way(audience: Audience | None, internal: bool) -> None:
    assert faults(page(sample(audience=audience, internal=internal))) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('<html lang="en-GB">', "<html>", "the language is not said"),
        ("<!DOCTYPE html>\n", "", "no doctype"),
        ("<title>", "<title></title><h6>", "no title"),
        ("<h1>", "<h3>", "</h1> ends <h3>"),
        ("<h2", "<h4", "</h2> ends <h4>"),
        ('<a class="skip" href="#report">Skip to the report</a>', "", "no link skips to the main part"),
        ('href="#section-money"', 'href="#money-section"', "the link #money-section leads nowhere"),
        (">Programme</a>", ">Here</a>", "the link 'Here' says nothing"),
        ("<caption", "<p", "a table has no caption"),
        (' scope="col"', "", "a column's heading is empty or of no column"),
        (' scope="row"', "", "a row has no heading"),
        ("<th scope=\"row\">CP1</th>", "<td>CP1</td>", "a row has no heading"),
        ("</td></tr>", "</td><td>1</td></tr>", "a row is not as long as the headings"),
        ('<div class="scroll', '<div class="', "cannot be scrolled"),
        ('role="region" ', "", "a part for the keyboard has no role or name"),
        (' role="img"', "", "a drawing has no role"),
        ("<desc", "<g></g><desc", "a drawing has no role, title or description"),
        ("A bar chart in parts of the figures in the table “Requests by cluster", "A bar chart", "names no table"),
        ("color:#1b2530", "color:#8b95a0", "screen: "),
        ("svg .light{fill:#ffffff}", "svg .light{fill:#bcd3e6}", "is #bcd3e6 on #4f7896"),
        (".total th,.total td{", ".total th,.total td{color:#8a949e;", "'Borough' is #8a949e on #f3f6f9"),
        ("<main ", "<script>1</script><main ", "<script> brings something in"),
        ("<main ", '<img src="x"><main ', "<img> brings something in"),
        ("<h1>", '<h1 onclick="x">', "<h1 onclick> brings something in"),
        ("<h1>", '<h1 lang="//x">', "names a place elsewhere"),
        ("</style>", "p{background:url(x)}</style>", "the styles bring something in"),
        ("default-src 'none'", "default-src *", "nothing forbids"),
        ('id="section-money"', 'id="section-reviews"', "is given twice"),
        ("width=device-width, initial-scale=1", "width=device-width, user-scalable=no", "cannot be zoomed"),
        ('tabindex="0"', 'tabindex="3"', "the order of the keyboard is forced"),
    ],
)  # fmt: skip
def test_control_the_check_finds_what_is_wrong(old: str, new: str, told: str) -> None:
    good = page()
    assert old in good
    found = faults(good.replace(old, new))
    assert any(told in each for each in found), found


def test_headings_out_of_order_are_found() -> None:
    told = faults(re.sub(r"<(/?)h2", r"<\1h4", page()))
    assert "h1 is followed by h4" in told
    assert "not one h1" in faults(page().replace("</h1>", "</h1><h1>Again</h1>"))


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_the_first_line_is_what_the_checks_found_and_the_seal() -> None:
    tree, _ = read_page(page())
    body = next(tree.all("body"))
    said = [each.own_text for each in body.all("p") if each.own_text]
    assert said[0] == "senco check: no findings. Seal 412-ASHI-ST4Z-ZBG6-KMIC."
    assert page().count("Skip to the report") == 1


def test_marks_are_explained_once_and_only_where_they_stand() -> None:
    assert page().count("[c] stands for") == 1
    assert page().count("– stands for") == 1
    shown = page(sample(internal=True))
    assert "[c]" not in shown
    assert "– stands for" in shown
    plain = replace(sample(), sections=sample().sections[:1], notes=())
    assert "How to read" not in page(plain)


def test_a_hidden_figure_is_nowhere_and_its_sentence_is_left_out() -> None:
    tree, _ = read_page(page())
    assert "withdrawn" not in tree.text
    assert "withdrawn" in page(sample(internal=True))
    assert "Hidden figures are gaps, marked [c]." in page()


def test_an_internal_report_says_so_on_every_page() -> None:
    told = page(sample(internal=True))
    assert '@top-center{content:"Internal: not for publication"' in told  # in the margin of every printed page
    tree, _ = read_page(told)
    css = "".join(each.text for each in tree.all("style"))
    (banner,) = [each for each in tree.all() if "internal" in each.classes]
    (mark,) = [each for each in tree.all() if "mark" in each.classes]
    assert styled(banner, "position", rules_of(css)) == "sticky"  # in sight however far one scrolls
    assert styled(mark, "display", rules_of(css)) == "none"
    assert styled(mark, "position", rules_of(css, "print")) == "fixed"  # on every page where margins stay empty
    assert banner.text == mark.text == "Internal: not for publication"
    assert "Internal" not in page()


def test_paper() -> None:
    told = page()
    assert "@page{size:A4;" in told
    assert 'content:"Page " counter(page) " of " counter(pages)' in told
    css = told.split("<style>")[1].split("</style>")[0]
    tree, _ = read_page(told)
    paper = rules_of(css, "print")
    table = next(tree.all("table"))
    assert styled(next(table.all("thead")), "display", paper) == "table-header-group"
    assert all(styled(row, "break-inside", paper) == "avoid" for row in tree.all("tr", "figure"))
    short = [each for each in tree.all("div") if "scroll" in each.classes]
    assert all(styled(each, "break-inside", paper) == "avoid" for each in short)
    assert all(styled(each, "overflow", paper) == "visible" for each in short)
    assert all(styled(each, "overflow-x", rules_of(css, "narrow")) == "auto" for each in short)


def long_table(rows: int, columns: int) -> Report:
    table = Table(
        "long", "A long table", ("School", *("n" * columns)), tuple(count(str(n), *range(columns)) for n in range(rows))
    )
    return replace(sample(), sections=(Section("long", "Long", ALL, (), (table,)),))


def test_a_long_table_may_be_cut_and_a_very_wide_one_lies_on_its_side() -> None:
    assert '<div class="scroll short"' in page(long_table(24, 2))
    assert '<div class="scroll"' in page(long_table(25, 2))
    assert '<div class="scroll dense short"' in page(long_table(2, 8))
    assert '<div class="scroll dense wide short"' in page(long_table(2, 13))
    assert "@page wide{size:A4 landscape}" in page()


def test_a_chart_that_would_show_nothing_is_not_drawn() -> None:
    def charted(*values: int | str | None) -> str:
        rows = tuple(count(f"CP{number}", value) for number, value in enumerate(values))
        table = Table("t", "A table", ("Cluster", "n"), rows, chart=Chart("bars", "A chart", (1,)))
        return page(replace(sample(), sections=(Section("s", "S", ALL, (), (table,)),)))

    assert "<svg" in charted(1, 2)
    assert "<svg" in charted(0, 2, H)
    for nothing in ((1,), (0, 0), (H, H, 3), (None, None)):
        assert "<svg" not in charted(*nothing)


def test_labels_that_would_touch_are_left_out_and_their_figures_are_in_the_table() -> None:
    rows = tuple(count(f"Autumn {2000 + number}/{number + 1:02}", number) for number in range(20))
    table = Table("t", "A table", ("Term", "n"), rows, chart=Chart("line", "A chart", (1,)))
    told = page(replace(sample(), sections=(Section("s", "S", ALL, (), (table,)),)))
    assert faults(told) == []
    tree, _ = read_page(told)
    under = [each for each in tree.one("svg").all("text") if each.text == "Autumn"]
    places = [float(each.attributes["x"]) for each in under]
    assert 3 <= len(places) < 10
    assert all(b - a > 40 for a, b in itertools.pairwise(places))


def test_what_was_typed_stays_text() -> None:
    nasty = "</style><script>alert(1)</script>\u202e\x1b[2J\"'&"
    figure = Figure(nasty)
    rows = tuple((figure, Figure(number, FigureKind.COUNT)) for number in (1, 2))
    table = Table(nasty, nasty, (nasty, "n"), rows, note=nasty, chart=Chart("bars", nasty, (1,)))
    section = Section(nasty, nasty, ALL, (Sentence(nasty + "{}", (Figure("x"),)),), (table, table))
    report = Report(nasty, nasty, nasty, nasty, nasty, "1-AAAA", (section, section), notes=(nasty,))
    told = page(report)
    assert faults(told) == []
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert told.count("<script") == 0
    assert told.count("</style>") == 1


def test_a_heading_that_is_empty_heads_nothing() -> None:
    table = Table("one", "One row", ("", "n"), (count("The borough", 3),))
    assert faults(page(replace(sample(), sections=(Section("one", "One", ALL, (), (table,)),)))) == []


def test_the_same_report_gives_the_same_bytes() -> None:
    assert html_bytes(sample()) == html_bytes(sample())
    assert html_bytes(sample()).isascii() is False
    assert b"\r" not in html_bytes(sample())
