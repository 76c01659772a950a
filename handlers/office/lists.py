"""`/danhsach`: who has registered. A secretary sees every unit, a hamlet head their own against its quota."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.engine.scene import Choice, Command, Scene, Turn, own_hamlets, units_as
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.hamlet_head.in_person import MODULE as IN_PERSON
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.meetings.seats import needs_of, numbers_of, takes_seats
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import (
    Meeting,
    MeetingId,
    MeetingState,
    Registration,
    RegistrationKind,
    RegistrationState,
    told_content,
)
from intake.rules.message import Button, Message, Param, Term, button, rows_of
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Level, Unit, UnitId
from wording.meetings import when_of
from wording.people import name_of
from wording.rosters import need_words

PAGE = 30
"""How many registrations one message lists: as many lines as fit into one on every network."""


async def lists(scene: Scene, _rest: str) -> Turn:
    """`/danhsach`: one message per meeting, and for a hamlet head the way to those whom no chat reaches."""
    said = [*await _of_units(scene), *await _of_own_lists(scene)]
    return Turn(say=tuple(said))


async def _of_units(scene: Scene) -> list[Message]:
    units = await units_as(scene, Role.SECRETARY, Role.CHAIR)
    said = [
        await _whole_list(scene, meeting) for meeting in await scene.uow.meetings.of_units([unit.id for unit in units])
    ]
    if units and not said:
        said.append(Message("lists.no_meeting", {"unit": ", ".join(unit.name for unit in units)}))
    if units:
        rows = rows_of([_unreached_button(unit, of_several=len(units) > 1) for unit in units], 1)
        said[-1] = replace(said[-1], buttons=(*said[-1].buttons, *rows))
    return said


def _unreached_button(unit: Unit, *, of_several: bool) -> Button:
    code = f"unreached.{unit.id}"
    if of_several:
        return button("lists.unreached_of_button", code, unit=unit.name)
    return button("lists.unreached_button", code)


async def _whole_list(scene: Scene, meeting: Meeting, start: int = 0) -> Message:
    """A page of every registration, unit by unit; the numbers are the order of registering (R113)."""
    registrations, people = await _registrations(scene, meeting)
    by_unit: dict[UnitId | None, list[Term]] = {}
    for place, registration in enumerate(registrations, 1):
        person = people[registration.person_id]
        by_unit.setdefault(registration.unit_id, []).append(_line(place, registration, person))
    entries = [(unit_id, entry) for unit_id, of_unit in by_unit.items() for entry in of_unit]
    lines: list[Param] = []
    for place, (unit_id, entry) in enumerate(entries[start : start + PAGE]):
        if place == 0 or entries[start + place - 1][0] != unit_id:
            name: Param = Term("door.elsewhere") if unit_id is None else (await scene.uow.places.unit(unit_id)).name
            lines += ["", Term("lists.hamlet", {"hamlet": name, "people": len(by_unit[unit_id])})]
        lines.append(entry)
    params = {"title": meeting.title, **when_of(meeting), **_counts(registrations, lines)}
    params["waiting"] = await _waiting(scene, meeting, None)
    more = _more(f"{meeting.id}", start, len(entries))
    return Message("lists.meeting", params, (*more, *await _office_buttons(scene, meeting)))


def _more(whose: str, start: int, total: int) -> tuple[tuple[Button, ...], ...]:
    """The way to the next page of a list: `listmore.<start>.<meeting>[.<unit>]`."""
    upto = start + PAGE
    if upto >= total:
        return ()
    return ((button("office.more_button", f"listmore.{upto}.{whose}", count=total - upto),),)


async def show_more(scene: Scene, rest: str) -> Turn:
    """A button `listmore.<start>.<meeting>` of the office, or `listmore.<start>.<meeting>.<unit>` of a unit's own."""
    start, _, whose = rest.partition(".")
    number, _, unit_id = whose.partition(".")
    meeting_id = MeetingId(id_in(number))
    if not unit_id:
        meeting = await office_meeting(scene.uow, scene.me, meeting_id, Role.SECRETARY, Role.CHAIR, lock=False)
        return Turn(say=(await _whole_list(scene, meeting, id_in(start)),))
    for unit in await _own_units(scene):
        for meeting in await scene.uow.meetings.for_hamlet(unit):
            if (meeting.id, unit.id) == (meeting_id, id_in(unit_id)):
                return Turn(say=(await _unit_list(scene, meeting, unit, id_in(start)),))
    raise NotFound


async def _office_buttons(scene: Scene, meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    first = [button("speaking.order_button", f"speaking.{meeting.id}")]
    if scene.grants_as(Role.SECRETARY) and await takes_seats(scene.uow, meeting):
        first.append(button("rosters.button", f"rosters.{meeting.id}"))
    rows: list[tuple[Button, ...]] = [tuple(first), (button("guest.button", f"guests.{meeting.id}"),)]
    fixed_on = None if meeting.starts_at is None else meeting.starts_at.astimezone(LOCAL).date()
    if meeting.state is MeetingState.OPEN or fixed_on == scene.uow.today:
        rows.append((button("door.button", f"door.{meeting.id}"),))
    return tuple(rows)


async def _of_own_lists(scene: Scene) -> list[Message]:
    said: list[Message] = []
    for unit in await _own_units(scene):
        of_unit = [await _unit_list(scene, meeting, unit) for meeting in await scene.uow.meetings.for_hamlet(unit)]
        said += of_unit or [Message("lists.no_meeting", {"unit": unit.name})]
        if unit.level is Level.HAMLET:
            unreached = button("lists.unreached_button", f"unreached.{unit.id}")
            row = (unreached, button("menu.register_for", "cmd.dangkyho"))
            said[-1] = replace(said[-1], buttons=(*said[-1].buttons, row))
    return said


async def _own_units(scene: Scene) -> list[Unit]:
    """The hamlets somebody is the head of, and the units below a plan's own whose secretary they are (R118)."""
    roots = {unit.id for unit in await scene.uow.places.roots()}
    ids = dict.fromkeys(grant.unit_id for grant in scene.grants_as(Role.SECRETARY) if grant.unit_id not in roots)
    units = [await scene.uow.places.unit(unit_id) for unit_id in ids]
    return [*await own_hamlets(scene), *(unit for unit in units if unit.parent_id in roots)]


async def _unit_list(scene: Scene, meeting: Meeting, unit: Unit, start: int = 0) -> Message:
    registrations, people = await _registrations(scene, meeting)
    composes = unit.parent_id == meeting.unit_id
    # in a hamlet of a commune of a district the people count for the commune, and still are the hamlet's
    own = [one for one in registrations if (one.unit_id if composes else people[one.person_id].hamlet_id) == unit.id]
    page = own[start : start + PAGE]
    lines: list[Param] = [_line(place, one, people[one.person_id]) for place, one in enumerate(page, start + 1)]
    params: dict[str, Param] = {
        "title": meeting.title,
        **when_of(meeting),
        "hamlet": unit.name,
        "quota": await _quota(scene, meeting, unit) if composes else "",
        "waiting": await _waiting(scene, meeting, unit) if composes else "",
        **_counts(own, lines),
    }
    rows = _more(f"{meeting.id}.{unit.id}", start, len(own))
    if composes and await takes_seats(scene.uow, meeting):
        rows = (
            *rows,
            (button("roster.compose_button", f"roster.{meeting.id}.{unit.id}"),),
        )
    return Message("lists.hamlet_meeting", params, rows)


async def _registrations(scene: Scene, meeting: Meeting) -> tuple[Sequence[Registration], dict[int, Person]]:
    registrations = await scene.uow.meetings.registrations(meeting.id)
    people = await scene.uow.people.many([one.person_id for one in registrations])
    return registrations, {int(person_id): person for person_id, person in people.items()}


def _counts(registrations: Sequence[Registration], lines: Sequence[Param]) -> dict[str, Param]:
    speaking = sum(one.kind is RegistrationKind.SPEAK for one in registrations)
    return {
        "people": len(registrations),
        "speaking": speaking,
        "attending": len(registrations) - speaking,
        "lines": tuple(lines) or (Term("lists.nobody"),),
    }


def _line(place: int, registration: Registration, person: Person) -> Term:
    content = told_content(registration, person)
    key = f"lists.line_{registration.kind.value}" + ("_content" if content else "")
    params: dict[str, Param] = {"place": place, "reference": registration.reference, "name": name_of(person)}
    return Term(key, params | ({"content": content} if content else {}))


async def _waiting(scene: Scene, meeting: Meeting, unit: Unit | None) -> Param:
    """How many wait for a seat, in the meeting or in one unit; nothing where nobody does."""
    listed = await scene.uow.meetings.registrations(meeting.id, waiting=True)
    waiting = [one for one in listed if one.state is RegistrationState.WAITING]
    number = sum(unit is None or one.unit_id == unit.id for one in waiting)
    return Term("lists.waiting", {"people": number}) if number else ""


async def _quota(scene: Scene, meeting: Meeting, unit: Unit) -> Param:
    """How the list stands against the unit's quota; nothing where the plan has none (R111, R112)."""
    if not await takes_seats(scene.uow, meeting):
        return ""
    if not await numbers_of(scene.uow, meeting, unit.id):
        return Term("lists.quota_unknown")
    return ("", *need_words(await needs_of(scene.uow, meeting, unit.id)))


MODULE = ConversationModule(
    commands=(
        Command("danhsach", lists, aliases=("danh sách",), roles=(Role.HAMLET_HEAD, Role.SECRETARY, Role.CHAIR)),
    ),
    choices=(*IN_PERSON.choices, Choice("listmore", show_more)),
)
