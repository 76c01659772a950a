"""What a paper does to a meeting that is known: moves it, puts it off or calls it off, and how the paper is cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.meeting import Meeting
from intake.rules.plan.applied_paper import LONGEST_NUMBER
from intake.rules.plan.drafting.draft_meetings import window_of
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.plan.window import PlannedWindow, Precision
from intake.rules.text import fold

_LONGEST = 200


class ChangeTo(StrEnum):
    """What becomes of the meeting: another day or window, a day that is told later, none at all."""

    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A change as the paper says it; None for what it leaves as it was.

    `days` are all that the paper names, so that the meeting is found by the day it had. `predecessor` is the number of
    the paper that is changed, `number` and `issued_on` those of this one.
    """

    to: ChangeTo
    window: PlannedWindow
    hour: time | None
    venue: str | None
    days: tuple[date, ...]
    predecessor: str | None
    number: str | None
    issued_on: date | None

    def is_about(self, meeting: Meeting) -> bool:
        """Whether the paper names the day the meeting has."""
        return meeting.starts_at is not None and meeting.starts_at.astimezone(LOCAL).date() in self.days

    def moment(self, meeting: Meeting) -> datetime | None:
        """When the meeting is to begin now: at the paper's hour, else at its own; None where neither is known."""
        hour = self.hour
        if hour is None and meeting.starts_at is not None:
            hour = meeting.starts_at.astimezone(LOCAL).time()
        if self.to is not ChangeTo.MOVED or self.window.precision is not Precision.DAY or hour is None:
            return None
        return datetime.combine(self.window.earliest, hour, tzinfo=LOCAL)


def change_of(reading: PlanReading) -> PaperChange | None:
    """What the paper changes about a meeting; None where it changes something else, or says no time at all."""
    meeting, head = next(iter(reading.meetings), None), reading.head
    becomes = next((one for one in ChangeTo if meeting is not None and one.value == meeting.status), None)
    if meeting is None or becomes is None:
        return None
    return PaperChange(
        to=becomes,
        window=window_of(meeting),
        hour=None if meeting.time is None else time.fromisoformat(meeting.time),
        venue=None if meeting.venue is None else meeting.venue.value[:_LONGEST],
        days=reading.days,
        predecessor=None if reading.predecessor is None else reading.predecessor.value,
        number=None if head.number is None else head.number.value,
        issued_on=None if head.issued_on is None else head.issued_on.value,
    )


def meant_by(change: PaperChange, meetings: Sequence[Meeting]) -> list[Meeting]:
    """The meetings the paper may be about: those whose day it names, else all of them."""
    return [meeting for meeting in meetings if change.is_about(meeting)] or list(meetings)


def stated_of(reading: PlanReading) -> dict[str, str]:
    """How a paper calls itself and what it changes, in the fields of `AppliedPaper` as texts; "" for what it lacks."""
    head = reading.head
    return {
        "title": "" if head.title is None else head.title.value[:_LONGEST],
        "number": "" if head.number is None else head.number.value[:LONGEST_NUMBER],
        "issued_on": "" if head.issued_on is None else head.issued_on.value.isoformat(),
        "changes": "" if reading.predecessor is None else reading.predecessor.value[:LONGEST_NUMBER],
    }


def same_number(one: str | None, other: str | None) -> bool:
    """Whether two numbers are those of one paper, however they are spaced ("12/KH-UBND", "12 / KH - UBND")."""
    return one is not None and other is not None and _bare(one) == _bare(other) != ""


def _bare(number: str) -> str:
    return "".join(sign for sign in fold(number) if sign.isalnum())
