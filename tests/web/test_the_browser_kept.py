"""The browser that is kept from test to test: nobody meets what another left, and one that broke down is replaced."""

import asyncio
from contextlib import suppress

import pytest
from playwright.async_api import Browser, Error, Playwright

from tests.support.browser import CHROMIUM, REQUIRED, kept

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")


@pytest.mark.xdist_group("the browser kept")
@pytest.mark.parametrize("visitor", ["the first", "whoever comes next"])
async def test_nobody_meets_what_another_left(browser: Browser, visitor: str) -> None:
    tasks = [task for task in asyncio.all_tasks() if task.get_name() == "left behind"]
    assert [browser.contexts, tasks] == [[], []]
    await browser.new_page()
    asyncio.get_running_loop().create_task(asyncio.sleep(3600), name="left behind")


async def test_a_browser_that_broke_down_is_replaced(browser: Browser, driver: Playwright) -> None:
    gone = asyncio.Event()
    browser.on("disconnected", lambda _: gone.set())
    session = await browser.new_browser_cdp_session()
    with suppress(Error):
        await session.send("Browser.crash")
    await gone.wait()

    again = await kept(driver)
    page = await again.new_page()
    assert await page.evaluate("1 + 1") == 2
    await page.context.close()
