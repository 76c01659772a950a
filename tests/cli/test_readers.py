"""`doithoai try`: one line out for each line in, whatever the line."""

from tests.support.command_line import Command, refused


def test_days_and_times_are_shown_as_they_are_read(doithoai: Command) -> None:
    status, shown, _ = doithoai(
        "try", "when", "--today", "2027-03-01", typed="25/4\n30/2\n3 giờ\n\nmai 8h\n\xff".encode()
    )
    assert status == 0
    assert shown.splitlines() == [
        "2027-04-25",
        "refuse\trefusal.no_such_day",
        "ask\tunsure.time",
        "ask\tunsure.nothing",
        "2027-03-02\t08:00",
        "ask\tunsure.nothing",
    ]
    assert doithoai("try", "when", typed="hôm nay".encode())[1].startswith("20")


def test_a_day_that_is_none_is_one_line(doithoai: Command) -> None:
    refused(doithoai("try", "when", "--today", "hôm nay"), "hôm nay")


def test_guests_are_shown_as_they_are_read(doithoai: Command) -> None:
    typed = "1\\tLê Văn Tám\\tTrưởng thôn\\tĐT 0905123456\nLê Thị Chín, Y sĩ, 01691234567\nLê B\n"
    assert doithoai("try", "guest", typed=typed.encode())[1].splitlines() == [
        "+84905123456\tLê Văn Tám\tTrưởng thôn",
        "bad\tLê Thị Chín\tY sĩ",
        "none\tLê B\t",
    ]


def test_a_text_is_shown_as_it_is_spoken(doithoai: Command) -> None:
    shown = doithoai("try", "aloud", typed="thôn 2-4\n\nQuý III".encode())[1]
    assert shown.splitlines() == ["thôn hai đến bốn", "", "Quý ba"]


def test_the_language_of_the_answer_is_shown(doithoai: Command) -> None:
    typed = 'Kuv xav nug\nWhere is the office?\n\n{"a": 1}\n'
    assert doithoai("try", "reply-language", typed=typed.encode())[1].split() == ["vi", "en", "vi", "vi"]
