"""Who holds what in a unit (`/vaitro`): take back, suspend, hand on to a successor, agree to what needs two people."""

from datetime import date, timedelta

from handlers.engine.form import Field, form_steps, read_day
from handlers.engine.scene import Choice, Command, Scene, Turn, units_as
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.invite import VALID_FOR, decide_invitation, make_invitation
from intake.actions.people.roles import Dependants, dependants_of, may_lend, role_numbered
from intake.actions.people.take_back import (
    decide_request,
    has_suspended_another,
    resume,
    suspend,
    take_back,
    turn_round,
)
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.lending import MOST_DAYS_ALONE, POWER, RoleRequest, needs_second_to_take_back, number_of
from intake.rules.people.person import EndedGrant, Grant, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.text import by_name
from wording.people import name_of
from wording.roles import by_whom, day_or, place_of

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
            "place": await place_of(scene.uow, grant),
            "active": day_or(heard_at, "roles.never_active"),
        }
        lines.append(Term("roles.line", said))
        buttons.append(literal(str(number), f"role.{grant.id}"))
    suspended = await scene.uow.people.suspended(unit) if page == 0 else []
    rows = list(rows_of(buttons, 5))
    for ended in suspended:
        lines.append(Term("roles.line_suspended", {**await _described(scene, ended), "until": ended.until or ""}))
        rows.append((button("roles.suspended_button", f"role.{ended.grant_id}", name=await _name(scene, ended)),))
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
        "place": await place_of(scene.uow, grant),
    }


async def show_role(scene: Scene, rest: str) -> Turn:
    """`role.<number>`: one role, held or suspended, and what can be done about it."""
    held = await _held(scene, rest)
    number = number_of(held)
    params: dict[str, Param] = {
        **await _described(scene, held),
        "since": day_or(held.given_at, "roles.unknown"),
        "by": await by_whom(scene.uow, held.given_by),
    }
    key, menu = "roles.card", button("button.menu", "cmd.menu")
    ends = button("roles.take_back_button", f"roleback.{number}")
    pauses = button("roles.suspend_button", f"rolesuspend.{number}")
    if isinstance(held, EndedGrant):
        key, pauses = "roles.card_suspended", button("roles.resume_button", f"rolelift.{number}")
        params |= {"stopped": await by_whom(scene.uow, held.ended_by), "until": held.until or ""}
    rows: tuple[tuple[Button, ...], ...] = (
        (ends, pauses),
        (button("roles.replace_button", f"rolereplace.{number}"), menu),
    )
    if held.person_id == scene.me.id:
        rows = ((button("roles.give_back_button", f"roleback.{number}"), menu),)
    return Turn(say=(Message(key, params, rows),))


async def _held(scene: Scene, rest: str) -> Grant | EndedGrant:
    held = await role_numbered(scene.uow, id_in(rest))
    if held is None:
        raise NotFound
    await may_lend(scene.uow, scene.me, await scene.uow.places.unit(held.unit_id))
    return held


async def start_taking_back(scene: Scene, rest: str) -> Turn:
    """`roleback.<number>`: asked once more, since it counts at once, or since a second person is asked."""
    held = await _held(scene, rest)
    draft = await _draft(scene, held)
    if held.person_id == scene.me.id:
        return Turn(to="rolereturn.preview", draft=draft)
    return Turn(to="roleend.preview" if needs_second_to_take_back(held, scene.me) else "roleback.preview", draft=draft)


async def start_suspending(scene: Scene, rest: str) -> Turn:
    """`rolesuspend.<number>`."""
    held = await _held(scene, rest)
    by_two = await has_suspended_another(scene.uow, scene.me, held)
    return Turn(to="rolesuspend.day", draft={**await _draft(scene, held), "by_two": by_two})


async def _draft(scene: Scene, held: Grant | EndedGrant) -> dict[str, object]:
    person = await scene.uow.people.get(held.person_id)
    hanging = Dependants() if person is None else await dependants_of(scene.uow, person, [held])
    return {
        "grant": number_of(held),
        "neighbours": len(hanging.neighbours),
        "desks": [desk.name for desk in hanging.empty_desks],
        "chairless": [unit.name for unit in hanging.chairless],
        "unsorted": [unit.name for unit in hanging.unsorted],
        "uncarried": [list(one) for one in hanging.uncarried],
        "name": "" if person is None else person.name,
        "role": held.role.value,
        "place": await place_of(scene.uow, held),
    }


def _named(scene: Scene) -> dict[str, Param]:
    draft = scene.draft
    hanging: list[Param] = [Term("roleback.desk", {"desk": desk}) for desk in draft["desks"]]
    hanging += [Term("roleback.chair", {"place": place}) for place in draft["chairless"]]
    hanging += [Term("roleback.secretary", {"place": place}) for place in draft.get("unsorted", ())]
    hanging += [Term("roleback.notice", {"title": title, "place": place}) for title, place in draft["uncarried"]]
    if draft["neighbours"]:
        hanging.append(Term("roleback.neighbours", {"count": draft["neighbours"]}))
    named: dict[str, Param] = {"name": str(draft["name"]), "role": Term(f"role.{draft['role']}")}
    return {**named, "place": str(draft["place"]), "hanging": tuple(hanging)}


def _with_day(scene: Scene) -> dict[str, Param]:
    return {**_named(scene), "until": date.fromisoformat(str(scene.draft["day"]))}


def _with_way(scene: Scene) -> dict[str, Param]:
    """The day, and how many it takes: the draft says whether this person has suspended another already."""
    said = _with_day(scene)
    if Role(scene.draft["role"]) not in POWER:
        return {**said, "way": ""}
    latest = scene.uow.today + timedelta(days=MOST_DAYS_ALONE)
    by_two = scene.draft["by_two"] or date.fromisoformat(str(scene.draft["day"])) > latest
    way = Term("rolesuspend.by_two" if by_two else "rolesuspend.alone", {"most": MOST_DAYS_ALONE})
    return {**said, "way": way}


async def _take_back(scene: Scene) -> Turn:
    named = _named(scene)
    done = await take_back(scene.uow, by=scene.me, grant_id=int(scene.draft["grant"]))
    key = "roles.asked_second" if isinstance(done, RoleRequest) else "roles.done_taken_back"
    return Turn(say=(Message(key, named, _AFTER),))


async def _give_back(scene: Scene) -> Turn:
    """The own role: nobody else is asked, and the list of roles may be closed to this person from now on."""
    named = _named(scene)
    await take_back(scene.uow, by=scene.me, grant_id=int(scene.draft["grant"]))
    return Turn(say=(Message("roles.done_returned", named, ((button("button.menu", "cmd.menu"),),)),))


async def _suspend(scene: Scene) -> Turn:
    named = _with_day(scene)
    until = date.fromisoformat(str(scene.draft["day"]))
    done = await suspend(scene.uow, by=scene.me, grant_id=int(scene.draft["grant"]), until=until)
    key = "roles.asked_second" if isinstance(done, RoleRequest) else "roles.done_suspended"
    return Turn(say=(Message(key, named, _AFTER),))


async def stop_in_turn(scene: Scene, rest: str) -> Turn:
    """`roleturn.<number>`: whoever was suspended suspends the one who did it."""
    stopped = await turn_round(scene.uow, by=scene.me, grant_id=id_in(rest))
    name = await _name(scene, stopped[0])
    return Turn(say=(Message("roles.done_turned_round", {"name": name, "until": stopped[0].until or ""}),))


async def decide_end(scene: Scene, rest: str) -> Turn:
    """`roleagree.<request id>.<yes|no>`: the second of two people who take power from a peer."""
    number, _, said = rest.partition(".")
    if said not in ("yes", "no"):
        raise NotFound
    request, person = await decide_request(scene.uow, by=scene.me, request_id=id_in(number), agrees=said == "yes")
    params: dict[str, Param] = {"name": name_of(person)}
    key = "roles.done_end_refused"
    if said == "yes":
        key = "roles.done_end_agreed" if request.until is None else "roles.done_stop_agreed"
    return Turn(say=(Message(key, params, _AFTER),))


async def resume_role(scene: Scene, rest: str) -> Turn:
    """`rolelift.<number>`: a suspended role counts again."""
    grant = await resume(scene.uow, by=scene.me, grant_id=id_in(rest))
    named = await _described(scene, grant)
    return Turn(say=(Message("roles.done_resumed", named, _AFTER),))


async def invite_successor(scene: Scene, rest: str) -> Turn:
    """`rolereplace.<number>`: a code; whoever uses it inherits what hangs on the holder now."""
    grant = await _held(scene, rest)
    unit = await scene.uow.places.unit(grant.unit_id)
    desk = None if grant.desk_id is None else await scene.uow.places.desk(grant.desk_id)
    code = await make_invitation(scene.uow, grant.role, unit, desk=desk, by=scene.me, replaces=grant)
    params: dict[str, Param] = {
        **await _described(scene, grant),
        "code": code,
        "until": scene.uow.now + VALID_FOR,
    }
    key = "roles.successor_code_waits" if grant.role in POWER else "roles.successor_code"
    return Turn(say=(Message(key, params, _AFTER),))


async def decide_second(scene: Scene, rest: str) -> Turn:
    """`rolesecond.<invitation id>.<yes|no>`: the second of two people who give a role."""
    number, _, said = rest.partition(".")
    if said not in ("yes", "no"):
        raise NotFound
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
        Choice("roleback", start_taking_back, leads_to=("roleback.preview", "roleend.preview", "rolereturn.preview")),
        Choice("rolesuspend", start_suspending, leads_to=("rolesuspend.day",)),
        Choice("rolelift", resume_role),
        Choice("roleturn", stop_in_turn),
        Choice("roleagree", decide_end),
        Choice("rolereplace", invite_successor),
        Choice("rolesecond", decide_second),
    ),
    steps=(
        *form_steps("roleback", (), preview=_named, send=_take_back),
        *form_steps("roleend", (), preview=_named, send=_take_back),
        *form_steps("rolereturn", (), preview=_named, send=_give_back),
        *form_steps("rolesuspend", (Field("day", "rolesuspend.ask", read_day),), preview=_with_way, send=_suspend),
    ),
)
