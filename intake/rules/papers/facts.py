"""What documents are filled from: everything the product knows of a plan, a meeting, a question, a period.

What is sensitive, names somebody of the office or is sealed is in none of them: it is counted as `withheld` (R126,
LAW C4). What nobody has said is None or empty, and stands as a gap in the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from intake.rules.meetings.guest import GuestReply
from intake.rules.meetings.meeting import Meeting
from intake.rules.meetings.results import Fate, Results
from intake.rules.message import Term
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import QuestionKind, Seat
from intake.rules.questions.question import QuestionState, RoomOutcome

from .figures import FigureSheet, YearByHand
from .issuer import two_digits
from .periods import ReportPeriod
from .register import OfficeDocument, OfficeDocumentId

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as it is carried out; `above` is the unit above its own, `secretary` who writes the minutes.

    `figures_only`: the office has decided that no single question is made public (R020).
    """

    code: str
    profile: PlanProfile
    unit: str
    above: str = ""
    secretary: str | None = None
    figures_only: bool = False


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question that anybody of the office may read, and what became of it. `asker` is for the slip sent to them.

    `public_text` and `public_answer` are for everybody and name nobody who asked; the text is None until it is public.
    Without anything it is the blank form of one.
    """

    reference: str = ""
    kind: QuestionKind = QuestionKind.QUESTION
    text: str = ""
    public_text: str | None = None
    public_answer: str = ""
    received_at: datetime | None = None
    state: QuestionState = QuestionState.RECEIVED
    fate: Fate = Fate.IN_PROGRESS
    hamlet: str = ""
    topic: str = ""
    desk: str = ""
    asker: str = ""
    asker_hamlet: str = ""
    answer: str = ""
    answered_at: datetime | None = None
    draft: str = ""
    agency: str = ""
    promised_on: date | None = None
    why_later: str = ""
    declined_because: tuple[str, str] = ("", "")
    outcome: RoomOutcome | None = None
    outcome_reason: str = ""
    due_on: date | None = None
    extended: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """A registered speaker in the order in force; `spoke_at` to `spoke_until` the floor was theirs.

    Who wants their data used no further is named by the number alone (LAW C5).
    """

    number: int
    name: str
    place: str
    topic: str
    content: str
    spoke_at: datetime | None = None
    spoke_until: datetime | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class GuestFacts:
    """Somebody invited by name and office, as they come: themselves or their stand-in."""

    name: str
    office: str
    group: str
    reply: GuestReply
    came: bool


@dataclass(frozen=True, slots=True)
class DelegateFacts:
    """Somebody with a seat, or waiting for one, and the unit they count for; the name as in `SpeakerFacts`."""

    name: str
    unit: str
    seat: Seat
    waiting: bool
    came: bool


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item of a conclusion and how it gets on; `public` once the chair made it so."""

    number: int
    text: str
    owner: str
    due_on: date | None
    done_at: datetime | None
    progress: str
    references: tuple[str, ...]
    public: bool = False


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What a hamlet's own meeting said: when, how many came, each opinion with its topic (empty: of none)."""

    hamlet: str
    held_on: date
    came: int
    opinions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HandsFacts:
    """A show of hands that was counted: the question, and each answer with how many hands were up for it.

    `by_eye` of them were counted in the hall, of people without a phone.
    """

    question: str
    answers: tuple[tuple[str, int], ...]
    asked_at: datetime
    by_eye: int = 0


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """A question of a survey: how often each choice was taken, in all and by hamlet; None where that is not shown."""

    question: str
    choices: tuple[str, ...]
    totals: tuple[int | None, ...]
    hamlets: tuple[tuple[str, tuple[int | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """A survey that is closed: how many people were asked and answered, in all and by hamlet, and what they chose."""

    title: str
    closed_at: datetime
    asked: int
    answered: int
    hamlets: tuple[tuple[str, int, int], ...]
    questions: tuple[AskedFacts, ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A matter raised again and again: when, in which words, what was promised, what a desk proposes."""

    label: str
    years: tuple[int, ...]
    texts: tuple[str, ...]
    promises: tuple[tuple[str, date], ...]
    direction: str


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The results of an earlier year: by meeting (None: outside one), together, and as the office entered them."""

    year: int
    meetings: tuple[tuple[str | None, Results], ...]
    together: Results
    by_hand: YearByHand | None = None


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """An answer slip among those of a meeting: its question with who asked, and its number where it has one.

    `own_file`: what was kept under the number is not what would be laid out now, so that it is printed from there.
    """

    question: QuestionFacts
    stamp: "PaperStamp | None" = None
    own_file: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting with all that belongs to it. `quotas` are by unit and seat; `ticked` by the place in the programme.

    `slips` are gathered for the file of all of them alone: who asked what is in no other document of a meeting.
    `withheld_fates`: what became of the withheld, one each, so that figures add up and are those of the public page.
    """

    meeting: Meeting
    scope: str
    questions: tuple[QuestionFacts, ...] = ()
    withheld: int = 0
    withheld_fates: tuple[Fate, ...] = ()
    speakers: tuple[SpeakerFacts, ...] = ()
    guests: tuple[GuestFacts, ...] = ()
    delegates: tuple[DelegateFacts, ...] = ()
    quotas: tuple[tuple[str, Seat, int], ...] = ()
    ticked: Mapping[int, datetime] | None = None
    items: tuple[ItemFacts, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
    years: tuple[YearFacts, ...] = ()
    hands: tuple[HandsFacts, ...] = ()
    records: tuple[RecordFacts, ...] = ()
    surveys: tuple[SurveyFacts, ...] = ()
    notice: str = ""
    notice_days: date | None = None
    script: Term | None = None
    figures: FigureSheet | None = None
    slips: tuple[SlipFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """The questions and the conclusions of a period. `late` are those nobody has answered in time.

    `sealed`: how many denunciations came and were sealed in a period that is over; nothing else is known (LAW C4).
    """

    period: ReportPeriod
    meetings: tuple[tuple[str, datetime | None, Results], ...]
    outside: Results
    questions: tuple[QuestionFacts, ...]
    withheld: int
    late: int
    items: tuple[tuple[str, ItemFacts], ...]
    rated_good: int = 0
    rated_bad: int = 0
    figures: FigureSheet | None = None
    sealed: int = 0


@dataclass(frozen=True, slots=True)
class PaperStamp:
    """The number and the day of a document, as far as it has them. `registered`: a clerk entered them here."""

    number: str | None
    dated: date | None
    registered: bool = True


def stamp_of(document: OfficeDocument | None) -> PaperStamp | None:
    """The number and the day of a document as they stand on it; None for a draft."""
    if document is None or document.number is None:
        return None
    return PaperStamp(two_digits(document.number), document.dated_on)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What one document is filled from: its plan, and the one other thing it is about.

    `register` has the documents of the unit, the newest first, for a document about the plan, `titles` the meetings
    they are about.
    `version` counts how often it was made, 0 where nobody counts. Without a stamp it is a draft.
    """

    plan: PlanFacts
    today: date
    stamp: PaperStamp | None = None
    version: int = 0
    about_meeting: MeetingFacts | None = None
    about_question: QuestionFacts | None = None
    about_period: PeriodFacts | None = None
    register: tuple[OfficeDocument, ...] = ()
    titles: Mapping[OfficeDocumentId, str] = field(default_factory=dict)

    @property
    def meeting(self) -> MeetingFacts:
        """The meeting of a document about one."""
        return _there(self.about_meeting)

    @property
    def question(self) -> QuestionFacts:
        """The question of a document about one."""
        return _there(self.about_question)

    @property
    def period(self) -> PeriodFacts:
        """The period of a document about one."""
        return _there(self.about_period)

    @property
    def figures(self) -> FigureSheet:
        """The figures of the meeting or the period it is about."""
        about = self.about_meeting or self.about_period
        return _there(None if about is None else about.figures)


def _there(fact: Fact | None) -> Fact:
    if fact is None:
        raise ValueError("a document was asked for without what it is about")
    return fact
