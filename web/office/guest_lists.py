"""The guests of a meeting at the desk: a list pasted or sent as a sheet, looked at line by line, added, invited."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from intake.actions.meetings.guests import Group, GuestList, add_guests, guest_list, remove_guest
from intake.actions.meetings.invite_guests import answer_invitation, send_invitations, without_invitation
from intake.rules.errors import NotFound
from intake.rules.meetings.guest import GuestId, GuestLine, GuestReply, group_of, read_guests
from intake.rules.meetings.meeting import MeetingState
from intake.rules.message import Term
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from web.forms import sent_file
from web.spreadsheets import read_sheet
from wording.guests import reply_words

from .doors import Doors
from .office import HOME
from .visiting import Visit, number_in

_PATH = "/{meeting}/khach"


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A guest as the list shows them."""

    id: int
    called: str
    group: str
    reply: str


def open_part(doors: Doors) -> None:
    """Add the list, looking at lines before they are added, adding, inviting, noting a reply, taking off."""
    fields = {"refusal.guest_nobody": "lines", "refusal.guest_lines": "lines", "refusal.sheet": "sheet"}
    doors.show(_PATH, _show)
    doors.act(f"{_PATH}/xem", _look, again=_show, fields=fields)
    doors.act(f"{_PATH}/them", _add, again=_show, fields=fields)
    doors.act(f"{_PATH}/moi", _invite, again=_show)
    doors.act(f"{_PATH}/tra-loi", _note_reply, again=_show)
    doors.act(f"{_PATH}/bo", _remove, again=_show)


async def _show(visit: Visit) -> Response:
    return await _page(visit, "", ())


async def _page(visit: Visit, looked_at: str, lines: Sequence[GuestLine]) -> Response:
    async with visit.reading() as uow:
        listed = await guest_list(uow, visit.person, visit.meeting_id)
        unit = await uow.places.unit(listed.meeting.unit_id)
        over = listed.meeting.state in (MeetingState.HELD, MeetingState.CANCELLED)
        changes = holds(visit.grants, Role.SECRETARY, unit) and not over
        by_chat, to_call = await without_invitation(uow, listed.meeting) if changes else ((), ())
        fixed = listed.meeting.state is MeetingState.FIXED and not listed.meeting.is_past(uow.now)
    rows = [
        GuestRow(one.id, one.called, _group(visit, group_of(one, listed.groups)), visit.words(reply_words(one)))
        for one in listed.guests
    ]
    return visit.page(
        "guest_list.html",
        meeting=listed.meeting,
        rows=rows,
        groups=[(str(place), _group(visit, group)) for place, group in enumerate(listed.groups)],
        chosen=visit.typed.get("group", ""),
        changes=changes,
        invites=len(by_chat) if fixed else 0,
        to_call=len(to_call) if fixed else 0,
        lines=lines,
        looked_at=looked_at,
        good=sum(not line.wrong for line in lines),
        path=f"{HOME}/buoi/{listed.meeting.id}/khach",
    )


async def _look(visit: Visit) -> Response:
    """Read what was pasted, or the sheet that was sent, and show what would be added; nothing is kept yet."""
    sent = sent_file(visit.request, "sheet")
    typed = visit.typed.get("lines", "")
    if sent is not None and sent.content:
        typed = "\n".join("\t".join(row) for row in await asyncio.to_thread(read_sheet, sent.content))
    return await _page(visit, typed, read_guests(typed))


async def _add(visit: Visit) -> Response:
    typed = visit.typed.get("lines", "")
    async with visit.acting() as uow:
        listed = await guest_list(uow, visit.person, visit.meeting_id)
        group = _group_at(listed, visit.typed.get("group", ""))
        added = await add_guests(uow, by=visit.person, meeting_id=listed.meeting.id, group=group, typed=typed)
    told = [Term("guests.added", {"count": len(added.guests), "known": added.known})]
    if added.wrong:
        told.append(Term("guests.left_out", {"count": len(added.wrong)}))
    told += [
        Term("guests.namesake", {"guest": guest.called, "other": other.called}) for guest, other in added.namesakes
    ]
    return visit.to(f"{HOME}/buoi/{listed.meeting.id}/khach", *told)


async def _invite(visit: Visit) -> Response:
    async with visit.acting() as uow:
        sent = await send_invitations(uow, by=visit.person, meeting_id=visit.meeting_id)
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}/khach", Term("guests.invited_from_desk", {"count": sent.sent}))


async def _note_reply(visit: Visit) -> Response:
    """What a guest said by telephone; who comes in somebody's place is named in the chat."""
    said = visit.typed.get("reply", "")
    if said not in (GuestReply.COMING, GuestReply.ABSENT):
        raise NotFound
    async with visit.acting() as uow:
        guest, meeting = await answer_invitation(
            uow, by=visit.person, guest_id=GuestId(number_in(visit.typed.get("guest", ""))), reply=GuestReply(said)
        )
        if meeting.id != visit.meeting_id:
            raise NotFound
    noted = Term("guests.reply_noted", {"guest": guest.called, "reply": reply_words(guest)})
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}/khach", noted)


async def _remove(visit: Visit) -> Response:
    async with visit.acting() as uow:
        guest = await remove_guest(uow, by=visit.person, guest_id=GuestId(number_in(visit.typed.get("guest", ""))))
        if guest.meeting_id != visit.meeting_id:
            raise NotFound
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}/khach", Term("guests.taken_off_desk", {"guest": guest.called}))


def _group_at(listed: GuestList, typed: str) -> Group:
    place = number_in(typed)
    if place >= len(listed.groups):
        raise NotFound
    return listed.groups[place]


def _group(visit: Visit, group: Group) -> str:
    name, party = group
    return name or visit.words(Term("guests.other_party" if party else "guests.other_attending"))
