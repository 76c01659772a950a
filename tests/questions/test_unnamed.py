"""What is shown to everybody names nobody who asked, in whatever way an answer addresses them (R020, R026)."""

import pytest

from intake.rules.questions.unnamed import without_people


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Thưa bà Nguyễn Thị Mai, xã sửa đường.", "Thưa bà …, xã sửa đường."),
        ("Bà NGUYỄN  THỊ MAI hỏi", "Bà … hỏi"),
        ("nguyen thi mai hoi", "… hoi"),
        ("Bà Mai và cô  Mai", "Bà … và cô  …"),
        ("Ngày mai xã sửa, bác mai gọi", "Ngày mai xã sửa, bác mai gọi"),
        ("Nguyễn Thị Maika ở đây", "Nguyễn Thị Maika ở đây"),
        ("Gọi 0905 123 456 hoặc +84 905 123 456.", "Gọi … hoặc …."),
        ("Bộ phận Một cửa: 0255 3861 234; tổng đài 18001096.", "Bộ phận Một cửa: 0255 3861 234; tổng đài 18001096."),
        ("Quyết định số 12/2024, dài 1.250 m, 15 ngày", "Quyết định số 12/2024, dài 1.250 m, 15 ngày"),
    ],
)
def test_names_and_mobile_numbers_are_taken_out_and_nothing_else(text: str, shown: str) -> None:
    assert without_people(text, ["Nguyễn Thị Mai"]) == shown


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("Năm", "Năm nay cụ Năm hỏi", "Năm nay cụ … hỏi"),
        ("H'Hen Niê", "Chị H'Hen Niê ở buôn", "Chị … ở buôn"),
        ("Đỗ Đức Độ", "Do Duc Do, ông Độ", "…, ông …"),
        ("", "Bà con hỏi", "Bà con hỏi"),
        ("LÊ VĂN HOÀ", "Thưa anh Hòa, bà Hoàng và chú Hoà", "Thưa anh …, bà Hoàng và chú …"),
        ("le van hoa", "Thưa anh Hoà, bên hoà giải", "Thưa anh …, bên hoà giải"),
    ],
)
def test_a_name_of_one_word_is_looked_for_after_a_title_only(name: str, text: str, shown: str) -> None:
    assert without_people(text, [name]) == shown
