"""Every button there is, forged by everybody whose role lies in another commune: nothing of this one changes.

A code is a request and never a right: the verb is known to whoever reads this, the number is guessed.
"""

import pytest
import sqlalchemy as sa

from handlers.wiring import conversation_table
from intake.rules.people.person import Role
from storage import tables as t
from tests.conftest import load
from tests.support.office import Office, open_office
from tests.support.world import World

KEPT = (
    t.questions,
    t.proposals,
    t.meetings,
    t.registrations,
    t.guests,
    t.notices,
    t.conclusion_items,
    t.tasks,
    t.clocks,
    t.grants,
    t.invitations,
    t.role_requests,
    t.broadcasts,
    t.cases,
    t.rosters,
    t.quotas,
    t.blocks,
    t.units,
    t.desks,
)
FORGED = ("1", "1.1", "999")
"""What stands behind a verb: numbers that are somebody's here, and one that is nobody's."""


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def everything(world: World) -> dict[str, list[tuple[object, ...]]]:
    """What the office here has done and holds, row for row; people's own chats and what they are asked apart."""
    async with world.store.reading() as uow:
        return {
            table.name: [
                tuple(row) for row in await uow.session.execute(sa.select(table).order_by(*table.primary_key.columns))
            ]
            for table in KEPT
        }


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR, Role.OFFICIAL])
async def test_no_button_works_for_whoever_holds_a_role_elsewhere(office: Office, role: Role) -> None:
    world = office.world
    await office.fixed_meeting()
    await office.proposed()
    await office.mai.says("/dangky")
    await office.mai.presses("Tham dự")
    await office.mai.presses("Gửi")
    office.put_away()
    await load(world, "an-duong-2024")
    async with world.store.reading() as uow:
        elsewhere = next(one for one in await uow.places.roots() if one.code != "DL")
        desks = [one.code for one in await uow.places.desks(elsewhere.id)]
    stranger = await world.staff(role, elsewhere.code, "Người Nơi Khác", desk=desks[0] if role is Role.OFFICIAL else "")
    before = await everything(world)

    for verb in sorted(conversation_table().choices):
        for rest in FORGED:
            await stranger.taps_code(f"{verb}.{rest}")
        await stranger.taps_code("send")
        world.clock.move(seconds=12)

    after = await everything(world)
    for name, rows in before.items():
        assert after[name][: len(rows)] == rows, name
        assert len(after[name]) == len(rows), name

    await office.chair.taps_code("approve.1")
    assert await everything(world) != before, "whose it is approves it by the very code"
