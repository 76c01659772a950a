"""Send a message to everybody in some hamlets, and look after it under way: pause it, let it go on, stop it.

The letters are written afterwards, so whoever asks waits for nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, NotFound
from intake.rules.message import Message, pack_message
from intake.rules.outbox.broadcast import AudiencePart, Broadcast, BroadcastId, BroadcastState, time_needed
from intake.rules.outbox.delivery import earliest_sending
from intake.rules.people.permissions import holds
from intake.rules.people.person import Network, Person, PersonId, Role
from intake.rules.people.unit import UnitId


@dataclass(frozen=True, slots=True)
class BroadcastAudience:
    """How many people a broadcast is for: reached by a chat now, on their return only, by no chat."""

    reached: int
    on_return: int
    in_person: int
    by_network: Counter[Network]

    @property
    def people(self) -> int:
        """All of them."""
        return self.reached + self.on_return + self.in_person

    @property
    def by_chat(self) -> int:
        """How many a chat carries it to, now or on their return."""
        return self.reached + self.on_return


@dataclass(frozen=True, slots=True)
class Started:
    """A broadcast that was begun, and whom it is for."""

    broadcast_id: BroadcastId
    audience: BroadcastAudience


async def start_broadcast(
    uow: UnitOfWork,
    message: Message,
    *,
    name: str,
    unit_id: UnitId,
    hamlets: Sequence[UnitId],
    by: PersonId | None = None,
    also: Sequence[PersonId] = (),
    left_out: Sequence[PersonId] = (),
) -> Started:
    """Begin a broadcast to the people of hamlets, and those named, but those left out; it waits out the quiet hours.

    `name` names the news, so that nobody gets it twice; `unit_id` is whose broadcast it is: the commune that may pause
    and stop it. A neighbour without a phone is left to be told in person: a head would get the same words for each.
    """
    audience = audience_of(await uow.broadcasts.audience(hamlets, also=also, left_out=left_out))
    broadcast = Broadcast(
        name=name,
        unit_id=unit_id,
        content=pack_message(message),
        started_by=by,
        started_at=uow.now,
        not_before=earliest_sending(uow.now),
        people=audience.people,
    )
    await uow.broadcasts.add(broadcast, hamlets, also=also, left_out=left_out)
    return Started(broadcast.id, audience)


def audience_of(parts: Iterable[AudiencePart]) -> BroadcastAudience:
    """Add up the parts of an audience."""
    reached = on_return = in_person = 0
    by_network: Counter[Network] = Counter()
    for part in parts:
        if part.network is None:
            in_person += part.people
        elif part.way is None:
            on_return += part.people
        else:
            reached += part.people
            by_network[part.network] += part.people
    return BroadcastAudience(reached, on_return, in_person, by_network)


async def foresee_duration(uow: UnitOfWork, hamlets: Sequence[UnitId]) -> tuple[timedelta, float]:
    """How long a message to everybody in the hamlets would be under way, and at how many messages a second.

    The pace is that of the network which takes longest; 0 where none of theirs has a limit.
    """
    audience = audience_of(await uow.broadcasts.audience(hamlets))
    paces = uow.channel_policy.per_second
    slowest = max(
        (network for network in audience.by_network if paces.get(network)),
        key=lambda network: audience.by_network[network] / paces[network],
        default=None,
    )
    return time_needed(audience.by_network, paces), 0.0 if slowest is None else paces[slowest]


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
    entry = AuditEntry(uow.now, None, f"broadcast_{to.value}", _subject(broadcast))
    await set_state(uow, broadcast, to, entry, words={"by": by})
    return broadcast


async def set_state(
    uow: UnitOfWork,
    broadcast: Broadcast,
    to: BroadcastState,
    entry: AuditEntry,
    *,
    words: Mapping[str, str] | None = None,
) -> None:
    """Change how a broadcast that is held stands. At once no relay begins a letter of a paused or stopped one.

    What a stopped one had not sent is taken back afterwards. Raises `ChangedMeanwhile` when it is over, or stands so.
    """
    if not broadcast.state.is_open or broadcast.state is to:
        raise ChangedMeanwhile
    broadcast.state = to
    await uow.ledger.write(entry, words=words)


def _subject(broadcast: Broadcast) -> str:
    return f"broadcast:{broadcast.id}"
