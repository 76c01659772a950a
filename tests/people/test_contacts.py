"""A unit says where its people go instead of the chat; what it has not said is not made up (LAW C4)."""

import asyncio

import pytest

from bot.settings import read_settings
from bot.store import open_store
from intake.rules.errors import RuleBroken
from intake.rules.people.contact import ContactKind, clean_contact, hotline, inspection, reception
from intake.rules.people.person import Grant, Role
from tests.support.command_line import Command, refused
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.world import Phone, World, load_into

ACCUSES = "Ông cán bộ địa chính vòi vĩnh tiền khi tôi làm sổ đỏ"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def say(phone: Phone, label: str, text: str) -> None:
    await phone.says("/lienhe")
    await phone.presses(f"Ghi: {label}")
    await phone.says(text)
    await phone.presses("Gửi")


async def test_what_the_unit_says_stands_where_people_need_it(office: Office) -> None:
    await say(office.secretary, "Nơi tiếp công dân", "Phòng 2, trụ sở UBND thị trấn Di Lăng")
    await say(office.secretary, "Giờ tiếp công dân", "sáng thứ năm hằng tuần")
    await say(office.secretary, "Điện thoại nơi tiếp công dân", "0255 3 123 456")
    await say(office.chair, "Đường dây nóng", "0914 000 111")
    await say(office.chair, "Nơi nhận phản ánh về người đứng đầu", "Ủy ban Kiểm tra Huyện ủy Sơn Hà")
    assert "– Đường dây nóng: 0914 000 111" in office.chair.hears()

    await office.mai.says(ACCUSES)
    await office.mai.presses("Tố cáo")
    heard = office.mai.hears()
    assert (
        "Phòng 2, trụ sở UBND thị trấn Di Lăng, giờ tiếp: sáng thứ năm hằng tuần, điện thoại: 0255 3 123 456" in heard
    )
    assert "Nếu việc về người đứng đầu: Ủy ban Kiểm tra Huyện ủy Sơn Hà" in heard
    await office.mai.says("Cháy nhà ở xóm 4 rồi, cứu với")
    assert "115 (cấp cứu) · đường dây nóng của đơn vị: 0914 000 111." in office.mai.news()[0].text


async def test_what_it_has_not_said_is_asked_for_elsewhere_and_not_made_up(office: Office) -> None:
    await office.mai.says(ACCUSES)
    await office.mai.presses("Khiếu nại")
    assert "trụ sở Ủy ban nhân dân nơi bà/ông ở, xin hỏi ở đó" in office.mai.hears()
    await office.mai.says("Cháy nhà ở xóm 4 rồi, cứu với")
    assert "đường dây nóng" not in office.mai.news()[0].text
    assert "115 (cấp cứu). Tin nhắn" in office.mai.news()[0].text
    await office.secretary.says("/lienhe")
    assert "– Đường dây nóng: chưa ghi" in office.secretary.hears()


async def test_a_telephone_without_a_number_is_asked_for_again_and_a_correction_replaces(office: Office) -> None:
    await office.secretary.says("/lienhe")
    await office.secretary.presses("Ghi: Đường dây nóng")
    await office.secretary.says("gọi anh Ba")
    assert "Chưa thấy số điện thoại" in office.secretary.hears()
    await office.secretary.says("gọi anh Ba 0914 000 111")
    await office.secretary.presses("Gửi")
    await say(office.secretary, "Đường dây nóng", "0914 000 222")

    assert "– Đường dây nóng: 0914 000 222" in office.secretary.hears()


async def test_only_who_holds_power_there_says_it(office: Office) -> None:
    await office.official.says("/lienhe")
    assert not office.official.sees_button("Ghi: Đường dây nóng")
    async with office.world.store.reading() as uow:
        town = await uow.places.unit_by_code("DL")
        assert town is not None
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    for code in (f"contacts.{town.id}", f"contact.{town.id}.hotline", f"contact.{town.id}.mayor"):
        await stranger.taps_code(code)
        assert not stranger.sees_button("Huỷ")
    await stranger.says("/lienhe")
    assert "Di Lăng" not in stranger.hears()


async def test_of_several_units_one_is_chosen(office: Office) -> None:
    await neighbour_unit(office.world, Role.ADMIN)
    async with office.world.store.unit() as uow:
        other = next(one for one in await uow.places.roots() if one.code != "DL")
        secretary = await person_named(uow, "Trần Văn Thư")
        await uow.people.give(Grant(secretary.id, Role.ADMIN, other.id, None, uow.now))
        await uow.commit()
    await office.secretary.says("/lienhe")
    assert "Của đơn vị nào?" in office.secretary.hears()
    await office.secretary.presses("thị trấn Di Lăng")

    assert "Nơi người dân thị trấn Di Lăng đến" in office.secretary.hears()


def test_the_command_says_it_too(doithoai: Command) -> None:
    async def load() -> None:
        store = await open_store(read_settings())
        try:
            await load_into(store, "di-lang-2024")
        finally:
            await store.close()

    assert doithoai("migrate")[0] == 0
    asyncio.run(load())
    assert "no reception or hotline said for DL" in doithoai("doctor")[1].replace("\n", " ")
    said = doithoai("contacts", "set", "hotline", "0914 000 111", "--unit", "DL")
    assert said == (0, "DL hotline: 0914 000 111\n", "")
    refused(doithoai("contacts", "set", "hotline", "none", "--unit", "DL"), "no number")
    refused(doithoai("contacts", "set", "mayor", "x", "--unit", "DL"), "is not a text")
    refused(doithoai("contacts", "set", "hotline", "113", "--unit", "XX"), "there is no unit")
    out = doithoai("contacts", "show", "--unit", "DL-hang-gon")[1]
    assert "hotline: 0914 000 111" in out, "of the unit above"
    assert "reception_place: (not said)" in out


def test_a_text_is_short_and_on_one_line() -> None:
    assert clean_contact(ContactKind.INSPECTION, "  Ủy ban\n Kiểm tra ") == "Ủy ban Kiểm tra"
    for kind, typed in ((ContactKind.INSPECTION, " "), (ContactKind.INSPECTION, "x" * 201), (ContactKind.HOTLINE, "?")):
        with pytest.raises(RuleBroken):
            clean_contact(kind, typed)
    only_place = {ContactKind.RECEPTION_PLACE: "Phòng 2"}
    assert reception(only_place).params == {"place": "Phòng 2", "hours": "", "phone": ""}
    assert hotline({}) == ""
    assert inspection({}).key == "contact.inspection_unknown"
