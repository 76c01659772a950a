"""Guests: a typed list is read line by line, groups are the plan's, reminders have their days (R051)."""

from datetime import date, datetime
from pathlib import Path

import pytest

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.meetings.guest import (
    MOST_AT_ONCE,
    Guest,
    GuestReply,
    group_of,
    groups_of,
    read_guest,
    read_guests,
    reminds_guests,
)
from intake.rules.people import phone
from intake.rules.people.phone import numbers_in, phone_typed
from intake.rules.plan.profile_bodies import GuestGroup

START = datetime(2024, 4, 25, 8, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("typed", "name", "office", "phone"),
    [
        ("Nguyễn Văn A", "Nguyễn Văn A", "", ""),
        ("1. Nguyễn Văn A, Phó Chủ tịch HĐND, 0912 345 678", "Nguyễn Văn A", "Phó Chủ tịch HĐND", "+84912345678"),
        ("- Nguyễn Văn A - Trưởng phòng, Huyện ủy", "Nguyễn Văn A", "Trưởng phòng, Huyện ủy", ""),
        ("Nguyễn  Văn A;+84912345678", "Nguyễn Văn A", "", "+84912345678"),
        ("Nguyễn Văn A\tKhối Dân vận 2024\t", "Nguyễn Văn A", "Khối Dân vận 2024", ""),
    ],
)
def test_a_line_names_somebody_an_office_and_perhaps_a_phone(typed, name, office, phone):
    [line] = read_guests(f"\n{typed}\n\n")
    assert (line.name, line.office, line.phone) == (name, office, phone)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("…", "guests.wrong_name"),
        ("0912345678", "guests.wrong_name"),
        ("x" * 81, "guests.wrong_name"),
        (f"Nguyễn Văn A, {'x' * 201}", "guests.wrong_office"),
        ("Nguyễn Văn A, Trưởng thôn, 01691234567", "guests.wrong_phone"),
        ("Nguyễn Văn A, Trưởng thôn, ĐT: 0912 345", "guests.wrong_phone"),
    ],
)
def test_a_wrong_line_says_so_and_costs_the_others_nothing(typed, wrong):
    first, second = read_guests(f"STT\tHọ và tên\tChức vụ\n{typed}\nLê Thị B")
    assert (first.wrong, first.number, second.wrong, second.name) == (wrong, 1, "", "Lê Thị B")


def test_a_table_says_by_its_headings_what_a_row_lacks_and_its_title_is_nobody():
    rows = read_guests(
        "DANH SÁCH KHÁCH MỜI\t\t\t\nKèm theo Giấy mời số 5\t\t\t\nSTT\tHọ và tên\tChức vụ, đơn vị\tSố điện thoại\n"
        "1\tY Kŏ Niê Brŏh\tGià làng\t0912345678\n2\t\tTrưởng thôn\t\n3\tNguyễn Thị Hoa\t\t0123\n"
        "4\tLê Thị B\tVăn thư\t\nTrần Văn C, Thú y"
    )
    assert [(one.name, one.office, one.phone, one.wrong) for one in rows] == [
        ("Y Kŏ Niê Brŏh", "Già làng", "+84912345678", ""),
        ("", "Trưởng thôn", "", "guests.wrong_name"),
        ("Nguyễn Thị Hoa", "0123", "", "guests.wrong_phone"),
        ("Lê Thị B", "Văn thư", "", ""),
        ("Trần Văn C", "Thú y", "", ""),
    ]
    typed_above = read_guests("Phạm Thị E, Y sĩ\nHọ tên\tĐơn vị\nLê Văn D\tHội Nông dân")
    assert [one.name for one in typed_above] == ["Phạm Thị E", "Lê Văn D"], "what was typed above a table stays"
    [alone] = read_guests("DANH SÁCH ĐẠI BIỂU\nNguyễn Văn A")
    assert alone.name == "Nguyễn Văn A"


def test_a_list_of_nobody_is_refused():
    with pytest.raises(RuleBroken):
        read_guests("\n \n")


def test_lines_of_offices_are_read_whatever_the_separators_and_labels():
    table = Path(__file__).parent.parent / "engine" / "typed" / "guests.tsv"
    for line in table.read_text("utf-8").splitlines():
        typed, number, name, office = line.split("\t")
        guest = read_guest(1, typed.replace("\\t", "\t"))
        shown = "bad" if guest.wrong else guest.phone or "none"
        assert (typed, shown, guest.name, guest.office) == (typed, number, name, office)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0905 123 456", "+84905123456"),
        ("SĐT: 0905.123.456", "+84905123456"),
        ("+84 (0)905 123 456", "+84905123456"),
        ("+84 0905123456", "+84905123456"),
        ("84905123456", "+84905123456"),
        ("+1 650 253 0000", "+16502530000"),
        ("0905123456 0912345678", None),
        ("số nhà tôi 0905123456", None),
        ("01691234567", None),
        ("+999 123 456 789", None),
        ("không có", None),
    ],
)
def test_a_number_alone_is_read_for_every_door(typed, number):
    assert phone_typed(typed) == number


def test_however_many_numbers_a_letter_has_it_is_looked_through_for_labels_once(monkeypatch):
    """Each of 200 numbers had the whole letter looked through: a stranger's long text for a name held everybody up."""
    looked: list[str] = []
    labels = phone._LABEL  # noqa: SLF001 - nothing else tells how often

    class Looked:
        def finditer(self, text: str):
            looked.append(text)
            return labels.finditer(text)

    monkeypatch.setattr(phone, "_LABEL", Looked())
    letter = "\n".join(f"{number}. Gọi ĐT: 0905 123 {number:03}" for number in range(200))

    found = numbers_in(letter)

    assert [letter[one.start : one.end] for one in found] == [f"ĐT: 0905 123 {number:03}" for number in range(200)]
    assert looked == [letter]


def test_so_many_at_a_time_and_no_more():
    assert len(read_guests("\n".join(["Nguyễn Văn A"] * MOST_AT_ONCE))) == MOST_AT_ONCE
    with pytest.raises(RuleBroken):
        read_guests("\n".join(["Nguyễn Văn A"] * (MOST_AT_ONCE + 1)))


def test_the_groups_are_those_of_the_plan_and_everybody_else_of_either_kind():
    groups = groups_of([GuestGroup("Mặt trận", "…", party=True), GuestGroup("Huyện ủy", "…")])
    assert groups == (("Mặt trận", True), ("Huyện ủy", False), ("", True), ("", False))
    for group, party, shown in (("Mặt trận", True, "Mặt trận"), ("Nhóm cũ", True, ""), ("Mặt trận", False, "")):
        guest = Guest(1, group, party, "A", "", 1)  # type: ignore[arg-type]
        assert group_of(guest, groups) == (shown, party)


def test_a_stand_in_is_expected_only_while_that_is_the_reply():
    guest = Guest(1, "", False, "Nguyễn Văn A", "", 1, reply=GuestReply.STAND_IN, stand_in="Lê B")  # type: ignore[arg-type]
    assert guest.comes_as == "Lê B"
    guest.reply = GuestReply.COMING
    assert guest.comes_as == "Nguyễn Văn A"


@pytest.mark.parametrize(
    ("now", "owed"),
    [
        (datetime(2024, 4, 22, 12, tzinfo=LOCAL), False),
        (datetime(2024, 4, 23, 7, 29, tzinfo=LOCAL), False),
        (datetime(2024, 4, 23, 7, 30, tzinfo=LOCAL), True),
        (datetime(2024, 4, 24, 20, 59, tzinfo=LOCAL), True),
        (datetime(2024, 4, 24, 21, tzinfo=LOCAL), False),
        (datetime(2024, 4, 25, 7, 30, tzinfo=LOCAL), False),
    ],
)
def test_guests_are_reminded_from_two_days_before_until_the_day_before(now, owed):
    assert reminds_guests(START, now) == (date(2024, 4, 25) if owed else None)
