"""The proof that a notice reached people: by which means, where, when, and who says so (R090, R099)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from intake.rules.meeting import NoticeId
from intake.rules.person import PersonId
from intake.rules.unit import UnitId


class NoticeMeans(StrEnum):
    """The means that a person confirms; what the chat did is counted from the outbox."""

    LOUDSPEAKER = "loudspeaker"
    POSTER = "poster"


@dataclass(eq=False)
class NoticeProof:
    """Somebody's word that the notice was read out, or hung up, in a hamlet or in the whole unit (`place_id`) `at`."""

    id: int = field(init=False)
    notice_id: NoticeId
    place_id: UnitId
    means: NoticeMeans
    at: datetime
    confirmed_by: PersonId
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeReach:
    """How far the chat carried a notice in one hamlet.

    `phones`: the different chats it went or goes to; `failed`: blocked or refused; `in_person`: people without a chat.
    """

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    in_person: int = 0
    phones: int = 0

    @property
    def to_visit(self) -> int:
        """The known people whom no chat reached."""
        return self.failed + self.in_person

    def doors(self, households: int | None) -> int | None:
        """How many households have to be called on at the least: a phone serves one; None: their number is unknown."""
        return None if households is None else max(0, households - self.phones)
