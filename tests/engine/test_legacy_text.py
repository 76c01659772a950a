"""Text in the fonts of before Unicode is shown as it is meant; names are found however they are typed."""

import pytest

from handlers.language.legacy import from_legacy
from intake.rules.text import clean, fold, is_in
from tests.support.world import World


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("§­êng vµo xãm háng ®· l©u", "Đường vào xóm hỏng đã lâu"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("Ñöôøng vaøo xoùm hoûng ñaõ laâu", "Đường vào xóm hỏng đã lâu"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("naêm nay nöôùc caïn, ngaén quaù", "năm nay nước cạn, ngắn quá"),
    ],
)
def test_old_fonts_are_read(pasted: str, meant: str) -> None:
    assert from_legacy(clean(pasted)) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Đường vào xóm hỏng đã lâu",
        "duong vao xom hong",
        "Où est le bureau, s'il vous plaît ?",
        "Können Sie mir helfen, wann öffnet das Büro?",
        "H'Hen Niê",
        "Hoà ơi",
        "25 m² đất",
        "",
        "ñ",
    ],
)
def test_what_is_no_old_font_is_left_alone(text: str) -> None:
    assert from_legacy(text) is None


def test_names_are_found_and_nothing_turns_a_list_round() -> None:
    assert clean("Ðinh V\u202eăn\u200f Hùng") == "Đinh Văn Hùng"
    assert fold("Ðinh") == "dinh"
    assert is_in("HHen", "H'Hen Niê")
    assert is_in("hhen nie", "H'Hen Niê")
    assert not is_in("hoa", "H'Hen Niê")


async def test_a_pasted_text_of_an_old_font_is_shown_as_it_is_meant_before_it_is_sent(plain_world: World) -> None:
    person = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await person.says("§­êng vµo xãm háng ®· l©u")
    heard = person.hears()
    assert "phông cũ" in heard
    assert "Đường vào xóm hỏng đã lâu" in heard
