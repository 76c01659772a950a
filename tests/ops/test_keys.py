"""The secret key and the database belong together."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.cli.lost_key import forget
from bot.console import InputError
from bot.ops.doctor import examine
from bot.settings import Settings, SettingsError
from bot.store import open_store
from storage import tables as t

FIRST, SECOND = "the first key of all", "the second key of all"


def settings(folder: Path, key: str = "") -> Settings:
    return Settings(data_dir=folder, secret_key=SecretStr(key) if key else None)


async def starts(wanted: Settings, phone: str = "") -> str:
    """Start and stop; somebody leaves a number, or the numbers there are, are read."""
    store = await open_store(wanted)
    try:
        async with store.engine.begin() as connection:
            if phone:
                sealed = store.vault.seal(phone)
                values = {"name": "Mai", "language": "vi", "language_known": False, "phone_sealed": sealed}
                await connection.execute(sa.insert(t.persons).values(values))
            found = await connection.scalar(sa.select(t.persons.c.phone_sealed))
        return store.vault.open(found) if found else ""
    finally:
        await store.close()


async def key_found(wanted: Settings) -> str:
    [found] = [one for one in await examine(wanted) if one.what == "secret key"]
    assert found.fine is (found.sentence == "the one the database was written with")
    return found.sentence


async def test_a_key_that_is_lost_is_not_replaced_in_silence(tmp_path: Path) -> None:
    await starts(settings(tmp_path), "+84912345678")
    kept = (tmp_path / "secret.key").read_text()
    (tmp_path / "secret.key").unlink()

    assert "secret.key is missing, and the database was written with it; restore" in await key_found(settings(tmp_path))
    with pytest.raises(SettingsError, match=r"secret\.key is missing"):
        await starts(settings(tmp_path))
    assert not (tmp_path / "secret.key").exists(), "neither the doctor nor the start makes another"

    (tmp_path / "secret.key").write_text(kept)
    assert await starts(settings(tmp_path)) == "+84912345678"
    assert await key_found(settings(tmp_path)) == "the one the database was written with"


async def test_another_key_is_refused_with_what_to_do(tmp_path: Path) -> None:
    await starts(settings(tmp_path, FIRST), "+84912345678")
    with pytest.raises(SettingsError, match=r"is not the key the database was written with; set the one that was, or"):
        await starts(settings(tmp_path, SECOND))
    assert FIRST not in await key_found(settings(tmp_path, SECOND))
    assert "doithoai forget-key" in await key_found(settings(tmp_path, SECOND))


async def test_a_key_is_changed_with_the_old_one_behind_it(tmp_path: Path) -> None:
    await starts(settings(tmp_path, FIRST), "+84912345678")
    assert await starts(settings(tmp_path, f"{SECOND},{FIRST}"), "+84987654321") == "+84912345678"
    for one_of_them in (FIRST, SECOND):
        with pytest.raises(SettingsError, match="is not the key"):
            await starts(settings(tmp_path, one_of_them))


async def test_a_key_is_missed_even_where_nobody_left_a_number(tmp_path: Path) -> None:
    """Invitations and signs on receipts are digests: with another key they would fit no more, and nobody be told."""
    await starts(settings(tmp_path))
    (tmp_path / "secret.key").unlink()
    assert "secret.key is missing" in await key_found(settings(tmp_path))
    with pytest.raises(SettingsError, match=r"codes that were given out do not fit"):
        await starts(settings(tmp_path))
    with pytest.raises(SettingsError, match="is not the key the database was written with"):
        await starts(settings(tmp_path, SECOND))
    assert not (tmp_path / "secret.key").exists()

    assert "0 phone numbers taken out" in await forget(settings(tmp_path))
    assert await starts(settings(tmp_path, SECOND)) == ""
    with pytest.raises(SettingsError, match="is not the key"):
        await starts(settings(tmp_path, FIRST))


async def test_a_database_from_before_is_held_to_the_key_of_its_next_start(tmp_path: Path) -> None:
    store = await open_store(settings(tmp_path, FIRST))
    async with store.engine.begin() as connection:
        await connection.execute(sa.delete(t.key_sample))
    await store.close()

    await starts(settings(tmp_path, SECOND))  # nothing was sealed, so nothing tells
    with pytest.raises(SettingsError, match="is not the key"):
        await starts(settings(tmp_path, FIRST))


async def test_a_wrong_key_leaves_no_sample_behind(tmp_path: Path) -> None:
    await starts(settings(tmp_path, FIRST), "+84912345678")
    store = await open_store(settings(tmp_path, FIRST))
    async with store.engine.begin() as connection:
        await connection.execute(sa.delete(t.key_sample))
    await store.close()

    with pytest.raises(SettingsError, match="is not the key"):
        await starts(settings(tmp_path, SECOND))
    assert await starts(settings(tmp_path, FIRST)) == "+84912345678"


async def test_a_key_that_is_lost_for_good_is_forgotten_by_hand(tmp_path: Path) -> None:
    await starts(settings(tmp_path), "+84912345678")
    with pytest.raises(InputError, match="the secret key fits"):
        await forget(settings(tmp_path))
    (tmp_path / "secret.key").unlink()
    assert "1 phone number taken out" in await forget(settings(tmp_path))
    assert await starts(settings(tmp_path)) == ""


async def test_a_first_start_that_was_cut_off_leaves_an_empty_key_and_the_next_makes_one(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()

    await starts(settings(tmp_path), "+84912345678")
    assert len((tmp_path / "secret.key").read_text()) > 40
    assert await starts(settings(tmp_path)) == "+84912345678"


async def test_a_key_that_came_to_be_empty_is_lost_like_one_that_is_gone(tmp_path: Path) -> None:
    await starts(settings(tmp_path), "+84912345678")
    (tmp_path / "secret.key").write_text("")

    with pytest.raises(SettingsError, match=r"secret\.key is missing, and the database was written with it"):
        await starts(settings(tmp_path))
    assert (tmp_path / "secret.key").read_text() == ""
    assert "1 phone number taken out" in await forget(settings(tmp_path))
    assert await starts(settings(tmp_path)) == ""


async def test_a_damaged_key_has_a_way_out(tmp_path: Path) -> None:
    await starts(settings(tmp_path), "+84912345678")
    (tmp_path / "secret.key").write_text("short")

    with pytest.raises(SettingsError, match="where there is none, take the file away and do what the next start says"):
        await forget(settings(tmp_path))
    (tmp_path / "secret.key").unlink()
    assert "1 phone number taken out" in await forget(settings(tmp_path))


async def test_there_is_nothing_to_forget_without_a_database(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no database yet"):
        await forget(settings(tmp_path))


async def test_a_kept_key_that_is_no_text_or_no_file_is_one_sentence(tmp_path: Path) -> None:
    await starts(settings(tmp_path), "+84912345678")
    key = tmp_path / "secret.key"
    key.write_bytes(b"\xc1\xff\x00" * 20)
    with pytest.raises(SettingsError, match="cannot be read as a key; restore it from a backup"):
        await starts(settings(tmp_path))
    key.unlink()
    key.mkdir()
    with pytest.raises(SettingsError, match="cannot be read as a key; restore it from a backup"):
        await starts(settings(tmp_path))
