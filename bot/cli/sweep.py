"""What `doithoai sweep` prints: what was told when the deadlines were enforced by hand."""

from contextlib import nullcontext
from datetime import date

from scheduler.jobs import JobContext, run_by_hand
from storage.unit_of_work import Store


async def sweep_report(store: Store, *, as_of: date | None = None, dry_run: bool = False) -> list[str]:
    """Start reports, sweep, and say in lines fit for printing what is told: reference, kind, role; then the totals.

    Args:
        store: the database.
        as_of: the local day that is pretended to be; None: today.
        dry_run: everything in one transaction, which is taken back.
    """
    async with store.rehearsal() if dry_run else nullcontext(store.unit) as open_unit:
        total = await run_by_hand(JobContext(open_unit, day=as_of))
    lines = [f"{told.reference}\t{told.kind}\t{told.audience}" for told in total.told]
    did = "would be" if dry_run else "were"
    totals = (
        f"clocks looked at: {total.looked_at}; {did} made: alerts {total.alerts}, letters {total.letters}; "
        f"questions that {did} closed: {total.closed}"
    )
    return [*lines, totals]
