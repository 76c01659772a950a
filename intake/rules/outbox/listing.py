"""The outbox as whoever looks after it sees it: which letters are meant, and a line about each without its words."""

from dataclasses import dataclass
from datetime import datetime

from intake.rules.outbox.letter import LetterId, LetterState, Priority
from intake.rules.people.person import Network

DISCARDABLE = (
    LetterState.WAITING,
    LetterState.QUARANTINED,
    LetterState.UNREACHABLE,
    LetterState.IN_PERSON,
    LetterState.ON_RETURN,
)
"""What has neither gone out nor been discarded."""
RETRIABLE = (LetterState.WAITING, LetterState.QUARANTINED)
"""What another try may help: letters a network refuses, and letters that wait for their next try. The others wait for
the person, who releases them by doing something (`come_back`)."""


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters are meant: those of these states, and of the rest whatever is given.

    `failed` leaves out waiting letters that were never tried. `ids`: these letters and no others.
    """

    states: tuple[LetterState, ...] = DISCARDABLE
    network: Network | None = None
    priority: Priority | None = None
    written_before: datetime | None = None
    failed: bool = False
    ids: tuple[LetterId, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter without its words and without whose it is. `network` is None when no chat reaches the person."""

    id: LetterId
    created_at: datetime
    not_before: datetime
    priority: Priority
    state: LetterState
    attempts: int
    failure: str | None
    network: Network | None
