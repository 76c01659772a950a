"""The links that lead into the chat from outside, and their QR codes, kept among the attachments."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import segno

from bot.media.attachments import AttachmentStore
from intake.rules.meetings.poster import StartLink
from intake.rules.people.person import Network


@dataclass
class ChatLinks:
    """How the chat is reached from outside; what is empty is not served, or its name is not known yet.

    `telegram` is the bot's user name, asked of Telegram at the start; `zalo` the id of the official account; `web` the
    public address.
    """

    telegram: str = ""
    zalo: str = ""
    web: str = ""

    def to(self, code: str) -> tuple[StartLink, ...]:
        """A link for each network that is reached; Zalo's brings no code along, people type it there."""
        links = []
        if self.zalo:
            links.append(StartLink(Network.ZALO, f"https://zalo.me/{self.zalo}", carries_code=False))
        if self.telegram:
            links.append(StartLink(Network.TELEGRAM, f"https://t.me/{self.telegram}?start={code}"))
        if self.web:
            links.append(StartLink(Network.WEBCHAT, f"{self.web}/?start={code}"))
        return tuple(links)


DOT = 8
"""How many points of the picture one square of a code takes: large enough for an old phone's camera."""


class KeptPictures:
    """Draws pictures and keeps them among the attachments.

    A code leads to our bot on Telegram, once its name is known. Without one it carries `#<start code>`, which is taken
    for the command when it is pasted into any chat.
    """

    def __init__(self, attachments: AttachmentStore, links: ChatLinks) -> None:
        self._attachments = attachments
        self._links = links

    async def qr(self, code: str) -> str | None:
        """Keep a QR code that leads to a start code. Returns its content name."""
        leads_to = next((link.url for link in self._links.to(code) if link.network is Network.TELEGRAM), f"#{code}")
        return await asyncio.to_thread(self._keep, leads_to, f"{code}.png")

    async def drop(self, names: Sequence[str], *, older_than: timedelta = timedelta(0)) -> None:
        """Remove files from among the attachments, but those sent again since."""
        for name in names:
            await asyncio.to_thread(self._attachments.drop, name, older_than=older_than)

    async def older_than(self, age: timedelta) -> Sequence[str]:
        """The files among the attachments that were last sent so long ago."""
        return await asyncio.to_thread(self._attachments.older_than, age)

    def _keep(self, leads_to: str, name: str) -> str:
        picture = BytesIO()
        segno.make(leads_to, error="m", micro=False).save(picture, kind="png", scale=DOT)
        return self._attachments.save(picture.getvalue(), name).sha256
