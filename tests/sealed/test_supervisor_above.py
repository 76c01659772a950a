"""Whoever watches from above: what they see, what they take over, what stays sealed to them (R026, R126)."""

import pytest
import sqlalchemy as sa

from intake.rules.people.person import Role
from storage import tables as t
from tests.conftest import load
from tests.support.desk import desk_app, sit_down
from tests.support.office import ROAD, Office, open_office
from tests.support.recorded import deeds
from tests.support.world import Phone, World

BRIBE = "Ông chủ tịch thị trấn nhận tiền ở quán Gió Chiều để cấp sổ đỏ"
PLACE = "Gió Chiều"


@pytest.fixture
async def office(plain_world: World) -> Office:
    """The town lies in a province; both have somebody who watches over them."""
    await load(plain_world, "thach-that-2023")
    async with plain_world.store.unit() as uow:
        above, town = await uow.places.unit_by_code("HN"), await uow.places.unit_by_code("DL")
        assert above is not None
        assert town is not None
        units = t.units.c
        lower = sa.update(t.units).where(units.path.like(f"{town.path}%")).values(path=above.path[:-1] + units.path)
        await uow.session.execute(lower)
        await uow.session.execute(sa.update(t.units).where(units.id == town.id).values(parent_id=above.id))
        await uow.commit()
    return await open_office(plain_world)


@pytest.fixture
async def above(office: Office) -> Phone:
    return await office.world.staff(Role.SUPERVISOR, "HN", "Vũ Thị Trên")


@pytest.fixture
async def own(office: Office) -> Phone:
    return await office.world.staff(Role.SUPERVISOR, "DL", "Cao Thị Giám")


async def test_they_read_every_question_and_of_one_sent_sealed_the_matter_without_the_person(
    office: Office, above: Phone
) -> None:
    reference = await office.assigned()
    await above.says(f"/trangthai {reference}")
    assert ROAD in above.hears()
    await office.mai.says("/hoi")
    await office.mai.says("Mương ở gốc đa bị lấp, khi nào nạo vét?")
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    await above.says("/trangthai DL-2024-0002")
    heard = above.hears()

    assert "gốc đa" in heard
    assert "Nguyễn Thị Mai" not in heard
    assert "Hàng Gòn" not in heard
    browser = await sit_down(desk_app(office.world), above)
    await browser.opens("/cau-hoi/DL-2024-0002")
    assert "gốc đa" in browser.reads()
    assert "Nguyễn Thị Mai" not in browser.reads()
    async with office.world.store.reading() as uow:
        assert {one.subject for one in await deeds(uow, "read_sensitive")} == {"question:2"}, "their reading is noted"
    for code in ("seal.1", "unseal.2", "assign.1.1", "approve.1"):
        await above.taps_code(code)
        assert not above.sees_button("Huỷ"), "who watches changes nothing"


async def test_what_names_the_chair_is_theirs_to_sort_and_to_nobodys_under_that_chair(
    office: Office, above: Phone, own: Phone
) -> None:
    await office.mai.says(BRIBE)
    await office.mai.presses("Phản ánh về cán bộ, gửi kín")
    await office.mai.presses("Gửi")
    assert "DL-2024-0001" in above.hears()
    for phone in (office.secretary, office.chair, office.official, own):
        assert "DL-2024-0001" not in phone.hears()
    await above.says("/phanloai")
    await above.presses("Mở")
    heard = above.hears()
    assert PLACE in heard
    assert "Nguyễn Thị Mai" in heard, "who stands in for the secretary knows whom to ask"
    for phone in (office.secretary, office.chair):
        await phone.says("/trangthai DL-2024-0001")
        assert PLACE not in phone.reads()
    await above.presses("Giao bộ phận")
    await above.presses("Bộ phận Kiểm tra - Tuyên giáo - Dân vận Đảng ủy")
    assert "DL-2024-0001" in office.other.hears()


async def test_what_lies_in_the_sealed_store_is_a_number_to_them_too(office: Office, above: Phone) -> None:
    await office.seals()
    reference = await office.asked("Cán bộ ở quán Gió Chiều nhận tiền của dân")
    await office.secretary.taps_code("sealquestion.1")
    await office.secretary.presses("Niêm phong")
    above.reads()
    await above.says(f"/trangthai {reference}")
    await above.taps_code("triage.1")
    await above.says("/donthu")
    await above.says("/giamsat")
    assert PLACE not in above.reads()
    browser = await sit_down(desk_app(office.world), above)
    for path in (f"/cau-hoi/{reference}", "/cau-hoi?tim=quán", "/nhat-ky", "/giam-sat", "/don-thu", "/don-thu/1"):
        await browser.opens(path)
        assert PLACE not in browser.reads(), path
    await browser.opens("/don-thu")
    assert browser.status == 404
