"""What was typed and is promised to be forgotten."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import AccountId, PersonId
from intake.rules.people.retention import OldTrace
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId


class Traces(Protocol):
    """The places besides a question itself where typed words and files lie."""

    async def forget(self, account_id: AccountId, texts: Sequence[str], files: Sequence[str]) -> None:
        """Take words and files out of a chat: its lines, the letters that repeat them, and the files themselves."""
        ...

    async def mask(self, account_ids: Iterable[AccountId], code: str) -> None:
        """Take a code that was used out of the lines of some chats, which whoever opens them next would read."""
        ...

    async def named_files(self, part: int) -> Collection[str] | None:
        """The content names of files that stand in a part of what is stored: in questions, drafts, lines, letters.

        Parts are counted from 0; None where everything has been looked through.
        """
        ...

    async def forget_chat(self, account_id: AccountId) -> None:
        """Take everything out of a chat that no question names: its lines, what was being typed, files on the way.

        What was sent there is deleted at the person's too, where the network still lets us (`takes_back`).
        """
        ...

    async def recall_about(self, question_id: QuestionId, people: Collection[PersonId] | None = None) -> None:
        """Have what was sent about a question deleted at everybody's (or these people's), where the network lets us."""
        ...

    async def recall_fleeting(self, account_id: AccountId) -> None:
        """Have what was said in a chat and is kept nowhere (`Message.fleeting`) deleted there, likewise."""
        ...

    async def forget_shown(self, people: Collection[PersonId], references: Collection[str]) -> None:
        """Have the cards and lists deleted that these people opened and that told of one of these references, likewise.

        That they did is not stored any more. News that was sent to them by itself stays.
        """
        ...

    async def count_old(self, kind: OldTrace, before: datetime) -> int:
        """How many rows of a kind were done with before a moment."""
        ...

    async def forget_old(self, kind: OldTrace, before: datetime, limit: int) -> int:
        """Forget so many of them, the oldest first. Returns how many."""
        ...

    async def forget_copies(self, person_id: PersonId) -> None:
        """Take away the copies of their own data that were made for a person, files and all."""
        ...

    async def forget_papers(
        self, references: Collection[str], meeting_ids: Collection[MeetingId], *, reports_of: UnitId | None = None
    ) -> None:
        """Take away the files that were made of documents about these questions and meetings, and whatever names them.

        A meeting's document that bears a number is part of the record and stays; of a question's, number and day stay.
        `reports_of`: the reports of that unit go too.
        """
        ...

    async def forget_person(
        self, person_id: PersonId, names: Collection[str], phones: Collection[str], since: datetime
    ) -> None:
        """Take a person's names and numbers out of what others were told: their lines, letters, what they are typing.

        `names` and `phones` (E.164) are all there ever were: what was told before a correction is not corrected. A
        name of one word alone, and one that somebody else bears too, stays there: it says too little, or another's. No
        part of a longer name of somebody else is taken out, nor what was told before `since`.
        """
        ...
