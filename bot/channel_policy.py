"""What the networks of an installation allow, from its settings: windows, template messages, budgets."""

import tomllib
from datetime import timedelta
from pathlib import Path

from bot.settings import PREFIX, Settings, SettingsError
from bot.telegram.limits import ALLOWED as TELEGRAM_ALLOWS
from bot.telegram.limits import TAKES_BACK
from bot.zalo.limits import ALLOWED as ZALO_ALLOWS
from intake.rules.outbox.channel_policy import ZALO_WINDOW, ChannelPolicy, parse_budgets
from intake.rules.outbox.template import Templates, parse_templates
from intake.rules.people.person import Network


def read_templates(path: Path) -> Templates:
    """The template messages a file names. Raises `SettingsError`."""
    try:
        return parse_templates(tomllib.loads(path.read_text("utf-8")))
    except OSError as trouble:
        raise SettingsError(f"{PREFIX}ZALO_TEMPLATES: {path} cannot be read: {trouble.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{PREFIX}ZALO_TEMPLATES: {path} is not saved as UTF-8") from None
    except tomllib.TOMLDecodeError as mistake:
        raise SettingsError(f"{PREFIX}ZALO_TEMPLATES: {path} is not a TOML file: {mistake}") from None
    except ValueError as mistake:
        raise SettingsError(f"{PREFIX}ZALO_TEMPLATES: {path}: {mistake}") from None


def channel_policy_of(settings: Settings) -> ChannelPolicy:
    """Put it together. Raises `SettingsError` with a clear sentence when the file of templates cannot be used."""
    path = settings.zalo_templates
    return ChannelPolicy(
        windows={Network.ZALO: ZALO_WINDOW},
        templates={} if path is None else {Network.ZALO: read_templates(path)},
        budgets=parse_budgets(settings.zalo_monthly_messages),
        patience=timedelta(days=settings.return_days),
        per_second=_rates(),
        news_together=timedelta(minutes=settings.news_minutes),
        takes_back={Network.TELEGRAM: TAKES_BACK},
    )


def _rates() -> dict[Network, float]:
    allowed = {Network.TELEGRAM: TELEGRAM_ALLOWS.overall, Network.ZALO: ZALO_ALLOWS.overall}
    return {network: rate.most / rate.seconds for network, rate in allowed.items() if rate is not None}
