"""Letters to Zalo: what is sent, what is done about each refusal, what the account is remembered by."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from bot.zalo.account.failures import BY_PHONE, OA, Refusal, Verdict, failure_of
from bot.zalo.account.send import ButtonMode
from bot.zalo.account.uploads import prepared
from bot.zalo.limits import LIMITS
from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Throttled, Unavailable, Unreachable, WindowClosed
from intake.rules.outbox.letter import Priority
from intake.rules.people.person import Network
from tests.support.logged import Logged
from tests.support.world import World, local, opened_world
from tests.support.zalo_line import ZaloLine
from wording.texts import Rendered, RenderedFile, Tap
from zalo_sandbox.state import Failure

MAI = "2468458835296117922"
CS = "/v3.0/oa/message/cs"
PDF = b"%PDF-1.7\n" + b"0" * 64
OGG = b"OggS" + b"0" * 64


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, ZaloLine, local(2024, 3, 1)) as opened:
        async with opened.store.unit() as uow:
            account, *_ = await uow.accounts.meet(Network.ZALO, ZaloLine.config.oa_id, MAI)
            account.last_heard_at = uow.now
            await uow.commit()
        line_of(opened).phone(MAI).last_interaction = opened.clock.now()
        yield opened


def line_of(world: World) -> ZaloLine:
    assert isinstance(world.line, ZaloLine)
    return world.line


def with_buttons(world: World, mode: ButtonMode) -> None:
    """A process starts with this setting."""
    line = line_of(world)
    line.channel = line.new_channel(mode)


async def send(world: World, text: str = "Chào bà", *labels: str, **more: Any) -> str:
    rows = tuple((Tap(label, f"code.{place}"),) for place, label in enumerate(labels))
    return await deliver(world, MAI, Rendered(text, rows, **more))


async def deliver(world: World, address: str, rendered: Rendered) -> str:
    """As the sender does it, but for waiting while Zalo asks for a pause."""
    channel = line_of(world).channel
    async with channel.limiter.permit(address, Priority.REPLY, 0.5) as given:
        if not given:
            raise Throttled(channel.limiter.pause())
        return await channel.send(1, address, rendered)


async def fails(world: World, code: int, times: int = 1, path: str = CS) -> None:
    line_of(world).running.sandbox.failures.append(Failure("error", code, times, path))


def sent(world: World) -> list[dict[str, Any]]:
    return [call.body["message"] for call in line_of(world).running.sandbox.calls if call.path == CS]


def shown(world: World) -> list[str]:
    return [one.text for one in line_of(world).phone(MAI).shown]


WHAT_FOLLOWS: dict[int, type[DeliveryFailure]] = {
    -32: Throttled,
    -200: Unavailable,
    -201: Rejected,
    -204: Throttled,
    -205: Throttled,
    -209: Throttled,
    -210: Rejected,
    -211: Throttled,
    -212: Throttled,
    -213: Unreachable,
    -216: Unavailable,
    -217: Unreachable,
    -218: Throttled,
    -219: Throttled,
    -220: Unavailable,
    -221: Throttled,
    -223: Throttled,
    -224: Throttled,
    -227: Unreachable,
    -230: WindowClosed,
    -231: WindowClosed,
    -232: WindowClosed,
    -233: Rejected,
    -234: Throttled,
    -235: Rejected,
    -240: Rejected,
    -242: Rejected,
    -244: Unreachable,
    -248: Unreachable,
    -320: Throttled,
    -321: Throttled,
    -99999: Rejected,
}
"""The error codes of ZALO 1.5, and one nobody has heard of."""


@pytest.mark.parametrize("code", WHAT_FOLLOWS)
async def test_each_error_code_has_its_consequence(world: World, code: int) -> None:
    await fails(world, code, times=9)
    with pytest.raises(DeliveryFailure) as failure:
        await send(world)

    assert type(failure.value) is WHAT_FOLLOWS[code]
    assert MAI not in str(failure.value)


def test_no_code_is_forgotten() -> None:
    assert set(OA) <= {*WHAT_FOLLOWS, -100, -249}
    for code, verdict in BY_PHONE.items():
        assert isinstance(failure_of(Refusal(code, verdict)), DeliveryFailure)


@pytest.mark.parametrize("code", [-200, -216, -220])
async def test_what_may_pass_the_second_time_is_tried_at_once(world: World, code: int) -> None:
    await fails(world, code)
    assert await send(world)
    assert shown(world) == ["Chào bà"]
    asked = [call.path for call in line_of(world).running.sandbox.calls]
    assert asked.count("/v4/oa/access_token") == (1 if code == -200 else 2)


@pytest.mark.parametrize("code", [-32, -211, -224])
async def test_what_concerns_everybody_holds_everybody_back(world: World, code: int, logged: Logged) -> None:
    """Nobody is called for while the rate, the quota or the account itself is at fault."""
    await fails(world, code)
    for _ in range(3):
        with pytest.raises(Throttled) as failure:
            await send(world)
        assert 0 < failure.value.retry_after <= 300
    assert len(sent(world)) == 1
    assert bool([one for one in logged() if one["level"] == "error"]) is (code != -32)


async def test_when_the_last_call_is_used_up_none_is_tried(world: World) -> None:
    line = line_of(world)
    line.running.sandbox.config = type(line.config)(requests_a_minute=3)
    body = {"recipient": {"user_id": MAI}, "message": {"text": "Chào bà"}}
    for _ in range(3):
        await line.client.post(CS, body)
    with pytest.raises(Throttled):
        await line.client.post(CS, body)
    assert len(sent(world)) == 3, "the fourth was not even tried"


async def test_the_pace_follows_the_rate_zalo_tells(world: World) -> None:
    line = line_of(world)
    limiter = line.channel.limiter

    async def goes_at_once() -> bool:
        async with limiter.permit("somebody", Priority.BULK, 0.05) as given:
            return given

    line.running.sandbox.config = type(line.config)(requests_a_minute=300)
    await send(world)
    assert await goes_at_once()
    assert not await goes_at_once()

    line.running.sandbox.config = line.config
    for _ in range(2):  # the second waits for the former pace once more
        await send(world)
    assert await goes_at_once()
    assert await goes_at_once()


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (httpx.Response(503, text="<html>"), Unavailable),
        (httpx.Response(200, json=[]), Unavailable),
        (httpx.Response(200, json={"data": {}}), Unavailable),
        (httpx.Response(200, json={"error": 0, "data": {}}), Unavailable),
        (httpx.Response(200, json={"error": 0, "data": None}), Unavailable),
        (httpx.Response(429, json={}), Throttled),
        (httpx.ReadTimeout("slow"), Unavailable),
        (httpx.ConnectError("no route"), Unavailable),
    ],
)
async def test_an_answer_of_no_known_shape_is_tried_later(
    world: World, answer: httpx.Response | Exception, failure: type[DeliveryFailure]
) -> None:
    line = line_of(world)
    await line.tokens.access()

    def say(_request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    async with httpx.AsyncClient(transport=httpx.MockTransport(say)) as http:
        line.channel = line.new_channel(line.mode, http=http)
        with pytest.raises(failure):
            await send(world)


async def test_who_never_had_a_chat_is_unreachable_and_nothing_is_called(world: World) -> None:
    with pytest.raises(Unreachable):
        await deliver(world, "999", Rendered("Chào"))
    for nothing in (Rendered("  "), Rendered("Chào", ((Tap("", RenderedFile("x")),),))):
        with pytest.raises(Rejected):
            await deliver(world, MAI, nothing)
    assert sent(world) == []


async def test_five_options_are_buttons_and_six_are_numbers(world: World) -> None:
    await send(world, "Chọn", *"abcde")
    await send(world, "Chọn", *"abcdef")
    first, second = sent(world)
    assert first["text"] == "Chọn"
    assert first["attachment"] == {
        "type": "template",
        "payload": {
            "buttons": [
                {"title": label, "type": "oa.query.hide", "payload": f"#=code.{place}"}
                for place, label in enumerate("abcde")
            ]
        },
    }
    assert "attachment" not in second
    assert "(6) f" in second["text"]


async def test_a_label_too_long_for_a_button_makes_numbers(world: World) -> None:
    await send(world, "Chọn", "a" * 100)
    await send(world, "Chọn", "a" * 101)
    first, second = sent(world)
    assert "attachment" in first
    assert "attachment" not in second


async def test_a_link_is_a_button_of_its_own_kind(world: World) -> None:
    await deliver(world, MAI, Rendered("Xem", ((Tap("Trang xã", "", "https://xa.example"),),)))
    (message,) = sent(world)
    (button,) = message["attachment"]["payload"]["buttons"]
    assert button == {"title": "Trang xã", "type": "oa.open.url", "payload": {"url": "https://xa.example"}}


async def test_a_long_text_is_cut_at_the_ends_of_words_and_in_composed_letters(world: World) -> None:
    decomposed = "Đường hỏng "  # two signs an accent
    await send(world, decomposed * 500, "Gửi")
    messages = sent(world)
    assert len(messages) > 1
    assert all(len(one["text"].encode("utf-16-le")) // 2 <= LIMITS.text_units for one in messages)
    assert " ".join(one["text"] for one in messages) == ("Đường hỏng " * 500).strip()
    assert ["attachment" in one for one in messages] == [False] * (len(messages) - 1) + [True]


async def test_numbers_that_do_not_fit_under_the_text_come_behind_it(world: World) -> None:
    with_buttons(world, ButtonMode.OFF)
    await send(world, "x" * 1990, "Gửi", "Huỷ")
    first, second = sent(world)
    assert first["text"] == "x" * 1990
    assert second["text"].startswith("(1) Gửi\n(2) Huỷ")


@pytest.mark.parametrize("refusal", ["refuse-201", "refuse-233"])
async def test_an_account_that_refuses_buttons_gets_numbers_from_then_on(
    world: World, refusal: Any, logged: Logged
) -> None:
    line = line_of(world)
    line.running.sandbox.config = type(line.config)(buttons=refusal)
    with_buttons(world, ButtonMode.AUTO)
    await send(world, "Một", "Gửi")
    await send(world, "Hai", "Gửi")
    assert ["attachment" in one for one in sent(world)] == [True, False, False]
    assert [text.split("\n")[0] for text in shown(world)] == ["Một", "Hai"]
    assert [one["event"] for one in logged() if one["level"] == "warning"] == ["zalo_buttons_refused"]

    with_buttons(world, ButtonMode.AUTO)  # another process, or the next start
    await send(world, "Ba", "Gửi")
    assert "attachment" not in sent(world)[-1]


async def test_with_buttons_switched_on_they_are_tried_each_time_and_no_letter_is_lost(world: World) -> None:
    line = line_of(world)
    line.running.sandbox.config = type(line.config)(buttons="refuse-233")
    await send(world, "Một", "Gửi")
    await send(world, "Hai", "Gửi")
    assert ["attachment" in one for one in sent(world)] == [True, False, True, False]


async def test_a_letter_refused_in_either_form_says_nothing_about_buttons(world: World) -> None:
    with_buttons(world, ButtonMode.AUTO)
    await fails(world, -201, times=2)
    with pytest.raises(Rejected):
        await send(world, "Một", "Gửi")
    assert await send(world, "Hai", "Gửi")
    assert "attachment" in sent(world)[-1]


def picture(side: int, kind: str = "PNG") -> bytes:
    """A picture that does not compress."""
    noise = Image.effect_noise((side, side), 120).convert("RGB")
    written = io.BytesIO()
    noise.save(written, kind)
    return written.getvalue()


def keep(world: World, content: bytes) -> str:
    media = line_of(world).attachments.save(content, "tệp")
    assert not media.problem
    return media.sha256


async def test_a_picture_goes_as_it_is_and_a_big_one_smaller(world: World) -> None:
    small, big = keep(world, picture(100)), keep(world, picture(1600))
    await send(world, attachments=(RenderedFile(small), RenderedFile(big)))
    first, second, words = sent(world)
    assets = line_of(world).running.sandbox.assets
    contents = [assets[one["attachment"]["payload"]["elements"][0]["attachment_id"]].content for one in (first, second)]
    assert contents[0] == picture_bytes(world, small)
    assert len(contents[1]) <= LIMITS.image_bytes
    assert Image.open(io.BytesIO(contents[1])).format == "JPEG"
    assert words == {"text": "Chào bà"}


def picture_bytes(world: World, digest: str) -> bytes:
    return line_of(world).attachments.read(digest)


def test_every_form_of_picture_is_made_one_that_zalo_takes_and_what_is_none_is_not() -> None:
    for kind in ("WEBP", "GIF"):
        ready = prepared(picture(64, kind), RenderedFile("x"))
        assert ready is not None
        assert (ready.how, ready.media_type) == ("image", "image/jpeg")
    assert prepared(b"\xff\xd8\xff" + b"0" * LIMITS.image_bytes, RenderedFile("x")) is None
    assert prepared(b"GIF89a broken", RenderedFile("x")) is None
    bomb = Image.new("1", (20_000, 20_000))
    written = io.BytesIO()
    bomb.save(written, "PNG")
    assert prepared(written.getvalue() + b"0" * LIMITS.image_bytes, RenderedFile("x")) is None
    assert prepared(PDF + b"0" * LIMITS.file_bytes, RenderedFile("x")) is None


async def test_a_document_goes_as_a_file_and_the_rest_by_a_link_that_opens(world: World) -> None:
    pdf, sound = keep(world, PDF), keep(world, OGG)
    await send(world, attachments=(RenderedFile(pdf), RenderedFile(sound)))
    file, words = sent(world)
    token = file["attachment"]["payload"]["token"]
    assert line_of(world).running.sandbox.assets[token].content == PDF
    url = words["text"].partition("https://doithoai.test")[2]
    assert url.startswith("/zalo/file/")

    async def opened(path: str) -> int:
        transport = httpx.ASGITransport(line_of(world).app)
        async with httpx.AsyncClient(transport=transport, base_url="https://d.test") as browser:
            answer = await browser.get(path)
        if answer.status_code == 200:
            assert answer.content == OGG
            assert answer.headers["content-disposition"].startswith("attachment")
        return answer.status_code

    assert await opened(url) == 200
    assert await opened(url[:-1] + ("0" if url[-1] != "0" else "1")) == 404
    assert await opened(url.replace("2024-03-31", "2024-04-30")) == 404
    line_of(world).attachments.drop(sound)
    assert await opened(url) == 404
    world.clock.move(days=31)
    assert await opened(url) == 404


async def test_a_file_is_called_on_zalo_what_it_is(world: World) -> None:
    pdf, sound = keep(world, PDF), keep(world, OGG)
    await send(
        world, attachments=(RenderedFile(pdf, "Giấy mời - Thôn Tân Hy 1"), RenderedFile(sound, "VB-2024-0001 - Tệp 2"))
    )
    await send(
        world, attachments=(RenderedFile(pdf, "Giấy mời - Thôn Tân Hy 1"), RenderedFile(pdf, "Giấy mời - Thôn Sơn Trà"))
    )
    assets = line_of(world).running.sandbox.assets
    assert [one.name for one in assets.values() if one.content == PDF] == [
        "Giấy mời - Thôn Tân Hy 1.pdf",
        "Giấy mời - Thôn Sơn Trà.pdf",
    ]
    told = next(text for text in shown(world) if "📎" in text)
    line, url = told.splitlines()[-1].split(": https://doithoai.test")
    assert line == "📎 VB-2024-0001 - Tệp 2 (mở được trong 30 ngày)"
    assert url.endswith("/vb-2024-0001-tep-2")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(line_of(world).app), base_url="https://d.test") as phone:
        answer = await phone.get(url)
        assert answer.content == OGG
        assert answer.headers["content-disposition"] == 'attachment; filename="vb-2024-0001-tep-2.ogg"'
        for another in (url.rpartition("/")[0], f"{url}-ma-doc"):
            assert (await phone.get(another)).status_code == 404


async def test_without_an_address_of_ours_the_file_is_told_of(world: World) -> None:
    line = line_of(world)
    line.channel = line.new_channel(line.mode, public_url="")
    await send(world, attachments=(RenderedFile(keep(world, OGG)),), contact_label="Chia sẻ số điện thoại")
    (words,) = sent(world)
    assert "không gửi được qua Zalo" in words["text"]


async def test_a_file_that_is_gone_or_refused_keeps_back_no_words(world: World, logged: Logged) -> None:
    await send(world, attachments=(RenderedFile("0" * 64), RenderedFile("no digest")))
    await fails(world, -201)
    await send(world, "Hai", attachments=(RenderedFile(keep(world, PDF)),))
    assert [text.split("\n")[0] for text in shown(world)] == ["Chào bà", "Hai"]
    assert [one["event"] for one in logged() if one["level"] == "error" and "attachment" in one["event"]] == [
        "attachment_missing",
        "attachment_missing",
        "attachment_refused",
    ]


async def test_a_closed_window_shows_at_the_file_already(world: World) -> None:
    await fails(world, -230)
    with pytest.raises(WindowClosed):
        await send(world, attachments=(RenderedFile(keep(world, PDF)),))


async def test_an_upload_is_used_again_and_made_again_when_it_is_gone(world: World) -> None:
    digest = keep(world, PDF)
    for _ in range(2):
        await send(world, attachments=(RenderedFile(digest),))
    calls = line_of(world).running.sandbox.calls
    assert [call.path for call in calls].count("/v2.0/oa/upload/file") == 1
    await fails(world, -100)
    await send(world, attachments=(RenderedFile(digest),))
    assert [call.path for call in calls].count("/v2.0/oa/upload/file") == 2
    assert shown(world).count("") == 3, "the file three times"


async def test_a_phone_number_is_asked_for_by_a_card(world: World) -> None:
    await send(world, "Số điện thoại?", "Bỏ qua", contact_label="Chia sẻ số điện thoại")
    words, card = sent(world)
    assert words["attachment"]["payload"]["buttons"][0]["title"] == "Bỏ qua"
    (element,) = card["attachment"]["payload"]["elements"]
    assert element["title"] == "Chia sẻ số điện thoại"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(line_of(world).app)) as browser:
        picture = await browser.get(element["image_url"])
    assert picture.headers["content-type"] == "image/png"


async def test_a_refused_card_costs_nothing(world: World, logged: Logged) -> None:
    line = line_of(world)
    with_buttons(world, ButtonMode.OFF)
    once = line.client.post

    async def refuse_cards(path: str, body: Any, *more: Any) -> dict[str, Any]:
        if "request_user_info" in json.dumps(body):
            raise Refusal(-233, Verdict.SHAPE)
        return await once(path, body, *more)

    line.client.post = refuse_cards  # type: ignore[method-assign]
    assert await send(world, "Số điện thoại?", contact_label="Chia sẻ số điện thoại")
    assert shown(world) == ["Số điện thoại?"]
    assert "zalo_contact_card_refused" in [one["event"] for one in logged()]


async def test_what_people_were_sent_is_not_in_the_log(world: World, logged: Logged) -> None:
    await send(world, "Chuyện riêng", "Gửi", attachments=(RenderedFile(keep(world, PDF)),))
    await fails(world, -230)
    with pytest.raises(WindowClosed):
        await send(world, "Chuyện riêng")
    assert "riêng" not in json.dumps(logged(), ensure_ascii=False)
