"""Open the installation's database as the settings say, and let one `doithoai run` at a time use a data folder."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.channel_policy import channel_policy_of
from bot.settings import Settings, SettingsError, make_folder
from bot.system_clock import system_now
from bot.vault import KeyVault
from intake.ports import Pictures
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.migrate import migrate
from storage.unit_of_work import Store


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the folder; the lock ends with the process. Raises `SettingsError` while another holds it."""
    make_folder(folder)
    with (folder / "running.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsError(f"another `doithoai run` is using {folder}; stop it first") from None
        yield


async def open_store(
    settings: Settings, *, now: Callable[[], datetime] = system_now, pictures: Pictures | None = None
) -> Store:
    """The database, migrated. Raises `SettingsError` with a clear sentence when it cannot be reached."""
    reach = channel_policy_of(settings)
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
        engine, now=now, calendar=lambda: calendar, vault=KeyVault(*settings.keys()), pictures=pictures, reach=reach
    )


def _reason(trouble: Exception) -> str:
    """The database's own words in one line, without the statement and its values."""
    origin = getattr(trouble, "orig", None) or trouble
    return str(origin).splitlines()[0] if str(origin) else type(origin).__name__
