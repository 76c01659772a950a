"""From the notice to the results with everything open at once: the wall, a phone at home, the public page (S1, S4).

A plan of the State alone and one of both sides; nobody touches a page but to load the public one anew.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
from fastapi import APIRouter
from playwright.async_api import Browser, Page, expect

from bot.hall import make_hall_site
from bot.media.links import ChatLinks
from bot.public import make_public_site
from bot.webchat.webchat import web_pages
from intake.rules.people.person import Role
from tests.support.accessibility import barriers
from tests.support.browser import CHROMIUM, REQUIRED, fits, served
from tests.support.delegates import Occasion, occasion
from tests.support.meetings import asks, releases_notice
from tests.support.world import World, local
from web.hall.routes import HallSite, hall_router
from web.pages import serve_assets
from web.public.front import FreshPages
from web.public.routes import public_router
from web.server import create_app

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")


@dataclass(frozen=True, slots=True)
class Screens:
    """What is open: the wall of the hall, the page of somebody at home, the public page on a phone."""

    world: World
    site: HallSite
    wall: Page
    home: Page
    public: Page

    async def show(self, text: str) -> None:
        """The wall and the phone at home, by themselves."""
        await self.world.settle()
        self.site.views.look_soon()
        for page in (self.wall, self.home):
            await expect(page.locator("#hall").get_by_text(text).first).to_be_visible()

    async def published(self, text: str) -> None:
        """The public page, once it is loaded anew some seconds later."""
        self.world.clock.move(seconds=5)
        await self.public.reload()
        await expect(self.public.get_by_text(text).first).to_be_visible()


@asynccontextmanager
async def all_open(story: Occasion, browser: Browser) -> AsyncIterator[Screens]:
    async def no_trouble() -> str:
        return ""

    world, place = story.world, f"/hoi-truong/m-{story.meeting.id}"
    links = ChatLinks(telegram="doithoai_bot")
    hall, public = make_hall_site(world.store, links), make_public_site(world.store, links, world.clock.now)
    beside = APIRouter()
    serve_assets(beside, web_pages())
    app = FreshPages(create_app([beside, public_router(public), hall_router(hall)], no_trouble), public)
    async with served(app) as address:
        wall = await browser.new_page(viewport={"width": 1280, "height": 720})
        phones = [await browser.new_page(viewport={"width": 320, "height": 640}) for _ in range(2)]
        await wall.clock.install()
        meeting = f"/cong-khai/{story.unit.code.lower()}/buoi/{story.meeting.id}"
        for page, path in ((wall, place), (phones[0], f"{place}/o-nha"), (phones[1], meeting)):
            await page.goto(f"{address}{path}")
        yield Screens(world, hall, wall, *phones)
        for page in (wall, *phones):
            assert await barriers(page) == []
            assert await fits(page)
        await hall.views.close()


@pytest.mark.parametrize(
    ("plan", "reading", "at"),
    [("an-duong-2024", "", local(2024, 8, 20, 14)), ("vinh-bao-2026", "a", local(2026, 9, 29, 14))],
)
async def test_from_the_notice_to_the_results_with_everything_open(
    plain_world: World, browser: Browser, plan: str, reading: str, at: datetime
) -> None:
    world = plain_world
    world.clock.move_to(at.replace(month=at.month - 1))
    story = await occasion(world, plan, quota=3, reading=reading, starts_at=at)
    secretary = await world.staff(Role.SECRETARY, story.unit.code, "Lê Thị Thu")
    lan = await world.resident(story.units[0].code, "Trần Thị Lan")
    async with all_open(story, browser) as screens:
        await screens.show("Bắt đầu lúc")
        await releases_notice(secretary)
        await screens.published("Thông báo, ra lúc")
        await lan.says("/dangky")
        await lan.presses("Phát biểu")
        await lan.says("Đường xóm 3 hỏng từ tháng 5, khi nào sửa?")
        if lan.sees_button("Gửi"):
            await lan.presses("Gửi")

        await screens.wall.clock.fast_forward("48:00:00")  # the screen was left on since the day before yesterday
        world.clock.move_to(at)
        await secretary.says("/dieuhanh")
        await secretary.presses("Khai mạc")
        await screens.show("Chương trình 1/")
        await asks(lan, "Bao giờ có nước sạch cho xóm 3, thưa các bác?")
        await secretary.taps_code(f"floorcall.{story.meeting.id}.1")
        await screens.show("Người thứ 1")
        await expect(screens.wall.locator(".counts dd").first).to_have_text("1")
        await screens.published("đang diễn ra")

        await secretary.says("/dieuhanh")
        await secretary.presses("Kết thúc buổi")
        await secretary.presses("Đúng")
        await screens.show("Buổi đối thoại đã kết thúc")
        await screens.published("Câu hỏi, ý kiến đã nhận")
        await secretary.taps_code(f"madepublic.{story.meeting.id}")
        await secretary.presses("📣 Công khai kết quả ngay")
        await secretary.presses("Gửi")
        await world.settle()
        assert "📊 Kết quả buổi đối thoại" in lan.hears()
