"""A chair who will be away names who approves meanwhile; the second person agrees; it is ended before its day."""

from collections.abc import Sequence
from datetime import date

from handlers.engine.form import Field, form_steps
from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.deputies import decide_deputy, deputies_offered, end_deputy, name_deputy, said_of
from intake.actions.people.office import units_of
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Button, Message, Param, button, literal, rows_of
from intake.rules.people.person import PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.typed_when import day_typed
from wording.people import name_of
from wording.texts import shown

WHO = "deputy.who"
_NEXT = ((button("menu.approvals", "cmd.duyet"), button("button.menu", "cmd.menu")),)


async def deputy_lines(scene: Scene) -> tuple[Message, ...]:
    """Under `/duyet`: who approves in whose place; for a chair the way to name somebody."""
    chaired = await units_of(scene.uow, scene.me, Role.CHAIR)
    mine = [one.unit_id for one in await scene.uow.deputies.of_person(scene.me.id, scene.uow.today)]
    said = []
    for named in await scene.uow.deputies.open_in({*chaired, *mine}, scene.uow.today):
        if scene.me.id in (named.chair_id, named.deputy_id):
            key = "deputy.line_waiting" if named.agreed_at is None else "deputy.line"
            ends = ((button("deputy.end_button", f"deputyend.{named.id}"),),)
            said.append(Message(key, await said_of(scene.uow, named), ends))
    return tuple(said)


async def start(scene: Scene, rest: str) -> Turn:
    """The button `deputy`, or `deputy.<unit id>` where one chairs several units."""
    units = await units_of(scene.uow, scene.me, Role.CHAIR)
    if rest:
        wanted = UnitId(id_in(rest))
        if wanted not in units:
            raise NotFound
        units = [wanted]
    if not units:
        raise NotFound
    if len(units) > 1:
        named = (await scene.uow.places.units(units)).values()
        offered = rows_of([literal(unit.name, f"deputy.{unit.id}") for unit in named], 1)
        return Turn(say=(Message("deputy.which_unit", {}, offered),))
    return Turn(to=WHO, draft={"unit": units[0]})


async def _offers(scene: Scene) -> Sequence[Button]:
    unit = await _unit(scene)
    people = await deputies_offered(scene.uow, scene.me, unit)
    return [literal(shown(scene.language, name_of(one)), str(one.id)) for one in people]


async def _unit(scene: Scene) -> Unit:
    return await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))


def _tap(scene: Scene, typed: str) -> str:
    del scene, typed
    raise RuleBroken("talk.tap_one")


def _first(scene: Scene, typed: str) -> str:
    """A day from today on, kept as ISO."""
    today = scene.uow.today
    first = day_typed(typed, today)
    if first < today:
        raise RuleBroken("deputy.first_past", {"today": today})
    return first.isoformat()


def _last(scene: Scene, typed: str) -> str:
    """A day not before the first one."""
    last, first = day_typed(typed, scene.uow.today), date.fromisoformat(str(scene.draft["first"]))
    if last < first:
        raise RuleBroken("deputy.last_before_first", {"first": first})
    return last.isoformat()


def _preview(scene: Scene) -> dict[str, Param]:
    return {
        "deputy": str(scene.draft["who_label"]),
        "first": date.fromisoformat(str(scene.draft["first"])),
        "last": date.fromisoformat(str(scene.draft["last"])),
    }


async def _send(scene: Scene) -> Turn:
    named = await name_deputy(
        scene.uow,
        by=scene.me,
        unit_id=UnitId(int(scene.draft["unit"])),
        deputy_id=PersonId(int(scene.draft["who"])),
        first_on=date.fromisoformat(str(scene.draft["first"])),
        last_on=date.fromisoformat(str(scene.draft["last"])),
    )
    return Turn(say=(Message("deputy.asked", await said_of(scene.uow, named), _NEXT),))


async def decide(scene: Scene, rest: str) -> Turn:
    """`deputyagree.<number>.<yes|no>`: the second of two people."""
    number, _, answer = rest.partition(".")
    named = await decide_deputy(scene.uow, by=scene.me, number=id_in(number), agrees=answer == "yes")
    key = "deputy.you_agreed" if answer == "yes" else "deputy.you_refused"
    return Turn(say=(Message(key, await said_of(scene.uow, named), ((button("button.menu", "cmd.menu"),),)),))


async def end(scene: Scene, rest: str) -> Turn:
    """`deputyend.<number>`: it ends at once."""
    named = await end_deputy(scene.uow, by=scene.me, number=id_in(rest))
    return Turn(say=(Message("deputy.ended", await said_of(scene.uow, named), _NEXT),))


MODULE = ConversationModule(
    steps=form_steps(
        "deputy",
        (
            Field("who", "deputy.ask_who", _tap, offers=_offers),
            Field("first", "deputy.ask_first", _first),
            Field("last", "deputy.ask_last", _last),
        ),
        preview=_preview,
        send=_send,
    ),
    choices=(
        Choice("deputy", start, leads_to=(WHO,)),
        Choice("deputyagree", decide),
        Choice("deputyend", end),
    ),
)
