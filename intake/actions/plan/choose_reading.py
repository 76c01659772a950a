"""A person chooses how a plan that contradicts itself is read (R064); who, when and why is kept with the plan."""

from dataclasses import dataclass

from intake.actions.meetings.fix_meeting import STILL_OPEN, clean_reason
from intake.actions.meetings.meeting_people import secretary_meeting
from intake.actions.plan.apply_plan import take_window
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Term
from intake.rules.people.person import Person
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile_meetings import Reading, SessionLine
from intake.rules.plan.session_choice import choice_key, planned_session
from intake.rules.plan.window import PlannedWindow


@dataclass(frozen=True, slots=True)
class StandingReading:
    """A session that can be read in more than one way: how it is read (None: nobody has said), under which key."""

    plan: Plan
    session: SessionLine
    key: str
    chosen: Reading | None


async def standing_reading(uow: UnitOfWork, meeting: Meeting) -> StandingReading | None:
    """How the plan of a meeting is read; None where it can be read one way only."""
    plan = await uow.plans.get(meeting.plan_id)
    profile = plan.decided.profile
    session = planned_session(profile, meeting.session_key)
    if session is None or not session.readings:
        return None
    chosen = plan.decided.reading_of(session)
    return StandingReading(plan, session, choice_key(profile, session), chosen)


async def choose_reading(
    uow: UnitOfWork, plan: Plan, session: SessionLine, reading: str, *, by: Person, why: str
) -> None:
    """Record the reading; whoever calls has checked that `by` may.

    Raises `RuleBroken` for a reading the plan does not have, and without a reason.
    """
    if reading not in [one.key for one in session.readings]:
        raise RuleBroken("refusal.reading_open")
    why = clean_reason(why)
    key = choice_key(plan.decided.profile, session)
    # new values, not changed ones: the database sees only those
    plan.choices = {**plan.choices, key: reading}
    plan.chosen = {**plan.chosen, key: {"by": by.id, "at": uow.now.isoformat(), "why": why}}
    detail = {"question": key, "reading": reading}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "choose_reading", f"plan:{plan.id}", detail))


async def read_again(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, reading: str, why: str) -> Meeting:
    """Choose the reading for a meeting that was made before its plan was known to contradict itself.

    While its day is open the meeting takes the window of the reading, and its clocks count from there. Raises
    `NotFound` unless `by` is a secretary of the unit and the plan has readings, `RuleBroken` when the meeting is over
    or somebody has chosen already.
    """
    unlocked = await secretary_meeting(uow, by, meeting_id, lock=False)
    await uow.plans.get(unlocked.plan_id, lock=True)  # the plan before its meetings, as wherever both are changed
    meeting = await secretary_meeting(uow, by, meeting_id)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    standing = await standing_reading(uow, meeting)
    if standing is None:
        raise NotFound
    if standing.chosen is not None:
        raise RuleBroken("refusal.reading_chosen")
    plan, session = standing.plan, standing.session
    await choose_reading(uow, plan, session, reading, by=by, why=why)
    if meeting.state is MeetingState.PLANNED:
        window = window_of(plan, session)
        await take_window(uow, meeting, window, reason=reading_words(session, reading), by=by.id)
    return meeting


def reading_words(session: SessionLine, reading: str) -> Term:
    """Why dates moved: the plan is read so from now on."""
    text = next(one.text for one in session.readings if one.key == reading)
    return Term("moved.reading", {"key": reading, "text": text})


def window_of(plan: Plan, session: SessionLine) -> PlannedWindow:
    """The days of a session; where the plan contradicts itself, of the reading a person chose (R064).

    Raises `RuleBroken` while nobody has.
    """
    if not session.readings:
        return session.window
    chosen = plan.decided.reading_of(session)
    if chosen is None:
        raise RuleBroken("refusal.reading_open")
    return chosen.window
