"""Sixty questions before a meeting are sorted in a real browser, and every press is counted."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from intake.actions.questions.ask_question import ask_question
from intake.rules.people.person import Person
from intake.rules.questions.question import QuestionState
from tests.support.browser import CHROMIUM, REQUIRED, fits, let_in, served
from tests.support.office import Office, open_office
from tests.support.webchat_line import WebChatLine
from tests.support.world import local, opened_world

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")

MATTERS = (
    "Đường vào xóm {n} hỏng nặng, ổ gà khắp nơi, bao giờ thị trấn sửa?",
    "Nhà số {n} xin cấp giấy chứng nhận quyền sử dụng đất đã hai năm, sao chưa có?",
    "Rác ở đầu ngõ {n} ba tuần nay không ai thu gom, mùi hôi không chịu được.",
    "Cống thoát nước tổ {n} tắc, mưa là ngập vào nhà dân.",
    "Hộ nghèo ở tổ {n} chưa nhận được tiền hỗ trợ quý trước, xin hỏi khi nào có?",
    "Xin hỏi chuyện của nhà {n}, tôi chưa biết nói với ai.",
)
LIKE = "Đèn đường trước nhà văn hoá tắt từ Tết, ai sửa? Nhà {n} gửi."


async def sixty(office: Office) -> None:
    """Sixty people of the town ask, ten of them the same."""
    async with office.world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        texts = [MATTERS[n % len(MATTERS)].format(n=n) for n in range(50)] + [LIKE.format(n=n) for n in range(10)]
        for number, text in enumerate(texts):
            asker = await uow.people.add(Person(name=f"Người Hỏi {number}", hamlet_id=hamlet.id, created_at=uow.now))
            await ask_question(uow, asker=asker, text=text)
        await uow.commit()


class Hand:
    """What the secretary does, counted: each press, tick and choice is one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    async def presses(self, what: str) -> None:
        self.count += 1
        await self.page.locator(what).first.click()


async def test_sixty_questions_are_sorted_with_sixty_presses_at_most(tmp_path: Path, browser: Browser) -> None:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        office = await open_office(world)
        await sixty(office)
        assert isinstance(world.line, WebChatLine)
        async with served(world.line.app) as address:
            page = await browser.new_page(viewport={"width": 1280, "height": 800}, locale="vi-VN")
            await page.goto(f"{address}/ban-lam-viec")
            await let_in(page, office.secretary)
            await page.goto(f"{address}/ban-lam-viec")
            hand = Hand(page)
            await hand.presses("nav a:has-text('Phân loại')")
            await expect(page.locator("h1")).to_contain_text("60")
            for width in (320, 1280):
                await page.set_viewport_size({"width": width, "height": 800})
                assert await fits(page)
            same = "article:has-text('Đèn đường') .like-one input:not(:checked)"
            while await page.locator(same).count():
                await hand.presses(same)
            # whatever nothing is suggested for is read, and given a desk by hand
            later = page.locator("article:not(:has(input:checked)) select")
            for at in range(await later.count()):
                if not await later.nth(at).input_value():
                    hand.count += 1
                    await later.nth(at).select_option(index=1)
            while await page.locator("section.sorting button").count():
                await hand.presses("section.sorting button")
                await expect(page.locator(".note.done")).to_be_visible()
            assert hand.count <= 60
            assert hand.count > 10, "it was the browser that was pressed"
        async with world.store.reading() as uow:
            town = await uow.places.unit_by_code("DL")
            assert town is not None
            left = await uow.questions.for_triage([town.id])
            assert [one.reference for one in left] == []
            taken = await uow.questions.by_reference("DL-2024-0060")
            assert taken is not None
            assert taken.state is QuestionState.TAKEN_ON
