"""Whether Telegram's updates reach us, in one sentence for each fault. What is read here comes without any library."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from .limits import LISTENED_TO

SILENT_FOR = timedelta(minutes=10)
"""How long nothing may have come in while Telegram says that something waits."""
JUST_NOW = timedelta(minutes=15)
"""How long ago a delivery may have failed to count: Telegram keeps the last failure for good."""


class Deaf(StrEnum):
    """Why nothing comes in."""

    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a kind of fault
    WEBHOOK_ELSEWHERE = "webhook_elsewhere"
    WEBHOOK_NARROWED = "webhook_narrowed"
    POLLED_ELSEWHERE = "polled_elsewhere"
    WEBHOOK_FAILS = "webhook_fails"
    PILED_UP = "piled_up"


SENTENCES = {
    Deaf.TOKEN_REFUSED: "the token is refused: it was revoked or mistyped; ask @BotFather for it and set it",
    Deaf.WEBHOOK_ELSEWHERE: "another program has set the webhook of this token{where}: what people write goes there",
    Deaf.WEBHOOK_NARROWED: "another program has set our webhook so that not all comes in (missing: {missing})",
    Deaf.POLLED_ELSEWHERE: "another program fetches the updates of this token: stop it, or get a new token",
    Deaf.WEBHOOK_FAILS: "Telegram cannot deliver to our webhook{why}; {pending} updates wait",
    Deaf.PILED_UP: "{pending} updates wait at Telegram, and nothing has come in for ten minutes",
}


@dataclass(frozen=True, slots=True)
class WebhookInfo:
    """What `getWebhookInfo` says: where updates are sent (empty: they are fetched), how many wait, the last failure.

    `kinds` are the kinds of updates that are sent; empty where Telegram sends what it sends to everybody.
    """

    url: str = ""
    pending: int = 0
    failed_at: datetime | None = None
    failure: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """What we listen to and nobody sends."""
        return [kind for kind in LISTENED_TO if self.kinds and kind not in self.kinds]


def read_info(result: Mapping[str, Any]) -> WebhookInfo:
    """Read an answer of the Bot API."""
    failed_at = result.get("last_error_date")
    return WebhookInfo(
        str(result.get("url", "")),
        int(result.get("pending_update_count", 0)),
        datetime.fromtimestamp(failed_at, UTC) if isinstance(failed_at, int) else None,
        str(result.get("last_error_message", "")),
        tuple(result.get("allowed_updates", ())),
    )


def deaf_by(info: WebhookInfo, wanted: str, heard_at: datetime | None, now: datetime) -> Deaf | None:
    """What keeps updates from us; `wanted` is our own webhook, empty where updates are fetched."""
    if info.url != wanted:
        return Deaf.WEBHOOK_ELSEWHERE
    if wanted and info.missing:
        return Deaf.WEBHOOK_NARROWED
    if not info.pending:
        return None
    if info.failed_at is not None and now - info.failed_at < JUST_NOW:
        return Deaf.WEBHOOK_FAILS
    return Deaf.PILED_UP if heard_at is None or now - heard_at > SILENT_FOR else None


def sentence_of(deaf: Deaf, info: WebhookInfo = WebhookInfo()) -> str:
    """The fault in words; of an address its host only, since a path may be a secret."""
    host = urlsplit(info.url).hostname or ""
    where = f" ({host})" if host else ""
    why = f" ({info.failure})" if info.failure else ""
    return SENTENCES[deaf].format(where=where, why=why, pending=info.pending, missing=", ".join(info.missing))
