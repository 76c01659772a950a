"""The room of set-up: texts of the unit, hamlets and heads from a sheet, codes for roles, open points of the plan."""

import re

import pytest
from fastapi import FastAPI

from intake.rules.people.person import Role
from tests.conftest import load
from tests.plan.test_plan_paper import secretary_of_new
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.recorded import deeds
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
    await secretary.sends(f"{path}/thon/lay", form="hamlets", lines="Xóm Bãi, Lê Văn Bãi, 0912 345 678")
    assert secretary.status == 422, "the yes was for other lines"
    await office.world.settle()
    await office.secretary.presses("Đúng là tôi")
    await secretary.sends(f"{path}/thon/lay", form="hamlets", lines="Xóm Bãi, Lê Văn Bãi, 0912 345 678")
    assert "Đã thêm 1 thôn" in secretary.reads()
    assert "0912 345 678" in secretary.reads(), "beside the code, to send it there"
    code = re.search(r"/start (i-\S+?)<", secretary.page)
    assert code is not None
    head = await office.world.resident("DL-hang-gon", "Lê Văn Bãi")
    await head.says(f"/start {code[1]}")
    await secretary.opens(f"{path}/thon")
    assert "Lê Văn Bãi" in secretary.reads()


async def test_before_there_is_a_plan_the_room_leads_to_its_paper(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    desk = await sit_down(desk_app(plain_world), clerk)
    await desk.opens("/thiet-lap")
    assert "Đơn vị chưa có kế hoạch" in desk.reads()
    assert 'href="/ban-lam-viec/van-ban"' in desk.page


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
            assert "mỗi mã dùng một lần, hết hạn" in secretary.reads()
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
    for act in ("lien-he", "thon/lay", "vai-tro/moi", "vai-tro/3/thu-lai", "vai-tro/3/thay", "ke-hoach/1"):
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


async def test_topics_are_led_to_desks_and_a_plan_loaded_again_leaves_them(office: Office, app: FastAPI) -> None:
    secretary, path = await set_up(office, app)
    await secretary.opens(f"{path}/linh-vuc")
    async with office.world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        topics = list(await uow.places.topics(unit.id))
        other = next(one for one in await uow.places.desks(unit.id) if one.code == "kt-tg-dv")
    first, form = topics[0], f"topic-{topics[0].id}"
    at = f"{path}/linh-vuc/{first.id}"
    await secretary.sends(at, form=form, name=" ", desk=str(other.id))
    assert secretary.status == 422
    await secretary.sends(at, form=form, name=topics[1].name.upper(), desk=str(other.id))
    assert "Đã có lĩnh vực" in secretary.reads()
    await secretary.sends(at, form=form, name="Đ" * 90)
    assert "xin rút gọn" in secretary.reads()
    assert "Đ" * 90 in secretary.page, "nothing typed is lost"
    await secretary.sends(at, form=form, name="Đường sá, cầu cống", desk="99999")
    assert secretary.status == 404
    await secretary.opens(f"{path}/linh-vuc")
    await secretary.sends(at, form=form, name="Đường sá, cầu cống", desk=str(other.id), sensitive="1")
    assert "Đã lưu lĩnh vực Đường sá, cầu cống" in secretary.reads()
    await secretary.sends(f"{path}/linh-vuc/moi", form="new", name="Chợ", desk="")
    assert "Đã thêm lĩnh vực Chợ" in secretary.reads()
    await secretary.sends(f"{path}/linh-vuc/99999", form="new", name="Chợ mới", desk="")
    assert secretary.status == 404
    await load(office.world, "di-lang-2024")
    async with office.world.store.reading() as uow:
        kept = {one.code: one for one in await uow.places.topics(unit.id)}
        assert [one.act for one in await deeds(uow, subject=f"unit:{unit.id}") if "topic" in one.act] == [
            "change_topic",
            "add_topic",
        ]
    now = kept[first.code]
    assert (now.name, now.desk_id, now.sensitive) == ("Đường sá, cầu cống", other.id, True)
    assert kept["own-1"].position > now.position


async def test_the_calendar_is_changed_and_due_dates_follow(office: Office, app: FastAPI) -> None:
    reference = await office.asked()
    due = min((await office.clocks(reference)).values())
    secretary, path = await set_up(office, app)
    assert "Lời nhắn trong trò chuyện trên web: 365 ngày" in secretary.reads()
    await secretary.opens(f"{path}/lich")
    day = {"form": "day", "day": due.isoformat(), "kind": "off", "reason": "Nghỉ bù bão", "source": ""}
    await secretary.sends(f"{path}/lich/ngay", **day)
    assert secretary.status == 422
    assert 'value="Nghỉ bù bão"' in secretary.page
    await secretary.sends(f"{path}/lich/ngay", **(day | {"day": ""}))
    assert "Xin chọn ngày" in secretary.reads()
    day["source"] = "Thông báo 12/TB-UBND"
    await secretary.sends(f"{path}/lich/ngay", look="1", **day)
    assert "Xem trước, chưa lưu" in secretary.reads()
    assert min((await office.clocks(reference)).values()) == due
    await secretary.sends(f"{path}/lich/ngay", **day)
    assert "Đã ghi ngày" in secretary.reads()
    assert "Trần Văn Thư" in secretary.page.partition("<tbody")[2]
    assert min((await office.clocks(reference)).values()) > due
    await secretary.sends(f"{path}/lich/bo", day="hôm qua")
    assert secretary.status == 422
    await secretary.sends(f"{path}/lich/bo", day=due.isoformat())
    assert "Đã bỏ ngày" in secretary.reads()
    assert min((await office.clocks(reference)).values()) == due
    await secretary.sends(f"{path}/lich/nam", form="year", year="2024", source="Thông báo 5015/TB-LĐTBXH")
    assert "Đã xác nhận lịch năm 2024" in secretary.reads()
    async with office.world.store.reading() as uow:
        secretary_id = (await person_named(uow, "Trần Văn Thư")).id
        assert [one.actor for one in await deeds(uow, "change_calendar")] == [secretary_id] * 3
    await neighbour_unit(office.world, Role.CHAIR)
    await secretary.opens(f"{path}/lich")
    assert "chỉ người có trách nhiệm ở tất cả các đơn vị" in secretary.reads()
    await secretary.sends(f"{path}/lich/bo", day=due.isoformat())
    assert secretary.status == 404, "what holds for others too is not one commune's to change"


async def test_hamlets_a_plan_leaves_open_come_in_a_sheet_and_heads_in_it_lead_to_their_codes(
    plain_world: World,
) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    desk = await sit_down(desk_app(plain_world), clerk)
    async with plain_world.store.reading() as uow:
        unit = await uow.places.unit_by_code("AD")
        assert unit is not None
        [plan] = await uow.plans.of_units([unit.id])
    path = f"/thiet-lap/{unit.id}/ke-hoach/{plan.id}"
    await desk.opens(path.rpartition("/")[0])
    rows = sheet(
        ["STT", "Thôn", "Trưởng thôn"], [1, "Thôn Đông", "Lê Văn Bãi"], [2, "Thôn Đoài", ""], [3, "Thôn Đoài", ""]
    )
    await desk.sends_file(path, "sheet", rows, key="hamlets", answer="", form="p")
    assert "Lê Văn Bãi" in desk.reads(), "the heads come next"
    assert "tên thôn bị lặp" in desk.reads()
    async with plain_world.store.reading() as uow:
        assert [one.name for one in await uow.places.hamlets(unit.id)] == ["Thôn Đoài", "Thôn Đông"]
    names = sheet(["Thôn", "Ghi chú"], ["Thôn Đông", ""], ["Thôn Đoài", ""], ["Thôn Nam", ""])
    await desk.opens(path.rpartition("/")[0])
    await desk.sends_file(path, "sheet", names, key="hamlets", answer="", form="p")
    assert "Đã ghi" in desk.reads(), "without a head there is nothing more to do"


async def role_of(browser: DeskBrowser, path: str, name: str) -> str:
    """Where the role of somebody stands, by the list."""
    await browser.opens(f"{path}/vai-tro")
    found = re.search(rf'href="/ban-lam-viec({path}/vai-tro/\d+)">{name}<', browser.page)
    assert found is not None, browser.reads()
    return found[1]


async def test_a_role_is_suspended_counts_again_and_is_taken_back(office: Office, app: FastAPI) -> None:
    """R221: who holds what, since when and from whom; whatever is done about it takes a yes in the chat."""
    secretary, path = await set_up(office, app)
    at = await role_of(secretary, path, "Lê Thị Hoa")
    await secretary.opens(at)
    for said in ("cán bộ chuyên môn", "Từ ngày", "Người mời", "sẽ không còn ai phụ trách"):
        assert said in secretary.reads(), said
    for until, said in (("", "Xin chọn ngày"), ("2024-03-01", "phải sau hôm nay")):
        await secretary.sends(f"{at}/tam-dung", form="suspend", until=until)
        assert (secretary.status, said in secretary.reads()) == (422, True)

    async def agreed_to(verb: str, **typed: str) -> None:
        await secretary.sends(f"{at}/{verb}", **typed)
        assert (secretary.status, "xác nhận trong trò chuyện" in secretary.reads()) == (422, True), verb
        await office.world.settle()
        assert "thu lại, tạm dừng hoặc thay vai trò" in office.secretary.hears()
        await office.secretary.presses("Đúng là tôi")
        await secretary.sends(f"{at}/{verb}", **typed)

    await agreed_to("tam-dung", form="suspend", until="2024-03-10")
    assert "Đã tạm dừng vai trò" in secretary.reads()
    assert "tạm dừng, dùng lại từ 10/03/2024" in secretary.reads()
    await secretary.opens(at)
    assert "Người tạm dừng" in secretary.reads()
    await agreed_to("dung-lai")
    assert "dùng lại được vai trò" in secretary.reads()
    official = await sit_down(app, office.official)
    await agreed_to("thay")
    code = re.search(r"<code>/start i-([A-Z0-9]+)</code>", secretary.page)
    assert code is not None
    assert "mỗi mã dùng một lần, hết hạn" in secretary.reads()
    await agreed_to("thu-lai")
    assert "Đã thu lại vai trò" in secretary.reads()
    assert "Lê Thị Hoa" not in secretary.page.partition("<table")[2]
    await official.opens("/")
    assert official.at == "/ban-lam-viec/vao", "the desk closes with the role"
    await secretary.sends(f"{at}/thu-lai")
    assert secretary.status == 404, "there is nothing left to take back"


async def test_power_of_a_peer_is_taken_back_by_two(office: Office, app: FastAPI) -> None:
    secretary, path = await set_up(office, app)
    at = await role_of(secretary, path, "Đinh Văn Chủ")
    await secretary.opens(at)
    assert "phải có hai người cùng quyết định" in secretary.reads()
    assert "nhiều nhất" in secretary.reads()
    mine = await role_of(secretary, path, "Trần Văn Thư")
    await secretary.opens(mine)
    assert "Trả lại vai trò" in secretary.reads()
    assert "Tạm dừng" not in secretary.reads(), "nobody suspends themselves"
