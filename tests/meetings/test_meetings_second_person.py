"""What nobody in the office does alone: a day too close for the notice, a notice to many."""

import pytest

from intake.actions.meetings.ask_second_person import ask_for_day, ask_for_release
from intake.actions.meetings.decide_request import approve_request, request_for
from intake.actions.meetings.fix_meeting import fix_meeting
from intake.actions.meetings.release_notice import release_notice
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.meetings.meeting_request import RequestId
from intake.rules.people.person import Person, Role
from storage.unit_of_work import SqlUnitOfWork
from tests.conftest import load
from tests.support.amending import amended
from tests.support.meetings import APRIL, fixes_day, makes_meeting, registers, releases_notice
from tests.support.world import Phone, World, local

STORM = "Bão sắp vào, phải họp sớm"


async def secretary_with_meeting(world: World) -> Phone:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL)
    world.clock.move(minutes=5)
    return secretary


async def chair_of(world: World) -> Phone:
    return await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")


async def wants_third_of_april(person: Phone, reason: str = STORM) -> None:
    """On 31 March: 5 days before 3 April is over (R090)."""
    await person.taps_code("fix.1")
    await person.says("03/04/2024")
    await person.says(reason)
    await person.says("8h")
    await person.presses("Bỏ qua")
    await person.presses("Gửi")


async def april(uow: SqlUnitOfWork) -> Meeting:
    plan = await uow.plans.by_code("di-lang-2024")
    assert plan is not None
    return (await uow.meetings.of_plan(plan.id))[0]


async def holder(uow: SqlUnitOfWork, role: Role, unit: str = "DL", place: int = 0) -> Person:
    found = await uow.places.unit_by_code(unit)
    assert found is not None
    return (await uow.people.holders(role, found))[place]


async def limit(world: World, most: int) -> None:
    """The plan lets one person send to so many and no more."""
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        plan.profile = amended(plan.profile, clocks={"notice": {"second_person_above": most}})
        await uow.commit()


async def test_a_day_too_close_waits_for_the_chair_and_changes_nothing_till_then(world: World) -> None:
    """R090: the request names day, place, reason and who asks; the approval fixes and tells by itself."""
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await registers(mai)
    world.clock.move_to(local(2024, 3, 31))
    await wants_third_of_april(secretary)

    assert "Đã gửi chủ trì duyệt" in secretary.hears()
    for words in ("08:00, 03/04/2024", STORM, "Người đề nghị: Lê Thị Minh Thư"):
        assert words in chair.hears()
    assert mai.hears() == ""
    async with world.store.reading() as uow:
        assert (await april(uow)).state is MeetingState.PLANNED
    await secretary.taps_code("meetingcard.1")
    assert "Đang chờ chủ trì duyệt ngày họp gấp: 08:00, 03/04/2024" in secretary.hears()

    await chair.presses("Duyệt")
    assert "Đã ấn định" in chair.hears()
    assert f"Lý do họp gấp: {STORM}" in mai.hears()
    assert "Chủ trì đã duyệt ngày họp gấp" in secretary.hears()
    await secretary.presses("Mở")
    assert f"Họp gấp, chủ trì đã đồng ý. Lý do: {STORM}" in secretary.hears()
    assert "Đang chờ" not in secretary.hears()


async def test_the_heads_read_the_reason_with_the_notice_and_residents_do_not_read_it_in_it(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    world.clock.move_to(local(2024, 3, 31))
    await wants_third_of_april(secretary)
    await chair.presses("Duyệt")
    await releases_notice(secretary)
    assert f"Lý do: {STORM}" in head.hears()
    await head.presses("Gửi tới thôn")
    await head.presses("Gửi")
    assert "03/04/2024" in mai.hears()
    assert STORM not in mai.hears()


async def test_the_chair_sends_it_back_with_a_word_and_the_secretary_hears_it(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    world.clock.move_to(local(2024, 3, 31))
    await wants_third_of_april(secretary)
    await chair.presses("Yêu cầu sửa")
    await chair.says("Chọn ngày sau bão, 12/4")
    await chair.presses("Gửi")
    assert "Đã gửi lại thư ký" in chair.hears()
    assert "Yêu cầu: Chọn ngày sau bão, 12/4" in secretary.hears()
    async with world.store.reading() as uow:
        assert (await april(uow)).starts_at is None


@pytest.mark.contract
async def test_the_chair_finds_what_waits_again_and_a_second_tap_changes_nothing(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await registers(mai)
    world.clock.move_to(local(2024, 3, 31))
    await wants_third_of_april(secretary)
    await chair.says("/duyet")
    assert STORM in chair.hears()
    code = chair.button("Duyệt")
    await chair.taps_code(code)
    await chair.taps_code(code)
    assert "Bà/ông đã duyệt" in chair.hears()
    assert len(mai.news()) == 1
    await chair.says("/duyet")
    assert "Không có gì chờ duyệt" in chair.hears()


async def test_the_chair_moves_a_meeting_alone_and_leaves_the_same_trace(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await registers(mai)
    await chair.says("/duyet")
    await chair.presses("🗓 Buổi đối thoại")
    await chair.presses(f"🗓 {APRIL}")
    assert not chair.sees_button("Huỷ buổi")
    world.clock.move_to(local(2024, 3, 31))
    await chair.presses("Ấn định ngày")
    await chair.says("03/04/2024")
    await chair.says(STORM)
    await chair.says("8h")
    await chair.presses("Bỏ qua")
    assert "Lý do họp gấp" in chair.hears()
    await chair.presses("Gửi")
    assert "Đã ấn định" in chair.hears()
    assert STORM in mai.hears()
    await secretary.taps_code("meetingcard.1")
    assert f"chủ trì đã đồng ý. Lý do: {STORM}" in secretary.hears()


async def test_a_chair_without_meetings_is_told_so(world: World) -> None:
    chair = await chair_of(world)
    await chair.taps_code("meetings")
    assert "Chưa có buổi đối thoại nào" in chair.hears()


async def test_without_a_chair_the_secretary_is_told_whom_to_invite(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    world.clock.move_to(local(2024, 3, 31))
    await wants_third_of_april(secretary)
    assert "Xin nhờ người vận hành hệ thống mời chủ trì" in secretary.hears()


async def test_a_request_is_overtaken_by_a_newer_one_and_by_the_meeting_itself(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    world.clock.move_to(local(2024, 3, 31))
    await wants_third_of_april(secretary)
    first = chair.button("Duyệt")
    await wants_third_of_april(secretary, "Lũ về, phải họp sớm")
    second = chair.button("Duyệt")
    await chair.taps_code(first)
    assert "đã được xử lý" in chair.hears()
    await secretary.taps_code("cancelmeeting.1")
    await secretary.says("Bão số 5")
    await secretary.presses("Gửi")
    await chair.taps_code(second)
    assert "đã được xử lý" in chair.hears()


async def test_a_request_whose_moment_has_passed_cannot_be_approved(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    world.clock.move_to(local(2024, 3, 31))
    await wants_third_of_april(secretary)
    world.clock.move_to(local(2024, 4, 3, 9))
    await chair.presses("Duyệt")
    assert "đã qua" in chair.hears()
    async with world.store.reading() as uow:
        assert (await april(uow)).state is MeetingState.PLANNED


async def test_a_notice_to_many_is_released_by_a_second_secretary(world: World) -> None:
    """Four eyes: whoever composed it cannot release it."""
    secretary = await secretary_with_meeting(world)
    await fixes_day(secretary)
    second = await world.staff(Role.SECRETARY, "DL", "Võ Thị Hạnh")
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await limit(world, 1)
    await secretary.says("/thongbao")
    assert "tới 2 người" in secretary.hears()
    await secretary.presses("Gửi")
    assert "Đã gửi người thứ hai duyệt" in secretary.hears()
    assert head.hears() == ""
    assert "Người soạn: Lê Thị Minh Thư" in second.hears()

    await secretary.taps_code(second.button("Duyệt"))
    assert "Không tìm thấy" in secretary.hears()
    await second.says("/thongbao")
    await second.presses("Duyệt")
    assert "Đã phát hành thông báo" in second.hears()
    assert head.sees_button("Gửi tới thôn")
    assert "đã được duyệt và phát hành" in secretary.hears()
    await second.presses("📣 Tình hình thông báo")
    assert "Người duyệt phát hành: Võ Thị Hạnh; người soạn: Lê Thị Minh Thư" in second.hears()


async def test_a_notice_sent_back_is_composed_anew(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    await fixes_day(secretary)
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await limit(world, 0)
    await secretary.says("/thongbao")
    await secretary.presses("Gửi")
    await secretary.taps_code("meetingcard.1")
    assert "Thông báo đang chờ người thứ hai duyệt" in secretary.hears()
    await chair.presses("Yêu cầu sửa")
    await chair.says("Thêm tên hội trường")
    await chair.presses("Gửi")
    assert "Đã gửi lại người soạn" in chair.hears()
    assert "Yêu cầu: Thêm tên hội trường" in secretary.hears()
    await secretary.says("/thongbao")
    assert secretary.sees_button("Gửi")


async def test_without_a_second_person_it_is_said_what_to_do(world: World) -> None:
    secretary = await secretary_with_meeting(world)
    await fixes_day(secretary)
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await limit(world, 0)
    await secretary.says("/thongbao")
    await secretary.presses("Gửi")
    assert "tới 1 người nên cần người thứ hai duyệt" in secretary.hears()
    assert "người vận hành hệ thống mời thêm" in secretary.hears()


async def test_a_day_asked_for_and_a_notice_asked_for_wait_side_by_side(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    await fixes_day(secretary)
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await limit(world, 0)
    world.clock.move_to(local(2024, 3, 31))
    await wants_third_of_april(secretary)
    await secretary.says("/thongbao")
    await secretary.presses("Gửi")
    chair.reads()
    await chair.says("/duyet")
    assert len(chair.news()) == 2
    assert STORM in chair.hears()
    assert "Cần người thứ hai duyệt thông báo" in chair.hears()


async def test_a_moved_meeting_takes_its_waiting_notice_back(world: World) -> None:
    secretary, chair = await secretary_with_meeting(world), await chair_of(world)
    await fixes_day(secretary)
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await limit(world, 0)
    await secretary.says("/thongbao")
    await secretary.presses("Gửi")
    code = chair.button("Duyệt")
    await secretary.taps_code("fix.1")
    await secretary.says("26/04/2024")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    await chair.taps_code(code)
    assert "đã được xử lý" in chair.hears()


async def test_the_actions_hold_the_rules_by_themselves(world: World) -> None:
    await secretary_with_meeting(world)
    await load(world, "an-duong-2024")
    await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")
    await world.staff(Role.CHAIR, "AD", "Người Nơi Khác")
    await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await limit(world, 0)
    world.clock.move_to(local(2024, 3, 31))
    async with world.store.unit() as uow:
        meeting = await april(uow)
        thu, chair = await holder(uow, Role.SECRETARY), await holder(uow, Role.CHAIR)
        stranger, head = await holder(uow, Role.CHAIR, "AD"), await holder(uow, Role.HAMLET_HEAD, "DL-hang-gon")
        close, far = local(2024, 4, 3), local(2024, 4, 25)

        async def ask(by: Person) -> RequestId:
            asked = await ask_for_day(
                uow, by=by, meeting_id=meeting.id, starts_at=close, venue="Hội trường", reason=STORM
            )
            return asked.id

        for other in (chair, stranger, head):
            with pytest.raises(NotFound):
                await ask(other)
        with pytest.raises(RuleBroken, match="meeting_past"):
            await ask_for_day(
                uow,
                by=thu,
                meeting_id=meeting.id,
                starts_at=local(2024, 3, 30),
                venue="x",
                reason=STORM,
                beyond_plan=True,
            )
        with pytest.raises(RuleBroken, match="reason"):
            await fix_meeting(uow, by=chair, meeting_id=meeting.id, starts_at=close, venue="x")
        request = await ask(thu)
        for other in (thu, stranger, head):
            with pytest.raises(NotFound):
                await approve_request(uow, by=other, request_id=request)
        await approve_request(uow, by=chair, request_id=request)
        with pytest.raises(RuleBroken, match="approved_already"):
            await request_for(uow, chair, request)
        await fix_meeting(uow, by=thu, meeting_id=meeting.id, starts_at=far, venue="Hội trường")
        assert await uow.requests.allowed_day(meeting) is None
        text = "8 giờ 25/4, Hội trường: nội dung, chương trình, đăng ký, câu hỏi"
        with pytest.raises(RuleBroken, match="notice_second_person"):
            await release_notice(uow, by=thu, meeting_id=meeting.id, text=text)
        asked = await ask_for_release(uow, by=thu, meeting_id=meeting.id, text=text)
        with pytest.raises(RuleBroken, match="notice_second_person"):
            await release_notice(uow, by=thu, meeting_id=meeting.id, text=text, request=asked)
        meeting.state = MeetingState.CANCELLED
        with pytest.raises(RuleBroken, match="meeting_over"):
            await ask(thu)
