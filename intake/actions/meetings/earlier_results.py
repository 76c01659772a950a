"""What became of earlier years' questions, reported at a meeting (R143): figures, and the questions themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.meetings.results import Results, added, earlier_years
from intake.rules.papers.figures import YearByHand
from intake.rules.people.person import Person
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import Plan
from intake.rules.questions.question import Question


@dataclass(frozen=True, slots=True)
class YearResults:
    """One year: each meeting by its title (None: sent outside a meeting), what was entered by hand, all together."""

    year: int
    meetings: tuple[tuple[Meeting | None, Results], ...]
    together: Results
    by_hand: YearByHand | None = None


async def years_of(uow: UnitOfWork, meeting: Meeting) -> tuple[int, ...]:
    """The years that are looked back on at this meeting, by its plan."""
    return _years_of(await uow.plans.get(meeting.plan_id))


def _years_of(plan: Plan) -> tuple[int, ...]:
    return earlier_years(plan.decided.profile, plan.decided.answers)


async def earlier_results(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> list[YearResults]:
    """The results of each of these years, the oldest first, for secretary and chair; a year without any is empty."""
    meeting = await meeting_in_unit(uow, by, meeting_id)
    return await earlier_results_of(uow, await uow.plans.get(meeting.plan_id), meeting.unit_id)


async def earlier_results_of(uow: UnitOfWork, plan: Plan, unit_id: UnitId) -> list[YearResults]:
    """The same for a plan and its unit, for whoever has asked already who wants to know."""
    entered = {one.year: one for one in await uow.figures.by_hand(unit_id)}
    return [await _of_year(uow, unit_id, year, entered.get(year)) for year in _years_of(plan)]


async def _of_year(uow: UnitOfWork, unit_id: UnitId, year: int, by_hand: YearByHand | None) -> YearResults:
    results = list(await uow.results.between(unit_id, *_bounds(year)))
    held = await uow.meetings.many([one.meeting_id for one in results if one.meeting_id is not None])
    named = tuple((None if one.meeting_id is None else held[one.meeting_id], one) for one in results)
    together = added([*results, *([] if by_hand is None else [by_hand.results])])
    return YearResults(year, named, together, by_hand)


async def questions_of_year(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, year: int, skip: int, most: int
) -> Sequence[Question]:
    """The questions of one of the years that are looked back on; `NotFound` for any other year."""
    meeting = await meeting_in_unit(uow, by, meeting_id)
    if year not in await years_of(uow, meeting):
        raise NotFound
    return await uow.results.questions(meeting.unit_id, *_bounds(year), skip=skip, most=most)


def _bounds(year: int) -> tuple[datetime, datetime]:
    """A year as people in Việt Nam count it."""
    return datetime(year, 1, 1, tzinfo=LOCAL), datetime(year + 1, 1, 1, tzinfo=LOCAL)
