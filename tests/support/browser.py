"""A real browser for the tests that look at pages, and a server for it."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, Page, Playwright, async_playwright, expect
from starlette.types import ASGIApp

from .world import Phone

SHELL = shutil.which("chromium-headless-shell")  # the same engine without the windows: a third less work
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = SHELL or next(filter(None, map(shutil.which, BROWSERS)), None)
REQUIRED = os.environ.get("CI_REQUIRES_BROWSER") == "1"
UNUSED = (
    # what Playwright switches off, for the last list given is the one that counts
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    # processes beside that of a page: one in reserve, and the pages the address bar is made of, for each window
    "SpareRendererForSitePerProcess",
    "PreloadTopChromeWebUI",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-features=" + ",".join(UNUSED),
    "--process-per-site",  # the windows of one visitor begin no process each
    "--js-flags=--no-maglev --no-turbofan",  # no page stays open for so long that better code is worth the making
    *(() if SHELL else ("--in-process-gpu",)),  # in the shell clicks wait for ever with it
)

expect.set_options(timeout=30_000)  # ms; a machine with other work to do is slow, not wrong


@asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """A browser of its own, with nobody in it."""
    async with async_playwright() as driver:
        opened = await _launched(driver)
        yield opened
        await opened.close()


async def _launched(driver: Playwright) -> Browser:
    assert CHROMIUM is not None, "CI_REQUIRES_BROWSER=1, but no Chromium is installed"
    return await driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


@pytest.fixture
def _function_scoped_runner(request: pytest.FixtureRequest) -> Iterator[asyncio.Runner]:
    """What runs a test and its fixtures. Those that look through a browser share a loop: a browser is tied to its own.

    What a test has left going is ended with it, as it is where the loop ends.
    """
    if "browser" not in request.fixturenames:
        yield request.getfixturevalue("_function_scoped_runner")
        return
    runner: asyncio.Runner = request.getfixturevalue("_session_scoped_runner")
    before = asyncio.all_tasks(runner.get_loop())
    yield runner
    left = asyncio.all_tasks(runner.get_loop()) - before
    for task in left:
        task.cancel()
    runner.run(_ended(left))


async def _ended(tasks: Collection[asyncio.Task[Any]]) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def driver() -> AsyncIterator[Playwright]:
    """What browsers are driven by, and ended by if this process is killed."""
    async with async_playwright() as started:
        yield started


_OPENED: list[Browser] = []


async def kept(driver: Playwright) -> Browser:
    """The browser of this process, a new one where it broke down."""
    if not _OPENED or not _OPENED[-1].is_connected():
        _OPENED.append(await _launched(driver))
    return _OPENED[-1]


@pytest.fixture
async def browser(driver: Playwright) -> AsyncIterator[Browser]:
    """A browser with nobody in it."""
    opened = await kept(driver)
    yield opened
    for context in opened.contexts:
        await context.close()


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """Serve an application on a free port of this machine; its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def let_in(page: Page, phone: Phone) -> None:
    """Somebody says yes in the chat to the code the page shows, and comes back to the page, which opens.

    Whoever goes on before that asks for a second code at the moment the page itself is let in with the first.
    """
    await phone.says(f"/ban {await page.locator('#code').inner_text()}")
    await phone.presses("Đúng là tôi")
    await page.evaluate("dispatchEvent(new Event('focus'))")
    await expect(page.locator("#code")).to_have_count(0)


async def fits(page: Page) -> bool:
    """Whether nothing of the page sticks out to the side, and no word at the head of a table is broken into letters."""
    return bool(await page.evaluate(_FITS))


async def all_on_the_sheet(page: Page) -> bool:
    """Whether what is moved to the side on a screen is seen whole, since paper is not moved; and all of it fits."""
    cut = "() => [...document.querySelectorAll('.wide, .drawn')].some((one) => one.scrollWidth > one.clientWidth)"
    return await fits(page) and not await page.evaluate(cut)


_FITS = """() => {
    const pen = document.createElement("canvas").getContext("2d");
    const broken = [...document.querySelectorAll("th")].filter((head) => {
        const style = getComputedStyle(head);
        pen.font = style.font;
        const room = head.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        const words = head.innerText.split(/\\s+/).map((word) => pen.measureText(word).width);
        return head.offsetParent !== null && room > 0 && Math.max(...words) > room + 1;
    });
    return document.documentElement.scrollWidth <= window.innerWidth && broken.length === 0;
}"""
