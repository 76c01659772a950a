"""Broadcasts, begun and spread without the conversation."""

from collections.abc import Sequence

from bot.outbox.fan_out import SLICE, FanOut
from intake.actions.outbox.broadcast import start_broadcast
from intake.rules.message import Message
from intake.rules.outbox.broadcast import BroadcastId
from intake.rules.people.person import Network, Person, PersonId
from intake.rules.people.unit import Unit, UnitId
from storage.unit_of_work import Store


async def begin(store: Store, unit_id: UnitId, hamlets: Sequence[UnitId], text: str, *, name: str = "") -> BroadcastId:
    """Begin a broadcast that reads like its text; by default the text is its name too."""
    async with store.unit() as uow:
        started = await start_broadcast(
            uow, Message("notice.text", {"text": text}), name=name or text, unit_id=unit_id, hamlets=hamlets
        )
        await uow.commit()
    return started.broadcast_id


async def spread(store: Store, at_most: int = SLICE) -> int:
    """Write everything that is to be written. Returns in how many slices."""
    slices = 0
    while await FanOut(store, lambda: None).spread(at_most):
        slices += 1
    return slices


async def settle_people(store: Store, hamlet: Unit, many: int, *, network: Network = Network.WEBCHAT) -> list[PersonId]:
    """So many people in a hamlet, with a chat each."""
    ids = []
    async with store.unit() as uow:
        for number in range(many):
            person = await uow.people.add(Person(f"Người {number}", hamlet.id, created_at=uow.now))
            account, *_ = await uow.accounts.meet(network, "plain", f"{hamlet.code}-{number}")
            account.person_id, account.last_heard_at = person.id, uow.now
            ids.append(person.id)
        await uow.commit()
    return ids
