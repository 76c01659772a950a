"""The pace of a channel: nothing beyond what the network allows one account, and what somebody waits for goes first.

A network counts a message at a moment between its beginning here and its answer. So a message counts from its beginning
until the time of the rate has passed since its answer: then no delay on the way can push too many together over there.
What every answer takes at least shifts all messages alike and is left out, or a network far away would be used less.
"""

import asyncio
from bisect import bisect_right, insort
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from math import inf
from typing import Protocol, runtime_checkable

from intake.rules.outbox.delivery import Throttled
from intake.rules.outbox.letter import Priority

CATCH_UP = 6
"""Messages that may go faster than evenly after a pause of our own; after one the network asked for, none may."""
EAGERNESS = 3
"""How much faster than evenly that is."""
LEEWAY = 0.01
"""Seconds added to the time of a rate: by so much the fastest answer remembered may miss the fastest possible."""
RECENT = 30
"""How many answers have to be there until they are believed when they tell how long one takes at least."""
REMEMBERED = 1000
"""How many answers tell that: so many that a machine that is slow for a while is not taken for a network far away."""
MANY_CHATS = 4096


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` messages within any `seconds`."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a network allows one account; None where it allows whatever we can.

    `at_once` letters are under way at a time, one per chat. A group is a chat whose address is a negative number.
    """

    at_once: int = 8
    overall: Rate | None = None
    per_chat: Rate | None = None
    per_group: Rate | None = None


class _Tally:
    """What a rate counts: messages under way, and until when each that was answered still counts."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.under_way = 0
        self._until: list[float] = []

    def end(self, counted_at: float | None) -> None:
        """A message is over; it counted, at the latest, at that moment, or not at all."""
        self.under_way -= 1
        if counted_at is not None:
            insort(self._until, counted_at + self.rate.seconds + LEEWAY)

    def free_at(self, now: float) -> float:
        """From when on one more may begin, as far as is known."""
        del self._until[: bisect_right(self._until, now)]
        too_many = len(self._until) + self.under_way - self.rate.most
        if too_many < 0:
            return now
        return self._until[too_many] if too_many < len(self._until) else inf


class _Permit:
    """Leave to send one letter to a chat; it holds the chat from its first message until it is given back."""

    def __init__(self, address: str, order: tuple[int, int]) -> None:
        self.address = address
        self.order = order
        self.given: asyncio.Future[bool]
        self.begun: float | None = None
        self.used = False


class _Chat:
    def __init__(self, tallies: list[_Tally]) -> None:
        self.tallies = tallies
        self.holder: _Permit | None = None
        self.slowed_until = -inf

    def free_at(self, now: float) -> float:
        return max(self.slowed_until, *(tally.free_at(now) for tally in self.tallies), now)


class RateLimiter:
    """Gives out permits in the order of their priority, each as soon as the network allows it.

    One account, one event loop, whose clock is the only one that is asked.
    """

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._overall: _Tally | None = None
        self._even = 0.0
        self.change(allowance.overall)
        self._chats: dict[str, _Chat] = {}
        self._waiting: list[_Permit] = []
        self._numbers = count()
        self._holders = 0
        self._due = self._next_at = self._held_until = -inf
        self._took: deque[float] = deque(maxlen=REMEMBERED)
        self._timer: asyncio.TimerHandle | None = None

    def change(self, overall: Rate | None) -> None:
        """The network allows another overall rate now."""
        if overall is not None and self._overall is not None:
            self._overall.rate = overall
        else:
            self._overall = None if overall is None else _Tally(overall)
        self._even = 0.0 if overall is None else overall.seconds / overall.most

    @asynccontextmanager
    async def permit(self, address: str, priority: Priority, patience: float | None = None) -> AsyncIterator[bool]:
        """Wait for the leave to send a letter to a chat, and hold the chat meanwhile.

        Before a lower priority comes any higher one that may go, however long the lower one has waited. Says False when
        there was none within `patience` seconds or `dismiss` was called: then nothing may be sent.
        """
        permit = _Permit(address, (priority, next(self._numbers)))
        chat = self._chat(address)
        try:
            self._queue(permit)
            try:
                async with asyncio.timeout(patience):
                    given = await permit.given
            except TimeoutError:
                given = False
            yield given
        finally:
            if permit in self._waiting:
                self._waiting.remove(permit)
            self._answered(permit)
            if chat.holder is permit:
                chat.holder = None
                self._holders -= 1
            self._give()

    async def message(self, address: str) -> None:
        """To be awaited right before every single message to a chat, by whoever has the permit for it.

        The first message of a permit goes at once, each further one when its time has come. Raises `Throttled` when
        that is not foreseeable, since the network asks for a pause.
        """
        chat = self._chats.get(address)
        permit = None if chat is None else chat.holder
        if permit is None:
            raise RuntimeError("a message without a permit")
        if permit.used:
            self._answered(permit)
            if (pause := self.pause(address)) > 0:
                raise Throttled(pause)
            self._queue(permit)
            await permit.given
        permit.used = True

    def hold(self, seconds: float) -> None:
        """The network asks the whole account to pause."""
        self._held_until = self._due = max(self._held_until, _now() + seconds)
        for permit in self._waiting:
            if permit.used and not permit.given.done():  # has begun its letter: it is tried again as a whole
                permit.given.set_exception(Throttled(seconds))
        self._give()

    def slow(self, address: str, seconds: float) -> None:
        """The network asks to pause, and does not say whether it means the chat or the account.

        One chat alone (somebody with a fast finger) holds up nobody else. When two are told to wait at the same time it
        is the account that is: nobody is tried until the first of them may be.
        """
        now = _now()
        self._chat(address).slowed_until = now + seconds
        slowed = [chat.slowed_until - now for chat in self._chats.values() if chat.slowed_until > now]
        if len(slowed) > 1:
            self.hold(min(slowed))

    def pause(self, address: str | None = None) -> float:
        """How many seconds the network's word still holds up the account, or this chat of it; 0 when it does not."""
        chat = None if address is None else self._chats.get(address)
        until = self._held_until if chat is None else max(self._held_until, chat.slowed_until)
        return max(0.0, until - _now())

    def rests(self, address: str) -> bool:
        """Whether a chat has to be left alone for a while, whatever the others do."""
        now = _now()
        return self._chat(address).free_at(now) > now

    def dismiss(self) -> None:
        """Send everybody away who waits to begin a letter."""
        for permit in self._waiting:
            if not permit.used and not permit.given.done():
                permit.given.set_result(False)

    def _chat(self, address: str) -> _Chat:
        chat = self._chats.get(address)
        if chat is None:
            if len(self._chats) >= MANY_CHATS:
                now, busy = _now(), {permit.address for permit in self._waiting}
                self._chats = {
                    one: chat
                    for one, chat in self._chats.items()
                    if chat.holder is not None or one in busy or chat.free_at(now) > now
                }
            rates = [self._allowance.per_chat, self._allowance.per_group if address.startswith("-") else None]
            chat = self._chats[address] = _Chat([_Tally(rate) for rate in rates if rate is not None])
        return chat

    def _tallies(self, permit: _Permit) -> list[_Tally]:
        overall = [] if self._overall is None else [self._overall]
        return [*overall, *self._chat(permit.address).tallies]

    def _queue(self, permit: _Permit) -> None:
        permit.given = asyncio.get_running_loop().create_future()
        insort(self._waiting, permit, key=lambda one: one.order)
        self._give()

    def _answered(self, permit: _Permit) -> None:
        """The message a permit was given for is over; when none was sent nothing counts."""
        if permit.begun is None:
            return
        counted_at = None
        if permit.used:
            now = _now()
            self._took.append(now - permit.begun)
            counted_at = now - (min(self._took) if len(self._took) >= RECENT else 0.0)
        for tally in self._tallies(permit):
            tally.end(counted_at)
        permit.begun = None

    def _give(self) -> None:
        """Give out what may be given now, and look again when the next may be."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        now = _now()
        permit, moment = self._next(now)
        while permit is not None:
            self._begin(permit, now)
            permit, moment = self._next(now)
        if moment < inf:
            self._timer = asyncio.get_running_loop().call_at(moment, self._give)

    def _begin(self, permit: _Permit, now: float) -> None:
        self._waiting.remove(permit)
        chat = self._chat(permit.address)
        if chat.holder is None:
            chat.holder = permit
            self._holders += 1
        for tally in self._tallies(permit):
            tally.under_way += 1
        permit.begun = now
        self._due = max(self._due, now - CATCH_UP * self._even) + self._even
        self._next_at = max(self._due, now + self._even / EAGERNESS)
        permit.given.set_result(True)

    def _next(self, now: float) -> tuple[_Permit | None, float]:
        """Who may go now; or else None, and when that may change by itself."""
        overall = max(self._held_until, self._next_at, now if self._overall is None else self._overall.free_at(now))
        if not self._waiting or overall > now:
            return None, overall if self._waiting else inf
        soonest = inf
        for permit in self._waiting:
            chat = self._chat(permit.address)
            mine = chat.holder is permit
            if permit.given.done() or not (mine or (chat.holder is None and self._holders < self._allowance.at_once)):
                continue
            free_at = chat.free_at(now)
            if free_at <= now:
                return permit, now
            soonest = min(soonest, free_at)
        return None, soonest


@runtime_checkable
class RateLimitedChannel(Protocol):
    """A channel whose network sets limits; it awaits `pace.message` before every single message it sends."""

    limiter: RateLimiter


def _now() -> float:
    return asyncio.get_running_loop().time()
