"""Who holds what in a unit (`/vaitro`): take back, suspend, hand on to a successor, agree to what needs two people."""

from datetime import date, datetime

from handlers.engine.form import Field, form_steps, read_day
from handlers.engine.scene import Choice, Command, Scene, Turn, units_as
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.invite import VALID_FOR, decide_invitation, make_invitation
from intake.actions.people.roles import POWER, may_lend, resume, suspend, take_back
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import EndedGrant, Grant, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.text import by_name
from wording.people import name_of

PER_PAGE = 20


async def show_units(scene: Scene, _rest: str) -> Turn:
    """`/vaitro`; with one unit only there is none to choose."""
    units = await units_as(scene, *POWER)
    if not units:
        return Turn(say=(Message("meetings.no_plan"),))
    if len(units) == 1:
        return Turn(say=(await _listed(scene, units[0], 0),))
    buttons = [literal(unit.name, f"roles.{unit.id}.0") for unit in units]
    return Turn(say=(Message("roles.which_unit", {}, rows_of(buttons, 1)),))


async def show_roles(scene: Scene, rest: str) -> Turn:
    """`roles.<unit id>.<page>`: the roles of a unit."""
    unit_id, _, page = rest.partition(".")
    unit = await scene.uow.places.unit(UnitId(id_in(unit_id)))
    await may_lend(scene.uow, scene.me, unit)
    return Turn(say=(await _listed(scene, unit, id_in(page or "0")),))


async def _listed(scene: Scene, unit: Unit, page: int) -> Message:
    held = await scene.uow.people.grants_in(unit)
    shown = sorted(held, key=lambda one: (_ORDER.index(one[0].role), by_name(one[1].name)))
    here = shown[page * PER_PAGE : (page + 1) * PER_PAGE]
    lines: list[Param] = []
    buttons: list[Button] = []
    for number, (grant, person, heard_at) in enumerate(here, page * PER_PAGE + 1):
        said: dict[str, Param] = {
            "number": number,
            "name": name_of(person),
            "role": Term(f"role.{grant.role.value}"),
            "place": await _place(scene, grant),
            "active": _active(heard_at),
        }
        lines.append(Term("roles.line", said))
        buttons.append(literal(str(number), f"role.{grant.id}"))
    suspended = await scene.uow.people.suspended(unit) if page == 0 else []
    rows = list(rows_of(buttons, 5))
    for ended in suspended:
        lines.append(Term("roles.line_suspended", {**await _described(scene, ended), "until": ended.until or ""}))
        rows.append((button("roles.resume_button", f"roleresume.{ended.id}", name=await _name(scene, ended)),))
    if len(shown) > (page + 1) * PER_PAGE:
        rows.append((button("roles.more", f"roles.{unit.id}.{page + 1}"),))
    rows.append((button("menu.invite", "cmd.moi"), button("button.menu", "cmd.menu")))
    return Message("roles.list", {"unit": unit.name, "lines": tuple(lines)}, tuple(rows))


_ORDER = (
    Role.CHAIR,
    Role.SECRETARY,
    Role.ADMIN,
    Role.SUPERVISOR,
    Role.OFFICIAL,
    Role.HAMLET_HEAD,
    Role.BROADCASTER,
    Role.RESIDENT,
)


async def _name(scene: Scene, grant: Grant | EndedGrant) -> str | Term:
    person = await scene.uow.people.get(grant.person_id)
    return Term("person.erased") if person is None or not person.name else person.name


async def _described(scene: Scene, grant: Grant | EndedGrant) -> dict[str, Param]:
    """Who holds or held what, and where."""
    return {
        "name": await _name(scene, grant),
        "role": Term(f"role.{grant.role.value}"),
        "place": await _place(scene, grant),
    }


async def _place(scene: Scene, grant: Grant | EndedGrant) -> str:
    unit = await scene.uow.places.unit(grant.unit_id)
    desk = None if grant.desk_id is None else await scene.uow.places.desk(grant.desk_id)
    return unit.name if desk is None else f"{desk.name}, {unit.name}"


def _active(heard_at: datetime | None) -> Param:
    return Term("roles.never_active") if heard_at is None else heard_at.astimezone(LOCAL).date()


async def show_role(scene: Scene, rest: str) -> Turn:
    """`role.<grant id>`: one role, and what can be done about it."""
    grant = await _grant(scene, rest)
    giver = None if grant.given_by is None else await scene.uow.people.get(grant.given_by)
    params: dict[str, Param] = {
        **await _described(scene, grant),
        "since": grant.given_at.astimezone(LOCAL).date() if grant.given_at is not None else Term("roles.unknown"),
        "by": name_of(giver) if giver is not None else Term("roles.by_command"),
    }
    rows: list[tuple[Button, ...]] = [
        (
            button("roles.take_back_button", f"roleback.{grant.id}"),
            button("roles.suspend_button", f"rolesuspend.{grant.id}"),
        ),
        (button("roles.replace_button", f"rolereplace.{grant.id}"), button("button.menu", "cmd.menu")),
    ]
    if grant.person_id == scene.me.id:
        rows = [(button("roles.give_back_button", f"roleback.{grant.id}"), button("button.menu", "cmd.menu"))]
    return Turn(say=(Message("roles.card", params, tuple(rows)),))


async def _grant(scene: Scene, rest: str) -> Grant:
    grant = await scene.uow.people.grant(id_in(rest))
    if grant is None:
        raise NotFound
    await may_lend(scene.uow, scene.me, await scene.uow.places.unit(grant.unit_id))
    return grant


async def start_taking_back(scene: Scene, rest: str) -> Turn:
    """`roleback.<grant id>`: asked once more, since it counts at once."""
    return Turn(to="roleback.preview", draft=await _draft(scene, rest))


async def start_suspending(scene: Scene, rest: str) -> Turn:
    """`rolesuspend.<grant id>`."""
    return Turn(to="rolesuspend.day", draft=await _draft(scene, rest))


async def _draft(scene: Scene, rest: str) -> dict[str, object]:
    grant = await _grant(scene, rest)
    person = await scene.uow.people.get(grant.person_id)
    return {
        "grant": grant.id,
        "name": "" if person is None else person.name,
        "role": grant.role.value,
        "place": await _place(scene, grant),
    }


def _named(scene: Scene) -> dict[str, Param]:
    draft = scene.draft
    return {"name": str(draft["name"]), "role": Term(f"role.{draft['role']}"), "place": str(draft["place"])}


def _with_day(scene: Scene) -> dict[str, Param]:
    return {**_named(scene), "until": date.fromisoformat(str(scene.draft["day"]))}


async def _take_back(scene: Scene) -> Turn:
    named = _named(scene)
    await take_back(scene.uow, by=scene.me, grant_id=int(scene.draft["grant"]))
    return Turn(say=(Message("roles.done_taken_back", named, _AFTER),))


async def _suspend(scene: Scene) -> Turn:
    named = _with_day(scene)
    until = date.fromisoformat(str(scene.draft["day"]))
    await suspend(scene.uow, by=scene.me, grant_id=int(scene.draft["grant"]), until=until)
    return Turn(say=(Message("roles.done_suspended", named, _AFTER),))


async def resume_role(scene: Scene, rest: str) -> Turn:
    """`roleresume.<id>`: a suspended role counts again."""
    grant = await resume(scene.uow, by=scene.me, ended_id=id_in(rest))
    named = await _described(scene, grant)
    return Turn(say=(Message("roles.done_resumed", named, _AFTER),))


async def invite_successor(scene: Scene, rest: str) -> Turn:
    """`rolereplace.<grant id>`: a code; whoever uses it inherits what hangs on the holder now."""
    grant = await _grant(scene, rest)
    unit = await scene.uow.places.unit(grant.unit_id)
    desk = None if grant.desk_id is None else await scene.uow.places.desk(grant.desk_id)
    code = await make_invitation(scene.uow, grant.role, unit, desk=desk, by=scene.me, replaces=grant)
    params: dict[str, Param] = {
        **await _described(scene, grant),
        "code": code,
        "until": scene.uow.now + VALID_FOR,
    }
    return Turn(say=(Message("roles.successor_code", params, _AFTER),))


async def decide_second(scene: Scene, rest: str) -> Turn:
    """`rolesecond.<invitation id>.<yes|no>`: the second of two people who give a role."""
    number, _, said = rest.partition(".")
    agrees = said == "yes"
    invitation = await decide_invitation(scene.uow, by=scene.me, invitation_id=id_in(number), agrees=agrees)
    unit = await scene.uow.places.unit(invitation.unit_id)
    params: dict[str, Param] = {"role": Term(f"role.{invitation.role.value}"), "place": unit.name}
    return Turn(say=(Message("roles.done_agreed" if agrees else "roles.done_refused", params),))


_AFTER = ((button("menu.roles", "cmd.vaitro"), button("button.menu", "cmd.menu")),)
MODULE = ConversationModule(
    commands=(Command("vaitro", show_units, aliases=("vai trò",), roles=POWER),),
    choices=(
        Choice("roles", show_roles),
        Choice("role", show_role),
        Choice("roleback", start_taking_back, leads_to=("roleback.preview",)),
        Choice("rolesuspend", start_suspending, leads_to=("rolesuspend.day",)),
        Choice("roleresume", resume_role),
        Choice("rolereplace", invite_successor),
        Choice("rolesecond", decide_second),
    ),
    steps=(
        *form_steps("roleback", (), preview=_named, send=_take_back),
        *form_steps("rolesuspend", (Field("day", "rolesuspend.ask", read_day),), preview=_with_day, send=_suspend),
    ),
)
