"""A question as documents tell it, and which questions none of them tells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from intake.actions.questions.make_public import PublicWords, public_words
from intake.ports import UnitOfWork
from intake.rules.meetings.results import fate_of
from intake.rules.papers.facts import QuestionFacts
from intake.rules.people.person import Person, PersonId
from intake.rules.people.unit import DeskId, TopicId, UnitId
from intake.rules.questions.question import (
    Proposal,
    ProposalKind,
    ProposalState,
    Question,
    QuestionId,
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
    asked = list(questions)
    free = [one for one in asked if not is_withheld(one)]
    told = await facts_of_questions(uow, free, ended_at=ended_at)
    return told, len(asked) - len(free)


async def facts_of_questions(
    uow: UnitOfWork, questions: Sequence[Question], *, with_asker: bool = False, ended_at: datetime | None = None
) -> tuple[QuestionFacts, ...]:
    """What a document may say of each of these questions; what they need is looked up for all of them together."""
    names, around = QuestionNames(uow), await _look_around(uow, questions, with_asker=with_asker)
    return tuple([await _facts(one, names, around, ended_at=ended_at) for one in questions])


@dataclass(frozen=True, slots=True)
class _Around:
    """What belongs to some questions, by their ids."""

    proposals: Mapping[QuestionId, Sequence[Proposal]]
    due: Mapping[QuestionId, date]
    public: Mapping[QuestionId, PublicWords]
    askers: Mapping[PersonId, Person]


async def _look_around(uow: UnitOfWork, questions: Sequence[Question], *, with_asker: bool) -> _Around:
    ids = [one.id for one in questions]
    public = [one for one in questions if one.public_text is not None]
    return _Around(
        await uow.questions.all_proposals(ids),
        await uow.clocks.running_on(ids),
        await public_words(uow, public) if public else {},
        await uow.people.many({one.asker_id for one in questions}) if with_asker else {},
    )


async def _facts(
    question: Question, names: QuestionNames, around: _Around, *, ended_at: datetime | None
) -> QuestionFacts:
    """An answer is one that was approved, a draft one that waits."""
    proposals = around.proposals.get(question.id, ())
    answer = _last(proposals, ProposalKind.ANSWER, ProposalState.APPROVED)
    later = max(
        filter(None, (_last(proposals, kind, ProposalState.APPROVED) for kind in _PROMISES)),
        key=lambda one: one.id,
        default=None,
    )
    draft = _last(proposals, ProposalKind.ANSWER, ProposalState.PROPOSED, ProposalState.HELD)
    asker, asker_hamlet, person = "", "", around.askers.get(question.asker_id)
    if person is not None and person.erased_at is None:
        asker, asker_hamlet = person.name, await names.hamlet(person.hamlet_id)
    public = around.public.get(question.id)
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
        declined_because=question.declined_because,
        outcome=question.room_outcome,
        outcome_reason=question.room_reason,
        due_on=around.due.get(question.id),
        extended=question.state is QuestionState.EXTENDED,
        urgent=question.urgent,
    )


_PROMISES = (ProposalKind.REFERRAL, ProposalKind.EXTENSION)


def _last(proposals: Iterable[Proposal], kind: ProposalKind, *states: ProposalState) -> Proposal | None:
    found = [one for one in proposals if one.kind is kind and one.state in states]
    return found[-1] if found else None
