"""Text as the whole product takes it: made clean once, where it comes in, and folded where it is compared."""

import re
import textwrap
import unicodedata

from intake.rules.errors import TooLong

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls (PostgreSQL stores no NUL), halves of surrogate pairs (no UTF-8 has them), and what turns the direction of a
whole line round: one name with U+202E reverses the list it stands in."""
_CROSSED_D = str.maketrans("Ðð", "Đđ")
"""Old fonts and keyboards write the letter of Iceland, which looks alike and is found by nobody."""
_EXCERPT = 80
_NUMBERS_AND_WORDS = re.compile(r"\d+|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET)}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""In the order of dictionaries: huyền, hỏi, ngã, sắc, nặng."""
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Signs without width that come along with what is pasted. The first is a letter of old fonts, so that it is kept."""
_NO_WORD = re.compile(r"[^a-z0-9]+")


def _without_its_marks(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


_LATIN = [chr(code) for code in (*range(0xC0, 0x370), *range(0x1E00, 0x1F00))]
_PLAIN = str.maketrans({"đ": "d"} | {one: plain for one in _LATIN if (plain := _without_its_marks(one)).isascii()})
"""The letters of Latin writing, and marks that stand apart, to what is left without marks: one look a letter."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ADDRESSED = frozenset(("ong", "ba", "anh", "chi", "co", "chu", "bac", "cu", "em", "chau"))


def clean(text: str) -> str:
    """The text in NFC, lines ended by line feeds, without control characters, half emoji, bidirectional overrides.

    Tabs stay. What counts as the end of a line is what section 5.8 of the Unicode standard lists. Clean text comes back
    unchanged.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))).translate(_CROSSED_D)


def by_name(name: str) -> tuple[tuple[int, int, tuple[int, ...], tuple[int, ...]], ...]:
    """What names are sorted by as a Vietnamese reader looks them up: Thôn 2 before Thôn 10, An before Ân, Đ after D.

    Numbers count as numbers; words by the letters of the alphabet, and where these are alike by their tones.
    """
    key: list[tuple[int, int, tuple[int, ...], tuple[int, ...]]] = []
    for part in _NUMBERS_AND_WORDS.findall(unicodedata.normalize("NFD", name.casefold())):
        if part.isdecimal():
            key.append((0, int(part), (), ()))
            continue
        letters = unicodedata.normalize("NFC", "".join(sign for sign in part if sign not in _TONES))
        places = tuple(_PLACES.get(sign, len(_ALPHABET) + ord(sign)) for sign in letters)
        key.append((1, 0, places, tuple(_TONES.index(sign) for sign in part if sign in _TONES)))
    return tuple(key)


def as_one_name(name: str) -> str:
    """What two spellings of one name have in common: without case, signs, and the place of the tone ("Hoà", "Hòa").

    Numbers count as numbers (3, 03), and diacritics count: "Thôn Đông" and "Thôn Dong" are two.
    """
    apart = unicodedata.normalize("NFD", name.casefold().replace("ð", "đ"))
    return " ".join(_with_tones_last(word) for word in _WORD.findall(apart))


def _with_tones_last(word: str) -> str:
    if word.isdecimal():
        return str(int(word))
    letters = unicodedata.normalize("NFC", "".join(sign for sign in word if sign not in _TONES))
    return letters + "".join(sign for sign in word if sign in _TONES)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name (see `as_one_name`)."""
    return as_one_name(one) == as_one_name(other)


def excerpt(text: str) -> str:
    """The beginning of a text on one line, so that whoever wrote it knows it again."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT].rstrip()}…"


def lines_taken(text: str, letters: int) -> int:
    """How many lines a text takes where so many letters stand on one; a word that is longer goes on below."""
    return sum(max(1, len(textwrap.wrap(line, letters))) if len(line) > letters else 1 for line in text.split("\n"))


def fitting(text: str, most: int) -> str:
    """The text, which has at most so many letters. Raises `TooLong` with how much it is over."""
    if len(text) > most:
        raise TooLong(len(text), most)
    return text


def beginning(text: str, most: int) -> str:
    """At most so many letters of a text, up to the end of a word where there is one."""
    if len(text) <= most:
        return text
    room = text[: max(most, 0)]
    if room and not text[most].isspace():
        room = max(room.rpartition(gap)[0] for gap in (" ", "\n")) or room
    return room.rstrip()


def with_capital(text: str) -> str:
    """A text that begins a sentence: names of places and bodies are written with a small letter elsewhere."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """Typed text the way it is meant: without case, diacritics, signs or emoji; `"  Đăng ký! "` → `"dang ky"`.

    Text without any letter or digit folds to the empty string.
    """
    return _NO_WORD.sub(" ", without_marks(_UNSEEN.sub("", text).casefold().replace("ð", "d"))).strip()


def known_as_one(one: str, other: str) -> bool:
    """Whether two names may be one person's: spelt however, with "ông" or "bà" before them, or a year in brackets."""
    return bare_name(one) == bare_name(other)


def bare_name(name: str) -> list[str]:
    """The folded words of a name without how somebody is addressed; "Ông Năm" is nobody's name but his."""
    words = fold(_IN_BRACKETS.sub(" ", name)).split() or fold(name).split()
    return words[1:] if words[0:1] and words[0] in _ADDRESSED and len(words) > 2 else words  # noqa: PLR2004 - a whole name


def without_marks(lower: str) -> str:
    """Lower-case text without its diacritics, `đ` as `d`; signs and blanks stay."""
    plain = lower.translate(_PLAIN)
    if plain.isascii():
        return plain
    return _without_its_marks(plain)


def is_in(wanted: str, name: str) -> bool:
    """Whether what somebody types to find a name is in it: "HHen" finds "H'Hen Niê", "hoa" finds "Hoà"."""
    looked_for = fold(wanted)
    return looked_for in fold(name) or looked_for.replace(" ", "") in fold(name).replace(" ", "")
