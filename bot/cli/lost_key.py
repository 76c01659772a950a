"""`doithoai forget-key`: go on without a key that is lost for good."""

from bot.console import InputError, counted
from bot.keys import wrong_key
from bot.settings import Settings
from storage.engine import open_engine
from storage.keys import forget_sealed
from storage.migrate import schema_state


async def forget(settings: Settings) -> str:
    """Take out what cannot be read. Raises `InputError` where the key fits: then nothing is lost."""
    if settings.database_missing:
        raise InputError("there is no database yet")
    engine = open_engine(settings.engine_url)
    try:
        if await schema_state(engine) != "current":
            raise InputError("the database is of another version; install the version that wrote it last")
        if not await wrong_key(settings, engine):
            raise InputError("the secret key fits: nothing is lost, and nothing was taken out")
        lost = await forget_sealed(engine)
    finally:
        await engine.dispose()
    return (
        f"{counted(lost, 'phone number')} taken out; the next start makes or takes a new key. Codes given out before "
        "do not fit it: invite people anew"
    )
