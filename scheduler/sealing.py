"""Sealing of the audit trail, run until nothing waits, each seal in a transaction of its own."""

from intake.actions.audit.seal import seal_entries
from intake.ports import OpenUnit


async def seal_all(open_unit: OpenUnit) -> int:
    """Seal every entry that can be sealed now. Returns how many."""
    total = 0
    while True:
        async with open_unit() as uow:
            seal = await seal_entries(uow)
            await uow.commit()
        if seal is None:
            return total
        total += seal.count
