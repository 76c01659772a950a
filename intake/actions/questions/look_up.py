"""How far a question is, for whoever holds its receipt: state and dates, never a word or a name (R222)."""

from dataclasses import dataclass
from datetime import date, datetime

from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import is_overdue
from intake.rules.errors import NotFound
from intake.rules.questions.look_up import digested, fits, signs_of
from intake.rules.questions.question import OPEN_STATES, QuestionState
from intake.rules.questions.reference import find_reference


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the holder of a receipt is shown.

    `due_on` is the day by which an answer is owed while one is; `waits_for` the moment of the meeting the question
    waits for, where that is fixed.
    """

    reference: str
    state: QuestionState
    received_at: datetime
    answered_at: datetime | None
    due_on: date | None
    late: bool
    waits_for: datetime | None


def look_up_signs(uow: UnitOfWork, reference: str) -> str:
    """The four signs that stand on the receipt of a question."""
    return signs_of(uow.vault.digest(digested(reference)))


async def look_up(uow: UnitOfWork, *, reference: str, signs: str) -> LookedUp:
    """The state of a question; `NotFound` for wrong signs as for a question that never was.

    What was found to be a denunciation is not there either: its state would tell what it is (LAW C4).
    """
    found = find_reference(reference)
    question = None if found is None else await uow.questions.by_reference(found)
    if question is None or question.state is QuestionState.SEALED:
        raise NotFound
    if not fits(signs, uow.vault.digests(digested(question.reference))):
        raise NotFound
    due_on = None
    if question.state in OPEN_STATES:
        due_on = (await uow.clocks.owed_on([question.id])).get(question.id)
    meeting = None if question.meeting_id is None else await uow.meetings.get(question.meeting_id)
    return LookedUp(
        reference=question.reference,
        state=question.state,
        received_at=question.received_at,
        answered_at=question.answered_at,
        due_on=due_on,
        late=due_on is not None and is_overdue(due_on, uow.today),
        waits_for=meeting.starts_at if meeting is not None and meeting.ended_at is None else None,
    )
