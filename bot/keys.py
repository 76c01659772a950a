"""The secret key and the database belong together: a lost key is not replaced in silence, a wrong one is refused."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.data_folder import key_file, key_missing, keys_of
from bot.settings import PREFIX, Settings, SettingsError
from bot.vault import KeyVault
from storage.keys import keep_sample, sealed_samples

_SAMPLE = "made by the key of this database"


async def fitting_keys(settings: Settings, engine: AsyncEngine) -> tuple[str, ...]:
    """The keys the database was written with; a new installation makes one. Raises `SettingsError` for any other."""
    await _refuse_wrong_key(settings, engine)
    keys = keys_of(settings)
    await keep_sample(engine, KeyVault(*keys).seal(_SAMPLE))
    await _refuse_wrong_key(settings, engine)  # another process may have been the first, with another key
    return keys


async def _refuse_wrong_key(settings: Settings, engine: AsyncEngine) -> None:
    mistake = await wrong_key(settings, engine)
    if mistake:
        raise SettingsError(mistake)


async def wrong_key(settings: Settings, engine: AsyncEngine) -> str:
    """What is wrong with the key, and what to do; nothing when it opens what was sealed. Nothing is changed."""
    samples = await sealed_samples(engine)
    if not samples:
        return ""
    if settings.secret_key is None:
        where = str(key_file(settings))
        way = f"restore {where} from a backup"
    else:
        where = f"{PREFIX}SECRET_KEY"
        way = "set the one that was"
    back = (
        f"{way}, or phone numbers and tokens in the database cannot be read and codes "
        "that were given out do not fit; when it is lost for good, `doithoai forget-key` goes on without it"
    )
    if key_missing(settings):
        return f"{where} is missing, and the database was written with it; {back}"
    vault = KeyVault(*keys_of(settings))
    if not all(_opens(vault, sealed) for sealed in samples):
        return f"{where} is not the key the database was written with; {back}"
    return ""


def _opens(vault: KeyVault, sealed: str) -> bool:
    try:
        vault.open(sealed)
    except ValueError:
        return False
    return True
