"""The list of a unit in words: its state, how it stands against the quota, who is on it and who waits."""

from collections.abc import Sequence

from intake.actions.meetings.quotas import lists_due
from intake.actions.meetings.seats import needs_of, numbers_of, plan_of, roster_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.meetings.meeting import (
    Meeting,
    Registration,
    RegistrationKind,
    RegistrationState,
    told_content,
)
from intake.rules.meetings.roster import EDITABLE, Need, Roster, is_late
from intake.rules.message import Param, Term
from intake.rules.people.person import Person, PersonId
from intake.rules.people.unit import Unit
from intake.rules.plan.profile_terms import Seat

from .people import name_of


async def state_words(uow: UnitOfWork, meeting: Meeting, roster: Roster) -> tuple[Param, ...]:
    """The state of a list, by when it is due, whether it came late, and why it was returned."""
    lines: list[Param] = [Term(f"roster.state_{roster.state.value}")]
    due_on = await lists_due(uow, meeting)
    if due_on is not None and roster.state in EDITABLE:
        key = "roster.due_over" if is_late(due_on, uow.today) else "roster.due"
        lines.append(Term(key, {"due": on_weekday(due_on)}))
    if roster.late:
        lines.append(Term("roster.late"))
    if roster.reason:
        lines.append(Term("roster.because", {"reason": roster.reason}))
    return tuple(lines)


def need_words(needs: Sequence[Need]) -> tuple[Param, ...]:
    """One line for each kind of delegate (R112)."""
    return tuple(_need(need) for need in needs)


def _need(need: Need) -> Term:
    params: dict[str, Param] = {"seat": Term(f"seat.{need.seat.value}"), "listed": need.listed, "wanted": need.wanted}
    if need.missing:
        return Term("roster.need_missing", params | {"missing": need.missing})
    return Term("roster.need_over" if need.over else "roster.need_full", params | {"over": need.over})


async def roster_words(uow: UnitOfWork, meeting: Meeting, unit: Unit) -> dict[str, Param]:
    """Everything a card of the list says, as params."""
    roster = await roster_of(uow, meeting, unit.id)
    listed = await uow.rosters.registrations(meeting.id, unit.id)
    people = await uow.people.many([one.person_id for one in listed])
    _, profile = await plan_of(uow, meeting)
    typed = bool(profile.seats)
    seated = [one for one in listed if one.state is RegistrationState.STANDING]
    waiting = [one for one in listed if one.state is RegistrationState.WAITING]
    lines = [await line(uow, place, one, people, unit, typed=typed) for place, one in enumerate(seated, 1)]
    if waiting:
        lines += ["", Term("roster.waiting_list", {"people": len(waiting)})]
        lines += [await line(uow, place, one, people, unit, typed=typed) for place, one in enumerate(waiting, 1)]
    needs: tuple[Param, ...] = (Term("roster.need_unset"),)
    if await numbers_of(uow, meeting, unit.id):
        needs = need_words(await needs_of(uow, meeting, unit.id))
    return {
        "unit": unit.name,
        "title": meeting.title,
        "state": await state_words(uow, meeting, roster),
        "needs": needs,
        "lines": tuple(lines) or (Term("lists.nobody"),),
    }


async def line(
    uow: UnitOfWork,
    place: int,
    registration: Registration,
    people: dict[PersonId, Person],
    unit: Unit,
    *,
    typed: bool,
) -> Param:
    """One person of the list, with what those who compose it have to know about them."""
    person = people[registration.person_id]
    marks: list[Term] = []
    if typed and registration.seat is not Seat.RESIDENT:
        marks.append(Term(f"seat.{registration.seat.value}"))
    if registration.kind is RegistrationKind.SPEAK:
        about = told_content(registration, person)
        marks.append(Term("roster.speaks_about", {"content": about}) if about else Term("register.kind.speak"))
    if await _has_moved(uow, person, unit):
        marks.append(Term("roster.moved_away"))
    if registration.reason:
        marks.append(Term("roster.moved_because", {"reason": registration.reason}))
    marked: Param = _joined(marks)
    params: dict[str, Param] = {"place": place, "name": name_of(person), "reference": registration.reference}
    return Term("roster.line_marked" if marks else "roster.line", params | ({"marks": marked} if marks else {}))


def _joined(marks: Sequence[Term]) -> Param:
    first, *others = marks or [Term("lists.nobody")]
    joined: Param = first
    for mark in others:
        joined = Term("roster.and", {"first": joined, "second": mark})
    return joined


async def _has_moved(uow: UnitOfWork, person: Person, unit: Unit) -> bool:
    if person.hamlet_id is None:
        return False
    return f"/{unit.id}/" not in (await uow.places.unit(person.hamlet_id)).path
