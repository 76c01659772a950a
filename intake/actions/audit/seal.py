"""Seal what was written to the audit trail, and hand the newest head to those who supervise."""

from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit_chain import AuditSeal, seal_of, short_head
from intake.rules.message import Message
from intake.rules.people.person import PersonId, Role

AT_ONCE = 20_000
"""How many entries one seal holds at most."""


async def seal_entries(uow: UnitOfWork) -> AuditSeal | None:
    """Seal the entries that wait, `AT_ONCE` at most. None where there was nothing to seal, or another did it."""
    last = await uow.audit.last_seal()
    waiting = await uow.audit.unsealed(last, AT_ONCE)
    if not waiting.lines:
        return None
    seal = seal_of(waiting.lines, uow.now, last, bound=waiting.bound, cluster=waiting.cluster)
    return seal if await uow.audit.add_seal(seal) else None


async def hand_out_head(uow: UnitOfWork) -> int:
    """Once a week tell every supervisor the head of the chain, so that a later change is found by comparing.

    Returns how many letters a chat will carry. Where a unit has no supervisor its chairs keep it.
    """
    seal = await uow.audit.last_seal()
    if seal is None:
        return 0
    readers: dict[PersonId, None] = {}
    for unit in await uow.places.roots():
        watching = await uow.people.holders(Role.SUPERVISOR, unit) or await uow.people.holders(Role.CHAIR, unit)
        readers |= dict.fromkeys(person.id for person in watching)
    year, week, _ = uow.today.isocalendar()
    told = Message("audit.head", {"count": await uow.audit.count(), "head": short_head(seal)})
    return await tell(uow, readers, told, once=f"audit-head:{year}-{week}")
