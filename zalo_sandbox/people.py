"""What people do with their phones, and what the webhook hears of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from .events import (
    file_payload,
    following,
    from_person,
    location_payload,
    newer_info,
    older_info,
    receipt,
    submitted,
    with_attachment,
)
from .messages import Content
from .oa_api import echo, show
from .state import Asset, Phone, PhoneButton, Sandbox, Shown, new_id, new_number
from .webhook import Webhook

BY_HAND = timedelta(days=365)
"""How long after the last interaction somebody may still be written to by hand."""


class NoSuch(Exception):
    """There is no such person, button or message."""


@dataclass(frozen=True, slots=True)
class Followers:
    """The phones of a sandbox."""

    sandbox: Sandbox
    webhook: Webhook

    def meet(self, key: str, name: str = "", number: str = "", *, follows: bool = False) -> Phone:
        """The person with this key; new with this name and number when there is none."""
        if key not in self.sandbox.phones:
            self.sandbox.phones[key] = Phone(key, name or key, new_number(), new_number(), new_id(), number, follows)
        return self.sandbox.phones[key]

    def get(self, key: str) -> Phone:
        """The person with this key. Raises `NoSuch`."""
        try:
            return self.sandbox.phones[key]
        except KeyError:
            raise NoSuch(f"there is nobody called {key}") from None

    def says(self, phone: Phone, text: str, *, hidden: bool = False, quotes: str = "") -> str:
        """A text; the id of the message. `hidden` is what a pressed button sends without showing it."""
        message = {"msg_id": new_id(), "text": text} | ({"quote_msg_id": quotes} if quotes else {})
        shown = None if hidden else Shown(message["msg_id"], "user", self.sandbox.stamp(), text, quotes=quotes)
        return self._sent(phone, "user_send_text", message, shown)

    def presses(self, phone: Phone, title: str) -> PhoneButton:
        """The newest button with this title. Raises `NoSuch` when the phone shows none."""
        for shown in reversed(phone.shown):
            for button in shown.buttons:
                if button.title == title:
                    self._press(phone, button)
                    return button
        raise NoSuch(f"{phone.key} sees no button {title}")

    def _press(self, phone: Phone, button: PhoneButton) -> None:
        if button.type in {"oa.query.show", "oa.query.hide"}:
            before = phone.last_interaction
            self.says(phone, button.target, hidden=button.type == "oa.query.hide")
            if not self.sandbox.config.press_opens_window:
                phone.last_interaction = before

    def sends(self, phone: Phone, kind: str, asset: Asset, caption: str = "") -> str:
        """A picture, gif, video, voice message or document; its address is served by the sandbox until it expires."""
        media_id = self.keep_media(asset)
        address = self.media_address(media_id)
        payload: dict[str, Any]
        match kind:
            case "image" | "gif":
                payload = {"thumbnail": address, "url": address}
            case "audio":
                payload = {"url": address}
            case "video":
                payload = {"url": address, "thumbnail": address, "description": ""}
            case "file":
                payload = file_payload(asset, address)
            case _:
                raise NoSuch(f"nobody can send {kind}")
        msg_id = new_id()
        own = f"{self.sandbox.config.public_url}/_sandbox/media/{media_id}"
        pictures = (own,) if kind in {"image", "gif"} else ()
        file = None if pictures else {"name": asset.name, "url": own}
        shown = Shown(msg_id, "user", self.sandbox.stamp(), caption, pictures, file=file)
        return self._sent(phone, f"user_send_{kind}", with_attachment(msg_id, kind, payload, caption), shown)

    def sends_location(self, phone: Phone, latitude: float, longitude: float) -> str:
        """A place."""
        msg_id = new_id()
        message = with_attachment(msg_id, "location", location_payload(latitude, longitude))
        shown = Shown(msg_id, "user", self.sandbox.stamp(), f"📍 {latitude}, {longitude}")
        return self._sent(phone, "user_send_location", message, shown)

    def sends_sticker(self, phone: Phone) -> str:
        """A sticker."""
        payload = {"url": f"{self.media_root()}/media/sticker.png", "id": "50b0e6f8e6bd0fe356ac"}
        msg_id = new_id()
        shown = Shown(msg_id, "user", self.sandbox.stamp(), "🙂")
        return self._sent(phone, "user_send_sticker", with_attachment(msg_id, "sticker", payload), shown)

    def sends_link(self, phone: Phone, url: str, *, card: bool = False) -> str:
        """A link with its preview, or a contact card, which comes in the same shape."""
        msg_id = new_id()
        kind = "business_card" if card else "link"
        message = with_attachment(msg_id, "link", {"thumbnail": "", "description": "", "url": url})
        return self._sent(phone, f"user_send_{kind}", message, Shown(msg_id, "user", self.sandbox.stamp(), url))

    def submits_contact(self, phone: Phone, *, name: str, number: str, ward: str = "", older: bool = False) -> None:
        """Contact data, in the newer or the older shape."""
        info = (older_info if older else newer_info)(name, number, ward)
        phone.shared = {"name": name, "phone": number}
        phone.last_interaction = self.sandbox.now()
        phone.shown.append(Shown(new_id(), "user", self.sandbox.stamp(), f"{name}, {number}"))
        self.webhook.emit(submitted(self.sandbox, phone, info))

    def follows(self, phone: Phone, *, yes: bool) -> None:
        """Follow counts as an interaction, unfollow does not."""
        phone.follows = yes
        if yes:
            phone.last_interaction = self.sandbox.now()
        self.webhook.emit(following(self.sandbox, phone, "follow" if yes else "unfollow"))

    def sees(self, phone: Phone) -> None:
        """Open the chat: everything the account sent is seen."""
        ids = [shown.id for shown in phone.shown if shown.by != "user"]
        if ids:
            self.webhook.emit(receipt(self.sandbox, phone, "user_seen_message", {"msg_ids": ids}))

    def reacts(self, phone: Phone, icon: str) -> None:
        """Put a sign under the newest message of the account."""
        newest = next((shown for shown in reversed(phone.shown) if shown.by != "user"), None)
        if newest is None:
            raise NoSuch(f"{phone.key} was sent nothing yet")
        newest.reaction = icon
        message = {"msg_id": newest.id, "react_icon": icon}
        self.webhook.emit(from_person(self.sandbox, phone, "user_reacted_message", message))

    def answered_by_hand(self, phone: Phone, text: str, admin_id: str) -> str:
        """Somebody answers in OA Manager; they may for 365 days. The id of the message."""
        last = phone.last_interaction
        if last is None or self.sandbox.now() - last > BY_HAND:
            raise NoSuch(f"{phone.key} cannot be written to by hand any more")
        shown = show(self.sandbox, phone, Content("oa_send_text", text), by="admin")
        echo(self.sandbox, self.webhook, phone, shown, "oa_send_text", admin_id)
        return shown.id

    def keep_media(self, asset: Asset) -> str:
        """Put something that a person sent where it can be fetched; its id."""
        media_id = new_id()
        self.sandbox.media[media_id] = asset
        return media_id

    def media_address(self, media_id: str) -> str:
        """The address that the product is told; it ends when the media expire. The phone keeps its own copy."""
        return f"{self.media_root()}/media/{media_id}/{quote(self.sandbox.media[media_id].name)}"

    def media_root(self) -> str:
        """Where the addresses of media point."""
        return self.sandbox.config.media_url or self.sandbox.config.public_url

    def _sent(self, phone: Phone, event: str, message: dict[str, Any], shown: Shown | None) -> str:
        phone.last_interaction = self.sandbox.now()
        if shown is not None:
            phone.shown.append(shown)
        self.webhook.emit(from_person(self.sandbox, phone, event, message))
        return str(message["msg_id"])
