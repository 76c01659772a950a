"""Working off the outbox: a channel is held by one relay at a time, which claims, sends, marks, in order per chat."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol, runtime_checkable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.ops.shutdown import FINISH_SECONDS, MARK_SECONDS, InFlight, finish
from bot.outbox.rate_limit import Allowance, RateLimitedChannel, RateLimiter
from bot.outbox.template_messages import TemplateSender
from intake.actions.outbox.paid_messages import count_paid_messages
from intake.actions.outbox.refused import note_refused
from intake.actions.outbox.reroute import reroute
from intake.rules.message import unpack_message
from intake.rules.outbox.broadcast import BroadcastId
from intake.rules.outbox.channel_policy import Way, open_way
from intake.rules.outbox.delivery import (
    DeliveryFailure,
    Rejected,
    Throttled,
    Unavailable,
    Unreachable,
    WindowClosed,
    retry_delay,
)
from intake.rules.outbox.letter import LetterId, LetterState
from intake.rules.people.person import Network
from intake.rules.people.unit import UnitId
from scheduler.lease import Lease
from storage.queries.outbox.relay import Outgoing
from storage.unit_of_work import SqlUnitOfWork, Store
from wording.texts import Rendered, render

ROUND = 100
LOOK_AGAIN = 1.0
MOMENT = 0.05
"""Seconds in which letters that went out are marked together."""
MARKED_AT_ONCE = 16
"""So many at most: those are what a kill may send twice."""
log = structlog.get_logger()

Outcome = tuple[Outgoing, str | DeliveryFailure | None]
"""A letter with the network's id of it, or why it did not go out, or None when it was not tried."""


class Channel(Protocol):
    """One account of one network (a bot, an official account), seen from its relay."""

    network: Network
    name: str

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        """Send one message; returns the network's id of it, or raises one of the `DeliveryFailure`s."""
        ...


@runtime_checkable
class RecallingChannel(Protocol):
    """A channel of a network that lets us delete what we sent."""

    async def take_back(self, address: str, message: str) -> None:
        """Delete a message at the person's, by what `send` returned; raises one of the `DeliveryFailure`s."""
        ...


class OutboxRelay:
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
        self._now = now
        self._lease = Lease(f"send:{channel.network}:{channel.name}", holder, store.unit, now)
        self._template_sender = TemplateSender(store, channel, now)
        self._limiter = channel.limiter if isinstance(channel, RateLimitedChannel) else RateLimiter(Allowance())
        self._wakers: dict[Callable[[], Awaitable[int]], asyncio.Event] = {}
        self._in_flight = InFlight()
        self._on_tried = on_tried
        self._turn = 0

    def wake(self) -> None:
        """There may be letters that somebody waits for: replies and news of one's own."""
        self._wake(self.send_direct)

    def wake_bulk(self) -> None:
        """There may be letters of broadcasts."""
        self._wake(self._send_bulk)

    def _wake(self, way: Callable[[], Awaitable[int]]) -> None:
        if way in self._wakers:
            self._wakers[way].set()

    async def run(self) -> None:
        """Send until cancelled; then finish and note the letters in hand, and give the channel back.

        Broadcasts and template messages go their own ways beside the rest, so that nobody's reply waits for them.
        """
        self._in_flight = InFlight()
        # a round of replies that was not full had all there were; one of broadcasts may leave some to the next
        rounds = {self.send_direct: ROUND, self._send_bulk: 1, self._send_templates: 1, self._take_back: ROUND}
        self._wakers = {way: asyncio.Event() for way in rounds}
        ways = [asyncio.create_task(self._go_on(way, full)) for way, full in rounds.items()]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)  # it leaves them alone when cancelled
        finally:
            self._in_flight.stop()
            self._limiter.dismiss()
            for waker in self._wakers.values():
                waker.set()
            await asyncio.gather(*(finish(way, FINISH_SECONDS + MARK_SECONDS) for way in ways))
            self._wakers.clear()
            await self._lease.give_back()
        for way in ways:
            if not way.cancelled():
                way.result()

    async def _go_on(self, way: Callable[[], Awaitable[int]], full: int) -> None:
        """One round after the other until this relay stops; trouble with the database is waited out.

        After a round of so many letters that it may have left some, the next one follows at once.
        """
        waker = self._wakers[way]
        while not self._in_flight.stopping:
            waker.clear()
            try:
                if await way() >= full:
                    continue
            except* (SQLAlchemyError, OSError) as trouble:
                log.warning("outbox_not_reached", error=type(trouble.exceptions[0]).__name__)
            with suppress(TimeoutError):
                # not `wait_for`: before 3.12 it swallows a cancellation that comes together with the event
                async with asyncio.timeout(LOOK_AGAIN):
                    await waker.wait()

    async def work_off(self) -> int:
        """Send what may go out now, one round of each. Returns how many letters were tried; 0 without the lease."""
        tried = await self.send_direct() + await self._send_templates() + await self._send_bulk()
        return tried + await self._take_back()

    async def send_direct(self) -> int:
        """Send the replies and news that may go out now, one round. Returns how many were tried."""
        return await self._send_round(await self._claim(self._direct))

    async def _send_templates(self) -> int:
        if not await self._template_sender.has_any() or not await self._lease.keep():
            return 0
        return await self._template_sender.send_due(lambda: self._lease.lasts, self._in_flight)

    async def _send_bulk(self) -> int:
        return await self._send_round(await self._claim(self._bulk))

    async def _take_back(self) -> int:
        """Delete what is to be forgotten at people's too; what the network refuses is not tried again."""
        channel = self._channel
        if not isinstance(channel, RecallingChannel):
            return 0
        async with self._store.reading() as uow:
            due = await uow.outbox.recalls(self._channel.network, self._channel.name, ROUND)
        if not due or not await self._lease.keep():
            return 0
        done = []
        for one in due:
            if self._in_flight.stopping or not self._lease.lasts:
                break
            if one.until > self._now():
                try:
                    async with self._in_flight.finishing():
                        await channel.take_back(one.address, one.message)
                except (Throttled, Unavailable, TimeoutError):
                    break  # the next round tries it again
                except Exception as refusal:  # noqa: BLE001 - also a defect of ours: the letters go on meanwhile
                    log.warning("message_not_taken_back", recall=one.id, reason=type(refusal).__name__)
            done.append(one)
        async with self._store.unit() as uow:
            await uow.outbox.recalled(done)
            await uow.commit()
        return len(done)

    async def _claim(self, read: Callable[[SqlUnitOfWork], Awaitable[Sequence[Outgoing]]]) -> Sequence[Outgoing]:
        """Read what may go out, and take the channel when something does; while it is held, that is all."""
        async with self._store.reading() as uow:
            letters = await read(uow)
        if not letters:
            return ()
        was_held = self._lease.lasts
        if not await self._lease.keep():
            return ()
        if was_held:
            return letters
        async with self._store.reading() as uow:  # whoever held it until now may have sent some of them
            return await read(uow)

    async def _direct(self, uow: SqlUnitOfWork) -> Sequence[Outgoing]:
        return await uow.outbox.direct(self._channel.network, self._channel.name, self._now(), ROUND)

    async def _bulk(self, uow: SqlUnitOfWork) -> Sequence[Outgoing]:
        """Letters of the running broadcasts: every unit has its share of the round, in turns, its oldest come first."""
        by_unit: dict[UnitId, list[BroadcastId]] = {}
        for broadcast_id, unit_id in await uow.fan_out.running():
            by_unit.setdefault(unit_id, []).append(broadcast_id)
        units = list(by_unit.values())
        first = self._turn % len(units) if units else 0
        self._turn += 1
        letters: list[Outgoing] = []
        for position, broadcasts in enumerate(units[first:] + units[:first]):
            share = -(-(ROUND - len(letters)) // (len(units) - position))
            until = len(letters) + share
            for broadcast_id in broadcasts:
                if len(letters) < until:
                    letters += await uow.outbox.bulk(
                        broadcast_id, self._channel.network, self._channel.name, self._now(), until - len(letters)
                    )
        return letters

    async def _send_round(self, letters: Sequence[Outgoing]) -> int:
        outcomes: asyncio.Queue[Outcome] = asyncio.Queue()
        by_chat = groupby(sorted(letters, key=lambda one: one.account_id), key=lambda one: one.account_id)
        async with asyncio.TaskGroup() as group:
            for _, chat in by_chat:
                group.create_task(self._send_chat(list(chat), outcomes))
            group.create_task(self._mark_all(len(letters), outcomes))
        return len(letters)

    async def _send_chat(self, letters: Iterable[Outgoing], outcomes: asyncio.Queue[Outcome]) -> None:
        held_up = False
        for letter in letters:
            outcome: str | DeliveryFailure | None = None
            # what comes later in a chat waits behind the one that failed
            if not held_up and not self._in_flight.stopping:
                async with self._limiter.permit(letter.address, letter.priority, self._lease.left) as given:
                    if given and self._lease.lasts and not self._in_flight.stopping:
                        outcome = await self._send(letter)
                        self._on_tried(self._channel.network, outcome)
                held_up = not isinstance(outcome, str | Rejected)
                # a chat that has to be left alone for a while must not keep the whole round waiting
                held_up = held_up or self._limiter.rests(letter.address)
            await outcomes.put((letter, outcome))

    async def _mark_all(self, expected: int, outcomes: asyncio.Queue[Outcome]) -> None:
        """Mark the outcomes as they come, those of the same moment together: what was not marked may be sent twice."""
        while expected:
            batch = [await outcomes.get()]
            with suppress(TimeoutError):
                async with asyncio.timeout(MOMENT):
                    while len(batch) < min(expected, MARKED_AT_ONCE):
                        batch.append(await outcomes.get())
            expected -= len(batch)
            sent = [(letter, outcome) for letter, outcome in batch if isinstance(outcome, str)]
            if len(sent) == len(batch) and not any(self._costs(letter) for letter, _ in sent):
                async with self._store.single() as uow:
                    await uow.outbox.mark_sent(sent, self._now())
                    await uow.commit()
            else:
                await self._mark(batch)

    def _way(self, letter: Outgoing) -> Way | None:
        channel_policy = self._store.channel_policy
        return open_way(channel_policy, self._channel.network, letter.last_heard_at, letter.awaited_since, self._now())

    def _costs(self, letter: Outgoing) -> bool:
        return self._way(letter) is Way.BILLED

    async def _send(self, letter: Outgoing) -> str | DeliveryFailure | None:
        if self._way(letter) is None:
            return WindowClosed("by our own clock")
        try:
            rendered = render(unpack_message(letter.content), letter.language)
        except (LookupError, ValueError, TypeError, AttributeError) as defect:
            return Rejected(f"cannot be put into words: {type(defect).__name__}")
        try:
            async with self._in_flight.finishing():
                return await self._channel.send(letter.letter_id, letter.address, rendered)
        except DeliveryFailure as failure:
            return failure
        except Exception as defect:
            if self._in_flight.stopping and isinstance(defect, TimeoutError):
                log.warning("letter_cut_off", letter=letter.letter_id)
                return None  # as if it had not been tried: it goes out after the next start
            # a defect of ours in the network's folder: this letter is tried again later, the others go out meanwhile
            log.exception("sending_failed", letter=letter.letter_id)
            return Unavailable(type(defect).__name__)

    async def _mark(self, outcomes: list[Outcome]) -> None:
        now = self._now()
        turned_away: list[tuple[Outgoing, DeliveryFailure]] = []
        refused: list[int] = []
        async with self._store.unit() as uow:
            await uow.outbox.mark_sent([(one, sent) for one, sent in outcomes if isinstance(sent, str)], now)
            for letter, outcome in outcomes:
                if isinstance(outcome, str) and letter.owner_id is not None and self._costs(letter):
                    await count_paid_messages(uow, letter.owner_id, Way.BILLED)
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
                        refused.append(letter.letter_id)
                    case Throttled():
                        await uow.outbox.put_off(letter, now + timedelta(seconds=failure.retry_after), reason)
                    case _:
                        await uow.outbox.put_off(letter, now + retry_delay(letter.attempts), reason)
            await uow.commit()
        for letter, failure in turned_away:  # each on its own: it holds every chat of a person
            async with self._store.unit() as uow:
                gone = isinstance(failure, Unreachable)
                await reroute(uow, letter.account_id, heard_at=letter.last_heard_at, gone=gone)
                await uow.commit()
        for letter_id in refused:  # likewise
            async with self._store.unit() as uow:
                await note_refused(uow, LetterId(letter_id))
                await uow.commit()
