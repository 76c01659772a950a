"""Every door of `/vaitro`, tried by everybody it is not for: one answer, and nothing has changed."""

import pytest
import sqlalchemy as sa

from handlers.office.roles import MODULE
from intake.actions.people.take_back import suspend
from intake.rules.people.person import Role
from storage import tables as t
from tests.people.test_power import THU, admin_of, role_of, stops, takes_back
from tests.people.test_roles import LAU
from tests.support.office import Office, neighbour_unit, open_office
from tests.support.world import Phone, World

VERBS = tuple(choice.verb for choice in MODULE.choices)
KEPT = (t.grants, t.ended_grants, t.invitations, t.role_requests, t.audit_entries, t.persons)


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def everything(world: World) -> list[list[tuple[object, ...]]]:
    async with world.store.reading() as uow:
        read = [await uow.session.execute(sa.select(table).order_by(table.c.id)) for table in KEPT]
        return [[tuple(row) for row in rows] for rows in read]


async def strangers(office: Office) -> dict[str, Phone]:
    """Whoever has no power here: without a role, with one that gives none, with power elsewhere or suspended."""
    world = office.world
    found = {
        "resident": office.mai,
        "official": office.other,
        "head": await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà"),
        "supervisor": await world.staff(Role.SUPERVISOR, "DL", "Võ Thị Giám"),
        "broadcaster": await world.staff(Role.BROADCASTER, "DL", "Lê Văn Loa"),
        "elsewhere": await neighbour_unit(world, Role.SECRETARY),
        "suspended": await world.staff(Role.SECRETARY, "DL", "Bùi Văn Dừng"),
    }
    async with world.store.reading() as uow:
        elsewhere = next(one for one in await uow.places.roots() if one.code != "DL")
    found["chair elsewhere"] = await world.staff(Role.CHAIR, elsewhere.code, "Chủ Nơi Khác")
    found["admin elsewhere"] = await world.staff(Role.ADMIN, elsewhere.code, "Quản Nơi Khác")
    stopped = await role_of(world, "Bùi Văn Dừng")
    async with world.store.unit() as uow:
        await suspend(uow, by=None, grant_id=stopped.id, until=uow.today.replace(year=uow.today.year + 1))
        await uow.commit()
    return found


async def numbers(world: World) -> list[int]:
    """What a code could be made of that means something here: a role, an invitation, a request."""
    async with world.store.reading() as uow:
        newest = [
            await uow.session.scalar(sa.select(sa.func.max(column)))
            for column in (t.ended_grants.c.grant_id, t.invitations.c.id, t.role_requests.c.id)
        ]
    roles = [(await role_of(world, name)).id for name in (THU, "Đinh Văn Chủ")]
    return sorted({999, *roles, *(one for one in newest if one is not None)})


async def test_no_door_opens_to_whoever_has_no_power_here_and_all_sound_alike(office: Office) -> None:
    admin = await admin_of(office)
    await office.secretary.says("/moi")
    await office.secretary.presses("Chủ trì")
    await takes_back(office.chair, THU)
    await stops(admin, LAU)
    people = await strangers(office)
    tried = await numbers(office.world)
    async with office.world.store.reading() as uow:
        town = await uow.places.unit_by_code("DL")
    assert town is not None
    before = await everything(office.world)

    codes: list[str] = []
    for verb in VERBS:
        for number in (town.id, 999) if verb == "roles" else tried:  # that one names a unit
            answers = (".yes", ".no") if verb in ("rolesecond", "roleagree") else ("",)
            codes += [f"{verb}.{number}{answer}" for answer in answers]
    forged = ("send", "send~1", "edit", "roleback.preview", "roleend.preview", "rolelift", "roleagree.x.yes")
    heard: list[str] = []
    for phone in people.values():
        heard += await phone.taps_codes(codes)
        await phone.taps_codes(forged)

    assert len(heard) == len(codes) * len(people), "each is answered once"
    assert len(set(heard)) == 1, set(heard)
    assert "Không tìm thấy" in heard[0]
    assert await everything(office.world) == before


async def test_whoever_has_power_here_finds_nothing_behind_forged_numbers(office: Office) -> None:
    """Words where a number belongs, numbers too long, and answers that are none."""
    before = await everything(office.world)
    rests = ("x", "", "-1", "99999999999999999999", "1.perhaps", "0")
    await office.chair.taps_codes([f"{verb}.{rest}" for verb in VERBS for rest in rests])
    await office.chair.taps_codes(("send", "edit"))
    assert await everything(office.world) == before
