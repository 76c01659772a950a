"""The reply to an invitation: by the guest under the letter, or by a secretary whom the guest told (R051)."""

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import CHANGED, Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.secretary.guests import guest_card
from intake.actions.meetings.invite_guests import answer_invitation, answerable, day_mark, guest_message, reply_rows
from intake.rules.meetings.guest import Guest, GuestId, GuestReply
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Message, Param, button
from wording.guests import reply_words

STAND_IN = "gueststand.who"


def _reply(verb: str, reply: GuestReply) -> Choice:
    async def answer(scene: Scene, rest: str) -> Turn:
        invited, moved = await _invited(scene, rest)
        if moved is not None:
            return moved
        guest, meeting = await answer_invitation(scene.uow, by=scene.me, guest_id=invited.id, reply=reply)
        return await _answered(scene, guest, meeting)

    return Choice(verb, answer)


async def _invited(scene: Scene, rest: str) -> tuple[Guest, Turn | None]:
    """The guest a code `<guest>[.<mark>]` names; where the day is another by now, the turn that says which."""
    number, _, seen = rest.partition(".")
    guest = await scene.uow.guests.get(GuestId(id_in(number)))
    meeting = await answerable(scene.uow, scene.me, guest)
    if not seen or seen == day_mark(meeting):
        return guest, None
    return guest, Turn(say=(CHANGED, guest_message("guest.invitation", meeting, guest)))


async def _answered(scene: Scene, guest: Guest, meeting: Meeting) -> Turn:
    """A guest is thanked, and may change it; a secretary sees the guest."""
    if guest.person_id != scene.me.id:
        return Turn(say=(await guest_card(scene, guest),))
    row = (button("guest.change_button", f"guestask.{guest.id}"), button("button.menu", "cmd.menu"))
    return Turn(say=(Message("guest.noted", {"title": meeting.title, "reply": reply_words(guest)}, (row,)),))


async def ask_anew(scene: Scene, rest: str) -> Turn:
    """A button `guestask.<guest>`: the same buttons once more."""
    guest = await scene.uow.guests.get(GuestId(id_in(rest)))
    meeting = await answerable(scene.uow, scene.me, guest)
    params: dict[str, Param] = {"title": meeting.title, "reply": reply_words(guest)}
    return Turn(say=(Message("guest.which_reply", params, reply_rows(meeting, guest)),))


async def start_naming(scene: Scene, rest: str) -> Turn:
    """A button `gueststand.<guest>[.<mark>]`: asks who comes instead."""
    guest, moved = await _invited(scene, rest)
    if moved is not None:
        return moved
    return Turn(to=STAND_IN, draft={"guest": guest.id})


async def _ask_who(scene: Scene) -> Message:
    guest = await scene.uow.guests.get(GuestId(int(scene.draft["guest"])))
    return Message("guest.ask_stand_in", {"name": guest.name}, ((button("button.cancel", "cancel"),),))


async def _hear_who(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is not InboundKind.TEXT:
        return Turn(to=STAND_IN, say=(Message("meetings.words_only"),), draft=scene.draft)
    guest, meeting = await answer_invitation(
        scene.uow,
        by=scene.me,
        guest_id=GuestId(int(scene.draft["guest"])),
        reply=GuestReply.STAND_IN,
        stand_in=event.text,
    )
    return await _answered(scene, guest, meeting)


MODULE = ConversationModule(
    choices=(
        _reply("guestyes", GuestReply.COMING),
        _reply("guestno", GuestReply.ABSENT),
        Choice("gueststand", start_naming, leads_to=(STAND_IN,)),
        Choice("guestask", ask_anew),
    ),
    steps=(Step(STAND_IN, _ask_who, _hear_who, free_text=True, names=True, digits_choose=True),),
)
