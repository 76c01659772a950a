"""Bringing events to the webhook: signed, two seconds to answer, tried again, sometimes twice or out of order."""

import asyncio
import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .state import Sandbox

RETRY_AFTER = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
)
"""Each counted from the try before."""

_TAKEN = range(200, 300)


@dataclass(slots=True)
class Pending:
    """An event on its way. `tries` counts those that failed."""

    body: dict[str, Any]
    due: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try. `status` is 0 for no answer, or none in time."""

    event_name: str
    num_retry: int
    status: int
    at: int


@dataclass(slots=True)
class Webhook:
    """The one webhook of the app: its address, whether it is switched on, what is still to be brought."""

    sandbox: Sandbox
    url: str
    on: bool = True
    held: bool = False
    duplicates: int = 1
    waiting: list[Pending] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    given_up: list[dict[str, Any]] = field(default_factory=list)
    _given_up_in_a_row: int = 0
    _bringing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def emit(self, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        """Put an event on its way, unless it or the webhook is switched off."""
        if not (self.on and self.url) or body.get("event_name") not in self.sandbox.config.events:
            return
        self.waiting += [Pending(body, self.sandbox.now(), headers or {}) for _ in range(self.duplicates)]

    def emit_raw(self, body: dict[str, Any]) -> None:
        """Put any body on its way, signed like the others."""
        self.waiting.append(Pending(body, self.sandbox.now()))

    async def bring(self) -> int:
        """Bring everything that is due by the sandbox's clock, in order of its time; the number of tries."""
        async with self._bringing:
            tries = 0
            while not self.held and self.on and (due := self._next_due()) is not None:
                self.waiting.remove(due)
                await self._try(due)
                tries += 1
            return tries

    def shuffle(self, seed: int) -> None:
        """Put what waits into an order of chance; the same for the same seed."""
        moments = sorted(one.due for one in self.waiting)
        random.Random(seed).shuffle(self.waiting)  # noqa: S311 - an order, no secret
        for one, moment in zip(self.waiting, moments, strict=True):
            one.due = moment

    def next_at(self) -> datetime | None:
        """When the next try is due."""
        return min((one.due for one in self.waiting), default=None)

    def _next_due(self) -> Pending | None:
        due = [one for one in self.waiting if one.due <= self.sandbox.now()]
        return min(due, key=lambda one: one.due, default=None)

    async def _try(self, event: Pending) -> None:
        status = await self._post(event)
        name = str(event.body.get("event_name", ""))
        self.deliveries.append(Delivery(name, event.tries, status, self.sandbox.stamp()))
        if status in _TAKEN:
            self._given_up_in_a_row = 0
        elif self.sandbox.config.webhook_retry and event.tries < len(RETRY_AFTER):
            event.due = self.sandbox.now() + RETRY_AFTER[event.tries]
            event.tries += 1
            self.waiting.append(event)
        else:
            self.given_up.append(event.body)
            self._given_up_in_a_row += 1
            if self._given_up_in_a_row >= self.sandbox.config.events_given_up_before_off:
                self.switch(on=False)

    def switch(self, *, on: bool) -> None:
        """Switch the webhook on or off; what waits when it goes off is lost."""
        self.on = on
        self._given_up_in_a_row = 0
        if not on:
            self.waiting.clear()

    async def _post(self, event: Pending) -> int:
        body = {**event.body, "num_retry": event.tries} if event.tries else event.body
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json",
            "X-ZEvent-Signature": signature(self.sandbox, raw, str(body.get("timestamp", ""))),
            **event.headers,
        }
        try:
            async with asyncio.timeout(self.sandbox.config.webhook_timeout):
                return await self.sandbox.deliver(self.url, raw, headers)
        except (TimeoutError, OSError):
            return 0


def signature(sandbox: Sandbox, raw: bytes, timestamp: str) -> str:
    """`mac=` and SHA-256 of app id, raw body, timestamp and the account's secret, one after the other."""
    config = sandbox.config
    digest = hashlib.sha256(config.app_id.encode() + raw + timestamp.encode() + config.oa_secret.encode()).hexdigest()
    return config.signature_prefix + digest
