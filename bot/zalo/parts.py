"""What Zalo adds to a process: for the Official Account, and for a bot of the Bot Platform."""

from datetime import timedelta
from functools import partial

import httpx

from bot.media.door import FileDoor
from bot.process import Parts
from intake.rules.people.person import Network
from scheduler.lease import run_alone

from .account.client import PATIENCE, OaClient
from .account.receive import ZaloReceiver
from .account.send import ButtonMode, ZaloChannel
from .account.tokens import AccessTokens, OaKeys
from .account.uploads import Uploads
from .files import files_router
from .media import ZaloFetcher
from .silence import ZaloWatch
from .webhook import Gate, router
from .worker import Worker


def add_account(parts: Parts, roles: frozenset[str]) -> None:
    """The account's webhook, the worker that deals with what it stored, the channel and the tokens it sends with."""
    settings = parts.settings
    if settings.zalo_app_secret is None or settings.zalo_oa_secret is None or settings.zalo_refresh_token is None:
        return
    oa_id = settings.zalo_oa_id
    if "send" in roles:
        keys = OaKeys(
            settings.zalo_app_id,
            settings.zalo_app_secret.get_secret_value(),
            oa_id,
            settings.zalo_refresh_token.get_secret_value(),
        )
        http = httpx.AsyncClient(timeout=PATIENCE)
        tokens = AccessTokens(parts.store, http, settings.zalo_oauth, keys, parts.holder, parts.now)
        client = OaClient(http, tokens, settings.zalo_api)
        parts.closing.push_async_callback(client.close)
        parts.channels.append(
            ZaloChannel(
                parts.store,
                client,
                Uploads(client, parts.attachments),
                parts.table,
                oa_id,
                ButtonMode(settings.zalo_buttons),
                settings.public_url,
            )
        )
        parts.tasks.append(tokens.run)
    if "network" not in roles:
        return
    media = httpx.AsyncClient(timeout=PATIENCE)
    parts.closing.push_async_callback(media.aclose)
    receiver = ZaloReceiver(
        parts.store,
        parts.inbound,
        parts.table,
        ZaloFetcher(media, FileDoor(parts.store, parts.attachments), settings.zalo_media_hosts.split(",")),
        oa_id,
        timedelta(minutes=settings.zalo_pause_minutes),
        parts.wake,
    )
    worker = Worker(parts.store, oa_id, receiver.take, receiver.apologise, parts.now)
    secret = settings.zalo_oa_secret.get_secret_value()
    watch = _watched(parts, Network.ZALO, oa_id)
    gate = Gate(
        settings.zalo_app_id,
        oa_id,
        secret,
        only_log=settings.zalo_signature == "log",
        fresh_for=timedelta(hours=settings.zalo_fresh_hours),
        on_wrong=watch.turned_away,
    )
    parts.routers.append(router(gate, parts.store, worker.wake))
    parts.routers.append(files_router(parts.store, parts.attachments))
    parts.tasks.append(partial(run_alone, parts.lease(f"hear:zalo:{oa_id}"), worker.run))


def _watched(parts: Parts, network: Network, channel: str) -> ZaloWatch:
    """Somebody who notices when nothing comes in any more."""
    watch = ZaloWatch(parts.store, network, channel, parts.settings.zalo_silent_days, parts.wake)
    parts.tasks.append(watch.run)
    parts.concerns.append(lambda: watch.concern)
    return watch


def add_bot(parts: Parts, roles: frozenset[str]) -> None:
    """The bot: by webhook where people reach the web side over https, else by polling."""
    from .bot_platform.client import BotClient
    from .bot_platform.receive import PATH, BotReceiver, bot_router, channel_of, poll, set_webhook
    from .bot_platform.send import ZaloBotChannel

    settings = parts.settings
    if settings.zalo_bot_token is None:
        return
    token = settings.zalo_bot_token.get_secret_value()
    client = BotClient(httpx.AsyncClient(timeout=PATIENCE), settings.zalo_bot_api, token)
    parts.closing.push_async_callback(client.close)
    if "send" in roles:
        channel = ZaloBotChannel(parts.store, client, parts.attachments, parts.table, settings.public_url)
        parts.channels.append(channel)
    if "network" not in roles:
        return
    media = httpx.AsyncClient(timeout=PATIENCE)
    parts.closing.push_async_callback(media.aclose)
    fetcher = ZaloFetcher(media, FileDoor(parts.store, parts.attachments), settings.zalo_media_hosts.split(","))
    receiver = BotReceiver(parts.store, parts.inbound, parts.table, fetcher, client.bot_id, parts.wake)
    worker = Worker(parts.store, channel_of(client.bot_id), receiver.take, receiver.apologise, parts.now)
    parts.tasks.append(partial(run_alone, parts.lease(f"hear:zalo_bot:{client.bot_id}"), worker.run))
    _watched(parts, Network.ZALO_BOT, client.bot_id)
    if not settings.on_zalo:
        parts.routers.append(files_router(parts.store, parts.attachments))
    if settings.public_url.startswith("https://"):
        secret = parts.store.vault.digest(f"zalo bot {token}")
        parts.routers.append(bot_router(secret, parts.store, client.bot_id, worker.wake))
        parts.starting.append(partial(set_webhook, client, f"{settings.public_url}{PATH}", secret))
    else:
        lease = parts.lease(f"poll:zalo_bot:{client.bot_id}")
        parts.tasks.append(partial(run_alone, lease, partial(poll, client, parts.store, worker.wake)))
