"""Text as the whole product takes it: made clean once, where it comes in, and folded where it is compared."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Controls (PostgreSQL stores no NUL), halves of surrogate pairs (no UTF-8 has them), and what turns the direction of a
whole line round: one name with U+202E reverses the list it stands in."""
_EXCERPT = 80
_NO_WORD = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """The text in NFC, lines ended by line feeds, without control characters, half emoji, bidirectional overrides.

    Tabs stay. What counts as the end of a line is what section 5.8 of the Unicode standard lists. Clean text comes back
    unchanged.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def excerpt(text: str) -> str:
    """The beginning of a text on one line, so that whoever wrote it knows it again."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT].rstrip()}…"


def fold(text: str) -> str:
    """Typed text the way it is meant: without case, diacritics, signs or emoji; `"  Đăng ký! "` → `"dang ky"`.

    Text without any letter or digit folds to the empty string.
    """
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", plain).strip()
