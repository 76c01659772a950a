"""Leaving a computer that others use too (`/dangxuat`): told what is lost, asked once, and gone."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from intake.actions.people.leave_computer import is_only_chat, leave_computer, require_another, require_web
from intake.rules.message import Button, Message, button

CONFIRM = "leave.confirm"


async def ask(scene: Scene, _rest: str) -> Turn:
    """`/dangxuat`."""
    require_web(scene.account)
    await require_another(scene.uow, scene.person, scene.account)
    return Turn(to=CONFIRM)


async def _ask_confirm(scene: Scene) -> Message:
    rows: tuple[tuple[Button, ...], ...] = ((button("leave.yes", "yes"), button("button.cancel", "cancel")),)
    if scene.person is None:
        return Message("leave.stranger", {}, rows)
    if await is_only_chat(scene.uow, scene.account):
        return Message("leave.last", {}, (*rows, (button("link.button", "cmd.lienket"),)))
    return Message("leave.ask", {}, rows)


async def _hear_confirm(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "yes":
        return Turn(to=CONFIRM, say=(Message("talk.tap_one"),), draft=scene.draft)
    await leave_computer(scene.uow, person=scene.person, account=scene.account)
    return Turn()


MODULE = ConversationModule(
    commands=(
        Command(
            "dangxuat",
            ask,
            aliases=("đăng xuất", "log out"),
            leads_to=(CONFIRM,),
            knows_me=False,
            though_blocked=True,
        ),
    ),
    steps=(Step(CONFIRM, _ask_confirm, _hear_confirm),),
)
