"""Those who registered are reminded once, at the right time; a notice is chased before it is late."""

from datetime import datetime

from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Role
from scheduler.enforcement import run_reminders
from storage import tables as t
from tests.support.meetings import APRIL, fixes_day, makes_meeting, pushes_notice, registers, releases_notice
from tests.support.stories import residents_of
from tests.support.world import Phone, World, local

EVE, DAY = local(2024, 4, 24, 9), local(2024, 4, 25, 12, 30)


async def meeting_with_mai(world: World, time: str = "14:00") -> tuple[Phone, Phone]:
    """The secretary and Mai, who has registered for 25 April."""
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL)
    await fixes_day(secretary, time=time)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await registers(mai)
    return secretary, mai


async def ticks(world: World, *moments: datetime) -> None:
    """The clock of the product ticks at these moments."""
    for moment in moments:
        world.clock.move_to(moment)
        await run_reminders(world.store.unit)
        await world.settle()


async def test_the_day_before_and_two_hours_before_each_once(world: World) -> None:
    _, mai = await meeting_with_mai(world)
    await ticks(world, local(2024, 4, 23, 9))
    assert mai.hears() == ""
    await ticks(world, EVE, local(2024, 4, 24, 9, 5), local(2024, 4, 24, 20))
    assert len(mai.news()) == 1
    assert "Nhắc bà/ông" in mai.hears()
    assert "14:00, 25/04/2024" in mai.hears()
    assert mai.sees_button("Đổi hoặc rút đăng ký")
    await ticks(world, local(2024, 4, 25, 9))
    assert len(mai.news()) == 1
    await ticks(world, DAY, local(2024, 4, 25, 13))
    assert len(mai.news()) == 2
    assert "sắp bắt đầu" in mai.hears()
    await mai.presses("Mã vào cửa")
    assert "Mã vào cửa: ĐK-DL-2024-0001" in mai.hears()
    await mai.presses("Đổi hoặc rút đăng ký")
    assert mai.sees_button("Rút đăng ký")
    await mai.presses("Mã vào cửa")
    assert "Mã vào cửa: ĐK-DL-2024-0001" in mai.hears()
    await mai.says("/dangky")
    code = mai.button("Mã vào cửa")
    await mai.says("/menu")
    await mai.taps_code(code)
    assert "Mã vào cửa: ĐK-DL-2024-0001" in mai.hears(), "at the door an earlier message is as good"


async def test_who_did_not_register_or_withdrew_is_left_in_peace(world: World) -> None:
    _, mai = await meeting_with_mai(world)
    lan = await world.resident("DL-hang-gon", "Phạm Thị Lan")
    await mai.says("/dangky")
    await mai.presses("Rút đăng ký")
    mai.reads()
    await ticks(world, EVE, DAY)
    assert mai.hears() == ""
    assert lan.hears() == ""


async def test_after_an_outage_the_day_before_is_not_caught_up_on_the_day_itself(world: World) -> None:
    _, mai = await meeting_with_mai(world)
    await ticks(world, local(2024, 4, 25, 0, 10), local(2024, 4, 25, 8))
    assert mai.hears() == ""
    await ticks(world, local(2024, 4, 25, 13, 58))
    assert "sắp bắt đầu" in mai.hears()


async def test_nothing_comes_once_the_meeting_has_begun(world: World) -> None:
    _, mai = await meeting_with_mai(world)
    await ticks(world, local(2024, 4, 25, 14), local(2024, 4, 25, 15))
    assert mai.hears() == ""


async def test_nobody_is_woken_for_an_early_meeting(world: World) -> None:
    """07:00: two hours before is five in the morning; the word comes at 06:30, still before the start."""
    _, mai = await meeting_with_mai(world, "07:00")
    await ticks(world, local(2024, 4, 24, 22), local(2024, 4, 25, 5), local(2024, 4, 25, 6, 29))
    assert mai.hears() == ""
    await ticks(world, local(2024, 4, 25, 6, 30))
    assert "sắp bắt đầu" in mai.hears()


async def test_neighbours_without_a_phone_come_to_their_head_in_one_list(world: World) -> None:
    await meeting_with_mai(world)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    for name in ("Hồ Thị Thoa", "Cụ Năm"):
        await head.says("/dangkyho")
        await head.presses(APRIL)
        await head.says(name)
        await head.presses("Tham dự")
        await head.presses("Gửi")
    head.reads()
    await ticks(world, EVE, local(2024, 4, 24, 10))
    assert len(head.news()) == 1
    assert "– Hồ Thị Thoa\n– Cụ Năm" in head.hears()


async def test_who_blocked_us_is_told_by_the_head_of_the_hamlet(world: World) -> None:
    _, mai = await meeting_with_mai(world)
    lan = await world.resident("DL-hang-gon", "Phạm Thị Lan")
    await registers(lan)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    async with world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        for person in await residents_of(uow, hamlet.id):
            if person.name in ("Nguyễn Thị Mai", "Phạm Thị Lan"):
                for account in await uow.accounts.all_of(person.id):
                    account.unreachable_since = uow.now
        await uow.commit()
    await ticks(world, EVE)
    assert "– Nguyễn Thị Mai\n– Phạm Thị Lan" in head.hears()
    assert len(head.news()) == 1
    assert mai.hears() == ""


async def test_who_was_erased_and_whom_nobody_can_tell_is_not_asked_for(world: World) -> None:
    await meeting_with_mai(world)
    async with world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        [mai] = await residents_of(uow, hamlet.id)
        await uow.session.execute(t.accounts.update().values(unreachable_since=uow.now))
        await uow.commit()
    await ticks(world, EVE)
    async with world.store.unit() as uow:
        person = await uow.people.get(mai.id)
        assert person is not None
        person.erased_at = uow.now
        await uow.commit()
    world.clock.move_to(DAY)
    assert await run_reminders(world.store.unit) == 0


async def test_a_moved_meeting_is_reminded_of_on_its_new_day_only(world: World) -> None:
    secretary, mai = await meeting_with_mai(world)
    await secretary.taps_code("fix.1")
    await secretary.says("26/04/2024")
    await secretary.says("14h")
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    mai.reads()
    await ticks(world, EVE)
    assert mai.hears() == ""
    await ticks(world, local(2024, 4, 25, 9))
    assert "14:00, 26/04/2024" in mai.hears()


async def waiting_reminders(world: World) -> int:
    async with world.store.reading() as uow:
        rows = await uow.session.execute(
            t.letters.select().where(t.letters.c.once.startswith("remind:"), t.letters.c.state == LetterState.WAITING)
        )
        return len(rows.all())


async def test_a_reminder_that_could_not_be_sent_is_taken_back_when_it_is_no_longer_true(world: World) -> None:
    """The network was down: the letter waits; the meeting is cancelled, or the day comes, before it is sent."""
    secretary, mai = await meeting_with_mai(world)
    world.clock.move_to(EVE)
    await run_reminders(world.store.unit)
    assert await waiting_reminders(world) == 1
    await secretary.taps_code("cancelmeeting.1")  # settles the line, so that the letter goes; the next does not
    await secretary.says("Huỷ")
    mai.reads()
    world.clock.move_to(DAY)
    await run_reminders(world.store.unit)
    assert await waiting_reminders(world) == 1
    world.clock.move_to(local(2024, 4, 25, 14, 5))
    await run_reminders(world.store.unit)
    assert await waiting_reminders(world) == 0
    await world.settle()
    assert mai.hears() == ""


async def test_a_cancelled_meeting_takes_its_waiting_reminder_along(world: World) -> None:
    from intake.actions.meetings.cancel_meeting import cancel_meeting

    _, mai = await meeting_with_mai(world)
    world.clock.move_to(EVE)
    await run_reminders(world.store.unit)
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        [thu] = await uow.people.holders(Role.SECRETARY, unit)
        [meeting] = await uow.meetings.of_units([unit.id])
        await cancel_meeting(uow, by=thu, meeting_id=meeting.id, reason="Bão số 5")
        await uow.commit()
    await world.settle()
    assert "không tổ chức nữa" in mai.hears()
    assert "Nhắc bà/ông" not in mai.hears()


async def test_a_day_before_letter_that_waited_over_night_does_not_come_on_the_day(world: World) -> None:
    _, mai = await meeting_with_mai(world)
    world.clock.move_to(local(2024, 4, 24, 20, 30))
    await run_reminders(world.store.unit)
    world.clock.move_to(local(2024, 4, 25, 0, 5))
    await run_reminders(world.store.unit)
    await world.settle()
    assert mai.hears() == ""


async def test_a_notice_that_is_not_everywhere_is_chased_on_the_last_two_days(world: World) -> None:
    """R090: due 20 April; the head who has not sent it on hears on the 19th and the 20th, the chair which hamlet."""
    secretary, _ = await meeting_with_mai(world)
    chair = await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")
    gon = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    dau = await world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Phạm Văn Mười")
    world.clock.move(minutes=5)
    await releases_notice(secretary)
    await pushes_notice(gon)
    for phone in (gon, dau, chair):
        phone.reads()
    await ticks(world, local(2024, 4, 18, 9), local(2024, 4, 19, 6))
    assert chair.hears() == dau.hears() == ""
    await ticks(world, local(2024, 4, 19, 9), local(2024, 4, 19, 15))
    assert len(dau.news()) == len(chair.news()) == 1
    assert "Chưa gửi tới người dân: TDP Làng Dầu." in chair.hears()
    assert gon.hears() == ""
    await ticks(world, local(2024, 4, 20, 9))
    assert len(dau.news()) == len(chair.news()) == 2
    await pushes_notice(dau)
    for phone in (dau, chair):
        phone.reads()
    await ticks(world, local(2024, 4, 20, 15))
    assert dau.hears() == chair.hears() == ""


async def test_a_notice_nobody_released_is_the_chairs_to_hear_of(world: World) -> None:
    await meeting_with_mai(world)
    chair = await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")
    await ticks(world, local(2024, 4, 19, 9))
    assert "mà chưa phát hành" in chair.hears()
