"""Load a plan's profile: its units, desks and topics, and the plan itself; loading again brings it up to date."""

from dataclasses import dataclass

from intake.actions.deadlines.clocks import settings_of, start_clock
from intake.actions.deadlines.office_tasks import open_fixed_dates
from intake.actions.deadlines.planned_sessions import owe_no_session
from intake.actions.deadlines.recompute_clocks import Recomputed, recompute, recompute_later
from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.outbox.tell import tell
from intake.actions.people.office import secretaries_of
from intake.actions.plan.apply_plan import lay_out, take_window
from intake.actions.plan.choose_reading import window_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind, due
from intake.rules.deadlines.clock_settings import rule_for
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.person import PersonId
from intake.rules.plan.decided import decided, outdated
from intake.rules.plan.drafting.paper_change import same_number
from intake.rules.plan.plan import Plan, PlanStatus
from intake.rules.plan.plan_changes import PlanChange, changes_between
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.window import PlannedWindow


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """The plan, what became of the clocks under it, meetings with a new window and fixed ones left as they were.

    `changes` is what it, and what is stored of its units, desks and topics, said otherwise before; `shared` names a
    new plan's unit where that was there already.
    """

    plan: Plan
    clocks: Recomputed
    moved: tuple[Meeting, ...] = ()
    kept: tuple[Meeting, ...] = ()
    changes: tuple[PlanChange, ...] = ()
    shared: str = ""


async def load_plan(uow: UnitOfWork, profile: PlanProfile, *, by: PersonId | None = None) -> LoadedPlan:
    """Store a profile. What is there already of it takes over what the profile says, nothing is deleted.

    `by`: who loads it; None for the command line, which keeps that itself.

    Raises `RuleBroken` where the code of the plan, or that of one of its units, belongs to another unit.
    What people decided about its open points stays, where it still leaves them open and means the same days.
    Where its time limits have changed, the clocks that run under it are computed anew in the same act, and a
    preparation that is new starts; where the time of a session has, a meeting whose day is not fixed takes it over, and
    secretaries are told of it and of what is fixed otherwise.
    """
    plan = await uow.plans.by_code(profile.code)
    if plan is None:
        return await _load_new(uow, profile, by)
    home = await uow.places.unit(plan.unit_id)
    if home.code != profile.unit:
        raise RuleBroken("refusal.plan_of_another_unit", {"plan": plan.code, "unit": home.name, "code": profile.unit})
    settings, until_now = settings_of(plan), plan.decided.profile
    asked_anew = _ask_anew(plan, until_now, profile)
    laid_out = await lay_out(uow, decided(profile, plan.choices), code=plan.code, before=until_now)
    plan.title, plan.year, plan.profile = profile.plan.title, profile.plan.year, profile
    await open_fixed_dates(uow, plan)
    await _take_place(uow, plan)
    detail = {"asked_anew": asked_anew} if asked_anew else {}
    await uow.ledger.write(AuditEntry(uow.now, by, "load_plan", f"plan:{plan.id}", detail))
    clocks = Recomputed()
    if settings != settings_of(plan):
        reason = Term("moved.plan", {"title": plan.title})
        clocks = await recompute(uow, plan=plan, reason=reason)
        await recompute_later(uow, plan=plan, reason=reason)
    moved, kept = await _follow_windows(uow, plan)
    await _follow_people(uow, plan, until_now)
    if not settings.preparation_runs:
        await _prepare(uow, plan)
    # the tree of units has the last word: another plan may have changed it in between
    changes = {one.path: one for one in (*changes_between(until_now, plan.decided.profile), *laid_out.changes)}
    return LoadedPlan(plan, clocks, moved, kept, tuple(changes.values()))


def _ask_anew(plan: Plan, before: PlanProfile, profile: PlanProfile) -> list[str]:
    """Take back the answers that were about days the plan says otherwise now; who gave them stays with the plan."""
    stale = outdated(before, decided(profile, plan.choices), plan.choices)
    if stale:  # new values, not changed ones: the database sees only those
        plan.choices = {key: value for key, value in plan.choices.items() if key not in stale}
        plan.chosen = plan.chosen | {key: {**plan.chosen.get(key, {}), "value": value} for key, value in stale.items()}
    return sorted(stale)


async def _load_new(uow: UnitOfWork, profile: PlanProfile, by: PersonId | None) -> LoadedPlan:
    known = await uow.places.unit_by_code(profile.unit)
    laid_out = await lay_out(uow, profile, code=profile.code, before=None)
    home = laid_out.home
    plan = await uow.plans.add(Plan(profile.code, home.id, profile.plan.title, profile.plan.year, profile))
    await open_fixed_dates(uow, plan)
    await _take_place(uow, plan)
    await uow.ledger.write(AuditEntry(uow.now, by, "load_plan", f"plan:{plan.id}"))
    return LoadedPlan(plan, Recomputed(), changes=laid_out.changes, shared="" if known is None else home.name)


async def _take_place(uow: UnitOfWork, plan: Plan) -> None:
    """Another plan of the unit that this one says it takes the place of is carried out no more (R215)."""
    number = plan.profile.plan.predecessor
    for other in await uow.plans.of_units([plan.unit_id]):
        if other.id != plan.id and same_number(other.decided.profile.plan.number, number):
            other.status = PlanStatus.REPLACED
            await owe_no_session(uow, other)


async def _follow_windows(uow: UnitOfWork, plan: Plan) -> tuple[tuple[Meeting, ...], tuple[Meeting, ...]]:
    profile, moved, kept = plan.decided.profile, [], []
    sessions = {session.key: session for session in profile.sessions}
    secretaries = await secretaries_of(uow, await uow.places.unit(plan.unit_id))
    for unlocked in await uow.meetings.of_plan(plan.id):
        session = sessions.get(unlocked.session_key)
        if session is None or (session.readings and plan.decided.reading_of(session) is None):
            continue
        meeting = await uow.meetings.get(unlocked.id, lock=True)
        window = window_of(plan, session)
        if meeting.state not in STILL_OPEN or meeting.window == window:
            continue
        told: dict[str, Param] = {"title": meeting.title, "first": window.earliest, "last": window.latest}
        opens = ((Button(f"meetingcard.{meeting.id}", "meetings.to_card"),),)
        if meeting.state is MeetingState.PLANNED:
            told |= {"was_first": meeting.window_from, "was_last": meeting.window_to}
            reason = Term("moved.plan", {"title": plan.title})
            await take_window(uow, meeting, window, reason=reason, by=None)
            await tell(uow, secretaries, Message("meetings.window_moved", told, opens))
            moved.append(meeting)
        elif _outside(meeting, window):
            await tell(
                uow, secretaries, Message("meetings.window_kept", {**told, "at": meeting.starts_at or ""}, opens)
            )
            kept.append(meeting)
    return tuple(moved), tuple(kept)


async def _follow_people(uow: UnitOfWork, plan: Plan, before: PlanProfile) -> None:
    """Whom a meeting to come is for, and its places, follow the plan unless a person has said otherwise (R216)."""
    until_now = {session.key: session for session in before.sessions}
    now = {session.key: session for session in plan.decided.profile.sessions}
    for meeting in [one for one in await uow.meetings.of_plan(plan.id) if one.state in STILL_OPEN]:
        was, session = until_now.get(meeting.session_key), now.get(meeting.session_key)
        if was is not None and session is not None:
            if meeting.audience == was.audience:
                meeting.audience = session.audience
            if meeting.places == was.places:
                meeting.places = session.places


async def _prepare(uow: UnitOfWork, plan: Plan) -> None:
    """Start the preparation of the meetings there are, where the plan asks for one since now (R070).

    Not where its day is over by now: nobody was told of it while there was time.
    """
    settings = settings_of(plan)
    if not settings.preparation_runs:
        return
    for meeting in [one for one in await uow.meetings.of_plan(plan.id) if one.state in STILL_OPEN]:
        fixed = meeting.starts_at
        anchor = meeting.window if fixed is None else fixed.astimezone(LOCAL).date()
        counted = settings.preparation_from or anchor
        if due(rule_for(ClockKind.PREPARATION, settings), counted, uow.calendar).due_on >= uow.today:
            await start_clock(uow, ClockKind.PREPARATION, anchor, settings=settings, meeting=meeting)


def _outside(meeting: Meeting, window: PlannedWindow) -> bool:
    return meeting.starts_at is not None and not window.contains(meeting.starts_at.astimezone(LOCAL).date())
