"""The office reads that somebody was told when the letter says so, and reads on the card that somebody was not."""

import pytest
import sqlalchemy as sa

from intake.actions.people.own_data import erase
from intake.actions.questions.clarify import ask_back
from intake.rules.errors import RuleBroken
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Person, Role
from storage import tables as t
from tests.people.test_speaking_for import SAU, asked_back, asked_for, takes_back
from tests.support.office import DESK, Office, open_office, person_named
from tests.support.stories import question_of
from tests.support.world import Phone, World

MAI = "Nguyễn Thị Mai"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def loses_the_chat(world: World, name: str, **how: object) -> None:
    """What is known of every chat of somebody: blocked, or silent for so long that its window is closed."""
    async with world.store.unit() as uow:
        person = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == name))).one()
        for account in await uow.accounts.all_of(person.id):
            for column in how:
                setattr(account, column, uow.now)
        await uow.commit()


async def gives_to_desk(secretary: Phone, reference: str) -> str:
    await secretary.says("/phanloai")
    await secretary.presses(reference)
    await secretary.presses("Giao bộ phận")
    await secretary.presses(DESK)
    return secretary.hears()


async def card_of(secretary: Phone, reference: str) -> str:
    await secretary.says("/phanloai")
    await secretary.taps_code(f"triage.{int(reference[-4:])}")
    return secretary.hears()


async def test_what_is_on_its_way_is_said_to_be_on_its_way(office: Office) -> None:
    reference = await office.asked()
    assert "Tin đang được gửi tới người hỏi" in await gives_to_desk(office.secretary, reference)
    assert "đã được giao cho" in office.mai.hears()
    assert "📭" not in await card_of(office.secretary, reference)


async def test_whoever_blocked_the_bot_is_on_the_list_of_the_head_or_else_of_the_office(office: Office) -> None:
    reference = await office.asked()
    await loses_the_chat(office.world, MAI, unreachable_since=True)
    said = await gives_to_desk(office.secretary, reference)
    assert "Không nhắn được cho người hỏi" in said
    assert "của thư ký (/danhsach)" in said
    await office.secretary.says("/danhsach")
    await office.secretary.presses("Chưa nhận được tin")
    assert f"1. {MAI} – TDP Hàng Gòn (1): {reference}" in office.secretary.hears()

    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà")
    assert "📭 Không nhắn được cho người hỏi. Tin nằm trong danh sách Chưa nhận được tin của trưởng thôn" in (
        await card_of(office.secretary, reference)
    )
    await head.says("/danhsach")
    await head.presses("Chưa nhận được tin")
    await head.presses("✅ Đã báo số 1")
    assert "📭" not in await card_of(office.secretary, reference)


async def test_who_has_been_silent_for_long_gets_it_on_return(office: Office) -> None:
    reference = await office.proposed()
    await loses_the_chat(office.world, MAI, awaited_since=True)
    await office.chair.presses("Duyệt")
    for phone in (office.chair, office.official):
        assert "tin sẽ tới người hỏi khi có người nhắn lại ở đó" in phone.hears()
    assert "📭 Tin chưa gửi được" in await card_of(office.secretary, reference)
    office.world.clock.move(days=4)
    assert "của thư ký (/danhsach)" in await card_of(office.secretary, reference), "the days to come back are over"
    await office.mai.says("menu")
    assert "📭" not in await card_of(office.secretary, reference)


async def test_whoever_erased_everything_cannot_be_told(office: Office) -> None:
    reference = await office.proposed()
    async with office.world.store.unit() as uow:
        mai = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == MAI))).one()
        await erase(uow, person=mai)
        await uow.commit()
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Hỏi lại")
    assert "đã xoá dữ liệu của mình nên không hỏi lại được" in office.official.hears(), "it would wait for nobody"
    async with office.world.store.unit() as uow:
        question, by = await question_of(uow, reference), await person_named(uow, "Lê Thị Hoa")
        with pytest.raises(RuleBroken, match="asker_erased"):
            await ask_back(uow, by=by, question_id=question.id, text="Ở đoạn nào?")
    await office.chair.presses("Duyệt")
    assert "Không còn cách nào báo cho người hỏi" in office.chair.hears()
    assert "📭 Không còn cách nào" in await card_of(office.secretary, reference)


async def test_what_a_neighbour_is_told_goes_through_whoever_speaks_for_them(plain_world: World) -> None:
    secretary = await plain_world.staff(Role.SECRETARY, "DL", "Lê Thị Mai")
    head = await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà")
    await asked_for(head)
    await asked_back(secretary)
    assert "gửi tới người nói hộ để báo lại người hỏi" in secretary.hears()
    assert "📭" not in await card_of(secretary, "DL-2024-0001")
    assert SAU in head.hears()
    await loses_the_chat(plain_world, "Đinh Thị Hà", awaited_since=True)
    await secretary.says("/phanloai")
    await secretary.presses("DL-2024-0001")
    await secretary.presses("Giao bộ phận")
    await secretary.presses(DESK)
    assert "Tin chưa gửi được" in secretary.hears()
    await takes_back(secretary, "Đinh Thị Hà")
    await secretary.says("/danhsach")
    await secretary.presses("Chưa nhận được tin")
    assert f"1. {SAU} – TDP Hàng Gòn (1): DL-2024-0001" in secretary.hears(), "it waited in the old head's chat"


async def test_what_was_thrown_away_or_is_for_nobodys_list_is_said_too(office: Office) -> None:
    reference = await office.asked()
    await gives_to_desk(office.secretary, reference)
    async with office.world.store.unit() as uow:
        mai = sa.select(t.persons.c.id).where(t.persons.c.name == MAI).scalar_subquery()
        mine = t.letters.c.person_id == mai
        await uow.session.execute(sa.update(t.letters).where(mine).values(state=LetterState.DISCARDED))
        await uow.commit()
    assert "📭 Không còn cách nào" in await card_of(office.secretary, reference)
    async with office.world.store.unit() as uow:
        await uow.session.execute(sa.update(t.letters).where(mine).values(state=LetterState.UNREACHABLE))
        await uow.session.execute(sa.update(t.persons).where(t.persons.c.name == MAI).values(hamlet_id=None))
        await uow.commit()
    assert "📭 Không còn cách nào" in await card_of(office.secretary, reference)
    async with office.world.store.unit() as uow:
        await uow.session.execute(sa.delete(t.letters).where(mine))
        await uow.commit()
    assert "📭" not in await card_of(office.secretary, reference), "nothing is known any more"


async def test_of_like_questions_those_are_named_whose_askers_are_not_reached(office: Office) -> None:
    first = await office.asked()
    lan = await office.world.resident("DL-hang-gon", "Phạm Thị Lan")
    await lan.says("/hoi")
    await lan.says("Đường xóm 3 hỏng, bao giờ sửa?")
    await lan.presses("Gửi")
    second = "DL-2024-0002"
    await office.secretary.says("/phanloai")
    await office.secretary.presses(second)
    await office.secretary.presses("Gộp câu giống nhau")
    await office.secretary.says(first)
    tam = await office.world.resident("DL-hang-gon", "Lê Thị Tám")
    await tam.says("/hoi")
    await tam.says("Đường xóm 3 hỏng nặng, bao giờ sửa?")
    await tam.presses("Gửi")
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0003")
    await office.secretary.presses("Gộp câu giống nhau")
    await office.secretary.says(first)
    await loses_the_chat(office.world, "Phạm Thị Lan", unreachable_since=True)
    said = await gives_to_desk(office.secretary, first)
    assert "Tin đang được gửi tới người hỏi" in said
    assert f"{second}: Không nhắn được cho người hỏi" in said
    assert "DL-2024-0003:" not in said
