"""The calendar changes while people wait: dates follow in the same act, everybody concerned reads one letter."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.vault import KeyVault
from intake.actions.deadlines.change_calendar import CalendarChange, change_calendar
from intake.actions.deadlines.clocks import start_clock
from intake.actions.deadlines.recompute_clocks import recompute
from intake.rules.deadlines.calendar import ConfirmedYear, Override
from intake.rules.deadlines.clock import ClockKind, due
from intake.rules.deadlines.clock_settings import DEFAULTS, rule_for
from intake.rules.deadlines.deadline import Clock
from intake.rules.deadlines.due_packing import pack_due
from intake.rules.deadlines.reminder_messages import MOST_LISTED
from intake.rules.deadlines.reminders import NEVER
from intake.rules.errors import RuleBroken
from intake.rules.people.person import Role
from intake.rules.people.quota import HouseLimits
from intake.rules.questions.question import QuestionId
from scheduler.enforcement import keep_calendar
from storage.calendar_source import load_calendar
from storage.queries.questions.questions import QuestionRows
from storage.unit_of_work import Store
from tests.support.deadlines import DUE, Office, ask, open_office, sweep_at, take_on
from tests.support.world import World, local, working_days

NO_CULTURE_DAY = load_calendar(culture_day=False)


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def question_id(world: World, office: Office) -> QuestionId:
    question_id = await ask(office.asker)
    await take_on(world, question_id)
    office.read()
    return question_id


def off(on: date, reason: str = "Nghỉ bão") -> Override:
    return Override(on, day_off=True, reason=reason, source="Công điện 5", confirmed=True)


async def changes(
    world: World,
    *put: Override,
    take_back: Sequence[date] = (),
    confirm: Sequence[ConfirmedYear] = (),
) -> CalendarChange:
    """What an admin does at the command line; the letters go out."""
    async with world.store.unit() as uow:
        done = await change_calendar(uow, by="Thu", put=put, take_back=take_back, confirm=confirm)
        await uow.commit()
    await world.settle()
    return done


async def clocks_of(world: World, question_id: QuestionId) -> dict[ClockKind, Clock]:
    async with world.store.reading() as uow:
        return {clock.kind: clock for clock in await uow.clocks.running_for(question_id)}


async def test_a_day_off_decreed_late_moves_the_date_and_everybody_reads_why(
    world: World, office: Office, question_id: QuestionId
) -> None:
    done = await changes(world, off(DUE))

    assert [(one.kind, one.was, one.due_on) for one in done.clocks.moved] == [
        (ClockKind.REPLY_OUTSIDE, DUE, date(2024, 4, 2))
    ]
    told = office.read()
    assert set(told) == {"asker", "official", "secretary"}
    for text in told.values():
        assert "DL-2024-0001: hạn trả lời đổi từ 01/04/2024 (thứ Hai) sang 02/04/2024 (thứ Ba)" in text
        assert "Lý do: ngày 01/04/2024 (thứ Hai) được nghỉ: Nghỉ bão (Công điện 5)" in text
        assert text.count("DL-2024-0001") == 1

    await office.asker.says("/cachtinh DL-2024-0001")
    heard = office.asker.hears()
    assert "trước khi hết ngày 02/04/2024" in heard
    assert "01/04/2024 – Nghỉ bão" in heard
    assert "ngày 01/04/2024 (thứ Hai) được nghỉ: Nghỉ bão (Công điện 5)" in heard, (
        "the reason stands beside the old date"
    )
    clock = (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE]
    assert [entry["due_on"] for entry in clock.history] == ["2024-04-01"]


async def test_of_many_days_entered_at_once_the_first_are_named_and_the_rest_counted(
    world: World, office: Office, question_id: QuestionId
) -> None:
    del question_id
    await changes(world, off(DUE), *(off(date(2024, 9, 9) + timedelta(days=count)) for count in range(6)))

    told = office.read()["asker"]
    assert "ngày 01/04/2024 (thứ Hai) được nghỉ: Nghỉ bão (Công điện 5)" in told
    assert "ngày 12/09/2024 (thứ Năm) được nghỉ" in told
    assert "13/09/2024" not in told
    assert "… và 2 ngày khác" in told


async def test_taking_the_day_back_moves_the_date_back(world: World, office: Office, question_id: QuestionId) -> None:
    await changes(world, off(DUE))
    office.read()

    await changes(world, take_back=[DUE])

    told = office.read()
    assert set(told) == {"asker", "official", "secretary"}
    assert "đổi từ 02/04/2024 (thứ Ba) sang 01/04/2024 (thứ Hai)" in told["asker"]
    assert "lịch riêng của ngày 01/04/2024 (thứ Hai) được bỏ" in told["asker"]
    clock = (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE]
    assert [entry["due_on"] for entry in clock.history] == ["2024-04-01", "2024-04-02"]


async def test_nobody_hears_of_a_day_that_moves_nothing(world: World, office: Office, question_id: QuestionId) -> None:
    done = await changes(world, off(date(2024, 3, 20)))
    assert (done.clocks.moved, done.clocks.computed) == ((), 1)
    done = await changes(world, off(date(2024, 9, 9)))
    assert (done.clocks.moved, done.clocks.computed) == ((), 0), "so far away no clock is even looked at"
    assert office.read() == {}
    assert (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE].history == []


async def test_several_dates_that_move_in_one_act_are_one_letter(world: World, office: Office) -> None:
    world.store.limits = HouseLimits(questions_a_day=MOST_LISTED + 3)
    for _ in range(MOST_LISTED + 2):
        world.clock.move(seconds=40)
        await take_on(world, await ask(office.asker))
    office.read()

    elsewhere = (off(date(2024, 9, day), "Nghỉ khác") for day in range(9, 14))
    await changes(world, off(DUE), off(date(2024, 4, 2), "Nghỉ lụt"), *elsewhere)

    told = office.read()
    assert set(told) == {"asker", "official", "secretary"}
    for text in told.values():
        assert text.count("📅") == 1
        assert f"Có {MOST_LISTED + 2} hạn được tính lại" in text
        assert "• DL-2024-0001: hạn trả lời đổi từ 01/04/2024 (thứ Hai) sang 03/04/2024 (thứ Tư)" in text
        assert "… và 2 hạn khác" in text
        assert "Nghỉ bão" in text
        assert "Nghỉ lụt" in text
        assert "… và 2 ngày khác" in text
    await office.official.presses("Mở")
    assert "DL-2024-0001" in office.official.hears()


async def test_the_offices_own_targets_are_told_to_the_desk_alone(
    world: World, office: Office, question_id: QuestionId
) -> None:
    async with world.store.unit() as uow:
        question = await uow.questions.get(question_id, lock=True)
        await start_clock(uow, ClockKind.INTERNAL_TARGET, uow.today, settings=DEFAULTS, question=question)
        await uow.commit()

    await changes(world, off(date(2024, 3, 21)))  # twenty days after 1 March

    assert set(office.read()) == {"official"}


async def test_an_overdue_question_with_a_later_date_is_overdue_no_longer_and_counts_anew(
    world: World, office: Office, question_id: QuestionId
) -> None:
    await sweep_at(world, DUE + timedelta(days=1))
    assert "quá hạn" in office.read()["asker"]

    await changes(world, *(off(DUE + timedelta(days=count)) for count in range(4)))  # until Thursday: due on Friday

    assert "sang 05/04/2024" in office.read()["asker"]
    clock = (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE]
    assert clock.wake_on == date(2024, 4, 2), "the next sweep looks at it"
    await sweep_at(world, date(2024, 4, 2), 8)
    told = office.read()
    assert set(told) == {"official", "secretary"}
    assert "còn 3 ngày" in told["official"]
    for day in (3, 4, 5):
        await sweep_at(world, date(2024, 4, day))
    assert "quá hạn" not in "".join(office.read().values())
    await sweep_at(world, date(2024, 4, 8))
    assert "quá hạn trả lời (05/04/2024, thứ Sáu)" in office.read()["asker"]


@pytest.mark.usefixtures("question_id")
async def test_a_saturday_that_becomes_a_working_day_is_a_morning_on_which_late_work_is_named(
    world: World, office: Office
) -> None:
    await sweep_at(world, date(2024, 4, 5))  # Friday; the next look is on Monday
    office.read()
    saturday = Override(date(2024, 4, 6), day_off=False, reason="Làm bù", source="TB 7", confirmed=True)
    await changes(world, saturday)
    assert office.read() == {}

    await sweep_at(world, date(2024, 4, 6))

    assert "quá hạn" in office.read()["official"]


async def test_confirming_a_year_moves_nothing_and_takes_the_doubt_away(
    world: World, office: Office, question_id: QuestionId
) -> None:
    await office.asker.says("/cachtinh DL-2024-0001")
    office.read()
    async with world.store.unit() as uow:
        question = await uow.questions.get(question_id, lock=True)
        clock = await start_clock(uow, ClockKind.REPLY_OUTSIDE, date(2027, 3, 1), settings=DEFAULTS, question=question)
        assert clock.due["status"] == "estimated"
        await uow.commit()

    done = await changes(world, confirm=[ConfirmedYear(2027, "TB 9")])

    assert (done.clocks.moved, done.clocks.computed) == ((), 1)
    assert (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE].due["status"] == "confirmed"
    assert office.read() == {}


async def test_what_was_begun_under_the_old_calendar_is_set_right_a_minute_later(
    world: World, office: Office, question_id: QuestionId
) -> None:
    """On PostgreSQL another process may commit a clock it computed before the change; here it is put in by hand."""
    await changes(world, off(DUE))
    office.read()
    await _computed_before_the_change(world, question_id)

    await keep_calendar(world.store.unit, culture_day=True)
    assert (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE].due_on == DUE, "not yet: it may be under way"
    world.clock.move(minutes=2)
    await keep_calendar(world.store.unit, culture_day=True)
    await world.settle()

    assert (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE].due_on == date(2024, 4, 2)
    assert set(office.read()) == {"asker", "official", "secretary"}
    world.clock.move(minutes=2)
    await keep_calendar(world.store.unit, culture_day=True)
    await world.settle()
    assert office.read() == {}
    async with world.store.unit() as uow:
        assert await uow.overrides.owed(uow.now) == [], "nothing is owed any more"


async def test_what_somebody_is_changing_is_set_right_by_a_later_sweep(
    world: World, office: Office, question_id: QuestionId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that is held is left out, as PostgreSQL leaves it out; what is owed to it stays owed."""
    await changes(world, off(DUE))
    await _computed_before_the_change(world, question_id)
    world.clock.move(minutes=2)

    at_rest = QuestionRows.at_rest
    with monkeypatch.context() as held:
        held.setattr(QuestionRows, "at_rest", lambda rows, _: at_rest(rows, ()))
        await keep_calendar(world.store.unit, culture_day=True)
    assert (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE].due_on == DUE

    await keep_calendar(world.store.unit, culture_day=True)
    assert (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE].due_on == date(2024, 4, 2)
    async with world.store.unit() as uow:
        assert await uow.overrides.owed(uow.now) == []


async def _computed_before_the_change(world: World, question_id: QuestionId) -> None:
    async with world.store.unit() as uow:
        [clock] = await uow.clocks.running_for(question_id)
        stale = due(rule_for(ClockKind.REPLY_OUTSIDE), clock.anchor_on, working_days())
        clock.due_on, clock.due = stale.due_on, json.loads(json.dumps(pack_due(stale)))
        await uow.commit()


async def test_24_november_switched_off_moves_what_rests_on_it_once(world: World, office: Office) -> None:
    world.clock.move_to(local(2026, 10, 25))
    question_id = await ask(office.asker)
    await take_on(world, question_id)
    office.read()
    assert (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE].due_on == date(2026, 11, 25)

    restarted = Store(
        world.store.engine, now=world.clock.now, calendar=lambda: NO_CULTURE_DAY, vault=KeyVault("a test key")
    )
    for _ in range(2):
        await keep_calendar(restarted.unit, culture_day=False)
        await world.settle()

    assert (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE].due_on == date(2026, 11, 24)
    told = office.read()
    assert set(told) == {"asker", "official", "secretary"}
    assert "đổi từ 25/11/2026 (thứ Tư) sang 24/11/2026 (thứ Ba)" in told["asker"]
    assert "24/11 (Ngày Văn hóa Việt Nam) được tính là ngày làm việc" in told["asker"]
    assert told["asker"].count("📅") == 1


async def test_a_minute_before_midnight_and_a_minute_after_are_two_days(world: World, office: Office) -> None:
    """Local days: in UTC both moments lie on 4 March."""
    world.clock.move_to(local(2024, 3, 4, 23, 59))
    before = await ask(office.asker)
    world.clock.move_to(local(2024, 3, 5, 0, 1))
    after = await ask(office.asker)

    for question_id, anchor, due_on in (
        (before, date(2024, 3, 4), date(2024, 4, 3)),
        (after, date(2024, 3, 5), date(2024, 4, 4)),
    ):
        clock = (await clocks_of(world, question_id))[ClockKind.REPLY_OUTSIDE]
        assert (clock.anchor_on, clock.due_on) == (anchor, due_on)


async def test_what_cannot_be_entered_changes_nothing(world: World) -> None:
    for on, year in ((date(1999, 1, 1), 2027), (DUE, 1999)):
        async with world.store.unit() as uow:
            with pytest.raises(RuleBroken, match="out_of_range"):
                await change_calendar(uow, by="Thu", put=[off(on)], confirm=[ConfirmedYear(year, "TB 9")])
            await uow.commit()
    async with world.store.reading() as uow:
        assert (await uow.overrides.days(), await uow.overrides.years()) == ([], [])


async def test_next_years_calendar_is_asked_for_once_from_1_november(world: World, office: Office) -> None:
    admin = await world.staff(Role.ADMIN, "DL", "Đinh Văn Quản")
    office.read()

    async def keep(*at: int) -> set[str]:
        world.clock.move_to(local(*at))
        await keep_calendar(world.store.unit, culture_day=True)
        await world.settle()
        heard = {**office.read(), "admin": admin.reads()}
        return {name for name, text in heard.items() if "Lịch nghỉ năm 2027 mới là dự tính" in text}

    assert await keep(2026, 10, 30, 8) == set()
    assert await keep(2026, 11, 1, 8) == set(), "a Sunday"
    assert await keep(2026, 11, 2, 7, 29) == set()
    assert await keep(2026, 11, 2, 7, 30) == {"secretary", "admin"}
    assert await keep(2026, 11, 2, 7, 35) == set()
    assert await keep(2026, 11, 24, 8) == set()
    assert await keep(2026, 12, 1, 8) == set()


async def test_a_secretary_who_comes_later_is_asked_then_and_nobody_when_the_year_is_confirmed(
    world: World, office: Office
) -> None:
    world.clock.move_to(local(2026, 11, 2, 9))
    await changes(world, confirm=[ConfirmedYear(2027, "TB 9")])
    await keep_calendar(world.store.unit, culture_day=True)
    await world.settle()
    assert office.read() == {}

    world.clock.move_to(local(2034, 11, 1, 9))
    await keep_calendar(world.store.unit, culture_day=True)
    await world.settle()
    assert set(office.read()) == {"secretary"}
    late = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await keep_calendar(world.store.unit, culture_day=True)
    await world.settle()
    assert "Lịch nghỉ năm 2035" in late.reads()
    assert office.read() == {}

    world.clock.move_to(local(2035, 11, 1, 9))
    await keep_calendar(world.store.unit, culture_day=True)
    await world.settle()
    assert "Chưa có lịch nghỉ năm 2036" in office.read()["secretary"]


async def test_a_recomputation_of_everything_wakes_and_tells_nobody_without_need(
    world: World, office: Office, question_id: QuestionId
) -> None:
    async with world.store.unit() as uow:
        [clock] = await uow.clocks.running_for(question_id)
        clock.wake_on = NEVER
        done = await recompute(uow, reason="Thử.")
        assert (done.moved, done.computed, clock.wake_on) == ((), 1, NEVER)
        await uow.commit()
    await world.settle()
    assert office.read() == {}
