"""Layer 2: letters that only Vietnamese has; and the words of a message, for the later layers to weigh."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Addresses, mail, mentions, commands and tags say nothing about language.
_ADDRESS: Final = re.compile(r"https?://|www\.|^[@#/]|.@.|\.(?:vn|com|net|org|gov|edu)(?:\W|$)", re.IGNORECASE)
_CHUNK: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_EXCLUSIVE: Final = frozenset("ơưđăĩũ") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
_SHARED: Final = frozenset("áàãâéèêíìóòõôúùý")
_VOWELS: Final = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class TextWord:
    """One word of a message: `lower` as typed, `plain` without diacritics, and what its letters say.

    `exclusive`: has a letter of no other language here. `shared`: has marks, all of which Vietnamese has too.
    `alien`: has a letter Vietnamese lacks. `name`: written like a name within a sentence. `initials`: an
    abbreviation, being all capitals or without a vowel.
    """

    lower: str
    plain: str
    exclusive: bool
    shared: bool
    alien: bool
    name: bool
    initials: bool


def cut_words(text: str) -> tuple[TextWord, ...]:
    """Return the words of `text` (composed form), leaving out addresses, codes and anything with digits."""
    kept = _CHUNK.sub(_drop_codes, text)
    shouted = not any(sign.islower() for sign in kept)
    return tuple(
        _read_word(found.group().replace("’", "'"), shouted=shouted, first=_starts_sentence(kept, found.start()))
        for found in _WORD.finditer(kept)
    )


def _drop_codes(chunk: re.Match[str]) -> str:
    """Empty a chunk that holds a digit or is an address; the stop left behind keeps sentences apart."""
    typed = chunk.group()
    return "." if any(map(str.isdigit, typed)) or _ADDRESS.search(typed) else typed


def detect_by_letters(words: Sequence[TextWord]) -> str | None:
    """Return "vi" where at least half of `words` have a letter only Vietnamese has; None where that is open.

    One Vietnamese name in an English sentence must not decide: fewer marked words are weighed with the rest.
    """
    marked = sum(word.exclusive for word in words)
    return "vi" if marked and 2 * marked >= len(words) else None


def strip_marks(word: str) -> str:
    """Return `word` without diacritics; đ becomes d."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _starts_sentence(text: str, start: int) -> bool:
    while start and text[start - 1] in " \"'([":  # no slice: of a long paper each word would copy all before it
        start -= 1
    return not start or not (text[start - 1].isalnum() or text[start - 1] in ",;:")


def _read_word(typed: str, *, shouted: bool, first: bool) -> TextWord:
    lower = typed.lower()
    letters = frozenset(lower) - {"'"}
    plain = strip_marks(lower)
    exclusive = not letters.isdisjoint(_EXCLUSIVE)
    marked = letters - _EXCLUSIVE - _SHARED
    alien = any(not sign.isascii() for sign in marked)
    capitals = typed.isupper() and len(typed) > 1
    return TextWord(
        lower=lower,
        plain=plain,
        exclusive=exclusive,
        shared=not exclusive and not alien and not lower.isascii(),
        alien=alien,
        name=not shouted and not first and typed[:1].isupper() and not capitals,
        initials=(capitals and not shouted) or _VOWELS.isdisjoint(plain),
    )
