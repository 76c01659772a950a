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
_MOBILE = re.compile(r"^\+84[35789]\d{8}$")


def without_people(text: str, names: Iterable[str]) -> str:
    """The text without these people: their full names, typed with diacritics or not, their given names after a title.

    And without mobile numbers, whosever they are; numbers of offices stay. A name of a single word is looked for after
    a title only: many are words of every day.
    """
    for name in names:
        text = _without(text, name.split())
    return _without_mobiles(text)


def _without(text: str, parts: list[str]) -> str:
    if not parts:
        return text
    if len(parts) > 1:
        full = r"\s+".join(re.escape(_plain(part)) for part in parts)
        for found in reversed(list(re.finditer(rf"(?<!\w){full}(?!\w)", _plain(text)))):
            text = text[: found.start()] + GAP + text[found.end() :]
    given = re.compile(rf"(?<!\w)(?i:({_TITLES}))(\s+){re.escape(parts[-1])}(?!\w)")
    return given.sub(rf"\1\2{GAP}", text)


def _plain(text: str) -> str:
    """Sign by sign without case and diacritics, so that places are the same in both."""
    return "".join((without_marks(sign.casefold()) + sign)[0] for sign in text)


def _without_mobiles(text: str) -> str:
    for found in reversed(numbers_in(text)):
        if found.number is not None and _MOBILE.match(found.number):
            text = text[: found.start] + GAP + text[found.end :]
    return text
