"""Zalo's error codes and what each means for a letter: the one place that knows them.

The codes are those of the consultation message and of template messages (ZBS); what is not listed is permanent.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.zalo.limits import HOLD_SECONDS, RATE_WINDOW
from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Throttled, Unavailable, Unreachable, WindowClosed


class Verdict(StrEnum):
    """What follows from an error code."""

    THROTTLED = "throttled"  # the application calls too often: everybody waits
    LATER = "later"  # this person gets no more for now
    UPLOAD_AGAIN = "upload_again"  # what was uploaded is gone
    AGAIN = "again"  # once more at once, then later
    TOKEN = "token"  # the access token is to be renewed, then once more  # noqa: S105 - no password
    SHAPE = "shape"  # the message's form is refused: without buttons it may pass
    UNREACHABLE = "unreachable"
    WINDOW = "window"  # only after the person has written
    QUOTA = "quota"  # nothing goes out until somebody buys or waits
    ACCOUNT = "account"  # the account, its package or its consent is to be put right
    NIGHT = "night"  # not between 22:00 and 06:00
    BY_PHONE = "by_phone"  # this template cannot go to a user id
    REJECTED = "rejected"  # our defect


OA: Mapping[int, Verdict] = MappingProxyType(
    {
        -32: Verdict.THROTTLED,
        -100: Verdict.UPLOAD_AGAIN,
        -200: Verdict.AGAIN,
        -201: Verdict.SHAPE,
        -204: Verdict.ACCOUNT,
        -205: Verdict.ACCOUNT,
        -209: Verdict.ACCOUNT,
        -210: Verdict.REJECTED,
        -211: Verdict.QUOTA,
        -212: Verdict.ACCOUNT,
        -213: Verdict.UNREACHABLE,
        -216: Verdict.TOKEN,
        -217: Verdict.UNREACHABLE,
        -218: Verdict.LATER,
        -219: Verdict.ACCOUNT,
        -220: Verdict.TOKEN,
        -221: Verdict.ACCOUNT,
        -223: Verdict.ACCOUNT,
        -224: Verdict.ACCOUNT,
        -227: Verdict.UNREACHABLE,
        -230: Verdict.WINDOW,
        -231: Verdict.WINDOW,
        -232: Verdict.WINDOW,
        -233: Verdict.SHAPE,
        -234: Verdict.NIGHT,
        -235: Verdict.REJECTED,
        -244: Verdict.UNREACHABLE,
        -248: Verdict.UNREACHABLE,
        -249: Verdict.BY_PHONE,
        -320: Verdict.ACCOUNT,
        -321: Verdict.QUOTA,
    }
)
"""Of the OpenAPI: consultation messages, uploads, templates by user id."""

BY_PHONE: Mapping[int, Verdict] = MappingProxyType(
    {
        **OA,
        -108: Verdict.UNREACHABLE,
        -114: Verdict.UNREACHABLE,
        -115: Verdict.QUOTA,
        -118: Verdict.UNREACHABLE,
        -119: Verdict.UNREACHABLE,
        -124: Verdict.TOKEN,
        -131: Verdict.REJECTED,
        -133: Verdict.NIGHT,
        -139: Verdict.UNREACHABLE,
        -141: Verdict.UNREACHABLE,
        -144: Verdict.QUOTA,
        # one source says "invalid token", another "the person blocked us": renewed once, then believed
        -216: Verdict.TOKEN,
    }
)
"""Of template messages to a phone number."""

_WAITS = {
    Verdict.THROTTLED: RATE_WINDOW,
    Verdict.LATER: 3600.0,
    Verdict.NIGHT: 3600.0,  # an hour at a time until the morning
    Verdict.QUOTA: HOLD_SECONDS,
    Verdict.ACCOUNT: HOLD_SECONDS,
}
"""Seconds until what may go out later is tried again."""


class Refusal(Exception):
    """Zalo has refused a call. `code` as it says it; its words are not kept, since they may name people."""

    def __init__(self, code: int, verdict: Verdict) -> None:
        super().__init__(f"Zalo refuses with {code}")
        self.code = code
        self.verdict = verdict


def failure_of(refusal: Refusal) -> DeliveryFailure:
    """What a refusal means for a letter once everything that could help was tried."""
    if refusal.verdict in _WAITS:
        return Throttled(_WAITS[refusal.verdict])
    match refusal.verdict:
        case Verdict.AGAIN | Verdict.TOKEN:
            return Unavailable(str(refusal))
        case Verdict.UNREACHABLE:
            return Unreachable(str(refusal))
        case Verdict.WINDOW:
            return WindowClosed(str(refusal))
        case _:
            return Rejected(str(refusal))
