"""Trying again when Telegram cannot be reached: longer and longer pauses, never giving up."""

from collections.abc import Awaitable, Callable

import structlog
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramUnauthorizedError

LONGEST = 60.0
Pause = Callable[[float], Awaitable[None]]
log = structlog.get_logger()


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 1, 2, 4 … up to a minute."""
    return min(float(2 ** min(failures - 1, 10)), LONGEST)


def note(what: str, trouble: Exception) -> None:
    """Log a failure: what a person has to put right as an error, what passes by itself as a warning."""
    if isinstance(trouble, TelegramUnauthorizedError):
        log.error("telegram_token_refused", what=what)
    elif isinstance(trouble, TelegramConflictError):
        log.error("telegram_bot_served_elsewhere", what=what)
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
