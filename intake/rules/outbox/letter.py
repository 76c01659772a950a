"""A message waiting in the outbox. Everything a person is told is a letter, the immediate reply too."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple, NewType

from intake.rules.people.person import AccountId, PersonId
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
