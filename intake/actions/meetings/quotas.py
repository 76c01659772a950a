"""How many delegates each unit sends: from the plan, or set by the secretary (R048, R111)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from intake.actions.meetings.meeting_people import secretary_meeting
from intake.actions.meetings.seats import fill_seats, plan_of, takes_seats, tell_composers
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.admission import by_quota
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.roster import Quota, delegation_of
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.person import Person
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.open_points import MOST_SEATS, QUOTAS
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import Seat

_OPEN = (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.OPEN)


@dataclass(frozen=True, slots=True)
class QuotaSet:
    """What setting a quota brought: for how many units, and how many of those waiting have a seat now."""

    units: int
    promoted: int


async def units_with_quota(uow: UnitOfWork, meeting: Meeting) -> tuple[Unit, ...]:
    """The units that send delegates to a meeting: those right below its own, where it lists hamlets only theirs."""
    below = await uow.rosters.units_below(meeting.unit_id)
    covered = await uow.meetings.hamlets(meeting.id)
    if not covered:
        return tuple(below)
    ids = {delegation_of(hamlet.path, meeting.unit_id) for hamlet in covered}
    return tuple(unit for unit in below if unit.id in ids)


def seats_of(profile: PlanProfile) -> tuple[Seat, ...]:
    """The kinds of delegates the plan tells apart; where it tells none apart, all are residents."""
    return tuple(line.seat for line in profile.seats) or (Seat.RESIDENT,)


async def open_quotas(uow: UnitOfWork, meeting: Meeting, plan: Plan, profile: PlanProfile) -> None:
    """Give a new meeting the quotas its plan knows: typed seats, or the number a person chose for it (A7)."""
    if not profile.quotas:
        return
    for unit in await units_with_quota(uow, meeting):
        for seat, number in _numbers(plan, profile).items():
            await uow.rosters.add_quota(Quota(meeting.id, unit.id, seat, number))


def _numbers(plan: Plan, profile: PlanProfile) -> dict[Seat, int]:
    numbers = {line.seat: line.count for line in profile.seats}
    chosen = plan.decided.number(QUOTAS)
    if not numbers and chosen is not None:
        numbers = {Seat.RESIDENT: min(chosen, MOST_SEATS)}
    return numbers


async def follow_plan_quota(uow: UnitOfWork, meeting: Meeting, plan: Plan, *, before: str | None) -> None:
    """Give the units of a meeting what the plan has for them now: those without a number, and those at the old one.

    `before` is the number the plan had until now, where that was decided anew. What the secretary has set for a unit
    stays. Those who compose the lists are told, and whoever waits gets the seats there are.
    """
    _, profile = await plan_of(uow, meeting)
    if not by_quota(profile, meeting) or meeting.state not in _OPEN:
        return
    meeting = await uow.meetings.get(meeting.id, lock=True)
    known = {(one.unit_id, one.seat): one for one in await uow.rosters.quotas(meeting.id)}
    for unit in await units_with_quota(uow, meeting):
        for seat, number in _numbers(plan, profile).items():
            quota = known.get((unit.id, seat))
            if quota is None:
                await uow.rosters.add_quota(Quota(meeting.id, unit.id, seat, number))
            elif before is not None and quota.number == int(before) != number:
                quota.number = number
            else:
                continue
            await fill_seats(uow, meeting, unit.id)
            await _tell_quota(uow, meeting, unit, seat, number)


async def set_quota(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, unit_ids: Sequence[UnitId], seat: Seat, number: int
) -> QuotaSet:
    """Set how many delegates of a kind these units send; for the secretary, until the meeting is over.

    Raising it gives seats to those who wait, at once; lowering it takes none from anybody. Those who compose the lists
    are told the new number.
    """
    meeting = await secretary_meeting(uow, by, meeting_id)
    if meeting.state not in _OPEN:
        raise RuleBroken("refusal.meeting_over")
    if not await takes_seats(uow, meeting):
        raise RuleBroken("refusal.no_quotas")
    if not 0 <= number <= MOST_SEATS:
        raise RuleBroken("refusal.quota_number", {"most": MOST_SEATS})
    units = {unit.id: unit for unit in await units_with_quota(uow, meeting)}
    if not units.keys() >= set(unit_ids):
        raise NotFound
    known = {(one.unit_id, one.seat): one for one in await uow.rosters.quotas(meeting.id)}
    given = changed = 0
    for unit_id in dict.fromkeys(unit_ids):
        quota = known.get((unit_id, seat))
        if quota is not None and quota.number == number:
            continue
        if quota is None:
            await uow.rosters.add_quota(Quota(meeting.id, unit_id, seat, number))
        else:
            quota.number = number
        changed += 1
        given += len(await fill_seats(uow, meeting, unit_id))
        await _tell_quota(uow, meeting, units[unit_id], seat, number)
    detail = {"units": list(unit_ids), "seat": seat.value, "number": number}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "set_quota", f"meeting:{meeting.id}", detail))
    return QuotaSet(changed, given)


async def _tell_quota(uow: UnitOfWork, meeting: Meeting, unit: Unit, seat: Seat, number: int) -> None:
    told: dict[str, Param] = {
        "unit": unit.name,
        "title": meeting.title,
        "number": number,
        "seat": Term(f"seat.{seat.value}"),
    }
    opens = ((Button(f"roster.{meeting.id}.{unit.id}", "roster.open_button"),),)
    await tell_composers(uow, unit, Message("quota.told", told, opens))


async def set_lists_due(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, on: date) -> int:
    """Set the last day for the lists of a meeting. Those who compose them are told; returns how many a chat reaches."""
    meeting = await secretary_meeting(uow, by, meeting_id)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.FIXED):
        raise RuleBroken("refusal.meeting_over")
    if on < uow.today:
        raise RuleBroken("refusal.lists_due_past")
    if meeting.starts_at is not None and on >= meeting.starts_at.astimezone(LOCAL).date():
        raise RuleBroken("refusal.lists_due_meeting", {"at": meeting.starts_at})
    meeting.lists_due_on = on
    told = await _tell_due(uow, meeting, on)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "set_lists_due", f"meeting:{meeting.id}", {"on": on.isoformat()}))
    return told


async def lists_due(uow: UnitOfWork, meeting: Meeting) -> date | None:
    """The last day for the lists of a meeting; None while nobody has said one.

    What the secretary set, else what was decided for the plan, else what the plan says; "trước ngày X" means the last
    working day before X (R079). Never the day of the meeting itself or later: it is the day before then.
    """
    _, profile = await plan_of(uow, meeting)
    due_on = meeting.lists_due_on
    if due_on is None:
        rule = None if profile.registration is None else profile.registration.lists
        before = None if rule is None else rule.before
        due_on = None if before is None else uow.calendar.previous_working_day(before)
    if due_on is None or meeting.starts_at is None:
        return due_on
    return min(due_on, meeting.starts_at.astimezone(LOCAL).date() - timedelta(days=1))


async def tell_lists_due(uow: UnitOfWork, meeting: Meeting) -> int:
    """Tell those who compose the lists of a meeting the last day for them. Returns how many a chat reaches.

    Nobody is told of a day that is over, that the secretary has set for this meeting alone, or of no meeting to come.
    """
    due_on = await lists_due(uow, meeting)
    to_come = meeting.state in (MeetingState.PLANNED, MeetingState.FIXED)
    if due_on is None or due_on < uow.today or meeting.lists_due_on is not None or not to_come:
        return 0
    return await _tell_due(uow, meeting, due_on)


async def _tell_due(uow: UnitOfWork, meeting: Meeting, due_on: date) -> int:
    told = 0
    for unit in await units_with_quota(uow, meeting):
        params: dict[str, Param] = {"unit": unit.name, "title": meeting.title, "due": on_weekday(due_on)}
        opens = ((Button(f"roster.{meeting.id}.{unit.id}", "roster.open_button"),),)
        told += await tell_composers(uow, unit, Message("roster.due_told", params, opens))
    return told
