"""What people put on a question by hand: that it is urgent, and that the agency was nudged."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from intake.rules.people.person import PersonId
from intake.rules.questions.question import QuestionId

HIDDEN = "[…]"
"""What stands where something personal was."""

_NUMBER = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .\-]?\d){8,11}(?!\d)")


@dataclass(eq=False)
class UrgentFlag:
    """A person's word that a question is urgent ("bức xúc, nổi cộm", R193); kept after it was taken back."""

    id: int = field(init=False)
    question_id: QuestionId
    reason: str
    set_by: PersonId
    set_at: datetime
    taken_back_by: PersonId | None = None
    taken_back_at: datetime | None = None
    taken_back_reason: str = ""


@dataclass(eq=False)
class Nudge:
    """An agency was reminded of the date it had promised (R162); `agency` and `promised_on` as they were then."""

    id: int = field(init=False)
    question_id: QuestionId
    agency: str
    promised_on: date
    nudged_by: PersonId
    nudged_at: datetime


def without_personal(text: str, *names: str) -> str:
    """The words of a question fit for another agency: without these names and numbers of phones or cards (LAW C5)."""
    for name in names:
        if name.strip():
            text = re.sub(re.escape(name.strip()), HIDDEN, text, flags=re.IGNORECASE)
    return _NUMBER.sub(HIDDEN, text)


def same_name(one: str, other: str) -> bool:
    """Whether two names of agencies are one name: the same words, whatever the case."""
    return one.casefold().split() == other.casefold().split()
