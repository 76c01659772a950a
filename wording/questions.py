"""Where a question stands, in sentences: the state, what is waited for, what was promised, the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind, is_overdue
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words, on_weekday
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param, Term
from intake.rules.people.permissions import works_at_desk
from intake.rules.people.person import Grant
from intake.rules.questions.question import OPEN_STATES, Proposal, ProposalKind, ProposalState, Question, QuestionState
from intake.rules.questions.question_list import QuestionLine
from intake.rules.text import excerpt

from .meetings import when_of

REPLIES = (ClockKind.REPLY, ClockKind.REPLY_OUTSIDE, ClockKind.PROMISE)
"""The clocks whose end is the day by which the asker has an answer."""

BEFORE_THE_END = (
    QuestionState.RECEIVED,
    QuestionState.NEEDS_CLARIFICATION,
    QuestionState.WAITING_FOR_MEETING,
    QuestionState.RAISED,
    QuestionState.DIRECTED,
)
"""States in which a question sent for a meeting still waits for that meeting to end."""

_PROMISED = {QuestionState.REFERRED: ProposalKind.REFERRAL, QuestionState.EXTENDED: ProposalKind.EXTENSION}
_TO_SORT = (QuestionState.RECEIVED, QuestionState.NEEDS_CLARIFICATION)
_WITH_REASON = (QuestionState.OUT_OF_SCOPE, QuestionState.NEEDS_CLARIFICATION, QuestionState.DIRECTED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a question at this moment: its running clocks, its meeting, what was approved for it."""

    question: Question
    running: tuple[Clock, ...]
    meeting: Meeting | None
    approved: tuple[Proposal, ...]

    @property
    def reply_clock(self) -> Clock | None:
        """The running clock by whose end the asker has an answer; the soonest of several."""
        replies = [clock for clock in self.running if clock.kind in REPLIES]
        return min(replies, key=lambda clock: clock.due_on, default=None)

    @property
    def waits_for_meeting(self) -> bool:
        """Whether no clock runs yet because the end of a meeting will start it (R160)."""
        return not self.running and self.meeting is not None and self.question.state in BEFORE_THE_END


def kept_words(question: Question | QuestionLine) -> Term | None:
    """What stands in a list or a file where a question's words would; None where they may stand there.

    Over somebody's shoulder in an office a list is read by others: what is sensitive says nothing there, and what its
    asker has restricted is not worked with (LAW C5).
    """
    if question.sensitive:
        return Term("desk.sealed_line")
    return Term("desk.restricted_line") if question.restricted else None


def returned_words(question: Question) -> Term | None:
    """Which desk gave a question back that waits to be sorted again, and why; None where none did."""
    if question.state not in _TO_SORT or not question.given_back:
        return None
    return Term("office.returned_because", {"reason": question.given_back})


async def who_hears(uow: UnitOfWork, question: Question, grants: Sequence[Grant]) -> Term:
    """Who is told what the asker replies, said to whoever asked back: the desk it lies on, else the secretaries."""
    if question.desk_id is None or works_at_desk(grants, question):
        return Term("office.you_hear")
    return Term("office.desk_hears", {"desk": (await uow.places.desk(question.desk_id)).name})


def listed_words(question: Question | QuestionLine) -> Param:
    """The first words of a question as a list tells them, or what stands in their place."""
    return kept_words(question) or excerpt(question.text)


async def standing_of(uow: UnitOfWork, question: Question) -> Standing:
    """Look up what is known of a question."""
    proposals = await uow.questions.proposals(question.id)
    return Standing(
        question=question,
        running=tuple(await uow.clocks.running_for(question.id)),
        meeting=None if question.meeting_id is None else await uow.meetings.get(question.meeting_id),
        approved=tuple(one for one in proposals if one.state is ProposalState.APPROVED),
    )


async def sentences(uow: UnitOfWork, standing: Standing) -> list[Param]:
    """The state in words, the responsible desk or agency, the due date or what is waited for; late is said as late."""
    question = standing.question
    said: list[Param] = [_state(standing)]
    reason, instead = question.declined_because
    if reason and question.state is QuestionState.OUT_OF_SCOPE:
        said.append(Term("status.declined_why", {"reason": reason, "instead": instead}))
    elif question.reason and question.state in _WITH_REASON:
        said.append(question.reason)
    if question.restricted and question.state in OPEN_STATES:
        said.append(Term("status.rests"))
    clock = standing.reply_clock
    if clock is not None and is_overdue(clock.due_on, uow.today):
        due = due_words(unpack_due(clock.due))
        said.append(Term("status.late", {"due": due, "desk": await _responsible(uow, question)}))
    elif clock is not None:
        said.append(Term("status.due", {"due": due_words(unpack_due(clock.due))}))
    elif standing.waits_for_meeting and standing.meeting is not None:
        said.append(after_meeting(standing.meeting))
    return said


def after_meeting(meeting: Meeting) -> Term:
    """What will start the reply clock of a question that was sent for a meeting (R160)."""
    return Term("status.after_meeting", {"title": meeting.title, **when_of(meeting)})


def last_approved(proposals: Sequence[Proposal], kind: ProposalKind) -> Proposal | None:
    """The newest approved proposal of a kind."""
    return next((one for one in reversed(proposals) if one.kind is kind), None)


def _state(standing: Standing) -> Term:
    state = standing.question.state
    promise = last_approved(standing.approved, _PROMISED[state]) if state in _PROMISED else None
    if promise is not None and promise.promised_on is not None:
        params: dict[str, Param] = {"agency": promise.agency, "date": on_weekday(promise.promised_on)}
        return Term(f"status.{state.value}_to", params)
    return Term(f"status.{state.value}")


async def _responsible(uow: UnitOfWork, question: Question) -> str:
    if question.desk_id is not None:
        return (await uow.places.desk(question.desk_id)).name
    return (await uow.places.unit(question.unit_id)).name


def explained(clocks: Sequence[Clock]) -> list[Clock]:
    """The clocks `/cachtinh` explains: those that run, else the one that ended last; none where they rest."""
    running = [clock for clock in clocks if clock.state is ClockState.RUNNING]
    return running if running or rest(clocks) else list(clocks[-1:])


def rest(clocks: Sequence[Clock]) -> bool:
    """Whether the time to reply stands still, since whoever asked has restricted the use of their data (LAW C5)."""
    return any(clock.state is ClockState.PAUSED for clock in clocks)
