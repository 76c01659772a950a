"""One message to everybody in some hamlets: what it says, whom it is for, how far it got."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from intake.rules.outbox.channel_policy import Way
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Network, PersonId
from intake.rules.people.unit import UnitId

BroadcastId = NewType("BroadcastId", int)


class BroadcastState(StrEnum):
    """running → done; paused and running again at will; stopped for good."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"

    @property
    def is_open(self) -> bool:
        """Whether letters of it may still go out."""
        return self in (BroadcastState.RUNNING, BroadcastState.PAUSED)


@dataclass(eq=False)
class Broadcast:
    """A message on its way to the people of some hamlets. Its letters carry no words of their own: `content` is theirs.

    Broadcasts of one `name` are the same news: nobody gets it twice. `not_before` is the end of the quiet hours.
    `people` is how many it was for when it began. Letters are written in the order of persons' ids, `through` says how
    far, `up_to` until where; `letters` counts them, `spread_at` is when the last one was written.
    """

    id: BroadcastId = field(init=False)
    name: str
    unit_id: UnitId
    content: dict[str, Any]
    started_by: PersonId | None
    started_at: datetime
    not_before: datetime
    people: int
    state: BroadcastState = BroadcastState.RUNNING
    through: int = 0
    up_to: int = 0
    spread_at: datetime | None = None
    letters: int = 0
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AudiencePart:
    """How many people are reached alike: by the same network (None: by no chat), in the same way (None: closed now)."""

    network: Network | None
    way: Way | None
    people: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How many letters of a broadcast stand where; `waiting` ones by network too."""

    by_state: Mapping[LetterState, int]
    waiting: Mapping[Network, int]

    @property
    def sent(self) -> int:
        """How many went out."""
        return self.by_state.get(LetterState.SENT, 0)

    @property
    def left(self) -> int:
        """How many are still to go out by themselves."""
        return self.by_state.get(LetterState.WAITING, 0)

    @property
    def not_delivered(self) -> int:
        """How many did not and will not by themselves: no chat, a lost or a closed one, refused by the network."""
        return sum(self.by_state.values()) - self.sent - self.left


def time_needed(letters: Mapping[Network, int], per_second: Mapping[Network, float]) -> timedelta:
    """How long it takes to send so many letters: the networks send side by side, each at its pace (none: at once)."""
    seconds = [count / per_second[network] for network, count in letters.items() if per_second.get(network)]
    return timedelta(seconds=round(max(seconds, default=0)))
