"""Days and times as people type them, from two tables; the one held out was written before it was first run."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken, Unsure
from intake.rules.typed_when import day_typed, past_day_typed, past_moment_typed, read_when, time_typed
from tests.meetings.test_meetings_fixed import secretary_with_meeting
from tests.support.world import World

TODAY = date(2027, 3, 3)  # a Wednesday
NOW = datetime(2027, 3, 3, 17, tzinfo=LOCAL)


def cases(name: str) -> list[list[str]]:
    with (Path(__file__).parent / "typed" / name).open(encoding="utf-8") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def shown(typed: str, today: date) -> str:
    found = read_when(typed, today)
    if found.why:
        return "refuse" if found.impossible else "ask"
    return str(found.day or f"{found.at:%H:%M}")


@pytest.mark.parametrize("table", ["when_dev.tsv", "when_held.tsv"])
def test_what_is_typed_is_read_asked_or_refused(table: str) -> None:
    wrong = [(typed, wanted, shown(typed, date.fromisoformat(today))) for typed, today, wanted in cases(table)]
    assert [one for one in wrong if one[1] != one[2]] == []


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("3 giờ", ("03:00", "15:00")),
        ("3h 5/3", ("03:00 05/03/2027", "15:00 05/03/2027")),
        ("15/2", ("15/02/2027", "15/02/2028")),
        ("ngày 2", ("02/03/2027", "02/04/2027")),
        ("thứ hai 25/4/2027", ("25/04/2027", "26/04/2027")),
        ("thứ sáu tới", ("05/03/2027", "12/03/2027")),
        ("29/2", ("29/02/2028",)),
        ("5/2", ("05/02/2027", "05/02/2028")),
    ],
)
def test_what_may_be_two_things_offers_both_and_each_can_be_typed_back(typed: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(Unsure) as asked:
        past_or_day(typed)
    assert asked.value.readings == readings
    for one in readings:
        assert read_when(one, TODAY).why == ""


@pytest.mark.parametrize(
    ("typed", "readings"),
    [("2/7", ("02/07/2027", "02/07/2028")), ("ngày 1 tháng 8", ("01/08/2027", "01/08/2028"))],
)
def test_a_day_just_ahead_where_one_that_has_been_is_asked_for_is_not_silently_last_years(
    typed: str, readings: tuple[str, ...]
) -> None:
    first_of_july = date(2028, 7, 1)
    with pytest.raises(Unsure) as asked:
        past_day_typed(typed, first_of_july)
    assert asked.value.readings == readings
    assert past_day_typed("1/7", first_of_july) == first_of_july
    assert past_day_typed("2/8", first_of_july) == date(2027, 8, 2)


def test_a_leap_day_just_ahead_is_offered_alone_for_last_year_had_none() -> None:
    with pytest.raises(Unsure) as asked:
        past_day_typed("29/2", date(2028, 2, 10))
    assert asked.value.readings == ("29/02/2028",)


def past_or_day(typed: str) -> object:
    return time_typed(typed) if "gi" in typed else day_typed(typed, TODAY)


def test_a_day_where_an_hour_was_asked_is_refused_and_the_other_way_round() -> None:
    with pytest.raises(RuleBroken, match=r"refusal\.day"):
        day_typed("8h", TODAY)
    with pytest.raises(RuleBroken, match=r"refusal\.typed_time"):
        time_typed("25/4/2027")
    with pytest.raises(RuleBroken, match=r"refusal\.typed_time"):
        past_moment_typed("2/3", NOW)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("16:30", "03/03/2027 16:30"),
        ("4h", "03/03/2027 16:00 or 04:00"),
        ("6h30", "03/03/2027 06:30"),
        ("16:30 25/12", "25/12/2026 16:30"),
        ("16:30, 02/03", "02/03/2027 16:30"),
        ("4 giờ chiều hôm qua", "02/03/2027 16:00"),
    ],
)
def test_what_has_been_is_looked_for_behind(typed: str, moment: str) -> None:
    if " or " in moment:
        with pytest.raises(Unsure):
            past_moment_typed(typed, NOW)
        return
    assert f"{past_moment_typed(typed, NOW):%d/%m/%Y %H:%M}" == moment


async def test_an_unclear_hour_is_asked_with_two_buttons_and_a_tap_counts_as_typing_it(plain_world: World) -> None:
    secretary = await secretary_with_meeting(plain_world)
    await secretary.presses("Ấn định ngày")
    await secretary.says("ngày 31/4")
    assert "Không có ngày 31/4" in secretary.hears()
    await secretary.says("25 tháng 4")
    assert "mấy giờ" in secretary.hears()
    await secretary.says("2 giờ")
    assert "buổi nào" in secretary.hears()
    await secretary.presses("14:00")
    assert "14:00" in secretary.hears() or "Địa điểm" in secretary.hears() or "ở đâu" in secretary.hears()


@pytest.mark.parametrize(
    ("typed", "today", "wanted"),
    [
        ("8.30", "2027-03-15", "ask"),
        ("2-3", "2027-03-15", "ask"),
        ("29/2", "2027-03-15", "ask"),
        ("29/2", "2028-02-01", "2028-02-29"),
        ("25/12", "2027-01-03", "ask"),
        ("5/2", "2027-11-01", "2028-02-05"),
        ("cuối tháng 1", "2027-03-15", "ask"),
        ("3 ngày", "2027-03-15", "ask"),
        ("3 ngày nữa", "2027-03-15", "2027-03-18"),
        ("mai ngày 16", "2027-03-15", "ask"),
        ("8h3", "2027-03-15", "ask"),
        ("24h", "2027-03-15", "ask"),
        ("12 giờ đêm", "2027-03-15", "00:00"),
        ("3 giờ đêm", "2027-03-15", "03:00"),
        ("9 giờ đêm", "2027-03-15", "21:00"),
        ("6 giờ đêm", "2027-03-15", "ask"),
        ("22 giờ đêm", "2027-03-15", "22:00"),
        ("5 giờ trưa", "2027-03-15", "ask"),
    ],
)
def test_near_the_edges_it_is_rather_asked(typed: str, today: str, wanted: str) -> None:
    assert shown(typed, date.fromisoformat(today)) == wanted
