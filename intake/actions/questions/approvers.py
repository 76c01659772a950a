"""Who approves what a desk proposes: the chair, or whom the unit has decided on (R028, A7)."""

from collections.abc import Iterable, Sequence

from intake.actions.deadlines.clocks import plan_for
from intake.actions.people.office import desk_of, holders_of, units_of
from intake.actions.sealed.access import stand_ins_of
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.people.deputy import Deputy
from intake.rules.people.permissions import holds, works_at_desk
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.open_points import APPROVER, BY_DELEGATE, BY_DESK_HEAD, DELEGATE, DESK_HEAD
from intake.rules.plan.profile_terms import Practice
from intake.rules.questions.question import Proposal, Question
from intake.rules.sealed.stand_ins import ROLES

_OFFICE = (Role.CHAIR, Role.SECRETARY, Role.OFFICIAL)


async def approvers_of(uow: UnitOfWork, question: Question) -> Sequence[PersonId]:
    """Whom a proposal about a question is laid before: whoever was decided on, else the chairs and who stands in.

    Of a question that names somebody of the office, whoever approves in the chair's place.
    """
    stands = await stand_ins_of(uow, question)
    if stands is not None:
        return stands.approve
    named = await _named(uow, question)
    return await _chairs(uow, question.unit_id) if named is None else [named]


async def deciders_of(uow: UnitOfWork, question: Question, proposal: Proposal) -> Sequence[PersonId]:
    """Whom a proposal is laid before: who approves, but never who made it, unless one person is the whole office.

    Where whoever was decided on made it, the chairs decide. Empty where nobody else may: then it waits for nobody.
    """
    approvers = await approvers_of(uow, question)
    if await is_one_person_office(uow, question):
        return approvers
    if question.named:
        return [one for one in approvers if one != proposal.proposed_by]
    chairs = await _chairs(uow, question.unit_id)
    others = [one for one in approvers if one != proposal.proposed_by]
    return others or [one for one in chairs if one != proposal.proposed_by]


async def is_one_person_office(uow: UnitOfWork, question: Question) -> bool:
    """Whether the plan says that one person is the whole office: only there somebody decides on the own proposal."""
    plan = await plan_for(uow, question)
    practices = () if plan is None else plan.decided.profile.practices
    return any(line.practice is Practice.ONE_PERSON_OFFICE for line in practices)


async def require_approver(uow: UnitOfWork, by: Person, question: Question) -> None:
    """Raise `NotFound` unless `by` may decide on a proposal.

    A chair of the unit always may, and who stands in for one today, unless the question names one.
    """
    if not await may_approve(uow, by, question):
        raise NotFound


async def may_approve(uow: UnitOfWork, by: Person, question: Question) -> bool:
    """Whether `by` may decide on what is proposed for a question."""
    stands = await stand_ins_of(uow, question)
    if stands is not None:
        return by.id in stands.approve
    unit = await uow.places.unit(question.unit_id)
    if holds(await uow.people.grants_of(by.id), Role.CHAIR, unit) or await _named(uow, question) == by.id:
        return True
    return await stands_in_for(uow, by, unit) is not None


async def waiting_for(uow: UnitOfWork, by: Person) -> list[Proposal]:
    """The proposals `by` may decide on, the oldest first; `NotFound` for who is neither chair nor decided on."""
    mine = await approvable(uow, by)
    if mine or await units_of(uow, by, Role.CHAIR) or await _is_named(uow, by):
        return mine
    units = await uow.places.units(await units_of(uow, by, *_OFFICE))
    if not [unit for unit in units.values() if await stands_in_for(uow, by, unit) is not None]:
        raise NotFound
    return mine


async def approvable(uow: UnitOfWork, by: Person) -> list[Proposal]:
    """The proposals `by` may decide on, the oldest first; none for who never may."""
    chaired = set(await units_of(uow, by, Role.CHAIR))
    for named in await uow.deputies.of_person(by.id, uow.today):
        unit = await uow.places.unit(named.unit_id)
        if await stands_in_for(uow, by, unit) is not None:
            chaired.add(unit.id)
    mine = []
    for proposal in await uow.questions.waiting_proposals(await units_of(uow, by, *_OFFICE, *ROLES)):
        question = await uow.questions.get(proposal.question_id)
        stands = await stand_ins_of(uow, question)
        if stands is not None:
            if by.id in stands.approve:
                mine.append(proposal)
        elif question.unit_id in chaired or await _named(uow, question) == by.id:
            mine.append(proposal)
    return mine


async def stands_in_for(uow: UnitOfWork, by: Person, unit: Unit) -> Deputy | None:
    """In whose place somebody approves in a unit today; None for whoever stands in for nobody.

    It counts as long as the chair is one and the deputy works in the office.
    """
    named = [one for one in await uow.deputies.open_in([unit.id], uow.today) if one.deputy_id == by.id]
    return next(iter(await _counting(uow, unit, named)), None)


async def standing_deputies(uow: UnitOfWork, unit: Unit) -> list[Deputy]:
    """Who approves in the place of a chair of the unit today."""
    return await _counting(uow, unit, await uow.deputies.open_in([unit.id], uow.today))


async def _counting(uow: UnitOfWork, unit: Unit, named: Iterable[Deputy]) -> list[Deputy]:
    found = []
    for one in named:
        if not one.stands_on(uow.today):
            continue
        away, here = await uow.people.grants_of(one.chair_id), await uow.people.grants_of(one.deputy_id)
        if holds(away, Role.CHAIR, unit) and any(holds(here, role, unit) for role in _OFFICE):
            found.append(one)
    return found


async def _chairs(uow: UnitOfWork, unit_id: UnitId) -> list[PersonId]:
    """The chairs of a unit, and who approves in their place today."""
    chairs = [chair.id for chair in await holders_of(uow, unit_id, Role.CHAIR)]
    deputies = await standing_deputies(uow, await uow.places.unit(unit_id))
    return list(dict.fromkeys((*chairs, *(one.deputy_id for one in deputies))))


async def _named(uow: UnitOfWork, question: Question) -> PersonId | None:
    """The person decided on, while that person still works there; None where the chair approves."""
    plan = await plan_for(uow, question)
    approver = None if plan is None else plan.decided.answer(APPROVER)
    if plan is None or approver not in (BY_DELEGATE, BY_DESK_HEAD):
        return None
    key = DELEGATE if approver == BY_DELEGATE else f"{DESK_HEAD}{(await desk_of(uow, question)).code}"
    person_id = plan.decided.person(key)
    if person_id is None:
        return None
    grants = await uow.people.grants_of(person_id)
    unit = await uow.places.unit(plan.unit_id)
    at_work = any(holds(grants, role, unit) for role in _OFFICE)
    return person_id if (works_at_desk(grants, question) if approver == BY_DESK_HEAD else at_work) else None


async def _is_named(uow: UnitOfWork, by: Person) -> bool:
    """Whether some plan of the person's units names the person as one who approves."""
    for plan in await uow.plans.of_units(await units_of(uow, by, *_OFFICE)):
        approver = plan.decided.answer(APPROVER)
        if approver == BY_DELEGATE and plan.decided.person(DELEGATE) == by.id:
            return True
        heads = [plan.decided.person(key) for key in plan.decided.answers if key.startswith(DESK_HEAD)]
        if approver == BY_DESK_HEAD and by.id in heads:
            return True
    return False
