"""Template messages: what may still reach a phone when a network's window is closed (ZALO 4).

A template says only that something is there and how to get at it, never what: whoever holds the phone today need not
be the person. So nothing but the fields below can go into one, and a letter's own words have no field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class TemplateKind(StrEnum):
    """What a template message tells of, the most important first."""

    ANSWERED = "answered"
    QUESTION = "question"
    MEETING = "meeting"
    NEWS = "news"


class TemplateField(StrEnum):
    """What may stand in a template message."""

    REFERENCE = "reference"
    UNIT = "unit"
    DATE = "date"
    KEYWORD = "keyword"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Template:
    """A template the network has approved: its id there, which of its parameters takes which field.

    `by_phone`: it may go to the phone number the person gave when the network account cannot take it.
    """

    id: str
    params: Mapping[str, TemplateField]
    by_phone: bool = True


@dataclass(frozen=True, slots=True)
class Templates:
    """The approved templates of a network. `link` is what the field of that name says."""

    by_kind: Mapping[TemplateKind, Template] = field(default_factory=dict)
    link: str = ""

    def of(self, kind: TemplateKind) -> Template | None:
        """The template for a kind of news; where there is none, the general one, or None."""
        return self.by_kind.get(kind) or self.by_kind.get(TemplateKind.NEWS)


_ANSWERS = ("office.answered", "office.answered_late", "office.referred", "office.extended")
_OF_MEETINGS = ("notice.", "meetings.news")
_WITH_REFERENCE = (TemplateKind.ANSWERED, TemplateKind.QUESTION)
_LONGEST_ID = 80


def kind_of(key: str, *, of_question: bool) -> TemplateKind:
    """What a letter tells of, by its msgid and whether it belongs to a question."""
    if of_question:
        return TemplateKind.ANSWERED if key in _ANSWERS else TemplateKind.QUESTION
    return TemplateKind.MEETING if key.startswith(_OF_MEETINGS) else TemplateKind.NEWS


def kind_of_content(content: Mapping[str, Any], *, of_question: bool) -> TemplateKind:
    """What a packed letter tells of; one that a hamlet head is to pass on tells of what stands in it."""
    inner = content.get("params", {}).get("text")
    key = inner.get("$term", "") if content["key"] == "tell.relay" and isinstance(inner, dict) else content["key"]
    return kind_of(key, of_question=of_question)


def parse_templates(document: Mapping[str, Any]) -> Templates:
    """Read the templates of a settings file: `link`, and a table per kind with `id`, `params`, `by_phone`.

    Raises `ValueError` with one sentence for the first thing that is wrong.
    """
    link = document.get("link", "")
    if not str(link).startswith("https://" if link else ""):
        raise ValueError("link must begin with https://")
    kinds = {kind.value: kind for kind in TemplateKind}
    by_kind = {}
    for name, table in document.items():
        if name == "link":
            continue
        if name not in kinds:
            raise ValueError(f"{name} is no kind of news; there are {', '.join(kinds)}")
        by_kind[kinds[name]] = _parse_template(kinds[name], table, has_link=bool(link))
    if not by_kind:
        raise ValueError("there is no template in it")
    return Templates(by_kind, str(link))


def _parse_template(kind: TemplateKind, table: Any, *, has_link: bool) -> Template:
    match table:
        case {"id": str(template_id), **rest} if 0 < len(template_id) <= _LONGEST_ID:
            given, by_phone = rest.pop("params", {}), rest.pop("by_phone", True)
        case _:
            raise ValueError(f"{kind.value} must be a table with an id in quotes")
    if rest or not isinstance(by_phone, bool) or not isinstance(given, dict):
        raise ValueError(f"{kind.value}: beside the id there are params, a table, and by_phone, true or false")
    fields = {one.value: one for one in TemplateField}
    params = {}
    for name, value in given.items():
        said = fields.get(str(value))
        if said is None:
            raise ValueError(f"{kind.value}: {name} must be one of {', '.join(fields)}")
        if said is TemplateField.REFERENCE and kind not in _WITH_REFERENCE:
            raise ValueError(f"{kind.value} has no reference to put into {name}")
        if said is TemplateField.LINK and not has_link:
            raise ValueError(f"{kind.value}: {name} needs a link at the top of the file")
        params[name] = said
    return Template(template_id, params, by_phone)
