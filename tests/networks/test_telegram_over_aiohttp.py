"""Requests to the Bot API over a real wire: what arrives, and what each failure becomes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from telegram.error import NetworkError, TimedOut

from bot.media.attachments import AttachmentStore
from bot.outbox.rate_limit import Allowance
from bot.telegram.over_aiohttp import AiohttpRequest
from bot.telegram.send import make_channel
from intake.rules.outbox.delivery import Unavailable
from intake.rules.outbox.letter import Priority
from tests.support.processes import free_port
from tests.support.telegram_fakes import TOKEN
from wording.texts import Rendered, RenderedFile, Tap

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
WORDS = "Đường ở xóm 3 & <b>ổ gà</b>:\n50% + 2 = hỏng; #1 “a\\b”? 🙏"
GREETING = '{"ok": true, "result": "xin chào"}'
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
SENT = {"ok": True, "result": MESSAGE}


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[str]:
    """A Bot API server on this machine; its address."""
    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port := free_port())
    await site.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    opened = AiohttpRequest(0.5)
    yield opened
    await opened.shutdown()


async def test_words_buttons_and_files_arrive_on_one_connection(tmp_path: Path) -> None:
    heard: list[tuple[str, dict[str, object]]] = []
    names: list[str] = []
    ends: set[object] = set()

    async def note(request: web.Request) -> web.Response:
        form = await request.post()
        said = {name: field.file.read() if isinstance(field, web.FileField) else field for name, field in form.items()}
        names.extend(field.filename for field in form.values() if isinstance(field, web.FileField))
        heard.append((request.path.rpartition("/")[2], said))
        ends.add(request.transport)
        return web.json_response(SENT)

    attachments = AttachmentStore(tmp_path)
    digest = attachments.save(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40).sha256
    content = attachments.read(digest)
    async with answering(note) as api:
        channel = make_channel(TOKEN, api, attachments, allowance=Allowance())
        rows = ((Tap("Gửi", "send"),),)
        async with channel.limiter.permit("7000001", Priority.REPLY):
            assert (
                await channel.send(
                    1,
                    "7000001",
                    Rendered(WORDS, rows, (RenderedFile(digest, "Đường xóm 3 - 25-04-2024"),)),
                )
                == "7+0"
            )
        await channel.close()

    (photo, sent_photo), (words, sent_words) = heard
    assert (photo, words) == ("sendPhoto", "sendMessage")
    assert content in sent_photo.values()
    assert names == ["Đường xóm 3 - 25-04-2024.jpg"], "Telegram shows it as it stands there"
    assert sent_words["text"] == WORDS
    assert "callback_data" in str(sent_words["reply_markup"])
    assert len(ends) == 1, "a connection for each would be two ways more"


async def test_what_telegram_repeats_of_a_letter_is_not_read(tmp_path: Path) -> None:
    """An answer in words of tomorrow: taken for none, it would have the letter sent again and again."""
    unknown: dict[str, object] = {"entities": [{"kind": "new"}], "reply_markup": ["rows"], "from": {"id": 4242}}

    async def note(_request: web.Request) -> web.Response:
        return web.json_response(SENT | {"result": MESSAGE | unknown})

    async with answering(note) as api:
        channel = make_channel(TOKEN, api, AttachmentStore(tmp_path), allowance=Allowance())
        async with channel.limiter.permit("7000001", Priority.REPLY):
            assert await channel.send(1, "7000001", Rendered(WORDS, ((Tap("Gửi", "send"),),))) == "7"
        await channel.close()


async def test_whoever_does_not_answer_is_not_waited_for_long(request_: AiohttpRequest) -> None:
    async def sleep(_request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    async with answering(sleep) as api:
        with pytest.raises(TimedOut):
            await request_.do_request(f"{api}/bot{TOKEN}/getMe", "POST")
        async with asyncio.timeout(4):
            with pytest.raises(TimedOut):
                await request_.do_request(f"{api}/bot{TOKEN}/getMe", "POST", read_timeout=0.1)


async def test_half_an_answer_is_none(request_: AiohttpRequest) -> None:
    async def break_off(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b'{"ok": true, "result"')
        assert request.transport is not None
        request.transport.abort()
        return response

    async with answering(break_off) as api:
        with pytest.raises(NetworkError):
            await request_.do_request(f"{api}/bot{TOKEN}/getMe", "POST")


@pytest.mark.parametrize("status", [200, 401, 403, 502])
@pytest.mark.parametrize("body", ["[]", '"ok"', "null", "", "<html>Xin đăng nhập</html>"])
async def test_what_something_on_the_way_answers_is_no_answer(request_: AiohttpRequest, status: int, body: str) -> None:
    async def sign_in(_request: web.Request) -> web.Response:
        return web.Response(text=body, status=status, content_type="application/json")

    async with answering(sign_in) as api:
        with pytest.raises(NetworkError):
            await request_.post(f"{api}/bot{TOKEN}/getMe")


async def test_an_answer_without_a_result_is_none(request_: AiohttpRequest) -> None:
    async def nothing(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async with answering(nothing) as api:
        with pytest.raises(NetworkError):
            await request_.post(f"{api}/bot{TOKEN}/getMe")


async def test_no_error_names_the_token(request_: AiohttpRequest) -> None:
    with pytest.raises(NetworkError) as nobody_there:
        await request_.do_request(f"http://127.0.0.1:{free_port()}/bot{TOKEN}/getMe", "POST")
    with pytest.raises(NetworkError) as no_address:
        await request_.do_request(f"nowhere/bot{TOKEN}/getMe", "POST")

    for told in (nobody_there, no_address):
        assert TOKEN not in str(told.value)
        assert told.value.__cause__ is None
        assert told.value.__suppress_context__


async def test_a_server_that_is_away_is_tried_again_later(tmp_path: Path) -> None:
    channel = make_channel(TOKEN, f"http://127.0.0.1:{free_port()}", AttachmentStore(tmp_path), allowance=Allowance())
    async with channel.limiter.permit("7000001", Priority.REPLY):
        with pytest.raises(Unavailable):
            await channel.send(1, "7000001", Rendered("Xin chào"))
    await channel.close()


async def test_it_can_be_closed_twice_and_used_again(request_: AiohttpRequest) -> None:
    async def greet(_request: web.Request) -> web.Response:
        return web.Response(text=GREETING)

    async with answering(greet) as api:
        assert await request_.do_request(f"{api}/x", "GET") == (200, GREETING.encode())
        await request_.shutdown()
        await request_.shutdown()
        assert await request_.do_request(f"{api}/x", "GET") == (200, GREETING.encode())
    assert request_.read_timeout == 0.5


async def test_a_proxy_is_found_where_every_program_finds_it(
    request_: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def pass_on(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": request.headers["Host"]})

    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    async with answering(pass_on) as proxy:
        monkeypatch.setenv("http_proxy", proxy.replace("http://", "http://mai:secret@"))
        assert await request_.post("http://bot-api.test/x") == "bot-api.test"
        await request_.shutdown()

        monkeypatch.setenv("no_proxy", "bot-api.test")
        with pytest.raises(NetworkError):
            await request_.do_request("http://bot-api.test/x", "GET")
