"""The code of a poster: what somebody sees who scans it, known or not."""

import pytest

from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from tests.conftest import load
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.stories import set_meeting
from tests.support.world import World


async def fixed(world: World, *hamlets: str) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL, *hamlets)
    await fixes_day(secretary)
    world.clock.move(minutes=5)


async def test_a_known_resident_sees_the_meeting_and_registers_with_three_taps(world: World) -> None:
    await fixed(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("#m-1")
    for words in (APRIL, "08:00, 25/04/2024", "Nhà Văn hóa", "TDP Hàng Gòn"):
        assert words in mai.hears()
    assert mai.sees_button("✍️ Gửi câu hỏi")
    await mai.presses("🙋 Đăng ký")
    await mai.presses("Tham dự")
    await mai.presses("Gửi")
    assert "ĐK-" in mai.hears()


@pytest.mark.contract
async def test_somebody_new_agrees_first_and_then_sees_the_meeting(world: World) -> None:
    await fixed(world)
    lan = world.phone()
    await lan.says("/start m-1")
    await lan.presses("Đồng ý")
    await lan.presses("TDP Hàng Gòn")
    await lan.says("Phạm Thị Lan")
    await lan.presses("Bỏ qua")
    assert "08:00, 25/04/2024" in lan.hears()
    assert lan.sees_button("🙋 Đăng ký")


async def test_a_code_that_leads_nowhere_keeps_nobody_out(world: World) -> None:
    lan = world.phone()
    await lan.says("/start m-999")
    await lan.presses("Đồng ý")
    await lan.presses("TDP Hàng Gòn")
    await lan.says("Phạm Thị Lan")
    await lan.presses("Bỏ qua")
    assert "Phạm Thị Lan" in lan.hears()
    assert lan.sees_button("✍️ Gửi câu hỏi")
    await lan.says("/start m-999")
    assert "Không tìm thấy" in lan.hears()


async def test_somebody_of_another_hamlet_is_told_and_may_still_ask(world: World) -> None:
    await fixed(world, "TDP Hàng Gòn")
    binh = await world.resident("DL-lang-dau", "Đinh Thị Bình")
    await binh.says("/start m-1")
    assert "không dành cho TDP Làng Dầu của bà/ông" in binh.hears()
    assert not binh.sees_button("🙋 Đăng ký")
    assert binh.sees_button("✍️ Gửi câu hỏi")


async def test_a_meeting_that_is_over_or_cancelled_says_so(world: World) -> None:
    await fixed(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        [meeting] = await uow.meetings.of_plan(plan.id)
    await set_meeting(world, meeting, MeetingState.HELD)
    await mai.says("/start m-1")
    assert "đã kết thúc" in mai.hears()
    assert not mai.sees_button("🙋 Đăng ký")
    await set_meeting(world, meeting, MeetingState.CANCELLED)
    await mai.says("/start m-1")
    assert "đã huỷ" in mai.hears()


async def test_staff_without_a_hamlet_see_the_meeting_without_registering(world: World) -> None:
    await fixed(world)
    await load(world, "an-duong-2024")
    guest = await world.staff(Role.SECRETARY, "AD", "Trần Thị Hoa")
    await guest.says("/start m-1")
    assert APRIL in guest.hears()
    assert not guest.sees_button("🙋 Đăng ký")
