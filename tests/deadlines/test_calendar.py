"""The calendar of working days: the shipped table, overrides, and the arithmetic (LAW C7, R160)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.deadlines.calendar import (
    ConfirmedYear,
    DayStatus,
    Override,
    calendar_of,
    calendar_with,
    changed_between,
)
from intake.rules.deadlines.calendar_vietnam import DAYS_OFF, WORKED_WEEKEND_DAYS, vietnam_calendar

VIETNAM = vietnam_calendar()
EMPTY = calendar_of((), {})
SHIPPED_DAYS = st.dates(date(2023, 2, 1), date(2027, 11, 30))


def override(on, *, day_off=True, reason="Nghỉ bão", source="Công điện của tỉnh", confirmed=True):
    return Override(on=on, day_off=day_off, reason=reason, source=source, confirmed=confirmed)


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        (date(2026, 3, 2), True),
        (date(2026, 3, 7), False),  # a plain Saturday
        (date(2026, 3, 8), False),  # a plain Sunday
        (date(2024, 2, 29), True),  # a leap day, a Thursday
        (date(2026, 2, 13), True),  # the last day before Tết 2026: 14 to 22 February
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2024, 4, 18), False),  # Giỗ Tổ
        (date(2024, 4, 29), False),  # swapped for Saturday 4 May 2024
        (date(2024, 5, 4), True),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2026, 1, 2), False),  # swapped eight days before, missing in the library
        (date(2026, 1, 10), True),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2027, 5, 3), False),  # for 1 May 2027, a Saturday
    ],
)
def test_the_shipped_table_knows_holidays_and_swapped_saturdays(on, worked):
    assert VIETNAM.is_working_day(on) is worked


def test_every_row_of_the_table_counts_and_none_is_listed_twice():
    listed = [on for on, *_ in (*DAYS_OFF, *WORKED_WEEKEND_DAYS)]

    assert len(listed) == len(set(listed)) == len(VIETNAM.days) == 78
    assert not any(VIETNAM.is_working_day(on) for on, *_ in DAYS_OFF)
    assert all(VIETNAM.is_working_day(on) and on.weekday() == 5 for on, *_ in WORKED_WEEKEND_DAYS)


def test_a_day_tells_its_name_its_status_and_its_source():
    assert VIETNAM.name_of(date(2026, 2, 19)) == "Mùng ba Tết Nguyên Đán"
    assert VIETNAM.name_of(date(2026, 1, 10)) == "Ngày làm việc (thay cho ngày 02/01/2026)"
    assert VIETNAM.name_of(date(2026, 3, 2)) is None
    assert VIETNAM.days[date(2026, 1, 2)].source == "12729/VPCP-KGVX, 25/12/2025"
    assert date(2026, 3, 2) not in VIETNAM.days
    assert VIETNAM.status_of(date(2026, 1, 2)) is DayStatus.CONFIRMED
    assert VIETNAM.status_of(date(2026, 3, 2)) is DayStatus.LIBRARY
    assert VIETNAM.status_of(date(2026, 11, 24)) is DayStatus.UNCONFIRMED
    assert VIETNAM.status_of(date(2027, 3, 2)) is DayStatus.ESTIMATED


def test_a_year_without_days_is_not_silently_taken_for_a_year_without_holidays():
    assert VIETNAM.is_working_day(date(2040, 1, 2))
    assert VIETNAM.status_of(date(2040, 1, 2)) is DayStatus.MISSING
    assert VIETNAM.status_between(date(2026, 12, 1), date(2028, 1, 1)) is DayStatus.MISSING
    assert VIETNAM.status_between(date(2026, 12, 1), date(2027, 1, 1)) is DayStatus.ESTIMATED


def test_the_culture_day_can_be_switched_off():
    assert not VIETNAM.is_working_day(date(2026, 11, 24))
    without = vietnam_calendar(culture_day=False)
    assert without.is_working_day(date(2026, 11, 24))
    assert without.is_working_day(date(2027, 11, 24))
    assert len(without.days) == len(VIETNAM.days) - 2


def test_holidays_are_listed_in_order_with_both_ends_and_without_worked_saturdays():
    assert VIETNAM.holidays_between(date(2026, 8, 22), date(2026, 9, 1)) == (
        (date(2026, 8, 31), "Ngày nghỉ (thay cho ngày 22/08/2026)"),
        (date(2026, 9, 1), "Quốc khánh"),
    )
    assert VIETNAM.holidays_between(date(2026, 9, 2), date(2026, 9, 1)) == ()


def test_an_override_replaces_what_was_known_of_the_day_and_the_last_one_wins():
    storm, undone = date(2026, 9, 8), date(2026, 8, 31)
    calendar = calendar_with(
        VIETNAM,
        [
            override(storm, day_off=False, reason="bỏ"),
            override(storm, confirmed=False),
            override(undone, day_off=False, reason="Không hoán đổi nữa"),
        ],
    )

    assert not calendar.is_working_day(storm)
    assert calendar.name_of(storm) == "Nghỉ bão"
    assert calendar.status_of(storm) is DayStatus.UNCONFIRMED
    assert calendar.days[storm].source == "Công điện của tỉnh"
    assert calendar.is_working_day(undone)
    assert calendar.status_of(undone) is DayStatus.CONFIRMED
    assert calendar.holidays_between(undone, undone) == ()
    assert VIETNAM.is_working_day(storm), "the calendar it was laid over has not changed"
    assert not VIETNAM.is_working_day(undone)


def test_the_version_changes_with_a_day_and_only_with_a_day():
    assert vietnam_calendar().version() == VIETNAM.version()
    assert calendar_with(VIETNAM, []).version() == VIETNAM.version()
    assert calendar_with(VIETNAM, [override(date(2026, 9, 8))]).version() != VIETNAM.version()
    assert calendar_of(VIETNAM.days.values(), {}).version() != VIETNAM.version()


def test_working_days_are_counted_around_tet_in_both_directions():
    assert VIETNAM.next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)
    assert VIETNAM.previous_working_day(date(2026, 2, 23)) == date(2026, 2, 13)
    assert VIETNAM.add_working_days(date(2026, 2, 12), 3) == date(2026, 2, 24)
    assert VIETNAM.add_working_days(date(2026, 2, 24), -3) == date(2026, 2, 12)
    assert VIETNAM.roll_forward(date(2026, 2, 14)) == date(2026, 2, 23)
    assert VIETNAM.roll_back(date(2026, 2, 22)) == date(2026, 2, 13)


def test_day_zero_is_never_counted_even_when_it_is_a_day_off():
    tet = date(2026, 2, 17)
    assert VIETNAM.add_working_days(tet, 0) == tet
    assert VIETNAM.add_working_days(tet, 1) == date(2026, 2, 23)
    assert VIETNAM.add_working_days(tet, -1) == date(2026, 2, 13)


@given(SHIPPED_DAYS, st.integers(-40, 40))
def test_working_day_arithmetic_inverts(on, count):
    start = VIETNAM.roll_forward(on)
    assert VIETNAM.add_working_days(VIETNAM.add_working_days(start, count), -count) == start


@given(SHIPPED_DAYS)
def test_rolling_is_idempotent_and_lands_on_the_nearest_working_day(on):
    forward, back = VIETNAM.roll_forward(on), VIETNAM.roll_back(on)

    assert VIETNAM.roll_forward(forward) == forward >= on
    assert VIETNAM.roll_back(back) == back <= on
    assert VIETNAM.is_working_day(forward)
    assert VIETNAM.is_working_day(back)
    between = (back + timedelta(days=n) for n in range(1, (forward - back).days))
    assert not any(VIETNAM.is_working_day(day) for day in between)


@given(SHIPPED_DAYS, st.integers(1, 30))
def test_counting_days_one_by_one_gives_the_same_working_day(on, count):
    reached = VIETNAM.add_working_days(on, count)
    counted = [on + timedelta(days=n) for n in range(1, (reached - on).days + 1)]
    assert sum(map(VIETNAM.is_working_day, counted)) == count
    assert VIETNAM.is_working_day(reached)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_without_any_days_the_week_is_monday_to_friday_and_says_missing(on):
    assert EMPTY.is_working_day(on) is (on.isoweekday() <= 5)
    assert EMPTY.status_of(on) is DayStatus.MISSING


def test_in_a_confirmed_year_every_day_is_confirmed_but_what_was_entered_as_expected():
    expected = override(date(2027, 12, 31), confirmed=False)
    calendar = calendar_with(VIETNAM, [expected], [ConfirmedYear(2027, "Thông báo 9/TB-BNV")])

    assert calendar.status_of(date(2027, 2, 8)) is DayStatus.CONFIRMED
    assert calendar.days[date(2027, 2, 8)].source == "Thông báo 9/TB-BNV"
    assert calendar.status_of(date(2027, 6, 15)) is DayStatus.CONFIRMED
    assert calendar.status_of(expected.on) is DayStatus.UNCONFIRMED
    assert calendar.status_of(date(2026, 11, 24)) is DayStatus.UNCONFIRMED
    assert calendar_with(VIETNAM, [], [ConfirmedYear(2040, "TB")]).status_of(date(2040, 1, 2)) is DayStatus.CONFIRMED


def test_two_calendars_differ_from_the_first_to_the_last_day_that_is_another():
    changed = calendar_with(VIETNAM, [override(date(2026, 9, 8)), override(date(2026, 12, 31))])

    assert changed_between(VIETNAM, changed) == changed_between(changed, VIETNAM)
    assert changed_between(VIETNAM, changed) == (date(2026, 9, 8), date(2026, 12, 31))
    assert changed_between(VIETNAM, vietnam_calendar()) is None
    confirmed = calendar_with(VIETNAM, [], [ConfirmedYear(2027, "TB")])
    assert changed_between(VIETNAM, confirmed) == (date(2027, 1, 1), date(2027, 12, 31))
    assert changed_between(VIETNAM, vietnam_calendar(culture_day=False)) == (date(2026, 11, 24), date(2027, 11, 24))


@given(SHIPPED_DAYS, st.integers(1, 20), st.lists(SHIPPED_DAYS, max_size=30))
def test_working_day_arithmetic_inverts_under_any_overrides(on, count, days):
    entered = [override(day, day_off=number % 2 == 0) for number, day in enumerate(days)]
    changed = calendar_with(VIETNAM, entered)
    start = changed.roll_forward(on)

    assert changed.add_working_days(changed.add_working_days(start, count), -count) == start
    assert changed.roll_forward(start) == start
