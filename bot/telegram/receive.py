"""Telegram's updates turned into what was heard, in private chats only: roles are bound in private."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import AiogramError, ClientDecodeError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.door import FileDoor
from bot.outbox.splitting import utf16_units
from handlers.engine.converse import answers_question, apologise
from handlers.engine.inbound_event import STICKER, InboundEvent, InboundKind
from intake.actions.outbox.reroute import reroute
from intake.actions.people.note_activity import note_activity
from intake.rules.people.person import Network
from storage.unit_of_work import Store

from .limits import LIMITS
from .media import TelegramFetcher

log = structlog.get_logger()


def make_bot(token: str, api: str, session: BaseSession | None = None) -> Bot:
    """The receiving side's bot, on the Bot API server at the base URL `api`."""
    return Bot(token, session=session or _Session(api=TelegramAPIServer.from_base(api)))


class _Session(AiohttpSession):
    """aiogram's own, which holds the models of answers: it lets them go, and has pydantic build one for each answer."""

    def __init__(self, api: TelegramAPIServer) -> None:
        super().__init__(api=api)
        self._held: set[type[Response[Any]]] = set()

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """What was answered, or the error it is."""
        self._held.add(Response[method.__returning__])  # type: ignore[name-defined]  # known when it runs
        try:
            return super().check_response(bot, method, status_code, content)
        except TypeError as shape:  # an error without words: something between us and Telegram answered
            raise ClientDecodeError("an answer that is not Telegram's", shape, content) from shape


class TelegramReceiver:
    """Takes updates in, one chat's in the order they came, those of different chats side by side.

    Args:
        bot: from `make_bot`; fetches files and answers taps.
        door: where what was heard goes.
        store: for the one thing that is no message, whether a chat still reaches its person; and for apologies.
        attachments: where files go.
    """

    def __init__(self, bot: Bot, inbound: InboundQueue, store: Store, attachments: AttachmentStore) -> None:
        self._bot = bot
        self._inbound = inbound
        self._store = store
        self._fetcher = TelegramFetcher(bot, FileDoor(store, attachments))
        self._answers = _Answers(bot)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def take(self, raw: Mapping[str, Any]) -> None:
        """Deal with one update as Telegram sent it; returns when it is durable or of no concern to us.

        Raises what the database raised: then it has to come again. Our own defects are apologised for and logged;
        sending the same update again would only repeat them.
        """
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError as unknown:
            log.error("update_not_understood", update=raw.get("update_id"), errors=unknown.error_count())  # noqa: TRY400
            return
        chat_id = _private_chat(update)
        if chat_id is None:
            return
        turn = self._turns.setdefault(chat_id, asyncio.Lock())
        async with turn:
            try:
                await self._deal_with(update)
            except (SQLAlchemyError, OSError):
                raise
            except Exception:
                number = secrets.token_hex(3)
                log.exception("update_failed", number=number, update=update.update_id)
                await self._apologise(update, chat_id, number)

    async def _apologise(self, update: Update, chat_id: int, number: str) -> None:
        async with self._store.unit() as uow:
            await apologise(uow, _heard(self._bot, chat_id, update, InboundKind.TEXT), number)
            await uow.commit()

    async def _deal_with(self, update: Update) -> None:
        """An update is of one kind; the four we listen to need no dispatcher, which takes as long as reading one."""
        if update.message is not None:
            await self._message_came(update, update.message)
        elif update.edited_message is not None:
            await self._message_edited(update, update.edited_message)
        elif update.callback_query is not None:
            await self._button_tapped(update, update.callback_query)
        elif update.my_chat_member is not None:
            await self._chat_changed(update, update.my_chat_member)

    async def _hear(self, update: Update, chat_id: int, kind: InboundKind, **what: Any) -> None:
        await self._inbound.take(_heard(self._bot, chat_id, update, kind, **what))

    async def _message_came(self, update: Update, message: Message) -> None:
        text = message.text or message.caption or ""
        chat_id, number = message.chat.id, str(message.message_id)
        contact = message.contact
        if message.text is not None:
            length = utf16_units(text)
            cut = {"cut": length > LIMITS.text_units // 2, "full": length >= LIMITS.text_units}
            await self._hear(update, chat_id, InboundKind.TEXT, text=text, message=number, **cut)
        elif contact is not None and message.from_user is not None and contact.user_id == message.from_user.id:
            await self._hear(update, chat_id, InboundKind.CONTACT, phone=contact.phone_number, proven=True)
        elif contact is not None:  # somebody else's card proves nothing: it says a name and a number
            name = " ".join(filter(None, (contact.first_name, contact.last_name)))
            await self._hear(update, chat_id, InboundKind.CONTACT, text=name, phone=contact.phone_number)
        elif message.location is not None:
            place = f"{message.location.latitude:.6f}, {message.location.longitude:.6f}"
            if message.venue is not None:
                place = f"{message.venue.title}, {message.venue.address} ({place})"
            await self._hear(update, chat_id, InboundKind.LOCATION, text=place)
        elif message.sticker is not None or message.dice is not None:
            await self._hear(update, chat_id, InboundKind.TEXT, text=_sign_of(message))
        else:
            media = await self._fetcher.media_of(message)
            if media:
                album = message.media_group_id or ""
                what: dict[str, Any] = {"text": text, "media": media, "message": number, "album": album}
                await self._hear(update, chat_id, InboundKind.MEDIA, **what)

    async def _message_edited(self, update: Update, message: Message) -> None:
        """Words that were changed; a place that is shared live moves by edits, which are nothing anybody said."""
        if message.location is not None:
            return
        text, number = message.text or message.caption or "", str(message.message_id)
        await self._hear(update, message.chat.id, InboundKind.TEXT, text=text, message=number, edits=True)

    async def _button_tapped(self, update: Update, tap: CallbackQuery) -> None:
        if tap.message is None or tap.data is None:
            return
        chat_id = tap.message.chat.id
        await self._hear(update, chat_id, InboundKind.CHOICE, choice=tap.data)
        self._answers.give(tap.id)
        if answers_question(tap.data):  # the next question brings buttons of its own; these would only mislead
            self._answers.take_keyboard_away(chat_id, tap.message.message_id)

    async def _chat_changed(self, update: Update, change: ChatMemberUpdated) -> None:
        """The person blocked the bot, or took it back: the chat stops or begins again to count as a way to them."""
        network, channel, address = Network.TELEGRAM, str(self._bot.id), str(change.chat.id)
        async with self._store.unit() as uow:
            if not await uow.inbox.record(network, channel, address, str(update.update_id)):
                return
            account, *_ = await uow.accounts.meet(network, channel, address)
            if change.new_chat_member.status in (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT):
                await reroute(uow, account.id, heard_at=account.last_heard_at, gone=True)
            else:
                await note_activity(uow, [account])
            await uow.commit()


def _sign_of(message: Message) -> str:
    """What a sticker or a die says, as a sign."""
    if message.dice is not None:
        return message.dice.emoji
    return STICKER if message.sticker is None else message.sticker.emoji or STICKER


class _AnswerTap(TelegramMethod[object]):
    """`answerCallbackQuery`, of whose answer nothing is read but whether it went well."""

    __returning__ = object
    __api_method__ = "answerCallbackQuery"

    callback_query_id: str


class _TakeKeyboardAway(TelegramMethod[object]):
    """`editMessageReplyMarkup` without a keyboard, its answer not read either: it is the message.

    To build the model of that takes a tenth of a second, in which nobody else is answered.
    """

    __returning__ = object
    __api_method__ = "editMessageReplyMarkup"

    chat_id: int
    message_id: int


class _Answers:
    """Stops the loading sign of tapped buttons, takes away keyboards that have done their work.

    Courtesies, not letters: each is tried once, and nobody waits for it.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._going: set[asyncio.Task[None]] = set()

    def give(self, tap_id: str) -> None:
        self._try("tap_not_answered", _AnswerTap(callback_query_id=tap_id))

    def take_keyboard_away(self, chat_id: int, message_id: int) -> None:
        self._try("keyboard_not_taken_away", _TakeKeyboardAway(chat_id=chat_id, message_id=message_id))

    def _try(self, failure: str, courtesy: TelegramMethod[object]) -> None:
        task = asyncio.create_task(self._tried(failure, courtesy))
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def _tried(self, failure: str, courtesy: TelegramMethod[object]) -> None:
        try:
            await self._bot(courtesy, request_timeout=5)
        except (AiogramError, OSError) as trouble:
            log.info(failure, error=type(trouble).__name__)


def _heard(bot: Bot, chat_id: int, update: Update, kind: InboundKind, **what: Any) -> InboundEvent:
    return InboundEvent(Network.TELEGRAM, str(bot.id), str(chat_id), str(update.update_id), kind, **what)


def _private_chat(update: Update) -> int | None:
    """The chat of an update we listen to; None for everything else, groups above all."""
    chat = None
    message = update.message or update.edited_message
    if message is not None:
        chat = message.chat
    elif update.callback_query is not None and update.callback_query.message is not None:
        chat = update.callback_query.message.chat
    elif update.my_chat_member is not None:
        chat = update.my_chat_member.chat
    return chat.id if chat is not None and chat.type == ChatType.PRIVATE else None
