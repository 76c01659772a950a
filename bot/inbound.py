"""The queue through which every message comes in: what waits at the same moment is committed together.

What they need is read at once and written at once, and one commit makes all of them durable. Whoever brought a message
is answered only after that commit. Whatever goes wrong, nothing of that try is kept: each message is then dealt with
again in a savepoint of its own, so that one refusal or defect does not take the others along.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from handlers.engine.converse import apologise, converse, converse_together
from handlers.engine.inbound_event import InboundEvent
from handlers.engine.table import Table
from intake.ports import Chat
from intake.rules.text import clean
from storage.unit_of_work import NotMadeYet, SqlUnitOfWork, Store

MOST_AT_ONCE = 64
_WHAT_WAS_WRITTEN = ("22", "23", "42")
"""The classes of SQL states that blame what was to be written, not the database (data, constraints, statement)."""
_WAITED_IN_A_CIRCLE = ("40001", "40P01")
"""The SQL states of a transaction that was taken back so that others could go on: it may be tried again at once."""
log = structlog.get_logger()


@dataclass(order=True)
class _Heard:
    """A message in its place among all, who waits for it, and what was made for it while no transaction was held."""

    number: int
    event: InboundEvent = field(compare=False)
    done: asyncio.Future[bool] = field(compare=False)
    made: dict[Hashable, asyncio.Future[Any]] = field(compare=False, default_factory=dict)


class InboundQueue:
    """Takes inbound events in.

    `on_letters` is called after each commit, so that the relays wake up; `on_event` with each message and how many
    seconds it took; `on_fallback` when messages could not be dealt with together and are dealt with singly.

    What takes long and a message cannot be dealt with without (`UnitOfWork.beforehand`: a paper read, a poster drawn)
    is done between two tries of that message. Only its own chat waits for it, and what is said there stays in order.
    """

    def __init__(
        self,
        store: Store,
        table: Table,
        on_letters: Callable[[], None],
        on_event: Callable[[InboundEvent, float], None] = lambda _heard, _seconds: None,
        on_fallback: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._table = table
        self._on_letters = on_letters
        self._on_event = on_event
        self._on_fallback = on_fallback
        self._numbers = count()
        self._waiting: asyncio.PriorityQueue[_Heard] = asyncio.PriorityQueue()
        self._aside: dict[Chat, list[_Heard]] = {}
        """What was said in chats for which something is being made."""
        self._making: set[asyncio.Task[None]] = set()

    async def take(self, event: InboundEvent) -> bool:
        """Hand a message in; returns when it is dealt with and durable, or raises what the database raised.

        Returns whether it was listened to just now: not what came too fast or was too much, of which nothing is kept,
        and not what was dealt with before.

        Here, and nowhere behind it, everything people typed is made clean: no network's folder has to.
        """
        event = _cleaned(event)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[bool] = loop.create_future()
        came_at = loop.time()
        await self._waiting.put(_Heard(next(self._numbers), event, done))
        try:
            return await done
        finally:
            self._on_event(event, loop.time() - came_at)

    async def finish(self) -> None:
        """Wait until everything that was handed in is dealt with."""
        await self._waiting.join()

    async def run(self) -> None:
        """Deal with messages until cancelled."""
        try:
            while True:
                batch = [await self._waiting.get()]
                while len(batch) < MOST_AT_ONCE and not self._waiting.empty():
                    batch.append(self._waiting.get_nowait())
                batch = [one for one in batch if not self._waits_behind(one)]
                # chats are locked in one order everywhere, so that two processes never wait for each other
                batch.sort(key=lambda one: one.event.chat)
                if batch:
                    await self._deal_together(batch)
        finally:  # nobody keeps waiting for a queue that is closed
            for making in self._making:
                making.cancel()
            for one in chain.from_iterable(self._aside.values()):
                one.done.cancel()

    def _waits_behind(self, one: _Heard) -> bool:
        """Whether something is being made for what its chat said before; it is put aside as well then."""
        if one.event.chat not in self._aside:
            return False
        self._aside[one.event.chat].append(one)
        return True

    async def _deal_together(self, batch: list[_Heard]) -> None:
        try:
            heard, lacking = await self._deal(batch)
        except (SQLAlchemyError, OSError) as trouble:
            log.warning("messages_not_stored", count=len(batch), error=type(trouble).__name__)
            for one in batch:
                if not one.done.done():
                    one.done.set_exception(trouble)
                self._waiting.task_done()
            return
        except BaseException:  # nobody keeps waiting for a queue that is closed
            for one in batch:
                one.done.cancel()
                self._waiting.task_done()
            raise
        for place, one in enumerate(batch):
            if place in lacking:
                self._put_aside(one, lacking[place])
            elif not self._waits_behind(one):
                if not one.done.done():
                    one.done.set_result(place in heard)
                self._waiting.task_done()
        self._on_letters()

    def _put_aside(self, one: _Heard, lacking: NotMadeYet) -> None:
        self._aside[one.event.chat] = [one]
        making = asyncio.create_task(self._make(one, lacking))
        self._making.add(making)
        making.add_done_callback(self._making.discard)

    async def _make(self, one: _Heard, lacking: NotMadeYet) -> None:
        """Make what a message lacks. Then its chat is dealt with in its place: before whatever came later."""
        making = asyncio.ensure_future(lacking.work())
        try:
            await asyncio.wait([making])
        finally:
            making.cancel()
        one.made[lacking.key] = making
        for waited in self._aside.pop(one.event.chat):
            self._waiting.put_nowait(waited)
            self._waiting.task_done()  # it was taken out once before

    async def _deal(self, batch: list[_Heard]) -> tuple[set[int], dict[int, NotMadeYet]]:
        """Deal with all of them, once more where another process and we waited for each other and it was let go first.

        Returns the places in the batch of those that were listened to, and of those that were left, with what they
        lack; of their chats what comes behind is left as well.
        """
        try:
            return await self._deal_once(batch)
        except DBAPIError as trouble:
            if _sql_state(trouble) not in _WAITED_IN_A_CIRCLE:
                raise
        log.info("messages_dealt_with_again", count=len(batch))
        return await self._deal_once(batch)

    async def _deal_once(self, batch: list[_Heard]) -> tuple[set[int], dict[int, NotMadeYet]]:
        smoothly = await self._went_smoothly(batch)
        if smoothly is not None:
            return smoothly, {}
        heard, lacking = set[int](), dict[int, NotMadeYet]()
        left: Chat | None = None
        async with self._store.unit() as uow:
            for place, one in enumerate(batch):
                await asyncio.sleep(0)  # nothing waits for SQLite: the letters of others go out in between
                if one.event.chat == left:
                    continue
                uow.made = one.made
                try:
                    if await self._deal_with_one(uow, one.event):
                        heard.add(place)
                except NotMadeYet as missing:
                    lacking[place], left = missing, one.event.chat
            await uow.commit()
        return heard, lacking

    async def _went_smoothly(self, batch: list[_Heard]) -> set[int] | None:
        heard: set[int] = set()
        events = [one.event for one in batch]
        try:
            async with self._store.unit() as uow:
                uow.made = dict(chain.from_iterable(one.made.items() for one in batch))
                for places in _rounds(events):
                    chats = await converse_together(uow, {chat: events[at] for chat, at in places.items()}, self._table)
                    heard.update(places[chat] for chat in chats)
                await uow.commit()
        except NotMadeYet:
            return None
        except Exception as trouble:
            if _database_is_in_trouble(trouble):
                raise
            # its words may be somebody's; a defect is logged whole when its message is dealt with by itself
            log.info("batch_dealt_with_singly", count=len(batch), error=type(trouble).__name__)
            self._on_fallback()
            return None
        return heard

    async def _deal_with_one(self, uow: SqlUnitOfWork, event: InboundEvent) -> bool:
        try:
            return await converse(uow, event, self._table)
        except NotMadeYet:
            raise
        except Exception as trouble:
            if _database_is_in_trouble(trouble):
                raise  # nothing was stored, the network brings the message again
            number = secrets.token_hex(3)
            log.exception("message_failed", number=number, network=event.network.value, kind=event.kind.value)
            async with uow.savepoint():
                await apologise(uow, event, number)
            return True


def _cleaned(event: InboundEvent) -> InboundEvent:
    """The message with all its text as the rest of the product takes it."""
    return replace(
        event,
        text=clean(event.text),
        choice=clean(event.choice),
        phone=clean(event.phone),
        media=tuple(replace(one, name=clean(one.name)) for one in event.media),
    )


def _rounds(batch: list[InboundEvent]) -> list[dict[Chat, int]]:
    """What each chat said first, what each said next, and so on, by its place in the batch."""
    rounds: list[dict[Chat, int]] = []
    spoken: Counter[Chat] = Counter()
    for place, event in enumerate(batch):
        if spoken[event.chat] == len(rounds):
            rounds.append({})
        rounds[spoken[event.chat]][event.chat] = place
        spoken[event.chat] += 1
    return rounds


def _database_is_in_trouble(trouble: Exception) -> bool:
    """Whether the database is at fault and not what was to be written: that, brought again, would fail for ever."""
    if isinstance(trouble, IntegrityError | DataError | ProgrammingError):
        return False
    if isinstance(trouble, DBAPIError):
        return not _sql_state(trouble).startswith(_WHAT_WAS_WRITTEN)
    return isinstance(trouble, OSError | PoolTimeout)


def _sql_state(trouble: DBAPIError) -> str:
    return str(getattr(trouble.orig, "sqlstate", None))
