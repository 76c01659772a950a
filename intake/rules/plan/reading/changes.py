"""What a paper that changes another one goes back to: the number it changes, and every day it names (R215)."""

import re
from datetime import date

from intake.rules.plan.reading.days import DAY, windows
from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.vocabulary import loose

_CHANGED_PAPER = loose(
    r"(?:ke hoach|thong bao|lich|cong van)(?: lien tich)? (?:so ?:? ?)?",
    r"(?P<number>\d{1,5} ?[-–/] ?[a-z]{1,8}(?: ?[-–/.] ?[a-z]{1,12}){0,3})",
)
_REPLACES = loose(r"thay (?:the|cho)(?: cho)? $")
_OF_THE_PLAN = loose(r"(?:ke hoach|viec thuc hien|thuc hien)\b")
_ENDS = loose(r"\bhuy(?: bo)?\b|bai bo|cham dut|dung(?: thuc hien)? ke hoach")
_PAUSES = loose(r"tam dung|tam hoan|\bhoan\b")


def read_replaced(text: PaperText, start: int) -> Stated[str] | None:
    """The number of the plan that a plan says it takes the place of ("thay thế Kế hoạch số …")."""
    for found in _CHANGED_PAPER.finditer(text.folded, start):
        if _REPLACES.search(text.folded[max(0, found.start() - 30) : found.start()]):
            return _cited(text, found)
    return None


def read_end_of_plan(text: PaperText, title: tuple[int, int]) -> Stated[str] | None:
    """`cancelled` or `postponed` where a change says it of the plan as a whole in its title."""
    if not _OF_THE_PLAN.search(text.folded, *title):
        return None
    pauses, ends = (pattern.search(text.folded, *title) for pattern in (_PAUSES, _ENDS))
    return Stated("postponed" if pauses else "cancelled", text.phrase(*title)) if pauses or ends else None


def read_predecessor(text: PaperText, start: int) -> Stated[str] | None:
    """The number of the plan or notice that is changed: the first one named from the title on."""
    found = _CHANGED_PAPER.search(text.folded, start)
    return None if found is None else _cited(text, found)


def _cited(text: PaperText, found: "re.Match[str]") -> Stated[str]:
    number = "".join(text.flat[found.start("number") : found.end("number")].split()).replace("–", "-")
    return Stated(number, text.phrase(*found.span()))


def days_named(text: PaperText, start: int, year: int | None) -> tuple[date, ...]:
    """Every day the paper names from its title on, among them the one the meeting had."""
    found = [
        window.first
        for paragraph in text.paragraphs
        if paragraph.end > start
        for window in windows(text.folded, max(start, paragraph.start), paragraph.end, year)
        if window.precision == DAY
    ]
    return tuple(dict.fromkeys(found))
