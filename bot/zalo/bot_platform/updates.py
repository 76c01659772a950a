"""The platform's updates, read: wrapped in a result as documented, or flat as seen live; private chats only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.engine.inbound_event import STICKER, InboundKind, MediaProblem

_LONGEST_ID = 80
_PHOTOS = ("photo", "photo_url")
_VOICES = ("voice_url", "voice")


@dataclass(frozen=True, slots=True)
class Update:
    """One message to the bot: `key` is the message's id, `file` the address of a picture or a voice message."""

    address: str
    key: str
    sent_at_ms: int
    kind: InboundKind
    text: str = ""
    file: str = ""
    name: str = ""
    problem: MediaProblem | None = None


def read_update(raw: Mapping[str, Any]) -> Update | None:
    """The update of a body; None for groups, other bots and what is no message."""
    result = raw.get("result")
    update = result if isinstance(result, dict) else raw
    message, name = update.get("message"), update.get("event_name")
    if not isinstance(message, dict) or not isinstance(name, str):
        return None
    chat, sender = _object(message.get("chat")), _object(message.get("from"))
    address, key = _id(chat.get("id")), _id(message.get("message_id"))
    if not address or not key or chat.get("chat_type", "PRIVATE") != "PRIVATE" or sender.get("is_bot") is True:
        return None
    date = message.get("date")
    at = date if isinstance(date, int) and 0 <= date < 10**15 else 0
    match name:
        case "message.text.received" | "message.sticker.received":
            text = STICKER if name == "message.sticker.received" else _words(message.get("text"))
            return Update(address, key, at, InboundKind.TEXT, text)
        case "message.image.received":
            file, text = _first(message, _PHOTOS), _words(message.get("caption"))
            return Update(address, key, at, InboundKind.MEDIA, text, file, "photo.jpg")
        case "message.voice.received":
            return Update(address, key, at, InboundKind.MEDIA, "", _first(message, _VOICES), "voice.m4a")
        case _:
            return Update(address, key, at, InboundKind.MEDIA, problem=MediaProblem.TYPE)


def _first(message: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _words(message.get(name)))), "")


def _object(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _words(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _id(found: Any) -> str:
    text = str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
    return text if len(text) <= _LONGEST_ID and text.isprintable() else ""
