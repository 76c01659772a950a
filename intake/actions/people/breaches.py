"""Keep the register of breaches, and remind of the 72 hours in which each has to be reported (LAW C5)."""

from datetime import datetime

from intake.actions.outbox.tell import tell
from intake.actions.people.office import secretaries_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.message import Message, Param
from intake.rules.people.breach import LONGEST_WORDS, Breach, BreachId, stage_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit


async def note_breach(
    uow: UnitOfWork, *, unit: Unit, noticed_at: datetime, what: str, people: int | None, by: str
) -> Breach:
    """Enter a breach and tell the unit's secretaries and admins at once; its 72 hours run from when it was noticed.

    `by` is the login of whoever enters it. Raises `RuleBroken` for a moment that is still to come, and without words.
    """
    if noticed_at > uow.now:
        raise RuleBroken("refusal.breach_ahead")
    breach = await uow.breaches.add(Breach(unit.id, noticed_at, uow.now, _words(what), people))
    await _note(uow, breach, "note_breach", by)
    await remind_breaches(uow)
    return breach


async def report_breach(uow: UnitOfWork, *, breach_id: BreachId, at: datetime, by: str) -> Breach:
    """Note that the body in charge was told; the reminders stop. Raises `ChangedMeanwhile` when it was noted before."""
    breach = await _open(uow, breach_id)
    if breach.reported_at is not None:
        raise ChangedMeanwhile
    if not breach.noticed_at <= at <= uow.now:
        raise RuleBroken("refusal.breach_ahead")
    breach.reported_at = at
    await _note(uow, breach, "report_breach", by)
    return breach


async def close_breach(uow: UnitOfWork, *, breach_id: BreachId, measures: str, by: str) -> Breach:
    """Close a breach with what was done about it. Raises `RuleBroken` without words, `ChangedMeanwhile` when it is."""
    breach = await _open(uow, breach_id)
    breach.measures, breach.closed_at = _words(measures), uow.now
    await _note(uow, breach, "close_breach", by)
    return breach


async def remind_breaches(uow: UnitOfWork) -> int:
    """Tell secretaries and admins of the breaches that are not reported: once when new, on the last day, when late.

    Returns how many letters a chat carries.
    """
    carried = 0
    for breach in await uow.breaches.unreported():
        stage = stage_of(breach, uow.now)
        unit = await uow.places.unit(breach.unit_id)
        admins = [person.id for person in await uow.people.holders(Role.ADMIN, unit)]
        told: dict[str, Param] = {
            "number": int(breach.id),
            "unit": unit.name,
            "noticed": breach.noticed_at,
            "due": breach.due_at,
            "what": breach.what,
        }
        readers = [*await secretaries_of(uow, unit), *admins]
        carried += await tell(uow, readers, Message(f"breach.{stage}", told), once=f"breach:{breach.id}:{stage}")
    return carried


async def _open(uow: UnitOfWork, breach_id: BreachId) -> Breach:
    breach = await uow.breaches.get(breach_id)
    if breach is None:
        raise NotFound
    if breach.closed_at is not None:
        raise ChangedMeanwhile
    return breach


def _words(typed: str) -> str:
    typed = typed.strip()
    if not 0 < len(typed) <= LONGEST_WORDS:
        raise RuleBroken("refusal.breach_words", {"most": LONGEST_WORDS})
    return typed


async def _note(uow: UnitOfWork, breach: Breach, act: str, by: str) -> None:
    await uow.ledger.write(AuditEntry(uow.now, None, act, f"breach:{breach.id}"), words={"by": by})
