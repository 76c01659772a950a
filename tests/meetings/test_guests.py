"""Guests of a meeting: put on the list, invited, answering, reminded, called, let in at the door (R051)."""

import pytest

from intake.actions.meetings.check_in import guest_in
from intake.actions.meetings.guests import add_colleague, add_guests
from intake.actions.meetings.invite_guests import answer_invitation, send_invitations
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.guest import Guest, GuestReply
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from scheduler.enforcement import run_reminders
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import World, local

FRONT = "Nguyễn Thị Nga, Chủ tịch UBMTTQ, 0912345678"
POLICE = "Lê Văn Công, Trưởng Công an"


@pytest.fixture
async def office(world: World) -> Office:
    """The meeting of April is fixed for Thursday 25 April, 08:00."""
    office = await open_office(world)
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary)
    office.put_away()
    return office


async def opens_group(office: Office, number: str) -> None:
    """From the main menu: list, guests, group."""
    await office.secretary.says("/menu")
    await office.secretary.presses("📋 Danh sách")
    await office.secretary.presses("🎫 Khách mời")
    await office.secretary.presses(number)


async def adds(office: Office, number: str, *lines: str) -> None:
    """A typed list for one of the groups."""
    await opens_group(office, number)
    await office.secretary.presses("➕ Thêm người")
    await office.secretary.says("\n".join(lines))


async def invites_all(office: Office) -> None:
    await office.secretary.taps_code("guests.1")
    label = next(one for one in ("1", "2", "3") if office.secretary.sees_button(f"📨 Gửi giấy mời ({one})"))
    await office.secretary.presses(f"📨 Gửi giấy mời ({label})")
    await office.secretary.presses("Gửi")


async def invited_official(office: Office) -> None:
    """The official Lê Thị Hoa stands in the first group and has the invitation."""
    await opens_group(office, "1")
    await office.secretary.presses("➕ Thêm người")
    await office.secretary.presses("Lê Thị Hoa – Cán bộ, công chức chuyên môn thị trấn")
    await office.secretary.presses("Xong")
    await invites_all(office)
    office.secretary.reads()


async def guests(world: World) -> list[Guest]:
    async with world.store.reading() as uow:
        return list(await uow.guests.of_meeting(1))  # type: ignore[arg-type]


async def test_the_list_is_kept_in_the_groups_of_the_plan_parties_apart_from_those_who_attend(office: Office) -> None:
    await adds(office, "5", FRONT, POLICE)
    assert "Đã thêm 2 người" in office.secretary.hears()
    card = office.secretary.hears()
    assert "1. Nguyễn Thị Nga, Chủ tịch UBMTTQ: chưa trả lời" in card
    assert "2. Lê Văn Công, Trưởng Công an: chưa trả lời" in card
    await adds(office, "1", "Trần Văn Bình", POLICE)
    assert "Đã thêm 1 người. Đã có trong danh sách từ trước: 1." in office.secretary.hears()
    office.secretary.reads()
    await office.secretary.presses("🎫 Khách mời")
    card = office.secretary.hears()
    assert "3 người" in card
    parties, attending = card.split("ĐẠI BIỂU DỰ")
    assert "1. Thành phần đối thoại khác: mời 1" in parties
    assert "2. Đại diện Thường trực Đảng ủy, HĐND, lãnh đạo UBND thị trấn: mời 0" in attending
    assert "5. Bí thư chi bộ" in attending
    assert "mời 2, dự 0, dự thay 0, vắng 0, chưa trả lời 2" in attending


async def test_a_wrong_line_is_named_and_the_rest_of_the_list_is_taken(office: Office) -> None:
    await adds(office, "1", "Trần Văn Bình", "…")
    assert "2. … – chưa có họ tên" in office.secretary.hears()
    await office.secretary.says("Lê Văn Cam, Bí thư, 091234567")
    assert "1. Lê Văn Cam, Bí thư, 091234567 – số điện thoại không đúng" in office.secretary.hears()
    await office.secretary.sends_photo(b"\x89PNG\r\n\x1a\n0000")
    assert "bằng chữ" in office.secretary.hears()
    await office.secretary.says("Lê Văn Cam, Bí thư, ĐT: 0912345678")
    assert [guest.name for guest in await guests(office.world)] == ["Trần Văn Bình", "Lê Văn Cam"]
    assert "0912345678" not in office.secretary.hears()


async def test_somebody_of_the_office_is_invited_with_a_tap_and_answers_with_one(office: Office) -> None:
    await opens_group(office, "1")
    assert "Chưa có ai" in office.secretary.hears()
    await office.secretary.presses("➕ Thêm người")
    await office.secretary.presses("Lê Thị Hoa – Cán bộ, công chức chuyên môn thị trấn")
    assert "Đã thêm Lê Thị Hoa" in office.secretary.hears()
    await office.secretary.presses("Đinh Văn Chủ – thị trấn Di Lăng")
    await office.secretary.presses("Xong")
    assert "2. Đinh Văn Chủ, thị trấn Di Lăng: chưa trả lời" in office.secretary.hears()
    assert office.official.hears() == "", "nothing was sent yet"
    await office.secretary.presses("🎫 Khách mời")
    await office.secretary.presses("📨 Gửi giấy mời (2)")
    assert "Kính mời Lê Thị Hoa dự buổi đối thoại" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "Đã gửi 2 giấy mời." in office.secretary.hears()

    letter = office.official.hears()
    for said in ("GIẤY MỜI", "thành phần đối thoại", "08:00, 25/04/2024", APRIL):
        assert said in letter
    await office.official.presses("Dự")
    assert "✅ dự" in office.official.hears()
    office.secretary.reads()
    await office.chair.presses("Vắng")
    assert "Đinh Văn Chủ báo vắng buổi" in office.secretary.hears()
    await office.secretary.taps_code("guests.1")
    assert "Dự 1, cử người dự thay 0, vắng 1, chưa trả lời 0" in office.secretary.hears()


async def test_a_guest_sends_somebody_else_and_changes_the_reply(office: Office) -> None:
    await invited_official(office)
    await office.official.presses("Cử người dự thay")
    assert "Ai dự thay Lê Thị Hoa?" in office.official.hears()
    await office.official.says("…")
    assert "Xin gõ họ tên người dự thay" in office.official.hears()
    await office.official.says("x" * 201)
    assert "dài" in office.official.hears()
    await office.official.sends_photo(b"\x89PNG\r\n\x1a\n0000")
    await office.official.says("Võ Văn Tâm, Phó phòng")
    assert "👤 cử Võ Văn Tâm, Phó phòng dự thay" in office.official.hears()
    assert "Lê Thị Hoa cử Võ Văn Tâm, Phó phòng dự thay" in office.secretary.hears()
    await office.secretary.presses("Mở")
    assert "Trả lời: 👤 cử Võ Văn Tâm" in office.secretary.hears()
    office.official.reads()
    await office.official.presses("Đổi trả lời")
    assert "Xin chọn lại" in office.official.hears()
    await office.official.presses("Dự")
    [guest] = await guests(office.world)
    assert (guest.reply, guest.stand_in) == (GuestReply.COMING, "")


async def test_who_has_no_chat_is_called_and_the_secretary_notes_the_reply(office: Office) -> None:
    await adds(office, "2", FRONT, POLICE)
    await office.secretary.taps_code("guestsend.1")
    assert "Gửi giấy mời tới" not in office.secretary.hears(), "nobody has a chat"
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        invited = await send_invitations(uow, by=secretary, meeting_id=1)  # type: ignore[arg-type]
        assert (invited.sent, [guest.name for guest in invited.to_call]) == (0, ["Nguyễn Thị Nga", "Lê Văn Công"])
    await opens_group(office, "2")
    await office.secretary.presses("1")
    assert "Điện thoại: +84912345678" in office.secretary.hears()
    assert "Chưa gửi giấy mời" in office.secretary.hears()
    await office.secretary.presses("Cử người dự thay")
    await office.secretary.says("Võ Văn Tâm")
    assert "Trả lời: 👤 cử Võ Văn Tâm dự thay" in office.secretary.hears()
    office.secretary.reads()
    await office.secretary.presses("Về nhóm")
    await office.secretary.presses("2")
    await office.secretary.presses("Vắng")
    assert "Trả lời: ❌ vắng" in office.secretary.hears()
    assert "báo vắng" not in office.secretary.hears(), "nobody is told of the own deed"
    await office.chair.taps_code("guest.1")
    assert "Điện thoại" not in office.chair.hears(), "the number is the secretary's to call"
    assert not office.chair.sees_button("Vắng")


@pytest.mark.contract
async def test_who_becomes_known_by_a_proven_number_gets_the_invitation(office: Office) -> None:
    await adds(office, "2", FRONT, "Trần Văn Xa, Bí thư, 0987654321")
    nga = await office.world.resident("DL-hang-gon", "Nguyễn Thị Nga")
    son = await office.world.resident("DL-hang-gon", "Nguyễn Văn Con")
    async with office.world.store.unit() as uow:
        for name in ("Nguyễn Thị Nga", "Nguyễn Văn Con"):  # one phone serves the household
            person = await person_named(uow, name)
            person.phone_index, person.phone_proven = uow.vault.index("+84912345678"), True
        await uow.commit()
    await invites_all(office)
    assert "Kính mời Nguyễn Thị Nga" in nga.hears()
    assert son.hears() == ""
    assert "Cần mời trực tiếp hoặc qua điện thoại" in office.secretary.hears()
    assert "– Trần Văn Xa, Bí thư" in office.secretary.hears()
    await adds(office, "3", "Người Lạ, Phó ban, 0912345678")
    assert [guest.person_id is None for guest in await guests(office.world)] == [False, True, True]


async def reminded(office: Office, day: int, hour: int = 8) -> int:
    office.world.clock.move_to(local(2024, 4, day, hour))
    letters = await run_reminders(office.world.store.unit)
    await office.world.settle()
    return letters


async def test_who_has_not_replied_is_reminded_once_two_days_before_and_the_office_calls_the_rest(
    office: Office,
) -> None:
    await invited_official(office)
    await adds(office, "2", FRONT, POLICE)
    await office.secretary.taps_code("guestyes.3")
    office.put_away()
    await reminded(office, 22)
    assert office.official.hears() == ""
    await reminded(office, 23)
    assert "chưa nhận được trả lời giấy mời" in office.official.hears()
    assert "xin gọi điện:\n– Nguyễn Thị Nga, Chủ tịch UBMTTQ" in office.secretary.hears()
    assert "Lê Văn Công" not in office.secretary.hears()
    office.put_away()
    await reminded(office, 23, 9)
    await reminded(office, 24)
    assert office.official.hears() == ""
    assert office.secretary.hears() == ""
    await office.official.presses("Dự")
    assert "✅ dự" in office.official.hears()


async def test_who_replied_or_was_invited_only_today_is_left_alone(office: Office) -> None:
    await invited_official(office)
    await office.official.presses("Dự")
    office.world.clock.move_to(local(2024, 4, 23))
    await opens_group(office, "1")
    await office.secretary.presses("➕ Thêm người")
    await office.secretary.presses("Phạm Văn Dân – Bộ phận Kiểm tra - Tuyên giáo - Dân vận Đảng ủy")
    await office.secretary.presses("Xong")
    await invites_all(office)
    office.put_away()
    await reminded(office, 23, 10)
    assert office.official.hears() == ""
    assert office.other.hears() == ""
    await reminded(office, 24)
    assert "chưa nhận được trả lời" in office.other.hears()


async def test_a_meeting_that_is_moved_asks_everybody_anew(office: Office) -> None:
    """R065: a reply was for the old day."""
    await invited_official(office)
    await office.official.presses("Dự")
    await adds(office, "2", POLICE)
    await office.secretary.taps_code("guestyes.2")
    office.put_away()
    await office.secretary.taps_code("meetingcard.1")
    await fixes_day(office.secretary, "26/04/2024")
    assert "có thay đổi" in office.official.hears()
    assert "08:00, 26/04/2024" in office.official.hears()
    assert "xin gọi báo lại:\n– Lê Văn Công, Trưởng Công an" in office.secretary.hears()
    assert {guest.reply for guest in await guests(office.world)} == {GuestReply.OPEN}
    await office.official.presses("Vắng")
    assert "❌ vắng" in office.official.hears()


async def test_a_meeting_that_is_put_off_is_told_to_whoever_was_invited_and_so_is_its_new_day(office: Office) -> None:
    await invited_official(office)
    await adds(office, "2", POLICE)
    office.put_away()
    await office.secretary.taps_code("postpone.1")
    await office.secretary.says("Lãnh đạo đi vắng")
    await office.secretary.presses("Bỏ qua")
    await office.secretary.presses("Gửi")
    told = office.official.hears()
    assert "được hoãn, ngày mới sẽ báo sau. Lý do: Lãnh đạo đi vắng" in told
    assert not office.official.sees_button("Dự"), "there is no day to reply to"
    await office.secretary.taps_code("meetingcard.1")
    await fixes_day(office.secretary, "26/04/2024")
    assert "Thời gian: 08:00, 26/04/2024" in office.official.hears()
    await office.official.presses("Dự")
    assert "✅ dự" in office.official.hears()


async def test_a_meeting_that_is_off_is_told_and_takes_no_reply_any_more(office: Office) -> None:
    await invited_official(office)
    office.put_away()
    await office.secretary.taps_code("meetingcard.1")
    await office.secretary.presses("Huỷ buổi")
    await office.secretary.says("Bão số 3")
    await office.secretary.presses("Gửi")
    assert "đã huỷ. Lý do: Bão số 3" in office.official.hears()
    await office.official.taps_code("guestyes.1")
    assert "✅" not in office.official.hears()
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        for refused in (
            add_guests(uow, by=secretary, meeting_id=1, group=("", True), typed="Lê Văn An"),  # type: ignore[arg-type]
            send_invitations(uow, by=secretary, meeting_id=1),  # type: ignore[arg-type]
        ):
            with pytest.raises(RuleBroken):
                await refused
    await office.secretary.taps_code("guest.1")
    assert not office.secretary.sees_button("Bỏ khỏi danh sách")


async def test_who_is_taken_off_the_list_is_told_if_invited(office: Office) -> None:
    await invited_official(office)
    await adds(office, "1", "Trần Văn Bình")
    office.put_away()
    for code in ("guestremove.1", "guestremove.2"):
        await office.secretary.taps_code(code)
    assert "Đã bỏ Trần Văn Bình khỏi danh sách" in office.secretary.hears()
    assert "không còn hiệu lực" in office.official.hears()
    assert await guests(office.world) == []
    await office.official.taps_code("guestyes.1")
    assert "Không tìm thấy" in office.official.hears()


async def test_guests_come_through_the_door_and_are_counted_apart(office: Office) -> None:
    await invited_official(office)
    await adds(office, "2", POLICE, "Trần Văn Bình")
    await office.official.presses("Cử người dự thay")
    await office.official.says("Võ Văn Tâm")
    office.world.clock.move_to(local(2024, 4, 25, 7, 30))
    await office.secretary.says("/dontiep")
    await office.secretary.says("vo van tam")
    await office.secretary.presses("🎫 Võ Văn Tâm (Lê Thị Hoa) – Cán bộ, công chức chuyên môn thị trấn")
    assert "có mặt lúc 07:30, 25/04/2024 (Võ Văn Tâm)" in office.secretary.hears()
    await office.secretary.says("hoa")
    await office.secretary.presses("✓ 🎫 Võ Văn Tâm (Lê Thị Hoa) – Cán bộ, công chức chuyên môn thị trấn")
    assert "đã ghi từ trước" in office.secretary.hears()
    await office.secretary.says("binh")
    await office.secretary.presses("🎫 Trần Văn Bình")
    await office.secretary.presses("Ghi nhầm, bỏ đi")
    assert "Đã bỏ ghi có mặt của Trần Văn Bình" in office.secretary.hears()
    await office.secretary.presses("Số người đến")
    assert "🎫 Thành phần đối thoại: 1/1" in office.secretary.hears()
    assert "🎫 Đại biểu dự: 0/2" in office.secretary.hears()
    await office.chair.taps_code("guest.1")
    assert "✓ có mặt lúc 07:30" in office.chair.hears()


async def test_who_came_gets_the_conclusion(office: Office) -> None:
    """R169."""
    await invited_official(office)
    await adds(office, "2", POLICE)
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(RuleBroken):  # not today
            await guest_in(uow, by=secretary, meeting_id=1, guest_id=1)  # type: ignore[arg-type]
    office.world.clock.move_to(local(2024, 4, 25, 8))
    await office.secretary.taps_code("doorguest.1.1")
    await office.secretary.says("menu")
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Khai mạc")
    await office.closed()
    await office.secretary.taps_code("conclusionadd.1")
    for answer in ("Sửa đường xóm 3.", "Điện lực huyện"):
        await office.secretary.says(answer)
    for button in ("Không có hạn", "Không có câu hỏi nào", "Gửi"):
        await office.secretary.presses(button)
    office.put_away()
    await office.chair.taps_code("conclusionpublish.1")
    await office.chair.presses("Gửi")
    assert "📌 Kết luận buổi đối thoại" in office.official.hears()
    assert "📌" not in office.other.hears()


async def test_strangers_and_other_guests_get_nowhere(office: Office) -> None:
    await invited_official(office)
    elsewhere = await neighbour_unit(office.world, Role.SECRETARY)
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    codes = ("guests.1", "guestgroup.1.0", "guestadd.1.0", "guestsend.1", "guestsent.1", "guest.1", "guestremove.1")
    codes += ("guestyes.1", "guestno.1", "gueststand.1", "guestask.1", "doorguest.1.1", "doorguestundo.1.1")
    for phone in (elsewhere, head, office.other, office.mai):
        for code in codes:
            await phone.taps_code(code)
            if code.startswith("door") and phone is office.other:
                continue  # any official helps at the door
            assert "Không tìm thấy" in phone.hears(), code
            phone.reads()
    for code in ("guestremove.1", "guestsent.1", "guestadd.1.0"):
        await office.chair.taps_code(code)
        assert "Lê Thị Hoa" not in office.chair.hears(), code
    for code in ("guestgroup.1.99", "guestgroup.1.x", "guest.99"):
        await office.secretary.taps_code(code)
        assert "Không tìm thấy" in office.secretary.hears(), code
    async with office.world.store.unit() as uow:
        secretary, mai = [await person_named(uow, name) for name in ("Trần Văn Thư", "Nguyễn Thị Mai")]
        with pytest.raises(NotFound):  # not of the office
            await add_colleague(uow, by=secretary, meeting_id=1, group=("", True), person_id=mai.id)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            await answer_invitation(uow, by=mai, guest_id=1, reply=GuestReply.COMING)  # type: ignore[arg-type]
    other = await planned_meeting(office.world)
    await set_meeting(office.world, other, MeetingState.OPEN)
    await office.secretary.taps_code(f"doorguest.{other.id}.1")
    assert "Không tìm thấy" in office.secretary.hears()


@pytest.mark.contract
async def test_a_long_group_has_pages(office: Office) -> None:
    await adds(office, "2", *[f"Đại biểu {number}" for number in range(1, 13)])
    assert "10. Đại biểu 10" in office.secretary.hears()
    assert "11. Đại biểu 11" not in office.secretary.hears()
    await office.secretary.presses("Xem tiếp (2)")
    assert "11. Đại biểu 11" in office.secretary.hears()
    await office.secretary.presses("12")
    assert "Đại biểu 12" in office.secretary.hears()


async def test_a_guest_sees_the_invitation_among_the_own_data_and_takes_it_along(office: Office) -> None:
    """LAW C5."""
    await invited_official(office)
    await office.official.says("/dulieu")
    assert f"– {APRIL}: Cán bộ, công chức chuyên môn thị trấn, chưa trả lời" in office.official.hears()
    await office.official.says("/xoa")
    await office.official.presses("Xoá")
    [guest] = await guests(office.world)
    assert (guest.name, guest.office, guest.phone_index) == ("", "", None)


async def test_before_the_day_is_fixed_nothing_is_sent(world: World) -> None:
    office = await open_office(world)
    await makes_meeting(office.secretary, APRIL)
    await office.secretary.presses("🎫 Khách mời")
    await office.secretary.presses("1")
    await office.secretary.presses("➕ Thêm người")
    await office.secretary.presses("Lê Thị Hoa – Cán bộ, công chức chuyên môn thị trấn")
    await office.secretary.presses("Xong")
    await office.secretary.presses("🎫 Khách mời")
    assert not office.secretary.sees_button("📨 Gửi giấy mời (1)")
    await office.secretary.taps_code("guestsent.1")
    assert office.official.hears() == ""
