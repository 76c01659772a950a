"""The tables of a profile about units and offices, who comes, what is asked and how it is dealt with.

Each names as `phrase` the words of the plan it rests on (see `profile_paper`).
"""

from dataclasses import dataclass
from datetime import date

from intake.rules.people.unit import Level

from .profile_terms import AudienceMode, Duty, Practice, QuestionKind, ReplyForm, Seat


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit the plan names. A hamlet's code has the code of its parent in front (`VB-dong`).

    `formerly`: the name under which the unit is known until now, where it was renamed or belongs elsewhere (LAW C7).
    """

    code: str
    name: str
    level: Level
    phrase: str
    parent: str | None = None
    ended_on: date | None = None
    households: int | None = None
    note: str | None = None
    formerly: str | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """A person who chairs, by post (R030–R033). `concludes` marks the one who closes the meeting.

    `deputy`: stands in for the others where they cannot come (R219).
    """

    key: str
    title: str
    phrase: str
    concludes: bool = False
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A body with a part in the plan. A `desk` answers questions (R039, R040)."""

    key: str
    name: str
    phrase: str
    desk: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty with the office that leads it, those that join in, and who gets what comes of it (R037, R054)."""

    duty: Duty
    lead: str
    phrase: str
    others: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A subject of the plan (R125). A leaf names its desk; `sensitive`: kept from the public (R026, R126).

    `keywords` are not the plan's: the words people use for it, from which it is suggested at triage.
    """

    code: str
    name: str
    phrase: str
    parent: str | None = None
    desk: str | None = None
    sensitive: bool = False
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of submission the plan speaks of, and the reply it is owed (R110, R125, R128)."""

    kind: QuestionKind
    phrase: str
    reply: ReplyForm = ReplyForm.INDIVIDUAL


@dataclass(frozen=True, slots=True)
class SeatLine:
    """How many delegates of a kind each unit right below the plan's own sends (R048)."""

    seat: Seat
    count: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Participants:
    """Who the dialogue is held with (R046–R049); `also` are people admitted besides."""

    mode: AudienceMode
    phrase: str
    hamlets: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    seats: tuple[SeatLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """A practice the plan prescribes; `office` is the body that sees to it, where one is named."""

    practice: Practice
    phrase: str
    office: str | None = None


@dataclass(frozen=True, slots=True)
class GuestGroup:
    """People at the meeting besides the residents: a `party` to the dialogue or attending (R045, R051)."""

    name: str
    phrase: str
    party: bool = False
    higher_level: bool = False


@dataclass(frozen=True, slots=True)
class Supervision:
    """A body that watches over the dialogue, and over what (R050, R185–R188)."""

    office: str
    scope: str
    phrase: str
