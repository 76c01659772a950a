"""A due date in words: the day with its weekday, the practical day where the office does not work on it, who set it.

The one way in which cards, receipts, reminders and explanations say a date; the catalogue has the words.
"""

from datetime import date

from intake.rules.message import Param, Term

from .clock import ClockKind, Due


def source_of(due: Due) -> str:
    """The msgid of who set the length; to take on what came outside a meeting is a rule of the Party (LAW C1)."""
    return "clock.source.rules" if due.kind is ClockKind.ACKNOWLEDGE else f"clock.source.{due.days.source}"


def due_words(due: Due) -> Term:
    """`20/04/2024 (thứ Bảy, theo kế hoạch; nên xong trong ngày làm việc 19/04/2024, thứ Sáu)`."""
    named: dict[str, Param] = {"day": due.due_on, "weekday": weekday(due.due_on), "source": Term(source_of(due))}
    if due.practical_on == due.due_on:
        return Term("clock.day.due", named)
    return Term("clock.day.off", {**named, "practical": on_weekday(due.practical_on)})


def reminded_words(due_on: date, practical_on: date | None) -> Term:
    """`20/04/2024, thứ Bảy; nên xong trong ngày làm việc 19/04/2024, thứ Sáu`: where brackets stand around it."""
    if practical_on is None:
        return on_weekday(due_on)
    return Term("clock.day.reminded", {"due": on_weekday(due_on), "practical": on_weekday(practical_on)})


def on_weekday(day: date) -> Term:
    """`19/04/2024, thứ Sáu`."""
    return Term("clock.day.weekday", {"day": day, "weekday": weekday(day)})


def in_between(day: date) -> Term:
    """`19/04/2024 (thứ Sáu)`: where the sentence goes on."""
    return Term("clock.day.kept", {"day": day, "weekday": weekday(day)})


def weekday(day: date) -> Term:
    """`thứ Sáu`."""
    return Term(f"clock.weekday.{day.isoweekday()}")
