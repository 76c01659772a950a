"""Putting somebody without a phone on a unit's list, by name, for a seat (R111, R112)."""

from typing import Any

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.language.places import place_chosen
from handlers.office.namesakes import ask_who_it_is, called, meant, namesake_steps
from intake.actions.meetings.compose_roster import add_to_roster, roster_for
from intake.actions.meetings.quotas import seats_of
from intake.actions.meetings.seats import plan_of
from intake.actions.people.enrol import clean_name
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Message, button, literal, rows_of
from intake.rules.people.unit import Level, Unit, UnitId
from intake.rules.plan.profile_terms import Seat

from .roster import ids_in, roster_card

NAME = "roster.name"
HAMLET = "roster.hamlet"
WHICH = "roster.which"
MARK = "roster.mark"
SEAT = "roster.seat"
_CANCEL = (button("button.cancel", "cancel"),)


async def start_adding(scene: Scene, rest: str) -> Turn:
    """`rosteradd.<meeting>.<unit>`: somebody without a phone, by name."""
    meeting_id, unit_id, _ = ids_in(rest)
    meeting, unit = await roster_for(scene.uow, scene.me, meeting_id, unit_id)
    return Turn(to=NAME, draft={"meeting": meeting.id, "unit": unit.id})


async def _ask_name(scene: Scene) -> Message:
    unit = await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))
    return Message("neighbour.name", {"hamlet": unit.name}, (_CANCEL,))


async def _hear_name(scene: Scene, event: InboundEvent) -> Turn:
    draft = {**scene.draft, "neighbour": clean_name(event.text)}
    unit = await scene.uow.places.unit(UnitId(int(draft["unit"])))
    if unit.level is Level.HAMLET or not await scene.uow.places.hamlets(unit.id):  # nothing to choose among
        return await _after_hamlet(scene, {**draft, "hamlet": unit.id})
    return Turn(to=HAMLET, draft=draft)


async def _hamlets(scene: Scene) -> dict[str, Unit]:
    hamlets = await scene.uow.places.hamlets(UnitId(int(scene.draft["unit"])))
    return {f"h{hamlet.id}": hamlet for hamlet in hamlets}


async def _ask_hamlet(scene: Scene) -> Message:
    buttons = [literal(hamlet.name, code) for code, hamlet in (await _hamlets(scene)).items()]
    return Message("neighbour.which_hamlet", {}, (*rows_of(buttons), _CANCEL))


async def _hear_hamlet(scene: Scene, event: InboundEvent) -> Turn:
    hamlet = place_chosen(event.choice, event.text, await _hamlets(scene))
    if hamlet is None:
        return Turn(to=HAMLET, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _after_hamlet(scene, {**scene.draft, "hamlet": hamlet.id})


async def _seats(scene: Scene, draft: dict[str, Any]) -> tuple[Seat, ...]:
    meeting = await scene.uow.meetings.get(MeetingId(int(draft["meeting"])))
    _, profile = await plan_of(scene.uow, meeting)
    return seats_of(profile)


async def _after_hamlet(scene: Scene, draft: dict[str, Any]) -> Turn:
    return await ask_who_it_is(scene, draft, WHICH, _after_name)


async def _after_name(scene: Scene, draft: dict[str, Any]) -> Turn:
    if len(await _seats(scene, draft)) > 1:
        return Turn(to=SEAT, draft=draft)
    return await _add(scene, draft, Seat.RESIDENT)


async def _ask_seat(scene: Scene) -> Message:
    buttons = [button(f"seat.{seat.value}", seat.value) for seat in await _seats(scene, scene.draft)]
    return Message("roster.which_seat", {"name": called(scene.draft)}, (*rows_of(buttons, 1), _CANCEL))


async def _hear_seat(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in await _seats(scene, scene.draft):
        return Turn(to=SEAT, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _add(scene, scene.draft, Seat(event.choice))


async def _add(scene: Scene, draft: dict[str, Any], seat: Seat) -> Turn:
    meeting_id, unit_id, said = MeetingId(int(draft["meeting"])), UnitId(int(draft["unit"])), meant(draft)
    await add_to_roster(
        scene.uow,
        by=scene.me,
        meeting_id=meeting_id,
        unit_id=unit_id,
        name=str(draft["neighbour"]),
        hamlet_id=UnitId(int(draft["hamlet"])),
        seat=seat,
        same_as=said.same_as,
        another=said.another,
        known_as=said.known_as,
    )
    meeting, unit = await roster_for(scene.uow, scene.me, meeting_id, unit_id)
    return Turn(say=(await roster_card(scene, meeting, unit),))


MODULE = ConversationModule(
    choices=(Choice("rosteradd", start_adding, leads_to=(NAME,)),),
    steps=(
        Step(NAME, _ask_name, _hear_name, leads_to=(HAMLET, WHICH, SEAT), free_text=True, names=True),
        Step(HAMLET, _ask_hamlet, _hear_hamlet, leads_to=(WHICH, SEAT)),
        *namesake_steps(WHICH, MARK, _after_name, leads_to=(SEAT,)),
        Step(SEAT, _ask_seat, _hear_seat),
    ),
)
