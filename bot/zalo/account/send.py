"""Letters to Zalo: attachments first, then the text in parts that fit, its options as buttons or as numbers."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import structlog

from bot.outbox.splitting import split_text, utf16_units
from bot.zalo.choosing import PRESS
from bot.zalo.files import CONTACT_PICTURE, link_line, link_to
from bot.zalo.limits import LIMITS
from bot.zalo.numbering import Numbering, parts_with
from handlers.engine.table import Table
from intake.rules.outbox.delivery import Rejected, Unavailable, Unreachable
from intake.rules.people.person import Network
from storage.queries.zalo.chats import ZaloChat
from storage.unit_of_work import Store
from wording.texts import Rendered, RenderedFile, Tap, words

from .client import OaClient
from .failures import Refusal, Verdict, failure_of
from .templates import ZbsTemplates
from .uploads import Carried, Ready, Uploads

_MESSAGE = "/v3.0/oa/message/cs"
log = structlog.get_logger()


class ButtonMode(StrEnum):
    """Whether options are sent as buttons: never, always, or until the account's first refusal."""

    OFF = "off"
    ON = "on"
    AUTO = "auto"


class ZaloChannel:
    """One Official Account as a channel that keeps Zalo's pace.

    A letter of several messages that fails on the way is tried again from its first message: the person may see the
    first ones twice, and misses none.

    Args:
        store: menus and what the account refuses are remembered there.
        client: how Zalo is called.
        uploads: how files get there.
        table: the conversation; it knows in which steps digits are words.
        oa_id: the account.
        buttons: see `ButtonMode`.
        public_url: how people reach the web side, for files by link; empty where they do not.
    """

    network = Network.ZALO

    def __init__(
        self,
        store: Store,
        client: OaClient,
        uploads: Uploads,
        table: Table,
        oa_id: str,
        buttons: ButtonMode = ButtonMode.AUTO,
        public_url: str = "",
    ) -> None:
        self.name = oa_id
        self.limiter = client.limiter
        self._store = store
        self._client = client
        self._uploads = uploads
        self._numbering = Numbering(store, table)
        self._buttons = buttons
        self._public_url = public_url
        self._refused: bool | None = None
        self.send_template = ZbsTemplates(client).send_template

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        """Send one letter. Returns the id of its last words, or raises a `DeliveryFailure`."""
        async with self._store.reading() as uow:
            chat = await uow.zalo_chats.get(self.network, self.name, address)
        if chat is None:
            raise Unreachable("no such chat")
        if not rendered.text.strip():
            raise Rejected("a message without words")
        try:
            left_over = [
                line
                for file in rendered.attachments
                if (line := await self._send_attachment(letter_id, address, file, chat.language))
            ]
            text = "\n".join([rendered.text, *left_over])
            sent = await self._send_words(address, text, rendered, chat)
            if rendered.contact_label:
                await self._send_card(address, rendered.contact_label, chat.language)
        except Refusal as refusal:
            raise failure_of(refusal) from refusal
        return sent

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def _send_words(self, address: str, text: str, rendered: Rendered, chat: ZaloChat) -> str:
        """The text and its options; returns the id of the last message."""
        taps = [tap for row in rendered.rows for tap in row]
        if any(not tap.label for tap in taps):
            raise Rejected("a button without a label")
        if _fit_buttons(taps) and await self._has_buttons():
            *first, last = split_text(text, LIMITS.text_units)
            for part in first:
                await self._post(address, {"text": part})
            try:
                sent = await self._post(address, {"text": last, **_buttons_of(taps)})
            except Refusal as refusal:
                if refusal.verdict is not Verdict.SHAPE:
                    raise
                sent = await self._send_numbered(address, last, taps, chat)
                await self._remember_refusal(refusal.code)  # only now: without buttons it has passed
            else:
                await self._numbering.nothing_said(chat)
            return sent
        return await self._send_numbered(address, text, taps, chat)

    async def _send_numbered(self, address: str, text: str, taps: list[Tap], chat: ZaloChat) -> str:
        menu = self._numbering.menu(chat, taps)
        sent = ""
        for part in parts_with(text, menu):
            sent = await self._post(address, {"text": part})
        await self._numbering.was_said(chat, menu)
        return sent

    async def _has_buttons(self) -> bool:
        if self._buttons is not ButtonMode.AUTO:
            return self._buttons is ButtonMode.ON
        if self._refused is None:
            async with self._store.reading() as uow:
                row = await uow.zalo_tokens.get(self.name)
            self._refused = row is not None and row.buttons_refused_at is not None
        return not self._refused

    async def _remember_refusal(self, code: int) -> None:
        log.warning("zalo_buttons_refused", code=code, mode=self._buttons.value)
        if self._buttons is not ButtonMode.AUTO:
            return
        self._refused = True
        async with self._store.unit() as uow:
            await uow.zalo_tokens.change(self.name, buttons_refused_at=uow.now)
            await uow.commit()

    async def _send_attachment(self, letter_id: int, address: str, file: RenderedFile, language: str) -> str:
        """Send one file. Returns the line to say instead where Zalo refuses it: a file never holds up the words."""
        try:
            ready = await self._uploads.ready(file)
        except (FileNotFoundError, ValueError) as trouble:
            log.error("attachment_missing", letter=letter_id, error=type(trouble).__name__)  # noqa: TRY400
            return ""
        except OSError as trouble:
            raise Unavailable("the file cannot be read now") from trouble
        if ready is not None:
            try:
                await self._send_upload(address, file, ready)
            except Refusal as refusal:
                if refusal.verdict not in (Verdict.SHAPE, Verdict.REJECTED, Verdict.UPLOAD_AGAIN):
                    raise
                log.error("attachment_refused", letter=letter_id, code=refusal.code)  # noqa: TRY400
            else:
                return ""
        if not self._public_url:
            return words(language, "zalo.file_elsewhere")
        async with self._store.reading() as uow:
            return link_line(language, file, link_to(uow, self._public_url, file))

    async def _send_upload(self, address: str, file: RenderedFile, ready: Ready) -> None:
        """Upload what is not there yet; what turns out to be gone is uploaded once more."""
        try:
            await self._post(address, _attachment_of(ready, await self._uploads.id_of(file, ready)))
        except Refusal as refusal:
            if refusal.verdict is not Verdict.UPLOAD_AGAIN:
                raise
            self._uploads.forget(file)
            await self._post(address, _attachment_of(ready, await self._uploads.id_of(file, ready)))

    async def _send_card(self, address: str, label: str, language: str) -> None:
        """Zalo's own way to hand a phone number over; a courtesy beside the words, since the number can be typed."""
        if not self._public_url.startswith("https://"):
            return
        element = {
            "title": split_text(label, LIMITS.card_title_units)[0],
            "subtitle": split_text(words(language, "zalo.contact_card"), LIMITS.card_subtitle_units)[0],
            "image_url": f"{self._public_url}{CONTACT_PICTURE}",
        }
        try:
            await self._post(address, _template({"template_type": "request_user_info", "elements": [element]}))
        except Refusal as refusal:
            if refusal.verdict is not Verdict.SHAPE:
                raise
            log.warning("zalo_contact_card_refused", code=refusal.code)

    async def _post(self, address: str, message: Mapping[str, Any]) -> str:
        await self.limiter.message(address)
        data = await self._client.post(_MESSAGE, {"recipient": {"user_id": address}, "message": message})
        message_id = str(data.get("message_id") or "")
        if not message_id:
            raise Unavailable("an answer without the message's id")
        return message_id


def _fit_buttons(taps: list[Tap]) -> bool:
    return 1 <= len(taps) <= LIMITS.buttons and all(
        utf16_units(tap.label) <= LIMITS.label_units
        and utf16_units(tap.url or PRESS + tap.code) <= LIMITS.payload_units
        for tap in taps
    )


def _buttons_of(taps: list[Tap]) -> dict[str, Any]:
    return _template({"buttons": [_button(tap) for tap in taps]})


def _button(tap: Tap) -> dict[str, Any]:
    if tap.url:
        return {"title": tap.label, "type": "oa.open.url", "payload": {"url": tap.url}}
    return {"title": tap.label, "type": "oa.query.hide", "payload": PRESS + tap.code}


def _template(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {"attachment": {"type": "template", "payload": payload}}


def _attachment_of(ready: Ready, uploaded: str) -> dict[str, Any]:
    if ready.how is Carried.FILE:
        return {"attachment": {"type": "file", "payload": {"token": uploaded}}}
    element = {"media_type": "image", "attachment_id": uploaded}
    return _template({"template_type": "media", "elements": [element]})
