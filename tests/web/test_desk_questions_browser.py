"""The rooms of questions in a real browser: by keyboard alone, without scripts, beside somebody else."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from intake.rules.people.person import Role
from tests.support.accessibility import barriers
from tests.support.browser import CHROMIUM, REQUIRED, fits, let_in, served
from tests.support.files import pdf
from tests.support.office import DESK, ROAD, Office, open_office
from tests.support.webchat_line import WebChatLine
from tests.support.world import Phone, local, opened_world

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")

LAMP = "Đèn đường xóm 2 tắt từ Tết, ai sửa?"
CLOSED_AND_AT_ONCE = """(key) => {
    document.querySelector("dialog[open]").close();
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
}"""
"""A key right after help: until the next picture is drawn, the focus is still in what was closed."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        yield await open_office(world)


async def sits_down(
    browser: Browser, address: str, phone: Phone, *, scripts: bool = True, room: str = "/cau-hoi"
) -> tuple[Page, list[str]]:
    """Somebody at the desk in a browser of their own, and what its console complains about."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=scripts)
    page = await context.new_page()
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    await page.goto(f"{address}/ban-lam-viec")
    await let_in(page, phone)
    await page.goto(f"{address}/ban-lam-viec{room}")
    await expect(page.get_by_role("banner")).to_contain_text("Rời bàn làm việc")
    return page, trouble


async def looked_at(page: Page) -> None:
    """On every width nothing sticks out; nothing stands inline; nothing keeps anybody out."""
    for width in (320, 768, 1280, 1920):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await fits(page), f"{page.url} at {width} px"
    await page.set_viewport_size({"width": 1280, "height": 800})
    assert await page.evaluate("document.querySelectorAll('[style], style, script:not([src])').length") == 0
    assert await barriers(page) == []


def site(office: Office):  # type: ignore[no-untyped-def]
    assert isinstance(office.world.line, WebChatLine)
    return office.world.line.app


async def test_a_list_is_worked_through_by_keys_alone(office: Office, browser: Browser) -> None:
    one, two = await office.asked(), await office.asked(LAMP)
    async with served(site(office)) as address:
        page, trouble = await sits_down(browser, address, office.secretary)
        await looked_at(page)
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await barriers(page) == []
        await page.evaluate(CLOSED_AND_AT_ONCE, "j")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await expect(page.get_by_role("link", name=two)).to_be_focused()
        await page.keyboard.press("?")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await page.keyboard.press("x")
        await page.keyboard.press("j")
        await page.keyboard.press("k")
        await page.keyboard.press("j")
        await expect(page.get_by_role("link", name=one)).to_be_focused()
        await page.keyboard.press("a")
        assert await page.locator("tbody input:checked").count() == 2
        await page.keyboard.press("g")
        await expect(page.get_by_label("Giao cho bộ phận")).to_be_focused()
        await page.get_by_label("Giao cho bộ phận").select_option(label=DESK)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Đã giao 2 câu hỏi.")).to_be_visible()
        await page.keyboard.press("/")
        await expect(page.get_by_label("Tìm câu hỏi")).to_be_focused()
        await page.keyboard.type("den duong")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("link", name=two)).to_be_visible()
        await expect(page.get_by_role("link", name=one)).to_have_count(0)
        assert trouble == []


async def test_a_draft_is_kept_as_one_types_and_two_see_each_other(office: Office, browser: Browser) -> None:
    one = await office.assigned()
    colleague = await office.world.staff(Role.OFFICIAL, "DL", "Võ Thị Sáu", desk="chuyen-mon")
    async with served(site(office)) as address:
        first, trouble = await sits_down(browser, address, office.official)
        await first.goto(f"{address}/ban-lam-viec/cau-hoi/{one}")
        await looked_at(first)
        await first.get_by_label("Nội dung trả lời").fill("Xã sửa trong quý II.")
        await expect(first.locator("#kept")).to_have_text(re.compile("Đã lưu nháp lúc"))
        second, more_trouble = await sits_down(browser, address, colleague)
        await second.goto(f"{address}/ban-lam-viec/cau-hoi/{one}")
        await expect(second.get_by_text("Lê Thị Hoa cũng đang soạn cho câu hỏi này.")).to_be_visible()
        await first.reload()
        await expect(first.get_by_label("Nội dung trả lời")).to_have_value("Xã sửa trong quý II.")
        await first.get_by_role("button", name="Xem trước").click()
        await expect(first.get_by_role("heading", name="Người hỏi sẽ đọc thế này")).to_be_visible()
        await looked_at(first)
        await first.get_by_role("button", name="Gửi duyệt").click()
        await expect(first.get_by_text(f"Đã gửi chủ trì duyệt: câu hỏi {one}.")).to_be_visible()
        await first.go_back()
        await expect(first.get_by_role("heading", name="Nội dung câu hỏi")).to_be_visible()
        await second.get_by_label("Nội dung trả lời").fill("Tôi viết khác")
        await expect(second.locator("#changed")).to_have_text(re.compile("vừa thay đổi ở nơi khác"))
        assert (trouble, more_trouble) == ([], [])
        await second.context.clear_cookies()
        await second.get_by_label("Nội dung trả lời").fill("Tôi viết khác nữa")
        await expect(second.locator("#kept")).to_have_text(re.compile("Chưa lưu nháp được"))


async def test_a_paper_somebody_sent_is_read_on_the_page_of_the_question(office: Office, browser: Browser) -> None:
    """The browser's own reader opens it there; it is not fetched before somebody wants to read it."""
    await office.mai.says("/hoi")
    await office.mai.sends_photo(pdf(), ROAD)
    await office.mai.presses("Gửi")
    office.put_away()
    async with served(site(office)) as address:
        page, trouble = await sits_down(browser, address, office.secretary)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(f"{address}/ban-lam-viec/cau-hoi/DL-2024-0001")
        await looked_at(page)
        name = await page.locator(".file iframe").get_attribute("src")
        assert f"{address}{name}" not in asked
        async with page.expect_response(f"{address}{name}") as fetched:
            await page.get_by_text("Đọc ngay tại đây").click()
        answer = await fetched.value
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        await looked_at(page)
        assert trouble == [], "whoever may not show a frame says so in the console"


async def test_an_office_lives_a_question_at_the_desk_beside_the_chat(office: Office, browser: Browser) -> None:
    """The resident has a phone; everybody else sits at the desk, the chair in a browser without scripts."""
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    admin = await office.world.staff(Role.ADMIN, "DL", "Vũ Quản Trị")
    async with served(site(office)) as address:
        keeper, trouble = await sits_down(browser, address, admin, room="/thiet-lap")
        await keeper.get_by_role("link", name="Mẫu trả lời").click()
        await keeper.get_by_label("Tên mẫu").fill("Đường sá")
        await keeper.get_by_label("Lời trả lời").fill("{Bộ phận} xin trả lời câu {mã}: ")
        await keeper.get_by_role("button", name="Lưu").click()
        await expect(keeper.get_by_text('Đã lưu mẫu "Đường sá".')).to_be_visible()

        secretary, more = await sits_down(browser, address, office.secretary, room="")
        trouble += more
        one = await office.asked()
        await expect(secretary.get_by_text("1 câu hỏi mới")).to_be_visible()
        await secretary.get_by_role("link", name="tải lại").click()
        await secretary.get_by_role("link", name=one).click()
        await secretary.get_by_label("Giao cho bộ phận").select_option(label=DESK)
        await secretary.get_by_role("button", name="Giao", exact=True).click()
        await expect(secretary.get_by_text(f"Đã giao câu hỏi {one}")).to_be_visible()

        official, more = await sits_down(browser, address, office.official)
        trouble += more
        await official.get_by_role("link", name=one).click()
        await official.get_by_text("Mẫu trả lời của đơn vị").click()
        await official.get_by_role("button", name="Dùng mẫu này Đường sá").click()
        answer = official.get_by_label("Nội dung trả lời")
        await expect(answer).to_have_value(f"{DESK} xin trả lời câu {one}:")
        await answer.press("End")
        await answer.press_sequentially(" xã sửa trong quý II.")
        await official.get_by_role("button", name="Gửi duyệt").click()
        await expect(official.get_by_text("Đã gửi chủ trì duyệt")).to_be_visible()
        office.put_away()

        chair, more = await sits_down(browser, address, office.chair, scripts=False, room="/duyet")
        trouble += more
        await chair.get_by_role("checkbox").check()
        await chair.get_by_role("button", name="Duyệt", exact=True).click()
        await expect(chair.get_by_text("Đã duyệt 1 mục.")).to_be_visible()
        await office.world.settle()
        assert "xã sửa trong quý II." in office.mai.hears()
        await office.mai.presses("Hài lòng")

        above, more = await sits_down(browser, address, watching, room=f"/cau-hoi/{one}")
        await expect(above.get_by_text(ROAD)).to_be_visible()
        await expect(above.get_by_role("button", name="Gửi duyệt")).to_have_count(0)
        assert trouble + more == []


async def test_a_session_ends_while_a_form_is_open_and_nothing_typed_is_lost(office: Office, browser: Browser) -> None:
    """The official answers; meanwhile the desk is closed from the phone. The page says so and keeps the words."""
    one = await office.assigned()
    async with served(site(office)) as address:
        page, _ = await sits_down(browser, address, office.official)
        await page.get_by_role("link", name=one).click()
        await page.get_by_label("Nội dung trả lời").fill("Xã sửa trong quý II, anh chị yên tâm.")
        await office.official.says("/thietbi")
        (closes,) = [label for said in office.official.news() for label in said.buttons if label.startswith("Đóng bàn")]
        await office.official.presses(closes)
        await page.get_by_role("button", name="Gửi duyệt").click()
        await expect(page.get_by_text("Xã sửa trong quý II, anh chị yên tâm.")).to_be_visible()
        await expect(page.get_by_role("link", name="Về bàn làm việc")).to_be_visible()
        assert not office.chair.sees_button("Duyệt"), "nothing was sent"
