"""Several people with one phone (`/giadinh`): who they are, their data, and whose a question or registration is."""

from dataclasses import replace
from typing import Any

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.namesakes import ANOTHER, CALLED, MEMBER, SAME, ask_who_it_is, meant, namesake_steps
from intake.actions.people.enrol import clean_name
from intake.actions.people.household import add_member, member_of, of_one_name_at_home, require_room_at_home
from intake.actions.people.link_accounts import ask_for_code
from intake.actions.people.own_data import erase
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.account_link import VALID_FOR
from intake.rules.people.person import Person, PersonId

from .own_data import show_own_data

NAME = "household.name"
WHICH = "household.which"
MARK = "household.mark"
ERASE = "household.erase"
MYSELF = "self"
_CANCEL = (button("button.cancel", "cancel"),)
_OF_SOMEBODY = ("neighbour", "hamlet", SAME, ANOTHER, CALLED, MEMBER)
"""What a draft knows of whose it is when it is not one's own."""


async def show_household(scene: Scene, _rest: str) -> Turn:
    """`/giadinh`."""
    members = await scene.uow.people.household_of(scene.me.id)
    rows = list(rows_of([literal(one.called, f"member.{one.id}") for one in members], 1))
    rows += [(button("household.add_button", "memberadd"),), (button("button.menu", "cmd.menu"),)]
    key = "household.card" if members else "household.nobody"
    return Turn(say=(Message(key, {"lines": tuple(f"– {one.called}" for one in members)}, tuple(rows)),))


async def start_adding(scene: Scene, _rest: str) -> Turn:
    """A button `memberadd`."""
    require_room_at_home(scene.me)
    return Turn(to=NAME)


async def _ask_name(scene: Scene) -> Message:
    del scene
    return Message("household.name", {}, (_CANCEL,))


async def _there(scene: Scene, draft: dict[str, Any]) -> list[Person]:
    return list(await of_one_name_at_home(scene.uow, scene.me, str(draft["neighbour"])))


async def _hear_name(scene: Scene, event: InboundEvent) -> Turn:
    draft = {"neighbour": clean_name(event.text)}
    return await ask_who_it_is(scene, draft, WHICH, _add, there=_there)


async def _add(scene: Scene, draft: dict[str, Any]) -> Turn:
    """Somebody new; whoever was meant among those of the name is in the household already."""
    who = meant(draft)
    if who.same_as is not None:
        return await show_household(scene, "")
    name = str(draft["neighbour"])
    member = await add_member(scene.uow, owner=scene.me, name=name, another=who.another, known_as=who.known_as)
    turn = await show_household(scene, "")
    return Turn(say=(Message("household.added", {"name": member.called}), *turn.say))


async def show_member(scene: Scene, rest: str) -> Turn:
    """A button `member.<person>`: one of the household, and what is theirs."""
    member = await member_of(scene.uow, scene.me, PersonId(id_in(rest)))
    rows = (
        (button("household.data_button", f"memberdata.{member.id}"), button("correct.button", f"correct.{member.id}")),
        (button("household.phone_button", f"memberphone.{member.id}"),),
        (_consents(member), _restricts(member)),
        (button("household.erase_button", f"membererase.{member.id}"),),
        (button("household.button", "cmd.giadinh"),),
    )
    return Turn(say=(Message("household.member", {"name": member.called}, rows),))


def _consents(member: Person) -> Button:
    key = "rights.withdraw_button" if member.withdrawn_at is None else "rights.again_button"
    return button(key, f"memberwithdraw.{member.id}")


def _restricts(member: Person) -> Button:
    key = "rights.restrict_button" if member.restricted_at is None else "rights.lift_button"
    return button(key, f"memberrestrict.{member.id}")


async def show_data(scene: Scene, rest: str) -> Turn:
    """A button `memberdata.<person>`: the copy of a member's data (LAW C5)."""
    member = await member_of(scene.uow, scene.me, PersonId(id_in(rest)))
    copy = await show_own_data(replace(scene, person=member, grants=()), "")
    *said, last = copy.say
    back = ((button("button.back", f"member.{member.id}"), button("button.menu", "cmd.menu")),)
    return Turn(say=(*said, replace(last, buttons=back)))


async def give_code(scene: Scene, rest: str) -> Turn:
    """A button `memberphone.<person>`: a code to type on a phone of their own, confirmed here."""
    member = await member_of(scene.uow, scene.me, PersonId(id_in(rest)))
    code = await ask_for_code(scene.uow, person=member, account=scene.account)
    minutes = int(VALID_FOR.total_seconds()) // 60
    return Turn(say=(Message("household.code", {"name": member.called, "code": f"L-{code}", "minutes": minutes}),))


async def start_erasing(scene: Scene, rest: str) -> Turn:
    """A button `membererase.<person>`."""
    member = await member_of(scene.uow, scene.me, PersonId(id_in(rest)))
    return Turn(to=ERASE, draft={MEMBER: member.id})


async def _ask_erase(scene: Scene) -> Message:
    member = await member_of(scene.uow, scene.me, PersonId(int(scene.draft[MEMBER])))
    row = (button("erase.button", "erase"), *_CANCEL)
    return Message("household.erase", {"name": member.called}, (row,))


async def _hear_erase(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "erase":
        return Turn(to=ERASE, say=(Message("talk.tap_one"),), draft=scene.draft)
    member = await member_of(scene.uow, scene.me, PersonId(int(scene.draft[MEMBER])))
    name = member.called
    await erase(scene.uow, person=member, by=scene.me)
    turn = await show_household(scene, "")
    return Turn(say=(Message("household.erased", {"name": name}), *turn.say))


async def whose_message(scene: Scene, key: str) -> Message:
    """The question for whom something is, with a button for oneself and one for each of the household."""
    members = await scene.uow.people.household_of(scene.me.id)
    buttons: list[Button] = [literal(one.called, f"p{one.id}") for one in members]
    return Message(key, {}, (*rows_of([button("household.myself", MYSELF), *buttons], 1), _CANCEL))


async def whose(scene: Scene, event: InboundEvent) -> dict[str, Any] | None:
    """The draft for whoever was chosen: without a trace of anybody else for oneself; None for no choice at all."""
    draft = {name: value for name, value in scene.draft.items() if name not in _OF_SOMEBODY}
    if event.choice == MYSELF:
        return draft
    members = {f"p{one.id}": one for one in await scene.uow.people.household_of(scene.me.id)}
    member = members.get(event.choice)
    if member is None:
        return None
    return {**draft, MEMBER: member.id, "neighbour": member.name, CALLED: member.called, "hamlet": member.hamlet_id}


async def person_for(scene: Scene) -> Person:
    """Whose the draft is: oneself, or the member of the household that was chosen."""
    member = scene.draft.get(MEMBER)
    return scene.me if member is None else await member_of(scene.uow, scene.me, PersonId(int(member)))


def draft_about(member: Person) -> dict[str, Any]:
    """A draft that is about somebody of the household."""
    return {MEMBER: member.id, CALLED: member.called}


def is_about_member(scene: Scene) -> bool:
    """Whether the draft is about somebody of the household and not about oneself."""
    return MEMBER in scene.draft


def about(scene: Scene, message: Message) -> Message:
    """The message, saying whom it is about when it is not oneself."""
    if not is_about_member(scene):
        return message
    params: dict[str, Param] = {"name": str(scene.draft[CALLED]), "text": Term(message.key, message.params)}
    return replace(message, key="household.about", params=params)


MODULE = ConversationModule(
    commands=(Command("giadinh", show_household, aliases=("gia đình", "người nhà", "household")),),
    steps=(
        Step(NAME, _ask_name, _hear_name, leads_to=(WHICH,), free_text=True, names=True),
        *namesake_steps(WHICH, MARK, _add, there=_there),
        Step(ERASE, _ask_erase, _hear_erase, free_text=True),
    ),
    choices=(
        Choice("member", show_member),
        Choice("memberadd", start_adding, leads_to=(NAME,)),
        Choice("memberdata", show_data),
        Choice("memberphone", give_code),
        Choice("membererase", start_erasing, leads_to=(ERASE,)),
    ),
)
