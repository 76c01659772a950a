"""Deadlines beside the reply: promises, meetings, moved dates, and the watch over the enforcement itself."""

from datetime import date, timedelta

import pytest

from bot.cli.sweep import sweep_report
from intake.actions.deadlines.clocks import settings_of, start_clock, stop_clocks
from intake.actions.deadlines.recompute_clocks import Moved, Recomputed, recompute
from intake.actions.deadlines.sweep import watch_sweep
from intake.actions.outbox.retention import prune_inbox
from intake.rules.deadlines.calendar import Override, calendar_with
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import DEFAULTS
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.reminder_messages import Reminder, Subject, reminder
from intake.rules.deadlines.reminders import AlertAudience
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Network
from intake.rules.plan.window import Precision
from intake.rules.questions.question import Act, QuestionId, after
from locales import LANGUAGES
from scheduler.enforcement import run_sweep
from tests.support.amending import amended
from tests.support.deadlines import DUE, Office, ask, open_office, sweep_at, take_on
from tests.support.world import World, local
from wording.texts import render


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def question_id(world: World, office: Office) -> QuestionId:
    question_id = await ask(office.asker)
    await take_on(world, question_id)
    office.read()
    return question_id


async def a_meeting(world: World) -> Meeting:
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        meeting = await uow.meetings.add(
            Meeting(
                plan.id,
                plan.unit_id,
                "q2",
                "Đối thoại quý II",
                "Đất đai",
                date(2024, 4, 1),
                date(2024, 6, 30),
                Precision.QUARTER,
                None,
                "Nhà văn hoá",
                state=MeetingState.FIXED,
                starts_at=local(2024, 4, 25),
            ),
            (),
        )
        settings = settings_of(plan)
        for kind in (ClockKind.NOTICE, ClockKind.PREPARATION):
            await start_clock(uow, kind, date(2024, 4, 25), settings=settings, meeting=meeting)
        await uow.commit()
    return meeting


async def running(world: World, question_id: QuestionId) -> Clock:
    async with world.store.reading() as uow:
        (clock,) = await uow.clocks.running_for(question_id)
        return clock


async def test_a_promise_is_reminded_of_and_its_lapse_is_told(
    world: World, office: Office, question_id: QuestionId
) -> None:
    promised_on = date(2024, 5, 15)
    async with world.store.unit() as uow:  # R161: agency and date take the place of the reply
        question = await uow.questions.get(question_id, lock=True)
        question.state = after(question.state, Act.REFER)
        await stop_clocks(uow, question)
        await start_clock(uow, ClockKind.PROMISE, promised_on, settings=DEFAULTS, question=question)
        await uow.commit()

    await sweep_at(world, promised_on - timedelta(days=8))
    assert office.read() == {}
    for left in (7, 3, 1, 0):
        await sweep_at(world, promised_on - timedelta(days=left))
        assert set(office.read()) == {"official", "secretary"}
    await sweep_at(world, promised_on + timedelta(days=1))
    told = office.read()
    assert set(told) == {"official", "secretary", "chair", "asker"}
    assert "được hẹn trả lời ngày 15/05/2024" in told["asker"]


async def test_the_secretary_is_reminded_of_the_notice_and_the_preparation(world: World, office: Office) -> None:
    await a_meeting(world)  # on 25 April: notice due on Saturday 20 April (R090), preparation on 15 April (R070)
    heard = {}
    for number in range(25):
        day = date(2024, 4, 1) + timedelta(days=number)
        await sweep_at(world, day)
        news = office.read()
        if news:
            heard[day.day] = {name: text.count("Đối thoại quý II") for name, text in news.items()}

    one = {"secretary": 1}
    both = {"secretary": 1, "chair": 1}
    preparation = {8: one, 12: one, 14: one, 15: one, 16: both}
    notice = {13: one, 17: one, 19: one, 20: one, 22: both}
    assert heard == preparation | notice


async def test_a_meeting_that_is_over_is_not_reminded_of(world: World, office: Office) -> None:
    meeting = await a_meeting(world)
    async with world.store.unit() as uow:
        (await uow.meetings.get(meeting.id, lock=True)).state = MeetingState.CANCELLED
        await uow.commit()
    await sweep_at(world, date(2024, 4, 13))
    assert office.read() == {}
    async with world.store.reading() as uow:
        assert await uow.clocks.of_meeting(meeting.id) == []


async def test_a_holiday_decreed_late_moves_the_date_and_is_told_once(
    world: World, office: Office, question_id: QuestionId
) -> None:
    async def decree() -> list[Moved]:
        async with world.store.unit() as uow:
            uow.calendar = calendar_with(uow.calendar, [Override(DUE, True, "Nghỉ bù", "QĐ 1", True)])
            done = await recompute(uow, reason="Ngày 01/04/2024 được nghỉ bù.")
            await uow.commit()
        await world.settle()
        return list(done.moved)

    assert [(one.was, one.due_on) for one in await decree()] == [(date(2024, 4, 1), date(2024, 4, 2))]
    told = office.read()
    assert set(told) == {"official", "secretary", "asker"}
    for text in told.values():
        assert "đổi từ 01/04/2024 (thứ Hai) sang 02/04/2024 (thứ Ba)" in text
        assert "Ngày 01/04/2024 được nghỉ bù." in text
    clock = await running(world, question_id)
    (was,) = clock.history
    assert (was["due_on"], was["reason"]) == ("2024-04-01", "Ngày 01/04/2024 được nghỉ bù.")
    assert unpack_due(clock.due).due_on == date(2024, 4, 2)

    assert await decree() == []
    assert office.read() == {}


@pytest.mark.usefixtures("question_id")
async def test_a_changed_plan_moves_only_what_is_under_it(world: World, office: Office) -> None:
    await a_meeting(world)
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        plan.profile = amended(plan.profile, clocks={"notice": {"days": 7}})
        done = await recompute(uow, plan=plan, reason="Kế hoạch sửa đổi.")
        await uow.commit()
    await world.settle()
    assert [(clock.kind, clock.due_on) for clock in done.moved] == [(ClockKind.NOTICE, date(2024, 4, 18))]
    assert set(office.read()) == {"secretary"}


async def test_another_plan_and_what_is_over_stay_as_they_are(
    world: World, office: Office, question_id: QuestionId
) -> None:
    meeting = await a_meeting(world)
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        other = type(plan)("other", plan.unit_id, "Khác", 2023, plan.profile)
        await uow.plans.add(other)
        uow.calendar = calendar_with(uow.calendar, [Override(DUE, True, "Nghỉ bù", "QĐ 1", True)])
        assert await recompute(uow, plan=other, reason="Khác.") == Recomputed()
        question = await uow.questions.get(question_id, lock=True)
        question.state = after(question.state, Act.ANSWER)
        meeting = await uow.meetings.get(meeting.id, lock=True)
        meeting.state = MeetingState.CANCELLED
        assert await recompute(uow, reason="Khác.") == Recomputed()
        await uow.commit()
    await world.settle()
    assert office.read() == {}


async def test_the_dry_run_prints_what_would_be_told_and_changes_nothing(
    world: World, office: Office, question_id: QuestionId
) -> None:
    lines = await sweep_report(world.store, as_of=date(2024, 4, 2), dry_run=True)
    assert set(lines[:-1]) == {
        "DL-2024-0001\toverdue_first\tdesk",
        "DL-2024-0001\toverdue_first\tsecretary",
        "DL-2024-0001\toverdue_first\tchair",
        "DL-2024-0001\toverdue_first\tasker",
        "DL-2024-0001\toverdue_weekly:2024-04-02\tsupervisor",
        "Đối thoại tháng 4 năm 2024\tdue_30\tsecretary",
        "Đối thoại tháng 4 năm 2024\tdue_30\tchair",
    }
    assert lines[-1].startswith("clocks looked at: 2;")
    await world.settle()
    assert office.read() == {}
    assert (await running(world, question_id)).wake_on == date(2024, 3, 1)

    assert await sweep_report(world.store, as_of=date(2024, 4, 2)) == [
        *lines[:-1],
        lines[-1].replace("would be", "were"),
    ]
    await world.settle()
    assert set(office.read()) == {"asker", "official", "secretary", "chair", "supervisor"}
    async with world.store.reading() as uow:
        assert await uow.ledger.last_beat("sweep") is None  # a pretended day is no proof that today's is enforced


async def test_secretaries_hear_once_a_day_that_the_sweep_has_stopped(world: World, office: Office) -> None:
    async def watch() -> bool:
        async with world.store.unit() as uow:
            silent = await watch_sweep(uow)
            await uow.commit()
        await world.settle()
        return silent

    assert not await watch()  # a new installation is no alarm
    await run_sweep(world.store.unit)
    world.clock.move(hours=24)
    assert not await watch()
    world.clock.move(hours=1)
    assert await watch()
    assert await watch()
    told = office.read()
    assert set(told) == {"secretary"}
    assert told["secretary"].count("Từ 08:00, 01/03/2024 đến nay") == 1
    world.clock.move(days=1)
    assert await watch()
    assert set(office.read()) == {"secretary"}
    await run_sweep(world.store.unit)
    assert not await watch()


async def test_events_are_forgotten_after_thirty_days(world: World) -> None:
    async def record() -> bool:
        async with world.store.unit() as uow:
            new = await uow.inbox.record(Network.WEBCHAT, "plain", "1", "e-old")
            await uow.commit()
        return new

    async def prune() -> int:
        async with world.store.unit() as uow:
            gone = await prune_inbox(uow)
            await uow.commit()
        return gone

    assert await record()
    world.clock.move(days=30)
    assert await prune() == 0
    assert not await record()
    world.clock.move(seconds=1)
    assert await prune() == 1
    assert await record()


@pytest.mark.usefixtures("office")
async def test_a_clock_ended_by_the_sweep_says_when(world: World, question_id: QuestionId) -> None:
    async with world.store.unit() as uow:
        question = await uow.questions.get(question_id, lock=True)
        question.state = after(question.state, Act.ANSWER)
        await uow.commit()
    await sweep_at(world, date(2024, 3, 8))
    async with world.store.reading() as uow:
        clocks = await uow.clocks.of_question(question_id)
    assert {(clock.state, clock.ended_at) for clock in clocks if clock.kind is ClockKind.REPLY_OUTSIDE} == {
        (ClockState.ENDED, local(2024, 3, 8, 7, 30))
    }


@pytest.mark.usefixtures("question_id")
async def test_an_asker_who_was_erased_is_not_written_to(world: World, office: Office) -> None:
    async with world.store.unit() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        asker = await uow.people.get(question.asker_id)
        assert asker is not None
        asker.erased_at = uow.now
        await uow.commit()
    await sweep_at(world, date(2024, 4, 2))
    assert set(office.read()) == {"official", "secretary", "chair", "supervisor"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ClockKind)
@pytest.mark.parametrize("desk", ["Phòng Kinh tế", None])
def test_every_reminder_can_be_put_into_words(kind: ClockKind, language: str, desk: str | None) -> None:
    subject = Subject("VB-2026-0012", desk, None if desk is None else QuestionId(12))
    for audience in AlertAudience:
        if audience is AlertAudience.ASKER and desk is None:
            continue  # nobody asks a meeting
        for today in (DUE - timedelta(days=3), DUE, DUE + timedelta(days=3)):
            said = render(reminder(Reminder(kind, audience, subject, DUE), today), language)
            assert "VB-2026-0012" in said.text
            assert "01/04/2024" in said.text
            assert desk is None or desk in said.text or kind is ClockKind.HELD  # a meeting lies on no desk
