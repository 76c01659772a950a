"""A date is said in one way everywhere: weekday, legal day, practical day, and who set it (R070, R090, R164)."""

from intake.actions.deadlines.clocks import start_clock
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import DEFAULTS
from intake.rules.people.person import Role
from scheduler.enforcement import keep_calendar, run_sweep
from tests.conftest import load
from tests.support.deadlines import open_office
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.open_points import plan_called
from tests.support.world import World, local


async def test_the_card_says_the_saturday_the_friday_and_whose_rule_it_is(plain_world: World) -> None:
    office = await open_office(plain_world)
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary, "25/04/2024")
    await office.secretary.says("/buoimoi")
    await office.secretary.presses(f"🗓 {APRIL}")

    card = office.secretary.hears()
    legal, practical = "20/04/2024 (thứ Bảy, theo kế hoạch", "nên xong trong ngày làm việc 19/04/2024, thứ Sáu)"
    assert f"Thông báo rộng rãi: chậm nhất {legal}; {practical}" in card
    assert "Chuẩn bị xong: chậm nhất 15/04/2024 (thứ Hai, theo kế hoạch)" in card

    plain_world.clock.move_to(local(2024, 4, 13, 7, 35))
    await run_sweep(plain_world.store.unit)
    await plain_world.settle()
    assert "20/04/2024, thứ Bảy; nên xong trong ngày làm việc 19/04/2024, thứ Sáu" in office.secretary.reads()


async def test_a_question_outside_a_meeting_says_that_its_date_is_a_default(plain_world: World) -> None:
    lan = await plain_world.resident("DL-hang-gon", "Trần Thị Lan")
    await lan.says("/hoi")
    await lan.says("Đường vào tổ bao giờ được sửa?")
    await lan.presses("Gửi")

    assert "Hạn trả lời: 01/04/2024 (thứ Hai, theo mặc định" in lan.hears()


async def test_a_plan_without_a_preparation_asks_for_none(plain_world: World) -> None:
    """Seven working days are a rule of one plan (R070); nobody else is chased for it."""
    plain_world.clock.move_to(local(2024, 7, 1))
    await load(plain_world, "an-duong-2024")
    secretary = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Thu")
    await makes_meeting(secretary, "Hội nghị đối thoại của Chủ tịch UBND xã năm 2024")
    await fixes_day(secretary, "15/08/2024", "14:00")
    await secretary.says("/buoimoi")
    await secretary.presses("🗓 Hội nghị đối thoại của Chủ tịch UBND xã năm 2024")
    assert "Chuẩn bị xong" not in secretary.hears()
    assert not secretary.sees_button("Đã chuẩn bị xong")
    assert "theo luật" in secretary.hears()


async def test_a_preparation_started_before_the_upgrade_ends_when_clocks_are_computed_anew(plain_world: World) -> None:
    plain_world.clock.move_to(local(2024, 7, 1))
    await load(plain_world, "an-duong-2024")
    secretary = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Thu")
    await makes_meeting(secretary, "Hội nghị đối thoại của Chủ tịch UBND xã năm 2024")
    plan = await plan_called(plain_world, "an-duong-2024")
    async with plain_world.store.unit() as uow:  # as the version before left it
        [meeting] = await uow.meetings.of_plan(plan.id)
        await start_clock(uow, ClockKind.PREPARATION, meeting.window, settings=DEFAULTS, meeting=meeting)
        await uow.commit()
    await fixes_day(secretary, "15/08/2024", "14:00")
    await keep_calendar(plain_world.store.unit, culture_day=True)

    async with plain_world.store.reading() as uow:
        kinds = {clock.kind for clock in await uow.clocks.of_meeting(meeting.id)}
    assert kinds == {ClockKind.NOTICE, ClockKind.HELD}
