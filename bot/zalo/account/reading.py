"""What a person did on Zalo, as the conversation hears it: words, places, files, a contact, a press or a number."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.engine.inbound_event import STICKER, InboundKind, MediaProblem

from .events import Event

_NUMBER_IN_LINK = re.compile(r"https?://zalo\.me/(\d+)")
_FILES = {
    "user_send_image": "photo.jpg",
    "user_send_gif": "photo.gif",
    "user_send_audio": "voice.m4a",
    "user_send_video": "video.mp4",
    "user_send_file": "",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message: where it lies, what it is called, its size as the network says it."""

    url: str
    name: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class ZaloInput:
    """What one event says. `files` are still to be fetched; `problem` stands for what cannot be taken at all."""

    kind: InboundKind
    text: str = ""
    phone: str = ""
    files: tuple[File, ...] = field(default=())
    problem: MediaProblem | None = None


def said_in(event: Event) -> ZaloInput:
    """Read an event. What carries nothing we could take says so, instead of being met with silence."""
    text = _words(event.message.get("text"))
    payloads = _payloads(event.message)
    match event.name:
        case "user_send_text":
            said = ZaloInput(InboundKind.TEXT, text)
        case "user_send_sticker":
            said = ZaloInput(InboundKind.TEXT, STICKER)
        case "follow":
            said = ZaloInput(InboundKind.TEXT, "/start")
        case "user_submit_info":
            said = ZaloInput(InboundKind.CONTACT, phone=_words(event.info.get("phone")))
        case "user_send_location":
            said = _place(payloads)
        case "user_send_link":
            said = _link(text, payloads)
        case "user_send_business_card":
            said = _card(text, payloads)
        case name if name in _FILES:
            files = tuple(_file(one, _FILES[name]) for one in payloads if _words(one.get("url")))
            said = ZaloInput(InboundKind.MEDIA, text, files=files, problem=None if files else MediaProblem.LOST)
        case _:
            said = ZaloInput(InboundKind.MEDIA, text, problem=MediaProblem.TYPE)
    return said


def _payloads(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    attachments = message.get("attachments")
    if not isinstance(attachments, list):
        return []
    payloads = [one.get("payload") for one in attachments if isinstance(one, dict)]
    return [one for one in payloads if isinstance(one, dict)]


def _place(payloads: list[Mapping[str, Any]]) -> ZaloInput:
    for payload in payloads:
        found = payload.get("coordinates")
        if isinstance(found, dict):
            latitude, longitude = _degrees(found.get("latitude")), _degrees(found.get("longitude"))
            if latitude is not None and longitude is not None:
                return ZaloInput(InboundKind.LOCATION, f"{latitude:.6f}, {longitude:.6f}")
    return ZaloInput(InboundKind.MEDIA, problem=MediaProblem.LOST)


def _degrees(found: Any) -> float | None:
    """Degrees, which come as text."""
    try:
        degrees = float(found)
    except (TypeError, ValueError):
        return None
    return degrees if -180 <= degrees <= 180 else None  # noqa: PLR2004 - the globe


def _link(text: str, payloads: list[Mapping[str, Any]]) -> ZaloInput:
    """A link: its words and its address are what the person sent."""
    parts = [text]
    for payload in payloads:
        parts += [_words(payload.get("description")), _words(payload.get("url"))]
    said = "\n".join(dict.fromkeys(part for part in parts if part))
    return ZaloInput(InboundKind.TEXT, said) if said else ZaloInput(InboundKind.MEDIA, problem=MediaProblem.TYPE)


def _card(name: str, payloads: list[Mapping[str, Any]]) -> ZaloInput:
    """A contact card: the name and the number on it. Its description is JSON inside a text; where it is none, words."""
    for payload in payloads:
        described = _words(payload.get("description"))
        try:
            read = json.loads(described)
        except (ValueError, RecursionError):
            read = None
        on_card = read if isinstance(read, dict) else {}
        phone = _words(on_card.get("phone")) or _NUMBER_IN_LINK.sub(r"\1", _words(payload.get("url")))
        called = name or _words(on_card.get("name")) or ("" if isinstance(read, dict) else described)
        if phone.isdecimal():
            return ZaloInput(InboundKind.CONTACT, called or phone, phone)
    return ZaloInput(InboundKind.MEDIA, problem=MediaProblem.TYPE)


def _file(payload: Mapping[str, Any], name: str) -> File:
    size = str(payload.get("size", ""))
    return File(
        _words(payload.get("url")),
        _words(payload.get("name")) or name,
        int(size) if size.isascii() and size.isdecimal() and len(size) < len(str(2**63)) else 0,
    )


def _words(found: Any) -> str:
    return found if isinstance(found, str) else ""
