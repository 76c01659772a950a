"""The words of documents: sentences of the catalogue, gaps a clerk fills, dates as official documents write them.

A document is in Vietnamese whoever asks for it: that is the language it is signed in.
"""

from collections.abc import Iterable
from datetime import date, datetime

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param
from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.issuer import two_digits
from intake.rules.papers.paper import Passage
from intake.rules.text import with_capital
from wording.meetings import when
from wording.texts import shown, words

LANGUAGE = "vi"
_SHORT_MONTHS = 2
_CUT = " … "


def say(key: str, **params: Param) -> str:
    """One sentence of the catalogue."""
    return words(LANGUAGE, f"paper.{key}", params)


def counted(key: str, count: int) -> Passage:
    """A sentence with a number; where there is nothing, one that says so: nobody writes "0 vụ việc" into a report."""
    return Passage(say(key, count=count) if count else say(f"{key}_none"))


def gap(what: str) -> str:
    """What is missing and the office has to write, in brackets, named: "[số]"."""
    return say(f"gap.{what}")


def or_gap(text: str | None, what: str) -> str:
    """The text, or the gap where there is none."""
    return text or gap(what)


def issuer_of(facts: PaperFacts) -> str:
    """Who issues the papers of a plan, in a sentence."""
    return or_gap(facts.plan.profile.plan.issuer, "issuer")


def dash(text: str) -> Passage:
    """A line of a list, with its dash typed."""
    return Passage(f"- {text}")


def dashes(texts: Iterable[str]) -> list[Passage]:
    """Several of them; where each ends with a semicolon, the last ends with a full stop."""
    lines = list(texts)
    if lines and lines[-1].endswith(";"):
        lines[-1] = f"{lines[-1][:-1]}."
    return [dash(text) for text in lines]


def ended(text: str) -> str:
    """What somebody typed as a sentence: with a full stop, where it has no end of its own."""
    return text if text.rstrip("”\"')").endswith((".", "!", "?", "…")) else f"{text}."


def nothing(what: str = "none") -> Passage:
    """What a document says in place of what there is none of."""
    return Passage(ended(say(what)))


def quoted(phrase: str) -> list[str]:
    """The passages of a phrase of the plan, which is cut where the plan says something else in between."""
    return [with_capital(part.strip().strip(";")) for part in phrase.split(_CUT)]


def month_written(month: int) -> str:
    """January and February with a zero, as Nghị định 30/2020 wants it."""
    return two_digits(month) if month <= _SHORT_MONTHS else str(month)


def day_written(day: date) -> str:
    """`ngày 05 tháng 01 năm 2024`."""
    return say("day", day=two_digits(day.day), month=month_written(day.month), year=day.year)


def moment_written(at: datetime) -> str:
    """`08 giờ 00, thứ Năm, ngày 25 tháng 4 năm 2024`."""
    local = at.astimezone(LOCAL)
    weekday = words(LANGUAGE, f"poster.weekday_{local.isoweekday()}")
    return say("moment", hour=f"{local:%H}", minute=f"{local:%M}", weekday=weekday, day=day_written(local.date()))


def clock_written(at: datetime | None) -> str:
    """`08 giờ 00`; a gap where nobody noted it."""
    return (
        gap("time")
        if at is None
        else say("clock", hour=f"{at.astimezone(LOCAL):%H}", minute=f"{at.astimezone(LOCAL):%M}")
    )


def when_written(meeting: Meeting) -> str:
    """When a meeting is: the moment, or the window of the plan."""
    return moment_written(meeting.starts_at) if meeting.starts_at else shown(LANGUAGE, when(meeting))


def short_day(day: date | datetime | None) -> str:
    """`25/04/2024`, or nothing."""
    if day is None:
        return ""
    return (day.astimezone(LOCAL) if isinstance(day, datetime) else day).strftime("%d/%m/%Y")
