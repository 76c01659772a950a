"""The guests of a meeting: group by group as the plan names them, added by tap or as a list, invited, seen (R051)."""

from collections.abc import Sequence

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import CHANGED, Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_lines import AT_ONCE
from intake.actions.meetings.guests import (
    Added,
    Group,
    GuestList,
    add_colleague,
    add_guests,
    colleagues,
    guest_list,
    remove_guest,
)
from intake.actions.meetings.invite_guests import guest_message, guest_names, send_invitations, without_invitation
from intake.rules.errors import NotFound
from intake.rules.meetings.guest import Guest, GuestId, GuestReply, group_of
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term, button, literal, mark_of, rows_of
from intake.rules.people.permissions import holds
from intake.rules.people.person import PersonId, Role
from intake.rules.text import excerpt
from wording.guests import reply_words

LINES = "guests.lines"
MOST_OFFERED = 8


async def _list(scene: Scene, number: str) -> GuestList:
    return await guest_list(scene.uow, scene.me, MeetingId(id_in(number)))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `guests.<meeting>`."""
    return Turn(say=(await _card(scene, await _list(scene, rest)),))


async def _card(scene: Scene, listed: GuestList) -> Message:
    """Every group with how it stands, the parties to the dialogue apart from those who attend; one button each."""
    meeting, lines, buttons = listed.meeting, list[Param](), list[Button]()
    for party, header in ((True, "guests.party"), (False, "guests.attending")):
        lines += ["", Term(header)]
        for index, group in enumerate(listed.groups):
            if group[1] is party:
                buttons.append(literal(str(len(buttons) + 1), f"guestgroup.{meeting.id}.{index}"))
                counts = _counts(_in_group(listed, group))
                lines.append(Term("guests.group", {"number": len(buttons), "group": _group_name(group), **counts}))
    rows: list[tuple[Button, ...]] = list(rows_of(buttons, 5))
    if await _may_change(scene, meeting):
        by_chat, _ = await without_invitation(scene.uow, meeting)
        if meeting.state is MeetingState.FIXED and by_chat and not meeting.is_past(scene.uow.now):
            rows.append((button("guests.send_button", f"guestsend.{meeting.id}", count=len(by_chat)),))
    rows.append((button("menu.list", "cmd.danhsach"), button("button.menu", "cmd.menu")))
    params: dict[str, Param] = {"title": meeting.title, "lines": tuple(lines), **_counts(listed.guests)}
    return Message("guests.card", params, tuple(rows))


async def _may_change(scene: Scene, meeting: Meeting) -> bool:
    over = meeting.state in (MeetingState.HELD, MeetingState.CANCELLED)
    return not over and holds(scene.grants, Role.SECRETARY, await scene.uow.places.unit(meeting.unit_id))


def _in_group(listed: GuestList, group: Group) -> list[Guest]:
    return [guest for guest in listed.guests if group_of(guest, listed.groups) == group]


def _counts(guests: Sequence[Guest]) -> dict[str, Param]:
    replies = [guest.reply for guest in guests]
    return {
        "people": len(guests),
        "coming": replies.count(GuestReply.COMING),
        "stand_in": replies.count(GuestReply.STAND_IN),
        "absent": replies.count(GuestReply.ABSENT),
        "open": replies.count(GuestReply.OPEN),
    }


def _group_name(group: Group) -> Param:
    name, party = group
    return name or Term("guests.other_party" if party else "guests.other_attending")


def _ids_in(rest: str) -> tuple[str, int, int]:
    """The meeting, the place of the group and where the list begins in `<meeting>.<group>[.<start>]`."""
    number, _, more = rest.partition(".")
    index, _, start = more.partition(".")
    return number, id_in(index), id_in(start or "0")


def _group_at(listed: GuestList, index: int) -> Group:
    if index >= len(listed.groups):
        raise NotFound
    return listed.groups[index]


async def show_group(scene: Scene, rest: str) -> Turn:
    """A button `guestgroup.<meeting>.<group>[.<start>]`."""
    number, index, start = _ids_in(rest)
    return Turn(say=(await _group_card(scene, await _list(scene, number), index, start),))


async def _group_card(scene: Scene, listed: GuestList, index: int, start: int = 0) -> Message:
    group = _group_at(listed, index)
    guests, meeting = _in_group(listed, group), listed.meeting
    page = guests[start : start + AT_ONCE]
    lines = [
        Term("guests.line", {"number": number, "guest": guest.called, "reply": reply_words(guest)})
        for number, guest in enumerate(page, start + 1)
    ]
    rows = list(rows_of([literal(str(start + place), f"guest.{guest.id}") for place, guest in enumerate(page, 1)], 5))
    upto = start + len(page)
    if upto < len(guests):
        rows.append(
            (button("office.more_button", f"guestgroup.{meeting.id}.{index}.{upto}", count=len(guests) - upto),)
        )
    if await _may_change(scene, meeting):
        rows.append((button("guests.add_button", f"guestadd.{meeting.id}.{index}"),))
    rows.append((button("guest.button", f"guests.{meeting.id}"),))
    params: dict[str, Param] = {
        "title": meeting.title,
        "group": _group_name(group),
        "lines": tuple(lines) or (Term("guests.nobody"),),
    }
    return Message("guests.group_card", params, tuple(rows))


async def start_adding(scene: Scene, rest: str) -> Turn:
    """A button `guestadd.<meeting>.<group>`."""
    number, index, _ = _ids_in(rest)
    listed = await _list(scene, number)
    _group_at(listed, index)
    return Turn(to=LINES, draft={"meeting": listed.meeting.id, "group": index})


async def _draft(scene: Scene) -> tuple[GuestList, int]:
    return await _list(scene, str(scene.draft["meeting"])), int(scene.draft["group"])


async def _ask_lines(scene: Scene) -> Message:
    listed, index = await _draft(scene)
    unit = await scene.uow.places.unit(listed.meeting.unit_id)
    offered = await colleagues(scene.uow, unit, listed.guests)
    buttons = [literal(f"{person.name} – {office}", f"p{person.id}") for person, office in offered[:MOST_OFFERED]]
    row = (button("guests.done_button", "done"), button("button.cancel", "cancel"))
    return Message("guests.ask_lines", {"group": _group_name(_group_at(listed, index))}, (*rows_of(buttons, 1), row))


async def _hear_lines(scene: Scene, event: InboundEvent) -> Turn:
    listed, index = await _draft(scene)
    meeting_id, group = listed.meeting.id, _group_at(listed, index)
    if event.choice == "done":
        return Turn(say=(await _group_card(scene, listed, index),))
    if event.choice.startswith("p"):
        guest = await add_colleague(
            scene.uow,
            by=scene.me,
            meeting_id=meeting_id,
            group=group,
            person_id=PersonId(id_in(event.choice.removeprefix("p"))),
        )
        return Turn(to=LINES, say=(Message("guests.added_one", {"name": guest.name}),), draft=scene.draft)
    if event.kind is not InboundKind.TEXT:
        return Turn(to=LINES, say=(Message("meetings.words_only"),), draft=scene.draft)
    added = await add_guests(scene.uow, by=scene.me, meeting_id=meeting_id, group=group, typed=event.text)
    said = Message("guests.added", {"count": len(added.guests), "known": added.known})
    said_too = _namesakes(added)
    if added.wrong:  # what was read is on the list; the rest is asked for again, line by line
        wrong = [
            Term("guests.wrong_line", {"number": line.number, "text": excerpt(line.typed), "why": Term(line.wrong)})
            for line in added.wrong
        ]
        params: dict[str, Param] = {"lines": tuple(wrong), "count": len(wrong)}
        return Turn(to=LINES, say=(said, *said_too, Message("guests.wrong_lines", params)), draft=scene.draft)
    return Turn(say=(said, *said_too, await _group_card(scene, await _list(scene, str(meeting_id)), index)))


def _namesakes(added: Added) -> tuple[Message, ...]:
    """Whoever has the name of somebody on the list may be that one: the secretary looks."""
    if not added.namesakes:
        return ()
    lines = tuple(
        Term("guests.namesake", {"guest": guest.called, "other": other.called}) for guest, other in added.namesakes
    )
    opens = [literal(guest.called, f"guest.{guest.id}") for guest, _ in added.namesakes[:AT_ONCE]]
    return (Message("guests.namesakes", {"lines": lines}, rows_of(opens, 1)),)


async def confirm_sending(scene: Scene, rest: str) -> Turn:
    """A button `guestsend.<meeting>`: what goes out, to how many, and who is to be called."""
    listed = await _list(scene, rest)
    confirms = await _confirm(scene, listed)
    return Turn(say=(confirms or await _card(scene, listed),))


async def _confirm(scene: Scene, listed: GuestList) -> Message | None:
    """The invitation as it goes out; None where everybody has it who can be reached by chat."""
    by_chat, to_call = await without_invitation(scene.uow, listed.meeting)
    if not by_chat:
        return None
    sample = guest_message("guest.invitation", listed.meeting, by_chat[0])
    row = (
        button("button.send", f"guestsent.{listed.meeting.id}.{_mark(listed, by_chat)}"),
        button("button.edit", f"guests.{listed.meeting.id}"),
        button("button.cancel", "cmd.menu"),
    )
    params: dict[str, Param] = {
        "count": len(by_chat),
        "sample": Term(sample.key, sample.params),
        "call": _to_call(to_call),
    }
    return Message("guests.confirm", params, (row,))


def _mark(listed: GuestList, by_chat: Sequence[Guest]) -> str:
    sample = guest_message("guest.invitation", listed.meeting, by_chat[0])
    return mark_of(Term(sample.key, sample.params), [guest.id for guest in by_chat])


def _to_call(guests: Sequence[Guest]) -> Param:
    return Term("guests.call", {"names": guest_names(guests)}) if guests else ""


async def send(scene: Scene, rest: str) -> Turn:
    """A button `guestsent.<meeting>.<mark>`: the invitation above, to those it was shown for."""
    number, _, seen = rest.partition(".")
    listed = await _list(scene, number)
    confirms = await _confirm(scene, listed)
    by_chat, _ = await without_invitation(scene.uow, listed.meeting)
    if confirms is not None and await _may_change(scene, listed.meeting) and seen != _mark(listed, by_chat):
        return Turn(say=(CHANGED, confirms))
    invited = await send_invitations(scene.uow, by=scene.me, meeting_id=listed.meeting.id)
    said = Message("guests.sent", {"count": invited.sent, "call": _to_call(invited.to_call)})
    return Turn(say=(said, await _card(scene, await _list(scene, number))))


async def show_guest(scene: Scene, rest: str) -> Turn:
    """A button `guest.<guest>`."""
    guest = await scene.uow.guests.get(GuestId(id_in(rest)))
    return Turn(say=(await guest_card(scene, guest),))


async def guest_card(scene: Scene, guest: Guest) -> Message:
    """One guest, for the office: the reply, the number to call for the secretary, and noting what was said there."""
    listed = await _list(scene, str(guest.meeting_id))
    group = group_of(guest, listed.groups)
    changes = await _may_change(scene, listed.meeting)
    lines: list[Param] = []
    if changes and guest.phone_sealed is not None:
        lines.append(Term("guests.phone", {"phone": scene.uow.vault.open(guest.phone_sealed)}))
    key = "guests.not_sent" if guest.invited_at is None else "guests.sent_at"
    lines.append(Term(key, {"at": guest.invited_at or ""}))
    params: dict[str, Param] = {
        "title": listed.meeting.title,
        "guest": guest.called,
        "group": _group_name(group),
        "reply": reply_words(guest),
        "lines": tuple(lines),
    }
    rows: list[tuple[Button, ...]] = []
    if changes:
        coming = button("guest.coming_button", f"guestyes.{guest.id}")
        rows = [
            (coming, button("guest.absent_button", f"guestno.{guest.id}")),
            (button("guest.stand_in_button", f"gueststand.{guest.id}"),),
            (
                *((button("guests.code_button", f"guestcode.{guest.id}"),) if guest.invited_at is None else ()),
                button("guests.remove_button", f"guestremove.{guest.id}"),
            ),
        ]
    back = button("guests.back_button", f"guestgroup.{guest.meeting_id}.{listed.groups.index(group)}")
    return Message("guests.guest", params, (*rows, (back,)))


async def remove(scene: Scene, rest: str) -> Turn:
    """A button `guestremove.<guest>`."""
    guest = await remove_guest(scene.uow, by=scene.me, guest_id=GuestId(id_in(rest)))
    listed = await _list(scene, str(guest.meeting_id))
    index = listed.groups.index(group_of(guest, listed.groups))
    return Turn(say=(Message("guests.removed", {"name": guest.name}), await _group_card(scene, listed, index)))


MODULE = ConversationModule(
    choices=(
        Choice("guests", show),
        Choice("guestgroup", show_group),
        Choice("guestadd", start_adding, leads_to=(LINES,)),
        Choice("guestsend", confirm_sending),
        Choice("guestsent", send),
        Choice("guest", show_guest),
        Choice("guestremove", remove),
    ),
    steps=(Step(LINES, _ask_lines, _hear_lines, role=Role.SECRETARY, free_text=True, names=True, digits_choose=True),),
)
