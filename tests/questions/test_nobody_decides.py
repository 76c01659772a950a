"""What a desk proposes waits for somebody who may decide and did not write it; where nobody may, that is said."""

import pytest
import sqlalchemy as sa

from intake.rules.people.person import Grant, Person, Role
from intake.rules.plan.profile_terms import Practice
from storage import tables as t
from tests.people.test_power import stops
from tests.people.test_roles import LAU, code_of, picks
from tests.support.amending import amended
from tests.support.office import Office, open_office
from tests.support.world import World

CHU = "Đinh Văn Chủ"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def gives(office: Office, name: str, role: Role) -> None:
    async with office.world.store.unit() as uow:
        person = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == name))).one()
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        await uow.people.give(Grant(person.id, role, town.id, None, uow.now))
        await uow.commit()


async def answers(office: Office, reference: str) -> None:
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa trong quý II.")
    await office.official.presses("Gửi")


async def without_chair(office: Office) -> None:
    await stops(office.secretary, CHU)
    office.put_away()


async def test_where_the_only_chair_wrote_it_the_office_hears_that_it_waits_and_what_helps(office: Office) -> None:
    reference = await office.assigned()
    supervisor = await office.world.staff(Role.SUPERVISOR, "DL", "Võ Thị Giám")
    await without_chair(office)
    await gives(office, LAU, Role.CHAIR)
    await answers(office, reference)

    assert "chưa có ai khác bà/ông được duyệt" in office.official.hears()
    for phone in (office.secretary, supervisor):
        assert "người soạn cũng là người duyệt duy nhất" in phone.hears()
    office.put_away()
    await picks(office.secretary, "Phạm Văn Dân")  # somebody else who leaves changes nothing about it
    await office.secretary.presses("Thu lại")
    await office.secretary.presses("Gửi")
    assert "chờ duyệt" not in office.secretary.hears()
    newcomer = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await newcomer.says(await code_of(office.world, Role.CHAIR, "DL"))
    await newcomer.presses("Duyệt")
    assert "Xã sửa trong quý II." in office.mai.hears()


async def test_what_waits_when_its_only_chair_goes_is_said_and_waits_for_the_next(office: Office) -> None:
    reference = await office.assigned()
    await answers(office, reference)
    assert "Đã gửi chủ trì duyệt" in office.official.hears()
    office.put_away()
    await stops(office.secretary, CHU)
    assert f"Câu hỏi {reference} có nội dung chờ duyệt nhưng chưa có chủ trì" in office.secretary.hears()

    office.chair.reads()
    await office.secretary.says("/vaitro")
    await office.secretary.presses(f"⏸ {CHU}")
    await office.secretary.presses("Cho dùng lại")
    await office.chair.presses("Duyệt")
    assert "Xã sửa trong quý II." in office.mai.hears()


async def test_another_chair_reads_what_the_one_who_was_named_wrote(office: Office) -> None:
    """The chair who wrote it is not asked to approve it."""
    reference = await office.assigned()
    await gives(office, LAU, Role.CHAIR)
    office.put_away()
    await answers(office, reference)
    assert not office.official.sees_button("Duyệt")
    assert "Đã gửi chủ trì duyệt" in office.official.hears()
    assert office.chair.sees_button("Duyệt")


async def test_where_the_plan_says_that_one_person_is_the_office_the_audit_says_it_too(office: Office) -> None:
    reference = await office.assigned()
    await without_chair(office)
    await gives(office, LAU, Role.CHAIR)
    async with office.world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        said = {"practice": Practice.ONE_PERSON_OFFICE.value, "phrase": "văn phòng một người"}
        plan.profile = amended(plan.profile, practices=[said])
        await uow.commit()
    await answers(office, reference)
    assert "Đã gửi chủ trì duyệt" in office.official.hears()
    await office.official.presses("Duyệt")

    assert "Xã sửa trong quý II." in office.mai.hears()
    async with office.world.store.reading() as uow:
        details = await uow.session.scalars(
            sa.select(t.audit_entries.c.detail).where(t.audit_entries.c.act == "approve")
        )
        assert details.one()["own_proposal"] is True
