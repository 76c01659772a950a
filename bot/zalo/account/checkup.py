"""What the doctor checks on Zalo: the tokens, the account itself, how its events are received. Nothing is changed."""

from collections.abc import AsyncIterator
from datetime import datetime

import httpx
from sqlalchemy.exc import DBAPIError

from bot.data_folder import keys_of
from bot.ops.findings import Finding
from bot.settings import Settings
from bot.system_clock import system_now
from bot.vault import KeyVault
from bot.zalo.limits import REFRESH_TOKEN_OLD
from bot.zalo.silence import is_silent, silence_sentence
from intake.rules.people.person import Network
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.queries.zalo.tokens import TokenRow
from storage.unit_of_work import Store

_PATIENCE = 10
_GOVERNMENT = 4
_HOW = "docs/zalo.md says how to give a new one"


async def look_at_account(
    settings: Settings, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[Finding]:
    """The Official Account: its tokens as they are kept, and whether Zalo knows it. `transport`: how it is asked."""
    if not settings.on_zalo:
        yield Finding("Zalo", fine=True, sentence="no Official Account is set up")
        return
    if settings.zalo_signature == "log":
        sentence = "DOITHOAI_ZALO_SIGNATURE is `log`: events are taken from anybody; set `check`"
        yield Finding("Zalo webhook", fine=False, sentence=sentence)
    engine = open_engine(settings.engine_url)
    store = Store(engine, now=system_now, calendar=load_calendar, vault=KeyVault(*keys_of(settings)))
    try:
        async with store.reading() as uow:
            row = await uow.zalo_tokens.get(settings.zalo_oa_id)
            access = uow.vault.open(row.access_sealed) if row is not None and row.access_sealed else ""
            heard_at = await uow.accounts.last_heard(Network.ZALO, settings.zalo_oa_id)
    except (DBAPIError, OSError, ValueError) as trouble:
        yield Finding("Zalo tokens", fine=False, sentence=f"cannot be read ({type(trouble).__name__})")
        return
    finally:
        await engine.dispose()
    yield tokens_finding(row, system_now())
    if row is not None and row.buttons_refused_at is not None and settings.zalo_buttons == "auto":
        sentence = f"refused by the account on {row.buttons_refused_at:%Y-%m-%d}: options are numbers"
        yield Finding("Zalo buttons", fine=True, sentence=sentence)
    # Zalo tells nobody what waits or failed: all there is to see is when something last came
    if heard_at is None:
        yield Finding("Zalo hears", fine=True, sentence="last received: nothing yet")
    elif is_silent(heard_at, system_now(), load_calendar(), settings.zalo_silent_days):
        yield Finding("Zalo hears", fine=False, sentence=silence_sentence(heard_at))
    else:
        yield Finding("Zalo hears", fine=True, sentence=f"last received: {heard_at:%Y-%m-%d %H:%M} UTC")
    if access:
        yield await _account(settings, access, transport)


def tokens_finding(row: TokenRow | None, now: datetime) -> Finding:
    """Whether the stored tokens are usable."""

    def say(sentence: str, *, fine: bool = False) -> Finding:
        return Finding("Zalo tokens", fine=fine, sentence=sentence)

    if row is not None and row.refused_at is not None:
        return say(f"Zalo refused the refresh token on {row.refused_at:%Y-%m-%d %H:%M} UTC; {_HOW}")
    if row is None or row.refresh_since is None or row.expires_at is None:
        return say("none are kept yet; `doithoai run` fetches them", fine=True)
    age = now - row.refresh_since
    if age > REFRESH_TOKEN_OLD:
        return say(f"the refresh token is {age.days} days old and dies after three months; start `doithoai run`")
    if row.expires_at <= now:
        return say(f"the access token ended at {row.expires_at:%Y-%m-%d %H:%M} UTC; start `doithoai run`")
    return say(f"good until {row.expires_at:%Y-%m-%d %H:%M} UTC", fine=True)


async def _account(settings: Settings, access: str, transport: httpx.AsyncBaseTransport | None) -> Finding:
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE, transport=transport) as client:
            answer = await client.get(f"{settings.zalo_api}/v2.0/oa/getoa", headers={"access_token": access})
        said = answer.json()
        code, data = int(said["error"]), dict(said.get("data") or {})
    except (httpx.HTTPError, ValueError, TypeError, KeyError):
        return Finding("Zalo account", fine=False, sentence="the OpenAPI does not answer")
    if code:
        return Finding("Zalo account", fine=False, sentence=f"Zalo refuses with {code}")
    kind = "of a public body" if data.get("oa_type") == _GOVERNMENT else "not marked as of a public body"
    verified = data.get("is_verified") is True
    package = str(data.get("package_name") or "no package")[:40]
    sentence = f"{'verified' if verified else 'not verified'}, {kind}, {package}"
    return Finding("Zalo account", fine=verified, sentence=sentence)


async def look_at_bot(settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> AsyncIterator[Finding]:
    """The bot of the Bot Platform, where there is one. `transport`: how it is asked."""
    if settings.zalo_bot_token is None:
        return
    url = f"{settings.zalo_bot_api}/bot{settings.zalo_bot_token.get_secret_value()}/getMe"
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE, transport=transport) as client:
            fine = bool((await client.post(url, json={})).json()["ok"])
    except (httpx.HTTPError, ValueError, TypeError, KeyError):  # or something on the way that is not the platform
        yield Finding("Zalo bot", fine=False, sentence="the Bot Platform does not answer")
        return
    yield Finding("Zalo bot", fine=fine, sentence="the token works" if fine else "the token is refused")
