"""Counting a show of hands: when the office does, and at the latest when the meeting ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.meetings.meeting import Meeting
from intake.rules.meetings.show_of_hands import ShowOfHands
from intake.rules.people.person import Person


@dataclass(frozen=True, slots=True)
class HandsCount:
    """A show of hands with the hands for each answer: those that are up, or those that were counted.

    `by_eye` of them are of people without a phone, counted in the hall.
    """

    hands: ShowOfHands
    counts: Sequence[int]
    by_eye: int

    @property
    def is_open(self) -> bool:
        """Whether hands can still be put up."""
        return self.hands.counted_at is None

    @property
    def total(self) -> int:
        """How many hands there are."""
        return sum(self.counts)


async def counted(uow: UnitOfWork, hands: ShowOfHands) -> HandsCount:
    """The hands as they stand at this moment."""
    entered = [one.counts for one in await uow.hands.at_places(hands.id)]
    by_eye = sum(sum(counts) for counts in entered)
    if hands.counted_at is not None:
        return HandsCount(hands, hands.result, by_eye)
    up = await uow.hands.up(hands.id)
    each = [up.get(number, 0) + sum(counts[number] for counts in entered) for number in range(len(hands.answers))]
    return HandsCount(hands, each, by_eye)


async def count_up(uow: UnitOfWork, by: Person, meeting: Meeting) -> HandsCount | None:
    """Count the hands that are up in a meeting (held before): the result stays, who chose what is forgotten.

    None where no hands are up.
    """
    up = next((one for one in await uow.hands.of_meeting(meeting.id) if one.counted_at is None), None)
    if up is None:
        return None
    hands = await uow.hands.get(up.id, lock=True)
    hands.result = list((await counted(uow, hands)).counts)
    hands.counted_at = uow.now
    await uow.hands.down(hands.id)
    entry = AuditEntry(uow.now, by.id, "count_hands", f"hands:{hands.id}", {"meeting": meeting.id})
    await uow.ledger.write(entry)
    return await counted(uow, hands)
