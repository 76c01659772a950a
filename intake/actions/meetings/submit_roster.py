"""The list of a unit goes to the office: handed in, accepted, or returned with a reason (R111, R112)."""

from collections.abc import Mapping

from intake.actions.meetings.compose_roster import roster_for
from intake.actions.meetings.fix_meeting import clean_reason
from intake.actions.meetings.meeting_people import secretary_meeting
from intake.actions.meetings.quotas import lists_due, units_with_quota
from intake.actions.meetings.seats import needs_of, numbers_of, roster_of, takes_seats, tell_composers
from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, RegistrationState
from intake.rules.meetings.roster import EDITABLE, Roster, RosterState, is_complete, is_late
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId

_BEFORE = (MeetingState.PLANNED, MeetingState.FIXED)


async def submit_roster(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, unit_id: UnitId, incomplete: bool = False
) -> Roster:
    """Hand a list in. One that lacks somebody (R112) is taken only when `incomplete` says that this is meant.

    After the due date it is taken and marked late. The secretaries are told, and everybody who is on it.
    """
    meeting, unit = await roster_for(uow, by, meeting_id, unit_id, lock=True)
    if meeting.state not in _BEFORE:
        raise RuleBroken("refusal.meeting_over")
    roster = await _stored(uow, meeting, unit)
    if roster.state not in EDITABLE:
        raise ChangedMeanwhile
    if not await numbers_of(uow, meeting, unit.id):
        raise RuleBroken("refusal.quota_not_set", {"unit": unit.name})
    needs = await needs_of(uow, meeting, unit.id)
    if not any(need.listed for need in needs):
        raise RuleBroken("refusal.roster_empty")
    complete = is_complete(needs)
    if not complete and not incomplete:
        raise RuleBroken("refusal.roster_incomplete", {"missing": sum(need.missing for need in needs)})
    roster.state, roster.reason = RosterState.SUBMITTED, ""
    roster.submitted_by, roster.submitted_at = by.id, uow.now
    roster.late = is_late(await lists_due(uow, meeting), uow.today)
    opens = ((Button(f"roster.{meeting.id}.{unit.id}", "roster.open_button"),),)
    key = "roster.submitted_late" if roster.late else "roster.submitted"
    listed = sum(need.listed for need in needs)
    told: dict[str, Param] = {"unit": unit.name, "title": meeting.title, "people": listed}
    secretaries = [one.id for one in await holders_of(uow, meeting.unit_id, Role.SECRETARY) if one.id != by.id]
    await tell(uow, secretaries, Message(key, told, opens))
    await _tell_listed(uow, meeting, unit, "roster.you_submitted", but=by)
    await _note(uow, by, "submit_roster", roster, late=roster.late, complete=complete)
    return roster


async def accept_roster(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, unit_id: UnitId) -> Roster:
    """Accept a list that was handed in; those who composed it are told, and everybody who is on it."""
    meeting, unit, roster = await _to_decide(uow, by, meeting_id, unit_id)
    if roster.state is not RosterState.SUBMITTED:
        raise ChangedMeanwhile
    roster.state, roster.decided_by, roster.decided_at = RosterState.ACCEPTED, by.id, uow.now
    await tell_composers(uow, unit, Message("roster.accepted", {"unit": unit.name, "title": meeting.title}), but=by.id)
    await _tell_listed(uow, meeting, unit, "roster.you_accepted", but=by)
    await _note(uow, by, "accept_roster", roster)
    return roster


async def return_roster(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, unit_id: UnitId, reason: str) -> Roster:
    """Give a list back to be corrected, with the reason; also one accepted before, while the meeting has not begun."""
    reason = clean_reason(reason)
    meeting, unit, roster = await _to_decide(uow, by, meeting_id, unit_id)
    if roster.state in EDITABLE:
        raise ChangedMeanwhile
    roster.state, roster.reason = RosterState.RETURNED, reason
    roster.decided_by, roster.decided_at = by.id, uow.now
    told: dict[str, Param] = {"unit": unit.name, "title": meeting.title, "reason": reason}
    opens = ((Button(f"roster.{meeting.id}.{unit.id}", "roster.open_button"),),)
    await tell_composers(uow, unit, Message("roster.returned", told, opens), but=by.id)
    await _tell_listed(uow, meeting, unit, "roster.you_returned", but=by)
    await _note(uow, by, "return_roster", roster, {"reason": reason})
    return roster


async def remind_rosters(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> int:
    """Remind everybody whose list is not in yet. Returns how many lists that are."""
    meeting = await secretary_meeting(uow, by, meeting_id)
    if meeting.state not in _BEFORE or not await takes_seats(uow, meeting):
        raise RuleBroken("refusal.meeting_over")
    late = 0
    for unit in await units_with_quota(uow, meeting):
        late += await remind_roster(uow, meeting, unit)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "remind_rosters", f"meeting:{meeting.id}", {"lists": late}))
    return late


async def remind_roster(uow: UnitOfWork, meeting: Meeting, unit: Unit) -> bool:
    """Remind those who compose a list, when it is not in yet. Returns whether it was not."""
    roster = await roster_of(uow, meeting, unit.id)
    if roster.state not in EDITABLE:
        return False
    due_on = await lists_due(uow, meeting)
    told: dict[str, Param] = {"unit": unit.name, "title": meeting.title}
    key = "roster.remind"
    if due_on is not None:
        key, told["due"] = "roster.remind_late" if is_late(due_on, uow.today) else "roster.remind_due", due_on
    opens = ((Button(f"roster.{meeting.id}.{unit.id}", "roster.open_button"),),)
    await tell_composers(uow, unit, Message(key, told, opens))
    return True


async def _to_decide(
    uow: UnitOfWork, by: Person, meeting_id: MeetingId, unit_id: UnitId
) -> tuple[Meeting, Unit, Roster]:
    meeting = await secretary_meeting(uow, by, meeting_id)
    if meeting.state not in _BEFORE:
        raise RuleBroken("refusal.meeting_over")
    roster = await uow.rosters.roster(meeting.id, unit_id)
    if roster is None:
        raise NotFound
    return meeting, await uow.places.unit(unit_id), roster


async def _stored(uow: UnitOfWork, meeting: Meeting, unit: Unit) -> Roster:
    known = await uow.rosters.roster(meeting.id, unit.id)
    return known or await uow.rosters.add_roster(Roster(meeting.id, unit.id))


async def _tell_listed(uow: UnitOfWork, meeting: Meeting, unit: Unit, key: str, *, but: Person) -> None:
    listed = await uow.rosters.registrations(meeting.id, unit.id)
    people = [one.person_id for one in listed if one.state is RegistrationState.STANDING and one.person_id != but.id]
    own = ((Button(f"register.{meeting.id}", "seats.mine_button"),),)
    told: dict[str, Param] = {"unit": unit.name, "title": meeting.title}
    # those without a phone hear it from whoever composed the list, who knows already
    await tell(uow, people, Message(key, told, own), relay=False)


async def _note(
    uow: UnitOfWork, by: Person, act: str, roster: Roster, words: Mapping[str, str] | None = None, **detail: bool
) -> None:
    subject = f"roster:{roster.meeting_id}:{roster.unit_id}"
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, subject, dict(detail)), words=words)
