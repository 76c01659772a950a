"""The catalogues: one gettext domain a file, one folder a language; msgids are names, not sentences.

The `.po` files are read as they are, so that there is no compiled copy to forget. A sentence that tells a count has
plural forms. Its `msgid_plural` names the placeholder that is counted:

    msgid "office.left_today"
    msgid_plural "{days}"
    msgstr[0] "{days} day left"
    msgstr[1] "{days} days left"

A placeholder with a capital (`{Unit}`) is the same param with a capital: sentences begin with names that are written
small elsewhere ("xã Vĩnh Bảo").

Reading is strict: a file that is damaged or unfinished raises instead of saying something by halves.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

import polib

LANGUAGES = ("vi", "en")
_HERE = Path(__file__).parent
_RULE = re.compile(r"nplurals=(\d+); plural=(.+);")
_COUNTED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence with a form for each kind of number. `count` is the param that is counted."""

    count: str
    forms: tuple[str, ...]
    which: Callable[[int], int]

    def form(self, number: int) -> str:
        """The form the language uses with a number."""
        return self.forms[self.which(number)]


Sentence = str | Plural


@cache
def catalogue(language: str) -> Mapping[str, Sentence]:
    """Every msgid of a language with its sentence, all domains together.

    Raises `ValueError` for a language we do not speak, for what `read_catalogue` refuses, and for a msgid that two
    domains define.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for {language!r}")
    sentences: dict[str, Sentence] = {}
    for path in sorted((_HERE / language / "LC_MESSAGES").glob("*.po")):
        domain = read_catalogue(path)
        twice = sentences.keys() & domain.keys()
        if twice:
            raise ValueError(f"{path.name} defines {min(twice)!r}, and so does another domain")
        sentences |= domain
    return sentences


def read_catalogue(path: Path) -> dict[str, Sentence]:
    """The sentences of one file.

    Raises `ValueError`, with the file's name, for broken syntax, a msgid that comes twice, an entry that is fuzzy,
    obsolete, empty or in a context, no plural rule in the header, and a sentence without a form for each number.
    """
    try:
        entries = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True)
    except (OSError, ValueError) as broken:
        raise ValueError(f"{path.name}: {broken}") from broken
    rule = _RULE.fullmatch(entries.metadata.get("Plural-Forms", ""))
    if rule is None:
        raise ValueError(f"{path.name} has no plural rule")
    forms, which = int(rule[1]), _which(rule[2])
    sentences: dict[str, Sentence] = {}
    for entry in entries:
        where = f"{path.name}, {entry.msgid!r}"
        if entry.flags or entry.obsolete or entry.msgctxt is not None:
            raise ValueError(f"{where}: fuzzy, flagged, obsolete or in a context")
        if entry.msgid_plural:
            sentences[entry.msgid] = _plural(where, entry, forms, which)
        elif not entry.msgstr:
            raise ValueError(f"{where}: no sentence")
        else:
            sentences[entry.msgid] = entry.msgstr
    return sentences


def _plural(where: str, entry: polib.POEntry, forms: int, which: Callable[[int], int]) -> Plural:
    counted = _COUNTED.fullmatch(entry.msgid_plural)
    if counted is None:
        raise ValueError(f"{where}: msgid_plural has to be the placeholder that is counted")
    if sorted(entry.msgstr_plural) != list(range(forms)) or not all(entry.msgstr_plural.values()):
        raise ValueError(f"{where}: {forms} plural forms are needed")
    return Plural(counted[1], tuple(entry.msgstr_plural[form] for form in range(forms)), which)


@cache
def _which(rule: str) -> Callable[[int], int]:
    return c2py(rule)
