"""A question as documents tell it, and which questions none of them tells."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from intake.actions.questions.make_public import public_words
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import OWED
from intake.rules.meetings.results import fate_of
from intake.rules.papers.facts import QuestionFacts
from intake.rules.people.unit import DeskId, TopicId, UnitId
from intake.rules.questions.question import (
    Proposal,
    ProposalKind,
    ProposalState,
    Question,
    QuestionState,
)

_ANSWERED = (QuestionState.ANSWERED, QuestionState.CLOSED, QuestionState.DIRECTED)
_FORWARDED = (QuestionState.REFERRED, QuestionState.EXTENDED)


def is_kept_apart(question: Question) -> bool:
    """Whether no document is made about it: sensitive, naming somebody of the office, or sealed (R126, LAW C4)."""
    return question.sensitive or bool(question.named) or question.state is QuestionState.SEALED


def is_withheld(question: Question) -> bool:
    """Whether no document tells it among others: kept apart, or its asker wants nothing done with it (LAW C5)."""
    return question.restricted or is_kept_apart(question)


class QuestionNames:
    """The names of hamlets, topics and desks, each looked up once for a whole document."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._units: dict[UnitId, str] = {}
        self._topics: Mapping[TopicId, str] | None = None
        self._desks: dict[DeskId, str] = {}

    async def hamlet(self, unit_id: UnitId | None) -> str:
        """The name of a hamlet; empty for none."""
        if unit_id is None:
            return ""
        if unit_id not in self._units:
            self._units[unit_id] = (await self._uow.places.unit(unit_id)).name
        return self._units[unit_id]

    async def topic(self, question: Question) -> str:
        """The name of the topic a person gave the question; a sensitive topic's name is told by none."""
        if question.topic_id is None:
            return ""
        if self._topics is None:
            topics = await self._uow.places.topics(question.unit_id)
            self._topics = {topic.id: "" if topic.sensitive else topic.name for topic in topics}
        return self._topics.get(question.topic_id, "")

    async def desk(self, desk_id: DeskId | None) -> str:
        """The name of a desk; empty for none."""
        if desk_id is None:
            return ""
        if desk_id not in self._desks:
            self._desks[desk_id] = (await self._uow.places.desk(desk_id)).name
        return self._desks[desk_id]


async def told_questions(
    uow: UnitOfWork, questions: Iterable[Question], ended_at: datetime | None = None
) -> tuple[tuple[QuestionFacts, ...], int]:
    """The questions documents may tell, in their order, and how many others there are.

    `ended_at` is the end of their meeting, where they are of one.
    """
    names = QuestionNames(uow)
    told, withheld = [], 0
    for question in questions:
        if is_withheld(question):
            withheld += 1
        else:
            told.append(await question_facts(uow, question, names=names, ended_at=ended_at))
    return tuple(told), withheld


async def question_facts(
    uow: UnitOfWork,
    question: Question,
    *,
    names: QuestionNames | None = None,
    with_asker: bool = False,
    ended_at: datetime | None = None,
) -> QuestionFacts:
    """What a document may say of a question. An answer is one that was approved, a draft one that waits."""
    names = names or QuestionNames(uow)
    proposals = await uow.questions.proposals(question.id)
    answer = _last(proposals, ProposalKind.ANSWER, ProposalState.APPROVED)
    later = max(
        filter(None, (_last(proposals, kind, ProposalState.APPROVED) for kind in _PROMISES)),
        key=lambda one: one.id,
        default=None,
    )
    draft = _last(proposals, ProposalKind.ANSWER, ProposalState.PROPOSED, ProposalState.HELD)
    asker, asker_hamlet = "", ""
    if with_asker:
        person = await uow.people.get(question.asker_id)
        if person is not None and person.erased_at is None:
            asker, asker_hamlet = person.name, await names.hamlet(person.hamlet_id)
    due = [one.due_on for one in await uow.clocks.running_for(question.id) if one.kind in OWED]
    public = None if question.public_text is None else (await public_words(uow, [question]))[question.id]
    forwarded = later is not None and question.state in _FORWARDED
    return QuestionFacts(
        reference=question.reference,
        kind=question.kind,
        text=question.text,
        public_text=None if public is None else public.text,
        public_answer="" if public is None else public.answer,
        received_at=question.received_at,
        state=question.state,
        fate=fate_of(question, ended_at),
        hamlet=await names.hamlet(question.hamlet_id),
        topic=await names.topic(question),
        desk=await names.desk(question.desk_id),
        asker=asker,
        asker_hamlet=asker_hamlet,
        answer=answer.text if answer is not None and question.state in _ANSWERED else "",
        answered_at=question.answered_at,
        draft="" if draft is None else draft.text,
        agency=later.agency if later is not None and forwarded else "",
        promised_on=later.promised_on if later is not None and forwarded else None,
        why_later=later.text if later is not None and forwarded else "",
        reason=question.reason,
        outcome=question.room_outcome,
        outcome_reason=question.room_reason,
        due_on=min(due, default=None),
        extended=question.state is QuestionState.EXTENDED,
        urgent=question.urgent,
    )


_PROMISES = (ProposalKind.REFERRAL, ProposalKind.EXTENSION)


def _last(proposals: Iterable[Proposal], kind: ProposalKind, *states: ProposalState) -> Proposal | None:
    found = [one for one in proposals if one.kind is kind and one.state in states]
    return found[-1] if found else None
