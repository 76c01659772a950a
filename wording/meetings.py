"""When a meeting is, in words: the fixed moment, or the window of the plan as the plan puts it (R060–R065)."""

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.deadlines.quarters import quarter_of
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param, Term
from intake.rules.plan.window import PlannedWindow, Precision


def when(meeting: Meeting) -> Term:
    """The moment, or "tháng 4/2024", "quý III/2024", "từ 25/09/2023 đến 29/09/2023" with what is still open said.

    That it was put off is said where it was; the days that had begun by then tell nothing any more.
    """
    if meeting.starts_at is not None:
        return Term("when.fixed", {"at": meeting.starts_at})
    planned = when_planned(meeting.window)
    if not meeting.is_put_off or meeting.revised_at is None:
        return planned
    begun = meeting.window_from <= meeting.revised_at.astimezone(LOCAL).date()
    return Term("when.put_off") if begun else Term("when.put_off_until", {"planned": planned})


def when_planned(window: PlannedWindow) -> Term:
    """The window of a plan as the plan puts it."""
    match window.precision:
        case Precision.MONTH:
            return Term("when.month", {"month": window.earliest.month, "year": window.earliest.year})
        case Precision.QUARTER:
            year, quarter = quarter_of(window.earliest)
            return Term(f"when.quarter_{quarter}", {"year": year})
        case Precision.WINDOW:
            return Term("when.window", {"first": window.earliest, "last": window.latest})
        case Precision.DAY:
            return Term("when.day", {"day": on_weekday(window.earliest)})


def when_of(meeting: Meeting) -> dict[str, Param]:
    """Time and place as the params `when` and `venue`."""
    return {"when": when(meeting), "venue": meeting.venue or Term("when.no_venue")}
