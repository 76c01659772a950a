"""Inviting to a role (`/moi`): the role, the hamlet or desk it needs, then a code that works once, for seven days."""

from collections.abc import Sequence
from typing import Any

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Command, Scene, Step, Turn, units_as
from handlers.engine.table import ConversationModule
from intake.actions.people.invite import VALID_FOR, make_invitation
from intake.rules.message import Message, Param, Term, button, literal, rows_of
from intake.rules.people.lending import POWER
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId, Unit, UnitId

UNIT = "invite.unit"
ROLE = "invite.role"
HAMLET = "invite.hamlet"
DESK = "invite.desk"
ROLES = (
    Role.HAMLET_HEAD,
    Role.OFFICIAL,
    Role.SECRETARY,
    Role.CHAIR,
    Role.SUPERVISOR,
    Role.BROADCASTER,
)

_WHICH_PLACE = {Role.BROADCASTER: "invite.which_air", Role.SECRETARY: "invite.which_commune"}
_IN_A_HAMLET = (Role.HAMLET_HEAD, Role.BROADCASTER)


async def invite(scene: Scene, _rest: str) -> Turn:
    """`/moi`; with one unit only there is no unit to choose."""
    units = await _units(scene)
    if not units:
        return Turn(say=(Message("meetings.no_plan"),))
    if len(units) == 1:
        return Turn(to=ROLE, draft={"unit": units[0].id})
    return Turn(to=UNIT)


async def _units(scene: Scene) -> list[Unit]:
    return await units_as(scene, Role.SECRETARY, Role.ADMIN)


async def _unit(scene: Scene) -> Unit:
    return await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))


async def _ask_unit(scene: Scene) -> Message:
    buttons = [literal(unit.name, f"u{unit.id}") for unit in await _units(scene)]
    return Message("invite.which_unit", {}, rows_of(buttons, 1))


async def _hear_unit(scene: Scene, event: InboundEvent) -> Turn:
    units = {f"u{unit.id}": unit for unit in await _units(scene)}
    if event.choice not in units:
        return Turn(to=UNIT, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=ROLE, draft={"unit": units[event.choice].id})


async def _ask_role(scene: Scene) -> Message:
    buttons = [button(f"invite.role_{role.value}", role.value) for role in ROLES]
    return Message("invite.which_role", {"unit": (await _unit(scene)).name}, rows_of(buttons))


async def _hear_role(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in list(ROLES):
        return Turn(to=ROLE, say=(Message("talk.tap_one"),), draft=scene.draft)
    role = Role(event.choice)
    draft = {**scene.draft, "role": role.value}
    if role is Role.HAMLET_HEAD and not await scene.uow.places.hamlets(UnitId(int(draft["unit"]))):
        return Turn(say=(await _no_hamlets(scene),))
    if role in _IN_A_HAMLET or (role is Role.SECRETARY and await _communes(scene)):
        return Turn(to=HAMLET, draft=draft)
    if role is Role.OFFICIAL:
        return Turn(to=DESK, draft=draft)
    return await _invited(scene, draft, await _unit(scene))


async def _communes(scene: Scene) -> Sequence[Unit]:
    return await scene.uow.places.communes(UnitId(int(scene.draft["unit"])))


async def _no_hamlets(scene: Scene) -> Message:
    """Where no hamlet is known nobody can head one: the way to the open point that asks for them."""
    unit = await _unit(scene)
    return Message("invite.no_hamlets", {"unit": unit.name}, ((button("menu.plans", "cmd.kehoach"),),))


async def _places(scene: Scene) -> list[Unit]:
    """The hamlets; a broadcaster may also be the whole unit's, a secretary also a commune's below a district."""
    unit = await _unit(scene)
    if scene.draft["role"] == Role.SECRETARY:
        return [unit, *await _communes(scene)]
    whole = [unit] if scene.draft["role"] == Role.BROADCASTER else []
    return [*whole, *await scene.uow.places.hamlets(unit.id)]


async def _ask_hamlet(scene: Scene) -> Message:
    key = _WHICH_PLACE.get(Role(scene.draft["role"]), "invite.which_hamlet")
    return Message(key, {}, rows_of([literal(one.name, f"h{one.id}") for one in await _places(scene)]))


async def _hear_hamlet(scene: Scene, event: InboundEvent) -> Turn:
    places = {f"h{one.id}": one for one in await _places(scene)}
    if event.choice not in places:
        return Turn(to=HAMLET, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _invited(scene, scene.draft, places[event.choice])


async def _ask_desk(scene: Scene) -> Message:
    desks = await scene.uow.places.bodies(UnitId(int(scene.draft["unit"])))
    return Message("invite.which_desk", {}, rows_of([literal(desk.name, f"d{desk.id}") for desk in desks], 1))


async def _hear_desk(scene: Scene, event: InboundEvent) -> Turn:
    desks = {f"d{desk.id}": desk for desk in await scene.uow.places.bodies(UnitId(int(scene.draft["unit"])))}
    if event.choice not in desks:
        return Turn(to=DESK, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _invited(scene, scene.draft, await _unit(scene), desks[event.choice].id)


async def _invited(scene: Scene, draft: dict[str, Any], unit: Unit, desk_id: DeskId | None = None) -> Turn:
    """The code, shown this once: only its digest is kept."""
    role = Role(draft["role"])
    desk = None if desk_id is None else await scene.uow.places.desk(desk_id)
    code = await make_invitation(scene.uow, role, unit, desk=desk, by=scene.me)
    waits = role in POWER
    params: dict[str, Param] = {
        "role": Term(f"role.{role.value}"),
        "place": unit.name if desk is None else f"{desk.name}, {unit.name}",
        "code": code,
        "until": scene.uow.now + VALID_FOR,
    }
    row = (button("menu.invite", "cmd.moi"), button("button.menu", "cmd.menu"))
    return Turn(say=(Message("invite.code_waits" if waits else "invite.code", params, (row,)),))


MODULE = ConversationModule(
    commands=(Command("moi", invite, roles=(Role.SECRETARY, Role.ADMIN), leads_to=(UNIT, ROLE)),),
    steps=(
        Step(UNIT, _ask_unit, _hear_unit, leads_to=(ROLE,)),
        Step(ROLE, _ask_role, _hear_role, leads_to=(HAMLET, DESK)),
        Step(HAMLET, _ask_hamlet, _hear_hamlet),
        Step(DESK, _ask_desk, _hear_desk),
    ),
)
