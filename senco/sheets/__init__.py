"""Spreadsheets in and out, behind one door.

What comes in is untrusted: ``reading.read_book`` looks at it with ``guard`` before anything else touches it, and gives
plain cells, each with its place. What goes out is built from nothing by ``writing.workbook_bytes`` and
``delimited.csv_text``, without hidden content. Only this part of senco knows openpyxl. It knows nothing of schools,
clusters or requests: what a heading means is decided by the slices.
"""
