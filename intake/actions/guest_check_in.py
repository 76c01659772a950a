"""Guests at the door: marked as present by the office's people (R051)."""

from intake.actions.check_in import door_of, require_on
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound
from intake.rules.guest import Guest, GuestId
from intake.rules.meeting import MeetingId
from intake.rules.person import Person


async def guest_in(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, guest_id: GuestId) -> tuple[Guest, bool]:
    """Mark a guest, or whoever stands in, as present. Returns the guest, and whether that was so before."""
    guest = await _at_door(uow, by, meeting_id, guest_id)
    if guest.present_at is not None:
        return guest, True
    guest.present_at, guest.present_by = uow.now, by.id
    await uow.ledger.write(AuditEntry(uow.now, by.id, "check_in", f"guest:{guest.id}"))
    return guest, False


async def undo_guest_in(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, guest_id: GuestId) -> Guest:
    """Take a mark back that was put on the wrong guest."""
    guest = await _at_door(uow, by, meeting_id, guest_id)
    guest.present_at = guest.present_by = None
    await uow.ledger.write(AuditEntry(uow.now, by.id, "undo_check_in", f"guest:{guest.id}"))
    return guest


async def _at_door(uow: UnitOfWork, by: Person, meeting_id: MeetingId, guest_id: GuestId) -> Guest:
    door = await door_of(uow, by, meeting_id)
    guest = await uow.guests.get(guest_id, lock=True)
    if not door.guests or guest.meeting_id != door.meeting.id:
        raise NotFound
    require_on(uow, door.meeting)
    return guest
