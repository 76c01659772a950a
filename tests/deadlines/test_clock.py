"""The clock engine against the worked dates of A3, its boundaries, and what always holds."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.deadlines.calendar import LOCAL, DayStatus, Override, calendar_with
from intake.rules.deadlines.calendar_vietnam import vietnam_calendar
from intake.rules.deadlines.clock import (
    ClockKind,
    ClockRule,
    Days,
    DayUnit,
    Direction,
    RuleSource,
    days_left,
    due,
    is_overdue,
)
from intake.rules.deadlines.clock_settings import DEFAULTS, latest_meeting_for, rule_for, settings_of_clocks
from intake.rules.deadlines.due_packing import pack_due, unpack_due
from intake.rules.deadlines.quarters import month_end, quarter_end, quarter_of, quarter_start
from intake.rules.plan import window
from intake.rules.plan.profile_meetings import (
    NoticeRule,
    PreparationRule,
    ReplyRule,
    ReportRule,
    TargetRule,
    TimeLimits,
)
from intake.rules.plan.window import HalfDay, PlannedWindow, Precision

VIETNAM = vietnam_calendar()


def calendar(number: int) -> Days:
    return Days(number, DayUnit.CALENDAR, RuleSource.PLAN)


def working(number: int) -> Days:
    return Days(number, DayUnit.WORKING, RuleSource.PLAN)


S0 = replace(DEFAULTS, notice=calendar(5), preparation=working(7), reply=calendar(30))
S2 = replace(DEFAULTS, notice=calendar(7), quarterly_report=working(5))
SILENT = DEFAULTS  # S1, S3, S4
SWAP_2026 = (date(2026, 8, 31), "Ngày nghỉ (thay cho ngày 22/08/2026)")


def compute(kind, anchor, settings=SILENT, calendar=VIETNAM):
    return due(rule_for(kind, settings), anchor, calendar)


def without_the_august_swap():
    swapped = ((date(2026, 8, 31), False), (date(2026, 8, 22), True))
    undone = (Override(on, off, "không hoán đổi", "thử", confirmed=True) for on, off in swapped)
    return calendar_with(VIETNAM, undone)


def working_days_forward(length):
    days = Days(length, DayUnit.WORKING, RuleSource.LAW)
    return ClockRule(ClockKind.ACKNOWLEDGE, days, Direction.FORWARD, roll=False)


@pytest.mark.parametrize(
    ("settings", "kind", "anchor", "raw_on", "due_on", "practical_on"),
    [
        # R090, A3: notice at T-5; the legal day stands, the practical one is the Friday
        (S0, "notice", date(2024, 4, 25), date(2024, 4, 20), date(2024, 4, 20), date(2024, 4, 19)),
        (S0, "notice", date(2024, 7, 26), date(2024, 7, 21), date(2024, 7, 21), date(2024, 7, 19)),
        # R070, A3: preparation at T-7 working days, over Giỗ Tổ and without
        (S0, "preparation", date(2024, 4, 25), date(2024, 4, 15), date(2024, 4, 15), date(2024, 4, 15)),
        (S0, "preparation", date(2024, 7, 26), date(2024, 7, 17), date(2024, 7, 17), date(2024, 7, 17)),
        # R160, A3: 30 days after the end, rolled to the next working day
        (S0, "reply", date(2024, 4, 25), date(2024, 5, 25), date(2024, 5, 27), date(2024, 5, 27)),
        (S0, "reply", date(2024, 7, 26), date(2024, 8, 25), date(2024, 8, 26), date(2024, 8, 26)),
        # R079, R080, A3: "trước ngày X"
        (S2, "before", date(2023, 8, 25), date(2023, 8, 24), date(2023, 8, 24), date(2023, 8, 24)),
        (S2, "before", date(2023, 9, 5), date(2023, 9, 4), date(2023, 8, 31), date(2023, 8, 31)),
        # R091, A3: notice at T-7
        (S2, "notice", date(2023, 9, 25), date(2023, 9, 18), date(2023, 9, 18), date(2023, 9, 18)),
        (S2, "notice", date(2023, 9, 29), date(2023, 9, 22), date(2023, 9, 22), date(2023, 9, 22)),
        # R184, A3: by the fifth working day of the next quarter
        (S2, "quarterly-report", date(2023, 9, 30), date(2023, 10, 6), date(2023, 10, 6), date(2023, 10, 6)),
        (S2, "quarterly-report", date(2023, 10, 1), date(2024, 1, 8), date(2024, 1, 8), date(2024, 1, 8)),
        (S2, "quarterly-report", date(2024, 2, 29), date(2024, 4, 5), date(2024, 4, 5), date(2024, 4, 5)),
        (S2, "quarterly-report", date(2024, 6, 30), date(2024, 7, 5), date(2024, 7, 5), date(2024, 7, 5)),
        # R167, A3: the default 30 days, over Tết, over 2 September
        (SILENT, "reply", date(2025, 9, 30), date(2025, 10, 30), date(2025, 10, 30), date(2025, 10, 30)),
        (SILENT, "reply", date(2025, 12, 31), date(2026, 1, 30), date(2026, 1, 30), date(2026, 1, 30)),
        (SILENT, "reply", date(2026, 1, 20), date(2026, 2, 19), date(2026, 2, 23), date(2026, 2, 23)),
        (SILENT, "reply", date(2026, 9, 30), date(2026, 10, 30), date(2026, 10, 30), date(2026, 10, 30)),
        (SILENT, "reply", date(2026, 8, 1), date(2026, 8, 31), date(2026, 9, 3), date(2026, 9, 3)),
        # LAW C1, A3: ten working days, Saturday 22 August 2026 is one of them
        (SILENT, "acknowledge", date(2026, 8, 14), date(2026, 8, 27), date(2026, 8, 27), date(2026, 8, 27)),
        # boundaries: a leap day, an anchor on a holiday, a swapped Saturday as the last day
        (SILENT, "reply", date(2024, 1, 30), date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29)),
        (SILENT, "reply", date(2024, 2, 29), date(2024, 3, 30), date(2024, 4, 1), date(2024, 4, 1)),
        (SILENT, "reply", date(2026, 7, 23), date(2026, 8, 22), date(2026, 8, 22), date(2026, 8, 22)),
        (SILENT, "reply", date(2026, 10, 25), date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 25)),
        (SILENT, "acknowledge", date(2026, 2, 17), date(2026, 3, 6), date(2026, 3, 6), date(2026, 3, 6)),
        (SILENT, "preparation", date(2026, 2, 23), date(2026, 2, 5), date(2026, 2, 5), date(2026, 2, 5)),
        (SILENT, "notice", date(2026, 2, 22), date(2026, 2, 17), date(2026, 2, 17), date(2026, 2, 13)),
        # LAW C5: two working days to respond, fifteen days to carry it out
        (SILENT, "data-request", date(2026, 2, 12), date(2026, 2, 23), date(2026, 2, 23), date(2026, 2, 23)),
        (SILENT, "data-fulfil", date(2026, 1, 31), date(2026, 2, 15), date(2026, 2, 23), date(2026, 2, 23)),
        # R161: a promise is kept on the day promised, holiday or not
        (SILENT, "promise", date(2026, 9, 1), date(2026, 9, 1), date(2026, 9, 1), date(2026, 8, 28)),
        # R164: what came outside a meeting; R163 and R193: shorter targets
        (SILENT, "reply-outside", date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 1)),
        (
            SILENT,
            "internal-target",
            date(2026, 3, 2),
            date(2026, 3, 22),
            date(2026, 3, 23),
            date(2026, 3, 23),
        ),
        (SILENT, "urgent-target", date(2026, 3, 2), date(2026, 3, 12), date(2026, 3, 12), date(2026, 3, 12)),
    ],
)
def test_worked_dates(settings, kind, anchor, raw_on, due_on, practical_on):
    found = compute(ClockKind(kind), anchor, settings)

    assert (found.raw_on, found.due_on, found.practical_on) == (raw_on, due_on, practical_on)
    assert found.rolled_from == (raw_on if raw_on != due_on else None)


def test_the_swap_of_august_2026_moves_seven_and_ten_working_days():
    naive = without_the_august_swap()

    assert due(working_days_forward(7), date(2026, 8, 25), VIETNAM).due_on == date(2026, 9, 8)
    assert due(working_days_forward(7), date(2026, 8, 25), naive).due_on == date(2026, 9, 7)
    assert due(working_days_forward(10), date(2026, 8, 14), VIETNAM).due_on == date(2026, 8, 27)
    assert due(working_days_forward(10), date(2026, 8, 14), naive).due_on == date(2026, 8, 28)


def test_a_plan_may_switch_rolling_off_for_its_replies():
    found = compute(ClockKind.REPLY, date(2024, 4, 25), replace(DEFAULTS, reply=calendar(30), reply_roll=False))

    assert found.due_on == date(2024, 5, 25)
    assert found.rolled_from is None
    assert found.practical_on == date(2024, 5, 24)


@pytest.mark.parametrize(
    ("anchor", "days", "due_on"),
    [
        (date(2024, 4, 25), 22, date(2024, 5, 29)),  # Saturday 4 May is worked for 29 April
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the swapped Saturday
        (date(2024, 2, 28), 1, date(2024, 2, 29)),  # a leap day
        (date(2026, 2, 17), 5, date(2026, 2, 27)),  # from a day off: day zero is not counted anyway
    ],
)
def test_a_plan_may_count_its_replies_in_working_days(anchor, days, due_on):
    """A7: thirty days, calendar or working, is for the plan to say."""
    found = compute(ClockKind.REPLY, anchor, replace(DEFAULTS, reply=working(days)))

    assert (found.due_on, found.days) == (due_on, working(days))
    assert found.rolled_from is None


def says(**rules):
    return settings_of_clocks(TimeLimits(**{"notice": NoticeRule("x"), "reply": ReplyRule("x")} | rules))


def test_what_a_plan_counts_is_said_by_its_key_or_beside_the_number():
    assert says() == SILENT
    assert says(reply=ReplyRule("x", 22, DayUnit.WORKING)).reply == working(22)
    assert says(reply=ReplyRule("x", 30)).reply == calendar(30)
    assert says(preparation=PreparationRule(7, "x")).preparation == working(7)
    assert says(periodic_report=ReportRule("x", (), "x", first_working_days=5)).quarterly_report == working(5)
    assert says(targets=TargetRule("x", 20, 10)).urgent_target == calendar(10)


def test_what_came_outside_a_meeting_is_still_counted_in_calendar_days():
    found = rule_for(ClockKind.REPLY_OUTSIDE, says(reply=ReplyRule("x", 22, DayUnit.WORKING)))
    assert found.days.unit is DayUnit.CALENDAR


def test_replies_end_by_29_october_2026_when_the_meeting_ends_by_29_september():
    """R064, reading (a): everything incl. replies before 30/10/2026."""
    assert latest_meeting_for(date(2026, 10, 29), SILENT, VIETNAM) == date(2026, 9, 29)


def test_the_latest_meeting_is_earlier_when_its_reply_would_roll_past_the_day():
    # from Saturday 29 August to 2 September 2026 all days are off: the last reply in time is due on Friday 28
    assert latest_meeting_for(date(2026, 8, 31), SILENT, VIETNAM) == date(2026, 7, 29)


def test_lead_times_count_from_the_earliest_possible_day():
    """R062: a window of five days until the date is fixed."""
    planned = window.days(date(2023, 9, 25), date(2023, 9, 29), HalfDay.MORNING)

    found = compute(ClockKind.NOTICE, planned, S2)

    assert found.due_on == date(2023, 9, 18)
    assert found.anchor == date(2023, 9, 25)
    assert found.window == planned
    assert compute(ClockKind.NOTICE, date(2023, 9, 25), S2).window is None


def test_once_the_earliest_day_is_too_late_they_count_from_the_latest():
    """Nothing is late for a day that was only possible; what is late for the last one is late."""
    planned = window.days(date(2023, 9, 25), date(2023, 9, 29), HalfDay.MORNING)
    rule = rule_for(ClockKind.NOTICE, S2)
    for today, anchor in ((18, 25), (19, 29), (22, 29), (23, 29)):
        found = due(rule, planned, VIETNAM, date(2023, 9, today))
        assert (found.anchor, found.from_latest) == (date(2023, 9, anchor), anchor == 29), today
        assert found.window == planned
    assert due(rule, date(2023, 9, 25), VIETNAM, date(2023, 9, 30)).due_on == date(2023, 9, 18), "a fixed day"


@pytest.mark.parametrize(
    ("kind", "anchor", "skipped"),
    [
        ("preparation", date(2024, 4, 25), [date(2024, 4, 18)]),
        ("reply", date(2026, 1, 20), [date(2026, 2, 19), date(2026, 2, 20)]),
        ("reply", date(2026, 8, 1), [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)]),
        ("before", date(2023, 9, 5), [date(2023, 9, 1), date(2023, 9, 2), date(2023, 9, 4)]),
        ("reply", date(2024, 4, 10), []),  # the holidays from 29 April to 1 May are counted, not skipped
        ("acknowledge", date(2026, 9, 2), []),  # day zero is not skipped: it is not counted anyway
        ("promise", date(2026, 9, 1), [date(2026, 8, 31), date(2026, 9, 1)]),
        ("quarterly-report", date(2023, 11, 11), [date(2024, 1, 1)]),
    ],
)
def test_only_holidays_that_moved_something_are_named(kind, anchor, skipped):
    found = compute(ClockKind(kind), anchor)
    assert [on for on, _ in found.skipped] == skipped
    assert all(name == VIETNAM.name_of(on) for on, name in found.skipped)


@pytest.mark.parametrize(
    ("kind", "anchor", "status"),
    [
        ("reply", date(2026, 3, 2), DayStatus.LIBRARY),
        ("reply", date(2026, 10, 25), DayStatus.UNCONFIRMED),
        ("reply", date(2026, 11, 1), DayStatus.LIBRARY),  # 24 November lies within, and moves nothing
        ("acknowledge", date(2026, 11, 20), DayStatus.UNCONFIRMED),
        ("reply", date(2026, 12, 15), DayStatus.ESTIMATED),
        ("reply", date(2040, 1, 2), DayStatus.MISSING),
    ],
)
def test_a_date_is_as_sure_as_the_least_sure_day_it_rests_on(kind, anchor, status):
    assert compute(ClockKind(kind), anchor).status is status


@pytest.mark.parametrize(
    ("settings", "kind", "source", "days"),
    [
        (S0, "reply", "plan", 30),
        (S0, "notice", "plan", 5),
        (S0, "preparation", "plan", 7),
        (SILENT, "reply", "default", 30),  # R164
        (SILENT, "notice", "default", 5),  # R092
        (SILENT, "preparation", "default", 7),
        (S2, "notice", "plan", 7),
        (S2, "reply", "default", 30),  # R166
        (S2, "quarterly-report", "plan", 5),
        (SILENT, "quarterly-report", "default", 5),
        (SILENT, "acknowledge", "law", 10),
        (replace(DEFAULTS, acknowledge=working(3)), "acknowledge", "plan", 3),
        (SILENT, "data-request", "law", 2),
        (SILENT, "before", "plan", 1),
        (SILENT, "promise", "promise", 0),
        (replace(DEFAULTS, reply_outside=calendar(15)), "reply-outside", "plan", 15),
        (replace(DEFAULTS, reply_outside=calendar(15)), "reply", "default", 30),
        (replace(DEFAULTS, data_fulfil=calendar(20)), "data-fulfil", "plan", 20),
        (replace(DEFAULTS, internal_target=calendar(12)), "internal-target", "plan", 12),
        (replace(DEFAULTS, urgent_target=calendar(4)), "urgent-target", "plan", 4),
        (replace(DEFAULTS, reply=calendar(15)), "internal-target", "plan", 15),  # never longer than the reply itself
        (replace(DEFAULTS, reply=calendar(15)), "urgent-target", "default", 10),
    ],
)
def test_every_date_says_whether_the_plan_or_the_default_set_it(settings, kind, source, days):
    found = compute(ClockKind(kind), date(2026, 3, 2), settings)
    assert (found.days.source, found.days.number) == (RuleSource(source), days)


def test_a_backward_count_rolls_back_when_its_rule_says_so():
    rule = ClockRule(ClockKind.NOTICE, calendar(5), Direction.BACKWARD, roll=True)
    found = due(rule, date(2024, 4, 25), VIETNAM)
    assert (found.due_on, found.rolled_from) == (date(2024, 4, 19), date(2024, 4, 20))


def test_one_is_late_only_from_the_next_day():
    due_on = date(2024, 5, 27)

    assert not is_overdue(due_on, due_on)
    assert is_overdue(due_on, due_on + timedelta(days=1))
    assert days_left(due_on, date(2024, 5, 24)) == 3
    assert days_left(due_on, due_on) == 0
    assert days_left(due_on, date(2024, 5, 29)) == -2


def test_a_length_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="at least one day, not 0"):
        says(reply=ReplyRule("x", 0, DayUnit.WORKING))
    with pytest.raises(ValueError, match="at least one day, not -5"):
        says(notice=NoticeRule("x", -5))
    with pytest.raises(ValueError, match="length of -1 days"):
        working_days_forward(-1)


def test_windows_have_the_precision_of_the_plan():
    assert window.month(2024, 4) == PlannedWindow(date(2024, 4, 1), date(2024, 4, 30), Precision.MONTH)
    assert window.month(2024, 2).latest == date(2024, 2, 29)
    assert window.quarter(2026, 3, HalfDay.AFTERNOON) == PlannedWindow(
        date(2026, 7, 1), date(2026, 9, 30), Precision.QUARTER, HalfDay.AFTERNOON
    )
    assert window.days(date(2023, 9, 25), date(2023, 9, 29)).precision is Precision.WINDOW
    assert window.days(date(2023, 9, 25), date(2023, 9, 25)).precision is Precision.DAY


def test_a_window_holds_both_its_ends_and_nothing_else():
    planned = window.quarter(2026, 3)
    assert planned.contains(date(2026, 7, 1))
    assert planned.contains(date(2026, 9, 30))
    assert not planned.contains(date(2026, 6, 30))
    assert not planned.contains(date(2026, 10, 1))


def test_a_window_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="ends on 2026-07-01 before it starts on 2026-07-02"):
        window.days(date(2026, 7, 2), date(2026, 7, 1))


@pytest.mark.parametrize("number", [0, 5])
def test_there_are_four_quarters(number):
    with pytest.raises(ValueError, match=f"1 to 4, not {number}"):
        window.quarter(2026, number)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_lies_in_its_quarter_and_its_month(on):
    year, number = quarter_of(on)
    assert quarter_start(year, number) <= on <= quarter_end(year, number)
    assert quarter_of(quarter_end(year, number) + timedelta(days=1)) != (year, number)
    assert month_end(on).month == on.month
    assert (month_end(on) + timedelta(days=1)).day == 1


DAYS = st.dates(date(2023, 3, 1), date(2027, 10, 31))
FORWARD = st.sampled_from([kind for kind in ClockKind if rule_for(kind).direction is Direction.FORWARD])
BACKWARD = st.sampled_from([kind for kind in ClockKind if rule_for(kind).direction is Direction.BACKWARD])
NEW_HOLIDAYS = st.lists(
    st.builds(
        Override,
        on=DAYS,
        day_off=st.just(True),
        reason=st.just("Nghỉ lễ mới"),
        source=st.just("Công điện"),
        confirmed=st.booleans(),
    ),
    max_size=60,
)


@given(FORWARD, DAYS)
def test_a_forward_clock_never_ends_before_its_anchor(kind, anchor):
    found = compute(kind, anchor)
    assert anchor <= found.raw_on <= found.due_on
    assert found.practical_on <= found.due_on


@given(st.sampled_from([ClockKind.INTERNAL_TARGET, ClockKind.URGENT_TARGET]), DAYS, st.integers(1, 40))
def test_a_target_never_ends_after_the_reply_itself(kind, anchor, days):
    for settings in (replace(DEFAULTS, reply=calendar(days)), replace(DEFAULTS, reply=working(days))):
        assert compute(kind, anchor, settings).due_on <= compute(ClockKind.REPLY, anchor, settings).due_on


@given(BACKWARD, DAYS)
def test_a_backward_clock_ends_before_its_anchor(kind, anchor):
    found = compute(kind, anchor)
    assert found.practical_on <= found.due_on <= found.raw_on < anchor


@given(st.sampled_from(ClockKind), DAYS)
def test_what_to_do_in_practice_falls_on_a_working_day(kind, anchor):
    assert VIETNAM.is_working_day(compute(kind, anchor).practical_on)


@given(FORWARD, DAYS, NEW_HOLIDAYS)
def test_a_new_holiday_never_makes_a_forward_date_earlier(kind, anchor, new):
    later = compute(kind, anchor, calendar=calendar_with(VIETNAM, new))
    assert later.due_on >= compute(kind, anchor).due_on


@given(BACKWARD, DAYS, NEW_HOLIDAYS)
def test_a_new_holiday_never_makes_a_backward_date_later(kind, anchor, new):
    earlier = compute(kind, anchor, calendar=calendar_with(VIETNAM, new))
    assert earlier.due_on <= compute(kind, anchor).due_on


@given(DAYS, st.sampled_from([SILENT, replace(DEFAULTS, reply=working(22))]))
def test_the_latest_meeting_is_the_last_one_whose_replies_are_in_time(by, settings):
    ended_on = latest_meeting_for(by, settings, VIETNAM)
    assert compute(ClockKind.REPLY, ended_on, settings).due_on <= by
    assert compute(ClockKind.REPLY, ended_on + timedelta(days=1), settings).due_on > by


def test_a_window_of_one_day_is_that_day_and_a_quarter_has_no_open_day():
    assert compute(ClockKind.NOTICE, window.days(date(2023, 9, 25), date(2023, 9, 25)), S2).window is None
    assert compute(ClockKind.QUARTERLY_REPORT, window.quarter(2023, 3), S2).window is None


def test_viet_nam_keeps_one_time_all_year_and_a_local_day_ends_at_midnight():
    """Every due date rests on it: UTC+7 since 1975, no daylight saving."""
    hours = (datetime(2023, 1, 1, tzinfo=UTC) + timedelta(hours=count) for count in range(0, 5 * 366 * 24, 7))
    assert {moment.astimezone(LOCAL).utcoffset() for moment in hours} == {timedelta(hours=7)}
    late = datetime(2024, 2, 29, 16, 59, tzinfo=UTC)  # 23:59 in Việt Nam
    assert late.astimezone(LOCAL).date() == date(2024, 2, 29)
    assert (late + timedelta(minutes=2)).astimezone(LOCAL).date() == date(2024, 3, 1)


@given(st.sampled_from(ClockKind), DAYS, st.sampled_from([None, *HalfDay]), st.booleans())
def test_a_stored_due_date_comes_back_as_it_was(kind, anchor, half, planned):
    when = window.days(anchor, anchor + timedelta(days=4), half) if planned else anchor
    found = compute(kind, when)

    assert unpack_due(json.loads(json.dumps(pack_due(found)))) == found
