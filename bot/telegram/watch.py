"""A running process looks whether Telegram's updates reach it, sets its webhook anew, and tells people."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramUnauthorizedError

from intake.actions.outbox.tell_of_deafness import tell_of_deafness
from intake.rules.people.person import Network
from storage.unit_of_work import Store

from .deafness import Deaf, WebhookInfo, deaf_by, sentence_of
from .startup import Pause

LOOK_EVERY = 300.0
log = structlog.get_logger()


class TelegramWatch:
    """Looks every few minutes; `concern` is what it found, for `/readyz`.

    Args:
        bot: asks Telegram.
        store: when something was last heard, and who is told.
        wanted: our webhook; empty where updates are fetched.
        set_anew: sets the webhook again; None where updates are fetched: a webhook found then is named and left to
            people, since taking it away from a second installation would only be answered in kind.
        on_letters: called when somebody is told.
    """

    def __init__(
        self,
        bot: Bot,
        store: Store,
        wanted: str = "",
        set_anew: Callable[[], Awaitable[object]] | None = None,
        on_letters: Callable[[], None] = lambda: None,
    ) -> None:
        self._bot = bot
        self._store = store
        self._wanted = wanted
        self._set_anew = set_anew
        self._on_letters = on_letters
        self._polling: Deaf | None = None
        self.concern = ""

    def polled(self, trouble: Exception | None) -> None:
        """What became of fetching updates: another poller is seen by nobody else."""
        polled_elsewhere = isinstance(trouble, TelegramConflictError) and "webhook" not in trouble.message.lower()
        self._polling = Deaf.POLLED_ELSEWHERE if polled_elsewhere else None

    async def run(self, pause: Pause = asyncio.sleep) -> None:
        """Look until cancelled."""
        while True:
            await pause(LOOK_EVERY)
            await self.look()

    async def look(self) -> None:
        """Look once. A server in trouble or not reached passes by itself and changes nothing."""
        info = WebhookInfo()
        try:
            found = await self._bot.get_webhook_info()
        except TelegramUnauthorizedError:
            deaf: Deaf | None = Deaf.TOKEN_REFUSED
        except (AiogramError, OSError) as trouble:
            log.warning("telegram_not_reached", what="getWebhookInfo", error=type(trouble).__name__)
            return
        else:
            failed: datetime | None = found.last_error_date
            info = WebhookInfo(
                found.url,
                found.pending_update_count,
                failed,
                found.last_error_message or "",
                tuple(found.allowed_updates or ()),
            )
            async with self._store.reading() as uow:
                heard_at = await uow.inbox.last_heard(Network.TELEGRAM, str(self._bot.id))
                deaf = deaf_by(info, self._wanted, heard_at, uow.now) or self._polling
        if deaf in (Deaf.WEBHOOK_ELSEWHERE, Deaf.WEBHOOK_NARROWED) and self._set_anew is not None:
            await self._set_anew()
            log.error("telegram_webhook_set_anew")
        self.concern = "" if deaf is None else f"Telegram: {sentence_of(deaf, info)}"
        if deaf is None:
            return
        log.error("telegram_deaf", why=deaf.value, waiting=info.pending)
        async with self._store.unit() as uow:
            await tell_of_deafness(uow, Network.TELEGRAM, deaf.value)
            await uow.commit()
        self._on_letters()
