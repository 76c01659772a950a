"""What `doithoai retention` prints: what is older than it may be, or what of it was forgotten."""

from intake.actions.people.forget_old import count_old
from intake.rules.people.retention import KeptFor, OldTrace
from scheduler.retention import forget_traces
from storage.unit_of_work import Store


async def retention_report(store: Store, kept_for: KeptFor, *, dry_run: bool) -> list[str]:
    """A line for each kind: how long it is kept, and how many rows are or were older."""
    if dry_run:
        async with store.reading() as uow:
            rows = {kind: await count_old(uow, kind, kept_for) for kind in OldTrace}
    else:
        rows = await forget_traces(store.unit, kept_for)
    did = "would be forgotten" if dry_run else "forgotten"
    return [f"{kind}\tkept {kept_for.of(kind).days} days\t{number} {did}" for kind, number in rows.items()]
