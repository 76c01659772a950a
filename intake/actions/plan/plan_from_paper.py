"""A plan made of the office's own paper: drafted, looked at by a person, and loaded by one act (R001–R013, A7)."""

from dataclasses import dataclass, replace

from intake.actions.plan.decide_open_point import DECIDING
from intake.actions.plan.load_plan import LoadedPlan, load_plan
from intake.actions.plan.papers_applied import note_paper
from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile
from intake.rules.people.permissions import require
from intake.rules.people.person import Person
from intake.rules.people.unit import Level, Unit, UnitId
from intake.rules.plan.applied_paper import PaperEffect
from intake.rules.plan.decided import decided
from intake.rules.plan.drafting.draft import DraftHome, NoDraft, NoDraftError, PlanDraft, code_of, draft_of
from intake.rules.plan.drafting.draft_bodies import bare_name
from intake.rules.plan.drafting.draft_keys import free_key
from intake.rules.plan.drafting.draft_questions import Say
from intake.rules.plan.drafting.paper_change import stated_of
from intake.rules.plan.plan import Plan, PlanStatus
from intake.rules.plan.plan_changes import PlanChange, changes_between
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import parse_profile, to_document
from intake.rules.plan.reading.kinds import Paper
from intake.rules.plan.reading.reading import PlanReading


@dataclass(frozen=True, slots=True)
class DraftedPlan:
    """A draft for a unit; `plan` is the one it would bring up to date, with what it would say otherwise then."""

    draft: PlanDraft
    unit: Unit
    plan: Plan | None
    changes: tuple[PlanChange, ...]

    @property
    def altered(self) -> tuple[PlanChange, ...]:
        """What is there and would be otherwise."""
        return tuple(change for change in self.changes if change.alters)


async def units_to_plan(uow: UnitOfWork, by: Person) -> list[Unit]:
    """The units a person may make a plan for, with or without one until now; of hamlets there is none."""
    grants = [grant for grant in await uow.people.grants_of(by.id) if grant.role in DECIDING]
    units = [await uow.places.unit(unit_id) for unit_id in dict.fromkeys(grant.unit_id for grant in grants)]
    return [unit for unit in units if unit.level is not Level.HAMLET]


def require_own_paper(reading: PlanReading, unit: Unit) -> None:
    """Raises `NoDraftError` for a paper that names another unit."""
    named = reading.head.unit
    if named is not None and bare_name(named.name) != bare_name(unit.name):
        raise NoDraftError(NoDraft.ANOTHER_UNIT, named.name)


async def draft_for(uow: UnitOfWork, *, by: Person, reading: PlanReading, unit_id: UnitId, say: Say) -> DraftedPlan:
    """Draft a plan for a unit of which `by` is secretary or admin, with remarks as `say` words them; nothing is stored.

    Raises `NotFound` for a unit that is not theirs, `NoDraftError` for a paper that plans nothing, or that names
    another unit, `ProfileError` where the paper contradicts itself so that no plan says it.
    """
    unit = await uow.places.unit(unit_id)
    require(await uow.people.grants_of(by.id), DECIDING, unit)
    below = {one.code: one.name for one in await uow.rosters.units_below(unit.id)}
    bodies = {one.code: one.name for one in await uow.places.bodies(unit.id)}
    home = DraftHome(unit.code, unit.name, unit.level, below, bodies)
    code = code_of(reading, home)
    draft = draft_of(reading, home, code=code, say=say)
    require_own_paper(reading, unit)
    if draft.paper is Paper.NOTICE:
        plan = await _plan_of_year(uow, unit, draft.profile)
        profile = draft.profile if plan is None else _with_meetings(plan.profile, draft.profile)
    else:
        plan, profile = await _to_renew(uow, unit, draft.profile), draft.profile
    code = plan.code if plan is not None else free_key(code, [one.code for one in await uow.plans.all()])
    profile = parse_profile(to_document(replace(profile, code=code)), name=code)
    changes = () if plan is None else tuple(changes_between(plan.decided.profile, decided(profile, plan.choices)))
    return DraftedPlan(replace(draft, profile=profile), unit, plan, changes)


async def _to_renew(uow: UnitOfWork, unit: Unit, profile: PlanProfile) -> Plan | None:
    """The plan of the unit that has the code of the draft, also where its code does not name the half of the year."""
    year = profile.code.partition(f"-{profile.plan.year}")[0] + f"-{profile.plan.year}"
    for code in (profile.code, year):
        plan = await uow.plans.by_code(code)
        if plan is not None and plan.unit_id == unit.id and plan.profile.plan.period is profile.plan.period:
            return plan
    return None


async def _plan_of_year(uow: UnitOfWork, unit: Unit, profile: PlanProfile) -> Plan | None:
    """The newest plan of the unit for the year of a notice."""
    plans = await uow.plans.of_units([unit.id])
    return next((plan for plan in plans if plan.year == profile.plan.year), None)


def _with_meetings(plan: PlanProfile, notice: PlanProfile) -> PlanProfile:
    """The plan with the meetings of a notice; one that stands in it with the same time is brought up to date.

    Raises `NoDraftError` for a meeting the plan foresees with a wider time: it is that one whose day is fixed.
    """
    sessions = list(plan.sessions)
    units = (*plan.units, *(line for line in notice.units if line.code not in [one.code for one in plan.units]))
    for session in notice.sessions:
        same = next((place for place, one in enumerate(sessions) if one.window == session.window), None)
        wider = [one for one in sessions if one.window.contains(session.window.earliest)]
        if same is not None:
            sessions[same] = replace(session, key=sessions[same].key)
        elif wider:
            raise NoDraftError(NoDraft.PLANNED, wider[0].title)
        else:
            sessions.append(replace(session, key=free_key(session.key, [one.key for one in sessions])))
    return replace(plan, sessions=tuple(sessions), units=units)


async def load_draft(
    uow: UnitOfWork, *, by: Person, reading: PlanReading, unit_id: UnitId, altering: int, say: Say
) -> LoadedPlan:
    """Load the plan drafted from a paper; `altering` is of how many changes to what is there `by` was told.

    One that was suspended or cancelled is in force again.

    Raises what `draft_for` and `load_plan` raise, `ChangedMeanwhile` where it would change something else by now.
    """
    drafted = await draft_for(uow, by=by, reading=reading, unit_id=unit_id, say=say)
    if len(drafted.altered) != altering:
        raise ChangedMeanwhile
    loaded = await load_plan(uow, drafted.draft.profile, by=by.id)
    loaded.plan.status = PlanStatus.IN_FORCE
    await note_paper(uow, stated_of(reading), effect=PaperEffect.LOADED, plan_id=loaded.plan.id, by=by.id)
    return loaded
