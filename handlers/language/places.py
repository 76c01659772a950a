"""A place that somebody names in their own words, among those that can be chosen: "nhà tôi ở hàng gòn ạ"."""

import re
from collections.abc import Mapping

from intake.rules.people.unit import Unit
from intake.rules.text import fold

from .courtesy import without_politeness

_TOWN = ("to dan pho", "tdp", "khu pho", "to")
_KINDS = (*_TOWN, "thon", "xom", "ap", "ban", "buon", "khom", "khu dan cu", "khu", "lang")
"""What stands before the name of a hamlet; those of a town are one kind, said in several ways."""
_SO = re.compile(r"\bso (?=\d)")
"""Before a number: "tổ 7" and "tổ số 7" are one."""


def place_meant(typed: str, names: Mapping[str, str]) -> str | None:
    """The code of the one place, of those by code, that a text names; None where it names none or several.

    A name of several words is found wherever it stands without its kind ("hàng gòn"); one word or number alone may be
    anything, and is one with its kind before it ("thôn đông"), or where nothing else was said.
    """
    said, alone = f" {_SO.sub('', fold(typed))} ", _SO.sub("", without_politeness(typed))
    meant = {
        code: core for code, name in names.items() if (core := _named(_SO.sub("", fold(name)), said, alone)) is not None
    }
    longest = [
        code
        for code, core in meant.items()
        if not any(f" {core} " in f" {one} " for one in meant.values() if one != core)
    ]
    return longest[0] if len(longest) == 1 else None


def place_chosen(choice: str, typed: str, places: Mapping[str, Unit]) -> Unit | None:
    """The place, of those by code, that was tapped or typed; None where neither says which."""
    names = {code: place.name for code, place in places.items()}
    return places.get(choice or place_meant(typed, names) or "")


def _named(name: str, said: str, alone: str) -> str | None:
    """The name without its kind, where a text names it."""
    kind = next((one for one in _KINDS if name.startswith(f"{one} ")), "")
    core = name.removeprefix(kind).strip()
    called = [f"{one} {core}" for one in (_TOWN if kind in _TOWN else (kind,))] if kind else [name]
    if len(core.split()) > 1 and not core.replace(" ", "").isdecimal():
        called.append(core)
    return core if core == alone or any(f" {one} " in said for one in called) else None
