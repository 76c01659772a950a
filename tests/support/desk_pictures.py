"""Pictures of the desk's rooms, taken from the demonstration: `python -m tests.support.desk_pictures`."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

from .browser import opened_browser, served
from .demo_site import demo_site
from .tree import ROOT

FOLDER = ROOT / "docs" / "desk"
SECRETARY, CHAIR, SUPERVISOR, HEAD = "Nguyễn Thị Anh Thư", "Đỗ Quang Chính", "Trần Văn Sát", "Vũ Văn Thọ"
ROOMS = ("Hôm nay", "Câu hỏi", "Phân loại", "Buổi đối thoại", "Tin gửi mọi người", "Thiết lập")
"""What the secretary of the demonstration is shown, by the names in the frame; pictures have numbers in this order."""
MORE = (
    (SECRETARY, "/don-tiep", "reception"),
    (SECRETARY, "/khao-sat", "surveys"),
    (SECRETARY, "/so-lieu", "figures"),
    (SECRETARY, "/so-van-ban", "papers"),
    (SECRETARY, "/thiet-bi", "devices"),
    (CHAIR, "/duyet", "approvals"),
    (SUPERVISOR, "/giam-sat", "supervision"),
    (SUPERVISOR, "/nhat-ky", "audit"),
    (HEAD, "/thon", "hamlet"),
)
"""The other rooms: whose, where they lie, what their picture is called."""


async def take(folder: Path, browser: Browser) -> list[Path]:
    """Take a picture of each room into a folder that is there; returns the files."""
    taken = []
    with tempfile.TemporaryDirectory() as data:
        async with demo_site(Path(data)) as demo, served(demo.app) as address:
            page = await _comes_in(browser, address, SECRETARY)
            for number, name in enumerate(ROOMS, 1):
                await page.get_by_role("link", name=name, exact=True).click()
                taken.append(await _picture(page, folder / f"{number}.png"))
            await page.goto(f"{address}/ban-lam-viec/viec")
            await page.get_by_role("link", name="Xem và giao việc").first.click()
            taken.append(await _picture(page, folder / "tasks.png"))
            await page.goto(f"{address}/ban-lam-viec/van-ban")
            await page.locator("textarea").fill(_paper())
            taken.append(await _picture(page, folder / "paper.png"))
            await page.get_by_role("button", name="Đọc văn bản").click()
            await page.get_by_role("button", name="Nạp kế hoạch").wait_for()
            taken.append(await _picture(page, folder / "paper-read.png"))
            pages = {SECRETARY: page}
            for name, path, picture in MORE:
                pages[name] = pages.get(name) or await _comes_in(browser, address, name)
                await pages[name].goto(f"{address}/ban-lam-viec{path}")
                taken.append(await _picture(pages[name], folder / f"{picture}.png"))
            for page in pages.values():
                await page.context.close()
    return taken


def _paper() -> str:
    """A plan as a commune writes it, of the commune of the demonstration."""
    text = (ROOT / "tests" / "plan" / "papers" / "seen" / "north-central-2021-clusters.txt").read_text(encoding="utf-8")
    for ours, theirs in (("Cẩm Lạc Thượng", "Vĩnh Bảo"), ("CẨM LẠC THƯỢNG", "VĨNH BẢO"), ("2021", "2027")):
        text = text.replace(ours, theirs)
    return text.strip()


async def _comes_in(browser: Browser, address: str, name: str) -> Page:
    context = await browser.new_context(viewport={"width": 1280, "height": 720}, locale="vi-VN")
    page = await context.new_page()
    await page.goto(f"{address}/ban-lam-viec")
    await page.get_by_role("button", name=re.compile(name)).first.click()
    await page.wait_for_url("**/ban-lam-viec")
    return page


async def _picture(page: Page, file: Path) -> Path:
    await page.wait_for_load_state()
    await page.screenshot(path=file)
    return file


async def _take_all(folder: Path) -> None:
    async with opened_browser() as browser:
        await take(folder, browser)


if __name__ == "__main__":
    asyncio.run(_take_all(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
