"""The room of figures: a year, a quarter or a meeting as charts, each with its table; the years before are entered."""

from collections.abc import Sequence

from fastapi.responses import Response
from markupsafe import Markup

from intake.actions.papers.figures import enter_year
from intake.actions.papers.read_figures import READERS, figures_for
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Term
from intake.rules.papers.figures import HAND_COUNTS, MOST_OF_A_YEAR, FigureSheet, YearByHand
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from wording import figures

from .doors import Doors
from .office import HOME
from .room import DeskRoom, for_roles
from .visiting import Visit, number_in

ROOM = DeskRoom("/so-lieu", "desk.figures", for_roles(*READERS))
PATH = HOME + ROOM.path
_FIELDS = {
    "refusal.figures_year": "year",
    "refusal.figures_count": "received",
    "refusal.figures_sum": "received",
    "refusal.figures_source": "source",
    "refusal.too_long": "source",
}


def open_room(doors: Doors) -> None:
    """Add the page, and entering a year."""
    doors.show("", _show)
    doors.act("/nam", _enter, again=_show, fields=_FIELDS)


async def _show(visit: Visit) -> Response:
    language, asked = visit.person.language, visit.request.query_params
    async with visit.reading() as uow:
        units = await uow.places.units(await units_of(uow, visit.person, *READERS))
        if not units:
            return visit.page("figures.html", unit=None)
        wanted = UnitId(number_in(asked.get("don-vi") or visit.typed.get("unit") or str(next(iter(units)))))
        if wanted not in units:
            raise NotFound
        meeting = MeetingId(number_in(asked["buoi"])) if asked.get("buoi") else None
        period = asked.get("ky") or str(uow.today.year)
        sheet = await figures_for(uow, by=visit.person, unit_id=wanted, period=period, meeting_id=meeting)
        meetings = await _meetings(uow, wanted)
        today = uow.today
    periods = [str(year) for year in range(today.year, today.year - 3, -1)]
    periods += [f"{today.year}-Q{quarter}" for quarter in range(1, (today.month - 1) // 3 + 2)]
    return visit.page(
        "figures.html",
        unit=units[wanted],
        units=[(one.id, one.name) for one in units.values()],
        about=figures.about(language, sheet),
        periods=[(code, figures.period_code_called(language, code)) for code in periods],
        chosen="" if meeting is not None else period,
        meetings=[(one.id, one.title) for one in meetings],
        meeting=meeting,
        parts=figure_parts(visit, sheet),
        enters=_enters(visit, units[wanted]),
        counts=[(name, figures.hand_called(language, name)) for name in HAND_COUNTS],
    )


def _enters(visit: Visit, unit: Unit) -> bool:
    """Whether the person may enter years of the unit."""
    return holds(visit.grants, Role.SECRETARY, unit)


async def _meetings(uow: UnitOfWork, unit_id: UnitId) -> Sequence[Meeting]:
    found = [
        one
        for plan in await uow.plans.of_units([unit_id])
        for one in await uow.meetings.of_plan(plan.id)
        if one.state is not MeetingState.CANCELLED
    ]
    return sorted(found, key=lambda one: (one.window_to, one.id), reverse=True)


def figure_parts(visit: Visit, sheet: FigureSheet) -> list[tuple[figures.FigureTable, Markup]]:
    """Each table with the chart of it, drawn; the empty one where it has none."""
    language = visit.person.language
    drawn = []
    for number, (table, chart) in enumerate(figures.tables_with_charts(language, sheet, figures.OF_GROUPS_WIDE)):
        # what is drawn is ours, and every text in it was escaped where it was drawn
        svg = Markup() if chart is None else Markup(visit.office.draw(chart, f"chart{number}"))  # noqa: S704
        drawn.append((table, svg))
    return drawn


async def _enter(visit: Visit) -> Response:
    entered = await keep_typed_year(visit)
    return visit.to(f"{PATH}?don-vi={entered.unit_id}", Term("figures.year_entered", {"year": str(entered.year)}))


async def keep_typed_year(visit: Visit) -> YearByHand:
    """Keep the year that was typed into a form with the fields of `HAND_COUNTS`, `year`, `source` and `unit`."""
    typed = visit.typed
    counts = {}
    for name in HAND_COUNTS:
        said = typed.get(name, "").strip() or "0"
        if not (said.isascii() and said.isdecimal() and int(said[:9]) <= MOST_OF_A_YEAR):
            raise RuleBroken("refusal.figures_count", {"most": MOST_OF_A_YEAR})
        counts[name] = int(said[:9])
    year = typed.get("year", "").strip()
    async with visit.acting() as uow:
        return await enter_year(
            uow,
            by=visit.person,
            unit_id=UnitId(number_in(typed.get("unit", ""))),
            year=int(year[:4]) if year.isascii() and year.isdecimal() else 0,
            counts=counts,
            source=typed.get("source", ""),
        )
