"""What a person wants done with their own data that the bot cannot do itself (`Yêu cầu khác`, LAW C5)."""

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Command, Scene, Turn
from handlers.engine.table import ConversationModule
from intake.actions.people.own_data import request_about_data
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.message import Message, Param, button

TEXT = "datarequest.text"


async def start(scene: Scene, _rest: str) -> Turn:
    """`/yeucau`."""
    del scene
    return Turn(to=TEXT)


def _typed(scene: Scene) -> dict[str, Param]:
    return {"text": str(scene.draft["text"])}


async def _send(scene: Scene) -> Turn:
    task, respond = await request_about_data(scene.uow, person=scene.me, text=str(scene.draft["text"]))
    menu = ((button("button.menu", "cmd.menu"),),)
    return Turn(
        say=(Message("datarequest.sent", {"reference": task.title, "due": due_words(unpack_due(respond.due))}, menu),)
    )


MODULE = ConversationModule(
    commands=(Command("yeucau", start, aliases=("yêu cầu khác",), leads_to=(TEXT,)),),
    steps=form_steps("datarequest", (Field("text", "datarequest.ask", read_words),), preview=_typed, send=_send),
    of_right=True,
)
