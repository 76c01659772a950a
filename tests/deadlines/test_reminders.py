"""Which alerts a clock owes on which day (PRODUCT, Clocks; R160, R161; LAW C1)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.reminders import NEVER, AlertAudience, alerts_on, next_wake, sweep_day
from storage.calendar_source import load_calendar
from tests.support.world import local

CALENDAR = load_calendar()
DUE = date(2024, 5, 16)  # a Thursday
DESK, SECRETARY, CHAIR, ASKER, SUPERVISOR = AlertAudience
OF_A_REPLY = (ClockKind.REPLY, ClockKind.REPLY_OUTSIDE)
OF_THE_OFFICE = (
    ClockKind.NOTICE,
    ClockKind.PREPARATION,
    ClockKind.DATA_REQUEST,
    ClockKind.DATA_FULFIL,
)
OF_A_BODY = (ClockKind.BEFORE, ClockKind.QUARTERLY_REPORT)
DUTIES = tuple(kind for kind in ClockKind if kind.startswith("duty-"))
TARGETS = (ClockKind.INTERNAL_TARGET, ClockKind.URGENT_TARGET)


def owed(kind: ClockKind, left: int, due_on: date = DUE) -> dict[AlertAudience, str]:
    alerts = alerts_on(kind, due_on, due_on - timedelta(days=left), CALENDAR)
    assert len({alert.audience for alert in alerts}) == len(alerts)
    return {alert.audience: alert.kind for alert in alerts}


@pytest.mark.parametrize("kind", OF_A_REPLY)
@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (16, {}),
        (15, {DESK: "due_15"}),
        (7, {DESK: "due_7"}),
        (3, {DESK: "due_3", SECRETARY: "due_3"}),
        (1, {DESK: "due_1", SECRETARY: "due_1"}),
        (0, {DESK: "due_0", SECRETARY: "due_0"}),
        (
            -1,
            {
                DESK: "overdue_first",
                SECRETARY: "overdue_first",
                CHAIR: "overdue_first",
                ASKER: "overdue_first",
                SUPERVISOR: "overdue_weekly:2024-05-17",
            },
        ),
        (-2, {}),  # Saturday
        (-3, {}),  # Sunday
        (
            -4,
            {
                DESK: "overdue_daily:2024-05-20",
                SECRETARY: "overdue_daily:2024-05-20",
                CHAIR: "overdue_daily:2024-05-20",
                ASKER: "overdue_first",
                SUPERVISOR: "overdue_weekly:2024-05-17",
            },
        ),
    ],
)
def test_a_reply_is_reminded_of_and_escalated(kind: ClockKind, left: int, expected: dict[AlertAudience, str]) -> None:
    assert owed(kind, left) == expected


@pytest.mark.parametrize(("left", "threshold"), [(14, 15), (8, 15), (6, 7), (5, 7), (4, 7), (2, 3)])
def test_a_missed_reminder_is_made_up_for_by_the_latest_one_only(left: int, threshold: int) -> None:
    assert owed(ClockKind.REPLY, left)[DESK] == f"due_{threshold}"


def test_supervisors_hear_once_in_each_week_of_lateness() -> None:
    kinds = {owed(ClockKind.REPLY, -late).get(SUPERVISOR) for late in range(1, 22)} - {None}
    assert kinds == {"overdue_weekly:2024-05-17", "overdue_weekly:2024-05-24", "overdue_weekly:2024-05-31"}


def test_a_promise_is_reminded_of_and_its_lapse_is_told_to_everybody_but_supervisors() -> None:
    assert owed(ClockKind.PROMISE, 8) == {}
    for left in (7, 3, 1, 0):
        assert owed(ClockKind.PROMISE, left) == {DESK: f"due_{left}", SECRETARY: f"due_{left}"}
    assert set(owed(ClockKind.PROMISE, -1)) == {DESK, SECRETARY, CHAIR, ASKER}


def test_taking_on_is_the_secretarys_and_then_the_chairs() -> None:
    assert owed(ClockKind.ACKNOWLEDGE, 4) == {}
    for left in (3, 1, 0):
        assert owed(ClockKind.ACKNOWLEDGE, left) == {SECRETARY: f"due_{left}"}
    assert owed(ClockKind.ACKNOWLEDGE, -1) == {SECRETARY: "overdue_first", CHAIR: "overdue_first"}


@pytest.mark.parametrize("kind", OF_THE_OFFICE)
def test_what_a_meeting_needs_is_the_secretarys(kind: ClockKind) -> None:
    assert owed(kind, 8) == {}
    for left in (7, 3, 1, 0):
        assert owed(kind, left) == {SECRETARY: f"due_{left}"}
    assert owed(kind, -1) == owed(kind, -5) == {SECRETARY: "overdue_first", CHAIR: "overdue_first"}


@pytest.mark.parametrize("kind", OF_A_BODY)
def test_what_the_plan_gives_to_a_body_is_the_bodys_too(kind: ClockKind) -> None:
    for left in (7, 3, 1, 0):
        assert owed(kind, left) == {DESK: f"due_{left}", SECRETARY: f"due_{left}"}
    assert set(owed(kind, -1)) == {DESK, SECRETARY, CHAIR}


@pytest.mark.parametrize("kind", DUTIES)
def test_a_task_of_the_plan_is_the_bodys_and_the_secretary_hears_once_it_is_late(kind: ClockKind) -> None:
    assert owed(kind, 8) == {}
    for left in (7, 3, 1, 0):
        assert owed(kind, left) == {DESK: f"due_{left}"}
    assert owed(kind, -1) == owed(kind, -5) == {DESK: "overdue_first", SECRETARY: "overdue_first"}


def test_a_finding_is_chased_daily_and_the_supervisor_told_weekly() -> None:
    assert owed(ClockKind.FINDING, 3) == {DESK: "due_3"}
    assert set(owed(ClockKind.FINDING, -1)) == {DESK, SECRETARY, CHAIR, SUPERVISOR}
    assert SUPERVISOR in owed(ClockKind.FINDING, -5)


@pytest.mark.parametrize("kind", TARGETS)
def test_a_target_concerns_the_desk_alone(kind: ClockKind) -> None:
    assert owed(kind, 7) == {DESK: "due_7"}
    assert owed(kind, -1) == owed(kind, -5) == {DESK: "overdue_first"}
    assert next_wake(kind, DUE, DUE + timedelta(days=1), CALENDAR) == NEVER


@pytest.mark.parametrize("kind", ClockKind)
def test_nobody_is_chased_at_tet(kind: ClockKind) -> None:
    due_on = date(2024, 2, 7)  # the last working day before Tết Giáp Thìn, 8 to 14 February
    for day in range(8, 15):
        assert alerts_on(kind, due_on, date(2024, 2, day), CALENDAR) == ()
    assert next_wake(kind, due_on, due_on, CALENDAR) == date(2024, 2, 15)
    first_morning = {alert.kind for alert in alerts_on(kind, due_on, date(2024, 2, 15), CALENDAR)}
    assert first_morning - {"overdue_weekly:2024-02-15"} == {"overdue_first"}


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (local(2024, 5, 16, 7, 29), date(2024, 5, 15)),
        (local(2024, 5, 16, 7, 30), DUE),
        (local(2024, 5, 16, 23, 59), DUE),
        (datetime(2024, 5, 16, 0, 30, tzinfo=UTC), DUE),
        (local(2024, 5, 17, 0, 0), DUE),
    ],
)
def test_the_alerts_of_a_day_go_out_from_half_past_seven(at: datetime, day: date) -> None:
    assert sweep_day(at) == day


ANY_KIND = st.sampled_from(list(ClockKind))
ANY_DUE = st.dates(date(2023, 3, 1), date(2027, 9, 30))
OFFSETS = st.integers(-40, 40)


@given(ANY_KIND, ANY_DUE, OFFSETS)
def test_the_next_look_is_later_and_misses_nothing(kind: ClockKind, due_on: date, offset: int) -> None:
    today = due_on + timedelta(days=offset)
    wake = next_wake(kind, due_on, today, CALENDAR)
    assert wake > today

    # whatever is owed between two looks is owed at the first of them already, so no day in between is missed
    now = set(alerts_on(kind, due_on, today, CALENDAR))
    day = today + timedelta(days=1)
    while day < min(wake, due_on + timedelta(days=60)):
        assert set(alerts_on(kind, due_on, day, CALENDAR)) <= now
        day += timedelta(days=1)


@given(ANY_KIND, ANY_DUE, st.integers(0, 20))
def test_no_alert_is_owed_twice_on_the_days_the_sweep_looks(kind: ClockKind, due_on: date, start: int) -> None:
    day = due_on - timedelta(days=start)
    told: set[tuple[AlertAudience, str]] = set()
    repeated: set[tuple[AlertAudience, str]] = set()
    while day < due_on + timedelta(days=30):
        for alert in alerts_on(kind, due_on, day, CALENDAR):
            (repeated if (alert.audience, alert.kind) in told else told).add((alert.audience, alert.kind))
        day = next_wake(kind, due_on, day, CALENDAR)
    # what is owed for longer than a look (once, weekly) keeps its name, so that the unique alert stops it; a daily
    # chase or a reminder must not come up again at all
    assert all(name == "overdue_first" or name.startswith("overdue_weekly") for _, name in repeated)
    assert (DESK, "overdue_first") not in repeated or kind in TARGETS


@given(ANY_KIND, ANY_DUE, st.sets(OFFSETS))
def test_whatever_days_are_skipped_one_look_owes_each_audience_one_alert(
    kind: ClockKind, due_on: date, looked_on: set[int]
) -> None:
    told: list[tuple[AlertAudience, str]] = []
    for offset in sorted(looked_on):
        alerts = alerts_on(kind, due_on, due_on + timedelta(days=offset), CALENDAR)
        assert len({alert.audience for alert in alerts}) == len(alerts)
        assert all(len(alert.kind) <= 40 for alert in alerts)
        told += [(alert.audience, alert.kind) for alert in alerts if offset <= 0]
    # each threshold at most once for an audience between two other ones: the name never comes back after a later one
    for audience in AlertAudience:
        names = [name for who, name in told if who is audience]
        assert names == sorted(names, key=lambda name: -int(name.removeprefix("due_")))
