"""Load a plan's profile: its units, desks and topics, and the plan itself; loading again brings it up to date."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.actions.clocks import settings_of
from intake.actions.recompute_clocks import Recomputed, recompute, recompute_later
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.message import Term
from intake.rules.plan import Plan
from intake.rules.profile import PlanProfile
from intake.rules.profile_parse import to_document
from intake.rules.unit import Desk, Topic, Unit


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """The plan, and what became of the clocks that run under it."""

    plan: Plan
    clocks: Recomputed


async def load_plan(uow: UnitOfWork, profile: PlanProfile) -> LoadedPlan:
    """Store a profile. What is there already under the same code is renamed, nothing is deleted.

    Where its time limits have changed, the clocks that run under it are computed anew in the same act.
    """
    units: dict[str, Unit] = {}
    for line in profile.units:  # parents stand before their children
        known = await uow.places.unit_by_code(line.code)
        if known is None:
            known = await uow.places.add_unit(
                Unit(line.code, line.name, line.level, households=line.households),
                None if line.parent is None else units[line.parent],
            )
        known.name = line.name
        units[line.code] = known
    home = units[profile.unit]
    desks = {desk.code: desk for desk in await uow.places.desks(home.id)}
    for position, office in enumerate(office for office in profile.offices if office.desk):
        if office.key not in desks:
            desks[office.key] = await uow.places.add_desk(Desk(home.id, office.key, office.name))
        desks[office.key].name, desks[office.key].position = office.name, position
    await _load_topics(uow, profile, home, desks)
    document: Mapping[str, Any] = to_document(profile)
    plan = await uow.plans.by_code(profile.code)
    before = None if plan is None else settings_of(plan)
    if plan is None:
        plan = await uow.plans.add(Plan(profile.code, home.id, profile.plan.title, profile.plan.year, dict(document)))
    plan.title, plan.profile = profile.plan.title, dict(document)
    await uow.ledger.write(AuditEntry(uow.now, None, "load_plan", f"plan:{plan.id}"))
    clocks = Recomputed()
    if before is not None and before != settings_of(plan):
        reason = Term("moved.plan", {"title": plan.title})
        clocks = await recompute(uow, plan=plan, reason=reason)
        await recompute_later(uow, plan=plan, reason=reason)
    return LoadedPlan(plan, clocks)


async def _load_topics(uow: UnitOfWork, profile: PlanProfile, home: Unit, desks: Mapping[str, Desk]) -> None:
    topics = {topic.code: topic for topic in await uow.places.topics(home.id)}
    for position, line in enumerate(profile.topics):
        topic = topics.get(line.code)
        if topic is None:
            topic = await uow.places.add_topic(Topic(home.id, line.code, line.name))
        topic.name, topic.position, topic.sensitive = line.name, position, line.sensitive
        topic.parent_id = None if line.parent is None else topics[line.parent].id
        topic.desk_id = None if line.desk is None else desks[line.desk].id
        topics[line.code] = topic
