"""The audit trail as it is sealed, verified and read."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from intake.rules.audit import AuditWords, Recorded
from intake.rules.audit_chain import AuditSeal, Line
from intake.rules.people.person import PersonId
from intake.rules.people.unit import Unit


class Unsealed(NamedTuple):
    """What can be sealed now, and up to where everything is sealed then (`AuditSeal.bound`, `AuditSeal.cluster`)."""

    lines: Sequence[Line]
    bound: int
    cluster: str


class Waiting(NamedTuple):
    """How many entries are not sealed, of when the oldest is, and since when the transaction before them is open."""

    entries: int
    oldest: datetime | None
    held_since: datetime | None


class AuditTrail(Protocol):
    """What was written to the audit trail. Only words kept beside it can be taken away."""

    ordered: bool
    """Whether what is written later always has the higher id."""

    async def unsealed(self, last: AuditSeal | None, limit: int) -> Unsealed:
        """The entries that are in no seal and that no transaction can come before any more, at most `limit`."""
        ...

    async def add_seal(self, seal: AuditSeal) -> bool:
        """Add a link to the chain. False where another one of its number was faster."""
        ...

    async def last_seal(self) -> AuditSeal | None:
        """The newest link."""
        ...

    async def seals(self) -> Sequence[AuditSeal]:
        """The whole chain."""
        ...

    def lines(self) -> AsyncIterator[Sequence[Line]]:
        """Every entry in the order of ids, some thousand at once."""
        ...

    async def count(self) -> int:
        """How many entries there are."""
        ...

    async def waiting(self, last: AuditSeal | None) -> Waiting:
        """What is not sealed yet."""
        ...

    async def every_words(self) -> Sequence[AuditWords]:
        """All words that are kept beside entries."""
        ...

    async def forget_words(self, subjects: Sequence[str]) -> None:
        """Take away what was typed beside deeds about these; the entries stay, and their digests tell nothing."""
        ...

    async def find(
        self, *, person_id: PersonId | None, subject: str, since: date | None, until: date | None, limit: int
    ) -> Sequence[Recorded]:
        """The newest entries by or about a person, about a thing, between two local days, the oldest of them first."""
        ...

    async def within(
        self,
        unit: Unit,
        *,
        person_id: PersonId | None,
        subject: str,
        since: date,
        until: date,
        before: int | None,
        most: int,
    ) -> Sequence[Recorded]:
        """At most `most` entries that belong to a unit, of these local days, the newest first.

        By or about one person of the office, or about one thing, where that is asked for; `before`: only what is older
        than the entry of this id. An entry belongs to a unit when its thing does, or its person; what is done about
        things of no unit belongs where its actor holds or held a role; the calendar belongs to all. The actor is named
        who holds or held a role, and nobody else is. Left out are sealed matters and when their store was opened,
        questions that were sealed, and who asked for a meeting, joined a demand or put a hand up.
        """
        ...
