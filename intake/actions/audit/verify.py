"""Look whether the audit trail is as it was sealed."""

from collections.abc import Callable
from dataclasses import dataclass

from intake.ports import UnitOfWork
from intake.rules.audit import words_digest
from intake.rules.audit_chain import AuditSeal, Found, Verification


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong with it."""

    entries: int
    waiting: int
    seals: int
    head: AuditSeal | None
    found: tuple[Found, ...]
    words_changed: tuple[str, ...]
    """Of which things words were changed that are kept beside entries."""


async def verify(uow: UnitOfWork, *, noted: str = "", on_entries: Callable[[int], None] = lambda _: None) -> Verified:
    """Go through every seal and every entry.

    `noted` is a head somebody kept (`short_head`): the chain has to hold it still. `on_entries` is called with how many
    entries were looked at since it was called last. Raises `ValueError` for a head that is none.
    """
    going = Verification(ordered=uow.audit.ordered)
    going.take_seals(await uow.audit.seals())
    if noted:
        going.compare(noted)
    async for lines in uow.audit.lines():
        going.take_lines(lines)
        on_entries(len(lines))
    going.finish()
    words = [one for one in await uow.audit.every_words() if one.digest != words_digest(one.salt, one.text)]
    head = going.seals[-1] if going.seals else None
    return Verified(
        going.entries,
        going.waiting,
        len(going.seals),
        head,
        tuple(going.found),
        tuple(one.subject for one in words),
    )
