"""From a commune's document to the notice on a resident's phone, in a real browser: every press counted (A7)."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.media.papers import text_of
from intake.rules.papers.kinds import PaperKind
from intake.rules.people.person import Role
from intake.rules.people.unit import Level, Unit
from papers.docx import docx_of
from papers.pdf import pdf_of
from tests.support.browser import CHROMIUM, REQUIRED, served
from tests.support.libreoffice import needs_libreoffice
from tests.support.paper_facts import nothing
from tests.support.webchat_line import WebChatLine
from tests.support.world import Phone, World, local, opened_world
from tests.web.test_desk_browser import browsing, looked_at
from tests.web.test_rooms_browser import comes_in
from wording.papers.registry import worded

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")

ENOUGH = 25
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
SAID = {"number": "7", "date": "2024-01-05", "text": "Văn phòng"}
ANSWERS = "main form.sheet:has(.mark)"


@dataclass
class Presses:
    """How often somebody pressed a button or a link, or gave a file, at the desk and in the chat."""

    page: Page
    count: int = 0

    async def press(self, what: Locator) -> None:
        self.count += 1
        await what.click()
        await self.page.wait_for_load_state()

    async def button(self, name: str) -> None:
        await self.press(self.page.get_by_role("button", name=name))

    async def in_chat(self, phone: Phone, label: str) -> None:
        self.count += 1
        await phone.presses(label)


async def answers(presses: Presses, form: Locator) -> None:
    """What a clerk says to an open point: the first of several, two hamlets, else something of the right kind."""
    if await form.locator('input[type="radio"]').count():
        await form.locator('input[type="radio"]').first.check()
    elif await form.locator("textarea").count():
        await form.locator("textarea").fill("Thôn Đông\nThôn Đoài")
    else:
        line = form.locator('input[name="answer"]')
        await line.fill(SAID[await line.get_attribute("type") or "text"])
    await presses.press(form.locator("button"))


async def joins(world: World) -> Phone:
    phone = world.phone()
    await phone.says("/start")
    await phone.presses("Đồng ý")
    if phone.sees_button("xã An Dương"):
        await phone.presses("xã An Dương")
    await phone.presses("Thôn Đông")
    await phone.says("Trần Thị Lan")
    await phone.presses("Bỏ qua")
    return phone


async def hands_in(page: Page, form: str) -> None:
    """The plan of the commune, as the clerk has it."""
    word = docx_of(worded(PaperKind.PLAN, nothing("an-duong-2024")))
    if form == "pasted":
        await page.fill("#paper-text", text_of(word))
        return
    content = pdf_of(word) if form == "pdf" else word
    await page.set_input_files("#paper-file", {"name": f"ke-hoach.{form}", "mimeType": KINDS[form], "buffer": content})


@pytest.mark.parametrize(
    "form",
    [
        "docx",
        "pasted",
        pytest.param("pdf", marks=needs_libreoffice),
    ],
)
async def test_a_clerk_who_is_new_has_a_campaign_within_twenty_five_presses(
    tmp_path: Path, browser: Browser, form: str
) -> None:
    async with opened_world(tmp_path, WebChatLine, local(2024, 1, 8)) as world:
        async with world.store.unit() as uow:
            await uow.places.add_unit(Unit("AD", "xã An Dương", Level.COMMUNE), None)
            await uow.commit()
        clerk = await world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
        assert isinstance(world.line, WebChatLine)
        async with served(world.line.app) as address, browsing(browser) as watched:
            page, presses = watched.page, Presses(watched.page)
            await comes_in(page, address, clerk, "/van-ban")
            presses.count += 1
            await hands_in(page, form)
            await presses.button("Đọc văn bản")
            await looked_at(page)
            await expect(page.locator("mark").first).to_be_visible()
            await presses.button("Nạp kế hoạch")
            await expect(page.get_by_text("Đã nạp kế hoạch")).to_be_visible()
            while left := await page.locator(ANSWERS).count():
                await answers(presses, page.locator(ANSWERS).first)
                await expect(page.locator(ANSWERS)).to_have_count(left - 1)
            lan = await joins(world)

            await page.goto(f"{address}/ban-lam-viec/buoi/moi")
            await presses.press(page.locator("ul.lines a").first)
            await presses.button("Lập buổi")
            await page.fill('input[name="day"]', "2024-08-15")
            await presses.button("Ấn định ngày, giờ, địa điểm")
            await expect(page.get_by_text("15/08/2024").first).to_be_visible()
            meeting = page.url.rpartition("/")[2]
            await page.goto(f"{address}/ban-lam-viec/tin/soan/{meeting}")
            await presses.button("Gửi")
            await world.settle()
            await presses.in_chat(clerk, "Đúng là tôi")
            await presses.button("Gửi")
            await presses.button("Gửi tới Thôn Đông")
            await expect(page.get_by_text("Đã gửi tới Thôn Đông")).to_be_visible()
            world.clock.move(hours=2)
            await world.settle()
            assert "Nhà Văn hóa xã An Dương" in lan.hears()
            assert presses.count <= ENOUGH, presses.count
            assert [line for line in watched.trouble if "422" not in line] == []
