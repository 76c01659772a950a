"""Reply templates in words: what the places are called, and a template filled in for a question."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from intake.rules.questions.reply_template import ReplyTemplate, TemplatePlace, filled_in
from intake.rules.text import fold
from locales import LANGUAGES
from wording.texts import shown, words


@cache
def place_names() -> Mapping[str, TemplatePlace]:
    """What people call the places in any of our languages, folded: with or without diacritics."""
    return {fold(_name(language, place)): place for language in LANGUAGES for place in TemplatePlace}


def places_to_use(language: str) -> str:
    """The places as they are typed: `{mã}, {bộ phận}`."""
    return ", ".join(f"{{{_name(language, place)}}}" for place in TemplatePlace)


def as_typed(template: ReplyTemplate, language: str) -> str:
    """The words of a template with its places under their names in a language, to be changed."""
    return filled_in(template.text, {place: f"{{{_name(language, place)}}}" for place in TemplatePlace})


def for_question(template: ReplyTemplate, *, reference: str, desk: str, unit: str, day: date) -> str:
    """The words of a template with its places filled in for a question."""
    return filled_in(
        template.text,
        {
            TemplatePlace.REFERENCE: reference,
            TemplatePlace.DESK: desk,
            TemplatePlace.UNIT: unit,
            TemplatePlace.DAY: shown("vi", day),
        },
    )


def _name(language: str, place: TemplatePlace) -> str:
    return words(language, f"template.place_{place.value}")
