"""The clerk drops the commune's plan at the desk: the text is marked, facts stand beside it, one button loads it."""

import re
from html import unescape

import pytest
from fastapi import FastAPI

from bot.media.kept_papers import KeptPapers
from intake.rules.people.person import Grant, Role
from intake.rules.people.unit import Level, Unit
from intake.rules.plan.drafting.marked_text import MarkedPiece, marked_text
from tests.conftest import load
from tests.plan.test_plan_paper import AN_DUONG_MEETING, NOTICE, PLAN, secretary_of_new, word
from tests.plan.test_plan_paper_changes import END, MOVED
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.meetings import makes_meeting
from tests.support.open_points import plan_called
from tests.support.world import Phone, World
from web.forms import LONGEST_WITH_FILE
from web.office.office import HOME


@pytest.fixture
async def clerk(plain_world: World) -> Phone:
    return await secretary_of_new(plain_world)


@pytest.fixture
def app(plain_world: World) -> FastAPI:
    return desk_app(plain_world)


async def drops(browser: DeskBrowser, content: bytes, **typed: str) -> None:
    """Send a paper with the form of the room."""
    await browser.opens("/van-ban")
    unit = re.search(r'name="unit" value="(\d+)"', browser.page)
    fields = {"proof": browser.proof(), "form": "paper", "text": "", "unit": unit[1] if unit else "", **typed}
    files = {"paper": ("ke-hoach.docx", content)}
    browser._saw(await browser.client.post(f"{HOME}/van-ban/doc", data=fields, files=files))  # noqa: SLF001


async def loads(browser: DeskBrowser) -> None:
    """Press the one button, which brings everything along that the page holds."""
    fields = dict(re.findall(r'name="(unit|altering)" value="(\d+)"', browser.page))
    text = re.search(r'<textarea name="text" hidden aria-hidden="true">\n(.*?)</textarea>', browser.page, re.DOTALL)
    assert text is not None
    sent = {"proof": browser.proof(), "form": "load", **fields, "text": unescape(text[1])}
    answer = await browser.client.post(f"{HOME}/van-ban/nap", data=sent, files={"none": ("", b"")})
    browser._saw(answer)  # noqa: SLF001


async def test_text_and_facts_lead_to_each_other_and_one_button_loads(
    plain_world: World, clerk: Phone, app: FastAPI
) -> None:
    browser = await sit_down(app, clerk)
    await drops(browser, word(PLAN))
    said = browser.reads()
    assert "Kế hoạch · xã Tân Lập" in said
    assert "Kế hoạch tiếp xúc, đối thoại trực tiếp" in said
    assert "Cần quyết định 6" in said
    assert "Thông báo chậm nhất: 24/06/2024" in said
    assert "Văn bản không nêu: số, " in said
    assert "THÔNG BÁO" in said, "how the first notice would read"
    number = re.search(r'id="f(\d+)" class="fact"><dt>ngày ban hành</dt><dd><a href="#c(\d+)">', browser.page)
    assert number is not None
    assert number[1] == number[2]
    assert f'<span id="c{number[1]}"></span>' in browser.page
    assert re.search(rf'<a href="#f{number[1]}"><mark>[^<]*05 tháng 01 năm 2024</mark></a>', browser.page)

    await loads(browser)
    assert browser.status == 200
    assert "Đã nạp kế hoạch" in browser.reads()
    assert "Có những thôn, tổ dân phố nào?" in browser.reads(), "on to what is left open"
    assert (await plan_called(plain_world, "tan-lap-2024")).profile.plan.place == "Tân Lập"

    await drops(browser, word(PLAN.replace("quý III/2024", "quý IV/2024")))
    assert "So với kế hoạch đang có" in browser.reads()
    assert "thêm buổi đối thoại: Đối thoại quý IV năm 2024" in browser.reads()


async def test_a_clerk_who_reads_english_is_asked_in_english_before_and_after_loading(
    plain_world: World, clerk: Phone, app: FastAPI
) -> None:
    browser = await sit_down(app, clerk)
    await clerk.says("/ngonngu")
    await clerk.presses("English")
    await drops(browser, word(PLAN))
    assert "Which hamlets are there? The paper does not name the hamlets" in browser.reads()
    assert "Có những thôn, tổ dân phố nào?" not in browser.reads()

    await loads(browser)
    assert "Which hamlets are there?" in browser.reads()
    assert "Có những thôn, tổ dân phố nào?" not in browser.reads()


async def test_the_text_can_be_pasted(clerk: Phone, app: FastAPI) -> None:
    browser = await sit_down(app, clerk)
    await drops(browser, b"", text=PLAN)
    assert "Cần quyết định 6" in browser.reads()
    await drops(browser, b"", text="kế hoạch đây")
    assert browser.status == 422
    assert "Chữ vừa gửi quá ngắn" in browser.reads()
    await drops(browser, b"", text=" ")
    assert "Tệp trống" in browser.reads(), "a file there is, and nothing in it"
    await browser.sends("/van-ban/doc", form="paper", text="")
    assert "Chưa thấy tệp" in browser.reads()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.4 broken", "Tệp bị hỏng"),
        (word(PLAN.replace("Tân Lập", "Quế Phong").replace("TÂN LẬP", "QUẾ PHONG")), "Văn bản này của xã Quế Phong"),
        (word(PLAN.replace("quý III/2024", "ngày 12/5/2026")), "mâu thuẫn"),
        (word(PLAN.replace("KẾ HOẠCH", "BÁO CÁO")), "báo cáo về buổi đã tổ chức"),
    ],
)
async def test_what_makes_no_plan_is_said_above_the_form(
    clerk: Phone, app: FastAPI, content: bytes, sentence: str
) -> None:
    browser = await sit_down(app, clerk)
    await drops(browser, content)
    assert browser.status == 422
    assert sentence in browser.reads()
    assert "Đọc văn bản" in browser.reads(), "another one can be sent at once"


async def test_a_notice_of_a_planned_meeting_and_a_change_are_told_apart(plain_world: World, app: FastAPI) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    browser = await sit_down(app, clerk)
    await drops(browser, word(NOTICE.replace("20/11/2024", "20/8/2024")))
    assert "Thông báo này nói về một buổi đã có trong kế hoạch" in browser.reads()
    await drops(browser, word(NOTICE.replace("Tổ chức hội nghị", "Hoãn tổ chức hội nghị")))
    assert "điều chỉnh, hoãn hoặc huỷ một buổi" in browser.reads()


async def test_a_change_is_done_to_its_meeting_from_the_page(plain_world: World, app: FastAPI) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    browser = await sit_down(app, clerk)
    await drops(browser, word(MOVED))
    assert ", lúc 14:00. Địa điểm: Hội trường UBND xã." in browser.reads()
    fields = dict(re.findall(r'name="(unit|meeting)" value="(\d+)"', browser.page))
    sent = {"proof": browser.proof(), "form": "change", **fields, "text": MOVED}
    browser._saw(await browser.client.post(f"{HOME}/van-ban/doi", data=sent, files={"none": ("", b"")}))  # noqa: SLF001
    assert "Đã làm theo văn bản" in browser.reads()
    assert "20/08/2024" in browser.reads()
    assert "dời buổi" in browser.reads()
    assert "theo văn bản số 9/TB-UBND ngày 02/06/2024. Văn bản này thay đổi văn bản số 5/TB-UBND." in browser.reads()
    await drops(browser, word(MOVED), unit="999")
    assert browser.status == 404


async def test_a_plan_is_ended_from_the_page_and_its_history_says_by_which_paper(
    plain_world: World, app: FastAPI
) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    browser = await sit_down(app, clerk)
    ends = END.replace("tạm dừng thực hiện Kế hoạch số 15/KH-UBND", "tạm dừng thực hiện Kế hoạch ấy")
    await drops(browser, word(ends))
    assert "Tạm dừng cả kế hoạch" in browser.reads()
    fields = dict(re.findall(r'name="(unit|plan)" value="(\d+)"', browser.page))
    sent = {"proof": browser.proof(), "form": "change", **fields, "text": ends}
    browser._saw(await browser.client.post(f"{HOME}/van-ban/doi", data=sent, files={"none": ("", b"")}))  # noqa: SLF001
    assert "Đã làm theo văn bản" in browser.reads()
    await browser.opens(f"/thiet-lap/{fields['unit']}/ke-hoach")
    assert "Tạm dừng" in browser.reads()
    assert "tạm dừng kế hoạch theo văn bản số 21/QĐ-UBND ngày 10/06/2024." in browser.reads()
    await drops(browser, word(ends))
    assert "điều chỉnh, hoãn hoặc huỷ một buổi" in browser.reads(), "no plan is in force that it could mean"


async def test_working_days_are_shown_as_such_before_they_are_loaded_and_on_the_plans_paper(
    plain_world: World, clerk: Phone, app: FastAPI
) -> None:
    browser = await sit_down(app, clerk)
    reply = "\n9. UBND xã trả lời các kiến nghị trong thời hạn hai mươi (20) ngày làm việc kể từ ngày kết thúc.\n"
    await drops(browser, word(PLAN + reply))
    assert "Trả lời sau buổi đối thoại: 20 ngày làm việc, theo kế hoạch" in browser.reads()
    await loads(browser)
    async with plain_world.store.reading() as uow:
        unit = await uow.places.unit_by_code("TL")
        assert unit is not None
        [plan] = await uow.plans.of_units([unit.id])
    await browser.opens(f"/so-van-ban/lap?plan={plan.id}&kind=plan&about=")
    assert "được trả lời trong 20 ngày làm việc kể từ ngày kết thúc." in browser.reads()


async def test_a_file_that_is_too_big_or_says_nothing_takes_nothing_typed_along(
    plain_world: World, clerk: Phone, app: FastAPI
) -> None:
    browser = await sit_down(app, clerk)
    await drops(browser, b"%PDF-1.4" + b"x" * LONGEST_WITH_FILE, text="Toàn văn tôi đã dán.")
    assert browser.status == 413
    assert "Tệp gửi lên quá lớn: mỗi lần gửi không quá 2 MB." in browser.reads()
    assert "Toàn văn tôi đã dán." in browser.reads()
    assert "rút ngắn" not in browser.reads()
    await drops(browser, word("Xã Tân Lập"), text="Toàn văn tôi đã dán.")
    assert "Tệp không có chữ hoặc có quá ít chữ" in browser.reads(), "a Word file is no scan"
    assert "Toàn văn tôi đã dán." in browser.page
    await drops(browser, PLAN.encode() + b" " * 10, text="x" * (LONGEST_WITH_FILE + 1))
    assert "quá dài" in browser.reads()


async def test_of_two_units_one_is_chosen_and_setup_leads_here(plain_world: World, clerk: Phone, app: FastAPI) -> None:
    async with plain_world.store.unit() as uow:
        other = await uow.places.add_unit(Unit("QP", "xã Quế Phong", Level.COMMUNE), None)
        unit = await uow.places.unit_by_code("TL")
        assert unit is not None
        [by] = await uow.people.holders(Role.SECRETARY, unit)
        await uow.people.give(Grant(by.id, Role.ADMIN, other.id, None, uow.now))
        await uow.commit()
    browser = await sit_down(app, clerk)
    await browser.opens("/van-ban")
    assert "Văn bản này của đơn vị nào?" in browser.reads()
    await drops(browser, word(PLAN), unit=str(unit.id))
    assert "Cần quyết định 6" in browser.reads()
    await loads(browser)
    assert "Thiết lập" in browser.reads()
    assert '<p><a href="/ban-lam-viec/van-ban">' in browser.page


async def test_nobody_else_finds_the_room(plain_world: World, clerk: Phone, app: FastAPI) -> None:
    chair = await plain_world.staff(Role.CHAIR, "TL", "Ông Chủ")
    browser = await sit_down(app, chair)
    await browser.opens("/van-ban")
    assert browser.status == 404


def test_phrases_in_one_another_and_over_line_ends_are_marked_once() -> None:
    pieces = marked_text("Ngày 12/5,\n tại Hội  trường.", ["12/5, tại Hội trường", "Hội trường", "không có", ""])
    assert pieces == (
        MarkedPiece("Ngày "),
        MarkedPiece("12/5,\n tại ", 0, (0,)),
        MarkedPiece("Hội  trường", 1, (1,)),
        MarkedPiece("."),
    )


async def test_a_file_is_read_beside_the_chats(plain_world: World) -> None:
    papers = plain_world.store.papers
    assert isinstance(papers, KeptPapers)
    assert "KẾ HOẠCH" in await papers.text_of(word(PLAN))
