"""Send a message to everybody in some hamlets; the letters are written afterwards, whoever asks waits for nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from intake.ports import UnitOfWork
from intake.rules.broadcast import AudiencePart, Broadcast, BroadcastId, time_needed
from intake.rules.delivery import earliest_sending
from intake.rules.message import Message, pack_message
from intake.rules.person import Network, PersonId
from intake.rules.unit import UnitId


@dataclass(frozen=True, slots=True)
class Audience:
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
    audience: Audience


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


def audience_of(parts: Iterable[AudiencePart]) -> Audience:
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
    return Audience(reached, on_return, in_person, by_network)


async def foresee_duration(uow: UnitOfWork, hamlets: Sequence[UnitId]) -> tuple[timedelta, float]:
    """How long a message to everybody in the hamlets would be under way, and at how many messages a second.

    The pace is that of the network which takes longest; 0 where none of theirs has a limit.
    """
    audience = audience_of(await uow.broadcasts.audience(hamlets))
    paces = uow.reach.per_second
    slowest = max(
        (network for network in audience.by_network if paces.get(network)),
        key=lambda network: audience.by_network[network] / paces[network],
        default=None,
    )
    return time_needed(audience.by_network, paces), 0.0 if slowest is None else paces[slowest]
