"""Pages as somebody meets them who listens to them or has no mouse: no barrier, on a phone nor on a wide screen."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.accessibility import barriers
from tests.support.browser import CHROMIUM, REQUIRED, let_in, served
from tests.support.demo_site import demo_site
from tests.support.office import open_office
from tests.support.webchat_line import WebChatLine
from tests.support.world import local, opened_world

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")


async def found_on(page: Page) -> list[str]:
    """The barriers of a page at both widths."""
    found = []
    for width in (320, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        found += await barriers(page)
    return found


async def test_the_demonstration_and_its_chat(tmp_path: Path, browser: Browser) -> None:
    async with demo_site(tmp_path) as demo, served(demo.app) as address:
        page = await browser.new_page(locale="vi-VN")
        await page.goto(address)
        assert await found_on(page) == []
        async with page.context.expect_page() as opened:
            await page.get_by_role("button", name="Phạm Thị Lan").first.click()
        chat = await opened.value
        await expect(chat.get_by_role("log")).to_have_attribute("aria-live", "polite")
        await chat.get_by_label("Nhập tin nhắn").fill("Cầu qua mương gãy lan can, xin xã sửa gấp")
        await chat.keyboard.press("Enter")
        await expect(chat.get_by_role("button", name="Gửi", exact=True)).to_be_visible()
        assert await found_on(chat) == []
        await chat.get_by_role("button", name="Huỷ", exact=True).click()
        await expect(chat.get_by_role("log")).to_contain_text("Đã huỷ")
        assert await found_on(chat) == [], "buttons that answer nothing any more"
        await chat.context.set_offline(True)
        await chat.get_by_label("Nhập tin nhắn").fill("Đèn đường xóm 2 tắt")
        await chat.keyboard.press("Enter")
        await expect(chat.locator(".pending")).to_be_visible()
        await expect(chat.locator("#state")).to_be_visible()
        assert await found_on(chat) == [], "what has not been sent yet"


async def test_the_way_into_the_chat_and_the_desk(tmp_path: Path, browser: Browser) -> None:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        assert isinstance(world.line, WebChatLine)
        office = await open_office(world)
        async with served(world.line.app) as address:
            page = await browser.new_page(locale="vi-VN")
            for path in ("", "/chat/khong-co/"):
                await page.goto(f"{address}{path}")
                assert await found_on(page) == [], path
            await page.goto(f"{address}/ban-lam-viec")
            assert await found_on(page) == []
            await let_in(page, office.secretary)
            await expect(page.get_by_role("heading", name="Hôm nay, 01/03/2024")).to_be_visible()
            assert await found_on(page) == []
            await page.get_by_role("link", name="Thiết bị").click()
            assert await found_on(page) == []


async def test_the_check_itself_sees_a_button_without_a_name(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<html lang=vi><title>t</title><main><h1>t</h1><button></button></main></html>")

    assert [line.partition(" ")[0] for line in await barriers(page)] == ["button-name"]
