"""References, the audit trail, leases, counts."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from intake.rules.audit import AuditEntry
from intake.rules.outbox.channel_policy import Way
from intake.rules.people.unit import UnitId


class LeaseState(NamedTuple):
    """A lease as it stands in the database. `epoch` grows with every new holder."""

    holder: str
    epoch: int
    expires_at: datetime


class Ledger(Protocol):
    """Numbers, the audit trail, leases and the heartbeats of jobs."""

    async def next_number(self, series: str, unit_id: UnitId, year: int, *, least: int = 1) -> int:
        """The next number of a gapless series; the counter row is locked until the end of the transaction.

        Where that is less than `least`, the series goes on from there: the numbers between were used elsewhere.
        """
        ...

    async def write(self, entry: AuditEntry, *, words: Mapping[str, str] | None = None) -> None:
        """Add to the audit trail; `words`, by what they are (`reason`, `by`), are kept beside it and can be erased.

        Raises `ValueError` for a detail that has no canonical form, and for control characters in act or subject.
        """
        ...

    async def count_messages(self, unit_id: UnitId, month: date, way: Way, count: int) -> int:
        """Add to a unit's messages of a month. Returns how many cost something in that month now."""
        ...

    async def messages(self, unit_id: UnitId, month: date) -> int:
        """How many messages of a month cost something."""
        ...

    async def last_written(self) -> datetime | None:
        """The moment of what was last added to the audit trail."""
        ...

    async def database_moment(self) -> datetime | None:
        """What the clock of the database says; None where it has none of its own."""
        ...

    async def take_lease(
        self, name: str, holder: str, duration: timedelta, *, stale: LeaseState | None = None
    ) -> LeaseState:
        """Take or keep a lease for `duration` from now. Returns the lease as it stands afterwards, whoever has it.

        Somebody else's is taken over when it has run out, or when it is still the one that was seen so long ago that it
        is `stale`, whatever it says about its end.
        """
        ...

    async def drop_lease(self, name: str, holder: str) -> None:
        """Give a lease back."""
        ...

    async def beat(self, name: str) -> None:
        """Note that a job was done to the end just now."""
        ...

    async def last_beat(self, name: str) -> datetime | None:
        """When a job was last done to the end."""
        ...
