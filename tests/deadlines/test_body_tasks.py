"""What the plan asks of the bodies of an office: given out, reported, looked at, sent back (R037, R054)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.plan_files import PLANS, read_profile
from intake.actions.deadlines.findings import record_finding
from intake.actions.deadlines.meeting_tasks import give_tasks
from intake.actions.deadlines.supervision import supervised_by
from intake.actions.deadlines.task_reports import add_note, hand_task, report_task, see_task, task_open_to
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.task import Task, TaskKind
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Role
from intake.rules.plan.plan_tasks import TaskPhase, planned_tasks, rules_of_conduct
from intake.rules.plan.profile_bodies import DutyLine, PracticeLine
from intake.rules.plan.profile_terms import Duty, Practice
from tests.support.deadlines import sweep_at
from tests.support.meetings import makes_meeting
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.stories import planned_meeting
from tests.support.world import Phone, World, local

POLICE = "cong-an"
SECURITY = "Bảo đảm an ninh, trật tự"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def tasks_around(office: Office, meeting: Meeting) -> dict[str, tuple[Task, dict[ClockKind, date]]]:
    """The tasks of a meeting by what they are, with their running clocks."""
    async with office.world.store.reading() as uow:
        return {
            task.what: (task, {clock.kind: clock.due_on for clock in await uow.tasks.clocks_of(task.id)})
            for task in await uow.tasks.around(meeting.id)
        }


async def gives_out(secretary: Phone, meeting: Meeting) -> None:
    await secretary.taps_code(f"givetasks.{meeting.id}")
    await secretary.presses("Gửi")
    assert "Đã giao" in secretary.hears()


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_duty_and_practice_of_the_five_plans_is_a_task_or_a_rule_of_conduct(path):
    profile = read_profile(path)
    tasks = planned_tasks(profile)
    names = {office.key for office in profile.offices} | {""}

    assert {line.duty for line in profile.duties} <= {task.what for task in tasks}
    said = {task.what for task in tasks} | {line.practice for line in rules_of_conduct(profile)}
    merged = {"opinion_digest", "survey", "results_published"}
    assert {line.practice for line in profile.practices} <= said | merged
    assert len({task.key for task in tasks}) == len(tasks)
    assert {task.lead for task in tasks} <= names
    assert [task.phase for task in tasks] == sorted(
        [task.phase for task in tasks], key=lambda phase: list(TaskPhase).index(phase)
    )


def test_the_report_of_what_people_think_is_another_task_than_finding_it_out():
    tasks = planned_tasks(read_profile(PLANS / "thach-that-2023.toml"))

    (report,) = [task for task in tasks if task.what is Duty.OPINION_REPORT]
    assert (report.lead, report.recipients) == ("mttq", ("Thường trực Huyện ủy (qua Ban Dân vận Huyện ủy)",))
    assert [task.lead for task in tasks if task.what is Practice.OPINION_DIGEST] == ["mttq"]


def test_a_practice_that_a_duty_asks_for_already_is_one_task():
    tasks = planned_tasks(read_profile(PLANS / "vinh-bao-2026.toml"))

    assert [str(task.what) for task in tasks].count("survey") == 1
    (report,) = [task for task in tasks if task.what is None]
    assert (report.lead, report.recipients) == ("ubnd", ("Ban Thường vụ Đảng ủy",))


def test_whoever_the_plan_reports_to_gets_what_comes_of_the_follow_up():
    tasks = planned_tasks(read_profile(PLANS / "di-lang-2024.toml"))

    (follow_up,) = [task for task in tasks if task.what == "follow_up"]
    assert follow_up.recipients == ("Ban Thường vụ Huyện ủy", "Ủy ban nhân dân huyện", "Ban Dân vận Huyện ủy")


def test_papers_for_a_meeting_go_to_whom_the_plan_names_and_earlier_results_are_somebodys_task():
    town = {one.what: one for one in planned_tasks(read_profile(PLANS / "di-lang-2024.toml"))}
    assert town[Duty.BACKGROUND_REPORT].recipients == ("Bí thư cấp ủy cấp trên", "Bí thư Đảng ủy")
    district = {one.what: one for one in planned_tasks(read_profile(PLANS / "thach-that-2023.toml"))}
    summary = district[Duty.EARLIER_RESULTS]
    assert (summary.lead, summary.phase) == ("van-phong-huyen-uy", TaskPhase.PREPARING)
    assert [guest.name for guest in read_profile(PLANS / "tuyet-diem-2025.toml").guests] == [
        "Cán bộ, đảng viên trong khu dân cư"
    ]


@pytest.mark.contract
async def test_a_body_gets_its_task_does_it_and_the_secretary_has_seen_it(office: Office) -> None:
    police = await office.world.staff(Role.OFFICIAL, "DL", "Đỗ Văn An", desk=POLICE)
    await makes_meeting(office.secretary)
    await office.secretary.presses("📌 Giao việc theo kế hoạch")
    shown = office.secretary.hears()
    assert f"Công an thị trấn\n- {SECURITY} – " in shown
    assert "▪ Đài truyền thanh thị trấn (chưa có người" in shown, "bodies that nobody works at are named"
    await office.secretary.presses("Gửi")
    assert "Công an thị trấn được giao 1 việc" in police.hears()
    assert "Đối thoại tháng 4" in police.hears()

    await police.says("/viec")
    assert SECURITY in police.hears()
    await police.presses("1")
    assert "Kế hoạch viết: “Phân công cán bộ, lực lượng công an" in police.hears()
    await police.presses("Báo kết quả")
    await police.says("Đã cử 4 đồng chí trực tại nhà văn hoá.")
    await police.presses("Gửi")
    assert "Đã báo kết quả" in police.hears()

    assert "Đã cử 4 đồng chí" in office.secretary.hears()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Đã xem")
    assert "Đã xem" in office.secretary.hears()
    await police.says("/viec")
    assert "không còn việc nào theo kế hoạch" in police.hears()
    assert police.sees_button("🗂 Hàng đợi"), "questions are no tasks, and wait there"


async def test_bodies_that_join_in_write_down_what_they_found(office: Office) -> None:
    front = await office.world.staff(Role.OFFICIAL, "DL", "Võ Thị Mặt", desk="mttq")
    cell = await office.world.staff(Role.OFFICIAL, "DL", "Hồ Văn Chi", desk="chi-bo-tdp")
    meeting = await planned_meeting(office.world)
    await gives_out(office.secretary, meeting)
    task, _ = (await tasks_around(office, meeting))["duty_opinion_digest"]
    front.reads()
    await cell.taps_code(f"task.{task.id}")
    await cell.presses("Ghi nhận")
    await cell.says("Họp tổ dân phố 12 tháng 3: người dân lo đường ngập.")
    await cell.presses("Gửi")
    assert "Đã ghi" in cell.hears()
    assert "người dân lo đường ngập" in front.hears(), "whoever leads hears of it"
    await front.presses("Mở")
    assert "Hồ Văn Chi: Họp tổ dân phố" in front.hears()
    await front.presses("Báo kết quả")
    await front.says("Đã tổng hợp hai tổ.")
    await front.presses("Gửi")
    await cell.taps_code(f"tasknote.{task.id}")
    await cell.says("Thêm một điều.")
    await cell.presses("Gửi")
    assert "đã được xử lý" in cell.hears()
    await office.official.taps_code(f"tasknote.{task.id}")
    assert "Không tìm thấy" in office.official.hears()


async def test_what_is_not_done_is_sent_back_with_what_is_missing(office: Office) -> None:
    meeting = await planned_meeting(office.world)
    await gives_out(office.secretary, meeting)
    assert "được giao" in office.other.hears()
    task, before = (await tasks_around(office, meeting))["duty_content"]
    await office.other.taps_code(f"taskreport.{task.id}")
    await office.other.says("…")
    assert "Xin nhập nội dung bằng chữ" in office.other.hears()
    await office.other.says("Xong.")
    await office.other.presses("Gửi")
    assert (await tasks_around(office, meeting))["duty_content"][1] == {}
    await office.secretary.says("/viec")
    assert "Đã báo xong, chờ xem (1)" in office.secretary.hears()
    await office.secretary.taps_code(f"taskback.{task.id}")
    await office.secretary.says("Thiếu phần đất đai.")
    await office.secretary.presses("Gửi")
    assert "Thiếu phần đất đai." in office.other.hears()
    assert (await tasks_around(office, meeting))["duty_content"][1] == before, "the same day as before"
    await office.secretary.taps_code(f"taskseen.{task.id}")
    assert "đã được xử lý" in office.secretary.hears()


async def test_tasks_are_due_around_the_day_of_the_meeting_and_move_with_it(office: Office) -> None:
    meeting = await office.fixed_meeting()
    await gives_out(office.secretary, meeting)
    tasks = await tasks_around(office, meeting)

    assert tasks["duty_notice"][1] == {ClockKind.DUTY_ANNOUNCING: date(2024, 4, 20)}, "five days before the 25th"
    assert tasks["duty_content"][1] == {ClockKind.DUTY_PREPARING: date(2024, 4, 15)}, "over the 18th, a day off"
    assert tasks["duty_security"][1] == {ClockKind.DUTY_ON_THE_DAY: date(2024, 4, 25)}
    assert tasks["duty_follow_up"][1] == {ClockKind.DUTY_REPLYING: date(2024, 5, 27)}
    await office.secretary.taps_code(f"fix.{meeting.id}")
    await office.secretary.says("26/04/2024")
    await office.secretary.says("08:00")
    await office.secretary.presses("Bỏ qua")
    await office.secretary.presses("Gửi")
    moved = await tasks_around(office, meeting)
    assert moved["duty_security"][1] == {ClockKind.DUTY_ON_THE_DAY: date(2024, 4, 26)}
    assert moved["duty_notice"][1] == {ClockKind.DUTY_ANNOUNCING: date(2024, 4, 21)}


async def test_what_follows_a_meeting_counts_from_its_real_end(office: Office) -> None:
    meeting = await office.fixed_meeting()
    await gives_out(office.secretary, meeting)
    office.world.clock.move_to(local(2024, 4, 26, 9))
    await office.secretary.taps_code(f"heldend.{meeting.id}")
    await office.secretary.says("26/04/2024 08:30")
    if office.secretary.sees_button("Đúng"):
        await office.secretary.presses("Đúng")
    tasks = await tasks_around(office, meeting)
    assert tasks["duty_conclusion"][1] == {ClockKind.DUTY_CONCLUDING: date(2024, 5, 6)}


async def test_a_meeting_that_is_cancelled_takes_its_tasks_along(office: Office) -> None:
    meeting = await office.fixed_meeting()
    await gives_out(office.secretary, meeting)
    office.put_away()
    await office.secretary.taps_code(f"cancelmeeting.{meeting.id}")
    await office.secretary.says("Bão số 2")
    await office.secretary.presses("Gửi")
    assert "không tổ chức: Bão số 2" in office.other.hears()
    assert all(
        task.done_at is not None and clocks == {} for task, clocks in (await tasks_around(office, meeting)).values()
    )
    await office.other.says("/viec")
    assert "không còn việc nào" in office.other.hears()


async def test_a_task_is_given_once_and_handed_to_another_body(office: Office) -> None:
    meeting = await planned_meeting(office.world)
    await gives_out(office.secretary, meeting)
    await office.secretary.taps_code(f"givetasks.{meeting.id}")
    assert "Mọi việc theo kế hoạch của buổi này đã giao" in office.secretary.hears()
    task, _ = (await tasks_around(office, meeting))["duty_security"]
    await office.secretary.taps_code(f"taskhand.{task.id}")
    await office.secretary.presses("Cán bộ, công chức chuyên môn thị trấn")
    await office.secretary.presses("Gửi")
    assert "được giao" in office.official.hears()
    assert SECURITY in office.official.hears()
    await office.secretary.presses("🗒 Việc phải làm")
    await office.secretary.presses("📌 Việc đã giao")
    assert "Việc đã giao chưa xong" in office.secretary.hears()


async def test_the_body_is_reminded_once_and_both_hear_when_it_is_late(office: Office) -> None:
    police = await office.world.staff(Role.OFFICIAL, "DL", "Đỗ Văn An", desk=POLICE)
    meeting = await office.fixed_meeting()
    await gives_out(office.secretary, meeting)
    office.put_away()
    police.reads()
    await sweep_at(office.world, date(2024, 4, 24), 8)
    assert SECURITY in police.hears()
    assert police.hears().count(SECURITY) == 1
    await sweep_at(office.world, date(2024, 4, 24), 9)
    assert police.hears().count(SECURITY) == 1


async def test_nobody_of_another_body_or_unit_sees_a_task(office: Office) -> None:
    meeting = await planned_meeting(office.world)
    await gives_out(office.secretary, meeting)
    task, _ = (await tasks_around(office, meeting))["duty_security"]
    await office.secretary.taps_code("newfinding")
    assert "Không tìm thấy" in office.secretary.hears(), "only supervisors record findings"
    await office.mai.taps_code("tasksgiven")
    assert "Không tìm thấy" in office.mai.hears()
    strangers = [await neighbour_unit(office.world, Role.SECRETARY), office.official, office.mai]
    for stranger in strangers:
        for verb in ("task", "taskreport", "taskback", "taskhand", "taskseen", "givetasks"):
            stranger.reads()
            await stranger.taps_code(f"{verb}.{meeting.id if verb == 'givetasks' else task.id}")
            assert "Không tìm thấy" in stranger.hears(), verb


async def test_a_supervisor_finds_something_and_has_it_set_right(office: Office) -> None:
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    await watching.says("/giamsat")
    assert "Ủy ban Kiểm tra Đảng ủy thị trấn: Việc thực hiện Quy chế" in watching.hears()
    assert "Chưa ghi phát hiện nào" in watching.hears()
    await watching.presses("✍️ Ghi phát hiện")
    await watching.says("Ba kiến nghị tháng 4 chưa trả lời bằng văn bản.")
    await watching.says("bộ phận nào cũng được")
    await watching.presses("Cán bộ, công chức chuyên môn thị trấn")
    await watching.says("15/03/2024")
    await watching.presses("Gửi")
    assert "GS-DL-2024-0001" in watching.hears()
    assert "Ba kiến nghị" in office.official.hears()
    assert "Ba kiến nghị" in office.secretary.hears()

    await office.official.presses("Mở")
    await office.official.presses("Báo kết quả")
    await office.official.says("Đã gửi văn bản ngày 12/3.")
    await office.official.presses("Gửi")
    await watching.presses("Mở")
    assert "Đã gửi văn bản" in watching.hears()
    await watching.presses("Đã xem")
    await office.secretary.says("/giamsat")
    assert "GS-DL-2024-0001 – Cán bộ, công chức chuyên môn thị trấn – đã khắc phục" in office.secretary.hears()


async def test_a_finding_is_late_for_everybody_and_only_the_supervisor_is_content(office: Office) -> None:
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    await watching.says("/giamsat")
    await watching.presses("✍️ Ghi phát hiện")
    await watching.says("Chưa niêm yết kết luận.")
    await watching.presses("thư ký")
    await watching.says("05/03/2024")
    await watching.presses("Gửi")
    office.put_away()
    await sweep_at(office.world, date(2024, 3, 6), 8)
    assert "GS-DL-2024-0001" in office.secretary.hears()
    assert "GS-DL-2024-0001" in office.chair.hears()
    async with office.world.store.reading() as uow:
        task = await uow.tasks.by_key("GS-DL-2024-0001")
        assert task is not None
    await office.secretary.taps_code(f"taskreport.{task.id}")
    await office.secretary.says("Đã niêm yết.")
    await office.secretary.presses("Gửi")
    await office.secretary.taps_code(f"taskseen.{task.id}")
    assert "Không tìm thấy" in office.secretary.hears()


async def test_what_nobody_may_or_what_is_over_is_refused(office: Office) -> None:
    """The edges of the acts themselves, whoever calls them."""
    await neighbour_unit(office.world, Role.SECRETARY)
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    assert watching
    meeting = await planned_meeting(office.world)
    await gives_out(office.secretary, meeting)
    task, _ = (await tasks_around(office, meeting))["duty_security"]
    async with office.world.store.unit() as uow:
        secretary, official = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Lê Thị Hoa")
        supervisor = await person_named(uow, "Bùi Văn Sát")
        home = await uow.places.unit(meeting.unit_id)
        elsewhere = next(one for one in await uow.places.roots() if one.id != home.id)
        foreign = (await uow.places.bodies(elsewhere.id))[0]
        own = next(one for one in await uow.places.bodies(home.id) if one.code == "chuyen-mon")
        with pytest.raises(NotFound):
            await hand_task(uow, by=secretary, task_id=task.id, desk_id=foreign.id)
        with pytest.raises(ChangedMeanwhile):
            await hand_task(uow, by=secretary, task_id=task.id, desk_id=task.desk_id)  # type: ignore[arg-type]
        for act in (report_task, add_note):
            with pytest.raises(NotFound):
                await act(uow, by=supervisor, task_id=task.id, text="Tôi chỉ xem")
        with pytest.raises(NotFound):
            await supervised_by(uow, official)
        day = date(2024, 5, 2)
        with pytest.raises(NotFound):
            await record_finding(uow, by=supervisor, unit_id=home.id, text="A", desk_id=foreign.id, due_on=day)
        request = await uow.tasks.add(Task(home.id, TaskKind.DATA_REQUEST, "YC-1", "YC-1", uow.now))
        with pytest.raises(NotFound):
            await task_open_to(uow, secretary, request.id)
        held = await uow.meetings.get(meeting.id)
        held.state = MeetingState.HELD
        with pytest.raises(RuleBroken):
            await give_tasks(uow, by=secretary, meeting_id=meeting.id)
        await report_task(uow, by=secretary, task_id=task.id, text="Đã xong")
        with pytest.raises(ChangedMeanwhile):
            await report_task(uow, by=secretary, task_id=task.id, text="Đã xong")
        with pytest.raises(ChangedMeanwhile):
            await hand_task(uow, by=secretary, task_id=task.id, desk_id=own.id)
        with pytest.raises(NotFound):
            await see_task(uow, by=official, task_id=task.id)


async def test_a_task_of_nobody_is_the_secretarys_and_told_to_the_other_secretary(world: World) -> None:
    """The plan of An Dương names no body for some of what it asks."""
    office = await open_office(world)
    boss = await neighbour_unit(world, Role.SECRETARY)
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("an-duong-2024")
        assert plan is not None
        practice = PracticeLine(Practice.PRIORITY_MATTERS, "những vấn đề bức xúc")
        duty = DutyLine(Duty.OBSTACLES, "mttq", "nếu có khó khăn, vướng mắc")
        profile = plan.profile
        plan.profile = replace(profile, practices=(*profile.practices, practice), duties=(*profile.duties, duty))
        await uow.commit()
    await boss.says("/buoimoi")
    await boss.presses("Hội nghị đối thoại của Chủ tịch UBND xã năm 2024")
    async with world.store.reading() as uow:
        meeting = (await uow.meetings.of_units([plan.unit_id]))[0]
    await gives_out(boss, meeting)
    task, _ = (await tasks_around(office, meeting))["practice_priority_matters"]
    obstacles, clocks = (await tasks_around(office, meeting))["duty_obstacles"]
    assert clocks == {}, "whenever there is cause"
    await boss.taps_code("tasksgiven")
    assert "Báo cáo kịp thời khó khăn, vướng mắc" in boss.hears()
    assert "khi có việc" in boss.hears()
    await boss.taps_code(f"task.{obstacles.id}")
    await boss.says("/viec")
    assert "Ưu tiên giải quyết việc bức xúc" in boss.hears()
    await boss.taps_code(f"task.{task.id}")
    assert "Chủ trì: thư ký, kế hoạch không nêu bộ phận" in boss.hears()
