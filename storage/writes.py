"""What a session writes: counted, so that whoever read something knows whether it still holds; and what can wait."""

from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session

from intake.ports import Writes
from storage import tables as t

PEOPLE = (t.accounts, t.conversations, t.persons, t.grants)
Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class CountedSession(Session):
    """A session that counts what it has written, table by table."""

    def __init__(self, *about: Any, **more: Any) -> None:
        super().__init__(*about, **more)
        self.written: Counter[sa.FromClause | None] = Counter()
        """Under None stands what may have been written to any table."""

    @property
    def writes(self) -> Writes:
        """See `intake.ports.UnitOfWork.writes`."""
        unwritten = self._unwritten()
        return Writes(self.written.total() + unwritten.total(), self._to(PEOPLE, unwritten))

    def to(self, tables: Iterable[sa.FromClause]) -> int:
        """How much was written to some tables, or changed and not written down yet."""
        return self._to(tables, self._unwritten())

    def count_flush(self) -> None:
        """Count what is being written down just now."""
        self.written += self._unwritten()

    def _to(self, tables: Iterable[sa.FromClause], unwritten: Counter[sa.FromClause | None]) -> int:
        return sum(self.written[table] + unwritten[table] for table in (*tables, None))

    def _unwritten(self) -> Counter[sa.FromClause | None]:
        changed = (*self.new, *self.dirty, *self.deleted)
        return Counter(sa.inspect(noun).mapper.local_table for noun in changed)


@sa.event.listens_for(CountedSession, "do_orm_execute")
def _count_statement(said: ORMExecuteState) -> None:
    session, statement = said.session, said.statement
    if said.is_select or not isinstance(session, CountedSession):
        return
    session.written[statement.table if isinstance(statement, sa.Insert | sa.Update | sa.Delete) else None] += 1


@sa.event.listens_for(CountedSession, "after_flush")
def _count_flush(session: CountedSession, _context: object) -> None:
    session.count_flush()


class Remembered(Generic[Key, Answer]):
    """Answers that hold within a transaction, until something is written to the tables they were taken from.

    What those who speak at the same moment all need to know is so asked once.
    """

    def __init__(self, session: AsyncSession, *tables: sa.FromClause) -> None:
        self._session = cast("CountedSession", session.sync_session)
        self._tables = tables
        self._known: dict[Key, Answer] = {}
        self._as_of = -1

    async def get(self, key: Key, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer to `key`, from `ask` where it is not known."""
        if self._session.to(self._tables) != self._as_of:
            self._known.clear()
        if key not in self._known:
            self._known[key] = await ask()  # which writes down first what was changed
            self._as_of = self._session.to(self._tables)
        return self._known[key]


class Postponed:
    """Rows that nobody reads in the transaction that writes them: written down together before it is committed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._rows: dict[sa.Insert, list[Mapping[str, Any]]] = {}

    def add(self, insert: sa.Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        """Have rows inserted by a statement that is built once."""
        if rows:
            self._rows.setdefault(insert, []).extend(rows)
            cast("CountedSession", self._session.sync_session).written[insert.table] += 1

    async def write_down(self) -> None:
        """Insert what was postponed; what it refers to stands before it."""
        if not self._rows:
            return
        await self._session.flush()
        rows, self._rows = self._rows, {}
        for insert, many in rows.items():
            await self._session.execute(insert, many)

    def forget(self) -> None:
        """Insert nothing of it: what it belongs to was taken back."""
        self._rows.clear()
