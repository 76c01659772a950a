"""Buttons as Telegram draws them: under the message, or, to ask for a phone number, in place of the letter keys."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from intake.rules.outbox.delivery import Rejected
from wording.texts import Rendered, Tap

from .limits import LIMITS

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def keyboard_of(rendered: Rendered) -> Keyboard:
    """The keyboard of a message. Raises `Rejected` for a button that Telegram would refuse: it is our defect.

    Only the keyboard in place of the letter keys can ask for a phone number; its other buttons come back as typed
    labels. It folds away after one use, and the next message without buttons takes it away for good; a message cannot
    both bring buttons and take that keyboard away.
    """
    if rendered.contact_label:
        contact = [KeyboardButton(rendered.contact_label, request_contact=True)]
        rows = [[KeyboardButton(tap.label) for tap in row if tap.label] for row in rendered.rows]
        return ReplyKeyboardMarkup(
            [contact, *(row for row in rows if row)], one_time_keyboard=True, resize_keyboard=True, is_persistent=False
        )
    drawn = [[_button(tap) for tap in row] for row in rendered.rows if row]
    return InlineKeyboardMarkup(drawn) if drawn else ReplyKeyboardRemove()


def _button(tap: Tap) -> InlineKeyboardButton:
    if not tap.label:
        raise Rejected("a button without a label")
    if tap.url:
        return InlineKeyboardButton(tap.label, url=tap.url)
    if not 1 <= len(tap.code.encode()) <= LIMITS.callback_bytes:
        raise Rejected(f"a button's code of {len(tap.code.encode())} bytes")
    return InlineKeyboardButton(tap.label, callback_data=tap.code)
