"""The topic and the desk a question may belong to, for the secretary to accept with one tap; never set by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.deadlines.clocks import plan_for
from intake.actions.people.office import note, question_in_unit
from intake.actions.questions.gathered import look_into
from intake.actions.questions.groups import assign_group
from intake.actions.sealed.access import assignable
from intake.actions.sealed.shown import hide_asker
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Desk, Topic, TopicId, UnitId
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile_bodies import TopicLine
from intake.rules.questions.question import Question, QuestionId
from intake.rules.questions.topics import suggest_topic
from intake.rules.sealed.risk import accuses, risk_of


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic with the desk that answers it."""

    topic: Topic
    desk: Desk


def topic_lines(plan: Plan | None) -> tuple[TopicLine, ...]:
    """The topics of a plan with the words people use for them."""
    return () if plan is None else plan.decided.profile.topics


async def suggested(uow: UnitOfWork, question: Question) -> Suggestion | None:
    """What the words of a question suggest, by the topics of the plan it is under; None where they say too little.

    What accuses somebody is never laid before the desk its words speak of: only topics that are sensitive themselves,
    whose desks look into such things, are suggested for it (R126, LAW C4). Nor is a desk that has just given it back.
    """
    return (await suggested_for_each(uow, [question])).get(question.id)


async def suggested_for_each(uow: UnitOfWork, questions: Sequence[Question]) -> dict[QuestionId, Suggestion]:
    """The same for many at once; those whose words say too little are missing. What they share is looked up once."""
    found: dict[QuestionId, Suggestion] = {}
    plans: dict[tuple[UnitId, MeetingId | None], tuple[TopicLine, ...]] = {}
    topics: dict[UnitId, dict[str, Topic]] = {}
    desks: dict[UnitId, dict[str, Desk]] = {}
    for question in questions:
        unit_id, under = question.unit_id, (question.unit_id, question.meeting_id)
        if under not in plans:
            plans[under] = topic_lines(await plan_for(uow, question))
        accusing = question.sensitive or accuses(question.text, risk_of(question.text))
        line = suggest_topic(question.text, tuple(one for one in plans[under] if one.sensitive or not accusing))
        if line is None:
            continue
        if unit_id not in topics:
            topics[unit_id] = {topic.code: topic for topic in await uow.places.topics(unit_id)}
            desks[unit_id] = {desk.code: desk for desk in await uow.places.desks(unit_id)}
        desk = desks[unit_id][str(line.desk)]
        gave_it_back = question.given_back.startswith(f"{desk.name}: ")
        if not gave_it_back and await assignable(uow, question, [desk]):
            found[question.id] = Suggestion(topics[unit_id][line.code], desk)
    return found


async def accept(uow: UnitOfWork, *, by: Person, question_id: QuestionId, topic_id: TopicId) -> tuple[Question, Desk]:
    """Give a question its topic and, with it, to the topic's desk. A sensitive topic makes the question so (R126)."""
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR, lock=True)
    topic = await uow.places.topic(topic_id)
    if topic.desk_id is None:
        raise NotFound
    await _put_under(uow, question, topic)
    # a topic of another unit leads to a desk of that unit, which is refused
    await assign_group(uow, by=by, question_id=question.id, desk_id=topic.desk_id)
    await note(uow, by, "set_topic", question, topic=topic.id)
    return question, await uow.places.desk(topic.desk_id)


async def _put_under(uow: UnitOfWork, question: Question, topic: Topic) -> None:
    """What is sensitive by its topic is public no more, and no opinion among others."""
    question.topic_id = topic.id
    if topic.sensitive and not question.sensitive:
        question.sensitive, question.public_text = True, None
        await look_into(uow, question)
        await hide_asker(uow, question)


async def set_topic(uow: UnitOfWork, *, by: Person, question_id: QuestionId, topic_id: TopicId) -> Question:
    """Give a question its topic and leave it where it lies. A sensitive topic makes the question so (R126)."""
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR, lock=True)
    topic = await uow.places.topic(topic_id)
    if topic.unit_id != question.unit_id:
        raise NotFound
    await _put_under(uow, question, topic)
    await note(uow, by, "set_topic", question, topic=topic.id)
    return question
