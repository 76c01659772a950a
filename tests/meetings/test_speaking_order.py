"""Who speaks when: by time at An Dương (R113), by topic at Thạch Thất (R114), and the chair's hand on it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from intake.actions.meetings.register import register
from intake.actions.meetings.speaking_order import move_speaker, order_of, set_speaking_topic
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import RegistrationKind
from intake.rules.people.person import Role
from tests.support.delegates import Occasion, occasion, person_called
from tests.support.stories import set_meeting
from tests.support.world import Line, Phone, World, local, opened_world


@pytest.fixture
async def world(make_line: Callable[[], Line], tmp_path: Path) -> AsyncIterator[World]:
    """Summer 2023."""
    async with opened_world(tmp_path, make_line, local(2023, 8, 14)) as opened:
        yield opened


async def speaks(phone: Phone, about: str = "") -> None:
    await phone.says("/dangky")
    await phone.presses("Phát biểu")
    if about:
        await phone.says(about)
    else:
        await phone.presses("Bỏ qua")
    await phone.presses("Gửi")
    assert "Đã đăng ký phát biểu" in phone.hears(), phone.hears()


async def names_in_order(here: Occasion) -> list[str]:
    async with here.world.store.reading() as uow:
        return [speaker.person.name for speaker in await order_of(uow, here.meeting)]


async def an_duong(world: World, *names: str) -> tuple[Occasion, list[Phone]]:
    here = await occasion(world, "an-duong-2024")
    phones = []
    for name in names:
        phone = await world.resident("AD-thon-1", name)
        await speaks(phone, f"Việc của {name.split()[-1]}")
        phones.append(phone)
    return here, phones


async def test_the_chair_moves_a_speaker_and_the_reason_is_kept_beside_the_name(world: World) -> None:
    """R113: by time of registration, under the chair; staff see why, the speakers see where they stand."""
    here, [lan, minh, hoa] = await an_duong(world, "Trần Thị Lan", "Lê Văn Minh", "Đỗ Thị Hoa")
    chair = await world.staff(Role.CHAIR, "AD", "Ông Chủ Tịch")
    secretary = await world.staff(Role.SECRETARY, "AD", "Lê Thị Thu")
    await chair.says("/danhsach")
    await chair.presses("Thứ tự phát biểu")
    assert "theo thứ tự đăng ký.\n1. Trần Thị Lan – Thôn Bãi Dâu: Việc của Lan" in chair.hears()
    await chair.presses("3. Đỗ Thị Hoa")
    assert not chair.sees_button("Chuyển xuống")
    await chair.presses("Chuyển lên")
    await chair.sends_photo(b"picture")
    assert "bằng chữ" in chair.hears()
    await chair.says("…")
    assert "lý do" in chair.hears()
    await chair.says("Có con nhỏ, cần về sớm")
    assert "2. Đỗ Thị Hoa – Thôn Bãi Dâu: Việc của Hoa (chủ trì xếp: Có con nhỏ, cần về sớm)" in chair.hears()
    assert "chủ trì đã xếp bà/ông phát biểu ở số 2" in hoa.hears()
    assert "con nhỏ" not in hoa.hears()

    await chair.presses("1. Trần Thị Lan")
    assert not chair.sees_button("Chuyển lên")
    await chair.presses("Chuyển đến số …")
    for wrong in ("cuối", "0", "4"):
        await chair.says(wrong)
        assert "từ 1 đến 3" in chair.hears()
    await chair.says("3")
    await chair.says("Đến muộn")
    assert await names_in_order(here) == ["Đỗ Thị Hoa", "Lê Văn Minh", "Trần Thị Lan"]
    await chair.presses("1. Đỗ Thị Hoa")
    await chair.presses("Chuyển xuống")
    await chair.says("Xin nhường")
    assert await names_in_order(here) == ["Lê Văn Minh", "Đỗ Thị Hoa", "Trần Thị Lan"]

    # a new registration comes after them and moves nobody
    nga = await world.resident("AD-thon-2", "Phạm Thị Nga")
    await speaks(nga)
    assert await names_in_order(here) == ["Lê Văn Minh", "Đỗ Thị Hoa", "Trần Thị Lan", "Phạm Thị Nga"]
    await secretary.says("/danhsach")
    await secretary.presses("Thứ tự phát biểu")
    assert "chủ trì xếp: Đến muộn" in secretary.hears()
    await secretary.presses("3. Trần Thị Lan")
    assert not secretary.sees_button("Chuyển lên")

    # whoever withdraws leaves no gap for those who registered late
    await minh.says("/dangky")
    await minh.presses("Rút đăng ký")
    assert await names_in_order(here) == ["Đỗ Thị Hoa", "Trần Thị Lan", "Phạm Thị Nga"]
    await lan.says("/dulieu")
    assert "Chủ trì xếp phát biểu ở số 2. Đến muộn" in lan.hears()
    await lan.says("/dangky")
    await lan.presses("Tham dự")
    await lan.presses("Gửi")
    assert await names_in_order(here) == ["Đỗ Thị Hoa", "Phạm Thị Nga"]


async def test_a_speaker_sees_the_own_number_and_of_the_others_the_given_name_only(world: World) -> None:
    here, [lan, minh] = await an_duong(world, "Trần Thị Lan", "Lê Văn Minh")
    hoa = await world.resident("AD-thon-2", "Đỗ Thị Hoa")
    await hoa.says("/dangky")
    await hoa.presses("Tham dự")
    await hoa.presses("Gửi")
    await minh.says("/dangky")
    await minh.presses("Lượt phát biểu của tôi")
    assert "ở số 2 trong 2 người" in minh.hears()
    assert "1. Lan – Thôn Bãi Dâu\n2. Minh – Thôn Bãi Dâu (bà/ông)" in minh.hears()
    assert "Trần" not in minh.hears()
    assert "Việc của Lan" not in minh.hears()
    await hoa.says("/dangky")
    assert not hoa.sees_button("Lượt phát biểu của tôi")
    for phone, code in (
        (hoa, f"myturn.{here.meeting.id}"),
        (lan, f"speaking.{here.meeting.id}"),
        (lan, "speaker.1"),
        (lan, "speakup.2"),
        (lan, "speakto.2"),
        (lan, "speaktopic.1.1"),
        (hoa, "myturn.999"),
        (hoa, "mycode."),
    ):
        await phone.taps_code(code)
        assert "Không tìm thấy" in phone.hears(), code


async def test_only_the_chair_moves_and_only_while_the_meeting_is_not_over(world: World) -> None:
    here, _ = await an_duong(world, "Trần Thị Lan", "Lê Văn Minh")
    chair = await world.staff(Role.CHAIR, "AD", "Ông Chủ Tịch")
    await chair.says("/danhsach")
    await chair.presses("Thứ tự phát biểu")
    await chair.presses("2. Lê Văn Minh")
    async with world.store.unit() as uow:
        [lan, minh] = [speaker.registration.id for speaker in await order_of(uow, here.meeting)]
        boss = await person_called(uow, "Ông Chủ Tịch")
        with pytest.raises(NotFound):
            await move_speaker(uow, by=here.office, registration_id=minh, to=1, reason="Vội")
        with pytest.raises(RuleBroken, match="speaking_same"):
            await move_speaker(uow, by=boss, registration_id=lan, to=0, reason="Vội")
        registration = await uow.rosters.registration(minh)
        registration.kind = RegistrationKind.ATTEND
        with pytest.raises(NotFound):
            await move_speaker(uow, by=boss, registration_id=minh, to=1, reason="Vội")
    await set_meeting(world, here.meeting, here.meeting.state.CANCELLED)
    await chair.presses("Chuyển lên")
    assert "đã huỷ" in chair.hears()


async def test_by_content_the_topics_of_the_plan_come_one_after_the_other(world: World) -> None:
    """R114: the topic is one tap under the receipt, for whoever wants; without one they come last."""
    here = await occasion(world, "thach-that-2023")
    one = await world.resident("TTA-thon-1", "Khuất Thị Lan")
    two = await world.resident("TTB-thon-1", "Nguyễn Văn Toàn")
    three = await world.resident("TTC-tdp-1", "Đỗ Thị Hoa")
    for phone in (one, two, three):
        await speaks(phone)
    assert two.sees_button("Đăng ký") is False
    assert await names_in_order(here) == ["Khuất Thị Lan", "Nguyễn Văn Toàn", "Đỗ Thị Hoa"]
    await three.presses("Phương hướng, nhiệm vụ, giải pháp 3 tháng cuối năm")
    assert "phát biểu về “Phương hướng" in three.hears()
    topic = two.button("Thực hiện mục tiêu, nhiệm vụ chính trị 9 tháng đầu năm")
    await two.taps_code(topic)
    assert await names_in_order(here) == ["Nguyễn Văn Toàn", "Đỗ Thị Hoa", "Khuất Thị Lan"]
    await one.taps_code(topic)
    assert "Không tìm thấy" in one.hears()

    secretary = await world.staff(Role.SECRETARY, "TT", "Lê Thị Thu")
    await secretary.says("/danhsach")
    await secretary.presses("Thứ tự phát biểu")
    assert "theo nội dung đã đăng ký" in secretary.hears()
    await secretary.presses("3. Khuất Thị Lan")
    await secretary.presses("Thực hiện mục tiêu, nhiệm vụ chính trị 9 tháng đầu năm")
    assert "1. Khuất Thị Lan – xã Hương Lúa [Thực hiện mục tiêu" in secretary.hears()
    async with world.store.unit() as uow:
        lan = await person_called(uow, "Khuất Thị Lan")
        registration = await uow.meetings.registration(here.meeting.id, lan.id)
        assert registration is not None
        with pytest.raises(NotFound):
            await set_speaking_topic(uow, by=lan, registration_id=registration.id, topic_id=999)  # type: ignore[arg-type]
        await register(uow, meeting_id=here.meeting.id, person=lan, kind=RegistrationKind.ATTEND, content="")
        assert registration.topic_id is None


async def test_a_commune_of_a_district_sends_one_front_chair_one_head_of_an_association_and_three_residents(
    world: World,
) -> None:
    """R048, R112, R118: typed seats, from the plan itself; the commune's own secretary composes its list."""
    here = await occasion(world, "thach-that-2023")
    commune = await world.staff(Role.SECRETARY, "TTA", "Bí thư xã Hương Lúa")
    district = await world.staff(Role.SECRETARY, "TT", "Lê Thị Thu")
    await commune.says("/danhsach")
    assert "Chủ tịch Mặt trận: 0/1, còn thiếu 1" in commune.hears()
    await commune.presses("Soạn danh sách")
    assert "Hạn nộp: 31/08/2023" in commune.hears(), "trước ngày 05/9/2023, and 1 to 4 September were days off (R079)"
    people = (
        ("Vũ Thị Chủ", "Chủ tịch Mặt trận"),
        ("Vũ Văn Hội", "Đại diện trưởng các đoàn thể"),
        ("Vũ Thị Một", "Đại biểu Nhân dân"),
        ("Vũ Văn Hai", "Đại biểu Nhân dân"),
    )
    for name, seat in people:
        await commune.presses("Thêm người")
        await commune.says(name)
        await commune.says("thôn nào cũng được")
        assert "Xin chọn một mục bên dưới" in commune.hears()
        await commune.presses("Thôn Lúa Tẻ")
        await commune.says("loại nào cũng được")
        assert "Xin chọn một mục bên dưới" in commune.hears()
        await commune.presses(seat)
    assert "1. Vũ Thị Chủ (ĐK-TT-2023-0001) – Chủ tịch Mặt trận" in commune.hears()
    assert "Đại biểu Nhân dân: 2/3, còn thiếu 1" in commune.hears()
    await commune.presses("Vũ Thị Một")
    await commune.presses("Chủ tịch Mặt trận")
    assert "1 chỗ và đã đủ" in commune.hears()
    await commune.presses("Mở danh sách")
    await commune.presses("Vũ Thị Chủ")
    assert not commune.sees_button("Chủ tịch Mặt trận")
    await commune.presses("Đại biểu Nhân dân")
    assert "Chủ tịch Mặt trận: 0/1, còn thiếu 1" in commune.hears()
    await commune.presses("Vũ Thị Một")
    await commune.presses("Chủ tịch Mặt trận")
    await commune.presses("Thêm người")
    await commune.says("Vũ Thị Ba")
    await commune.presses("Thôn Lúa Nếp")
    await commune.presses("Đại biểu Nhân dân")
    await commune.presses("Vũ Thị Ba")
    await commune.presses("Muốn phát biểu")
    await commune.sends_photo(b"picture")
    assert "bằng chữ" in commune.hears()
    await commune.says("Nước sạch")
    assert "phát biểu: Nước sạch" in commune.hears()
    await commune.presses("Vũ Văn Hai")
    await commune.presses("Muốn phát biểu")
    await commune.presses("Bỏ qua")
    assert "(ĐK-TT-2023-0004) – phát biểu\n" in commune.hears()
    await commune.presses("Nộp danh sách")
    assert "đã nộp, chờ duyệt" in commune.hears()

    await district.presses("Mở danh sách")
    await district.presses("Duyệt")
    assert "Đã duyệt 1/3 danh sách, tổng số 5 người" in district.hears()
    await district.presses("Chỉ tiêu")
    await district.presses("xã Đồi Chè: 5")
    await district.says("loại nào")
    assert "Xin chọn một mục bên dưới" in district.hears()
    await district.presses("Đại biểu Nhân dân")
    await district.says("4")
    assert "Xã Đồi Chè: 0/6" in district.hears()
    assert len(await here.registrations()) == 5
