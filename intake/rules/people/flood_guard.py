"""How fast one person may talk to the bot: a bucket of tokens per chat, so that a stuck finger harms nobody."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

AFTER_TELLING = -5.0


@dataclass(frozen=True, slots=True)
class TalkingPace:
    """How many messages may come at once, and how many more a second."""

    burst: float
    per_second: float


RESIDENTS = TalkingPace(20.0, 1.0)
OFFICE = TalkingPace(60.0, 3.0)
"""Whoever holds a role: a secretary who sorts questions taps faster than anybody types."""


@dataclass(frozen=True, slots=True)
class FloodGuard:
    """Whether to listen, whether to say that it went too fast, and the tokens left."""

    listen: bool
    tell: bool
    left: float


def take(left: float, at: datetime | None, now: datetime, pace: TalkingPace = RESIDENTS) -> FloodGuard:
    """Take one token from a bucket that held `left` at the moment `at` (None: it is full).

    When it is empty the person is told once; five tokens have to come back before the bot listens again, and until then
    it is silent. A clock that was put back counts as one that stands: nobody is silenced for what lies in the future.
    """
    passed = 0.0 if at is None else max(0.0, (now - at).total_seconds())
    filled = pace.burst if at is None else min(pace.burst, max(AFTER_TELLING, left) + passed * pace.per_second)
    if filled >= 1:
        return FloodGuard(listen=True, tell=False, left=filled - 1)
    if filled >= 0:
        return FloodGuard(listen=False, tell=True, left=AFTER_TELLING)
    return FloodGuard(listen=False, tell=False, left=filled)


def draw(left: float, at: datetime | None, now: datetime, pace: TalkingPace) -> tuple[float, int]:
    """Take one token from such a bucket. Returns what is left, and 0 or in how many whole seconds there is a token."""
    passed = 0.0 if at is None else max(0.0, (now - at).total_seconds())
    filled = pace.burst if at is None else min(pace.burst, left + passed * pace.per_second)
    if filled >= 1:
        return filled - 1, 0
    return filled, ceil((1 - filled) / pace.per_second)
