"""What the clock does about the calendar: recomputations still owed, 24 November switched, the yearly reminder."""

from collections.abc import Callable

import structlog

from intake.actions.deadlines.calendar_upkeep import remind_of_calendar, settle_clocks
from storage.unit_of_work import Store

log = structlog.get_logger()


async def keep_calendar(store: Store, *, culture_day: bool, on_letters: Callable[[], None] = lambda: None) -> None:
    """Settle what is owed, then ask for next year's calendar, each in a transaction of its own.

    Args:
        store: the database.
        culture_day: whether 24 November is a day off here.
        on_letters: called when somebody is told something, so that the senders wake up.
    """
    async with store.unit() as uow:
        moved = await settle_clocks(uow, culture_day=culture_day)
        await uow.commit()
    async with store.unit() as uow:
        reminded = await remind_of_calendar(uow)
        await uow.commit()
    if moved or reminded:
        log.info("calendar_kept", moved=moved, reminded=reminded)
        on_letters()
