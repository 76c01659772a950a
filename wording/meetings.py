"""When a meeting is, in words: the fixed moment, or the window of the plan as the plan puts it (R060–R065)."""

from intake.rules.deadlines.quarters import quarter_of
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param, Term
from intake.rules.plan.window import Precision


def when(meeting: Meeting) -> Term:
    """The moment, or "tháng 4/2024", "quý III/2024", "từ 25/09/2023 đến 29/09/2023" with what is still open said."""
    if meeting.starts_at is not None:
        return Term("when.fixed", {"at": meeting.starts_at})
    match meeting.precision:
        case Precision.MONTH:
            return Term("when.month", {"month": meeting.window_from.month, "year": meeting.window_from.year})
        case Precision.QUARTER:
            year, quarter = quarter_of(meeting.window_from)
            return Term(f"when.quarter_{quarter}", {"year": year})
        case Precision.WINDOW:
            return Term("when.window", {"first": meeting.window_from, "last": meeting.window_to})
        case Precision.DAY:
            return Term("when.day", {"day": meeting.window_from})


def when_of(meeting: Meeting) -> dict[str, Param]:
    """Time and place as the params `when` and `venue`."""
    return {"when": when(meeting), "venue": meeting.venue or Term("when.no_venue")}
