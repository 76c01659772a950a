"""Getting to know each other, and the first question."""

import pytest

from tests.support.world import World


@pytest.mark.contract
async def test_a_newcomer_agrees_and_sees_the_menu(world: World) -> None:
    mai = world.phone()
    await mai.says("/start")
    assert mai.sees_button("Đồng ý")
    await mai.presses("Đồng ý")
    await mai.presses("TDP Hàng Gòn")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")

    assert mai.sees_button("📅 Lịch đối thoại")


@pytest.mark.contract
async def test_a_sent_question_gets_a_reference(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await mai.presses("Gửi")

    assert "DL-2024-0001" in mai.hears()


@pytest.mark.contract
async def test_looking_something_up_does_not_cost_what_is_being_typed(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5")
    await mai.presses("Gửi")
    follow = mai.button("Theo dõi")
    await mai.says("/hoi")
    await mai.says("Bao giờ có nước sạch cho xóm trên?")
    await mai.taps_code(follow)
    assert "Đường vào xóm 3" in mai.hears()
    await mai.presses("Gửi")

    assert "DL-2024-0002" in mai.hears()
