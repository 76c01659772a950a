"""Who may deal with a question that names somebody of the office: what the one rule of permissions needs, looked up.

Nothing is looked up for a question that names nobody, which nearly all do.
"""

from collections.abc import Iterable, Sequence

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.permissions import OVERSEEING, may_handle, may_see, works_at_desk
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Desk
from intake.rules.questions.question import Question, QuestionBrief, QuestionId
from intake.rules.sealed.named import NamedKind, names
from intake.rules.sealed.stand_ins import StandIns, stand_ins


async def stand_ins_of(uow: UnitOfWork, question: Question | QuestionBrief) -> StandIns | None:
    """Who handles a question that names somebody; None for one that names nobody."""
    if not question.named:
        return None
    unit = await uow.places.unit(question.unit_id)
    return stand_ins(question.named, unit, await uow.people.grants_around(unit))


async def may_deal_with(uow: UnitOfWork, by: Person, question: Question, *roles: Role) -> bool:
    """Whether a person may deal with a question as one of these roles."""
    unit = await uow.places.unit(question.unit_id)
    stands = await stand_ins_of(uow, question)
    return may_handle(by.id, await uow.people.grants_of(by.id), roles, question, unit, stands)


async def require_dealing(uow: UnitOfWork, by: Person, question: Question, *roles: Role) -> None:
    """Raise `NotFound` for whoever may not deal with the question as one of these roles."""
    if not await may_deal_with(uow, by, question, *roles):
        raise NotFound


async def readable(uow: UnitOfWork, by: Person, questions: Iterable[Question]) -> list[Question]:
    """Those of a list `by` may ask for that `by` may read too: not what names `by`, or somebody `by` works under."""
    return [question for question in questions if not question.named or await may_read(uow, by, question)]


async def may_read(uow: UnitOfWork, by: Person, question: Question) -> bool:
    """Whether a person may see a question, as whoever they are to it."""
    unit = await uow.places.unit(question.unit_id)
    return may_see(by, await uow.people.grants_of(by.id), question, unit, await stand_ins_of(uow, question))


async def may_read_as_office(uow: UnitOfWork, by: Person, question: Question) -> bool:
    """Whether a person may see a question with what the office makes of it: drafts, remarks, who did what.

    Its asker, and who typed it for a neighbour, may not: they read their question in the chat.
    """
    grants = await uow.people.grants_of(by.id)
    return works_at_desk(grants, question) or await may_deal_with(uow, by, question, *OVERSEEING)


async def kept_from(uow: UnitOfWork, question_id: QuestionId | None, people: Iterable[PersonId]) -> set[PersonId]:
    """Who of these people must not hear of a question, since it names them; its asker always may."""
    if question_id is None:
        return set()
    question = await uow.questions.get(question_id)
    if not question.named:
        return set()
    return {
        person_id
        for person_id in people
        if person_id != question.asker_id and names(question.named, person_id, await uow.people.grants_of(person_id))
    }


async def assignable(uow: UnitOfWork, question: Question, desks: Iterable[Desk]) -> list[Desk]:
    """Those of these desks that a question can be given to: not one it names, nor one where it names everybody."""
    if not question.named:
        return list(desks)
    found = []
    for desk in desks:
        officials = [one.id for one in await uow.people.at_desk(desk.id)]
        named = any(one.kind is NamedKind.DESK and one.id == desk.id for one in question.named)
        if not named and (not officials or len(await kept_from(uow, question.id, officials)) < len(officials)):
            found.append(desk)
    return found


async def require_assignable(uow: UnitOfWork, question: Question, desk: Desk) -> None:
    """Raise `RuleBroken` where a question names the desk it would be given to (R126)."""
    if not await assignable(uow, question, [desk]):
        raise RuleBroken("refusal.desk_named", {"desk": desk.name})


async def note_reading(uow: UnitOfWork, by: Person, questions: Sequence[Question]) -> None:
    """Write down that somebody of the office opened sensitive questions: who, which, when (LAW C4).

    Whose question it is reads their own words, and nothing is written.
    """
    for question in questions:
        if question.sensitive and by.id != question.asker_id:
            await uow.ledger.write(AuditEntry(uow.now, by.id, "read_sensitive", f"question:{question.id}"))
