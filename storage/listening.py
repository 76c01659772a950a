"""Hears what PostgreSQL tells (`telling.py`), and knows whether it hears.

On a connection of its own, outside the pool, which would hand it to somebody else. Whatever was told while nobody
listened is lost, so after each connecting everything has to be looked at once. That a connection stands says little: a
pooler in transaction mode takes LISTEN and passes nothing on, a cable may be pulled. So a word is said over the pool,
as those who write do, and only while it comes back in time are we hearing.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.telling import ENDED, HEARD

Told = Callable[[int, int], None]
"""Is called with the number of what has something new, and the newest number under it (`ENDED` where none is told)."""
PATIENCE = 5.0
"""Seconds after which a word that has not come back was not heard."""
_ASK_AGAIN = 5.0
_LONGEST_PAUSE = 30.0
_LOST_PAUSE = 0.25
_OF_SQLALCHEMY = ("async_fallback", "async_creator_fn", "prepared_statement_cache_size", "prepared_statement_name_func")
_TROUBLE = (
    OSError,
    TimeoutError,
    SQLAlchemyError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what says that no server of the address takes writes just now
)
log = structlog.get_logger()


async def listen(
    engine: AsyncEngine,
    channels: Mapping[str, Told],
    on_hearing: Callable[[bool], None],
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Listen until cancelled; connects again when the connection is lost.

    `on_hearing` is called with True once it is certain that what is told on these channels is heard from now on
    (something may have been missed before), with False when it is not any more.
    """
    hears, failures, said = False, 0, ""
    while True:
        trouble = "nothing is passed on"
        try:
            async with _ear(engine, channels) as ear:
                while await ear.hears():
                    if not hears:
                        hears, failures, said = True, 0, ""
                        log.info("listening")
                        on_hearing(True)
                    if await ear.lost_within(_ASK_AGAIN):
                        break
        except _TROUBLE as raised:
            trouble = type(raised).__name__
        if hears:
            hears = False
            on_hearing(False)
            log.warning("not_listening", error="the connection was lost")
            await pause(_LOST_PAUSE)
            continue
        failures += 1
        if said != trouble:
            said = trouble
            log.warning("not_listening", error=trouble)
        await pause(min(float(2 ** min(failures, 6)), _LONGEST_PAUSE))


async def can_hear(engine: AsyncEngine) -> bool:
    """Whether what the database tells reaches us the way this engine goes."""
    try:
        async with _ear(engine, {}) as ear:
            return await ear.hears()
    except _TROUBLE:
        return False


class _Ear:
    """A connection that listens."""

    def __init__(self, engine: AsyncEngine, connection: Any) -> None:
        self._engine = engine
        self._connection = connection
        self._lost = asyncio.Event()
        self._expected = ""
        self._heard = asyncio.Event()

    async def open(self, channels: Mapping[str, Told]) -> None:
        self._connection.add_termination_listener(self._lose)
        await self._connection.add_listener(HEARD, self._hear_own)
        for channel, told in channels.items():
            await self._connection.add_listener(channel, _reader(told))

    async def hears(self) -> bool:
        """Whether a word said as others say theirs comes back in time."""
        self._heard.clear()
        self._expected = secrets.token_hex(8)
        try:
            async with asyncio.timeout(PATIENCE):
                async with self._engine.begin() as saying:
                    await saying.execute(sa.select(sa.func.pg_notify(HEARD, self._expected)))
                await self._heard.wait()
        except TimeoutError:
            return False
        return not self._lost.is_set()

    async def lost_within(self, seconds: float) -> bool:
        """Whether the connection breaks before so many seconds are over."""
        try:
            async with asyncio.timeout(seconds):
                await self._lost.wait()
        except TimeoutError:
            return False
        return True

    def _lose(self, _connection: Any) -> None:
        self._lost.set()
        self._heard.set()  # nobody waits for what cannot come any more

    def _hear_own(self, _connection: Any, _process: int, _channel: str, word: object) -> None:
        if word == self._expected:
            self._heard.set()


def _reader(told: Told) -> Callable[[Any, int, str, object], None]:
    def read(_connection: Any, _process: int, _channel: str, payload: object) -> None:
        numbers = str(payload).split(":")
        if len(numbers) <= 2 and all(one.isascii() and one.isdecimal() for one in numbers):  # noqa: PLR2004
            told(int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else ENDED)

    return read


@asynccontextmanager
async def _ear(engine: AsyncEngine, channels: Mapping[str, Told]) -> AsyncIterator[_Ear]:
    _, about = engine.dialect.create_connect_args(engine.url)
    arguments = {name: about[name] for name in about if name not in _OF_SQLALCHEMY}
    async with asyncio.timeout(PATIENCE):
        # nothing is asked twice here, and a pooler may know no prepared statements
        connection = await asyncpg.connect(**{**arguments, "statement_cache_size": 0})
    try:
        ear = _Ear(engine, connection)
        async with asyncio.timeout(PATIENCE):
            await ear.open(channels)
        yield ear
    finally:
        connection.terminate()
