"""Bringing events to the webhook: signed, two seconds to answer, tried again, sometimes twice or out of order."""

import asyncio
import hashlib
import heapq
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
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

_TAKEN = 200


@dataclass(slots=True, order=True)
class Pending:
    """An event on its way, ordered by when it is due, then by `place`. `tries` counts those that failed."""

    due: datetime
    place: int
    body: dict[str, Any] = field(compare=False)
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)
    tries: int = field(default=0, compare=False)


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
    waiting: list[Pending] = field(default_factory=list)  # a heap
    deliveries: list[Delivery] = field(default_factory=list)
    given_up: list[dict[str, Any]] = field(default_factory=list)
    _given_up_in_a_row: int = 0
    _places: Iterator[int] = field(default_factory=count)
    _bringing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def emit(self, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        """Put an event on its way, unless it or the webhook is switched off."""
        if body.get("event_name") in self.sandbox.config.events:
            for _ in range(self.duplicates):
                self.emit_raw(body, headers)

    def emit_raw(self, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> None:
        """Put any body on its way once, signed like the others."""
        if self.on and self.url:
            heapq.heappush(self.waiting, Pending(self.sandbox.now(), next(self._places), body, headers or {}))

    async def bring(self) -> int:
        """Bring everything that is due by the sandbox's clock, in order of its time; the number of tries."""
        async with self._bringing:
            tries = 0
            while not self.held and self.waiting and self.waiting[0].due <= self.sandbox.now():
                await self._try(heapq.heappop(self.waiting))
                tries += 1
            return tries

    def shuffle(self, seed: int) -> None:
        """Put what waits into an order of chance; the same for the same seed."""
        order = sorted(self.waiting)
        moments = [(one.due, one.place) for one in order]
        random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
        for one, (due, place) in zip(order, moments, strict=True):
            one.due, one.place = due, place
        self.waiting = order  # sorted now, and what is sorted is a heap

    def next_at(self) -> datetime | None:
        """When the next try is due."""
        return self.waiting[0].due if self.waiting else None

    async def _try(self, event: Pending) -> None:
        status = await self._post(event)
        name = str(event.body.get("event_name", ""))
        self.deliveries.append(Delivery(name, event.tries, status, self.sandbox.stamp()))
        if status == _TAKEN:
            self._given_up_in_a_row = 0
        elif self.sandbox.config.webhook_retry and event.tries < len(RETRY_AFTER):
            event.due = self.sandbox.now() + RETRY_AFTER[event.tries]
            event.tries += 1
            heapq.heappush(self.waiting, event)
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
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
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
    signer = config.app_id if config.signed_id == "app" else config.oa_id
    signed = signer.encode() + raw + timestamp.encode() + config.oa_secret.encode()
    return config.signature_prefix + hashlib.sha256(signed).hexdigest()
