"""Fetching updates in a loop of our own: store first, then move the offset, so that no update is ever lost.

aiogram's `start_polling` confirms updates before they are handled; a process that dies then takes them along.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod
from sqlalchemy.exc import SQLAlchemyError

from .limits import LIMITS, LISTENED_TO
from .startup import Pause, note, pause_after, until_done

LONG_POLL = 25
SLACK = 10


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates`, the updates left as they came: one of an unknown shape must not hold up those behind it."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    limit: int = LIMITS.updates_at_once
    timeout: int = LONG_POLL
    allowed_updates: tuple[str, ...] = LISTENED_TO


async def poll(
    bot: Bot,
    take: Callable[[Mapping[str, Any]], Awaitable[None]],
    pause: Pause = asyncio.sleep,
    polled: Callable[[Exception | None], None] = lambda _trouble: None,
) -> None:
    """Fetch updates and hand each to `take` (`Receiver.take`) until cancelled; `polled` hears what became of each try.

    The offset, by which Telegram forgets what came before it, moves only after every update fetched with it is stored;
    when one is not, all come again, and those stored already change nothing the second time.
    """
    await until_done("deleteWebhook", bot.delete_webhook, pause)
    offset = failures = 0
    while True:
        try:
            updates = await bot(RawUpdates(offset=offset), request_timeout=LONG_POLL + SLACK)
            await _take_all(updates, take)
        except (AiogramError, SQLAlchemyError, OSError) as trouble:
            failures += 1
            note("getUpdates", trouble)
            polled(trouble)
            await pause(pause_after(failures))
            continue
        failures = 0
        polled(None)
        if updates:
            offset = max(update["update_id"] for update in updates) + 1


async def _take_all(updates: list[dict[str, Any]], take: Callable[[Mapping[str, Any]], Awaitable[None]]) -> None:
    """Hand in all of them at once, so that they are committed together; raises the first failure after all are done."""
    for outcome in await asyncio.gather(*map(take, updates), return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome
