"""Events of the Official Account, dealt with one at a time: heard by the conversation, or what else they mean."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.inbound import InboundQueue
from bot.zalo.choosing import Choosing
from bot.zalo.media import ZaloFetcher
from bot.zalo.menus import is_menu_word
from handlers.engine.converse import apologise
from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from handlers.engine.table import Table
from intake.actions.outbox.reroute import reroute
from intake.actions.people.note_activity import note_activity
from intake.actions.questions.note_reply_by_hand import note_reply_by_hand
from intake.ports import Chat
from intake.rules.message import Message, pack_message
from intake.rules.outbox.letter import Letter, Priority
from intake.rules.people.person import Network
from storage.queries.zalo.events import StoredEvent
from storage.unit_of_work import Store

from .events import FROM_ACCOUNT, UNFOLLOW, Event, read_event
from .reading import ZaloInput, said_in


class ZaloReceiver:
    """Takes stored events, each person's in their order (`Worker` sees to that).

    Args:
        store: the database.
        door: where what was heard goes.
        table: the conversation.
        fetcher: brings files.
        oa_id: the account.
        pause: how long the bot is silent in a chat after somebody of the office has answered by hand; zero: never.
        on_letters: called when there are new letters.
    """

    def __init__(
        self,
        store: Store,
        inbound: InboundQueue,
        table: Table,
        fetcher: ZaloFetcher,
        oa_id: str,
        pause: timedelta,
        on_letters: Callable[[], None],
    ) -> None:
        self._store = store
        self._inbound = inbound
        self._fetcher = fetcher
        self._oa_id = oa_id
        self._pause = pause
        self._on_letters = on_letters
        self._choosing = Choosing(store, table, Network.ZALO, oa_id, on_letters)

    async def take(self, stored: StoredEvent) -> None:
        """Deal with one event; returns when that is durable. Raises what the database raised."""
        event = read_event(json.loads(stored.body))
        if event is None:
            return
        if event.name.startswith(FROM_ACCOUNT):
            await self._answered_by_hand(event)
        elif event.name == UNFOLLOW:
            await self._gone(event)
        else:
            await self._hear(event)

    async def apologise(self, stored: StoredEvent, number: str) -> None:
        """After a defect of ours; the number is in the log."""
        async with self._store.unit() as uow:
            await apologise(uow, self._heard(stored.address, stored.key, InboundKind.TEXT), number)
            await uow.commit()
        self._on_letters()

    async def _hear(self, event: Event) -> None:
        said = said_in(event)
        if said.kind is InboundKind.TEXT:
            inbound = await self._choosing.read(event.address, event.key, said.text)
            if inbound is None:
                return
        else:
            inbound = self._heard(event.address, event.key, said.kind, text=said.text, phone=said.phone)
        if await self._is_paused(inbound):
            return
        if inbound.kind is InboundKind.MEDIA:
            media = await self._media(inbound.chat, said)
            inbound = self._heard(event.address, event.key, said.kind, text=said.text, media=media)
        await self._inbound.take(inbound)

    async def _media(self, chat: Chat, said: ZaloInput) -> tuple[Media, ...]:
        fetched = [await self._fetcher.fetch(chat, one.url, one.name, one.size) for one in said.files]
        return tuple(fetched) if said.problem is None else (*fetched, Media(problem=said.problem))

    async def _is_paused(self, inbound: InboundEvent) -> bool:
        """Whether somebody from the office is talking in this chat; asking for the menu brings the bot back at once."""
        async with self._store.reading() as uow:
            chat = await uow.zalo_chats.get(Network.ZALO, self._oa_id, inbound.address)
            if chat is None or chat.paused_until is None or chat.paused_until <= uow.now:
                return False
        wants_bot = inbound.choice == "cmd.menu" or is_menu_word(inbound.text)
        async with self._store.unit() as uow:
            if wants_bot:
                await uow.zalo_chats.pause(chat.account_id, None)
            elif await uow.inbox.record(Network.ZALO, self._oa_id, inbound.address, inbound.event_id):
                account, *_ = await uow.accounts.meet(Network.ZALO, self._oa_id, inbound.address)
                await note_activity(uow, [account])
            await uow.commit()
        return not wants_bot

    async def _answered_by_hand(self, event: Event) -> None:
        """Note it in the question's log, be silent for a while, and tell the person so once."""
        said_at = datetime.fromtimestamp(event.sent_at_ms / 1000, UTC)
        async with self._store.unit() as uow:
            if not await uow.inbox.record(Network.ZALO, self._oa_id, event.address, event.key):
                return
            account, _, person, _ = await uow.accounts.meet(Network.ZALO, self._oa_id, event.address)
            await note_reply_by_hand(uow, account, by=event.admin, message_id=event.message_id, at=said_at)
            chat = await uow.zalo_chats.get(Network.ZALO, self._oa_id, event.address)
            paused = None if chat is None else chat.paused_until
            until = min(said_at, uow.now) + self._pause
            if until > uow.now and (paused is None or until > paused):
                await uow.zalo_chats.pause(account.id, until)
                if paused is None or paused <= uow.now:
                    await uow.letters.add(
                        Letter(
                            account_id=account.id,
                            person_id=None if person is None else person.id,
                            priority=Priority.REPLY,
                            content=pack_message(Message("zalo.paused", {"until": until})),
                            created_at=uow.now,
                            not_before=uow.now,
                        )
                    )
            await uow.commit()
        self._on_letters()

    async def _gone(self, event: Event) -> None:
        """The person unfollowed: until they come back they are told in person what there is to tell."""
        async with self._store.unit() as uow:
            if not await uow.inbox.record(Network.ZALO, self._oa_id, event.address, event.key):
                return
            account, *_ = await uow.accounts.meet(Network.ZALO, self._oa_id, event.address)
            await reroute(uow, account.id, heard_at=account.last_heard_at, gone=True)
            await uow.commit()

    def _heard(
        self,
        address: str,
        key: str,
        kind: InboundKind,
        *,
        text: str = "",
        phone: str = "",
        media: tuple[Media, ...] = (),
    ) -> InboundEvent:
        return InboundEvent(Network.ZALO, self._oa_id, address, key, kind, text=text, phone=phone, media=media)
