"""What PostgreSQL tells of by itself: that a chat has a new line, whichever process wrote it.

On a connection of its own, outside the pool, which would hand it to somebody else. Only the id of the chat is told:
there is room for 8,000 bytes and no promise, so what is new is read from where it lies. Whatever was told while nobody
listened is lost, so after each connecting everything has to be looked at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.queries.webchat import LINES

_OF_SQLALCHEMY = ("async_fallback", "async_creator_fn", "prepared_statement_cache_size", "prepared_statement_name_func")
_LONGEST_PAUSE = 30.0
log = structlog.get_logger()


async def listen(
    engine: AsyncEngine,
    on_chat: Callable[[int], None],
    on_gap: Callable[[], None],
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Listen until cancelled; connects again when the connection is lost.

    `on_chat` is called with the id of the chat that has a new line, `on_gap` when something may have been missed.
    """
    _, about = engine.dialect.create_connect_args(engine.url)
    failures = 0
    while True:
        try:
            connection = await asyncpg.connect(**{name: about[name] for name in about if name not in _OF_SQLALCHEMY})
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as trouble:
            failures += 1
            log.warning("not_listening", error=type(trouble).__name__)
            await pause(min(float(2 ** min(failures, 6)), _LONGEST_PAUSE))
            continue
        failures = 0
        lost = asyncio.Event()

        def told(_connection: Any, _process: int, _channel: str, chat: object) -> None:
            if isinstance(chat, str) and chat.isdecimal():
                on_chat(int(chat))

        try:
            connection.add_termination_listener(lambda _: lost.set())  # noqa: B023 - called for this connection only
            await connection.add_listener(LINES, told)
            on_gap()
            await lost.wait()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as trouble:
            log.warning("not_listening", error=type(trouble).__name__)
            await pause(1.0)
        finally:
            connection.terminate()
