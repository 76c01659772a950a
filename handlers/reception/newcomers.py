"""Somebody came without having registered: a name and where from, and they are in (R115); or they want to speak."""

from collections.abc import Sequence
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.namesakes import ask_who_it_is, meant, namesake_steps
from intake.actions.meetings.check_in import CheckIn, entrance_of, namesakes_at_door, walk_in, wants_to_speak
from intake.actions.people.enrol import clean_name
from intake.rules.meetings.meeting import MeetingId, RegistrationId, RegistrationState
from intake.rules.message import Message, button, literal, rows_of
from intake.rules.people.person import Person
from intake.rules.people.unit import UnitId

from .check_in import DOOR, NEWCOMER_NAME, NEWCOMER_UNIT, door, ids_in, present_message, waiting_message

WHICH = "newcomer.which"
MARK = "newcomer.mark"
CONTENT = "newcomer.content"
_CANCEL = (button("button.cancel", "cancel"),)


async def start_newcomer(scene: Scene, rest: str) -> Turn:
    """`doornew.<meeting>`: with the name that was looked for in vain, if one was."""
    at = await entrance_of(scene.uow, scene.me, MeetingId(id_in(rest)))
    typed = str(scene.draft.get("typed", "")) if scene.step == DOOR else ""
    if not typed:
        return Turn(to=NEWCOMER_NAME, draft={"meeting": at.meeting.id})
    return Turn(to=NEWCOMER_UNIT, draft={"meeting": at.meeting.id, "neighbour": clean_name(typed)})


async def _ask_name(scene: Scene) -> Message:
    del scene
    return Message("door.newcomer_name", {}, (_CANCEL,))


async def _hear_name(scene: Scene, event: InboundEvent) -> Turn:
    return Turn(to=NEWCOMER_UNIT, draft={**scene.draft, "neighbour": clean_name(event.text)})


async def _places(scene: Scene) -> dict[str, UnitId | None]:
    at = await door(scene)
    places: dict[str, UnitId | None] = {f"u{unit.id}": unit.id for unit in at.units}
    return {**places, "elsewhere": None} if at.guests else places


async def _ask_unit(scene: Scene) -> Message:
    at = await door(scene)
    buttons = [literal(unit.name, f"u{unit.id}") for unit in at.units]
    if at.guests:
        buttons.append(button("door.elsewhere_button", "elsewhere"))
    return Message("door.newcomer_unit", {"name": str(scene.draft["neighbour"])}, (*rows_of(buttons), _CANCEL))


async def _hear_unit(scene: Scene, event: InboundEvent) -> Turn:
    places = await _places(scene)
    if event.choice not in places:
        return Turn(to=NEWCOMER_UNIT, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await ask_who_it_is(scene, {**scene.draft, "unit": places[event.choice]}, WHICH, _let_in, there=_there)


async def _there(scene: Scene, draft: dict[str, Any]) -> Sequence[Person]:
    """Who has the name, of the unit the newcomer is from."""
    return await namesakes_at_door(
        scene.uow,
        by=scene.me,
        meeting_id=MeetingId(int(draft["meeting"])),
        name=str(draft["neighbour"]),
        unit_id=_unit(draft),
    )


def _unit(draft: dict[str, Any]) -> UnitId | None:
    return None if draft["unit"] is None else UnitId(int(draft["unit"]))


async def _let_in(scene: Scene, draft: dict[str, Any]) -> Turn:
    meeting_id, who = MeetingId(int(draft["meeting"])), meant(draft)
    registration = await walk_in(
        scene.uow,
        by=scene.me,
        meeting_id=meeting_id,
        name=str(draft["neighbour"]),
        unit_id=_unit(draft),
        same_as=who.same_as,
        another=who.another,
        known_as=who.known_as,
    )
    if registration.state is RegistrationState.WAITING:
        said = await waiting_message(scene, registration)
    else:
        again = registration.present_at is not None and registration.present_at < scene.uow.now
        said = await present_message(scene, CheckIn(registration, again=again))
    return Turn(to=DOOR, say=(said,), draft={"meeting": meeting_id})


async def start_speaking(scene: Scene, rest: str) -> Turn:
    """`doorspeak.<meeting>.<registration>`."""
    meeting_id, registration_id = ids_in(rest)
    await entrance_of(scene.uow, scene.me, meeting_id)
    return Turn(to=CONTENT, draft={"meeting": meeting_id, "registration": registration_id})


async def _ask_content(scene: Scene) -> Message:
    del scene
    return Message("door.content", {}, ((button("button.skip", "skip"), *_CANCEL),))


async def _hear_content(scene: Scene, event: InboundEvent) -> Turn:
    draft: dict[str, Any] = scene.draft
    if event.choice != "skip" and event.kind is not InboundKind.TEXT:
        return Turn(to=CONTENT, say=(Message("meetings.words_only"),), draft=draft)
    meeting_id = MeetingId(int(draft["meeting"]))
    registration = await wants_to_speak(
        scene.uow,
        by=scene.me,
        meeting_id=meeting_id,
        registration_id=RegistrationId(int(draft["registration"])),
        content="" if event.choice == "skip" else event.text,
    )
    said = Message("door.will_speak", {"reference": registration.reference})
    return Turn(to=DOOR, say=(said,), draft={"meeting": meeting_id})


MODULE = ConversationModule(
    choices=(
        Choice("doornew", start_newcomer, leads_to=(NEWCOMER_NAME, NEWCOMER_UNIT)),
        Choice("doorspeak", start_speaking, leads_to=(CONTENT,)),
    ),
    steps=(
        Step(NEWCOMER_NAME, _ask_name, _hear_name, leads_to=(NEWCOMER_UNIT,), free_text=True, names=True),
        Step(NEWCOMER_UNIT, _ask_unit, _hear_unit, leads_to=(DOOR, WHICH)),
        *namesake_steps(WHICH, MARK, _let_in, leads_to=(DOOR,), there=_there),
        Step(CONTENT, _ask_content, _hear_content, leads_to=(DOOR,), free_text=True),
    ),
)
