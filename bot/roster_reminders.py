"""The morning's reminders of lists that are due, in a transaction of their own."""

from collections.abc import Callable

import structlog

from intake.actions.remind_rosters import remind_due_rosters
from scheduler.lease import Duty
from storage.unit_of_work import Store

log = structlog.get_logger()


def roster_reminders(store: Store, on_letters: Callable[[], None]) -> Duty:
    """The duty; what was reminded of before is not reminded of again."""

    async def remind() -> None:
        async with store.unit() as uow:
            reminded = await remind_due_rosters(uow)
            await uow.commit()
        log.info("rosters_reminded", people=reminded)
        if reminded:
            on_letters()

    return remind
