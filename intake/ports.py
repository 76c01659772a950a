"""What the actions need from the world, as Protocols; the only place where `intake` speaks of storage.

Repositories hand out the nouns of `intake.rules` and keep what is changed on them until the unit of work commits.
Where a method says "locked", the row is held until the end of the transaction, so that two people who act at the same
moment act one after the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from intake.rules.audit import AuditEntry
from intake.rules.calendar import WorkCalendar
from intake.rules.deadline import Alert, AwakeClock, Clock, ClockId
from intake.rules.letter import Letter
from intake.rules.meeting import (
    Meeting,
    MeetingId,
    Notice,
    NoticeId,
    NoticePush,
    Registration,
)
from intake.rules.meeting_request import MeetingRequest, RequestId
from intake.rules.message import Message
from intake.rules.notice_proof import NoticeProof, NoticeReach
from intake.rules.person import (
    Account,
    AccountId,
    Conversation,
    Grant,
    Invitation,
    Network,
    Person,
    PersonId,
    Role,
)
from intake.rules.plan import Plan, PlanId
from intake.rules.poster import Poster, StartLink
from intake.rules.question import Attachment, Proposal, ProposalId, Question, QuestionBrief, QuestionId
from intake.rules.unit import Desk, DeskId, Topic, TopicId, Unit, UnitId


class Vault(Protocol):
    """Keys and chance: what must be secret or unguessable."""

    def seal(self, phone: str) -> str:
        """Encrypt a phone number for storage."""
        ...

    def open(self, sealed: str) -> str:
        """Decrypt what `seal` made."""
        ...

    def index(self, phone: str) -> str:
        """A keyed digest by which equal phone numbers are found without decrypting any."""
        ...

    def new_code(self) -> str:
        """An unguessable code a person can type (letters and digits that are not mistaken for each other)."""
        ...

    def digest(self, code: str) -> str:
        """The keyed digest of a code, which is all that is stored of it."""
        ...


class Inbox(Protocol):
    """Events of the networks that were already acted upon."""

    async def record(self, network: Network, channel: str, address: str, event_id: str) -> bool:
        """Remember the event. Returns False when it was remembered before: then nothing is to be done."""
        ...

    async def prune(self, before: datetime) -> int:
        """Forget the events that came before a moment. Returns how many."""
        ...


class Accounts(Protocol):
    """Chats and where each stands."""

    async def meet(
        self, network: Network, channel: str, address: str
    ) -> tuple[Account, Conversation, Person | None, Sequence[Grant]]:
        """The chat, its conversation (locked), its person and that person's roles; made at the first contact."""
        ...

    async def get(self, account_id: AccountId) -> Account | None:
        """One account."""
        ...

    async def of(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Account]:
        """For each person that any chat still reaches: the account heard from last."""
        ...

    async def all_of(self, person_id: PersonId) -> Sequence[Account]:
        """Every account of a person."""
        ...

    async def forget(self, account: Account) -> None:
        """Cut the account off from its person and empty its conversation and web history."""
        ...

    async def staff(self, network: Network, channel: str) -> Sequence[tuple[str, str, frozenset[Role]]]:
        """The chats of a channel whose persons hold roles: address, language, roles."""
        ...


class People(Protocol):
    """Persons, their roles, and invitations to roles."""

    async def add(self, person: Person) -> Person:
        """Store a new person; the id is set afterwards."""
        ...

    async def get(self, person_id: PersonId) -> Person | None:
        """One person."""
        ...

    async def many(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        """Several persons by id."""
        ...

    async def residents_of(self, hamlet_id: UnitId) -> Sequence[Person]:
        """Everybody who named this hamlet as the own and was not erased."""
        ...

    async def named(self, name: str, hamlet_id: UnitId, entered_by: PersonId) -> Person | None:
        """A neighbour this hamlet head entered before, by exact name."""
        ...

    async def grants_of(self, person_id: PersonId) -> Sequence[Grant]:
        """The roles a person holds."""
        ...

    async def give(self, grant: Grant) -> None:
        """Store a role."""
        ...

    async def take_roles(self, person_id: PersonId) -> None:
        """Take every role from a person."""
        ...

    async def holders(self, role: Role, unit: Unit) -> Sequence[Person]:
        """Who holds the role in the unit or above it."""
        ...

    async def at_desk(self, desk_id: DeskId) -> Sequence[Person]:
        """The officials of a desk."""
        ...

    async def at_desks(self, desk_ids: Iterable[DeskId]) -> dict[DeskId, Sequence[PersonId]]:
        """The officials of several desks; a desk without any is missing."""
        ...

    async def holding(
        self, roles: Iterable[Role], units: Iterable[Unit]
    ) -> dict[tuple[Role, UnitId], Sequence[PersonId]]:
        """For several roles and units at once: who holds the role in the unit or above it; nobody is missing."""
        ...

    async def add_invitation(self, invitation: Invitation) -> None:
        """Store an invitation."""
        ...

    async def invitation(self, code_digest: str) -> Invitation | None:
        """An invitation by the digest of its code, locked."""
        ...


class Places(Protocol):
    """Units, desks and topics."""

    async def add_unit(self, unit: Unit, parent: Unit | None) -> Unit:
        """Store a unit below its parent and set its path."""
        ...

    async def add_desk(self, desk: Desk) -> Desk:
        """Store a desk."""
        ...

    async def add_topic(self, topic: Topic) -> Topic:
        """Store a topic."""
        ...

    async def unit(self, unit_id: UnitId) -> Unit:
        """One unit; `NotFound` when there is none."""
        ...

    async def units(self, unit_ids: Iterable[UnitId]) -> dict[UnitId, Unit]:
        """Several units by id."""
        ...

    async def unit_by_code(self, code: str) -> Unit | None:
        """A unit by code, whatever the case of its letters."""
        ...

    async def roots(self) -> Sequence[Unit]:
        """The units that have a plan, by name."""
        ...

    async def hamlets(self, unit_id: UnitId) -> Sequence[Unit]:
        """The hamlets anywhere below a unit, by name."""
        ...

    async def above(self, unit: Unit) -> Sequence[Unit]:
        """The unit and everything above it, the unit first."""
        ...

    async def desks(self, unit_id: UnitId) -> Sequence[Desk]:
        """The desks of a unit in their order."""
        ...

    async def desk(self, desk_id: DeskId) -> Desk:
        """One desk; `NotFound` when there is none."""
        ...

    async def desks_by_id(self, desk_ids: Iterable[DeskId]) -> dict[DeskId, Desk]:
        """Several desks by id."""
        ...

    async def topics(self, unit_id: UnitId) -> Sequence[Topic]:
        """The topics of a unit in their order."""
        ...

    async def topic(self, topic_id: TopicId) -> Topic:
        """One topic; `NotFound` when there is none."""
        ...


class Plans(Protocol):
    """Loaded plans."""

    async def add(self, plan: Plan) -> Plan:
        """Store a plan."""
        ...

    async def get(self, plan_id: PlanId) -> Plan:
        """One plan; `NotFound` when there is none."""
        ...

    async def by_code(self, code: str) -> Plan | None:
        """A plan by its code."""
        ...

    async def of_units(self, unit_ids: Iterable[UnitId]) -> Sequence[Plan]:
        """The plans of these units, newest first."""
        ...


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

    async def for_hamlet(self, hamlet: Unit) -> Sequence[Meeting]:
        """The meetings that are not over and that people of this hamlet may come to, in the order of their dates."""
        ...

    async def add_registration(self, registration: Registration) -> Registration:
        """Store a registration."""
        ...

    async def registration(self, meeting_id: MeetingId, person_id: PersonId) -> Registration | None:
        """A person's standing registration for a meeting, locked."""
        ...

    async def registrations(self, meeting_id: MeetingId) -> Sequence[Registration]:
        """The standing registrations of a meeting in the order they came."""
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

    async def notice_of(self, meeting_id: MeetingId) -> Notice | None:
        """The last notice released for a meeting."""
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

    async def reach(self, notice_id: NoticeId, hamlet_ids: Iterable[UnitId]) -> dict[UnitId, NoticeReach]:
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


class Posters(Protocol):
    """Posters as pictures, and the links that lead into the chat."""

    def links(self, code: str) -> Sequence[StartLink]:
        """A link with a start code for each network that is served and known by name."""
        ...

    async def draw(self, poster: Poster) -> str:
        """Draw a poster. Returns its content name, for a message to carry."""
        ...


class Questions(Protocol):
    """Questions, what was attached to them, what was proposed for them."""

    async def add(self, question: Question) -> Question:
        """Store a question."""
        ...

    async def get(self, question_id: QuestionId, *, lock: bool = False) -> Question:
        """One question; `NotFound` when there is none."""
        ...

    async def at_rest(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, QuestionBrief]:
        """Those of these questions that nobody is changing at this moment, locked; the others are missing."""
        ...

    async def by_reference(self, reference: str) -> Question | None:
        """A question by its reference."""
        ...

    async def of_person(self, person_id: PersonId) -> Sequence[Question]:
        """Questions asked by a person or typed for a neighbour by that person, newest first."""
        ...

    async def for_triage(self, unit_ids: Iterable[UnitId]) -> Sequence[Question]:
        """Questions of these units that wait for the secretary, oldest first.

        Received ones, those taken on that lie on no desk yet, and those whose asker was asked back.
        """
        ...

    async def of_desks(self, desk_ids: Iterable[DeskId]) -> Sequence[tuple[Question, date | None]]:
        """The queue of desks with each question's next due date, the most urgent first."""
        ...

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Question]:
        """Every question sent for a meeting, in the order they came."""
        ...

    async def to_close(self, answered_before: datetime) -> Sequence[Question]:
        """Answered questions whose asker has been silent since then, locked; not those being changed just now."""
        ...

    async def attach(self, attachment: Attachment) -> None:
        """Store that a file belongs to a question."""
        ...

    async def attachments(self, question_id: QuestionId) -> Sequence[Attachment]:
        """The files of a question in the order they came."""
        ...

    async def propose(self, proposal: Proposal) -> Proposal:
        """Store a proposal."""
        ...

    async def proposal(self, proposal_id: ProposalId, *, lock: bool = True) -> Proposal:
        """One proposal, locked unless told otherwise; `NotFound` when there is none."""
        ...

    async def proposals(self, question_id: QuestionId) -> Sequence[Proposal]:
        """What was proposed for a question, oldest first."""
        ...

    async def waiting_proposals(self, unit_ids: Iterable[UnitId]) -> Sequence[Proposal]:
        """Proposals that wait for a chair of these units, oldest first."""
        ...


class Clocks(Protocol):
    """Running clocks and the alerts they caused."""

    async def add(self, clock: Clock) -> Clock:
        """Store a clock."""
        ...

    async def get(self, clock_id: ClockId) -> Clock | None:
        """One clock, locked."""
        ...

    async def running_for(self, question_id: QuestionId) -> Sequence[Clock]:
        """The running clocks of a question."""
        ...

    async def of_question(self, question_id: QuestionId) -> Sequence[Clock]:
        """Every clock a question has had."""
        ...

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Clock]:
        """The running clocks of a meeting itself (notice, preparation)."""
        ...

    async def awake(self, today: date, limit: int) -> Sequence[AwakeClock]:
        """At most `limit` running clocks that have to be looked at today, found by index, unit after unit; locked."""
        ...

    async def look_next(self, wake_on: Mapping[ClockId, date]) -> None:
        """Set the next day on which these clocks have to be looked at."""
        ...

    async def end(self, clock_ids: Sequence[ClockId]) -> None:
        """End clocks that are no longer owed."""
        ...

    async def running(self) -> Sequence[Clock]:
        """Every running clock."""
        ...

    async def raise_each_once(self, alerts: Iterable[Alert]) -> set[Alert]:
        """Store alerts; those that were not raised before: only about these anybody is told."""
        ...


class Letters(Protocol):
    """The outbox, seen from those who write into it."""

    async def add(self, letter: Letter) -> bool:
        """Put a letter into the outbox. Returns False when one with the same `once` is there already."""
        ...

    async def add_many(self, letters: Sequence[Letter]) -> None:
        """Put many letters into the outbox (a broadcast)."""
        ...

    async def drop_waiting(self, prefix: str) -> int:
        """Drop the letters that wait and whose `once` begins so: what they say is no longer true. Returns how many."""
        ...

    async def in_person(self, hamlet_id: UnitId) -> Sequence[tuple[Letter, Person]]:
        """Letters nobody could receive by chat, with the resident of this hamlet they are for, oldest first."""
        ...

    async def recent_with_buttons(self, account_id: AccountId) -> Sequence[Message]:
        """The last few messages with buttons that went to a chat, newest first (a typed label counts as a tap)."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Drop letters to a person that were not sent, and the content of those that were."""
        ...


class Ledger(Protocol):
    """Numbers, the audit trail, duties and their heartbeats."""

    async def next_number(self, series: str, unit_id: UnitId, year: int) -> int:
        """The next number of a gapless series; the counter row is locked until the end of the transaction."""
        ...

    async def write(self, entry: AuditEntry) -> None:
        """Add to the audit trail."""
        ...

    async def take_lease(self, name: str, holder: str, until: datetime) -> int | None:
        """Take or keep a duty. Returns the epoch of the holding, or None while somebody else has it."""
        ...

    async def drop_lease(self, name: str, holder: str) -> None:
        """Give a duty back."""
        ...

    async def beat(self, name: str) -> None:
        """Note that a duty was done to the end just now."""
        ...

    async def last_beat(self, name: str) -> datetime | None:
        """When a duty was last done to the end."""
        ...


class UnitOfWork(Protocol):
    """One transaction and everything reachable in it. It is rolled back unless committed.

    Whoever opens it commits it: the conversation for a message, the sweep for a batch, a request for a page. Actions
    take an open one and never commit, so that a deed and the letters about it stand or fall together.
    """

    now: datetime
    today: date
    calendar: WorkCalendar
    vault: Vault

    inbox: Inbox
    accounts: Accounts
    people: People
    places: Places
    plans: Plans
    meetings: Meetings
    requests: Requests
    proofs: Proofs
    questions: Questions
    clocks: Clocks
    letters: Letters
    ledger: Ledger

    @property
    def posters(self) -> Posters:
        """What draws posters."""
        ...

    def savepoint(self) -> AbstractAsyncContextManager[object]:
        """A part of the transaction that is taken back alone when it raises."""
        ...

    async def commit(self) -> None:
        """Make it so."""
        ...
