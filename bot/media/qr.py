"""Pictures made for people: QR codes, kept among the attachments under the digest of their content."""

import asyncio
from io import BytesIO

import segno

from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from intake.rules.people.person import Network

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

    def _keep(self, leads_to: str, name: str) -> str:
        picture = BytesIO()
        segno.make(leads_to, error="m", micro=False).save(picture, kind="png", scale=DOT)
        return self._attachments.save(picture.getvalue(), name).sha256
