"""Look after a broadcast under way: pause it, let it go on, stop it."""

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.broadcast import Broadcast, BroadcastId, BroadcastState
from intake.rules.errors import ChangedMeanwhile, NotFound
from intake.rules.permissions import holds
from intake.rules.person import Person, Role


async def broadcast_in_hand(uow: UnitOfWork, by: Person, broadcast_id: BroadcastId, *, lock: bool = False) -> Broadcast:
    """The broadcast, for whoever began it, a secretary or a chair of its unit; `NotFound` for anybody else."""
    broadcast = await uow.broadcasts.get(broadcast_id, lock=lock)
    if broadcast.started_by != by.id:
        unit = await uow.places.unit(broadcast.unit_id)
        grants = await uow.people.grants_of(by.id)
        if not any(holds(grants, role, unit) for role in (Role.SECRETARY, Role.CHAIR)):
            raise NotFound
    return broadcast


async def change_broadcast(uow: UnitOfWork, *, by: Person, broadcast_id: BroadcastId, to: BroadcastState) -> Broadcast:
    """Pause, resume or stop a broadcast as somebody who may; see `set_state`."""
    broadcast = await broadcast_in_hand(uow, by, broadcast_id, lock=True)
    await set_state(uow, broadcast, to, AuditEntry(uow.now, by.id, f"broadcast_{to.value}", _subject(broadcast), {}))
    return broadcast


async def change_by_command(uow: UnitOfWork, *, by: str, broadcast_id: BroadcastId, to: BroadcastState) -> Broadcast:
    """The same from the command line; `by` is the name that is kept. `NotFound` when there is no such broadcast."""
    broadcast = await uow.broadcasts.get(broadcast_id, lock=True)
    entry = AuditEntry(uow.now, None, f"broadcast_{to.value}", _subject(broadcast), {"by": by})
    await set_state(uow, broadcast, to, entry)
    return broadcast


async def set_state(uow: UnitOfWork, broadcast: Broadcast, to: BroadcastState, entry: AuditEntry) -> None:
    """Change how a broadcast that is held stands. At once no sender begins a letter of a paused or stopped one.

    What a stopped one had not sent is taken back afterwards. Raises `ChangedMeanwhile` when it is over, or stands so.
    """
    if not broadcast.state.is_open or broadcast.state is to:
        raise ChangedMeanwhile
    broadcast.state = to
    await uow.ledger.write(entry)


def _subject(broadcast: Broadcast) -> str:
    return f"broadcast:{broadcast.id}"
