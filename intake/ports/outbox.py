"""The outbox: who writes into it, who looks after it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from intake.rules.message import Message
from intake.rules.outbox.broadcast import AudiencePart, Broadcast, BroadcastId, Progress
from intake.rules.outbox.letter import Letter, LetterFilter, LetterId, LetterLine, NewLetter
from intake.rules.people.person import Account, AccountId, Network, Person, PersonId
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId


class Letters(Protocol):
    """The outbox, seen from those who write into it."""

    async def add(self, letter: Letter | NewLetter) -> bool:
        """Put a letter into the outbox. Returns False when one with the same `once` is there already."""
        ...

    async def add_many(self, letters: Sequence[Letter | NewLetter]) -> None:
        """Put many letters into the outbox, none of which has a `once`."""
        ...

    async def drop_waiting(self, prefix: str) -> int:
        """Drop the letters that wait and whose `once` begins so: what they say is no longer true. Returns how many."""
        ...

    async def drop_held(self, account_id: AccountId) -> None:
        """Drop the replies to a chat that are held back for what the person may say next."""
        ...

    async def let_go(self, account_id: AccountId) -> None:
        """Let those go out now."""
        ...

    async def withhold(self, question_id: QuestionId, people: Iterable[PersonId]) -> int:
        """Drop the letters about a question to these people that were not sent. Returns how many those were."""
        ...

    async def get(self, letter_id: LetterId) -> Letter | None:
        """One letter, locked."""
        ...

    async def newest_to(self, person_id: PersonId, question_id: QuestionId | None) -> Letter | None:
        """The newest letter to a person that is no reply and no broadcast: about a question, or about anything."""
        ...

    async def not_told(self, person_ids: Collection[PersonId]) -> Sequence[tuple[Letter, Person]]:
        """Letters to some people that lie in no chat of their own, went to nobody yet and were not told in person.

        Broadcasts are left out: whoever speaks for somebody has them anyway.
        """
        ...

    async def in_person(self, unit_ids: Collection[UnitId], silent_since: datetime) -> Sequence[tuple[Letter, Person]]:
        """Letters nobody could receive by chat, with the resident of one of these hamlets they are for, oldest first.

        Those that wait for the person's return count when they and their template message are older than
        `silent_since`; those of which the person was told are left out.
        """
        ...

    async def waiting_in(self, account_id: AccountId) -> Sequence[Letter]:
        """The letters of a chat that are on their way, in the order they go out."""
        ...

    async def move(self, account_ids: Iterable[AccountId], to: AccountId) -> None:
        """Let what is on its way or waits for the person's return in some chats go to another one instead."""
        ...

    async def release(self, account: Account) -> int:
        """Let everything that waited for this chat's person go out there now, first of all. Returns how much it is.

        A broadcast the person was told of by word of mouth is over and stays.
        """
        ...

    async def recent_with_buttons(self, account_id: AccountId) -> Sequence[Message]:
        """The last few messages with buttons that went to a chat, newest first (a typed label counts as a tap)."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Drop letters to a person that were not sent, and the content of those that were."""
        ...


class Broadcasts(Protocol):
    """Messages to everybody in some hamlets."""

    async def add(
        self,
        broadcast: Broadcast,
        hamlet_ids: Iterable[UnitId],
        *,
        also: Iterable[PersonId] = (),
        left_out: Iterable[PersonId] = (),
    ) -> Broadcast:
        """Store a broadcast. Those named in `also` have their letters at once.

        The people of the hamlets, but those left out, have theirs written afterwards, and nobody has two.
        """
        ...

    async def get(self, broadcast_id: BroadcastId, *, lock: bool = False) -> Broadcast:
        """One broadcast; `NotFound` when there is none."""
        ...

    async def named(self, name: str) -> Broadcast | None:
        """The broadcast of this name, locked; None where there is none."""
        ...

    async def of_units(self, unit_ids: Iterable[UnitId], limit: int) -> Sequence[Broadcast]:
        """At most `limit` broadcasts of units, those that are not over first, then the newest."""
        ...

    async def progress(self, broadcast_id: BroadcastId) -> Progress:
        """How many letters of a broadcast stand where."""
        ...

    async def audience(
        self,
        hamlet_ids: Iterable[UnitId],
        *,
        also: Iterable[PersonId] = (),
        left_out: Iterable[PersonId] = (),
    ) -> Sequence[AudiencePart]:
        """How many people a message to hamlets and those named, but those left out, would reach now, and how."""
        ...

    async def without_chat(self, hamlet_id: UnitId) -> Sequence[Person]:
        """The people of a hamlet whom no chat reaches."""


class Keeping(Protocol):
    """The outbox, seen from those who look after it."""

    async def refused_replies(self, limit: int) -> Sequence[tuple[Letter, Network]]:
        """The newest replies that a network refused, and which one did."""
        ...

    async def bring_forward(self, broadcasts_from: datetime) -> None:
        """Let every letter that waits for a moment to come go now, those of broadcasts from a moment on."""
        ...

    async def drop_told(
        self, after: LetterId, limit: int, told_before: datetime, named_before: datetime
    ) -> tuple[LetterId, int] | None:
        """Look at the next `limit` letters after the id `after` and drop those told or discarded before `told_before`.

        Letters with a name (`once`), those of a broadcast and letters about a question that is open go only when that
        was before `named_before`; the last few of each chat stay, since a label of their buttons may still be typed.
        Returns the id of the last letter looked at and how many were dropped; None when only letters written since
        follow.
        """
        ...

    async def find(self, wanted: LetterFilter, limit: int, after: LetterId) -> Sequence[LetterLine]:
        """The first `limit` letters after the id `after`, in the order of their ids."""
        ...

    async def retry(self, letter_ids: Sequence[LetterId]) -> int:
        """Let letters go out now, as if they had never been tried. Returns how many: those `RETRIABLE` still."""
        ...

    async def discard(self, letter_ids: Sequence[LetterId]) -> int:
        """Let letters never go out, and empty them. Returns how many: those `DISCARDABLE` still."""
        ...
