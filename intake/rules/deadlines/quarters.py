"""Quarters of the year, by plain dates."""

from datetime import date, timedelta

MONTHS_IN_A_QUARTER = 3
QUARTERS = 4


def quarter_of(on: date) -> tuple[int, int]:
    """Give the year and the quarter (1 to 4) a day lies in."""
    return on.year, (on.month - 1) // MONTHS_IN_A_QUARTER + 1


def quarter_start(year: int, quarter: int) -> date:
    """Give the first day of a quarter; ValueError when the quarter is not 1 to 4."""
    if not 1 <= quarter <= QUARTERS:
        raise ValueError(f"a quarter is 1 to 4, not {quarter}")
    return date(year, (quarter - 1) * MONTHS_IN_A_QUARTER + 1, 1)


def quarter_end(year: int, quarter: int) -> date:
    """Give the last day of a quarter; ValueError when the quarter is not 1 to 4."""
    last_month = quarter_start(year, quarter).replace(month=quarter * MONTHS_IN_A_QUARTER)
    return month_end(last_month)


def month_end(on: date) -> date:
    """Give the last day of the month a day lies in."""
    # every month has a 28th, and four days later it is the next month
    in_next_month = on.replace(day=28) + timedelta(days=4)
    return in_next_month - timedelta(days=in_next_month.day)
