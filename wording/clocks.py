"""The sentence that explains a due date, in the words of the catalogue `clock`."""

from collections.abc import Callable
from datetime import date

from intake.rules.deadlines.clock import Days, Due
from intake.rules.deadlines.clock_explanation import Piece, QuarterName, Value, explain

_ROMAN = ("I", "II", "III", "IV")


def sentence(due: Due, language: str, gettext: Callable[[str], str]) -> str:
    """Put the explanation of a due date into one sentence; `gettext` looks a msgid up in `language`.

    Dates are dd/mm/yyyy in every language; names of holidays stay as the calendar has them.
    """
    return "; ".join(_piece(piece, language, gettext) for piece in explain(due).pieces) + "."


def _piece(piece: Piece, language: str, gettext: Callable[[str], str]) -> str:
    words = {name: _value(value, language, gettext) for name, value in piece.values}
    return gettext(piece.key).format(**words)


def _value(value: Value, language: str, gettext: Callable[[str], str]) -> str:
    match value:
        case date():
            return _day(value)
        case Days(days, unit):
            form = "one" if days == 1 else "many"
            key = f"clock.length.{unit}.{form}"
            return gettext(key).format(days=days)
        case QuarterName(year, quarter):
            return f"{_ROMAN[quarter - 1] if language == 'vi' else quarter}/{year}"
        case _:
            return ", ".join(f"{_day(on)} – {name}" for on, name in value)


def _day(on: date) -> str:
    return f"{on.day:02}/{on.month:02}/{on.year:04}"
