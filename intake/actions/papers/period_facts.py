"""A month, quarter, half year or year as reports tell it (R184, LAW C1)."""

from datetime import datetime, time, timedelta

from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import is_overdue
from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.results import added
from intake.rules.papers.facts import ItemFacts, PeriodFacts
from intake.rules.papers.periods import ReportPeriod
from intake.rules.plan.plan import Plan
from intake.rules.questions.question import NOT_SATISFIED, SATISFIED, Question

from .figures import figure_sheet
from .meeting_facts import item_facts
from .question_facts import told_questions

_AT_ONCE = 500


async def period_facts(uow: UnitOfWork, plan: Plan, period: ReportPeriod) -> PeriodFacts:
    """The unit's meetings that ended in the period and what was sent outside one, as they stand today."""
    start = datetime.combine(period.first, time(), tzinfo=LOCAL)
    end = datetime.combine(period.last + timedelta(days=1), time(), tzinfo=LOCAL)
    results = await uow.results.between(plan.unit_id, start, end)
    held = await uow.meetings.many([one.meeting_id for one in results if one.meeting_id is not None])
    ordered = sorted(held.values(), key=lambda one: (one.ended_at or start, one.id))
    by_meeting = {one.meeting_id: one for one in results}
    asked = await _questions(uow, plan, start, end)
    told, withheld = await told_questions(uow, asked)
    # of a time that is not over the number would tell, day by day, that something came
    sealed = await uow.sealed.received(plan.unit_id, period.first, period.last) if period.last < uow.today else 0
    owed = await uow.clocks.running_on([one.id for one in asked])
    return PeriodFacts(
        period=period,
        meetings=tuple((one.title, one.ended_at, by_meeting[one.id]) for one in ordered),
        outside=by_meeting.get(None) or added([]),
        questions=told,
        withheld=withheld,
        late=sum(is_overdue(due_on, uow.today) for due_on in owed.values()),
        items=await _items(uow, [one.id for one in ordered]),
        rated_good=sum(one.rating == SATISFIED for one in asked),
        rated_bad=sum(one.rating == NOT_SATISFIED for one in asked),
        figures=await figure_sheet(uow, await uow.places.unit(plan.unit_id), period),
        sealed=sealed,
    )


async def _questions(uow: UnitOfWork, plan: Plan, start: datetime, end: datetime) -> list[Question]:
    found: list[Question] = []
    while True:
        page = await uow.results.questions(plan.unit_id, start, end, skip=len(found), most=_AT_ONCE)
        found += page
        if len(page) < _AT_ONCE:
            return found


async def _items(uow: UnitOfWork, meeting_ids: list[MeetingId]) -> tuple[tuple[str, ItemFacts], ...]:
    meetings = await uow.meetings.many(meeting_ids)
    return tuple([(meetings[one].title, item) for one in meeting_ids for item in await item_facts(uow, meetings[one])])
