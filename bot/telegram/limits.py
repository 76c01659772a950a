"""What Telegram can carry, as data; whatever it cannot is degraded in this folder, never in handlers."""

from dataclasses import dataclass

from bot.attachments import LARGEST


@dataclass(frozen=True, slots=True)
class Limits:
    """Capabilities of the Bot API (core.telegram.org/bots/api).

    `text_units` are UTF-16 units of one message, `callback_bytes` UTF-8 bytes of a button's code, `photo_bytes` the
    largest picture that is shown as one, `download_bytes` the largest file we take, `per_second` messages of one bot
    to all chats together, `updates_at_once` the updates of one `getUpdates`, `update_bytes` the largest webhook body.
    """

    buttons: bool = True
    text_units: int = 4096
    callback_bytes: int = 64
    photo_bytes: int = 10 * 1024 * 1024
    download_bytes: int = LARGEST
    per_second: int = 29
    updates_at_once: int = 100
    update_bytes: int = 1024 * 1024


LIMITS = Limits()

LISTENED_TO = ("message", "callback_query", "my_chat_member")
"""The kinds of updates asked for; edits are not among them: what was sent stands as it was sent."""


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def split_text(text: str, units: int = LIMITS.text_units) -> list[str]:
    """Cut a text into parts of at most `units` UTF-16 units, at the ends of words where there are any.

    The blanks at a cut are dropped, everything else is kept in order. A text of blanks alone has no parts.
    """
    parts = []
    rest = text.strip()
    while utf16_units(rest) > units:
        end = _fitting(rest, units)
        cut = _last_gap(rest, end)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _fitting(text: str, units: int) -> int:
    """How many characters from the start fit; at least one, so that every cut gets on."""
    used = 0
    for position, letter in enumerate(text):
        used += 2 if letter > "\uffff" else 1
        if used > units:
            return max(position, 1)
    return len(text)


def _last_gap(text: str, end: int) -> int:
    """Where to cut at or before `end`: after the last whole word; in the middle of a word only when it fills it all."""
    if text[end : end + 1].isspace():
        return end
    for position in range(end - 1, 0, -1):
        if text[position].isspace():
            return position
    return end
