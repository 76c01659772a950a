"""What looks like a command, and is what somebody has to say: a man called Huy, a hashtag, a slip behind a stroke."""

import pytest

from tests.support.world import World

CANCELLED = "Đã huỷ. Chưa có gì được gửi đi."


@pytest.mark.parametrize("name", ["Huy", "huy", "HUY"])
async def test_a_man_called_huy_enrols(plain_world: World, name: str) -> None:
    huy = plain_world.phone()
    await huy.says("/start h-DL-hang-gon")
    await huy.presses("Đồng ý")
    await huy.says(name)
    assert CANCELLED not in huy.hears()
    await huy.presses("Bỏ qua")
    await huy.says("/dulieu")
    assert f"Tên: {name}\n" in huy.hears()


@pytest.mark.parametrize("word", ["huỷ", "Hủy", "/huy", "hu\u0309y"])
async def test_with_its_mark_or_the_stroke_it_cancels_even_where_a_name_is_asked_for(
    plain_world: World, word: str
) -> None:
    lan = plain_world.phone()
    await lan.says("/start h-DL-hang-gon")
    await lan.presses("Đồng ý")
    await lan.says(word)
    assert CANCELLED in lan.hears()


async def test_without_its_mark_it_still_cancels_where_no_name_is_asked_for(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("huy")
    assert CANCELLED in mai.hears()


async def test_a_hashtag_at_the_beginning_of_a_question_is_a_part_of_it(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("#mấtnước xóm 2 mất nước 3 ngày rồi, khi nào có nước?")
    assert "#mấtnước xóm 2 mất nước 3 ngày rồi" in mai.hears()


async def test_an_unknown_command_is_helped_with_and_costs_no_draft(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await mai.says("/guii")
    await mai.presses("Gửi")
    await mai.says("/cauhoi")
    assert "Đường vào xóm 3" in mai.hears()
