"""Load a plan's profile: its units, desks and topics, and the plan itself; loading again brings it up to date."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.actions.clocks import settings_of
from intake.actions.lay_out import lay_out
from intake.actions.office_tasks import open_fixed_dates
from intake.actions.recompute_clocks import Recomputed, recompute, recompute_later
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.decided import decided, profile_of
from intake.rules.message import Term
from intake.rules.plan import Plan
from intake.rules.profile import PlanProfile
from intake.rules.profile_parse import to_document


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """The plan, and what became of the clocks that run under it."""

    plan: Plan
    clocks: Recomputed


async def load_plan(uow: UnitOfWork, profile: PlanProfile) -> LoadedPlan:
    """Store a profile. What is there already under the same code is renamed, nothing is deleted.

    What people decided about its open points stays, where it still leaves them open. Where its time limits have
    changed, the clocks that run under it are computed anew in the same act.
    """
    plan = await uow.plans.by_code(profile.code)
    before = None if plan is None else settings_of(plan)
    home = await lay_out(uow, profile if plan is None else decided(profile, plan.choices))
    document: Mapping[str, Any] = to_document(profile)
    if plan is None:
        plan = await uow.plans.add(Plan(profile.code, home.id, profile.plan.title, profile.plan.year, dict(document)))
    plan.title, plan.profile = profile.plan.title, dict(document)
    await open_fixed_dates(uow, plan, profile_of(plan).clocks)
    await uow.ledger.write(AuditEntry(uow.now, None, "load_plan", f"plan:{plan.id}"))
    clocks = Recomputed()
    if before is not None and before != settings_of(plan):
        reason = Term("moved.plan", {"title": plan.title})
        clocks = await recompute(uow, plan=plan, reason=reason)
        await recompute_later(uow, plan=plan, reason=reason)
    return LoadedPlan(plan, clocks)
