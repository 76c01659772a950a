"""Meetings and whoever has to do with one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from intake.rules.deadlines.deadline import Clock
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionItemId, ConclusionProgress, ProgressId
from intake.rules.meetings.demand import DemandId, DemandVoice, MeetingDemand
from intake.rules.meetings.guest import Guest, GuestId
from intake.rules.meetings.hamlet_record import HamletRecord
from intake.rules.meetings.meeting import (
    Meeting,
    MeetingId,
    Notice,
    NoticeId,
    NoticeKind,
    NoticePush,
    ProgrammeTick,
    Registration,
    RegistrationId,
)
from intake.rules.meetings.meeting_request import MeetingRequest, RequestId
from intake.rules.meetings.notice import NoticeProof, NoticeReach
from intake.rules.meetings.roster import Quota, Roster
from intake.rules.meetings.show_of_hands import Hand, HandsId, PlaceHands, ShowOfHands
from intake.rules.meetings.survey import Survey, SurveyAnswer, SurveyCount, SurveyId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, Unit, UnitId
from intake.rules.plan.plan import PlanId
from intake.rules.plan.profile_terms import Seat
from intake.rules.questions.question import QuestionId


class Meetings(Protocol):
    """Meetings, registrations and notices."""

    async def add(self, meeting: Meeting, hamlet_ids: Iterable[UnitId]) -> Meeting:
        """Store a meeting and the hamlets it covers."""
        ...

    async def get(self, meeting_id: MeetingId, *, lock: bool = False) -> Meeting:
        """One meeting; `NotFound` when there is none."""
        ...

    async def many(self, meeting_ids: Iterable[MeetingId]) -> dict[MeetingId, Meeting]:
        """Several meetings by id."""
        ...

    async def hamlets(self, meeting_id: MeetingId) -> Sequence[Unit]:
        """The hamlets a meeting covers; none means the whole unit."""
        ...

    async def of_plan(self, plan_id: PlanId) -> Sequence[Meeting]:
        """The meetings made from a plan, oldest first."""
        ...

    async def of_units(self, unit_ids: Iterable[UnitId]) -> Sequence[Meeting]:
        """The meetings of units that are not over, in the order of their dates."""
        ...

    async def held(self, unit_ids: Iterable[UnitId], most: int) -> Sequence[Meeting]:
        """The last meetings of units that were held, the newest first."""
        ...

    async def begun_before(self, moment: datetime) -> Sequence[Meeting]:
        """The fixed and open meetings that begin before a moment, by date: nobody has said that they are over."""
        ...

    async def awaiting_word(self) -> Sequence[Meeting]:
        """The meetings that should be over by now and of which nobody has said so, by date (R220)."""
        ...

    async def for_hamlet(self, hamlet: Unit) -> Sequence[Meeting]:
        """The meetings that are not over and that people of this hamlet may come to, in the order of their dates."""
        ...

    async def add_registration(self, registration: Registration) -> Registration:
        """Store a registration."""
        ...

    async def registration(self, meeting_id: MeetingId, person_id: PersonId) -> Registration | None:
        """A person's registration for a meeting that stands or waits for a seat.

        It is changed under the lock of the meeting's row only, so that a seat that becomes free finds its next owner.
        """
        ...

    async def registrations(self, meeting_id: MeetingId, *, waiting: bool = False) -> Sequence[Registration]:
        """The standing registrations of a meeting in the order they came; those that wait for a seat on demand."""
        ...

    async def registrations_of(self, person_id: PersonId) -> Sequence[Registration]:
        """Every registration of a person."""
        ...

    async def add_notice(self, notice: Notice) -> Notice:
        """Store a released notice."""
        ...

    async def notice(self, notice_id: NoticeId) -> Notice:
        """One notice; `NotFound` when there is none."""
        ...

    async def notice_of(self, meeting_id: MeetingId, kind: NoticeKind = NoticeKind.MEETING) -> Notice | None:
        """The last notice of a kind released for a meeting."""
        ...

    async def add_push(self, push: NoticePush) -> bool:
        """Store that a notice went to a hamlet. Returns False when it already had: then nothing is sent again."""
        ...

    async def pushed_hamlets(self, meeting_id: MeetingId) -> Sequence[UnitId]:
        """The hamlets that any notice of a meeting has gone to."""
        ...

    async def pushes(self, notice_id: NoticeId) -> Sequence[NoticePush]:
        """Where a notice has gone."""
        ...

    async def put_record(self, record: HamletRecord) -> None:
        """Store what a hamlet's own meeting said, instead of what was entered before."""
        ...

    async def records(self, meeting_id: MeetingId) -> Sequence[HamletRecord]:
        """What the meetings of hamlets said before a meeting, in the order of the hamlets."""
        ...


class Conclusions(Protocol):
    """The items of conclusions and how they get on; the programme that was gone through."""

    async def add(self, item: ConclusionItem, question_ids: Iterable[QuestionId]) -> ConclusionItem:
        """Store an item and the questions it is about."""
        ...

    async def item(self, item_id: ConclusionItemId, *, lock: bool = False) -> ConclusionItem:
        """One item; `NotFound` when there is none."""
        ...

    async def many(self, item_ids: Iterable[ConclusionItemId]) -> dict[ConclusionItemId, ConclusionItem]:
        """Several items by id."""
        ...

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[ConclusionItem]:
        """The items of a meeting by number."""
        ...

    async def open_items(self, unit_ids: Iterable[UnitId], desk_ids: Iterable[DeskId]) -> Sequence[ConclusionItem]:
        """The public items that are not done: of meetings of these units, or of these desks; the soonest due first."""
        ...

    async def links(self, item_ids: Iterable[ConclusionItemId]) -> dict[ConclusionItemId, Sequence[QuestionId]]:
        """The questions of each item."""
        ...

    async def remove(self, item: ConclusionItem) -> None:
        """Take an item out; those behind it move up."""
        ...

    async def add_progress(self, progress: ConclusionProgress) -> None:
        """Store a word on how an item gets on."""
        ...

    async def progress(self, item_id: ConclusionItemId) -> Sequence[ConclusionProgress]:
        """What was said about an item, oldest first."""
        ...

    async def word(self, progress_id: ProgressId) -> ConclusionProgress:
        """One of these words; `NotFound` when there is none."""
        ...

    async def public_progress(self, item_ids: Iterable[ConclusionItemId]) -> Sequence[ConclusionProgress]:
        """What everybody may read of how these items get on, oldest first."""
        ...

    async def ticks(self, meeting_id: MeetingId) -> Sequence[ProgrammeTick]:
        """The steps of the programme that are done, in their order."""
        ...

    async def tick(self, tick: ProgrammeTick) -> bool:
        """Store that a step is done. Returns False when it was already."""
        ...

    async def untick(self, tick: ProgrammeTick) -> None:
        """Take a tick back."""
        ...


class Rosters(Protocol):
    """Quotas of a meeting, the lists of its units, and who stands on them."""

    async def units_below(self, unit_id: UnitId) -> Sequence[Unit]:
        """The units right below a unit, by name: those that may have a quota."""
        ...

    async def quotas(self, meeting_id: MeetingId) -> Sequence[Quota]:
        """Every quota of a meeting."""
        ...

    async def add_quota(self, quota: Quota) -> Quota:
        """Store a quota."""
        ...

    async def roster(self, meeting_id: MeetingId, unit_id: UnitId) -> Roster | None:
        """The list of a unit; None while nobody has touched it."""
        ...

    async def rosters(self, meeting_id: MeetingId) -> Sequence[Roster]:
        """Every list of a meeting that somebody has touched."""
        ...

    async def add_roster(self, roster: Roster) -> Roster:
        """Store a list."""
        ...

    async def last_rank(self, meeting_id: MeetingId, unit_id: UnitId | None) -> int:
        """The rank of the last on the list of a unit; 0 on an empty list."""
        ...

    async def seated(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Mapping[Seat, int]:
        """How many of a unit have a seat, kind by kind; a kind nobody has may be missing."""
        ...

    async def waiting(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Sequence[Registration]:
        """Those of a unit who wait for a seat, whoever is next first."""
        ...

    async def registrations(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Sequence[Registration]:
        """The registrations of a unit for a meeting that stand or wait, in the order of the list.

        Those that count for no unit (guests let in at the door), where `unit_id` is None.
        """
        ...

    async def registration(self, registration_id: RegistrationId) -> Registration:
        """One registration; `NotFound` when there is none."""
        ...

    async def by_reference(self, reference: str) -> Registration | None:
        """A registration by its reference."""
        ...


class Guests(Protocol):
    """Who is invited to meetings."""

    async def add(self, guest: Guest) -> Guest:
        """Store a guest."""
        ...

    async def get(self, guest_id: GuestId, *, lock: bool = False) -> Guest:
        """One guest; `NotFound` when there is none."""
        ...

    async def by_code(self, code_digest: str) -> Guest | None:
        """The guest whose code has this digest, locked."""
        ...

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Guest]:
        """The guests of a meeting in the order they were added."""
        ...

    async def of_person(self, person_id: PersonId) -> Sequence[Guest]:
        """What a person is invited to."""
        ...

    async def remove(self, guest: Guest) -> None:
        """Take somebody off the list."""
        ...


class Requests(Protocol):
    """What waits for a second person about a meeting."""

    async def add(self, request: MeetingRequest) -> MeetingRequest:
        """Store a request."""
        ...

    async def get(self, request_id: RequestId, *, lock: bool = False) -> MeetingRequest:
        """One request; `NotFound` when there is none."""
        ...

    async def waiting(self, meeting_id: MeetingId) -> Sequence[MeetingRequest]:
        """What waits about a meeting, oldest first; whoever changes it locks the meeting first."""
        ...

    async def waiting_in(self, unit_ids: Iterable[UnitId]) -> Sequence[tuple[MeetingRequest, Meeting]]:
        """What waits in these units, oldest first, each with its meeting."""
        ...

    async def allowed_day(self, meeting: Meeting) -> MeetingRequest | None:
        """The approved request by which the meeting is on its present day although that is too close."""
        ...


class Proofs(Protocol):
    """How far notices reached, and which meetings are near."""

    async def add(self, proof: NoticeProof) -> bool:
        """Store a proof. Returns False when the same stands there."""
        ...

    async def of(self, notice_id: NoticeId) -> Sequence[NoticeProof]:
        """The proofs of a notice in the order of their moments."""
        ...

    async def channel_policy(self, notice_id: NoticeId, hamlet_ids: Iterable[UnitId]) -> dict[UnitId, NoticeReach]:
        """How far the chat carried a notice in these hamlets; one it has not gone to is missing."""
        ...

    async def reachable(self, hamlet_ids: Iterable[UnitId]) -> int:
        """How many residents of these hamlets a chat reaches."""
        ...

    async def fixed_between(self, first: datetime, last: datetime) -> Sequence[Meeting]:
        """The fixed meetings that start after `first` and not after `last`."""
        ...

    async def notice_clocks(self, today: date, within: int) -> Sequence[tuple[Clock, Meeting]]:
        """The running notice clocks of fixed meetings that end today or within so many days, each with its meeting."""
        ...


class Demands(Protocol):
    """Meetings that people ask for, and who joined."""

    async def add(self, demand: MeetingDemand) -> MeetingDemand:
        """Store a demand."""
        ...

    async def get(self, demand_id: DemandId, *, lock: bool = False) -> MeetingDemand:
        """One demand; `NotFound` when there is none."""
        ...

    async def of_unit(self, unit_id: UnitId) -> Sequence[MeetingDemand]:
        """Every demand for a meeting of a unit, the oldest first."""
        ...

    async def of_person(self, person_id: PersonId) -> Sequence[MeetingDemand]:
        """What a person asked for or joined, the oldest first."""
        ...

    async def join(self, voice: DemandVoice) -> None:
        """Store a voice; whoever calls holds the demand and has looked that it is a new one."""
        ...

    async def leave(self, demand_id: DemandId, person_id: PersonId) -> None:
        """Take a person's voice out, if there is one."""
        ...

    async def joined(self, demand_id: DemandId) -> Sequence[PersonId]:
        """Whose voices there are, the oldest first."""
        ...

    async def asked_for(self, meeting_id: MeetingId) -> Sequence[PersonId]:
        """Who asked for a meeting that was granted, the oldest first; nobody for one of the plan."""
        ...

    async def voices(self, demand_id: DemandId) -> int:
        """How many voices there are."""
        ...


class Hands(Protocol):
    """Shows of hands in halls."""

    async def add(self, hands: ShowOfHands) -> ShowOfHands:
        """Store a question with its answers."""
        ...

    async def get(self, hands_id: HandsId, *, lock: bool = False) -> ShowOfHands:
        """One of them; `NotFound` when there is none."""
        ...

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[ShowOfHands]:
        """Those of a meeting, the oldest first."""
        ...

    async def put(self, hand: Hand) -> None:
        """Store a hand, in place of the one the person had up."""
        ...

    async def up(self, hands_id: HandsId) -> Mapping[int, int]:
        """How many hands are up for each answer, of people who hold a seat; one that nobody chose may be missing."""
        ...

    async def raised(self, hands_id: HandsId) -> Sequence[PersonId]:
        """Whose hands these are."""
        ...

    async def put_at_place(self, counted: PlaceHands) -> None:
        """Store what was counted at a place, instead of what was counted there before."""
        ...

    async def at_places(self, hands_id: HandsId) -> Sequence[PlaceHands]:
        """What was counted at places."""
        ...

    async def down(self, hands_id: HandsId) -> None:
        """Forget whose hands were up."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Take a person's hands down."""
        ...


class Surveys(Protocol):
    """Surveys before meetings, and the answers while they are open."""

    async def add(self, survey: Survey) -> Survey:
        """Store a survey."""
        ...

    async def get(self, survey_id: SurveyId, *, lock: bool = False) -> Survey:
        """One of them; `NotFound` when there is none."""
        ...

    async def drop(self, survey: Survey) -> None:
        """Remove one that was not sent."""
        ...

    async def of_units(self, unit_ids: Sequence[UnitId]) -> Sequence[Survey]:
        """Those before meetings of these units, the newest first."""
        ...

    async def of_meetings(self, meeting_ids: Sequence[MeetingId]) -> Sequence[Survey]:
        """Those before these meetings, the newest first."""
        ...

    async def going_on(self) -> Sequence[Survey]:
        """Those people can answer, the oldest first."""
        ...

    async def to_close(self, on: date) -> Sequence[Survey]:
        """Those whose last day lies before a day, locked; what somebody else closes just now is left out."""
        ...

    async def put(self, answer: SurveyAnswer) -> None:
        """Store an answer, in place of the person's earlier one to the question."""
        ...

    async def take_back(self, survey_id: SurveyId, person_id: PersonId, question: int) -> None:
        """Remove a person's answer to a question."""
        ...

    async def answers_of(self, person_id: PersonId) -> Sequence[tuple[Survey, SurveyAnswer]]:
        """A person's answers in the order of the questions, with the survey; of what is closed none is left."""
        ...

    async def counted(self, survey_id: SurveyId) -> Mapping[tuple[UnitId, int, int], int]:
        """How often people of a hamlet answered a question by a choice; of those whose data rest nothing counts."""
        ...

    async def answered(self, survey_id: SurveyId) -> Mapping[UnitId, int]:
        """How many people of a hamlet answered anything, counted likewise."""
        ...

    async def put_count(self, count: SurveyCount) -> None:
        """Store what a head counted in a hamlet, instead of what was counted there before."""
        ...

    async def counts(self, survey_id: SurveyId) -> Sequence[SurveyCount]:
        """What heads counted."""
        ...

    async def forget_answers(self, survey_id: SurveyId) -> None:
        """Forget who chose what, and what heads counted."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Take a person's answers away."""
        ...
