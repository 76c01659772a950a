"""Fixing, moving and cancelling a meeting: dates follow, and everybody concerned hears once."""

from datetime import date, datetime, timedelta

import pytest

from intake.actions.deadlines.clocks import settings_of, start_clock
from intake.actions.meetings.cancel_meeting import cancel_meeting
from intake.actions.meetings.fix_meeting import fix_meeting
from intake.actions.meetings.release_notice import release_notice
from intake.rules.deadlines.clock import ClockKind
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.people.person import Person, Role
from intake.rules.questions.question import QuestionState
from intake.rules.questions.reference import start_code
from intake.rules.typed_when import time_typed
from storage.unit_of_work import SqlUnitOfWork
from tests.conftest import load
from tests.support.meetings import APRIL, asks, fixes_day, makes_meeting, pushes_notice, registers, releases_notice
from tests.support.world import Phone, World, local


async def secretary_with_meeting(world: World, *hamlets: str) -> Phone:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL, *hamlets)
    world.clock.move(minutes=5)
    return secretary


async def first_meeting(uow: SqlUnitOfWork, plan_code: str = "di-lang-2024") -> Meeting:
    plan = await uow.plans.by_code(plan_code)
    assert plan is not None
    return (await uow.meetings.of_plan(plan.id))[0]


async def secretary_person(uow: SqlUnitOfWork, unit_code: str = "DL") -> Person:
    unit = await uow.places.unit_by_code(unit_code)
    assert unit is not None
    return (await uow.people.holders(Role.SECRETARY, unit))[0]


async def test_fixing_the_day_sets_the_clocks_anew_and_keeps_the_old_dates(world: World) -> None:
    """R065, A3: for Thu 25/04/2024 notice by 20/04, preparation by 15/04 (Giỗ Tổ is no working day)."""
    secretary = await secretary_with_meeting(world)
    await fixes_day(secretary)

    assert "chậm nhất 20/04/2024" in secretary.hears()
    async with world.store.reading() as uow:
        meeting = await first_meeting(uow)
        clocks = {clock.kind: clock for clock in await uow.clocks.of_meeting(meeting.id)}
    assert meeting.state is MeetingState.FIXED
    assert meeting.starts_at == local(2024, 4, 25, 8)
    assert clocks[ClockKind.NOTICE].due_on == date(2024, 4, 20)
    assert clocks[ClockKind.PREPARATION].due_on == date(2024, 4, 15)
    assert clocks[ClockKind.NOTICE].history[0]["due_on"] == "2024-03-27"


async def test_an_hour_typed_with_the_day_is_offered_and_is_no_venue(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    await secretary.presses("Ấn định ngày")
    await secretary.says("8h30 ngày 25/4/2024")
    await secretary.presses("08:30")
    await secretary.says("8h30 sáng")
    assert "là giờ, chưa phải địa điểm" in secretary.hears()
    await secretary.says("Nhà văn hoá tổ 8")
    assert "08:30, 25/04/2024" in secretary.hears()
    assert "Nhà văn hoá tổ 8" in secretary.hears()


async def test_the_hour_is_kept_where_the_day_is_asked_about(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    await secretary.presses("Ấn định ngày")
    await secretary.says("16h30 20/12/2024")
    await secretary.presses("Vẫn chọn")
    await secretary.presses("16:30")
    assert "Gõ địa điểm cụ thể" in secretary.hears() or "Vẫn chọn" in secretary.hears()


async def test_whoever_registered_or_asked_hears_the_day_once_and_nobody_else(world: World) -> None:
    """R065. Mai did both and hears once; Bình's hamlet is not invited."""
    secretary = await secretary_with_meeting(world, "TDP Hàng Gòn")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    lan = await world.resident("DL-hang-gon", "Phạm Thị Lan")
    binh = await world.resident("DL-lang-dau", "Đinh Thị Bình")
    await asks(mai, "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await registers(mai)
    await fixes_day(secretary)

    assert len(mai.news()) == 1
    assert "08:00, 25/04/2024" in mai.hears()
    assert "Nhà Văn hóa tổ dân phố" in mai.hears()
    assert lan.hears() == ""
    assert binh.hears() == ""
    assert "1 người" in secretary.hears()


@pytest.mark.parametrize("typed", ["để hỏi lại", "31/02/2024", "cuối tháng", "29/02/2023"])
async def test_a_day_typed_wrongly_or_gone_by_is_asked_again(world: World, typed: str) -> None:
    secretary = await secretary_with_meeting(world)
    await secretary.presses("Ấn định ngày")
    await secretary.says(typed)
    assert "Họp ngày nào?" in secretary.hears()
    assert "ví dụ 30/04/2024" in secretary.hears(), "a day of the plan's, not one of years ago"
    await secretary.says("25/04/2024")
    assert "mấy giờ" in secretary.hears()


@pytest.mark.contract
async def test_a_time_typed_wrongly_keeps_the_day(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    await secretary.presses("Ấn định ngày")
    await secretary.says("25/04/2024")
    await secretary.says("sáng sớm")
    assert "Giờ chưa đúng" in secretary.hears()
    assert "25/04/2024" in secretary.hears()
    await secretary.says("25:00")
    assert "Giờ chưa đúng" in secretary.hears()
    await secretary.says("8 giờ")
    await secretary.says("Nhà Văn hóa TDP Hàng Gòn")
    await secretary.presses("Gửi")
    assert "08:00, 25/04/2024\nĐịa điểm: Nhà Văn hóa TDP Hàng Gòn" in secretary.hears()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("08:00", "08:00"), ("8h30", "08:30"), ("8 giờ", "08:00"), ("14g15", "14:15"), ("2 giờ chiều", "14:00")],
)
def test_times_are_read_the_way_people_type_them(typed: str, shown: str) -> None:
    assert f"{time_typed(typed):%H:%M}" == shown


async def test_a_day_outside_the_plan_needs_a_second_word(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    await secretary.presses("Ấn định ngày")
    await secretary.says("02/05/2024")
    assert "từ 01/04/2024 đến 30/04/2024" in secretary.hears()
    await secretary.presses("Vẫn chọn")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    assert "08:00, 02/05/2024" in secretary.hears()


async def test_the_half_day_of_the_plan_needs_a_second_word_too(world: World) -> None:
    """R062: Thạch Thất plans "01 buổi sáng"."""
    await load(world, "thach-that-2023")
    secretary = await world.staff(Role.SECRETARY, "TT", "Lê Thị Minh Thư")
    await makes_meeting(secretary, "Hội nghị đối thoại cấp Huyện năm 2023")
    await secretary.presses("Ấn định ngày")
    await secretary.says("25/04/2024")
    await secretary.presses("Vẫn chọn")
    assert "buổi sáng" in secretary.hears()
    await secretary.says("14:00")
    assert "14:00 không khớp" in secretary.hears()
    await secretary.says("15:00")
    await secretary.presses("Vẫn chọn")
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    assert "15:00, 25/04/2024" in secretary.hears()


async def test_a_day_too_close_for_the_notice_needs_a_reason_that_people_hear(world: World) -> None:
    """R090: 5 days before 03/04 is 29/03; on 31/03 it is too late without the chair's word."""
    secretary = await secretary_with_meeting(world)
    chair = await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await registers(mai)
    world.clock.move_to(local(2024, 3, 31))
    await secretary.presses("Ấn định ngày")
    await secretary.says("03/04/2024")
    assert "chậm nhất 29/03/2024" in secretary.hears()
    await secretary.says("???")
    assert "lý do bằng chữ" in secretary.hears()
    await secretary.says("Bão sắp vào, phải họp sớm")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    assert "Bão sắp vào" in secretary.hears()
    await secretary.presses("Gửi")
    assert mai.hears() == ""
    await chair.presses("Duyệt")
    assert "Lý do họp gấp: Bão sắp vào, phải họp sớm" in mai.hears()


async def test_another_day_can_be_chosen_instead_of_a_reason(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    world.clock.move_to(local(2024, 3, 31))
    await secretary.presses("Ấn định ngày")
    await secretary.says("03/04/2024")
    await secretary.presses("Chọn ngày khác")
    await secretary.says("25/04/2024")
    assert "mấy giờ" in secretary.hears()


async def test_an_hour_of_today_that_is_over_is_refused(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    world.clock.move_to(local(2024, 4, 10, 15))
    await secretary.presses("Ấn định ngày")
    await secretary.says("10/04/2024")
    await secretary.says("Họp khẩn về cháy rừng")
    await secretary.says("8h")
    assert "đã qua" in secretary.hears()
    await secretary.says("17h")
    assert "Bỏ qua" in secretary.news()[-1].buttons


async def test_edit_starts_the_day_over_and_cancel_sends_nothing(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await registers(mai)
    await secretary.presses("Ấn định ngày")
    await secretary.says("25/04/2024")
    await secretary.says("8h")
    await secretary.sends_photo(b"a hall")
    assert "gõ bằng chữ" in secretary.hears()
    await secretary.presses("Bỏ qua")
    await secretary.says("gửi đi nhé")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("Sửa")
    await secretary.says("26/04/2024")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    assert "26/04/2024" in secretary.hears()
    await secretary.presses("Huỷ")
    assert mai.hears() == ""


async def test_a_double_tap_on_send_tells_once(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await registers(mai)
    await secretary.presses("Ấn định ngày")
    await secretary.says("25/04/2024")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    code = secretary.button("Gửi")
    await secretary.taps_code(code)
    await secretary.taps_code(code)
    assert len(mai.news()) == 1


async def test_a_moved_day_reaches_those_who_had_the_notice_and_puts_that_notice_out_of_date(world: World) -> None:
    """R065, R067: people of the pushed hamlet hear the new day; the notice has to be released anew."""
    secretary = await secretary_with_meeting(world)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    other = await world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Phạm Văn Mười")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    binh = await world.resident("DL-lang-dau", "Đinh Thị Bình")
    await fixes_day(secretary)
    await releases_notice(secretary)
    await pushes_notice(head)
    mai.reads()
    old = other.button("Gửi tới thôn")
    world.clock.move(minutes=5)
    await secretary.says("/buoimoi")
    await secretary.presses(f"🗓 {APRIL}")
    await secretary.presses("Đổi ngày")
    await secretary.says("26/04/2024")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")

    assert "Thời gian mới: 08:00, 26/04/2024" in mai.hears()
    assert "Trước đây: 08:00, 25/04/2024" in mai.hears()
    assert binh.hears() == ""
    assert "có thay đổi: 08:00, 26/04/2024" in other.hears(), "they may have read it out and hung it up"
    assert "gỡ áp phích" in other.hears()
    await other.taps_code(old)
    assert "không còn đúng" in other.hears()
    await other.says("/thongbao")
    assert "Không có thông báo nào chờ" in other.hears()
    world.clock.move(minutes=5)
    await releases_notice(secretary)
    await pushes_notice(other)
    assert "26/04/2024" in binh.hears()


async def test_cancelling_tells_everybody_why_and_loses_no_question(world: World) -> None:
    """R067, R160: a clock that waits for the end of a meeting would never start."""
    secretary = await secretary_with_meeting(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    lan = await world.resident("DL-hang-gon", "Phạm Thị Lan")
    await asks(mai, "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await registers(lan)
    await secretary.presses("Huỷ buổi")
    await secretary.sends_photo(b"a storm")
    assert "gõ bằng chữ" in secretary.hears()
    await secretary.says("Mưa bão")
    await secretary.says("gửi luôn đi")
    await secretary.presses("Sửa")
    await secretary.says("Bão số 5")
    assert "2 người" in secretary.hears()
    await secretary.presses("Gửi")

    assert "không tổ chức nữa" in lan.hears()
    assert "Bão số 5" in lan.hears()
    assert "DL-2024-0001" in mai.hears()
    assert "Hạn trả lời: 01/04/2024" in mai.hears()  # 30 days from 1 March is Sunday 31 March
    async with world.store.reading() as uow:
        meeting = await first_meeting(uow)
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        kinds = {clock.kind for clock in await uow.clocks.running_for(question.id)}
        assert await uow.clocks.of_meeting(meeting.id) == []
    assert meeting.state is MeetingState.CANCELLED
    assert question.meeting_id is None
    assert kinds == {ClockKind.ACKNOWLEDGE, ClockKind.REPLY_OUTSIDE}


async def test_a_question_on_a_desk_stays_there_when_its_meeting_is_cancelled(world: World) -> None:
    await secretary_with_meeting(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for text in ("Đường vào xóm 3 hỏng", "Chợ quá bẩn, bao giờ dọn?", "Đã trả lời xong rồi", "Đèn đường tắt"):
        await asks(mai, text)
    async with world.store.unit() as uow:
        meeting = await first_meeting(uow)
        thu = await secretary_person(uow)
        on_desk, no_desk, answered, running = await uow.questions.of_meeting(meeting.id)
        on_desk.state, on_desk.desk_id = (
            QuestionState.WAITING_FOR_MEETING,
            (await uow.places.desks(meeting.unit_id))[0].id,
        )
        no_desk.state = QuestionState.WAITING_FOR_MEETING
        answered.state = QuestionState.ANSWERED
        for kind in (ClockKind.REPLY, ClockKind.ACKNOWLEDGE):
            await start_clock(uow, kind, uow.today, settings=settings_of(None), question=running)
        await cancel_meeting(uow, by=thu, meeting_id=meeting.id, reason="Bão")
        await uow.commit()
    assert on_desk.state is QuestionState.TAKEN_ON
    assert no_desk.state is QuestionState.RECEIVED
    assert answered.meeting_id == meeting.id
    assert running.meeting_id is None


async def test_the_actions_hold_the_rules_by_themselves(world: World) -> None:
    await secretary_with_meeting(world)
    await load(world, "an-duong-2024")
    await world.staff(Role.SECRETARY, "AD", "Trần Thị Hoa")
    async with world.store.unit() as uow:
        meeting = await first_meeting(uow)
        thu, stranger = await secretary_person(uow), await secretary_person(uow, "AD")

        async def fix(by: Person, at: datetime, **more: object) -> int:
            return (
                await fix_meeting(uow, by=by, meeting_id=meeting.id, starts_at=at, venue=" Hội  trường ", **more)  # type: ignore[arg-type]
            ).told

        good = local(2024, 4, 25)
        with pytest.raises(NotFound):
            await fix(stranger, good)
        with pytest.raises(NotFound):
            await cancel_meeting(uow, by=stranger, meeting_id=meeting.id, reason="Bão")
        with pytest.raises(RuleBroken, match="notice_unfixed"):
            await release_notice(uow, by=thu, meeting_id=meeting.id, text="Mời bà con")
        with pytest.raises(RuleBroken, match="meeting_past"):
            await fix(thu, uow.now - timedelta(hours=1), beyond_plan=True)
        with pytest.raises(RuleBroken, match="meeting_beyond_plan"):
            await fix(thu, local(2024, 5, 2))
        with pytest.raises(RuleBroken, match="meeting_too_close"):
            await fix(thu, uow.now + timedelta(days=2), beyond_plan=True)
        with pytest.raises(RuleBroken, match="venue"):
            await fix_meeting(uow, by=thu, meeting_id=meeting.id, starts_at=good, venue=" ")
        assert meeting.state is MeetingState.PLANNED
        await fix(thu, good)
        assert meeting.venue == "Hội trường"
        assert await fix(thu, good) == 0
        await cancel_meeting(uow, by=thu, meeting_id=meeting.id, reason="Bão")
        with pytest.raises(RuleBroken, match="meeting_over"):
            await fix(thu, good)
        with pytest.raises(RuleBroken, match="meeting_over"):
            await cancel_meeting(uow, by=thu, meeting_id=meeting.id, reason="Bão")
        await uow.commit()


async def test_buttons_of_a_cancelled_meeting_lead_nowhere(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    fix, card = secretary.button("Ấn định ngày"), "meetingcard.1"
    cancel = secretary.button("Huỷ buổi")
    await secretary.presses("Huỷ buổi")
    await secretary.says("Bão số 5")
    await secretary.presses("Gửi")
    for code in (fix, cancel):
        await secretary.taps_code(code)
        assert "không đổi được" in secretary.hears()
    await secretary.taps_code(card)
    assert not secretary.sees_button("Ấn định ngày")


async def test_no_old_button_sends_people_to_a_meeting_that_is_off(world: World) -> None:
    """What stood under the receipt of a registration gave the hour and the place all the same."""
    secretary = await secretary_with_meeting(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await registers(mai)
    code = mai.button("Mã vào cửa")
    await secretary.presses("Ấn định ngày")
    await secretary.says("25/04/2024")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    await mai.taps_code(code)
    assert "Xin đưa mã này" in mai.hears()
    await secretary.taps_code("cancelmeeting.1")
    await secretary.says("Bão số 3.")
    await secretary.presses("Gửi")
    await mai.taps_code(code)
    assert "đã huỷ, không tổ chức nữa. Bà/ông không cần đến." in mai.hears()
    assert "25/04/2024" not in mai.hears()
    async with world.store.reading() as uow:
        [registration] = await uow.meetings.registrations(MeetingId(1))
    await mai.says(f"/start {start_code(registration.reference)}")
    assert "Bà/ông không cần đến." in mai.hears(), "nor the picture of the code"


async def test_a_head_who_has_not_sent_the_notice_on_hears_that_the_meeting_is_off(world: World) -> None:
    """R067: they may have read it out and hung it up; and put off is not the same as called off."""
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await makes_meeting(secretary, APRIL)
    await fixes_day(secretary)
    await releases_notice(secretary)
    send = head.button("Gửi tới thôn")
    for button, off in (
        ("Hoãn, báo ngày sau", "được hoãn. Lý do: Bão số 3."),
        ("Huỷ buổi", "đã huỷ. Lý do: Bão số 3."),
    ):
        head.reads()
        world.clock.move(minutes=5)
        await secretary.says("/buoimoi")
        await secretary.presses(f"🗓 {APRIL}")
        await secretary.presses(button)
        await secretary.says("Bão số 3.")
        await secretary.presses("Gửi")
        assert off in head.reads()
        await head.taps_code(send)
        told = head.hears()
        assert ("Lịch đã thay đổi" in told, "không còn chờ tổ chức" in told) == (
            button != "Huỷ buổi",
            button == "Huỷ buổi",
        )


FIXED = f"Đã ấn định ngày đối thoại.\n{APRIL}\nThời gian: "


async def test_whoever_works_for_a_meeting_hears_its_day_and_that_it_moves_is_put_off_or_off(world: World) -> None:
    """Chair, the other secretary and a desk with an open question plan their day by it; a desk without one does not."""
    secretary = await secretary_with_meeting(world)
    chair = await world.staff(Role.CHAIR, "DL", "Phạm Văn Sơn")
    other = await world.staff(Role.SECRETARY, "DL", "Trần Thị Hoa")
    official = await world.staff(Role.OFFICIAL, "DL", "Võ Thị Sáu", desk="chuyen-mon")
    idle = await world.staff(Role.OFFICIAL, "DL", "Phạm Văn Cán", desk="cong-an")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await asks(mai, "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    async with world.store.unit() as uow:
        [question] = await uow.questions.of_meeting(MeetingId(1))
        desks = {desk.code: desk.id for desk in await uow.places.bodies(question.unit_id)}
        question.state, question.desk_id = QuestionState.TAKEN_ON, desks["chuyen-mon"]
        await uow.commit()
    for buttons, answers, news in (
        ("Ấn định ngày", ("25/04/2024", "8h", "Hội trường xã"), f"{FIXED}08:00, 25/04/2024"),
        ("Đổi ngày", ("26/04/2024", "8h"), "Thời gian mới: 08:00, 26/04/2024"),
        ("Hoãn, báo ngày sau", ("Bão số 3.",), "được hoãn. Ngày mới sẽ báo sau"),
        ("Ấn định ngày", ("26/04/2024", "8h", "Hội trường xã"), f"{FIXED}08:00, 26/04/2024"),
        ("Đổi ngày", ("26/04/2024", "8h", "Đình làng"), "(như cũ)\nĐịa điểm mới: Đình làng"),
        ("Huỷ buổi", ("Bão số 3.",), "xử lý ngoài buổi đối thoại"),
    ):
        world.clock.move(minutes=5)
        await secretary.says("/buoimoi")
        await secretary.presses(f"🗓 {APRIL}")
        await secretary.presses(buttons)
        for answer in answers:
            await secretary.says(answer)
        if secretary.sees_button("Bỏ qua"):
            await secretary.presses("Bỏ qua")
        secretary.reads()
        await secretary.presses("Gửi")
        for phone in (chair, other, official):
            assert phone.reads().count(news) == 1
        assert news not in secretary.reads()
        assert idle.reads() == ""
        mai.reads()
