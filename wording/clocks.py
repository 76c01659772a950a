"""How long somebody still has, and the sentence that explains a due date (the words of the catalogue `clock`)."""

from datetime import date

from intake.rules.deadlines.clock import Days, Due, days_left
from intake.rules.deadlines.clock_explanation import Piece, QuarterName, Value, explain
from intake.rules.deadlines.due_words import on_weekday, weekday
from intake.rules.message import Term

from .texts import words

_DAYS_TO_KEEP = ("due", "practical")
"""The days somebody has to look up in a calendar, so with their weekday; the others only explain them."""
_ROMAN = ("I", "II", "III", "IV")


def sentence(due: Due, language: str) -> str:
    """Put the explanation of a due date into one sentence.

    Dates are dd/mm/yyyy in every language; names of holidays stay as the calendar has them.
    """
    return "; ".join(_piece(piece, language) for piece in explain(due).pieces) + "."


def _piece(piece: Piece, language: str) -> str:
    return words(language, piece.key, {name: _value(name, value, language) for name, value in piece.values})


def _value(name: str, value: Value, language: str) -> str:
    match value:
        case date() if name in _DAYS_TO_KEEP:
            return words(language, "clock.day.kept", {"day": value, "weekday": weekday(value)})
        case date():
            return _day(value)
        case Days(days, unit):
            return words(language, f"clock.length.{unit}", {"days": days})
        case QuarterName(year, quarter):
            return f"{_ROMAN[quarter - 1] if language == 'vi' else quarter}/{year}"
        case _:
            return ", ".join(f"{_day(on)} – {name}" for on, name in value)


def _day(on: date) -> str:
    return f"{on.day:02}/{on.month:02}/{on.year:04}"


def time_left(due_on: date | None, today: date, *, rests: bool = False) -> Term:
    """How long the desk still has, computed today: "còn 5 ngày", "hôm nay", "quá hạn 2 ngày".

    `rests`: its clock stands still, since whoever asked has restricted the use of their data (LAW C5).
    """
    if due_on is None and rests:
        return Term("office.left_rests")
    if due_on is None:
        return Term("office.left_meeting")
    left = days_left(due_on, today)
    if left < 0:
        return Term("office.overdue", {"days": -left, "due": on_weekday(due_on)})
    if left == 0:
        return Term("office.left_today")
    return Term("office.left", {"days": left, "due": on_weekday(due_on)})
