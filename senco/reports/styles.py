"""How a report's page looks: on a phone, on a screen, and on A4."""

from __future__ import annotations

PAGE = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:#ffffff;color:#1b2530;font:1rem/1.5 "Segoe UI","Helvetica Neue",Arial,sans-serif;
font-variant-numeric:tabular-nums lining-nums}
header,nav,main,footer{max-width:60rem;margin:0 auto;padding:0 1rem}
a{color:#1d4f80;text-underline-offset:.15em}
a:focus-visible,.scroll:focus-visible{outline:3px solid #8a5a00;outline-offset:2px}
.skip{position:absolute;left:-100vw;background:#1f3b5c;color:#ffffff;padding:.6rem 1rem;z-index:2}
.skip:focus{left:0;top:0}
.internal{position:sticky;top:0;z-index:1;margin:0;padding:.45rem 1rem;background:#8c1c13;color:#ffffff;font-weight:600;
text-align:center}
.mark{display:none}
.check{margin:1.1rem 0 0;color:#4a5765;font-size:.875rem;overflow-wrap:anywhere}
.whose{margin:1.6rem 0 0;color:#4a5765}
h1{margin:.1rem 0 .3rem;color:#1f3b5c;font-size:1.9rem;line-height:1.2;font-weight:600;letter-spacing:-.01em}
.period{margin:0 0 1.4rem;font-size:1.1rem;color:#4a5765}
h2{margin:2.6rem 0 .8rem;padding-top:.9rem;border-top:2px solid #1f3b5c;color:#1f3b5c;font-size:1.3rem;line-height:1.3;
font-weight:600}
nav h2,.reading h2{margin:0 0 .4rem;padding:0;border:0;font-size:1rem}
nav ol{margin:0;padding:0 0 0 1.9rem;columns:16rem;column-gap:2rem}
nav li{padding:.12rem 0}
.reading{margin:1.6rem 0 0;padding:.9rem 1.1rem;background:#f3f6f9;border-left:4px solid #4f7896;font-size:.9375rem}
.reading p{margin:.35rem 0 0;max-width:46rem}
section>p{max-width:44rem;margin:.5rem 0}
.said{margin:.6rem 0;padding:0 0 0 1.2rem;max-width:44rem}
.said li{margin:.25rem 0}
.scroll{margin:1.5rem 0 .4rem;overflow-x:auto}
table{border-collapse:collapse;min-width:min(100%,36rem);font-size:.9375rem;line-height:1.35}
caption{caption-side:top;padding:0 0 .5rem;color:#1b2530;font-weight:600;text-align:left}
th,td{padding:.36rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid #d5dbe1}
th{font-weight:600}
thead th{vertical-align:bottom;border-bottom:2px solid #1f3b5c;color:#1f3b5c;background:#ffffff}
tbody th{font-weight:400;background:#ffffff}
.n{text-align:right;white-space:nowrap}
thead .n{white-space:normal;min-width:4rem}
.d{white-space:nowrap}
td:not(.n,.d){min-width:9rem}
.total th,.total td{font-weight:600;border-top:1.5px solid #1f3b5c;border-bottom:0;background:#f3f6f9}
.note,.empty{max-width:44rem;margin:.3rem 0 0;color:#4a5765;font-size:.875rem}
figure{margin:1.2rem 0 0;max-width:31rem}
figcaption{margin:0 0 .5rem;font-weight:600;font-size:.9375rem}
svg{display:block;width:100%;height:auto}
svg text{font-size:12px;fill:#1b2530}
svg .light{fill:#ffffff}
footer{margin-top:3rem;padding-top:.8rem;padding-bottom:1.5rem;color:#4a5765;font-size:.875rem;overflow-wrap:anywhere}
@media (max-width:40rem){
h1{font-size:1.55rem}
tbody th{position:sticky;left:0;max-width:45vw}
thead th:first-child{position:sticky;left:0}
table{font-size:.875rem}
th,td{padding:.34rem .45rem}
tbody th{min-width:6.5rem}
nav ol{columns:auto}
}
@media print{
html{font-size:10pt}
header,nav,main,footer{max-width:none;padding:0}
.skip,nav{display:none}
.internal{position:static;margin-bottom:4mm}
.mark{display:block;position:fixed;top:45%;left:0;right:0;z-index:-1;transform:rotate(-35deg);color:#f8ebe9;
font-size:38pt;font-weight:600;text-align:center;white-space:nowrap}
thead th,tbody th{background:none}
a{color:inherit;text-decoration:none}
h1{font-size:20pt}
h2{break-after:avoid;margin-top:9mm}
.scroll{overflow:visible}
table{font-size:9pt}
.dense table{font-size:8pt}
.dense th,.dense td{padding:1mm 1.4mm}
.dense .n{min-width:0}
thead{display:table-header-group}
.short,tr,figure,.reading,.said{break-inside:avoid}
caption{break-after:avoid}
p{orphans:3;widows:3}
figure{max-width:108mm}
tbody th,thead th:first-child{position:static}
.wide{page:wide}
}
"""

# A table of more columns than these is printed smaller, and on a page held sideways; one of more rows may be cut
# between two of them, its headings repeated.
DENSE = 8
WIDE = 13
LONG = 24


def paper(left: str, internal: str) -> str:
    """Give the rules of the printed pages: what stands in their margins, and their size."""
    margins = (
        f"@bottom-left{{content:{quoted(left)};{_SMALL};width:75%}}"
        f'@bottom-right{{content:"Page " counter(page) " of " counter(pages);{_SMALL}}}'
    )
    if internal:
        margins += f"@top-center{{content:{quoted(internal)};font:600 10pt Arial,sans-serif;color:#8c1c13}}"
    return f"@page{{size:A4;margin:18mm 16mm 18mm;{margins}}}@page wide{{size:A4 landscape}}"


_SMALL = "font:8pt Arial,sans-serif;color:#4a5765"


def quoted(text: str) -> str:
    """Write a text as a string of CSS, inside a page: what could end either is written by its number.

    >>> quoted('St Mary\\'s "A" </style>')
    '"St Mary\\\\27 s \\\\22 A\\\\22  \\\\3c /style\\\\3e "'
    """
    return '"' + "".join(f"\\{ord(each):x} " if each in "\"'\\<>&\n" else each for each in text) + '"'
