"""The hall on a real screen: large enough for the last row, live, back by itself after a loss, without a barrier."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.meetings.test_show_of_hands import neighbours_registered
from tests.support.accessibility import barriers
from tests.support.browser import CHROMIUM, REQUIRED, fits, served
from tests.support.office import Office, open_office
from tests.support.world import World
from tests.web.test_hall import PLACE, hall_app, registers_to_speak

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")

SMALLEST, LARGE = 0.02, 0.045
"""Of the width of the wall: from 15 m, letters of 2 % of a picture 3 m wide are as large as print at arm's length."""


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def sizes(page: Page, selector: str) -> list[float]:
    """The size of every text shown, as a part of the width."""
    found: list[float] = await page.eval_on_selector_all(
        selector,
        """(all) => all.filter((one) => one.offsetParent)
                      .filter((one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
                      .map((one) => parseFloat(getComputedStyle(one).fontSize) / window.innerWidth)""",
    )
    return found


async def test_the_room_is_followed_from_the_wall_and_from_home(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    meeting = await office.fixed_meeting()
    await registers_to_speak(office, meeting)
    await office.asked()
    await office.opened()
    site, app = hall_app(office.world)
    async with served(app) as address:
        for scheme in ("light", "dark"):
            wall = await browser.new_page(viewport={"width": 1920, "height": 1080}, color_scheme=scheme)
            trouble: list[str] = []
            wall.on("pageerror", lambda error, trouble=trouble: trouble.append(str(error)))
            await wall.goto(f"{address}{PLACE}")
            await expect(wall.get_by_text("Chương trình 1/6")).to_be_visible()
            await wall.screenshot(path=tmp_path / f"wall-{scheme}.png")
            assert await barriers(wall) == []
            assert trouble == []
        assert min(await sizes(wall, "body *")) >= SMALLEST
        assert min(await sizes(wall, ".large, .counts dd")) >= LARGE
        assert await wall.evaluate("document.documentElement.scrollHeight <= window.innerHeight"), (
            "nobody scrolls a wall"
        )
        home = await browser.new_page(viewport={"width": 320, "height": 640})
        await home.goto(f"{address}{PLACE}/o-nha")
        assert await barriers(home) == []
        assert await fits(home)

        await office.secretary.taps_code("floorcall.1.1")
        site.views.look_soon()
        for page in (wall, home):
            await expect(page.locator(".large", has_text="Người thứ 1")).to_be_visible(timeout=3_000)
        await wall.screenshot(path=tmp_path / "wall-speaker.png")
        await home.screenshot(path=tmp_path / "home.png", full_page=True)

        await office.secretary.taps_code(f"handsask.{meeting.id}")
        await office.secretary.says("Xã nên làm việc nào trước trong quý này, nếu tiền chỉ đủ cho một việc?")
        await office.secretary.says(
            "\n".join(f"Sửa đường liên thôn, đoạn số {number} qua cánh đồng" for number in range(1, 7))
        )
        await office.secretary.presses("Gửi")
        await office.mai.taps_code("hand.1.2")
        await neighbours_registered(office, meeting, 2)
        await office.secretary.taps_code(f"handsenter.1.{meeting.unit_id}")
        await office.secretary.says("1 1 0 0 0 0")
        await office.secretary.presses("Gửi")
        site.views.look_soon()
        for page in (wall, home):
            await expect(page.locator("li", has_text="đoạn số 3").locator("strong")).to_have_text("1", timeout=3_000)
            await expect(page.get_by_text("Trong đó 2 tay")).to_be_visible()
            assert await barriers(page) == []
        await wall.screenshot(path=tmp_path / "wall-hands.png")
        await home.screenshot(path=tmp_path / "home-hands.png", full_page=True)
        assert await fits(home)
        assert min(await sizes(wall, "body *")) >= SMALLEST
        assert await wall.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
        assert await wall.evaluate(
            "document.getElementById('hall').scrollHeight <= document.getElementById('hall').clientHeight"
        )
        for width, height in ((1280, 720), (768, 1024)):
            await wall.set_viewport_size({"width": width, "height": height})
            await wall.screenshot(path=tmp_path / f"wall-hands-{width}.png")
        await wall.context.set_offline(True)
        await site.views.live.close()
        await expect(wall.get_by_text("Mất kết nối")).to_be_visible(timeout=15_000)
        assert await barriers(wall) == []
        await wall.screenshot(path=tmp_path / "wall-broken.png")
        await site.views.close()


async def test_the_screen_comes_back_by_itself(office: Office, browser: Browser) -> None:
    await office.fixed_meeting()
    site, app = hall_app(office.world)
    async with served(app) as address:
        wall = await browser.new_page(viewport={"width": 1280, "height": 720})
        await wall.goto(f"{address}{PLACE}")
        await expect(wall.get_by_text("Bắt đầu lúc")).to_be_visible()
        await wall.context.set_offline(True)
        await wall.evaluate("window.dispatchEvent(new Event('online'))")  # its connection is tried, and there is none
        await expect(wall.get_by_text("Mất kết nối")).to_be_visible(timeout=15_000)
        await office.opened()
        await wall.context.set_offline(False)
        await expect(wall.get_by_text("Chương trình 1/6")).to_be_visible(timeout=15_000)
        await expect(wall.get_by_text("Mất kết nối")).to_be_hidden()
        await site.views.close()


async def test_without_scripts_the_screen_is_read_all_the_same(office: Office, browser: Browser) -> None:
    await office.fixed_meeting()
    _, app = hall_app(office.world)
    async with served(app) as address:
        context = await browser.new_context(java_script_enabled=False)
        page = await context.new_page()
        await page.goto(f"{address}{PLACE}")
        await expect(page.get_by_text("Bắt đầu lúc")).to_be_visible()
        assert await page.locator("noscript meta, meta[http-equiv=refresh]").count() == 1
