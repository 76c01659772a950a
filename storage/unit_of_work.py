"""One transaction and everything reachable in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from intake import ports
from intake.rules.deadlines.calendar import LOCAL, WorkCalendar
from intake.rules.outbox.channel_policy import ChannelPolicy
from storage.announcing import ProofRows, RequestRows
from storage.broadcasts import BroadcastRows
from storage.cases import CaseRows
from storage.conclusions import ConclusionRows
from storage.deadlines import ClockRows
from storage.groups import GroupRows
from storage.guests import GuestRows
from storage.ledger import LedgerRows
from storage.links import LinkRows
from storage.marks import MarkRows
from storage.measures import MeasureRows
from storage.meetings import MeetingRows
from storage.outbox import LetterRows
from storage.outbox_keeping import KeepingRows
from storage.overrides import OverrideCache, OverrideRows
from storage.people import AccountRows, InboxRows, PersonRows
from storage.places import PlaceRows, PlanRows
from storage.questions import QuestionRows
from storage.results import ResultRows
from storage.rings import RingRows
from storage.rosters import RosterRows
from storage.similar import SimilarRows
from storage.tables import map_nouns
from storage.tasks import TaskRows
from storage.web_messages import WebMessageRows
from storage.writes import CountedSession, Postponed
from storage.zalo_chats import ZaloChatRows
from storage.zalo_events import ZaloEventRows
from storage.zalo_tokens import ZaloTokenRows

_VERSION_FRESH_FOR = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every unit of work of a process is handed: keys, pictures, what the networks allow."""

    vault: ports.Vault
    pictures: ports.Pictures
    reach: ChannelPolicy


class SqlUnitOfWork:
    """See `intake.ports.UnitOfWork`.

    `outbox`, `rings` and `spreading` are for senders, `measures` for whoever watches, `web` and `zalo_…` for a network.
    """

    def __init__(
        self,
        session: AsyncSession,
        now: datetime,
        calendar: WorkCalendar,
        around: Surroundings,
        *,
        base_calendar: WorkCalendar,
        posters: ports.Posters | None = None,
    ) -> None:
        self._session = session
        self._postponed = Postponed(session)
        self._posters = posters
        self.now: datetime = now
        self.today: date = now.astimezone(LOCAL).date()
        self.calendar: WorkCalendar = calendar
        self.vault: ports.Vault = around.vault
        self.reach: ChannelPolicy = around.reach
        self.outbox = LetterRows(session)
        self.rings = RingRows(session)
        self.spreading = BroadcastRows(session, now, around.reach)
        self.measures = MeasureRows(session, now)
        self.web = WebMessageRows(session, now)
        self.zalo_chats = ZaloChatRows(session)
        self.zalo_events = ZaloEventRows(session, now)
        self.zalo_tokens = ZaloTokenRows(session, now)
        self.inbox: ports.Inbox = InboxRows(session, now)
        self.accounts: ports.Accounts = AccountRows(session, now, around.reach)
        self.people: ports.People = PersonRows(session)
        self.places: ports.Places = PlaceRows(session)
        self.plans: ports.Plans = PlanRows(session)
        self.meetings: ports.Meetings = MeetingRows(session)
        self.conclusions: ports.Conclusions = ConclusionRows(session)
        self.rosters: ports.Rosters = RosterRows(session)
        self.guests: ports.Guests = GuestRows(session)
        self.pictures: ports.Pictures = around.pictures
        self.requests: ports.Requests = RequestRows(session)
        self.proofs: ports.Proofs = ProofRows(session)
        self.questions: ports.Questions = QuestionRows(session, self._postponed)
        self.similar: ports.Similar = SimilarRows(session, self._postponed)
        self.groups: ports.Groups = GroupRows(session)
        self.cases: ports.Cases = CaseRows(session)
        self.results: ports.ResultsOfYears = ResultRows(session)
        self.clocks: ports.Clocks = ClockRows(session, now)
        self.marks: ports.Marks = MarkRows(session)
        self.tasks: ports.Tasks = TaskRows(session)
        self.letters: ports.Letters = self.outbox
        self.broadcasts: ports.Broadcasts = self.spreading
        self.keeping: ports.Keeping = KeepingRows(session, now)
        self.links: ports.Links = LinkRows(session)
        self.ledger: ports.Ledger = LedgerRows(session, now, self._postponed)
        self.overrides: ports.Overrides = OverrideRows(session, base_calendar)

    @property
    def posters(self) -> ports.Posters:
        """See `intake.ports.UnitOfWork`; only where `Store.posters` was set."""
        if self._posters is None:
            raise RuntimeError("this process was given nothing to draw posters with")
        return self._posters

    @property
    def writes(self) -> ports.Writes:
        """See `intake.ports.UnitOfWork`."""
        return cast("CountedSession", self._session.sync_session).writes

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part of the transaction that is taken back alone when it raises."""
        await self._postponed.write_down()
        try:
            async with self._session.begin_nested():
                yield
                await self._postponed.write_down()
        except BaseException:  # a cancellation takes it back just as well
            self._postponed.forget()
            raise

    async def flush(self) -> None:
        """See `intake.ports.UnitOfWork`."""
        await self._session.flush()

    async def commit(self) -> None:
        """Make it so; and wake whoever waits for new letters."""
        await self._postponed.write_down()
        await self._session.commit()


class NoPictures:
    """For a process that keeps no files: everything is said in words alone."""

    async def qr(self, code: str) -> str | None:
        """See `Pictures.qr`."""
        del code
        return None


class Store:
    """Opens units of work.

    Args:
        engine: from `open_engine`.
        now: the clock; asked once per unit of work, so that one deed has one moment.
        calendar: working days before the overrides of the database are laid over them, asked likewise.
        vault: keys.
        pictures: where pictures are made and kept.
        reach: what the networks allow; by default each of them everything.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        now: Callable[[], datetime],
        calendar: Callable[[], WorkCalendar],
        vault: ports.Vault,
        pictures: ports.Pictures | None = None,
        reach: ChannelPolicy | None = None,
    ) -> None:
        map_nouns()
        self.engine = engine
        self._reading = engine.execution_options(reading=True)
        self._now = now
        self._calendar = calendar
        self.vault = vault
        self.reach = reach or ChannelPolicy()
        self._around = Surroundings(vault, pictures or NoPictures(), self.reach)
        on_this_machine = engine.dialect.name == "sqlite"
        self._overrides = OverrideCache(timedelta(0) if on_this_machine else _VERSION_FRESH_FOR)
        self.posters: ports.Posters | None = None
        """What draws posters; set by whoever puts the process together."""
        # SQLite has one writer: within a process they queue fairly instead of polling its lock
        self._turn = asyncio.Lock() if on_this_machine else nullcontext()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnitOfWork]:
        """A unit of work that may write; rolled back unless committed."""
        async with self._turn, self._session(self.engine) as session:
            yield await self._unit(session)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        """A unit of work that only reads and holds up no writer."""
        async with self._session(self._reading) as session:
            yield await self._unit(session)

    async def close(self) -> None:
        """Let go of the database."""
        await self.engine.dispose()

    @staticmethod
    def _session(engine: AsyncEngine) -> AsyncSession:
        return AsyncSession(engine, sync_session_class=CountedSession, expire_on_commit=False)

    async def _unit(self, session: AsyncSession) -> SqlUnitOfWork:
        base, now = self._calendar(), self._now()
        calendar = await self._overrides.lay_over(base, session, now)
        return SqlUnitOfWork(session, now, calendar, self._around, base_calendar=base, posters=self.posters)
