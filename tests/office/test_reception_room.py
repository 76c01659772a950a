"""The door at the desk: a code that a scanner types, a name, a guest, somebody who comes without a registration."""

import pytest
from fastapi import FastAPI

from intake.rules.people.person import Role
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.world import World, local


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def test_people_are_let_in_by_code_by_name_and_newly(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    await office.mai.says("/dangky")
    await office.mai.presses("Tham dự")
    await office.mai.presses("Gửi")
    secretary = await sit_down(app, office.secretary)
    await secretary.opens("/don-tiep")
    assert "Hôm nay không có buổi nào" in secretary.reads()
    await secretary.opens(f"/buoi/{meeting.id}/khach")
    await secretary.sends(f"/buoi/{meeting.id}/khach/them", group="0", lines="Trần Thị Lan, Chủ tịch Hội")
    office.world.clock.move_to(local(2024, 4, 25, 13, 30))
    official = await sit_down(app, office.official)
    await official.opens("/don-tiep")
    path = f"/don-tiep/{meeting.id}"
    assert official.at == f"/ban-lam-viec{path}"
    await official.sends(f"{path}/vao", who="đk-dl-2024-0001")
    assert "Nguyễn Thị Mai đã có mặt" in official.reads()
    assert "1 / 1" in official.reads()
    await official.sends(f"{path}/vao", who="ĐK-DL-2024-0001")
    assert "từ trước" in official.reads()
    await official.sends(f"{path}/vao", who="mai")
    assert "Bỏ dấu" in official.reads()
    async with office.world.store.reading() as uow:
        registration = (await uow.meetings.registrations(meeting.id))[0]
        guest = (await uow.guests.of_meeting(meeting.id))[0]
    await official.sends(f"{path}/bo", kind="r", id=str(registration.id))
    assert "Đã bỏ dấu" in official.reads()
    await official.sends(f"{path}/co-mat", kind="r", id=str(registration.id))
    await official.sends(f"{path}/vao", who="lan")
    assert "khách mời" in official.reads()
    await official.sends(f"{path}/co-mat", kind="g", id=str(guest.id))
    assert "Trần Thị Lan đã có mặt (khách mời)" in official.reads()
    await official.sends(f"{path}/co-mat", kind="g", id=str(guest.id))
    assert "từ trước" in official.reads()
    await official.sends(f"{path}/bo", kind="g", id=str(guest.id))
    await official.sends(f"{path}/vao", who="không ai")
    assert "Không thấy ai" in official.reads()
    await official.sends(f"{path}/vao", form="who", who="ĐK-DL-2024-0999")
    assert (official.status, "Buổi này không có mã ĐK-DL-2024-0999" in official.reads()) == (422, True)
    assert 'value="ĐK-DL-2024-0999"' in official.page, "what was typed stands there, to be put right"
    async with office.world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
    assert hamlet is not None
    unit = str(hamlet.id)
    await official.sends(f"{path}/moi-den", form="new", name="Nguyễn Thị Mai", unit=unit)
    assert official.status == 422
    assert "trùng tên" in official.reads()
    assert "Nguyễn Thị Mai – tự nhắn tin" in official.reads(), "who it may be, as the chat shows it"
    await official.sends(
        f"{path}/moi-den", form="new", name="Nguyễn Thị Mai", unit=unit, same="another", known_as="1958"
    )
    assert "Nguyễn Thị Mai đã có mặt" in official.reads()
    await official.sends(f"{path}/moi-den", form="new", name="Nguyễn Thị Mai", unit=unit)
    assert "1958" in official.reads()
    async with office.world.store.reading() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        before = len(await uow.meetings.registrations(meeting.id))
    await official.sends(f"{path}/moi-den", form="new", name="Nguyễn Thị Mai", unit=unit, same=str(mai.id))
    assert "ĐK-DL-2024-0001" in official.reads(), "her own registration counts"
    async with office.world.store.reading() as uow:
        assert len(await uow.meetings.registrations(meeting.id)) == before
    await official.sends(f"{path}/moi-den", form="new", name="Lê Văn Xa", unit=unit)
    await official.sends(f"{path}/moi-den", form="new", name="Lê Văn Xa", unit=unit)
    assert "Lê Văn Xa – ghi ngày 25/04/2024" in official.reads()
    await official.sends(f"{path}/moi-den", form="new", name="", unit=unit)
    assert official.status == 422


async def test_a_head_lets_in_the_own_hamlet_only(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    await office.mai.says("/dangky")
    await office.mai.presses("Tham dự")
    await office.mai.presses("Gửi")
    office.world.clock.move_to(local(2024, 4, 25, 13, 30))
    other = await sit_down(app, await office.world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Trần Văn Thôn"))
    path = f"/don-tiep/{meeting.id}"
    await other.opens(path)
    assert other.status == 200
    await other.sends(f"{path}/vao", form="who", who="ĐK-DL-2024-0001")
    assert (other.status, "Buổi này không có mã ĐK-DL-2024-0001" in other.reads()) == (422, True), "as one there is not"
    assert "Nguyễn Thị Mai" not in other.page
    await other.opens(f"{path}?tim=mai")
    assert "Nguyễn Thị Mai" not in other.page


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR])
async def test_nobody_of_another_unit_finds_the_door(office: Office, app: FastAPI, role: Role) -> None:
    meeting = await office.fixed_meeting()
    stranger = await sit_down(app, await neighbour_unit(office.world, role))
    await stranger.opens(f"/don-tiep/{meeting.id}")
    assert stranger.status == 404
    for act in ("vao", "co-mat", "bo", "moi-den"):
        await stranger.opens("/don-tiep")
        await stranger.sends(f"/don-tiep/{meeting.id}/{act}", who="ĐK-DL-2024-0001", kind="r", id="1", name="A B")
        assert stranger.status == 404, act
