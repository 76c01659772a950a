"""The conclusion of a meeting (thông báo kết luận): numbered items, each somebody's task, and how they get on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NewType

from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId
from intake.rules.questions.question import QuestionId

ConclusionItemId = NewType("ConclusionItemId", int)
ProgressId = NewType("ProgressId", int)


@dataclass(eq=False)
class ConclusionItem:
    """One numbered item (R180): what was concluded, who sees to it until when.

    The owner is a desk of the unit, or else an agency by name. It is public once `published_at` is set, and done once
    `done_at` is (R181).
    """

    id: ConclusionItemId = field(init=False)
    meeting_id: MeetingId
    number: int
    text: str
    desk_id: DeskId | None
    owner: str
    due_on: date | None
    written_by: PersonId
    published_at: datetime | None = None
    done_at: datetime | None = None


_LONGEST_NAME = 60


def short_name(item: ConclusionItem) -> str:
    """What reminders and lists call an item: its number and the first words of it, fit for a button."""
    words = " ".join(item.text.split()).rstrip(".;,:")
    if len(words) > _LONGEST_NAME:
        words = words[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(".;,:") + "…"
    return f"{item.number}. {words}"


@dataclass(eq=False)
class ConclusionLink:
    """A question that an item settles or takes further."""

    item_id: ConclusionItemId
    question_id: QuestionId


@dataclass(eq=False)
class ConclusionProgress:
    """A word on how an item gets on (R181). `public_text` is how everybody reads it; None: only the office does."""

    id: ProgressId = field(init=False)
    item_id: ConclusionItemId
    at: datetime
    by: PersonId
    text: str
    public_text: str | None = None
