"""The room of tasks: what the plan asks is looked at, given out, reported and looked at, as in the chat."""

import pytest
from fastapi import FastAPI

from intake.rules.people.person import Role
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office
from tests.support.stories import planned_meeting
from tests.support.world import Phone, World


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def test_a_secretary_gives_out_and_a_body_reports_and_is_sent_back(office: Office, app: FastAPI) -> None:
    meeting = await planned_meeting(office.world)
    secretary, body = await sit_down(app, office.secretary), await sit_down(app, office.other)
    await secretary.opens("/viec")
    assert "việc chưa giao" in secretary.reads()
    await secretary.opens(f"/viec/giao/{meeting.id}")
    assert "Chuẩn bị nội dung" in secretary.reads()
    assert "chưa có người, thư ký nhận tin" in secretary.reads()
    assert "Kế hoạch dặn khi đối thoại" in secretary.reads()
    await secretary.sends(f"/viec/giao/{meeting.id}")
    assert secretary.at == "/ban-lam-viec/viec"
    assert "Đã giao" in secretary.reads()
    await secretary.sends(f"/viec/giao/{meeting.id}")
    assert secretary.status == 422
    assert "đã giao" in secretary.reads()
    await office.world.settle()
    assert "được giao" in office.other.hears()

    await body.opens()
    assert "Chuẩn bị nội dung – Đối thoại tháng 4" in body.reads(), "today has it, too"
    await body.opens("/viec")
    assert "Việc của bộ phận tôi" in body.reads()
    number = await task_of(office, meeting.id, "duty_content")
    await body.opens(f"/viec/{number}")
    assert "Kế hoạch viết" in body.reads()
    assert "7 ngày làm việc trước ngày đối thoại" in body.reads(), "the day is explained"
    await body.sends(f"/viec/{number}/ghi-nhan", form="note", note=" ")
    assert body.status == 422
    await body.sends(f"/viec/{number}/ghi-nhan", form="note", note="Họp tổ Hàng Gòn, 42 người.")
    assert "Phạm Văn Dân: Họp tổ Hàng Gòn, 42 người." in body.reads()
    await body.sends(f"/viec/{number}/xong", form="report", text="…")
    assert body.status == 422
    assert "Xin nhập nội dung bằng chữ" in body.reads()
    await body.sends(f"/viec/{number}/xong", form="report", text="Đã soạn, lưu ở văn phòng.")
    assert "Đã báo kết quả" in body.reads()

    await secretary.opens(f"/viec/{number}")
    assert "Đã soạn, lưu ở văn phòng." in secretary.reads()
    await secretary.sends(f"/viec/{number}/tra-lai", form="back", reason="Thiếu phần đất đai.")
    assert "Đã trả lại" in secretary.reads()
    await body.sends(f"/viec/{number}/xong", form="report", text="Đã thêm phần đất đai.")
    await secretary.opens("/viec")
    assert "Đã báo xong, chờ xem 1" in secretary.reads()
    await secretary.sends(f"/viec/{number}/da-xem")
    assert "Đã xem" in secretary.reads()
    await secretary.sends(f"/viec/{number}/da-xem")
    assert secretary.status == 409


async def test_a_task_is_handed_to_another_body(office: Office, app: FastAPI) -> None:
    meeting = await planned_meeting(office.world)
    secretary = await sit_down(app, office.secretary)
    await secretary.opens(f"/viec/giao/{meeting.id}")
    await secretary.sends(f"/viec/giao/{meeting.id}")
    number = await task_of(office, meeting.id, "duty_security")
    async with office.world.store.reading() as uow:
        desk = next(one for one in await uow.places.bodies(meeting.unit_id) if one.code == "chuyen-mon")
    await secretary.opens(f"/viec/{number}")
    await secretary.sends(f"/viec/{number}/giao-cho", form="hand", desk=str(desk.id))
    assert f"Đã giao cho {desk.name}" in secretary.reads()


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR, Role.OFFICIAL])
async def test_nobody_of_another_unit_finds_a_task(office: Office, app: FastAPI, role: Role) -> None:
    meeting = await planned_meeting(office.world)
    secretary = await sit_down(app, office.secretary)
    await secretary.opens(f"/viec/giao/{meeting.id}")
    await secretary.sends(f"/viec/giao/{meeting.id}")
    number = await task_of(office, meeting.id, "duty_security")
    stranger = await sit_down(app, await stranger_as(office, role))
    for path in (f"/viec/{number}", f"/viec/giao/{meeting.id}"):
        await stranger.opens(path)
        assert stranger.status == 404
        assert "an ninh" not in stranger.page
    await stranger.opens("/viec")
    acts = (("xong", {"text": "a"}), ("tra-lai", {"reason": "a"}), ("da-xem", {}), ("giao-cho", {"desk": "1"}))
    for act, typed in acts:
        await stranger.opens("/viec")
        await stranger.sends(f"/viec/{number}/{act}", **typed)
        assert stranger.status == 404, act


async def stranger_as(office: Office, role: Role) -> Phone:
    if role is not Role.OFFICIAL:
        return await neighbour_unit(office.world, role)
    await neighbour_unit(office.world, Role.SECRETARY)
    async with office.world.store.reading() as uow:
        unit = next(one for one in await uow.places.roots() if one.code != "DL")
    return await office.world.staff(Role.OFFICIAL, unit.code, "Cán Bộ Nơi Khác", desk="chuyen-mon")


async def task_of(office: Office, meeting_id: int, what: str) -> int:
    async with office.world.store.reading() as uow:
        return next(task.id for task in await uow.tasks.around(meeting_id) if task.what == what)
