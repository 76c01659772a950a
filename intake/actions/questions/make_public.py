"""A question and its answer are made public, in words that name nobody (R020, R026); or taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.actions.people.office import note, question_in_unit
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.people.person import Person, Role
from intake.rules.plan.open_points import ONLY_FIGURES, PUBLIC_SCOPE
from intake.rules.questions.promise import required
from intake.rules.questions.question import ProposalKind, Question, QuestionId, QuestionState
from intake.rules.questions.unnamed import without_people

_ANSWERED = (QuestionState.ANSWERED, QuestionState.CLOSED)


@dataclass(frozen=True, slots=True)
class PublicWords:
    """A question in the words chosen for the public, and its last answer; both without those who asked.

    `answer` is empty where it was given in the room by word of mouth.
    """

    text: str
    answer: str


async def shows_answers(uow: UnitOfWork, meeting_id: MeetingId) -> bool:
    """Whether people may read answers of others, or figures only; as decided for the plan, else they may (A7)."""
    meeting = await uow.meetings.get(meeting_id)
    return (await uow.plans.get(meeting.plan_id)).decided.answer(PUBLIC_SCOPE) != ONLY_FIGURES


async def may_be_public(uow: UnitOfWork, question: Question) -> bool:
    """Whether a question can be made public: one of a meeting, answered, not sensitive, and the plan shows answers."""
    if question.meeting_id is None or question.state not in _ANSWERED or question.sensitive:
        return False
    return await shows_answers(uow, question.meeting_id)


async def make_public(uow: UnitOfWork, *, by: Person, question_id: QuestionId, text: str) -> Question:
    """Let everybody the meeting was for read the question in these words, and its answer. For the secretary.

    `RuleBroken` where the question or the plan does not allow it. The asker's own text stays as it is.
    """
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, lock=True)
    if not await may_be_public(uow, question):
        raise RuleBroken("refusal.not_public")
    question.public_text = required(text, "refusal.text_missing")
    await note(uow, by, "make_public", question)
    return question


async def take_back(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> Question:
    """Show a question to nobody but those it concerns, as before."""
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, lock=True, though_restricted=True)
    question.public_text = None
    await note(uow, by, "take_back_public", question)
    return question


async def public_questions(uow: UnitOfWork, meeting: Meeting) -> Sequence[Question]:
    """The questions of a meeting everybody may read; none where the plan shows figures only."""
    if not await shows_answers(uow, meeting.id):
        return ()
    asked = await uow.questions.of_meeting(meeting.id)
    return [one for one in asked if one.public_text is not None and one.state in _ANSWERED and not one.sensitive]


async def public_words(uow: UnitOfWork, questions: Sequence[Question]) -> Mapping[QuestionId, PublicWords]:
    """What everybody may read of questions that were made public: an answer was written to its asker, by name."""
    approved = await uow.questions.approved([one.id for one in questions])
    people = await uow.people.many(
        {one.asker_id for one in questions} | {one.entered_by for one in questions if one.entered_by is not None}
    )
    found = {}
    for question in questions:
        names = [people[one].name for one in (question.asker_id, question.entered_by) if one in people]
        answers = [one.text for one in approved.get(question.id, ()) if one.kind is ProposalKind.ANSWER]
        found[question.id] = PublicWords(
            without_people(question.public_text or "", names), without_people("".join(answers[-1:]), names)
        )
    return found
