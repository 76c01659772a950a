"""The queue through which every message comes in: what waits at the same moment is committed together.

What they need is read at once and written at once, and one commit makes all of them durable. Whoever brought a message
is answered only after that commit. Whatever goes wrong, nothing of that try is kept: each message is then dealt with
again in a savepoint of its own, so that one refusal or defect does not take the others along.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from handlers.engine.converse import apologise, converse, converse_together
from handlers.engine.inbound_event import InboundEvent
from handlers.engine.table import Table
from intake.ports import Chat
from intake.rules.text import clean
from storage.unit_of_work import SqlUnitOfWork, Store

MOST_AT_ONCE = 64
_WHAT_WAS_WRITTEN = ("22", "23", "42")
"""The classes of SQL states that blame what was to be written, not the database (data, constraints, statement)."""
log = structlog.get_logger()


class InboundQueue:
    """Takes inbound events in.

    `on_letters` is called after each commit, so that the relays wake up; `on_event` with each message and how many
    seconds it took; `on_fallback` when messages could not be dealt with together and are dealt with singly.
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
        self._waiting: asyncio.Queue[tuple[InboundEvent, asyncio.Future[bool]]] = asyncio.Queue()

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
        await self._waiting.put((event, done))
        try:
            return await done
        finally:
            self._on_event(event, loop.time() - came_at)

    async def finish(self) -> None:
        """Wait until everything that was handed in is dealt with."""
        await self._waiting.join()

    async def run(self) -> None:
        """Deal with messages until cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < MOST_AT_ONCE and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            # chats are locked in one order everywhere, so that two processes never wait for each other
            batch.sort(key=lambda one: one[0].chat)
            try:
                await self._deal_together(batch)
            finally:
                for _ in batch:
                    self._waiting.task_done()

    async def _deal_together(self, batch: list[tuple[InboundEvent, asyncio.Future[bool]]]) -> None:
        try:
            heard = await self._deal([event for event, _ in batch])
        except (SQLAlchemyError, OSError) as trouble:
            log.warning("messages_not_stored", count=len(batch), error=type(trouble).__name__)
            for _, done in batch:
                if not done.done():
                    done.set_exception(trouble)
            return
        except BaseException:  # nobody keeps waiting for a queue that is closed
            for _, done in batch:
                done.cancel()
            raise
        for place, (_, done) in enumerate(batch):
            if not done.done():
                done.set_result(place in heard)
        self._on_letters()

    async def _deal(self, batch: list[InboundEvent]) -> set[int]:
        """Deal with all of them. Returns the places in the batch of those that were listened to."""
        heard = await self._went_smoothly(batch)
        if heard is not None:
            return heard
        heard = set()
        async with self._store.unit() as uow:
            for place, event in enumerate(batch):
                await asyncio.sleep(0)  # nothing waits for SQLite: the letters of others go out in between
                if await self._deal_with_one(uow, event):
                    heard.add(place)
            await uow.commit()
        return heard

    async def _went_smoothly(self, batch: list[InboundEvent]) -> set[int] | None:
        heard: set[int] = set()
        try:
            async with self._store.unit() as uow:
                for places in _rounds(batch):
                    chats = await converse_together(uow, {chat: batch[at] for chat, at in places.items()}, self._table)
                    heard.update(places[chat] for chat in chats)
                await uow.commit()
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
        return not str(getattr(trouble.orig, "sqlstate", None)).startswith(_WHAT_WAS_WRITTEN)
    return isinstance(trouble, OSError | PoolTimeout)
