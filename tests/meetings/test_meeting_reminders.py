"""When those who registered are reminded: the right word at the right time, or none."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.meeting_reminders import MeetingReminder, reminder_at
from tests.support.world import local

START = local(2024, 4, 25, 8)


@pytest.mark.parametrize(
    ("now", "owed"),
    [
        (local(2024, 4, 23, 12), None),
        (local(2024, 4, 24, 7, 29), None),
        (local(2024, 4, 24, 7, 30), MeetingReminder.DAY_BEFORE),
        (local(2024, 4, 24, 20, 59), MeetingReminder.DAY_BEFORE),
        (local(2024, 4, 24, 21), None),
        (local(2024, 4, 25, 0, 5), None),
        (local(2024, 4, 25, 6, 0), None),  # two hours before, but people are asleep
        (local(2024, 4, 25, 6, 30), MeetingReminder.TWO_HOURS),
        (local(2024, 4, 25, 7, 59), MeetingReminder.TWO_HOURS),
        (local(2024, 4, 25, 8), None),
        (local(2024, 4, 25, 9), None),
    ],
)
def test_a_morning_meeting(now: datetime, owed: MeetingReminder | None) -> None:
    assert reminder_at(START, now) is owed


@pytest.mark.parametrize(
    ("now", "owed"),
    [
        (local(2024, 4, 25, 11, 59), None),
        (local(2024, 4, 25, 12), MeetingReminder.TWO_HOURS),
        (local(2024, 4, 25, 14), None),
    ],
)
def test_an_afternoon_meeting(now: datetime, owed: MeetingReminder | None) -> None:
    assert reminder_at(START.replace(hour=14), now) is owed


@given(st.integers(-72 * 60, 24 * 60), st.integers(0, 24 * 60 - 1))
def test_never_at_night_never_after_the_start_and_each_on_its_own_day(offset: int, start: int) -> None:
    starts_at = local(2024, 4, 25, start // 60, start % 60)
    now = starts_at + timedelta(minutes=offset)
    owed = reminder_at(starts_at, now)
    if owed is None:
        return
    moment = now.astimezone(LOCAL)
    assert now < starts_at
    assert (6, 30) <= (moment.hour, moment.minute) < (21, 0)
    days = (starts_at.astimezone(LOCAL).date() - moment.date()).days
    assert days == (1 if owed is MeetingReminder.DAY_BEFORE else 0)
