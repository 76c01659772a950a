"""One Official Account, seen from our side of the wire: calls with the token, held back when Zalo asks for it."""

from collections.abc import Mapping
from typing import Any

import httpx
import structlog

from bot.outbox.rate_limit import RateLimiter
from bot.zalo.limits import ALLOWED, HOLD_SECONDS, RATE_WINDOW, rate_of
from intake.rules.outbox.delivery import Throttled, Unavailable

from .failures import OA, Refusal, Verdict
from .tokens import AccessTokens

PATIENCE = 15.0
_MOST = "x-ratelimit-limit"
_LEFT = "x-ratelimit-remain"
log = structlog.get_logger()


class OaClient:
    """Calls Zalo. `limiter` is that of the account's letters, and follows what Zalo's answers tell.

    Args:
        http: the connections.
        tokens: from whom the access token comes.
        api: base URL of the OpenAPI; template messages to phone numbers have a host of their own beside it.
    """

    def __init__(self, http: httpx.AsyncClient, tokens: AccessTokens, api: str) -> None:
        self._http = http
        self._tokens = tokens
        self._api = api
        self._business = api.replace("://openapi.", "://business.openapi.")
        self.limiter = RateLimiter(ALLOWED)
        self._calls = 0

    async def post(self, path: str, body: Mapping[str, Any], verdicts: Mapping[int, Verdict] = OA) -> dict[str, Any]:
        """Call with a JSON body; returns `data`. Raises `Refusal`, `Throttled` or `Unavailable`."""
        return await self._call(f"{self._api}{path}", verdicts, json=body)

    async def post_business(
        self, path: str, body: Mapping[str, Any], verdicts: Mapping[int, Verdict]
    ) -> dict[str, Any]:
        """Like `post`, at the host of template messages to phone numbers."""
        return await self._call(f"{self._business}{path}", verdicts, json=body)

    async def upload(self, path: str, content: bytes, name: str, media_type: str) -> dict[str, Any]:
        """Upload a file; returns `data`. Raises like `post`."""
        return await self._call(f"{self._api}{path}", OA, files={"file": (name, content, media_type)})

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def _call(self, url: str, verdicts: Mapping[int, Verdict], **what: Any) -> dict[str, Any]:
        token = await self._tokens.access()
        try:
            return await self._once(url, token, verdicts, what)
        except Refusal as refusal:
            if refusal.verdict is Verdict.TOKEN:
                token = await self._tokens.renew(token)
            elif refusal.verdict is not Verdict.AGAIN:
                raise
        return await self._once(url, token, verdicts, what)

    async def _once(
        self, url: str, token: str, verdicts: Mapping[int, Verdict], what: Mapping[str, Any]
    ) -> dict[str, Any]:
        if (pause := self.limiter.pause()) > 0:
            raise Throttled(pause)
        try:
            response = await self._http.post(url, headers={"access_token": token}, **what)
        except httpx.HTTPError as trouble:
            raise Unavailable(type(trouble).__name__) from trouble
        self._learn(response.headers)
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            self.limiter.hold(RATE_WINDOW)
            raise Throttled(RATE_WINDOW)
        try:
            said: Any = response.json()
            code = int(said["error"])
        except (ValueError, TypeError, KeyError) as odd:
            raise Unavailable("an answer of no known shape") from odd
        if code:
            raise self._refusal(Refusal(code, verdicts.get(code, Verdict.REJECTED)))
        data = said.get("data")
        return data if isinstance(data, dict) else {}

    def _refusal(self, refusal: Refusal) -> Refusal:
        """Act on what concerns more than this one message: all sending waits, or a person has to fix something."""
        match refusal.verdict:
            case Verdict.THROTTLED:
                self.limiter.hold(RATE_WINDOW)
            case Verdict.QUOTA:
                self.limiter.hold(HOLD_SECONDS)
                log.error("zalo_quota_used_up", code=refusal.code)
            case Verdict.ACCOUNT:
                self.limiter.hold(HOLD_SECONDS)
                log.error("zalo_account_refused", code=refusal.code)
            case Verdict.TOKEN:
                log.warning("zalo_access_token_refused", code=refusal.code)
            case Verdict.REJECTED:
                log.error("zalo_message_refused", code=refusal.code)
            case _:
                log.info("zalo_refused", code=refusal.code)
        return refusal

    def _learn(self, headers: Mapping[str, str]) -> None:
        """How many calls there may be in a window, and whether one is left."""
        most = headers.get(_MOST, "").strip()
        if most.isdecimal() and 0 < int(most) != self._calls:
            self._calls = int(most)
            self.limiter.change(rate_of(self._calls))
        if headers.get(_LEFT, "").strip() == "0":
            self.limiter.hold(RATE_WINDOW)
