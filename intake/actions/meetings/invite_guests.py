"""Invitations to a meeting and what becomes of them: sent to the chat, answered there or by telephone, asked anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.outbox.tell import News, tell, tell_each
from intake.actions.people.office import secretaries_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.guest import Guest, GuestId, GuestReply
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term, mark_of
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.questions.promise import LONGEST_AGENCY, required
from intake.rules.text import known_as_one


@dataclass(frozen=True, slots=True)
class Invited:
    """How many invitations went out, and the guests whom no chat reaches."""

    sent: int
    to_call: tuple[Guest, ...]


def guest_message(key: str, meeting: Meeting, guest: Guest, *, buttons: bool = True, **more: Param) -> Message:
    """A letter to a guest; with the buttons of the reply."""
    params: dict[str, Param] = {
        "name": guest.name,
        "title": meeting.title,
        "at": meeting.starts_at or Term("guest.no_day"),
        "venue": meeting.venue,
        "part": Term("guest.as_party" if guest.party else "guest.as_attending"),
        **more,
    }
    return Message(key, params, reply_rows(meeting, guest) if buttons else ())


def reply_rows(meeting: Meeting, guest: Guest) -> tuple[tuple[Button, ...], ...]:
    """The buttons of the reply, which is to this day: once the meeting is moved, they are none any more."""
    code = f"{guest.id}.{day_mark(meeting)}"
    return (
        (Button(f"guestyes.{code}", "guest.coming_button"), Button(f"guestno.{code}", "guest.absent_button")),
        (Button(f"gueststand.{code}", "guest.stand_in_button"),),
    )


def day_mark(meeting: Meeting) -> str:
    """The mark of the moment for which a guest is invited."""
    return mark_of(meeting.starts_at or "")


async def person_by_phone(uow: UnitOfWork, guest: Guest) -> PersonId | None:
    """Who a guest is to the bot: the only person whose proven number it is, or the one of a household of this name.

    A number that somebody only typed tells nothing: anybody can type a guest's.
    """
    if guest.phone_index is None:
        return None
    people = await uow.people.with_proven_phone(guest.phone_index)
    if len(people) > 1:
        people = [one for one in people if known_as_one(one.name, guest.name)]
    return people[0].id if len(people) == 1 else None


async def without_invitation(uow: UnitOfWork, meeting: Meeting) -> tuple[list[Guest], list[Guest]]:
    """The guests a chat reaches who have not got their invitation, and those no chat reaches who have not replied.

    Who has become known to the bot since they were put on the list is found by the phone number.
    """
    waiting = [one for one in await uow.guests.of_meeting(meeting.id) if one.invited_at is None]
    for guest in waiting:
        if guest.person_id is None:
            guest.person_id = await person_by_phone(uow, guest)
    reached = await uow.accounts.of([one.person_id for one in waiting if one.person_id is not None])
    by_chat = [one for one in waiting if one.person_id in reached]
    to_call = [one for one in waiting if one not in by_chat and one.reply is GuestReply.OPEN]
    return by_chat, to_call


async def send_invitations(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> Invited:
    """Send the invitation to every guest a chat reaches and who has not got it; the meeting has to have its day.

    The others come back to be called; a guest who has replied already only gets the words of it, with the buttons.
    """
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY)
    if meeting.state is not MeetingState.FIXED:
        raise RuleBroken("refusal.notice_unfixed")
    if meeting.is_past(uow.now):
        raise RuleBroken("refusal.meeting_gone", {"title": meeting.title})
    by_chat, to_call = await without_invitation(uow, meeting)
    await _write(uow, [(guest, guest_message("guest.invitation", meeting, guest)) for guest in by_chat])
    for guest in by_chat:
        guest.invited_at = uow.now
    detail = {"guests": len(by_chat)}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "send_invitations", f"meeting:{meeting.id}", detail))
    return Invited(len(by_chat), tuple(to_call))


async def answer_invitation(
    uow: UnitOfWork, *, by: Person, guest_id: GuestId, reply: GuestReply, stand_in: str = ""
) -> tuple[Guest, Meeting]:
    """Note what a guest answers: the guest does, or a secretary to whom it was said (R051). It may be changed.

    Who sends somebody else names them. Secretaries are told when a guest stays away or sends somebody else.
    """
    guest = await uow.guests.get(guest_id, lock=True)
    meeting = await answerable(uow, by, guest)
    if reply is GuestReply.STAND_IN:
        stand_in = required(" ".join(stand_in.split()), "refusal.stand_in", LONGEST_AGENCY)
    guest.reply, guest.replied_at, guest.replied_by = reply, uow.now, by.id
    guest.stand_in = stand_in if reply is GuestReply.STAND_IN else ""
    detail = {"reply": reply.value}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "answer_invitation", f"guest:{guest.id}", detail))
    if reply in (GuestReply.ABSENT, GuestReply.STAND_IN):
        unit = await uow.places.unit(meeting.unit_id)
        opens = ((Button(f"guest.{guest.id}", "button.open"),),)
        params: dict[str, Param] = {"title": meeting.title, "name": guest.name, "stand_in": guest.stand_in}
        office = [one for one in await secretaries_of(uow, unit) if one != by.id]
        await tell(uow, office, Message(f"guest.told_{reply.value}", params, opens))
    return guest, meeting


async def answerable(uow: UnitOfWork, by: Person, guest: Guest) -> Meeting:
    """The meeting of a guest whose reply this person may give: one's own, or as its secretary; `NotFound` otherwise.

    Raises `RuleBroken` when the meeting is over.
    """
    meeting = await uow.meetings.get(guest.meeting_id)
    unit = await uow.places.unit(meeting.unit_id)
    own = guest.person_id == by.id and guest.invited_at is not None
    if not own and not holds(await uow.people.grants_of(by.id), Role.SECRETARY, unit):
        raise NotFound
    if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED):
        raise RuleBroken("refusal.meeting_over")
    return meeting


async def ask_guests_again(uow: UnitOfWork, meeting: Meeting) -> None:
    """The meeting was moved, or has a day again: what guests said was for another, so they are asked anew (R065)."""
    guests = await _without_replies(uow, meeting)
    await _write(uow, [(guest, guest_message("guest.moved", meeting, guest)) for guest in _invited(guests)])


async def tell_guests_postponed(uow: UnitOfWork, meeting: Meeting, before: datetime, reason: str) -> None:
    """The meeting has no day any more: whoever has an invitation hears it, and is asked again once there is one."""
    guests = await _without_replies(uow, meeting)
    off = [
        (guest, guest_message("guest.postponed", meeting, guest, buttons=False, before=before, reason=reason))
        for guest in _invited(guests)
    ]
    await _write(uow, off)


async def _without_replies(uow: UnitOfWork, meeting: Meeting) -> Sequence[Guest]:
    """The guests, whose replies were for a day that is none any more; the office hears whom to call."""
    guests = await uow.guests.of_meeting(meeting.id)
    await _list_to_call(uow, meeting, guests)
    for guest in guests:
        guest.reply, guest.replied_at, guest.replied_by, guest.stand_in = GuestReply.OPEN, None, None, ""
    return guests


async def tell_guests_cancelled(uow: UnitOfWork, meeting: Meeting, reason: str) -> None:
    """The meeting is cancelled: whoever has an invitation hears it, the office is told whom to call (R067)."""
    guests = await uow.guests.of_meeting(meeting.id)
    await _list_to_call(uow, meeting, guests)
    off = [
        (guest, guest_message("guest.cancelled", meeting, guest, buttons=False, reason=reason))
        for guest in _invited(guests)
    ]
    await _write(uow, off)


def _invited(guests: Sequence[Guest]) -> list[Guest]:
    return [guest for guest in guests if guest.invited_at is not None]


async def _write(uow: UnitOfWork, letters: Sequence[tuple[Guest, Message]]) -> None:
    """A letter to each of these guests who is known to the bot."""
    await tell_each(uow, [News(guest.person_id, said) for guest, said in letters if guest.person_id is not None])


async def _list_to_call(uow: UnitOfWork, meeting: Meeting, guests: Sequence[Guest]) -> None:
    """Name to the office those who have replied by telephone: no chat tells them."""
    called = [one for one in guests if one.invited_at is None and one.reply is not GuestReply.OPEN]
    if called:
        unit = await uow.places.unit(meeting.unit_id)
        message = Message("guest.call_again", {"title": meeting.title, "names": guest_names(called)})
        await tell(uow, await secretaries_of(uow, unit), message)


def guest_names(guests: Sequence[Guest]) -> tuple[Param, ...]:
    """Guests as lines of a list: name and office."""
    return tuple(f"– {guest.called}" for guest in guests)
