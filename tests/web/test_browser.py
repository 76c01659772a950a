"""A visitor in a real browser: chooses a person, asks with the keyboard alone, moves the clock, on a small screen."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.support.browser import CHROMIUM, REQUIRED, fits, served
from tests.support.demo_site import demo_site
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")

QUESTION = "Cầu qua mương gãy lan can, xin xã sửa gấp"
_PHONE: ViewportSize = {"width": 360, "height": 640}


@dataclass
class Visit:
    """A browser at the running demonstration; `trouble` is what its console complained about."""

    context: BrowserContext
    address: str
    trouble: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda said: self.trouble.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("requestfailed", lambda sent: self._failed(sent.url))

    def _failed(self, url: str) -> None:
        if not re.search(r"/events\?", url):  # a stream that its own page closes counts as broken off
            self.trouble.append(url)

    async def opens(self, name: str) -> Page:
        """Choose somebody, with the keyboard: the chat begins in a window of its own."""
        page = await self.context.new_page()
        await page.goto(self.address)
        await page.get_by_role("button", name=re.compile(name)).first.focus()
        async with self.context.expect_page() as opened:
            await page.keyboard.press("Enter")
        return await opened.value

    async def enter(self, name: str) -> Page:
        """Choose somebody, and be in that chat."""
        chat = await self.opens(name)
        await hears(chat)
        return chat

    async def enter_in_windows(self, name: str, count: int) -> list[Page]:
        """The same chat in some windows, which find their way to the other side at the same time."""
        windows = [await self.opens(name)]
        await windows[0].wait_for_url("**/chat/**")
        while len(windows) < count:
            windows.append(await self.context.new_page())
            await windows[-1].goto(windows[0].url)
        for window in windows:
            await hears(window)
        return windows


async def hears(chat: Page) -> None:
    """A chat is open, and told what comes."""
    await expect(chat.get_by_role("log")).to_have_attribute("aria-live", "polite")


@pytest.fixture
async def visit(tmp_path: Path, browser: Browser) -> AsyncIterator[Visit]:
    machine = datetime(2031, 5, 17, 3, 12, tzinfo=UTC)
    async with demo_site(tmp_path, lambda: machine) as site, served(site.app) as address:
        context = await browser.new_context(viewport={"width": 320, "height": 568}, locale="vi-VN")
        visit = Visit(context, f"{address}/")
        context.on("page", visit.watch)
        yield visit
        await context.close()


async def test_a_visitor_asks_with_the_keyboard_and_sees_time_pass(visit: Visit) -> None:
    lan = await visit.enter("Phạm Thị Lan")
    await expect(lan.get_by_label("Nhập tin nhắn")).to_be_focused()
    await lan.keyboard.type("Đường vào xóm 3 hỏng")
    await lan.keyboard.press("Shift+Enter")
    await lan.keyboard.type("Khi nào xã sửa <b>đường</b>?")
    await lan.keyboard.press("Enter")
    await expect(lan.get_by_role("log")).to_contain_text("Khi nào xã sửa <b>đường</b>?")
    await expect(lan.get_by_role("button", name="Gửi", exact=True)).to_be_visible()
    for _ in range(20):  # back from the field to the newest buttons
        await lan.keyboard.press("Shift+Tab")
        if await lan.evaluate("document.activeElement.textContent") == "Gửi":
            break
    await lan.keyboard.press("Enter")
    await expect(lan.get_by_role("log")).to_contain_text("VB-2026-0004")
    assert await lan.evaluate("document.querySelectorAll('.log b').length") == 0

    await lan.get_by_role("button", name="+5 ngày").focus()
    await lan.keyboard.press("Enter")
    await expect(lan.locator("#demo-time")).to_have_text("08:00, 06/07/2026")

    assert await fits(lan)
    assert visit.trouble == []


async def test_two_people_side_by_side_and_a_tab_in_the_background(visit: Visit) -> None:
    """What Lan sends reaches the secretary's tab by itself; neither sees the other's chat."""
    thu = await visit.enter("Nguyễn Thị Anh Thư")
    lan = await visit.enter("Phạm Thị Lan")
    await lan.get_by_label("Nhập tin nhắn").fill("Cầu qua mương gãy lan can, xin xã sửa gấp")
    await lan.keyboard.press("Enter")
    await lan.get_by_role("button", name="Gửi", exact=True).click()
    await expect(lan.get_by_role("log")).to_contain_text("VB-2026-0004")
    await thu.bring_to_front()

    await expect(thu.get_by_role("log")).to_contain_text("Có câu hỏi mới VB-2026-0004", timeout=20_000)
    await expect(thu.get_by_role("log")).not_to_contain_text("lan can")
    assert visit.trouble == []


async def test_a_file_stands_on_a_line_of_its_own_under_its_name(visit: Visit) -> None:
    lan = await visit.enter("Phạm Thị Lan")
    await lan.get_by_label("Nhập tin nhắn").fill("/dulieu")
    await lan.keyboard.press("Enter")
    files = lan.locator(".bot .bubble", has=lan.locator('a[href^="file/"]')).last
    links = files.locator('a[href^="file/"]')
    await expect(links).to_have_text(["📎 Bản sao dữ liệu.docx", "📎 Bản sao dữ liệu.json"])
    words = await files.locator("span:not(.hear)").bounding_box()
    first, second = await links.first.bounding_box(), await links.last.bounding_box()
    assert words is not None
    assert first is not None
    assert second is not None
    assert first["y"] + first["height"] <= second["y"]
    assert second["y"] + second["height"] <= words["y"]
    assert await fits(lan)
    assert visit.trouble == []


async def test_what_is_kept_nowhere_is_not_shown_as_being_sent_either(visit: Visit) -> None:
    """A code goes from the chat with the very message that brought it, before the page could hear of its line."""
    lan = await visit.enter("Phạm Thị Lan")
    await lan.get_by_label("Nhập tin nhắn").fill("KIN-AAAAAAAAAA")
    await lan.keyboard.press("Enter")
    await expect(lan.get_by_role("log")).to_contain_text("Không có mã này")
    await expect(lan.locator(".pending")).to_have_count(0)
    await expect(lan.get_by_role("log")).not_to_contain_text("AAAAAAAAAA")
    assert visit.trouble == []


async def test_a_picture_is_sent_and_shown_after_a_reload_too(visit: Visit, tmp_path: Path) -> None:
    picture = tmp_path / "cong.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
            "08d763d8e9e50b0002e20135e2a1d2b50000000049454e44ae426082"
        )
    )
    large = tmp_path / "phim.mp4"
    with large.open("wb") as stream:
        stream.truncate(10 * 1024 * 1024 + 1)
    lan = await visit.enter("Phạm Thị Lan")
    await lan.locator("#file").set_input_files(large)
    await expect(lan.locator("#state")).to_contain_text("Tệp lớn quá")
    await lan.locator("#file").set_input_files(picture)
    await lan.get_by_label("Nhập tin nhắn").fill("Cống đầu xóm sập, ảnh kèm theo")
    await lan.keyboard.press("Enter")
    await expect(lan.locator(".me img")).to_be_visible()
    await expect(lan.get_by_role("button", name="Gửi", exact=True)).to_be_visible()
    await expect(lan.locator("#state")).to_be_hidden()
    await lan.reload()

    await expect(lan.locator(".me img")).to_be_visible()
    assert await fits(lan)
    assert visit.trouble == []


async def test_the_choice_of_people_fits_a_small_screen(visit: Visit) -> None:
    page = await visit.context.new_page()
    await page.goto(visit.address)
    for more in await page.locator("summary").all():
        if await more.is_visible():
            await more.click()

    assert await fits(page)
    assert visit.trouble == []


async def test_a_long_log_scrolls_inside_itself_and_the_page_stays(visit: Visit) -> None:
    """What is only for those who listen lay below everything and made the page taller than the screen."""
    lan = await visit.enter("Phạm Thị Lan")
    for _ in range(8):
        await lan.get_by_role("button", name="Menu", exact=True).click()
    await expect(lan.locator(".log .bot")).to_have_count(9)
    await lan.get_by_role("log").hover()
    for _ in range(5):
        await lan.mouse.wheel(0, 3000)

    assert await lan.evaluate("document.scrollingElement.scrollHeight <= window.innerHeight")
    assert await lan.evaluate("window.scrollY") == 0
    await expect(lan.get_by_label("Nhập tin nhắn")).to_be_in_viewport()


async def test_the_buttons_of_an_earlier_question_are_switched_off(visit: Visit) -> None:
    lan = await visit.enter("Phạm Thị Lan")
    for words in ("Cầu qua mương gãy lan can", "huỷ", "Đèn đường xóm 2 tắt"):
        await lan.get_by_label("Nhập tin nhắn").fill(words)
        await lan.keyboard.press("Enter")
    sends = lan.get_by_role("button", name="Gửi", exact=True)
    await expect(sends).to_have_count(2)

    await expect(sends.first).to_be_disabled()
    await expect(sends.last).to_be_enabled()


async def test_a_press_on_a_phone_does_not_bring_the_keyboard_up(visit: Visit) -> None:
    assert visit.context.browser is not None
    phone = await visit.context.browser.new_context(viewport=_PHONE, is_mobile=True, has_touch=True)
    lan = await Visit(phone, visit.address).enter("Phạm Thị Lan")
    assert await lan.evaluate("document.activeElement.id") != "words"

    await lan.get_by_role("button", name="Menu", exact=True).tap()
    await expect(lan.locator(".log .bot")).to_have_count(2)
    await lan.get_by_role("button", name="✍️ Gửi câu hỏi").last.tap()
    await expect(lan.locator(".log .bot")).to_have_count(3)

    assert await lan.evaluate("document.activeElement.id") != "words"


async def test_what_is_said_without_a_network_arrives_in_the_order_it_was_said(visit: Visit) -> None:
    lan = await visit.enter("Phạm Thị Lan")
    await visit.context.set_offline(True)
    for words in ("/hoi", "Cầu qua mương gãy lan can, xin xã sửa gấp"):
        await lan.get_by_label("Nhập tin nhắn").fill(words)
        await lan.keyboard.press("Enter")
    await expect(lan.locator(".pending")).to_have_count(2)
    visit.trouble.clear()
    await visit.context.set_offline(False)

    await expect(lan.locator(".pending")).to_have_count(0)
    said = await lan.locator(".log .me .bubble").all_inner_texts()
    assert ["/hoi" in said[0], "lan can" in said[1]] == [True, True]
    await expect(lan.get_by_role("log")).to_contain_text("Xem lại trước khi gửi")


async def test_the_code_of_a_link_is_shown_to_nobody_and_keeps_nobody_waiting(visit: Visit) -> None:
    lan = await visit.enter("Phạm Thị Lan")
    await lan.get_by_label("Nhập tin nhắn").fill("/start i-khong-co-that")
    await lan.keyboard.press("Enter")
    await expect(lan.locator(".log .bot")).to_have_count(2)

    await expect(lan.locator(".pending")).to_have_count(0)
    await expect(lan.get_by_role("log")).not_to_contain_text("i-khong-co-that")


async def test_whoever_comes_back_to_the_door_goes_on_with_the_chat_there_is(tmp_path: Path, browser: Browser) -> None:
    """Back and "begin" opened a second chat of nobody. A link opened meanwhile is followed in the old one, once."""
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        assert isinstance(world.line, WebChatLine)
        async with keeps_sending(world), served(world.line.app) as address:
            page = await browser.new_page(locale="vi-VN")
            await page.goto(address)
            await page.get_by_role("button", name="Bắt đầu trò chuyện").click()
            await page.get_by_role("button", name="Đồng ý", exact=True).wait_for()
            chat = page.url
            await page.goto(f"{address}?start=h-DL-hang-gon")
            await expect(page.get_by_role("button", name="Người khác dùng máy này")).to_be_visible()

            await page.get_by_role("link", name="Tiếp tục cuộc trò chuyện trước").click()
            await expect(page.get_by_role("button", name="Đồng ý", exact=True)).to_have_count(2)
            await page.reload()
            await expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
            await expect(page.get_by_role("button", name="Đồng ý", exact=True)).to_have_count(2)
            assert page.url.split("?")[0] == chat
            await page.get_by_role("button", name="Đồng ý", exact=True).last.click()
            await expect(page.get_by_role("log")).to_contain_text("họ và tên")
            await page.close()


@pytest.mark.parametrize("sockets", [True, False], ids=["sockets get through", "only streams do"])
async def test_of_twelve_windows_that_are_all_in_sight_the_last_one_speaks_and_hears(
    visit: Visit, *, sockets: bool
) -> None:
    """Streams use up the six connections a browser has for one place: from the seventh window on everything hung."""
    if not sockets:  # a proxy that lets none through: then windows in the background take turns
        await visit.context.route_web_socket(re.compile(".*"), lambda socket: socket.close())
    windows = await visit.enter_in_windows("Phạm Thị Lan", 12 if sockets else 3)
    for window in windows if sockets else windows[-1:]:
        assert not await window.evaluate("document.hidden")
    last = windows[-1]
    await last.get_by_label("Nhập tin nhắn").fill("Cầu qua mương gãy lan can, xin xã sửa gấp")
    await last.keyboard.press("Enter")

    await expect(last.locator(".pending")).to_have_count(0)
    await expect(last.get_by_role("button", name="Gửi", exact=True)).to_be_visible()
    for window in windows:
        await expect(window.get_by_role("log")).to_contain_text("Bà/ông muốn gửi câu hỏi này?")
    assert visit.trouble == [] or not sockets


async def test_of_twelve_windows_of_every_kind_the_last_one_speaks_and_hears(visit: Visit) -> None:
    """Chats, the desk and public pages beside each other: what is live in one takes nothing from another."""
    office = await visit.context.new_page()
    await office.goto(f"{visit.address}ban-lam-viec")
    await office.get_by_role("button", name=re.compile("Nguyễn Thị Anh Thư")).click()
    await expect(office.get_by_role("heading", name="Câu hỏi chờ phân loại")).to_be_visible()
    visit.trouble.clear()  # the page of the code is left while it asks whether somebody said yes
    for path in (
        "ban-lam-viec",
        "ban-lam-viec/cau-hoi",
        "ban-lam-viec/phan-loai",
        "ban-lam-viec",
        "cong-khai",
        "cong-khai/vb",
    ):
        page = await visit.context.new_page()
        await page.goto(f"{visit.address}{path}")
        await expect(page.get_by_role("heading", level=1).first).to_be_visible()
    chats = await visit.enter_in_windows("Phạm Thị Lan", 5)
    assert len(visit.context.pages) >= 12
    last = chats[-1]
    await last.get_by_label("Nhập tin nhắn").fill("Cầu qua mương gãy lan can, xin xã sửa gấp")
    await last.keyboard.press("Enter")

    await expect(last.locator(".pending")).to_have_count(0)
    await last.get_by_role("button", name="Gửi", exact=True).click()
    for window in chats:
        await expect(window.get_by_role("log")).to_contain_text("VB-2026-0004")
    await office.reload()
    await expect(office.get_by_role("main")).to_be_visible()
    assert visit.trouble == []


async def test_taps_and_words_without_a_network_arrive_in_their_order(visit: Visit) -> None:
    lan = await visit.enter("Phạm Thị Lan")
    await visit.context.set_offline(True)
    await lan.get_by_role("button", name="✍️ Gửi câu hỏi").last.click()
    for words in (QUESTION, "huỷ", "/lich"):
        await lan.get_by_label("Nhập tin nhắn").fill(words)
        await lan.keyboard.press("Enter")
    await expect(lan.locator(".pending")).to_have_count(3)  # a tap is no bubble of its own
    visit.trouble.clear()
    await visit.context.set_offline(False)

    await expect(lan.locator(".pending")).to_have_count(0)
    said = await lan.locator(".log .me .bubble").all_inner_texts()
    assert [words.splitlines()[1] for words in said] == ["✍️ Gửi câu hỏi", QUESTION, "huỷ", "/lich"]
    await expect(lan.get_by_role("log")).to_contain_text("Xem lại trước khi gửi")
    await expect(lan.get_by_role("log")).to_contain_text("Đã huỷ. Chưa có gì được gửi đi.")


async def test_a_window_that_lost_its_network_goes_on_where_it_was(visit: Visit) -> None:
    lan = await visit.enter("Phạm Thị Lan")
    other = await visit.enter("Phạm Thị Lan")
    await lan.evaluate("window.dispatchEvent(new Event('pagehide'))")  # hangs up, as a phone in the pocket does
    await other.get_by_label("Nhập tin nhắn").fill("Cầu qua mương gãy lan can")
    await other.keyboard.press("Enter")
    await expect(other.get_by_role("log")).to_contain_text("Bà/ông muốn gửi câu hỏi này?")
    assert "lan can" not in await lan.get_by_role("log").inner_text()
    await lan.evaluate("window.dispatchEvent(new Event('online'))")

    await expect(lan.get_by_role("log")).to_contain_text("Bà/ông muốn gửi câu hỏi này?")
    assert (
        await lan.get_by_text("Cầu qua mương gãy lan can").count()
        == await other.get_by_text("Cầu qua mương gãy lan can").count()
    ), "each line once"


@asynccontextmanager
async def keeps_sending(world: World) -> AsyncIterator[None]:
    """A sender works off what waits while the story lasts. One that breaks ends the story at once, with its error."""

    async def keep_sending() -> None:
        while True:
            await world.settle()
            await asyncio.sleep(0.05)

    async with asyncio.TaskGroup() as group:
        sending = group.create_task(keep_sending())
        yield
        sending.cancel()


@pytest.mark.parametrize("sockets", [True, False], ids=["sockets get through", "only streams do"])
async def test_whoever_leaves_the_computer_leaves_nothing_to_read_in_any_window(visit: Visit, *, sockets: bool) -> None:
    """And whoever sits down next begins at the door, not in the chat of somebody else; going back shows nothing."""
    if not sockets:
        await visit.context.route_web_socket(re.compile(".*"), lambda socket: socket.close())
    lan, other = await visit.opens("Phạm Thị Lan"), await visit.opens("Phạm Thị Lan")
    for window in (lan, other):
        await hears(window)
    chat = lan.url
    for words in ("Cầu qua mương gãy lan can", "huỷ", "đăng xuất"):
        await lan.get_by_label("Nhập tin nhắn").fill(words)
        await lan.keyboard.press("Enter")
    await lan.get_by_role("button", name="Rời máy này").click()

    for window in (lan, other):
        await expect(window).to_have_url(visit.address)
        assert "mương" not in await window.content()
        await window.go_back()
        await expect(window.get_by_text("mương")).to_have_count(0)
    assert await lan.evaluate("window.localStorage.getItem('last-chat')") is None
    answer = await visit.context.request.get(chat)
    assert answer.status == 404

    again = await visit.enter("Phạm Thị Lan")  # of the demonstration: who plays her next begins with nothing said
    await expect(again.get_by_role("button", name="✍️ Gửi câu hỏi").last).to_be_visible()
    assert "mương" not in await again.content()


async def test_what_says_it_is_an_item_stands_in_a_list(visit: Visit) -> None:
    """A log whose lines call themselves items of a list that is none confuses screen readers (axe: `listitem`)."""
    page = await visit.context.new_page()
    await page.goto(visit.address)
    chat = await visit.enter("Phạm Thị Lan")
    stray = """() => [...document.querySelectorAll("li")]
        .filter((item) => !item.parentElement.matches("ul:not([role]), ol:not([role]), [role=list]")).length"""

    await expect(chat.get_by_role("log").locator(".bubble").first).to_be_visible()
    assert [await page.evaluate(stray), await chat.evaluate(stray)] == [0, 0]
    await chat.set_viewport_size({"width": 390, "height": 700})
    assert await chat.evaluate("document.documentElement.scrollWidth") == 390
