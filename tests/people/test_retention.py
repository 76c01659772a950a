"""What nobody needs any more of people is forgotten, each kind after its time; the record of the dialogue stays."""

import sqlalchemy as sa

from bot.cli.retention import retention_report
from bot.media.attachments import AttachmentStore
from bot.media.own_copy import OwnCopyPress
from intake.actions.people.own_data import request_about_data
from intake.rules.people.block import Block
from intake.rules.people.retention import KeptFor
from scheduler.jobs import JobContext, run_day
from storage import tables as t
from tests.support.office import person_named
from tests.support.world import World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
NAME = "Nguyễn Thị Mai"


async def left_behind(world: World) -> None:
    """A person leaves something of every kind."""
    world.store.copy_press = OwnCopyPress(AttachmentStore(world.data_dir / "attachments"))
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await mai.says("/dulieu")
    await mai.says("/hoi")
    await mai.says("Cống đầu xóm")
    async with world.store.unit() as uow:
        person = await person_named(uow, NAME)
        unit = (await uow.places.roots())[0]
        await uow.people.add_block(Block(person.id, unit.id, "Gửi dồn dập", person.id, uow.now, uow.now))
        task, _ = await request_about_data(uow, person=person, text="Xin không nêu tên tôi.")
        task.done_at, task.outcome = uow.now, "Đã gỡ tên."
        account = (await uow.accounts.all_of(person.id))[0]
        said = {"account_id": account.id, "letter_id": None, "said": {"from": "me", "text": "chào"}, "at": uow.now}
        await uow.session.execute(sa.insert(t.web_messages).values(said))
        await uow.commit()


async def old(world: World) -> set[str]:
    """The kinds of which something would be forgotten now."""
    lines = await retention_report(world.store, KeptFor(), dry_run=True)
    return {line.split("\t")[0] for line in lines if not line.endswith("\t0 would be forgotten")}


async def test_each_kind_is_forgotten_after_its_time_and_not_before(world: World) -> None:
    await left_behind(world)
    assert await old(world) == set()
    days = 0
    for length, kinds in (
        (30, {"drafts", "copies"}),
        (365, {"blocks", "chat-lines"}),
        (730, {"request-words"}),
    ):
        world.clock.move(days=length - days - 1)
        assert await old(world) == set()
        world.clock.move(days=2)
        assert await old(world) == kinds
        await retention_report(world.store, KeptFor(), dry_run=False)
        assert await old(world) == set()
        days = length + 1

    async with world.store.reading() as uow:
        assert await uow.session.scalar(sa.select(t.questions.c.text)) == ROAD, "the record stays"
        task = (await uow.tasks.of_person((await person_named(uow, NAME)).id))[0]
        assert (task.text, task.outcome) == ("", "")
        acts = list(await uow.session.scalars(sa.select(t.audit_entries.c.act)))
        assert "forget_old" in acts


async def test_it_happens_at_night_and_the_files_go_too(plain_world: World) -> None:
    world = plain_world
    await left_behind(world)
    world.clock.move(days=800)
    await run_day(JobContext(world.store.unit, at_any_hour=True))
    assert await old(world) == set()
    async with world.store.reading() as uow:
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.data_copies)) == 0


async def test_one_night_of_a_clock_that_is_years_ahead_forgets_nothing(plain_world: World) -> None:
    world = plain_world
    await left_behind(world)
    await run_day(JobContext(world.store.unit, at_any_hour=True))
    world.clock.move(days=800)
    kept = await old(world)
    assert {"drafts", "copies", "request-words"} <= kept
    await run_day(JobContext(world.store.unit, at_any_hour=True))
    assert await old(world) == kept, "somebody may set the clock right by tomorrow"
    world.clock.move(days=1)
    await run_day(JobContext(world.store.unit, at_any_hour=True))
    assert await old(world) == set(), "a machine that was off for two years goes on"
