"""What the networks of an installation allow, from its settings: windows, template messages, budgets."""

from datetime import timedelta

from bot.settings import Settings
from bot.telegram.limits import ALLOWED as TELEGRAM_ALLOWS
from bot.template_file import read_templates
from bot.zalo.limits import ALLOWED as ZALO_ALLOWS
from intake.rules.budget import parse_budgets
from intake.rules.person import Network
from intake.rules.reach import ZALO_WINDOW, Reach


def reach_of(settings: Settings) -> Reach:
    """Put it together. Raises `SettingsError` with a clear sentence when the file of templates cannot be used."""
    path = settings.zalo_templates
    return Reach(
        windows={Network.ZALO: ZALO_WINDOW},
        templates={} if path is None else {Network.ZALO: read_templates(path)},
        budgets=parse_budgets(settings.zalo_monthly_messages),
        patience=timedelta(days=settings.return_days),
        per_second=_rates(),
    )


def _rates() -> dict[Network, float]:
    allowed = {Network.TELEGRAM: TELEGRAM_ALLOWS.overall, Network.ZALO: ZALO_ALLOWS.overall}
    return {network: rate.most / rate.seconds for network, rate in allowed.items() if rate is not None}
