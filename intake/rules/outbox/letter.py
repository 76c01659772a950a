"""A message waiting in the outbox, and which letters whoever looks after it means.

Everything a person is told is a letter, the immediate reply too; to operators it is a line without its words.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple, NewType

from intake.rules.people.person import AccountId, Network, PersonId
from intake.rules.questions.question import QuestionId

LetterId = NewType("LetterId", int)


class Priority(IntEnum):
    """What is sent first.

    What waited for somebody who is back, then the reply to what somebody just did, then news about their own matter,
    then broadcasts.
    """

    AWAITED = -1
    REPLY = 0
    PUSH = 1
    BULK = 2


class LetterState(StrEnum):
    """waiting → sent, or the reason why not. `in_person`: no chat reaches them, a hamlet head has to tell them.

    `on_return`: every chat's window is closed; it goes out, before anything else, when the person does something again.
    `discarded`: whoever runs the installation took it out of the outbox, for a reason that stands in the audit trail.
    """

    WAITING = "waiting"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    QUARANTINED = "quarantined"
    IN_PERSON = "in_person"
    ON_RETURN = "on_return"
    DISCARDED = "discarded"


@dataclass(eq=False)
class Letter:
    """One message to one person. `content` is a packed `Message`; it is emptied when it was told and is not needed.

    A letter of a broadcast (`broadcast_id`) has none: it says what the broadcast says; `channel` is where it goes out.
    `account_id` is None when no chat reaches the person. `once` makes a second letter of the same name impossible.
    `waits_since`: since when it waits for the person's return; `ring_at`: when a template message is to go for it,
    `rung_at`: when one went. `told_at` and `told_by`: a hamlet head told the person that there is something.
    """

    id: LetterId = field(init=False)
    account_id: AccountId | None
    person_id: PersonId | None
    priority: Priority
    content: dict[str, Any] | None
    created_at: datetime
    not_before: datetime
    question_id: QuestionId | None = None
    once: str | None = None
    state: LetterState = LetterState.WAITING
    attempts: int = 0
    sent_at: datetime | None = None
    network_message_id: str | None = None
    failure: str | None = None
    waits_since: datetime | None = None
    ring_at: datetime | None = None
    rung_at: datetime | None = None
    told_at: datetime | None = None
    told_by: PersonId | None = None
    broadcast_id: int | None = None
    channel: str | None = None


class NewLetter(NamedTuple):
    """A letter that is only written down and not looked at again: as in `Letter`, made by the thousand."""

    account_id: AccountId | None
    person_id: PersonId | None
    priority: Priority
    content: dict[str, Any] | None
    created_at: datetime
    not_before: datetime
    question_id: QuestionId | None = None
    once: str | None = None
    state: LetterState = LetterState.WAITING
    attempts: int = 0
    broadcast_id: int | None = None
    channel: str | None = None


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
