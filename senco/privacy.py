"""Text made safe to show, to compare and to name files with, and the rules of a pupil's unique number (UPN)."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
NONCHARACTER_TAILS = (0xFFFE, 0xFFFF)
NONCHARACTER_BLOCK = range(0xFDD0, 0xFDF0)

APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u00b4`\u2032\uff07", "'"))

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_LENGTH = 13
DIGITS = "0123456789"

NAME_LENGTH = 120
NAME_BYTES = 200
NOT_IN_NAMES = frozenset('<>:"/\\|?*' + REPLACEMENT)
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789\u00b9\u00b2\u00b3"}
)


def _shows(character: str) -> bool:
    point = ord(character)
    if point & 0xFFFF in NONCHARACTER_TAILS or point in NONCHARACTER_BLOCK:
        return False
    import unicodedata

    return unicodedata.category(character) not in UNSHOWABLE


def clean(text: str) -> str:
    """Replace every character that is not plain text on one line by the replacement character.

    Control, format, surrogate, private-use and line-separator characters can move a cursor, hide text or end a field;
    a terminal, a calendar and a file name all pass through here.

    >>> clean("Wilson\\u2019s School"), clean("\\x1b[2J"), clean("two\\nlines")
    ('Wilson’s School', '�[2J', 'two�lines')
    """
    if text.isprintable():
        return text
    return "".join(character if _shows(character) else REPLACEMENT for character in text)


def clean_block(text: str) -> str:
    """Do as ``clean`` does but keep line breaks (as newlines) and tabs.

    >>> clean_block("two\\r\\nlines\\tand \\x07")
    'two\\nlines\\tand �'
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(character if character in "\n\t" or _shows(character) else REPLACEMENT for character in text)


def names_a_pupil(text: str) -> bool:
    """Say whether a text holds what has the shape of a UPN, its check letter right or mistyped.

    >>> names_a_pupil("see B801200005001"), names_a_pupil("see B 8012-0000-5001."), names_a_pupil("call 020 8770 5000")
    (True, True, False)
    """
    if len(text) < UPN_LENGTH:
        return False

    shape = r"(?<![A-Za-z0-9])[A-Za-z][ \t-]?(?:[0-9][ \t-]?){11}[0-9A-Za-z](?![A-Za-z0-9])"
    return re.search(shape, text) is not None


def fold(text: str) -> str:
    """Give the form in which spellings of a name compare equal: no case, accents, curly apostrophes, double blanks.

    >>> fold("  St Cecilia\\u2019s   ÉCOLE ")
    "st cecilia's ecole"
    """
    if text.isascii():  # most names are, and a register has fifty thousand
        return " ".join(text.replace("`", "'").casefold().split())
    import unicodedata  # most commands fold plain letters only

    spread = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())


def safe_file_name(text: str) -> str:
    """Make a file name that every system takes, Windows too: no path, no reserved name, no trailing dot.

    >>> safe_file_name("../CP1: agenda?.xlsx"), safe_file_name("con.txt"), safe_file_name(" .. ")
    ('CP1- agenda-.xlsx', '_con.txt', 'unnamed')
    """
    shown = "".join("-" if character in NOT_IN_NAMES else character for character in clean(text))
    name = " ".join(shown.split()).lstrip(".- ").rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > len("sqlite-journal"):
        stem, dot, ending = name, "", ""
    tail = dot + ending
    stem = stem[: NAME_LENGTH - len(tail)]
    while len((stem + tail).encode()) > NAME_BYTES:
        stem = stem[:-1]
    name = stem.rstrip(". ") + tail
    if name.partition(".")[0].rstrip().casefold() in RESERVED:
        name = f"_{name}"
    return name or "unnamed"


def upn_check_letter(upn: str) -> str:
    """Compute the check letter of a UPN from its characters 2 to 13.

    Each is multiplied by its position, 2 to 13, and the sum taken modulo 23; the last may be a letter (a temporary
    number), which counts its place in the list of check letters. ValueError when a character is none that a UPN holds.

    >>> upn_check_letter("B801200005001"), upn_check_letter("R247962919251"), upn_check_letter("B207000016049")
    ('B', 'Q', 'P')
    """
    total = 0
    for position, character in enumerate(upn[1:], start=2):
        values = UPN_LETTERS if position == UPN_LENGTH and character in UPN_LETTERS else DIGITS
        total += values.index(character) * position
    return UPN_LETTERS[total % len(UPN_LETTERS)]


def why_not_upn(upn: str) -> str | None:
    """Say why this is no UPN, or None when it is one; the answer never repeats the number.

    A UPN is a check letter, three digits for the authority, four for the establishment, two for the year, and a serial
    of three digits, the last of them a letter in a temporary number. An authority that is not known is no reason.

    >>> why_not_upn("A950000178301") is None, why_not_upn("X845212818005") is None
    (True, True)
    >>> why_not_upn("R247962919251")
    'its check letter does not fit its digits: one character is mistyped'
    """
    if len(upn) != UPN_LENGTH:
        return f"it has {len(upn)} characters and a UPN has {UPN_LENGTH}"
    if upn[0] not in UPN_LETTERS:
        return "it does not begin with a check letter (a capital; I, O and S are not used)"
    if any(character not in DIGITS for character in upn[1:-1]):
        return "its characters 2 to 12 are not all digits"
    if upn[-1] not in DIGITS and upn[-1] not in UPN_LETTERS:
        return "its last character is neither a digit nor the letter of a temporary number"
    if upn[0] != upn_check_letter(upn):
        return "its check letter does not fit its digits: one character is mistyped"
    return None
