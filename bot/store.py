"""Open the installation's database as the settings say."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.exc import DBAPIError

from bot.channel_policy import channel_policy_of
from bot.console import InputError
from bot.data_folder import make_database_file, make_folder
from bot.demo.clock import clock_of
from bot.keys import fitting_keys
from bot.ops.backup import copy_before_migration
from bot.ops.machine import in_one_line
from bot.settings import Settings, SettingsError
from bot.vault import KeyVault
from intake.ports import Pictures
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.migrate import MigrationRefused, migrate, schema_state
from storage.unit_of_work import Store

log = structlog.get_logger()


def _log_copy(file: Path) -> None:
    log.info("database_copied_before_migration", file=str(file))


async def open_store(
    settings: Settings,
    *,
    now: Callable[[], datetime] | None = None,
    pictures: Pictures | None = None,
    on_copy: Callable[[Path], None] = _log_copy,
) -> Store:
    """The database, migrated; where there is something to migrate on SQLite, it is copied before.

    Its clock is `now`, or else the one of its folder.
    `on_copy` is told where the copy is. Raises `SettingsError` with a clear sentence when the database cannot be
    reached, copied or migrated.
    """
    now = now or clock_of(settings)
    channel_policy = channel_policy_of(settings)
    database = settings.database_file
    if database is not None:
        make_folder(settings.data_dir)
        make_database_file(database)
    engine = open_engine(settings.engine_url)
    calendar = load_calendar(culture_day=settings.culture_day)
    try:
        if database is not None and await schema_state(engine) == "older":
            on_copy(copy_before_migration(settings, database, now()))
        await migrate(engine)
        keys = await fitting_keys(settings, engine)
    except SettingsError:
        await engine.dispose()
        raise
    except (DBAPIError, OSError, MigrationRefused, InputError) as trouble:
        await engine.dispose()
        raise SettingsError(f"the database cannot be used: {in_one_line(trouble)}") from None
    return Store(
        engine,
        now=now,
        calendar=lambda: calendar,
        vault=KeyVault(*keys),
        pictures=pictures,
        channel_policy=channel_policy,
        limits=settings.house_limits,
    )
