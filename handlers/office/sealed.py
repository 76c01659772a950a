"""What is sealed, for the office in the chat: how many matters wait (`/donthu`), and sealing a question."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.office import question_in_unit
from intake.actions.sealed.keys import MAY_KEEP, candidates, name_officer, standing_in
from intake.actions.sealed.mark import seal_question
from intake.actions.sealed.read import how_many_wait
from intake.rules.errors import NotFound
from intake.rules.message import Message, Param, Term, button, literal, rows_of
from intake.rules.people.lending import POWER
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import Act, QuestionId, after
from wording.people import name_of

CONFIRM = "sealquestion.confirm"
NAME = "sealedname.confirm"
_DESK = ((button("menu.desk", "cmd.ban"), button("button.menu", "cmd.menu")),)
_NEXT = ((button("menu.triage", "cmd.phanloai"), button("button.menu", "cmd.menu")),)


async def waiting(scene: Scene, _rest: str) -> Turn:
    """`/donthu`: how many matters the named officer has not read, and the way to the desk; nothing else.

    Whoever holds power in a unit reads besides how sealing stands there, and who the officer is.
    """
    count = await how_many_wait(scene.uow, scene.me)
    led = [unit for unit in await scene.uow.places.roots() if any(holds(scene.grants, one, unit) for one in POWER)]
    said = [] if count is None else [Message("sealed.count", {"count": count}, _DESK)]
    said += [await _standing(scene, unit) for unit in led]
    return Turn(say=tuple(said) or (Message("sealed.not_officer"),))


async def _standing(scene: Scene, unit: Unit) -> Message:
    """How sealing stands in a unit; the recovery key is made at the desk, since a chat would keep what it shows."""
    stands = await standing_in(scene.uow, unit)
    if not stands.set_up:
        return Message("sealed.stands_missing", {"unit": unit.name}, _DESK)
    params: dict[str, Param] = {
        "unit": unit.name,
        "officer": Term("sealed.no_officer") if stands.officer is None else name_of(stands.officer),
        "passphrase": "" if stands.officer is None or stands.ready else Term("sealed.no_passphrase"),
    }
    return Message("sealed.stands", params, ((button("sealed.officer_button", f"sealedofficer.{unit.id}"),), *_DESK))


async def offer_officers(scene: Scene, rest: str) -> Turn:
    """A button `sealedofficer.<unit id>`: who can be named."""
    unit = await scene.uow.places.unit(UnitId(id_in(rest)))
    found = await candidates(scene.uow, scene.me, unit)
    if not found:
        return Turn(say=(Message("sealed.nobody_to_name", {"unit": unit.name}),))
    rows = rows_of([literal(person.called, f"sealedname.{unit.id}.{grant.id}") for grant, person in found], 1)
    return Turn(say=(Message("sealed.whom", {"unit": unit.name}, rows),))


async def start_naming(scene: Scene, rest: str) -> Turn:
    """A button `sealedname.<unit id>.<role>`: asks once more."""
    number, _, grant = rest.partition(".")
    unit = await scene.uow.places.unit(UnitId(id_in(number)))
    for one, person in await candidates(scene.uow, scene.me, unit):
        if one.id == id_in(grant):
            return Turn(to=NAME, draft={"unit": unit.id, "grant": one.id, "reference": person.called})
    raise NotFound


async def _ask_naming(scene: Scene) -> Message:
    unit = await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))
    row = (button("sealed.name_button", "name"), button("button.cancel", "cancel"))
    return Message("sealed.name_ask", {"name": str(scene.draft["reference"]), "unit": unit.name}, (row,))


async def _hear_naming(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "name":
        return Turn(to=NAME, say=(Message("talk.tap_one"),), draft=scene.draft)
    unit = await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))
    officer = await name_officer(scene.uow, unit=unit, grant_id=int(scene.draft["grant"]), by=scene.me)
    return Turn(say=(Message("sealed.named", {"name": name_of(officer), "unit": unit.name}, _DESK),))


async def start(scene: Scene, rest: str) -> Turn:
    """A button `sealquestion.<question id>`: says what will be gone, and asks once more."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY, Role.CHAIR)
    after(question.state, Act.SEAL)
    return Turn(to=CONFIRM, draft={"question": question.id, "reference": question.reference})


async def _ask(scene: Scene) -> Message:
    row = (button("sealed.seal_button", "seal"), button("button.cancel", "cancel"))
    return Message("sealed.confirm", {"reference": str(scene.draft["reference"])}, (row,))


async def _hear(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "seal":
        return Turn(to=CONFIRM, say=(Message("talk.tap_one"),), draft=scene.draft)
    question = await seal_question(scene.uow, by=scene.me, question_id=QuestionId(int(scene.draft["question"])))
    return Turn(say=(Message("sealed.done", {"reference": question.reference}, _NEXT),))


MODULE = ConversationModule(
    commands=(Command("donthu", waiting, aliases=("đơn thư",), roles=(*MAY_KEEP, Role.ADMIN)),),
    steps=(Step(CONFIRM, _ask, _hear), Step(NAME, _ask_naming, _hear_naming)),
    choices=(
        Choice("sealquestion", start, leads_to=(CONFIRM,)),
        Choice("sealedofficer", offer_officers),
        Choice("sealedname", start_naming, leads_to=(NAME,)),
    ),
)
