"""Lists that are due are reminded of at each stage once, while they are not in."""

from datetime import date, timedelta

import pytest

from intake.actions.meetings.compose_roster import add_to_roster
from intake.actions.meetings.quotas import set_lists_due
from intake.actions.meetings.remind_rosters import remind_due_rosters
from intake.actions.meetings.submit_roster import submit_roster
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from scheduler.enforcement import run_roster_reminders
from tests.support.delegates import Occasion, occasion
from tests.support.stories import set_meeting
from tests.support.world import Phone, World, local


@pytest.fixture
async def here(plain_world: World) -> Occasion:
    """Vĩnh Bảo; the lists are due on Thursday 20 August."""
    opened = await occasion(plain_world, "vinh-bao-2026", quota=1, reading="b", starts_at=local(2026, 9, 15))
    plain_world.clock.move_to(local(2026, 8, 3))
    return opened


async def runs(here: Occasion) -> int:
    woken = 0

    def wake() -> None:
        nonlocal woken
        woken += 1

    await run_roster_reminders(here.world.store.unit, wake)
    await here.world.settle()
    return woken


async def due(here: Occasion, day: int) -> None:
    async with here.world.store.unit() as uow:
        await set_lists_due(uow, by=here.office, meeting_id=here.meeting.id, on=local(2026, 8, day).date())
        await uow.commit()
    await here.world.settle()


async def head_of_east(here: Occasion) -> Phone:
    return await here.world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")


async def test_each_stage_is_told_once_and_a_new_date_anew(here: Occasion) -> None:
    head = await head_of_east(here)
    assert await runs(here) == 0, "without a due date there is nothing to remind of"
    await due(here, 20)
    head.reads()
    for day, told in ((16, ""), (17, "hạn 20/08/2026"), (18, ""), (19, "hạn 20/08/2026"), (20, "hạn 20/08/2026")):
        here.world.clock.move_to(local(2026, 8, day, 7, 35))
        assert await runs(here) == bool(told), day
        assert told in head.reads()
        assert await runs(here) == 0, f"{day}: once"
    here.world.clock.move_to(local(2026, 8, 25, 7, 35))
    assert await runs(here) == 1
    assert "đã quá hạn 20/08/2026" in head.reads()
    here.world.clock.move_to(local(2026, 8, 26, 7, 35))
    assert await runs(here) == 0
    await due(here, 27)
    head.reads()
    assert await runs(here) == 1
    assert "hạn 27/08/2026" in head.reads()


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(2, "refusal.lists_due_past"), (3, ""), (45, ""), (46, "refusal.lists_due_meeting")],
    ids=["yesterday", "today", "the day before the meeting", "its own day"],
)
async def test_lists_may_be_due_from_today_to_the_day_before_the_meeting(
    here: Occasion, day: int, refusal: str
) -> None:
    on = date(2026, 8, 1) + timedelta(days=day - 1)
    async with here.world.store.unit() as uow:
        set_it = set_lists_due(uow, by=here.office, meeting_id=here.meeting.id, on=on)
        if refusal:
            with pytest.raises(RuleBroken, match=refusal):
                await set_it
        else:
            await set_it
        assert (await uow.meetings.get(here.meeting.id)).lists_due_on == (None if refusal else on)


async def test_a_list_that_is_in_and_a_meeting_that_has_begun_are_left_alone(here: Occasion) -> None:
    await head_of_east(here)
    await due(here, 20)
    east = here.unit_named("Thôn Đông").id
    async with here.world.store.unit() as uow:
        what = {"by": here.office, "meeting_id": here.meeting.id, "unit_id": east}
        await add_to_roster(uow, **what, name="Trần Thị Một", hamlet_id=east)
        await submit_roster(uow, **what)
        await uow.commit()
    here.world.clock.move_to(local(2026, 8, 20, 7, 35))
    async with here.world.store.unit() as uow:
        assert await remind_due_rosters(uow) == 0
    await set_meeting(here.world, here.meeting, MeetingState.OPEN)
    async with here.world.store.unit() as uow:
        assert await remind_due_rosters(uow) == 0
