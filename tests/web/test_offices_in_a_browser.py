"""The offices of the five plans in a real browser: a question from the list to the answer, by those who sit there."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browser import CHROMIUM, REQUIRED, fits, served
from tests.support.desk import DeskBrowser
from tests.support.offices_of_plans import Desks, desks

__all__ = ["desks"]
pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")
ROAD = "Đường vào xóm hỏng từ tháng 5, khi nào sửa?"


@asynccontextmanager
async def sitting(browser: Browser, address: str, who: DeskBrowser) -> AsyncIterator[Page]:
    """The desk somebody was let in to, in a window; its console has nothing to complain about."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    secret = who.client.cookies["ban"]
    await context.add_cookies([{"name": "ban", "value": secret, "url": f"{address}/ban-lam-viec"}])
    # the icon is the web chat's, which is not served here
    await context.route("**/webchat/static/icon.svg", lambda route: route.fulfill(status=204))
    page = await context.new_page()
    trouble: list[str] = []
    page.on(
        "console",
        lambda said: trouble.append(f"{said.text} {said.location}") if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: trouble.append(str(error)))
    await page.goto(f"{address}/ban-lam-viec/cau-hoi")
    yield page
    assert await fits(page)
    await context.close()
    assert trouble == []


async def test_a_question_goes_its_way_through_the_office(desks: Desks, browser: Browser) -> None:
    await desks.asker.says("/hoi")
    await desks.asker.says(ROAD)
    await desks.asker.presses("Gửi")
    found = re.search(r"mã ([A-Z]+-20[0-9]{2}-[0-9]{4})", desks.asker.reads())
    assert found is not None
    one = found[1]
    async with served(desks.app) as address:
        async with sitting(browser, address, desks.secretary) as page:
            await page.get_by_role("link", name=one).click()
            await page.get_by_label("Giao cho bộ phận").select_option(value=desks.desk_id)
            await page.get_by_role("button", name="Giao", exact=True).click()
            await expect(page.get_by_text(f"Đã giao câu hỏi {one}")).to_be_visible()
        async with sitting(browser, address, desks.official) as page:
            await page.get_by_role("link", name=one).click()
            await page.get_by_label("Nội dung trả lời").fill("Xã sửa trong quý này.")
            await page.get_by_role("button", name="Gửi duyệt").click()
            await expect(page.get_by_text("Đã gửi chủ trì duyệt")).to_be_visible()
        async with sitting(browser, address, desks.chair) as page:
            await page.get_by_role("link", name="Duyệt", exact=True).click()
            await page.get_by_role("checkbox").check()
            await page.get_by_role("button", name="Duyệt", exact=True).click()
            await expect(page.get_by_text("Đã duyệt 1 mục.")).to_be_visible()
        await desks.world.settle()
        assert "Xã sửa trong quý này." in desks.asker.hears()
        async with sitting(browser, address, desks.supervisor) as page:
            await page.get_by_role("link", name=one).click()
            await expect(page.get_by_text("Xã sửa trong quý này.")).to_be_visible()
            await expect(page.get_by_role("button", name="Gửi duyệt")).to_have_count(0)
