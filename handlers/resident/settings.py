"""Settings: the language (`/ngonngu`, before the consent too), the hamlet, the way to one's own data."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from intake.rules.message import Message, button, literal

from ..menu import menu_message
from .start import CONSENT, GUARDIAN, GUARDIAN_AGREES, HAMLET, NAME, PHONE, PLACE, UNIT, where_in

LANGUAGE = "settings.language"
_NAMES = {"vi": "Tiếng Việt", "en": "English"}
"""Each language under its own name, so that whoever cannot read the other finds it."""

_BEFORE_CONSENT = (CONSENT, GUARDIAN, GUARDIAN_AGREES, UNIT, HAMLET, PLACE, NAME, PHONE)


async def show_settings(scene: Scene, _rest: str) -> Turn:
    """`/caidat`."""
    del scene
    rows = (
        (button("settings.language_button", "cmd.ngonngu"), button("settings.hamlet_button", "cmd.doithon")),
        (button("correct.button", "cmd.sua"), button("household.button", "cmd.giadinh")),
        (button("settings.data_button", "cmd.dulieu"), button("settings.erase_button", "cmd.xoa")),
        (button("link.button", "cmd.lienket"), button("browser.devices_button", "cmd.thietbi")),
        (button("button.menu", "cmd.menu"),),
    )
    return Turn(say=(Message("settings.title", {}, rows),))


async def change_hamlet(scene: Scene, _rest: str) -> Turn:
    """Choose one's own hamlet anew, through the steps of the first time."""
    units = await scene.uow.places.roots()
    kept = {name: value for name, value in scene.draft.items() if name in ("wanted", "files")}
    if len(units) == 1:
        return await where_in(scene, {**kept, "unit": units[0].id})
    return Turn(to=UNIT, draft=kept)


async def choose_language(scene: Scene, _rest: str) -> Turn:
    """`/ngonngu`. Whoever is still getting to know us goes on afterwards where they were."""
    if scene.person is not None:
        return Turn(to=LANGUAGE)
    back = scene.step if scene.step in _BEFORE_CONSENT else CONSENT
    return Turn(to=LANGUAGE, draft={"back": back, **scene.draft})


async def _ask_language(scene: Scene) -> Message:
    del scene
    row = tuple(literal(name, code) for code, name in _NAMES.items())
    return Message("settings.language", {}, (row, (button("button.cancel", "cancel"),)))


async def _hear_language(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in _NAMES:
        return Turn(to=LANGUAGE, say=(Message("talk.tap_one"),), draft=scene.draft)
    scene.language = event.choice
    said = Message("settings.language_set")
    if scene.person is not None:
        scene.person.language, scene.person.language_known = event.choice, True
        return Turn(say=(said, menu_message(scene)))
    draft = {**scene.draft, "language": event.choice, "language_chosen": True}
    return Turn(to=str(draft.pop("back")), say=(said,), draft=draft)


MODULE = ConversationModule(
    commands=(
        Command("caidat", show_settings, aliases=("cài đặt", "settings")),
        Command(
            "doithon", change_hamlet, aliases=("đổi thôn/tổ", "đổi thôn", "đổi tổ"), leads_to=(UNIT, HAMLET, PLACE)
        ),
        Command(
            "ngonngu",
            choose_language,
            aliases=("ngôn ngữ", "language", "english", "tiếng anh"),
            knows_me=False,
            leads_to=(LANGUAGE,),
        ),
    ),
    steps=(Step(LANGUAGE, _ask_language, _hear_language, leads_to=_BEFORE_CONSENT),),
)
