"""The main menu of whatever roles a person has, help, cancelling."""

from intake.rules.message import Button, Message, button
from intake.rules.people.person import Role

from .engine.scene import Command, Scene, Turn
from .engine.table import ConversationModule

_STAFF: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.HAMLET_HEAD: (
        ("menu.notices", "cmd.thongbao"),
        ("menu.list", "cmd.danhsach"),
        ("menu.ask_for", "cmd.hoho"),
        ("menu.register_for", "cmd.dangkyho"),
        ("menu.door", "cmd.dontiep"),
    ),
    Role.OFFICIAL: (
        ("menu.queue", "cmd.hangdoi"),
        ("menu.conclusions", "cmd.ketluan"),
        ("menu.tasks", "cmd.viec"),
        ("menu.door", "cmd.dontiep"),
        ("menu.papers", "cmd.vanban"),
        ("menu.desk", "cmd.ban"),
    ),
    Role.SECRETARY: (
        ("menu.triage", "cmd.phanloai"),
        ("menu.ask_for", "cmd.hoho"),
        ("menu.urgent", "cmd.viecgap"),
        ("menu.tasks", "cmd.viec"),
        ("menu.new_meeting", "cmd.buoimoi"),
        ("menu.notices", "cmd.thongbao"),
        ("menu.room", "cmd.dieuhanh"),
        ("menu.conclusions", "cmd.ketluan"),
        ("menu.list", "cmd.danhsach"),
        ("menu.door", "cmd.dontiep"),
        ("menu.invite", "cmd.moi"),
        ("menu.roles", "cmd.vaitro"),
        ("menu.contacts", "cmd.lienhe"),
        ("menu.digest", "cmd.tonghop"),
        ("menu.cases", "cmd.vuviec"),
        ("menu.plans", "cmd.kehoach"),
        ("menu.papers", "cmd.vanban"),
        ("menu.desk", "cmd.ban"),
    ),
    Role.CHAIR: (
        ("menu.approvals", "cmd.duyet"),
        ("menu.roles", "cmd.vaitro"),
        ("menu.urgent", "cmd.viecgap"),
        ("menu.room", "cmd.dieuhanh"),
        ("menu.conclusions", "cmd.ketluan"),
        ("menu.list", "cmd.danhsach"),
        ("menu.digest", "cmd.tonghop"),
        ("menu.cases", "cmd.vuviec"),
        ("menu.papers", "cmd.vanban"),
        ("menu.desk", "cmd.ban"),
    ),
    Role.BROADCASTER: (("menu.scripts", "cmd.phatthanh"),),
    Role.SUPERVISOR: (
        ("menu.supervision", "cmd.giamsat"),
        ("menu.conclusions", "cmd.ketluan"),
        ("menu.papers", "cmd.vanban"),
        ("menu.desk", "cmd.ban"),
    ),
    Role.ADMIN: (("menu.plans", "cmd.kehoach"), ("menu.roles", "cmd.vaitro"), ("menu.desk", "cmd.ban")),
}


def menu_message(scene: Scene) -> Message:
    """The main menu: a resident's six buttons, and those of the person's other roles below."""
    rows: list[tuple[Button, ...]] = []
    if scene.person is not None and scene.person.hamlet_id is not None:
        rows += [
            (button("menu.calendar", "cmd.lich"), button("menu.register", "cmd.dangky")),
            (button("menu.ask", "cmd.hoi"), button("menu.my_questions", "cmd.cauhoi")),
        ]
    seen: list[Button] = []
    for role, entries in _STAFF.items():
        if scene.grants_as(role):
            seen += [button(*entry) for entry in entries if button(*entry) not in seen]
    rows += [tuple(seen[start : start + 2]) for start in range(0, len(seen), 2)]
    rows.append((button("menu.settings", "cmd.caidat"), button("menu.help", "cmd.trogiup")))
    return Message("menu.title", {}, tuple(rows))


async def show_menu(scene: Scene, _rest: str) -> Turn:
    """`/menu`."""
    return Turn(say=(menu_message(scene),))


async def cancel(scene: Scene, _rest: str) -> Turn:
    """`/huy`: leave what one is doing; nothing was sent."""
    if scene.person is None:
        return Turn(say=(Message("talk.cancelled"),), draft={"language": scene.language})
    return Turn(say=(Message("talk.cancelled"), menu_message(scene)))


async def help_(scene: Scene, _rest: str) -> Turn:
    """`/trogiup`: what the person's roles can do, in a few lines."""
    lines = ["help.resident"]
    lines += [f"help.{role.value}" for role in _STAFF if scene.grants_as(role)]
    said = tuple(Message(line) for line in lines)
    return Turn(to=scene.step, say=said, draft=scene.draft)  # asking for help, or a slip of the pen, costs no draft


MODULE = ConversationModule(
    commands=(
        Command("menu", show_menu),
        Command("huy", cancel, aliases=("huỷ", "hủy"), knows_me=False),
        Command("trogiup", help_, aliases=("trợ giúp", "help"), knows_me=False),
    )
)
