"""Whether what people write on Zalo reaches us. Zalo tells nobody what waits or failed: silence is all there is."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from intake.actions.outbox.tell_of_deafness import tell_of_deafness
from intake.rules.deadlines.calendar import LOCAL, WorkCalendar
from intake.rules.people.person import Network
from storage.unit_of_work import Store

LOOK_EVERY = 300.0
JUST_NOW = timedelta(minutes=15)
"""How long ago an event may have been turned away to count."""
GENUINE_FOR = timedelta(minutes=10)
"""How long nothing genuine may have come before what is turned away counts: forged events come beside genuine ones."""
log = structlog.get_logger()


def is_silent(heard_at: datetime | None, now: datetime, calendar: WorkCalendar, days: int) -> bool:
    """Whether so many whole working days have passed since something came in; never where nothing has come yet.

    With 0 `days` silence is not looked at.
    """
    if heard_at is None or not days:
        return False
    return calendar.add_working_days(heard_at.astimezone(LOCAL).date(), days) < now.astimezone(LOCAL).date()


def silence_sentence(heard_at: datetime) -> str:
    """What an operator reads."""
    return (
        f"nothing has come in since {heard_at:%Y-%m-%d %H:%M} UTC: write to the account from a phone; where no answer "
        f"comes, look at the webhook in Zalo's console"
    )


SIGNATURE_SENTENCE = (
    "events are turned away for a wrong signature, and nothing genuine comes: compare DOITHOAI_ZALO_OA_SECRET with the "
    "key in Zalo's console"
)


@dataclass
class ZaloWatch:
    """Looks every few minutes, in every process that is called by Zalo; `concern` is what it found, for `/readyz`.

    `channel` is the account or bot on `network`, `days` how many working days nothing may come, `on_letters` is called
    when somebody is told.
    """

    store: Store
    network: Network
    channel: str
    days: int
    on_letters: Callable[[], None] = lambda: None
    concern: str = ""
    _turned_away_at: datetime | None = None

    def turned_away(self) -> None:
        """An event came whose signature is wrong."""
        self._turned_away_at = self.store.now()

    async def run(self, pause: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        """Look until cancelled."""
        while True:
            await pause(LOOK_EVERY)
            try:
                await self.look()
            except (SQLAlchemyError, OSError) as trouble:
                log.warning("zalo_silence_not_read", error=type(trouble).__name__)

    async def look(self) -> None:
        """Look once. Of a silence people are told once, of wrong signatures once a day."""
        async with self.store.unit() as uow:
            heard_at = await uow.accounts.last_heard(self.network, self.channel)
            if self._only_wrong_ones(heard_at, uow.now):
                self.concern = f"Zalo: {SIGNATURE_SENTENCE}"
                await tell_of_deafness(uow, self.network, "signature_wrong")
            elif heard_at is not None and is_silent(heard_at, uow.now, uow.calendar, self.days):
                self.concern = f"Zalo: {silence_sentence(heard_at)}"
                since = {"at": heard_at}
                await tell_of_deafness(uow, self.network, "silent", since, once=heard_at.isoformat())
            else:
                self.concern = ""
                return
            await uow.commit()
        log.error("zalo_deaf", channel=self.channel)
        self.on_letters()

    def _only_wrong_ones(self, heard_at: datetime | None, now: datetime) -> bool:
        at = self._turned_away_at
        if at is None or now - at > JUST_NOW:
            return False
        return heard_at is None or at - heard_at > GENUINE_FOR
