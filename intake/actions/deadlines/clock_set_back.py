"""After the clock was set back: nobody waits for a moment that lies ahead only because the clock was wrong."""

from datetime import datetime, timedelta

from intake.actions.deadlines.sweep import HEARTBEAT
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL, ONE_DAY
from intake.rules.deadlines.reminders import MORNING, beats_ahead, sweep_day
from intake.rules.message import Message
from intake.rules.outbox.delivery import earliest_sending
from intake.rules.people.person import Role


async def make_up_for_clock(uow: UnitOfWork) -> timedelta | None:
    """Let go what waits for a moment the clock had wrong, where the last sweep lies ahead of now.

    Every running clock is looked at today, also those that owed nothing more on the days ahead, and what was raised on
    those days is raised again when it is due. What is to be sent goes now (broadcasts after the quiet hours), and the
    secretaries learn that reminders may have come too early. Returns how far the clock was ahead; None where it was
    not. To be called before a sweep leaves the next heartbeat; called twice it does no more than once.
    """
    last = await uow.ledger.last_beat(HEARTBEAT)
    if last is None or not beats_ahead(last, uow.now):
        return None
    await uow.clocks.wake_all(uow.today)
    await uow.clocks.forget_alerts(datetime.combine(sweep_day(uow.now) + ONE_DAY, MORNING, tzinfo=LOCAL))
    await uow.keeping.bring_forward(earliest_sending(uow.now))
    await uow.ledger.write(AuditEntry(uow.now, None, "clock_set_back", "clock:sweep", {"last_sweep": last.isoformat()}))
    held = await uow.people.holding([Role.SECRETARY], await uow.places.roots())
    people = dict.fromkeys(person_id for ids in held.values() for person_id in ids)
    await tell(
        uow, people, Message("remind.clock_set_back", {"was": last, "now": uow.now}), once=f"clock_set_back:{last}"
    )
    return last - uow.now
