"""What the units of a list have that its questions are filtered by and called after, remembered for a moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import Desk, Topic, Unit
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question_list import QuestionOrder
from intake.rules.questions.saved_view import SavedView
from wording.texts import words

from .question_query import DUE_CODES, NOTHING, ORDER_CODES
from .visiting import Visit

LEADS = (Role.SECRETARY, Role.CHAIR)
"""Who gives questions to desks and topics."""


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """What a unit has that questions are filtered by."""

    unit: Unit
    desks: Sequence[Desk]
    topics: Sequence[Topic]
    hamlets: Sequence[Unit]
    meetings: Sequence[Meeting]


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids of a list are called."""

    hamlets: Mapping[int, str]
    desks: Mapping[int, str]
    topics: Mapping[int, str]


async def places_of(uow: UnitOfWork, visit: Visit, units: Sequence[Unit]) -> Sequence[UnitPlaces]:
    """What these units have. It changes a few times a year and is asked for with every list, so it may be remembered.

    Whatever is done at the desk of this process ends that at once; what is done in a chat shows within half a minute.
    """
    found = []
    for unit in units:
        known = visit.office.remembered.get(unit.id)
        if not isinstance(known, UnitPlaces):
            known = await _read(uow, unit)
            visit.office.remembered.keep(unit.id, known)
        found.append(known)
    return found


async def saved_views_of(uow: UnitOfWork, visit: Visit) -> Sequence[SavedView]:
    """The lists somebody keeps under a name, remembered likewise."""
    about = ("views", visit.person.id)
    known = visit.office.remembered.get(about)
    if not isinstance(known, tuple):
        known = tuple(await uow.saved_views.of_person(visit.person.id))
        visit.office.remembered.keep(about, known)
    return known


async def _read(uow: UnitOfWork, unit: Unit) -> UnitPlaces:
    return UnitPlaces(
        unit,
        await uow.places.desks(unit.id),
        await uow.places.topics(unit.id),
        await uow.places.hamlets(unit.id),
        await uow.meetings.of_units([unit.id]),
    )


def names_of(places: Sequence[UnitPlaces]) -> Names:
    """What the hamlets, desks and topics of some units are called; a question may come from the unit itself."""
    return Names(
        {unit.id: unit.name for one in places for unit in (one.unit, *one.hamlets)},
        {desk.id: desk.name for one in places for desk in one.desks},
        {topic.id: topic.name for one in places for topic in one.topics},
    )


def choices_of(visit: Visit, places: Sequence[UnitPlaces]) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in the filters, and for many at once: where there are several units, with the unit's name."""
    many = len(places) > 1
    language = visit.person.language

    def named(unit: Unit, name: str) -> str:
        return f"{unit.name}: {name}" if many else name

    found: dict[str, list[tuple[str, str]]] = {name: [] for name in ("bp", "linhvuc", "thon", "buoi", "giao", "chude")}
    for one in places:
        unit = one.unit
        leads = any(holds(visit.grants, role, unit) for role in LEADS)
        desks = [(str(desk.id), named(unit, desk.name)) for desk in one.desks]
        topics = [(str(topic.id), named(unit, topic.name)) for topic in one.topics]
        found["bp"] += desks
        found["linhvuc"] += topics
        found["giao"] += desks if leads else []
        found["chude"] += topics if leads else []
        found["thon"] += [(str(hamlet.id), named(unit, hamlet.name)) for hamlet in one.hamlets if hamlet.id != unit.id]
        found["buoi"] += [(str(meeting.id), named(unit, meeting.title)) for meeting in one.meetings]
    found["loai"] = [(kind.value, words(language, f"kind.{kind.value}")) for kind in QuestionKind]
    found["han"] = [(code, words(language, f"desk.due_{due.value}")) for code, due in DUE_CODES.items()]
    found["sap"] = [(ORDER_CODES[order], words(language, f"desk.order_{order.value}")) for order in QuestionOrder]
    for name, key in (("bp", "desk.no_desk"), ("linhvuc", "desk.no_topic"), ("buoi", "desk.no_meeting")):
        found[name].insert(0, (NOTHING, words(language, key)))
    return found
