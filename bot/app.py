"""The one place that knows everything: it puts a process together and hands everybody what they need."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

from bot.data_folder import folder_lock
from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.kept_papers import KeptPapers
from bot.media.links import ChatLinks, KeptPictures
from bot.media.own_copy import OwnCopyPress
from bot.media.places import ATTACHMENTS, SEALED, place_of
from bot.media.posters import PosterPress
from bot.media.press import PaperPress
from bot.ops.metrics import Metrics
from bot.ops.shutdown import CLOSE_SECONDS, in_time
from bot.outbox.fan_out import FanOut
from bot.outbox.ordered_papers import OrderedPapers
from bot.outbox.relay import OutboxRelay
from bot.plan_files import PLANS
from bot.process import Parts, holder_name, run
from bot.sealing import AgeSeals
from bot.settings import Settings
from bot.store import open_store
from bot.system_clock import system_now
from handlers.wiring import conversation_table
from intake.actions.audit.note_settings import note_settings
from scheduler.jobs import JobContext, run_day
from scheduler.lease import run_alone
from scheduler.timetable import LEASE_NAME, LEASE_SECONDS, keep_time
from storage.view import view_of

if TYPE_CHECKING:
    from aiogram import Bot

    from bot.telegram.receive import TelegramReceiver
    from bot.telegram.watch import TelegramWatch

ROLES = frozenset({"web", "network", "send", "clock"})
log = structlog.get_logger()


async def serve(
    settings: Settings, *, demo: bool, roles: frozenset[str], on_stop: Callable[[], None] = lambda: None
) -> None:
    """Run until stopped; `on_stop` is called when that begins.

    Raises `SettingsError` for what keeps it from starting.
    """
    with folder_lock(settings.data_dir) if settings.on_sqlite else nullcontext():
        closing = AsyncExitStack()
        try:
            parts = await put_together(settings, closing, demo=demo, roles=roles)
            await run(parts, on_stop)
        finally:
            await in_time(closing.aclose(), "connections", CLOSE_SECONDS)
        log.info("stopped")


async def put_together(settings: Settings, closing: AsyncExitStack, *, demo: bool, roles: frozenset[str]) -> Parts:
    """Everything one process consists of, with the roles it was given; nothing runs yet."""
    now: Callable[[], datetime] = system_now
    if demo:
        from bot.demo.clock import DemoClock

        now = DemoClock(settings.data_dir, system_now)
    attachments = AttachmentStore(place_of(settings.attachments_url, settings.data_dir, ATTACHMENTS))
    links = ChatLinks(telegram=settings.telegram_name, zalo=settings.zalo_oa_id, web=settings.public_url)
    pictures = KeptPictures(attachments, links)
    store = await open_store(settings, now=now, pictures=pictures)
    closing.push_async_callback(store.close)
    store.seals = AgeSeals(attachments, place_of(settings.attachments_url, settings.data_dir, SEALED))
    table = conversation_table()
    metrics = Metrics(store)
    wakers: list[Callable[[], None]] = []

    def wake() -> None:
        for waker in wakers:
            waker()

    parts = Parts(
        settings=settings,
        store=store,
        table=table,
        attachments=attachments,
        now=now,
        holder=holder_name(settings),
        inbound=InboundQueue(store, table, wake, metrics.count_event, metrics.fell_back),
        metrics=metrics,
        closing=closing,
        wake=wake,
        wakers=wakers,
        links=links,
    )
    store.posters = PosterPress(parts.attachments, parts.links)
    store.papers = KeptPapers(parts.attachments)
    press = PaperPress(parts.attachments, store.reading, apart=lambda: view_of(store, settings.engine_url))
    closing.push_async_callback(press.close)
    store.press = press
    store.copy_press = OwnCopyPress(parts.attachments)
    if settings.telegram_token is not None:
        _telegram(parts, roles)
    if settings.on_zalo or settings.zalo_bot_token is not None:
        from bot.zalo.parts import add_account, add_bot

        add_account(parts, roles)
        add_bot(parts, roles)
    await _web_chat(parts, roles, demo=demo)  # last: the webhook of each message is not looked for behind 200 pages
    if "send" in roles:
        relays = [OutboxRelay(store, channel, parts.holder, now, metrics.count_attempt) for channel in parts.channels]
        wakers += [relay.wake for relay in relays]

        def wake_bulk() -> None:
            for relay in relays:
                relay.wake_bulk()

        ordered = OrderedPapers(store, parts.lease("papers"), wake)
        wakers.append(ordered.wake)
        parts.tasks += [FanOut(store, wake_bulk).run, ordered.run, *(relay.run for relay in relays)]
    if "clock" in roles:
        await _note_settings(parts)
        _clock(parts)
    return parts


async def _web_chat(parts: Parts, roles: frozenset[str], *, demo: bool) -> None:
    """Pages where the web is served, their letters where letters are sent: these need not be one process."""
    from bot.changes import hear_of_changes
    from bot.hall import make_hall_site
    from bot.office import make_office
    from bot.public import make_public_site
    from bot.webchat.channel import WebChatChannel
    from bot.webchat.routes import webchat_router
    from bot.webchat.streams import Streams
    from bot.webchat.webchat import WebChat, broken, nowhere
    from web.hall.routes import hall_router
    from web.office.routes import office_router
    from web.public.front import FreshPages
    from web.public.routes import public_router

    streams = Streams(parts.store)
    if "send" in roles:
        parts.channels.append(WebChatChannel(parts.store, streams, parts.attachments))
    if "web" not in roles:
        return
    parts.on_shutdown.append(streams.close)
    web = WebChat(
        store=parts.store,
        inbound=parts.inbound,
        streams=streams,
        attachments=parts.attachments,
        now=parts.now,
        secure=parts.settings.public_url.startswith("https://"),
        chats_an_hour=parts.settings.chats_an_hour,
    )
    office = make_office(
        parts.store,
        parts.links,
        parts.wake,
        parts.now,
        secure=web.secure,
        attachments=parts.attachments,
        kept_for=parts.settings.kept_for,
    )
    parts.on_shutdown.append(office.news.live.close)
    if demo:
        from bot.demo.cast import set_the_stage
        from bot.demo.clock import DemoClock, letters_are_out
        from bot.demo.routes import clock_above, demo_router, desk_router, parts_for_desk

        clock = parts.now
        if not isinstance(clock, DemoClock):
            raise TypeError("the demo needs its own clock")

        async def on_new_day() -> None:
            await run_day(replace(_context(parts), at_any_hour=True))
            await letters_are_out(parts.store, WebChatChannel.name, parts.now, parts.wake)

        troupes = await set_the_stage(parts.store, PLANS)
        web.above = clock_above(clock)
        office.parts = parts_for_desk(troupes)
        parts.routers.append(desk_router(parts.store, office, troupes))
        parts.routers.append(demo_router(parts.store, clock, troupes, on_new_day))
    site = make_public_site(parts.store, parts.links, parts.now, parts.metrics.count_look_up)
    public = public_router(site)
    parts.in_front.append(partial(FreshPages, site=site))
    hall = make_hall_site(parts.store, parts.links)
    for views in (hall.views, office.rooms_in_session):
        parts.on_shutdown.append(views.close)
        parts.wakers.append(views.look_soon)
    if not parts.settings.on_sqlite:
        shown = [hall.views, office.rooms_in_session]
        parts.tasks.append(partial(hear_of_changes, parts.store.engine, streams, shown, office.news))
    parts.routers += [webchat_router(web), hall_router(hall), public, office_router(office)]
    parts.nowhere = nowhere
    parts.broken = broken


def _telegram(parts: Parts, roles: frozenset[str]) -> None:
    # a second and 70 MB: only where Telegram is served
    from bot.telegram.deferred_models import import_aiogram

    import_aiogram()  # before anything else does
    from bot.telegram.commands import CommandMenus
    from bot.telegram.receive import TelegramReceiver, make_bot
    from bot.telegram.send import make_channel
    from bot.telegram.startup import learn_name
    from bot.telegram.watch import TelegramWatch

    settings = parts.settings
    if settings.telegram_token is None:
        return
    token = settings.telegram_token.get_secret_value()
    if "send" in roles:
        channel = make_channel(token, settings.telegram_api, parts.attachments)
        parts.closing.push_async_callback(channel.close)
        parts.channels.append(channel)
        parts.tasks.append(CommandMenus(channel.bot, parts.store, parts.table).run)
    if "network" not in roles:
        return
    bot = make_bot(token, settings.telegram_api)
    parts.closing.push_async_callback(bot.session.close)
    if not settings.telegram_name:
        parts.starting.append(partial(learn_name, bot, parts.links))
    receiver = TelegramReceiver(bot, parts.inbound, parts.store, parts.attachments)
    if settings.telegram_webhook_url and settings.telegram_webhook_secret is not None:
        from bot.telegram.webhook import router, set_webhook

        secret = settings.telegram_webhook_secret.get_secret_value()
        parts.routers.append(router(urlsplit(settings.telegram_webhook_url).path or "/", secret, receiver.take))
        set_anew = partial(set_webhook, bot, settings.telegram_webhook_url, secret)
        parts.starting.append(set_anew)
        watch = TelegramWatch(bot, parts.store, settings.telegram_webhook_url, set_anew, parts.wake)
        parts.tasks.append(partial(run_alone, parts.lease(f"watch:telegram:{bot.id}"), watch.run))
    else:
        watch = TelegramWatch(bot, parts.store, on_letters=parts.wake)
        lease = parts.lease(f"poll:telegram:{bot.id}")
        parts.tasks.append(partial(run_alone, lease, partial(_poll_and_watch, bot, receiver, watch)))
    parts.concerns.append(lambda: watch.concern)


async def _poll_and_watch(bot: "Bot", receiver: "TelegramReceiver", watch: "TelegramWatch") -> None:
    from bot.telegram.polling import poll

    async with asyncio.TaskGroup() as group:
        group.create_task(poll(bot, receiver.take, polled=watch.polled))
        group.create_task(watch.run())


def _clock(parts: Parts) -> None:
    lease = parts.lease(LEASE_NAME, timedelta(seconds=LEASE_SECONDS))
    parts.tasks.append(partial(keep_time, _context(parts), lease, system_now))


async def _note_settings(parts: Parts) -> None:
    async with parts.store.unit() as uow:
        changed = await note_settings(uow, parts.settings.as_text())
        await uow.commit()
    if changed:
        log.info("settings_changed", names=list(changed))


def _context(parts: Parts) -> JobContext:
    """What the jobs of the clock are handed in this process."""
    return JobContext(
        parts.store.unit,
        parts.wake,
        culture_day=parts.settings.culture_day,
        keep_sent=timedelta(days=parts.settings.keep_sent_days),
        kept_for=parts.settings.kept_for,
    )
