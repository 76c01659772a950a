"""A hamlet head at the desk: the own hamlet's list handed in, and what the hamlet's own meeting said (R077)."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from intake.rules.people.person import Role
from storage import tables as t
from tests.support.delegates import Occasion, occasion
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import open_office
from tests.support.webchat_line import WebChatLine
from tests.support.world import Phone, World, local, opened_world

OPINIONS = "Đường: Xóm 3 hỏng từ tháng 5\n- Nước sinh hoạt yếu vào buổi tối"


@pytest.fixture
async def heads(plain_world: World) -> tuple[Occasion, Phone, DeskBrowser]:
    opened = await occasion(plain_world, "vinh-bao-2026", quota=2, reading="b", starts_at=local(2026, 9, 15))
    head = await plain_world.staff(Role.HAMLET_HEAD, opened.units[0].code, "Trần Văn Thôn")
    return opened, head, await sit_down(desk_app(plain_world), head)


async def test_a_head_hands_the_list_in_though_somebody_is_missing(
    heads: tuple[Occasion, Phone, DeskBrowser],
) -> None:
    opened, head, browser = heads
    unit, meeting = opened.units[0], opened.meeting
    path = f"/thon/{meeting.id}/{unit.id}"
    await browser.opens("/thon")
    assert f"{unit.name} – {meeting.title}" in browser.reads()
    assert "danh sách: chưa nộp · chưa nhập ý kiến họp dân" in browser.reads()
    await browser.opens()
    assert "danh sách: chưa nộp · chưa nhập ý kiến họp dân" in browser.reads(), "today says what is to be done"
    assert f'href="/ban-lam-viec{path}"' in browser.page
    await browser.opens(path)
    await browser.sends(f"{path}/nop", form="submit", seen=browser.seen())
    assert (browser.status, "chưa có ai" in browser.reads()) == (422, True)
    await head.taps_code(f"rosteradd.{meeting.id}.{unit.id}")
    await head.says("Phạm Thị Xa")
    await browser.opens(path)
    assert "Phạm Thị Xa" in browser.reads()
    await browser.sends(f"{path}/nop", form="submit", seen=browser.seen())
    assert (browser.status, "còn thiếu" in browser.reads()) == (422, True)
    await browser.sends(f"{path}/nop", form="submit", seen=browser.seen(), incomplete="1")
    assert browser.at.endswith(path)
    assert f'action="/ban-lam-viec{path}/nop"' not in browser.page, "it is handed in"
    await browser.opens(f"/thon/{meeting.id}/{opened.units[1].id}")
    assert browser.status == 404, "another head's hamlet"


async def added(world: World, name: str, known_as: str = "") -> list[str]:
    """What everybody of a name is called."""
    async with world.store.reading() as uow:
        found = await uow.session.scalars(
            sa.select(t.persons.c.known_as).where(t.persons.c.name == name).order_by(t.persons.c.id)
        )
        return list(found)


async def test_a_head_puts_the_list_together_and_says_who_of_one_name_is_meant(
    heads: tuple[Occasion, Phone, DeskBrowser],
) -> None:
    opened, _, browser = heads
    unit, meeting, world = opened.units[0], opened.meeting, opened.world
    path = f"/thon/{meeting.id}/{unit.id}"
    await browser.opens(path)
    assert "Chỉ ghi tên khi người đó đã đồng ý" in browser.reads()
    for typed in ("X", "Bác Tám 0912345678"):
        await browser.sends(f"{path}/them", form="add", name=typed)
        assert (browser.status, 'id="add-name-wrong"' in browser.page, typed in browser.page) == (422, True, True)
    await browser.sends(f"{path}/them", form="add", name="Phạm Thị Xa")
    assert "Đã thêm Phạm Thị Xa (ĐK-" in browser.reads()
    await browser.sends(f"{path}/them", form="add", name="Pham Thi Xa")
    assert (browser.status, "Đã có người trùng tên Pham Thi Xa" in browser.reads()) == (422, True)
    person = browser.page.partition('<select id="add-same"')[2].partition("</select>")[0]
    number = person.partition('value="" >' if 'value="" >' in person else 'value="">')[2].partition('value="')[2]
    await browser.sends(f"{path}/them", form="add", name="Pham Thi Xa", same=number.partition('"')[0])
    assert (browser.status, "đã có trong danh sách rồi" in browser.reads()) == (422, True), "she is the one"
    await browser.sends(f"{path}/them", form="add", name="Phạm Thị Xa", same="another", known_as="?!")
    assert (browser.status, 'id="add-known_as-wrong"' in browser.page) == (422, True)
    await browser.sends(f"{path}/them", form="add", name="Phạm Thị Xa", same="another", known_as=" sinh  1950 ")
    assert "Đã thêm Phạm Thị Xa (sinh 1950)" in browser.reads()
    assert await added(world, "Phạm Thị Xa") == ["", "sinh 1950"]
    await browser.sends(f"{path}/them", form="add", name="Bùi Thị Lan")
    assert "Chưa còn chỗ: Bùi Thị Lan" in browser.reads()

    first, second, _ = await opened.registrations(waiting=True)
    change = {"form": "change", "who": str(second.id), "act": "up", "reason": "Cụ đã cao tuổi"}
    await browser.sends(f"{path}/sua", **{**change, "reason": " "})
    assert (browser.status, 'id="change-reason-wrong"' in browser.page) == (422, True)
    await browser.sends(f"{path}/sua", **change)
    assert "Đã đổi thứ tự của Phạm Thị Xa (sinh 1950)" in browser.reads()
    assert "1. Phạm Thị Xa (sinh 1950)" in browser.reads()
    await browser.sends(f"{path}/sua", **change)
    assert (browser.status, "ở đầu hoặc cuối danh sách" in browser.reads()) == (422, True)
    await browser.sends(f"{path}/phat-bieu", form="speak", who=str(second.id), content="Đường xóm 3")
    assert "phát biểu: Đường xóm 3" in browser.reads()
    before = browser.seen()
    await browser.sends(f"{path}/sua", form="change", who=str(first.id), act="off", reason="Bà bận việc nhà")
    assert "Đã bỏ Phạm Thị Xa khỏi danh sách" in browser.reads()
    assert "2. Bùi Thị Lan" in browser.reads(), "whoever waited has the seat"
    await browser.sends(f"{path}/nop", form="submit", seen=before)
    assert browser.status == 409, "nobody hands in a list that is another than was read"
    await browser.opens(path)
    await browser.sends(f"{path}/nop", form="submit", seen=browser.seen())
    assert "đã nộp, chờ duyệt" in browser.reads()
    assert f"{path}/them" not in browser.page, "it is handed in"
    await browser.sends(f"{path}/them", form="add", name="Vũ Văn Muộn")
    assert (browser.status, "Danh sách đã nộp nên không sửa được" in browser.reads()) == (422, True)
    assert "Vũ Văn Muộn</textarea>" in browser.page, "no field shows the name any more"
    await browser.sends(f"{path}/sua", **{**change, "act": "sideways"})
    assert browser.status == 404
    neighbour = opened.units[1]
    other = await sit_down(desk_app(world), await world.staff(Role.HAMLET_HEAD, neighbour.code, "Lê Văn Bên"))
    theirs = f"/thon/{meeting.id}/{neighbour.id}"
    for act in ("sua", "phat-bieu"):
        await other.opens(theirs)
        await other.sends(f"{theirs}/{act}", **change)
        assert other.status == 404, "the list of another hamlet"
    await other.opens(theirs)
    await other.sends(f"{path}/them", form="add", name="Vũ Văn Xa")
    assert other.status == 404


async def test_the_office_puts_the_list_of_a_commune_together_by_kind_and_hamlet(tmp_path: Path) -> None:
    """The district's secretary for every commune, a commune's for its own, which it hands in."""
    async with opened_world(tmp_path, WebChatLine, local(2023, 8, 14)) as world:
        opened = await occasion(world, "thach-that-2023")
        unit, meeting, app = opened.units[0], opened.meeting, desk_app(world)
        clerk = await sit_down(app, await world.staff(Role.SECRETARY, opened.unit.code, "Ngô Văn Thư"))
        path = f"/buoi/{meeting.id}/danh-sach"
        await clerk.opens(path)
        assert f'href="/ban-lam-viec{path}/{unit.id}"' in clerk.page
        path = f"{path}/{unit.id}"
        await clerk.opens(path)
        assert "Chủ tịch Mặt trận: 0/1" in clerk.reads()
        async with world.store.reading() as uow:
            hamlet = (await uow.places.hamlets(unit.id))[0]
        typed = {"form": "add", "name": "Đỗ Văn Trận", "seat": "front_chair"}
        await clerk.sends(f"{path}/them", **typed)
        assert (clerk.status, "Xin chọn thôn, tổ của người đó" in clerk.reads()) == (422, True)
        await clerk.sends(f"{path}/them", **typed, hamlet=str(hamlet.id))
        assert "Đã thêm Đỗ Văn Trận" in clerk.reads()
        await clerk.sends(f"{path}/them", **{**typed, "name": "Lý Văn Hai"}, hamlet=str(hamlet.id))
        assert (clerk.status, 'id="add-seat-wrong"' in clerk.page) == (422, True)
        (listed,) = await opened.registrations()
        await clerk.sends(f"{path}/loai", form="seat", who=str(listed.id), seat="association_head")
        assert "Đã đổi loại đại biểu của Đỗ Văn Trận: Đại diện trưởng các đoàn thể" in clerk.reads()
        await clerk.sends(f"{path}/loai", form="seat", who=str(listed.id), seat="queen")
        assert clerk.status == 404

        commune = await sit_down(app, await world.staff(Role.SECRETARY, unit.code, "Văn phòng xã"))
        await commune.opens("/buoi")
        assert "Danh sách gửi cấp trên" in commune.reads()
        assert f'href="/ban-lam-viec{path}"' in commune.page
        await commune.opens(path)
        assert 'href="/ban-lam-viec/buoi"' in commune.page.partition("<main")[2], "the lists of others are not theirs"
        await commune.sends(f"{path}/nop", form="submit", seen=commune.seen(), incomplete="1")
        assert "đã nộp, chờ duyệt" in commune.reads()
        other = f"/buoi/{meeting.id}/danh-sach/{opened.units[1].id}"
        await commune.opens(other)
        assert commune.status == 404
        watching = await sit_down(app, await world.staff(Role.SUPERVISOR, opened.unit.code, "Bùi Văn Sát"))
        await watching.opens(path)
        assert watching.status == 404, "who only watches composes no list"


async def test_a_head_enters_what_the_hamlets_own_meeting_said(plain_world: World) -> None:
    office = await open_office(plain_world)
    head = await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    browser = await sit_down(desk_app(plain_world), head)
    await browser.opens("/thon")
    assert "Chưa có buổi đối thoại nào" in browser.reads()
    meeting = await office.fixed_meeting()
    async with plain_world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
    assert hamlet is not None
    path = f"/thon/{meeting.id}/{hamlet.id}"
    await browser.opens(path)
    typed = {"day": plain_world.clock.now().date().isoformat(), "came": "45", "opinions": OPINIONS}
    await browser.sends(f"{path}/hop-dan", form="record", **{**typed, "came": "đông"})
    assert (browser.status, "từ 1 đến 5000" in browser.reads()) == (422, True)
    assert "Nước sinh hoạt yếu" in browser.page, "what was typed stays"
    await browser.sends(f"{path}/hop-dan", form="record", **typed)
    assert "Đã ghi kết quả họp dân" in browser.reads()
    assert "Đường: Xóm 3 hỏng từ tháng 5" in browser.reads()
    await browser.opens("/thon")
    assert "đã nhập ý kiến họp dân" in browser.reads()
    secretary = await sit_down(desk_app(plain_world), office.secretary)
    await secretary.opens("/thon")
    assert secretary.status == 404, "the office enters it with the meeting"
