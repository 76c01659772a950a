"""Every button there is, forged by whoever has no say: nothing changes.

They hold a role in another commune, or live here, head another hamlet, or watch over the office.
A code is a request and never a right: the verb is known to whoever reads this, the number is guessed.
"""

import pytest
import sqlalchemy as sa

from handlers.wiring import conversation_table
from intake.rules.people.person import Role
from storage import tables as t
from tests.conftest import load
from tests.support.office import Office, open_office
from tests.support.world import Phone, World

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
    t.protections,
    t.urgent_flags,
    t.deputies,
    t.contacts,
    t.topics,
    t.plans,
    t.meeting_demands,
    t.shows_of_hands,
    t.sealed_keys,
    t.sealed_matters,
    t.documents,
    t.reply_templates,
)
FORGED = ("1", "1.1", "1.yes", "999")
"""What stands behind a verb: numbers that are somebody's here, alone, together and with an answer, and nobody's."""


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


async def presses_everything(phone: Phone) -> None:
    """Every verb there is with every forged number, and after each verb `send`."""
    codes: list[str] = []
    for verb in sorted(conversation_table().choices):
        codes += [*(f"{verb}.{rest}" for rest in FORGED), "send"]
    await phone.taps_codes(codes)


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

    await presses_everything(stranger)

    after = await everything(world)
    for name, rows in before.items():
        assert after[name][: len(rows)] == rows, name
        assert len(after[name]) == len(rows), name

    await office.chair.taps_code("approve.1")
    assert await everything(world) != before, "whose it is approves it by the very code"


WITHIN = {
    "resident": ("DL-lang-dau", None),
    "head": ("DL-lang-dau", Role.HAMLET_HEAD),
    "supervisor": ("DL", Role.SUPERVISOR),
}
"""Who decides nothing here: somebody of another hamlet, the head of it, whoever watches over the office."""


@pytest.mark.parametrize("who", WITHIN)
async def test_no_button_of_the_office_works_for_whoever_decides_nothing(office: Office, who: str) -> None:
    world = office.world
    await office.fixed_meeting("DL-hang-gon")
    await office.proposed()
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says("Đường xóm 3")
    await office.mai.presses("Gửi")
    office.put_away()
    place, role = WITHIN[who]
    name = "Bùi Thị Lan"
    phone = await world.resident(place, name) if role is None else await world.staff(role, place, name)
    before = await everything(world)

    await presses_everything(phone)

    assert await everything(world) == before
    await office.secretary.taps_code("triage.1")
    await office.secretary.presses("🔒 Giữ kín")
    await office.secretary.says("Dân sợ bị trả thù")
    await office.secretary.presses("Gửi")
    assert await everything(world) != before, "whose it is does it by a code of the same kind"
