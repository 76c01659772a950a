"""Answers as people say them: with politeness around them, a hamlet or a name inside a sentence."""

import pytest

from handlers.language.courtesy import Courtesy, courtesy_in, name_said, place_said, without_politeness
from handlers.language.places import place_meant
from intake.rules.people.phone import phone_typed
from tests.support.world import World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
PLACES = {
    "1": "TDP Hàng Gòn",
    "2": "TDP Làng Dầu",
    "3": "Thôn Đông",
    "4": "Thôn 3",
    "5": "Tổ dân phố số 7",
    "6": "Đông Hà",
}


async def test_who_answers_in_a_sentence_is_known_by_name_and_hamlet(world: World) -> None:
    lan = world.phone()
    await lan.says("chào xã")
    await lan.says("dạ đồng ý ạ")
    await lan.says("nhà em ở hàng gòn ạ")
    await lan.says("dạ em tên là Trần Thị Lan ạ")
    await lan.says("số của em là 0912 345 678 ạ")
    assert "Cảm ơn Trần Thị Lan." in lan.hears()

    await lan.says("/hoi")
    await lan.says(ROAD)
    for said in ("không ạ", "ừ", "ok e", "đúng rồi", "dạ gửi ạ"):
        await lan.says(said)
        assert "Câu hỏi này chưa được gửi đi" in lan.hears(), said
        assert f"{ROAD}\n\n" in lan.hears(), "nothing was added to the question"
    await lan.says("thôi không gửi nữa")
    assert "Huỷ để bỏ" in lan.hears()
    await lan.says("huỷ đi ạ")
    assert "Đã huỷ. Chưa có gì được gửi đi." in lan.hears()
    await lan.says("không ạ")
    assert not lan.sees_button("Gửi")
    await lan.says("Menu ạ")
    assert lan.sees_button("📅 Lịch đối thoại")
    await lan.says("bao giờ họp?")
    assert "đối thoại" in lan.hears()
    assert not lan.sees_button("Gửi")


async def test_who_is_called_huy_stays_so_however_politely_it_is_said(plain_world: World) -> None:
    huy = plain_world.phone()
    await huy.says("/start")
    await huy.says("đồng ý")
    await huy.says("làng dầu")
    await huy.says("Huy ạ")
    await huy.says("thôi ạ")
    assert "Cảm ơn Huy." in huy.hears()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("nhà tôi ở hàng gòn", "1"),
        ("Lang dau nhe", "2"),
        ("thôn đông ạ", "3"),
        ("Đông", "3"),
        ("em ở thôn 3", "4"),
        ("tổ 7", "5"),
        ("tdp số 7", "5"),
        ("xóm 3", None),
        ("gần chợ phía đông", None),
        ("đông hà ạ", "6"),
        ("hàng gòn hay làng dầu", None),
        ("", None),
    ],
)
def test_a_place_is_known_where_one_is_named(said: str, code: str | None) -> None:
    assert place_meant(said, PLACES) == code


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Trần Thị Lan", "Trần Thị Lan"),
        ("tôi là Trần Văn Ba", "Trần Văn Ba"),
        ("toi ten la Nguyen Van A", "Nguyen Van A"),
        ("tên em Hoa nhé", "Hoa"),
        ("Nguyen Thi Thanh Nha", "Nguyen Thi Thanh Nha"),
        ("La Văn Cầu", "La Văn Cầu"),
        ("Con", "Con"),
    ],
)
def test_a_name_is_kept_without_how_it_was_said(said: str, name: str) -> None:
    assert name_said(said) == name


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Thôn Đình Ngọ, gần chợ", "Thôn Đình Ngọ, gần chợ"),
        ("nhà em ở Vĩnh Hải ạ", "Vĩnh Hải"),
        ("Dạ tôi ở tại xóm 3", "xóm 3"),
        ("nha toi o xom Bong", "xom Bong"),
        ("Ô Chợ Dừa", "Ô Chợ Dừa"),
        ("O Lâu", "O Lâu"),
    ],
)
def test_so_is_a_place(said: str, place: str) -> None:
    assert place_said(said) == place


@pytest.mark.parametrize(
    "said", ["không ạ", "dạ không cần đâu ạ", "ko", "thôi không gửi nữa", "ừ", "đúng rồi ạ", "ok e"]
)
def test_a_yes_or_no_begins_no_question(said: str) -> None:
    assert courtesy_in(said) is Courtesy.YES


@pytest.mark.parametrize("said", ["xã không cho", "không có nước", "đừng gửi", "không gửi tiền cho dân"])
def test_a_no_that_says_more_is_more(said: str) -> None:
    assert courtesy_in(said) is None


def test_politeness_is_left_out_at_both_ends_alone() -> None:
    assert without_politeness("Dạ vâng, đồng ý ạ") == "dong y"
    assert without_politeness("dạ ạ") == ""


@pytest.mark.parametrize("said", ["0912 345 678 ạ", "dạ số điện thoại của em là 0912345678"])
def test_a_number_is_read_out_of_a_polite_sentence(said: str) -> None:
    assert phone_typed(said) == "+84912345678"


def test_a_number_beside_other_words_is_no_phone_of_theirs() -> None:
    assert phone_typed("gọi 0912 345 678 hoặc ra chợ") is None
