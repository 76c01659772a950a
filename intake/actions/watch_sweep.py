"""Notice when the deadlines are no longer enforced: the secretaries hear it, once a day."""

from datetime import timedelta

from intake.actions.sweep import HEARTBEAT
from intake.actions.tell import tell
from intake.ports import UnitOfWork
from intake.rules.message import Message
from intake.rules.person import Role

SILENT_FOR = timedelta(days=1)


async def watch_sweep(uow: UnitOfWork) -> bool:
    """Tell every secretary when the last full sweep is more than a day ago. Returns whether it is.

    A sweep that has never run is a new installation, not an alarm.
    """
    last = await uow.ledger.last_beat(HEARTBEAT)
    if last is None or uow.now - last <= SILENT_FOR:
        return False
    units = await uow.places.roots()
    secretaries = await uow.people.holding([Role.SECRETARY], units)
    people = dict.fromkeys(person_id for held in secretaries.values() for person_id in held)
    await tell(uow, people, Message("remind.sweep_silent", {"since": last}), once=f"sweep_silent:{uow.today}")
    return True
