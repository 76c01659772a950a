"""Taking nothing in from whoever sent a question, for a while: how long, why, a look, `Gửi`; and the end of it."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.block import block, unblock
from intake.actions.people.office import question_in_unit
from intake.rules.errors import RuleBroken
from intake.rules.message import Button, Message, Param, button
from intake.rules.people.block import LENGTHS, is_blocked
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.questions.question import Question, QuestionId

LENGTH = "block.length"
_NEXT = ((button("menu.triage", "cmd.phanloai"), button("button.menu", "cmd.menu")),)


async def block_buttons(scene: Scene, question: Question) -> list[Button]:
    """What a secretary is offered on the card of a question: to take nothing in from its asker, or to do so again."""
    unit = await scene.uow.places.unit(question.unit_id)
    asker = await scene.uow.people.get(question.asker_id)
    if not holds(scene.grants, Role.SECRETARY, unit) or asker is None or asker.erased_at is not None:
        return []
    if is_blocked(asker, scene.uow.now):
        return [button("block.end_button", f"unblock.{question.id}")]
    return [button("block.button", f"block.{question.id}")] if question.entered_by is None else []


async def _lengths(scene: Scene) -> Sequence[Button]:
    del scene
    return [button("block.days", str(length.days), days=length.days) for length in LENGTHS]


def _read_length(scene: Scene, typed: str) -> str:
    """A length is chosen, not typed."""
    del scene, typed
    raise RuleBroken("talk.tap_one")


async def start_blocking(scene: Scene, rest: str) -> Turn:
    """A button `block.<question id>`: asks for how long."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY)
    return Turn(to=LENGTH, draft={"question": question.id, "reference": question.reference})


async def end_block(scene: Scene, rest: str) -> Turn:
    """A button `unblock.<question id>`."""
    question = await unblock(scene.uow, by=scene.me, question_id=QuestionId(id_in(rest)))
    return Turn(say=(Message("block.ended", {"reference": question.reference}, _NEXT),))


def _typed(scene: Scene) -> dict[str, Param]:
    length = timedelta(days=int(scene.draft["length"]))
    reference, reason = str(scene.draft["reference"]), str(scene.draft["reason"])
    return {"reference": reference, "reason": reason, "until": scene.uow.now + length}


async def _block(scene: Scene) -> Turn:
    made = await block(
        scene.uow,
        by=scene.me,
        question_id=QuestionId(int(scene.draft["question"])),
        length=timedelta(days=int(scene.draft["length"])),
        reason=str(scene.draft["reason"]),
    )
    done = Message("block.done", {"reference": str(scene.draft["reference"]), "until": made.until}, _NEXT)
    return Turn(say=(done,))


_FIELDS = (
    Field("length", "block.ask_length", _read_length, offers=_lengths),
    Field("reason", "block.ask_reason", read_words),
)
MODULE = ConversationModule(
    steps=form_steps("block", _FIELDS, preview=_typed, send=_block),
    choices=(Choice("block", start_blocking, leads_to=(LENGTH,)), Choice("unblock", end_block)),
)
