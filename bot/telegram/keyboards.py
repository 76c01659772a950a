"""Buttons as Telegram draws them: under the message, or, to ask for a phone number, in place of the letter keys.

They are told in the words of the Bot API. As objects of the library they take fifty times as long, for each letter.
"""

from typing import Any

from intake.rules.outbox.delivery import Rejected
from wording.texts import Rendered, Tap

from .limits import LIMITS

Keyboard = dict[str, Any]
NONE: Keyboard = {"remove_keyboard": True}
"""No keyboard, and away with one that stands in place of the letter keys."""


def keyboard_of(rendered: Rendered) -> Keyboard:
    """The keyboard of a message. Raises `Rejected` for a button that Telegram would refuse: it is our defect.

    Only the keyboard in place of the letter keys can ask for a phone number; its other buttons come back as typed
    labels. It folds away after one use, and the next message without buttons takes it away for good; a message cannot
    both bring buttons and take that keyboard away.
    """
    if rendered.contact_label:
        contact = [{"text": rendered.contact_label, "request_contact": True}]
        rows = [[{"text": tap.label} for tap in row if tap.label] for row in rendered.rows]
        return {
            "keyboard": [contact, *(row for row in rows if row)],
            "one_time_keyboard": True,
            "resize_keyboard": True,
            "is_persistent": False,
        }
    drawn = [[_button(tap) for tap in row] for row in rendered.rows if row]
    return {"inline_keyboard": drawn} if drawn else NONE


def _button(tap: Tap) -> dict[str, str]:
    if not tap.label:
        raise Rejected("a button without a label")
    if tap.url:
        return {"text": tap.label, "url": tap.url}
    if not 1 <= len(tap.code.encode()) <= LIMITS.callback_bytes:
        raise Rejected(f"a button's code of {len(tap.code.encode())} bytes")
    return {"text": tap.label, "callback_data": tap.code}
