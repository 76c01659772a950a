"""Sending a question, refused and accepted: what the action itself makes sure of, whoever calls it."""

import pytest

from intake.actions.people.enrol import home_unit
from intake.actions.questions.ask_question import (
    LONGEST_QUESTION,
    MOST_ATTACHMENTS,
    ask_question,
    clean_question,
)
from intake.rules.errors import RuleBroken
from intake.rules.files import NewFile
from intake.rules.people.person import Person
from intake.rules.people.unit import Level, Unit
from storage.unit_of_work import SqlUnitOfWork
from tests.support.stories import planned_meeting
from tests.support.world import World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"


async def a_person(uow: SqlUnitOfWork, hamlet: str | None = "DL-hang-gon") -> Person:
    """Somebody who is known, in the hamlet with this code or in none."""
    unit = None if hamlet is None else await uow.places.unit_by_code(hamlet)
    return await uow.people.add(
        Person("Nguyễn Thị Mai", None if unit is None else unit.id, consent_version="1", created_at=uow.now)
    )


async def questions_of(uow: SqlUnitOfWork, person: Person) -> int:
    return len(await uow.questions.of_person(person.id))


def test_a_question_may_be_as_long_as_it_may_be_and_no_longer() -> None:
    longest = "ờ" * LONGEST_QUESTION
    assert clean_question(f"  {longest}\n") == longest

    with pytest.raises(RuleBroken) as refusal:
        clean_question(longest + "ờ")
    assert refusal.value.message.key == "refusal.too_long"
    assert refusal.value.message.params == {"most": LONGEST_QUESTION, "length": LONGEST_QUESTION + 1, "over": 1}


async def test_who_belongs_to_no_hamlet_is_told_so_and_nothing_is_kept(plain_world: World) -> None:
    async with plain_world.store.unit() as uow:
        nowhere = await a_person(uow, None)
        with pytest.raises(RuleBroken) as refusal:
            await ask_question(uow, asker=nowhere, text=ROAD)

        assert refusal.value.message.key == "refusal.no_hamlet"
        assert await questions_of(uow, nowhere) == 0


async def test_five_files_come_along_and_six_do_not(plain_world: World) -> None:
    files = [NewFile(f"{number:064}", "image/jpeg", 10, f"{number}.jpg") for number in range(MOST_ATTACHMENTS + 1)]
    async with plain_world.store.unit() as uow:
        mai = await a_person(uow)
        with pytest.raises(RuleBroken) as refusal:
            await ask_question(uow, asker=mai, text=ROAD, files=files)
        assert refusal.value.message.key == "refusal.too_many_files"
        assert refusal.value.message.params == {"most": MOST_ATTACHMENTS}
        assert await questions_of(uow, mai) == 0

        receipt = await ask_question(uow, asker=mai, text=ROAD, files=files[1:])
        assert len(await uow.questions.attachments(receipt.question.id)) == MOST_ATTACHMENTS


async def test_a_meeting_of_another_hamlet_takes_no_question(plain_world: World) -> None:
    """A meeting is for the hamlets it covers (R063): its number can be guessed, and guessing opens nothing."""
    meeting = await planned_meeting(plain_world, "DL-lang-dau")
    async with plain_world.store.unit() as uow:
        gon, dau = await a_person(uow), await a_person(uow, "DL-lang-dau")
        with pytest.raises(RuleBroken) as refusal:
            await ask_question(uow, asker=gon, text=ROAD, meeting_id=meeting.id)
        assert refusal.value.message.key == "refusal.meeting_not_yours"
        assert await questions_of(uow, gon) == 0

        receipt = await ask_question(uow, asker=dau, text=ROAD, meeting_id=meeting.id)
        assert receipt.question.meeting_id == meeting.id
        assert receipt.clock is None, "the reply clock waits for the end of the meeting (R160)"


async def test_the_nearest_unit_with_a_plan_is_home_and_where_there_is_none_it_is_said(plain_world: World) -> None:
    async with plain_world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        assert (await home_unit(uow, hamlet)).code == "DL"

        commune = await uow.places.add_unit(Unit("SD", "Sơn Dung", Level.COMMUNE), None)
        lonely = await uow.places.add_unit(Unit("SD-mang", "Thôn Mang", Level.HAMLET), commune)
        with pytest.raises(RuleBroken) as refusal:
            await home_unit(uow, lonely)
        assert refusal.value.message.key == "refusal.no_plan_here"
        assert refusal.value.message.params == {"hamlet": "Thôn Mang"}
