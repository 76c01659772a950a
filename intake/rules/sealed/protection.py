"""What people did to protect whoever asked a question, or took back, each with its reason; kept with the question."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from intake.rules.people.person import PersonId
from intake.rules.questions.question import QuestionId


class ProtectionAct(StrEnum):
    """What was done."""

    SEALED = "sealed"
    UNSEALED = "unsealed"
    ASKED_TO_UNSEAL = "asked_to_unseal"  # the asker's own wish is undone by the asker alone
    KEPT_SEALED = "kept_sealed"  # the asker said no
    NAMED = "named"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(eq=False)
class Protection:
    """One deed. `named` is the code of whom it was about, empty where of nobody; `by` None: the command line."""

    id: int = field(init=False)
    question_id: QuestionId
    act: ProtectionAct
    reason: str
    by: PersonId | None
    at: datetime
    named: str = ""
