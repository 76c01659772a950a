"""The calendar of the own hamlet, and registering for a meeting (R094, R110–R117)."""

import pytest

from intake.actions.meetings.register import LONGEST_CONTENT, register, withdraw
from intake.actions.people.enrol import enter_neighbour
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingState, RegistrationKind
from intake.rules.people.person import Person, Role
from storage.unit_of_work import SqlUnitOfWork
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import Phone, World


async def test_the_calendar_says_what_when_where_and_for_whom(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon", "DL-lang-dau")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("lịch")

    for told in ("Đối thoại tháng 4 năm 2024", "tháng 4/2024", "Nhà Văn hóa", "TDP Hàng Gòn, TDP Làng Dầu"):
        assert told in mai.hears()
    assert mai.sees_button("🙋 Đăng ký")
    assert mai.sees_button("✍️ Gửi câu hỏi")


async def test_the_calendar_of_another_hamlet_is_not_mine(world: World) -> None:
    await planned_meeting(world, "DL-lang-dau")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/lich")
    assert "chưa có lịch" in mai.hears()
    await mai.says("/dangky")
    assert "chưa có lịch" in mai.hears()


async def test_a_meeting_in_session_for_the_whole_unit_says_so(world: World) -> None:
    meeting = await planned_meeting(world)
    await set_meeting(world, meeting, MeetingState.OPEN)
    async with world.store.unit() as uow:
        stored = await uow.meetings.get(meeting.id)
        stored.theme, stored.venue = "Vệ sinh môi trường", ""
        await uow.commit()
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/lich")
    for told in (
        "Dành cho: thị trấn Di Lăng",
        "Vệ sinh môi trường",
        "Đang diễn ra",
        "14:00, 25/04/2024",
        "địa điểm sẽ",
    ):
        assert told in mai.hears()


@pytest.mark.contract
async def test_attending_takes_four_taps_and_gives_a_reference(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    await planned_meeting(world, "DL-hang-gon", title="Đối thoại chuyên đề")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("menu")
    await mai.presses("🙋 Đăng ký")
    await mai.presses("Đối thoại chuyên đề")
    await mai.presses("Tham dự")
    assert "Xem lại" in mai.hears()
    await mai.presses("Gửi")

    assert "ĐK-DL-2024-0001" in mai.hears()
    assert "Đối thoại chuyên đề" in mai.hears()
    await mai.says("/lich")
    assert "Bà/ông đã đăng ký tham dự, mã ĐK-DL-2024-0001" in mai.hears()


async def test_speaking_about_something_is_looked_at_before_it_is_sent(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("đăng ký")
    await mai.says("phat bieu")
    await mai.says("Rác thải ở chợ")
    assert "Nội dung: Rác thải ở chợ" in mai.hears()
    await mai.presses("Sửa")
    await mai.says("Rác thải ở chợ Di Lăng")
    await mai.presses("Gửi")
    assert "Đã đăng ký phát biểu, mã ĐK-DL-2024-0001" in mai.hears()

    await mai.guesses("send")
    assert "cũ" in mai.hears()
    assert await _registered(world) == [("ĐK-DL-2024-0001", "speak", "Rác thải ở chợ Di Lăng")]


async def test_registering_again_changes_the_kind_and_keeps_number_and_place(world: World) -> None:
    """R113: the order is that of registration."""
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _speaks(mai, "Rác thải ở chợ")
    hai = await world.resident("DL-hang-gon", "Trần Văn Hải")
    await hai.says("/dangky")
    await hai.presses("Phát biểu")
    await hai.presses("Bỏ qua")
    await hai.presses("Gửi")
    assert "ĐK-DL-2024-0002" in hai.hears()

    await mai.says("/dangky")
    assert "Bà/ông đã đăng ký phát biểu, mã ĐK-DL-2024-0001" in mai.hears()
    await mai.presses("Tham dự")
    await mai.presses("Gửi")
    assert await _registered(world) == [("ĐK-DL-2024-0001", "attend", ""), ("ĐK-DL-2024-0002", "speak", "")]


async def test_a_withdrawn_registration_is_gone_and_its_number_is_not_given_again(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/dangky")
    assert not mai.sees_button("Rút đăng ký")
    await mai.presses("Tham dự")
    await mai.presses("Gửi")
    await mai.says("/dangky")
    await mai.presses("Rút đăng ký")
    assert "Đã rút đăng ký ĐK-DL-2024-0001" in mai.hears()
    assert await _registered(world) == []

    await _speaks(mai, "Rác thải ở chợ")
    assert await _registered(world) == [("ĐK-DL-2024-0002", "speak", "Rác thải ở chợ")]


async def test_who_moved_away_can_still_withdraw_but_not_register_anew(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _speaks(mai, "Rác thải ở chợ")
    await mai.says("/start h-DL-lang-dau")
    await mai.presses("Đúng")
    await mai.says("/dangky")
    await mai.presses("Tham dự")
    await mai.presses("Gửi")
    assert "không dành cho thôn" in mai.hears()
    await mai.says("/dangky")
    await mai.presses("Rút đăng ký")
    assert "Đã rút" in mai.hears()


@pytest.mark.parametrize("steps", [(), ("Đối thoại tháng 4 năm 2024",), ("Đối thoại tháng 4 năm 2024", "Phát biểu")])
async def test_cancel_and_nonsense_in_every_step(world: World, steps: tuple[str, ...]) -> None:
    await planned_meeting(world, "DL-hang-gon")
    await planned_meeting(world, "DL-hang-gon", title="Đối thoại chuyên đề")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/dangky")
    for label in steps:
        await mai.presses(label)
    await mai.sends_photo(b"picture")
    assert "Xin" in mai.hears()
    await mai.presses("Huỷ")
    assert "Đã huỷ" in mai.hears()
    assert await _registered(world) == []


async def test_nonsense_and_cancel_in_the_preview(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/dangky")
    await mai.presses("Tham dự")
    await mai.says("hmm")
    assert "Xin chọn một mục" in mai.hears()
    await mai.presses("Sửa")
    assert mai.sees_button("Phát biểu")
    await mai.presses("Tham dự")
    await mai.says("huy")
    assert "Đã huỷ" in mai.hears()
    assert await _registered(world) == []


async def test_a_speech_too_long_is_refused_and_may_be_typed_again(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/dangky")
    await mai.presses("Phát biểu")
    await mai.says("a" * (LONGEST_CONTENT + 1))
    assert "so với mức 2000" in mai.hears()
    await mai.says("Rác thải")
    await mai.presses("Gửi")
    assert "ĐK-DL-2024-0001" in mai.hears()


async def test_a_denunciation_is_no_content_of_a_speech_but_an_everyday_word_is(world: World) -> None:
    """LAW C4: the person decides, not the word (R129)."""
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/dangky")
    await mai.presses("Phát biểu")
    await mai.says("Tôi muốn tố cáo ông ấy")
    await mai.presses("Tố cáo")
    assert "không lưu lại" in mai.hears()
    assert await _registered(world) == []

    await mai.says("/dangky")
    await mai.presses("Phát biểu")
    await mai.says("Khiếu nại kéo dài về đất đai")
    await mai.presses("Kiến nghị")
    await mai.presses("Gửi")
    assert await _registered(world) == [("ĐK-DL-2024-0001", "speak", "Khiếu nại kéo dài về đất đai")]


async def test_a_notice_leads_straight_to_its_meeting_and_a_guessed_code_nowhere(world: World) -> None:
    mine = await planned_meeting(world, "DL-hang-gon")
    other = await planned_meeting(world, "DL-lang-dau", title="Buổi của Làng Dầu")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.taps_code(f"register.{mine.id}")
    assert mai.sees_button("Tham dự")
    for code in (f"register.{other.id}", "register.", "register.x", "register.99999", "register." + "9" * 40):
        await mai.taps_code(code)
        assert "Không tìm thấy" in mai.hears()


async def test_the_meeting_ends_while_somebody_registers(world: World) -> None:
    meeting = await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/dangky")
    await mai.presses("Tham dự")
    await set_meeting(world, meeting, MeetingState.HELD)
    await mai.presses("Gửi")
    assert "đã kết thúc" in mai.hears()
    assert await _registered(world) == []


async def test_an_english_speaker_registers_in_english(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    ann = await world.resident("DL-hang-gon", "Ann Smith")
    await ann.says("/ngonngu")
    await ann.presses("English")
    await ann.presses("🙋 Register")
    await ann.presses("Attend")
    await ann.presses("Send")
    assert "You are registered to attend, code ĐK-DL-2024-0001" in ann.hears()


async def test_nobody_without_a_hamlet_registers(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    thu = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await thu.says("/dangky")
    assert "chưa chọn thôn" in thu.hears()
    await thu.says("/lich")
    assert "chưa chọn thôn" in thu.hears()


async def test_who_may_register_and_withdraw_a_neighbour(world: World) -> None:
    """R111: the head of the neighbour's hamlet and the secretary of the unit, nobody else."""
    meeting = await planned_meeting(world)
    for role, unit in ((Role.HAMLET_HEAD, "DL-hang-gon"), (Role.HAMLET_HEAD, "DL-lang-dau"), (Role.SECRETARY, "DL")):
        await world.staff(role, unit, f"{role.value} {unit}")
    await world.resident("DL-hang-gon", "resident")
    async with world.store.unit() as uow:
        head = await _named(uow, "hamlet_head DL-hang-gon")
        elsewhere = await _named(uow, "hamlet_head DL-lang-dau")
        secretary, resident = await _named(uow, "secretary DL"), await _named(uow, "resident")
        assert head.hamlet_id is not None
        old = await enter_neighbour(uow, head, name="Cụ Năm", hamlet_id=head.hamlet_id)
        what = {"meeting_id": meeting.id, "person": old}
        for stranger in (elsewhere, resident):
            with pytest.raises(NotFound):
                await register(uow, **what, kind=RegistrationKind.ATTEND, content="", entered_by=stranger)
        first = await register(uow, **what, kind=RegistrationKind.SPEAK, content=" Đường ", entered_by=head)
        again = await register(uow, **what, kind=RegistrationKind.ATTEND, content="Đường", entered_by=secretary)
        assert (first.id, first.content, first.entered_by) == (again.id, "", head.id)
        for stranger in (elsewhere, resident):
            with pytest.raises(NotFound):
                await withdraw(uow, **what, by=stranger)
        await withdraw(uow, **what, by=secretary)
        with pytest.raises(NotFound):
            await withdraw(uow, **what, by=head)


async def test_nothing_is_withdrawn_from_a_meeting_that_is_over(world: World) -> None:
    meeting = await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _speaks(mai, "Rác thải ở chợ")
    await set_meeting(world, meeting, MeetingState.HELD)
    async with world.store.unit() as uow:
        person = await _named(uow, "Nguyễn Thị Mai")
        with pytest.raises(RuleBroken, match="meeting_not_yours"):
            await withdraw(uow, meeting_id=meeting.id, person=person, by=person)
        person.hamlet_id = None
        with pytest.raises(RuleBroken, match="no_hamlet"):
            await register(uow, meeting_id=meeting.id, person=person, kind=RegistrationKind.ATTEND, content="")
        with pytest.raises(NotFound):  # nobody's neighbour any more
            await withdraw(uow, meeting_id=meeting.id, person=person, by=await _other(uow))


async def _other(uow: SqlUnitOfWork) -> Person:
    return await uow.people.add(Person("Người lạ"))


async def _speaks(phone: Phone, about: str) -> None:
    await phone.says("/dangky")
    await phone.presses("Phát biểu")
    await phone.says(about)
    await phone.presses("Gửi")


async def _named(uow: SqlUnitOfWork, name: str) -> Person:
    for number in range(1, 20):
        person = await uow.people.get(number)  # type: ignore[arg-type]
        if person is not None and person.name == name:
            return person
    raise AssertionError(name)


async def _registered(world: World) -> list[tuple[str, str, str]]:
    async with world.store.unit() as uow:
        return [
            (one.reference, one.kind.value, one.content)
            for meeting in range(1, 4)
            for one in await uow.meetings.registrations(meeting)  # type: ignore[arg-type]
        ]


async def test_what_is_typed_under_the_preview_belongs_to_what_is_to_be_said(world: World) -> None:
    """People go on in a second message, as they do with a question; a nod is neither a content nor part of one."""
    meeting = await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/dangky")
    await mai.presses("Phát biểu")
    await mai.says("ok ạ")
    assert "Xem lại trước khi gửi" not in mai.hears()
    assert mai.sees_button("Bỏ qua")

    await mai.says("Nước sạch lên giá")
    await mai.says("Tôi muốn hỏi vì sao không báo trước")
    assert "Nước sạch lên giá\nTôi muốn hỏi vì sao không báo trước" in mai.hears()
    await mai.says("ok")
    assert "\nok" not in mai.hears()
    await mai.says("Chủ tịch xã ăn tiền của dân")
    assert mai.sees_button("Phản ánh về cán bộ, gửi kín"), "an accusation is asked about here too"
    await mai.presses("Hỏi")
    await mai.presses("Gửi")
    async with world.store.reading() as uow:
        [one] = await uow.meetings.registrations(meeting.id, waiting=True)
        assert one.content == "Nước sạch lên giá\nTôi muốn hỏi vì sao không báo trước\nChủ tịch xã ăn tiền của dân"


async def test_under_the_preview_of_mere_attendance_words_are_no_content(world: World) -> None:
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/dangky")
    await mai.presses("Tham dự")
    await mai.says("tôi đi cùng cháu")
    assert "Xin chọn một mục bên dưới" in mai.hears()
