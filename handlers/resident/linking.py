"""Using one more network (`/lienket`): a code from here, typed there, agreed to on both sides; and taking one away."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.link_accounts import (
    ask_for_code,
    claim_link,
    confirm_link,
    find_link,
    network_words,
    owner_of,
    refuse_link,
    refuse_unless_bare,
    unlink,
)
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.people.account_link import EXAMPLE, VALID_FOR, code_in, initial
from intake.rules.people.person import AccountId

from ..menu import menu_message

ENTER = "link.enter"
CONFIRM = "link.confirm"
REMOVE = "link.remove"
CONSENT = "start.consent"


async def show_accounts(scene: Scene, _rest: str) -> Turn:
    """`/lienket`: the person's chats, a code for one more, a way to take one away."""
    accounts = await scene.uow.accounts.all_of(scene.me.id)
    lines: list[Param] = [
        Term("link.here" if one.id == scene.account.id else "link.there", {"network": network_words(one.network)})
        for one in accounts
    ]
    rows: list[tuple[Button, ...]] = [
        (button("link.get_code", "link.code"), button("link.enter_code", "link.enter")),
        *(
            (button("link.remove_button", f"unlink.{one.id}", network=network_words(one.network)),)
            for one in accounts
            if one.id != scene.account.id
        ),
    ]
    return Turn(say=(Message("link.accounts", {"lines": tuple(lines)}, (*rows, (button("button.menu", "cmd.menu"),))),))


async def act(scene: Scene, rest: str) -> Turn:
    """`link.code`, `link.enter`; `link.yes.<id>` and `link.no.<id>` under the question that a typed code leads to."""
    verb, _, link_id = rest.partition(".")
    match verb:
        case "code":
            code = await ask_for_code(scene.uow, person=scene.me, account=scene.account)
            minutes = int(VALID_FOR.total_seconds()) // 60
            return Turn(say=(Message("link.code", {"code": f"L-{code}", "minutes": minutes}),))
        case "enter":
            return Turn(to=ENTER)
        case "yes":
            account = await confirm_link(scene.uow, person=scene.me, link_id=id_in(link_id))
            return Turn(say=(Message("link.joined", {"network": network_words(account.network)}),))
        case "no":
            await refuse_link(scene.uow, person=scene.me, link_id=id_in(link_id))
            return Turn(say=(Message("link.turned_down"),))
    raise NotFound


async def begin(scene: Scene, typed: str) -> Turn:
    """A code was typed (`L-ABCD2345`): consent first where nobody is known yet, then the question whether to join."""
    link = await find_link(scene.uow, scene.account, code_in(typed))
    if link is None:  # a turn, not a refusal: that it was wrong is counted
        return Turn(say=(Message("link.unknown"),), draft={} if scene.person else {"language": scene.language})
    owner, _ = await owner_of(scene.uow, link)
    await refuse_unless_bare(scene.uow, scene.account, owner)
    if scene.person is None and not scene.draft.get("agreed"):
        return Turn(to=CONSENT, draft={"code": typed, "language": scene.language})
    return Turn(to=CONFIRM, draft={"link": link.id, "language": scene.language})


async def _ask_enter(scene: Scene) -> Message:
    del scene
    return Message("link.type_code", {"example": EXAMPLE}, ((button("button.cancel", "cancel"),),))


async def _hear_enter(scene: Scene, event: InboundEvent) -> Turn:
    typed = event.text.strip()
    code = code_in(typed) or code_in(f"L-{typed}")
    if not code:
        return Turn(to=ENTER, say=(Message("link.no_code", {"example": EXAMPLE}),))
    return await begin(scene, f"L-{code}")


async def _ask_confirm(scene: Scene) -> Message:
    link = await scene.uow.links.get(int(scene.draft["link"]))
    if link is None:  # its owner is gone
        return Message("link.unknown", {}, ((button("button.cancel", "cancel"),),))
    owner, asked_in = await owner_of(scene.uow, link)
    params: dict[str, Param] = {"network": network_words(asked_in.network), "initial": initial(owner.name)}
    return Message("link.confirm", params, ((button("link.join", "join"), button("button.cancel", "cancel")),))


async def _hear_confirm(scene: Scene, event: InboundEvent) -> Turn:
    if code_in(event.text):
        return await begin(scene, event.text)
    if event.choice != "join":
        return Turn(to=CONFIRM, say=(Message("talk.tap_one"),), draft=scene.draft)
    asked_in = await claim_link(scene.uow, link_id=int(scene.draft["link"]), account=scene.account)
    draft = {} if scene.person else {"language": scene.language}
    if asked_in is None:
        return Turn(say=(Message("link.unknown"),), draft=draft)
    return Turn(say=(Message("link.ask_there", {"network": network_words(asked_in.network)}),), draft=draft)


async def start_removing(scene: Scene, rest: str) -> Turn:
    """`unlink.<account id>`: asks once more."""
    account_id = AccountId(id_in(rest))
    if account_id not in [one.id for one in await scene.uow.accounts.all_of(scene.me.id)]:
        raise NotFound
    return Turn(to=REMOVE, draft={"account": account_id})


async def _ask_remove(scene: Scene) -> Message:
    account = await scene.uow.accounts.get(AccountId(int(scene.draft["account"])))
    if account is None:
        raise NotFound
    row = (button("link.remove", "remove"), button("button.cancel", "cancel"))
    return Message("link.remove_sure", {"network": network_words(account.network)}, (row,))


async def _hear_remove(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "remove":
        return Turn(to=REMOVE, say=(Message("talk.tap_one"),), draft=scene.draft)
    account_id = AccountId(int(scene.draft["account"]))
    account = await unlink(scene.uow, person=scene.me, account_id=account_id)
    return Turn(say=(Message("link.removed", {"network": network_words(account.network)}), menu_message(scene)))


MODULE = ConversationModule(
    commands=(Command("lienket", show_accounts, aliases=("liên kết tài khoản", "liên kết")),),
    steps=(
        Step(ENTER, _ask_enter, _hear_enter, leads_to=(CONFIRM,), free_text=True),
        Step(CONFIRM, _ask_confirm, _hear_confirm, leads_to=(CONSENT,)),
        Step(REMOVE, _ask_remove, _hear_remove),
    ),
    choices=(
        Choice("link", act, leads_to=(ENTER,)),
        Choice("unlink", start_removing, leads_to=(REMOVE,)),
    ),
)
