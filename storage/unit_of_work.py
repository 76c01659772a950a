"""One transaction and everything reachable in it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from intake import ports
from intake.rules.deadlines.calendar import LOCAL, WorkCalendar
from intake.rules.outbox.channel_policy import ChannelPolicy
from intake.rules.people.person import Account, PersonId
from intake.rules.people.quota import HouseLimits
from storage import tables as t
from storage.engine import ONLY_IN_TRANSACTIONS, FreedPages, only_reading
from storage.queries.audit import AuditRows
from storage.queries.deadlines.calendar import OverrideCache, OverrideRows
from storage.queries.deadlines.clocks import ClockRows
from storage.queries.deadlines.tasks import TaskRows
from storage.queries.ledger import LedgerRows
from storage.queries.meetings.announcing import ProofRows, RequestRows
from storage.queries.meetings.attendance import GuestRows, RosterRows
from storage.queries.meetings.conclusions import ConclusionRows
from storage.queries.meetings.demands import DemandRows
from storage.queries.meetings.hands import HandsRows
from storage.queries.meetings.meetings import MeetingRows
from storage.queries.meetings.surveys import SurveyRows
from storage.queries.outbox.broadcasts import BroadcastRows
from storage.queries.outbox.fan_out import FanOutRows
from storage.queries.outbox.keeping import KeepingRows
from storage.queries.outbox.letters import LetterRows
from storage.queries.outbox.measures import MeasureRows
from storage.queries.outbox.relay import RelayRows
from storage.queries.outbox.template_messages import TemplateMessageRows
from storage.queries.papers import DocumentRows
from storage.queries.people.accounts import AccountRows
from storage.queries.people.breaches import BreachRows
from storage.queries.people.browsers import BrowserRows
from storage.queries.people.copies import OwnCopyRows
from storage.queries.people.deputies import DeputyRows
from storage.queries.people.inbox import InboxRows
from storage.queries.people.links import LinkRows
from storage.queries.people.persons import PersonRows
from storage.queries.plan import PlaceRows, PlanRows
from storage.queries.questions.drafts import DraftRows, SavedViewRows
from storage.queries.questions.figures import FigureRows
from storage.queries.questions.marks import MarkRows
from storage.queries.questions.news import NewsRows
from storage.queries.questions.question_lists import QuestionListRows
from storage.queries.questions.questions import QuestionRows
from storage.queries.questions.related import CaseRows, GroupRows
from storage.queries.questions.reply_templates import TemplateRows
from storage.queries.questions.results import ResultRows
from storage.queries.questions.similar import SimilarRows
from storage.queries.sealed import SealedRows
from storage.queries.traces import TraceRows
from storage.queries.webchat import WebMessageRows
from storage.queries.zalo.chats import ZaloChatRows
from storage.queries.zalo.events import ZaloEventRows
from storage.queries.zalo.tokens import ZaloTokenRows
from storage.tables import map_nouns
from storage.transaction import (
    CountedAttempt,
    DeferredWrites,
    Transaction,
    TransactionCache,
    counted,
    open_session,
)

Rows = TypeVar("Rows")
Made = TypeVar("Made")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every unit of work of a process is handed, so that it can reach what lies outside the database."""

    vault: ports.Vault | None
    pictures: ports.Pictures
    posters: ports.Posters | None
    papers: ports.Papers | None
    press: ports.Press | None
    copy_press: ports.CopyPress | None
    seals: ports.Seals | None
    channel_policy: ChannelPolicy
    limits: HouseLimits
    freed: FreedPages


class Lazy(Generic[Rows]):
    """A repository that is built when it is first asked for: of forty a message needs six."""

    def __init__(self, build: Callable[[Transaction], Rows]) -> None:
        self._build = build
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, uow: "SqlUnitOfWork", owner: type) -> Rows:
        built = self._build(uow.transaction)
        uow.__dict__[self._name] = built  # where it is found from now on, before anybody comes here
        return built


class NotMadeYet(Exception):
    """Something that takes long is lacking; nothing of the transaction is to be kept. `work` makes it."""

    def __init__(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        super().__init__()
        self.key = key
        self.work = work


class SqlUnitOfWork:
    """What `intake.ports.UnitOfWork` promises, on a session.

    `outbox`, `template_messages` and `fan_out` are for the relay, `measures` for whoever watches, `web` and `zalo_…`
    for a network.
    """

    accounts = Lazy(AccountRows)
    audit = Lazy(AuditRows)
    breaches = Lazy(BreachRows)
    deputies = Lazy(DeputyRows)
    broadcasts = Lazy(BroadcastRows)
    browsers = Lazy(BrowserRows)
    cases = Lazy(CaseRows)
    demands = Lazy(DemandRows)
    hands = Lazy(HandsRows)
    surveys = Lazy(SurveyRows)
    clocks = Lazy(ClockRows)
    conclusions = Lazy(ConclusionRows)
    drafts = Lazy(DraftRows)
    documents = Lazy(DocumentRows)
    figures = Lazy(FigureRows)
    groups = Lazy(GroupRows)
    guests = Lazy(GuestRows)
    history = Lazy(WebMessageRows)
    inbox = Lazy(InboxRows)
    keeping = Lazy(KeepingRows)
    ledger = Lazy(LedgerRows)
    letters = Lazy(LetterRows)
    links = Lazy(LinkRows)
    own_copies = Lazy(OwnCopyRows)
    marks = Lazy(MarkRows)
    meetings = Lazy(MeetingRows)
    news = Lazy(NewsRows)
    overrides = Lazy(OverrideRows)
    people = Lazy(PersonRows)
    places = Lazy(PlaceRows)
    plans = Lazy(PlanRows)
    proofs = Lazy(ProofRows)
    question_lists = Lazy(QuestionListRows)
    questions = Lazy(QuestionRows)
    reply_templates = Lazy(TemplateRows)
    requests = Lazy(RequestRows)
    results = Lazy(ResultRows)
    rosters = Lazy(RosterRows)
    saved_views = Lazy(SavedViewRows)
    sealed = Lazy(SealedRows)
    similar = Lazy(SimilarRows)
    tasks = Lazy(TaskRows)
    traces = Lazy(TraceRows)

    measures = Lazy(MeasureRows)
    outbox = Lazy(RelayRows)
    template_messages = Lazy(TemplateMessageRows)
    fan_out = Lazy(FanOutRows)
    web = Lazy(WebMessageRows)
    zalo_chats = Lazy(ZaloChatRows)
    zalo_events = Lazy(ZaloEventRows)
    zalo_tokens = Lazy(ZaloTokenRows)

    def __init__(
        self, transaction: Transaction, calendar: WorkCalendar, calendars: OverrideCache, around: Surroundings
    ) -> None:
        self.transaction = transaction
        self._session = transaction.session
        self._deferred = transaction.deferred
        self._calendars = calendars
        self._posters = around.posters
        self._freed = around.freed
        self._papers = around.papers
        self._press = around.press
        self.copy_press: ports.CopyPress | None = around.copy_press
        self._seals = around.seals
        self.now: datetime = transaction.now
        self.today: date = transaction.now.astimezone(LOCAL).date()
        self.rehearsed = False
        """Whether nothing of it may stay, whoever commits (`Store.rehearsal`)."""
        self.made: Mapping[Hashable, asyncio.Future[Any]] | None = None
        """What was made for it beforehand; None where whoever needs something waits for it with this in hand."""
        self.calendar: WorkCalendar = calendar
        self.channel_policy: ChannelPolicy = around.channel_policy
        self.limits: HouseLimits = around.limits
        self._vault = around.vault
        self.pictures: ports.Pictures = around.pictures

    @property
    def session(self) -> AsyncSession:
        """The transaction itself, for who looks at tables no repository is asked about: tests and measurements."""
        return self._session

    @property
    def vault(self) -> ports.Vault:
        """The keys of the installation; only where `Store` was given them."""
        return _keys(self._vault)

    @property
    def posters(self) -> ports.Posters:
        """What draws posters; only where `Store.posters` was set."""
        if self._posters is None:
            raise RuntimeError("this process was given nothing to draw posters with")
        return self._posters

    @property
    def papers(self) -> ports.Papers:
        """What reads papers; only where `Store.papers` was set."""
        if self._papers is None:
            raise RuntimeError("this process was given nothing to read papers with")
        return self._papers

    @property
    def press(self) -> ports.Press:
        """What lays documents out; only where `Store.press` was set."""
        if self._press is None:
            raise RuntimeError("this process was given nothing to lay documents out with")
        return self._press

    @property
    def seals(self) -> ports.Seals:
        """What seals; only where `Store.seals` was set."""
        if self._seals is None:
            raise RuntimeError("this process was given nothing to seal with")
        return self._seals

    def attempt(self) -> CountedAttempt:
        """Something of which one wants to know afterwards whether it wrote anything."""
        return CountedAttempt(self._session)

    async def beforehand(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Made]]) -> Made:
        """What `work` makes; raises `NotMadeYet` where that is not to be waited for in this transaction."""
        if self.made is None:
            return await work()
        if key not in self.made:
            raise NotMadeYet(key, work)
        made: Made = self.made[key].result()
        return made

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part of the transaction that is taken back alone when it raises."""
        await self._deferred.write_down()
        try:
            async with self._session.begin_nested():
                yield
                await self._deferred.write_down()
        except BaseException:  # a cancellation takes it back just as well
            self._deferred.take_back()
            raise

    async def flush(self) -> None:
        """Let the database have what was changed so far, but what is deferred."""
        await self._session.flush()

    async def commit(self) -> None:
        """Make it so; in a rehearsal it is written down for whoever reads on, and kept for nobody."""
        await self._deferred.write_down()
        if self.rehearsed:
            return
        try:
            await self._session.commit()
            if self.traces.forgot:
                await self._drop_files()
            if self.traces.forgot or self._freed.left:
                await self._freed.leave_none(self._session)
        finally:
            if counted(self._session).has_written_to(t.calendar_state):
                self._calendars.forget()

    async def _drop_files(self) -> None:
        """Remove the files that what was forgotten named. Where that fails they go at night: nothing names them."""
        try:
            await self.pictures.drop(self.traces.dropped)
        except OSError as trouble:
            log.warning("files_left_for_the_night", files=len(self.traces.dropped), error=type(trouble).__name__)


def _keys(vault: ports.Vault | None) -> ports.Vault:
    if vault is None:
        raise RuntimeError("this process was given no keys")
    return vault


class NoPictures:
    """For a process that keeps no files: everything is said in words alone."""

    async def qr(self, code: str) -> str | None:
        """No picture."""
        del code
        return None

    async def drop(self, names: Sequence[str], *, older_than: timedelta = timedelta(0)) -> None:
        """Nothing is kept here."""
        del names, older_than

    async def older_than(self, age: timedelta) -> Sequence[str]:
        """Nothing is kept here."""
        del age
        return ()


class Store:
    """Opens units of work.

    Args:
        engine: from `open_engine`.
        now: the clock; asked once per unit of work, so that one deed has one moment.
        calendar: working days before the overrides of the database are laid over them, asked likewise.
        vault: keys; None for a process that has no need of them.
        pictures: where pictures are made and kept.
        channel_policy: what the networks allow; by default each of them everything.
        limits: how much the installation takes.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        now: Callable[[], datetime],
        calendar: Callable[[], WorkCalendar],
        vault: ports.Vault | None,
        pictures: ports.Pictures | None = None,
        channel_policy: ChannelPolicy | None = None,
        limits: HouseLimits | None = None,
    ) -> None:
        map_nouns()
        self.engine = engine
        # on PostgreSQL every statement sees what is committed by then, in a transaction or without: without one, two
        # ways to the server are saved
        enclosed = (
            engine.dialect.name != "postgresql" or engine.sync_engine.get_execution_options()[ONLY_IN_TRANSACTIONS]
        )
        alone = {} if enclosed else {"isolation_level": "AUTOCOMMIT"}
        self._single = engine.execution_options(**alone)
        self._reading = only_reading(engine, **alone)
        self._now = now
        self._calendar = calendar
        self._vault = vault
        self.channel_policy = channel_policy or ChannelPolicy()
        self.limits = limits or HouseLimits()
        self._pictures = pictures or NoPictures()
        self._calendars = OverrideCache()
        self.freed = FreedPages()
        """Whether what was forgotten may still stand in the log of the database."""
        self.posters: ports.Posters | None = None
        """What draws posters; set by whoever puts the process together."""
        self.copy_press: ports.CopyPress | None = None
        """What makes the files of a copy of one's own data; set likewise, None where no files are kept."""
        self.papers: ports.Papers | None = None
        """What reads papers, set likewise."""
        self.press: ports.Press | None = None
        """What lays documents out, set likewise."""
        self.seals: ports.Seals | None = None
        """What seals, set likewise."""
        # SQLite has one writer: within a process they queue fairly instead of polling its lock
        self._turn = asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()

    @property
    def vault(self) -> ports.Vault:
        """The keys of the installation, where this process was given them."""
        return _keys(self._vault)

    def now(self) -> datetime:
        """The clock by which every unit of work goes."""
        return self._now()

    def calendar(self) -> WorkCalendar:
        """The working days before the overrides of the database are laid over them."""
        return self._calendar()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnitOfWork]:
        """A unit of work that may write; rolled back unless committed."""
        async with self._turn, open_session(self.engine) as session:
            yield await self._unit(session)

    @asynccontextmanager
    async def single(self) -> AsyncIterator[SqlUnitOfWork]:
        """A unit of work of statements that need not stand or fall together: each may be committed by itself."""
        async with self._turn, open_session(self._single) as session:
            yield await self._unit(session)

    @asynccontextmanager
    async def rehearsal(self) -> AsyncIterator[ports.OpenUnit]:
        """Units of work of which nothing stays: they are all one transaction, which is taken back at the end."""
        async with self.unit() as uow:
            uow.rehearsed = True

            @asynccontextmanager
            async def again() -> AsyncIterator[SqlUnitOfWork]:
                yield uow

            yield again

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        """A unit of work that only reads and holds up no writer."""
        async with open_session(self._reading) as session:
            yield await self._unit(session)

    async def close(self) -> None:
        """Let go of the database."""
        await self.engine.dispose()

    async def _unit(self, session: AsyncSession) -> SqlUnitOfWork:
        base, now = self._calendar(), self._now()
        calendar = await self._calendars.lay_over(base, session, now)
        chats = TransactionCache[PersonId, Sequence[Account]](session, t.accounts)
        transaction = Transaction(session, now, self.channel_policy, base, DeferredWrites(session), chats)
        around = Surroundings(
            self._vault,
            self._pictures,
            self.posters,
            self.papers,
            self.press,
            self.copy_press,
            self.seals,
            self.channel_policy,
            self.limits,
            self.freed,
        )
        return SqlUnitOfWork(transaction, calendar, self._calendars, around)
