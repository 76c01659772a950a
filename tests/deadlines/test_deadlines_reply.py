"""The 30-day rule on people's phones: reminders, escalation, and what the asker is told (R160, R164)."""

import asyncio
from datetime import date, timedelta

import pytest

from intake.actions.deadlines.sweep import sweep
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.questions.question import Act, QuestionId, after
from scheduler.enforcement import run_sweep
from tests.support.deadlines import ASKED_ON, DUE, Office, ask, open_office, sweep_at, take_on
from tests.support.world import World, local

REFERENCE = "DL-2024-0001"
DESK_NAME = "Cán bộ, công chức chuyên môn thị trấn"
LATE = date(2024, 4, 2)


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def question_id(world: World, office: Office) -> QuestionId:
    question_id = await ask(office.asker)
    await take_on(world, question_id)
    office.read()
    return question_id


@pytest.mark.usefixtures("question_id")
async def test_a_question_goes_through_all_reminders_day_by_day(world: World, office: Office) -> None:
    heard: dict[date, dict[str, str]] = {}
    for number in range(1, 41):
        day = ASKED_ON + timedelta(days=number)
        await sweep_at(world, day)
        news = office.read()
        if news:
            heard[day] = news

    before = {(DUE - day).days: set(news) for day, news in heard.items() if day <= DUE}
    assert before == {
        15: {"official"},
        7: {"official"},
        3: {"official", "secretary"},
        1: {"official", "secretary"},
        0: {"official", "secretary"},
    }
    assert "còn 15 ngày" in heard[DUE - timedelta(days=15)]["official"]
    assert "hôm nay, 01/04/2024" in heard[DUE]["official"]
    late = {day: set(news) for day, news in heard.items() if day > DUE}
    staff = {"official", "secretary", "chair"}
    assert late == {
        date(2024, 4, 2): staff | {"supervisor", "asker"},
        date(2024, 4, 3): staff,
        date(2024, 4, 4): staff,
        date(2024, 4, 5): staff,
        date(2024, 4, 8): staff,  # not on the weekend
        date(2024, 4, 9): staff | {"supervisor"},
        date(2024, 4, 10): staff,
    }
    assert "quá hạn trả lời 9 ngày" in heard[date(2024, 4, 10)]["chair"]


async def test_the_asker_is_told_honestly_who_is_late(world: World, office: Office, question_id: QuestionId) -> None:
    await sweep_at(world, LATE)

    told = office.asker.hears()
    assert REFERENCE in told
    assert "đã quá hạn trả lời (01/04/2024, thứ Hai)" in told
    assert DESK_NAME in told
    assert office.asker.button("Mở") == f"status.{question_id}"
    assert office.official.button("Mở") == f"queue.{question_id}"
    assert office.secretary.button("Mở") == f"triage.{question_id}"


@pytest.mark.usefixtures("question_id")
async def test_however_often_and_in_parallel_the_sweep_runs_each_hears_once(world: World, office: Office) -> None:
    await sweep_at(world, DUE)
    office.read()
    world.clock.move_to(local(2024, 4, 2))
    await asyncio.gather(*(run_sweep(world.store.unit) for _ in range(10)))
    await world.settle()
    for phone in office.everybody():
        assert phone.reads().count(REFERENCE) == 1

    world.clock.move(hours=3)
    assert (await run_sweep(world.store.unit)).looked_at == 0
    await world.settle()
    assert office.read() == {}


@pytest.mark.usefixtures("question_id")
async def test_after_three_days_down_there_is_one_alert_of_the_right_kind(world: World, office: Office) -> None:
    await sweep_at(world, DUE - timedelta(days=3))
    office.read()

    await sweep_at(
        world, date(2024, 4, 3), hour=10
    )  # the day before, the day itself and the first late day were missed
    for name, text in office.read().items():
        assert text.count(REFERENCE) == 1, name
        assert "quá hạn" in text or name == "asker"
        assert "quá hạn trả lời 2 ngày" in text or name == "asker"


@pytest.mark.usefixtures("question_id")
async def test_at_five_days_left_the_missed_reminder_says_five_and_comes_once(world: World, office: Office) -> None:
    await sweep_at(world, DUE - timedelta(days=5))
    told = office.read()
    assert set(told) == {"official"}
    assert "còn 5 ngày" in told["official"]
    await sweep_at(world, DUE - timedelta(days=4))
    assert office.read() == {}


@pytest.mark.usefixtures("question_id")
async def test_nothing_of_a_day_goes_out_before_half_past_seven(world: World, office: Office) -> None:
    await sweep_at(world, DUE)
    office.read()
    await sweep_at(world, LATE, hour=7, minute=29)
    assert office.read() == {}
    await sweep_at(world, LATE, hour=7, minute=30)
    assert set(office.read()) == {"asker", "official", "secretary", "chair", "supervisor"}


@pytest.mark.usefixtures("question_id")
async def test_a_run_killed_before_its_commit_is_made_up_for(world: World, office: Office) -> None:
    world.clock.move_to(local(2024, 4, 2))
    async with world.store.unit() as uow:
        killed = await sweep(uow)
    assert killed.letters == 5
    await world.settle()
    assert office.read() == {}

    await run_sweep(world.store.unit)
    await world.settle()
    for phone in office.everybody():
        assert phone.reads().count(REFERENCE) == 1


async def test_an_answered_question_is_nobodys_worry_any_more(
    world: World, office: Office, question_id: QuestionId
) -> None:
    async with world.store.unit() as uow:
        question = await uow.questions.get(question_id, lock=True)
        question.state, question.answered_at = after(question.state, Act.ANSWER), uow.now
        await uow.commit()
    await sweep_at(world, date(2024, 3, 8))
    async with world.store.reading() as uow:
        (clock,) = [one for one in await uow.clocks.of_question(question_id) if one.kind is ClockKind.REPLY_OUTSIDE]
    assert clock.state is ClockState.ENDED
    await sweep_at(world, date(2024, 3, 10))
    assert office.read() == {}


async def test_an_answered_question_is_closed_after_fifteen_silent_days(
    world: World, office: Office, question_id: QuestionId
) -> None:
    async with world.store.unit() as uow:
        question = await uow.questions.get(question_id, lock=True)
        question.state, question.answered_at = after(question.state, Act.ANSWER), uow.now
        await uow.commit()

    assert (await sweep_at(world, date(2024, 3, 16))).closed == 0
    assert office.read() == {}
    assert (await sweep_at(world, date(2024, 3, 17))).closed == 1
    assert "mở lại một lần trong 15 ngày" in office.asker.hears()
    assert office.asker.button("Mở") == f"status.{question_id}"
    assert set(office.read()) == {"asker"}
    assert (await sweep_at(world, date(2024, 3, 18))).closed == 0


async def test_a_question_closed_for_the_second_time_is_not_offered_to_be_reopened(
    world: World, office: Office, question_id: QuestionId
) -> None:
    async with world.store.unit() as uow:
        question = await uow.questions.get(question_id, lock=True)
        question.reopened_at = uow.now
        question.state, question.answered_at = after(question.state, Act.ANSWER), uow.now
        await uow.commit()
    await sweep_at(world, date(2024, 3, 17))
    assert "mở lại" not in office.asker.hears()
    assert not office.asker.sees_button("Mở")


async def test_the_secretary_stands_in_for_a_desk_without_officials(world: World, office: Office) -> None:
    question_id = await ask(office.asker)
    await take_on(world, question_id, desk_code="kt-tg-dv")
    office.read()
    await sweep_at(world, DUE - timedelta(days=15))
    told = office.read()
    assert set(told) == {"secretary"}
    assert "Bộ phận Kiểm tra - Tuyên giáo - Dân vận Đảng ủy" in told["secretary"]


async def test_a_question_on_no_desk_is_the_secretarys(world: World, office: Office) -> None:
    question_id = await ask(office.asker)
    await take_on(world, question_id, desk_code=None)
    office.read()
    await sweep_at(world, DUE - timedelta(days=15))
    assert set(office.read()) == {"secretary"}
    await sweep_at(world, LATE)
    told = office.read()
    assert "Thư ký đối thoại, thị trấn Di Lăng" in told["asker"].replace("Thị trấn", "thị trấn")
    assert all(text.count(REFERENCE) == 1 for text in told.values())


async def test_what_nobody_takes_on_worries_the_secretary_and_then_the_chair(world: World, office: Office) -> None:
    await ask(office.asker)
    office.read()
    due_on = date(2024, 3, 15)  # ten working days after 1 March (LAW C1)
    heard: dict[int, set[str]] = {}
    for left in range(9, -2, -1):
        day = due_on - timedelta(days=left)
        if day > ASKED_ON:
            await sweep_at(world, day)
            news = office.read()
            if news:
                heard[left] = set(news)
    assert heard == {3: {"secretary"}, 1: {"secretary"}, 0: {"secretary"}}
    await sweep_at(world, date(2024, 3, 18))  # the first working morning after
    told = office.read()
    assert {"secretary", "chair"} <= set(told)
    assert "đã quá hạn báo đã tiếp nhận" in told["chair"]


async def test_one_person_in_two_roles_hears_once(world: World, office: Office, question_id: QuestionId) -> None:
    async with world.store.unit() as uow:
        question = await uow.questions.get(question_id)
        unit = await uow.places.unit(question.unit_id)
        from intake.rules.people.person import Grant, Role

        (chair,) = await uow.people.holders(Role.CHAIR, unit)
        for role in (Role.SECRETARY, Role.SUPERVISOR):
            await uow.people.give(Grant(chair.id, role, unit.id))
        await uow.commit()
    await sweep_at(world, LATE)
    assert office.read()["chair"].count(REFERENCE) == 1
