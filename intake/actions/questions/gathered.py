"""Opinions: gathered into a synthesis, owed no reply of their own, and a petition as soon as somebody sees one (R128).

Only who sends something says that it is an opinion. The office takes no reply away; it can give one.
"""

from collections.abc import Sequence

from intake.actions.deadlines.clocks import plan_at, plan_for, settings_of, start_clock, start_reply
from intake.actions.outbox.tell import tell, tell_asker
from intake.actions.people.office import leading, meeting_to_come, note, units_of
from intake.actions.sealed.access import may_deal_with
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.permissions import speaks_for_asker
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import UnitId
from intake.rules.plan.profile_terms import GATHERABLE, QuestionKind
from intake.rules.questions.question import Act, Question, QuestionId, QuestionState, after, known_again


async def is_gathered(uow: UnitOfWork, kind: QuestionKind, unit_id: UnitId, meeting_id: MeetingId | None) -> bool:
    """Whether the plan gathers what is of this kind; a question costs no look at the plan."""
    if kind not in GATHERABLE:
        return False
    plan = await plan_at(uow, unit_id, meeting_id)
    return plan is not None and plan.decided.profile.gathers(kind)


async def gather(uow: UnitOfWork, question: Question) -> bool:
    """Put what was just received among the opinions, where it is one; says whether it is there.

    Never what its asker wants kept from others, nor what names somebody of the office: that is looked into (R126).
    """
    if question.sensitive or question.named:
        return False
    if not await is_gathered(uow, question.kind, question.unit_id, question.meeting_id):
        return False
    question.state = after(question.state, Act.GATHER)
    return True


async def make_petition(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> tuple[Question, Clock | None]:
    """Treat an opinion as a petition (kiến nghị): a reply of its own is owed from today.

    For whoever sent it or typed it in, and for the secretary and the chair who read it; `NotFound` for all others. The
    asker and the office each hear what the other did. Before a meeting the clock starts with its end (R160), and None
    comes back for it.
    """
    question = await uow.questions.get(question_id, lock=True)
    asks = speaks_for_asker(by.id, await uow.people.grants_of(by.id), question)
    if not asks and not await may_deal_with(uow, by, question, Role.SECRETARY, Role.CHAIR):
        raise NotFound
    clock = await owe_reply(uow, question)
    await note(uow, by, "make_petition", question)
    if asks:
        opened = ((Button(f"triage.{question.id}", "button.open"),),)
        office = [one for one in await leading(uow, question) if one != by.id]
        message = Message("gathered.asked_for_reply", {"reference": question.reference}, opened)
        await tell(uow, office, message, question_id=question.id)
    else:
        told: dict[str, Param] = {"reference": known_again(question), "when": await _owed(uow, question, clock)}
        follows = ((Button(f"status.{question.id}", "ask.follow"),),)
        await tell_asker(uow, question, Message("gathered.now_petition", told, follows))
    return question, clock


async def owe_reply(uow: UnitOfWork, question: Question) -> Clock | None:
    """Make a petition of an opinion and start what it is owed; `RuleBroken` for what is no opinion."""
    question.state = after(question.state, Act.PETITION)
    question.kind = QuestionKind.PETITION
    return await start_what_is_owed(uow, question)


async def start_what_is_owed(uow: UnitOfWork, question: Question) -> Clock | None:
    """Start the clocks of a question that is to be sorted from today on; None where the end of its meeting does."""
    meeting = await meeting_to_come(uow, question)
    if meeting is not None and not meeting.is_past(uow.now):
        return None
    settings = settings_of(await plan_for(uow, question))
    await start_clock(uow, ClockKind.ACKNOWLEDGE, uow.today, settings=settings, question=question)
    return await start_reply(uow, ClockKind.REPLY_OUTSIDE, uow.today, settings=settings, question=question)


async def look_into(uow: UnitOfWork, question: Question) -> None:
    """Take what turned out to be sensitive, or to name somebody, from among the opinions: it is owed a reply."""
    if question.state is QuestionState.GATHERED:
        await owe_reply(uow, question)


async def gathered_for(uow: UnitOfWork, by: Person) -> Sequence[Question]:
    """The opinions of the units in which `by` is secretary or chair, the newest first."""
    units = await units_of(uow, by, Role.SECRETARY, Role.CHAIR)
    return await uow.questions.in_state(units, QuestionState.GATHERED)


async def gathered_since(uow: UnitOfWork, meeting: Meeting, previous: Meeting | None) -> Sequence[Question]:
    """The opinions that go into the synthesis before a meeting: those sent for it, and outside one since the last.

    Without those whose askers have restricted the use of their data (LAW C5).
    """
    since = None if previous is None else previous.ended_at
    return [
        one
        for one in await uow.questions.in_state([meeting.unit_id], QuestionState.GATHERED)
        if not one.restricted
        and (one.meeting_id == meeting.id or (one.meeting_id is None and (since is None or one.received_at > since)))
    ]


async def _owed(uow: UnitOfWork, question: Question, clock: Clock | None) -> Term:
    if clock is not None:
        return Term("status.due", {"due": due_words(unpack_due(clock.due))})
    meeting = await meeting_to_come(uow, question)
    return Term("gathered.after_meeting", {"title": "" if meeting is None else meeting.title})
