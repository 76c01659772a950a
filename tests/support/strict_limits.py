"""Telegram's limits as a server keeps them that lets nothing pass: true windows, a pause for who goes beyond."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

OVERALL = (30, 1.0)
PER_CHAT = (1, 1.0)
PER_GROUP = (20, 60.0)


@dataclass
class StrictLimits:
    """Messages of one bot: `taken` with the moment and the chat of each, `refused` likewise."""

    taken: list[tuple[float, str]] = field(default_factory=list)
    refused: list[tuple[float, str]] = field(default_factory=list)
    paused_until: float = 0.0
    _counted: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, now: float, chat: str) -> int:
        """0 when a message may go to the chat now, and counts; else the seconds of `retry_after`.

        Beyond the overall limit the whole bot has to wait so long, and is refused whatever it tries meanwhile.
        """
        limits = {"": OVERALL, chat: PER_CHAT}
        if chat.startswith("-"):
            limits[f"group {chat}"] = PER_GROUP
        free_at = max(self._free_at(name, now, *limit) for name, limit in limits.items())
        if now < self.paused_until or free_at > now:
            self.refused.append((now, chat))
            if self._free_at("", now, *OVERALL) > now:
                self.paused_until = max(self.paused_until, now + 3)
            return ceil(max(self.paused_until, free_at) - now)
        for name in limits:
            self._counted[name].append(now)
        self.taken.append((now, chat))
        return 0

    def _free_at(self, name: str, now: float, most: int, seconds: float) -> float:
        counted = self._counted[name]
        while counted and counted[0] <= now - seconds:
            counted.popleft()
        return counted[-most] + seconds if len(counted) >= most else now
