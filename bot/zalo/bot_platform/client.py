"""The Bot Platform's API: a token in the path, one answer shape, errors by number."""

from typing import Any

import httpx

from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Throttled, Unavailable, Unreachable

PATIENCE = 15.0
TOO_OFTEN = 429
TIMED_OUT = 408
_RETRY_AFTER = 60.0
_GONE = (403, 404)


class BotRefusal(Exception):
    """The platform has refused a call. Its words are not kept."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the Bot Platform refuses with {code}")
        self.code = code


class BotClient:
    """Calls the platform for one bot; `bot_id` is the number its token begins with."""

    def __init__(self, http: httpx.AsyncClient, api: str, token: str) -> None:
        self._http = http
        self._base = f"{api}/bot{token}"
        self.bot_id = token.partition(":")[0]

    async def call(self, method: str, patience: float = PATIENCE, **arguments: Any) -> Any:
        """The answer's body. Raises `BotRefusal`, or `Unavailable` where none comes."""
        try:
            response = await self._http.post(f"{self._base}/{method}", json=arguments, timeout=patience)
            said = response.json()
        except (httpx.HTTPError, ValueError) as trouble:
            raise Unavailable(type(trouble).__name__) from trouble
        if not isinstance(said, dict):
            raise Unavailable("an answer of no known shape")
        if said.get("ok") is False:
            code = said.get("error_code")
            raise BotRefusal(code if isinstance(code, int) else response.status_code)
        return said

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()


def failure_of(refusal: BotRefusal) -> DeliveryFailure:
    """What a refusal means for a letter."""
    if refusal.code == TOO_OFTEN:
        return Throttled(_RETRY_AFTER)
    if refusal.code in _GONE:
        return Unreachable(str(refusal))
    if refusal.code in (401, TIMED_OUT) or refusal.code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Unavailable(str(refusal))
    return Rejected(str(refusal))
