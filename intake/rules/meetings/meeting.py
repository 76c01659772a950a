"""A dialogue meeting, who comes to it, and how it is announced."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.people.consent import is_restricted
from intake.rules.people.person import Person, PersonId
from intake.rules.people.unit import TopicId, UnitId
from intake.rules.plan.plan import PlanId
from intake.rules.plan.profile_terms import AudienceKind, MeetingForm, Seat
from intake.rules.plan.window import HalfDay, PlannedWindow, Precision

MeetingId = NewType("MeetingId", int)
RegistrationId = NewType("RegistrationId", int)
NoticeId = NewType("NoticeId", int)
USUAL_LENGTH = timedelta(hours=3)
"""A half day, as the plans have it."""

STILL_EXPECTED = timedelta(days=365)
"""How long a meeting that was put off is expected to get its new day."""

DEMANDED = "demand-"
"""What the session key of a meeting on demand begins with; its demand's number follows."""


class ResultsMeans(StrEnum):
    """The three ways in which the law wants the results of a meeting made public (R211, LAW C9)."""

    MEDIA = "media"
    POSTED = "posted"
    HEADS = "heads"


class MeetingState(StrEnum):
    """planned: only the window is known; fixed: day, time, venue; open: in session; held: ended; cancelled."""

    PLANNED = "planned"
    FIXED = "fixed"
    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Meeting:
    """One meeting (buổi đối thoại). Until the day is fixed only the window of the plan is known (R060–R065).

    `speech_minutes`: how long each speaker may take where the screen of the hall shows it (the chair's choice).
    `online_at` says where and how one takes part online, where one can. `revision` counts how often day, place or form
    changed, the last time at `revised_at`: calendars that have it already take over only what is newer.
    """

    id: MeetingId = field(init=False)
    plan_id: PlanId
    unit_id: UnitId
    session_key: str
    title: str
    theme: str
    window_from: date
    window_to: date
    precision: Precision
    half_day: HalfDay | None
    venue: str
    hosting_hamlet_id: UnitId | None = None
    state: MeetingState = MeetingState.PLANNED
    starts_at: datetime | None = None
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    created_by: PersonId | None = None
    created_at: datetime | None = None
    lists_due_on: date | None = None
    results_public: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By means (`ResultsMeans`): the day the results were made public (`on`), who said so (`by`) and when (`at`)."""

    form: MeetingForm = MeetingForm.IN_PERSON
    online_at: str = ""
    speech_minutes: int | None = None
    revision: int = 0
    revised_at: datetime | None = None
    audience: tuple[AudienceKind, ...] = ()
    """For what kinds of people it is; empty: for everybody (R216)."""

    places: int | None = None
    """How many may register in all, where units have no numbers of their own; whoever comes later waits (R216)."""

    def revise(self, now: datetime) -> None:
        """Note that what people have in their calendars changed just now."""
        self.revision += 1
        self.revised_at = now

    @property
    def is_put_off(self) -> bool:
        """Whether it had a day, or another window, of which people were told, and has no day now."""
        return self.state is MeetingState.PLANNED and self.revision > 0

    def rests(self, due_on: date, today: date) -> bool:
        """Whether what would be late for it is not: it was put off, and counts anew from the day that is fixed.

        That no day is fixed is told by the clock of the session.
        """
        return self.is_put_off and due_on < today

    @property
    def planned_end(self) -> datetime | None:
        """When a fixed meeting is over if nobody says otherwise: plans name the beginning, hardly ever the end."""
        return None if self.starts_at is None else self.starts_at + USUAL_LENGTH

    def awaits_word(self, now: datetime) -> bool:
        """Whether it should be over and nobody has said so: it comes no more, and may never have come (R220)."""
        end = self.planned_end
        return self.state in (MeetingState.FIXED, MeetingState.OPEN) and end is not None and end <= now

    @property
    def is_demanded(self) -> bool:
        """Whether no plan foresaw it: voters demanded it (R212)."""
        return self.session_key.startswith(DEMANDED)

    def is_past(self, now: datetime) -> bool:
        """Whether it comes no more, so that nobody is invited, kept or given a seat for it, said to be over or not.

        One that is in session may take longer than planned, but not until the next day. One that was put off is
        expected for a year, whatever the plan foresaw: people were promised its new day, and that all they sent stands.
        """
        today, end = now.astimezone(LOCAL).date(), self.planned_end
        if self.state is MeetingState.OPEN and self.starts_at is not None:
            return self.starts_at.astimezone(LOCAL).date() < today
        if self.state is MeetingState.FIXED and end is not None:
            return end <= now
        if self.is_put_off and self.revised_at is not None and now - self.revised_at < STILL_EXPECTED:
            return False
        return self.state is not MeetingState.PLANNED or self.window_to < today

    @property
    def window(self) -> PlannedWindow:
        """The days the plan allows."""
        return PlannedWindow(self.window_from, self.window_to, self.precision, self.half_day)


@dataclass(eq=False)
class MeetingHamlet:
    """A hamlet that a meeting covers. A meeting without any covers the whole unit."""

    meeting_id: MeetingId
    hamlet_id: UnitId


class RegistrationKind(StrEnum):
    """What a person registers for."""

    ATTEND = "attend"
    SPEAK = "speak"


class RegistrationState(StrEnum):
    """standing: comes; waiting: the quota is full; withdrawn by the person; removed from the list, with a reason."""

    STANDING = "standing"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


LIVE = (RegistrationState.STANDING, RegistrationState.WAITING)
"""A registration that still counts; a person has at most one of them for a meeting."""


@dataclass(eq=False)
class Registration:
    """A person's registration for a meeting; `entered_by` is set when a hamlet head typed it for a neighbour (R111).

    `unit_id` is the unit it counts for, `rank` its place among those of that unit, `walk_in` that it was made at the
    door. `reason` is why it was moved on or taken off the unit's list. `moved_to`, with who, when and why, is the
    number the chair gave a speaker (R113). `name_shown`: a speaker lets the screen of the hall show the name.
    `called_at` to `spoke_until` a speaker had the floor; `absent_at` a speaker was called and was not there.
    `unmarked`: the office has read the words and found that they accuse nobody (LAW C4).
    """

    id: RegistrationId = field(init=False)
    reference: str
    meeting_id: MeetingId
    person_id: PersonId
    kind: RegistrationKind
    content: str
    registered_at: datetime
    entered_by: PersonId | None = None
    state: RegistrationState = RegistrationState.STANDING
    unit_id: UnitId | None = None
    seat: Seat = Seat.RESIDENT
    rank: int = 0
    topic_id: TopicId | None = None
    reason: str = ""
    moved_to: int | None = None
    moved_by: PersonId | None = None
    moved_at: datetime | None = None
    moved_why: str = ""
    walk_in: bool = False
    present_at: datetime | None = None
    present_by: PersonId | None = None
    called_at: datetime | None = None
    spoke_until: datetime | None = None
    absent_at: datetime | None = None
    name_shown: bool = False
    unmarked: bool = False


class NoticeKind(StrEnum):
    """What is announced: that a meeting comes, or what came of one (R090, R211)."""

    MEETING = "meeting"
    RESULTS = "results"


def told_content(registration: Registration, person: Person) -> str:
    """What somebody will speak about, as others read it; nothing while the person restricts its use (LAW C5)."""
    return "" if is_restricted(person) else registration.content


@dataclass(eq=False)
class Notice:
    """A released announcement of a meeting; hamlet heads push it to their own hamlet (R090–R099).

    `starts_at` and `venue` are what it announces: a meeting that was moved since has put it out of date. `composed_by`
    is set where a second person released it. One of results has no text: its words are counted whenever it is read.
    """

    id: NoticeId = field(init=False)
    meeting_id: MeetingId
    text: str
    released_by: PersonId
    released_at: datetime
    starts_at: datetime | None = None
    venue: str = ""
    composed_by: PersonId | None = None
    kind: NoticeKind = NoticeKind.MEETING


def notice_name(notice_id: NoticeId) -> str:
    """The name of the broadcasts that carry a notice (see `Broadcast.name`)."""
    return f"notice:{notice_id}"


@dataclass(eq=False)
class NoticePush:
    """The proof that a notice went to one hamlet: who pushed it, when, to how many, and how many have no phone."""

    id: int = field(init=False)
    notice_id: NoticeId
    hamlet_id: UnitId
    pushed_by: PersonId
    pushed_at: datetime
    recipients: int


@dataclass(eq=False)
class ProgrammeTick:
    """A step of the programme that is done: which one of the plan's list, when, who ticked it (R140, R142)."""

    meeting_id: MeetingId
    position: int
    ticked_at: datetime
    ticked_by: PersonId
