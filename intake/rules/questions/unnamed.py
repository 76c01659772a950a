"""Words for everybody, without those who asked: their names and their phones are taken out (R020, R026).

The secretary words what is made public, and is told that it names nobody. An answer was written to the asker, though,
and may well address them by name: what is shown to all is looked through once more.
"""

import re
from collections.abc import Iterable

from intake.rules.people.phone import numbers_in
from intake.rules.text import without_marks

GAP = "…"
"""What stands where a name or a number was."""
_TITLES = "ông|bà|anh|chị|cô|chú|bác|cụ|em|cháu|dì|cậu|mợ|thím|o|mệ|già"
_TITLED = re.compile(rf"(?<!\w)(?i:{_TITLES})\s+")
_MOBILE = re.compile(r"^\+84[35789]\d{8}$")


def without_people(text: str, names: Iterable[str]) -> str:
    """The text without these people, and without mobile numbers, whosever they are; numbers of offices stay."""
    return _without_mobiles(without_names(text, names))


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without these people: their full names, typed with diacritics or not, their given names after a title.

    A name of a single word is looked for after a title only: many are words of every day. However somebody typed their
    own name (`NGUYỄN VĂN HOÀ`, `nguyen van hoa`), what is written large after a title and sounds like it is theirs.
    """
    for name in names:
        text = _without(text, name.split())
    return text


def _without(text: str, parts: list[str]) -> str:
    if not parts:
        return text
    if len(parts) > 1:
        full = r"\s+".join(re.escape(_plain(part)) for part in parts)
        for found in reversed(list(re.finditer(rf"(?<!\w){full}(?!\w)", _plain(text)))):
            text = text[: found.start()] + GAP + text[found.end() :]
    given, plain = parts[-1], _plain(text)
    called = re.compile(rf"{re.escape(_plain(given))}(?!\w)")
    for title in reversed(list(_TITLED.finditer(text))):
        name = called.match(plain, title.end())
        if name is not None and (text[name.start()].isupper() or text[name.start() : name.end()] == given):
            text = text[: name.start()] + GAP + text[name.end() :]
    return text


def _plain(text: str) -> str:
    """Sign by sign without case and diacritics, so that places are the same in both."""
    return "".join((without_marks(sign.casefold()) + sign)[0] for sign in text)


def _without_mobiles(text: str) -> str:
    for found in reversed(numbers_in(text)):
        if found.number is not None and _MOBILE.match(found.number):
            text = text[: found.start] + GAP + text[found.end :]
    return text
