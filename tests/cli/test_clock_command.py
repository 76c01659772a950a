"""`doithoai clock`: every worked date of the requirements, times as plans write them, the installation's calendar."""

from datetime import date
from pathlib import Path

import pytest

from bot.plan_files import PLANS
from tests.support.command_line import Command, refused

S0, S2, S3, S4 = "di-lang-2024", "thach-that-2023", "tuyet-diem-2025", "vinh-bao-2026"


@pytest.mark.parametrize(
    ("plan", "rule", "day", "due_on", "said"),
    [
        (S0, "notice", "2024-04-25", "2024-04-20", "trên thực tế cần xong trong ngày làm việc 19/04/2024"),
        (S0, "preparation", "2024-04-25", "2024-04-15", "18/04/2024 – Ngày Giỗ Tổ Hùng Vương"),
        (S0, "preparation", "2024-07-26", "2024-07-17", "7 ngày làm việc"),
        (S0, "notice", "2024-07-26", "2024-07-21", "5 ngày trước ngày đối thoại 26/07/2024"),
        (S0, "reply", "2024-04-25", "2024-05-27", "ngày 25/05/2024 là ngày nghỉ"),
        (S0, "reply", "2024-07-26", "2024-08-26", "theo kế hoạch."),
        (S2, "before", "2023-08-25", "2023-08-24", "“Trước ngày 25/08/2023”"),
        (S2, "before", "2023-09-05", "2023-08-31", "ngày 04/09/2023 là ngày nghỉ"),
        (S2, "notice", "2023-09-25..2023-09-29", "2023-09-18", "tính từ ngày sớm nhất có thể"),
        (S2, "notice", "2023-09-29", "2023-09-22", "7 ngày trước ngày đối thoại 29/09/2023"),
        (S2, "quarterly-report", "2023-Q3", "2023-10-06", "Báo cáo quý III/2023"),
        (S2, "quarterly-report", "2023-12-31", "2024-01-08", "01/01/2024 – Tết Dương lịch"),
        (S2, "quarterly-report", "2024-03", "2024-04-05", "5 ngày làm việc đầu tiên"),
        (S2, "quarterly-report", "2024-06-30", "2024-07-05", "quý II/2024"),
        (S3, "reply", "2025-09-30", "2025-10-30", "theo mặc định, kế hoạch không nêu."),
        (S3, "reply", "2025-12-31", "2026-01-30", "theo mặc định"),
        (S3, "reply", "2026-01-20", "2026-02-23", "Mùng ba Tết"),
        (S4, "reply", "2026-09-30", "2026-10-30", "theo mặc định"),
        (S4, "reply", "2026-09-29", "2026-10-29", "theo mặc định"),
        (S4, "reply", "2026-08-01", "2026-09-03", "31/08/2026 – Ngày nghỉ (thay cho ngày 22/08/2026)"),
        ("", "preparation", "2026-09-08", "2026-08-25", "7 ngày làm việc"),
        ("", "acknowledge", "2026-08-14", "2026-08-27", "10 ngày làm việc"),
        ("", "data-request", "2026-02-12", "2026-02-23", "2 ngày làm việc"),
    ],
)
def test_the_worked_dates(doithoai: Command, plan: str, rule: str, day: str, due_on: str, said: str) -> None:
    """A3; the ISO date stands first, the sentence after it."""
    status, out, err = doithoai("clock", rule, day, *(("--plan", plan) if plan else ()))

    assert (status, err) == (0, "")
    first, sentence = out.splitlines()
    assert first == due_on
    assert said in sentence


@pytest.mark.parametrize(
    ("typed", "anchor", "open_day"),
    [
        ("2024-04", "2024-04-01", True),
        ("2024-Q3", "2024-07-01", True),
        ("2023-09-25/2023-09-29", "2023-09-25", True),
        ("2023-09-25..2023-09-29 morning", "2023-09-25", True),
        ("2024-04-25 afternoon", "2024-04-25", False),
        ("2024-04-25  chiều", "2024-04-25", False),
        ("2024-04-25..2024-04-25", "2024-04-25", False),
    ],
)
def test_a_time_as_plans_have_it_counts_from_its_earliest_day(
    doithoai: Command, typed: str, anchor: str, open_day: bool
) -> None:
    [due_on, sentence] = doithoai("clock", "notice", typed)[1].splitlines()

    assert due_on == doithoai("clock", "notice", anchor)[1].splitlines()[0]
    assert ("chưa ấn định ngày" in sentence) is open_day


def test_the_sentence_in_english(doithoai: Command) -> None:
    _, out, _ = doithoai("clock", "reply", "2024-04-25", "--plan", S0, "--language", "en")

    assert out == (
        "2024-05-27\nThe reply is due by the end of 27/05/2024 (Monday): 30 days from the end of the meeting on "
        "25/04/2024, "
        "that day not counted; 25/05/2024 is a day off, so the date moves to the next working day; as the plan says.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("notice", "2023-09-29..2023-09-25"), ("YYYY-MM-DD..YYYY-MM-DD",)),
        (("notice", "2024-Q5"), ("is not a date",)),
        (("notice", "2024-13"), ("is not a date",)),
        (("notice", "2024-04-25 midnight"), ("is not a date",)),
        (("notice", ""), ("is not a date",)),
        (("preparation", "0001-01-02"), ("no date can be computed",)),
        (("notice", "2024-04-25", "--language", "fr"), ("fr is not a language", "vi")),
        (("notice", "2024-04-25", "--plan", ""), None),
    ],
)
def test_what_makes_no_date_is_one_line(doithoai: Command, arguments, words) -> None:
    outcome = doithoai("clock", *arguments)

    if words is None:
        assert outcome[0] == 0, "no plan is the default"
    else:
        refused(outcome, *words)


def test_looking_a_date_up_makes_no_database(doithoai: Command, tmp_path: Path) -> None:
    doithoai("clock", "reply", "2024-04-25", "--plan", S0)

    assert not (tmp_path / "data").exists()


def test_a_plan_that_was_changed_and_loaded_counts_and_not_the_one_shipped(doithoai: Command, tmp_path: Path) -> None:
    path = tmp_path / "changed.toml"
    text = (PLANS / f"{S0}.toml").read_text("utf-8")
    assert text.count("[clocks.reply]\ndays = 30\n") == 1
    path.write_text(
        text.replace("[clocks.reply]\ndays = 30\n", '[clocks.reply]\ndays = 22\ncount = "working"\n'), "utf-8"
    )
    assert doithoai("plans", "load", str(path))[0] == 0

    due_on, sentence = doithoai("clock", "reply", "2024-04-25", "--plan", S0)[1].splitlines()

    assert due_on == "2024-05-29", "Saturday 4 May is worked, 29 April to 1 May are not"
    assert "22 ngày làm việc kể từ ngày kết thúc buổi đối thoại 25/04/2024" in sentence
    assert sentence.endswith("theo kế hoạch.")
    assert doithoai("clock", "reply", "2023-09-25", "--plan", S2)[0] == 0, "a shipped plan that was not loaded"
    refused(doithoai("clock", "reply", "2024-04-25", "--plan", "atlantis-2024"), "no plan atlantis-2024", S0)


def test_working_days_without_a_number_are_no_profile(doithoai: Command, tmp_path: Path) -> None:
    path = tmp_path / "changed.toml"
    text = (PLANS / f"{S0}.toml").read_text("utf-8")
    path.write_text(text.replace("[clocks.reply]\ndays = 30\n", '[clocks.reply]\ncount = "working"\n'), "utf-8")

    refused(doithoai("plans", "load", str(path)), "clocks.reply.days is missing")


def test_what_was_entered_by_hand_counts(doithoai: Command) -> None:
    shipped = doithoai("clock", "reply", "2026-11-03")[1].splitlines()[0]
    assert shipped == date(2026, 12, 3).isoformat()
    doithoai("calendar", "add", "2026-12-03", "off", "--reason", "Nghỉ bão", "--source", "Công điện 5/CĐ-UBND")

    due_on, sentence = doithoai("clock", "reply", "2026-11-03")[1].splitlines()

    assert due_on == "2026-12-04"
    assert "03/12/2026 – Nghỉ bão" in sentence


def test_24_november_is_a_day_off_unless_it_is_switched_off(doithoai: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """LAW C7: announced, not seen in the law; the sentence says so."""
    due_on, sentence = doithoai("clock", "reply", "2026-10-25")[1].splitlines()
    assert due_on == "2026-11-25"
    assert "có ngày nghỉ chưa được xác nhận" in sentence

    monkeypatch.setenv("DOITHOAI_CULTURE_DAY", "no")
    assert doithoai("clock", "reply", "2026-10-25")[1].splitlines()[0] == "2026-11-24"
    doithoai("migrate")
    assert doithoai("clock", "reply", "2026-10-25")[1].splitlines()[0] == "2026-11-24", "with a database too"

    monkeypatch.setenv("DOITHOAI_CULTURE_DAY", "perhaps")
    refused(doithoai("clock", "reply", "2026-10-25"), "DOITHOAI_CULTURE_DAY")
