"""How fast one person may talk to the bot: a bucket of tokens per chat, so that a stuck finger harms nobody."""

from dataclasses import dataclass
from datetime import datetime

BURST = 20.0
PER_SECOND = 1.0
AFTER_TELLING = -5.0


@dataclass(frozen=True, slots=True)
class FloodGuard:
    """Whether to listen, whether to say that it went too fast, and the tokens left."""

    listen: bool
    tell: bool
    left: float


def take(left: float, at: datetime | None, now: datetime) -> FloodGuard:
    """Take one token from a bucket that held `left` at the moment `at` (None: it is full).

    It holds `BURST` tokens and fills by `PER_SECOND` a second. When it is empty the person is told once; five tokens
    have to come back before the bot listens again, and until then it is silent.
    """
    filled = BURST if at is None else min(BURST, left + (now - at).total_seconds() * PER_SECOND)
    if filled >= 1:
        return FloodGuard(listen=True, tell=False, left=filled - 1)
    if filled >= 0:
        return FloodGuard(listen=False, tell=True, left=AFTER_TELLING)
    return FloodGuard(listen=False, tell=False, left=filled)
