"""What the office owes beside questions: fixed dates, reports, preparation, requests about one's own data."""

from dataclasses import replace
from datetime import date

import pytest

from bot.media.attachments import AttachmentStore
from bot.media.press import PaperPress
from bot.plan_files import PLANS, read_profile
from intake.actions.deadlines.office_tasks import accept_task
from intake.actions.meetings.make_meeting import make_meeting
from intake.actions.people.own_data import request_about_data
from intake.actions.plan.load_plan import load_plan
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock as DueClock
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.task import TaskKind
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingState
from intake.rules.papers.periods import period_of_report, period_to_report
from intake.rules.people.person import Person, Role
from intake.rules.plan.profile_terms import ReportRhythm
from intake.rules.questions.question import QuestionState
from tests.support.desk import desk_app, sit_down
from tests.support.meetings import APRIL, makes_meeting
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.office_tasks import (
    REPORT,
    WISH,
    a_question_of_a_meeting,
    fixed,
    loads_again,
    opens_reports,
    plan_says,
    the_plan,
    wishes,
)
from tests.support.stories import planned_meeting, put_in_state, set_meeting
from tests.support.world import World, local


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def due_dates(world: World, kind: TaskKind) -> list[tuple[str, dict[ClockKind, date]]]:
    """The tasks of a kind that are not done, with their running clocks."""
    async with world.store.reading() as uow:
        plan = await the_plan(uow)
        found = []
        for task, _ in await uow.tasks.open_in([plan.unit_id]):
            if task.kind is kind:
                clocks = await uow.tasks.clocks_of(task.id)
                found.append((task.title, {clock.kind: clock.due_on for clock in clocks}))
    return found


# --- requests about one's own data ------------------------------------------------------------------------------------


async def test_a_request_about_own_data_has_a_reference_and_both_clocks_of_the_law(office: Office) -> None:
    await wishes(office)

    assert "YC-DL-2024-0001" in office.mai.hears()
    assert "05/03/2024" in office.mai.hears(), "two working days after Friday 1 March"
    assert "YC-DL-2024-0001" in office.secretary.hears()
    assert "biên bản" not in office.secretary.hears(), "the words are behind the button"
    assert await due_dates(office.world, TaskKind.DATA_REQUEST) == [
        (
            "YC-DL-2024-0001",
            {ClockKind.DATA_REQUEST: date(2024, 3, 5), ClockKind.DATA_FULFIL: date(2024, 3, 18)},
        )
    ]
    await office.secretary.presses("Mở")
    assert WISH in office.secretary.hears()
    assert "Nguyễn Thị Mai" in office.secretary.hears()


async def test_the_person_hears_that_it_is_taken_on_and_what_was_done(office: Office) -> None:
    await wishes(office)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Đã tiếp nhận")
    assert "chậm nhất ngày 18/03/2024" in office.mai.hears()
    assert (await due_dates(office.world, TaskKind.DATA_REQUEST))[0][1] == {ClockKind.DATA_FULFIL: date(2024, 3, 18)}
    await office.secretary.says("/viec")
    assert (
        "1. Yêu cầu về dữ liệu cá nhân YC-DL-2024-0001 – còn 17 ngày (hạn 18/03/2024, thứ Hai)"
        in office.secretary.hears()
    )
    await office.secretary.presses("1")
    assert not office.secretary.sees_button("Đã tiếp nhận")
    await office.secretary.presses("Đã xong")
    await office.secretary.says("Đã sửa tên trong biên bản ngày 25/02.")
    await office.secretary.presses("Gửi")

    assert "Đã sửa tên trong biên bản" in office.mai.hears()
    assert await due_dates(office.world, TaskKind.DATA_REQUEST) == []
    await office.secretary.says("/viec")
    assert "Không còn việc nào khác" in office.secretary.hears()
    await office.mai.says("/dulieu")
    assert WISH in office.mai.hears()
    assert "Đã sửa tên trong biên bản" in office.mai.hears()


async def test_done_at_once_meets_both_clocks(office: Office) -> None:
    await wishes(office)
    await office.mai.says("/dulieu")
    assert "đang xử lý" in office.mai.hears()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Đã xong")
    await office.secretary.says("…")
    assert "Xin nhập nội dung bằng chữ" in office.secretary.hears()
    await office.secretary.says("Đã sửa.")
    await office.secretary.presses("Gửi")
    async with office.world.store.reading() as uow:
        task = await uow.tasks.by_key("YC-DL-2024-0001")
        assert task is not None
        assert task.done_at is not None
        assert await uow.tasks.clocks_of(task.id) == []
    for code in (f"taskdone.{task.id}", f"taskaccept.{task.id}"):
        await office.secretary.taps_code(code)
        assert "đã được xử lý" in office.secretary.hears()
    await office.secretary.taps_code(f"task.{task.id}")
    assert not office.secretary.sees_button("Đã xong")


async def test_two_secretaries_finish_one_request_once(office: Office) -> None:
    await wishes(office)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Đã xong")
    await office.secretary.says("Đã sửa.")
    colleague = await office.world.staff(Role.SECRETARY, "DL", "Bùi Thị Hai")
    await colleague.says("/viec")
    await colleague.presses("1")
    await colleague.presses("Đã xong")
    await colleague.says("Sửa rồi.")
    await colleague.presses("Gửi")
    await office.secretary.presses("Gửi")
    assert "đã được xử lý" in office.secretary.hears()
    assert office.mai.hears().count("Sửa rồi.") == 1


async def test_nobody_else_sees_the_request(office: Office) -> None:
    await wishes(office)
    async with office.world.store.reading() as uow:
        task = await uow.tasks.by_key("YC-DL-2024-0001")
        assert task is not None
    elsewhere = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (elsewhere, office.official, office.mai):
        for verb in ("task", "taskdone", "taskaccept"):
            await phone.taps_code(f"{verb}.{task.id}")
            assert "Không tìm thấy" in phone.hears()
            assert "biên bản" not in phone.hears()
    await elsewhere.says("/viec")
    assert "Không còn việc nào khác" in elsewhere.hears()
    await office.mai.says("/viec")
    assert "Việc này dành cho" in office.mai.hears()


async def test_who_is_erased_takes_the_request_along(office: Office) -> None:
    await wishes(office)
    await office.mai.says("/xoa")
    await office.mai.presses("Xoá")
    assert await due_dates(office.world, TaskKind.DATA_REQUEST) == []
    async with office.world.store.reading() as uow:
        task = await uow.tasks.by_key("YC-DL-2024-0001")
        assert task is not None
        assert (task.text, task.outcome, task.done_by) == ("", "", None)
    await office.secretary.presses("Mở")
    assert "biên bản" not in office.secretary.hears()


async def test_erased_after_it_was_done_the_words_go_and_the_record_stays(office: Office) -> None:
    await wishes(office)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Đã xong")
    await office.secretary.says("Đã sửa tên.")
    await office.secretary.presses("Gửi")
    await office.mai.says("/xoa")
    await office.mai.presses("Xoá")
    async with office.world.store.reading() as uow:
        task = await uow.tasks.by_key("YC-DL-2024-0001")
        assert task is not None
        assert (task.text, task.outcome) == ("", "")
        assert task.done_by is not None


async def test_an_official_may_ask_about_own_data_and_who_belongs_nowhere_may_not(office: Office) -> None:
    await office.official.says("/yeucau")
    await office.official.says("Xin sửa tên.")
    await office.official.presses("Gửi")
    assert "YC-DL-2024-0001" in office.official.hears()
    async with office.world.store.unit() as uow:
        nobody = await uow.people.add(Person("Người Lạ"))
        with pytest.raises(RuleBroken) as refusal:
            await request_about_data(uow, person=nobody, text=WISH)
        assert refusal.value.message.key == "refusal.no_hamlet"


# --- fixed dates ------------------------------------------------------------------------------------------------------


async def test_a_fixed_date_of_the_plan_is_a_clock_and_is_ticked_off_with_one_tap(office: Office) -> None:
    past = fixed("cu", "2024-02-01", "Việc đã qua")
    await plan_says(office.world, fixed_dates=[fixed("bao-cao", "2024-08-25"), past])
    await loads_again(office.world)
    await loads_again(office.world)

    # before Sunday 25 August: the last working day is Friday 23
    assert await due_dates(office.world, TaskKind.FIXED_DATE) == [
        ("Gửi báo cáo 9 tháng", {ClockKind.BEFORE: date(2024, 8, 23)})
    ]
    await office.secretary.says("việc phải làm")
    assert "1. Gửi báo cáo 9 tháng – còn 175 ngày (hạn 23/08/2024, thứ Sáu)" in office.secretary.hears()
    await office.secretary.presses("1")
    await office.secretary.presses("Đã xong")
    assert "Đã ghi là xong: Gửi báo cáo 9 tháng" in office.secretary.hears()
    assert await due_dates(office.world, TaskKind.FIXED_DATE) == []
    await loads_again(office.world)
    assert await due_dates(office.world, TaskKind.FIXED_DATE) == [], "what is done stays done"
    async with office.world.store.unit() as uow:
        task = await uow.tasks.by_key("di-lang-2024:bao-cao")
        assert task is not None
        with pytest.raises(RuleBroken):  # it is nobody's request
            await accept_task(uow, by=await person_named(uow, "Trần Văn Thư"), task_id=task.id)


async def test_a_fixed_date_that_the_plan_moves_moves_its_clock(office: Office) -> None:
    await plan_says(office.world, fixed_dates=[fixed("bao-cao", "2024-08-25")])
    await loads_again(office.world)
    await plan_says(office.world, fixed_dates=[fixed("bao-cao", "2024-09-10", "Gửi báo cáo quý III")])
    await loads_again(office.world)
    assert await due_dates(office.world, TaskKind.FIXED_DATE) == [
        ("Gửi báo cáo quý III", {ClockKind.BEFORE: date(2024, 9, 9)})
    ]
    async with office.world.store.reading() as uow:
        task = await uow.tasks.by_key("di-lang-2024:bao-cao")
        assert task is not None
        (clock,) = await uow.tasks.clocks_of(task.id)
        assert [was["due_on"] for was in clock.history] == ["2024-08-23"]


async def test_loading_a_plan_starts_what_lies_ahead(world: World) -> None:
    async with world.store.unit() as uow:
        plan = (await load_plan(uow, read_profile(PLANS / "thach-that-2023.toml"))).plan
        assert await uow.tasks.open_in([plan.unit_id]) == [], "all of 2023 is over in 2024"


# --- the quarterly report ---------------------------------------------------------------------------------------------


async def test_the_report_is_owed_after_each_quarter_until_every_question_is_closed(office: Office) -> None:
    await plan_says(office.world, periodic_report=REPORT)
    assert await opens_reports(office.world) == 0, "no meeting was held in the last quarter of 2023"
    reference = await a_question_of_a_meeting(office)
    assert await opens_reports(office.world) == 0, "the second quarter is not over"
    office.world.clock.move_to(local(2024, 7, 1, 6, 20))
    assert await opens_reports(office.world) == 1
    assert await opens_reports(office.world) == 0
    ((title, clocks),) = await due_dates(office.world, TaskKind.QUARTERLY_REPORT)
    assert title.endswith("(II/2024)")
    assert clocks == {ClockKind.QUARTERLY_REPORT: date(2024, 7, 5)}
    await office.secretary.says("/viec")
    assert "Báo cáo quý" in office.secretary.hears()
    await office.secretary.presses("1")
    office.world.store.press = PaperPress(
        AttachmentStore(office.world.data_dir / "attachments"), office.world.store.reading
    )
    await office.secretary.presses("📄 Lập báo cáo")
    assert "Báo cáo quý: bản dự thảo" in office.secretary.hears()
    await office.mai.taps_code("reportdue.1")
    assert "bản dự thảo" not in office.mai.hears()
    desk = await sit_down(desk_app(office.world), office.secretary)
    async with office.world.store.reading() as uow:
        task = await uow.tasks.by_key("di-lang-2024:report:2024-2")
        assert task is not None
    await desk.opens(f"/viec/{task.id}")
    assert "kind=quarter_report&amp;about=2024-Q2" in desk.page
    await office.secretary.taps_code(f"taskdone.{task.id}")

    await put_in_state(office.world, reference, QuestionState.CLOSED, closed_at=local(2024, 8, 1))
    office.world.clock.move_to(local(2024, 10, 1, 6, 20))
    assert await opens_reports(office.world) == 1, "the report that says that all is closed"
    office.world.clock.move_to(local(2025, 1, 2, 6, 20))
    assert await opens_reports(office.world) == 0, "and none after it"


async def test_by_the_conclusion_of_2025_each_month_or_longer_period_is_reported(office: Office) -> None:
    """Months, and instead of the last of them the first quarter, six months, nine months, the year (LAW C1)."""
    await plan_says(office.world, periodic_report=REPORT | {"every": "kl-215"})
    await a_question_of_a_meeting(office)
    for day, wanted in (
        (local(2024, 6, 1, 6, 20), ("định kỳ 01 quý/lần (5/2024)", {ClockKind.BEFORE: date(2024, 6, 7)})),
        (local(2024, 7, 1, 6, 20), ("định kỳ 01 quý/lần (1–6/2024)", {ClockKind.BEFORE: date(2024, 7, 5)})),
        (local(2024, 10, 1, 6, 20), ("định kỳ 01 quý/lần (1–9/2024)", {ClockKind.BEFORE: date(2024, 10, 7)})),
    ):
        office.world.clock.move_to(day)
        assert await opens_reports(office.world) == 1
        assert await opens_reports(office.world) == 0
        assert wanted in await due_dates(office.world, TaskKind.FIXED_DATE)
    assert [period_to_report(ReportRhythm.KL_215, date(2026, month, 3)).code for month in (1, 2, 3, 4)] == [
        "2025",
        "2026-01",
        "2026-02",
        "2026-Q1",
    ]
    assert period_of_report("di-lang-2024:bao-cao") is None


async def test_a_plan_without_a_rhythm_owes_no_quarterly_report(office: Office) -> None:
    await a_question_of_a_meeting(office)
    office.world.clock.move_to(local(2024, 7, 1, 6, 20))
    assert await opens_reports(office.world) == 0


async def test_a_plan_without_any_report_owes_none(office: Office) -> None:
    await a_question_of_a_meeting(office)
    async with office.world.store.unit() as uow:
        plan = await the_plan(uow)
        plan.profile = replace(plan.profile, clocks=replace(plan.profile.clocks, periodic_report=None))
        await uow.commit()
    office.world.clock.move_to(local(2024, 7, 1, 6, 20))
    assert await opens_reports(office.world) == 0


# --- preparation ------------------------------------------------------------------------------------------------------


async def test_a_meeting_is_ticked_off_as_prepared_from_its_card(office: Office) -> None:
    await makes_meeting(office.secretary, APRIL)
    assert office.secretary.sees_button("Đã chuẩn bị xong")
    await office.secretary.presses("Đã chuẩn bị xong")
    assert "đã chuẩn bị xong" in office.secretary.hears()
    await office.secretary.presses("Đã chuẩn bị xong")
    assert "đã được xử lý" in office.secretary.hears()
    async with office.world.store.reading() as uow:
        plan = await the_plan(uow)
        (meeting,) = await uow.meetings.of_plan(plan.id)
        assert {clock.kind for clock in await uow.clocks.of_meeting(meeting.id)} == {ClockKind.NOTICE}


async def test_the_list_of_tasks_names_the_meetings_to_prepare(office: Office) -> None:
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        plan = await the_plan(uow)
        hamlets = [hamlet.id for hamlet in await uow.places.hamlets(plan.unit_id)]
        made = await make_meeting(uow, by=secretary, plan_id=plan.id, session_key="thang-4", hamlet_ids=hamlets[:1])
        made.meeting.state, made.meeting.starts_at = MeetingState.FIXED, local(2024, 4, 25, 14)
        await uow.commit()
    await office.secretary.says("/viec")
    assert f'Chuẩn bị buổi "{made.meeting.title}"' in office.secretary.hears()
    await office.secretary.presses("Đã chuẩn bị xong")
    async with office.world.store.reading() as uow:
        clocks = await uow.clocks.of_meeting(made.meeting.id)
        assert ClockKind.PREPARATION not in {clock.kind for clock in clocks}
        kept = await uow.session.get(DueClock, made.preparation.id)
        assert kept is not None
        assert kept.state is ClockState.MET


async def test_only_those_who_run_the_meeting_say_it_is_prepared(office: Office) -> None:
    meeting = await planned_meeting(office.world)
    await set_meeting(office.world, meeting, MeetingState.FIXED)
    elsewhere = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (elsewhere, office.official, office.mai):
        await phone.taps_code(f"prepared.{meeting.id}")
        assert "Không tìm thấy" in phone.hears()
