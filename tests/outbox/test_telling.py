"""Telling somebody something that concerns them."""

from intake.actions.outbox.tell import tell
from intake.rules.message import Message
from intake.rules.people.person import PersonId
from tests.support.world import World, local


async def test_what_concerns_one_person_goes_out_at_any_hour(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    plain_world.clock.move_to(local(2024, 3, 2, 0, 15))
    async with plain_world.store.unit() as uow:
        await tell(uow, [PersonId(1)], Message("talk.cancelled"))
        await uow.commit()
    await plain_world.settle()
    assert mai.hears()
