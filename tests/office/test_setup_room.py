"""The room of set-up: texts of the unit, hamlets and heads from a sheet, codes for roles, open points of the plan."""

import re

import pytest
from fastapi import FastAPI

from intake.rules.people.person import Role
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office
from tests.support.world import World
from tests.web.test_sheets import sheet


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def set_up(office: Office, app: FastAPI) -> tuple[DeskBrowser, str]:
    secretary = await sit_down(app, office.secretary)
    await secretary.opens("/thiet-lap")
    return secretary, secretary.at.removeprefix("/ban-lam-viec")


async def test_the_texts_of_the_unit_are_said(office: Office, app: FastAPI) -> None:
    secretary, path = await set_up(office, app)
    assert "Cán bộ, công chức chuyên môn thị trấn" in secretary.reads()
    await secretary.sends(f"{path}/lien-he", form="hotline", kind="hotline", text="gọi tôi")
    assert secretary.status == 422
    assert 'value="gọi tôi"' in secretary.page
    await secretary.sends(f"{path}/lien-he", form="hotline", kind="hotline", text="0255 3822 822")
    assert "Đã lưu: 0255 3822 822" in secretary.reads()
    await secretary.sends(f"{path}/lien-he", kind="fax", text="1")
    assert secretary.status == 404


async def test_hamlets_and_heads_come_from_a_sheet(office: Office, app: FastAPI) -> None:
    secretary, path = await set_up(office, app)
    await secretary.opens(f"{path}/thon")
    rows = sheet(["STT", "Thôn", "Trưởng thôn"], [1, "Xóm Bãi", "Lê Văn Bãi"], [2, "Xóm Bãi", "Ai Đó"])
    await secretary.sends_file(f"{path}/thon/xem", "sheet", rows, form="hamlets", lines="")
    assert "tên thôn bị lặp" in secretary.reads()
    await secretary.sends_file(f"{path}/thon/xem", "sheet", b"", form="hamlets", lines=" ")
    assert secretary.status == 422
    await secretary.sends(f"{path}/thon/lay", form="hamlets", lines="Xóm Bãi, Lê Văn Bãi")
    assert secretary.status == 422
    assert "xác nhận trong trò chuyện" in secretary.reads()
    assert "Xóm Bãi, Lê Văn Bãi" in secretary.page, "nothing typed is lost"
    await office.world.settle()
    await office.secretary.presses("Đúng là tôi")
    await secretary.sends(f"{path}/thon/lay", form="hamlets", lines="Xóm Bãi, Lê Văn Bãi")
    assert "Đã thêm 1 thôn" in secretary.reads()
    code = re.search(r"/start (i-\S+?)<", secretary.page)
    assert code is not None
    head = await office.world.resident("DL-hang-gon", "Lê Văn Bãi")
    await head.says(f"/start {code[1]}")
    await secretary.opens(f"{path}/thon")
    assert "Lê Văn Bãi" in secretary.reads()


async def test_a_code_for_a_role_needs_a_yes_in_the_chat(office: Office, app: FastAPI) -> None:
    secretary, path = await set_up(office, app)
    await secretary.opens(f"{path}/vai-tro")
    assert "Trần Văn Thư" in secretary.reads()
    async with office.world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        body = next(one for one in await uow.places.bodies(unit.id) if one.code == "cong-an")
    for what, status in ((f"d{body.id}", 200), ("supervisor", 200), ("mayor", 404)):
        await secretary.opens(f"{path}/vai-tro")
        await secretary.sends(f"{path}/vai-tro/moi", form="invite", what=what)
        assert secretary.status == 422
        await office.world.settle()
        await office.secretary.presses("Đúng là tôi")
        await secretary.opens(f"{path}/vai-tro")
        await secretary.sends(f"{path}/vai-tro/moi", form="invite", what=what)
        assert secretary.status == status
        if status == 200:
            assert "/start i-" in secretary.page
            await secretary.sends(f"{path}/vai-tro/moi", form="invite", what=what)
            assert secretary.status == 422, "one yes is one code"
            await office.world.settle()
            await office.secretary.presses("Đúng là tôi")
            await secretary.opens(f"{path}/vai-tro")
            await secretary.sends(f"{path}/vai-tro/moi", form="invite", what=what)


async def test_an_open_point_is_decided(office: Office, app: FastAPI) -> None:
    secretary, path = await set_up(office, app)
    await secretary.opens(f"{path}/ke-hoach")
    assert "chưa quyết định" in secretary.reads()
    async with office.world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        point = next(one for one in plan.decided.undecided if one.options and one.needs is None)
    at = f"{path}/ke-hoach/{plan.id}"
    form = f"p{plan.id}-{point.key}"
    await secretary.sends(at, form=form, key=point.key, answer="")
    assert secretary.status in (404, 422)
    await secretary.opens(f"{path}/ke-hoach")
    typed = {"form": form, "key": point.key, "answer": point.options[0].key, "why": "Theo thông lệ"}
    await secretary.sends(at, **typed)
    assert "Đã ghi quyết định" in secretary.reads()
    await secretary.sends(at, **typed)
    assert "Không có gì thay đổi" in secretary.reads()


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR, Role.ADMIN])
async def test_nobody_of_another_unit_sets_anything_up(office: Office, app: FastAPI, role: Role) -> None:
    _, path = await set_up(office, app)
    stranger = await sit_down(app, await neighbour_unit(office.world, role))
    for part in ("", "/thon", "/vai-tro", "/ke-hoach"):
        await stranger.opens(path + part)
        assert stranger.status == 404, part
    for act in ("lien-he", "thon/lay", "vai-tro/moi", "ke-hoach/1"):
        await stranger.opens("/thiet-lap")
        await stranger.sends(
            f"{path}/{act}", kind="hotline", text="113", lines="Xóm Bãi", what="chair", key="a", answer="b"
        )
        assert stranger.status == 404, act


async def test_officials_and_supervisors_set_nothing_up(office: Office, app: FastAPI) -> None:
    _, path = await set_up(office, app)
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    for phone in (office.official, watching):
        browser = await sit_down(app, phone)
        await browser.opens(path)
        assert browser.status == 404
