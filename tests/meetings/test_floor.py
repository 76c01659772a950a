"""Who has the floor: called one after the other, in the order in force, from one phone (R113, R029)."""

import pytest

from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.people.person import Role
from tests.support.office import Office, neighbour_unit, open_office
from tests.support.world import Phone, World


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def speaks(phone: Phone, about: str) -> None:
    await phone.says("/dangky")
    await phone.presses("Phát biểu")
    await phone.says(about)
    await phone.presses("Gửi")
    phone.reads()


@pytest.fixture
async def speakers(office: Office) -> list[Phone]:
    """Lan, Minh and Hoa have registered to speak, and the meeting is open."""
    await office.fixed_meeting()
    phones = []
    for name in ("Trần Thị Lan", "Lê Văn Minh", "Đỗ Thị Hoa"):
        phone = await office.world.resident("DL-hang-gon", name)
        await speaks(phone, f"Việc của {name.split()[-1]}")
        phones.append(phone)
    await office.opened()
    return phones


async def open_floor(office: Office) -> None:
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Người phát biểu")


@pytest.mark.contract
async def test_one_after_the_other_is_called_and_the_next_is_told_to_be_ready(
    office: Office, speakers: list[Phone]
) -> None:
    lan, minh, hoa = speakers
    await open_floor(office)
    assert "Đang phát biểu: chưa có ai" in office.secretary.hears()
    assert "1. Trần Thị Lan" in office.secretary.hears()
    await office.secretary.presses("Mời số 1 phát biểu")
    assert "Đang phát biểu: 1. Trần Thị Lan" in office.secretary.hears()
    assert "Việc của Lan" in office.secretary.hears()
    assert "xin mời bà/ông phát biểu" in lan.hears()
    assert "sắp đến lượt" in minh.hears()
    assert hoa.hears() == ""

    office.world.clock.move(minutes=4)
    await office.chair.says("/dieuhanh")
    await office.chair.presses("Người phát biểu")
    await office.chair.presses("Mời số 2 phát biểu")
    assert "Đang phát biểu: 2. Lê Văn Minh" in office.chair.hears()
    assert "Đã phát biểu: 1 người. Thời gian Nhân dân phát biểu: 4 phút" in office.chair.hears()
    office.world.clock.move(minutes=3)
    await office.chair.presses("Đã phát biểu xong")
    assert "Đang phát biểu: chưa có ai" in office.chair.hears()
    assert "Đã phát biểu: 2 người. Thời gian Nhân dân phát biểu: 7 phút" in office.chair.hears()
    assert "3. Đỗ Thị Hoa" in office.chair.hears()


async def test_two_who_tap_at_once_call_one_speaker(office: Office, speakers: list[Phone]) -> None:
    del speakers
    await open_floor(office)
    await office.chair.says("/dieuhanh")
    await office.chair.presses("Người phát biểu")
    await office.secretary.presses("Mời số 1 phát biểu")
    await office.chair.presses("Mời số 1 phát biểu")
    assert "đã được xử lý" in office.chair.hears()
    await office.chair.taps_code("floorend.1")
    await office.chair.taps_code("floorend.1")
    assert "đã được xử lý" in office.chair.hears()


async def test_whoever_is_not_there_is_passed_over_and_called_later(office: Office, speakers: list[Phone]) -> None:
    lan, _, _ = speakers
    await open_floor(office)
    await office.secretary.presses("Số 1 vắng")
    assert "1. Trần Thị Lan" in office.secretary.hears()
    assert "vắng khi được mời" in office.secretary.hears()
    assert lan.hears() == ""
    await office.secretary.taps_code("floorskip.1.1")
    assert "đã được xử lý" in office.secretary.hears()
    await office.secretary.taps_code("floor.1")
    await office.secretary.presses("Mời số 2 phát biểu")
    await office.secretary.presses("Mời số 1 (đã vắng)")
    assert "Đang phát biểu: 1. Trần Thị Lan" in office.secretary.hears()
    assert "xin mời bà/ông phát biểu" in lan.hears()


async def test_who_speaks_is_in_the_room_and_came_when_the_door_says_so(office: Office, speakers: list[Phone]) -> None:
    """Nobody at the door ticked Minh off; Lan was, some minutes before she spoke."""
    del speakers
    await office.secretary.says("/start d-DL-2024-0001")
    assert "✓ Trần Thị Lan" in office.secretary.hears()
    came = office.world.clock.now()
    office.world.clock.move(minutes=9)
    await open_floor(office)
    await office.secretary.presses("Mời số 1 phát biểu")
    await office.secretary.presses("Mời số 2 phát biểu")

    async with office.world.store.reading() as uow:
        listed = await uow.meetings.registrations(MeetingId(1))
    assert [one.present_at for one in listed] == [came, office.world.clock.now(), None]


async def test_many_speakers_are_counted_not_all_listed(office: Office, speakers: list[Phone]) -> None:
    del speakers
    for number in range(4):
        phone = await office.world.resident("DL-hang-gon", f"Người thứ {number}")
        await speaks(phone, "Đường làng")
    await open_floor(office)
    assert "… và 2 người nữa" in office.secretary.hears()


async def test_nobody_is_called_out_of_session_or_by_others(office: Office) -> None:
    meeting: Meeting = await office.fixed_meeting()
    await speaks(office.mai, "Đường làng")
    await office.secretary.taps_code(f"floor.{meeting.id}")
    assert not office.secretary.sees_button("Mời số 1 phát biểu")
    await office.secretary.taps_code(f"floorcall.{meeting.id}.1")
    assert "chưa khai mạc hoặc đã kết thúc" in office.secretary.hears()
    await office.opened()
    stranger = await neighbour_unit(office.world, Role.CHAIR)
    for phone in (stranger, office.mai, office.official):
        for code in (f"floor.{meeting.id}", f"floorcall.{meeting.id}.1", f"floorskip.{meeting.id}.1", "floorend.1"):
            await phone.taps_code(code)
            assert "Đang phát biểu" not in phone.hears()
    async with office.world.store.reading() as uow:
        assert (await uow.meetings.get(meeting.id)).state is MeetingState.OPEN
        assert [one.called_at for one in await uow.meetings.registrations(meeting.id)] == [None]


async def test_a_neighbour_without_a_phone_is_called_in_the_room_only(office: Office) -> None:
    """Nobody else's phone rings, and nothing waits to be told in person."""
    meeting = await office.fixed_meeting()
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Trưởng")
    await head.says("/dangkyho")
    await head.presses(meeting.title)
    await head.says("Cụ Nguyễn Văn Sáu")
    await head.presses("Phát biểu")
    await head.says("Đường làng")
    await head.presses("Gửi")
    head.reads()
    await office.opened()
    await office.secretary.taps_code(f"floor.{meeting.id}")
    await office.secretary.presses("Mời số 1 phát biểu")
    assert "Cụ Nguyễn Văn Sáu" in office.secretary.hears()
    assert head.hears() == ""
