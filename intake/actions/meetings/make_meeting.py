"""Make a meeting from a session of the plan, and start the clocks that run up to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.deadlines.clocks import settings_of, start_clock
from intake.actions.meetings.quotas import open_quotas
from intake.actions.plan.choose_reading import choose_reading, window_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.plan import Plan, PlanId, PlanStatus
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_meetings import SessionLine
from intake.rules.plan.profile_terms import MeetingForm
from intake.rules.plan.session_choice import hamlet_codes, hamlets_open, session_of


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """The meeting with the hamlets it covers (none: the whole unit) and its clocks; preparation where it has one."""

    meeting: Meeting
    hamlets: tuple[Unit, ...]
    notice: Clock
    preparation: Clock | None


async def sessions_left(uow: UnitOfWork, plan: Plan) -> list[SessionLine]:
    """The sessions of a plan that have no meeting yet; one whose meeting was cancelled is left again.

    Of a plan that is not in force none is (R215).
    """
    if plan.status is not PlanStatus.IN_FORCE:
        return []
    profile = plan.decided.profile
    meetings = await uow.meetings.of_plan(plan.id)
    made = {meeting.session_key for meeting in meetings if meeting.state is not MeetingState.CANCELLED}
    return [session for session in profile.sessions if session.key not in made]


async def make_meeting(
    uow: UnitOfWork,
    *,
    by: Person,
    plan_id: PlanId,
    session_key: str,
    reading: str = "",
    why: str = "",
    hamlet_ids: Sequence[UnitId] = (),
) -> NewMeeting:
    """Make the meeting of a session: its window stays as wide as the plan has it, never a made-up day (R060–R064).

    `reading` is the key of the chosen reading where the plan contradicts itself, `why` the reason for the choice, kept
    with who chose and when; `hamlet_ids` the chosen hamlets where
    it leaves them open; what the plan says itself is not asked. Notice, and preparation where the plan has it, are
    counted back from the earliest day of the window (R062, R070, R090).
    Raises `NotFound` for what is unknown or not the secretary's,
    `RuleBroken` for a session that has its meeting and for a choice that is missing.
    """
    plan = await uow.plans.get(plan_id, lock=True)
    unit = await uow.places.unit(plan.unit_id)
    require(await uow.people.grants_of(by.id), (Role.SECRETARY,), unit)
    # the counter row keeps a second secretary waiting until this one is done
    await uow.ledger.next_number("meeting", unit.id, plan.year)
    if plan.status is not PlanStatus.IN_FORCE:
        raise RuleBroken("refusal.plan_not_in_force", {"title": plan.title})
    profile = plan.decided.profile
    session = session_of(profile, session_key)
    if session.key not in [left.key for left in await sessions_left(uow, plan)]:
        raise RuleBroken("refusal.meeting_made", {"title": session.title})
    if reading and plan.decided.reading_of(session) is None:
        await choose_reading(uow, plan, session, reading, by=by, why=why)
    window = window_of(plan, session)
    hamlets = await _hamlets(uow, profile, session, unit, hamlet_ids)
    meeting = await uow.meetings.add(
        Meeting(
            plan_id=plan.id,
            unit_id=unit.id,
            session_key=session.key,
            title=session.title,
            theme=session.theme or "",
            window_from=window.earliest,
            window_to=window.latest,
            precision=window.precision,
            half_day=window.half,
            venue=session.venue or "",
            hosting_hamlet_id=_host(session, hamlets),
            created_by=by.id,
            created_at=uow.now,
            form=session.form or MeetingForm.IN_PERSON,
            audience=session.audience,
            places=session.places,
        ),
        [hamlet.id for hamlet in hamlets],
    )
    await open_quotas(uow, meeting, plan, profile)
    settings = settings_of(plan)
    notice = await start_clock(uow, ClockKind.NOTICE, window, settings=settings, meeting=meeting)
    preparation = None
    if settings.preparation_runs:
        preparation = await start_clock(uow, ClockKind.PREPARATION, window, settings=settings, meeting=meeting)
    detail = {"session": session.key, "hamlets": [hamlet.id for hamlet in hamlets]}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "make_meeting", f"meeting:{meeting.id}", detail))
    return NewMeeting(meeting, hamlets, notice, preparation)


async def _hamlets(
    uow: UnitOfWork, profile: PlanProfile, session: SessionLine, unit: Unit, chosen: Sequence[UnitId]
) -> tuple[Unit, ...]:
    offered = await offered_hamlets(uow, profile, session, unit)
    if not hamlets_open(session):
        return tuple(hamlet for hamlet in offered if hamlet.code in session.hamlets)
    if not chosen:
        raise RuleBroken("refusal.hamlets_open")
    if not {hamlet.id for hamlet in offered}.issuperset(chosen):
        raise NotFound
    return tuple(hamlet for hamlet in offered if hamlet.id in chosen)


async def offered_hamlets(uow: UnitOfWork, profile: PlanProfile, session: SessionLine, unit: Unit) -> tuple[Unit, ...]:
    """The hamlets a session may be for: those the plan names for it, else every hamlet of the unit."""
    codes = hamlet_codes(profile, session)
    return tuple(one for one in await uow.places.hamlets(unit.id) if not codes or one.code in codes)


def _host(session: SessionLine, hamlets: Sequence[Unit]) -> UnitId | None:
    """The hamlet whose house is used: the one the plan names, or the only one there is (R063)."""
    if session.host_hamlet is None:
        return hamlets[0].id if len(hamlets) == 1 else None
    return next((hamlet.id for hamlet in hamlets if hamlet.code == session.host_hamlet), None)
