"""Working off the outbox: a channel is held by one sender at a time, which claims, sends, marks, in order per chat."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.ringing import Ringer
from bot.stopping import FINISH_SECONDS, MARK_SECONDS, InHand, finish, in_time
from handlers.texts import Rendered, render
from intake.actions.charge import charge
from intake.actions.detour import take_detour
from intake.rules.delivery import (
    DeliveryFailure,
    Rejected,
    Throttled,
    Unavailable,
    Unreachable,
    WindowClosed,
    retry_delay,
)
from intake.rules.letter import LetterState
from intake.rules.message import unpack_message
from intake.rules.person import Network
from intake.rules.reach import Way, open_way
from storage.outbox import Outgoing
from storage.unit_of_work import Store

LEASE = timedelta(seconds=30)
LAST_TRY = timedelta(seconds=10)
"""How long before its lease runs out a sender stops to begin: what is under way then ends while the lease holds."""
ROUND = 100
AT_ONCE = 8
LOOK_AGAIN = 1.0
log = structlog.get_logger()

Outcome = tuple[Outgoing, str | DeliveryFailure | None]
"""A letter with the network's id of it, or why it did not go out, or None when it was not tried."""


class Channel(Protocol):
    """One account of one network (a bot, an official account), seen from the sender."""

    network: Network
    name: str

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        """Send one message; returns the network's id of it, or raises one of the `DeliveryFailure`s."""
        ...


class Sender:
    """Sends the letters of one channel while it holds the channel's lease, and rings where its window is closed.

    Args:
        store: where the letters lie.
        channel: how they are sent.
        holder: the name of this process, unique among all that run.
        now: the clock.
        on_tried: called with what became of each try.
    """

    def __init__(
        self,
        store: Store,
        channel: Channel,
        holder: str,
        now: Callable[[], datetime],
        on_tried: Callable[[Network, str | DeliveryFailure | None], None] = lambda _network, _outcome: None,
    ) -> None:
        self._store = store
        self._channel = channel
        self._holder = holder
        self._now = now
        self._ringer = Ringer(store, channel, now)
        self._wake = asyncio.Event()
        self._in_hand = InHand()
        self._on_tried = on_tried

    def wake(self) -> None:
        """There may be new letters."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled; then finish and note the letters in hand, and give the channel back."""
        self._in_hand = InHand()
        round_: asyncio.Task[int] | None = None
        try:
            while True:
                self._wake.clear()
                round_ = asyncio.create_task(self._round())
                if await asyncio.shield(round_):
                    continue
                with suppress(TimeoutError):
                    # not `wait_for`: before 3.12 it swallows a cancellation that comes together with the event
                    async with asyncio.timeout(LOOK_AGAIN):
                        await self._wake.wait()
        finally:
            self._in_hand.stop()
            if round_ is not None:
                await finish(round_, FINISH_SECONDS + MARK_SECONDS)
            await in_time(self._give_back(), self._lease)

    async def _give_back(self) -> None:
        async with self._store.unit() as uow:
            await uow.ledger.drop_lease(self._lease, self._holder)
            await uow.commit()

    async def _round(self) -> int:
        """One round; trouble with the database is waited out."""
        try:
            return await self.work_off()
        except* (SQLAlchemyError, OSError) as trouble:
            log.warning("outbox_not_reached", error=type(trouble.exceptions[0]).__name__)
        return 0

    @property
    def _lease(self) -> str:
        return f"send:{self._channel.network}:{self._channel.name}"

    async def work_off(self) -> int:
        """Send what may go out now, one round. Returns how many letters were tried; 0 without the lease."""
        until = self._now() + LEASE
        letters, rings = await self._claim(until)
        outcomes: asyncio.Queue[Outcome] = asyncio.Queue()
        free = asyncio.Semaphore(AT_ONCE)
        by_chat = groupby(sorted(letters, key=lambda one: one.account_id), key=lambda one: one.account_id)
        async with asyncio.TaskGroup() as group:
            for _, chat in by_chat:
                group.create_task(self._send_chat(list(chat), until - LAST_TRY, free, outcomes))
            group.create_task(self._mark_all(len(letters), outcomes))
        rung = await self._ringer.ring(until - LAST_TRY, self._in_hand) if rings else 0
        return len(letters) + rung

    async def _claim(self, until: datetime) -> tuple[list[Outgoing], bool]:
        """Take or keep the channel, and read what may go out; nothing is written when nothing waits.

        Says too whether a template message is to go.
        """
        async with self._store.reading() as uow:
            rings = await self._ringer.has_any(uow)
            if not rings and not await uow.outbox.waiting(self._channel.network, self._channel.name, self._now(), 1):
                return [], False
        async with self._store.unit() as uow:
            if await uow.ledger.take_lease(self._lease, self._holder, until) is None:
                return [], False
            letters = await uow.outbox.waiting(self._channel.network, self._channel.name, self._now(), ROUND)
            await uow.commit()
            return list(letters), rings

    async def _send_chat(
        self,
        letters: Iterable[Outgoing],
        last_try: datetime,
        free: asyncio.Semaphore,
        outcomes: asyncio.Queue[Outcome],
    ) -> None:
        held_up = False
        for letter in letters:
            outcome: str | DeliveryFailure | None = None
            if not held_up:  # what comes later in this chat waits behind the one that failed
                async with free:
                    if self._now() < last_try and not self._in_hand.stopping:
                        outcome = await self._send(letter)
                        self._on_tried(self._channel.network, outcome)
                held_up = not isinstance(outcome, str | Rejected)
            await outcomes.put((letter, outcome))

    async def _mark_all(self, expected: int, outcomes: asyncio.Queue[Outcome]) -> None:
        """Mark the outcomes as they come, those that wait at the same moment together."""
        while expected:
            batch = [await outcomes.get()]
            while not outcomes.empty():
                batch.append(outcomes.get_nowait())
            expected -= len(batch)
            await self._mark(batch)

    def _way(self, letter: Outgoing) -> Way | None:
        reach = self._store.reach
        return open_way(reach, self._channel.network, letter.last_heard_at, letter.awaited_since, self._now())

    async def _send(self, letter: Outgoing) -> str | DeliveryFailure | None:
        if self._way(letter) is None:
            return WindowClosed("by our own clock")
        try:
            rendered = render(unpack_message(letter.content), letter.language)
        except (LookupError, ValueError, TypeError, AttributeError) as defect:
            return Rejected(f"cannot be put into words: {type(defect).__name__}")
        try:
            async with self._in_hand.finishing():
                return await self._channel.send(letter.letter_id, letter.address, rendered)
        except DeliveryFailure as failure:
            return failure
        except Exception as defect:
            if self._in_hand.stopping and isinstance(defect, TimeoutError):
                log.warning("letter_cut_off", letter=letter.letter_id)
                return None  # as if it had not been tried: it goes out after the next start
            # a defect of ours in the network's folder: this letter is tried again later, the others go out meanwhile
            log.exception("sending_failed", letter=letter.letter_id)
            return Unavailable(type(defect).__name__)

    async def _mark(self, outcomes: list[Outcome]) -> None:
        now = self._now()
        turned_away: list[tuple[Outgoing, DeliveryFailure]] = []
        async with self._store.unit() as uow:
            await uow.outbox.mark_sent([(one, sent) for one, sent in outcomes if isinstance(sent, str)], now)
            for letter, outcome in outcomes:
                if isinstance(outcome, str) and letter.owner_id is not None and self._way(letter) is Way.BILLED:
                    await charge(uow, letter.owner_id, Way.BILLED)
            for letter, failure in outcomes:
                if failure is None or isinstance(failure, str):
                    continue
                reason = f"{type(failure).__name__}: {failure}"
                log.warning("letter_not_sent", letter=letter.letter_id, reason=type(failure).__name__)
                match failure:
                    case Unreachable() | WindowClosed():
                        turned_away.append((letter, failure))
                    case Rejected():
                        await uow.outbox.give_up(letter.letter_id, LetterState.QUARANTINED, reason)
                        log.error("letter_quarantined", letter=letter.letter_id)
                    case Throttled():
                        await uow.outbox.put_off(letter, now + timedelta(seconds=failure.retry_after), reason)
                    case _:
                        await uow.outbox.put_off(letter, now + retry_delay(letter.attempts), reason)
            await uow.commit()
        for letter, failure in turned_away:  # each on its own: it holds every chat of a person
            async with self._store.unit() as uow:
                gone = isinstance(failure, Unreachable)
                await take_detour(uow, letter.account_id, heard_at=letter.last_heard_at, gone=gone)
                await uow.commit()
