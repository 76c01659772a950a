"""Figures in words: what each is called and how it is counted, as a table, as a chart, as lines of a message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.rules.message import Param, Term
from intake.rules.papers.chart import BarChart, ChartBar
from intake.rules.papers.figures import FigureSheet, FigureSplit, GroupTally, NoticeFigures, Tally, YearLine
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.periods import ReportPeriod, period_written

from .texts import words

MEDIAN, MOST = 50, 90
OF_ALL = (
    "received",
    "before",
    "there",
    "in_time",
    "late",
    "settled",
    "dated",
    "explained",
    "dated_share",
    "explained_share",
    "waiting",
    "referred",
    "extended",
    "overdue",
    "declined",
    "gathered",
    "median",
    "most",
    "satisfied",
    "dissatisfied",
)
"""The figures of the whole, in the order people read them."""
OF_GROUPS = (
    "received",
    "in_room",
    "in_time",
    "late",
    "waiting",
    "agency",
    "overdue",
    "declined",
    "median",
    "most",
    "dated_share",
    "explained_share",
)
"""The figures of a group, few enough for a page."""
OF_GROUPS_WIDE = (
    *OF_GROUPS[: OF_GROUPS.index("agency")],
    "referred",
    "extended",
    *OF_GROUPS[OF_GROUPS.index("overdue") :],
    "satisfied",
    "dissatisfied",
)
"""Those of a group where there is room: in a spreadsheet, at the desk."""
_AGENCIES = OF_ALL.index("overdue")
DEFINED = (*OF_ALL[:3], "in_room", *OF_ALL[3:_AGENCIES], "agency", *OF_ALL[_AGENCIES:])
_PARTS = ("in_room", "in_time", "late", "waiting", "agency", "declined", "gathered")
_PARTS_OF_YEARS = ("in_room", "later", "late", "waiting", "agency", "declined", "gathered")
_MOST_BARS = 12
_HAND = {
    "received": "received",
    "there": "in_room",
    "later": "later",
    "forwarded": "agency",
    "declined": "declined",
    "open": "waiting",
}
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table in words: its title, the title of each column, the rows.

    Numbers stand in every column but the first, unless it `explains`: then they hold sentences.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    explains: bool = False


def value_of(tally: Tally, name: str) -> int | None:
    """A figure by its name; None for days where no answer took any."""
    match name:
        case "in_room":
            return tally.before + tally.there
        case "agency":
            return tally.referred + tally.extended
        case "median":
            return tally.days_for(MEDIAN)
        case "most":
            return tally.days_for(MOST)
        case _:
            number: int | None = getattr(tally, name)
            return number


def period_called(language: str, period: ReportPeriod) -> str:
    """`quý II năm 2026`, `9 tháng đầu năm 2026`."""
    part = _ROMAN[period.part] if period.kind is PaperKind.QUARTER_REPORT else str(period.part)
    key = period.kind.value
    if period.kind is PaperKind.HALF_YEAR_REPORT:
        key = f"{key}_{period.part}"
    if period.kind is PaperKind.SUPERVISION_REPORT:
        key = PaperKind.YEAR_REPORT.value
    return words(language, f"paper.period.{key}", {"part": part, "year": str(period.year)})


def period_code_called(language: str, code: str) -> str:
    """The same of a period as it is written; what is none stays as it is."""
    period = period_written(code)
    return code if period is None else period_called(language, period)


def about(language: str, sheet: FigureSheet) -> str:
    """What the figures are of: the title of the meeting, or the period."""
    return sheet.title or period_code_called(language, sheet.period)


def name_of(language: str, split: FigureSplit, group: GroupTally) -> str:
    """What a group is called; what has no name says so."""
    if not group.name:
        return words(language, f"figures.none_{split.value}")
    return period_code_called(language, group.name) if split is FigureSplit.QUARTER else group.name


def _titles(language: str, first: str, names: Sequence[str]) -> tuple[str, ...]:
    return (words(language, f"figures.{first}"), *(words(language, f"figures.short_{name}") for name in names))


def _cell(value: int | None) -> str:
    return "–" if value is None else str(value)


def whole_table(language: str, sheet: FigureSheet) -> FigureTable:
    """All figures of the whole, one a row."""
    rows = tuple((words(language, f"figures.{name}"), _cell(value_of(sheet.together, name))) for name in OF_ALL)
    return FigureTable(
        words(language, "figures.title", {"about": about(language, sheet)}),
        (words(language, "figures.figure"), words(language, "figures.number")),
        rows,
    )


def group_tables(language: str, sheet: FigureSheet, names: Sequence[str] = OF_GROUPS) -> list[FigureTable]:
    """A table of these figures for each way the whole is taken apart, closed by the whole where it has all of it."""
    return [_group_table(language, sheet, split, groups, names) for split, groups in sheet.groups]


def _group_table(
    language: str, sheet: FigureSheet, split: FigureSplit, groups: Sequence[GroupTally], names: Sequence[str]
) -> FigureTable:
    rows = [_group_row(name_of(language, split, one), one.tally, names) for one in groups]
    if sum(one.tally.received for one in groups) == sheet.together.received and len(groups) > 1:
        rows.append(_group_row(words(language, "figures.together"), sheet.together, names))
    return FigureTable(
        words(language, f"figures.by_{split.value}"),
        (
            words(language, f"figures.split_{split.value}"),
            *(words(language, f"figures.short_{name}") for name in names),
        ),
        tuple(rows),
    )


def _group_row(called: str, tally: Tally, names: Sequence[str]) -> tuple[str, ...]:
    return (called, *(_cell(value_of(tally, name)) for name in names))


def year_table(language: str, years: Sequence[YearLine]) -> FigureTable:
    """The years beside each other; a year the office entered says from which report."""
    names = ("received", "in_room", "later", "agency", "declined", "gathered", "waiting")
    rows = []
    for year in years:
        called = str(year.year)
        if year.source:
            called = words(language, "figures.year_by_hand", {"year": called, "source": year.source})
        rows.append((called, *(str(_of_year(year, name)) for name in names)))
    return FigureTable(
        words(language, "figures.years"),
        _titles(language, "year", names),
        tuple(rows),
    )


def _of_year(year: YearLine, name: str) -> int:
    results = year.results
    match name:
        case "in_room":
            return results.before + results.there
        case "agency":
            return results.forwarded
        case "waiting":
            return results.open
        case "late":
            return 0  # of a year as a whole nobody counted it
        case _:
            number: int = getattr(results, name)
            return number


def reason_table(language: str, reasons: Sequence[tuple[str, int]]) -> FigureTable:
    """For which reasons questions were declined."""
    return FigureTable(
        words(language, "figures.reasons"),
        (words(language, "figures.reason"), words(language, "figures.number")),
        tuple((reason, str(count)) for reason, count in reasons),
    )


def notice_table(language: str, notices: Sequence[NoticeFigures]) -> FigureTable:
    """How far the notices got."""
    names = ("hamlets", "people", "sent", "proofs")
    return FigureTable(
        words(language, "figures.notices"),
        (words(language, "figures.split_meeting"), *(words(language, f"figures.notice_{name}") for name in names)),
        tuple((one.title, *(str(getattr(one, name)) for name in names)) for one in notices),
    )


def definition_table(language: str) -> FigureTable:
    """How each figure is counted."""
    rows = [(words(language, f"figures.{name}"), words(language, f"figures.def_{name}")) for name in DEFINED]
    rows += [
        (words(language, f"figures.notice_{name}"), words(language, f"figures.def_{name}"))
        for name in ("people", "sent", "proofs")
    ]
    return FigureTable(
        words(language, "figures.definitions"),
        (words(language, "figures.figure"), words(language, "figures.counted_so")),
        tuple(rows),
        explains=True,
    )


def tables(language: str, sheet: FigureSheet, of_groups: Sequence[str] = OF_GROUPS) -> list[FigureTable]:
    """Everything, from the whole to how it is counted; what has nothing to show is left out."""
    found = [whole_table(language, sheet), *group_tables(language, sheet, of_groups)]
    if sheet.years:
        found.append(year_table(language, sheet.years))
    if sheet.reasons:
        found.append(reason_table(language, sheet.reasons))
    if sheet.notices:
        found.append(notice_table(language, sheet.notices))
    return [*found, definition_table(language)]


def tables_with_charts(
    language: str, sheet: FigureSheet, of_groups: Sequence[str] = OF_GROUPS
) -> list[tuple[FigureTable, BarChart | None]]:
    """Every table, in its order, with the chart of it where there is something to draw."""
    drawn: list[BarChart | None] = [None]
    some = bool(sheet.together.received)
    drawn += [group_chart(language, sheet, split, groups) if some else None for split, groups in sheet.groups]
    drawn += [year_chart(language, sheet.years)] if sheet.years else []
    found = tables(language, sheet, of_groups)
    return list(zip(found, [*drawn, *[None] * (len(found) - len(drawn))], strict=True))


def hand_called(language: str, name: str) -> str:
    """What a count that is entered by hand is called."""
    return words(language, f"figures.{_HAND[name]}")


def group_chart(language: str, sheet: FigureSheet, split: FigureSplit, groups: Sequence[GroupTally]) -> BarChart:
    """The groups of one kind as bars, the biggest first where there are more than fit; the rest is in the table."""
    biggest = sorted(groups, key=lambda one: -one.tally.received)[:_MOST_BARS]
    kept = [one for one in groups if one in biggest]
    bars = tuple(
        ChartBar(name_of(language, split, one), tuple(value_of(one.tally, part) or 0 for part in _PARTS))
        for one in kept
    )
    title = words(language, f"figures.chart_{split.value}", {"about": about(language, sheet)})
    return _chart(language, title, _PARTS, bars)


def whole_chart(language: str, sheet: FigureSheet) -> BarChart:
    """What became of all of them, by meeting where there are several, else as one bar."""
    for split, groups in sheet.groups:
        if split in (FigureSplit.MEETING, FigureSplit.QUARTER) and len(groups) > 1:
            return group_chart(language, sheet, split, groups)
    values = tuple(value_of(sheet.together, part) or 0 for part in _PARTS)
    title = words(language, "figures.title", {"about": about(language, sheet)})
    return _chart(language, title, _PARTS, (ChartBar(words(language, "figures.received"), values),))


def year_chart(language: str, years: Sequence[YearLine]) -> BarChart:
    """The years below each other."""
    bars = tuple(ChartBar(str(one.year), tuple(_of_year(one, part) for part in _PARTS_OF_YEARS)) for one in years)
    return _chart(language, words(language, "figures.years"), _PARTS_OF_YEARS, bars)


def _chart(language: str, title: str, parts: Sequence[str], bars: tuple[ChartBar, ...]) -> BarChart:
    names = tuple(words(language, f"figures.{part}") for part in parts)
    return BarChart(title, names, bars, _told(language, names, bars))


def _told(language: str, parts: Sequence[str], bars: Iterable[ChartBar]) -> str:
    """Each bar as a sentence, for whoever hears the page or has no picture."""
    said = []
    for bar in bars:
        counted = ", ".join(f"{part}: {value}" for part, value in zip(parts, bar.values, strict=True) if value)
        said.append(
            words(language, "figures.told", {"name": bar.name, "count": str(sum(bar.values)), "parts": counted or "0"})
        )
    return " ".join(said)


def charts(language: str, sheet: FigureSheet) -> list[BarChart]:
    """Every chart there is of these figures, the whole first."""
    if not sheet.together.received:
        return [year_chart(language, sheet.years)] if sheet.years else []
    found = [whole_chart(language, sheet)]
    apart = (FigureSplit.HAMLET, FigureSplit.TOPIC, FigureSplit.DESK)
    found += [group_chart(language, sheet, split, groups) for split, groups in sheet.groups if split in apart]
    if sheet.years:
        found.append(year_chart(language, sheet.years))
    return found


def lines(sheet: FigureSheet) -> tuple[Param, ...]:
    """The figures of the whole as lines of a message; what is nought is left out but for what was received."""
    told: list[Param] = []
    for name in OF_ALL:
        value = value_of(sheet.together, name)
        if value or name == "received":
            told.append(Term("figures.line", {"name": Term(f"figures.{name}"), "value": str(value)}))
    return tuple(told)


def group_lines(language: str, sheet: FigureSheet, split: FigureSplit) -> tuple[Param, ...]:
    """The groups of one kind as lines of a message: received, answered, late, waiting."""
    found = dict(sheet.groups).get(split, ())
    return tuple(
        Term(
            "figures.group_line",
            {
                "name": name_of(language, split, one),
                "received": one.tally.received,
                "answered": one.tally.answered,
                "overdue": one.tally.overdue,
            },
        )
        for one in found
    )
