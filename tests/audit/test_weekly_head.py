"""Those who supervise keep the head of the chain on their own phones: later they can compare."""

import pytest

from scheduler.jobs import JOBS, JobContext
from tests.support.deadlines import ask, open_office
from tests.support.tampering import seal, tamper, verified
from tests.support.world import World, local


async def job(world: World, name: str) -> None:
    [found] = [one for one in JOBS if one.name == name]
    await found.action(JobContext(world.store.unit))
    await world.settle()


@pytest.mark.contract
async def test_every_monday_the_supervisor_gets_the_head_and_it_finds_a_history_written_anew(world: World) -> None:
    office = await open_office(world)
    await ask(office.asker, "Đường xóm 3 hỏng, khi nào sửa?")
    office.read()
    await job(world, "seal_audit")
    await job(world, "hand_out_head")
    assert not office.supervisor.news(), "1 March 2024 is a Friday"

    world.clock.move_to(local(2024, 3, 4))
    await office.supervisor.says("/menu")
    office.read()
    await job(world, "hand_out_head")
    await job(world, "hand_out_head")
    (letter,) = office.supervisor.news()
    assert "Nhật ký hệ thống đến nay có" in letter.text
    assert "Xin giữ lại tin này" in letter.text
    assert not office.asker.news()
    assert not office.secretary.news()
    head = letter.text.partition("Mã niêm phong tuần này: ")[2].split()[0]

    assert not (await verified(world.store, head)).found
    await tamper(world.store, "DELETE FROM audit_seals", "DELETE FROM audit_entries WHERE act = 'ask_question'")
    await seal(world.store)
    assert not (await verified(world.store)).found, "by itself it is a sound chain"
    assert (await verified(world.store, head)).found


async def test_a_new_head_comes_each_week_and_where_nobody_supervises_the_chair_keeps_it(world: World) -> None:
    office = await open_office(world)
    async with world.store.unit() as uow:
        [grant] = [
            grant
            for unit in await uow.places.roots()
            for grant, person, _ in await uow.people.grants_in(unit)
            if person.name == "Lê Thị Giám"
        ]
        await uow.session.delete(grant)
        await uow.commit()
    world.clock.move_to(local(2024, 3, 4))
    await office.chair.says("/menu")
    office.read()
    await job(world, "hand_out_head")
    assert not office.chair.news(), "nothing is sealed yet"

    await job(world, "seal_audit")
    await job(world, "hand_out_head")
    assert len(office.chair.news()) == 1
    world.clock.move_to(local(2024, 3, 11))
    await office.chair.says("/menu")
    office.read()
    await job(world, "hand_out_head")

    assert len(office.chair.news()) == 1
    assert not office.supervisor.news()
