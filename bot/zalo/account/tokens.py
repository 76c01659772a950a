"""The tokens of the Official Account. The refresh token works once: one process renews, and stores before anybody uses.

A process that dies after Zalo has handed out a new pair and before that pair is stored takes the pair along: the token
we kept is used up, Zalo refuses it, and an admin has to give a new one (`docs/zalo.md`). Nothing can close that gap,
since Zalo gives a pair once; so nothing else is done between the answer and the commit.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.zalo.limits import REFRESH_CLAIM, REFRESH_EARLY, REFRESH_TOKEN_OLD
from intake.rules.outbox.delivery import Unavailable
from storage.queries.zalo.tokens import TokenRow
from storage.unit_of_work import SqlUnitOfWork, Store

LOOK_AGAIN = 600.0
REFUSED_PAUSE = timedelta(minutes=15)
_SHORT_LIFE = timedelta(hours=1)
_WAITS = 300
_WAIT = 0.2
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OaKeys:
    """What the application and its account are known by. `first` is a refresh token an admin has fetched."""

    app_id: str
    app_secret: str
    oa_id: str
    first: str


@dataclass(frozen=True, slots=True)
class _Pair:
    access: str
    refresh: str
    life: timedelta


class AccessTokens:
    """Gives the access token; renews it in time, in one process at a time.

    Args:
        store: where the tokens lie, sealed.
        http: how Zalo is asked.
        oauth: base URL of Zalo's OAuth server.
        keys: who we are.
        holder: the name of this process, unique among all that run.
        now: the clock.
        pause: how another process is waited for.
    """

    def __init__(
        self,
        store: Store,
        http: httpx.AsyncClient,
        oauth: str,
        keys: OaKeys,
        holder: str,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._http = http
        self._oauth = oauth
        self._keys = keys
        self._holder = holder
        self._now = now
        self._pause = pause
        self._turn = asyncio.Lock()
        self._access = ""
        self._renew_at: datetime | None = None

    async def run(self) -> None:
        """Keep the tokens alive until cancelled, also when nothing is sent for months."""
        while True:
            try:
                await self.access()
                await self._watch_age()
            except (Unavailable, SQLAlchemyError, OSError) as trouble:
                log.warning("zalo_token_not_renewed", error=type(trouble).__name__)
            await self._pause(LOOK_AGAIN)

    async def access(self) -> str:
        """A token that works. Raises `Unavailable` while there is none."""
        if self._renew_at is not None and self._now() < self._renew_at:
            return self._access
        async with self._turn:
            if self._renew_at is not None and self._now() < self._renew_at:
                return self._access
            return await self._look(refused="")

    async def renew(self, refused: str) -> str:
        """A token other than the one Zalo has just refused. Raises `Unavailable` when there is none."""
        async with self._turn:
            if self._access != refused and self._renew_at is not None:
                return self._access
            self._renew_at = None
            return await self._look(refused)

    async def _look(self, refused: str) -> str:
        """Take what another process has renewed, or renew."""
        for _ in range(_WAITS):
            async with self._store.unit() as uow:
                claimed = await uow.zalo_tokens.claim(self._keys.oa_id, self._holder, uow.now + REFRESH_CLAIM)
                row = await uow.zalo_tokens.get(self._keys.oa_id)
                kept = None if row is None else self._usable(uow, row, refused)
                if row is not None and kept is not None:
                    if claimed:
                        await uow.zalo_tokens.let_go(self._keys.oa_id, self._holder)
                        await uow.commit()
                    return self._adopt(kept, row.renew_at)
                await uow.commit()
            if claimed and row is not None:
                return await self._renew(row, refused)
            await self._pause(_WAIT)
        raise Unavailable("another process is renewing the tokens")

    def _usable(self, uow: SqlUnitOfWork, row: TokenRow, refused: str) -> str | None:
        """The access token of the row, when it need not be renewed; a new token in the settings is tried first."""
        if self._is_new(uow, row) or row.renew_at is None or row.renew_at <= uow.now:
            return None
        access = _opened(uow, row.access_sealed)
        return access if access and access != refused else None

    def _is_new(self, uow: SqlUnitOfWork, row: TokenRow) -> bool:
        return bool(self._keys.first) and self._digest(uow) not in row.tried

    def _digest(self, uow: SqlUnitOfWork) -> str:
        return uow.vault.digest(f"zalo refresh token {self._keys.first}")

    async def _renew(self, row: TokenRow, refused: str) -> str:
        """Under the claim: try the token of the settings if it was never tried, then the one we kept."""
        try:
            async with self._store.reading() as uow:
                is_new, kept, digest = self._is_new(uow, row), _opened(uow, row.refresh_sealed), self._digest(uow)
                resting = row.refused_at is not None and abs(uow.now - row.refused_at) < REFUSED_PAUSE
            if is_new:
                answer = await self._ask(self._keys.first)
                if isinstance(answer, _Pair):
                    return await self._keep(answer, (*row.tried, digest))
                log.error("zalo_first_token_refused", error=answer)
                async with self._store.unit() as uow:
                    await uow.zalo_tokens.change(self._keys.oa_id, tried=[*row.tried, digest])
                    await uow.commit()
            elif resting:
                return await self._still_valid(refused)
            if not kept:
                return await self._is_refused("no token")
            answer = await self._ask(kept)
            if isinstance(answer, _Pair):
                return await self._keep(answer, None)
            return await self._is_refused(answer)
        except Unavailable:
            return await self._still_valid(refused)
        finally:
            async with self._store.unit() as uow:
                await uow.zalo_tokens.let_go(self._keys.oa_id, self._holder)
                await uow.commit()

    async def _keep(self, pair: _Pair, tried: tuple[str, ...] | None) -> str:
        """Store a new pair; only then is it used."""
        async with self._store.unit() as uow:
            renew_at = uow.now + pair.life - min(REFRESH_EARLY, pair.life / 4)
            await uow.zalo_tokens.change(
                self._keys.oa_id,
                access_sealed=uow.vault.seal(pair.access),
                refresh_sealed=uow.vault.seal(pair.refresh),
                renew_at=renew_at,
                expires_at=uow.now + pair.life,
                refresh_since=uow.now,
                refused_at=None,
                **({} if tried is None else {"tried": list(tried)}),
            )
            await uow.commit()
        log.info("zalo_token_renewed", seconds=int(pair.life.total_seconds()))
        return self._adopt(pair.access, renew_at)

    async def _is_refused(self, error: str) -> str:
        async with self._store.unit() as uow:
            await uow.zalo_tokens.change(self._keys.oa_id, refused_at=uow.now)
            await uow.commit()
        log.error("zalo_token_refused", error=error)
        raise Unavailable("Zalo has refused the refresh token")

    async def _still_valid(self, refused: str) -> str:
        """What is to be renewed but cannot be just now still works until its end. Raises `Unavailable` after it."""
        async with self._store.reading() as uow:
            row = await uow.zalo_tokens.get(self._keys.oa_id)
            if row is not None and row.expires_at is not None and row.expires_at > uow.now:
                access = _opened(uow, row.access_sealed)
                if access and access != refused:
                    return access
        raise Unavailable("there is no access token")

    def _adopt(self, access: str, renew_at: datetime | None) -> str:
        self._access, self._renew_at = access, renew_at
        return access

    async def _ask(self, refresh: str) -> "_Pair | str":
        """A new pair, or the code with which Zalo refuses. Raises `Unavailable` when it gives no answer."""
        try:
            response = await self._http.post(
                f"{self._oauth}/v4/oa/access_token",
                data={"refresh_token": refresh, "app_id": self._keys.app_id, "grant_type": "refresh_token"},
                headers={"secret_key": self._keys.app_secret},
            )
            said: Any = response.json()
        except (httpx.HTTPError, ValueError) as trouble:
            raise Unavailable(type(trouble).__name__) from trouble
        if not isinstance(said, dict) or response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise Unavailable("an answer of no known shape")
        access, refreshed = said.get("access_token"), said.get("refresh_token")
        if isinstance(access, str) and isinstance(refreshed, str) and access and refreshed:
            return _Pair(access, refreshed, _life(said.get("expires_in")))
        code = str(said.get("error") or "")[:20]
        if code in ("", "0"):  # neither tokens nor a refusal: something on the way that is not Zalo
            raise Unavailable("an answer of no known shape")
        return code

    async def _watch_age(self) -> None:
        async with self._store.reading() as uow:
            row = await uow.zalo_tokens.get(self._keys.oa_id)
            age = None if row is None or row.refresh_since is None else uow.now - row.refresh_since
        if age is not None and age > REFRESH_TOKEN_OLD:
            log.error("zalo_refresh_token_old", days=age.days)


def _life(said: Any) -> timedelta:
    """How long an access token lives: Zalo says it in seconds, as a string; an hour where it does not say."""
    text = str(said)
    return timedelta(seconds=int(text)) if text.isdecimal() and int(text) > 0 else _SHORT_LIFE


def _opened(uow: SqlUnitOfWork, sealed: str | None) -> str:
    """A sealed token; empty when there is none or its key is not ours any more."""
    try:
        return uow.vault.open(sealed) if sealed else ""
    except ValueError:
        log.error("zalo_token_sealed_with_another_key")  # noqa: TRY400 - nothing of it belongs into the log
        return ""
