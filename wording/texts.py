"""Putting a message into words: the sentence from the catalogue, dates and names as people write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.file_names import file_name
from intake.rules.message import CarriedFile, Message, Param, Term
from intake.rules.text import with_capital
from locales import Plural, catalogue


@dataclass(frozen=True, slots=True)
class Tap:
    """A button in words: what stands on it, what comes back (or where it leads)."""

    label: str
    code: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file on its way to a person: its content name, and what it is called there, empty where nobody named it."""

    sha256: str
    name: str = ""

    def called(self, ending: str) -> str:
        """Its whole name, with the ending (`.docx`) of what it is; the content name begins one that has none."""
        return (self.name or self.sha256[:8]) + ending


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words, ready for a network's folder: plain text, rows of buttons, attachments, contact request."""

    text: str
    rows: tuple[tuple[Tap, ...], ...] = ()
    attachments: tuple[RenderedFile, ...] = ()
    contact_label: str = ""


class _Filled(dict[str, str]):
    """What the params of a sentence are in words: `{Unit}` is `{unit}` with a capital, where a sentence begins."""

    def __missing__(self, name: str) -> str:
        small = name[:1].lower() + name[1:]
        if small == name:
            raise KeyError(name)
        return with_capital(self[small])


def words(language: str, key: str, params: Mapping[str, Param] | None = None) -> str:
    """One sentence of the catalogue with its params, in the form that fits the number it tells.

    An unknown msgid raises `KeyError`, a count that is no number `TypeError`: both are defects of ours.
    """
    sentence = catalogue(language)[key]
    params = params or {}
    if isinstance(sentence, Plural):
        number = params[sentence.count]
        if not isinstance(number, int):
            raise TypeError(f"{key} counts {sentence.count}, which is no number")
        sentence = sentence.form(number)
    if not params:
        return sentence
    return sentence.format_map(_Filled((name, shown(language, value)) for name, value in params.items()))


def shown(language: str, value: Param) -> str:
    """A param as people read it: `25/04/2024`, `08:00, 25/04/2024` (local time), one list item a line."""
    if isinstance(value, Term):
        return words(language, value.key, value.params)
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).strftime("%H:%M, %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, str | int):
        return str(value)
    return "\n".join(shown(language, item) for item in value)


def file_in_words(language: str, file: CarriedFile) -> RenderedFile:
    """A file with its name in words."""
    return RenderedFile(file.sha256, file_name(*(shown(language, part) for part in file.name)))


def render(message: Message, language: str) -> Rendered:
    """The whole message in a language; resident text stays as it was typed, since no markup is used anywhere."""
    return Rendered(
        text=words(language, message.key, message.params).rstrip(),  # a list at the end may be empty
        rows=tuple(
            tuple(
                Tap(
                    label=button.label if button.literal else words(language, button.label, button.params),
                    code=button.code,
                    url=button.url,
                )
                for button in row
            )
            for row in message.buttons
        ),
        attachments=tuple(file_in_words(language, file) for file in message.attachments),
        contact_label=words(language, "button.share_phone") if message.asks_contact else "",
    )
