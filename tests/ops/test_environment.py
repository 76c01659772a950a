"""Every mistake in the settings gives one clear sentence, and no sentence repeats a value."""

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.data_folder import keys_of
from bot.settings import PREFIX, Settings, SettingsError, read_settings
from bot.store import open_store
from bot.vault import KeyVault

KEY = "sixteen letters or more"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Nothing of the machine's own environment counts."""
    for name in list(os.environ):
        if name.startswith("DOITHOAI_") and not name.startswith("DOITHOAI_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "data"))


def setting(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"DOITHOAI_{name}", value)
    return read_settings()


def test_with_nothing_set_the_bot_runs_on_an_sqlite_file(tmp_path: Path):
    settings = read_settings()

    assert settings.on_sqlite
    assert settings.engine_url == f"sqlite+aiosqlite:///{tmp_path}/data/doithoai.sqlite3"
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert settings.telegram_token is None


def test_what_is_left_empty_counts_as_not_set(monkeypatch: pytest.MonkeyPatch):
    """A line that nobody filled in, or compose's `${NAME:-}`: an empty address to listen on is all there are."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    nothing = read_settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", "")

    assert read_settings() == nothing


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"PUBLIC_URL": "https://"}, "PUBLIC_URL: must name a host and have no spaces"),
        ({"PUBLIC_URL": "https:///ban"}, "PUBLIC_URL: must name a host and have no spaces"),
        ({"PUBLIC_URL": "https://xa-vinh-bao.example hemligt"}, "PUBLIC_URL: must name a host and have no spaces"),
        ({"DATABASE_URL": "mysql://secretuser@host/x"}, "DATABASE_URL: must begin with sqlite:/// or postgresql://"),
        ({"TELEGRAM_NAME": "t.me/hemligt"}, "TELEGRAM_NAME: must be the bot's user name"),
        ({"DATABASE_URL": "sqlite:file.db"}, "DATABASE_URL: must begin with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL: must name the file"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL: must name the file"),
        ({"DATABASE_URL": "postgresql://u:hemligt@h"}, "DATABASE_URL: must name the file"),
        ({"DATABASE_URL": "postgresql://u:hemligt@h:port/x"}, "DATABASE_URL: is not a database address"),
        ({"DATABASE_URL": "postgresql://u@h/x"}, "SECRET_KEY is required with PostgreSQL"),
        ({"SECRET_KEY": "hemligt"}, "SECRET_KEY must have 16 characters or more"),
        ({"SECRET_KEY": f"{KEY},hemligt"}, "SECRET_KEY must have 16 characters or more"),
        ({"SECRET_KEY": f"{KEY},"}, "SECRET_KEY must have 16 characters or more"),
        ({"HTTP_PORT": "hemligt"}, "HTTP_PORT: Input should be a valid integer"),
        ({"HTTP_PORT": "0"}, "HTTP_PORT: Input should be greater than or equal to 1"),
        ({"HTTP_PORT": "65536"}, "HTTP_PORT: Input should be less than or equal to 65535"),
        ({"PUBLIC_URL": "hemligt"}, "PUBLIC_URL: must begin with https://"),
        ({"TELEGRAM_API": "ftp://hemligt"}, "TELEGRAM_API: must begin with https://"),
        ({"TELEGRAM_TOKEN": "hemligt"}, "TELEGRAM_TOKEN: does not look like a bot token"),
        ({"TELEGRAM_TOKEN": "12:"}, "TELEGRAM_TOKEN: does not look like a bot token"),
        ({"METRICS_TOKEN": "hemligt"}, "METRICS_TOKEN: must have 16 characters or more"),
        ({"METRICS_TOKEN": "mật mã của người trực"}, "METRICS_TOKEN: must have 16 characters or more, all of"),
        ({"KEEP_SENT_DAYS": "29"}, "KEEP_SENT_DAYS: "),
        ({"TELEGRAM_WEBHOOK_URL": "hemligt"}, "TELEGRAM_WEBHOOK_URL: must begin with https://"),
        ({"ZALO_OA_ID": "hemligt"}, "ZALO_OA_ID: must be digits only"),
        ({"ZALO_APP_ID": "12.5"}, "ZALO_APP_ID: must be digits only"),
        (
            {"ZALO_OA_ID": "12"},
            "Zalo also needs DOITHOAI_ZALO_APP_ID, DOITHOAI_ZALO_APP_SECRET, DOITHOAI_",
        ),
        (
            {"ZALO_OA_ID": "1", "ZALO_APP_ID": "2", "ZALO_APP_SECRET": "hemligt", "ZALO_OA_SECRET": "hemligt"},
            "Zalo also needs DOITHOAI_ZALO_REFRESH_TOKEN: ",
        ),
        ({"ZALO_API": "hemligt"}, "ZALO_API: must begin with https://"),
        ({"ZALO_OAUTH": "hemligt"}, "ZALO_OAUTH: must begin with https://"),
        ({"ZALO_BOT_API": "hemligt"}, "ZALO_BOT_API: must begin with https://"),
        ({"ZALO_MEDIA_HOSTS": "https://hemligt/x"}, "ZALO_MEDIA_HOSTS: must name hosts like"),
        ({"ZALO_MEDIA_HOSTS": " , "}, "ZALO_MEDIA_HOSTS: must name hosts like"),
        ({"ZALO_MEDIA_HOSTS": "*"}, "ZALO_MEDIA_HOSTS: must name hosts like"),
        ({"ZALO_BUTTONS": "hemligt"}, "ZALO_BUTTONS: Input should be 'auto', 'on' or 'off'"),
        ({"ZALO_SIGNATURE": "hemligt"}, "ZALO_SIGNATURE: Input should be 'check' or 'log'"),
        ({"ZALO_PAUSE_MINUTES": "-1"}, "ZALO_PAUSE_MINUTES: Input should be greater than or equal to 0"),
        ({"ZALO_BOT_TOKEN": "hemligt"}, "ZALO_BOT_TOKEN: does not look like a bot token"),
        (
            {"TELEGRAM_WEBHOOK_URL": "https://x", "TELEGRAM_WEBHOOK_SECRET": ""},
            "DOITHOAI_TELEGRAM_WEBHOOK_URL also needs DOITHOAI_TELEGRAM_WEBHOOK_SECRET",
        ),
    ],
)
def test_each_mistake_has_its_sentence_and_repeats_no_value(monkeypatch: pytest.MonkeyPatch, values, sentence):
    with pytest.raises(SettingsError) as mistake:
        setting(monkeypatch, **values)

    assert sentence in str(mistake.value)
    assert "DOITHOAI_" in str(mistake.value)
    assert "hemligt" not in str(mistake.value)
    assert "secretuser" not in str(mistake.value)
    assert len(str(mistake.value).splitlines()) == 1


def test_several_servers_may_be_named_as_libpq_takes_them(monkeypatch: pytest.MonkeyPatch):
    url = "postgresql://doithoai:mật,mã@one,two:5433/doithoai?target_session_attrs=read-write"
    made = make_url(setting(monkeypatch, DATABASE_URL=url, SECRET_KEY="k" * 44).engine_url)

    assert made.query["host"] == ("one:5432", "two:5433")
    assert made.query["target_session_attrs"] == "read-write"
    assert (made.username, made.password, made.database) == ("doithoai", "mật,mã", "doithoai")


def test_several_mistakes_have_a_line_each(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(SettingsError) as mistake:
        setting(monkeypatch, HTTP_PORT="no", TELEGRAM_TOKEN="no", PUBLIC_URL="no")

    assert len(str(mistake.value).splitlines()) == 3


def test_an_address_ends_without_a_stroke_and_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch):
    settings = setting(
        monkeypatch, PUBLIC_URL="https://doithoai.example/", TELEGRAM_TOKEN="", SECRET_KEY="", DATABASE_URL=""
    )

    assert settings.public_url == "https://doithoai.example"
    assert settings.telegram_token is None
    assert settings.secret_key is None
    assert settings.on_sqlite


def test_an_account_is_served_with_its_five_settings(monkeypatch: pytest.MonkeyPatch):
    assert not read_settings().on_zalo
    settings = setting(
        monkeypatch,
        ZALO_APP_ID="1",
        ZALO_APP_SECRET="hemligt",
        ZALO_OA_ID="2",
        ZALO_OA_SECRET="hemligt",
        ZALO_REFRESH_TOKEN="hemligt",
        ZALO_MEDIA_HOSTS=" *.ZDN.vn , 127.0.0.1:8090 ",
        ZALO_BOT_TOKEN="",
    )

    assert settings.on_zalo
    assert settings.zalo_media_hosts == "*.zdn.vn,127.0.0.1:8090"
    assert settings.zalo_bot_token is None
    assert "hemligt" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "engine_url"),
    [
        ("sqlite:////var/lib/x.db", "sqlite+aiosqlite:////var/lib/x.db"),
        ("postgres://u@h/x", "postgresql+asyncpg://u@h/x"),
        ("postgresql+asyncpg://u:p@h:5433/x", "postgresql+asyncpg://u:p@h:5433/x"),
    ],
)
def test_the_address_of_the_database_is_put_as_the_engine_wants_it(monkeypatch: pytest.MonkeyPatch, url, engine_url):
    assert setting(monkeypatch, DATABASE_URL=url, SECRET_KEY=KEY).engine_url == engine_url


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch):
    settings = setting(monkeypatch, SECRET_KEY=KEY, TELEGRAM_TOKEN="12345:hemligt")

    assert KEY not in repr(settings)
    assert "hemligt" not in repr(settings)


def test_a_key_is_made_once_and_is_for_the_owner_alone(tmp_path: Path):
    first, second = keys_of(read_settings()), keys_of(read_settings())

    path = tmp_path / "data" / "secret.key"
    assert first == second == (path.read_text(),)
    assert len(first[0]) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_keys_given_are_used_the_newest_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    keys = keys_of(setting(monkeypatch, SECRET_KEY=f"{KEY} new, {KEY} old"))

    assert keys == (f"{KEY} new", f"{KEY} old")
    assert KeyVault(*keys).open(KeyVault(f"{KEY} old").seal("+84912345678")) == "+84912345678"
    assert not (tmp_path / "data" / "secret.key").exists()


def test_a_damaged_key_is_noticed_not_used(tmp_path: Path):
    """A machine that stops while the key is written leaves an empty file: an empty key would protect nothing."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text("")

    with pytest.raises(SettingsError, match="is damaged"):
        keys_of(read_settings())


async def test_a_data_folder_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings = setting(monkeypatch, DATA_DIR=str(tmp_path / "file" / "data"))

    with pytest.raises(SettingsError, match=r"DOITHOAI_DATA_DIR: .* cannot be created"):
        await open_store(settings)


async def test_a_database_nobody_can_open_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "no.sqlite3").write_text("this is no database, however long it may be" * 9)
    settings = setting(monkeypatch, DATABASE_URL=f"sqlite:///{tmp_path}/no.sqlite3", SECRET_KEY=KEY)

    with pytest.raises(SettingsError, match="the database cannot be used: file is not a database"):
        await open_store(settings)


async def test_a_server_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch):
    settings = setting(monkeypatch, DATABASE_URL="postgresql://u:hemligt@127.0.0.1:1/x", SECRET_KEY=KEY)

    with pytest.raises(SettingsError, match="the database cannot be used") as mistake:
        await open_store(settings)
    assert "hemligt" not in str(mistake.value)
