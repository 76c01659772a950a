"""References, the audit trail, leases, counts."""

from datetime import date, datetime
from typing import Protocol

from intake.rules.audit import AuditEntry
from intake.rules.outbox.channel_policy import Way
from intake.rules.people.unit import UnitId


class Ledger(Protocol):
    """Numbers, the audit trail, duties and their heartbeats."""

    async def next_number(self, series: str, unit_id: UnitId, year: int) -> int:
        """The next number of a gapless series; the counter row is locked until the end of the transaction."""
        ...

    async def write(self, entry: AuditEntry) -> None:
        """Add to the audit trail."""
        ...

    async def count_messages(self, unit_id: UnitId, month: date, way: Way, count: int) -> int:
        """Add to a unit's messages of a month. Returns how many cost something in that month now."""
        ...

    async def messages(self, unit_id: UnitId, month: date) -> int:
        """How many messages of a month cost something."""
        ...

    async def take_lease(self, name: str, holder: str, until: datetime) -> int | None:
        """Take or keep a duty. Returns the epoch of the holding, or None while somebody else has it."""
        ...

    async def drop_lease(self, name: str, holder: str) -> None:
        """Give a duty back."""
        ...

    async def beat(self, name: str) -> None:
        """Note that a duty was done to the end just now."""
        ...

    async def last_beat(self, name: str) -> datetime | None:
        """When a duty was last done to the end."""
        ...
