"""Whether something stands between the process and PostgreSQL that gives each transaction another connection.

Prepared statements get lost in such a thing, and what the database tells by itself (`storage/listening.py`).
"""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ops.findings import Finding
from storage.engine import ONLY_IN_TRANSACTIONS

_OF_ANOTHER_CONNECTION = ("26000", "42P05")
"""SQL states of a prepared statement that is not there, or there already."""
ADVICE = "in transaction mode PgBouncer before 1.21 wants ?prepared_statement_cache_size=0 in DOITHOAI_DATABASE_URL"


async def look_for_pooler(engine: AsyncEngine) -> Finding | None:
    """What to say of a pooler; None where there is none, or no PostgreSQL.

    A pooler makes up the number of the server's process that a client is told when it connects.
    """
    if engine.dialect.name != "postgresql":
        return None
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        told = raw.driver_connection.get_server_pid()  # type: ignore[union-attr]
        asked = (await connection.exec_driver_sql("SELECT pg_backend_pid()")).scalar_one()
    if told == asked:
        return None
    if engine.sync_engine.get_execution_options()[ONLY_IN_TRANSACTIONS]:
        return Finding("pooler", fine=True, sentence="one stands before PostgreSQL; nothing is prepared for later")
    return Finding("pooler", fine=True, sentence=f"one stands before PostgreSQL; {ADVICE}")


async def look_at_hearing(engine: AsyncEngine) -> Finding | None:
    """Whether what PostgreSQL tells of other processes' deeds reaches us; None where there is no PostgreSQL."""
    if engine.dialect.name != "postgresql":
        return None
    from storage.listening import can_hear

    if await can_hear(engine):
        sentence = "the database tells them at once of what other processes do"
    else:
        sentence = (
            "nothing that the database tells gets through (PgBouncer in transaction mode passes nothing on), so they "
            "look once a second while they are open; a pooler in session mode, or none, lets it through"
        )
    return Finding("open pages", fine=True, sentence=sentence)


def lost_statement(trouble: Exception) -> str | None:
    """What to do about a prepared statement that went to another connection; None where it is other trouble."""
    state = getattr(trouble.orig, "sqlstate", None) if isinstance(trouble, DBAPIError) else None
    return f"a pooler mixes prepared statements up: {ADVICE}" if state in _OF_ANOTHER_CONNECTION else None
