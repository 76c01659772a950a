"""The rooms of meetings, tasks, messages, supervision and set-up in a real browser: small and wide, by hand and key."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page, expect

from intake.actions.meetings.conclude import add_item, publish_conclusion, report_progress
from intake.actions.meetings.public_progress import publish_progress
from intake.actions.meetings.show_of_hands import ask_for_hands
from intake.rules.meetings.conclusion import ProgressId
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Role
from tests.support.accessibility import barriers
from tests.support.browser import CHROMIUM, REQUIRED, all_on_the_sheet, fits, let_in, served
from tests.support.delegates import occasion
from tests.support.office import Office, open_office, person_named
from tests.support.stories import planned_meeting
from tests.support.webchat_line import WebChatLine
from tests.support.world import Phone, local, opened_world
from tests.web.test_desk_browser import browsing, looked_at

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        yield await open_office(world)


def site(office: Office) -> FastAPI:
    assert isinstance(office.world.line, WebChatLine)
    return office.world.line.app


async def comes_in(page: Page, address: str, phone: Phone, path: str = "") -> None:
    """Somebody opens a page of the desk and says yes in the chat."""
    await page.goto(f"{address}/ban-lam-viec{path}")
    await let_in(page, phone)
    await page.goto(f"{address}/ban-lam-viec{path}")


async def with_speakers(office: Office) -> Meeting:
    meeting = await office.fixed_meeting()
    for phone in (office.mai, await office.world.resident("DL-lang-dau", "Bùi Thị Lan")):
        await phone.says("/dangky")
        await phone.presses("Phát biểu")
        await phone.says("Đường xóm 3")
        await phone.presses("Gửi")
    return meeting


async def test_on_a_phone_the_rooms_stand_behind_one_line_and_paper_bears_the_page_alone(
    office: Office, browser: Browser
) -> None:
    """What each room looks like is walked through in `test_every_room_browser.py`."""
    meeting, reference = await with_speakers(office), await office.asked()
    async with served(site(office)) as address, browsing(browser) as watched:
        await comes_in(watched.page, address, office.secretary)
        await watched.page.set_viewport_size({"width": 320, "height": 640})
        await expect(watched.page.get_by_role("link", name="Phân loại", exact=True)).to_be_hidden()
        assert await watched.page.evaluate("document.querySelector('header').offsetHeight") < 70, "one line"
        await watched.page.get_by_role("link", name="Các phòng").click()
        await looked_at(watched.page, (320,))
        assert await barriers(watched.page) == []
        await watched.page.get_by_role("link", name="Phân loại", exact=True).click()
        await expect(watched.page.get_by_role("heading", level=1)).to_contain_text("Phân loại")
        await watched.page.emulate_media(media="print")
        await watched.page.set_viewport_size({"width": 700, "height": 990})  # what A4 leaves between its margins
        await watched.page.goto(f"{address}/ban-lam-viec/cau-hoi")
        words, table = watched.page.locator("td.said").first, watched.page.locator("table")
        assert await fits(watched.page)
        assert await words.evaluate("one => one.offsetWidth") > 0.25 * await table.evaluate("one => one.offsetWidth")
        await watched.page.goto(f"{address}/ban-lam-viec/cau-hoi/{reference}")
        await expect(watched.page.get_by_role("heading", name="Nội dung câu hỏi")).to_be_visible()
        await expect(watched.page.locator("select:visible, textarea:visible")).to_have_count(0)
        await watched.page.goto(f"{address}/ban-lam-viec/so-lieu")
        assert await watched.page.locator(".numbers").count() > 3
        assert await all_on_the_sheet(watched.page), "no column is cut off"
        for path in ("/buoi", f"/buoi/{meeting.id}", f"/buoi/{meeting.id}/khach"):
            await watched.page.goto(f"{address}/ban-lam-viec{path}")
            assert await watched.page.get_by_role("main").is_visible()
            assert await watched.page.locator("header, button:visible, form button:visible").first.is_hidden()
        assert watched.trouble == []


async def test_a_head_puts_a_list_together_by_keys_alone(tmp_path: Path, browser: Browser) -> None:
    async with opened_world(tmp_path, WebChatLine, local(2026, 6, 1)) as world:
        opened = await occasion(world, "vinh-bao-2026", quota=3, reading="b", starts_at=local(2026, 9, 15))
        unit = opened.units[0]
        head = await world.staff(Role.HAMLET_HEAD, unit.code, "Trần Văn Thôn")
        assert isinstance(world.line, WebChatLine)
        async with served(world.line.app) as address, browsing(browser) as watched:
            page = watched.page
            await comes_in(page, address, head, f"/thon/{opened.meeting.id}/{unit.id}")
            for name in ("Phạm Thị Xa", "Bùi Văn Hai", "Phạm Thị Xa"):
                await page.get_by_label("Họ và tên").focus()
                await page.keyboard.type(name)
                await page.keyboard.press("Enter")
            await expect(page.get_by_text("Đã có người trùng tên Phạm Thị Xa")).to_be_visible()
            await looked_at(page)
            assert await barriers(page) == []
            await page.get_by_label("Là ai").select_option(label="Là người khác trùng tên")
            await page.get_by_label("Để phân biệt").fill("sinh 1950")
            await page.keyboard.press("Enter")
            await expect(page.get_by_text("Đã thêm Phạm Thị Xa (sinh 1950)")).to_be_visible()
            for summary in await page.locator("summary").all():
                await summary.focus()
                await page.keyboard.press("Enter")
            await looked_at(page)
            assert await barriers(page) == []
            await page.get_by_role("button", name="Nộp danh sách").focus()
            await page.keyboard.press("Enter")
            await expect(page.get_by_text("đã nộp, chờ duyệt").first).to_be_visible()
            await expect(page.get_by_role("button", name="Thêm người")).to_have_count(0)
            assert [one for one in watched.trouble if "status of 422" not in one] == [], "a refusal is no trouble"


async def test_a_speaker_is_moved_by_key_and_by_drag(office: Office, browser: Browser) -> None:
    meeting = await with_speakers(office)
    async with served(site(office)) as address, browsing(browser) as watched:
        page = watched.page
        await comes_in(page, address, office.chair, f"/buoi/{meeting.id}/thu-tu")
        lines = page.locator("#order > li")
        await expect(lines).to_have_count(2)
        await lines.nth(1).focus()
        await page.keyboard.press("ArrowUp")
        await expect(page.get_by_label("Số thứ tự mới")).to_have_value("1")
        await page.keyboard.press("Enter")
        await page.keyboard.type("Cụ đã cao tuổi")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Đã đổi sang số 1")).to_be_visible()
        await expect(lines.nth(0)).to_contain_text("Bùi Thị Lan")
        await lines.nth(0).drag_to(lines.nth(1), target_position={"x": 20, "y": 40})
        await expect(page.get_by_label("Số thứ tự mới")).to_have_value("2")
        await page.keyboard.type("Theo nội dung")
        await page.keyboard.press("Enter")
        await expect(lines.nth(0)).to_contain_text("Nguyễn Thị Mai")
        assert watched.trouble == []


async def test_the_room_is_run_without_scripts_and_lives_with_them(office: Office, browser: Browser) -> None:
    meeting = await with_speakers(office)
    office.world.clock.move_to(local(2024, 4, 25, 14))
    async with (
        served(site(office)) as address,
        browsing(browser, scripts=False) as plain,
        browsing(browser) as lively,
    ):
        await comes_in(plain.page, address, office.secretary, f"/buoi/{meeting.id}/phong")
        await plain.page.get_by_role("button", name="Khai mạc").click()
        told: list[str | bytes] = []
        lively.page.on("websocket", lambda one: one.on("framereceived", lambda said: told.append(said)))  # noqa: PLW0108 - playwright takes no method of a list
        await comes_in(lively.page, address, office.chair, f"/buoi/{meeting.id}/phong")
        await plain.page.get_by_role("button", name="Mời").first.click()
        await expect(plain.page.get_by_text("Đang phát biểu")).to_be_visible()
        await expect(lively.page.get_by_text("Đang phát biểu")).to_be_visible(timeout=20_000)
        assert len({str(one) for one in told if "stamp" in str(one)}) > 1, "it was told so, and did not look by itself"
        await looked_at(lively.page)
        assert plain.trouble == lively.trouble == []


async def test_a_finding_keeps_what_was_typed_when_the_day_is_wrong(office: Office, browser: Browser) -> None:
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    async with served(site(office)) as address, browsing(browser) as watched:
        page = watched.page
        await comes_in(page, address, watching, "/giam-sat")
        await page.get_by_role("textbox", name="Phát hiện").fill("Chưa niêm yết kết luận.")
        await page.get_by_label("Chậm nhất ngày").fill("2024-02-01")
        await page.get_by_role("button", name="Ghi phát hiện").click()
        await expect(page.get_by_role("textbox", name="Phát hiện")).to_have_value("Chưa niêm yết kết luận.")
        await expect(page.get_by_label("Chậm nhất ngày")).to_have_attribute("aria-invalid", "true")
        await page.get_by_label("Chậm nhất ngày").fill("2024-03-20")
        await page.get_by_role("button", name="Ghi phát hiện").click()
        await expect(page.get_by_text("Đã ghi phát hiện GS-DL-2024-0001")).to_be_visible()
        await looked_at(page)


async def test_demands_hands_and_progress_are_seen_on_a_phone_and_a_wide_screen(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    """What people ask for together, the hands in the hall, how a conclusion gets on, the results to hang up."""
    open_now = await with_speakers(office)
    await office.opened()
    over = await planned_meeting(office.world, title="Đối thoại tháng 3 năm 2024")
    await office.mai.says("/denghi")
    await office.mai.presses("✍️ Đề nghị đối thoại")
    await office.mai.says("Bãi rác sát trường học, mùi hôi cả ngày, xe rác đi qua sân trường lúc học sinh ra về")
    await office.mai.presses("Gửi")
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        held = await uow.meetings.get(over.id)
        held.state, held.starts_at, held.ended_at = MeetingState.HELD, local(2024, 3, 20, 8), local(2024, 3, 20, 11)
        for text in ("Sửa xong đường vào xóm 3, đoạn từ nhà văn hoá đến cầu.", "Nối nước sạch cho xóm 5."):
            item = await add_item(
                uow, by=chair, meeting_id=over.id, text=text, desk_id=None, owner="Sở Xây dựng", due_on=None
            )
        await publish_conclusion(uow, by=chair, meeting_id=over.id)
        for text in ("Đã khảo sát, đang lập dự toán.", "Đã đặt ống, chờ đấu nối."):
            await report_progress(uow, by=chair, item_id=item.id, text=text, done=False)
        await publish_progress(uow, by=chair, progress_id=ProgressId(1), text="Đã khảo sát, đang lập dự toán.")
        await ask_for_hands(
            uow,
            by=chair,
            meeting_id=open_now.id,
            question="Xã nên làm việc nào trước trong quý này, nếu tiền chỉ đủ cho một việc?",
            answers="Sửa đường liên thôn, đoạn qua cánh đồng\nNước sạch cho xóm 5\nĐèn đường xóm 2",
        )
        await uow.commit()
    office.put_away()
    rooms = {
        "demands": "/buoi/de-nghi",
        "demand": "/buoi/de-nghi/1",
        "hands": f"/buoi/{open_now.id}/phong",
        "progress": f"/buoi/{over.id}/ket-luan",
        "results": f"/buoi/{over.id}/ket-qua",
    }
    async with served(site(office)) as address, browsing(browser) as watched:
        page = watched.page
        await comes_in(page, address, office.chair)
        for name, path in rooms.items():
            await page.goto(f"{address}/ban-lam-viec{path}")
            if name == "hands":
                await page.get_by_text("Tay giơ tại chỗ").click()
            await looked_at(page)
            assert await barriers(page) == [], path
            for width in (320, 1280):
                await page.set_viewport_size({"width": width, "height": 800})
                await page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
        await page.goto(f"{address}/ban-lam-viec{rooms['hands']}")
        await page.get_by_text("Tay giơ tại chỗ").click()
        await page.get_by_label("Nước sạch cho xóm 5").fill("2")
        await page.get_by_role("button", name="Ghi số tay").click()
        await expect(page.get_by_text("Trong đó 2 tay")).to_be_visible()
        assert watched.trouble == []
