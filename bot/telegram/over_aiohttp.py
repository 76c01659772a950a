"""Requests of python-telegram-bot carried by aiohttp, which takes a third of the time its own carrier takes."""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import yarl
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_OK = 200
_OF_A_MESSAGE = ("message_id", "date", "chat")
"""What the library needs of a message that was sent; we read the first alone."""


class AiohttpRequest(BaseRequest):
    """How the library reaches Telegram, over aiohttp. A connection is made when needed, and kept for the next call.

    Args:
        patience: how many seconds are waited for a connection, and then for each piece of an answer. What the library
            asks for in a single call counts as much.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer is waited for where a call names none."""
        return self._patience

    async def initialize(self) -> None:
        """Nothing: the first request opens the pool of connections."""

    def _opened(self, url: str) -> aiohttp.ClientSession:
        if self._session is None:
            # not `trust_env`: aiohttp 3.14 then goes into a thread twice for each request, two thirds of its cost
            self._session = aiohttp.ClientSession(headers={"User-Agent": self.USER_AGENT}, proxy=_proxy_for(url))
        return self._session

    async def shutdown(self) -> None:
        """Close the pool, if it was opened."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - nothing bounds writing but the connection
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the pool is larger than the pace ever needs
    ) -> tuple[int, bytes]:
        """Carry out one request: status and body. The errors name no address, since it holds the token."""
        timeout = aiohttp.ClientTimeout(
            sock_connect=self._seconds(connect_timeout),
            sock_read=self._seconds(read_timeout),
        )
        try:
            async with self._opened(url).request(method, url, data=_form(request_data), timeout=timeout) as response:
                body = await response.read()
                if not _is_telegrams(response.status, body):
                    raise NetworkError("an answer that is not Telegram's")
                return response.status, body
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as trouble:
            raise NetworkError(type(trouble).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What was answered. Of a message that was sent the rest is left out: it repeats what we said.

        To make objects of it takes three times as long, and one of a shape the library does not know yet would have
        the letter sent again.
        """
        answer: dict[str, Any] = BaseRequest.parse_json_payload(payload)
        sent = answer.get("result")
        if isinstance(sent, dict) and "message_id" in sent:
            answer["result"] = {name: sent[name] for name in _OF_A_MESSAGE if name in sent}
        return answer

    def _seconds(self, asked: Any) -> float | None:
        return self._patience if asked is self.DEFAULT_NONE else asked


def _is_telegrams(status: int, body: bytes) -> bool:
    """Whether an answer has Telegram's shape.

    A page to sign in would stop the library, and a 403 of a proxy be taken for a person who blocked the bot.
    """
    return body.startswith(b"{") and b'"ok"' in body and (status != _OK or b'"result"' in body)


def _proxy_for(url: str) -> str | None:
    """The proxy to the server of this address, found where every other program finds it; None: straight there."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)


def _form(request_data: RequestData | None) -> aiohttp.BytesPayload | aiohttp.FormData | None:
    if request_data is None:
        return None
    said = request_data.json_parameters
    if not request_data.contains_files:
        # what `FormData` makes of it as well, at an eighth of the cost
        words = yarl.URL.build(query=said).raw_query_string
        return aiohttp.BytesPayload(words.encode(), content_type="application/x-www-form-urlencoded")
    # unquoted: Telegram shows the name of a file as it stands there
    form = aiohttp.FormData(said, quote_fields=False)
    for field, (name, content, media_type) in request_data.multipart_data.items():
        form.add_field(field, content, filename=name, content_type=media_type)
    return form
