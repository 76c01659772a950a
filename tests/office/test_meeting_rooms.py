"""The rooms of meetings: calendar, card, guests from a sheet, quotas, the speaking order, the room, the conclusion."""

import json
import re
from html import unescape

import pytest
from fastapi import FastAPI
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from intake.rules.meetings.roster import Roster, RosterState
from intake.rules.people.person import Role
from tests.conftest import load
from tests.support.browser import served
from tests.support.delegates import occasion
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.meetings import asks
from tests.support.office import Office, neighbour_unit, open_office
from tests.support.recorded import deeds
from tests.support.stories import planned_meeting
from tests.support.world import World, local
from tests.web.test_sheets import sheet
from web.live import GONE


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def test_the_calendar_shows_what_is_made_and_what_is_not(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    secretary = await sit_down(app, office.secretary)
    await secretary.opens("/buoi")
    assert "Đối thoại tháng 7 năm 2024" in secretary.reads()
    assert "chưa lập" in secretary.reads()
    assert "tháng 7/2024" in secretary.reads(), "the plan says when, though no meeting is made of it yet"
    assert "đã ấn định" in secretary.reads()
    await secretary.opens(f"/buoi/{meeting.id}")
    assert "14:00, 25/04/2024" in secretary.reads()
    assert "Chương trình" in secretary.reads()
    assert "việc chưa giao" in secretary.reads()


async def test_a_meeting_is_made_of_a_session_and_what_the_plan_leaves_open(office: Office, app: FastAPI) -> None:
    secretary = await sit_down(app, office.secretary)
    await secretary.opens("/buoi/moi")
    assert "Đối thoại tháng 4 năm 2024" in secretary.reads()
    path = re.search(r"/buoi/moi/[0-9]+/thang-4", secretary.page)
    assert path is not None
    at = path[0]
    await secretary.opens(at)
    ticks = re.findall(r'name="(thon-[0-9]+)"', secretary.page)
    await secretary.sends(at, form="make", form_of="both", way="")
    assert "Xin chọn ít nhất một thôn, tổ." in secretary.reads()
    assert secretary.status == 422
    await secretary.sends(at, form="make", form_of="both", way="", **{ticks[0]: "yes"})
    assert secretary.status == 422, "online, but nobody says where"
    assert f'name="{ticks[0]}" value="yes" checked' in secretary.page, "what was ticked stays"
    await secretary.sends(at, form="make", form_of="phone")
    assert secretary.status == 404
    await secretary.opens(at)
    await secretary.sends(at, form="make", form_of="both", way="Facebook của xã", **{ticks[0]: "yes"})
    assert "Đã lập buổi: Đối thoại tháng 4 năm 2024" in secretary.reads()
    assert "Hàng Gòn" in secretary.reads()
    assert "Ấn định ngày" in secretary.reads()
    await secretary.opens(at)
    assert secretary.status == 404, "it has its meeting"
    await load(office.world, "vinh-bao-2026")
    town = await sit_down(app, await office.world.staff(Role.SECRETARY, "VB", "Vũ Thị Thư"))
    await town.opens("/buoi/moi")
    path = re.search(r"/buoi/moi/[0-9]+/hoi-nghi", town.page)
    assert path is not None
    await secretary.opens(path[0])
    assert secretary.status == 404, "that is another unit's"
    await town.sends(path[0], form="make", form_of="in_person")
    assert town.status == 422, "how it is read is for a person to say"
    await town.sends(path[0], form="make", form_of="in_person", reading="a", why="Thường trực Đảng uỷ quyết định")
    assert "Đã lập buổi" in town.reads()
    await town.opens("/buoi/moi")
    assert "Các buổi của kế hoạch đều đã lập" in town.reads()


async def test_a_day_is_fixed_from_the_card(office: Office, app: FastAPI) -> None:
    meeting = await planned_meeting(office.world)
    secretary = await sit_down(app, office.secretary)
    path = f"/buoi/{meeting.id}/ngay"
    await secretary.opens(f"/buoi/{meeting.id}")
    typed = {"form": "fix", "time": "08:00", "venue": "Nhà văn hoá"}
    for day, said in (("", "Xin chọn ngày"), ("2024-02-01", ""), ("2024-06-10", "")):
        await secretary.sends(path, **typed, day=day)
        assert secretary.status == 422, day
        assert said in secretary.reads()
        assert 'value="Nhà văn hoá"' in secretary.page, "nothing typed is lost"
    await secretary.sends(path, **typed, day="2024-02-01", beyond="yes")
    assert 'name="beyond" value="yes" checked' in secretary.page
    await secretary.sends(path, **(typed | {"venue": " "}), day="2024-04-25")
    assert secretary.status == 422
    await secretary.sends(path, **typed, day="2024-04-25")
    assert "Đã ấn định: 08:00, 25/04/2024, Nhà văn hoá. Hạn thông báo rộng rãi: 20/04/2024" in secretary.reads()
    assert "Đổi ngày, giờ, địa điểm" in secretary.reads()
    assert "Báo ngay cho 0 người đã đăng ký" in secretary.reads()
    await secretary.sends(path, **typed, day="2024-06-10", beyond="yes")
    assert "10/06/2024" in secretary.reads()
    office.world.clock.move_to(local(2024, 4, 22, 9))
    secretary = await sit_down(app, office.secretary)
    await secretary.sends(path, **typed, day="2024-04-26")
    assert "Cần chủ trì đồng ý" in secretary.reads()
    await secretary.sends(path, **typed, day="2024-04-26", reason="Lũ về sớm")
    assert "Đã gửi chủ trì duyệt" in secretary.reads()
    assert "10/06/2024" in secretary.reads(), "nothing has changed yet"
    await office.world.settle()
    assert "Lũ về sớm" in office.chair.hears()
    await office.chair.presses("Duyệt")
    await secretary.opens(f"/buoi/{meeting.id}")
    assert "08:00, 26/04/2024" in secretary.reads()


async def test_whether_it_took_place_is_said_where_today_leads(office: Office, app: FastAPI) -> None:
    """R220: nobody pressed anything in the room; the card that today opens takes the answer."""
    meeting = await office.fixed_meeting()
    await asks(office.mai, "Đèn đường xóm 2 tắt từ Tết, ai sửa?")
    before = await sit_down(app, office.secretary)
    path = f"/buoi/{meeting.id}"
    await before.opens(path)
    assert "đã diễn ra chưa?" not in before.reads(), "it has not begun"
    await before.sends(f"{path}/da-dien-ra", form="held", ended="2024-04-25T16:00")
    assert before.status == 422
    office.world.clock.move_to(local(2024, 4, 26, 8))
    secretary = await sit_down(app, office.secretary)
    await secretary.opens(path)
    assert "Buổi này đã diễn ra chưa?" in secretary.reads()
    assert 'value="2024-04-25T17:00"' in secretary.page, "the planned end stands there"
    watching = await sit_down(app, await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát"))
    await watching.opens(path)
    assert "14:00, 25/04/2024" in watching.reads()
    assert not any(one in watching.reads() for one in ("đã diễn ra chưa?", "Huỷ buổi", "Hoãn"))
    for ended, said in (
        ("", "Xin chọn ngày và giờ"),
        ("2024-04-25T10:00", "phải sau lúc khai mạc"),
        ("2025-01-01T08:00", ""),
    ):
        await secretary.sends(f"{path}/da-dien-ra", form="held", ended=ended)
        assert (secretary.status, said in secretary.reads()) == (422, True), ended
    await secretary.sends(f"{path}/da-dien-ra", form="held", ended="2024-04-25T16:30")
    assert "Đã kết thúc buổi. Câu hỏi đã nhận: 1." in secretary.reads()
    assert "đã tổ chức" in secretary.reads()
    assert "Huỷ buổi" not in secretary.reads(), "what was held is not called off"
    await office.world.settle()
    assert "27/05/2024" in office.mai.hears(), "30 days from the end, rolled off a Saturday"
    await secretary.sends(f"{path}/da-dien-ra", form="held", ended="2024-04-25T16:30")
    assert secretary.status == 409, "said twice"


@pytest.mark.parametrize(
    ("verb", "asked", "said", "hears", "state"),
    [
        ("hoan", "hoãn một buổi đối thoại", "Đã hoãn buổi", "được hoãn", "chưa ấn định"),
        ("huy", "huỷ một buổi đối thoại", "Đã huỷ buổi", "không tổ chức", "không tổ chức"),
    ],
)
async def test_a_meeting_is_put_off_or_cancelled_after_a_yes_in_the_chat(
    office: Office, app: FastAPI, verb: str, asked: str, said: str, hears: str, state: str
) -> None:
    """R067, R215: whoever registered hears why; the words go to everybody, so a desk left open is not enough."""
    meeting = await office.fixed_meeting()
    await asks(office.mai, "Đèn đường xóm 2 tắt từ Tết, ai sửa?")
    secretary = await sit_down(app, office.secretary)
    path = f"/buoi/{meeting.id}"
    await secretary.opens(path)
    assert "1 người" in secretary.reads(), "how many hear of it"
    form = {"hoan": "put_off", "huy": "cancel"}[verb]
    await secretary.sends(f"{path}/{verb}", form=form, reason=" 12 ")
    assert (secretary.status, "Xin viết lý do" in secretary.reads()) == (422, True)
    await secretary.sends(f"{path}/{verb}", form=form, reason="Bão số 3 <b>")
    assert (secretary.status, "Bão số 3 &lt;b&gt;</textarea>" in secretary.page) == (422, True), "typed words stay"
    await office.world.settle()
    assert asked in office.secretary.hears()
    await office.secretary.presses("Đúng là tôi")
    await secretary.sends(f"{path}/{verb}", form=form, reason="Một lý do khác")
    assert secretary.status == 422, "the yes was for another reason"
    await office.world.settle()
    await office.secretary.presses("Đúng là tôi")
    await secretary.sends(f"{path}/{verb}", form=form, reason="Một lý do khác")
    assert said in secretary.reads()
    assert state in secretary.reads()
    await office.world.settle()
    assert hears in office.mai.reads()
    await secretary.sends(f"{path}/{verb}", form=form, reason="Một lý do khác")
    assert secretary.status == 422, "it is off already"
    await secretary.opens(path)
    assert ("kind=notice&" in unescape(secretary.page)) == (verb == "hoan"), "nobody is invited to what is cancelled"
    assert "kind=answer_slips&" in unescape(secretary.page)


async def test_lists_of_units_are_taken_in_and_given_back(office: Office, app: FastAPI) -> None:
    made = await occasion(office.world, "thach-that-2023")
    boss = await office.world.staff(Role.SECRETARY, made.unit.code, "Ngô Văn Thư")
    secretary = await sit_down(app, boss)
    path = f"/buoi/{made.meeting.id}/danh-sach"
    await secretary.opens(path)
    assert made.units[0].name in secretary.reads()
    assert "còn thiếu" in secretary.reads()
    await secretary.sends(f"{path}/nhac")
    assert "Đã nhắc" in secretary.reads()
    unit = str(made.units[0].id)
    await secretary.sends(f"{path}/nhan", unit=unit)
    assert secretary.status in (404, 409)
    async with office.world.store.unit() as uow:
        await uow.rosters.add_roster(Roster(made.meeting.id, made.units[0].id, RosterState.SUBMITTED, late=True))
        await uow.commit()
    await secretary.opens(path)
    assert "gửi muộn" in secretary.reads()
    await secretary.sends(f"{path}/nhan", unit=unit, seen="another")
    assert secretary.status == 409, "nobody takes in a list that is another than was read"
    await secretary.opens(path)
    await secretary.sends(f"{path}/nhan", unit=unit, seen=secretary.seen())
    assert f"Đã nhận danh sách của {made.units[0].name}" in secretary.reads()
    await secretary.sends(f"{path}/tra-lai", form=f"r{unit}", unit=unit, reason=" ")
    assert secretary.status == 422
    await secretary.sends(f"{path}/tra-lai", form=f"r{unit}", unit=unit, reason="Thiếu một đại biểu")
    assert "Đã trả danh sách" in secretary.reads()


async def test_every_part_of_a_meeting_leads_to_every_other(office: Office, app: FastAPI) -> None:
    """Whoever runs a meeting finds the same way on each of its pages; who watches it only what they may read."""
    meeting = await office.fixed_meeting()
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    for phone, parts in ((office.secretary, 9), (office.chair, 9), (watching, 3)):
        browser = await sit_down(app, phone)
        await browser.opens(f"/buoi/{meeting.id}")
        leads = re.findall(rf'href="/ban-lam-viec(/buoi/{meeting.id}[^"]*)"', browser.page.partition('class="tabs"')[2])
        assert len(leads) >= parts
        ways = set(leads)
        for path in leads:
            await browser.opens(path)
            there = browser.page.partition('class="tabs"')[2].partition("</nav>")[0]
            found = set(re.findall(rf'href="/ban-lam-viec(/buoi/{meeting.id}[^"]*)"', there))
            assert (browser.status, found) == (200, ways), path


async def test_a_meeting_by_quota_says_so_and_asks_for_no_number_of_places(office: Office, app: FastAPI) -> None:
    made = await occasion(office.world, "thach-that-2023")
    secretary = await sit_down(app, await office.world.staff(Role.SECRETARY, made.unit.code, "Ngô Văn Thư"))
    await secretary.opens(f"/buoi/{made.meeting.id}")
    assert "theo chỉ tiêu của từng đơn vị" in secretary.reads()
    assert "không giới hạn" not in secretary.reads()
    assert 'name="places"' not in secretary.page
    mine = await sit_down(app, office.secretary)
    await mine.opens(f"/buoi/{(await office.fixed_meeting()).id}")
    assert 'name="places"' in mine.page


async def test_who_registered_is_read_hamlet_by_hamlet(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says("Đường xóm 3")
    await office.mai.presses("Gửi")
    secretary = await sit_down(app, office.secretary)
    await secretary.opens(f"/buoi/{meeting.id}/danh-sach")
    assert "Nguyễn Thị Mai phát biểu" in secretary.reads()
    assert "ĐK-DL-2024-0001" in secretary.reads()
    stranger = await sit_down(app, await neighbour_unit(office.world, Role.SECRETARY))
    for act in ("danh-sach/nhan", "danh-sach/tra-lai", "danh-sach/nhac", "ngay"):
        await stranger.opens("/buoi")
        await stranger.sends(
            f"/buoi/{meeting.id}/{act}", unit="1", reason="A", day="2024-04-26", time="08:00", venue="B"
        )
        assert stranger.status == 404, act


async def test_guests_come_from_a_sheet_looked_at_line_by_line(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    secretary = await sit_down(app, office.secretary)
    path = f"/buoi/{meeting.id}/khach"
    await secretary.opens(path)
    rows = sheet(
        ["STT", "Họ và tên", "Chức vụ", "Số"], [1, "Trần Thị Lan", "Chủ tịch Hội Nông dân", 912345678], [2, "?", "", ""]
    )
    await secretary.sends_file(f"{path}/xem", "sheet", rows, form="guests", group="0")
    assert "0912345678" in secretary.reads().replace("+84", "0")
    assert "Thêm 1 người" in secretary.reads()
    assert "Trần Thị Lan" in secretary.page
    assert "{" not in "".join(re.findall(r'data-named="[^"]*"', secretary.page)), (
        "on a phone these stand before the cells"
    )
    typed = "1\tTrần Thị Lan\tChủ tịch Hội Nông dân\t0912345678\n2\t?"
    await secretary.sends(f"{path}/them", form="guests", group="0", lines=typed)
    assert "1 dòng còn sai" in secretary.reads()
    assert "Trần Thị Lan, Chủ tịch Hội Nông dân" in secretary.reads()
    await secretary.sends_file(f"{path}/xem", "sheet", b"\xd0\xcf\x11\xe0", form="guests", group="0")
    assert secretary.status == 422
    assert "đặt mật khẩu" in secretary.reads()
    await secretary.sends(f"{path}/xem", form="guests", group="0", lines=" ")
    assert secretary.status == 422
    await secretary.sends(f"{path}/them", form="guests", group="99", lines="Trần Thị Lan")
    assert secretary.status == 404
    await secretary.opens(path)
    await secretary.sends(f"{path}/moi")
    assert "Đã gửi 0 giấy mời" in secretary.reads()
    await secretary.sends(f"{path}/tra-loi", guest="1", reply="coming")
    assert "Đã ghi trả lời của Trần Thị Lan, Chủ tịch Hội Nông dân: ✅ dự" in secretary.reads()
    await secretary.sends(f"{path}/tra-loi", guest="1", reply="stand_in")
    assert secretary.status == 404
    await secretary.opens(path)
    await secretary.sends(f"{path}/bo", guest="1")
    assert "Đã bỏ Trần Thị Lan" in secretary.reads()


async def test_quotas_are_set_in_one_grid(office: Office, app: FastAPI) -> None:
    made = await occasion(office.world, "thach-that-2023")
    boss = await office.world.staff(Role.SECRETARY, made.unit.code, "Ngô Văn Thư")
    async with office.world.store.reading() as uow:
        first = (await uow.rosters.quotas(made.meeting.id))[0]
    secretary = await sit_down(app, boss)
    path = f"/buoi/{made.meeting.id}/chi-tieu"
    await secretary.opens(path)
    assert made.units[0].name in secretary.reads()
    name = f"{first.unit_id}.{first.seat.value}"
    await secretary.sends(path, form="quotas", **{name: "x"})
    assert secretary.status == 422
    assert '"x" không phải là số' in secretary.reads()
    await secretary.sends(path, form="quotas", **{name: str(first.number + 3), f"{made.units[-1].id}.resident": ""})
    assert "Đã lưu chỉ tiêu của 1 đơn vị" in secretary.reads()
    async with office.world.store.reading() as uow:
        quotas = {(one.unit_id, one.seat): one.number for one in await uow.rosters.quotas(made.meeting.id)}
    assert quotas[first.unit_id, first.seat] == first.number + 3
    await secretary.sends(path, form="quotas", **{name: "999999"})
    assert secretary.status == 422


async def test_the_chair_moves_a_speaker_with_a_reason(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    lan = await office.world.resident("DL-lang-dau", "Bùi Thị Lan")
    for phone in (office.mai, lan):
        await phone.says("/dangky")
        await phone.presses("Phát biểu")
        await phone.says("Đường xóm 3")
        await phone.presses("Gửi")
    async with office.world.store.reading() as uow:
        second = (await uow.meetings.registrations(meeting.id))[1]
    chair, secretary = await sit_down(app, office.chair), await sit_down(app, office.secretary)
    path = f"/buoi/{meeting.id}/thu-tu"
    await chair.opens(path)
    assert chair.reads().index("Nguyễn Thị Mai") < chair.reads().index("Bùi Thị Lan")
    await chair.sends(path, form="move", who=str(second.id), to="1", reason="")
    assert chair.status == 422
    await chair.sends(path, form="move", who=str(second.id), to="1", reason="Cụ đã cao tuổi")
    assert "Đã đổi sang số 1" in chair.reads()
    await secretary.opens(path)
    assert "Đổi thứ tự" not in secretary.reads()
    await secretary.sends(path, who=str(second.id), to="2", reason="Tôi muốn")
    assert secretary.status == 404


async def test_the_room_is_run_from_one_page(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    for phone in (office.mai, await office.world.resident("DL-lang-dau", "Bùi Thị Lan")):
        await phone.says("/dangky")
        await phone.presses("Phát biểu")
        await phone.says("Đường xóm 3")
        await phone.presses("Gửi")
    async with office.world.store.reading() as uow:
        first, second = [one.id for one in await uow.meetings.registrations(meeting.id)]
    office.world.clock.move_to(local(2024, 4, 25, 14))
    secretary = await sit_down(app, office.secretary)
    path = f"/buoi/{meeting.id}/phong"
    await secretary.opens(path)
    await secretary.sends(f"{path}/khai-mac")
    await secretary.sends(f"{path}/vang", who=str(first))
    assert "Gọi mà vắng (1)" in secretary.reads()
    await secretary.sends(f"{path}/moi", who=str(second))
    assert "Đang phát biểu 2. Bùi Thị Lan" in secretary.reads()
    await secretary.sends(f"{path}/moi", who=str(second))
    assert secretary.status == 409
    await secretary.sends(f"{path}/xong")
    assert "Đã phát biểu: 1" in secretary.reads()
    await secretary.sends(f"{path}/moi", who=str(first))
    await secretary.sends(f"{path}/buoc", step="0")
    assert "✓" in secretary.reads()
    await secretary.sends(f"{path}/buoc-lai")
    assert "✓" not in secretary.reads()
    await secretary.sends(f"{path}/ket-thuc")
    assert secretary.status == 422
    await secretary.sends(f"{path}/ket-thuc", sure="yes")
    assert "Đã kết thúc buổi" in secretary.reads()


async def test_the_inbox_says_whether_who_asks_may_speak(office: Office, app: FastAPI) -> None:
    """Asked from a phone at home while the meeting goes on: the secretary sees at once whom the chair may call."""
    meeting = await office.fixed_meeting()
    lan = await office.world.resident("DL-lang-dau", "Bùi Thị Lan")
    an = await office.world.resident("DL-lang-dau", "Phạm Văn An")
    for phone, kind in ((office.mai, "Tham dự"), (lan, "Phát biểu")):
        await phone.says("/dangky")
        await phone.presses(kind)
        if kind == "Phát biểu":
            await phone.says("Đường xóm 3")
        await phone.presses("Gửi")
    await office.opened()
    told = (
        (lan, "Bao giờ có nước sạch cho tổ Làng Dầu?", "Người hỏi: phát biểu số 1."),
        (office.mai, "Chợ mới khi nào xong, thưa các bác?", "Người hỏi: có đăng ký dự, không đăng ký phát biểu."),
        (an, "Đèn đường xóm 2 tắt từ Tết, ai sửa?", "Người hỏi: không đăng ký dự buổi này."),
    )
    secretary = await sit_down(app, office.secretary)
    for phone, text, speaks in told:
        await asks(phone, text)
        await office.world.settle()
        assert f"{text}\n{speaks}" in office.secretary.hears()
        await secretary.opens(f"/buoi/{meeting.id}/phong")
        assert f"{text} {speaks}" in secretary.reads()


async def test_an_open_room_is_told_of_what_changes_until_it_is_over_and_nobody_else_is(
    office: Office, app: FastAPI
) -> None:
    meeting = await office.fixed_meeting()
    office.world.clock.move_to(local(2024, 4, 25, 14))
    path = f"/buoi/{meeting.id}/phong"
    secretary, elsewhere = (
        await sit_down(app, office.secretary),
        await sit_down(app, await neighbour_unit(office.world, Role.SECRETARY)),
    )
    await secretary.opens(path)
    async with served(app) as address:
        at = f"{address.replace('http', 'ws')}/ban-lam-viec{path}/live"

        def follows(browser: DeskBrowser | None) -> connect:
            cookies = (
                "" if browser is None else "; ".join(f"{one.name}={one.value}" for one in browser.client.cookies.jar)
            )
            return connect(at, origin=Origin(address), additional_headers={"Cookie": cookies})

        for nobody in (None, elsewhere):
            with pytest.raises(InvalidStatus):
                await follows(nobody)
        async with follows(secretary) as page:
            first = json.loads(await page.recv())["stamp"]
            assert f'data-stamp="{first}"' in secretary.page
            assert json.loads(await page.recv()) == {"ready": True}
            await secretary.sends(f"{path}/khai-mac")
            second = json.loads(await page.recv())["stamp"]
            assert second != first
            await secretary.sends(f"{path}/ket-thuc", sure="yes")
            await page.wait_closed()
            assert page.close_code == GONE
    await secretary.opens(path)
    assert 'data-stamp=""' in secretary.page
    assert "room.js" not in secretary.page


async def question_number(office: Office, reference: str) -> int:
    return (await office.question(reference)).id


async def test_whoever_opens_a_sensitive_question_in_the_room_is_written_down(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    reference = await office.asked("Đường vào xóm một hỏng, khi nào sửa?")
    async with office.world.store.unit() as uow:
        question = await uow.questions.by_reference(reference)
        assert question is not None
        question.meeting_id, question.sensitive = meeting.id, True
        await uow.commit()
    secretary = await sit_down(app, office.secretary)
    await secretary.opens(f"/buoi/{meeting.id}/phong/cau-hoi/{question.id}")
    assert "Đường vào xóm một" in secretary.reads()
    async with office.world.store.reading() as uow:
        [read] = await deeds(uow, "read_sensitive")
    assert read.subject == f"question:{question.id}"


async def test_a_question_is_answered_on_the_spot(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    references = [
        await office.asked(f"Đường vào xóm {place} hỏng, khi nào sửa?")
        for place in ("một", "hai", "ba", "bốn", "năm", "sáu")
    ]
    async with office.world.store.unit() as uow:
        for reference in references:
            question = await uow.questions.by_reference(reference)
            assert question is not None
            question.meeting_id = meeting.id
        await uow.commit()
    office.world.clock.move_to(local(2024, 4, 25, 14))
    secretary = await sit_down(app, office.secretary)
    path = f"/buoi/{meeting.id}/phong"
    await secretary.opens(path)
    await secretary.sends(f"{path}/khai-mac")
    assert "Câu hỏi chưa nêu 6" in secretary.reads()
    numbers = [await question_number(office, reference) for reference in references]
    at = f"{path}/cau-hoi/{numbers[0]}"
    await secretary.opens(at)
    await secretary.sends(at, form="answer", outcome="answer", text="…")
    assert secretary.status == 422
    await secretary.sends(at, form="answer", outcome="answer", text="Quý II sửa xong.")
    assert f"Đã ghi: {references[0]}" in secretary.reads()
    await office.world.settle()
    assert "Quý II sửa xong." in office.mai.hears()
    await secretary.sends(f"{path}/cau-hoi/{numbers[1]}", form="answer", outcome="clarify", text="Đã rõ.", held="yes")
    await secretary.sends(f"{path}/cau-hoi/{numbers[2]}", form="take", outcome="take_up", desk="")
    far = {"form": "refer", "outcome": "refer", "agency": "UBND huyện", "text": "Đường của huyện"}
    await secretary.sends(f"{path}/cau-hoi/{numbers[3]}", **far, due="")
    assert secretary.status == 422
    assert "UBND huyện" in secretary.page
    await secretary.sends(f"{path}/cau-hoi/{numbers[3]}", **far, due="2024-05-20")
    await secretary.sends(f"{path}/cau-hoi/{numbers[4]}", form="out", outcome="leave_out", text="Hết giờ")
    await secretary.sends(f"{path}/cau-hoi/{numbers[5]}", form="answer", outcome="direct", text="Xã sẽ xem xét.")
    assert "Không còn câu hỏi nào" in secretary.reads()
    assert "giữ đến hết buổi" in secretary.reads()
    await secretary.opens(f"{path}/cau-hoi/{numbers[1]}")
    assert "Đã rõ.</textarea>" in secretary.page, "whoever writes it anew sees what is written"
    await secretary.sends(f"{path}/cau-hoi/{numbers[1]}", outcome="what")
    assert secretary.status == 404
    await secretary.opens(path)
    await secretary.sends(f"{path}/ket-thuc", sure="yes")
    await secretary.opens(f"{path}/cau-hoi/999")
    assert secretary.status == 404
    await secretary.opens(f"{path}/cau-hoi/{await question_number(office, await office.asked())}")
    assert secretary.status == 404, "a question that is not of this meeting"


async def test_the_conclusion_is_written_and_laid_before_the_chair(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    await office.opened()
    await office.closed()
    secretary = await sit_down(app, office.secretary)
    path = f"/buoi/{meeting.id}/ket-luan"
    await secretary.opens(path)
    typed = {"form": "item", "text": "Sửa đường xóm 3", "owner": "UBND thị trấn"}
    await secretary.sends(f"{path}/them", **typed, due="hôm nào")
    assert secretary.status == 422
    assert "Sửa đường xóm 3" in secretary.page
    await secretary.sends(f"{path}/them", **typed, references="DL-2024-0009")
    assert secretary.status == 422
    await secretary.sends(f"{path}/them", **typed, due="2024-06-30")
    assert "Đã thêm mục 1" in secretary.reads()
    async with office.world.store.reading() as uow:
        body = next(one for one in await uow.places.bodies(meeting.unit_id) if one.code == "mttq")
    await secretary.sends(f"{path}/them", form="item", text="Giám sát việc sửa đường", desk=str(body.id))
    assert body.name in secretary.reads()
    await secretary.sends(f"{path}/bo", item="2")
    assert "Đã bỏ một mục" in secretary.reads()
    await secretary.sends(f"{path}/trinh")
    assert "1 người chủ trì nhận được tin" in secretary.reads()
    await secretary.sends(f"{path}/cong-bo")
    assert secretary.status == 404, "only the chair publishes"
    chair = await sit_down(app, office.chair)
    await chair.opens(path)
    assert "Công bố kết luận" in chair.reads()
    await chair.sends(f"{path}/cong-bo")
    assert chair.status == 422
    assert "xác nhận trong trò chuyện" in chair.reads()
    await office.world.settle()
    assert "công bố kết luận tới các thôn, tổ" in office.chair.hears()
    await office.chair.presses("Đúng là tôi")
    await secretary.opens(path)
    await secretary.sends(f"{path}/them", form="item", text="Họp lại sau một tháng", owner="UBND thị trấn")
    await chair.sends(f"{path}/cong-bo")
    assert chair.status == 422, "the yes was for what stood there then"
    await office.world.settle()
    await office.chair.presses("Đúng là tôi")
    await chair.sends(f"{path}/cong-bo")
    assert "Đã ban hành kết luận" in chair.reads()
    await office.world.settle()
    assert "Sửa đường xóm 3" in office.mai.hears()


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR])
async def test_nobody_of_another_unit_finds_a_meeting(office: Office, app: FastAPI, role: Role) -> None:
    meeting = await planned_meeting(office.world)
    stranger = await sit_down(app, await neighbour_unit(office.world, role))
    for part in ("", "/khach", "/chi-tieu", "/thu-tu", "/danh-sach", "/phong", "/ket-luan", "/ket-qua"):
        await stranger.opens(f"/buoi/{meeting.id}{part}")
        assert stranger.status == 404, part
    for act in (
        "khach/xem",
        "khach/them",
        "khach/moi",
        "chi-tieu",
        "phong/khai-mac",
        "phong/buoc",
        "ket-luan/them",
        "ket-luan/trinh",
        "ket-qua/cong-khai",
        "ket-qua/da-lam",
        "ket-luan/cong-bo",
        "da-dien-ra",
        "hoan",
        "huy",
    ):
        await stranger.opens("/buoi")
        await stranger.sends(
            f"/buoi/{meeting.id}/{act}",
            group="0",
            lines="Trần Thị Lan",
            step="0",
            text="A",
            owner="B",
            reason="Mưa bão",
        )
        assert stranger.status == 404, act


async def test_an_official_has_no_meetings(office: Office, app: FastAPI) -> None:
    meeting = await planned_meeting(office.world)
    official = await sit_down(app, office.official)
    for path in ("/buoi", f"/buoi/{meeting.id}"):
        await official.opens(path)
        assert official.status == 404
