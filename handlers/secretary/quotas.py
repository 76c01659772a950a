"""Setting how many delegates each unit sends: which units, which kind, the number (R048, R111)."""

from typing import Any

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from intake.actions.meetings.quotas import seats_of, set_quota, units_with_quota
from intake.actions.meetings.seats import plan_of
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit
from intake.rules.plan.open_points import MOST_SEATS
from intake.rules.plan.profile_terms import Seat

from .rosters import meeting_with_lists, rosters_card

UNIT = "quota.unit"
SEAT = "quota.seat"
NUMBER = "quota.number"
_CANCEL = (button("button.cancel", "cancel"),)


async def start_quota(scene: Scene, rest: str) -> Turn:
    """`quota.<meeting>`."""
    meeting = await meeting_with_lists(scene, rest)
    return Turn(to=UNIT, draft={"meeting": meeting.id})


async def _meeting(scene: Scene) -> Meeting:
    return await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))


async def _units(scene: Scene) -> dict[str, Unit]:
    return {f"u{unit.id}": unit for unit in await units_with_quota(scene.uow, await _meeting(scene))}


async def _ask_unit(scene: Scene) -> Message:
    meeting = await _meeting(scene)
    numbers: dict[int, int] = {}
    for quota in await scene.uow.rosters.quotas(meeting.id):
        numbers[quota.unit_id] = numbers.get(quota.unit_id, 0) + quota.number
    buttons: list[Button] = [button("quota.all", "all")]
    for code, unit in (await _units(scene)).items():
        buttons.append(literal(f"{unit.name}: {numbers.get(unit.id, '–')}", code))
    return Message("quota.which_unit", {"title": meeting.title}, (*rows_of(buttons), _CANCEL))


async def _hear_unit(scene: Scene, event: InboundEvent) -> Turn:
    units = await _units(scene)
    if event.choice == "all":
        chosen = [unit.id for unit in units.values()]
    elif event.choice in units:
        chosen = [units[event.choice].id]
    else:
        return Turn(to=UNIT, say=(Message("talk.tap_one"),), draft=scene.draft)
    draft = {**scene.draft, "units": chosen}
    seats = await _seats(scene)
    if len(seats) > 1:
        return Turn(to=SEAT, draft=draft)
    return Turn(to=NUMBER, draft={**draft, "seat": seats[0].value})


async def _seats(scene: Scene) -> tuple[Seat, ...]:
    _, profile = await plan_of(scene.uow, await _meeting(scene))
    return seats_of(profile)


async def _ask_seat(scene: Scene) -> Message:
    buttons = [button(f"seat.{seat.value}", seat.value) for seat in await _seats(scene)]
    return Message("quota.which_seat", {}, (*rows_of(buttons, 1), _CANCEL))


async def _hear_seat(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in await _seats(scene):
        return Turn(to=SEAT, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=NUMBER, draft={**scene.draft, "seat": event.choice})


async def _ask_number(scene: Scene) -> Message:
    draft: dict[str, Any] = scene.draft
    units = {unit.id: unit for unit in (await _units(scene)).values()}
    whom: Param = Term("quota.each", {"units": len(draft["units"])})
    if len(draft["units"]) == 1:
        whom = units[draft["units"][0]].name
    return Message("quota.number", {"whom": whom, "seat": Term(f"seat.{draft['seat']}")}, (_CANCEL,))


async def _hear_number(scene: Scene, event: InboundEvent) -> Turn:
    typed = event.text.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_SEATS))):
        raise RuleBroken("refusal.quota_number", {"most": MOST_SEATS})
    meeting = await _meeting(scene)
    done = await set_quota(
        scene.uow,
        by=scene.me,
        meeting_id=meeting.id,
        unit_ids=scene.draft["units"],
        seat=Seat(scene.draft["seat"]),
        number=int(typed),
    )
    said = Message("quota.set", {"number": int(typed), "units": done.units, "promoted": done.promoted})
    return Turn(say=(said, await rosters_card(scene, meeting)))


MODULE = ConversationModule(
    choices=(Choice("quota", start_quota, leads_to=(UNIT,)),),
    steps=(
        Step(UNIT, _ask_unit, _hear_unit, leads_to=(SEAT, NUMBER), role=Role.SECRETARY),
        Step(SEAT, _ask_seat, _hear_seat, leads_to=(NUMBER,), role=Role.SECRETARY),
        Step(NUMBER, _ask_number, _hear_number, role=Role.SECRETARY, free_text=True),
    ),
)
