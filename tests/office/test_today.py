"""The desk's first room: each role finds what is due or late for it, and reads it as the chat shows it."""

import re

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from tests.questions.test_told_or_not import gives_to_desk, loses_the_chat
from tests.support.desk import desk_app, sit_down
from tests.support.meetings import fixes_day, makes_meeting
from tests.support.office import ROAD, Office, neighbour_unit, open_office
from tests.support.stories import set_meeting
from tests.support.world import World, local


@pytest.fixture
async def office(plain_world: World) -> Office:
    opened = await open_office(plain_world)
    opened.put_away()
    return opened


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def test_the_desk_sees_its_queue_with_the_days_left_and_reads_a_question(office: Office, app: FastAPI) -> None:
    reference = await office.assigned()
    browser = await sit_down(app, office.official)
    said = browser.reads()
    assert "Câu hỏi ở bộ phận của tôi 1" in said
    assert reference in said
    assert "(hạn 01/04/2024, thứ Hai)" in said
    assert "Câu hỏi chờ phân loại" not in said, "that is not an official's"
    await browser.opens(f"/cau-hoi/{reference}")
    assert ROAD in browser.reads()
    assert "Nguyễn Thị Mai" in browser.reads()
    await browser.opens("/cau-hoi/DL-2024-0099")
    assert browser.status == 404
    for nowhere in ("/khong-co", "/cau-hoi/DL-2024-0001/khong-co"):
        await browser.opens(nowhere)
        assert (browser.status, "Không tìm thấy" in browser.reads()) == (404, True), "a page, wherever it leads"
    await browser.sends("/khong-co")
    assert browser.status == 403, "a form from nowhere proves nothing"
    await browser.opens("/")
    assert (browser.status, browser.at) == (200, "/ban-lam-viec")


async def test_secretary_and_chair_see_what_waits_for_them_and_what_is_late(office: Office, app: FastAPI) -> None:
    await office.asked("Đèn đường xóm 2 tắt từ Tết, ai sửa?")
    await office.assigned()
    await office.official.says("/hangdoi")
    await office.official.presses("DL-2024-0002")
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa trong quý II.")
    await office.official.presses("Gửi")
    secretary, chair = await sit_down(app, office.secretary), await sit_down(app, office.chair)
    assert "Câu hỏi chờ phân loại 1 DL-2024-0001" in secretary.reads()
    assert "Việc phải làm theo kế hoạch" in secretary.reads()
    assert "Chờ tôi duyệt 1 DL-2024-0002" in chair.reads()
    assert "quá hạn trả lời 0" in chair.reads()
    office.world.clock.move(days=40)
    late = await sit_down(app, office.chair)
    assert "quá hạn trả lời 2" in late.reads()
    assert "quá hạn" in late.reads()


async def test_an_urgent_question_is_marked_and_a_sealed_one_says_nothing_in_a_list(
    office: Office, app: FastAPI
) -> None:
    await office.mai.says("/hoi")
    await office.mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    await office.secretary.presses("🔥 Việc gấp")
    await office.secretary.says("Cả xóm không đi lại được")
    await office.secretary.presses("Gửi")
    browser = await sit_down(app, office.secretary)
    said = browser.reads()
    assert "🔒 Gửi kín" in said
    assert "Gấp" in said
    assert "xóm 3" not in said


async def test_nobody_of_another_unit_reads_a_question(office: Office, app: FastAPI) -> None:
    reference = await office.asked()
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    browser = await sit_down(app, stranger)
    assert "Câu hỏi chờ phân loại 0" in browser.reads()
    await browser.opens(f"/cau-hoi/{reference}")
    assert browser.status == 404
    assert ROAD not in browser.page


async def test_heads_and_supervisors_find_their_own(office: Office, app: FastAPI) -> None:
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    at_home, above = await sit_down(app, head), await sit_down(app, watching)
    assert "làm trong trò chuyện" in at_home.reads()
    assert "Câu hỏi đã quá hạn trả lời 0" in above.reads()


async def test_a_defect_is_an_apology_with_a_number(office: Office, app: FastAPI) -> None:
    """A row that nobody can read, as no version of ours writes it."""
    reference = await office.assigned()
    browser = await sit_down(app, office.official)
    async with office.world.store.unit() as uow:
        await uow.session.execute(sa.text("UPDATE questions SET kind = 'khong-co'"))
        await uow.commit()
    await browser.opens(f"/cau-hoi/{reference}")
    assert browser.status == 500
    assert "xin lỗi" in browser.reads().casefold()


async def test_today_names_the_meetings_ahead_and_each_opens(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    browser = await sit_down(app, office.secretary)
    assert "Buổi đối thoại sắp tới 1" in browser.reads()
    assert f'<a href="/ban-lam-viec/buoi/{meeting.id}">{meeting.title}</a>' in browser.page
    office.world.clock.move_to(local(2024, 4, 26, 8))
    past = await sit_down(app, office.secretary)
    assert "Buổi đối thoại sắp tới 0" in past.reads(), "the day is over, whatever nobody has said of it"
    await set_meeting(office.world, meeting, MeetingState.HELD)
    await past.opens()
    assert "Buổi đối thoại sắp tới 0" in past.reads()
    official = await sit_down(app, office.official)
    assert "Buổi đối thoại sắp tới" not in official.reads(), "an official plans none"


async def test_today_says_what_is_owed_for_a_meeting_and_until_when(office: Office, app: FastAPI) -> None:
    """R090: the notice of the one ahead, and that it is late."""
    await makes_meeting(office.secretary)
    await fixes_day(office.secretary)
    browser, official = await sit_down(app, office.secretary), await sit_down(app, office.official)
    assert "Việc của buổi đối thoại đến hạn" in browser.reads()
    assert "Thông báo buổi đối thoại cho người dân" in browser.reads()
    assert "Việc của buổi đối thoại" not in official.reads(), "an official is owed nothing of it"
    office.world.clock.move_to(local(2024, 4, 23))
    later = await sit_down(app, office.secretary)
    assert "quá hạn" in later.reads()


async def test_whom_no_chat_reaches_is_told_in_person_and_ticked_off(office: Office, app: FastAPI) -> None:
    """Mai has blocked the bot: the secretary finds her by name and question; her hamlet's head, once there is one."""
    browser = await sit_down(app, office.secretary)
    assert "Chưa nhận được tin" not in browser.reads()
    reference = await office.asked()
    await loses_the_chat(office.world, "Nguyễn Thị Mai", unreachable_since=True)
    await gives_to_desk(office.secretary, reference)
    async with office.world.store.reading() as uow:
        town, hamlet = await uow.places.unit_by_code("DL"), await uow.places.unit_by_code("DL-hang-gon")
    assert town is not None
    assert hamlet is not None
    await browser.opens()
    assert f'href="/ban-lam-viec/chua-nhan/{town.id}"' in browser.page
    assert "1 người" in browser.reads()
    await browser.opens(f"/chua-nhan/{town.id}")
    assert "Nguyễn Thị Mai – TDP Hàng Gòn 1 tin" in browser.reads()
    assert f'href="/ban-lam-viec/cau-hoi/{reference}"' in browser.page

    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà")
    theirs = await sit_down(app, head)
    await theirs.opens(f"/chua-nhan/{hamlet.id}")
    assert "Nguyễn Thị Mai" in theirs.reads()
    assert reference not in theirs.page, "what it is about is the office's"
    person, last = re.findall(r'name="(?:person|last)" value="(\d+)"', theirs.page)
    await theirs.sends(f"/chua-nhan/{hamlet.id}/bao", person=person, last=last)
    assert "Đã ghi nhận" in theirs.reads()
    assert "Không còn ai" in theirs.reads()
    await theirs.opens(f"/chua-nhan/{town.id}")
    assert theirs.status == 404
    stranger = await sit_down(app, await neighbour_unit(office.world, Role.SECRETARY))
    await stranger.opens(f"/chua-nhan/{town.id}")
    assert stranger.status == 404
