"""Why a due date is what it is, as pieces of one sentence that a catalogue puts into words (`/cachtinh`)."""

from dataclasses import dataclass
from datetime import date

from .calendar import DayStatus
from .clock import OF_THE_DAY, ClockKind, Days, Direction, Due
from .due_words import source_of
from .quarters import quarter_of

_WORTH_A_WARNING = (DayStatus.UNCONFIRMED, DayStatus.ESTIMATED, DayStatus.MISSING)
_A_DATE = (*OF_THE_DAY, ClockKind.PROMISE, ClockKind.CONCLUSION, ClockKind.FINDING)
"""A day that somebody named: nothing was counted."""
_SOURCE_SAID = (ClockKind.CONCLUSION, ClockKind.FINDING)
"""Who set the day stands in the sentence itself, and no asker was told it."""


@dataclass(frozen=True, slots=True)
class QuarterName:
    """A quarter of a year, for the catalogue to name."""

    year: int
    quarter: int


Value = date | Days | QuarterName | tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A message key, beginning with `clock.`, and the values that fill its placeholders."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The pieces of the sentence in their order: the rule, what moved it, what is unsure, the source."""

    pieces: tuple[Piece, ...]


def explain(due: Due) -> Explanation:
    """Explain a due date: rule, anchor, days, holidays, the day rolled from, and who set the length."""
    pieces = [_rule(due)]
    if due.kind in OF_THE_DAY:  # the day itself: nothing is counted, nobody set a length
        return Explanation(tuple(pieces))
    if due.window is not None:
        pieces.append(Piece("clock.window_latest" if due.from_latest else "clock.window"))
    if due.rolled_from is not None:
        pieces.append(Piece(f"clock.rolled.{due.direction}", (("rolled_from", due.rolled_from),)))
    if due.practical_on != due.due_on:
        pieces.append(Piece("clock.practical", (("due", due.due_on), ("practical", due.practical_on))))
    if due.skipped:
        pieces.append(Piece(f"clock.skipped.{due.days.unit}", (("holidays", due.skipped),)))
    if due.status in _WORTH_A_WARNING:
        pieces.append(Piece(f"clock.calendar.{due.status}"))
    if due.kind not in _SOURCE_SAID:
        pieces.append(Piece(source_of(due)))
    return Explanation(tuple(pieces))


def _rule(due: Due) -> Piece:
    values: list[tuple[str, Value]] = [("due", due.due_on)]
    if due.kind is ClockKind.QUARTERLY_REPORT:
        values.append(("quarter", QuarterName(*quarter_of(due.anchor))))
    elif due.kind not in _A_DATE:
        values.append(("anchor", due.anchor))
    if due.kind not in (*_A_DATE, ClockKind.BEFORE):
        values.append(("length", due.days))
    after_plan = due.kind is ClockKind.PREPARATION and due.direction is Direction.FORWARD
    return Piece("clock.preparation.after-plan" if after_plan else f"clock.{due.kind}", tuple(values))
