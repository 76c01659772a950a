"""Rights over one's own data that change what is done with it: withdrawing consent, restricting the use (LAW C5)."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.consent import agree_again, withdraw_consent
from intake.actions.people.consent_taken import guardian_of
from intake.actions.people.household import member_of
from intake.actions.people.restrict import lift_restriction, restrict
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import RuleBroken
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.people.person import CONSENT_VERSION, PersonId
from wording.texts import words

from ..menu import menu_message
from .household import about, draft_about, is_about_member, person_for, show_household
from .start import consent_card

WITHDRAW = "rights.withdraw"
RESTRICT = "rights.restrict"
LIFT = "rights.lift"
AGREE = "rights.agree"
GUARDIAN = "rights.guardian"
CLOSED = "rights.closed"
_AGAIN = "agreeagain"
_CANCEL = button("button.cancel", "cancel")
_AGREES = (button("button.agree", "yes"), button("button.disagree", "no"))
_MENU = ((button("button.menu", "cmd.menu"),),)


async def withdraw_for_member(scene: Scene, rest: str) -> Turn:
    """A button `memberwithdraw.<person>`; of whoever has withdrawn it already, to agree again."""
    member = await member_of(scene.uow, scene.me, PersonId(id_in(rest)))
    return Turn(to=WITHDRAW if member.withdrawn_at is None else AGREE, draft=draft_about(member))


async def restrict_for_member(scene: Scene, rest: str) -> Turn:
    """A button `memberrestrict.<person>`; of whoever has restricted it already, to lift it."""
    member = await member_of(scene.uow, scene.me, PersonId(id_in(rest)))
    return Turn(to=RESTRICT if member.restricted_at is None else LIFT, draft=draft_about(member))


async def start_withdrawing(scene: Scene, _rest: str) -> Turn:
    """`/rutdongy`."""
    if scene.me.withdrawn_at is not None:
        return Turn(to=CLOSED)
    if scene.grants:  # said now, not under what would follow
        raise RuleBroken("refusal.withdraw_role")
    return Turn(to=WITHDRAW)


async def _ask_withdraw(scene: Scene) -> Message:
    members = (await person_for(scene)).members
    household = (Term("rights.household", {"count": members}),) if members else ()
    row = (button("rights.withdraw_button", "withdraw"), _CANCEL)
    return about(scene, Message("rights.withdraw_ask", {"more": household}, (row,)))


async def _hear_withdraw(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "withdraw":
        return Turn(to=WITHDRAW, say=(Message("talk.tap_one"),), draft=scene.draft)
    person = await person_for(scene)
    task, respond = await withdraw_consent(scene.uow, person=person, by=scene.me)
    rows: tuple[tuple[Button, ...], ...] = (
        (button("rights.again_button", _AGAIN),),
        (button("settings.data_button", "cmd.dulieu"), button("settings.erase_button", "cmd.xoa")),
    )
    if person is not scene.me:
        rows = ((button("button.back", f"member.{person.id}"),),)
    params: dict[str, Param] = {"reference": task.title, "due": due_words(unpack_due(respond.due))}
    return Turn(say=(about(scene, Message("rights.withdrawn", params, rows)),))


async def _ask_closed(scene: Scene) -> Message:
    """What is said to whoever writes without consent; nothing of what they wrote is kept."""
    row = ((button("rights.again_button", _AGAIN),),)
    if scene.me.withdrawn_at is None:
        return Message("rights.text_changed", {}, row)
    return Message("rights.closed", {"at": scene.me.withdrawn_at}, row)


async def _hear_closed(_scene: Scene, event: InboundEvent) -> Turn:
    return Turn(to=AGREE if event.choice == _AGAIN else CLOSED)


async def begin_agreeing(scene: Scene, _rest: str) -> Turn:
    """A button `agreeagain`: the text of today first."""
    if scene.me.withdrawn_at is None and scene.me.consent_version in (None, CONSENT_VERSION):
        return Turn(say=(menu_message(scene),))
    return Turn(to=AGREE)


async def _ask_agree(scene: Scene) -> Message:
    uow, units = scene.uow, list(await scene.uow.places.roots())
    hamlet_id = (await person_for(scene)).hamlet_id
    if hamlet_id is not None:
        home = await uow.places.home(await uow.places.unit(hamlet_id))
        units = units if home is None else [home]
    return about(scene, consent_card(scene, units, (_AGREES,)))


async def _hear_agree(scene: Scene, event: InboundEvent) -> Turn:
    match event.choice:
        case "yes" if await guardian_of(scene.uow, await person_for(scene)):
            return Turn(to=GUARDIAN, draft=scene.draft)
        case "yes":
            await agree_again(scene.uow, person=await person_for(scene), by=scene.me)
            return Turn(say=(about(scene, Message("rights.agreed")), menu_message(scene)))
        case "no" if is_about_member(scene):
            return await show_household(scene, "")
        case "no":
            return Turn(to=CLOSED)
        case _:
            return _once_more(scene, AGREE)


async def _ask_guardian(scene: Scene) -> Message:
    """Whoever was under sixteen is known again with the same guardian's consent, or has grown since (LAW C5)."""
    guardian = await guardian_of(scene.uow, await person_for(scene))
    rows = (_AGREES, (button("rights.grown_button", "grown"),))
    return about(scene, Message("start.guardian_agrees", {"guardian": guardian}, rows))


async def _hear_guardian(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in ("yes", "grown"):
        return await _hear_agree(scene, event) if event.choice == "no" else _once_more(scene, GUARDIAN)
    person = await person_for(scene)
    await agree_again(scene.uow, person=person, by=scene.me, grown=event.choice == "grown")
    return Turn(say=(about(scene, Message("rights.agreed")), menu_message(scene)))


def _once_more(scene: Scene, step: str) -> Turn:
    return Turn(to=step, say=(Message("talk.tap_one"),), draft=scene.draft)


async def start_restricting(scene: Scene, _rest: str) -> Turn:
    """`/hanche`; of whoever has restricted it already, whether to let it be used again."""
    return Turn(to=RESTRICT if scene.me.restricted_at is None else LIFT)


async def _ask_restrict(scene: Scene) -> Message:
    return about(scene, Message("rights.restrict_ask", {}, ((button("rights.restrict_button", "restrict"), _CANCEL),)))


async def _hear_restrict(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "restrict":
        return _once_more(scene, RESTRICT)
    task, respond = await restrict(scene.uow, person=await person_for(scene), by=scene.me)
    params: dict[str, Param] = {"reference": task.title, "due": due_words(unpack_due(respond.due))}
    return Turn(say=(about(scene, Message("rights.restricted", params, _MENU)),))


async def _ask_lift(scene: Scene) -> Message:
    since = (await person_for(scene)).restricted_at or scene.uow.now
    row = (button("rights.lift_button", "lift"), _CANCEL)
    return about(scene, Message("rights.lift_ask", {"at": since}, (row,)))


async def _hear_lift(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "lift":
        return _once_more(scene, LIFT)
    outcome = words(scene.language, "rights.lifted_outcome")
    await lift_restriction(scene.uow, person=await person_for(scene), outcome=outcome, by=scene.me)
    return Turn(say=(about(scene, Message("rights.lifted", {}, _MENU)),))


_NO_MORE = (
    "không nhận tin nữa",
    *(
        f"{well}đừng {writes}{whom} nữa"
        for well in ("", "thôi ")
        for writes in ("nhắn", "nhắn tin", "gửi tin")
        for whom in ("", " cho tôi", " cho em", " cho cháu")
    ),
)
"""What people say who want to hear nothing more; the card says what else ends with it, and asks."""
MODULE = ConversationModule(
    commands=(
        Command(
            "rutdongy",
            start_withdrawing,
            aliases=("rút đồng ý", "withdraw consent", *_NO_MORE),
            leads_to=(WITHDRAW, CLOSED),
            though_blocked=True,
        ),
        Command(
            "hanche",
            start_restricting,
            aliases=("hạn chế", "restrict my data"),
            leads_to=(RESTRICT, LIFT),
            though_blocked=True,
        ),
    ),
    steps=(
        Step(WITHDRAW, _ask_withdraw, _hear_withdraw),
        Step(RESTRICT, _ask_restrict, _hear_restrict),
        Step(LIFT, _ask_lift, _hear_lift),
        Step(AGREE, _ask_agree, _hear_agree, leads_to=(GUARDIAN, CLOSED)),
        Step(GUARDIAN, _ask_guardian, _hear_guardian, leads_to=(CLOSED,)),
        Step(CLOSED, _ask_closed, _hear_closed, leads_to=(AGREE,)),
    ),
    choices=(
        Choice(_AGAIN, begin_agreeing, leads_to=(AGREE, GUARDIAN), though_blocked=True),
        Choice("memberwithdraw", withdraw_for_member, leads_to=(WITHDRAW, AGREE)),
        Choice("memberrestrict", restrict_for_member, leads_to=(RESTRICT, LIFT)),
    ),
)
