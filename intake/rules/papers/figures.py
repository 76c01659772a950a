"""Figures people look at: what became of the questions of a meeting or a period, together and group by group.

Counted are questions, never people; what turned out to be a denunciation is counted nowhere (LAW C4). Who may see
which group is asked in `intake.actions.papers.figures`; what of it everybody may read says `for_everybody`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.quarters import quarter_end, quarter_of
from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.results import Results
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.text import fitting

FEW = 5
"""A group of fewer questions than these could tell whose they are: everybody reads it together with others."""
LONGEST_SOURCE = 200
FIRST_YEAR = 2000
MOST_OF_A_YEAR = 99_999


class FigureSplit(StrEnum):
    """By what the questions of a meeting or a period are taken apart."""

    MEETING = "meeting"
    QUARTER = "quarter"
    HAMLET = "hamlet"
    TOPIC = "topic"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class FigureScope:
    """Which questions of a unit are counted: those of a meeting, or of its days from `first` to `last`.

    The day of a question is that of the end of its meeting, else of its receipt.
    """

    unit_id: UnitId
    first: date
    last: date
    meeting_id: MeetingId | None = None

    @property
    def start(self) -> datetime:
        """The moment the days begin."""
        return datetime.combine(self.first, time(), tzinfo=LOCAL)

    @property
    def end(self) -> datetime:
        """The moment they are over."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=LOCAL)

    @property
    def quarters(self) -> tuple[tuple[int, datetime], ...]:
        """Each quarter that has days of these, as year and quarter in one number (20263), with the moment it ends."""
        found, day = list[tuple[int, datetime]](), self.first
        while day <= self.last:
            year, quarter = quarter_of(day)
            day = quarter_end(year, quarter) + timedelta(days=1)
            found.append((year * 10 + quarter, datetime.combine(day, time(), tzinfo=LOCAL)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Tally:
    """Questions counted by what became of them; everything up to `gathered` adds up to `received`.

    `there` were answered or made clear in the room, `before` it before its end; `in_time` and `late` are the answers
    given after it, or to what was sent outside a meeting, by the day the asker was owed one (R160). `waiting` still
    owe an answer, `referred` and `extended` are with an agency and its date. `overdue` are those of all three that are
    late today. Of the answers `settled` say that it is done, `dated` by which day it will be, and `explained` only
    explain (R021). `days` has for each number of days how many answers took so long: from the end of the meeting, else
    from receipt, to the answer.
    """

    received: int = 0
    before: int = 0
    there: int = 0
    in_time: int = 0
    late: int = 0
    waiting: int = 0
    referred: int = 0
    extended: int = 0
    declined: int = 0
    gathered: int = 0
    overdue: int = 0
    settled: int = 0
    dated: int = 0
    explained: int = 0
    satisfied: int = 0
    dissatisfied: int = 0
    days: tuple[tuple[int, int], ...] = ()

    @property
    def answered(self) -> int:
        """How many have their answer."""
        return self.before + self.there + self.in_time + self.late

    @property
    def dated_share(self) -> int | None:
        """Of a hundred askers who were told something, how many have a day and who answers for it (R021).

        Those are answers that name a day, referrals and extensions (R161). None where nobody was told anything yet.
        """
        with_agency = self.referred + self.extended
        return _of_a_hundred(self.dated + with_agency, self.answered + with_agency)

    @property
    def explained_share(self) -> int | None:
        """Of a hundred answers, how many only explain (R021); None without answers."""
        return _of_a_hundred(self.explained, self.answered)

    def days_for(self, percent: int) -> int | None:
        """Within how many days so many of a hundred answers were given; None where none was given afterwards."""
        wanted = sum(count for _, count in self.days) * percent
        passed = 0
        for length, count in sorted(self.days):
            passed += count
            if passed * 100 >= wanted:
                return length
        return None


def _of_a_hundred(part: int, whole: int) -> int | None:
    return (part * 200 + whole) // (2 * whole) if whole else None


COUNTS = tuple(field.name for field in fields(Tally) if field.name != "days")
"""The counts of a tally, in their order."""


def tallied(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    found, days = list(tallies), dict[int, int]()
    for one in found:
        for length, count in one.days:
            days[length] = days.get(length, 0) + count
    return Tally(
        **{name: sum(getattr(one, name) for one in found) for name in COUNTS}, days=tuple(sorted(days.items()))
    )


@dataclass(frozen=True, slots=True)
class GroupTally:
    """A group with its name; the empty name is what belongs to none of them (or to one that is not named)."""

    name: str
    tally: Tally


def merged(groups: Iterable[GroupTally]) -> tuple[GroupTally, ...]:
    """The groups, those of one name as one, what has none last."""
    named: dict[str, list[Tally]] = {}
    for group in groups:
        named.setdefault(group.name, []).append(group.tally)
    return tuple(
        GroupTally(name, tallied(tallies)) for name, tallies in sorted(named.items(), key=lambda one: one[0] == "")
    )


def for_everybody(groups: Sequence[GroupTally]) -> tuple[GroupTally, ...]:
    """The groups everybody may read, without those that could tell a person; nothing where that leaves fewer than two.

    Groups of fewer than `FEW` questions are put together with what has no name, and so is the next smallest while even
    those are too few: else what is missing from the whole would be theirs.
    """
    kept = sorted((one for one in groups if one.name and one.tally.received >= FEW), key=lambda one: one.tally.received)
    rest = [one for one in groups if one not in kept and one.tally.received]
    while rest and kept and sum(one.tally.received for one in rest) < FEW:
        rest.append(kept.pop(0))
    shown = [one for one in groups if one in kept]
    if rest:
        shown.append(GroupTally("", tallied(one.tally for one in rest)))
    return tuple(shown) if len(shown) > 1 else ()


@dataclass(frozen=True, slots=True)
class NoticeFigures:
    """How far the last notice of a meeting got.

    `hamlets` passed it on in the chat, to `people`; it went out to `sent` of them so far; `proofs` is how often
    somebody confirmed that it was read out or hung up.
    """

    title: str
    hamlets: int
    people: int
    sent: int
    proofs: int


@dataclass(eq=False)
class YearByHand:
    """The results of a year before the product was there, as the office entered them from its own report (R143)."""

    unit_id: UnitId
    year: int
    received: int
    there: int
    later: int
    forwarded: int
    declined: int
    open: int
    source: str
    entered_by: PersonId

    @property
    def results(self) -> Results:
        """The same as results are counted; what was answered before a meeting nobody counted."""
        return Results(
            meeting_id=None,
            received=self.received,
            before=0,
            there=self.there,
            later=self.later,
            forwarded=self.forwarded,
            declined=self.declined,
            open=self.open,
            gathered=0,
        )


HAND_COUNTS = ("received", "there", "later", "forwarded", "declined", "open")
"""What is entered of a year, in its order; the others add up to the first."""


def source_named(text: str) -> str:
    """Where the figures of a year stand, on one line; raises `TooLong`."""
    return fitting(" ".join(text.split()), LONGEST_SOURCE)


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year beside another: its results and, where the office entered them, the source (else empty)."""

    year: int
    results: Results
    source: str = ""


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """All figures of a meeting (`title`) or a period (`period`, as `ReportPeriod.code` writes it) of a unit.

    `reasons` says how many were declined for each reason, the most frequent first; `years` are those before.
    """

    unit: str
    title: str
    period: str
    together: Tally
    groups: tuple[tuple[FigureSplit, tuple[GroupTally, ...]], ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()
    notices: tuple[NoticeFigures, ...] = ()
    years: tuple[YearLine, ...] = ()
