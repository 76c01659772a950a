"""The room of supervision: figures and the register to read, findings to write, nothing else."""

import pytest
from fastapi import FastAPI

from intake.rules.people.person import Role
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office
from tests.support.world import World


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def test_a_supervisor_reads_the_figures_and_records_a_finding(office: Office, app: FastAPI) -> None:
    await office.assigned()
    office.world.clock.move(days=40)
    watching = await sit_down(app, await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát"))
    await watching.opens("/giam-sat")
    assert "câu hỏi quá hạn trả lời 1" in watching.reads()
    assert "Ủy ban Kiểm tra Đảng ủy thị trấn" in watching.reads()
    assert "DL-2024-0001" in watching.reads()
    unit, body = await unit_and_body(office)
    typed = {"form": "finding", "target": f"{unit}.{body}", "text": "Ba kiến nghị chưa trả lời.", "due": ""}
    await watching.sends("/giam-sat/phat-hien", **typed)
    assert watching.status == 422
    assert "Xin chọn ngày" in watching.reads()
    assert "Ba kiến nghị chưa trả lời." in watching.page, "nothing typed is lost"
    await watching.sends("/giam-sat/phat-hien", **(typed | {"due": "2024-03-01"}))
    assert watching.status == 422
    await watching.sends("/giam-sat/phat-hien", **(typed | {"due": "2024-05-15"}))
    assert "Đã ghi phát hiện GS-DL-2024-0001" in watching.reads()
    assert "chưa khắc phục" in watching.reads()
    await office.world.settle()
    assert "Ba kiến nghị" in office.official.hears()


async def test_the_office_reads_the_register_and_records_nothing(office: Office, app: FastAPI) -> None:
    secretary = await sit_down(app, office.secretary)
    await secretary.opens("/giam-sat")
    assert "Ghi phát hiện" not in secretary.reads()
    unit, body = await unit_and_body(office)
    await secretary.sends("/giam-sat/phat-hien", target=f"{unit}.{body}", text="A", due="2024-05-15")
    assert secretary.status == 404


async def test_officials_and_other_units_find_nothing(office: Office, app: FastAPI) -> None:
    official = await sit_down(app, office.official)
    await official.opens("/giam-sat")
    assert official.status == 404
    stranger = await sit_down(app, await neighbour_unit(office.world, Role.SUPERVISOR))
    await stranger.opens("/giam-sat")
    assert "Di Lăng" not in stranger.reads()
    unit, body = await unit_and_body(office)
    await stranger.sends("/giam-sat/phat-hien", target=f"{unit}.{body}", text="A", due="2024-05-15")
    assert stranger.status == 404


async def unit_and_body(office: Office) -> tuple[int, int]:
    async with office.world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        body = next(one for one in await uow.places.bodies(unit.id) if one.code == "chuyen-mon")
    return unit.id, body.id
