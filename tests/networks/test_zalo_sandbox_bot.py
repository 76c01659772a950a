"""The stand-in for the Zalo Bot Platform: a token, text and pictures, fifty people, no buttons."""

import asyncio
from typing import Any

import pytest

from tests.support.zalo_sandbox import Rig, rig
from zalo_sandbox.config import SandboxConfig
from zalo_sandbox.driver import PNG

TOKEN = SandboxConfig().bot_token


@pytest.fixture
def zalo() -> Rig:
    return rig(webhook_timeout=0.05)


async def bot(zalo: Rig, method: str, token: str = TOKEN, **arguments: Any) -> dict:
    answer = await zalo.api.post(f"/bot{token}/{method}", json=arguments)
    assert answer.status_code == 200
    return answer.json()


async def chat(zalo: Rig, key: str = "mai") -> str:
    return str((await zalo.driver.meets(key))["bot_id"])


async def test_the_bot_knows_itself(zalo):
    me = await bot(zalo, "getMe")

    assert me["result"]["account_type"] == "BASIC"
    assert (await bot(zalo, "getMe", token="other"))["error_code"] == 401
    assert (await bot(zalo, "getChat"))["error_code"] == 404
    assert (await zalo.api.get(f"/bot{TOKEN}/getMe")).json() == me


async def test_each_update_is_fetched_once(zalo):
    message_id = await zalo.driver.says("mai", "xin chào", to="bot")
    update = await bot(zalo, "getUpdates", timeout=0)

    assert update["ok"] is True
    assert update["result"]["event_name"] == "message.text.received"
    message = update["result"]["message"]
    assert message["from"] == {"id": await chat(zalo), "display_name": "mai", "is_bot": False}
    assert message["chat"] == {"id": await chat(zalo), "chat_type": "PRIVATE"}
    assert (message["text"], message["message_id"], message["date"]) == ("xin chào", message_id, 1782882000000)
    assert (await bot(zalo, "getUpdates", timeout=0))["error_code"] == 408
    assert zalo.listener.heard == [], "the account hears nothing of it"


async def test_an_update_may_come_flat(zalo):
    await zalo.driver.switches(bot_updates="flat")
    await zalo.driver.says("mai", "xin chào", to="bot")

    assert (await bot(zalo, "getUpdates", timeout=0))["event_name"] == "message.text.received"


async def test_whoever_waits_for_an_update_gets_it_when_it_comes(zalo):
    waiting = asyncio.create_task(bot(zalo, "getUpdates", timeout=30))
    while not (await zalo.driver.calls("/bot")):
        await asyncio.sleep(0)
    await zalo.driver.says("mai", "xin chào", to="bot")

    assert (await waiting)["result"]["message"]["text"] == "xin chào"


async def test_pictures_and_voices_come_with_their_address(zalo):
    await zalo.driver.sends("mai", "image", PNG, caption="Ổ gà", to="bot")
    await zalo.driver.sends("mai", "voice", b"voice", name="a.m4a", to="bot")
    picture = (await bot(zalo, "getUpdates", timeout=0))["result"]
    voice = (await bot(zalo, "getUpdates", timeout=0))["result"]

    assert picture["event_name"] == "message.image.received"
    assert picture["message"]["caption"] == "Ổ gà"
    assert (await zalo.api.get(picture["message"]["photo"])).content == PNG
    assert voice["event_name"] == "message.voice.received"


async def test_a_webhook_gets_its_secret_and_ends_polling(zalo):
    await bot(zalo, "setWebhook", url="https://product.test/zalo/bot", secret_token="s" * 8)
    await zalo.driver.says("mai", "xin chào", to="bot")

    assert zalo.listener.heard[0]["result"]["message"]["text"] == "xin chào"
    assert zalo.listener.headers[0]["X-Bot-Api-Secret-Token"] == "s" * 8
    assert (await bot(zalo, "getUpdates", timeout=0))["error_code"] == 400
    assert (await bot(zalo, "getWebhookInfo"))["result"]["url"] == "https://product.test/zalo/bot"
    await bot(zalo, "deleteWebhook")
    assert (await bot(zalo, "getUpdates", timeout=0))["error_code"] == 408


async def test_a_webhook_that_does_not_answer_is_not_told_again(zalo):
    await bot(zalo, "setWebhook", url="https://product.test/zalo/bot", secret_token="s" * 8)
    zalo.listener.answers = [ConnectionRefusedError()]
    await zalo.driver.says("mai", "xin chào", to="bot")
    await zalo.driver.settle()

    assert len(zalo.listener.heard) == 1
    assert zalo.running.bot.statuses == [0]


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("sendMessage", {"text": "a" * 2000}, 0),
        ("sendMessage", {"text": "a" * 2001}, 400),
        ("sendMessage", {"text": ""}, 400),
        ("sendMessage", {}, 400),
        ("sendPhoto", {"photo": "https://a.test/a.png", "caption": "Ảnh"}, 0),
        ("sendPhoto", {"photo": "a.png"}, 400),
        ("sendPhoto", {"photo": "https://a.test/a.png", "caption": "a" * 2001}, 400),
        ("sendChatAction", {"action": "typing"}, 0),
        ("sendChatAction", {"action": "dancing"}, 400),
        ("sendMessage", {"text": "a", "chat_id": "unknown"}, 404),
        ("setWebhook", {"url": "http://product.test/", "secret_token": "s" * 8}, 400),
        ("setWebhook", {"url": "https://product.test/", "secret_token": "s" * 7}, 400),
        ("setWebhook", {"url": "https://product.test/", "secret_token": "s" * 256}, 0),
        ("setWebhook", {"url": "https://product.test/", "secret_token": "s" * 257}, 400),
        ("getUpdates", {"timeout": "soon"}, 400),
    ],
)
async def test_what_a_bot_may_do(zalo, method, arguments, code):
    await zalo.driver.says("mai", "xin chào", to="bot")
    answer = await bot(zalo, method, **{"chat_id": await chat(zalo), **arguments})

    assert (answer["ok"], answer.get("error_code", 0)) == (code == 0, code)
    assert bool(await zalo.driver.violations()) == (code != 0)


async def test_what_it_says_is_on_the_phone(zalo):
    await zalo.driver.says("mai", "xin chào", to="bot")
    await bot(zalo, "sendMessage", chat_id=await chat(zalo), text="Chào bà")
    await bot(zalo, "sendPhoto", chat_id=await chat(zalo), photo="https://a.test/a.png", caption="QR")

    text, photo = (one for one in await zalo.driver.shown("mai", by="bot") if one["by"] == "bot")
    assert text["text"] == "Chào bà"
    assert (photo["pictures"], photo["text"]) == (["https://a.test/a.png"], "QR")
    assert await zalo.driver.shown("mai") == []


async def test_the_fifty_first_person_is_not_heard_and_not_reached():
    zalo = rig(bot_people=2)
    for key in ("mai", "nam", "hoa"):
        await zalo.driver.says(key, "xin chào", to="bot")

    assert [(await bot(zalo, "getUpdates", timeout=0))["ok"] for _ in range(3)] == [True, True, False]
    assert (await bot(zalo, "sendMessage", chat_id=await chat(zalo, "hoa"), text="a"))["error_code"] == 403
    await zalo.driver.blocks("mai")
    assert (await bot(zalo, "sendMessage", chat_id=await chat(zalo, "mai"), text="a"))["error_code"] == 403
    assert await zalo.driver.violations() == []


async def test_the_month_has_a_limit():
    zalo = rig(bot_messages_a_month=1)
    await zalo.driver.says("mai", "xin chào", to="bot")

    assert (await bot(zalo, "sendMessage", chat_id=await chat(zalo), text="a"))["ok"] is True
    assert (await bot(zalo, "sendMessage", chat_id=await chat(zalo), text="a"))["error_code"] == 429
    await zalo.driver.moves_clock(days=31)
    assert (await bot(zalo, "sendMessage", chat_id=await chat(zalo), text="a"))["ok"] is True


async def test_a_body_is_a_json_object(zalo):
    for content in (b"[]", b"{"):
        answer = await zalo.api.post(f"/bot{TOKEN}/sendMessage", content=content)
        assert answer.json()["error_code"] == 400
