"""Whoever speaks for neighbours without a phone may leave: their news finds another way, and the office sees it."""

import pytest
import sqlalchemy as sa

from intake.actions.outbox.tell import tell
from intake.actions.people.enrol import enter_neighbour
from intake.actions.people.take_back import suspend, take_back
from intake.rules.message import Message
from intake.rules.people.person import Person, Role
from storage import tables as t
from tests.people.test_power import role_of
from tests.people.test_roles import code_of, picks, stops
from tests.support.meetings import APRIL, makes_meeting
from tests.support.office import neighbour_unit
from tests.support.world import Phone, World

HA, SAU = "Đinh Thị Hà", "Bà Sáu"


async def asked_for(head: Phone, name: str = SAU) -> None:
    """Somebody who may speaks for a neighbour: DL-2024-0001, in a world where nothing was asked before."""
    await head.says("/hoho")
    if head.sees_button("TDP Hàng Gòn"):
        await head.presses("TDP Hàng Gòn")
    await head.says(name)
    await head.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await head.presses("Gửi")
    assert "DL-2024-0001" in head.hears()


async def asked_back(secretary: Phone) -> None:
    await secretary.says("/phanloai")
    await secretary.presses("DL-2024-0001")
    await secretary.presses("Hỏi lại")
    await secretary.says("Hỏng đoạn nào?")
    await secretary.presses("Gửi")


async def takes_back(phone: Phone, name: str) -> None:
    await picks(phone, name)
    await phone.presses("Thu lại")
    await phone.presses("Gửi")


@pytest.fixture
async def secretary(plain_world: World) -> Phone:
    return await plain_world.staff(Role.SECRETARY, "DL", "Lê Thị Mai")


@pytest.fixture
async def head(plain_world: World) -> Phone:
    return await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", HA)


async def test_the_secretary_has_a_list_of_those_to_be_told_in_person_and_ticks_them_off(
    plain_world: World, secretary: Phone, head: Phone
) -> None:
    await asked_for(head)
    await picks(secretary, HA)
    await secretary.presses("Thu lại")
    assert "1 bà con không có điện thoại do người này nói hộ" in secretary.hears()
    await secretary.presses("Gửi")
    await asked_back(secretary)
    assert "Hỏng đoạn nào" not in head.hears()

    await secretary.says("/danhsach")
    await secretary.presses("Chưa nhận được tin")
    assert "1. Bà Sáu – TDP Hàng Gòn (1): DL-2024-0001" in secretary.hears()
    listed, told = secretary.button("Chưa nhận được tin"), secretary.button("✅ Đã báo số 1")
    for phone in (head, await neighbour_unit(plain_world, Role.SECRETARY)):
        for code in (listed, told):
            await phone.taps_code(code)
            assert "Không tìm thấy" in phone.hears()
    await secretary.presses("✅ Đã báo số 1")
    assert "Đã ghi nhận" in secretary.hears()
    assert "không có ai cần thư ký báo trực tiếp" in secretary.hears()

    newcomer = await plain_world.resident("DL-hang-gon", "Phạm Văn Rin")
    await newcomer.says(await code_of(plain_world, Role.HAMLET_HEAD, "DL-hang-gon"))
    assert "Hỏng đoạn nào" not in newcomer.hears(), "that was told"
    await secretary.says("/danhsach")
    await secretary.presses("Chưa nhận được tin")
    assert "không có ai cần" in secretary.hears()


async def test_what_waited_for_nobody_goes_to_the_next_head(plain_world: World, secretary: Phone, head: Phone) -> None:
    await asked_for(head)
    await takes_back(secretary, HA)
    await asked_back(secretary)
    newcomer = await plain_world.resident("DL-hang-gon", "Phạm Văn Rin")
    await newcomer.says(await code_of(plain_world, Role.HAMLET_HEAD, "DL-hang-gon"))
    assert "Bà Sáu" in newcomer.hears()
    assert "Hỏng đoạn nào" in newcomer.hears()


async def test_the_answer_to_a_neighbour_does_not_go_to_a_phone_whose_role_is_suspended(
    plain_world: World, secretary: Phone, head: Phone
) -> None:
    """It may be stolen. Another head of the hamlet hears it; with the role the neighbours come back."""
    await asked_for(head)
    await stops(secretary, HA)
    await asked_back(secretary)
    assert "Hỏng đoạn nào" not in head.hears()
    await secretary.says("/vaitro")
    await secretary.presses(f"⏸ {HA}")
    await secretary.presses("Cho dùng lại")
    assert "Hỏng đoạn nào" in head.hears()


async def test_with_the_role_the_neighbours_come_back_from_the_head_who_spoke_for_them_meanwhile(
    plain_world: World, secretary: Phone, head: Phone
) -> None:
    """By themselves, and what was asked for them with them; for whom the other speaks anyway stays, and is said."""
    await asked_for(head)
    other = await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Phạm Văn Rin")
    await other.says("/hoho")
    await other.says("Bùi Thị Bảy")
    await other.says("Đèn đường xóm 2 hỏng từ lâu, bao giờ sửa?")
    await other.presses("Gửi")
    await stops(secretary, HA)
    await asked_back(secretary)
    assert "Hỏng đoạn nào" in other.reads()
    await secretary.says("/vaitro")
    await secretary.presses(f"⏸ {HA}")
    await secretary.presses("Cho dùng lại")

    assert "1 bà con không có điện thoại ở TDP Hàng Gòn hiện do Phạm Văn Rin nói hộ" in head.reads()
    async with plain_world.store.unit() as uow:
        people = {one.name: one for one in await uow.session.scalars(sa.select(Person))}
        sau, ha, rin = people[SAU], people[HA], people["Phạm Văn Rin"]
        assert (sau.entered_by, sau.lent_by) == (ha.id, None)
        assert [one.entered_by for one in await uow.questions.of_person(sau.id)] == [ha.id]
        assert people["Bùi Thị Bảy"].entered_by == rin.id

        (grant,) = await uow.people.grants_of(ha.id)
        await suspend(uow, by=None, grant_id=grant.id, until=uow.today.replace(day=20))
        await uow.session.refresh(sau)
        assert (sau.entered_by, sau.lent_by) == (rin.id, ha.id)
        await take_back(uow, by=None, grant_id=grant.id)
        await uow.session.refresh(sau)
        assert (sau.entered_by, sau.lent_by) == (rin.id, None), "who never comes back is not waited for"


async def test_letters_that_wait_in_the_chat_of_the_old_head_go_with_the_neighbours(
    plain_world: World, secretary: Phone, head: Phone
) -> None:
    await asked_for(head)
    other = await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Phạm Văn Rin")
    async with plain_world.store.unit() as uow:  # the head's chat is silent for so long that its window is closed
        ha = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == HA))).one()
        for account in await uow.accounts.all_of(ha.id):
            account.awaited_since = uow.now
        await uow.commit()
    await asked_back(secretary)
    assert "Hỏng đoạn nào" not in head.hears()
    await takes_back(secretary, HA)
    assert "báo lại cho Bà Sáu" in other.hears()
    assert "Hỏng đoạn nào" in other.hears()
    head.reads()
    await head.says("/menu")
    assert "Hỏng đoạn nào" not in head.hears()


async def test_whom_a_secretary_spoke_for_goes_to_another_secretary_or_onto_the_list(
    plain_world: World, secretary: Phone
) -> None:
    async with plain_world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        mai = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == "Lê Thị Mai"))).one()
        assert hamlet is not None
        sau = await enter_neighbour(uow, mai, name=SAU, hamlet_id=hamlet.id)
        await uow.commit()
    other = await plain_world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    grant = await role_of(plain_world, "Lê Thị Mai")
    await secretary.taps_code(f"roleback.{grant.id}")
    await secretary.presses("Gửi")
    assert "từ nay do Trần Văn Thư nói hộ" in other.hears()
    async with plain_world.store.unit() as uow:
        await tell(uow, [sau.id], Message("talk.cancelled"))
        await uow.commit()
    await plain_world.settle()
    assert "Bà Sáu" in other.hears()

    chair = await plain_world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")
    await other.taps_code(f"roleback.{(await role_of(plain_world, 'Trần Văn Thư')).id}")
    await other.presses("Gửi")
    assert "nay chưa có ai nói hộ" in chair.hears()


async def test_what_was_registered_for_a_neighbour_goes_along(
    plain_world: World, secretary: Phone, head: Phone
) -> None:
    await makes_meeting(secretary, APRIL)
    await head.says("/dangkyho")
    await head.presses(APRIL)
    await head.says("Hồ Thị Thoa")
    await head.presses("Tham dự")
    await head.presses("Gửi")
    await picks(secretary, HA)
    await secretary.presses("Thay người")
    code = next(word for word in secretary.hears().split() if word.startswith("i-"))
    successor = await plain_world.resident("DL-hang-gon", "Phạm Văn Rin")
    await successor.says(f"/start {code}")
    async with plain_world.store.reading() as uow:
        rin = sa.select(t.persons.c.id).where(t.persons.c.name == "Phạm Văn Rin")
        entered = sa.select(t.registrations.c.entered_by)
        assert await uow.session.scalar(entered) == await uow.session.scalar(rin)


async def test_what_somebody_can_read_in_a_chat_of_their_own_stays_there(
    plain_world: World, secretary: Phone, head: Phone
) -> None:
    """A neighbour who has a phone by now is told there, whoever spoke for them."""
    await asked_for(head)
    phone = await plain_world.resident("DL-hang-gon", "Người Khác")
    async with plain_world.store.unit() as uow:
        found = {one.name: one for one in await uow.session.scalars(sa.select(Person))}
        for account in await uow.accounts.all_of(found["Người Khác"].id):
            account.person_id = found[SAU].id
        await uow.commit()
    await takes_back(secretary, HA)
    await asked_back(secretary)
    assert "Hỏng đoạn nào" in phone.hears()
    assert "báo lại cho" not in phone.hears()
