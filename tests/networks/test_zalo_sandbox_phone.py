"""The phones in the browser, and the command that serves them."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from playwright.async_api import Browser, Page, Route, expect

from bot.cli.entrance import main
from bot.settings import PREFIX, Settings
from tests.support.browser import CHROMIUM, REQUIRED, served
from tests.support.zalo_sandbox import Rig, rig
from zalo_sandbox.config import SandboxConfig
from zalo_sandbox.driver import PNG, SandboxDriver
from zalo_sandbox.phone_page import key_of
from zalo_sandbox.serve import instructions, listen, serve

browser_only = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")


@pytest.fixture
def zalo() -> Rig:
    return rig()


@pytest.mark.parametrize(
    ("name", "key"), [("Bùi Thị Mai", "bui-thi-mai"), ("Đỗ Văn Ới", "do-van-oi"), ("###", "ai-do"), ("a/../b", "a-b")]
)
def test_a_name_becomes_a_key(name, key):
    assert key_of(name) == key


async def test_a_new_phone_belongs_to_who_was_named(zalo):
    client = zalo.driver.client
    answer = await client.post("/phone", data={"name": "Bùi Thị <Mai>", "phone": "0987 654 321"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/phone/bui-thi-mai")
    assert (await zalo.driver.meets("bui-thi-mai"))["phone"] == "84987654321"
    page = await client.get("/phone")
    assert "Bùi Thị &lt;Mai&gt;" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


async def test_nobody_has_the_phone_of_nobody(zalo):
    client = zalo.driver.client

    assert (await client.get("/")).headers["location"] == "/phone"
    assert (await client.get("/phone/nobody")).headers["location"] == "/phone"
    assert (await client.get("/static/page.html")).status_code == 404
    assert (await client.get("/static/phone.css")).headers["content-type"].startswith("text/css")
    assert await zalo.driver.violations() == []


async def test_a_phone_keeps_its_pictures_when_they_have_expired_elsewhere(zalo):
    await zalo.driver.sends("mai", "image", PNG, name="con đường.png")
    await zalo.driver.moves_clock(days=30)
    told = zalo.listener.heard[0]["message"]["attachments"][0]["payload"]["url"]
    (own,) = (await zalo.driver.shown("mai"))[0]["pictures"]

    assert " " not in told
    assert (await zalo.api.get(told)).status_code == 404
    assert (await zalo.api.get(own)).content == PNG


@pytest.fixture
async def mai(browser: Browser) -> AsyncIterator[tuple[Page, SandboxDriver, Rig, list[str]]]:
    """A small screen on which somebody is about to name herself."""
    zalo = rig()
    trouble: list[str] = []
    async with served(zalo.running.app) as address:
        zalo.running.sandbox.config = replace(zalo.running.sandbox.config, public_url=address)
        context = await browser.new_context(viewport={"width": 320, "height": 568}, locale="vi-VN")
        page = await context.new_page()
        page.on("console", lambda said: trouble.append(said.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        await page.goto(address)
        await page.get_by_label("Họ tên").focus()
        yield page, zalo.driver, zalo, trouble
        await context.close()


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@browser_only
async def test_a_person_chats_with_the_keyboard_alone(mai):
    page, driver, zalo, trouble = mai
    await page.keyboard.type("Bùi Thị Mai")
    await page.keyboard.press("Enter")
    words = page.get_by_role("textbox", name="Tin nhắn")
    await words.focus()
    await page.keyboard.type("Đường hỏng <b>")
    await page.keyboard.press("Enter")
    log = page.get_by_role("log")
    await expect(log).to_contain_text("Đường hỏng <b>")
    assert zalo.listener.heard[0]["message"]["text"] == "Đường hỏng <b>"

    buttons = [{"title": "Gửi đi", "type": "oa.query.hide", "payload": "#gui"}]
    attachment = {"type": "template", "payload": {"buttons": buttons}}
    await zalo.send("bui-thi-mai", text="Xem https://a.test/b nhé", attachment=attachment)
    await expect(page.get_by_role("link", name="https://a.test/b")).to_be_visible()
    await page.get_by_role("button", name="Gửi đi").focus()
    await page.keyboard.press("Enter")
    await expect(log).to_contain_text("Xem")
    while len(zalo.listener.heard) < 4:
        await asyncio.sleep(0.01)
    assert zalo.listener.heard[-1]["message"]["text"] == "#gui"
    assert await fits(page)
    assert trouble == []
    assert await driver.violations() == []


@browser_only
async def test_a_person_sends_a_picture_and_a_number_and_lets_a_week_pass(mai):
    page, driver, zalo, trouble = mai
    await page.keyboard.type("Mai")
    await page.keyboard.press("Enter")
    await page.locator("#file").set_input_files({"name": "duong.png", "mimeType": "image/png", "buffer": PNG})
    await expect(page.get_by_role("img", name="Ảnh")).to_have_count(1)

    await page.locator("summary").click()
    await page.get_by_role("button", name="Gửi số điện thoại").click()
    await expect(page.get_by_role("log")).to_contain_text("84900000000")
    await page.get_by_role("button", name="Vị trí").click()
    await expect(page.get_by_role("log")).to_contain_text("15.057")
    await page.get_by_role("button", name="OA không gửi được nút").click()
    await page.get_by_role("button", name="+7 ngày 1 giây").click()
    await expect(page.locator("#clock")).to_contain_text("08/07/2026")
    assert (await zalo.send("mai", text="a"))["error"] == -230
    await page.get_by_label("Cán bộ trả lời tay").fill("Chào bà")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("Chào bà")
    assert await fits(page)

    await driver.switches_webhook(on=False)
    await expect(page.get_by_role("status")).to_contain_text("webhook đã bị tắt")
    await page.get_by_role("button", name="Bật webhook").click()
    await expect(page.get_by_role("status")).to_be_hidden()
    await page.get_by_role("link", name="Sang Bot").click()
    await page.get_by_role("textbox", name="Tin nhắn").fill("chào bot")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("chào bot")
    assert {"user_send_image", "user_submit_info", "user_send_location"} <= set(zalo.listener.names())
    assert [line for line in trouble if "404" not in line] == []


@browser_only
async def test_what_is_done_while_the_page_is_still_being_fetched_is_not_lost(mai):
    """The script is on its way for as long as somebody who is quick needs to choose a file, or half a second."""
    page, driver, _, trouble = mai
    await driver.meets("mai")
    picture = {"name": "duong.png", "mimeType": "image/png", "buffer": PNG}
    chosen = asyncio.create_task(page.locator("#file").set_input_files(picture))

    async def slow(route: Route) -> None:
        await asyncio.wait({chosen}, timeout=0.5)
        await route.continue_()

    await page.route("**/static/phone.js", slow)
    await page.goto(f"{page.url}/mai", wait_until="commit")
    await chosen

    await expect(page.get_by_role("img", name="Ảnh")).to_have_count(1)
    assert [one["pictures"] for one in await driver.shown("mai")] != [[]]
    assert trouble == []


async def test_the_command_serves_until_it_is_told_to_stop():
    """The whole way over sockets: a phone says something, the webhook hears it, and again when it did not answer."""
    product, heard = FastAPI(), []

    @product.post("/zalo/webhook")
    async def webhook(request: Request) -> dict[str, str]:
        heard.append(json.loads(await request.body()))
        return {}

    listening, said = listen(0), []
    async with served(product) as address:
        config = SandboxConfig(webhook_url=f"{address}/zalo/webhook", webhook_retry=False)
        serving = asyncio.create_task(serve(listening, config, said.append))
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=base) as client:
            driver = SandboxDriver(client)
            await driver.says("mai", "xin chào")
            body = {"recipient": {"user_id": (await driver.meets("mai"))["id"]}, "message": {"text": "Chào bà"}}
            await client.post("/v3.0/oa/message/cs", json=body, headers={"access_token": config.access_token})
            while len(heard) < 3:
                await asyncio.sleep(0.01)
            refresh = (await driver.state())["tokens"]["refresh"]
            await client.post("/_sandbox/webhook", json={"url": "http://127.0.0.1:9/"})
            await driver.says("mai", "ai đó?")
            tries = (await driver.deliveries())["tries"]
        os.kill(os.getpid(), signal.SIGTERM)
        await serving

    assert [one["event_name"] for one in heard] == ["user_send_text", "oa_send_text", "user_received_message"]
    assert tries[-1]["status"] == 0
    assert f"# phones: {base}/phone" in said
    assert f"export DOITHOAI_ZALO_OA_ID={config.oa_id}" in said
    assert f"export DOITHOAI_ZALO_BOT_API={base}" in said
    assert f"export DOITHOAI_ZALO_REFRESH_TOKEN={refresh}" in said
    assert refresh != config.refresh_token, "a bot does not try the same first token twice"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--webhook", "https://zalo.me/"), "--webhook must be an address on this machine"),
        (("--templates", "nowhere.toml"), "nowhere.toml"),
        (("--port", "70000"), "65535"),
    ],
)
def test_what_the_command_cannot_work_with_is_one_line(arguments, words, monkeypatch, capsys, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["doithoai", "zalo-sandbox", *arguments])
    with pytest.raises(SystemExit) as end:
        main()

    assert end.value.code == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert words in written.err
    assert len(written.err.splitlines()) == 1


def test_a_port_that_is_taken_is_one_line(monkeypatch, capsys):
    with listen(0) as taken:
        monkeypatch.setattr(sys, "argv", ["doithoai", "zalo-sandbox", "--port", str(taken.getsockname()[1])])
        with pytest.raises(SystemExit) as end:
            main()

    assert end.value.code == 2
    assert "in use" in capsys.readouterr().err


def test_what_it_prints_are_settings_of_the_bot():
    exported = [line.removeprefix("export ").partition("=")[0] for line in instructions(SandboxConfig())[:-1]]

    assert len(exported) == 10
    assert {name.removeprefix(PREFIX).lower() for name in exported} <= set(Settings.model_fields)
