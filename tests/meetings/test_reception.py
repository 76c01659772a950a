"""At the door: who has come, by code, by scanning, by name; and who comes without having registered (R063, R115)."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.media.kinds import media_type_of
from intake.actions.meetings.check_in import walk_in
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from tests.support.delegates import Occasion, occasion
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import Line, Phone, World, local, opened_world

DAY = local(2026, 9, 15, 7)


@pytest.fixture
async def world(make_line: Callable[[], Line], tmp_path: Path) -> AsyncIterator[World]:
    """September 2026."""
    async with opened_world(tmp_path, make_line, local(2026, 9, 1)) as opened:
        yield opened


async def vinh_bao(world: World, quota: int = 2) -> Occasion:
    return await occasion(world, "vinh-bao-2026", quota=quota, reading="b", starts_at=local(2026, 9, 15))


async def registered(world: World, hamlet: str, name: str) -> Phone:
    phone = await world.resident(hamlet, name)
    await phone.says("/dangky")
    await phone.presses("Tham dự")
    await phone.presses("Gửi")
    assert "mã ĐK-" in phone.hears()
    return phone


async def present(here: Occasion) -> list[str]:
    return [one.reference for one in await here.registrations() if one.present_at is not None]


@pytest.mark.contract
async def test_the_code_is_a_picture_and_a_reference(world: World) -> None:
    await vinh_bao(world)
    mai = await registered(world, "VB-dong", "Nguyễn Thị Mai")
    await mai.presses("Mã vào cửa")
    assert "Mã vào cửa: ĐK-VB-2026-0001" in mai.hears()
    [shown] = [one for one in mai.news() if one.attachments]
    folder = world.data_dir / "attachments"
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert [media_type_of(path.read_bytes()) for path in kept] == ["image/png"]
    assert shown.names == ("Mã vào cửa - ĐK-VB-2026-0001.png",)
    await mai.says("/dangky")
    await mai.presses("Mã vào cửa")
    assert "ĐK-VB-2026-0001" in mai.hears()
    await mai.says("/start d-VB-2026-0001")
    assert "Đây là mã vào cửa của bà/ông" in mai.hears()


async def test_people_are_let_in_by_reference_by_scan_and_by_part_of_a_name(world: World) -> None:
    here = await vinh_bao(world)
    for hamlet, name in (("VB-dong", "Nguyễn Thị Mai"), ("VB-dong", "Đỗ Văn Mười"), ("VB-doai", "Đỗ Thị Mười")):
        await registered(world, hamlet, name)
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    await secretary.says("/dontiep")
    assert "Hôm nay không có buổi" in secretary.hears()
    world.clock.move_to(DAY)
    await secretary.says("menu")
    await secretary.presses("🚪 Đón tiếp")
    assert "Đã đến 0/3" in secretary.hears()
    await secretary.says("đk-vb-2026-0001")
    assert "✓ Nguyễn Thị Mai – Thôn Đông, tham dự (ĐK-VB-2026-0001)" in secretary.hears()
    assert "Đã đến 1/3" in secretary.hears()
    await secretary.says("ĐK-VB-2026-0001")
    assert "đã ghi có mặt lúc" in secretary.hears()
    assert "Đã đến 1/3" in secretary.hears()

    await secretary.says("do thi muoi")
    await secretary.presses("Đỗ Thị Mười – Thôn Đoài – 0003")
    assert "✓ Đỗ Thị Mười" in secretary.hears()
    await secretary.says("Mười")
    assert "Tìm thấy 2 người" in secretary.hears()
    assert secretary.sees_button("✓ Đỗ Thị Mười – Thôn Đoài – 0003")
    await secretary.says("/dontiep Mười")
    assert "Tìm thấy 2 người" in secretary.hears(), "who has come may stand behind the command"
    await secretary.says("/dontiep ĐK-VB-2026-0001")
    assert "đã ghi có mặt lúc" in secretary.hears()
    await secretary.says("/start d-VB-2026-0002")
    assert "✓ Đỗ Văn Mười" in secretary.hears()
    assert await present(here) == ["ĐK-VB-2026-0001", "ĐK-VB-2026-0002", "ĐK-VB-2026-0003"]
    await secretary.presses("Ghi nhầm, bỏ đi")
    assert "Đã bỏ ghi có mặt của Đỗ Văn Mười" in secretary.hears()
    await secretary.presses("Số người đến")
    assert "Đã đến 2/3, trong đó đăng ký tại chỗ 0" in secretary.hears()
    assert "Thôn Đông: 1/2" in secretary.hears()
    assert "Thôn Đoài: 1/1" in secretary.hears()

    for nothing in ("ĐK-VB-2026-9999", "ĐK-DL-2026-0001"):
        await secretary.says(nothing)
        assert "Không tìm thấy" in secretary.hears()
    await secretary.says("Nguyễn Văn Không")
    assert "Không có ai tên" in secretary.hears()
    await secretary.says("!!!")
    assert "Không có ai tên" in secretary.hears()
    await secretary.guesses("h12")
    assert "cũ" in secretary.hears() or "Xin chọn một mục" in secretary.hears()
    await secretary.says("huỷ")
    assert "đã ghi vẫn được giữ nguyên" in secretary.hears(), "whoever was let in stays let in"
    await secretary.says("/dontiep")
    await secretary.presses("Xong")
    assert "Đã đến 2/3" in secretary.hears()
    await secretary.presses("Đón tiếp")
    assert "Gõ mã đăng ký" in secretary.hears()


async def test_somebody_unregistered_is_in_after_a_name_and_two_taps(world: World) -> None:
    here = await vinh_bao(world)
    world.clock.move_to(DAY)
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    await secretary.says("/dontiep")
    await secretary.says("Phạm Văn Mới")
    await secretary.presses("Người này chưa đăng ký")
    await secretary.presses("Thôn Đông")
    assert "✓ Phạm Văn Mới – Thôn Đông, tham dự (ĐK-VB-2026-0001)" in secretary.hears()
    await secretary.presses("Muốn phát biểu")
    await secretary.sends_photo(b"picture")
    assert "bằng chữ" in secretary.hears()
    await secretary.says("Đèn đường")
    assert "Đã ghi vào danh sách phát biểu (ĐK-VB-2026-0001)" in secretary.hears()
    await secretary.says("phạm văn mới")
    await secretary.presses("✓ Phạm Văn Mới – Thôn Đông – 0001")
    await secretary.presses("Muốn phát biểu")
    await secretary.presses("Bỏ qua")

    await secretary.presses("Người chưa đăng ký")
    await secretary.says("Khách Từ Tỉnh")
    await secretary.says("ở xa")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("Nơi khác")
    assert "✓ Khách Từ Tỉnh – Nơi khác" in secretary.hears()
    await secretary.presses("Số người đến")
    assert "đăng ký tại chỗ 2" in secretary.hears()
    assert "Nơi khác: 1/1" in secretary.hears()
    await secretary.presses("Xong")
    await secretary.says("/danhsach")
    assert "Nơi khác: 1 người" in secretary.hears()
    await secretary.presses("Thứ tự phát biểu")
    assert "1. Phạm Văn Mới – Thôn Đông" in secretary.hears()
    [newcomer, guest] = await here.registrations()
    assert newcomer.walk_in
    assert guest.unit_id is None
    await secretary.taps_code(f"doornew.{here.meeting.id}")
    assert "Họ và tên người đến" in secretary.hears()
    await secretary.taps_code(f"rosterone.{guest.id}")
    assert "Không tìm thấy" in secretary.hears()


async def test_beyond_the_quota_people_wait_at_the_door_and_the_secretary_may_let_them_in(world: World) -> None:
    here = await vinh_bao(world, quota=1)
    await registered(world, "VB-dong", "Nguyễn Thị Mai")
    await registered(world, "VB-dong", "Nguyễn Văn Chờ")
    world.clock.move_to(DAY)
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    await head.says("/dontiep")
    await head.says("ĐK-VB-2026-0002")
    assert "đang ở danh sách chờ, thứ 1; chưa có chỗ" in head.hears()
    assert not head.sees_button("Cho vào, vượt chỉ tiêu")
    for code in (f"dooradmit.{here.meeting.id}.2", f"doorin.{here.meeting.id}.999"):
        await head.taps_code(code)
        assert "Không tìm thấy" in head.hears()
    await secretary.says("/dontiep")
    await secretary.says("chờ")
    await secretary.presses("Nguyễn Văn Chờ – Thôn Đông – 0002")
    assert "chưa có chỗ" in secretary.hears()
    await secretary.presses("Cho vào, vượt chỉ tiêu")
    assert "✓ Nguyễn Văn Chờ" in secretary.hears()
    await secretary.says("Phạm Văn Mới")
    await secretary.presses("Người này chưa đăng ký")
    await secretary.presses("Thôn Đông")
    assert "đang ở danh sách chờ, thứ 1" in secretary.hears()
    await secretary.presses("Cho vào, vượt chỉ tiêu")
    assert await present(here) == ["ĐK-VB-2026-0002", "ĐK-VB-2026-0003"]


async def test_a_hamlet_head_lets_in_the_own_people_and_an_official_everybody(world: World) -> None:
    here = await vinh_bao(world)
    await registered(world, "VB-dong", "Nguyễn Thị Mai")
    await registered(world, "VB-doai", "Đỗ Văn Mười")
    stranger = await world.resident("VB-dong", "Người Xem")
    world.clock.move_to(DAY)
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    official = await world.staff(Role.OFFICIAL, "VB", "Vũ Văn Cán", desk="chuyen-mon")
    await head.says("menu")
    await head.presses("🚪 Đón tiếp")
    assert "Đã đến 0/1" in head.hears()
    await head.says("ĐK-VB-2026-0002")
    assert "Không tìm thấy" in head.hears()
    await head.says("Mười")
    assert "Không có ai tên" in head.hears()
    await head.says("ĐK-VB-2026-0001")
    assert "✓ Nguyễn Thị Mai" in head.hears()
    await head.presses("Người chưa đăng ký")
    await head.says("Phạm Văn Mới")
    assert not head.sees_button("Nơi khác")
    await head.presses("Thôn Đông")
    assert "✓ Phạm Văn Mới" in head.hears()
    await official.says("đón tiếp")
    await official.says("ĐK-VB-2026-0002")
    assert "✓ Đỗ Văn Mười" in official.hears()
    for code in (f"door.{here.meeting.id}", f"doornew.{here.meeting.id}", f"doorspeak.{here.meeting.id}.1"):
        await stranger.taps_code(code)
        assert "Không tìm thấy" in stranger.hears()
    await stranger.says("/start d-VB-2026-0001")
    assert "Không tìm thấy" in stranger.hears()
    await stranger.says("/start d-XX")
    assert "Không tìm thấy" in stranger.hears()
    async with world.store.unit() as uow:
        [grant_holder] = await uow.people.holders(Role.HAMLET_HEAD, here.unit_named("Thôn Đông"))
        for unit_id in (None, here.unit_named("Thôn Đoài").id):
            with pytest.raises(NotFound):
                await walk_in(uow, by=grant_holder, meeting_id=here.meeting.id, name="Người lạ", unit_id=unit_id)


async def test_a_code_of_another_meeting_of_another_day_or_taken_back_is_refused_clearly(world: World) -> None:
    here = await vinh_bao(world)
    mai = await registered(world, "VB-dong", "Nguyễn Thị Mai")
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    await secretary.taps_code(f"door.{here.meeting.id}")
    await secretary.says("ĐK-VB-2026-0001")
    assert "Chỉ ghi người có mặt vào ngày đối thoại" in secretary.hears()
    await secretary.presses("Xong")
    world.clock.move_to(DAY)
    other = await planned_meeting(world, title="Đối thoại chuyên đề", plan="vinh-bao-2026")
    await set_meeting(world, other, MeetingState.OPEN, DAY)
    await secretary.says("/dontiep")
    await secretary.presses("Đối thoại chuyên đề")
    await secretary.says("ĐK-VB-2026-0001")
    assert "là của buổi khác: “Hội nghị đối thoại năm 2026”, không phải “Đối thoại chuyên đề”" in secretary.hears()
    await secretary.says("/start d-VB-2026-0001")
    assert "là của buổi khác" in secretary.hears()
    await secretary.presses("Xong")
    await secretary.says("/start d-VB-2026-0001")
    assert "✓ Nguyễn Thị Mai" in secretary.hears(), "away from any door the code leads to its own meeting"
    await mai.says("/dulieu")
    assert "Có mặt lúc 07:" in mai.hears()
    await mai.says("/dangky")
    await mai.presses(here.meeting.title)
    await mai.presses("Rút đăng ký")
    await secretary.says("ĐK-VB-2026-0001")
    assert "đã rút hoặc đã đưa ra khỏi danh sách" in secretary.hears()
    await set_meeting(world, here.meeting, MeetingState.HELD)
    await secretary.says("Phạm Văn Mới")
    await secretary.presses("Người này chưa đăng ký")
    await secretary.presses("Thôn Đông")
    assert "đã kết thúc" in secretary.hears()
