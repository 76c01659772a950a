"""A unit's own words for replies it writes again and again, with places that are filled in for each question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from intake.rules.errors import RuleBroken
from intake.rules.people.unit import UnitId
from intake.rules.questions.promise import required
from intake.rules.text import fold

ReplyTemplateId = NewType("ReplyTemplateId", int)
MOST_TEMPLATES = 30
LONGEST_NAME = 60
LONGEST_TEXT = 3000
_PLACE = re.compile(r"\{([^{}]*)\}")


class TemplatePlace(StrEnum):
    """What is filled in. Nobody's name: who asked is often kept from the desk that answers."""

    REFERENCE = "reference"
    DESK = "desk"
    UNIT = "unit"
    DAY = "day"


@dataclass(eq=False)
class ReplyTemplate:
    """Words of a unit by a name of its own. In `text` places stand as `{reference}`, by their values."""

    id: ReplyTemplateId = field(init=False)
    unit_id: UnitId
    name: str
    text: str


def checked_name(typed: str) -> str:
    """The name of a template as it is kept. Raises `RuleBroken` where there is none."""
    return required(" ".join(typed.split()), "refusal.template_name", LONGEST_NAME)


def checked_text(typed: str, names: Mapping[str, TemplatePlace]) -> str:
    """The words of a template as they are kept, each place under its value.

    `names` says what people call the places, folded. Raises `RuleBroken` for no words, for a place nobody knows (it is
    named), and for a brace that opens or closes nothing.
    """

    def known(place: re.Match[str]) -> str:
        named = fold(place[1])
        if named not in names:
            raise RuleBroken("refusal.template_place", {"name": place[1]})
        return "{" + names[named].value + "}"

    text = required(typed, "refusal.text_missing", LONGEST_TEXT)
    if re.search(r"[{}]", _PLACE.sub("", text)):
        raise RuleBroken("refusal.template_brace")
    return _PLACE.sub(known, text)


def filled_in(text: str, values: Mapping[TemplatePlace, str]) -> str:
    """The words of a template with its places filled in."""
    return _PLACE.sub(lambda place: values[TemplatePlace(place[1])], text)
