"""A secretary invites to roles, in the own unit only; the code works once."""

import re

import pytest

from intake.actions.people.invite import make_invitation
from intake.rules.errors import NotFound
from intake.rules.people.person import Role
from tests.conftest import load
from tests.support.world import Phone, World


async def secretary_of(world: World) -> Phone:
    return await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")


def code_in(text: str) -> str:
    found = re.search(r"/start i-(\S+)", text)
    assert found is not None, text
    return found[1]


async def accepts(world: World, code: str, name: str) -> Phone:
    phone = world.phone()
    await phone.says(f"#i-{code}")
    await phone.presses("Đồng ý")
    await phone.says(name)
    await phone.presses("Bỏ qua")
    return phone


@pytest.mark.contract
async def test_a_hamlet_head_is_invited_for_one_hamlet(world: World) -> None:
    secretary = await secretary_of(world)
    await secretary.says("/moi")
    await secretary.presses("Trưởng thôn/tổ")
    await secretary.says("thôn trên")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("TDP Làng Dầu")
    assert "hết hạn 08:00, 08/03/2024" in secretary.hears()
    head = await accepts(world, code_in(secretary.hears()), "Phạm Văn Mười")
    assert "trưởng thôn/tổ tại TDP Làng Dầu" in head.hears()


async def test_an_official_is_invited_to_a_desk(world: World) -> None:
    secretary = await secretary_of(world)
    await secretary.says("/moi")
    await secretary.presses("Cán bộ chuyên môn")
    await secretary.says("bộ phận một cửa")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("Cán bộ, công chức chuyên môn thị trấn")
    official = await accepts(world, code_in(secretary.hears()), "Nguyễn Công Thành")
    assert "cán bộ chuyên môn" in official.hears()


@pytest.mark.parametrize("label", ["Thư ký", "Chủ trì", "Giám sát"])
async def test_the_other_roles_hold_in_the_whole_unit_and_the_code_works_once(world: World, label: str) -> None:
    secretary = await secretary_of(world)
    chair = await world.staff(Role.CHAIR, "DL", "Trần Quang Vinh")
    await secretary.says("/moi")
    await secretary.says("phó chủ trì")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses(label)
    code = code_in(secretary.hears())
    if label != "Giám sát":  # these are given by two people
        await chair.presses("Đồng ý")
    first = await accepts(world, code, "Đinh Quang Chính")
    assert "thị trấn Di Lăng" in first.hears()
    second = world.phone()
    await second.says(f"/start i-{code}")
    assert "Mã mời không đúng, đã dùng hoặc đã hết hạn" in second.hears()


async def test_administrators_are_not_made_by_chat(world: World) -> None:
    secretary = await secretary_of(world)
    await secretary.says("/moi")
    assert not secretary.sees_button("Quản trị")
    await secretary.guesses("admin")
    assert "i-" not in secretary.hears()


async def test_a_secretary_invites_within_the_own_unit_only(world: World) -> None:
    await load(world, "an-duong-2024")
    await secretary_of(world)
    async with world.store.unit() as uow:
        own, other = await uow.places.unit_by_code("DL"), await uow.places.unit_by_code("AD")
        assert own is not None
        assert other is not None
        [thu] = await uow.people.holders(Role.SECRETARY, own)
        with pytest.raises(NotFound):
            await make_invitation(uow, Role.SUPERVISOR, other, by=thu)
        assert await make_invitation(uow, Role.SUPERVISOR, own, by=thu)


async def test_of_two_units_one_is_chosen_first(world: World) -> None:
    await load(world, "an-duong-2024")
    secretary = await secretary_of(world)
    async with world.store.unit() as uow:
        other = await uow.places.unit_by_code("AD")
        assert other is not None
        code = await make_invitation(uow, Role.SECRETARY, other)
        await uow.commit()
    await secretary.says(f"/start i-{code}")
    await secretary.says("/moi")
    await secretary.says("đơn vị tôi")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("xã An Dương")
    await secretary.presses("Giám sát")
    assert "Nơi: xã An Dương" in secretary.hears()


async def test_residents_invite_nobody(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/moi")
    assert "Việc này dành cho" in mai.hears()
