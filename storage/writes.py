"""Counting what a session writes, so that whoever read something knows whether it may be out of date."""

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, Session

from intake.ports import Writes
from intake.rules.person import Account, Conversation, Grant, Person
from storage import tables as t

_PEOPLE = frozenset({t.accounts, t.conversations, t.persons, t.grants})
_NOUNS = (Account, Conversation, Person, Grant)


class CountedSession(Session):
    """A session that counts what it has written."""

    written = Writes(0, 0)

    @property
    def writes(self) -> Writes:
        """See `intake.ports.UnitOfWork.writes`."""
        unwritten = bool(self.new or self.dirty or self.deleted)
        return self.written._replace(anything=self.written.anything + unwritten)

    def count(self, *, people: bool) -> None:
        """Count one more, that wrote about people or not."""
        self.written = Writes(self.written.anything + 1, self.written.people + people)


@sa.event.listens_for(CountedSession, "do_orm_execute")
def _count_statement(said: ORMExecuteState) -> None:
    session, statement = said.session, said.statement
    if said.is_select or not isinstance(session, CountedSession):
        return
    if isinstance(statement, sa.Insert | sa.Update | sa.Delete):
        session.count(people=statement.table in _PEOPLE)
    else:  # plain text, say, which may have written anything
        session.count(people=True)


@sa.event.listens_for(CountedSession, "after_flush")
def _count_flush(session: CountedSession, _context: object) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    session.count(people=any(isinstance(noun, _NOUNS) for noun in changed))
