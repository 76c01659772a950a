"""What the actions need from the world, as Protocols; the only place where `intake` speaks of storage.

Repositories hand out the nouns of `intake.rules` and keep what is changed on them until the unit of work commits.
Where a method says "locked", the row is held until the end of the transaction, so that two people who act at the same
moment act one after the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from intake.rules.account_link import AccountLink
from intake.rules.audit import AuditEntry
from intake.rules.broadcast import AudiencePart, Broadcast, BroadcastId, Progress
from intake.rules.calendar import ConfirmedYear, Override, WorkCalendar
from intake.rules.case import Case, CaseId, CaseQuestion
from intake.rules.conclusion import ConclusionItem, ConclusionItemId, ConclusionProgress
from intake.rules.deadline import Alert, AwakeClock, Clock, ClockId, Recomputation
from intake.rules.group import GroupMember
from intake.rules.guest import Guest, GuestId
from intake.rules.letter import Letter, LetterId
from intake.rules.marks import Nudge, UrgentFlag
from intake.rules.meeting import (
    Meeting,
    MeetingId,
    Notice,
    NoticeId,
    NoticePush,
    ProgrammeTick,
    Registration,
    RegistrationId,
)
from intake.rules.meeting_request import MeetingRequest, RequestId
from intake.rules.message import Message
from intake.rules.notice_proof import NoticeProof, NoticeReach
from intake.rules.outbox import LetterFilter, LetterLine
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
from intake.rules.reach import Reach, Way
from intake.rules.results import Results
from intake.rules.roster import Quota, Roster
from intake.rules.similar import Candidate, Frequencies
from intake.rules.task import Task, TaskId
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

    async def prune(self, before: datetime, limit: int) -> int:
        """Forget about `limit` events that came before a moment, the oldest first. Returns how many.

        Events of one moment are forgotten together, so that it may be some more.
        """
        ...


class Accounts(Protocol):
    """Chats and where each stands."""

    async def meet(
        self, network: Network, channel: str, address: str
    ) -> tuple[Account, Conversation, Person | None, Sequence[Grant]]:
        """The chat, its conversation (locked), its person and that person's roles; made at the first contact.

        What is changed in the conversation is written down by `keep`.
        """
        ...

    async def keep(self, conversation: Conversation) -> None:
        """Write down where a chat stands now."""
        ...

    async def heard_from(self, account: Account) -> None:
        """Note that the person did something in this chat at this moment: it is reached, and awaited no more."""
        ...

    async def get(self, account_id: AccountId) -> Account | None:
        """One account."""
        ...

    async def of(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Account]:
        """For each person that any chat still reaches: the account heard from last, an open window before a closed."""
        ...

    async def all_of(self, person_id: PersonId) -> Sequence[Account]:
        """Every account of a person."""
        ...

    async def beside(self, account_id: AccountId) -> Sequence[Account]:
        """The account and every other one of the same person, locked as they are now; the account itself first."""
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

    async def with_phone(self, phone_index: str) -> Sequence[Person]:
        """Everybody who gave the phone number with this index and was not erased."""
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

    async def standing_in(
        self, roles: Iterable[Role], units: Iterable[Unit]
    ) -> dict[tuple[Role, UnitId], Sequence[PersonId]]:
        """For several roles and units at once: who is told as the role, by `intake.rules.standing_in`."""
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

    async def get(self, plan_id: PlanId, *, lock: bool = False) -> Plan:
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

    async def held(self, unit_ids: Iterable[UnitId], most: int) -> Sequence[Meeting]:
        """The last meetings of units that were held, the newest first."""
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

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Guest]:
        """The guests of a meeting in the order they were added."""
        ...

    async def of_person(self, person_id: PersonId) -> Sequence[Guest]:
        """What a person is invited to."""
        ...

    async def remove(self, guest: Guest) -> None:
        """Take somebody off the list."""
        ...


class Pictures(Protocol):
    """Pictures the office makes for people."""

    async def qr(self, code: str) -> str | None:
        """Keep the picture of a QR code that leads to a start code (`/start <code>`).

        Returns its content name for a message's attachments; None where this process keeps no files.
        """
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
        """The queue of desks with the day each question is owed, the most urgent first.

        First what a person called urgent, then by the next day anything is due, a target of the office's own included.
        """
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

    async def of_item(self, item_id: ConclusionItemId) -> Clock | None:
        """The clock of a conclusion's item, running or not; None when the item has no due date."""
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

    async def running_page(
        self,
        after: ClockId,
        limit: int,
        *,
        between: tuple[date, date] | None = None,
        unit_id: UnitId | None = None,
    ) -> Sequence[Clock]:
        """At most `limit` running clocks whose ids come after one, in order: all, or some of them.

        `between`: only those with a day from the first to the last between anchor and due date. `unit_id`: only those
        of questions and meetings of this unit.
        """
        ...

    async def wake_overdue(self, today: date, beyond: date) -> None:
        """Look today at clocks that are overdue and were to be looked at only after a day, `NEVER` excepted."""
        ...

    async def raise_each_once(self, alerts: Iterable[Alert]) -> set[Alert]:
        """Store alerts; those that were not raised before: only about these anybody is told."""
        ...


class Marks(Protocol):
    """What people put on questions by hand."""

    async def add_flag(self, flag: UrgentFlag) -> UrgentFlag:
        """Store that a question is urgent."""
        ...

    async def flag_of(self, question_id: QuestionId) -> UrgentFlag | None:
        """The flag that stands on a question; None when there is none, or it was taken back."""
        ...

    async def urgent_in(self, unit_ids: Iterable[UnitId]) -> Sequence[tuple[Question, date | None]]:
        """The urgent questions of units that are still open, with the day each is owed, the soonest first."""
        ...

    async def add_nudge(self, nudge: Nudge) -> Nudge:
        """Store that an agency was nudged."""
        ...

    async def nudges(self, question_id: QuestionId) -> Sequence[Nudge]:
        """The nudges about a question, oldest first."""
        ...


class Tasks(Protocol):
    """What the office owes beside questions and meetings, and the clocks of it."""

    async def add(self, task: Task) -> Task:
        """Store a task."""
        ...

    async def get(self, task_id: TaskId, *, lock: bool = False) -> Task:
        """One task; `NotFound` when there is none."""
        ...

    async def many(self, task_ids: Iterable[TaskId]) -> dict[TaskId, Task]:
        """Several tasks by id."""
        ...

    async def by_key(self, key: str) -> Task | None:
        """A task by its key."""
        ...

    async def open_in(self, unit_ids: Iterable[UnitId]) -> Sequence[tuple[Task, date]]:
        """The tasks of units that are not done, with the day each is owed, the soonest first."""
        ...

    async def of_person(self, person_id: PersonId) -> Sequence[Task]:
        """The requests of a person, oldest first."""
        ...

    async def clocks_of(self, task_id: TaskId) -> Sequence[Clock]:
        """The running clocks of a task."""
        ...

    async def open_questions(self, plan_id: PlanId, since: datetime, until: datetime) -> int:
        """How many questions of a plan's meetings that ended before `until` were still open at `since` or later."""
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

    async def in_person(self, hamlet_id: UnitId, silent_since: datetime) -> Sequence[tuple[Letter, Person]]:
        """Letters nobody could receive by chat, with the resident of this hamlet they are for, oldest first.

        Those that wait for the person's return count when they and their template message are older than
        `silent_since`; those of which the person was told are left out.
        """
        ...

    async def waiting_in(self, account_id: AccountId) -> Sequence[Letter]:
        """The letters of a chat that are on their way, in the order they go out."""
        ...

    async def move(self, account_ids: Iterable[AccountId], to: AccountId) -> None:
        """Let what is on its way or waits for the person's return in some chats go to another one instead."""
        ...

    async def release(self, account: Account) -> int:
        """Let everything that waited for this chat's person go out there now, first of all. Returns how much it is.

        A broadcast the person was told of by word of mouth is over and stays.
        """
        ...

    async def recent_with_buttons(self, account_id: AccountId) -> Sequence[Message]:
        """The last few messages with buttons that went to a chat, newest first (a typed label counts as a tap)."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Drop letters to a person that were not sent, and the content of those that were."""
        ...


class Broadcasts(Protocol):
    """Messages to everybody in some hamlets."""

    async def add(self, broadcast: Broadcast, hamlet_ids: Iterable[UnitId], left_out: Iterable[PersonId]) -> Broadcast:
        """Store a broadcast; its letters are written afterwards, for the people of the hamlets but those left out."""
        ...

    async def get(self, broadcast_id: BroadcastId, *, lock: bool = False) -> Broadcast:
        """One broadcast; `NotFound` when there is none."""
        ...

    async def of_units(self, unit_ids: Iterable[UnitId], limit: int) -> Sequence[Broadcast]:
        """At most `limit` broadcasts of units, those that are not over first, then the newest."""
        ...

    async def progress(self, broadcast_id: BroadcastId) -> Progress:
        """How many letters of a broadcast stand where."""
        ...

    async def audience(self, hamlet_ids: Iterable[UnitId], left_out: Iterable[PersonId]) -> Sequence[AudiencePart]:
        """How many people of the hamlets, but those left out, a message would reach now, and how."""
        ...

    async def without_chat(self, hamlet_id: UnitId) -> Sequence[Person]:
        """The people of a hamlet whom no chat reaches."""


class Keeping(Protocol):
    """The outbox, seen from those who look after it."""

    async def drop_told(
        self, after: LetterId, limit: int, told_before: datetime, named_before: datetime
    ) -> tuple[LetterId, int] | None:
        """Look at the next `limit` letters after the id `after` and drop those told or discarded before `told_before`.

        Letters with a name (`once`), those of a broadcast and letters about a question that is open go only when that
        was before `named_before`; the last few of each chat stay, since a label of their buttons may still be typed.
        Returns the id of the last letter looked at and how many were dropped; None when only letters written since
        follow.
        """
        ...

    async def find(self, wanted: LetterFilter, limit: int, after: LetterId) -> Sequence[LetterLine]:
        """The first `limit` letters after the id `after`, in the order of their ids."""
        ...

    async def whole(self, letter_id: LetterId) -> tuple[Letter, Account | None, Person | None] | None:
        """One letter with its words, the chat it goes to and the person it is for; None when there is none."""
        ...

    async def count(self, wanted: LetterFilter) -> int:
        """How many letters are meant."""
        ...

    async def retry(self, letter_ids: Sequence[LetterId]) -> int:
        """Let letters go out now, as if they had never been tried. Returns how many: those `RETRIABLE` still."""
        ...

    async def discard(self, letter_ids: Sequence[LetterId]) -> int:
        """Let letters never go out, and empty them. Returns how many: those `DISCARDABLE` still."""
        ...


class Links(Protocol):
    """Codes that join two chats of one person."""

    async def add(self, link: AccountLink) -> None:
        """Store a code."""
        ...

    async def by_digest(self, code_digest: str) -> AccountLink | None:
        """A link by the digest of its code, locked."""
        ...

    async def get(self, link_id: int) -> AccountLink | None:
        """One link, locked."""
        ...

    async def open_of(self, person_id: PersonId) -> Sequence[AccountLink]:
        """The links of a person that have not ended."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Drop every link of a person, and every one that a chat of the person claimed."""
        ...

    async def has_own(self, person_id: PersonId) -> bool:
        """Whether anything but an account belongs to the person: a question, a registration, a role, a neighbour."""
        ...

    async def hand_over(self, bare: PersonId, to: PersonId) -> None:
        """Give the chats of a person who has nothing else, and their letters, to another."""
        ...


class Ledger(Protocol):
    """Numbers, the audit trail, duties and their heartbeats."""

    async def next_number(self, series: str, unit_id: UnitId, year: int) -> int:
        """The next number of a gapless series; the counter row is locked until the end of the transaction."""
        ...

    async def write(self, entry: AuditEntry) -> None:
        """Add to the audit trail."""
        ...

    async def count_messages(self, unit_id: UnitId, month: date, way: Way, count: int) -> int:
        """Add to a unit's messages of a month. Returns how many cost something in that month now."""
        ...

    async def messages(self, unit_id: UnitId, month: date) -> int:
        """How many messages of a month cost something."""
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


class Overrides(Protocol):
    """What was entered by hand about the calendar, and the recomputations that are still owed for it."""

    async def days(self) -> Sequence[Override]:
        """Every override, by day."""
        ...

    async def years(self) -> Sequence[ConfirmedYear]:
        """Every confirmed year, in order."""
        ...

    async def put(self, overrides: Sequence[Override]) -> None:
        """Store overrides; one that stands on the same day is replaced."""
        ...

    async def take_back(self, on: date) -> None:
        """Remove the override of a day, if there is one."""
        ...

    async def confirm(self, years: Sequence[ConfirmedYear]) -> None:
        """Store confirmed years; an earlier confirmation is replaced."""
        ...

    async def calendar(self, *, culture_day: bool | None = None) -> WorkCalendar:
        """The calendar as this transaction leaves it; with `culture_day` given, as it would be with the day so."""
        ...

    async def changed(self, *, culture_day: bool | None = None) -> None:
        """Make every process read the calendar anew once this is committed; changes wait for each other here."""
        ...

    async def counts_culture_day(self) -> bool:
        """Whether running clocks were last computed with 24 November as a day off."""
        ...

    async def owe(self, recomputation: Recomputation) -> None:
        """Remember that clocks are to be computed once more."""
        ...

    async def owed(self, before: datetime) -> Sequence[Recomputation]:
        """What has been owed since before a moment, oldest first, locked."""
        ...

    async def settled(self, recomputation: Recomputation) -> None:
        """A recomputation is owed no longer."""
        ...


class Similar(Protocol):
    """Questions by the words they are made of."""

    async def index(self, question: Question) -> None:
        """Make the question found by the words that were added to its text; a new one is indexed as it is stored."""
        ...

    async def candidates(
        self, question: Question, words: Sequence[str], *, hidden_but: Iterable[DeskId] | None
    ) -> tuple[Sequence[Candidate[QuestionId]], Frequencies]:
        """Other questions of the unit that share the telling ones of these words, a bounded number, newest first.

        `hidden_but`: sensitive questions are left out unless they lie on one of these desks; None shows them all.
        """
        ...


class Groups(Protocol):
    """Which questions go with which."""

    async def add(self, member: GroupMember) -> None:
        """Store that a question goes with another."""
        ...

    async def member(self, question_id: QuestionId) -> GroupMember | None:
        """What a question goes with."""
        ...

    async def members(self, lead_ids: Iterable[QuestionId]) -> Sequence[GroupMember]:
        """The questions that go with these, in the order of their ids."""
        ...

    async def remove(self, member: GroupMember) -> None:
        """Take a question out of its group."""
        ...


class Cases(Protocol):
    """Repeated matters and the questions that raised them."""

    async def add(self, case: Case) -> Case:
        """Store a case."""
        ...

    async def get(self, case_id: CaseId, *, lock: bool = False) -> Case:
        """One case; `NotFound` when there is none."""
        ...

    async def of_question(self, question_id: QuestionId) -> Case | None:
        """The case a question raised."""
        ...

    async def unsettled(self, unit_ids: Iterable[UnitId]) -> Sequence[Case]:
        """The cases of these units that nobody has called settled, oldest first."""
        ...

    async def link(self, link: CaseQuestion) -> None:
        """Store that a question raised a case."""
        ...

    async def unlink(self, question_id: QuestionId) -> None:
        """Take a question out of its case."""
        ...

    async def questions(self, case_id: CaseId) -> Sequence[Question]:
        """The questions that raised a case, in the order they came."""
        ...

    async def remove(self, case: Case) -> None:
        """Drop a case that no question is left of."""
        ...


class ResultsOfYears(Protocol):
    """What became of earlier questions."""

    async def between(self, unit_id: UnitId, start: datetime, end: datetime) -> Sequence[Results]:
        """The results of each meeting of a unit that ended in `[start, end)`, and of what was sent outside one."""
        ...

    async def questions(
        self, unit_id: UnitId, start: datetime, end: datetime, *, skip: int, most: int
    ) -> Sequence[Question]:
        """The questions these results count, in the order they came."""
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
    reach: Reach

    inbox: Inbox
    accounts: Accounts
    people: People
    places: Places
    plans: Plans
    meetings: Meetings
    conclusions: Conclusions
    rosters: Rosters
    guests: Guests
    pictures: Pictures
    requests: Requests
    proofs: Proofs
    questions: Questions
    similar: Similar
    groups: Groups
    cases: Cases
    results: ResultsOfYears
    clocks: Clocks
    marks: Marks
    tasks: Tasks
    letters: Letters
    broadcasts: Broadcasts
    keeping: Keeping
    links: Links
    ledger: Ledger
    overrides: Overrides

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
