"""Open the installation's database as the settings say."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from bot.channel_policy import channel_policy_of
from bot.data_folder import keys_of, make_folder
from bot.settings import Settings, SettingsError
from bot.system_clock import system_now
from bot.vault import KeyVault
from intake.ports import Pictures
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.migrate import migrate
from storage.unit_of_work import Store


async def open_store(
    settings: Settings, *, now: Callable[[], datetime] = system_now, pictures: Pictures | None = None
) -> Store:
    """The database, migrated. Raises `SettingsError` with a clear sentence when it cannot be reached."""
    channel_policy = channel_policy_of(settings)
    if settings.on_sqlite:
        make_folder(settings.data_dir)
    engine = open_engine(settings.engine_url)
    calendar = load_calendar(culture_day=settings.culture_day)
    try:
        await migrate(engine)
    except (DBAPIError, OSError) as trouble:
        await engine.dispose()
        raise SettingsError(f"the database cannot be used: {_reason(trouble)}") from None
    return Store(
        engine,
        now=now,
        calendar=lambda: calendar,
        vault=KeyVault(*keys_of(settings)),
        pictures=pictures,
        channel_policy=channel_policy,
    )


def _reason(trouble: Exception) -> str:
    """The database's own words in one line, without the statement and its values."""
    origin = getattr(trouble, "orig", None) or trouble
    return str(origin).splitlines()[0] if str(origin) else type(origin).__name__
