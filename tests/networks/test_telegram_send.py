"""Letters on Telegram's wire: what is sent, and what each failure means."""

import json
from pathlib import Path
from typing import Any

import pytest
import structlog
from telegram.error import NetworkError, TimedOut

from bot.media.attachments import AttachmentStore
from bot.outbox.rate_limit import Allowance, Rate
from bot.telegram.limits import ALLOWED
from bot.telegram.send import TelegramChannel, make_channel
from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Throttled, Unavailable, Unreachable
from intake.rules.outbox.letter import Priority
from tests.support.files import office_file
from tests.support.telegram_fakes import API, TOKEN, Call, FakeRequest, FakeTelegram, refused
from wording.texts import Rendered, RenderedFile, Tap

MAI = "7000001"
JPEG = b"\xff\xd8\xff\xe0" + b"p" * 200


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def attachments(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path)


@pytest.fixture
def channel(telegram: FakeTelegram, attachments: AttachmentStore) -> TelegramChannel:
    return make_channel(TOKEN, API, attachments, request=FakeRequest(telegram), allowance=Allowance())


async def send(channel: TelegramChannel, letter_id: int, address: str, rendered: Rendered) -> str:
    """As the sender does it."""
    async with channel.limiter.permit(address, Priority.REPLY):
        return await channel.send(letter_id, address, rendered)


def keyboard(call: Call) -> Any:
    return call.params["reply_markup"]


async def test_words_go_out_as_they_are(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    number = await send(channel, 1, MAI, Rendered("<b>5 < 7</b> & *_`[ổ gà"))

    (call,) = telegram.calls
    assert (call.method, call.params["chat_id"], call.params["text"]) == ("sendMessage", MAI, "<b>5 < 7</b> & *_`[ổ gà")
    assert "parse_mode" not in call.params
    assert number == "1"


async def test_buttons_carry_codes_and_links(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    rows = ((Tap("Gửi", "send"), Tap("Huỷ", "cancel")), (Tap("Mở", "", "https://xa.example.vn/a"),))
    await send(channel, 1, MAI, Rendered("Gửi câu hỏi?", rows))

    assert keyboard(telegram.calls[0]) == {
        "inline_keyboard": [
            [{"text": "Gửi", "callback_data": "send"}, {"text": "Huỷ", "callback_data": "cancel"}],
            [{"text": "Mở", "url": "https://xa.example.vn/a"}],
        ]
    }


async def test_a_long_text_is_cut_and_the_buttons_stand_under_its_end(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    number = await send(channel, 1, MAI, Rendered("đường " * 1500, ((Tap("Gửi", "send"),),)))

    assert [len(call.params["text"]) for call in telegram.calls] == [4091, 4091, 815]
    assert ["inline_keyboard" in keyboard(call) for call in telegram.calls] == [False, False, True]
    assert number == "1+1+1", "all of it can be taken back"


async def test_the_number_is_asked_for_in_place_of_the_letter_keys(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    await send(channel, 1, MAI, Rendered("Số điện thoại?", ((Tap("Bỏ qua", "skip"),),), (), "Chia sẻ số điện thoại"))

    assert keyboard(telegram.calls[0]) == {
        "keyboard": [[{"text": "Chia sẻ số điện thoại", "request_contact": True}], [{"text": "Bỏ qua"}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
        "is_persistent": False,
    }


async def test_the_next_message_without_buttons_takes_that_keyboard_away(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    await send(channel, 1, MAI, Rendered("Cảm ơn bà/ông."))

    assert keyboard(telegram.calls[0]) == {"remove_keyboard": True}


@pytest.mark.parametrize(
    "rendered",
    [
        Rendered("a", ((Tap("Gửi", "x" * 65),),)),
        Rendered("a", ((Tap("Gửi", "đ" * 33),),)),
        Rendered("a", ((Tap("Gửi", ""),),)),
        Rendered("a", ((Tap("", "send"),),)),
        Rendered(" "),
    ],
    ids=["65 bytes", "66 bytes in 33 letters", "no code", "no label", "no words"],
)
async def test_what_telegram_would_refuse_is_never_sent(
    channel: TelegramChannel, telegram: FakeTelegram, rendered: Rendered
) -> None:
    with pytest.raises(Rejected):
        await send(channel, 1, MAI, rendered)
    assert telegram.calls == []


async def test_a_code_of_64_bytes_goes_through(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    await send(channel, 1, MAI, Rendered("a", ((Tap("Gửi", "đ" * 32),),)))

    assert keyboard(telegram.calls[0])["inline_keyboard"][0][0]["callback_data"] == "đ" * 32


@pytest.mark.parametrize(
    ("content", "method", "suffix"),
    [
        (JPEG, "sendPhoto", ".jpg"),
        (b"OggS" + b"v" * 20, "sendVoice", ".ogg"),
        (b"%PDF-1.7", "sendDocument", ".pdf"),
        (b"GIF89a" + bytes(7) + b";", "sendDocument", ".gif"),
        (office_file("wordprocessingml.document"), "sendDocument", ".docx"),
    ],
)
async def test_files_go_out_before_the_words_as_what_they_are(
    channel: TelegramChannel,
    telegram: FakeTelegram,
    attachments: AttachmentStore,
    content: bytes,
    method: str,
    suffix: str,
) -> None:
    media = attachments.save(content)
    await send(channel, 1, MAI, Rendered("Kèm theo", attachments=(RenderedFile(media.sha256),)))

    assert [call.method for call in telegram.calls] == [method, "sendMessage"]
    assert list(telegram.calls[0].files.values()) == [content]
    assert media.name + suffix in json.dumps(_names(telegram.calls[0]))


def _names(call: Call) -> list[str]:
    return list(call.names.values())


async def test_a_missing_file_does_not_keep_back_the_words(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    with structlog.testing.capture_logs() as logs:
        await send(
            channel,
            9,
            MAI,
            Rendered("Kèm theo", attachments=tuple(map(RenderedFile, ("0" * 64, "../../etc/passwd")))),
        )

    assert [call.params.get("text") for call in telegram.calls] == ["Kèm theo"]
    assert [(entry["event"], entry["letter"]) for entry in logs] == [("attachment_missing", 9)] * 2


async def test_a_picture_telegram_will_not_show_goes_as_a_file(
    channel: TelegramChannel, telegram: FakeTelegram, attachments: AttachmentStore
) -> None:
    media = attachments.save(JPEG)
    telegram.answers = [refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")]
    await send(channel, 1, MAI, Rendered("Kèm theo", attachments=(RenderedFile(media.sha256),)))

    assert [call.method for call in telegram.calls] == ["sendPhoto", "sendDocument", "sendMessage"]


async def test_a_file_telegram_will_not_take_does_not_keep_back_the_words(
    channel: TelegramChannel, telegram: FakeTelegram, attachments: AttachmentStore
) -> None:
    media = attachments.save(b"%PDF-1.7")
    telegram.answers = [refused(400, "Bad Request: file must be non-empty")]
    with structlog.testing.capture_logs() as logs:
        await send(channel, 1, MAI, Rendered("Kèm theo", attachments=(RenderedFile(media.sha256),)))

    assert [call.method for call in telegram.calls] == ["sendDocument", "sendMessage"]
    assert [entry["event"] for entry in logs] == ["attachment_refused"]


@pytest.mark.parametrize("kind", [JPEG, b"%PDF-1.7"])
async def test_a_chat_that_is_gone_is_known_from_the_file_already(
    channel: TelegramChannel, telegram: FakeTelegram, attachments: AttachmentStore, kind: bytes
) -> None:
    media = attachments.save(kind)
    telegram.answers = [refused(400, "Bad Request: chat not found")]
    with pytest.raises(Unreachable):
        await send(channel, 1, MAI, Rendered("Kèm theo", attachments=(RenderedFile(media.sha256),)))
    assert len(telegram.calls) == 1


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (refused(403, "Forbidden: bot was blocked by the user"), Unreachable),
        (refused(403, "Forbidden: user is deactivated"), Unreachable),
        (refused(400, "Bad Request: chat not found"), Unreachable),
        (refused(400, "Bad Request: PEER_ID_INVALID"), Unreachable),
        (refused(400, "Bad Request: BUTTON_DATA_INVALID"), Rejected),
        (refused(401, "Unauthorized"), Unavailable),
        (refused(404, "Not Found"), Unavailable),
        (refused(409, "Conflict"), Unavailable),
        (refused(500, "Internal Server Error"), Unavailable),
        (refused(502, "Bad Gateway"), Unavailable),
        (TimedOut(), Unavailable),
        (NetworkError("no route"), Unavailable),
        ((200, {"junk": True}), Unavailable),
    ],
)
async def test_what_a_failure_means(
    channel: TelegramChannel, telegram: FakeTelegram, answer: Any, failure: type[DeliveryFailure]
) -> None:
    telegram.answers = [answer]
    with pytest.raises(failure) as caught:
        await send(channel, 1, MAI, Rendered("a"))

    assert type(caught.value) is failure
    assert "blocked by the user" not in str(caught.value)


async def test_a_refused_token_is_an_error_in_the_log(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    telegram.answers = [refused(401, "Unauthorized")]
    with structlog.testing.capture_logs() as logs, pytest.raises(Unavailable):
        await send(channel, 1, MAI, Rendered("a"))

    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("telegram_token_refused", "error")]


async def test_when_told_to_wait_the_letter_and_the_pace_know_how_long(
    channel: TelegramChannel, telegram: FakeTelegram
) -> None:
    telegram.answers = [refused(429, "Too Many Requests: retry after 7", retry_after=7)]
    with pytest.raises(Throttled) as caught:
        await send(channel, 1, MAI, Rendered("a"))

    assert caught.value.retry_after == 7
    assert 0 < channel.limiter.pause(MAI) <= 7
    await send(channel, 2, "7000002", Rendered("b"))  # one chat alone holds up nobody else


async def test_every_message_of_a_letter_waits_for_its_time(
    channel: TelegramChannel, telegram: FakeTelegram, attachments: AttachmentStore
) -> None:
    """A pause that comes in the middle of a letter is kept, whatever it still consists of."""
    photo = attachments.save(JPEG)
    letter = Rendered("b" * 5000, attachments=(RenderedFile(photo.sha256),))
    async with channel.limiter.permit(MAI, Priority.REPLY):
        await channel.limiter.message(MAI)
        channel.limiter.hold(20)
        with pytest.raises(Throttled):
            await channel.send(1, MAI, letter)

    assert telegram.calls == []


async def test_what_is_no_message_goes_at_once(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    channel.limiter.hold(20)
    await channel.bot.delete_my_commands()

    assert [call.method for call in telegram.calls] == ["deleteMyCommands"]


def test_a_bot_sends_within_what_telegram_allows() -> None:
    assert (ALLOWED.overall, ALLOWED.per_chat, ALLOWED.per_group) == (Rate(30, 1), Rate(1, 1), Rate(20, 60))


async def test_closing_lets_go_of_the_connections(channel: TelegramChannel) -> None:
    await channel.close()
