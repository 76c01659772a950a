"""Bảng số liệu: figures of a meeting or a period, each chart with its table, and how everything is counted."""

from collections.abc import Iterator
from dataclasses import replace

from intake.rules.papers.chart import BarChart
from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.figures import FigureSheet
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Drawing, Grid, GridColumn, Heading, OfficePaper
from wording import figures
from wording.figures import FigureTable

from .frame import KindOfPaper, framed
from .saying import LANGUAGE, say

_NAMES, _NAMES_OF_MANY, _MANY = 26, 16, 11
"""The share of the names, and what is left for them beside more columns than these."""
_WORDS = 100


def grid_of(table: FigureTable) -> Grid:
    """A table of figures as a document has it: names to the left, numbers in the middle."""
    names = _NAMES_OF_MANY if len(table.columns) > _MANY else _NAMES
    narrow = (_WORDS - names) // (len(table.columns) - 1)
    alone = len(table.columns) == 2  # noqa: PLR2004 - a name and what is said of it
    first, other = (40, 60) if table.explains else (70, 30) if alone else (names, narrow)
    columns = [
        GridColumn(title, first if place == 0 else other, place > 0 and not table.explains)
        for place, title in enumerate(table.columns)
    ]
    return Grid(tuple(columns), table.rows, say("figures.none"), table.title)


def group_blocks(sheet: FigureSheet) -> Iterator[Block]:
    """The groups of a sheet with a chart and a table each, under their headings."""
    for grid, chart in _grids(sheet)[1 : 1 + len(sheet.groups)]:
        yield from _blocks(grid, chart)


def _grids(sheet: FigureSheet) -> list[tuple[Grid, BarChart | None]]:
    """Every table with its chart; on a page without the columns for which only a spreadsheet has room."""
    wide = figures.tables(LANGUAGE, sheet, figures.OF_GROUPS_WIDE)
    return [
        (replace(grid_of(table), in_sheet=grid_of(more)), chart)
        for (table, chart), more in zip(figures.tables_with_charts(LANGUAGE, sheet), wide, strict=True)
    ]


def _blocks(grid: Grid, chart: BarChart | None) -> Iterator[Block]:
    yield Heading(grid.name)
    if chart is not None:
        yield Drawing(chart)
    yield grid


def word(kind: PaperKind, facts: PaperFacts) -> OfficePaper:
    """The whole, every way it is taken apart, the years before, the reasons, the notices, the definitions."""
    sheet = facts.figures
    (whole, _), *others = _grids(sheet)
    body: list[Block] = [whole]
    for grid, chart in others:
        body += _blocks(grid, chart)
    about = figures.about(LANGUAGE, sheet)
    return framed(
        facts, kind, code="", type_name=say("type.figures"), summary=say("figures.summary", about=about), body=body
    )


def _by_meeting(facts: PaperFacts) -> OfficePaper:
    return word(PaperKind.MEETING_FIGURES, facts)


def _by_period(facts: PaperFacts) -> OfficePaper:
    return word(PaperKind.FIGURES, facts)


KIND = KindOfPaper(PaperKind.FIGURES, PaperSubject.PERIOD, "", _by_period, listed=True)
OF_MEETING = KindOfPaper(PaperKind.MEETING_FIGURES, PaperSubject.MEETING, "", _by_meeting, listed=True)
