"""A document somebody asked for in a chat: it is laid out beside the conversation and comes as a letter of its own."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake.rules.people.person import AccountId, PersonId
from intake.rules.plan.plan import PlanId

from .facts import PaperStamp
from .kinds import PaperFormat, PaperKind
from .register import OfficeDocumentId

MOST_TRIES = 3
"""So often one is begun: what ends the process each time must not end it for ever."""


@dataclass(eq=False)
class PaperOrder:
    """What was asked for, where it goes, and the packed `Message` that will carry the file.

    `about` as in `OfficeDocument`; `form` is None where its charts are wanted as pictures. `version` counts the drafts,
    0 where nobody counts; `document_id` names the document in the register whose number stands on the file, which is
    then kept with it. `tries` counts how often it was begun.
    """

    id: int = field(init=False)
    plan_id: PlanId
    kind: PaperKind
    about: str
    form: PaperFormat | None
    person_id: PersonId
    account_id: AccountId
    content: dict[str, Any]
    asked_at: datetime
    version: int = 0
    document_id: OfficeDocumentId | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A document to be made, named so that another process can look up what it is filled from.

    `about`, `form` and `version` as in `PaperOrder`; `person_id` is who will see the figures, where `form` is None.
    """

    plan_id: PlanId
    kind: PaperKind
    about: str
    form: PaperFormat | None
    version: int = 0
    stamp: PaperStamp | None = None
    person_id: PersonId | None = None
