"""One transaction and everything reachable in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from intake import ports
from intake.rules.calendar import WorkCalendar
from intake.rules.delivery import LOCAL
from storage.announcing import ProofRows, RequestRows
from storage.deadlines import ClockRows
from storage.ledger import LedgerRows
from storage.meetings import MeetingRows
from storage.outbox import LetterRows
from storage.people import AccountRows, InboxRows, PersonRows
from storage.places import PlaceRows, PlanRows
from storage.questions import QuestionRows
from storage.tables import map_nouns
from storage.web_messages import WebMessageRows


class UnitOfWork:
    """See `intake.ports.UnitOfWork`. `outbox` and `web` are for the senders and the web chat."""

    def __init__(
        self,
        session: AsyncSession,
        now: datetime,
        calendar: WorkCalendar,
        vault: ports.Vault,
        posters: ports.Posters | None = None,
    ) -> None:
        self._session = session
        self._posters = posters
        self.now: datetime = now
        self.today: date = now.astimezone(LOCAL).date()
        self.calendar: WorkCalendar = calendar
        self.vault: ports.Vault = vault
        self.outbox = LetterRows(session)
        self.web = WebMessageRows(session, now)
        self.inbox: ports.Inbox = InboxRows(session, now)
        self.accounts: ports.Accounts = AccountRows(session)
        self.people: ports.People = PersonRows(session)
        self.places: ports.Places = PlaceRows(session)
        self.plans: ports.Plans = PlanRows(session)
        self.meetings: ports.Meetings = MeetingRows(session)
        self.requests: ports.Requests = RequestRows(session)
        self.proofs: ports.Proofs = ProofRows(session)
        self.questions: ports.Questions = QuestionRows(session)
        self.clocks: ports.Clocks = ClockRows(session, now)
        self.letters: ports.Letters = self.outbox
        self.ledger: ports.Ledger = LedgerRows(session, now)

    @property
    def posters(self) -> ports.Posters:
        """See `intake.ports.UnitOfWork`; only where `Store.posters` was set."""
        if self._posters is None:
            raise RuntimeError("this process was given nothing to draw posters with")
        return self._posters

    def savepoint(self) -> AbstractAsyncContextManager[object]:
        """A part of the transaction that is taken back alone when it raises."""
        return self._session.begin_nested()

    async def commit(self) -> None:
        """Make it so; and wake whoever waits for new letters."""
        await self._session.commit()


class Store:
    """Opens units of work.

    Args:
        engine: from `open_engine`.
        now: the clock; asked once per unit of work, so that one deed has one moment.
        calendar: working days, asked likewise.
        vault: keys.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        now: Callable[[], datetime],
        calendar: Callable[[], WorkCalendar],
        vault: ports.Vault,
    ) -> None:
        map_nouns()
        self.engine = engine
        self._reading = engine.execution_options(reading=True)
        self._now = now
        self._calendar = calendar
        self._vault = vault
        self.posters: ports.Posters | None = None
        """What draws posters; set by whoever puts the process together."""
        # SQLite has one writer: within a process they queue fairly instead of polling its lock
        self._turn = asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that may write; rolled back unless committed."""
        async with self._turn, self._session(self.engine) as session:
            yield self._unit(session)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that only reads and holds up no writer."""
        async with self._session(self._reading) as session:
            yield self._unit(session)

    async def close(self) -> None:
        """Let go of the database."""
        await self.engine.dispose()

    @staticmethod
    def _session(engine: AsyncEngine) -> AsyncSession:
        return AsyncSession(engine, expire_on_commit=False)

    def _unit(self, session: AsyncSession) -> UnitOfWork:
        return UnitOfWork(session, self._now(), self._calendar(), self._vault, self.posters)
