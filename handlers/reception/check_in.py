"""At the door (`/dontiep`): who has come, by code or name, and who came without having registered (R063, R115)."""

from collections import Counter
from collections.abc import Sequence

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.resident.my_registration import refuse_over
from intake.actions.meetings.check_in import (
    CheckIn,
    Entrance,
    admit,
    check_in,
    doors_today,
    entrance_of,
    on_the_list,
    undo_check_in,
)
from intake.actions.meetings.compose_roster import is_secretary_of
from intake.actions.meetings.seats import waiting_number
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import LIVE, MeetingId, Registration, RegistrationId, RegistrationState
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import UnitId
from intake.rules.questions.reference import find_registration
from intake.rules.text import fold, is_in
from wording.people import name_of

from .guest_lines import guest_figures, guests_found

DOOR = "door.who"
NEWCOMER_NAME = "newcomer.name"
NEWCOMER_UNIT = "newcomer.unit"
MOST_FOUND = 12
_ROLES = (Role.SECRETARY, Role.OFFICIAL, Role.CHAIR, Role.HAMLET_HEAD)


async def open_door(scene: Scene, rest: str) -> Turn:
    """`/dontiep`, with whom to let in or without; with one meeting today there is nothing to choose."""
    meetings = await doors_today(scene.uow, scene.me)
    if not meetings:
        return Turn(say=(Message("door.none", {}, ((button("button.menu", "cmd.menu"),),)),))
    if len(meetings) == 1:
        scene.draft = {"meeting": meetings[0].id}
        return await _typed(scene, rest) if rest else Turn(to=DOOR, draft=scene.draft)
    buttons = [literal(meeting.title, f"door.{meeting.id}") for meeting in meetings]
    return Turn(say=(Message("door.which", {}, rows_of(buttons, 1)),))


async def open_door_of(scene: Scene, rest: str) -> Turn:
    """`door.<meeting>`."""
    door = await entrance_of(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(to=DOOR, draft={"meeting": door.meeting.id})


async def door(scene: Scene) -> Entrance:
    """The door the conversation stands at."""
    return await entrance_of(scene.uow, scene.me, MeetingId(int(scene.draft["meeting"])))


async def _ask_who(scene: Scene) -> Message:
    at = await door(scene)
    listed = await on_the_list(scene.uow, at)
    row = (button("door.newcomer_button", "new"), button("door.figures_button", "figures"))
    params: dict[str, Param] = {
        "title": at.meeting.title,
        "present": sum(one.present_at is not None for one in listed),
        "people": sum(one.state is RegistrationState.STANDING for one in listed),
    }
    return Message("door.who", params, (row, (button("door.leave_button", "leave"),)))


async def _hear_who(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is InboundKind.CHOICE:
        return await _tapped(scene, event.choice)
    return await _typed(scene, event.text)


async def _typed(scene: Scene, typed: str) -> Turn:
    reference = find_registration(typed)
    return await _by_name(scene, typed) if reference is None else await _by_reference(scene, reference)


async def _tapped(scene: Scene, choice: str) -> Turn:
    match choice:
        case "new":
            return Turn(to=NEWCOMER_NAME, draft={"meeting": scene.draft["meeting"]})
        case "figures":
            return Turn(to=DOOR, say=(await _figures(scene),), draft=scene.draft)
        case "leave":
            return Turn(say=(await _figures(scene),))
        case _:
            return Turn(to=DOOR, say=(Message("talk.tap_one"),), draft=scene.draft)


async def _by_reference(scene: Scene, reference: str) -> Turn:
    registration = await scene.uow.rosters.by_reference(reference)
    if registration is None:
        raise NotFound
    return await _check(scene, registration)


async def _check(scene: Scene, registration: Registration) -> Turn:
    at = await door(scene)
    waits = registration.meeting_id == at.meeting.id and registration.state is RegistrationState.WAITING
    if waits and at.lets_in(registration):
        return Turn(to=DOOR, say=(await waiting_message(scene, registration),), draft=scene.draft)
    done = await check_in(scene.uow, by=scene.me, meeting_id=at.meeting.id, registration_id=registration.id)
    return Turn(to=DOOR, say=(await present_message(scene, done),), draft={"meeting": at.meeting.id})


async def present_message(scene: Scene, done: CheckIn) -> Message:
    """Who is in, and where they belong; a mark on the wrong person can be taken back."""
    registration = done.registration
    person = await scene.uow.people.get(registration.person_id)
    params: dict[str, Param] = {
        "name": "–" if person is None else name_of(person),
        "reference": registration.reference,
        "place": await _place(scene, registration),
        "kind": Term(f"register.kind.{registration.kind.value}"),
        "at": registration.present_at or scene.uow.now,
    }
    code = f"{registration.meeting_id}.{registration.id}"
    row = (button("door.speak_button", f"doorspeak.{code}"), button("door.undo_button", f"doorundo.{code}"))
    return Message("door.present_again" if done.again else "door.present", params, (row,))


async def waiting_message(scene: Scene, registration: Registration) -> Message:
    """Somebody at the door has no seat: the honest word, and for the secretary the way to let them in."""
    person = await scene.uow.people.get(registration.person_id)
    meeting = await scene.uow.meetings.get(registration.meeting_id)
    params: dict[str, Param] = {
        "name": "–" if person is None else name_of(person),
        "reference": registration.reference,
        "place": await _place(scene, registration),
        "number": await waiting_number(scene.uow, registration),
    }
    rows: tuple[tuple[Button, ...], ...] = ()
    if await is_secretary_of(scene.uow, scene.me, meeting):
        rows = ((button("door.admit_button", f"dooradmit.{registration.meeting_id}.{registration.id}"),),)
    return Message("door.waiting", params, rows)


async def _place(scene: Scene, registration: Registration) -> Param:
    if registration.unit_id is None:
        return Term("door.elsewhere")
    return (await scene.uow.places.unit(registration.unit_id)).name


async def _by_name(scene: Scene, typed: str) -> Turn:
    """Everybody on the list whose name contains what was typed, with or without diacritics; tapped to be let in."""
    at = await door(scene)
    listed = await on_the_list(scene.uow, at)
    people = await scene.uow.people.many([one.person_id for one in listed])
    found = _found(listed, people, typed)
    draft = {**scene.draft, "typed": typed.strip()[:80]}
    newcomer = button("door.not_registered", f"doornew.{at.meeting.id}")
    guests = await guests_found(scene, at, typed)
    if not found and not guests:
        return Turn(to=DOOR, say=(Message("door.nobody", {"name": typed.strip()[:80]}, ((newcomer,),)),), draft=draft)
    buttons = [
        literal(await _label(scene, one, people[one.person_id]), f"doorin.{at.meeting.id}.{one.id}")
        for one in found[:MOST_FOUND]
    ]
    buttons = [*guests, *buttons][:MOST_FOUND]
    number = len(guests) + len(found)
    key = "door.found" if number <= MOST_FOUND else "door.found_many"
    said = Message(key, {"people": number, "shown": len(buttons)}, (*rows_of(buttons, 1), (newcomer,)))
    return Turn(to=DOOR, say=(said,), draft=draft)


def _found(listed: Sequence[Registration], people: dict[PersonId, Person], typed: str) -> list[Registration]:
    if not fold(typed):
        return []
    return [one for one in listed if is_in(typed, people[one.person_id].called)]


async def _label(scene: Scene, registration: Registration, person: Person) -> str:
    here = "✓ " if registration.present_at is not None else ""
    place = "" if registration.unit_id is None else (await scene.uow.places.unit(registration.unit_id)).name
    return f"{here}{person.called} – {place} – {registration.reference[-4:]}"


async def _figures(scene: Scene) -> Message:
    """Who has come, unit by unit."""
    at = await door(scene)
    listed = [one for one in await on_the_list(scene.uow, at) if one.state is RegistrationState.STANDING]
    expected = Counter(one.unit_id for one in listed)
    present = Counter(one.unit_id for one in listed if one.present_at is not None)
    names: dict[UnitId | None, Param] = {
        None if unit.id == at.meeting.unit_id else unit.id: unit.name for unit in at.units
    }
    for unit_id in expected:
        names.setdefault(unit_id, await _unit_name(scene, unit_id))
    lines: list[Param] = [
        Term("door.line", {"unit": name, "present": present[unit_id], "people": expected[unit_id]})
        for unit_id, name in names.items()
    ]
    params: dict[str, Param] = {
        "title": at.meeting.title,
        "present": sum(present.values()),
        "people": len(listed),
        "guests": sum(one.walk_in for one in listed),
        "lines": (*lines, *await guest_figures(scene, at)),
    }
    return Message("door.figures", params, ((button("door.again_button", f"door.{at.meeting.id}"),),))


async def _unit_name(scene: Scene, unit_id: UnitId | None) -> Param:
    return Term("door.elsewhere") if unit_id is None else (await scene.uow.places.unit(unit_id)).name


def ids_in(rest: str) -> tuple[MeetingId, RegistrationId]:
    """The meeting and the registration in a code `<meeting>.<registration>`."""
    meeting, _, registration = rest.partition(".")
    return MeetingId(id_in(meeting)), RegistrationId(id_in(registration))


async def let_in(scene: Scene, rest: str) -> Turn:
    """`doorin.<meeting>.<registration>`: somebody found by name."""
    meeting_id, registration_id = ids_in(rest)
    at = await entrance_of(scene.uow, scene.me, meeting_id)
    registration = await scene.uow.rosters.registration(registration_id)
    scene.draft = {"meeting": at.meeting.id}
    return await _check(scene, registration)


async def let_in_beyond(scene: Scene, rest: str) -> Turn:
    """`dooradmit.<meeting>.<registration>`: beyond the quota, by the secretary."""
    meeting_id, registration_id = ids_in(rest)
    done = await admit(scene.uow, by=scene.me, meeting_id=meeting_id, registration_id=registration_id)
    return Turn(to=DOOR, say=(await present_message(scene, done),), draft={"meeting": meeting_id})


async def undo(scene: Scene, rest: str) -> Turn:
    """`doorundo.<meeting>.<registration>`."""
    meeting_id, registration_id = ids_in(rest)
    registration = await undo_check_in(scene.uow, by=scene.me, meeting_id=meeting_id, registration_id=registration_id)
    person = await scene.uow.people.get(registration.person_id)
    said = Message("door.undone", {"name": "–" if person is None else name_of(person)})
    return Turn(to=DOOR, say=(said,), draft={"meeting": meeting_id})


async def scanned(scene: Scene, code: str) -> Turn:
    """`/start d-…`, from a QR code: whoever helps at the door lets the person in, the person sees their own code.

    For everybody else there is nothing behind it.
    """
    reference = find_registration(code)
    registration = None if reference is None else await scene.uow.rosters.by_reference(reference)
    if registration is None:
        raise NotFound
    if registration.person_id == scene.me.id and registration.state in LIVE:
        refuse_over(await scene.uow.meetings.get(registration.meeting_id))
        return Turn(say=(Message("door.own_code", {"reference": registration.reference}),))
    at = await entrance_of(scene.uow, scene.me, await _meeting_scanned_at(scene, registration))
    scene.draft = {"meeting": at.meeting.id}
    return await _check(scene, registration)


async def _meeting_scanned_at(scene: Scene, registration: Registration) -> MeetingId:
    """The door somebody stands at, else the only one open today, else that of the code's own meeting."""
    if scene.step == DOOR:
        return MeetingId(int(scene.draft["meeting"]))
    today = await doors_today(scene.uow, scene.me)
    return today[0].id if len(today) == 1 else registration.meeting_id


MODULE = ConversationModule(
    commands=(Command("dontiep", open_door, aliases=("đón tiếp",), roles=_ROLES, leads_to=(DOOR,)),),
    choices=(
        Choice("door", open_door_of, leads_to=(DOOR,)),
        Choice("doorin", let_in, leads_to=(DOOR,)),
        Choice("dooradmit", let_in_beyond, leads_to=(DOOR,)),
        Choice("doorundo", undo, leads_to=(DOOR,)),
    ),
    steps=(Step(DOOR, _ask_who, _hear_who, leads_to=(NEWCOMER_NAME,), free_text=True, names=True, keeps=True),),
)
