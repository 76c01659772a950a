"""Reading a consultation message as the platform would: what it shows, or why it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Refused
from .config import SandboxConfig
from .state import PhoneButton, Sandbox

TEXT = 2_000
TITLE = 100
PAYLOAD = 1_000
SMS = 160
SUBTITLE = 500
ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Content:
    """What a message will show. `event` is the name of its echo."""

    event: str
    text: str = ""
    picture: str = ""
    buttons: tuple[PhoneButton, ...] = ()
    file: Mapping[str, str] | None = None
    contact: Mapping[str, str] | None = None
    quotes: str = ""


def length(text: str, config: SandboxConfig) -> int:
    """How long a text is as the platform counts it."""
    return len(text.encode("utf-16-le")) // 2 if config.count_text == "utf16" else len(text)


def read_message(sandbox: Sandbox, message: object) -> Content:
    """What a `message` object shows. Raises `Refused`."""
    config = sandbox.config
    body = _object(message, "message")
    _only(body, "message", {"text", "attachment", "quote_message_id"})
    text = _text(body, "text", TEXT, config, needed=False)
    quotes = _text(body, "quote_message_id", PAYLOAD, config, needed=False)
    if "attachment" not in body:
        if not text.strip():
            raise Refused(-201, "message.text is empty")
        return Content("oa_send_text", text, quotes=quotes)
    attachment = _object(body["attachment"], "message.attachment")
    _only(attachment, "message.attachment", {"type", "payload"})
    payload = _object(attachment.get("payload"), "message.attachment.payload")
    match attachment.get("type"):
        case "file":
            if text:
                raise Refused(-201, "message.text beside a file")
            return Content("oa_send_file", file=_file(sandbox, payload), quotes=quotes)
        case "template":
            return _template(sandbox, text, payload, quotes)
        case other:
            raise Refused(-233, f"attachment of type {other}")


def _template(sandbox: Sandbox, text: str, payload: Mapping[str, Any], quotes: str) -> Content:
    match payload.get("template_type"):
        case None:
            _only(payload, "payload", {"buttons"})
            if not text.strip():
                raise Refused(-201, "message.text is empty")
            buttons = read_buttons(payload.get("buttons"), sandbox.config)
            return Content("oa_send_text", text, buttons=buttons, quotes=quotes)
        case "media":
            return _media(sandbox, text, payload, quotes)
        case "request_user_info":
            if text:
                raise Refused(-201, "message.text beside request_user_info")
            return Content("oa_send_template", contact=_contact(payload, sandbox.config), quotes=quotes)
        case "list" if sandbox.config.list_template:
            buttons = read_buttons(payload.get("buttons"), sandbox.config)
            elements = payload.get("elements")
            if not isinstance(elements, list) or not elements:
                raise Refused(-201, "payload.elements")
            lines = [
                _text(_object(element, "element"), name, most, sandbox.config, needed=name == "title")
                for element in elements
                for name, most in (("title", TITLE), ("subtitle", SUBTITLE))
            ]
            return Content("oa_send_list", "\n".join(line for line in lines if line), buttons=buttons, quotes=quotes)
        case other:
            raise Refused(-233, f"template_type {other}")


def read_buttons(found: object, config: SandboxConfig) -> tuple[PhoneButton, ...]:
    """The buttons of a message; refused altogether where the switch says so. Raises `Refused`."""
    if config.buttons != "accept":
        raise Refused(int(config.buttons.removeprefix("refuse")), "buttons", bug=False)
    if not isinstance(found, list) or not found:
        raise Refused(-201, "payload.buttons")
    if len(found) > config.most_buttons:
        raise Refused(-210, f"{len(found)} buttons")
    return tuple(_button(one, config) for one in found)


def _button(found: object, config: SandboxConfig) -> PhoneButton:
    button = _object(found, "button")
    _only(button, "button", {"title", "type", "payload", "image_icon"})
    title = _text(button, "title", TITLE, config)
    payload = button.get("payload")
    match button.get("type"):
        case "oa.query.show" | "oa.query.hide":
            target = _text(button, "payload", PAYLOAD, config)
        case "oa.open.url":
            target = _text(_object(payload, "payload"), "url", PAYLOAD, config)
            if not target.startswith(ADDRESSES):
                raise Refused(-201, "payload.url")
        case "oa.open.phone":
            target = _number(_object(payload, "payload"), config)
        case "oa.open.sms":
            _text(_object(payload, "payload"), "content", SMS, config)
            target = _number(_object(payload, "payload"), config)
        case other:
            raise Refused(-201, f"button of type {other}")
    return PhoneButton(title, str(button["type"]), target)


def _media(sandbox: Sandbox, text: str, payload: Mapping[str, Any], quotes: str) -> Content:
    allowed = (
        {"template_type", "elements", "buttons"} if sandbox.config.media_buttons else {"template_type", "elements"}
    )
    if "buttons" in payload and not sandbox.config.media_buttons:
        raise Refused(-233, "a picture with buttons")
    _only(payload, "payload", allowed)
    buttons = read_buttons(payload["buttons"], sandbox.config) if "buttons" in payload else ()
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1:
        raise Refused(-201, "payload.elements")
    element = _object(elements[0], "element")
    _only(element, "element", {"media_type", "attachment_id", "url", "width", "height"})
    kind = element.get("media_type")
    if kind == "sticker":
        return Content("oa_send_sticker", picture=_text(element, "attachment_id", PAYLOAD, sandbox.config))
    if kind not in {"image", "gif"}:
        raise Refused(-201, f"media_type {kind}")
    if kind == "gif" and not all(isinstance(element.get(side), int) for side in ("width", "height")):
        raise Refused(-201, "width and height of a gif")
    if ("attachment_id" in element) == ("url" in element):
        raise Refused(-201, "one of attachment_id and url")
    if "url" in element:
        address = _text(element, "url", PAYLOAD, sandbox.config)
        if not address.startswith(ADDRESSES):
            raise Refused(-201, "url")
    else:
        attachment_id = _text(element, "attachment_id", PAYLOAD, sandbox.config)
        fetch_asset(sandbox, kind, attachment_id)
        address = f"{sandbox.config.public_url}/_sandbox/assets/{attachment_id}"
    return Content(f"oa_send_{kind}", text, picture=address, buttons=buttons, quotes=quotes)


def _file(sandbox: Sandbox, payload: Mapping[str, Any]) -> dict[str, str]:
    _only(payload, "payload", {"token"})
    token = _text(payload, "token", PAYLOAD, sandbox.config)
    asset = fetch_asset(sandbox, "file", token)
    return {"name": asset.name, "url": f"{sandbox.config.public_url}/_sandbox/assets/{token}"}


def fetch_asset(sandbox: Sandbox, kind: str, asset_id: str) -> Any:
    """Something that was uploaded; -100 when it is unknown, of another kind or older than seven days."""
    asset = sandbox.assets.get(asset_id)
    if asset is None or asset.kind != kind or sandbox.now() >= asset.until:
        raise Refused(-100, bug=asset is None or asset.kind != kind)
    return asset


def _contact(payload: Mapping[str, Any], config: SandboxConfig) -> dict[str, str]:
    _only(payload, "payload", {"template_type", "elements"})
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1:
        raise Refused(-201, "payload.elements")
    element = _object(elements[0], "element")
    _only(element, "element", {"title", "subtitle", "image_url"})
    picture = _text(element, "image_url", PAYLOAD, config)
    if not picture.startswith("https://"):
        raise Refused(-201, "image_url")
    return {
        "title": _text(element, "title", TITLE, config),
        "subtitle": _text(element, "subtitle", SUBTITLE, config),
        "image_url": picture,
    }


def _number(payload: Mapping[str, Any], config: SandboxConfig) -> str:
    number = _text(payload, "phone_code", 20, config)
    if not number.isdecimal():
        raise Refused(-201, "phone_code")
    return number


def _object(found: object, name: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise Refused(-201, name)
    return found


def _only(found: Mapping[str, Any], name: str, allowed: set[str]) -> None:
    if unknown := set(found) - allowed:
        raise Refused(-201, f"{name}.{min(unknown)}")


def _text(found: Mapping[str, Any], name: str, most: int, config: SandboxConfig, *, needed: bool = True) -> str:
    text = found.get(name, "")
    if not isinstance(text, str) or (needed and not text.strip()):
        raise Refused(-201, name)
    if length(text, config) > most:
        raise Refused(-210, f"{name} has {length(text, config)} of {most}")
    return text
