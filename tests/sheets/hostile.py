"""Spreadsheets built to mislead, to swell or to break, each with what must come of it; and mutants of good ones."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")

ROOT_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
GOOD_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Cluster</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
    '<row r="2"><c r="A2" t="str"><v>CP1</v></c><c r="B2" s="1"><v>102975</v></c></row>'
)
STRINGS = f'<sst xmlns="{MAIN}"><si><t>School</t></si></sst>'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.6"/></patternFill></fill></fills>'
    '<cellXfs><xf fillId="0" numFmtId="0"/><xf fillId="1" numFmtId="0"/><xf fillId="0" numFmtId="14"/></cellXfs>'
    "</styleSheet>"
)


def sheet_xml(rows: str = GOOD_ROWS, before: str = "", after: str = "", prolog: str = "") -> str:
    """Build a worksheet part."""
    return f'{prolog}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def good_parts(
    sheets: dict[str, str] | None = None, states: dict[str, str] | None = None, strings: str = STRINGS
) -> dict[str, bytes | str]:
    """Build the parts of a workbook with the given sheets (name → XML)."""
    sheets = {"Clusters": sheet_xml()} if sheets is None else sheets
    states = states or {}
    override = '<Override PartName="/{}" ContentType="' + KINDS + '.{}+xml"/>'
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="s{number}" state="{states.get(name, "visible")}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    linked = "".join(
        f'<Relationship Id="s{number}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + override.format("xl/workbook.xml", "sheet.main")
        + override.format("xl/sharedStrings.xml", "sharedStrings")
        + override.format("xl/styles.xml", "styles")
        + "".join(
            override.format(f"xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, len(sheets) + 1)
        )
        + "</Types>",
        "_rels/.rels": ROOT_RELATIONS,
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{linked}</Relationships>',
        "xl/sharedStrings.xml": strings,
        "xl/styles.xml": STYLES,
    }
    for number, xml in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    return parts


def zipped(parts: dict[str, bytes | str], more: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """Zip parts; ``more`` may hold names a second time."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in (*parts.items(), *more):
                target.writestr(name, data)
    return out.getvalue()


def book(rows: str = GOOD_ROWS, before: str = "", after: str = "", prolog: str = "", **changed: bytes | str) -> bytes:
    """Zip a workbook of one sheet; ``changed`` replaces parts by the last word of their name."""
    parts = good_parts({"Clusters": sheet_xml(rows, before, after, prolog)})
    for key, data in changed.items():
        name = next(name for name in parts if key in name.rsplit("/", 1)[-1].lower())
        parts[name] = data
    return zipped(parts)


@dataclass(frozen=True)
class Hostile:
    """One fixture: its file name and bytes; the reference of the error that must come, or None and a word of a note."""

    name: str
    file: str
    data: bytes
    reference: str | None
    note: str = ""


def lazily_large(start: bytes, repeated: bytes, times: int, end: bytes) -> bytes:
    """Repeat a piece many times between a start and an end."""
    return start + repeated * times + end


def _parts_with(name: str, data: bytes | str) -> bytes:
    return zipped({**good_parts(), name: data})


def _cell(inner: str, attributes: str = "") -> str:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Head</t></is></c></row>'
    return f'{head}<row r="2"><c r="A2"{attributes}>{inner}</c></row>'


def _swelling() -> Iterator[Hostile]:
    """Files far larger inside than outside."""
    opening, closing = sheet_xml("@").encode().split(b"@")
    yield Hostile(
        "zip bomb",
        "bomb.xlsx",
        _sheet_bytes(lazily_large(opening, b" " * 1_000_000, 70, closing)),
        "sheet.too-big",
    )
    yield Hostile(
        "bomb in another part", "media.xlsx", _parts_with("xl/media/a.png", b"\0" * 70_000_000), "sheet.too-big"
    )
    inner = zipped({"a": b"\0" * 30_000_000})
    yield Hostile("nested zips", "nested.xlsx", _parts_with("xl/embeddings/a.zip", zipped({"b": inner})), None)
    yield Hostile(
        "1,000,001 tags", "tags.xlsx", _sheet_bytes(opening + b"<row/>" * 1_000_001 + closing), "sheet.too-big"
    )
    yield Hostile(
        "20,001 rows past the last",
        "deep.xlsx",
        book("".join(f'<row r="{row}"/>' for row in range(30_000, 50_002))),
        "sheet.too-big",
    )
    yield Hostile(
        "10,000 styles",
        "styles.xlsx",
        book(styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 10_000}</cellXfs></styleSheet>'),
        "sheet.too-big",
    )
    yield Hostile(
        "strings bomb",
        "strings.xlsx",
        book(sharedstrings=f'<sst xmlns="{MAIN}"><si><t>{"A" * 30_000_000}</t></si></sst>'),
        "sheet.too-big",
    )
    runs = "<r><t>" + "A" * 30_000 + "</t></r>"
    yield Hostile(
        "string of many runs",
        "runs.xlsx",
        book(sharedstrings=f'<sst xmlns="{MAIN}"><si>{runs * 1000}</si></sst>'),
        "sheet.too-big",
    )
    yield Hostile(
        "cell of many runs",
        "cellruns.xlsx",
        book(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs * 1000}</is></c></row>'),
        "sheet.too-big",
    )
    yield Hostile("one long mark", "mark.xlsx", book(before=f'<sheetPr a="{"x" * 20_000_000}"/>'), "sheet.unsafe")
    yield Hostile("one long comment", "comment.xlsx", book(before=f"<!--{'x' * 20_000_000}-->"), "sheet.unsafe")
    yield Hostile(
        "marks nested 100,000 deep", "nest.xlsx", book(after="<a>" * 100_000 + "</a>" * 100_000), "sheet.unsafe"
    )
    yield Hostile(
        "600 parts", "parts.xlsx", zipped({**good_parts(), **{f"x/{n}": b"" for n in range(600)}}), "sheet.too-big"
    )
    yield Hostile("100,000 parts", "directory.xlsx", _endless_directory(100_000), "sheet.damaged")
    names = {f"S{number}": sheet_xml() for number in range(51)}
    yield Hostile("51 sheets", "sheets.xlsx", zipped(good_parts(names)), "sheet.too-big")
    yield Hostile("11 MB", "large.xlsx", zipped(good_parts()) + b"\0" * 11_000_000, "file.too-big")
    yield Hostile(
        "merged a million",
        "merged.xlsx",
        book(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "sheet.too-big",
    )
    wide = "".join(f'<row r="{r}"><c r="IV{r}"><v>1</v></c></row>' for r in range(1, 5001))
    yield Hostile("a million gaps", "gaps.xlsx", book(wide), "sheet.too-big")
    yield Hostile(
        "a large description",
        "content.xlsx",
        book(content_types=(f'<Types xmlns="{PACKAGE}/content-types">' + "<a/>" * 60_000 + "</Types>")),
        "sheet.too-big",
    )


def _sheet_bytes(data: bytes) -> bytes:
    parts = good_parts()
    parts["xl/worksheets/sheet1.xml"] = data
    return zipped(parts)


def _endless_directory(count: int) -> bytes:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
    directory = (entry + b"a") * count
    return directory + struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), 0, 0
    )


def _entities() -> Iterator[Hostile]:
    """Document types and entities, wherever they stand."""
    laughs = (
        "<!DOCTYPE x [<!ENTITY a0 'ha'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
        + "]>"
    )
    fetch = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    yield Hostile(
        "billion laughs", "laughs.xlsx", book(_cell("<v>&a9;</v>", ' t="str"'), prolog=laughs), "sheet.unsafe"
    )
    yield Hostile("outer entity", "xxe.xlsx", book(_cell("<v>&e;</v>", ' t="str"'), prolog=fetch), "sheet.unsafe")
    yield Hostile("entity in the strings", "xxe2.xlsx", book(sharedstrings=fetch + STRINGS), "sheet.unsafe")
    yield Hostile(
        "entity in the content types",
        "xxe3.xlsx",
        book(content_types=fetch + str(good_parts()["[Content_Types].xml"])),
        "sheet.unsafe",
    )
    yield Hostile("bare document type", "doctype.xlsx", book(prolog="<!DOCTYPE worksheet>"), "sheet.unsafe")
    yield Hostile(
        "document type in UTF-16", "utf16.xlsx", _sheet_bytes(sheet_xml(prolog=fetch).encode("utf-16")), "sheet.unsafe"
    )


def _misplaced() -> Iterator[Hostile]:
    """Zips whose parts lie about themselves."""
    good = good_parts()
    yield Hostile("doubled names", "double.xlsx", zipped(good, (("xl/styles.xml", b"<x/>"),)), "sheet.unsafe")
    yield Hostile("doubled but for case", "case.xlsx", zipped({**good, "XL/Styles.xml": "<x/>"}), "sheet.unsafe")
    yield Hostile("climbing names", "climb.xlsx", _parts_with("../../evil.xml", "<x/>"), "sheet.unsafe")
    yield Hostile("absolute names", "root.xlsx", _parts_with("/etc/evil", "<x/>"), "sheet.unsafe")
    yield Hostile(
        "backslashes", "back.xlsx", _parts_with("xl\\evil.xml", "<x/>").replace(b"xl/evil", b"xl\\evil"), "sheet.unsafe"
    )
    whole = zipped(good)
    yield Hostile("cut zip", "cut.xlsx", whole[: len(whole) // 2], "sheet.damaged")
    yield Hostile("cut at its end", "cut2.xlsx", whole[:-30], "sheet.damaged")
    packed = whole.find(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    yield Hostile(
        "flipped bytes",
        "flip.xlsx",
        whole[: packed + 9] + bytes(b ^ 0xFF for b in whole[packed + 9 : packed + 40]) + whole[packed + 40 :],
        "sheet.damaged",
    )
    yield Hostile("locked part", "lockedpart.xlsx", _with_flag(whole), "sheet.password")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as target:
        for name, data in good.items():
            target.writestr(name, data)
    yield Hostile("unusual packing", "lzma.xlsx", out.getvalue(), "sheet.unsafe")
    missing = {name: data for name, data in good.items() if "sheet1" not in name}
    yield Hostile("missing sheet", "missing.xlsx", zipped(missing), "sheet.damaged")
    nostrings = {name: data for name, data in good.items() if "sharedStrings" not in name}
    yield Hostile("missing strings", "nostrings.xlsx", zipped(nostrings), "sheet.damaged")
    yield Hostile(
        "wrong content types",
        "types.xlsx",
        book(content_types=f'<Types xmlns="{PACKAGE}/content-types"/>'),
        "sheet.not-a-workbook",
    )
    yield Hostile("no workbook", "photos.xlsx", zipped({"a.jpg": b"x"}), "sheet.not-a-workbook")
    outer = f'TargetMode="External" Type="{DOCUMENT}/worksheet" Target="http://evil.invalid/sheet.xml"'
    yield Hostile("outer sheet", "outer.xlsx", _linked(outer), "sheet.no-sheets")
    climbing = f'Type="{DOCUMENT}/worksheet" Target="../../../etc/passwd"'
    yield Hostile("sheet outside the zip", "outside.xlsx", _linked(climbing), "sheet.damaged")
    twice = str(good_parts({"A": sheet_xml(), "B": sheet_xml()})["xl/workbook.xml"]).replace('"B"', '"a"')
    yield Hostile(
        "two sheets of one name",
        "twice.xlsx",
        zipped({**good_parts({"A": sheet_xml(), "B": sheet_xml()}), "xl/workbook.xml": twice}),
        "sheet.damaged",
    )


def _linked(relation: str) -> bytes:
    relations = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="s1" {relation}/></Relationships>'
    return zipped({**good_parts(), "xl/_rels/workbook.xml.rels": relations})


def _with_flag(data: bytes) -> bytes:
    place = data.find(b"PK\x01\x02")
    return data[: place + 8] + b"\x01" + data[place + 9 :]


def _other_formats() -> Iterator[Hostile]:
    """Files that are something else than their name says."""
    yield Hostile("csv named xlsx", "disguise.xlsx", b"Cluster,School\nCP1,Overton\n", None, "promises a workbook")
    yield Hostile("workbook named csv", "disguise.csv", zipped(good_parts()), None, "promises text")
    yield Hostile("old workbook", "old.xls", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "sheet.old-format")
    yield Hostile(
        "locked workbook", "locked.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "sheet.locked"
    )
    yield Hostile(
        "OpenDocument",
        "table.ods",
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "sheet.other-format",
    )
    yield Hostile(
        "Word",
        "letter.docx",
        zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
        "sheet.other-format",
    )
    yield Hostile(
        "binary workbook",
        "table.xlsb",
        zipped({"[Content_Types].xml": "<x/>", "xl/workbook.bin": b"x"}),
        "sheet.other-format",
    )
    yield Hostile("web page", "export.xls", b"<html><table><tr><td>CP1</td></tr></table></html>", "sheet.other-format")
    yield Hostile("PDF", "agenda.pdf", b"%PDF-1.7\n1 0 obj", "sheet.other-format")
    yield Hostile(
        "strict variant",
        "strict.xlsx",
        book(
            workbook=str(good_parts()["xl/workbook.xml"]).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        ),
        "sheet.other-format",
    )
    yield Hostile("binary junk", "junk.xlsx", bytes(range(256)) * 40, "sheet.not-text")
    yield Hostile("nothing", "nothing.xlsx", b"", "sheet.empty")
    yield Hostile("blanks", "blanks.csv", b" \r\n\t\r\n ", "sheet.empty")
    yield Hostile("commas alone", "commas.csv", b",,,\n,,,\n", "sheet.empty")
    yield Hostile("open quote", "quote.csv", b'a,b\n"x,1\n' + b"y,2\n" * 5000, "sheet.open-quote")
    yield Hostile("endless line", "line.csv", b"a,b\n" + b"x" * 9_000_000, "sheet.endless-line")
    yield Hostile("long field", "field.csv", b"a,b\n" + b"x" * 200_000, "sheet.open-quote")
    yield Hostile("endless rows", "rows.csv", b"a,b\n" * 30_000, "sheet.text-too-big")
    yield Hostile("endless columns", "columns.csv", (b"a," * 400 + b"a\n") * 3, None, "Only columns up to")


def _odd_cells() -> Iterator[Hostile]:
    """Workbooks whose cells are strange; many are read, and say what was not."""
    far = GOOD_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield Hostile("value in the last cell", "far.xlsx", book(far), None, "Only rows up to")
    yield Hostile(
        "value in the last column",
        "wide.xlsx",
        book('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'),
        None,
        "XFD1",
    )
    yield Hostile("lying dimension", "dimension.xlsx", book(before='<dimension ref="A1:A1"/>'), None)
    yield Hostile("boastful dimension", "boast.xlsx", book(before='<dimension ref="A1:XFD1048576"/>'), None)
    overlap = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:B2"/></mergeCells>'
    yield Hostile("overlapping merges", "overlap.xlsx", book(after=overlap), None, "overlap")
    yield Hostile(
        "unreadable merge",
        "badmerge.xlsx",
        book(after='<mergeCells><mergeCell ref="A0:?"/></mergeCells>'),
        "sheet.damaged",
    )
    for number, value in enumerate(("NaN", "INF", "1e999", "-1e999", "9" * 5000, "0x1F", "twelve")):
        yield Hostile(f"number {value[:8]}", f"number{number}.xlsx", book(_cell(f"<v>{value}</v>")), "sheet.bad-value")
    yield Hostile(
        "date out of range", "date.xlsx", book(_cell("<v>10000000000</v>", ' s="2"')), None, "outside the calendar"
    )
    yield Hostile(
        "date before the calendar", "minus.xlsx", book(_cell("<v>-5</v>", ' s="2"')), None, "outside the calendar"
    )
    yield Hostile("huge number", "huge.xlsx", book(_cell("<v>1e308</v>")), None)
    yield Hostile("error cell", "error.xlsx", book(_cell("<v>#REF!</v>", ' t="e"')), None, "hold an error")
    yield Hostile("no such string", "string.xlsx", book(_cell("<v>99</v>", ' t="s"')), "sheet.bad-value")
    yield Hostile("string before the first", "string2.xlsx", book(_cell("<v>-1</v>", ' t="s"')), "sheet.bad-value")
    yield Hostile("no such style", "style.xlsx", book(_cell("<v>1</v>", ' s="77"')), "sheet.damaged")
    yield Hostile("no such kind", "kind.xlsx", book(_cell("<v>1</v>", ' t="zzz"')), "sheet.bad-value")
    yield Hostile("lone surrogate", "surrogate.xlsx", book(_cell("<v>a_xD800_b</v>", ' t="str"')), None)
    yield Hostile("escape character", "escape.xlsx", book(_cell("<v>a_x001B_[2Jb</v>", ' t="str"')), None)
    yield Hostile("raw control character", "control.xlsx", book(_cell("<v>a\x1bb</v>", ' t="str"')), "sheet.damaged")
    yield Hostile("broken XML", "broken.xlsx", book(after="</oops>"), "sheet.damaged")
    yield Hostile(
        "rich text", "rich.xlsx", book(_cell("<is><r><t>two </t></r><r><t>runs</t></r></is>", ' t="inlineStr"')), None
    )
    yield Hostile("formula without a value", "formula.xlsx", book(_cell("<f>1+1</f>")), None, "without a saved value")
    yield Hostile("rows out of order", "order.xlsx", book('<row r="5"/><row r="2"/>'), "sheet.damaged")
    yield Hostile("cells out of order", "order2.xlsx", book('<row r="1"><c r="B1"/><c r="A1"/></row>'), "sheet.damaged")
    yield Hostile("cell of another row", "order3.xlsx", book('<row r="1"><c r="B9"/></row>'), "sheet.damaged")
    yield Hostile("cell outside a row", "order4.xlsx", book("<c/>"), "sheet.damaged")
    yield Hostile("row beyond the last", "order5.xlsx", book('<row r="9999999"/>'), "sheet.damaged")
    yield Hostile("unreadable row", "order6.xlsx", book('<row r="1.5"/>'), "sheet.damaged")
    yield Hostile(
        "unreadable column",
        "column.xlsx",
        book(before='<cols><col min="x" max="2" hidden="1"/></cols>'),
        "sheet.damaged",
    )
    yield Hostile("no cells", "empty.xlsx", book(""), "sheet.empty")
    yield Hostile("no sheet", "nosheet.xlsx", zipped(good_parts({})), "sheet.no-sheets")
    two = {"Shown": sheet_xml(), "Secret": sheet_xml()}
    yield Hostile("hidden sheet", "hidden.xlsx", zipped(good_parts(two, {"Secret": "hidden"})), None, "Secret")
    yield Hostile("very hidden sheet", "very.xlsx", zipped(good_parts(two, {"Secret": "veryHidden"})), None, "Secret")
    yield Hostile("all hidden", "allhidden.xlsx", zipped(good_parts(None, {"Clusters": "hidden"})), "sheet.no-sheets")
    yield Hostile(
        "hidden row", "row.xlsx", book(GOOD_ROWS.replace('<row r="2"', '<row r="2" hidden="1"')), None, "Hidden rows"
    )
    yield Hostile(
        "hidden column",
        "hiddencolumn.xlsx",
        book(before='<cols><col min="2" max="2" hidden="1"/></cols>'),
        None,
        "Hidden columns",
    )
    yield Hostile(
        "conditional colours", "conditional.xlsx", book(after="<conditionalFormatting/>"), None, "conditional"
    )
    yield Hostile("macros", "macros.xlsm", _parts_with("xl/vbaProject.bin", b"x"), None, "macros")
    yield Hostile(
        "external links", "links.xlsx", _parts_with("xl/externalLinks/externalLink1.xml", "<x/>"), None, "links"
    )


def fixtures() -> list[Hostile]:
    """Build every hostile file."""
    return [*_swelling(), *_entities(), *_misplaced(), *_other_formats(), *_odd_cells()]


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Give seeded mutants: of the zip's bytes, of a part's XML, and of text files."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy, is wanted
    rows = GOOD_ROWS + "".join(
        f'<row r="{r}"><c r="A{r}" s="2"><v>{r}.5</v></c><c r="C{r}" t="b"><v>1</v></c>'
        f'<c r="D{r}" t="d"><v>2020-11-24</v></c></row>'
        for r in range(3, 12)
    )
    merged = '<mergeCells count="1"><mergeCell ref="A3:B5"/></mergeCells>'
    parts = good_parts({"Clusters": sheet_xml(rows, '<cols><col min="9" max="9" hidden="1"/></cols>', merged)})
    whole = zipped(parts)
    text = 'Cluster,School\r\nCP1,"St Mary’s, Junior"\r\nCP2;\tx\r\n'.encode() * 8
    tokens = [
        b"<",
        b">",
        b'"',
        b"&",
        b"A1",
        b"-1",
        b"999999999999",
        b"<row",
        b"<c",
        b"<v>",
        b"</v>",
        b"\0",
        b"\xff",
        b"e",
        b"s",
        b"<!DOCTYPE x>",
    ]
    for number in range(count):
        way = number % 4
        if way == 0:
            yield f"bytes{number}.xlsx", _mutate(whole, chance, tokens)
        elif way == 3:
            yield f"text{number}.csv", _mutate(text, chance, tokens)
        else:
            name = chance.choice(sorted(parts))
            data = parts[name]
            raw = data.encode() if isinstance(data, str) else data
            yield f"part{number}.xlsx", zipped({**parts, name: _mutate(raw, chance, tokens)})


def _mutate(data: bytes, chance: random.Random, tokens: list[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed) + 1)
        length = chance.choice((0, 1, 1, 2, 8, 40))
        what = chance.random()
        if what < 0.35:
            changed[place : place + length] = chance.choice(tokens)
        elif what < 0.6:
            changed[place : place + length] = chance.randbytes(length)
        elif what < 0.8:
            del changed[place : place + length]
        else:
            other = chance.randrange(len(changed) + 1)
            changed[place:place] = changed[other : other + length]
        if not changed:
            changed += b"x"
    return bytes(changed)
