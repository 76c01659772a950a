"""A chair who is away: who approves meanwhile, agreed to by a second person, until the day is over."""

from datetime import date

import pytest
import sqlalchemy as sa

from intake.actions.people.deputies import decide_deputy, end_deputy, name_deputy
from intake.actions.people.restrict import restrict
from intake.actions.people.take_back import take_back
from intake.actions.questions.approvers import stands_in_for, waiting_for
from intake.actions.questions.decide import approve, send_back
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.deputy import Deputy
from intake.rules.people.person import Grant, Person, PersonId, Role
from intake.rules.people.unit import Unit
from intake.rules.sealed.named import Named, NamedKind
from scheduler.enforcement import run_reminders
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork
from tests.people.test_roles import stops
from tests.support.office import Office, open_office, person_named
from tests.support.recorded import deeds
from tests.support.stories import question_of
from tests.support.world import World, local

TODAY = date(2024, 3, 1)


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def people_of(uow: SqlUnitOfWork) -> tuple[Unit, Person, Person, Person]:
    """The town, its chair, its secretary, the official who will stand in."""
    unit = await uow.places.unit_by_code("DL")
    assert unit is not None
    names = ("Đinh Văn Chủ", "Trần Văn Thư", "Phạm Văn Dân")
    chair, secretary, official = [await person_named(uow, name) for name in names]
    return unit, chair, secretary, official


async def named(uow: SqlUnitOfWork, first: date = TODAY, last: date = date(2024, 3, 8)) -> Deputy:
    unit, chair, _, official = await people_of(uow)
    return await name_deputy(uow, by=chair, unit_id=unit.id, deputy_id=official.id, first_on=first, last_on=last)


async def test_a_chair_names_somebody_in_the_chat_and_it_ends_by_itself(office: Office) -> None:
    admin = await office.world.staff(Role.ADMIN, "DL", "Đỗ Thị Quản")
    await office.chair.says("/duyet")
    await office.chair.presses("🧳 Vắng mặt, cử người duyệt thay")
    await office.chair.says("ông Dân")
    assert "chạm" in office.chair.hears()
    await office.chair.presses("Phạm Văn Dân")
    await office.chair.says("29/02/2024")
    assert "từ hôm nay" in office.chair.hears()
    await office.chair.says("01/03/2024")
    await office.chair.says("29/02/2024")
    assert "từ 01/03/2024 trở đi" in office.chair.hears()
    await office.chair.says("08/03/2024")
    assert "Phạm Văn Dân duyệt thay từ 01/03/2024 đến hết 08/03/2024" in office.chair.hears()
    await office.chair.presses("Gửi")
    await office.other.says("/duyet")
    assert "Không có gì chờ duyệt" not in office.other.hears(), "nothing counts before the second person agrees"
    waiting = await office.proposed()
    await admin.presses("Đồng ý")
    assert "Bà/ông đã đồng ý" in admin.hears()
    await office.world.settle()
    assert "Phạm Văn Dân duyệt thay Đinh Văn Chủ" in office.secretary.hears()
    heard = office.other.hears()
    assert "Bà/ông duyệt thay Đinh Văn Chủ" in heard
    assert waiting in heard, "what waits is laid before the deputy"
    await office.chair.says("/duyet")
    assert "Phạm Văn Dân duyệt thay Đinh Văn Chủ từ 01/03/2024" in office.chair.hears()
    await office.other.says("/duyet")
    await office.other.presses(waiting)
    await office.other.presses("Duyệt")
    async with office.world.store.reading() as uow:
        official = (await people_of(uow))[3]
        entry = (await deeds(uow, "approve"))[0]
        assert entry.actor == official.id
        assert entry.detail["deputy"] == 1
    second = await office.proposed("Xã sửa trong tháng 6.")
    await office.other.says("/duyet")
    assert second in office.other.hears()
    office.world.clock.move_to(local(2024, 3, 9, 8))
    async with office.world.store.reading() as uow:
        with pytest.raises(NotFound):
            await waiting_for(uow, official)
    await office.other.says("/duyet")
    assert second not in office.other.hears()


async def test_who_may_agree_and_who_may_end_it(office: Office) -> None:
    await office.world.staff(Role.ADMIN, "DL", "Đỗ Thị Quản")
    await office.proposed()
    async with office.world.store.unit() as uow:
        unit, chair, secretary, official = await people_of(uow)
        admin = await person_named(uow, "Đỗ Thị Quản")
        one = await named(uow)
        for by in (chair, official):
            with pytest.raises(NotFound):
                await decide_deputy(uow, by=by, number=one.id, agrees=True)
        with pytest.raises(NotFound):
            await decide_deputy(uow, by=secretary, number=99, agrees=True)
        await decide_deputy(uow, by=admin, number=one.id, agrees=False)
        with pytest.raises(RuleBroken):
            await decide_deputy(uow, by=secretary, number=one.id, agrees=True)
        two = await named(uow)
        await decide_deputy(uow, by=secretary, number=two.id, agrees=True)
        with pytest.raises(RuleBroken):
            await decide_deputy(uow, by=admin, number=two.id, agrees=True)
        [proposal] = await waiting_for(uow, official)
        mai = await person_named(uow, "Nguyễn Thị Mai")
        with pytest.raises(NotFound):
            await end_deputy(uow, by=mai, number=two.id)
        await send_back(uow, by=official, proposal_id=proposal.id, remark="Xin ghi rõ ngày.")
        assert await waiting_for(uow, official) == [], "whoever stands in may look, though nothing waits"
        await end_deputy(uow, by=official, number=two.id)
        with pytest.raises(NotFound):
            await waiting_for(uow, official)
        three = await named(uow, first=date(2024, 3, 5))
        await decide_deputy(uow, by=secretary, number=three.id, agrees=True)
        assert await stands_in_for(uow, official, unit) is None, "its first day is still to come"
        await end_deputy(uow, by=admin, number=three.id)
        four = await named(uow)
        [grant] = [held for held in await uow.people.grants_of(chair.id) if held.role is Role.CHAIR]
        await uow.commit()
    async with office.world.store.unit() as uow:
        await take_back(uow, by=None, grant_id=grant.id)
        with pytest.raises(RuleBroken):
            await decide_deputy(uow, by=secretary, number=four.id, agrees=True)


async def test_days_people_and_questions_that_cannot_be(office: Office) -> None:
    async with office.world.store.unit() as uow:
        unit, chair, secretary, official = await people_of(uow)
        mai = await person_named(uow, "Nguyễn Thị Mai")
        with pytest.raises(NotFound):
            await name_deputy(uow, by=chair, unit_id=unit.id, deputy_id=mai.id, first_on=TODAY, last_on=TODAY)
        with pytest.raises(NotFound):
            await name_deputy(uow, by=secretary, unit_id=unit.id, deputy_id=official.id, first_on=TODAY, last_on=TODAY)
        for first, last in (
            (date(2024, 2, 29), TODAY),
            (date(2024, 3, 5), date(2024, 3, 4)),
            (TODAY, date(2024, 4, 30)),
        ):
            with pytest.raises(RuleBroken):
                await named(uow, first, last)
        with pytest.raises(RuleBroken, match="second_missing"):
            await name_deputy(uow, by=chair, unit_id=unit.id, deputy_id=secretary.id, first_on=TODAY, last_on=TODAY)
        one = await named(uow)
        with pytest.raises(RuleBroken, match="named_already"):
            await named(uow, date(2024, 3, 8), date(2024, 3, 9))
        await named(uow, date(2024, 3, 9), date(2024, 3, 9))
        await decide_deputy(uow, by=secretary, number=one.id, agrees=True)
        await uow.commit()
    reference = await office.proposed()
    async with office.world.store.unit() as uow:
        question = await question_of(uow, reference)
        [proposal] = await waiting_for(uow, official)
        question.named = (Named(NamedKind.PERSON, chair.id, confirmed=True, people=(PersonId(chair.id),)),)
        with pytest.raises(NotFound):
            await approve(uow, by=official, proposal_id=proposal.id)


async def test_what_waits_on_the_first_day_is_laid_before_the_deputy_once(office: Office) -> None:
    waiting = await office.proposed()
    async with office.world.store.unit() as uow:
        secretary = (await people_of(uow))[2]
        one = await named(uow, first=date(2024, 3, 5))
        await decide_deputy(uow, by=secretary, number=one.id, agrees=True)
        await uow.commit()
    await office.world.settle()
    assert waiting not in office.other.hears(), "the first day is still to come"
    for hour, minute in ((6, 0), (8, 0), (8, 5)):
        office.put_away()
        office.world.clock.move_to(local(2024, 3, 5, hour, minute))
        if minute:
            await office.proposed("Xã sửa trong tháng 6.")  # which is laid before the deputy as before a chair
        told = await run_reminders(office.world.store.unit)
        await office.world.settle()
        first = (hour, minute) == (8, 0)
        assert (waiting in office.other.hears(), told) == (first, int(first)), "in the daytime, and once"
    async with office.world.store.unit() as uow:
        secretary, official = (await people_of(uow))[2:]
        two = await named(uow, first=date(2024, 3, 20), last=date(2024, 3, 21))
        for grant in await uow.people.grants_of(official.id):
            await take_back(uow, by=None, grant_id=grant.id)
        with pytest.raises(RuleBroken, match="over"):
            await decide_deputy(uow, by=secretary, number=two.id, agrees=True)


async def test_what_its_asker_restricted_is_laid_before_no_deputy(office: Office) -> None:
    waiting = await office.proposed()
    async with office.world.store.unit() as uow:
        secretary = (await people_of(uow))[2]
        one = await named(uow, first=date(2024, 3, 5))
        await decide_deputy(uow, by=secretary, number=one.id, agrees=True)
        await restrict(uow, person=await person_named(uow, "Nguyễn Thị Mai"))
        await uow.commit()
    office.world.clock.move_to(local(2024, 3, 5, 8))
    await run_reminders(office.world.store.unit)
    await office.world.settle()
    assert waiting not in office.other.hears()


async def test_a_chair_who_is_away_hears_that_the_deputy_has_left_and_the_other_way_round(office: Office) -> None:
    admin = await office.world.staff(Role.ADMIN, "DL", "Đỗ Thị Quản")
    async with office.world.store.unit() as uow:
        second = await person_named(uow, "Đỗ Thị Quản")
        await decide_deputy(uow, by=second, number=(await named(uow)).id, agrees=True)
        await uow.commit()
    await office.world.settle()
    office.put_away()
    await office.other.says("/xoa")
    await office.other.presses("Xoá")
    assert "Người bà/ông cử duyệt thay ở thị trấn Di Lăng từ 01/03/2024" in office.chair.hears()
    await office.chair.says("/duyet")
    assert "duyệt thay Đinh Văn Chủ" not in office.chair.hears()

    await office.chair.presses("🧳 Vắng mặt, cử người duyệt thay")
    await office.chair.presses("Lê Thị Hoa")
    await office.chair.says("01/03/2024")
    await office.chair.says("08/03/2024")
    await office.chair.presses("Gửi")
    await admin.presses("Đồng ý")
    office.put_away()
    await stops(office.secretary, "Đinh Văn Chủ")
    assert "Việc bà/ông duyệt thay ở thị trấn Di Lăng" in office.official.hears()
    async with office.world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        assert list(await uow.deputies.open_in([unit.id], TODAY)) == []


async def test_who_holds_another_role_in_the_office_goes_on_standing_in(office: Office) -> None:
    admin = await office.world.staff(Role.ADMIN, "DL", "Đỗ Thị Quản")
    async with office.world.store.unit() as uow:
        unit, _, _, official = await people_of(uow)
        await uow.people.give(Grant(official.id, Role.SECRETARY, unit.id, None, uow.now))
        await named(uow)
        await uow.commit()
    async with office.world.store.unit() as uow:
        [at_desk] = [one for one in await uow.people.grants_of(official.id) if one.role is Role.OFFICIAL]
        await take_back(uow, by=None, grant_id=at_desk.id)
        await uow.commit()
    async with office.world.store.reading() as uow:
        assert len(await uow.deputies.open_in([unit.id], TODAY)) == 1
    office.put_away()
    await stops(admin, "Đinh Văn Chủ")
    async with office.world.store.reading() as uow:
        assert list(await uow.deputies.open_in([unit.id], TODAY)) == []
    assert "duyệt thay" not in office.other.hears(), "nobody had agreed yet"


async def test_a_role_that_was_taken_out_of_the_database_by_hand_counts_for_no_deputy(office: Office) -> None:
    """Nothing ended what rested on it; it is looked at once more where it is agreed to, and where it is used."""
    async with office.world.store.unit() as uow:
        unit, chair, secretary, official = await people_of(uow)
        await decide_deputy(uow, by=secretary, number=(await named(uow)).id, agrees=True)
        assert await stands_in_for(uow, official, unit) is not None
        later = await named(uow, first=date(2024, 3, 20), last=date(2024, 3, 22))
        held = sa.delete(t.grants).where(t.grants.c.person_id == chair.id, t.grants.c.role == Role.CHAIR)
        await uow.session.execute(held)

        assert await stands_in_for(uow, official, unit) is None
        with pytest.raises(RuleBroken, match=r"deputy\.over"):
            await decide_deputy(uow, by=secretary, number=later.id, agrees=True)
