"""Template messages (ZBS): texts Zalo has approved beforehand, which may go out when the window is closed.

Only what the template has places for goes along. Nothing of a question belongs in them: the phone may be in
somebody else's hand.
"""

import secrets
from collections.abc import Mapping

from intake.rules.outbox.delivery import Rejected, Unavailable

from .client import OaClient
from .failures import BY_PHONE, Refusal, Verdict, failure_of

_TRACKING_BYTES = 16


class ZbsTemplates:
    """Sends template messages of one Official Account."""

    def __init__(self, client: OaClient) -> None:
        self._client = client

    async def send_template(
        self, address: str | None, phone: str | None, template_id: str, params: Mapping[str, str]
    ) -> str:
        """Send a template message by user id where there is one, else (or where the template cannot) by phone.

        Args:
            address: the person's user id with this account, or None.
            phone: `+84…`, `84…` or `0…`, or None.
            template_id: the approved template.
            params: the template's places and what stands in them.

        Returns the network's id of the message. Raises one of the `DeliveryFailure`s.
        """
        try:
            if address:
                try:
                    return await self._by_user_id(address, template_id, params)
                except Refusal as refusal:
                    if refusal.verdict is not Verdict.BY_PHONE or not phone:
                        raise
            if phone:
                return await self._by_phone(phone, template_id, params)
        except Refusal as refusal:
            raise failure_of(refusal) from refusal
        raise Rejected("a template message to nobody")

    async def _by_user_id(self, address: str, template_id: str, data: Mapping[str, str]) -> str:
        body = {"user_id": address, "template_id": template_id, "template_data": data}
        return _id_of(await self._client.post("/v3.0/oa/message/template", body, BY_PHONE), "message_id")

    async def _by_phone(self, phone: str, template_id: str, data: Mapping[str, str]) -> str:
        body = {
            "phone": international(phone),
            "template_id": template_id,
            "template_data": data,
            "tracking_id": secrets.token_hex(_TRACKING_BYTES),
        }
        return _id_of(await self._client.post_business("/message/template", body, BY_PHONE), "msg_id")


def international(phone: str) -> str:
    """A phone number as Zalo wants it: digits, beginning with the country (`84912345678`)."""
    digits = "".join(sign for sign in phone if sign.isascii() and sign.isdecimal())
    return f"84{digits[1:]}" if digits.startswith("0") else digits


def _id_of(data: Mapping[str, object], name: str) -> str:
    message_id = str(data.get(name) or "")
    if not message_id:
        raise Unavailable("an answer without the message's id")
    return message_id
