"""Pictures made for people: QR codes, kept among the attachments under the digest of their content."""

import asyncio
from io import BytesIO

import segno

from bot.attachments import AttachmentStore

DOT = 8
"""How many points of the picture one square of a code takes: large enough for an old phone's camera."""


class KeptPictures:
    """See `intake.ports.Pictures`.

    `link` is what stands in front of a start code in a link to our bot (`https://t.me/…?start=`), once it is known.
    Without one a code carries `#<start code>`, which is taken for the command when it is pasted into any chat.
    """

    def __init__(self, attachments: AttachmentStore) -> None:
        self._attachments = attachments
        self.link = ""

    def lead_to(self, link: str) -> None:
        """From now on codes lead to this link."""
        self.link = link

    async def qr(self, code: str) -> str | None:
        """See `Pictures.qr`."""
        leads_to = f"{self.link}{code}" if self.link else f"#{code}"
        return await asyncio.to_thread(self._keep, leads_to, f"{code}.png")

    def _keep(self, leads_to: str, name: str) -> str:
        picture = BytesIO()
        segno.make(leads_to, error="m", micro=False).save(picture, kind="png", scale=DOT)
        return self._attachments.save(picture.getvalue(), name).sha256
