"""What was sent sealed, seen by whoever has its code: how far it is, adding to it, word of retaliation (LAW C4).

Nothing of it stays in the chat longer than the person wants: each message can be taken away again.
"""

from datetime import timedelta
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from intake.actions.questions.ask_question import MOST_ATTACHMENTS
from intake.actions.sealed.receive import add_to_matter, matter_of_code
from intake.rules.files import NewFile
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.people.person import Network
from intake.rules.sealed.matter import MatterId, SealedKind, code_in, shown_code
from wording.texts import words

MENU = "sealed.menu"
MORE = "sealed.more"
FORGET: Button = button("sealed.forget_button", "sealedforget")
"""Under what is no question; in a step the same is `_LEAVE`, which ends it as well."""
_LEAVE: Button = button("sealed.forget_button", "leave")
_CLOSES_AFTER = {MENU: timedelta(hours=1), MORE: timedelta(days=1)}
"""How long it stays open; where words are awaited longer, since they would be an ordinary question's otherwise."""
_SAID = (
    "sealed.kept",
    "sealed.was_sealed",
    "sealed.state_received",
    "sealed.state_guided",
    "sealed.state_passed_on",
    "sealed.ask_more",
    "sealed.added",
    "sealed.told_retaliation",
    "sealed.unknown",
    "sealed.more_button",
    "sealed.retaliation_button",
    "sealed.forget_button",
    "gate.seal",
    "gate.seal_or_go",
    "gate.names_officer",
    "sealed.stays_webchat",
)


def said(key: str, *rows: tuple[Button, ...], **params: Param) -> Message:
    """A message of which nothing is kept with the letter once it was sent."""
    return Message(key, params, rows, fleeting=True)


def stays(scene: Scene) -> Term:
    """What is to be read of this chat whatever is deleted here, and by whom: each network keeps its own."""
    return Term(f"sealed.stays_{scene.account.network}")


def promised(scene: Scene, key: str) -> str:
    """The message that says who sees what is sent sealed: on Zalo whoever manages the Official Account does too."""
    return f"{key}_on_zalo" if scene.account.network is Network.ZALO else key


async def code_typed(scene: Scene, typed: str) -> Turn | None:
    """The turn of a code (`KIN-…`), whatever was asked: what its sender may know and do. It does not stay in the chat.

    A chat begins with the consent card and goes on with what somebody writes; in either the code would be kept as the
    words of a question. Nothing for whatever is no code.
    """
    code = code_in(typed)
    if not code:
        return None
    matter = await matter_of_code(scene.uow, scene.account, code)
    await scene.uow.traces.forget(scene.account.id, [typed, shown_code(code)], [])
    if matter is not None:
        return Turn(to=MENU, draft={"matter": matter.id, "state": matter.state.value, **_language(scene)})
    # a turn, not a refusal: that it was wrong is counted
    if scene.step in (MENU, MORE):  # what is written next is not for the matter before
        return Turn(say=(said("sealed.unknown"),), draft=_language(scene))
    return Turn(to=scene.step, say=(said("sealed.unknown"),), draft=dict(scene.draft))


async def _ask_menu(scene: Scene) -> Message:
    return said(
        f"sealed.state_{scene.draft['state']}",
        (button("sealed.more_button", "more"),),
        (button("sealed.retaliation_button", "retaliation"),),
        (_LEAVE,),
    )


async def _hear_menu(scene: Scene, event: InboundEvent) -> Turn:
    match event.choice:
        case "more":
            return Turn(to=MORE, draft={**scene.draft, "kind": SealedKind.ADDITION.value})
        case "retaliation":
            kind = SealedKind.RETALIATION
            await add_to_matter(scene.uow, matter_id=_matter(scene), kind=kind)
            return Turn(to=MORE, say=(said("sealed.told_retaliation"),), draft={**scene.draft, "kind": kind.value})
        case "leave":
            return await forget(scene, "")
        case _:
            return Turn(to=MENU, say=(Message("talk.tap_one"),), draft=scene.draft)


async def _ask_more(scene: Scene) -> Message:
    del scene
    return said("sealed.ask_more", (_LEAVE,), (button("sealed.done_button", "cancel"),))


async def _hear_more(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "leave":
        return await forget(scene, "")
    files = [NewFile(one.sha256, one.media_type, one.size, one.name) for one in event.media if one.problem is None][
        :MOST_ATTACHMENTS
    ]
    problems = tuple(Message(f"ask.file_{one.problem}") for one in event.media if one.problem is not None)
    text = event.text.strip()
    if event.kind is InboundKind.CHOICE or not (text or files):
        return Turn(to=MORE, say=problems or (Message("talk.not_understood"),), draft=scene.draft)
    kind = SealedKind(str(scene.draft["kind"]))
    await add_to_matter(scene.uow, matter_id=_matter(scene), kind=kind, text=text, files=files)
    await scene.uow.traces.forget(scene.account.id, text.splitlines(), [one.sha256 for one in files])
    return Turn(to=MORE, say=(*problems, said("sealed.added")), draft=scene.draft)


async def forget(scene: Scene, _rest: str) -> Turn:
    """A button `sealedforget`: whatever was said about it here goes: lines, letters, the code."""
    await forget_talk(scene)
    await scene.uow.traces.recall_fleeting(scene.account.id)
    return Turn(say=(Message("talk.taken_away", {"stays": stays(scene)}),), draft=_language(scene))


async def forget_talk(scene: Scene, *pieces: str) -> None:
    """Take what was said about something sealed out of this chat."""
    sentences = [line for key in _SAID for line in words(scene.language, key, _ANY).splitlines()]
    telling = [line for line in sentences if "…" not in line]
    await scene.uow.traces.forget(scene.account.id, ["KIN-", *telling, *pieces], [])


_ANY: dict[str, Param] = {"code": "…", "reference": "…", "officer": "…", "later": "…", "stays": "…"}


def outlived(scene: Scene) -> tuple[Message, ...] | None:
    """Nothing is said, and what was opened with a code is closed, once it has lain for a while.

    Whoever takes the phone up then, of a family perhaps, is not told by the next word that something was sent sealed.
    """
    last = scene.heard_before
    if last is None or scene.step not in _CLOSES_AFTER or scene.uow.now - last < _CLOSES_AFTER[scene.step]:
        return None
    return ()


def _matter(scene: Scene) -> MatterId:
    return MatterId(int(scene.draft["matter"]))


def _language(scene: Scene) -> dict[str, Any]:
    return {} if scene.person else {"language": scene.language}


MODULE = ConversationModule(
    steps=(
        Step(MENU, _ask_menu, _hear_menu, leads_to=(MORE,), keeps=True),
        Step(MORE, _ask_more, _hear_more, free_text=True, keeps=True),
    ),
    choices=(Choice("sealedforget", forget, untraced=True),),
)
