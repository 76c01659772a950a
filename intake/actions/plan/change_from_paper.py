"""A paper that changes a meeting or ends a plan, put to what it may be about, and applied as a person says (R215)."""

from intake.actions.deadlines.planned_sessions import owe_no_session
from intake.actions.meetings.cancel_meeting import cancel_meeting
from intake.actions.meetings.fix_meeting import STILL_OPEN, fix_meeting
from intake.actions.meetings.postpone_meeting import postpone_meeting
from intake.actions.plan.decide_open_point import DECIDING
from intake.actions.plan.papers_applied import cited_plans, note_paper, require_new
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.people.permissions import require
from intake.rules.people.person import Person
from intake.rules.people.unit import UnitId
from intake.rules.plan.applied_paper import PaperEffect
from intake.rules.plan.drafting.paper_change import ChangeTo, PaperChange, change_of, meant_by, stated_of
from intake.rules.plan.plan import Plan, PlanId, PlanStatus
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.plan.window import Precision

_BECOMES = {PaperEffect.POSTPONED: PlanStatus.SUSPENDED, PaperEffect.CANCELLED: PlanStatus.CANCELLED}


async def meetings_meant(uow: UnitOfWork, *, reading: PlanReading, unit_id: UnitId) -> list[Meeting]:
    """The meetings of a unit that are to come and that the paper may be about.

    Where it cites a paper that is known, those of that paper alone; of them, those whose day it names.
    """
    plans = await uow.plans.of_units([unit_id])
    cited = [] if reading.predecessor is None else await cited_plans(uow, reading.predecessor.value, plans)
    meetings = [
        meeting
        for plan, about in cited or [(plan, None) for plan in plans]
        for meeting in await uow.meetings.of_plan(plan.id)
        if _to_come(uow, meeting) and about in (None, meeting.id)
    ]
    change = change_of(reading)
    return meetings if change is None else meant_by(change, meetings)


def _to_come(uow: UnitOfWork, meeting: Meeting) -> bool:
    return meeting.state in STILL_OPEN and not meeting.is_past(uow.now)


async def apply_change(
    uow: UnitOfWork, *, by: Person, reading: PlanReading, unit_id: UnitId, meeting_id: MeetingId, reason: str
) -> int:
    """Do to a meeting what the paper says, with `reason` (how the paper is cited) for everybody who is told.

    Returns how many people a chat has told. Raises `NotFound` for a meeting the paper cannot be about, `RuleBroken`
    where its hour or place is known from nowhere, where this paper has done it already, and what moving, putting off
    and calling off raise.
    """
    change = change_of(reading)
    meant = {one.id: one for one in await meetings_meant(uow, reading=reading, unit_id=unit_id)}
    if change is None or meeting_id not in meant:
        raise NotFound
    meeting, stated, effect = meant[meeting_id], stated_of(reading), effect_of(change)
    await require_new(uow, stated, effect, meeting.plan_id, meeting_id)
    told = await _applied(uow, by, change, meeting, reason)
    await note_paper(uow, stated, effect=effect, plan_id=meeting.plan_id, by=by.id, meeting_id=meeting_id)
    return told


def effect_of(change: PaperChange) -> PaperEffect:
    """What a change does to its meeting, as it is kept."""
    return PaperEffect(change.to.value)


async def _applied(uow: UnitOfWork, by: Person, change: PaperChange, meeting: Meeting, reason: str) -> int:
    if change.to is ChangeTo.CANCELLED:
        return await cancel_meeting(uow, by=by, meeting_id=meeting.id, reason=reason)
    if change.to is ChangeTo.POSTPONED:
        return await postpone_meeting(uow, by=by, meeting_id=meeting.id, reason=reason)
    if change.window.precision is not Precision.DAY:
        return await postpone_meeting(uow, by=by, meeting_id=meeting.id, reason=reason, window=change.window)
    starts_at, venue = change.moment(meeting), change.venue or meeting.venue
    if starts_at is None or not venue:
        raise RuleBroken("planpaper.change_incomplete")
    fixed = await fix_meeting(
        uow, by=by, meeting_id=meeting.id, starts_at=starts_at, venue=venue, reason=reason, beyond_plan=True
    )
    return fixed.told


def end_of_plan(reading: PlanReading) -> PaperEffect | None:
    """What a paper does to a plan as a whole; None where it changes no more than a meeting."""
    return None if reading.whole_plan is None else PaperEffect(reading.whole_plan.value)


async def plans_meant(uow: UnitOfWork, *, reading: PlanReading, unit_id: UnitId) -> list[Plan]:
    """The plans of a unit in force that the paper may end or suspend: the one it cites, else those of its year."""
    plans = [plan for plan in await uow.plans.of_units([unit_id]) if plan.status is PlanStatus.IN_FORCE]
    if reading.predecessor is not None:
        return [plan for plan, _ in await cited_plans(uow, reading.predecessor.value, plans)]
    year = reading.head.year
    return [plan for plan in plans if year is None or plan.year == year.value]


async def end_plan(
    uow: UnitOfWork, *, by: Person, reading: PlanReading, unit_id: UnitId, plan_id: PlanId, reason: str
) -> int:
    """End or suspend a plan by a paper: its meetings to come are cancelled or put off, nothing of it is owed any more.

    Returns how many people a chat has told. Raises `NotFound` for a plan the paper cannot mean, and for those who may
    decide nothing about it.
    """
    effect = end_of_plan(reading)
    unit = await uow.places.unit(unit_id)
    require(await uow.people.grants_of(by.id), DECIDING, unit)
    if effect is None or plan_id not in {one.id for one in await plans_meant(uow, reading=reading, unit_id=unit_id)}:
        raise NotFound
    plan = await uow.plans.get(plan_id, lock=True)
    plan.status, told = _BECOMES[effect], 0
    for meeting in [one for one in await uow.meetings.of_plan(plan.id) if _to_come(uow, one)]:
        if effect is PaperEffect.CANCELLED:
            told += await cancel_meeting(uow, by=by, meeting_id=meeting.id, reason=reason)
        elif meeting.state is MeetingState.FIXED:
            told += await postpone_meeting(uow, by=by, meeting_id=meeting.id, reason=reason)
    await owe_no_session(uow, plan)
    await note_paper(uow, stated_of(reading), effect=effect, plan_id=plan.id, by=by.id)
    detail = {"status": plan.status.value}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "end_plan", f"plan:{plan.id}", detail), words={"reason": reason})
    return told
