"""`/thongbao`: a secretary releases notices, a hamlet head takes them to their own hamlet; whoever is both chooses."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.hamlet_head import notices as pushing
from handlers.secretary import notices as releasing
from intake.rules.message import Message, button
from intake.rules.people.person import Role

AS = "notice.as"
_LEADS_TO = (releasing.MEETING, releasing.PREVIEW, pushing.WHICH, pushing.PREVIEW)


async def notices(scene: Scene, _rest: str) -> Turn:
    """`/thongbao`."""
    if not scene.grants_as(Role.HAMLET_HEAD):
        return await releasing.start_releasing(scene)
    if not scene.grants_as(Role.SECRETARY):
        return await pushing.start_pushing(scene)
    return Turn(to=AS)


async def _ask_as(scene: Scene) -> Message:
    del scene
    return Message("notice.as", {}, ((button("notice.as_secretary", "secretary"), button("notice.as_head", "head")),))


async def _hear_as(scene: Scene, event: InboundEvent) -> Turn:
    match event.choice:
        case "secretary":
            return await releasing.start_releasing(scene)
        case "head":
            return await pushing.start_pushing(scene)
        case _:
            return Turn(to=AS, say=(Message("talk.tap_one"),), draft=scene.draft)


MODULE = ConversationModule(
    commands=(
        Command(
            "thongbao",
            notices,
            aliases=("thông báo",),
            roles=(Role.HAMLET_HEAD, Role.SECRETARY),
            leads_to=(AS, *_LEADS_TO),
        ),
    ),
    steps=(Step(AS, _ask_as, _hear_as, leads_to=_LEADS_TO),),
)
