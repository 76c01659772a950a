"""What hardly ever changes and is asked for with every page: remembered for a moment, within one process."""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta

REMEMBERED_FOR = timedelta(seconds=30)
_MOST = 1_000
"""Things remembered at once: the units of a province."""


class Remembered:
    """Things by what they belong to, each for `REMEMBERED_FOR` at most."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: dict[Hashable, tuple[datetime, object]] = {}

    def get(self, about: Hashable) -> object | None:
        """What is remembered, or None."""
        at, thing = self._kept.get(about, (None, None))
        return thing if at is not None and abs(self._now() - at) < REMEMBERED_FOR else None

    def keep(self, about: Hashable, thing: object) -> None:
        """Remember something from now on."""
        if len(self._kept) >= _MOST:
            self.forget()
        self._kept[about] = (self._now(), thing)

    def forget(self) -> None:
        """Forget everything: something was done."""
        self._kept.clear()
