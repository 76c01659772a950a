"""Zalo's events, read: whose they are, which account they concern, when they were made, and by what they are known.

All ids are opaque text; every field is read with suspicion, since only the signature says that Zalo wrote it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST_ID = 80
_LAST_MS = 10**15
FROM_PEOPLE = "user_send_"
SUBMITTED = "user_submit_info"
FOLLOW = "follow"
UNFOLLOW = "unfollow"
FROM_ACCOUNT = "oa_send_"
IN_GROUPS = ("user_send_group_", "oa_send_group_")


@dataclass(frozen=True, slots=True)
class Event:
    """One event that concerns us.

    `address` is the person's user id with the account, `key` the same whenever the event comes again. `message` and
    `info` are what the person sent; `admin` is the person of the office who answered by hand.
    """

    name: str
    oa_id: str
    address: str
    key: str
    sent_at_ms: int
    message: Mapping[str, Any]
    info: Mapping[str, Any]
    message_id: str = ""
    admin: str = ""


def read_event(raw: Mapping[str, Any]) -> Event | None:
    """The event of a body; None for those we ignore: receipts, echoes of our own messages, groups, calls, tags."""
    name = _text(raw.get("event_name"))
    sender, recipient = _object(raw.get("sender")), _object(raw.get("recipient"))
    admin = ""
    if name.startswith(IN_GROUPS):
        return None
    if name.startswith(FROM_PEOPLE) or name == SUBMITTED:
        oa_id, address = _text(recipient.get("id")), _text(sender.get("id"))
    elif name in (FOLLOW, UNFOLLOW):
        oa_id, address = _text(raw.get("oa_id")), _text(_object(raw.get("follower")).get("id"))
    elif name.startswith(FROM_ACCOUNT):
        oa_id, address = _text(sender.get("id")), _text(recipient.get("id"))
        admin = _text(sender.get("admin_id"))
    else:
        return None
    if not oa_id or not address or (name.startswith(FROM_ACCOUNT) and not admin):
        return None
    message = _object(raw.get("message"))
    message_id, said_at = _text(message.get("msg_id")), _text(raw.get("timestamp"))
    return Event(
        name=name,
        oa_id=oa_id,
        address=address,
        key=message_id or _digest(name, oa_id, address, said_at),
        sent_at_ms=_milliseconds(said_at),
        message=message,
        info=_object(raw.get("info")),
        message_id=message_id,
        admin=admin,
    )


def timestamp_of(raw: Mapping[str, Any]) -> str:
    """The moment as the event says it, which is part of what is signed."""
    return _text(raw.get("timestamp"))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _milliseconds(text: str) -> int:
    return min(int(text), _LAST_MS) if text.isascii() and text.isdecimal() and len(text) <= len(str(_LAST_MS)) else 0


def _object(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _text(found: Any) -> str:
    """An id or a name as text; numbers, which some senders make of ids, stay exact. What is too long is none."""
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    text = str(found)
    return text if len(text) <= _LONGEST_ID and text.isprintable() else ""
