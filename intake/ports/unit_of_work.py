"""One transaction and everything reachable in it."""

from collections.abc import Callable, Coroutine, Hashable
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from intake.rules.deadlines.calendar import WorkCalendar
from intake.rules.outbox.channel_policy import ChannelPolicy
from intake.rules.people.quota import HouseLimits

from .audit import AuditTrail
from .copies import CopyPress, OwnCopies
from .deadlines import Clocks, Overrides, Tasks
from .ledger import Ledger
from .meetings import Conclusions, Demands, Guests, Hands, Meetings, Proofs, Requests, Rosters, Surveys
from .outbox import Broadcasts, Keeping, Letters
from .papers import Documents, FigureSource, Press
from .people import Accounts, Breaches, Browsers, Deputies, History, Inbox, Links, People, Vault
from .pictures import Pictures, Posters
from .plan import Papers, Places, Plans
from .questions import (
    Cases,
    Drafts,
    Groups,
    Marks,
    QuestionLists,
    Questions,
    QuestionsNews,
    ReplyTemplates,
    ResultsOfYears,
    SavedViews,
    Similar,
)
from .sealed import Sealed, Seals
from .traces import Traces

Made = TypeVar("Made")


class Attempt(Protocol):
    """Something that is tried in a transaction. Only what wrote nothing may fail and leave the rest as it was."""

    @property
    def has_written(self) -> bool:
        """Whether this transaction wrote anything, or changed a noun it read, since the attempt began."""
        ...


class UnitOfWork(Protocol):
    """One transaction and everything reachable in it. It is rolled back unless committed.

    Whoever opens it commits it: the conversation for a message, the sweep for a batch, a request for a page. Actions
    take an open one and never commit, so that a deed and the letters about it stand or fall together. A port is there
    when it is asked for; what none asks for costs nothing.
    """

    now: datetime
    today: date
    calendar: WorkCalendar
    channel_policy: ChannelPolicy
    limits: HouseLimits

    @property
    def inbox(self) -> Inbox: ...

    @property
    def accounts(self) -> Accounts: ...

    @property
    def history(self) -> History: ...

    @property
    def people(self) -> People: ...

    @property
    def links(self) -> Links: ...

    @property
    def own_copies(self) -> OwnCopies: ...

    @property
    def copy_press(self) -> CopyPress | None: ...

    @property
    def browsers(self) -> Browsers: ...

    @property
    def places(self) -> Places: ...

    @property
    def plans(self) -> Plans: ...

    @property
    def meetings(self) -> Meetings: ...

    @property
    def conclusions(self) -> Conclusions: ...

    @property
    def rosters(self) -> Rosters: ...

    @property
    def guests(self) -> Guests: ...

    @property
    def requests(self) -> Requests: ...

    @property
    def hands(self) -> Hands: ...

    @property
    def surveys(self) -> Surveys: ...

    @property
    def demands(self) -> Demands: ...

    @property
    def proofs(self) -> Proofs: ...

    @property
    def questions(self) -> Questions: ...

    @property
    def question_lists(self) -> QuestionLists: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def reply_templates(self) -> ReplyTemplates: ...

    @property
    def news(self) -> QuestionsNews: ...

    @property
    def saved_views(self) -> SavedViews: ...

    @property
    def similar(self) -> Similar: ...

    @property
    def groups(self) -> Groups: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def marks(self) -> Marks: ...

    @property
    def results(self) -> ResultsOfYears: ...

    @property
    def clocks(self) -> Clocks: ...

    @property
    def tasks(self) -> Tasks: ...

    @property
    def traces(self) -> Traces: ...

    @property
    def sealed(self) -> Sealed: ...

    @property
    def overrides(self) -> Overrides: ...

    @property
    def letters(self) -> Letters: ...

    @property
    def breaches(self) -> Breaches: ...

    @property
    def deputies(self) -> Deputies: ...

    @property
    def broadcasts(self) -> Broadcasts: ...

    @property
    def keeping(self) -> Keeping: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def audit(self) -> AuditTrail: ...

    @property
    def pictures(self) -> Pictures: ...

    @property
    def posters(self) -> Posters: ...

    @property
    def papers(self) -> Papers: ...

    @property
    def press(self) -> Press: ...

    @property
    def documents(self) -> Documents: ...

    @property
    def figures(self) -> FigureSource: ...

    @property
    def vault(self) -> Vault: ...

    @property
    def seals(self) -> Seals: ...

    def attempt(self) -> Attempt:
        """Begin something that may fail without harm as long as it has written nothing."""
        ...

    def savepoint(self) -> AbstractAsyncContextManager[object]:
        """A part of the transaction that is taken back alone when it raises."""
        ...

    async def beforehand(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Made]]) -> Made:
        """What `work` makes, which takes long and asks no database.

        In a conversation the turn that needs it is broken off, `work` done with no transaction in hand, and the turn
        begun anew: `key` has to name the same thing then, and nothing may depend on the turn that was broken off.
        """
        ...

    async def flush(self) -> None:
        """Let the database have what was changed so far; it is kept only when committed."""
        ...

    async def commit(self) -> None:
        """Make it so."""
        ...


OpenUnit = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
"""Opens a unit of work that may write; what is not committed in it is taken back at its end."""
