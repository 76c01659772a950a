"""When those who registered are reminded of a meeting: the day before, and two hours before (pure)."""

from datetime import datetime, timedelta
from enum import StrEnum

from intake.rules.deadlines.calendar import LOCAL, ONE_DAY
from intake.rules.deadlines.reminders import is_time_to_remind
from intake.rules.outbox.delivery import QUIET_FROM, QUIET_UNTIL

SOON = timedelta(hours=2)
AHEAD = timedelta(days=2)
"""No meeting that starts later than this can owe a reminder now."""


class MeetingReminder(StrEnum):
    """Which reminder."""

    DAY_BEFORE = "day_before"
    TWO_HOURS = "two_hours"


def reminder_at(starts_at: datetime, now: datetime) -> MeetingReminder | None:
    """The reminder of a meeting that may go out at this moment; None when it is not the time for any.

    The day before from 07:30 on, never on the day itself; within two hours of the start, never after it; nothing in
    the quiet hours, so that for a meeting at 07:00 the second one comes at 06:30. Whatever an outage has made too late
    is not caught up.
    """
    start, local = starts_at.astimezone(LOCAL), now.astimezone(LOCAL)
    if not QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    if start - SOON <= local < start:
        return MeetingReminder.TWO_HOURS
    if local.date() == start.date() - ONE_DAY and is_time_to_remind(now):
        return MeetingReminder.DAY_BEFORE
    return None
