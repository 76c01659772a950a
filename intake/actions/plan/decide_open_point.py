"""People decide what a plan leaves open (A7); the answer is kept with who, when and what held before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.actions.deadlines.clocks import settings_of
from intake.actions.deadlines.office_tasks import open_fixed_dates, withdraw_date
from intake.actions.deadlines.recompute_clocks import Recomputed, recompute, recompute_later
from intake.actions.meetings.fix_meeting import STILL_OPEN, clean_reason
from intake.actions.meetings.quotas import follow_plan_quota, tell_lists_due
from intake.actions.people.office import holders_of
from intake.actions.plan.apply_plan import lay_out, take_window
from intake.actions.plan.choose_reading import reading_words, window_of
from intake.actions.questions.propose import lay_before_new, waiting_before
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock_settings import ClockSettings
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.message import Term
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.plan.decided import LISTS_DUE
from intake.rules.plan.open_points import APPROVER, QUOTAS, check_answer, needs_reason
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_paper import OpenQuestion
from intake.rules.plan.profile_terms import AnswerForm
from intake.rules.plan.session_choice import choice_key
from intake.rules.plan.unit_names import names_typed

DECIDING = (Role.SECRETARY, Role.ADMIN)
_OFFICE = (Role.SECRETARY, Role.CHAIR, Role.OFFICIAL)


@dataclass(frozen=True, slots=True)
class Decided:
    """What an answer brought: the clocks that moved, meetings with a new window, and fixed ones left as they were."""

    question: OpenQuestion
    changed: bool
    clocks: Recomputed = field(default_factory=Recomputed)
    moved: tuple[Meeting, ...] = ()
    kept: tuple[Meeting, ...] = ()


async def plan_in_unit(uow: UnitOfWork, by: Person, plan_id: PlanId, *, lock: bool = False) -> Plan:
    """A plan of a unit in which `by` is secretary or admin; `NotFound` for all others."""
    plan = await uow.plans.get(plan_id, lock=lock)
    require(await uow.people.grants_of(by.id), DECIDING, await uow.places.unit(plan.unit_id))
    return plan


async def people_offered(uow: UnitOfWork, plan: Plan, question: OpenQuestion) -> Sequence[Person]:
    """Who can be the answer to a question for a person: the officials of its desk, else everybody of the office."""
    if question.desk is None:
        return await holders_of(uow, plan.unit_id, *_OFFICE)
    desks = {desk.code: desk.id for desk in await uow.places.desks(plan.unit_id)}
    return await uow.people.at_desk(desks[question.desk])


async def decide_open_point(
    uow: UnitOfWork, *, by: Person, plan_id: PlanId, key: str, answer: str, why: str = ""
) -> Decided:
    """Answer an open question of a plan, or answer it anew.

    `answer` is the key of an option, a number, an ISO day, the id of a person, or words. Time limits that change move
    the clocks that run under the plan, with the letters of a plan loaded again; a new reading (with its reason `why`)
    moves the window of meetings whose day is not fixed. The same answer again changes nothing. Raises `NotFound` for
    a plan or question that is unknown or not theirs, `RuleBroken` for what is no answer.
    """
    plan = await plan_in_unit(uow, by, plan_id, lock=True)
    profile = plan.decided.profile
    question = next((one for one in plan.decided.open_points if one.key == key), None)
    if question is None:
        raise NotFound
    value = await _checked(uow, plan, profile, question, answer)
    if plan.decided.answers.get(key) == value:
        return Decided(question, changed=False)
    reason = clean_reason(why) if needs_reason(profile, key, value) else ""
    settings, until_now = settings_of(plan), plan.decided.answers.get(key)
    waiting = await waiting_before(uow, [plan.unit_id]) if key == APPROVER or question.form is AnswerForm.PERSON else []
    await _keep(uow, plan, question, value, by=by, why=reason)
    await _lay_out(uow, plan, question, before=profile)
    clocks = await _clocks(uow, plan, question, settings)
    moved, kept = await _windows(uow, plan, key, by=by)
    await lay_before_new(uow, waiting)
    for meeting in await uow.meetings.of_plan(plan.id):
        if key == QUOTAS or question.form is AnswerForm.NAMES:
            await follow_plan_quota(uow, meeting, plan, before=until_now if key == QUOTAS else None)
        if key in LISTS_DUE:
            await tell_lists_due(uow, meeting)
    return Decided(question, changed=True, clocks=clocks, moved=moved, kept=kept)


async def _checked(uow: UnitOfWork, plan: Plan, profile: PlanProfile, question: OpenQuestion, answer: str) -> str:
    if question.options:
        return check_answer(profile, question, answer, uow.today)
    match question.form:
        case AnswerForm.NAMES:
            there = await uow.rosters.units_below(plan.unit_id)
            before = plan.decided.answers.get(question.key) or "\n".join(f"{unit.code}|{unit.name}" for unit in there)
            return names_typed(answer, before, profile.unit)
        case AnswerForm.PERSON:
            if answer not in [str(person.id) for person in await people_offered(uow, plan, question)]:
                raise NotFound
            return answer
        case _:
            return check_answer(profile, question, answer, uow.today)


async def _keep(uow: UnitOfWork, plan: Plan, question: OpenQuestion, value: str, *, by: Person, why: str) -> None:
    """Keep the answer; what held before stays with the plan. The audit trail has it too, but for words people typed."""
    key = question.key
    made: dict[str, Any] = {"by": by.id, "at": uow.now.isoformat(), "why": why}
    detail: dict[str, Any] = {"question": key}
    words = not question.options and question.form in (AnswerForm.TEXT, AnswerForm.NAMES)
    last = dict(plan.chosen.get(key, {}))
    before = last.pop("value", None) or plan.decided.answers.get(key)  # one that was taken back is told beside it
    if before is not None:
        earlier = last.pop("earlier", [])
        made["earlier"] = [*earlier, {"value": before, **last}]
        detail["from"] = len(earlier) + 1 if words else before
    if not words:
        detail["to"] = value
    # new values, not changed ones: the database sees only those
    plan.choices = {**plan.choices, key: value}
    plan.chosen = {**plan.chosen, key: made}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "decide_open_point", f"plan:{plan.id}", detail))


async def _lay_out(uow: UnitOfWork, plan: Plan, question: OpenQuestion, *, before: PlanProfile) -> None:
    """Units, desks, topics and fixed dates follow the plan as decided now."""
    profile = plan.decided.profile
    await lay_out(uow, profile, code=plan.code, before=before)
    owed = {line.key for line in profile.clocks.fixed_dates}
    for option in question.options:
        for task in option.tasks:
            if task.key not in owed:
                await withdraw_date(uow, plan, task.key)
    await open_fixed_dates(uow, plan)


async def _clocks(uow: UnitOfWork, plan: Plan, question: OpenQuestion, before: ClockSettings) -> Recomputed:
    if settings_of(plan) == before:
        return Recomputed()
    reason = Term("moved.decided", {"question": question.question})
    await recompute_later(uow, plan=plan, reason=reason)
    return await recompute(uow, plan=plan, reason=reason)


async def _windows(
    uow: UnitOfWork, plan: Plan, key: str, *, by: Person
) -> tuple[tuple[Meeting, ...], tuple[Meeting, ...]]:
    """Meetings take the window of the reading chosen now; those whose day is fixed stay where they are."""
    profile = plan.decided.profile
    sessions = {one.key: one for one in profile.sessions if one.readings and choice_key(profile, one) == key}
    moved, kept = [], []
    for unlocked in await uow.meetings.of_plan(plan.id):
        session = sessions.get(unlocked.session_key)
        if session is None or unlocked.state not in STILL_OPEN:
            continue
        meeting = await uow.meetings.get(unlocked.id, lock=True)
        window = window_of(plan, session)
        if meeting.window == window:
            continue
        if meeting.state is MeetingState.PLANNED:
            await take_window(uow, meeting, window, reason=reading_words(session, plan.decided.answers[key]), by=by.id)
            moved.append(meeting)
        else:
            kept.append(meeting)
    return tuple(moved), tuple(kept)


async def decided_by(uow: UnitOfWork, made: dict[str, Any] | None) -> Person | None:
    """Who gave an answer; None where that is not known."""
    return None if made is None else await uow.people.get(PersonId(int(made["by"])))
