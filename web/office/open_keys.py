"""The officers' keys that are open in this process just now."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from intake.rules.sealed.matter import OPEN_FOR, KeyId


@dataclass
class OpenKeys:
    """The officers' keys that are open in this process just now, each in one session of the desk.

    They are in memory alone and gone after a quarter of an hour, with the session, or when they are shut. Where several
    processes serve the web side each asks for the passphrase itself; a proxy that keeps a browser with one process
    spares the officer that.
    """

    now: Callable[[], datetime]
    _open: dict[tuple[int, KeyId], tuple[str, datetime]] = field(default_factory=dict)

    def keep(self, session_id: int, key_id: KeyId, identity: str) -> None:
        """Keep a key open for a quarter of an hour."""
        self._open[session_id, key_id] = (identity, self.now() + OPEN_FOR)
        asyncio.get_running_loop().call_later(OPEN_FOR.total_seconds(), self.forget_old)

    def get(self, session_id: int, key_id: KeyId) -> str | None:
        """The key, if it is open in this session."""
        self.forget_old()
        found = self._open.get((session_id, key_id))
        return None if found is None else found[0]

    def until(self, session_id: int, key_id: KeyId) -> datetime | None:
        """Until when it is open."""
        found = self._open.get((session_id, key_id))
        return None if found is None else found[1]

    def shut(self, session_id: int) -> None:
        """Forget what is open in a session."""
        self._open = {place: kept for place, kept in self._open.items() if place[0] != session_id}

    def forget_old(self) -> None:
        """Forget whatever has been open for long enough."""
        self._open = {place: kept for place, kept in self._open.items() if self.now() < kept[1]}
