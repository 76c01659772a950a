"""The tables of a profile about the meetings and the time limits around them.

Each names as `phrase` the words of the plan it rests on (see `profile_paper`).
"""

from dataclasses import dataclass
from datetime import date, time

from intake.rules.deadlines.clock import DayUnit

from .profile_terms import (
    AudienceKind,
    Coverage,
    MeetingForm,
    NoticeChannel,
    NoticeField,
    ProgrammeStep,
    RegistrationMode,
    ReportRhythm,
    SpeakingOrder,
)
from .window import PlannedWindow


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a plan that contradicts itself; a person chooses (R064).

    `replies_before`: the day before which, in this reading, every reply too has to be out.
    """

    key: str
    window: PlannedWindow
    text: str
    replies_before: date | None = None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A meeting the plan foresees, at the precision the plan has (R060–R064).

    `finish_before`: a hard stop, the first day that is too late. `hour`: the local time it begins at (R214);
    `people`: for whom it is, in the plan's words, where it is not for everybody, `audience` what kinds of people those
    are; `places`: how many the room takes in all (R216).
    """

    key: str
    title: str
    window: PlannedWindow
    phrase: str
    coverage: Coverage = Coverage.WHOLE_UNIT
    venue: str | None = None
    hour: time | None = None
    form: MeetingForm | None = None
    people: str | None = None
    audience: tuple[AudienceKind, ...] = ()
    places: int | None = None
    finish_before: date | None = None
    host_hamlet: str | None = None
    hamlets: tuple[str, ...] = ()
    theme: str | None = None
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A step of the meeting, in the order of the plan (R140–R149); `years`: those looked back on (R143)."""

    step: ProgrammeStep
    title: str
    phrase: str
    by: str | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRule:
    """The list of delegates each unit hands in: to which office; `before`: the day that is too late (R079, R111)."""

    to: str
    phrase: str
    before: date | None = None


@dataclass(frozen=True, slots=True)
class RegistrationRule:
    """How people register (R110–R118). `quotas`: each unit has a number, whether or not the plan gives it.

    `until`: the last day for it, where the plan names one for everybody (R050).
    """

    mode: RegistrationMode
    phrase: str
    until: date | None = None
    collected_by: tuple[str, ...] = ()
    quotas: bool = False
    lists: ListRule | None = None


@dataclass(frozen=True, slots=True)
class OpinionWindow:
    """The days in which opinions and questions are gathered before the meetings, both included (R217)."""

    phrase: str
    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class OrderRule:
    """What decides the order of speakers, under the hand of the chair (R113, R114)."""

    order: SpeakingOrder
    phrase: str


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """The public notice (R090–R098): calendar days before the meeting, what it says, the ways it takes.

    `second_person_above`: a notice to more people than that is released by a second person; none: the default.
    """

    phrase: str
    days: int | None = None
    second_person_above: int | None = None
    fields: tuple[NoticeField, ...] = ()
    channels: tuple[NoticeChannel, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparationRule:
    """Working days before the meeting by which it is prepared (R070)."""

    working_days: int
    phrase: str


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A task due "trước ngày X": `before` is X, the day that is too late (R079, R080)."""

    key: str
    before: date
    task: str
    phrase: str
    lead: str | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyRule:
    """Days from the end of the meeting to the reply (R160, R164), calendar days or, with `count`, working days (A7).

    `roll`: a last day that is not worked on moves to the next working day (LAW C7).
    """

    phrase: str
    days: int | None = None
    count: DayUnit = DayUnit.CALENDAR
    roll: bool = True


@dataclass(frozen=True, slots=True)
class TargetRule:
    """The office's own targets inside the reply limit, `[clocks.targets]`, in calendar days.

    `internal_days`: from the start of the reply clock, "trả lời sớm nhất" (R163); without it no such clock runs.
    `urgent_days`: from the day a question is called urgent, "bức xúc, nổi cộm" (R193); without it the default.
    """

    phrase: str
    internal_days: int | None = None
    urgent_days: int | None = None


@dataclass(frozen=True, slots=True)
class ReportRule:
    """The report on results (R168, R182, R184): to whom, how often, within how many days of the new period."""

    phrase: str
    lead: str | None = None
    to: tuple[str, ...] = ()
    every: ReportRhythm | None = None
    first_working_days: int | None = None


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Every time limit of the plan; None for what it says nothing of."""

    notice: NoticeRule | None = None
    reply: ReplyRule | None = None
    preparation: PreparationRule | None = None
    targets: TargetRule | None = None
    fixed_dates: tuple[FixedDate, ...] = ()
    periodic_report: ReportRule | None = None
