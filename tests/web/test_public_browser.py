"""The public pages in a real browser: on a small phone, on a wide screen, printed, without scripts."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from bot.media.links import ChatLinks
from intake.rules.meetings.meeting import Meeting, MeetingState
from tests.support.accessibility import barriers
from tests.support.browser import CHROMIUM, REQUIRED, all_on_the_sheet, fits, served
from tests.support.office import Office, open_office
from tests.support.public import public_app
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import World, local
from tests.web.test_public_page import held as held  # noqa: PLC0414 - the same meeting, looked at
from tests.web.test_public_page import progress_said, publishes

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.mark.parametrize("width", [320, 1280])
async def test_every_page_fits_without_scripts_and_without_a_complaint(
    office: Office, held: Meeting, browser: Browser, width: int, tmp_path: Path
) -> None:
    await publishes(office, "DL-2024-0001", "Bao giờ sửa đường xóm 3?")
    await progress_said(office, held, "Đã khảo sát, đang lập dự toán.")
    await office.secretary.taps_code("conclusionshow.1")
    await office.secretary.says("Đã khảo sát cùng bà con, đang lập dự toán; dự kiến thi công từ ngày 15 tháng sau.")
    await office.secretary.presses("Gửi")
    ahead = await planned_meeting(office.world, title="Đối thoại tháng 6 năm 2024")
    await set_meeting(office.world, ahead, MeetingState.FIXED, local(2024, 6, 20, 8))
    app = public_app(office.world, ChatLinks(telegram="doithoai_bot", zalo="123456", web="https://xa.test"))
    async with served(app) as address:
        context = await browser.new_context(
            viewport={"width": width, "height": 800}, locale="vi-VN", java_script_enabled=False
        )
        page = await context.new_page()
        trouble: list[str] = []
        page.on("console", lambda said: trouble.append(said.text))
        page.on("response", lambda got: trouble.append(got.url) if got.status >= 400 else None)
        await page.goto(f"{address}/cong-khai")
        await page.screenshot(path=tmp_path / "units.png", full_page=True)
        await page.get_by_role("link", name="thị trấn Di Lăng").click()
        await page.screenshot(path=tmp_path / "unit.png", full_page=True)
        await page.get_by_label("Tìm trong câu hỏi").fill("duong xom")
        await page.get_by_role("button", name="Tìm").click()
        assert await page.get_by_text("Có 1 câu.").is_visible()
        await page.screenshot(path=tmp_path / "answers.png", full_page=True)
        for name in ("Đối thoại tháng 4 năm 2024", "Đối thoại tháng 6 năm 2024"):
            await page.goto(f"{address}/cong-khai/dl")
            await page.get_by_role("link", name=name).click()
            await page.screenshot(path=tmp_path / f"{name[10:17]}.png", full_page=True)
            assert await fits(page)
        for name in ("du-lieu", "so-lieu", "tra-cuu"):
            await page.goto(f"{address}/cong-khai{'' if name == 'tra-cuu' else '/dl'}/{name}")
            await page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
            assert await fits(page)
        await page.pdf(path=tmp_path / "printed.pdf")
        await page.emulate_media(media="print")
        await page.set_viewport_size({"width": 700, "height": 990})  # what A4 leaves between its margins
        await page.goto(f"{address}/cong-khai/dl/so-lieu")
        assert await page.locator(".numbers").count() > 1
        assert await all_on_the_sheet(page), "no column of the figures is cut off"
        await context.close()
        assert trouble == []


async def test_nothing_bars_whoever_listens_or_has_no_mouse(
    office: Office, held: Meeting, browser: Browser, plain_world: World
) -> None:
    await publishes(office, "DL-2024-0001", "Bao giờ sửa đường xóm 3?")
    await progress_said(office, held, "Đã khảo sát, đang lập dự toán.")
    await office.secretary.taps_code("conclusionshow.1")
    await office.secretary.says("Đã khảo sát cùng bà con, đang lập dự toán; dự kiến thi công từ ngày 15 tháng sau.")
    await office.secretary.presses("Gửi")
    ahead = await planned_meeting(office.world, title="Đối thoại tháng 6 năm 2024")
    await set_meeting(office.world, ahead, MeetingState.FIXED, local(2024, 6, 20, 8))
    app = public_app(office.world, ChatLinks(telegram="doithoai_bot", zalo="123456", web="https://xa.test"))
    async with served(app) as address:
        page = await browser.new_page(locale="vi-VN")
        for path in (
            "",
            "/dl",
            "/dl/hoi-dap",
            "/dl/hoi-dap?tim=duong&lang=en",
            "/dl/buoi/1",
            "/dl/buoi/2",
            "/dl/du-lieu",
            "/dl/so-lieu",
            "/tra-cuu",
            "/xx",
        ):
            await page.goto(f"{address}/cong-khai{path}")
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme=scheme)
                for width in (320, 1280):
                    await page.set_viewport_size({"width": width, "height": 800})
                    assert await barriers(page) == [], (path, scheme, width)
