"""The secret key and the database belong together: a lost key is not replaced in silence, a wrong one is refused."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.data_folder import key_file, key_missing, keys_of
from bot.settings import PREFIX, Settings, SettingsError
from bot.vault import KeyVault
from storage.keys import sealed_samples


async def fitting_keys(settings: Settings, engine: AsyncEngine) -> tuple[str, ...]:
    """The keys the database was written with; a new installation makes one. Raises `SettingsError` for any other."""
    mistake = await wrong_key(settings, engine)
    if mistake:
        raise SettingsError(mistake)
    return keys_of(settings)


async def wrong_key(settings: Settings, engine: AsyncEngine) -> str:
    """What is wrong with the key, and what to do; nothing when it opens what was sealed. Nothing is changed."""
    samples = await sealed_samples(engine)
    if not samples:
        return ""
    where = f"{PREFIX}SECRET_KEY" if settings.secret_key is not None else str(key_file(settings))
    back = (
        f"restore {where} from a backup, or phone numbers and tokens in the database cannot be read; "
        "when it is lost for good, `doithoai forget-key` takes them out"
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
