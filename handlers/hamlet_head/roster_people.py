"""One person of a unit's list: moved, taken off, given another seat, listed to speak (R110–R112)."""

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.sealing import speech_row
from intake.actions.meetings.compose_roster import move_on_roster, registration_for, set_seat, take_off_roster
from intake.actions.meetings.quotas import seats_of
from intake.actions.meetings.register import clean_content, register
from intake.actions.meetings.seats import plan_of
from intake.actions.people.correct import may_correct
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, Registration, RegistrationId, RegistrationKind, told_content
from intake.rules.message import Button, Message, Param, Term, button, rows_of
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit
from intake.rules.plan.profile_terms import Seat
from wording.people import name_of

from .roster import roster_card

REASON = "roster.reason"
CONTENT = "roster.content"
_CANCEL = (button("button.cancel", "cancel"),)


async def show_one(scene: Scene, rest: str) -> Turn:
    """`rosterone.<registration>`: one person of the list, and what may be done."""
    meeting, unit, registration = await registration_for(scene.uow, scene.me, RegistrationId(id_in(rest)))
    return Turn(say=(await _person_card(scene, meeting, unit, registration),))


async def _person_card(scene: Scene, meeting: Meeting, unit: Unit, registration: Registration) -> Message:
    person = await scene.uow.people.get(registration.person_id)
    number = registration.id
    _, profile = await plan_of(scene.uow, meeting)
    rows: list[tuple[Button, ...]] = [
        (button("roster.up_button", f"rosterup.{number}"), button("roster.down_button", f"rosterdown.{number}")),
        (button("roster.off_button", f"rosteroff.{number}"),),
    ]
    if profile.seats:
        others = [seat for seat in seats_of(profile) if seat is not registration.seat]
        rows += rows_of([button(f"seat.{seat.value}", f"rosterseat.{number}.{seat.value}") for seat in others], 1)
    if registration.kind is RegistrationKind.ATTEND:
        rows.append((button("roster.speak_button", f"rosterspeak.{number}"),))
    if person is not None and await may_correct(scene.uow, scene.me, person):
        rows.append((button("correct.button", f"correct.{person.id}"),))
    if holds(scene.grants, Role.SECRETARY, await scene.uow.places.unit(meeting.unit_id)):
        rows += speech_row(registration)
    rows.append((button("roster.open_button", f"roster.{meeting.id}.{unit.id}"),))
    content = "" if person is None else told_content(registration, person)
    params: dict[str, Param] = {
        "name": "–" if person is None else name_of(person),
        "reference": registration.reference,
        "unit": unit.name,
        "seat": Term(f"seat.{registration.seat.value}"),
        "state": Term(f"roster.person_{registration.state.value}"),
        "kind": Term(f"register.kind.{registration.kind.value}"),
        "content": f": {content}" if content else "",
    }
    return Message("roster.person", params, tuple(rows))


def _start_change(act: str) -> Choice:
    async def start(scene: Scene, rest: str) -> Turn:
        _, _, registration = await registration_for(scene.uow, scene.me, RegistrationId(id_in(rest)))
        return Turn(to=REASON, draft={"registration": registration.id, "act": act})

    return Choice(f"roster{act}", start, leads_to=(REASON,))


async def _ask_reason(scene: Scene) -> Message:
    act = str(scene.draft["act"])
    _, _, registration = await registration_for(scene.uow, scene.me, RegistrationId(int(scene.draft["registration"])))
    person = await scene.uow.people.get(registration.person_id)
    return Message(f"roster.why_{act}", {"name": "–" if person is None else name_of(person)}, (_CANCEL,))


async def _hear_reason(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is not InboundKind.TEXT:
        return Turn(to=REASON, say=(Message("meetings.words_only"),), draft=scene.draft)
    act, number = str(scene.draft["act"]), RegistrationId(int(scene.draft["registration"]))
    meeting, unit, _ = await registration_for(scene.uow, scene.me, number)
    if act == "off":
        await take_off_roster(scene.uow, by=scene.me, registration_id=number, reason=event.text)
    else:
        await move_on_roster(scene.uow, by=scene.me, registration_id=number, up=act == "up", reason=event.text)
    return Turn(say=(await roster_card(scene, meeting, unit),))


async def change_seat(scene: Scene, rest: str) -> Turn:
    """`rosterseat.<registration>.<seat>`."""
    number, _, word = rest.partition(".")
    if word not in set(Seat):
        raise NotFound
    registration_id = RegistrationId(id_in(number))
    meeting, unit, _ = await registration_for(scene.uow, scene.me, registration_id)
    await set_seat(scene.uow, by=scene.me, registration_id=registration_id, seat=Seat(word))
    return Turn(say=(await roster_card(scene, meeting, unit),))


async def start_speaking(scene: Scene, rest: str) -> Turn:
    """`rosterspeak.<registration>`: what somebody on the list wants to speak about (R110)."""
    _, _, registration = await registration_for(scene.uow, scene.me, RegistrationId(id_in(rest)))
    return Turn(to=CONTENT, draft={"registration": registration.id})


async def _ask_content(scene: Scene) -> Message:
    _, _, registration = await registration_for(scene.uow, scene.me, RegistrationId(int(scene.draft["registration"])))
    person = await scene.uow.people.get(registration.person_id)
    row = (button("button.skip", "skip"), *_CANCEL)
    return Message("neighbour.content", {"name": "–" if person is None else name_of(person)}, (row,))


async def _hear_content(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "skip" and event.kind is not InboundKind.TEXT:
        return Turn(to=CONTENT, say=(Message("meetings.words_only"),), draft=scene.draft)
    number = RegistrationId(int(scene.draft["registration"]))
    meeting, unit, registration = await registration_for(scene.uow, scene.me, number)
    person = await scene.uow.people.get(registration.person_id)
    if person is None:
        raise NotFound
    await register(
        scene.uow,
        meeting_id=meeting.id,
        person=person,
        kind=RegistrationKind.SPEAK,
        content="" if event.choice == "skip" else clean_content(event.text),
        entered_by=scene.me,
    )
    return Turn(say=(await roster_card(scene, meeting, unit),))


MODULE = ConversationModule(
    choices=(
        Choice("rosterone", show_one),
        _start_change("up"),
        _start_change("down"),
        _start_change("off"),
        Choice("rosterseat", change_seat),
        Choice("rosterspeak", start_speaking, leads_to=(CONTENT,)),
    ),
    steps=(
        Step(REASON, _ask_reason, _hear_reason, free_text=True),
        Step(CONTENT, _ask_content, _hear_content, free_text=True),
    ),
)
