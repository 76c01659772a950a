"""Beginnings of stories: a meeting of Di Lăng, an answer on its way, what is stored of somebody."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from intake.actions.outbox.tell import tell_asker
from intake.actions.people.enrol import enter_neighbour
from intake.actions.questions.ask_question import ask_question
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.message import Button, Message
from intake.rules.outbox.letter import Letter, LetterState, Priority
from intake.rules.people.person import EndedGrant, Person, PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.window import Precision
from intake.rules.questions.question import Act, Proposal, ProposalKind, ProposalState, Question, QuestionState, after
from intake.rules.questions.rating import rating_code
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork

from .world import World, local


async def planned_meeting(
    world: World,
    *hamlets: str,
    title: str = "Đối thoại tháng 4 năm 2024",
    plan: str = "di-lang-2024",
    window: tuple[date, date] = (date(2024, 4, 1), date(2024, 4, 30)),
) -> Meeting:
    """A meeting whose day is not fixed, of April 2024 or another window; for these hamlets, or the whole unit."""
    async with world.store.unit() as uow:
        loaded = await uow.plans.by_code(plan)
        assert loaded is not None
        covered = [await uow.places.unit_by_code(code) for code in hamlets]
        meeting = await uow.meetings.add(
            Meeting(
                plan_id=loaded.id,
                unit_id=loaded.unit_id,
                session_key="thang-4",
                title=title,
                theme="",
                window_from=window[0],
                window_to=window[1],
                precision=Precision.MONTH,
                half_day=None,
                venue="Nhà Văn hóa TDP Hàng Gòn",
            ),
            [unit.id for unit in covered if unit is not None],
        )
        await uow.commit()
    return meeting


async def set_meeting(world: World, meeting: Meeting, state: MeetingState, at: datetime | None = None) -> None:
    """Put a meeting into a state, on 25 April or at another moment."""
    async with world.store.unit() as uow:
        stored = await uow.meetings.get(meeting.id)
        stored.state, stored.starts_at = state, at or local(2024, 4, 25, 14)
        await uow.commit()


async def question_of(uow: SqlUnitOfWork, reference: str) -> Question:
    """The question with this reference."""
    question = await uow.questions.by_reference(reference)
    assert question is not None, reference
    return question


async def put_in_state(world: World, reference: str, state: QuestionState, **changes: object) -> None:
    """Put a question into a state, as an office would have brought it there."""
    async with world.store.unit() as uow:
        question = await question_of(uow, reference)
        question.state = state
        for name, value in changes.items():
            setattr(question, name, value)
        await uow.commit()


async def lay_on_desk(world: World, reference: str, desk: str = "chuyen-mon") -> None:
    """The question is taken on and lies on a desk of Di Lăng."""
    async with world.store.unit() as uow:
        question = await question_of(uow, reference)
        desks = {one.code: one for one in await uow.places.desks(question.unit_id)}
        question.desk_id, question.state = desks[desk].id, QuestionState.TAKEN_ON
        await uow.commit()


async def answer(world: World, reference: str, text: str, *, promise: tuple[str, date] | None = None) -> None:
    """An approved answer, told with the two buttons of its rating; or a referral to an agency with a date."""
    async with world.store.unit() as uow:
        question = await question_of(uow, reference)
        act, kind = (Act.ANSWER, ProposalKind.ANSWER) if promise is None else (Act.REFER, ProposalKind.REFERRAL)
        if question.state is QuestionState.RECEIVED:
            question.state = after(question.state, Act.TAKE_ON)
        question.state = after(question.state, act)
        agency, promised_on = ("", None) if promise is None else promise
        proposal = Proposal(question.id, kind, text, question.asker_id, uow.now, agency, promised_on)
        proposal.state = ProposalState.APPROVED
        await uow.questions.propose(proposal)
        if promise is None:
            question.answered_at = uow.now
            rates = (
                (
                    Button(rating_code(question, "good"), "rate.good"),
                    Button(rating_code(question, "bad"), "rate.bad"),
                ),
            )
            for clock in await uow.clocks.running_for(question.id):
                clock.state, clock.ended_at = clock.state.MET, uow.now
            await tell_asker(uow, question, Message("status.answer", {"text": text}, rates))
        await uow.commit()
    await world.settle()


async def neighbour_asks(world: World, text: str) -> None:
    """The hamlet head who is the first person of this world types a question for a neighbour, Cụ Năm."""
    async with world.store.unit() as uow:
        head = await uow.people.get(PersonId(1))
        assert head is not None
        assert head.hamlet_id is not None
        old = await enter_neighbour(uow, head, name="Cụ Năm", hamlet_id=head.hamlet_id)
        await ask_question(uow, asker=old, text=text, entered_by=head)
        await uow.commit()


async def refuse_replies(world: World, name: str) -> None:
    """The network has refused every reply to somebody: they wrote and heard nothing."""
    theirs = sa.select(t.persons.c.id).where(t.persons.c.name == name).scalar_subquery()
    async with world.store.unit() as uow:
        await uow.session.execute(
            sa.update(Letter)
            .where(t.letters.c.person_id == theirs, t.letters.c.priority == Priority.REPLY)
            .values(state=LetterState.QUARANTINED)
        )
        await uow.commit()


async def residents_of(uow: SqlUnitOfWork, hamlet_id: UnitId) -> Sequence[Person]:
    """Everybody who named this hamlet as the own and was not erased."""
    theirs = sa.select(Person).where(t.persons.c.hamlet_id == hamlet_id, t.persons.c.erased_at.is_(None))
    return (await uow.session.scalars(theirs.order_by(t.persons.c.id))).all()


async def take_roles(uow: SqlUnitOfWork, person_id: PersonId) -> None:
    """Take every role from somebody, as if it had been taken back one by one."""
    for grant in await uow.people.grants_of(person_id):
        values = (grant.role, grant.unit_id, grant.desk_id, grant.given_at, grant.given_by)
        await uow.people.end_grant(grant, EndedGrant(person_id, *values, uow.now, None))
