"""The desk in a real browser: opened by a code from the chat, read on small and wide screens, without a complaint."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page, WebSocketRoute, expect

from bot.hall import make_hall_site
from bot.media.links import ChatLinks
from bot.webchat.routes import webchat_router
from tests.support.browser import CHROMIUM, REQUIRED, fits, let_in, served
from tests.support.demo_site import demo_site
from tests.support.office import Office, open_office
from tests.support.webchat_line import WebChatLine
from tests.support.world import local, opened_world
from tests.web.test_hall import PLACE, registers_to_speak
from web.hall.routes import HallSite, hall_router
from web.office.routes import office_router
from web.server import create_app

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")

WIDTHS = (320, 1280)


@dataclass
class Watched:
    """A page, and what its console complained about."""

    page: Page
    trouble: list[str] = field(default_factory=list)


@asynccontextmanager
async def browsing(browser: Browser, *, scripts: bool = True) -> AsyncIterator[Watched]:
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="vi-VN", java_script_enabled=scripts
    )
    watched = Watched(await context.new_page())
    watched.page.on(
        "console", lambda said: watched.trouble.append(said.text) if said.type in ("error", "warning") else None
    )
    watched.page.on("pageerror", lambda error: watched.trouble.append(str(error)))
    yield watched
    await context.close()


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        yield await open_office(world)


def site(office: Office) -> FastAPI:
    """The web side as one process serves it: chat and desk."""
    assert isinstance(office.world.line, WebChatLine)
    return office.world.line.app


async def amiss(page: Page) -> list[str]:
    """What sticks out as the page is shown right now, is too small for a finger, stands inline; a heading too many."""
    found = [] if await fits(page) else ["sticks out"]
    found += await page.evaluate(
        """() => [...document.querySelectorAll("button, nav a, .big, .quiet")]
            .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43)
            .map((one) => `too small: ${one.textContent}`)"""
    )
    if await page.evaluate("document.querySelectorAll('h1').length") != 1:
        found.append("not one heading")
    if await page.evaluate("document.querySelectorAll('[style], style, script:not([src])').length"):
        found.append("something inline")
    return found


async def looked_at(page: Page, widths: Sequence[int] = WIDTHS) -> None:
    """On a phone and on a wide screen nothing is amiss."""
    for width in widths:
        await page.set_viewport_size({"width": width, "height": 800})
        assert await amiss(page) == [], f"{page.url} at {width} px"


async def test_the_page_opens_by_itself_once_the_person_has_said_yes(office: Office, browser: Browser) -> None:
    async with served(site(office)) as address, browsing(browser) as watched:
        page = watched.page
        await page.goto(f"{address}/ban-lam-viec")
        await looked_at(page)
        await expect(page.get_by_alt_text(re.compile("Mã QR"))).to_be_visible()
        await office.secretary.says(f"/ban {await page.locator('#code').inner_text()}")
        await office.secretary.presses("Đúng là tôi")
        await expect(page.get_by_role("heading", name="Hôm nay, 01/03/2024")).to_be_visible()
        await looked_at(page)
        assert watched.trouble == []


async def test_whoever_comes_back_from_the_chat_is_let_in_without_waiting(office: Office, browser: Browser) -> None:
    """On one's only device the page was out of sight while one said yes: its timers stood still."""
    async with served(site(office)) as address, browsing(browser) as watched:
        page = watched.page
        await page.clock.install()
        await page.clock.pause_at("2030-01-01")
        await page.goto(f"{address}/ban-lam-viec")
        await let_in(page, office.secretary)
        await expect(page.get_by_role("heading", name="Hôm nay, 01/03/2024")).to_be_visible()
        assert watched.trouble == []


@asynccontextmanager
async def served_with_hall(office: Office) -> AsyncIterator[tuple[str, HallSite]]:
    """Chat, desk and hall, as one process serves them."""
    line = office.world.line
    assert isinstance(line, WebChatLine)
    hall = make_hall_site(office.world.store, ChatLinks())

    async def no_trouble() -> str:
        return ""

    routers = [office_router(line.office), webchat_router(line.web), hall_router(hall)]
    async with served(create_app(routers, no_trouble)) as address:
        yield address, hall
        await hall.views.close()


async def test_a_dozen_windows_hear_of_a_new_question_and_come_back_after_a_loss(
    office: Office, browser: Browser
) -> None:
    """Two of them are a hall's, one the room in session: nobody takes the connections of another."""
    meeting = await office.fixed_meeting()
    await registers_to_speak(office, meeting)
    await office.opened()
    async with served_with_hall(office) as (address, hall), browsing(browser) as watched:
        page = watched.page
        await page.goto(f"{address}/ban-lam-viec")
        await let_in(page, office.secretary)
        await expect(page.get_by_role("heading", name="Hôm nay, 25/04/2024")).to_be_visible()
        windows = [page]
        for room in ("", "/cau-hoi", "/phan-loai", f"/buoi/{meeting.id}/phong", *["/thiet-bi"] * 5):
            windows.append(await page.context.new_page())
            await windows[-1].goto(f"{address}/ban-lam-viec{room}")
        walls = []
        for path in ("", "/o-nha"):
            walls.append(await page.context.new_page())
            await walls[-1].goto(f"{address}{PLACE}{path}")
        refused = await page.context.new_page()
        turned_away = 0

        async def full(socket: WebSocketRoute) -> None:
            nonlocal turned_away
            turned_away += 1
            if turned_away < 3:
                await socket.close(code=1013)
            else:
                socket.connect_to_server()

        await refused.route_web_socket(re.compile("/moi/live"), full)
        await refused.goto(f"{address}/ban-lam-viec")
        asking = await page.context.new_page()
        await asking.route_web_socket(re.compile("/moi/live"), lambda socket: socket.close(code=1013))
        await asking.clock.install()
        await asking.goto(f"{address}/ban-lam-viec/cau-hoi")
        await office.asked()
        for window in (*windows, refused):
            await expect(window.get_by_role("banner").get_by_role("link", name="1 mới")).to_be_visible()
        for window in (*windows[:4], refused):
            await expect(window.get_by_text("1 câu hỏi mới")).to_be_visible()
        await office.secretary.taps_code("floorcall.1.1")
        hall.views.look_soon()
        for wall in walls:
            await expect(wall.locator(".large", has_text="Người thứ 1")).to_be_visible()
        await asking.clock.run_for(40_000)
        await expect(asking.get_by_text("1 câu hỏi mới")).to_be_visible()
        await windows[2].get_by_role("link", name="tải lại").click()
        await expect(windows[2].get_by_role("link", name="DL-2024-0001")).to_be_visible()
        await expect(windows[2].get_by_text("câu hỏi mới")).to_be_hidden()
        await looked_at(windows[3])
        assert watched.trouble == []


async def test_everything_works_without_scripts(office: Office, browser: Browser) -> None:
    async with served(site(office)) as address, browsing(browser, scripts=False) as watched:
        page = watched.page
        await page.goto(f"{address}/ban-lam-viec")
        assert 'http-equiv="refresh"' in await page.content(), "the browser looks again by itself"
        await office.secretary.says(f"/ban {await page.locator('#code').inner_text()}")
        await office.secretary.presses("Đúng là tôi")
        await page.reload()
        await page.get_by_role("link", name="Thiết bị").click()
        await expect(page.get_by_text("(trình duyệt này)")).to_be_visible()
        await page.get_by_role("button", name="Rời bàn làm việc").click()
        await expect(page.get_by_role("heading", name="Vào bàn làm việc")).to_be_visible()
        assert watched.trouble == []


async def test_in_the_demonstration_one_picks_whom_to_be(tmp_path: Path, browser: Browser) -> None:
    async with demo_site(tmp_path) as demo, served(demo.app) as address, browsing(browser) as watched:
        page = watched.page
        await page.goto(f"{address}/ban-lam-viec")
        await looked_at(page)
        await page.get_by_role("button", name=re.compile("Nguyễn Thị Anh Thư")).focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Câu hỏi chờ phân loại")).to_be_visible()
        await looked_at(page)
        await page.get_by_role("link", name=re.compile("VB-2026-")).first.click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("VB-2026-")
        await looked_at(page)
        await page.get_by_role("link", name="Thiết bị").click()
        await looked_at(page)
        assert watched.trouble == []


async def test_the_officer_opens_what_is_sealed_in_a_browser(office: Office, browser: Browser) -> None:
    passphrase = "hoà bình nở hoa bốn mùa"
    await office.seals()
    office.put_away()
    async with served(site(office)) as address, browsing(browser) as watched:
        page = watched.page
        await page.goto(f"{address}/ban-lam-viec/don-thu")
        await let_in(page, office.chair)
        await expect(page.get_by_role("heading", name="Đơn thư kín, thị trấn Di Lăng")).to_be_visible()
        await looked_at(page)
        await page.get_by_role("button", name="Hỏi tôi trong trò chuyện").click()
        await expect(page.get_by_text("Đã hỏi trong trò chuyện")).to_be_visible()
        await office.world.settle()
        await office.chair.presses("Đúng là tôi")
        await page.get_by_label("Cụm mật khẩu mới").fill(passphrase)
        await looked_at(page)
        await page.get_by_label("Gõ lại lần nữa").fill(passphrase)
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Kho đang mở đến")).to_be_visible()
        await office.mai.says("/hoi")
        await office.mai.says("Tôi tố cáo ông Lê Văn Tèo nhận tiền ở quán Gió Chiều")
        await office.mai.presses("Tố cáo")
        await office.mai.presses("Gửi kín cho người phụ trách")
        await page.reload()
        await looked_at(page)
        await page.get_by_role("link", name="Đơn số 1").click()
        await expect(page.get_by_text("Nhận lúc 08:0")).to_be_visible()
        await looked_at(page)
        await page.get_by_label("Tình trạng").select_option(label="đã hướng dẫn")
        await page.get_by_role("button", name="Lưu").click()
        await expect(page.get_by_label("Tình trạng")).to_have_value("guided")
        await page.get_by_role("link", name="Đơn thư kín").first.click()
        await page.get_by_role("button", name="Khoá lại ngay").click()
        await expect(page.get_by_role("button", name="Hỏi tôi trong trò chuyện")).to_be_visible()
        assert watched.trouble == []
