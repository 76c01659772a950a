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
HOOKED = {"TELEGRAM_TOKEN": "12:letters", "TELEGRAM_WEBHOOK_SECRET": "sixteen-letters-or-more"}


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
        ({"HTTP_PORT": "hemligt"}, "HTTP_PORT: must be a whole number from 1 to 65535"),
        ({"HTTP_PORT": "0"}, "HTTP_PORT: must be a whole number from 1 to 65535"),
        ({"HTTP_PORT": "65536"}, "HTTP_PORT: must be a whole number from 1 to 65535"),
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
        ({"ZALO_BUTTONS": "hemligt"}, "ZALO_BUTTONS: must be auto, on or off"),
        ({"ZALO_SIGNATURE": "hemligt"}, "ZALO_SIGNATURE: must be check or log"),
        ({"ZALO_PAUSE_MINUTES": "-1"}, "ZALO_PAUSE_MINUTES: must be a whole number from 0 to 10080"),
        ({"ZALO_BOT_TOKEN": "hemligt"}, "ZALO_BOT_TOKEN: does not look like a bot token"),
        (
            {"TELEGRAM_WEBHOOK_URL": "https://x", "TELEGRAM_WEBHOOK_SECRET": ""},
            "DOITHOAI_TELEGRAM_WEBHOOK_URL also needs DOITHOAI_TELEGRAM_WEBHOOK_SECRET",
        ),
        (
            {"TELEGRAM_WEBHOOK_URL": "https://x", "TELEGRAM_WEBHOOK_SECRET": KEY.replace(" ", "-")},
            "DOITHOAI_TELEGRAM_WEBHOOK_URL also needs DOITHOAI_TELEGRAM_TOKEN",
        ),
        ({"TELEGRAM_WEBHOOK_URL": "http://hemligt", **HOOKED}, "TELEGRAM_WEBHOOK_URL: Telegram calls https:// only"),
        ({"TELEGRAM_WEBHOOK_SECRET": f"hemligt {KEY}"}, "TELEGRAM_WEBHOOK_SECRET: must have 1 to 256 characters"),
        ({"TELEGRAM_TOKEN": "12:hemligt hemligt"}, "TELEGRAM_TOKEN: does not look like a bot token"),
        ({"CULTURE_DAY": "hemligt"}, "CULTURE_DAY: must be true or false"),
        ({"PERSON_LETTERS": "19999"}, "PERSON_LETTERS: must be a whole number from 20000 to "),
        ({"QUESTIONS_A_DAY": "9" * 30}, "QUESTIONS_A_DAY: must be a whole number from 1 to "),
        ({"PUBLIC_URL": "https://hemligt:port"}, "PUBLIC_URL: names a port that is none"),
        ({"PUBLIC_URL": "https://hemligt:99999"}, "PUBLIC_URL: names a port that is none"),
        ({"PUBLIC_URL": "https://x.example/?hemligt"}, "PUBLIC_URL: must end before ? and #"),
        ({"PUBLIC_URL": "https://x.example/hemligt"}, "PUBLIC_URL: must end with the host: pages lie at its root"),
        ({"HTTP_HOST": "https://hemligt"}, "HTTP_HOST: must be an address of this machine alone"),
        ({"HTTP_HOST": "hemligt:8080"}, "HTTP_HOST: must be an address of this machine alone"),
        ({"HTTP_HOST": "đ..hemligt"}, "HTTP_HOST: must be an address of this machine alone"),
        ({"DATABASE_URL": "sqlite:///"}, "DATABASE_URL: must name the file"),
        ({"DATABASE_URL": "sqlite://hemligt/x"}, "DATABASE_URL: must name the file"),
        ({"DATABASE_URL": "sqlite:////x?mode=hemligt"}, "DATABASE_URL: must name the file and nothing behind it"),
        ({"DATABASE_URL": "postgresql://u@hemligt:99999/x"}, "DATABASE_URL: names a port that is none"),
        ({"DATABASE_URL": "postgresql://u@one:1,hemligt:99999/x"}, "DATABASE_URL: names a port that is none"),
        ({"DATABASE_URL": "postgresql://u@h/x?hemligt=1"}, "DATABASE_URL: behind ? may stand sslmode, "),
        ({"DATABASE_URL": "postgresql://u@h/x?sslmode=hemligt"}, "DATABASE_URL: sslmode is one of disable, allow, "),
        (
            {"DATABASE_URL": "postgresql://u@h/x?prepared_statement_cache_size=hemligt"},
            "DATABASE_URL: prepared_statement_cache_size is a number",
        ),
        ({"ATTACHMENTS_URL": "file://hemligt"}, "ATTACHMENTS_URL: must begin with s3://bucket or file:///folder"),
        ({"DATA_DIR": "~/hemligt"}, "DATA_DIR: ~ is not looked up here; write the whole path"),
        ({"ZALO_TEMPLATES": "~/hemligt"}, "ZALO_TEMPLATES: ~ is not looked up here; write the whole path"),
        ({"DATA_DIR": '"/srv/hemligt"'}, "DATA_DIR: leave the quotation marks around it out"),
        ({"PUBLIC_URL": "'https://hemligt'"}, "PUBLIC_URL: leave the quotation marks around it out"),
        ({"PUBLIC_URL": "https://…"}, "PUBLIC_URL: is not filled in yet"),
        ({"ZALO_BOT_TOKEN": "…"}, "ZALO_BOT_TOKEN: is not filled in yet"),
        ({"ZALO_MEDIA_HOSTS": "hemligt:99999"}, "ZALO_MEDIA_HOSTS: must name hosts like"),
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


def test_no_sentence_is_that_of_a_library(monkeypatch: pytest.MonkeyPatch):
    """Whatever is wrong, whoever installs reads our words and what would be right."""
    for name in Settings.model_fields:
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", "~ -1 hemligt")
    with pytest.raises(SettingsError) as mistakes:
        read_settings()

    said = str(mistakes.value).splitlines()
    assert len(said) > len(Settings.model_fields) - 10
    assert not [one for one in said if "Input" in one or "hemligt" in one]


def test_what_stands_around_a_value_is_no_part_of_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Copied with a space before or behind it; and a line of spaces counts as not set."""
    settings = setting(
        monkeypatch,
        DATA_DIR=f" {tmp_path} ",
        PUBLIC_URL=" https://doithoai.example ",
        HTTP_HOST="  ",
        HTTP_PORT=" 8081 ",
        TELEGRAM_TOKEN=" 12:letters ",
        ZALO_BUTTONS=" off ",
    )

    assert (settings.data_dir, settings.public_url) == (tmp_path, "https://doithoai.example")
    assert (settings.http_host, settings.http_port, settings.zalo_buttons) == ("127.0.0.1", 8081, "off")
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "12:letters"


def test_a_server_of_the_bot_api_on_this_machine_may_call_without_tls(monkeypatch: pytest.MonkeyPatch):
    hooked = setting(
        monkeypatch,
        TELEGRAM_API="http://127.0.0.1:8081",
        TELEGRAM_WEBHOOK_URL="http://127.0.0.1:8080/telegram",
        **HOOKED,
    )

    assert hooked.telegram_webhook_url == "http://127.0.0.1:8080/telegram"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "::1", "fe80::1%eth0", "localhost", "doithoai-1.xa.example"])  # noqa: S104 - only read
def test_what_may_be_listened_on(monkeypatch: pytest.MonkeyPatch, host: str):
    assert setting(monkeypatch, HTTP_HOST=host).http_host == host


def test_encryption_is_asked_for_as_libpq_has_it(monkeypatch: pytest.MonkeyPatch):
    """Whoever rents a database is given an address with `sslmode`; the driver calls it otherwise."""
    url = "postgresql://doithoai:x@db.example/doithoai?sslmode=require&target_session_attrs=read-write"
    made = make_url(setting(monkeypatch, DATABASE_URL=url, SECRET_KEY="k" * 44).engine_url)

    assert dict(made.query) == {"ssl": "require", "target_session_attrs": "read-write"}


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
    """A file of which only the beginning is left: what is short protects little. One that is empty is made anew."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_text(KEY[:8])

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
