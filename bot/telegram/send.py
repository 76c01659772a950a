"""Letters to Telegram: text in parts that fit, keyboards, attachments; failures as the closed set says."""

import asyncio
import os
import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.media.attachments import AttachmentStore
from bot.media.kinds import SUFFIXES, sent_type_of
from bot.outbox.rate_limit import Allowance, RateLimiter
from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Throttled, Unavailable, Unreachable
from intake.rules.people.person import Network
from wording.texts import Rendered, RenderedFile

from .keyboards import NONE, Keyboard, keyboard_of
from .limits import ALLOWED, LIMITS, split_text
from .over_aiohttp import AiohttpRequest

PATIENCE = 15.0
_GONE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "input_user_deactivated")
_PHOTOS = ("image/jpeg", "image/png", "image/webp")
log = structlog.get_logger()


def make_channel(
    token: str,
    api: str,
    attachments: AttachmentStore,
    *,
    request: BaseRequest | None = None,
    allowance: Allowance = ALLOWED,
) -> "TelegramChannel":
    """The sending side on the Bot API server at the base URL `api`, at the pace Telegram allows one bot."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's switch: durations as durations, no warning
    if request is None:
        request = AiohttpRequest(PATIENCE)
    bot = Bot(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=request,
        get_updates_request=request,
    )
    return TelegramChannel(bot, request, attachments, RateLimiter(allowance))


class TelegramChannel:
    """One bot as a channel that keeps Telegram's pace.

    A letter of several messages (attachments, a long text) that fails on the way is tried again from its first
    message: the person may see the first ones twice, and misses none.
    """

    network = Network.TELEGRAM

    def __init__(self, bot: Bot, request: BaseRequest, attachments: AttachmentStore, limiter: RateLimiter) -> None:
        self.bot = bot
        self.limiter = limiter
        self._request = request
        self.name = bot.token.partition(":")[0]
        self._attachments = attachments

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        """Send the attachments, then the text, the buttons under its last part. Returns the ids of all of them."""
        keyboard = keyboard_of(rendered)
        parts = split_text(rendered.text)
        if not parts:
            raise Rejected("a message without words")
        sent: list[int] = []
        try:
            for file in rendered.attachments:
                sent += await self._send_attachment(letter_id, address, file)
            for part in parts[:-1]:
                sent.append(await self._send_text(address, part, NONE))
            sent.append(await self._send_text(address, parts[-1], keyboard))
        except TelegramError as error:
            failure = failure_of(error)
            if isinstance(failure, Throttled):
                self.limiter.slow(address, failure.retry_after)
            raise failure from error
        except (KeyError, TypeError) as odd:
            raise Unavailable("an answer of no known shape") from odd
        return packed_ids(sent)

    async def take_back(self, address: str, message: str) -> None:
        """Delete all that `send` returned this for; what is gone already is no trouble."""
        try:
            await self.bot.delete_messages(address, unpacked_ids(message))
        except TelegramError as error:
            raise failure_of(error) from error

    async def close(self) -> None:
        """Let go of the connections."""
        await self._request.shutdown()

    async def _send_text(self, address: str, text: str, keyboard: Keyboard) -> int:
        await self.limiter.message(address)
        return (await self.bot.send_message(address, text, api_kwargs={"reply_markup": keyboard})).message_id

    async def _send_attachment(self, letter_id: int, address: str, file: RenderedFile) -> list[int]:
        """Send one file; one that is missing or that Telegram refuses must not hold up the words. Returns its id."""
        try:
            content = await asyncio.to_thread(self._attachments.read, file.sha256)
        except (FileNotFoundError, ValueError) as trouble:
            log.error("attachment_missing", letter=letter_id, error=type(trouble).__name__)  # noqa: TRY400
            return []
        except OSError as trouble:
            raise Unavailable("the file cannot be read now") from trouble
        try:
            return [await self._send_file(address, content, file)]
        except BadRequest as refusal:
            if isinstance(failure_of(refusal), Unreachable):
                raise
            log.error("attachment_refused", letter=letter_id)  # noqa: TRY400
            return []

    async def _send_file(self, address: str, content: bytes, file: RenderedFile) -> int:
        media_type = sent_type_of(content) or ""
        filename = file.called(SUFFIXES.get(media_type, ""))
        await self.limiter.message(address)
        if media_type == "audio/ogg":
            return (await self.bot.send_voice(address, content, filename=filename)).message_id
        if media_type in _PHOTOS and len(content) <= LIMITS.photo_bytes:
            try:
                return (await self.bot.send_photo(address, content, filename=filename)).message_id
            except BadRequest as refusal:
                if isinstance(failure_of(refusal), Unreachable):
                    raise
                log.info("photo_sent_as_file")  # too long, too narrow: still a file
                await self.limiter.message(address)
        return (await self.bot.send_document(address, content, filename=filename)).message_id


def packed_ids(ids: Sequence[int]) -> str:
    """Ids of messages in few letters: the first one, then how far each is from the one before (`4711+1+3`)."""
    return "".join([str(ids[0]), *(f"{later - before:+d}" for before, later in pairwise(ids))])


def unpacked_ids(packed: str) -> list[int]:
    """The ids that were packed."""
    return list(accumulate(int(step) for step in re.findall(r"[+-]?\d+", packed)))


def failure_of(error: TelegramError) -> DeliveryFailure:
    """What an error of the Bot API means for a letter. Nothing of the answer's text is kept: it may name people."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Throttled(float(wait) if isinstance(wait, int) else wait.total_seconds())
        case Forbidden():
            return Unreachable("blocked or gone")
        case BadRequest() if any(sign in error.message.lower() for sign in _GONE):
            return Unreachable("no such chat")
        case BadRequest():
            return Rejected("the Bot API refuses the message")
        case InvalidToken():
            log.error("telegram_token_refused", what="sendMessage")
            return Unavailable("the token is refused")
        case _:
            return Unavailable(type(error).__name__)
