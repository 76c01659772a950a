"""What Zalo can carry and how patient it is, as data; whatever it cannot is degraded in this folder.

The figures are of OpenAPI v3 as its integrators document them; none is guaranteed, so none is assumed elsewhere.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.media.attachments import LARGEST
from bot.outbox.rate_limit import Allowance, Rate


@dataclass(frozen=True, slots=True)
class ZaloLimits:
    """Capabilities of an Official Account.

    `text_units` are counted after NFC, as UTF-16 units: the stricter of the ways Zalo may count. `buttons` and their
    `label_units` and `payload_units` of one message; `page` options of a numbered menu at a time. `image_bytes`
    and `file_bytes` of an upload, `download_bytes` the largest file we take, `event_bytes` the largest webhook body.
    """

    text_units: int = 2000
    buttons: int = 5
    label_units: int = 100
    payload_units: int = 1000
    card_title_units: int = 100
    card_subtitle_units: int = 500
    page: int = 9
    image_bytes: int = 1024 * 1024
    gif_bytes: int = 5 * 1024 * 1024
    file_bytes: int = 5 * 1024 * 1024
    download_bytes: int = LARGEST
    event_bytes: int = 256 * 1024


LIMITS = ZaloLimits()

STORE_SECONDS = 1.5
"""How long storing an event may take: Zalo wants its 200 within two seconds, and brings what it did not get again."""

MENU_LASTS = timedelta(hours=24)
"""How long the numbers of a menu stand for its options."""

UPLOAD_LASTS = timedelta(days=6)
"""How long an uploaded file is used again; Zalo keeps it for seven days."""

RATE_WINDOW = 60.0
"""Seconds of the window in which Zalo counts the calls of an application."""


def rate_of(calls: int) -> Rate:
    """At which rate to send where an application may make so many calls in a window: a fiftieth is left for others.

    Uploads, profiles and template messages are calls too; and once the last call is used up we know nothing better than
    to wait for a whole window.
    """
    return Rate(max(1, calls - calls // 50), RATE_WINDOW)


ALLOWED = Allowance(overall=rate_of(4000))
"""Until Zalo's answers tell the rate of the application."""

HOLD_SECONDS = 300.0
"""How long nothing is tried after a refusal that only a person can put right (quota, package, authorisation)."""

REFRESH_EARLY = timedelta(minutes=30)
"""How long before its end an access token is renewed; a quarter of its life when it lives for less than two hours."""

REFRESH_CLAIM = timedelta(seconds=45)
"""How long one process may take to renew the tokens before another tries."""

REFRESH_TOKEN_OLD = timedelta(days=75)
"""From which age a refresh token is worth an alarm; it lives for three months."""

EVENTS_KEPT = timedelta(days=7)
"""How long an emptied event is remembered, so that it is known when it comes again."""
