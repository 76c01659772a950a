"""What an answer, a referral or an extension has to say before it may go out (R161, R122)."""

from datetime import date, timedelta

from intake.rules.errors import RuleBroken
from intake.rules.text import fitting

LONGEST_TEXT = 4000
LONGEST_AGENCY = 200
LONGEST_PROMISE = timedelta(days=3 * 366)
"""A date further away is taken for a slip of the finger (2204 for 2024)."""


def required(text: str, refusal: str, most: int = LONGEST_TEXT) -> str:
    """The text without space around it. Raises `RuleBroken`: `refusal` when it says nothing, `TooLong`.

    A dot or a dash typed to get past the question says nothing: there has to be a letter or a digit.
    """
    kept = text.strip()
    if not any(letter.isalnum() for letter in kept):
        raise RuleBroken(refusal)
    return fitting(kept, most)


def agency_named(text: str) -> str:
    """The name of the responsible agency on one line (R161). Raises `RuleBroken` when it is missing or too long."""
    return required(" ".join(text.split()), "refusal.agency_missing", LONGEST_AGENCY)


def promised_day(promised_on: date, today: date) -> date:
    """The date given with a referral or an extension (R161). Raises `RuleBroken` unless it lies after today."""
    if promised_on <= today:
        raise RuleBroken("refusal.day_not_later", {"today": today})
    if promised_on - today > LONGEST_PROMISE:
        raise RuleBroken("refusal.day_too_far")
    return promised_on
