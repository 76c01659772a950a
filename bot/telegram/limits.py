"""What Telegram can carry, as data; whatever it cannot is degraded in this folder, never in handlers."""

from dataclasses import dataclass
from datetime import timedelta

from bot.media.attachments import LARGEST
from bot.outbox.rate_limit import Allowance, Rate
from bot.outbox.splitting import split_text as cut


@dataclass(frozen=True, slots=True)
class TelegramLimits:
    """Capabilities of the Bot API (core.telegram.org/bots/api).

    `text_units` are UTF-16 units of one message: apps cut what is longer, at the end of a line or a sentence where
    there is one in its second half. `callback_bytes` UTF-8 bytes of a button's code, `photo_bytes` the largest picture
    that is shown as one, `download_bytes` the largest file we take, `updates_at_once` the updates of one `getUpdates`,
    `update_bytes` the largest webhook body.
    """

    buttons: bool = True
    text_units: int = 4096
    callback_bytes: int = 64
    photo_bytes: int = 10 * 1024 * 1024
    download_bytes: int = LARGEST
    updates_at_once: int = 100
    update_bytes: int = 1024 * 1024


LIMITS = TelegramLimits()

ALLOWED = Allowance(at_once=16, overall=Rate(30, 1), per_chat=Rate(1, 1), per_group=Rate(20, 60))
"""How many messages a bot may send (core.telegram.org/bots/faq, "My bot is hitting limits").

Sixteen under way keep the rate up where an answer takes half a second.
"""

TAKES_BACK = timedelta(hours=48)
"""For how long a bot may delete what it sent (core.telegram.org/bots/api#deletemessage)."""

LISTENED_TO = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates asked for."""


def split_text(text: str, units: int = LIMITS.text_units) -> list[str]:
    """The parts of a text that Telegram takes one by one; it counts UTF-16 units."""
    return cut(text, units)
