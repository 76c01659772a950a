"""What the web chat promises: each chat to its own browser, each event once, nothing taken from strangers."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from bot.media.attachments import LARGEST
from bot.webchat.limits import LARGEST_FILE_BODY
from intake.rules.message import CarriedFile, Message, pack_message
from intake.rules.outbox.letter import NewLetter, Priority
from tests.support.files import drawing
from tests.support.webchat_line import HOST, Browser, WebChatLine
from tests.support.world import World, local, opened_world

PNG = drawing()
PDF = b"%PDF-1.7 " + b"0" * 32


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


@pytest.fixture
def line(world: World) -> WebChatLine:
    assert isinstance(world.line, WebChatLine)
    return world.line


async def lines_of(line: WebChatLine, browser: Browser) -> list[dict]:
    """Everything in a chat, as its page gets it, up to the moment it is complete."""
    found = []
    account = await account_of(line, browser)
    async for event in line.streams.events(account, 0):
        if event.startswith("id:"):
            found.append(json.loads(event.split("data: ", 1)[1]))
        if event.startswith("event: ready"):
            break
    return found


async def account_of(line: WebChatLine, browser: Browser) -> int:
    from bot.webchat.sessions import address_of

    async with line.world.store.reading() as uow:
        account = await uow.web.account("web", address_of(uow.vault, browser.key))
    assert account is not None
    return account.account_id


async def test_the_way_in_makes_a_chat_whose_secret_only_its_own_pages_get(line: WebChatLine) -> None:
    client = line.client()
    answer = await client.post("/chat")

    chat = answer.headers["location"]
    cookie = answer.headers["set-cookie"]
    assert f"Path={chat}" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert (await client.get(chat)).status_code == 200


async def test_over_https_the_secret_never_goes_out_in_the_clear(line: WebChatLine) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(line.app), base_url="https://doithoai.test") as client:
        assert "Secure" in (await client.post("/chat")).headers["set-cookie"]


async def test_the_database_does_not_know_the_secret(line: WebChatLine) -> None:
    browser = await line.open("mai")
    await line.text("mai", "/start")
    stored = (line.world.data_dir / "test.sqlite3").read_bytes()
    stored += (line.world.data_dir / "test.sqlite3-wal").read_bytes()

    assert b"consent" in stored
    assert browser.key.secret.encode() not in stored


@pytest.mark.parametrize("path", ["", "events", f"file/{'0' * 64}", "file/..%2f..%2fetc"])
async def test_a_chat_is_shown_to_its_own_browser_only(line: WebChatLine, path: str) -> None:
    mai, tam = await line.open("mai"), await line.open("tam")
    stolen = {"cookie": f"chat={tam.key.secret}"}
    async with line.client() as stranger:
        answers = [
            await stranger.get(mai.at(path)),
            await stranger.get(mai.at(path), headers=stolen),
            await stranger.get(f"/chat/no-such-chat/{path}"),
        ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.text for answer in answers}) == 1


async def test_nobody_speaks_in_a_chat_of_somebody_else(line: WebChatLine) -> None:
    mai, tam = await line.open("mai"), await line.open("tam")
    async with line.client() as stranger:
        for where, body in (("say", {"json": {"event_id": "e", "text": "x"}}), ("file", {"files": {"file": PNG}})):
            answer = await stranger.post(mai.at(where), headers={"cookie": f"chat={tam.key.secret}"}, **body)
            assert answer.status_code == 404

    assert await lines_of(line, mai) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.test"},
        {"origin": "null"},
    ],
)
async def test_what_another_site_makes_a_browser_send_is_refused(line: WebChatLine, headers: dict[str, str]) -> None:
    mai = await line.open("mai")
    said = await mai.client.post(mai.at("say"), json={"event_id": "e", "text": "x"}, headers=headers)
    sent = await mai.client.post(mai.at("file"), files={"file": PNG}, headers=headers)
    made = await mai.client.post("/chat", headers=headers)

    assert [answer.status_code for answer in (said, sent, made)] == [403, 403, 403]
    assert await lines_of(line, mai) == []


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": HOST}, {}])
async def test_our_own_page_may_speak(line: WebChatLine, headers: dict[str, str]) -> None:
    mai = await line.open("mai")
    said = await mai.client.post(mai.at("say"), json={"event_id": "e", "text": "/start"}, headers=headers)

    assert said.status_code == 200


async def test_the_same_event_acts_once_and_stands_in_the_chat_once(line: WebChatLine) -> None:
    mai = await line.open("mai")
    body = {"event_id": "e1", "text": "Xin chào"}
    answers = await asyncio.gather(*(mai.client.post(mai.at("say"), json=body) for _ in range(5)))
    await line.settle()

    assert [answer.status_code for answer in answers] == [200] * 5
    assert [one["from"] for one in await lines_of(line, mai)] == ["me", "bot"]


async def test_a_tap_stands_in_the_chat_with_the_label_that_was_offered(line: WebChatLine) -> None:
    mai = line.world.phone("mai")
    await mai.says("/start")
    await mai.presses("Đồng ý")

    own = [one["text"] for one in await lines_of(line, await line.open("mai")) if one["from"] == "me"]
    assert own == ["Đồng ý"]


async def test_a_guessed_code_is_answered_and_leaves_no_words_in_the_chat(line: WebChatLine) -> None:
    mai = await line.world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.taps_code("triage.1")

    assert mai.hears()
    assert "triage.1" not in json.dumps(await lines_of(line, await line.open(mai.address)))


async def test_an_invitation_and_a_phone_number_are_not_left_readable(line: WebChatLine) -> None:
    mai = line.world.phone("mai")
    await mai.says("/start h-DL-hang-gon")
    await mai.presses("Đồng ý")
    await mai.says("Nguyễn Thị Mai")
    await mai.shares_phone("0905 123 456")
    await mai.says("0905123456")
    await mai.says("#i-SECRETCODE")

    own = [one["text"] for one in await lines_of(line, await line.open("mai")) if one["from"] == "me"]
    assert own == ["Đồng ý", "Nguyễn Thị Mai", "••• ••• 456", "••• ••• 456"]


async def test_words_are_kept_as_words(line: WebChatLine) -> None:
    mai = await line.open("mai")
    script = "<script>alert('x')</script>"
    await line.text("mai", script)

    assert (await lines_of(line, mai))[0]["text"] == script
    assert "<script>alert" not in (await mai.client.get(mai.at())).text


async def test_a_name_with_markup_is_shown_as_text(line: WebChatLine) -> None:
    name = "<b onclick=x>Mai</b>"
    phone = await line.world.resident("DL-hang-gon", name)
    browser = await line.open(phone.address)
    page = (await browser.client.get(browser.at())).text

    assert name not in page
    assert "&lt;b onclick=x&gt;Mai" in page


async def test_pages_allow_no_script_but_their_own_files(line: WebChatLine) -> None:
    mai = await line.open("mai")
    for path in ("/", mai.at()):
        answer = await mai.client.get(path)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "<script>" not in answer.text
        assert " style=" not in answer.text
        for part in answer.text.split('"')[1::2]:
            if part.startswith("/webchat/static/"):
                assert (await mai.client.get(part)).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no json", 422),
        (b"[" * 2000 + b"]" * 2000, 422),  # deeper than the reader goes
        (b"[]", 422),
        (b"{}", 422),
        (b'{"event_id": "e"}', 422),
        (b'{"event_id": "e", "text": "   "}', 422),
        (b'{"event_id": "e", "text": 5}', 422),
        (b'{"event_id": "", "text": "x"}', 422),
        (b'{"event_id": "e", "choice": "' + b"x" * 65 + b'"}', 422),
        (b'{"event_id": "e", "choice": "\\ud800"}', 422),  # half a letter, which no button of ours has
        (b'{"event_id": "e", "text": "' + b"x" * 70_000 + b'"}', 413),
    ],
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_said(line: WebChatLine, body: bytes, status: int) -> None:
    mai = await line.open("mai")
    answer = await mai.client.post(mai.at("say"), content=body)

    assert answer.status_code == status
    assert await lines_of(line, mai) == []


async def test_a_file_too_big_is_broken_off(line: WebChatLine) -> None:
    mai = await line.open("mai")
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        yield b'--cut\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + PNG
        while read < 4 * LARGEST:
            read += 65536
            yield b"0" * 65536

    headers = {"content-type": "multipart/form-data; boundary=cut"}
    streamed = await mai.client.post(mai.at("file"), content=endless(), headers=headers)
    announced = await mai.client.post(
        mai.at("file"), content=b"", headers={**headers, "content-length": str(LARGEST_FILE_BODY + 1)}
    )

    assert (streamed.status_code, announced.status_code) == (413, 413)
    assert read <= LARGEST_FILE_BODY + 65536
    assert await lines_of(line, mai) == []


@pytest.mark.parametrize(
    "body", [{"json": {"file": "x"}}, {"files": {"event_id": (None, "e")}}, {"files": {"file": PNG}}]
)
async def test_a_form_without_a_file_or_a_name_is_refused(line: WebChatLine, body: dict) -> None:
    mai = await line.open("mai")
    assert (await mai.client.post(mai.at("file"), **body)).status_code == 422


async def test_a_file_is_handed_out_in_its_own_chat_only(line: WebChatLine) -> None:
    """Who knows the digest of somebody's file, and even types it, still does not get the file."""
    mai, tam = await line.open("mai"), await line.open("tam")
    await line.photo("mai", PNG, "ảnh cống sập")
    await line.photo("mai", PDF, "")
    await line.text("tam", hashlib.sha256(PNG).hexdigest())
    picture = await mai.client.get(mai.at(f"file/{hashlib.sha256(PNG).hexdigest()}"))
    paper = await mai.client.get(mai.at(f"file/{hashlib.sha256(PDF).hexdigest()}"))
    stolen = await tam.client.get(tam.at(f"file/{hashlib.sha256(PNG).hexdigest()}"))

    assert picture.content == PNG
    assert picture.headers["content-type"] == "image/png"
    assert picture.headers["content-disposition"].startswith("inline")
    assert picture.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in picture.headers["content-security-policy"]
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.headers["content-disposition"].startswith("attachment")
    assert stolen.status_code == 404


async def test_a_file_of_the_office_is_saved_under_its_name(line: WebChatLine) -> None:
    mai = await line.open("mai")
    digest = line.attachments.save(PDF).sha256
    network, channel, address = await line.chat("mai")
    carried = (CarriedFile(digest, ("Giấy mời", 'Thôn "Đông"')),)
    async with line.world.store.unit() as uow:
        account, *_ = await uow.accounts.meet(network, channel, address)
        content = pack_message(Message("start.name", attachments=carried))
        await uow.letters.add(NewLetter(account.id, None, Priority.REPLY, content, uow.now, uow.now))
        await uow.commit()
    await line.settle()
    assert line.shown("mai")[-1].names == ("Giấy mời - Thôn Đông.pdf",), "the link says it"
    paper = await mai.client.get(mai.at(f"file/{digest}"))
    assert paper.headers["content-disposition"] == f"attachment; filename*=utf-8''{quote('Giấy mời - Thôn Đông.pdf')}"


async def test_many_chats_opened_at_once_from_one_place_are_slowed_down(line: WebChatLine) -> None:
    async with line.client() as client:
        made = [(await client.post("/chat")).status_code for _ in range(25)]
        line.world.clock.move(minutes=1)
        later = (await client.post("/chat")).status_code

    assert made == [303] * 20 + [429] * 5
    assert later == 303


async def test_what_comes_too_fast_leaves_no_line_and_the_page_is_told_that_it_was_not_heard(line: WebChatLine) -> None:
    mai = await line.open("mai")
    answers = [
        await mai.client.post(mai.at("say"), json={"event_id": f"e{number}", "text": f"{number} " + "dài " * 900})
        for number in range(50)
    ]
    again = await mai.client.post(mai.at("say"), json={"event_id": "e40", "text": "lần nữa"})
    first = await mai.client.post(mai.at("say"), json={"event_id": "e3", "text": "lần nữa"})

    assert [answer.json()["heard"] for answer in answers] == [True] * 5 + [False] * 45
    assert {answer.json()["shown"] for answer in answers[5:]} == {False}
    assert again.json() == {"heard": False, "shown": False}
    assert first.json() == {"heard": True, "shown": True}, "dealt with when it came the first time"
    assert len(await lines_of(line, mai)) == 5


async def test_a_page_that_sends_faster_than_anybody_types_is_put_off_before_anything_is_looked_up(
    line: WebChatLine,
) -> None:
    mai, tam = await line.open("mai"), await line.open("tam")
    answers = [
        await mai.client.post(mai.at("say"), json={"event_id": f"e{number}", "text": "x"}) for number in range(65)
    ]
    other = await tam.client.post(tam.at("say"), json={"event_id": "e", "text": "/start"})
    line.world.clock.move(seconds=int(answers[-1].headers["retry-after"]))
    later = await mai.client.post(mai.at("say"), json={"event_id": "e64", "text": "x"})

    assert [answer.status_code for answer in answers] == [200] * 60 + [429] * 5
    assert other.json()["heard"]
    assert later.status_code == 200


async def test_a_chat_sends_one_file_at_a_time(line: WebChatLine) -> None:
    mai = await line.open("mai")
    going_on = asyncio.Event()
    at_the_door = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b'--cut\r\ncontent-disposition: form-data; name="event_id"\r\n\r\ne1\r\n--cut\r\n'
        at_the_door.set()
        await going_on.wait()
        yield b'content-disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + PNG + b"\r\n--cut--\r\n"

    headers = {"content-type": "multipart/form-data; boundary=cut"}
    first = asyncio.create_task(mai.client.post(mai.at("file"), content=slowly(), headers=headers))
    await at_the_door.wait()
    second = await mai.client.post(mai.at("file"), data={"event_id": "e2"}, files={"file": PNG})
    going_on.set()

    assert (await first).json() == {"heard": True, "shown": True}
    assert (second.status_code, second.headers["retry-after"]) == (429, "2")
    third = await mai.client.post(mai.at("file"), data={"event_id": "e2"}, files={"file": PNG})
    assert third.json() == {"heard": True, "shown": True}


async def test_the_way_in_reads_no_more_than_the_code_of_a_link(line: WebChatLine) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 10_000_000:
            read += 65536
            yield b"start=" + b"a" * 65536

    headers = {"content-type": "application/x-www-form-urlencoded"}
    async with line.client() as client:
        elsewhere = await client.post("/chat", content=endless(), headers={**headers, "sec-fetch-site": "cross-site"})
        assert (elsewhere.status_code, read) == (403, 0)
        assert (await client.post("/chat", content=endless(), headers=headers)).status_code == 413
        assert read <= 2 * 65536
        for body in (b"start=%22%3E", b"start=\xff"):
            assert (await client.post("/chat", content=body, headers=headers)).status_code == 422


async def test_a_link_with_a_code_keeps_it_for_the_first_words(line: WebChatLine) -> None:
    async with line.client() as client:
        way_in = await client.get("/", params={"start": "h-DL-hang-gon"})
        made = await client.post("/chat", data={"start": "h-DL-hang-gon"})
        page = await client.get(made.headers["location"])
        odd = await client.get("/", params={"start": '"><script>'})

    assert 'value="h-DL-hang-gon"' in way_in.text
    assert 'data-start="h-DL-hang-gon"' in page.text
    assert odd.status_code == 422


async def test_the_demonstration_is_not_there_unless_asked_for(line: WebChatLine) -> None:
    """Outside the demo nobody becomes somebody else and no clock moves."""
    async with line.client() as client:
        answers = [
            await client.post("/demo/enter/vinh-bao-2026-lan"),
            await client.post("/demo/clock?days=1"),
            await client.get("/demo/clock"),
        ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
