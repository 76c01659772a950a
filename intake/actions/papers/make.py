"""Who may have which document: asked here, for the chat and the desk alike."""

from collections.abc import Iterable
from dataclasses import replace

from intake.actions.people.restricted import require_free
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import OF_A_HELD_MEETING, OF_A_PERIOD, PaperKind, PaperSubject
from intake.rules.papers.periods import ReportPeriod, period_written
from intake.rules.papers.register import OfficeDocument, OfficeDocumentId
from intake.rules.people.permissions import holds, require, works_at_desk
from intake.rules.people.person import Person, Role
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.questions.question import Question

from .gather import gather
from .meeting_facts import planned_as_yet
from .question_facts import is_kept_apart

MAKERS = (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR)
"""Who may have every document of a unit; an official has those about a question at the own desk."""


async def plan_for_papers(uow: UnitOfWork, by: Person, plan_id: PlanId) -> Plan:
    """A plan of a unit in which `by` works; `NotFound` for all others."""
    plan = await uow.plans.get(plan_id)
    unit = await uow.places.unit(plan.unit_id)
    require(await uow.people.grants_of(by.id), (*MAKERS, Role.OFFICIAL), unit)
    return plan


async def require_paper(
    uow: UnitOfWork, *, by: Person, plan: Plan, kind: PaperKind, subject: PaperSubject, about: str
) -> None:
    """Let `by` have a document about what is named as in `facts_named`, and note that they had it made.

    Raises `NotFound` where the plan, the meeting, the question or the period is none of theirs or there is none, and
    for a question that no document tells; `RuleBroken` for one whose asker wants nothing done with it (LAW C5), and for
    what would say of a cancelled meeting that it is held. What
    the document is filled from is gathered afterwards, with no transaction in hand that others wait for.
    """
    await plan_for_papers(uow, by, plan.id)
    question = await _question(uow, plan, about) if subject is PaperSubject.QUESTION else None
    unit = await uow.places.unit(plan.unit_id)
    grants = await uow.people.grants_of(by.id)
    if not any(holds(grants, role, unit) for role in MAKERS) and not (question and works_at_desk(grants, question)):
        raise NotFound
    if subject is PaperSubject.MEETING:
        require_held(await meeting_named(uow, plan, about), kind)
    if subject is PaperSubject.PERIOD:
        _period(about)
    detail: dict[str, str | int] = {"kind": kind.value}
    if question is not None:
        detail["question"] = question.id
    await uow.ledger.write(AuditEntry(uow.now, by.id, "make_paper", f"plan:{plan.id}", detail))


def require_held(meeting: Meeting, kind: PaperKind) -> None:
    """Raise `RuleBroken` for a document that says of a cancelled meeting that it will be or was held."""
    if meeting.state is MeetingState.CANCELLED and kind in OF_A_HELD_MEETING:
        raise RuleBroken("refusal.paper_cancelled", {"title": meeting.title})


SESSION = "s"
"""What the place of a session in its plan begins with where a meeting is named: nobody has made that meeting yet."""
_LONGEST_NUMBER = 9


async def facts_named(uow: UnitOfWork, *, plan: Plan, kind: PaperKind, subject: PaperSubject, about: str) -> PaperFacts:
    """The facts of a document about what is named in one word: a meeting (`5`, `s0`), a reference, a period.

    A plan needs none. Who may have it is asked in `require_paper`. Raises `NotFound` for what there is not or no
    document tells, `RuleBroken` as `require_paper` does.
    """
    match subject:
        case PaperSubject.MEETING:
            return await gather(uow, plan, subject, meeting=await meeting_named(uow, plan, about), kind=kind)
        case PaperSubject.QUESTION:
            return await gather(uow, plan, subject, question=await _question(uow, plan, about))
        case PaperSubject.PERIOD:
            return await gather(uow, plan, subject, period=_period(about))
    facts = await gather(uow, plan, subject)
    return replace(facts, titles=await titles_of(uow, facts.register))


async def titles_of(uow: UnitOfWork, documents: Iterable[OfficeDocument]) -> dict[OfficeDocumentId, str]:
    """The titles of the meetings documents are about; one about anything else is left out."""
    found: dict[OfficeDocumentId, str] = {}
    numbers: dict[OfficeDocumentId, MeetingId] = {}
    for document in documents:
        place = document.about.removeprefix(SESSION)
        if document.kind in OF_A_PERIOD or not place.isdecimal():
            continue
        if place == document.about:
            numbers[document.id] = MeetingId(int(place))
        else:
            plan = await uow.plans.get(document.plan_id)
            for session in plan.decided.profile.sessions[int(place) :][:1]:
                found[document.id] = session.title
    meetings = await uow.meetings.many(numbers.values())
    return found | {one: meetings[number].title for one, number in numbers.items() if number in meetings}


def _period(about: str) -> ReportPeriod:
    period = period_written(about)
    if period is None:
        raise NotFound
    return period


async def meeting_named(uow: UnitOfWork, plan: Plan, about: str) -> Meeting:
    """A meeting as a document names it: `5` for one that was made, `s0` for a foreseen one. Raises `NotFound`."""
    place = about.removeprefix(SESSION)
    if not (place.isascii() and place.isdecimal() and len(place) <= _LONGEST_NUMBER):
        raise NotFound
    if place == about:
        return await meeting_for_paper(uow, plan, int(place))
    sessions = plan.decided.profile.sessions
    if int(place) >= len(sessions):
        raise NotFound
    return await meeting_for_paper(uow, plan, 0, sessions[int(place)].key)


async def meeting_for_paper(uow: UnitOfWork, plan: Plan, number: int, key: str = "") -> Meeting:
    """A meeting of the plan: one that was made, by its number, else one the plan foresees, by the key of its session.

    `NotFound` for any other.
    """
    if number:
        meeting = await uow.meetings.get(MeetingId(number))
        if meeting.plan_id != plan.id:
            raise NotFound
        return meeting
    foreseen = planned_as_yet(plan, key)
    if foreseen is None:
        raise NotFound
    return foreseen


async def _question(uow: UnitOfWork, plan: Plan, reference: str) -> Question:
    question = await uow.questions.by_reference(reference.strip().upper())
    if question is None or question.unit_id != plan.unit_id or is_kept_apart(question):
        raise NotFound
    return require_free(question)
