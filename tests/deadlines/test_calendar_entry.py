"""The table people keep of days off and worked: spreadsheets of two kinds, and every mistake with its row."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.deadlines.calendar import ConfirmedYear, Override
from intake.rules.deadlines.calendar_entry import read_calendar, write_calendar

HEAD = "day,what,reason,source,status\n"


def mistakes(row: str) -> tuple[str, ...]:
    table = read_calendar(HEAD + row)
    assert (table.overrides, table.years) == ((), ())
    return table.mistakes


def test_a_spreadsheet_with_semicolons_and_vietnamese_days_is_understood():
    table = read_calendar(
        "\ufeffDay;What;Reason;Source;Status\r\n"
        '4/2/2027;OFF;"Nghỉ Tết; 29 tháng Chạp";TB 1234;Confirmed\r\n;;;;\r\n'
        "13/02/2027;working;Làm bù;TB 1234;estimated\r\n"
    )

    assert table.mistakes == ()
    assert table.overrides == (
        Override(date(2027, 2, 4), True, "Nghỉ Tết; 29 tháng Chạp", "TB 1234", True),
        Override(date(2027, 2, 13), False, "Làm bù", "TB 1234", False),
    )


def test_columns_may_stand_in_another_order():
    table = read_calendar("status,day,what,reason,source\nconfirmed,2027,year,,TB 1\n")
    assert table.years == (ConfirmedYear(2027, "TB 1"),)


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        ("2027-02-30,off,Nghỉ,TB,confirmed", '"2027-02-30" is not a day'),
        ("2027-2,off,Nghỉ,TB,confirmed", '"2027-2" is not a day'),
        ("1/2/3/4,off,Nghỉ,TB,confirmed", '"1/2/3/4" is not a day'),
        ("1999-02-03,off,Nghỉ,TB,confirmed", "outside the years 2000 to 2100"),
        ("2027-02-04,closed,Nghỉ,TB,confirmed", '"closed" is none of off, working, year'),
        ("2027-02-04,off,Nghỉ,TB,sure", '"sure" is neither confirmed nor estimated'),
        ("2027-02-04,off,,TB,confirmed", "the reason is missing"),
        ("2027-02-04,off,Nghỉ,–,confirmed", "the source is missing"),
        (f"2027-02-04,off,{'x' * 201},TB,confirmed", "the reason is longer than 200 letters"),
        ("2027-02-04,off", "reason, source, status is missing"),
        ("2027-02-04,year,,TB,confirmed", '"2027-02-04" is not a year'),
        ("1066,year,,TB,confirmed", '"1066" is not a year'),
        ("2027,year,,TB,estimated", "a year can only be confirmed"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(row, mistake):
    [said] = mistakes(row)
    assert said.startswith("row 2: ")
    assert mistake in said


def test_every_row_is_looked_at_and_none_counts_twice():
    table = read_calendar(
        HEAD + "2027-02-04,off,Nghỉ,TB,confirmed\n\n04/02/2027,working,Làm,TB,confirmed\nx,off,Nghỉ,TB,confirmed\n"
        "2027,year,,TB,confirmed\n2027,year,,TB 2,confirmed\n"
    )

    assert [said.partition(":")[0] for said in table.mistakes] == ["row 4", "row 5", "row 7"]
    assert "2027-02-04 stands in the file twice" in table.mistakes[0]
    assert "2027 stands in the file twice" in table.mistakes[2]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_says_so(text):
    assert read_calendar(text).mistakes == ("the file is empty",)


def test_the_columns_have_to_be_named():
    [said] = read_calendar("2027-02-04,off,Nghỉ,TB,confirmed\n").mistakes
    assert said == "the first row must name the columns day,what,reason,source,status"


def test_what_is_no_table_at_all_is_a_mistake_of_its_row():
    [said] = read_calendar(HEAD + '2027-02-04,off,"' + "x" * 140_000 + '",TB,confirmed\n').mistakes
    assert said.startswith("row 2: ")


WORDS = (
    st.text("aăâbcđêghikôơưxyẢ,;\"' 0189", max_size=40).map(str.strip).filter(lambda text: any(map(str.isalnum, text)))
)
DAYS = st.lists(
    st.builds(Override, st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.booleans(), WORDS, WORDS, st.booleans()),
    unique_by=lambda one: one.on,
    max_size=8,
)
YEARS = st.lists(st.builds(ConfirmedYear, st.integers(2000, 2100), WORDS), unique_by=lambda one: one.year, max_size=3)


@given(DAYS, YEARS)
def test_a_written_table_is_read_as_it_was(days, years):
    table = read_calendar(write_calendar(days, years))

    assert table.mistakes == ()
    assert (list(table.overrides), list(table.years)) == (days, years)


def test_a_table_is_made_clean_as_it_is_read() -> None:
    table = read_calendar(
        HEAD + unicodedata.normalize("NFD", "2027-05-04,off,Nghỉ \u202ebù,Quyết định 12\x00,confirmed\r\n")
    )

    [day] = table.overrides
    assert (day.reason, day.source) == ("Nghỉ bù", "Quyết định 12")
