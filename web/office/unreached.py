"""Whom no chat reaches, so that somebody has to tell them in person (R099), and ticking off who was told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi.responses import Response

from intake.actions.outbox.tell import tell_in_person, to_tell_in_person
from intake.ports import UnitOfWork
from intake.rules.message import Term
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import QuestionId
from wording.people import name_of

from .doors import Doors
from .office import HOME
from .room import DeskRoom, for_roles, nobody
from .visiting import Visit, number_in

PAGE = DeskRoom(
    "/chua-nhan", "lists.unreached_button", for_roles(Role.SECRETARY, Role.CHAIR, Role.HAMLET_HEAD), shown_to=nobody
)
"""The page of today leads there."""
_PATH = HOME + PAGE.path


@dataclass(slots=True)
class Unreached:
    """Somebody with what they have not received: how many letters, the id of the newest, the questions."""

    person: Person
    count: int = 0
    last: int = 0
    questions: dict[QuestionId, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnreachedLine:
    """The same in words."""

    id: int
    name: str
    hamlet: str
    count: int
    last: int
    questions: tuple[str, ...]


def open_page(doors: Doors) -> None:
    """Add the list of a place, and noting that somebody was told."""
    doors.show("/{unit}", _list)
    doors.act("/{unit}/bao", _told, again=_list)


async def places_to_tell(uow: UnitOfWork, visit: Visit) -> Sequence[tuple[Unit, int, str]]:
    """The places for which somebody tells people in person: how many are to be told, and the address of their list."""
    units = [
        one
        for one in await uow.places.roots()
        if any(holds(visit.grants, role, one) for role in (Role.SECRETARY, Role.CHAIR))
    ]
    headed = [one.unit_id for one in visit.grants if one.role is Role.HAMLET_HEAD]
    units += [one for one in [await uow.places.unit(unit_id) for unit_id in headed] if one not in units]
    found = [(one, len(await _missed(uow, visit, one)), f"{_PATH}/{one.id}") for one in units]
    return [one for one in found if one[1]]


async def _missed(uow: UnitOfWork, visit: Visit, place: Unit) -> dict[PersonId, Unreached]:
    missed: dict[PersonId, Unreached] = {}
    for letter, person in await to_tell_in_person(uow, visit.person, place):
        one = missed.setdefault(person.id, Unreached(person))
        one.count, one.last = one.count + 1, max(one.last, letter.id)
        if letter.question_id is not None:
            one.questions[letter.question_id] = None
    return missed


async def _list(visit: Visit) -> Response:
    async with visit.reading() as uow:
        place = await uow.places.unit(_unit(visit))
        missed = await _missed(uow, visit, place)
        oversees = any(holds(visit.grants, role, place) for role in (Role.SECRETARY, Role.CHAIR))
        lines = [await _line(uow, visit, one, about=oversees) for one in missed.values()]
    return visit.page("unreached.html", place=place, lines=lines, path=f"{_PATH}/{place.id}")


async def _line(uow: UnitOfWork, visit: Visit, one: Unreached, *, about: bool) -> UnreachedLine:
    """What it is about is said to the office alone, which may see it."""
    hamlet = "" if one.person.hamlet_id is None else (await uow.places.unit(one.person.hamlet_id)).name
    references = [(await uow.questions.get(question_id)).reference for question_id in one.questions] if about else []
    name = visit.words(name_of(one.person))
    return UnreachedLine(one.person.id, name, hamlet, one.count, one.last, tuple(references))


async def _told(visit: Visit) -> Response:
    person_id, last = PersonId(number_in(visit.typed.get("person", ""))), number_in(visit.typed.get("last", ""))
    async with visit.acting() as uow:
        place = await uow.places.unit(_unit(visit))
        told = await tell_in_person(uow, by=visit.person, place=place, person_id=person_id, last=last)
    return visit.to(f"{_PATH}/{place.id}", Term("lists.told_noted" if told else "lists.told_already"))


def _unit(visit: Visit) -> UnitId:
    return UnitId(number_in(visit.request.path_params["unit"]))
