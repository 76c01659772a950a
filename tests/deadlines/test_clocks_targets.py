"""The office's own targets: one the plan sets (R163), one for what a person calls urgent (R193)."""

from datetime import date, timedelta

import pytest

from intake.actions.questions.mark_urgent import mark_urgent
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import NotFound
from intake.rules.people.person import Role
from intake.rules.questions.question import QuestionState
from tests.support.amending import amended
from tests.support.deadlines import sweep_at
from tests.support.office import DESK, OTHER_DESK, ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.stories import put_in_state, question_of
from tests.support.world import Phone, World

WHY = "Học sinh không đi học được."


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def plan_sets_targets(world: World, **days: int) -> None:
    """The plan of Di Lăng names the office's own targets in `[clocks.targets]`."""
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        plan.profile = amended(plan.profile, clocks={"targets": {"phrase": "trả lời sớm nhất", **days}})
        await uow.commit()


async def opens(phone: Phone, office: Office, reference: str) -> None:
    await phone.taps_code(f"triage.{(await office.question(reference)).id}")


async def calls_urgent(phone: Phone, office: Office, reference: str, why: str = WHY) -> None:
    await opens(phone, office, reference)
    await phone.presses("🔥 Việc gấp")
    await phone.says(why)
    await phone.presses("Gửi")


async def test_a_plan_that_is_silent_starts_no_target(office: Office) -> None:
    reference = await office.assigned()
    assert set(await office.clocks(reference)) == {ClockKind.REPLY_OUTSIDE}


async def test_a_plan_with_a_target_starts_it_beside_the_reply_and_ends_it_with_it(office: Office) -> None:
    await plan_sets_targets(office.world, internal_days=12)
    reference = await office.proposed()

    clocks = await office.clocks(reference)
    assert clocks == {ClockKind.REPLY_OUTSIDE: date(2024, 4, 1), ClockKind.INTERNAL_TARGET: date(2024, 3, 13)}
    await office.official.says("/hangdoi")
    assert "(hạn 01/04/2024, thứ Hai)" in office.official.hears(), "the queue names the day the asker is owed"
    await office.official.presses(reference)
    assert "Mục tiêu nội bộ: 13/03/2024" in office.official.hears()
    await office.chair.presses("Duyệt")
    assert await office.clocks(reference) == {}
    assert ClockKind.INTERNAL_TARGET in await office.clocks(reference, ClockState.MET)


async def test_the_target_of_what_is_taken_on_in_a_meeting_runs_from_its_end(office: Office) -> None:
    await plan_sets_targets(office.world, internal_days=10)
    await office.fixed_meeting()
    reference = await office.assigned()
    assert await office.clocks(reference) == {}
    await office.opened()
    await office.closed()

    clocks = await office.clocks(reference)
    assert clocks == {ClockKind.REPLY: date(2024, 5, 27), ClockKind.INTERNAL_TARGET: date(2024, 5, 6)}


async def test_a_promise_ends_the_target(office: Office) -> None:
    await plan_sets_targets(office.world, internal_days=12)
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Gia hạn")
    await office.official.presses("Bỏ qua")
    await office.official.says("20/05/2024")
    await office.official.says("Chờ huyện cấp vốn.")
    await office.official.presses("Gửi")
    await office.chair.presses("Duyệt")

    assert await office.clocks(reference) == {ClockKind.PROMISE: date(2024, 5, 20)}
    assert ClockKind.INTERNAL_TARGET in await office.clocks(reference, ClockState.ENDED)


async def test_a_target_longer_than_the_reply_ends_with_the_reply(office: Office) -> None:
    await plan_sets_targets(office.world, internal_days=60)
    reference = await office.assigned()
    assert (await office.clocks(reference))[ClockKind.INTERNAL_TARGET] == date(2024, 4, 1)


async def test_the_desk_is_reminded_of_the_target(office: Office) -> None:
    await plan_sets_targets(office.world, internal_days=12)
    await office.assigned()
    await sweep_at(office.world, date(2024, 3, 12))
    assert "còn 1 ngày đến hạn trả lời theo mục tiêu nội bộ (13/03/2024, thứ Tư)" in office.official.hears()
    assert office.mai.hears() == ""


async def test_an_urgent_question_has_its_own_target_and_stands_first_in_the_queue(office: Office) -> None:
    first = await office.assigned()
    office.world.clock.move(days=3)
    second = await office.assigned("Đèn đường xóm 2 tắt đã hai tuần.")
    await calls_urgent(office.secretary, office, second)

    assert "Mục tiêu trả lời: 14/03/2024" in office.secretary.hears()
    assert WHY in office.official.hears()
    assert WHY in office.chair.hears()
    assert office.mai.hears() == ""
    assert (await office.clocks(second))[ClockKind.URGENT_TARGET] == date(2024, 3, 14)
    await office.official.says("/hangdoi")
    heard = office.official.hears()
    assert heard.index(f"🔥 {second}") < heard.index(first)
    assert f"🔥 {second} – còn 30 ngày (hạn 03/04/2024, thứ Tư)" in heard
    await office.official.presses(second)
    assert "Trần Văn Thư" in office.official.hears()
    assert WHY in office.official.hears()
    assert "Mục tiêu việc gấp: 14/03/2024" in office.official.hears()


async def test_the_urgent_target_is_never_later_than_the_reply(office: Office) -> None:
    reference = await office.assigned()
    office.world.clock.move(days=26)  # 27 March; the reply is due on 1 April
    await calls_urgent(office.chair, office, reference)
    assert (await office.clocks(reference))[ClockKind.URGENT_TARGET] == date(2024, 4, 1)
    assert WHY in office.secretary.hears()


async def test_what_is_late_already_gets_no_target_but_is_urgent(office: Office) -> None:
    reference = await office.assigned()
    office.world.clock.move(days=33)
    await calls_urgent(office.secretary, office, reference)
    assert "không đặt thêm mục tiêu" in office.secretary.hears()
    assert ClockKind.URGENT_TARGET not in await office.clocks(reference)
    assert (await office.question(reference)).urgent


async def test_a_plan_may_set_the_days_of_the_urgent_target(office: Office) -> None:
    await plan_sets_targets(office.world, urgent_days=4)
    reference = await office.assigned()
    await calls_urgent(office.secretary, office, reference)
    assert await office.clocks(reference) == {
        ClockKind.REPLY_OUTSIDE: date(2024, 4, 1),
        ClockKind.URGENT_TARGET: date(2024, 3, 5),
    }


async def test_an_urgent_question_of_a_meeting_has_its_target_again_from_the_end(office: Office) -> None:
    await office.fixed_meeting()
    reference = await office.assigned()
    await calls_urgent(office.secretary, office, reference)
    assert (await office.clocks(reference)) == {ClockKind.URGENT_TARGET: date(2024, 3, 11)}
    await office.opened()
    await office.closed()
    assert (await office.clocks(reference))[ClockKind.URGENT_TARGET] == date(2024, 5, 6)


async def test_the_word_is_taken_back_with_a_reason_and_kept(office: Office) -> None:
    reference = await office.assigned()
    await calls_urgent(office.secretary, office, reference)
    office.put_away()
    await opens(office.chair, office, reference)
    await office.chair.presses("Thôi việc gấp")
    await office.chair.says("Đường đã thông tạm.")
    await office.chair.presses("Gửi")

    assert "Đường đã thông tạm." in office.official.hears()
    assert "Đường đã thông tạm." in office.secretary.hears()
    question = await office.question(reference)
    assert not question.urgent
    assert ClockKind.URGENT_TARGET in await office.clocks(reference, ClockState.ENDED)
    async with office.world.store.reading() as uow:
        assert await uow.marks.flag_of(question.id) is None
    await office.chair.taps_code(f"calm.{question.id}")
    assert "đã được xử lý" in office.chair.hears()
    await calls_urgent(office.secretary, office, reference, "Lại sạt lở.")
    async with office.world.store.reading() as uow:
        flag = await uow.marks.flag_of(question.id)
        assert flag is not None
        assert flag.reason == "Lại sạt lở."


async def test_a_word_without_words_is_no_reason(office: Office) -> None:
    reference = await office.assigned()
    await opens(office.secretary, office, reference)
    await office.secretary.presses("🔥 Việc gấp")
    await office.secretary.says("...")
    assert "Xin nhập nội dung bằng chữ" in office.secretary.hears()
    assert not (await office.question(reference)).urgent


async def test_the_list_of_urgent_questions_opens_each(office: Office) -> None:
    await office.secretary.says("việc gấp")
    assert "Không có việc gấp nào" in office.secretary.hears()
    first = await office.assigned()
    await office.assigned("Đèn đường xóm 2 tắt đã hai tuần.")
    await calls_urgent(office.secretary, office, first)
    for phone in (office.secretary, office.chair):
        await phone.says("/viecgap")
        assert "Việc gấp (1)" in phone.hears()
        await phone.presses(first)
        assert ROAD in phone.hears()
    await office.chair.taps_code("urgentmore.0")
    assert first in office.chair.hears()


async def test_nobody_else_calls_anything_urgent(office: Office) -> None:
    reference = await office.assigned()
    question = await office.question(reference)
    elsewhere = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (elsewhere, office.official, office.mai):
        for verb in ("urgent", "calm"):
            await phone.taps_code(f"{verb}.{question.id}")
            assert "Không tìm thấy" in phone.hears()
    await office.mai.says("/viecgap")
    assert "Việc này dành cho" in office.mai.hears()
    await elsewhere.says("/viecgap")
    assert "Không có việc gấp nào" in elsewhere.hears()
    async with office.world.store.unit() as uow:
        official = await person_named(uow, "Lê Thị Hoa")
        with pytest.raises(NotFound):
            await mark_urgent(uow, by=official, question_id=question.id, reason=WHY)


async def test_two_who_call_it_urgent_at_once_are_one(office: Office) -> None:
    reference = await office.assigned()
    await opens(office.chair, office, reference)
    await office.chair.presses("🔥 Việc gấp")
    await office.chair.says("Chủ trì thấy gấp.")
    await calls_urgent(office.secretary, office, reference)
    await office.chair.presses("Gửi")
    assert "đã được xử lý" in office.chair.hears()
    await office.chair.taps_code(f"urgent.{(await office.question(reference)).id}")
    assert "đã được xử lý" in office.chair.hears()


async def test_two_who_take_it_back_at_once_are_one(office: Office) -> None:
    reference = await office.assigned()
    await calls_urgent(office.secretary, office, reference)
    for phone in (office.secretary, office.chair):
        await opens(phone, office, reference)
        await phone.presses("Thôi việc gấp")
        await phone.says("Đã thông đường.")
    await office.secretary.presses("Gửi")
    await office.chair.presses("Gửi")
    assert "đã được xử lý" in office.chair.hears()


async def test_what_is_over_is_not_urgent_any_more(office: Office) -> None:
    reference = await office.assigned()
    await opens(office.secretary, office, reference)
    await office.secretary.presses("🔥 Việc gấp")
    await office.secretary.says(WHY)
    await put_in_state(office.world, reference, QuestionState.CLOSED)
    await office.secretary.presses("Gửi")
    assert "bước khác" in office.secretary.hears()
    await opens(office.secretary, office, reference)
    assert not office.secretary.sees_button("🔥 Việc gấp")


async def test_a_question_on_no_desk_is_urgent_for_those_who_lead(office: Office) -> None:
    reference = await office.asked()
    await calls_urgent(office.secretary, office, reference)
    assert WHY in office.chair.hears()
    assert office.official.hears() == ""
    await opens(office.chair, office, reference)
    assert not office.chair.sees_button("Ngoài nội dung"), "only the secretary declines"
    await office.chair.presses("Giao bộ phận")
    await office.chair.presses(DESK)
    assert reference in office.official.hears()


async def test_a_question_moved_to_another_desk_is_told_to_both(office: Office) -> None:
    reference = await office.proposed()
    await opens(office.secretary, office, reference)
    await office.secretary.presses("Đổi bộ phận")
    await office.secretary.says("bên kia")
    assert "Xin chọn một mục bên dưới" in office.secretary.hears()
    await office.secretary.presses(OTHER_DESK)

    assert "không phải trả lời nữa" in office.official.hears()
    assert "Hạn trả lời: 01/04/2024" in office.other.hears()
    assert OTHER_DESK in office.mai.hears()
    await office.other.presses("Mở")
    assert ROAD in office.other.hears()
    await office.official.says("/hangdoi")
    assert reference not in office.official.hears()
    await office.chair.presses("Duyệt")
    assert "đã được xử lý" in office.chair.hears(), "what the old desk had proposed is withdrawn"
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


async def test_the_new_desk_hears_the_reminder_that_is_due_by_now(office: Office) -> None:
    reference = await office.assigned()
    await sweep_at(office.world, date(2024, 3, 29))
    assert "còn 3 ngày" in office.official.hears()
    await opens(office.secretary, office, reference)
    await office.secretary.presses("Đổi bộ phận")
    await office.secretary.presses(OTHER_DESK)
    office.put_away()
    await sweep_at(office.world, date(2024, 3, 29), hour=9)
    assert "còn 3 ngày" in office.other.hears()
    assert office.official.hears() == ""
    assert office.secretary.hears() == "", "whoever was told is not told again"


async def test_a_question_is_not_moved_twice_from_one_card(office: Office) -> None:
    reference = await office.assigned()
    question = await office.question(reference)
    await opens(office.chair, office, reference)
    await office.chair.presses("Đổi bộ phận")
    await opens(office.secretary, office, reference)
    await office.secretary.presses("Đổi bộ phận")
    await office.secretary.presses(OTHER_DESK)
    await office.chair.presses(OTHER_DESK)
    assert "đã được xử lý" in office.chair.hears()
    async with office.world.store.unit() as uow:
        from intake.actions.questions.triage import reassign
        from intake.rules.errors import RuleBroken

        moved = await question_of(uow, reference)
        assert moved.desk_id not in (None, question.desk_id)
        secretary = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(RuleBroken) as refusal:
            await reassign(
                uow,
                by=secretary,
                question_id=moved.id,
                from_desk_id=moved.desk_id,
                desk_id=moved.desk_id,  # type: ignore[arg-type]
            )
        assert refusal.value.message.key == "refusal.same_desk"


async def test_a_question_for_a_meeting_changes_desks_before_it(office: Office) -> None:
    await office.fixed_meeting()
    reference = await office.assigned()
    await opens(office.secretary, office, reference)
    await office.secretary.presses("Đổi bộ phận")
    await office.secretary.presses(OTHER_DESK)
    assert "Bộ phận được giao câu hỏi" in office.other.hears()
    assert (await office.question(reference)).state is QuestionState.WAITING_FOR_MEETING


async def test_what_is_over_stays_where_it_was(office: Office) -> None:
    reference = await office.assigned()
    await opens(office.secretary, office, reference)
    await office.secretary.presses("Đổi bộ phận")
    await put_in_state(office.world, reference, QuestionState.CLOSED)
    await office.secretary.presses(OTHER_DESK)
    assert "bước khác" in office.secretary.hears()


async def test_another_units_desk_is_no_choice(office: Office) -> None:
    from intake.actions.questions.triage import reassign

    reference = await office.assigned()
    await neighbour_unit(office.world, Role.SECRETARY)
    async with office.world.store.unit() as uow:
        elsewhere = next(one for one in await uow.places.roots() if one.code != "DL")
        desk = (await uow.places.desks(elsewhere.id))[0]
        question = await question_of(uow, reference)
        secretary = await person_named(uow, "Trần Văn Thư")
        assert question.desk_id is not None
        with pytest.raises(NotFound):
            await reassign(uow, by=secretary, question_id=question.id, from_desk_id=question.desk_id, desk_id=desk.id)


async def test_assigned_elsewhere_after_asking_back_the_old_desk_hears_and_its_draft_is_withdrawn(
    office: Office,
) -> None:
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Hỏi lại")
    await office.official.says("Đoạn nào hỏng?")
    await office.official.presses("Gửi")
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa toàn tuyến.")
    await office.official.presses("Gửi")
    office.put_away()
    await office.secretary.taps_code(f"assign.{(await office.question(reference)).id}")
    await office.secretary.presses(OTHER_DESK)
    assert "không phải trả lời nữa" in office.official.hears()
    await office.chair.presses("Duyệt")
    assert "đã được xử lý" in office.chair.hears()


async def test_taken_up_in_the_room_by_another_desk_the_first_hears_of_it(office: Office) -> None:
    await office.fixed_meeting()
    reference = await office.proposed()
    await office.opened()
    await office.secretary.taps_code(f"roomtake.{(await office.question(reference)).id}")
    await office.secretary.presses(OTHER_DESK)
    assert "không phải trả lời nữa" in office.official.hears()
    await office.chair.taps_code(f"approve.{(await office.proposals(reference))[0].id}")
    assert "đã được xử lý" in office.chair.hears()


async def test_an_official_who_joins_later_sees_the_queue(office: Office) -> None:
    reference = await office.assigned()
    late = await office.world.staff(Role.OFFICIAL, "DL", "Võ Văn Sau", desk="chuyen-mon")
    await late.says("/hangdoi")
    assert reference in late.hears()
    await sweep_at(office.world, date(2024, 4, 1) - timedelta(days=7))
    assert "còn 7 ngày" in late.hears()


async def test_a_desk_without_officials_has_its_letters_read_by_the_secretary(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    secretary = await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await secretary.presses("Mở")
    await secretary.presses("Giao bộ phận")
    await secretary.presses(DESK)
    assert "Bộ phận có câu hỏi mới DL-2024-0001" in secretary.hears()


async def test_a_unit_without_a_secretary_has_its_questions_read_by_the_chair(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    chair = await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    assert "DL-2024-0001" in chair.hears()
    await chair.presses("Mở")
    assert ROAD in chair.hears()
    assert chair.sees_button("Giao bộ phận")


async def test_what_waits_for_a_chair_who_is_not_there_is_told_to_the_secretary(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    secretary = await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    official = await world.staff(Role.OFFICIAL, "DL", "Lê Thị Hoa", desk="chuyen-mon")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await secretary.presses("Mở")
    await secretary.presses("Giao bộ phận")
    await secretary.presses(DESK)
    secretary.reads()
    await official.presses("Mở")
    await official.presses("Trả lời")
    await official.says("Xã sửa trong quý II.")
    await official.presses("Gửi")
    assert "chưa có chủ trì nào" in secretary.hears()
