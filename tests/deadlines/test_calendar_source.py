"""The calendar the system loads: reviewed years, estimated years around them, overrides on top (LAW C7)."""

from datetime import date

import holidays
import pytest

from intake.rules.deadlines.calendar import DayStatus, Override
from intake.rules.deadlines.calendar_vietnam import vietnam_calendar
from storage.calendar_source import COVERED_YEARS, load_calendar


def test_reviewed_years_are_those_of_the_table_also_where_the_library_differs():
    loaded, shipped = load_calendar(), vietnam_calendar()

    assert {on: day for on, day in loaded.days.items() if on.year in shipped.years} == shipped.days
    assert not loaded.is_working_day(date(2026, 1, 2)), "the swap that the library misses"


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2020, 1, 25), "Tết Nguyên Đán"),
        (date(2022, 9, 1), "Quốc khánh"),
        (date(2028, 1, 26), "Tết Nguyên Đán"),
        (date(2035, 9, 3), "Quốc khánh"),
    ],
)
def test_other_years_come_from_the_library_and_are_marked_estimated(on, name):
    loaded = load_calendar()

    assert not loaded.is_working_day(on)
    assert loaded.name_of(on) == name
    assert loaded.status_of(on) is DayStatus.ESTIMATED
    assert loaded.status_of(date(on.year, 6, 15)) is DayStatus.ESTIMATED


def test_a_saturday_worked_in_a_library_year_is_worked():
    loaded = load_calendar()
    assert loaded.is_working_day(date(2019, 5, 4))
    assert not loaded.is_working_day(date(2019, 4, 29))
    assert date(2014, 12, 27) not in loaded.days


def test_years_that_nobody_knows_are_marked_missing():
    assert set(load_calendar().years) == set(COVERED_YEARS)
    assert load_calendar().status_of(date(2036, 6, 2)) is DayStatus.MISSING


def test_the_culture_day_and_its_substitutes_can_be_switched_off_in_every_year():
    loaded = load_calendar(culture_day=False)

    assert not load_calendar().is_working_day(date(2030, 11, 25)), "24 November 2030 is a Sunday"
    assert [on for on in loaded.days if on.month == 11] == []


def test_overrides_lie_on_top_of_every_year():
    storm = Override(date(2028, 6, 15), day_off=True, reason="Nghỉ bão", source="Công điện", confirmed=True)
    loaded = load_calendar([storm])

    assert not loaded.is_working_day(storm.on)
    assert loaded.status_of(storm.on) is DayStatus.CONFIRMED


def test_the_years_nobody_reviewed_are_as_the_library_has_them() -> None:
    loaded = load_calendar()
    years = [year for year in COVERED_YEARS if loaded.status_of(date(year, 6, 15)) is DayStatus.ESTIMATED]
    years = [year for year in years if year not in vietnam_calendar().years]
    library = holidays.country_holidays("VN", years=years, language="vi")
    worked = {on for on in library.weekend_workdays if on.year in years}

    mine = {on: day for on, day in loaded.days.items() if on.year in years}
    assert {on: day.name for on, day in mine.items() if day.day_off} == dict(library.items())
    assert {on for on, day in mine.items() if not day.day_off} == worked
