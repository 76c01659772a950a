"""Whom a question names: proposed as it comes in, confirmed, added or dropped by the office with a reason (R126)."""

from collections.abc import Iterable
from dataclasses import replace

from intake.actions.deadlines.clocks import plan_at
from intake.actions.outbox.tell import tell, tell_asker
from intake.actions.people.contacts import contacts_of
from intake.actions.people.office import leading, note, question_in_unit, withdraw_proposals
from intake.actions.questions.gathered import look_into
from intake.actions.questions.groups import followers, leave_group
from intake.actions.sealed.access import assignable, may_deal_with, stand_ins_of
from intake.actions.sealed.shown import hide_asker, take_back_shown
from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile, NotFound
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Button, Message
from intake.rules.people.contact import inspection
from intake.rules.people.permissions import works_at_desk
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.questions.promise import required
from intake.rules.questions.question import OPEN_STATES, TRANSITIONS, Act, Question, QuestionId, after
from intake.rules.questions.topics import suggest_topic
from intake.rules.sealed.named import Nameable, Named, NamedKind, named_in, with_people
from intake.rules.sealed.protection import Protection, ProtectionAct
from intake.rules.sealed.risk import accuses, risk_of
from intake.rules.sealed.stand_ins import stand_ins

_HANDLING = (Role.SECRETARY, Role.CHAIR)


async def nameable(
    uow: UnitOfWork,
    unit_id: UnitId,
    text: str,
    *,
    hamlet_id: UnitId | None = None,
    meeting_id: MeetingId | None = None,
) -> Nameable:
    """Whom words written in a unit can mean: its desks, people with a role, its hamlets.

    `hamlet_id` is where whoever wrote them lives. The desk whose matters they are about is read from them by the plan
    of `meeting_id`, without one by the unit's newest.
    """
    unit = await uow.places.unit(unit_id)
    held = await uow.people.grants_around(unit)
    people = await uow.people.many(list(held))
    desks = {desk.id: desk for desk in await uow.places.desks(unit.id)}
    plan = await plan_at(uow, unit_id, meeting_id)
    lines = () if plan is None else plan.decided.profile.topics
    line = suggest_topic(text, tuple(one for one in lines if not one.sensitive))
    spoken_of = None if line is None else next((one.id for one in desks.values() if one.code == line.desk), None)
    headed = dict.fromkeys(one.unit_id for grants in held.values() for one in grants if one.role is Role.HAMLET_HEAD)
    hamlets = [await uow.places.unit(hamlet_id) for hamlet_id in headed]
    return Nameable(
        unit_id=unit.id,
        desks={desk_id: desk.name for desk_id, desk in desks.items()},
        people={PersonId(person_id): person.name for person_id, person in people.items()},
        hamlets={hamlet.id: hamlet.name for hamlet in hamlets},
        own_hamlet=hamlet_id,
        spoken_of=spoken_of,
    )


async def nameable_in(uow: UnitOfWork, question: Question) -> Nameable:
    """Whom the words of a question can mean."""
    return await nameable(
        uow, question.unit_id, question.text, hamlet_id=question.hamlet_id, meeting_id=question.meeting_id
    )


async def propose_named(uow: UnitOfWork, question: Question) -> None:
    """Name whom the words of a question may accuse, until people say otherwise; such a question is sensitive.

    For what accuses somebody, whatever its asker called it, and for what was sent sealed. Whoever was dropped by people
    is not proposed again.
    """
    if not (question.sensitive or accuses(question.text, risk_of(question.text))):
        return
    dropped = {one.named for one in await uow.marks.protections(question.id) if one.act is ProtectionAct.DROPPED}
    found = named_in(question.text, await nameable_in(uow, question))
    proposed = await _keep_from(uow, question, [one for one in found if one.code not in dropped])
    if proposed:
        await note(uow, None, "propose_named", question, count=len(proposed))


async def read_again(uow: UnitOfWork, question: Question, *, sealed: bool = False) -> None:
    """Read the words of a question once more, since some were added to it; `sealed`: the asker wishes it so now."""
    if sealed:
        await hide_asker(uow, question)
        question.sensitive = question.sealed_by_asker = True
        question.public_text = None
    await propose_named(uow, question)
    await tell_if_nobody_is_left(uow, question)


async def _keep_from(uow: UnitOfWork, question: Question, found: Iterable[Named]) -> list[Named]:
    """Add to whom a question names; takes it from a desk that is, and what waits for them out of the outbox."""
    new = [one for one in found if not any(one.is_same(known) for known in question.named)]
    if not new:
        return []
    unit = await uow.places.unit(question.unit_id)
    held = await uow.people.grants_around(unit)
    question.named = (*question.named, *(with_people(one, held) for one in new))
    was_sensitive = question.sensitive
    question.sensitive, question.public_text = True, None
    await look_into(uow, question)
    await leave_group(uow, question)
    for one in await followers(uow, question, lock=True):
        await leave_group(uow, one)
    kept_from = stand_ins(question.named, unit, held).kept_from
    await uow.letters.withhold(question.id, kept_from - {question.asker_id})
    if question.received_at < uow.now:  # as it comes in nobody has read it yet
        await take_back_shown(uow, question, kept_from)
        if not was_sensitive:
            await hide_asker(uow, question)
    for proposal in await uow.questions.proposals(question.id):
        if proposal.proposed_by in kept_from:
            await withdraw_proposals(uow, question)
    if question.desk_id is not None and not await assignable(uow, question, [await uow.places.desk(question.desk_id)]):
        await withdraw_proposals(uow, question)
        if (question.state, Act.RETURN) in TRANSITIONS:
            question.state, question.desk_id = after(question.state, Act.RETURN), None
    return new


async def tell_if_nobody_is_left(uow: UnitOfWork, question: Question) -> bool:
    """Tell the asker, once, where everybody who could sort the question is named. Returns whether it is so."""
    stands = await stand_ins_of(uow, question)
    if stands is None or stands.lead or question.state not in OPEN_STATES:
        return False
    said = inspection(await contacts_of(uow, question.unit_id))
    message = Message("named.nobody_left", {"reference": question.reference, "inspection": said})
    await tell_asker(uow, question, message, once=f"nobody-left:{question.id}")
    return True


async def may_name(uow: UnitOfWork, by: Person, question_id: QuestionId, *, lock: bool = False) -> Question:
    """The question, for anybody of the office who may read it; `NotFound` for all others."""
    question = await uow.questions.get(question_id, lock=lock)
    at_desk = works_at_desk(await uow.people.grants_of(by.id), question)
    if not at_desk and not await may_deal_with(uow, by, question, *_HANDLING):
        raise NotFound
    return question


async def name(uow: UnitOfWork, *, by: Person, question_id: QuestionId, named: Named, reason: str) -> Question:
    """Say that a question names a desk, a person or an office of its unit; from this act on they are kept from it.

    Raises `RuleBroken` without a reason, `NotFound` for what is not of the unit, `ChangedMeanwhile` for one that is
    named and confirmed already. Whoever sorts it from now on is told.
    """
    question = await may_name(uow, by, question_id, lock=True)
    reason = required(reason, "refusal.reason_missing")
    await _require_of_unit(uow, question, named)
    known = next((one for one in question.named if one.is_same(named)), None)
    if known is not None and known.confirmed:
        raise ChangedMeanwhile
    if known is None:
        await _keep_from(uow, question, [replace(named, confirmed=True)])
    else:
        question.named = tuple(replace(one, confirmed=one.confirmed or one is known) for one in question.named)
    await _record(uow, by, question, ProtectionAct.NAMED, named, reason)
    await _tell_who_sorts(uow, by, question)
    return question


async def confirm_named(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> Question:
    """Confirm everybody that was proposed; `ChangedMeanwhile` where nobody waits to be confirmed."""
    question = await question_in_unit(uow, by, question_id, *_HANDLING, lock=True, though_restricted=True)
    waiting = [one for one in question.named if not one.confirmed]
    if not waiting:
        raise ChangedMeanwhile
    question.named = tuple(replace(one, confirmed=True) for one in question.named)
    for one in waiting:
        await _record(uow, by, question, ProtectionAct.CONFIRMED, one, "")
    return question


async def drop_named(
    uow: UnitOfWork, *, by: Person | None, question_id: QuestionId, named: Named, reason: str
) -> Question:
    """Say that a question does not name one of those it is kept from, with a reason; it stays sensitive.

    For whoever sorts or approves it, never one of the named; None is the command line, the only one left where
    everybody is named. Raises `ChangedMeanwhile` where it is named no more.
    """
    if by is None:
        question = await uow.questions.get(question_id, lock=True)
    else:
        question = await question_in_unit(uow, by, question_id, *_HANDLING, lock=True, though_restricted=True)
    reason = required(reason, "refusal.reason_missing")
    left = tuple(one for one in question.named if not one.is_same(named))
    if len(left) == len(question.named):
        raise ChangedMeanwhile
    question.named = left
    await _record(uow, by, question, ProtectionAct.DROPPED, named, reason)
    await _tell_who_sorts(uow, by, question)
    return question


async def _record(
    uow: UnitOfWork, by: Person | None, question: Question, act: ProtectionAct, named: Named, reason: str
) -> None:
    await uow.marks.protect(Protection(question.id, act, reason, None if by is None else by.id, uow.now, named.code))
    await note(uow, by, f"{act.value}_in_question", question, **{named.kind.value: named.id})


async def _tell_who_sorts(uow: UnitOfWork, by: Person | None, question: Question) -> None:
    """Whoever sorts a question that was taken from somebody has to know that it is theirs."""
    if question.state not in OPEN_STATES or await tell_if_nobody_is_left(uow, question):
        return
    opens = ((Button(f"triage.{question.id}", "button.open"),),)
    others = [one for one in await leading(uow, question) if by is None or one != by.id]
    await tell(uow, others, Message("named.told", {"reference": question.reference}, opens), question_id=question.id)


async def _require_of_unit(uow: UnitOfWork, question: Question, named: Named) -> None:
    office = await nameable_in(uow, question)
    known = {
        NamedKind.DESK: DeskId(named.id) in office.desks,
        NamedKind.PERSON: PersonId(named.id) in office.people,
        NamedKind.HAMLET_HEAD: UnitId(named.id) in office.hamlets,
    }
    if not known.get(named.kind, named.id == office.unit_id):
        raise NotFound
