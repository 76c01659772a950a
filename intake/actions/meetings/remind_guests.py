"""Remind guests who have not replied, two days before the meeting; the office hears whom it has to call (R051)."""

from datetime import date

from intake.actions.meetings.invite_guests import guest_message, guest_names
from intake.actions.outbox.tell import News, tell, tell_each
from intake.actions.people.office import secretaries_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL, ONE_DAY
from intake.rules.deadlines.deadline import Alert
from intake.rules.meetings.guest import REMINDED_BEFORE, Guest, GuestReply, reminds_guests
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import PersonId

_KIND = "guest_reply"


async def remind_guests(uow: UnitOfWork) -> int:
    """Ask whoever was invited and has not replied once more. Returns how many letters that makes.

    May run at any time and in any number of processes: each is asked once for each day a meeting is fixed for. Whoever
    was invited only today has just been asked.
    """
    letters = 0
    for meeting in await uow.proofs.fixed_between(uow.now, uow.now + REMINDED_BEFORE + ONE_DAY):
        day = reminds_guests(meeting.starts_at or uow.now, uow.now)
        if day is not None:
            silent = [one for one in await uow.guests.of_meeting(meeting.id) if one.reply is GuestReply.OPEN]
            letters += await _remind(uow, meeting, day, silent) + await _tell_office(uow, meeting, day, silent)
    return letters


async def _remind(uow: UnitOfWork, meeting: Meeting, day: date, silent: list[Guest]) -> int:
    asked: dict[PersonId, Guest] = {
        guest.person_id: guest
        for guest in silent
        if guest.person_id is not None
        and guest.invited_at is not None
        and guest.invited_at.astimezone(LOCAL).date() < uow.today
    }
    subject = f"guests:{meeting.id}"
    raised = await uow.clocks.raise_each_once(Alert(subject, person_id, _KIND, day) for person_id in asked)
    news = [
        News(alert.recipient_id, guest_message("guest.reminded", meeting, asked[alert.recipient_id]))
        for alert in sorted(raised)
    ]
    return await tell_each(uow, news)


async def _tell_office(uow: UnitOfWork, meeting: Meeting, day: date, silent: list[Guest]) -> int:
    """Those without an invitation in a chat are called by somebody."""
    to_call = [guest for guest in silent if guest.invited_at is None]
    if not to_call:
        return 0
    unit = await uow.places.unit(meeting.unit_id)
    secretaries = await secretaries_of(uow, unit)
    raised = await uow.clocks.raise_each_once(
        Alert(f"guests:{meeting.id}:call", one, _KIND, day) for one in secretaries
    )
    params: dict[str, Param] = {"title": meeting.title, "names": guest_names(to_call)}
    opens = ((Button(f"guests.{meeting.id}", "guest.button"),),)
    return await tell(uow, [alert.recipient_id for alert in sorted(raised)], Message("guest.to_call", params, opens))
