"""Figures of a meeting or a period, counted and named; and years entered by hand.

Who may read them is asked in `intake.actions.papers.read_figures`, or by whoever makes a document of them.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.results import added
from intake.rules.papers.figures import (
    FIRST_YEAR,
    HAND_COUNTS,
    MOST_OF_A_YEAR,
    FigureScope,
    FigureSheet,
    FigureSplit,
    GroupTally,
    YearByHand,
    YearLine,
    for_everybody,
    merged,
    source_named,
    tallied,
)
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.periods import ReportPeriod, period_written
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId, TopicId, Unit, UnitId

_S = FigureSplit
_OF_MEETING = (_S.HAMLET, _S.TOPIC, _S.DESK)
_OF_PERIOD = (_S.MEETING, _S.QUARTER, *_OF_MEETING)
_NO_PERSON = {_S.HAMLET, _S.TOPIC, _S.DESK}
"""What everybody reads without small groups: where somebody lives or what they asked about could tell who it was."""
_MOST_YEARS = 4


async def figure_sheet(
    uow: UnitOfWork,
    unit: Unit,
    about: ReportPeriod | Meeting,
    *,
    splits: Sequence[FigureSplit] = _OF_PERIOD,
    desks: Collection[DeskId] | None = None,
) -> FigureSheet:
    """All figures of it; with `desks` those of other desks, reasons and notices are left out."""
    if isinstance(about, Meeting):
        scope = FigureScope(unit.id, about.window_from, about.window_to, about.id)
        splits = [one for one in splits if one in _OF_MEETING]
        title, period, year = about.title, "", about.window_to.year
        meetings: Sequence[Meeting] = [about]
    else:
        scope = FigureScope(unit.id, about.first, about.last)
        title, period, year = "", about.code, about.year
        meetings = await _held(uow, scope)
    counted = {split: await uow.figures.tallies(scope, split, uow.today) for split in {*splits, _S.DESK}}
    groups = []
    for split in splits:
        names = await _names(uow, unit, split, counted[split])
        of_split = [
            GroupTally(names.get(key, ""), tally)
            for key, tally in sorted(counted[split].items(), key=lambda one: (one[0] is None, one[0] or 0))
            if split is not _S.DESK or desks is None or key in desks
        ]
        groups.append((split, merged(of_split)))
    return FigureSheet(
        unit=unit.name,
        title=title,
        period=period,
        together=tallied(counted[_S.DESK].values()),
        groups=tuple((split, of_split) for split, of_split in groups if of_split),
        reasons=tuple(await uow.figures.reasons(scope)) if desks is None else (),
        notices=tuple(await uow.figures.notices(meetings)) if desks is None and meetings else (),
        years=await _years(uow, unit.id, year) if not isinstance(about, Meeting) else (),
    )


async def public_sheet(uow: UnitOfWork, unit: Unit, year: int) -> FigureSheet:
    """The figures of a year that everybody may read: nobody's group is small enough to tell a person."""
    about = period_written(str(year))
    if about is None or about.kind is not PaperKind.YEAR_REPORT:
        raise NotFound
    sheet = await figure_sheet(uow, unit, about)
    groups = [(split, for_everybody(found) if split in _NO_PERSON else found) for split, found in sheet.groups]
    return FigureSheet(
        unit=sheet.unit,
        title="",
        period=sheet.period,
        together=sheet.together,
        groups=tuple((split, found) for split, found in groups if found),
        notices=sheet.notices,
        years=sheet.years,
    )


async def _held(uow: UnitOfWork, scope: FigureScope) -> Sequence[Meeting]:
    """The meetings whose notices belong to these days: those that were held in them, or are to be."""
    return [
        one
        for plan in await uow.plans.of_units([scope.unit_id])
        for one in await uow.meetings.of_plan(plan.id)
        if one.state is not MeetingState.CANCELLED
        and scope.start <= (one.ended_at or one.starts_at or scope.end) < scope.end
    ]


async def _names(
    uow: UnitOfWork, unit: Unit, split: FigureSplit, keys: Collection[int | None]
) -> Mapping[int | None, str]:
    """The names of these groups; a sensitive topic has none, whoever reads: figures are printed and passed on."""
    known = [key for key in keys if key is not None]
    match split:
        case FigureSplit.MEETING:
            return _meetings_named(await uow.meetings.many([MeetingId(key) for key in known]))
        case FigureSplit.QUARTER:
            return {key: f"{key // 10}-Q{key % 10}" for key in known}
        case FigureSplit.HAMLET:
            return {key: one.name for key, one in (await uow.places.units([UnitId(key) for key in known])).items()}
        case FigureSplit.DESK:
            return {
                key: one.name for key, one in (await uow.places.desks_by_id([DeskId(key) for key in known])).items()
            }
    topics = await uow.places.topics(unit.id)
    return {TopicId(one.id): "" if one.sensitive else one.name for one in topics}


def _meetings_named(held: Mapping[MeetingId, Meeting]) -> Mapping[int | None, str]:
    """The titles, with the day where several have the same one: many plans call every meeting of the year alike."""
    often = Counter(one.title for one in held.values())
    return {
        key: one.title if often[one.title] == 1 else f"{one.title} ({_day(one):%d/%m/%Y})" for key, one in held.items()
    }


def _day(meeting: Meeting) -> date:
    at = meeting.ended_at or meeting.starts_at
    return meeting.window_to if at is None else at.astimezone(LOCAL).date()


async def _years(uow: UnitOfWork, unit_id: UnitId, last: int) -> tuple[YearLine, ...]:
    """The years before, and the one they are compared with: what was counted here and what was entered, together."""
    entered = {one.year: one for one in await uow.figures.by_hand(unit_id) if one.year <= last}
    years = sorted({*entered, *range(last - _MOST_YEARS + 1, last + 1)})
    lines = []
    for year in years:
        days = FigureScope(unit_id, *_days(year))
        counted = list(await uow.results.between(unit_id, days.start, days.end))
        by_hand = entered.get(year)
        results = added([*counted, *([] if by_hand is None else [by_hand.results])])
        if results.received or year == last:
            lines.append(YearLine(year, results, "" if by_hand is None else by_hand.source))
    return tuple(lines) if len(lines) > 1 else ()


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


async def counted_in(uow: UnitOfWork, unit_id: UnitId, year: int) -> int:
    """How many questions of a year were counted here: figures entered by hand are added to them."""
    days = FigureScope(unit_id, *_days(year))
    return added(list(await uow.results.between(unit_id, days.start, days.end))).received


async def enter_year(
    uow: UnitOfWork, *, by: Person, unit_id: UnitId, year: int, counts: Mapping[str, int], source: str
) -> YearByHand:
    """Enter the results of a year from the office's own report, in place of what was entered for it; by a secretary.

    `counts` are `HAND_COUNTS`. Raises `RuleBroken` for a year to come or before `FIRST_YEAR`, for counts that do not
    add up, and where it is not said which report they stand in.
    """
    require(await uow.people.grants_of(by.id), (Role.SECRETARY,), await uow.places.unit(unit_id))
    if not FIRST_YEAR <= year <= uow.today.year:
        raise RuleBroken("refusal.figures_year", {"first": str(FIRST_YEAR), "last": str(uow.today.year)})
    if not all(0 <= counts[name] <= MOST_OF_A_YEAR for name in HAND_COUNTS):
        raise RuleBroken("refusal.figures_count", {"most": MOST_OF_A_YEAR})
    parts = sum(counts[name] for name in HAND_COUNTS[1:])
    if parts != counts["received"]:
        raise RuleBroken("refusal.figures_sum", {"received": counts["received"], "parts": parts})
    named = source_named(source)
    if not named:
        raise RuleBroken("refusal.figures_source")
    entered = YearByHand(unit_id, year, **{name: counts[name] for name in HAND_COUNTS}, source=named, entered_by=by.id)
    await uow.figures.keep_year(entered)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "enter_year", f"unit:{unit_id}", {"year": year}))
    return entered
