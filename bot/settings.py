"""Every setting, from the environment (`DOITHOAI_…`), checked at start with one clear sentence for each mistake."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from annotated_types import Ge, Le
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.console import SettingsError as SettingsError  # noqa: PLC0414 - whoever reads settings catches it here
from bot.setting_values import (
    SHORTEST_SECRET,
    AccessToken,
    Address,
    BotToken,
    DatabaseUrl,
    HookSecret,
    Hosts,
    ListeningAt,
    PlaceUrl,
    SiteAddress,
    UserName,
    WholePath,
    ZaloId,
    as_written,
)
from intake.rules.outbox.channel_policy import parse_budgets
from intake.rules.people.quota import MEGABYTE, DailyQuota, HouseLimits
from intake.rules.people.retention import KeptFor

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PREFIX = "DOITHOAI_"
DATABASE_FILE = "doithoai.sqlite3"
_API_OF_TELEGRAM = "https://api.telegram.org"


class Settings(BaseSettings):
    """What an installation decides. Built once, in `main()`; nothing else reads the environment."""

    # what is left empty counts as not set: the server would take an empty address to listen on for all there are
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: WholePath = Field(
        default=Path("var"), description="Folder for the SQLite file, attachments and the generated key."
    )
    database_url: DatabaseUrl = Field(
        default="",
        description="`sqlite:///file` or `postgresql://user@host/name`. Default: an SQLite file in the data folder.",
    )
    attachments_url: PlaceUrl = Field(
        default="",
        description="Where files people sent lie, where that is not the data folder: `s3://bucket/prefix` (any storage "
        "that speaks S3; its credentials in `AWS_…`), `file:///folder`. The same for every process.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key for phone numbers and codes, 16 characters or more; earlier keys may follow after commas. "
        "Default with SQLite: made at the first start and kept in the data folder. Required with PostgreSQL.",
    )
    culture_day: bool = Field(
        default=True,
        description="Whether 24 November (Vietnam Culture Day) is a day off; the same for every process and command.",
    )
    http_host: ListeningAt = Field(default="127.0.0.1", description="Address the web side listens on.")
    http_port: int = Field(default=8080, ge=1, le=65535, description="Port the web side listens on.")
    public_url: SiteAddress = Field(default="", description="How people reach the web side from outside, `https://…`.")
    metrics_token: AccessToken = Field(
        default=None,
        description="Token required to read `/metrics` (`Authorization: Bearer …`), 16 characters or more; without "
        "one only this machine may read it, and nobody where others are served through a proxy.",
    )
    telegram_token: BotToken = Field(
        default=None, description="Token of the Telegram bot; without it Telegram is not served."
    )
    telegram_name: UserName = Field(
        default="",
        description="User name of the Telegram bot, for links on posters. Default: asked of Telegram by the process "
        "that receives from it; needed where other processes draw posters.",
    )
    telegram_api: Address = Field(default=_API_OF_TELEGRAM, description="Base URL of the Bot API server to use.")
    telegram_webhook_url: Address = Field(
        default="", description="Full `https://…` address Telegram is to call; without it the bot polls."
    )
    telegram_webhook_secret: HookSecret = Field(
        default=None,
        description="Secret Telegram sends along with each call (letters, digits, `_`, `-`; 16 characters or more are "
        "hard to guess); required with a webhook address.",
    )
    zalo_templates: WholePath | None = Field(
        default=None, description="TOML file with Zalo's approved template messages; without it none are sent."
    )
    zalo_monthly_messages: str = Field(
        default="",
        description="How many paid Zalo messages each unit wants to send in a month: `3000`, or `3000,VB=5000` "
        "where a unit has a number of its own; its secretary is warned at 80 % and 100 %. Default: no budget.",
    )
    return_days: int = Field(
        default=3,
        ge=0,
        le=365,
        description="After how many days of waiting for a person's return the hamlet head is asked to tell them.",
    )
    news_minutes: int = Field(
        default=60,
        ge=0,
        le=1440,
        description="For how many minutes after a letter about a new question further ones are kept for one letter "
        "together, by day; 0: a letter each. Urgent and sealed ones are told of at once.",
    )
    keep_sent_days: int = Field(
        default=90,
        ge=30,
        le=3650,
        description="How many days delivered letters are kept, without their words; those about an open question, or "
        "that something else refers to, 400 days or more.",
    )
    keep_chat_days: int = Field(
        default=365,
        ge=30,
        le=3650,
        description="How many days lines of the web chat are kept: a year, since plans are yearly. Questions and "
        "answers stay, they are the administrative record.",
    )
    keep_draft_days: int = Field(
        default=30,
        ge=7,
        le=365,
        description="How many days something begun and left is kept, also of people who never agreed to be known.",
    )
    keep_request_days: int = Field(
        default=730,
        ge=90,
        le=3650,
        description="How many days the words of a request about own data are kept once it is done, should somebody "
        "complain about how it was dealt with.",
    )
    keep_block_days: int = Field(
        default=365,
        ge=30,
        le=3650,
        description="How many days the reason of a block is kept after it ended, to see whether it comes again and "
        "again.",
    )

    stranger_letters: int = Field(
        default=20_000,
        ge=2_000,
        le=100_000_000,
        description="How many letters one chat may type in a day before its person has agreed to be known.",
    )
    stranger_megabytes: int = Field(
        default=10, ge=0, le=100_000, description="How many megabytes of files one chat may send in a day before that."
    )
    person_letters: int = Field(
        default=300_000,
        ge=20_000,
        le=100_000_000,
        description="How many letters one chat may type in a day once its person is known.",
    )
    person_megabytes: int = Field(
        default=100,
        ge=10,
        le=100_000,
        description="How many megabytes of files one chat may send in a day once its person is known.",
    )
    questions_a_day: int = Field(
        default=10,
        ge=1,
        le=10_000,
        description="How many questions one person may send in a day, and how many requests about their own data; a "
        "hamlet head five times as many for neighbours.",
    )
    connections: int = Field(
        default=2000,
        ge=50,
        le=1_000_000,
        description="How many connections the web side holds open, of all visitors together.",
    )
    connections_of_one_address: int = Field(
        default=600,
        ge=10,
        le=1_000_000,
        description="How many of them one address may hold; not counted behind a proxy.",
    )
    chats_an_hour: int = Field(
        default=60,
        ge=20,
        le=100_000,
        description="How many web chats may be opened from one address in an hour, 20 of them at once.",
    )

    zalo_app_id: ZaloId = Field(
        default="", description="Id of the Zalo application; with the four that follow, Zalo is served."
    )
    zalo_app_secret: SecretStr | None = Field(default=None, description="Secret key of the Zalo application.")
    zalo_oa_id: ZaloId = Field(default="", description="Id of the Official Account.")
    zalo_oa_secret: SecretStr | None = Field(
        default=None, description="OA Secret Key of the application's webhook page; events are checked with it."
    )
    zalo_refresh_token: SecretStr | None = Field(
        default=None,
        description="First refresh token of the account, good for one use; set a new one when Zalo refuses the stored "
        "one.",
    )
    zalo_api: Address = Field(default="https://openapi.zalo.me", description="Base URL of Zalo's OpenAPI.")
    zalo_oauth: Address = Field(default="https://oauth.zaloapp.com", description="Base URL of Zalo's OAuth server.")
    zalo_media_hosts: Hosts = Field(
        default="*.zdn.vn",
        description="Hosts that incoming files may be fetched from, separated by commas; `*.name` for all below it, "
        "`name:port` where it is not 443.",
    )
    zalo_buttons: Literal["auto", "on", "off"] = Field(
        default="auto",
        description="Options as buttons: `on`, `off` (numbers in the text), or `auto`: until the account refuses one.",
    )
    zalo_signature: Literal["check", "log"] = Field(
        default="check",
        description="`log` accepts events with a wrong signature and only logs them; for the first day of a new "
        "account.",
    )
    zalo_fresh_hours: int = Field(
        default=24,
        ge=3,
        le=160,
        description="How many hours ago an event may have been made; Zalo brings one again for two hours at most.",
    )
    zalo_silent_days: int = Field(
        default=3,
        ge=0,
        le=60,
        description="After how many working days without a word on Zalo the office is told to try it; 0: never.",
    )
    zalo_pause_minutes: int = Field(
        default=60,
        ge=0,
        le=7 * 24 * 60,
        description="How long the bot stays silent in a chat after somebody has answered there by hand; 0: never.",
    )
    zalo_bot_token: BotToken = Field(
        default=None, description="Token of a bot of the Zalo Bot Platform, for trials and officials."
    )
    zalo_bot_api: Address = Field(
        default="https://bot-api.zaloplatforms.com", description="Base URL of the Zalo Bot Platform."
    )

    @model_validator(mode="before")
    @classmethod
    def _set_at_all(cls, written: dict[str, Any]) -> dict[str, Any]:
        """What is blank counts as not set, like what is empty."""
        return {name: value for name, value in written.items() if not isinstance(value, str) or value.strip()}

    @field_validator("*", mode="before")
    @classmethod
    def _as_written(cls, value: object, field: ValidationInfo) -> object:
        return as_written(value, quoted=field.field_name == "secret_key") if isinstance(value, str) else value

    @field_validator("zalo_monthly_messages")
    @classmethod
    def _budgets(cls, written: str) -> str:
        parse_budgets(written)
        return written

    @model_validator(mode="after")
    def _together(self) -> Self:
        if self.telegram_webhook_url and self.telegram_webhook_secret is None:
            raise ValueError(f"{PREFIX}TELEGRAM_WEBHOOK_URL also needs {PREFIX}TELEGRAM_WEBHOOK_SECRET")
        if self.telegram_webhook_url and self.telegram_token is None:
            raise ValueError(f"{PREFIX}TELEGRAM_WEBHOOK_URL also needs {PREFIX}TELEGRAM_TOKEN")
        if self.telegram_webhook_url.startswith("http://") and self.telegram_api == _API_OF_TELEGRAM:
            raise ValueError(f"{PREFIX}TELEGRAM_WEBHOOK_URL: Telegram calls https:// only")
        _all_or_none(
            {
                "ZALO_APP_ID": self.zalo_app_id,
                "ZALO_APP_SECRET": self.zalo_app_secret,
                "ZALO_OA_ID": self.zalo_oa_id,
                "ZALO_OA_SECRET": self.zalo_oa_secret,
                "ZALO_REFRESH_TOKEN": self.zalo_refresh_token,
            }
        )
        if self.secret_key is not None:
            for key in self.secret_key.get_secret_value().split(","):
                if len(key.strip()) < SHORTEST_SECRET:
                    raise ValueError(f"{PREFIX}SECRET_KEY must have {SHORTEST_SECRET} characters or more")
        if self.secret_key is None and not self.on_sqlite:
            raise ValueError(f"{PREFIX}SECRET_KEY is required with PostgreSQL, the same for every process")
        return self

    @property
    def house_limits(self) -> HouseLimits:
        """How much the installation takes."""
        return HouseLimits(
            before_consent=DailyQuota(self.stranger_letters, self.stranger_megabytes * MEGABYTE),
            after_consent=DailyQuota(self.person_letters, self.person_megabytes * MEGABYTE),
            questions_a_day=self.questions_a_day,
        )

    def as_text(self) -> dict[str, str]:
        """Every setting by its name, secrets among them: for telling whether one has changed, not for showing."""
        values = {name: getattr(self, name) for name in sorted(type(self).model_fields)}
        return {
            name: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in values.items()
        }

    @property
    def kept_for(self) -> KeptFor:
        """How long what nobody needs any more of people is kept."""
        return KeptFor(
            chat_lines=timedelta(days=self.keep_chat_days),
            drafts=timedelta(days=self.keep_draft_days),
            request_words=timedelta(days=self.keep_request_days),
            blocks=timedelta(days=self.keep_block_days),
        )

    @property
    def on_zalo(self) -> bool:
        """Whether an Official Account is set up."""
        return bool(self.zalo_oa_id)

    @property
    def served_to_others(self) -> bool:
        """Whether people or networks reach the web side from outside: then something in front of it ends TLS."""
        return bool(self.public_url or self.telegram_webhook_url or self.on_zalo)

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is an SQLite file."""
        return not self.database_url or self.database_url.startswith("sqlite")

    @property
    def database_file(self) -> Path | None:
        """Where the SQLite file is; `None` on PostgreSQL."""
        return Path(self.engine_url.partition(":///")[2]) if self.on_sqlite else None

    @property
    def database_missing(self) -> bool:
        """Whether the SQLite file is still to be made; never on PostgreSQL."""
        return self.database_file is not None and not self.database_file.exists()

    @property
    def engine_url(self) -> str:
        """The database's address as SQLAlchemy's async layer wants it."""
        url = self.database_url or f"sqlite:///{(self.data_dir / DATABASE_FILE).absolute()}"
        scheme, _, rest = url.partition("://")
        driver = "sqlite+aiosqlite" if scheme.startswith("sqlite") else "postgresql+asyncpg"
        return f"{driver}://{rest}"


def _all_or_none(values: Mapping[str, object]) -> None:
    """The settings of one network are all there, or none is."""
    missing = [f"{PREFIX}{name}" for name, value in values.items() if not value]
    if 0 < len(missing) < len(values):
        raise ValueError(f"Zalo also needs {', '.join(missing)}: the account's five settings go together")


def read_settings() -> Settings:
    """Read the environment. Raises `SettingsError` with one sentence for each mistake; a value is never repeated."""
    try:
        return Settings()
    except ValidationError as mistakes:
        lines = []
        for mistake in mistakes.errors():
            name = "".join(f"{PREFIX}{str(part).upper()}: " for part in mistake["loc"])
            lines.append(f"{name}{_in_words(mistake)}")
        raise SettingsError("\n".join(lines)) from None


def _in_words(mistake: "ErrorDetails") -> str:
    """What a value would have to be: of pydantic's own mistakes in our words, of ours as they stand."""
    kind = mistake["type"].partition("_")[0]
    if kind in ("int", "greater", "less"):
        limits = Settings.model_fields[str(mistake["loc"][0])].metadata
        least = next(limit.ge for limit in limits if isinstance(limit, Ge))
        most = next(limit.le for limit in limits if isinstance(limit, Le))
        return f"must be a whole number from {least} to {most}"
    if kind == "bool":
        return "must be true or false"
    if kind == "literal":
        return f"must be {mistake['ctx']['expected'].replace(chr(39), '')}"
    return mistake["msg"].removeprefix("Value error, ")


def unknown_settings() -> list[str]:
    """Names of variables that look like settings of ours and are none: slips, or of another version."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    ours = (name for name in os.environ if name.startswith(PREFIX) and not name.startswith(f"{PREFIX}TEST_"))
    return sorted(name for name in ours if name not in known)
