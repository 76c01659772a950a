"""What is sealed, for the office in the chat: how many matters wait (`/donthu`), and sealing a question."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.office import question_in_unit
from intake.actions.sealed.keys import MAY_KEEP
from intake.actions.sealed.mark import seal_question
from intake.actions.sealed.read import how_many_wait
from intake.rules.message import Message, button
from intake.rules.people.person import Role
from intake.rules.questions.question import Act, QuestionId, after

CONFIRM = "sealquestion.confirm"
_NEXT = ((button("menu.triage", "cmd.phanloai"), button("button.menu", "cmd.menu")),)


async def waiting(scene: Scene, _rest: str) -> Turn:
    """`/donthu`: how many matters the named officer has not read, and the way to the desk; nothing else."""
    count = await how_many_wait(scene.uow, scene.me)
    if count is None:
        return Turn(say=(Message("sealed.not_officer"),))
    desk = ((button("menu.desk", "cmd.ban"), button("button.menu", "cmd.menu")),)
    return Turn(say=(Message("sealed.count", {"count": count}, desk),))


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
    commands=(Command("donthu", waiting, aliases=("đơn thư",), roles=MAY_KEEP),),
    steps=(Step(CONFIRM, _ask, _hear),),
    choices=(Choice("sealquestion", start, leads_to=(CONFIRM,)),),
)
