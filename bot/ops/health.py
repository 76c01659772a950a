"""What keeps the installation from doing its work, in words for `/readyz`."""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.console import counted
from intake.actions.deadlines.sweep import HEARTBEAT, is_silent
from storage.unit_of_work import Store

PATIENCE = 5.0
"""Seconds the database has for an answer."""
STUCK_AFTER = timedelta(minutes=10)
"""A reply that might have gone so long ago is not being sent. A network that is down is something else: what it did not
take waits for its next try and is not late."""
log = structlog.get_logger()


async def concerns(store: Store) -> list[str]:
    """What somebody should see to although the installation does its work; empty where the database does not answer."""
    try:
        async with asyncio.timeout(PATIENCE), store.reading() as uow:
            waiting = await uow.meetings.awaiting_word()
    except (SQLAlchemyError, OSError):
        return []  # that is trouble, and told as such
    if not waiting:
        return []
    return [f"{counted(len(waiting), 'meeting')} past the day, and nobody has said whether it took place"]


async def trouble(store: Store) -> str:
    """What is wrong, in a sentence for each; the empty string when nothing is."""
    try:
        async with asyncio.timeout(PATIENCE), store.reading() as uow:
            beat = await uow.ledger.last_beat(HEARTBEAT)
            overdue = await uow.measures.overdue(STUCK_AFTER)
            now = uow.now
    except (SQLAlchemyError, OSError) as failure:
        log.warning("database_not_reached", error=type(failure).__name__)
        return "the database does not answer"
    found = []
    if beat is None or is_silent(beat, now):
        found.append("the sweep of deadlines has not run for a day")
    for network, late in sorted(overdue.items()):
        found.append(f"replies to {network.value} have not been sent for {late // timedelta(minutes=1)} minutes")
    return "; ".join(found)
