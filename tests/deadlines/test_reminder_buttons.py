"""What stands under a reminder: who can open the matter, who can tick it off, who can nudge the agency."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake.rules.deadlines.calendar import WorkCalendar
from intake.rules.deadlines.clock import ClockKind, ClockRule, Days, Direction, due, due_by
from intake.rules.deadlines.reminder_messages import Reminder, Subject, digest, opening, reminder
from intake.rules.deadlines.reminders import AlertAudience
from intake.rules.deadlines.task import TaskId, quarter_before
from intake.rules.meetings.meeting import MeetingId
from intake.rules.questions.question import QuestionId
from storage.calendar_source import load_calendar

DUE = date(2024, 4, 1)
QUESTION = Subject("DL-2024-0001", "Bộ phận", QuestionId(7))
MEETING = Subject("Đối thoại tháng 4", None, None, meeting_id=MeetingId(5))
TASK = Subject("Báo cáo", None, None, task_id=TaskId(9))
REPORT = replace(TASK, reported=True)


def codes(kind: ClockKind, audience: AlertAudience, subject: Subject, *, late: bool = True) -> list[str]:
    today = DUE + timedelta(days=1 if late else 0)
    rows = reminder(Reminder(kind, audience, subject, DUE), today).buttons
    return [button.code for row in rows for button in row]


@pytest.mark.parametrize(
    ("kind", "audience", "subject", "expected"),
    [
        (ClockKind.PROMISE, AlertAudience.SECRETARY, QUESTION, ["triage.7", "nudge.7"]),
        (ClockKind.PROMISE, AlertAudience.CHAIR, QUESTION, ["triage.7", "nudge.7"]),
        (ClockKind.PROMISE, AlertAudience.DESK, QUESTION, ["queue.7"]),
        (ClockKind.PROMISE, AlertAudience.ASKER, QUESTION, ["status.7"]),
        (ClockKind.REPLY, AlertAudience.CHAIR, QUESTION, ["triage.7"]),
        (ClockKind.REPLY, AlertAudience.SUPERVISOR, QUESTION, []),
        (ClockKind.PREPARATION, AlertAudience.SECRETARY, MEETING, ["meetingcard.5", "prepared.5"]),
        (ClockKind.NOTICE, AlertAudience.SECRETARY, MEETING, ["meetingcard.5"]),
        (ClockKind.PREPARATION, AlertAudience.CHAIR, MEETING, []),
        (ClockKind.BEFORE, AlertAudience.SECRETARY, TASK, ["task.9", "taskdone.9"]),
        (ClockKind.QUARTERLY_REPORT, AlertAudience.SECRETARY, REPORT, ["task.9", "reportdue.9", "taskdone.9"]),
        (ClockKind.BEFORE, AlertAudience.SECRETARY, REPORT, ["task.9", "reportdue.9", "taskdone.9"]),
        (ClockKind.DUTY_PREPARING, AlertAudience.SECRETARY, REPORT, ["task.9", "reportdue.9"]),
        (ClockKind.QUARTERLY_REPORT, AlertAudience.CHAIR, TASK, ["task.9"]),
        (ClockKind.DATA_REQUEST, AlertAudience.SECRETARY, TASK, ["task.9"]),
        (ClockKind.DATA_FULFIL, AlertAudience.SECRETARY, TASK, ["task.9"]),
    ],
)
def test_each_has_the_buttons_for_what_each_may_do(kind, audience, subject, expected):
    assert codes(kind, audience, subject) == expected


def test_a_promise_is_not_nudged_before_it_has_lapsed():
    assert codes(ClockKind.PROMISE, AlertAudience.SECRETARY, QUESTION, late=False) == ["triage.7"]


def test_a_list_of_matters_opens_tasks_and_meetings_too():
    listed = [Reminder(ClockKind.NOTICE, AlertAudience.SECRETARY, one, DUE) for one in (QUESTION, MEETING, TASK)]
    shown = digest(listed, DUE).buttons
    assert {button.code for row in shown for button in row} == {"triage.7", "meetingcard.5", "task.9"}
    assert [button.code for row in opening(TASK, AlertAudience.DESK) for button in row] == ["task.9"]
    assert opening(TASK, AlertAudience.SUPERVISOR) == ()


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2024, 1, 1), (2023, 4)),
        (date(2024, 3, 31), (2023, 4)),
        (date(2024, 4, 1), (2024, 1)),
        (date(2024, 12, 31), (2024, 3)),
    ],
)
def test_the_quarter_that_is_over_is_the_one_before_todays(today, before):
    assert quarter_before(today) == before


CALENDAR: WorkCalendar = load_calendar()


@pytest.mark.parametrize("length", [0, 1, 10, 30, 60])
@pytest.mark.parametrize("left", [0, 1, 9, 10, 29, 30, 31])
def test_a_target_never_ends_after_the_day_it_has_to_keep(length, left):
    rule = ClockRule(ClockKind.URGENT_TARGET, Days(length), Direction.FORWARD, roll=True)
    anchor = date(2024, 3, 1)
    latest = anchor + timedelta(days=left)
    found = due_by(rule, anchor, CALENDAR, latest)
    free = due(rule, anchor, CALENDAR)
    assert found.due_on == min(free.due_on, latest)
    assert found.kind is ClockKind.URGENT_TARGET


def test_a_limit_that_is_past_leaves_the_day_itself():
    rule = ClockRule(ClockKind.URGENT_TARGET, Days(10), Direction.FORWARD, roll=True)
    assert due_by(rule, DUE, CALENDAR, DUE - timedelta(days=5)).due_on == DUE
