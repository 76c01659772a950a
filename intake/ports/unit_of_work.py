"""One transaction and everything reachable in it."""

from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import NamedTuple, Protocol

from intake.rules.deadlines.calendar import WorkCalendar
from intake.rules.outbox.channel_policy import ChannelPolicy

from .announcing import Pictures, Posters, Proofs
from .deadlines import Clocks, Tasks
from .ledger import Ledger
from .meetings import Conclusions, Guests, Meetings, Requests, Rosters
from .people import Accounts, Inbox, Links, People, Vault
from .places import Overrides, Places, Plans
from .questions import Cases, Groups, Marks, Questions, ResultsOfYears, Similar
from .sending import Broadcasts, Keeping, Letters


class Writes(NamedTuple):
    """How much was written in a transaction so far; what is read twice and equal between was not written meanwhile.

    Args:
        anything: statements that write, and whether something changed was not written down yet.
        people: statements that write chats, conversations, persons, roles.
    """

    anything: int
    people: int


class UnitOfWork(Protocol):
    """One transaction and everything reachable in it. It is rolled back unless committed.

    Whoever opens it commits it: the conversation for a message, the sweep for a batch, a request for a page. Actions
    take an open one and never commit, so that a deed and the letters about it stand or fall together.
    """

    now: datetime
    today: date
    calendar: WorkCalendar
    vault: Vault
    reach: ChannelPolicy

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

    @property
    def writes(self) -> Writes:
        """What was written in this transaction so far."""
        ...

    def savepoint(self) -> AbstractAsyncContextManager[object]:
        """A part of the transaction that is taken back alone when it raises."""
        ...

    async def flush(self) -> None:
        """Let the database have what was changed so far; it is kept only when committed."""
        ...

    async def commit(self) -> None:
        """Make it so."""
        ...
