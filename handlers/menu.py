"""The main menu of whatever roles a person has, help, cancelling."""

from collections.abc import Iterable

from intake.rules.message import Button, Message, Term, button
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
    """`/huy`: leave what one is doing; nothing of that was sent. Who has just sent something is not told it was not."""
    if scene.kept:
        draft = {} if scene.person else {"language": scene.language}
        return Turn(say=(Message("talk.left"), *([] if scene.person is None else [menu_message(scene)])), draft=draft)
    if scene.person is None:
        said = "talk.cancelled" if scene.begun else "talk.nothing_begun"
        return Turn(say=(Message(said),), draft={"language": scene.language})
    said = "talk.cancelled" if scene.begun else "talk.nothing_to_cancel"
    return Turn(say=(Message(said), menu_message(scene)))


def offered(commands: Iterable[Command]) -> list[Command]:
    """The commands that are offered to people, in the order they are shown: what a role brings along first."""
    places = {name: place for place, name in enumerate(_ORDER)}
    some = [command for command in commands if command.name != _ONLY_IN_LINKS]
    return sorted(some, key=lambda one: (places.get(one.name, places["dulieu"] - 0.5), one.name))


def help_module(modules: Iterable[ConversationModule]) -> ConversationModule:
    """`/trogiup`, made of the commands of all modules: no command is left out of it."""
    known = [command for module in modules for command in module.commands]

    async def help_(scene: Scene, _rest: str) -> Turn:
        """`/trogiup`: what the person and their roles can do, a line for each command."""
        said = [_help("resident", [one for one in commands if not one.roles])]
        said += [
            _help(role.value, [one for one in commands if role in one.roles])
            for role in _STAFF
            if scene.grants_as(role)
        ]
        # asking for help, or a slip of the pen, costs no draft
        return Turn(to=scene.step, say=tuple(said), draft=scene.draft)

    own = Command("trogiup", help_, aliases=("trợ giúp", "help", "hướng dẫn"), knows_me=False)
    commands = offered([*known, own])
    return ConversationModule(commands=(own,))


def _help(whose: str, commands: list[Command]) -> Message:
    lines = [Term("help.line", {"name": one.name, "does": Term(f"command.{one.name}")}) for one in commands]
    return Message(f"help.{whose}", {"commands": lines})


_ONLY_IN_LINKS = "start"
_ORDER = (
    *("thongbao", "danhsach", "hoho", "dangkyho", "hangdoi", "phanloai", "viecgap", "viec", "buoimoi"),
    *("duyet", "kehoach", "dieuhanh", "dontiep", "moi", "tonghop", "vuviec"),
    *("menu", "lich", "dangky", "hoi", "cauhoi", "trangthai", "cachtinh"),
    *("dulieu", "lienket", "xoa", "yeucau", "ngonngu", "huy", "trogiup"),
)
"""What stands first and last; whatever is not named stands between."""

MODULE = ConversationModule(
    commands=(
        Command("menu", show_menu),
        Command("huy", cancel, aliases=("huỷ", "hủy"), knows_me=False),
    )
)
