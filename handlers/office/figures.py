"""`/solieu`: the figures of a unit's year, quarter or meeting, as a picture and in words, with the table a tap away."""

from collections.abc import Mapping

from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.papers.make import MAKERS
from intake.actions.papers.order import order_paper
from intake.actions.papers.read_figures import READERS, figures_for
from intake.actions.people.office import units_of
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.papers.figures import FigureSheet, FigureSplit
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.periods import period_before
from intake.rules.people.permissions import holds
from intake.rules.people.unit import UnitId
from wording import figures as worded

LISTED = 15
_MEETING = "m"
"""What the number of a meeting begins with in a code, where a period stands else."""
_APART = (FigureSplit.MEETING, FigureSplit.HAMLET, FigureSplit.DESK)
_MENU = (button("button.menu", "cmd.menu"),)


async def figures(scene: Scene, _rest: str) -> Turn:
    """`/solieu`: this year, of the unit or of one that is chosen."""
    units = await units_of(scene.uow, scene.me, *READERS)
    if not units:
        return Turn(say=(Message("papers.no_plan", {}, (_MENU,)),))
    if len(units) == 1:
        return await _shown(scene, units[0], str(scene.uow.today.year))
    named = await scene.uow.places.units(units)
    year = scene.uow.today.year
    rows = rows_of([literal(named[one].name, f"figures.{one}.{year}") for one in units], 2)
    return Turn(say=(Message("figures.which_unit", {}, rows),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `figures.<unit id>.<period>`, or `figures.<unit id>.m<meeting id>`."""
    number, _, about = rest.partition(".")
    return await _shown(scene, UnitId(id_in(number)), about)


async def show_meetings(scene: Scene, rest: str) -> Turn:
    """A button `figuremeetings.<unit id>`: which meeting."""
    unit_id = UnitId(id_in(rest))
    if unit_id not in await units_of(scene.uow, scene.me, *READERS):
        raise NotFound
    held = [
        one
        for plan in await scene.uow.plans.of_units([unit_id])
        for one in await scene.uow.meetings.of_plan(plan.id)
        if one.state is not MeetingState.CANCELLED
    ]
    if not held:
        return Turn(say=(Message("figures.no_meeting", {}, (_MENU,)),))
    last = sorted(held, key=lambda one: (one.window_to, one.id))[-LISTED:]
    rows = rows_of([literal(one.title, f"figures.{unit_id}.{_MEETING}{one.id}") for one in reversed(last)], 1)
    return Turn(say=(Message("figures.which_meeting", {}, rows),))


async def _shown(scene: Scene, unit_id: UnitId, about: str) -> Turn:
    meeting_id = MeetingId(id_in(about.removeprefix(_MEETING))) if about.startswith(_MEETING) else None
    sheet = await figures_for(scene.uow, by=scene.me, unit_id=unit_id, period=about, meeting_id=meeting_id)
    language = scene.language
    lines: list[Param] = [*worded.lines(sheet)]
    for split in _APART:
        told = worded.group_lines(language, sheet, split)[:LISTED]
        if len(told) > 1:
            lines.append(Term("figures.message_groups", {"heading": Term(f"figures.by_{split.value}"), "lines": told}))
    if not sheet.together.received:
        lines = [Term("figures.nothing")]
    params: dict[str, Param] = {"about": worded.about(language, sheet), "unit": sheet.unit, "lines": tuple(lines)}
    rows = (*await _table(scene, unit_id, sheet, meeting_id), *_others(scene, unit_id))
    if worded.charts(language, sheet):
        await _order_pictures(scene, unit_id, sheet, meeting_id, params)
    return Turn(say=(Message("figures.message", params, rows),))


async def _order_pictures(
    scene: Scene, unit_id: UnitId, sheet: FigureSheet, meeting_id: MeetingId | None, params: Mapping[str, Param]
) -> None:
    """They are drawn beside the conversation and follow in a letter; a unit without a plan has nothing to draw."""
    plans = await scene.uow.plans.of_units([unit_id])
    if not plans:
        return
    await order_paper(
        scene.uow,
        by=scene.me,
        account_id=scene.account.id,
        plan=plans[0],
        kind=PaperKind.FIGURES if meeting_id is None else PaperKind.MEETING_FIGURES,
        about=sheet.period if meeting_id is None else str(meeting_id),
        form=None,
        message=Message("figures.pictures", {"about": params["about"], "unit": sheet.unit}),
    )


async def _table(
    scene: Scene, unit_id: UnitId, sheet: FigureSheet, meeting_id: MeetingId | None
) -> tuple[tuple[Button, ...], ...]:
    """The way to the spreadsheet, for whoever may have the papers of the unit."""
    unit = await scene.uow.places.unit(unit_id)
    plans = await scene.uow.plans.of_units([unit_id])
    if not plans or not any(holds(scene.grants, role, unit) for role in MAKERS):
        return ()
    if meeting_id is None:
        code = f"papermake.{plans[0].id}.{PaperKind.FIGURES.value}.xlsx.{sheet.period}"
    else:
        plan_id = (await scene.uow.meetings.get(meeting_id)).plan_id
        code = f"papermake.{plan_id}.{PaperKind.MEETING_FIGURES.value}.xlsx.{meeting_id}"
    return ((button("figures.as_sheet", code),),)


def _others(scene: Scene, unit_id: UnitId) -> tuple[tuple[Button, ...], ...]:
    today = scene.uow.today
    quarter = period_before(PaperKind.QUARTER_REPORT, today)
    return (
        (
            button("figures.this_year", f"figures.{unit_id}.{today.year}"),
            button("figures.last_year", f"figures.{unit_id}.{today.year - 1}"),
        ),
        (
            button("figures.last_quarter", f"figures.{unit_id}.{quarter.code}"),
            button("figures.one_meeting", f"figuremeetings.{unit_id}"),
        ),
        _MENU,
    )


MODULE = ConversationModule(
    commands=(Command("solieu", figures, aliases=("số liệu",), roles=READERS),),
    choices=(Choice("figures", show), Choice("figuremeetings", show_meetings)),
)
