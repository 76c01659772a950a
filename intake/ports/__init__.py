"""What the actions need from the world, as Protocols; the only place where `intake` speaks of storage.

Repositories hand out the nouns of `intake.rules` and keep what is changed on them until the unit of work commits.
Where a method says "locked", the row is held until the end of the transaction, so that two people who act at the same
moment act one after the other.
"""

from .audit import AuditTrail
from .copies import CopyPress, OwnCopies
from .deadlines import Clocks, Overrides, Tasks
from .ledger import LeaseState, Ledger
from .meetings import Conclusions, Demands, Guests, Hands, Meetings, Proofs, Requests, Rosters, Surveys
from .outbox import Broadcasts, Keeping, Letters
from .papers import Documents, FigureSource, LaidOutPaper, Press
from .people import Accounts, Breaches, Browsers, Chat, Deputies, History, Inbox, Links, Met, People, Vault
from .pictures import Pictures, Posters
from .plan import Papers, Places, Plans
from .questions import Cases, Drafts, Groups, Marks, QuestionLists, Questions, ResultsOfYears, SavedViews, Similar
from .sealed import Sealed, Seals
from .traces import Traces
from .unit_of_work import Attempt, OpenUnit, UnitOfWork

__all__ = [
    "Accounts",
    "Attempt",
    "AuditTrail",
    "Breaches",
    "Broadcasts",
    "Browsers",
    "Cases",
    "Chat",
    "Clocks",
    "Conclusions",
    "CopyPress",
    "Demands",
    "Deputies",
    "Documents",
    "Drafts",
    "FigureSource",
    "Groups",
    "Guests",
    "Hands",
    "History",
    "Inbox",
    "Keeping",
    "LaidOutPaper",
    "LeaseState",
    "Ledger",
    "Letters",
    "Links",
    "Marks",
    "Meetings",
    "Met",
    "OpenUnit",
    "Overrides",
    "OwnCopies",
    "Papers",
    "People",
    "Pictures",
    "Places",
    "Plans",
    "Posters",
    "Press",
    "Proofs",
    "QuestionLists",
    "Questions",
    "Requests",
    "ResultsOfYears",
    "Rosters",
    "SavedViews",
    "Sealed",
    "Seals",
    "Similar",
    "Surveys",
    "Tasks",
    "Traces",
    "UnitOfWork",
    "Vault",
]
