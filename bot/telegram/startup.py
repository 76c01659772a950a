"""What is asked of Telegram when a process starts, again and again until it answers: longer pauses, never giving up."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramUnauthorizedError

from bot.media.links import ChatLinks

LONGEST = 60.0
Pause = Callable[[float], Awaitable[None]]
log = structlog.get_logger()


def pause_after(failures: int) -> float:
    """Seconds to wait after this many failures in a row: 1, 2, 4 … up to a minute."""
    return min(float(2 ** min(failures - 1, 10)), LONGEST)


def note(what: str, trouble: Exception) -> None:
    """Log a failure: as an error when a person has to fix it, as a warning when it passes by itself."""
    if isinstance(trouble, TelegramUnauthorizedError):
        log.error("telegram_token_refused", what=what)
    elif isinstance(trouble, TelegramConflictError):
        # two faults under one number: a webhook stands in the way of fetching, or somebody else fetches too
        by_webhook = "webhook" in trouble.message.lower()
        log.error("telegram_webhook_set_elsewhere" if by_webhook else "telegram_polled_elsewhere", what=what)
    else:
        log.warning("telegram_not_reached", what=what, error=type(trouble).__name__)


async def until_done(what: str, attempt: Callable[[], Awaitable[object]], pause: Pause) -> None:
    """Call `attempt` until Telegram has taken it."""
    failures = 0
    while True:
        try:
            await attempt()
        except (AiogramError, OSError) as trouble:
            failures += 1
            note(what, trouble)
            await pause(pause_after(failures))
        else:
            return


async def learn_name(bot: Bot, links: ChatLinks, pause: Pause = asyncio.sleep) -> None:
    """Ask Telegram for the bot's user name until it answers, and keep it for the links."""

    async def ask() -> None:
        links.telegram = (await bot.me()).username or ""

    await until_done("getMe", ask, pause)
