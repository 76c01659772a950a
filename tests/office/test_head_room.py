"""A hamlet head at the desk: the own hamlet's list handed in, and what the hamlet's own meeting said (R077)."""

import pytest

from intake.rules.people.person import Role
from tests.support.delegates import Occasion, occasion
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import open_office
from tests.support.world import Phone, World, local

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
    await browser.opens(path)
    await browser.sends(f"{path}/nop", form="submit")
    assert (browser.status, "chưa có ai" in browser.reads()) == (422, True)
    await head.taps_code(f"rosteradd.{meeting.id}.{unit.id}")
    await head.says("Phạm Thị Xa")
    await browser.opens(path)
    assert "Phạm Thị Xa" in browser.reads()
    await browser.sends(f"{path}/nop", form="submit")
    assert (browser.status, "còn thiếu" in browser.reads()) == (422, True)
    await browser.sends(f"{path}/nop", form="submit", incomplete="1")
    assert browser.at.endswith(path)
    assert f'action="/ban-lam-viec{path}/nop"' not in browser.page, "it is handed in"
    await browser.opens(f"/thon/{meeting.id}/{opened.units[1].id}")
    assert browser.status == 404, "another head's hamlet"


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
