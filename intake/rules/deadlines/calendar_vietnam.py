"""Days off and worked weekend days in Vietnam, 2023 to 2027, reviewed by hand (LAW C7).

The Labour Code 2019, art. 112, gives the holidays; yearly decisions fix Tết, the second day of 2 September
and the swaps. 2027 is estimated: its official schedule had not been seen when this table was written.

24 November, Vietnam Culture Day, comes from Politburo resolution 80-NQ/TW of 7 January 2026 and needs a
change of the Labour Code that had not been seen. It is in the table as `unconfirmed` and counts as a day
off unless `culture_day` is switched off; every date it moves says that it is not confirmed.
"""

from datetime import date

from .calendar import CalendarDay, DayStatus, WorkCalendar, calendar_of

CONFIRMED, LIBRARY = DayStatus.CONFIRMED, DayStatus.LIBRARY
ESTIMATED, UNCONFIRMED = DayStatus.ESTIMATED, DayStatus.UNCONFIRMED

TABLE = "PyPI holidays 0.108 (VN)"
LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
TET_2026 = "Lịch nghỉ Tết 2026: 14–22/02/2026"
SWAP_2026 = "12729/VPCP-KGVX, 25/12/2025"
CULTURE_DAY = "80-NQ/TW, 07/01/2026"

CULTURE_DAY_SINCE = 2026
NOVEMBER = 11
CULTURE_DAYS = range(24, 27)

YEARS = {2023: LIBRARY, 2024: LIBRARY, 2025: LIBRARY, 2026: LIBRARY, 2027: ESTIMATED}

DAYS_OFF: tuple[tuple[date, str, DayStatus, str], ...] = (
    (date(2023, 1, 1), "Tết Dương lịch", LIBRARY, TABLE),
    (date(2023, 1, 2), "Tết Dương lịch (nghỉ bù)", LIBRARY, TABLE),
    (date(2023, 1, 20), "29 Tết", LIBRARY, TABLE),
    (date(2023, 1, 21), "Giao thừa Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2023, 1, 22), "Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2023, 1, 23), "Mùng hai Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2023, 1, 24), "Mùng ba Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2023, 1, 25), "Mùng bốn Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2023, 1, 26), "Mùng năm Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2023, 4, 29), "Ngày Giỗ Tổ Hùng Vương", LIBRARY, TABLE),
    (date(2023, 4, 30), "Ngày Chiến thắng", LIBRARY, TABLE),
    (date(2023, 5, 1), "Ngày Quốc tế Lao động", LIBRARY, TABLE),
    (date(2023, 5, 2), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", LIBRARY, TABLE),
    (date(2023, 5, 3), "Ngày Chiến thắng (nghỉ bù)", LIBRARY, TABLE),
    (date(2023, 9, 1), "Quốc khánh", LIBRARY, TABLE),
    (date(2023, 9, 2), "Quốc khánh", LIBRARY, TABLE),
    (date(2023, 9, 4), "Quốc khánh (nghỉ bù)", LIBRARY, TABLE),
    (date(2024, 1, 1), "Tết Dương lịch", LIBRARY, TABLE),
    (date(2024, 2, 8), "29 Tết", LIBRARY, TABLE),
    (date(2024, 2, 9), "Giao thừa Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2024, 2, 10), "Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2024, 2, 11), "Mùng hai Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2024, 2, 12), "Mùng ba Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2024, 2, 13), "Mùng bốn Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2024, 2, 14), "Mùng năm Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2024, 4, 18), "Ngày Giỗ Tổ Hùng Vương", LIBRARY, TABLE),
    (date(2024, 4, 29), "Ngày nghỉ (thay cho ngày 04/05/2024)", LIBRARY, TABLE),
    (date(2024, 4, 30), "Ngày Chiến thắng", LIBRARY, TABLE),
    (date(2024, 5, 1), "Ngày Quốc tế Lao động", LIBRARY, TABLE),
    (date(2024, 9, 2), "Quốc khánh", LIBRARY, TABLE),
    (date(2024, 9, 3), "Quốc khánh", LIBRARY, TABLE),
    (date(2025, 1, 1), "Tết Dương lịch", LIBRARY, TABLE),
    (date(2025, 1, 27), "29 Tết", LIBRARY, TABLE),
    (date(2025, 1, 28), "Giao thừa Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2025, 1, 29), "Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2025, 1, 30), "Mùng hai Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2025, 1, 31), "Mùng ba Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2025, 2, 1), "Mùng bốn Tết Nguyên Đán", LIBRARY, TABLE),
    (date(2025, 4, 7), "Ngày Giỗ Tổ Hùng Vương", LIBRARY, TABLE),
    (date(2025, 4, 30), "Ngày Chiến thắng", LIBRARY, TABLE),
    (date(2025, 5, 1), "Ngày Quốc tế Lao động", LIBRARY, TABLE),
    (date(2025, 5, 2), "Ngày nghỉ (thay cho ngày 26/04/2025)", LIBRARY, TABLE),
    (date(2025, 9, 1), "Quốc khánh", LIBRARY, TABLE),
    (date(2025, 9, 2), "Quốc khánh", LIBRARY, TABLE),
    (date(2026, 1, 1), "Tết Dương lịch", CONFIRMED, LABOUR_CODE),
    (date(2026, 1, 2), "Ngày nghỉ (thay cho ngày 10/01/2026)", CONFIRMED, SWAP_2026),
    (date(2026, 2, 16), "Giao thừa Tết Nguyên Đán", CONFIRMED, TET_2026),
    (date(2026, 2, 17), "Tết Nguyên Đán", CONFIRMED, TET_2026),
    (date(2026, 2, 18), "Mùng hai Tết Nguyên Đán", CONFIRMED, TET_2026),
    (date(2026, 2, 19), "Mùng ba Tết Nguyên Đán", CONFIRMED, TET_2026),
    (date(2026, 2, 20), "Mùng bốn Tết Nguyên Đán", CONFIRMED, TET_2026),
    (date(2026, 4, 26), "Ngày Giỗ Tổ Hùng Vương", LIBRARY, TABLE),
    (date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", LIBRARY, TABLE),
    (date(2026, 4, 30), "Ngày Chiến thắng", LIBRARY, TABLE),
    (date(2026, 5, 1), "Ngày Quốc tế Lao động", LIBRARY, TABLE),
    (date(2026, 8, 31), "Ngày nghỉ (thay cho ngày 22/08/2026)", LIBRARY, TABLE),
    (date(2026, 9, 1), "Quốc khánh", LIBRARY, TABLE),
    (date(2026, 9, 2), "Quốc khánh", LIBRARY, TABLE),
    (date(2026, 11, 24), "Ngày Văn hóa Việt Nam", UNCONFIRMED, CULTURE_DAY),
    (date(2027, 1, 1), "Tết Dương lịch", ESTIMATED, TABLE),
    (date(2027, 2, 4), "29 Tết", ESTIMATED, TABLE),
    (date(2027, 2, 5), "Giao thừa Tết Nguyên Đán", ESTIMATED, TABLE),
    (date(2027, 2, 6), "Tết Nguyên Đán", ESTIMATED, TABLE),
    (date(2027, 2, 7), "Mùng hai Tết Nguyên Đán", ESTIMATED, TABLE),
    (date(2027, 2, 8), "Mùng ba Tết Nguyên Đán", ESTIMATED, TABLE),
    (date(2027, 2, 9), "Mùng bốn Tết Nguyên Đán", ESTIMATED, TABLE),
    (date(2027, 2, 10), "Mùng năm Tết Nguyên Đán", ESTIMATED, TABLE),
    (date(2027, 4, 16), "Ngày Giỗ Tổ Hùng Vương", ESTIMATED, TABLE),
    (date(2027, 4, 30), "Ngày Chiến thắng", ESTIMATED, TABLE),
    (date(2027, 5, 1), "Ngày Quốc tế Lao động", ESTIMATED, TABLE),
    (date(2027, 5, 3), "Ngày Quốc tế Lao động (nghỉ bù)", ESTIMATED, TABLE),
    (date(2027, 9, 2), "Quốc khánh", ESTIMATED, TABLE),
    (date(2027, 9, 3), "Quốc khánh", ESTIMATED, TABLE),
    (date(2027, 11, 24), "Ngày Văn hóa Việt Nam", UNCONFIRMED, CULTURE_DAY),
)

WORKED_WEEKEND_DAYS: tuple[tuple[date, str, DayStatus, str], ...] = (
    (date(2024, 5, 4), "Ngày làm việc (thay cho ngày 29/04/2024)", LIBRARY, TABLE),
    (date(2025, 4, 26), "Ngày làm việc (thay cho ngày 02/05/2025)", LIBRARY, TABLE),
    (date(2026, 1, 10), "Ngày làm việc (thay cho ngày 02/01/2026)", CONFIRMED, SWAP_2026),
    (date(2026, 8, 22), "Ngày làm việc (thay cho ngày 31/08/2026)", LIBRARY, TABLE),
)


def vietnam_calendar(*, culture_day: bool = True) -> WorkCalendar:
    """Give the shipped calendar, 2023 to 2027; `culture_day` says whether 24 November is a day off."""
    off = (
        CalendarDay(on, day_off=True, name=name, status=status, source=source)
        for on, name, status, source in DAYS_OFF
        if culture_day or not is_culture_day(on)
    )
    worked = (
        CalendarDay(on, day_off=False, name=name, status=status, source=source)
        for on, name, status, source in WORKED_WEEKEND_DAYS
    )
    return calendar_of((*off, *worked), YEARS)


def is_culture_day(on: date) -> bool:
    """Say whether a day is 24 November, or one of the two days after it that may replace a weekend."""
    return on.year >= CULTURE_DAY_SINCE and on.month == NOVEMBER and on.day in CULTURE_DAYS
