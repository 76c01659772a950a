"""The papers a plan and its meetings go back to: kept when one is applied, read to find what another is about."""

from collections.abc import Mapping, Sequence
from datetime import date

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.plan.applied_paper import AppliedPaper, PaperEffect
from intake.rules.plan.drafting.paper_change import same_number
from intake.rules.plan.plan import Plan, PlanId


async def note_paper(
    uow: UnitOfWork,
    stated: Mapping[str, str],
    *,
    effect: PaperEffect,
    plan_id: PlanId,
    by: PersonId | None,
    meeting_id: MeetingId | None = None,
) -> None:
    """Keep what a paper did; `stated` is of `stated_of`. Whoever calls has done it, and checked that `by` may."""
    issued = stated["issued_on"]
    await uow.plans.note_paper(
        AppliedPaper(
            plan_id=plan_id,
            effect=effect,
            title=stated["title"],
            applied_at=uow.now,
            applied_by=by,
            meeting_id=meeting_id,
            number=stated["number"],
            issued_on=date.fromisoformat(issued) if issued else None,
            changes=stated["changes"],
        )
    )
    detail = {"effect": effect.value, "meeting": meeting_id}
    await uow.ledger.write(AuditEntry(uow.now, by, "apply_paper", f"plan:{plan_id}", detail))


async def require_new(
    uow: UnitOfWork, stated: Mapping[str, str], effect: PaperEffect, plan_id: PlanId, meeting_id: MeetingId | None
) -> None:
    """Raise `RuleBroken` where the paper, by number and title, has done so already: nobody is told a thing twice."""
    for paper in await uow.plans.papers_of(plan_id):
        did = (paper.effect, paper.meeting_id, paper.title)
        if did == (effect, meeting_id, stated["title"]) and same_number(paper.number, stated["number"]):
            raise RuleBroken("planpaper.applied_already", {"number": paper.number, "at": paper.applied_at})


async def cited_plans(uow: UnitOfWork, number: str, plans: Sequence[Plan]) -> list[tuple[Plan, MeetingId | None]]:
    """The plans that go back to the paper of that number, each with the meeting that one was about, if about one."""
    found: list[tuple[Plan, MeetingId | None]] = []
    for plan in plans:
        papers = [one for one in await uow.plans.papers_of(plan.id) if same_number(one.number, number)]
        meetings = {one.meeting_id for one in papers if one.meeting_id is not None}
        if same_number(plan.decided.profile.plan.number, number) or papers:
            found.append((plan, meetings.pop() if len(meetings) == 1 else None))
    return found
