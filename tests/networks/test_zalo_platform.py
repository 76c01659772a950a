"""The bot of the Bot Platform: the same conversation with numbers, by polling or webhook, in either shape of update."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.door import FileDoor
from bot.outbox.relay import OutboxRelay
from bot.zalo.bot_platform.client import BotClient, BotRefusal, failure_of
from bot.zalo.bot_platform.receive import HEADER, PATH, BotReceiver, bot_router, channel_of, poll, set_webhook
from bot.zalo.bot_platform.send import ZaloBotChannel
from bot.zalo.bot_platform.updates import read_update
from bot.zalo.media import ZaloFetcher
from bot.zalo.worker import Worker
from handlers.wiring import conversation_table
from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Throttled, Unavailable, Unreachable
from tests.support.lines import PlainLine
from tests.support.logged import Logged
from tests.support.processes import PATIENCE
from tests.support.world import World, local, opened_world
from web.server import create_app
from wording.texts import Rendered, RenderedFile, Tap
from zalo_sandbox.app import Running, create_sandbox
from zalo_sandbox.config import SandboxConfig
from zalo_sandbox.driver import time_out
from zalo_sandbox.state import Asset, Phone, Shown

API = "https://bot-api.zalo.test"
PUBLIC = "https://doithoai.test"
SECRET = "a secret of sixteen signs"
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 64
CONFIG = SandboxConfig(media_url="https://f1-media.zdn.vn", public_url="https://sandbox.test")


def said_by_bot(phone: Phone) -> list[Shown]:
    """What the phone shows of the bot, without its own messages."""
    return [one for one in phone.shown_by_bot if one.by == "bot"]


class BotRig:
    """The bot as a process has it, on the stand-in."""

    def __init__(
        self,
        world: World,
        config: SandboxConfig = CONFIG,
        *,
        public_url: str = PUBLIC,
        take: Callable[[Any], Awaitable[None]] | None = None,
    ) -> None:
        self.world = world
        self.running: Running = create_sandbox(config, world.clock.now, self._deliver, time_out)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.running.app))
        self.client = BotClient(self.http, API, config.bot_token)
        store, table = world.store, conversation_table()
        self.attachments = AttachmentStore(world.data_dir / "attachments")
        self.inbound = InboundQueue(store, table, lambda: None)
        fetcher = ZaloFetcher(self.http, FileDoor(world.store, self.attachments), ("*.zdn.vn",))
        self.receiver = BotReceiver(store, self.inbound, table, fetcher, self.client.bot_id, lambda: None)
        channel = channel_of(self.client.bot_id)
        self.worker = Worker(store, channel, take or self.receiver.take, self.receiver.apologise, world.clock.now)
        self.channel = ZaloBotChannel(store, self.client, self.attachments, table, public_url)
        self.relay = OutboxRelay(store, self.channel, "test", world.clock.now)

        async def fine() -> str:
            return ""

        self.app = create_app([bot_router(SECRET, store, self.client.bot_id, self.worker.wake)], fine)
        self.tasks: list[asyncio.Task[None]] = [asyncio.create_task(self.inbound.run())]

    async def _deliver(self, url: str, body: bytes, headers: Any) -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as client:
            return (await client.post(url, content=body, headers=dict(headers))).status_code

    def begin_polling(self) -> None:
        async def pause(_seconds: float) -> None:
            await asyncio.sleep(0)

        self.tasks.append(asyncio.create_task(poll(self.client, self.world.store, self.worker.wake, pause)))

    async def says(self, phone: Phone, text: str) -> str:
        """Type something; what comes back."""
        return await self.does(phone, lambda: self.running.bot.hears(phone, "text", {"text": text}))

    async def does(self, phone: Phone, deed: Callable[[], object]) -> str:
        before = len(said_by_bot(phone))
        self.world.clock.move(seconds=2)
        deed()
        await self.running.bot.bring()
        async with asyncio.timeout(PATIENCE):
            while len(said_by_bot(phone)) == before:
                await self.worker.drain()
                await self.relay.work_off()
                await asyncio.sleep(0)
        return "\n".join(one.text for one in said_by_bot(phone)[before:])

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.http.aclose()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, PlainLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


@asynccontextmanager
async def opened_rig(world: World, **how: Any) -> AsyncIterator[BotRig]:
    made = BotRig(world, **how)
    yield made
    await made.close()
    assert made.running.sandbox.violations == []


@pytest.fixture
async def rig(world: World) -> AsyncIterator[BotRig]:
    async with opened_rig(world) as made:
        yield made


@pytest.mark.parametrize("shape", ["wrapped", "flat"])
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_question_is_asked_by_numbers(world: World, shape: Any, way: str) -> None:
    rig = BotRig(world, SandboxConfig(bot_updates=shape))
    if way == "polling":
        rig.begin_polling()
    else:
        await set_webhook(rig.client, f"{PUBLIC}{PATH}", SECRET)
    mai = rig.running.people.meet("mai", "Mai")
    assert "(1) Đồng ý" in await rig.says(mai, "/start h-DL-hang-gon")
    await rig.says(mai, "1")
    await rig.says(mai, "Nguyễn Thị Mai")
    assert "(3) ✍️ Gửi câu hỏi" in await rig.says(mai, "1")
    await rig.says(mai, "3")
    half = "\ud83d" if way == "webhook" else ""  # an emoji some phone has cut in half
    assert "(1) Gửi" in await rig.says(mai, f"Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?{half}")
    assert "DL-2024-0001" in await rig.says(mai, "1")
    await rig.close()
    assert rig.running.sandbox.violations == []


async def test_a_photo_goes_with_a_question_and_other_things_are_answered(rig: BotRig) -> None:
    rig.begin_polling()
    mai = rig.running.people.meet("mai", "Mai")
    for text in ("/start h-DL-hang-gon", "1", "Nguyễn Thị Mai", "1"):
        await rig.says(mai, text)
    asset = Asset("image", "p.jpg", JPEG, "image/jpeg", rig.world.clock.now().replace(year=2025))
    people = rig.running.people
    address = people.media_address(people.keep_media(asset))
    said = await rig.does(
        mai, lambda: rig.running.bot.hears(mai, "image", {"photo_url": address, "caption": "Cống đầu xóm bị sập"})
    )
    assert "Cống đầu xóm bị sập" in said
    await rig.says(mai, "#1")
    async with rig.world.store.reading() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        assert [one.media_type for one in await uow.questions.attachments(question.id)] == ["image/jpeg"]
    assert await rig.does(mai, lambda: rig.running.bot.hears(mai, "sticker", {"sticker": "x"}))


async def test_polling_survives_what_the_platform_and_the_database_do(world: World, logged: Logged) -> None:
    answers: list[httpx.Response | Exception] = [
        httpx.ConnectError("no route"),
        httpx.Response(200, json={"ok": True, "result": {}}),
        httpx.Response(200, json={"ok": False, "error_code": 408}),
        httpx.Response(200, json={"ok": False, "error_code": 401}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"ok": True, "result": {"event_name": "message.text.received"}}),
    ]
    pauses: list[float] = []

    def say(_request: httpx.Request) -> httpx.Response:
        if not answers:
            raise asyncio.CancelledError
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with httpx.AsyncClient(transport=httpx.MockTransport(say)) as http:
        with pytest.raises(asyncio.CancelledError):
            await poll(BotClient(http, API, "1:x"), world.store, lambda: None, pause)
    assert pauses == [2.0, 4.0, 8.0, 16.0]
    assert [one["event"] for one in logged() if one["level"] == "error"] == ["zalo_bot_refused"]


async def test_the_webhook_knows_its_caller(rig: BotRig) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(rig.app), base_url=PUBLIC) as client:
        body = {"event_name": "message.text.received", "message": {"chat": {"id": "c"}, "message_id": "m", "text": "x"}}
        right = {HEADER: SECRET}
        assert (await client.post(PATH, json=body)).status_code == 403
        assert (await client.post(PATH, json=body, headers={HEADER: SECRET + "x"})).status_code == 403
        assert (await client.post(PATH, content=b"no json", headers=right)).status_code == 400
        assert (await client.post(PATH, content=b"x" * 300_000, headers=right)).status_code == 413
        assert (await client.post(PATH, json=body, headers=right)).status_code == 200
        assert (await client.post(PATH, json=[], headers=right)).status_code == 200
    async with rig.world.store.reading() as uow:
        (event,) = await uow.zalo_events.waiting(channel_of(rig.client.bot_id), 9)
    assert json.loads(event.body) == body


@pytest.mark.parametrize(
    ("code", "failure"),
    [(400, Rejected), (401, Unavailable), (403, Unreachable), (404, Unreachable), (408, Unavailable), (429, Throttled)],
)
def test_each_error_has_its_consequence(code: int, failure: type[DeliveryFailure]) -> None:
    assert type(failure_of(BotRefusal(code))) is failure


async def test_what_the_bot_cannot_carry_comes_by_address(rig: BotRig) -> None:
    await set_webhook(rig.client, f"{PUBLIC}{PATH}", SECRET)
    mai = rig.running.people.meet("mai", "Mai")
    await rig.says(mai, "/start")
    photo = rig.attachments.save(JPEG, "p").sha256
    pdf = rig.attachments.save(b"%PDF-1.7", "d").sha256
    await rig.channel.send(1, mai.bot_id, Rendered("Xem", attachments=tuple(map(RenderedFile, (photo, pdf, "0" * 64)))))
    picture, words = said_by_bot(mai)[-2:]
    assert picture.pictures[0].startswith(f"{PUBLIC}/zalo/file/{photo}/")
    assert f"{PUBLIC}/zalo/file/{pdf}/" in words.text


async def test_without_an_address_of_ours_the_file_is_told_of(world: World) -> None:
    async with opened_rig(world, public_url="") as rig:
        await set_webhook(rig.client, f"{PUBLIC}{PATH}", SECRET)
        mai = rig.running.people.meet("mai", "Mai")
        await rig.says(mai, "/start")
        photo = rig.attachments.save(JPEG, "p").sha256
        await rig.channel.send(1, mai.bot_id, Rendered("Xem", attachments=(RenderedFile(photo),)))
        assert "không gửi được qua Zalo" in mai.shown_by_bot[-1].text


async def test_letters_nobody_can_get_are_refused(rig: BotRig) -> None:
    await set_webhook(rig.client, f"{PUBLIC}{PATH}", SECRET)
    mai = rig.running.people.meet("mai", "Mai")
    await rig.says(mai, "/start")
    with pytest.raises(Unreachable):
        await rig.channel.send(1, "nobody", Rendered("Chào"))
    for nothing in (Rendered(" "), Rendered("Chào", ((Tap("", "x"),),))):
        with pytest.raises(Rejected):
            await rig.channel.send(1, mai.bot_id, nothing)
    mai.blocks = True
    with pytest.raises(Unreachable):
        await rig.channel.send(1, mai.bot_id, Rendered("Chào"))


async def test_a_defect_of_ours_is_apologised_for(world: World) -> None:
    async def broken(_event: Any) -> None:
        raise ZeroDivisionError

    async with opened_rig(world, take=broken) as rig:
        await set_webhook(rig.client, f"{PUBLIC}{PATH}", SECRET)
        mai = rig.running.people.meet("mai", "Mai")
        assert "hệ thống vừa gặp lỗi" in await rig.says(mai, "Chào")


async def test_setting_the_webhook_is_tried_until_it_is_taken() -> None:
    answers = [httpx.Response(503), httpx.Response(200, json={"ok": False, "error_code": 429})]
    pauses: list[float] = []

    def say(_request: httpx.Request) -> httpx.Response:
        return answers.pop(0) if answers else httpx.Response(200, json={"ok": True})

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with httpx.AsyncClient(transport=httpx.MockTransport(say)) as http:
        await set_webhook(BotClient(http, API, "1:x"), f"{PUBLIC}{PATH}", SECRET, pause)
    assert pauses == [2.0, 4.0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


@given(JSON, st.sampled_from(["text", "image", "voice", "sticker", "unsupported"]))
def test_whatever_stands_in_an_update_is_read_without_a_stumble(found: Any, kind: str) -> None:
    message = {"chat": {"id": "c", "chat_type": "PRIVATE"}, "message_id": "m", "from": {"id": "c"}}
    for field in ("chat", "from", "text", "photo", "voice_url", "date", "message_id"):
        update = {"event_name": f"message.{kind}.received", "message": {**message, field: found}}
        for raw in (update, {"ok": True, "result": update}, {"result": found}):
            read_update(raw)


def test_groups_and_other_bots_are_not_listened_to() -> None:
    message = {"chat": {"id": "c", "chat_type": "PRIVATE"}, "message_id": "m", "from": {"id": "c"}, "text": "x"}
    event = {"event_name": "message.text.received"}
    assert read_update({**event, "message": message}) is not None
    assert read_update({**event, "message": {**message, "chat": {"id": "c", "chat_type": "GROUP"}}}) is None
    assert read_update({**event, "message": {**message, "from": {"id": "c", "is_bot": True}}}) is None
