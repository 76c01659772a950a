"""Delegates by quota, as Vĩnh Bảo has them: waiting, the hamlet's list from composing to acceptance (R110–R116)."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest

from intake.actions.meetings.cancel_meeting import cancel_meeting
from intake.actions.meetings.check_in import check_in
from intake.actions.meetings.compose_roster import add_to_roster
from intake.actions.meetings.hold_meeting import open_meeting
from intake.actions.meetings.submit_roster import accept_roster, submit_roster
from intake.rules.meetings.meeting import RegistrationState
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit
from tests.support.delegates import Occasion, fixed, occasion, person_called
from tests.support.stories import planned_meeting
from tests.support.world import Line, Phone, World, local, opened_world

MEETING = "Hội nghị đối thoại năm 2026"


@pytest.fixture
async def world(make_line: Callable[[], Line], tmp_path: Path) -> AsyncIterator[World]:
    """July 2026."""
    async with opened_world(tmp_path, make_line, local(2026, 7, 1)) as opened:
        yield opened


async def vinh_bao(world: World, quota: int | None = 3) -> Occasion:
    return await occasion(world, "vinh-bao-2026", quota=quota, reading="b", starts_at=local(2026, 9, 15))


async def people_of_east(world: World, *names: str) -> list[Phone]:
    return [await world.resident("VB-dong", name) for name in names]


async def registers(phone: Phone, kind: str = "Tham dự") -> str:
    await phone.says("/dangky")
    await phone.presses(kind)
    if kind == "Phát biểu":
        await phone.presses("Bỏ qua")
    await phone.presses("Gửi")
    return phone.hears()


async def composes(head: Phone) -> str:
    await head.says("/danhsach")
    await head.presses("Soạn danh sách")
    return head.hears()


async def test_twenty_one_hamlets_send_three_delegates_each_from_their_lists_to_the_door(world: World) -> None:
    """R111, R112: 21 × 3 = 63; one hamlet by conversation, the others by what the conversation calls."""
    here = await vinh_bao(world)
    assert len(here.units) == 21
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    await composes(head)
    for name in ("Trần Thị Một", "Trần Văn Hai", "Trần Thị Ba"):
        await head.presses("Thêm người")
        await head.says(name)
    assert "Đại biểu Nhân dân: 3/3, đã đủ" in head.hears()
    await head.presses("Nộp danh sách")
    assert "Đã nộp danh sách" in head.hears()
    await secretary.presses("Mở danh sách")
    assert "1. Trần Thị Một" in secretary.hears()
    await secretary.presses("Duyệt")
    assert "Đã duyệt 1/21 danh sách, tổng số 3 người" in secretary.hears()
    assert "đã được duyệt" in head.hears()

    for unit in here.units:
        if unit.name != "Thôn Đông":
            await sends_three(here, unit)
    await secretary.says("/danhsach")
    await secretary.presses("Danh sách các đơn vị")
    assert "Đã duyệt 21/21 danh sách, tổng số 63 người" in secretary.hears()

    world.clock.move_to(local(2026, 9, 15, 7))
    standing = await here.registrations()
    assert len(standing) == 63
    async with world.store.unit() as uow:
        for registration in standing[3:]:
            await check_in(uow, by=here.office, meeting_id=here.meeting.id, registration_id=registration.id)
        await uow.commit()
    await secretary.says("đón tiếp")
    assert "Đã đến 60/63" in secretary.hears()
    for registration in standing[:3]:
        await secretary.says(registration.reference)
    await secretary.presses("Số người đến")
    assert "Đã đến 63/63" in secretary.hears()
    assert "Thôn Đông: 3/3" in secretary.hears()


async def sends_three(here: Occasion, unit: Unit) -> None:
    async with here.world.store.unit() as uow:
        for number in range(3):
            await add_to_roster(
                uow,
                by=here.office,
                meeting_id=here.meeting.id,
                unit_id=unit.id,
                name=f"{('Một', 'Hai', 'Ba')[number]} {unit.name}",
                hamlet_id=unit.id,
            )
        await submit_roster(uow, by=here.office, meeting_id=here.meeting.id, unit_id=unit.id)
        await accept_roster(uow, by=here.office, meeting_id=here.meeting.id, unit_id=unit.id)
        await uow.commit()


async def test_registering_takes_four_taps_at_most_after_consent(world: World) -> None:
    """From the card with the six buttons to the receipt, the meeting to be chosen too; the content is typed."""
    await vinh_bao(world)
    window = (date(2026, 10, 1), date(2026, 10, 31))
    await planned_meeting(world, title="Đối thoại chuyên đề", plan="vinh-bao-2026", window=window)
    [mai] = await people_of_east(world, "Nguyễn Thị Mai")
    await mai.says("menu")
    taps = 0
    for does in ("🙋 Đăng ký", MEETING, "Phát biểu", "", "Gửi"):
        assert "Đã đăng ký" not in mai.hears()
        if does:
            await mai.presses(does)
            taps += 1
        else:
            assert "Bà/ông muốn phát biểu về việc gì?" in mai.hears()
            await mai.says("Đèn đường ở đình làng")
        if does == MEETING:
            assert "Dành cho đại biểu của các đơn vị" in mai.hears()
            assert "Thôn Đông có 3 chỗ, còn 3." in mai.hears()
    assert "Đã đăng ký phát biểu, mã ĐK-VB-2026-0001" in mai.hears()
    assert taps <= 4


async def test_who_comes_when_the_seats_are_taken_is_told_the_number_and_then_of_the_seat(world: World) -> None:
    """R116: an honest number on the waiting list, and the news at once when somebody withdraws."""
    await vinh_bao(world, quota=1)
    mot, hai, ba = await people_of_east(world, "Nguyễn Thị Một", "Nguyễn Văn Hai", "Nguyễn Thị Ba")
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    assert "Đã đăng ký tham dự" in await registers(mot)
    await hai.says("/dangky")
    assert "đã đủ. Đăng ký bây giờ là vào danh sách chờ, thứ 1" in hai.hears()
    assert "danh sách chờ của Thôn Đông, thứ 1" in await registers(hai)
    assert "danh sách chờ của Thôn Đông, thứ 2" in await registers(ba)
    await hai.says("/dangky")
    assert "thứ 1" in hai.hears()
    assert not hai.sees_button("Mã vào cửa")
    hai.reads()
    head.reads()

    await mot.says("/dangky")
    assert "rút là chỗ chuyển ngay cho người ấy" in mot.hears(), "it is not got back"
    await mot.presses("Rút đăng ký")
    assert "Đã có chỗ cho bà/ông" in hai.hears()
    assert "Nguyễn Văn Hai được chuyển từ danh sách chờ" in head.hears()
    await hai.presses("Đăng ký của tôi")
    assert "có tên trong danh sách của Thôn Đông" in hai.hears()
    await ba.says("/dangky")
    assert "thứ 1" in ba.hears()
    assert "rút là chỗ" not in ba.hears(), "whoever waits has no seat"


async def test_while_nobody_has_set_the_quota_all_wait_and_get_their_seats_with_it(world: World) -> None:
    """R111: the plan gives no numbers; raising gives seats at once, lowering takes none."""
    here = await vinh_bao(world, quota=None)
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    mot, hai, ba = await people_of_east(world, "Nguyễn Thị Một", "Nguyễn Văn Hai", "Nguyễn Thị Ba")
    await mot.says("/dangky")
    assert "Chỉ tiêu của Thôn Đông chưa được ấn định" in mot.hears()
    for number, phone in enumerate((mot, hai, ba), 1):
        assert f"đứng thứ {number} trong danh sách chờ" in await registers(phone)
    await composes(head)
    assert "chưa ghi số lượng" in head.hears()
    await head.presses("Nộp danh sách")
    assert "chưa được ấn định nên chưa nộp được" in head.hears()
    mot.reads()

    await secretary.says("/danhsach")
    assert "Danh sách chờ: 3 người" in secretary.hears()
    await secretary.presses("Danh sách các đơn vị")
    await secretary.presses("Chỉ tiêu")
    await secretary.says("mọi thôn")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("Tất cả")
    for wrong in ("hai", "-1", "9999"):
        await secretary.says(wrong)
        assert "Xin gõ một số từ 0 đến 999" in secretary.hears()
    await secretary.says("2")
    assert "Đã đặt chỉ tiêu 2 cho 21 đơn vị. 2 người" in secretary.hears()
    assert "Đã có chỗ cho bà/ông" in mot.hears()
    assert "Đã có chỗ cho bà/ông" not in ba.hears()
    assert "Chỉ tiêu của Thôn Đông" in head.hears()

    await secretary.presses("Chỉ tiêu")
    await secretary.presses("Thôn Đông: 2")
    await secretary.says("1")
    assert "Thôn Đông: 2/1, chưa nộp" in secretary.hears()
    assert [one.state for one in await here.registrations()] == [RegistrationState.STANDING] * 2
    await composes(head)
    assert "Đại biểu Nhân dân: 2/1, thừa 1" in head.hears()
    apart = await world.resident("VB", "Lê Văn Khách")
    await apart.says("/dangky")
    assert "danh sách chờ" not in apart.hears(), "of no hamlet: no quota counts for them"
    assert "Đã đăng ký" in await registers(apart)


async def test_the_head_orders_the_list_and_takes_people_off_with_a_reason(world: World) -> None:
    here = await vinh_bao(world, quota=2)
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    names = ("Nguyễn Thị Một", "Nguyễn Văn Hai", "Nguyễn Thị Ba", "Nguyễn Văn Bốn")
    mot, hai, ba, bon = await people_of_east(world, *names)
    for phone in (mot, hai, ba, bon):
        await registers(phone)
    heard = await composes(head)
    assert "2. Nguyễn Văn Hai" in heard
    assert "Danh sách chờ (2):\n1. Nguyễn Thị Ba" in heard

    await head.presses("Nguyễn Văn Bốn")
    await head.presses("Lên một bậc")
    await head.sends_photo(b"picture")
    assert "bằng chữ" in head.hears()
    await head.says("!!!")
    assert "lý do" in head.hears()
    await head.says("Có nhiều ý kiến của xóm")
    assert "Danh sách chờ (2):\n1. Nguyễn Văn Bốn" in head.hears()
    assert "đổi thứ tự: Có nhiều ý kiến của xóm" in head.hears()
    await head.presses("Nguyễn Thị Một")
    await head.presses("Lên một bậc")
    await head.says("Lớn tuổi nhất")
    assert "đã ở đầu hoặc cuối" in head.hears()
    await head.presses("Huỷ")
    await composes(head)
    await head.presses("Nguyễn Thị Một")
    await head.presses("Xuống một bậc")
    await head.says("Nhường người lớn tuổi")
    assert "2. Nguyễn Thị Một" in head.hears()

    bon.reads()
    await head.presses("Nguyễn Văn Hai")
    await head.presses("Bỏ khỏi danh sách")
    await head.says("Đã đi làm xa")
    assert "đưa ra khỏi danh sách của Thôn Đông" in hai.hears()
    assert "Lý do: Đã đi làm xa" in hai.hears()
    assert "Đã có chỗ cho bà/ông" in bon.hears(), "first on the waiting list since the head moved them there"
    assert "Nguyễn Văn Hai" not in await composes(head)
    states = [one.state for one in await here.registrations(waiting=True)]
    assert states.count(RegistrationState.STANDING) == 2
    await hai.says("/dulieu")
    assert "đã đưa ra khỏi danh sách" in hai.hears()
    assert "Lý do thay đổi trong danh sách: Đã đi làm xa" in hai.hears()


@pytest.mark.contract
async def test_a_list_is_handed_in_returned_with_a_reason_corrected_and_accepted(world: World) -> None:
    await vinh_bao(world, quota=2)
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    [mot] = await people_of_east(world, "Nguyễn Thị Một")
    await composes(head)
    await head.presses("Nộp danh sách")
    assert "Danh sách chưa có ai" in head.hears()
    await registers(mot)
    mot.reads()
    await composes(head)
    await head.presses("Nộp danh sách")
    assert "chưa đủ:\nĐại biểu Nhân dân: 1/2, còn thiếu 1" in head.hears()
    await head.presses("Vẫn nộp")
    assert "đã nộp, chờ duyệt" in head.hears()
    assert not head.sees_button("Thêm người")
    assert "đã được nộp, chờ duyệt" in mot.reads()
    assert "Thôn Đông đã nộp danh sách 1 người" in secretary.hears()

    await secretary.presses("Mở danh sách")
    await secretary.presses("Yêu cầu sửa")
    await secretary.says("Cần đủ 2 người")
    assert "Đã trả lại danh sách" in secretary.hears()
    assert "Lý do: Cần đủ 2 người" in head.hears()
    assert "được trả lại để sửa" in mot.reads()
    await head.presses("Mở danh sách")
    await head.presses("Thêm người")
    await head.says("Trần Văn Hai")
    await head.presses("Nộp danh sách")
    assert "Đại biểu Nhân dân: 2/2, đã đủ" in head.hears()
    stale = head.button("Thêm người")
    await head.taps_code(stale)
    await head.says("Trần Thị Ba")
    assert "Danh sách đã nộp nên không sửa được" in head.hears()
    await head.presses("Huỷ")

    await secretary.presses("Mở danh sách")
    accept = secretary.button("Duyệt")
    await secretary.presses("Duyệt")
    assert "Mời bà/ông đến dự" in mot.hears()
    await secretary.taps_code(accept)
    assert "đã được xử lý" in secretary.hears()
    await mot.says("/dangky")
    assert "danh sách đã được duyệt" in mot.hears()

    # somebody withdraws from an accepted list: whoever waits comes in, and the office hears of it
    [ba] = await people_of_east(world, "Nguyễn Thị Ba")
    await registers(ba)
    secretary.reads()
    await mot.says("/dangky")
    await mot.presses("Rút đăng ký")
    assert "Đã có chỗ cho bà/ông" in ba.hears()
    assert "Nguyễn Thị Ba được chuyển từ danh sách chờ" in secretary.hears()


async def test_the_due_date_is_set_shown_reminded_of_and_a_late_list_is_marked(world: World) -> None:
    here = await vinh_bao(world, quota=1)
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    await secretary.says("/danhsach")
    await secretary.presses("Danh sách các đơn vị")
    assert "Hạn nộp: chưa đặt" in secretary.hears()
    await secretary.presses("Nhắc nơi chưa nộp")
    assert "Đã nhắc 21 nơi" in secretary.hears()
    assert "Xin nộp danh sách của Thôn Đông" in head.reads()
    await secretary.presses("Hạn nộp")
    for wrong, said in (("sớm", "ngày/tháng/năm"), ("30/06/2026", "đã qua"), ("15/09/2026", "trước ngày đối thoại")):
        await secretary.says(wrong)
        assert said in secretary.hears()
    await secretary.says("20/08/2026")
    assert "Hạn nộp danh sách: 20/08/2026, thứ Năm. Tin đang được gửi tới 1 người" in secretary.hears()
    assert "20/08/2026" in head.hears()
    await composes(head)
    assert "Hạn nộp: 20/08/2026" in head.hears()
    await secretary.presses("Nhắc nơi chưa nộp")
    assert "hạn 20/08/2026" in head.hears()

    world.clock.move_to(local(2026, 8, 21))
    await composes(head)
    assert "đã quá hạn, vẫn nộp được" in head.hears()
    await secretary.presses("Nhắc nơi chưa nộp")
    assert "đã quá hạn 20/08/2026" in head.hears()
    await head.presses("Mở danh sách")
    await head.presses("Thêm người")
    await head.says("Trần Văn Hai")
    await head.presses("Nộp danh sách")
    assert "Nộp muộn" in head.hears()
    assert "(muộn)" in secretary.hears()
    await secretary.says("/danhsach")
    await secretary.presses("Danh sách các đơn vị")
    assert "Thôn Đông: 1/1, đã nộp, chờ duyệt (muộn)" in secretary.hears()
    assert here.meeting.lists_due_on is None, "what the test holds is from before"


async def test_what_was_chosen_for_the_plan_is_the_due_date_and_it_never_lies_on_the_meeting(world: World) -> None:
    """ "Trước ngày" is the last working day before (R079); Monday 31 August to 2 September 2026 are days off."""
    here = await vinh_bao(world)
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    for chosen, shown in (("2026-09-07", "04/09/2026"), ("2026-09-30", "14/09/2026")):
        async with world.store.unit() as uow:
            plan = await uow.plans.get(here.meeting.plan_id)
            plan.choices = {**plan.choices, "hamlet-lists-due": chosen}
            await uow.commit()
        heard = await composes(head)
        assert f"Hạn nộp: {shown}" in heard if shown else "Hạn nộp" not in heard


async def test_those_who_wait_hear_of_a_new_day_and_of_the_end_and_then_no_seat_is_given(world: World) -> None:
    here = await vinh_bao(world, quota=1)
    mot, hai = await people_of_east(world, "Nguyễn Thị Một", "Nguyễn Văn Hai")
    await registers(mot)
    await registers(hai)
    hai.reads()
    await fixed(world, here.office, here.meeting, local(2026, 9, 16))
    assert "16/09/2026" in hai.reads()
    assert [one.state for one in await here.registrations(waiting=True)] == ["standing", "waiting"]
    async with world.store.unit() as uow:
        await cancel_meeting(uow, by=here.office, meeting_id=here.meeting.id, reason="Bão số 5")
        await uow.commit()
    await world.settle()
    assert "Bão số 5" in hai.reads()
    await mot.says("/xoa")
    await mot.presses("Xoá")
    assert hai.hears() == ""
    assert [one.state for one in await here.registrations(waiting=True)] == ["waiting"]


async def test_who_moves_keeps_the_seat_until_registering_anew_where_they_live_now(world: World) -> None:
    """The seat counts for the hamlet that gave it; the head sees who has moved."""
    await vinh_bao(world, quota=1)
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    mot, hai = await people_of_east(world, "Nguyễn Thị Một", "Nguyễn Văn Hai")
    doai = await world.resident("VB-doai", "Phạm Văn Đoài")
    for phone in (mot, hai, doai):
        await registers(phone)
    await mot.says("/start h-VB-doai")
    await mot.presses("Đúng")
    assert "Nguyễn Thị Một (ĐK-VB-2026-0001) – đã chuyển nơi ở" in await composes(head)
    await mot.says("/dangky")
    assert "danh sách của Thôn Đông" in mot.hears()
    hai.reads()
    await mot.presses("Phát biểu")
    await mot.presses("Bỏ qua")
    await mot.presses("Gửi")
    assert "danh sách chờ của Thôn Đoài, thứ 1" in mot.hears()
    assert "Đã có chỗ cho bà/ông" in hai.hears()


async def test_a_neighbour_registered_by_the_head_waits_like_everybody_and_the_head_is_told(world: World) -> None:
    await vinh_bao(world, quota=1)
    [mot] = await people_of_east(world, "Nguyễn Thị Một")
    await registers(mot)
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    await head.says("/dangkyho")
    await head.presses(MEETING)
    await head.says("Cụ Năm")
    await head.presses("Tham dự")
    await head.presses("Gửi")
    assert "danh sách chờ của Thôn Đông, thứ 1" in head.hears()
    await mot.says("/dangky")
    await mot.presses("Rút đăng ký")
    assert "báo lại cho Cụ Năm" in head.hears()
    assert "Đã có chỗ" in head.hears()


async def test_lists_are_nobodys_business_but_of_those_who_compose_them(world: World) -> None:
    here = await vinh_bao(world)
    [mot] = await people_of_east(world, "Nguyễn Thị Một")
    other = await world.staff(Role.HAMLET_HEAD, "VB-doai", "Phạm Văn Đoài")
    await registers(mot)
    [registration] = await here.registrations()
    east = here.unit_named("Thôn Đông").id
    meeting = here.meeting.id
    codes = [f"{verb}.{meeting}.{east}" for verb in ("roster", "rosteradd", "rostersend", "rosterok", "rosterfix")]
    codes += [f"{verb}.{registration.id}" for verb in ("rosterone", "rosterup", "rosteroff", "rosterspeak")]
    codes += [f"rosterseat.{registration.id}.resident", f"rosterseat.{registration.id}.king"]
    codes += [f"{verb}.{meeting}" for verb in ("rosters", "quota", "rosterdue", "rosterremind")]
    codes += ["roster.", "roster.1", "roster.x.y", "rosterone.99999", f"roster.{meeting}.99999"]
    for phone in (mot, other):
        for code in codes:
            await phone.taps_code(code)
            assert "Không tìm thấy" in phone.hears(), code


async def test_a_meeting_that_has_begun_takes_no_lists_and_still_takes_people(world: World) -> None:
    here = await vinh_bao(world, quota=1)
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    await composes(head)
    send = head.button("Nộp danh sách")
    world.clock.move_to(local(2026, 9, 15))
    async with world.store.unit() as uow:
        await open_meeting(uow, by=here.office, meeting_id=here.meeting.id)
        await uow.commit()
    await head.presses("Thêm người")
    await head.says("Trần Văn Hai")
    assert "1. Trần Văn Hai" in head.hears()
    await head.taps_code(send)
    assert "đã bắt đầu" in head.hears()
    for verb in ("rosterremind", "rosterdue"):
        await secretary.taps_code(f"{verb}.{here.meeting.id}")
        if verb == "rosterdue":
            await secretary.says("20/09/2026")
        assert "đã bắt đầu" in secretary.hears()
    async with world.store.reading() as uow:
        assert (await person_called(uow, "Trần Văn Hai")).entered_by is not None
    assert here.meeting.window_from == date(2026, 7, 1)


async def test_a_list_is_handed_in_and_accepted_as_it_was_looked_at(plain_world: World) -> None:
    """People register and others withdraw meanwhile: an earlier keyboard shows what it is now and does nothing."""
    await vinh_bao(plain_world, quota=1)
    secretary = await plain_world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    [mot] = await people_of_east(plain_world, "Nguyễn Thị Một")
    head = await plain_world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    await composes(head)
    send = head.button("Nộp danh sách")
    await registers(mot)
    await head.taps_code(send)
    assert "Từ khi bà/ông xem, nội dung này đã có thay đổi nên chưa làm gì." in head.hears()
    assert "1. Nguyễn Thị Một" in head.hears()
    await head.presses("Nộp danh sách")
    assert "Đã nộp danh sách" in head.hears()

    await secretary.presses("Mở danh sách")
    accept = secretary.button("Duyệt")
    await mot.says("/dangky")
    await mot.presses("Rút đăng ký")
    await secretary.taps_code(accept)
    assert "đã có thay đổi nên chưa làm gì" in secretary.hears()
    assert "Nguyễn Thị Một" not in secretary.hears()
