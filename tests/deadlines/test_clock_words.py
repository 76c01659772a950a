"""The one sentence that explains a due date, in both languages (`/cachtinh`, R160, R164)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.deadlines.calendar_vietnam import vietnam_calendar
from intake.rules.deadlines.clock import OF_THE_DAY, ClockKind, Days, DayUnit, RuleSource, due
from intake.rules.deadlines.clock_settings import DEFAULTS, rule_for
from intake.rules.plan import window
from locales import read_catalogue
from wording.clocks import sentence

LOCALES = Path(__file__).parents[2] / "locales"
VIETNAM = vietnam_calendar()
SILENT = DEFAULTS


CATALOGUES = {language: read_catalogue(LOCALES / language / "LC_MESSAGES" / "clock.po") for language in ("vi", "en")}


def say(kind, anchor, language="vi", settings=SILENT, calendar=VIETNAM):
    return sentence(due(rule_for(kind, settings), anchor, calendar), language)


def test_a_reply_over_tet_is_explained_in_one_sentence():
    assert say(ClockKind.REPLY, date(2026, 1, 20)) == (
        "Phải trả lời trước khi hết ngày 23/02/2026 (thứ Hai): 30 ngày kể từ ngày kết thúc buổi đối thoại 20/01/2026, "
        "không tính ngày kết thúc; ngày 19/02/2026 là ngày nghỉ nên hạn chuyển sang ngày làm việc tiếp theo; "
        "các ngày nghỉ liên quan: 19/02/2026 – Mùng ba Tết Nguyên Đán, 20/02/2026 – Mùng bốn Tết Nguyên Đán; "
        "theo mặc định, kế hoạch không nêu."
    )


def test_the_same_reply_in_english_when_the_plan_names_the_days():
    named = replace(DEFAULTS, reply=Days(30, source=RuleSource.PLAN))
    assert say(ClockKind.REPLY, date(2024, 4, 25), "en", named) == (
        "The reply is due by the end of 27/05/2024 (Monday): 30 days from the end of the meeting on 25/04/2024, "
        "that day not counted; 25/05/2024 is a day off, so the date moves to the next working day; "
        "as the plan says."
    )


def test_a_notice_shows_the_legal_and_the_practical_day():
    assert say(
        ClockKind.NOTICE, date(2024, 4, 25), settings=replace(DEFAULTS, notice=Days(5, source=RuleSource.PLAN))
    ) == (
        "Phải thông báo rộng rãi chậm nhất ngày 20/04/2024 (thứ Bảy): 5 ngày trước ngày đối thoại 25/04/2024; "
        "ngày 20/04/2024 (thứ Bảy) là ngày nghỉ nên trên thực tế cần xong "
        "trong ngày làm việc 19/04/2024 (thứ Sáu); "
        "theo kế hoạch."
    )


def test_a_preparation_names_the_holiday_it_passed_over():
    assert "7 ngày làm việc trước ngày đối thoại 25/04/2024; không tính các ngày nghỉ 18/04/2024 – Ngày Giỗ Tổ" in (
        say(ClockKind.PREPARATION, date(2024, 4, 25))
    )


def test_a_window_is_said_to_count_from_its_earliest_day():
    said = say(ClockKind.NOTICE, window.days(date(2023, 9, 25), date(2023, 9, 29)))
    assert "chưa ấn định ngày nên tính từ ngày sớm nhất có thể" in said


def test_a_window_whose_earliest_day_is_over_is_said_to_count_from_its_latest():
    planned = window.days(date(2023, 9, 25), date(2023, 9, 29))
    found = due(rule_for(ClockKind.NOTICE, DEFAULTS), planned, VIETNAM, date(2023, 9, 24))
    for language, words in (("vi", "tính từ ngày muộn nhất kế hoạch cho phép"), ("en", "from the latest day the plan")):
        assert words in sentence(found, language)


def test_before_a_day_over_a_holiday_says_which_working_day_counts():
    said = say(ClockKind.BEFORE, date(2023, 9, 5), "en")
    means = "“Before 05/09/2023” means by the end of 31/08/2023 (Thursday) at the latest"
    assert said.startswith(f"{means}; 04/09/2023 is a day off")


def test_a_quarter_has_its_number_in_the_manner_of_the_language():
    assert say(ClockKind.QUARTERLY_REPORT, date(2023, 9, 1)).startswith("Báo cáo quý III/2023 phải gửi")
    assert say(ClockKind.QUARTERLY_REPORT, date(2023, 9, 1), "en").startswith("The report on quarter 3/2023 is due")


def test_english_declines_a_single_day():
    one = replace(DEFAULTS, notice=Days(1), preparation=Days(1, DayUnit.WORKING))
    assert ": 1 day before" in say(ClockKind.NOTICE, date(2026, 3, 4), "en", one)
    assert ": 1 working day before" in say(ClockKind.PREPARATION, date(2026, 3, 4), "en", one)
    assert ": 2 working days from" in say(ClockKind.DATA_REQUEST, date(2026, 3, 4), "en")


@pytest.mark.parametrize(
    ("anchor", "warning"),
    [
        (date(2026, 10, 25), "có ngày nghỉ chưa được xác nhận"),
        (date(2027, 3, 1), "lịch nghỉ của năm này mới là dự tính"),
        (date(2040, 3, 1), "chưa có lịch nghỉ của năm này"),
    ],
)
def test_an_unsure_calendar_is_admitted(anchor, warning):
    assert warning in say(ClockKind.REPLY, anchor)
    assert warning not in say(ClockKind.REPLY, date(2026, 3, 2))


def test_both_catalogues_say_the_same_things_with_the_same_placeholders():
    vi, en = CATALOGUES["vi"], CATALOGUES["en"]
    assert vi.keys() == en.keys()
    assert all(key.startswith("clock.") for key in vi)
    for key in vi:
        assert vi[key]


@given(
    st.sampled_from(ClockKind),
    st.dates(date(2022, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["vi", "en"]),
    st.booleans(),
)
def test_every_clock_can_be_explained_in_one_sentence_that_names_its_due_date(kind, anchor, language, planned):
    when = window.days(anchor, anchor.replace(day=28)) if planned and anchor.day < 28 else anchor
    found = due(rule_for(kind), when, VIETNAM)

    said = sentence(found, language)

    assert found.due_on.strftime("%d/%m/%Y") in said
    assert said.endswith(".")
    assert ". " not in said
    assert "{" not in said
    if found.rolled_from:
        assert found.rolled_from.strftime("%d/%m/%Y") in said
    if found.kind not in (*OF_THE_DAY, ClockKind.PROMISE, ClockKind.CONCLUSION, ClockKind.FINDING, ClockKind.BEFORE):
        assert f"{found.days.number} " in said
    if found.kind in (ClockKind.CONCLUSION, ClockKind.FINDING):
        assert not {"hỏi", "asker"} & set(said.split()), "nobody who asked was told that day"
    assert found.days.unit is DayUnit.CALENDAR or found.rolled_from is None
