"""Every kind of update through the real dispatcher: what is heard of it, or that nothing is."""

import asyncio
import gc
import unicodedata
import weakref
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiogram.exceptions import AiogramError
from aiogram.methods import DeleteWebhook
from sqlalchemy.exc import OperationalError

from bot.media.attachments import LARGEST, AttachmentStore
from bot.telegram.receive import TelegramReceiver, make_bot
from handlers.engine.inbound_event import InboundEvent, InboundKind, Media, MediaProblem
from intake.rules.people.person import Network
from tests.support import telegram_updates as updates
from tests.support.telegram_fakes import API, BOT_ID, TOKEN, FakeSession, FakeTelegram, refused
from tests.support.telegram_line import TelegramLine
from tests.support.world import World, local, opened_world

JPEG = b"\xff\xd8\xff\xe0" + b"p" * 200
OGG = b"OggS" + b"v" * 50
PDF = b"%PDF-1.7 " + b"d" * 50
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"m" * 50
MAI = "7000001"


MESSAGE = "1055"
UNCLEAN = unicodedata.normalize("NFD", "Đường hỏng\x00")
SOMEWHERE = {"latitude": 15.0512345, "longitude": 108.5}


class Ear:
    """An inbound queue that writes down what it is handed, or fails."""

    def __init__(self) -> None:
        self.heard: list[InboundEvent] = []
        self.failure: Exception | None = None

    async def take(self, heard: InboundEvent) -> None:
        await asyncio.sleep(0)
        if self.failure is not None:
            raise self.failure
        self.heard.append(heard)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, TelegramLine, local(2024, 3, 1)) as opened:
        yield opened


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def receiver(world: World, ear: Ear, telegram: FakeTelegram) -> TelegramReceiver:
    bot = make_bot(TOKEN, API, FakeSession(telegram))
    return TelegramReceiver(bot, ear, world.store, AttachmentStore(world.data_dir / "files"))  # type: ignore[arg-type]


def heard(kind: InboundKind, **what: Any) -> InboundEvent:
    return InboundEvent(Network.TELEGRAM, BOT_ID, MAI, "55", kind, **what)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        pytest.param(
            updates.text(55, MAI, "Đường hỏng"), heard(InboundKind.TEXT, text="Đường hỏng", message=MESSAGE), id="text"
        ),
        pytest.param(
            updates.text(55, MAI, "/start i-ABC123"),
            heard(InboundKind.TEXT, text="/start i-ABC123", message=MESSAGE),
            id="deep link",
        ),
        pytest.param(
            updates.text(55, MAI, UNCLEAN),
            heard(InboundKind.TEXT, text=UNCLEAN, message=MESSAGE),
            id="as it was typed: the door makes it clean",
        ),
        pytest.param(
            {**updates.edit(57, MAI, 55, "Đường hỏng nặng"), "update_id": 55},
            heard(InboundKind.TEXT, text="Đường hỏng nặng", message=MESSAGE, edits=True),
            id="edited",
        ),
        pytest.param(
            updates.text(55, MAI, "ờ" * 2049),
            heard(InboundKind.TEXT, text="ờ" * 2049, message=MESSAGE, cut=True),
            id="so long that an app may have cut it",
        ),
        pytest.param(
            updates.text(55, MAI, "ờ" * 4096),
            heard(InboundKind.TEXT, text="ờ" * 4096, message=MESSAGE, cut=True, full=True),
            id="as long as a message can be",
        ),
        pytest.param(updates.tap(55, MAI, "cmd.hoi"), heard(InboundKind.CHOICE, choice="cmd.hoi"), id="tap"),
        pytest.param(
            updates.contact(55, MAI, "84912345678"),
            heard(InboundKind.CONTACT, phone="84912345678", proven=True),
            id="own number",
        ),
        pytest.param(
            updates.contact(55, MAI, "84912345678", owner="999"),
            heard(InboundKind.CONTACT, text="Mai", phone="84912345678"),
            id="somebody else's card proves nothing",
        ),
        pytest.param(
            updates.contact(55, MAI, "84912345678", owner="nobody"),
            heard(InboundKind.CONTACT, text="Mai", phone="84912345678"),
            id="the card of somebody without an account",
        ),
        pytest.param(
            updates.message(55, MAI, location=SOMEWHERE),
            heard(InboundKind.LOCATION, text="15.051234, 108.500000"),
            id="location",
        ),
        pytest.param(
            updates.message(
                55,
                MAI,
                location={"latitude": 15.05, "longitude": 108.5},
                venue={
                    "location": {"latitude": 15.05, "longitude": 108.5},
                    "title": "Nhà văn hoá",
                    "address": "TDP Hàng Gòn",
                },
            ),
            heard(InboundKind.LOCATION, text="Nhà văn hoá, TDP Hàng Gòn (15.050000, 108.500000)"),
            id="venue",
        ),
        pytest.param(
            updates.message(
                55,
                MAI,
                sticker={
                    "file_id": "s",
                    "file_unique_id": "s",
                    "type": "regular",
                    "width": 512,
                    "height": 512,
                    "is_animated": False,
                    "is_video": False,
                    "emoji": "❤️",
                },
            ),
            heard(InboundKind.TEXT, text="❤️"),
            id="sticker",
        ),
        pytest.param(
            updates.message(55, MAI, dice={"emoji": "🎲", "value": 3}),
            heard(InboundKind.TEXT, text="🎲"),
            id="dice",
        ),
        pytest.param(
            updates.message(55, MAI, story={"chat": {"id": 1, "type": "private"}, "id": 3}),
            heard(InboundKind.MEDIA, media=(Media(problem=MediaProblem.TYPE),), message=MESSAGE),
            id="story",
        ),
    ],
)
async def test_an_update_is_heard_for_what_it_is(
    receiver: TelegramReceiver, ear: Ear, update: dict[str, Any], expected: InboundEvent
) -> None:
    await receiver.take(update)

    assert ear.heard == [expected]


@pytest.mark.parametrize(
    ("content", "sent_as", "media_type", "name"),
    [
        (JPEG, lambda f: {"photo": [{**f, "width": 90, "height": 90}]}, "image/jpeg", "photo.jpg"),
        (OGG, lambda f: {"voice": {**f, "duration": 4, "mime_type": "audio/ogg"}}, "audio/ogg", "voice.ogg"),
        (b"ID3" + b"a" * 9, lambda f: {"audio": {**f, "duration": 4, "file_name": "ghi.mp3"}}, "audio/mpeg", "ghi.mp3"),
        (MP4, lambda f: {"video": {**f, "duration": 4, "width": 1, "height": 1}}, "video/mp4", None),
        (MP4, lambda f: {"video_note": {**f, "duration": 4, "length": 240}}, "video/mp4", "video.mp4"),
        (PDF, lambda f: {"document": {**f, "file_name": "đơn.pdf"}}, "application/pdf", "đơn.pdf"),
    ],
    ids=["photo", "voice", "audio", "video", "video note", "document"],
)
async def test_a_file_is_stored_before_it_is_heard(
    receiver: TelegramReceiver,
    ear: Ear,
    telegram: FakeTelegram,
    world: World,
    content: bytes,
    sent_as: Any,
    media_type: str,
    name: str | None,
) -> None:
    telegram.files["f1"] = content
    file = {"file_id": "f1", "file_unique_id": "u1", "file_size": len(content)}

    await receiver.take(updates.message(55, MAI, caption="ảnh ổ gà", **sent_as(file)))

    (one,) = ear.heard
    (media,) = one.media
    assert (one.kind, one.text) == (InboundKind.MEDIA, "ảnh ổ gà")
    assert (media.media_type, media.size, media.problem) == (media_type, len(content), None)
    assert media.name == (name or media.sha256[:8])
    assert AttachmentStore(world.data_dir / "files").read(media.sha256) == content


async def test_the_largest_size_of_a_photo_is_taken(receiver: TelegramReceiver, telegram: FakeTelegram) -> None:
    telegram.files["big"] = JPEG

    await receiver.take(updates.photo(55, MAI, "big", len(JPEG)))

    assert [call.params["file_id"] for call in telegram.named("getFile")] == ["big"]


async def test_a_file_said_to_be_too_big_is_not_fetched(
    receiver: TelegramReceiver, ear: Ear, telegram: FakeTelegram
) -> None:
    await receiver.take(updates.photo(55, MAI, "big", LARGEST + 1))

    assert [media.problem for media in ear.heard[0].media] == [MediaProblem.TOO_BIG]
    assert telegram.calls == []


async def test_a_file_that_proves_too_big_while_fetched_is_dropped(
    receiver: TelegramReceiver, ear: Ear, telegram: FakeTelegram, world: World
) -> None:
    telegram.files["big"] = JPEG + b"x" * LARGEST
    telegram.answers = [(200, {"ok": True, "result": {"file_id": "big", "file_unique_id": "b", "file_path": "up/big"}})]

    await receiver.take(updates.photo(55, MAI, "big", 5))

    assert [media.problem for media in ear.heard[0].media] == [MediaProblem.TOO_BIG]
    assert not (world.data_dir / "files").exists()


@pytest.mark.parametrize(
    "answer",
    [
        refused(500, "Internal Server Error"),
        OSError("connection reset"),
        (200, {"ok": True, "result": {"file_id": "f1", "file_unique_id": "u1"}}),
    ],
    ids=["server error", "connection lost", "no path"],
)
async def test_a_file_that_cannot_be_fetched_is_said_to_be_lost(
    receiver: TelegramReceiver, ear: Ear, telegram: FakeTelegram, answer: Any
) -> None:
    telegram.answers = [answer]

    await receiver.take(updates.photo(55, MAI, "f1", 5, "có ảnh"))

    (one,) = ear.heard
    assert (one.text, [media.problem for media in one.media]) == ("có ảnh", [MediaProblem.LOST])


async def test_a_file_of_a_kind_we_do_not_take_is_named_so(
    receiver: TelegramReceiver, ear: Ear, telegram: FakeTelegram
) -> None:
    telegram.files["f1"] = b"MZ\x90\x00 a programme"

    await receiver.take(
        updates.message(55, MAI, document={"file_id": "f1", "file_unique_id": "u", "file_name": "anh.jpg"})
    )

    assert [media.problem for media in ear.heard[0].media] == [MediaProblem.TYPE]


def _in_group(update: dict[str, Any]) -> dict[str, Any]:
    (kind,) = [key for key in update if key != "update_id"]
    inner = update[kind]["message"] if kind == "callback_query" else update[kind]
    inner["chat"] = {"id": -100123, "type": "supergroup", "title": "Xóm 3"}
    return update


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(_in_group(updates.text(55, MAI, "/hoi")), id="group message"),
        pytest.param(_in_group(updates.tap(55, MAI, "cmd.hoi")), id="group tap"),
        pytest.param(_in_group(updates.chat_changed(55, MAI, "member", "kicked")), id="thrown out of a group"),
        pytest.param(
            {"update_id": 56, "edited_message": updates.message(55, MAI, location=SOMEWHERE)["message"]},
            id="somebody who shares live where they are has moved",
        ),
        pytest.param(updates.message(55, MAI, pinned_message=updates.text(1, MAI, "a")["message"]), id="service"),
        pytest.param({"update_id": 55, "something_new": {"a": 1}}, id="a kind of the future"),
        pytest.param({"update_id": 55, "message": {"no": "message"}}, id="a shape of the future"),
        pytest.param(
            {
                "update_id": 55,
                "callback_query": {
                    "id": "1",
                    "from": {"id": 7000001, "is_bot": False, "first_name": "A"},
                    "chat_instance": "1",
                    "inline_message_id": "x",
                    "data": "cmd.hoi",
                },
            },
            id="tap outside any chat",
        ),
    ],
)
async def test_what_is_not_for_us_is_not_heard(
    receiver: TelegramReceiver, ear: Ear, telegram: FakeTelegram, update: dict[str, Any]
) -> None:
    await receiver.take(update)

    assert ear.heard == []
    assert telegram.calls == []


async def test_a_tap_is_answered_after_it_was_heard(receiver: TelegramReceiver, telegram: FakeTelegram) -> None:
    await receiver.take(updates.tap(55, MAI, "cmd.hoi"))
    assert telegram.calls == [], "nobody waits for the courtesy"
    await _settled()

    assert [call.params["callback_query_id"] for call in telegram.named("answerCallbackQuery")] == ["tap55"]


async def test_the_keyboard_of_a_question_is_taken_away_once_it_was_answered(
    receiver: TelegramReceiver, telegram: FakeTelegram
) -> None:
    """What hangs under a list or a letter stays: it names what it acts on, and may be wanted again."""
    await receiver.take(updates.tap(55, MAI, "send~12"))
    await receiver.take(updates.tap(56, MAI, "status.12"))
    await _settled()

    [taken] = telegram.named("editMessageReplyMarkup")
    assert taken.params["chat_id"] == int(MAI)
    assert "reply_markup" not in taken.params


async def test_what_telegram_answers_to_a_tap_is_not_read(receiver: TelegramReceiver, telegram: FakeTelegram) -> None:
    """It is the message without its buttons: to read that costs more than all the rest, and nobody looks at it."""
    telegram.answers = [(200, {"ok": True, "result": {"of": "a kind nobody knows"}})] * 2
    with structlog.testing.capture_logs() as logs:
        await receiver.take(updates.tap(55, MAI, "send~12"))
        await _settled()

    assert len(telegram.calls) == 2
    assert logs == []


def test_the_model_of_an_answer_is_built_once() -> None:
    """pydantic forgets one that nobody holds, and building it stops everybody."""
    bot = make_bot(TOKEN, API)

    def answered() -> weakref.ref[Any]:
        return weakref.ref(type(bot.session.check_response(bot, DeleteWebhook(), 200, '{"ok": true, "result": true}')))

    first = answered()
    gc.collect()
    assert first() is not None
    assert answered()() is first()


async def test_a_tap_that_cannot_be_answered_disturbs_nothing(
    receiver: TelegramReceiver, ear: Ear, telegram: FakeTelegram
) -> None:
    telegram.answers = [refused(400, "Bad Request: query is too old")]
    with structlog.testing.capture_logs() as logs:
        await receiver.take(updates.tap(55, MAI, "cmd.hoi"))
        await _settled()

    assert len(ear.heard) == 1
    assert [entry["event"] for entry in logs] == ["tap_not_answered"]


async def test_a_tap_that_was_not_stored_is_not_answered(
    receiver: TelegramReceiver, ear: Ear, telegram: FakeTelegram
) -> None:
    ear.failure = OperationalError("INSERT", {}, OSError("disk full"))
    with pytest.raises(OperationalError):
        await receiver.take(updates.tap(55, MAI, "cmd.hoi"))
    await _settled()

    assert telegram.calls == []


async def test_one_chat_is_heard_in_order_though_a_file_takes_its_time(
    receiver: TelegramReceiver, ear: Ear, telegram: FakeTelegram
) -> None:
    telegram.files["f1"] = JPEG
    await asyncio.gather(
        receiver.take(updates.photo(1, MAI, "f1", len(JPEG))),
        receiver.take(updates.text(2, MAI, "Gửi")),
        receiver.take(updates.text(3, "7000002", "người khác")),
    )

    assert [one.event_id for one in ear.heard if one.address == MAI] == ["1", "2"]
    assert ear.heard[0].event_id == "3", "another chat does not wait"


async def test_our_own_defect_is_apologised_for_and_not_repeated(
    receiver: TelegramReceiver, ear: Ear, world: World
) -> None:
    ear.failure = ZeroDivisionError()
    with structlog.testing.capture_logs() as logs:
        await receiver.take(updates.text(55, MAI, "Đường hỏng"))
        await receiver.take(updates.text(55, MAI, "Đường hỏng"))
    await world.settle()

    said = [shown.text for shown in world.line.shown(MAI)]
    assert len(said) == 1, "the same update again is not apologised for again"
    assert logs[0]["event"] == "update_failed"
    assert logs[0]["number"] in said[0]
    assert "Đường hỏng" not in str(logs)


async def test_who_blocks_the_bot_is_known_to_be_out_of_reach_until_they_come_back(
    receiver: TelegramReceiver, world: World
) -> None:
    await world.phone(MAI).says("/start")
    await receiver.take(updates.chat_changed(56, MAI, "member", "kicked"))
    assert await _unreachable_since(world) is not None

    await receiver.take(updates.chat_changed(57, MAI, "kicked", "member"))
    assert await _unreachable_since(world) is None

    await receiver.take(updates.chat_changed(56, MAI, "member", "kicked"))
    assert await _unreachable_since(world) is None, "an old event that comes again changes nothing"


async def _unreachable_since(world: World) -> Any:
    async with world.store.reading() as uow:
        account, *_ = await uow.accounts.meet(Network.TELEGRAM, BOT_ID, MAI)
        return account.unreachable_since


async def _settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    "answer", ['{"ok": false}', '{"ok": false, "error_code": 502}', "[]", '"ok"', "<html>", "null", ""]
)
@pytest.mark.parametrize("status", [200, 401, 502])
def test_what_something_before_telegram_answers_is_no_telegram_and_asked_again(answer: str, status: int) -> None:
    bot = make_bot(TOKEN, API)

    with pytest.raises(AiogramError):
        bot.session.check_response(bot, DeleteWebhook(), status, answer)
