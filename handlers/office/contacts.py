"""Where people of the unit go instead of the chat (`/lienhe`): said in the set-up, changed at any time (LAW C4)."""

from handlers.engine.form import Field, form_steps
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.contacts import contacts_of, set_contact
from intake.actions.people.roles import may_lend
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.contact import ContactKind, clean_contact
from intake.rules.people.lending import POWER
from intake.rules.people.permissions import holds
from intake.rules.people.unit import Unit, UnitId


async def show_units(scene: Scene, _rest: str) -> Turn:
    """`/lienhe`: asks of which unit; with only one there is nothing to choose."""
    units = [unit for unit in await scene.uow.places.roots() if any(holds(scene.grants, role, unit) for role in POWER)]
    if not units:
        raise NotFound
    if len(units) == 1:
        return Turn(say=(await _card(scene, units[0]),))
    buttons = [literal(unit.name, f"contacts.{unit.id}") for unit in units]
    return Turn(say=(Message("contacts.which", {}, rows_of(buttons, 1)),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `contacts.<unit id>`."""
    return Turn(say=(await _card(scene, await _unit(scene, rest)),))


async def _unit(scene: Scene, rest: str) -> Unit:
    unit = await scene.uow.places.unit(UnitId(id_in(rest)))
    await may_lend(scene.uow, scene.me, unit)
    return unit


async def _card(scene: Scene, unit: Unit) -> Message:
    said = await contacts_of(scene.uow, unit.id)
    lines: list[Param] = []
    rows: list[tuple[Button, ...]] = []
    for kind in ContactKind:
        called = Term(f"contacts.{kind.value}")
        lines.append(Term("contacts.line", {"kind": called, "text": said.get(kind) or Term("contacts.unsaid")}))
        rows.append((button("contacts.say_button", f"contact.{unit.id}.{kind.value}", kind=called),))
    rows.append((button("button.menu", "cmd.menu"),))
    return Message("contacts.card", {"unit": unit.name, "lines": tuple(lines)}, tuple(rows))


async def start(scene: Scene, rest: str) -> Turn:
    """A button `contact.<unit id>.<kind>`: asks for the text."""
    number, _, kind = rest.partition(".")
    if kind not in list(ContactKind):
        raise NotFound
    unit = await _unit(scene, number)
    return Turn(to="contact.text", draft={"unit": unit.id, "kind": kind, "reference": unit.name})


def _read(scene: Scene, typed: str) -> str:
    return clean_contact(ContactKind(str(scene.draft["kind"])), typed)


def _typed(scene: Scene) -> dict[str, Param]:
    return {"kind": Term(f"contacts.{scene.draft['kind']}"), "text": str(scene.draft["text"])}


async def _say(scene: Scene) -> Turn:
    unit = await _unit(scene, str(scene.draft["unit"]))
    kind = ContactKind(str(scene.draft["kind"]))
    await set_contact(scene.uow, by=scene.me, unit=unit, kind=kind, typed=str(scene.draft["text"]))
    return Turn(say=(Message("contacts.done"), await _card(scene, unit)))


MODULE = ConversationModule(
    commands=(Command("lienhe", show_units, aliases=("liên hệ",), roles=POWER),),
    steps=form_steps("contact", (Field("text", "contact.ask", _read),), preview=_typed, send=_say),
    choices=(Choice("contacts", show), Choice("contact", start, leads_to=("contact.text",))),
)
