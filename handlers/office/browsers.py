"""The desk in a browser: letting one in from the chat (`/ban`), and where one's own things are open (`/thietbi`)."""

from datetime import datetime

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.confirm_again import answer_again
from intake.actions.people.link_accounts import network_words
from intake.actions.people.office_session import (
    end_session,
    end_sessions,
    find_entry,
    let_in,
    sessions_of,
    turn_away,
)
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.people.office_session import AT_THE_DESK, IDLE, LONGEST, code_typed
from wording.browsers import browser_words

CODE = "browser.code"
CONFIRM = "browser.confirm"
_HOUR = 3600
_DEVICES = ((button("browser.devices_button", "cmd.thietbi"), button("button.menu", "cmd.menu")),)


async def open_desk(scene: Scene, rest: str) -> Turn:
    """`/ban`, with or without the code the page shows."""
    return await begin(scene, rest) if rest else Turn(to=CODE)


async def begin(scene: Scene, typed: str) -> Turn:
    """A code was typed, or a QR code of the page scanned: asks whether it is the person who sits there."""
    code = code_typed(typed)
    if not code:
        return Turn(to=CODE, say=(Message("browser.no_code"),))
    if not may_open_desk(scene):
        return Turn(say=(Message("browser.no_role"),))
    entry = await find_entry(scene.uow, scene.account, code)
    if entry is None:  # a turn, not a refusal: that it was wrong is counted
        return Turn(to=CODE, say=(Message("browser.unknown"),))
    return Turn(
        to=CONFIRM,
        draft={"entry": entry.id, "code": code, "browser": entry.browser, "at": entry.asked_at.isoformat()},
    )


def may_open_desk(scene: Scene) -> bool:
    """Whether the person has something to do at the desk."""
    return any(grant.role in AT_THE_DESK for grant in scene.grants)


async def _ask_code(scene: Scene) -> Message:
    del scene
    return Message("browser.ask_code", {}, ((button("button.cancel", "cancel"),),))


async def _hear_code(scene: Scene, event: InboundEvent) -> Turn:
    return await begin(scene, event.text)


async def _ask_confirm(scene: Scene) -> Message:
    params: dict[str, Param] = {
        "browser": browser_words(str(scene.draft["browser"])),
        "at": datetime.fromisoformat(str(scene.draft["at"])),
        "code": str(scene.draft["code"]),
    }
    return Message("browser.confirm", params, ((button("browser.yes", "yes"), button("browser.no", "no")),))


async def _hear_confirm(scene: Scene, event: InboundEvent) -> Turn:
    entry_id = int(scene.draft["entry"])
    match event.choice:
        case "yes":
            entry = await let_in(scene.uow, person=scene.me, account=scene.account, entry_id=entry_id)
            params: dict[str, Param] = {
                "browser": browser_words(entry.browser),
                "longest": int(LONGEST.total_seconds()) // _HOUR,
                "idle": int(IDLE.total_seconds()) // _HOUR,
            }
            return Turn(say=(Message("browser.opened", params, _DEVICES),))
        case "no":
            await turn_away(scene.uow, account=scene.account, entry_id=entry_id)
            return Turn(say=(Message("browser.turned_away", {}, _DEVICES),))
        case _:
            return Turn(to=CONFIRM, say=(Message("talk.tap_one"),), draft=scene.draft)


async def show_devices(scene: Scene, _rest: str) -> Turn:
    """`/thietbi`: the person's chats, the browsers in which the desk is open, a way to end each."""
    accounts = await scene.uow.accounts.all_of(scene.me.id)
    sessions = await sessions_of(scene.uow, scene.me)
    lines: list[Param] = [
        Term("link.here" if one.id == scene.account.id else "link.there", {"network": network_words(one.network)})
        for one in accounts
    ]
    lines += [
        Term("browser.line", {"browser": browser_words(one.browser), "opened": one.opened_at, "seen": one.seen_at})
        for one in sessions
    ]
    rows: list[tuple[Button, ...]] = [
        (button("browser.end_button", f"browser.{one.id}", browser=browser_words(one.browser)),) for one in sessions
    ]
    if len(sessions) > 1:
        rows.append((button("browser.end_all_button", "browser.all"),))
    rows += [
        (button("link.remove_button", f"unlink.{one.id}", network=network_words(one.network)),)
        for one in accounts
        if one.id != scene.account.id
    ]
    rows.append((button("button.menu", "cmd.menu"),))
    return Turn(say=(Message("browser.devices", {"lines": tuple(lines)}, tuple(rows)),))


async def end(scene: Scene, rest: str) -> Turn:
    """`browser.<session id>` and `browser.all`: closes the desk there."""
    if rest == "all":
        count = await end_sessions(scene.uow, scene.me)
        return Turn(say=(Message("browser.ended_all", {"count": count}, _DEVICES),))
    session = await end_session(scene.uow, person=scene.me, session_id=id_in(rest))
    return Turn(say=(Message("browser.ended", {"browser": browser_words(session.browser)}, _DEVICES),))


async def again(scene: Scene, rest: str) -> Turn:
    """`again.yes.<number>` and `again.no.<number>`: whether it is the person who wants to do something at the desk."""
    answer, _, number = rest.partition(".")
    yes = answer == "yes"
    await answer_again(scene.uow, person=scene.me, account=scene.account, number=id_in(number), yes=yes)
    return Turn(say=(Message("again.agreed" if yes else "again.refused"),))


MODULE = ConversationModule(
    commands=(
        Command("ban", open_desk, aliases=("bàn làm việc",), roles=AT_THE_DESK, leads_to=(CODE, CONFIRM)),
        Command("thietbi", show_devices, aliases=("thiết bị",)),
    ),
    steps=(
        Step(CODE, _ask_code, _hear_code, leads_to=(CONFIRM,), free_text=True),
        Step(CONFIRM, _ask_confirm, _hear_confirm),
    ),
    choices=(Choice("browser", end), Choice("again", again)),
)
