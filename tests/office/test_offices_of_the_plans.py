"""The offices of the five plans at the desk: every room opens for whom it is, a question goes its way through it."""

import re
from html import unescape

import pytest

from tests.support.desk import DeskBrowser
from tests.support.offices_of_plans import PLACES, Desks, desks

__all__ = ["desks"]
ROAD = "Đường vào xóm hỏng từ tháng 5, khi nào sửa?"


async def test_every_room_of_the_frame_opens_and_every_meeting_of_the_plan_is_listed(desks: Desks) -> None:
    for browser in desks.all:
        await browser.opens()
        rooms = re.findall(r'href="/ban-lam-viec(/[a-z-]+)"', browser.page.partition("<main")[0])
        assert rooms
        for room in dict.fromkeys(rooms):
            await browser.opens(room)
            assert browser.status == 200, (room, browser.reads())
            assert "Xin lỗi" not in browser.reads(), room
    await desks.secretary.opens("/buoi")
    assert "chưa lập" in desks.secretary.reads()
    await desks.secretary.opens("/buoi/moi")
    for path in re.findall(r'href="/ban-lam-viec(/buoi/moi/[^"]+)"', desks.secretary.page):
        await desks.secretary.opens(path)
        assert desks.secretary.status == 200, path
    await desks.admin.opens("/thiet-lap")
    for path in re.findall(r'href="/ban-lam-viec(/thiet-lap/[^"]+)"', desks.admin.page):
        await desks.admin.opens(path)
        assert desks.admin.status == 200, path


async def test_a_question_is_given_answered_approved_and_seen_from_above(desks: Desks) -> None:
    await desks.asker.says("/hoi")
    await desks.asker.says(ROAD)
    await desks.asker.presses("Gửi")
    found = re.search(r"mã ([A-Z]+-20[0-9]{2}-[0-9]{4})", desks.asker.reads())
    assert found is not None
    page = f"/cau-hoi/{found[1]}"

    await desks.secretary.opens(page)
    await desks.secretary.sends(f"{page}/giao", form="assign", seen=_seen(desks.secretary), desk=desks.desk_id)
    assert f"Đã giao câu hỏi {found[1]}" in desks.secretary.reads()
    await desks.official.opens(page)
    await desks.official.sends(
        f"{page}/tra-loi", form="answer", seen=_seen(desks.official), text="Xã sửa trong quý này."
    )
    assert "Đã gửi chủ trì duyệt" in desks.official.reads()
    await desks.chair.opens("/duyet")
    number = re.search(r"/duyet/([0-9]+)", desks.chair.page)
    assert number is not None
    await desks.chair.sends(f"/duyet/{number[1]}/duyet")
    assert f"Đã duyệt trả lời câu hỏi {found[1]}" in desks.chair.reads()

    await desks.world.settle()
    assert "Xã sửa trong quý này." in desks.asker.hears()
    await desks.supervisor.opens(page)
    assert "Xã sửa trong quý này." in desks.supervisor.reads()
    assert "Gửi duyệt" not in desks.supervisor.reads()
    await desks.admin.opens(page)
    assert "Xã sửa trong quý này." not in desks.admin.reads()


@pytest.mark.parametrize("desks", PLACES[:1], ids=[PLACES[0].plan], indirect=True)
async def test_no_link_of_any_room_leads_nowhere(desks: Desks) -> None:
    """The way back from a document led officials to the register, which is not theirs."""
    await desks.asker.says("/hoi")
    await desks.asker.says(ROAD)
    await desks.asker.presses("Gửi")
    page = f"/cau-hoi/{desks.asker.hears().partition('mã ')[2].partition(' ')[0]}"
    await desks.secretary.opens(page)
    await desks.secretary.sends(f"{page}/giao", form="assign", seen=_seen(desks.secretary), desk=desks.desk_id)
    assert desks.secretary.status == 200
    for browser in desks.all:
        await browser.opens()
        ahead, gone = [""], set[str]()
        while ahead:
            path = ahead.pop()
            if path not in gone:
                gone.add(path)
                await browser.opens(path)
                assert browser.status == 200, path
                ahead += [unescape(one) for one in re.findall(r'href="/ban-lam-viec(/[^"#]*)"', browser.page)]
        assert len(gone) > 10


def _seen(browser: DeskBrowser) -> str:
    return browser.page.partition('name="seen" value="')[2].partition('"')[0]
