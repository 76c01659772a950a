"""The periods reports are made for: a month, a quarter, the half year, nine months, a year (LAW C1, R184)."""

import re
from dataclasses import dataclass
from datetime import date

from intake.rules.deadlines.quarters import month_end, quarter_of, quarter_start
from intake.rules.plan.profile_terms import ReportRhythm
from intake.rules.text import fold

from .kinds import PaperKind

_HALF, _NINE = 6, 9
_WRITTEN = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine>9M)))?"
)
_SAID: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:thang )?0?(?P<part>[1-9]|1[0-2]) (?:nam )?(?P<year>\d{4})"), "{year}-{part:02}"),
    (re.compile(r"(?P<year>\d{4}) (?P<part>[1-9])"), "{year}-{part:02}"),
    (re.compile(r"q(?:uy )?(?P<part>[1-4]|i{1,3}|iv) (?:nam )?(?P<year>\d{4})"), "{year}-Q{part}"),
    (re.compile(r"6 thang dau (?:nam )?(?P<year>\d{4})"), "{year}-H1"),
    (re.compile(r"6 thang cuoi (?:nam )?(?P<year>\d{4})"), "{year}-H2"),
    (re.compile(r"9 thang (?:dau )?(?:nam )?(?P<year>\d{4})"), "{year}-9M"),
    (re.compile(r"nam (?P<year>\d{4})"), "{year}"),
)
"""How people say a period, folded, and how it is written."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """The days of a report, both ends counted; `part` is the number of the month, quarter or half, 0 for none."""

    kind: PaperKind
    year: int
    part: int
    first: date
    last: date

    @property
    def code(self) -> str:
        """How it is written: what `period_written` reads."""
        parts = {
            PaperKind.MONTH_REPORT: f"-{self.part:02}",
            PaperKind.QUARTER_REPORT: f"-Q{self.part}",
            PaperKind.HALF_YEAR_REPORT: f"-H{self.part}",
            PaperKind.NINE_MONTHS_REPORT: "-9M",
        }
        return f"{self.year}{parts.get(self.kind, '')}"


def period_written(text: str) -> ReportPeriod | None:
    """`2026-03`, `2026-Q1`, `2026-H1`, `2026-9M`, `2026`; None for what is none of them."""
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found is None:
        return None
    year = int(found["year"])
    if found["month"]:
        return _months(PaperKind.MONTH_REPORT, year, int(found["month"]), int(found["month"]), 1)
    if found["quarter"]:
        quarter = int(found["quarter"])
        return _months(PaperKind.QUARTER_REPORT, year, quarter, quarter * 3 - 2, 3)
    if found["half"]:
        half = int(found["half"])
        return _months(PaperKind.HALF_YEAR_REPORT, year, half, half * _HALF - 5, _HALF)
    if found["nine"]:
        return _months(PaperKind.NINE_MONTHS_REPORT, year, 0, 1, _NINE)
    return _months(PaperKind.YEAR_REPORT, year, 0, 1, 12)


def period_typed(text: str) -> ReportPeriod | None:
    """A period as it is written or as people say it: "quý II/2026", "tháng 6 năm 2026", "6 tháng đầu năm 2026"."""
    folded = " ".join(fold(text).split())
    for said, written in _SAID:
        if found := said.fullmatch(folded):
            part = found.groupdict().get("part") or "0"
            return period_written(written.format(year=found["year"], part=_ROMAN.get(part) or int(part)))
    return period_written(text)


def period_before(kind: PaperKind, today: date) -> ReportPeriod:
    """What somebody means who names no period: the last of its kind that is over, of what has no kind this year."""
    match kind:
        case PaperKind.MONTH_REPORT:
            year, month = (today.year - 1, 12) if today.month == 1 else (today.year, today.month - 1)
            return _months(kind, year, month, month, 1)
        case PaperKind.QUARTER_REPORT:
            begun = quarter_start(*quarter_of(today))
            year, quarter = quarter_of(date.fromordinal(begun.toordinal() - 1))
            return _months(kind, year, quarter, quarter * 3 - 2, 3)
        case PaperKind.HALF_YEAR_REPORT:
            half = 1 if today.month > _HALF else 2
            return _months(kind, today.year if half == 1 else today.year - 1, half, half * _HALF - 5, _HALF)
        case PaperKind.NINE_MONTHS_REPORT:
            return _months(kind, today.year if today.month > _NINE else today.year - 1, 0, 1, _NINE)
        case PaperKind.YEAR_REPORT:
            return _months(kind, today.year - 1, 0, 1, 12)
        case _:
            return _months(kind, today.year, 0, 1, 12)


_INSTEAD = {
    3: PaperKind.QUARTER_REPORT,
    6: PaperKind.HALF_YEAR_REPORT,
    9: PaperKind.NINE_MONTHS_REPORT,
    12: PaperKind.YEAR_REPORT,
}
"""The month after which Kết luận 215-KL/TW wants a report on more than the month (LAW C1)."""


def period_to_report(rhythm: ReportRhythm, today: date) -> ReportPeriod:
    """The period that ended last and is reported on in that rhythm."""
    if rhythm is ReportRhythm.QUARTER:
        return period_before(PaperKind.QUARTER_REPORT, today)
    month = period_before(PaperKind.MONTH_REPORT, today)
    return period_before(_INSTEAD.get(month.part, PaperKind.MONTH_REPORT), today)


def report_key(plan: str, period: ReportPeriod) -> str:
    """The key of the task to report on a period: what `period_of_report` reads."""
    code = f"{period.year}-{period.part}" if period.kind is PaperKind.QUARTER_REPORT else period.code
    return f"{plan}{_REPORT}{code}"


def period_of_report(key: str) -> ReportPeriod | None:
    """The period a task is to report on; None for a task that is no periodic report."""
    _, found, code = key.partition(_REPORT)
    year, _, quarter = code.partition("-")
    if not found:
        return None
    return period_written(f"{year}-Q{quarter}" if len(quarter) == 1 else code)


_REPORT = ":report:"


def _months(kind: PaperKind, year: int, part: int, first_month: int, count: int) -> ReportPeriod:
    last = month_end(date(year, first_month + count - 1, 1))
    return ReportPeriod(kind, year, part, date(year, first_month, 1), last)
