"""A guest no chat is known of gets a code from the office; whoever types it is that guest (R051)."""

from intake.actions.meetings.invite_guests import guest_message
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.people.office import secretaries_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.meetings.guest import Guest, GuestId
from intake.rules.meetings.meeting import MeetingState
from intake.rules.message import Message
from intake.rules.people.account_link import count_wrong, may_guess
from intake.rules.people.person import Account, Person, Role

_OVER = (MeetingState.HELD, MeetingState.CANCELLED)


async def give_guest_code(uow: UnitOfWork, *, by: Person, guest_id: GuestId) -> tuple[Guest, str]:
    """Make the code of a guest, for a secretary of the meeting to hand over; an earlier one opens nothing any more.

    The code is returned this once, only its digest is kept. Raises `NotFound` for all others, `RuleBroken` for a
    meeting that is over.
    """
    guest = await uow.guests.get(guest_id, lock=True)
    meeting = await office_meeting(uow, by, guest.meeting_id, Role.SECRETARY, lock=False)
    if meeting.state in _OVER:
        raise RuleBroken("refusal.meeting_over")
    code = uow.vault.new_code()
    guest.code_digest = uow.vault.digest(code)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "give_guest_code", f"guest:{guest.id}"))
    return guest, code


async def take_guest_place(uow: UnitOfWork, *, person: Person, account: Account, code: str) -> Message | None:
    """Whoever types a guest's code is that guest from now on; the code opens nothing any more, and stands in no line.

    Returns the invitation, or the word that it will come once the meeting has its day. None for a code that is unknown,
    used or of a meeting that is over, which counts as a wrong guess. A typed phone number that is the guest's is proven
    by it. Raises `RuleBroken` in a chat that has guessed too often.
    """
    if not may_guess(account, uow.now):
        raise RuleBroken("refusal.link_guesses")
    guest = await uow.guests.by_code(uow.vault.digest(code.strip().upper()))
    meeting = None if guest is None else await uow.meetings.get(guest.meeting_id)
    if guest is None or meeting is None or meeting.state in _OVER or meeting.is_past(uow.now):
        count_wrong(account, uow.now)
        return None
    account.wrong_codes = 0
    guest.code_digest, guest.person_id = None, person.id
    if guest.phone_index is not None and guest.phone_index == person.phone_index:
        person.phone_proven = True
    unit = await uow.places.unit(meeting.unit_id)
    for one in {person.id, *await secretaries_of(uow, unit)}:
        chats = [each.id for each in await uow.accounts.all_of(one)]
        for shown in {code.strip(), code.strip().upper()}:
            await uow.traces.mask(chats, shown)
    await uow.ledger.write(AuditEntry(uow.now, person.id, "take_guest_place", f"guest:{guest.id}"))
    if meeting.state is not MeetingState.FIXED:
        return guest_message("guest.known_now", meeting, guest, buttons=False)
    guest.invited_at = uow.now
    return guest_message("guest.invitation", meeting, guest)
