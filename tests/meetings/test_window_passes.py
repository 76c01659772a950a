"""The plan foresees a meeting in April, and nobody fixes its day: the window does not pass in silence (R066)."""

from datetime import date

import pytest
import sqlalchemy as sa

from bot.plan_files import PLANS, read_profile
from intake.actions.deadlines.planned_sessions import give_up_session, last_day, move_session
from intake.actions.plan.load_plan import load_plan
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.people.person import Role
from intake.rules.plan.profile_parse import to_document
from intake.rules.plan.session_choice import choice_key
from scheduler.enforcement import open_tasks, run_sweep
from storage import tables as t
from tests.support.amending import amended
from tests.support.desk import desk_app, sit_down
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.office_tasks import the_plan
from tests.support.public import passer_by
from tests.support.world import World, local


@pytest.fixture
async def office(plain_world: World) -> Office:
    office = await open_office(plain_world)
    office.put_away()
    return office


async def comes(office: Office, month: int, day: int, hour: int = 8) -> None:
    """A morning: what is owed is opened, and the sweep runs."""
    office.world.clock.move_to(local(2024, month, day, hour))
    await open_tasks(office.world.store.unit)
    await run_sweep(office.world.store.unit)
    await office.world.settle()


async def owed(office: Office) -> dict[str, date]:
    async with office.world.store.reading() as uow:
        plan = await the_plan(uow)
        listed = await uow.tasks.open_in([plan.unit_id])
        return {task.title: due_on for task, due_on in listed if task.kind is TaskKind.SESSION}


async def test_secretary_and_chair_hear_of_it_three_times_before_and_once_after(office: Office) -> None:
    heard = {}
    for month, day in ((3, 30), (3, 31), (4, 1), (4, 14), (4, 15), (4, 22), (4, 23), (4, 30), (5, 2), (5, 3), (5, 6)):
        await comes(office, month, day)
        secretary, chair = office.secretary.reads(), office.chair.reads()
        assert (APRIL in secretary) == (APRIL in chair)
        heard[f"{day}/{month}"] = APRIL in secretary
    assert [day for day, told in heard.items() if told] == ["31/3", "15/4", "23/4", "2/5"], "1 May is a day off"
    await office.secretary.says("/viec")
    assert f"Chưa ấn định ngày: {APRIL}" in office.secretary.hears(), "it stays until somebody settles it"


async def test_what_is_told_is_true_and_leads_to_what_can_be_done(office: Office) -> None:
    await comes(office, 4, 1)
    assert (
        f"⏰ {APRIL}: còn 29 ngày đến hạn tổ chức theo kế hoạch mà chưa ấn định ngày (30/04/2024, thứ Ba)"
        in office.chair.hears()
    )
    await office.chair.presses("Mở")
    assert "Buổi đối thoại trong kế hoạch phải được tổ chức chậm nhất ngày 30/04/2024 (thứ Ba)." in office.chair.hears()
    assert not office.chair.sees_button("Lập buổi đối thoại"), "meetings are made by the secretary"
    assert not office.chair.sees_button("Đã xong")
    await office.secretary.presses("Mở")
    await office.secretary.presses("Lập buổi đối thoại")
    assert office.secretary.sees_button(APRIL)


async def test_a_server_that_was_down_tells_once_not_a_pile(office: Office) -> None:
    await comes(office, 5, 6, 9)
    assert office.secretary.hears().count(APRIL) == 1
    assert "đã quá hạn" in office.secretary.hears()
    office.put_away()
    await comes(office, 5, 6, 10)
    assert APRIL not in office.secretary.reads()


async def fixed_while_its_window_runs(office: Office) -> None:
    await makes_meeting(office.secretary, APRIL, "TDP Hàng Gòn")
    await fixes_day(office.secretary)
    await comes(office, 4, 8)


async def tasks_given(office: Office) -> None:
    await office.secretary.taps_code("givetasks.1")
    await office.secretary.presses("Gửi")


async def put_off(office: Office) -> None:
    await office.secretary.taps_code("postpone.1")
    await office.secretary.says("Bão số 1.")
    await office.secretary.presses("Gửi")


async def nothing_is_late_on_the_next_day(office: Office) -> None:
    office.put_away()
    await comes(office, 4, 9)
    for phone in (office.secretary, office.chair, office.official, office.other):
        assert "quá hạn" not in phone.reads()


async def test_what_is_put_off_after_its_window_began_is_late_for_nothing(office: Office) -> None:
    await fixed_while_its_window_runs(office)
    await tasks_given(office)
    await put_off(office)
    await nothing_is_late_on_the_next_day(office)
    await office.secretary.taps_code("meetingcard.1")
    assert "quá hạn" not in office.secretary.hears()
    assert "Thông báo rộng rãi: chậm nhất 25/04/2024" in office.secretary.hears()


async def test_tasks_given_after_it_was_put_off_are_late_for_nothing_either(office: Office) -> None:
    await fixed_while_its_window_runs(office)
    await put_off(office)
    await tasks_given(office)
    await nothing_is_late_on_the_next_day(office)


async def test_what_is_put_off_is_still_to_come_when_its_window_is_over(office: Office) -> None:
    """The letter said that registrations stand and the new day follows: so it is found, and so are they."""
    await fixed_while_its_window_runs(office)
    await office.mai.says("/dangky")
    await office.mai.presses("Tham dự")
    await office.mai.presses("Gửi")
    await put_off(office)
    await comes(office, 6, 10)
    for phone in (office.secretary, office.chair):
        assert "hạn thông báo buổi đối thoại" not in phone.reads(), "there is no day to announce"
    await office.secretary.taps_code("meetingcard.1")
    assert "quá hạn" not in office.secretary.hears()
    desk = await sit_down(desk_app(office.world), office.secretary)
    for page in ("", "/buoi/1"):
        await desk.opens(page)
        assert "hông báo rộng rãi" not in desk.reads()
        assert "Thông báo buổi đối thoại" not in desk.reads()
    for said in ("/lich", "/dangky"):
        await office.mai.says(said)
        assert "🕗 được hoãn, ngày mới sẽ thông báo sau" in office.mai.hears()
    await office.mai.presses("Rút đăng ký")
    assert "Đã rút đăng ký" in office.mai.hears()
    async with passer_by(office.world) as reader:
        assert "được hoãn, ngày mới sẽ thông báo sau" in await reader.reads("/cong-khai/dl")
        assert f"Đổi lịch: {APRIL}" in await reader.reads("/cong-khai/dl/tin.atom")
    office.world.clock.move(days=400)
    await office.mai.says("/lich")
    assert APRIL not in office.mai.hears(), "nobody waits for ever"


async def test_a_window_that_ended_long_ago_is_history(office: Office) -> None:
    await comes(office, 6, 10)
    assert APRIL not in office.secretary.reads()
    assert await owed(office) == {}


async def test_made_is_not_enough_and_a_fixed_day_settles_it(office: Office) -> None:
    await comes(office, 4, 1)
    await makes_meeting(office.secretary, APRIL, "TDP Hàng Gòn")
    assert list(await owed(office)) == [APRIL]
    await office.secretary.says("/viec")
    await office.secretary.presses("1")
    await office.secretary.presses("Ấn định ngày")
    await fixes_day(office.secretary)
    assert await owed(office) == {}
    office.put_away()
    await comes(office, 4, 15)
    assert "chưa ấn định ngày" not in office.secretary.reads()


async def test_a_cancelled_meeting_owes_it_again(office: Office) -> None:
    await comes(office, 4, 1)
    await makes_meeting(office.secretary, APRIL, "TDP Hàng Gòn")
    await fixes_day(office.secretary)
    await office.secretary.taps_code("cancelmeeting.1")
    await office.secretary.says("Bão số 1.")
    await office.secretary.presses("Gửi")
    assert await owed(office) == {APRIL: date(2024, 4, 30)}


async def test_one_that_never_was_a_task_is_cancelled_all_the_same(office: Office) -> None:
    await makes_meeting(office.secretary, APRIL, "TDP Hàng Gòn")
    await fixes_day(office.secretary)
    await comes(office, 4, 1)
    assert await owed(office) == {}, "its day is fixed"
    await office.secretary.taps_code("cancelmeeting.1")
    await office.secretary.says("Bão số 1.")
    await office.secretary.presses("Gửi")
    await comes(office, 4, 2)
    assert await owed(office) == {APRIL: date(2024, 4, 30)}


async def test_moved_with_a_reason_the_others_are_told_and_it_counts_from_there(office: Office) -> None:
    await comes(office, 4, 15)
    office.chair.reads()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Chuyển sang thời gian khác")
    await office.secretary.says("15/04/2024")
    assert "chậm nhất đến ngày nào" in office.secretary.hears(), "not today, asked again"
    await office.secretary.says("20/05/2024")
    await office.secretary.says("Đang vào vụ gặt.")
    await office.secretary.presses("Gửi")

    assert "tổ chức chậm nhất ngày 20/05/2024" in office.secretary.hears()
    heard = office.chair.hears()
    assert "chậm nhất ngày 30/04/2024 (thứ Ba) được chuyển đến chậm nhất ngày 20/05/2024 (thứ Hai)." in heard
    assert "Lý do: Đang vào vụ gặt." in heard
    office.put_away()
    await comes(office, 5, 3)
    assert "quá hạn" not in office.secretary.reads()
    assert await owed(office) == {APRIL: date(2024, 5, 20)}, "the plan does not take it back"
    await comes(office, 5, 5)
    assert "còn 15 ngày" in office.secretary.hears()
    await office.secretary.presses("Mở")
    assert (
        "Đã chuyển hạn từ 30/04/2024 (thứ Ba) sang 20/05/2024 (thứ Hai). Lý do: Đang vào vụ gặt."
        in office.secretary.hears()
    )
    async with office.world.store.reading() as uow:
        entries = await uow.session.execute(
            sa.select(t.audit_entries.c.act, t.audit_entries.c.detail).where(t.audit_entries.c.subject == "task:1")
        )
        [(act, detail)] = entries.all()
    assert (act, detail["from"], detail["to"]) == ("move_session", "2024-04-30", "2024-05-20")


async def test_given_up_with_a_reason_it_is_owed_no_more(office: Office) -> None:
    await comes(office, 5, 3)
    await office.chair.presses("Mở")
    await office.chair.presses("Không tổ chức")
    await office.chair.says("Sáp nhập đơn vị hành chính.")
    await office.chair.presses("Gửi")
    assert f'Đã ghi: không tổ chức "{APRIL}"' in office.chair.hears()
    assert f'"{APRIL}" trong kế hoạch sẽ không tổ chức. Lý do: Sáp nhập' in office.secretary.hears()
    assert await owed(office) == {}
    await office.secretary.taps_code("sessiongiveup.1")
    assert "đã được xử lý" in office.secretary.hears()
    await comes(office, 5, 4)
    assert await owed(office) == {}


async def test_what_was_given_up_stays_so_whatever_becomes_of_a_meeting(office: Office) -> None:
    await comes(office, 4, 1)
    await office.secretary.taps_code("sessiongiveup.1")
    await office.secretary.says("Dồn vào tháng 7.")
    await office.secretary.presses("Gửi")
    await makes_meeting(office.secretary, APRIL, "TDP Hàng Gòn")
    await fixes_day(office.secretary)
    await office.secretary.taps_code("cancelmeeting.1")
    await office.secretary.says("Bão số 1.")
    await office.secretary.presses("Gửi")
    await comes(office, 4, 15)
    assert await owed(office) == {}


async def test_only_the_leaders_of_the_unit_decide_and_nobody_ticks_it_off(office: Office) -> None:
    await comes(office, 4, 15)
    elsewhere = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (elsewhere, office.official, office.mai):
        for code in ("task.1", "sessionmove.1", "sessiongiveup.1"):
            await phone.taps_code(code)
            assert "Không tìm thấy" in phone.hears()
    await office.secretary.taps_code("taskdone.1")
    assert list(await owed(office)) == [APRIL]
    async with office.world.store.unit() as uow:
        official = await person_named(uow, "Lê Thị Hoa")
        secretary = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(NotFound):
            await give_up_session(uow, by=official, task_id=TaskId(1), reason="x")
        with pytest.raises(RuleBroken):
            await move_session(uow, by=secretary, task_id=TaskId(1), last=date(2024, 5, 1), reason=" ")
        await give_up_session(uow, by=secretary, task_id=TaskId(1), reason="Sáp nhập.")
        plan = await the_plan(uow)
        other = await uow.tasks.add(Task(plan.unit_id, TaskKind.FIXED_DATE, "x", "Báo cáo", uow.now))
        with pytest.raises(RuleBroken):
            await give_up_session(uow, by=secretary, task_id=other.id, reason="Sáp nhập.")
        with pytest.raises(ChangedMeanwhile):
            await move_session(uow, by=secretary, task_id=TaskId(1), last=date(2024, 5, 1), reason="Gặt.")


async def test_another_window_of_the_plan_moves_the_clock(office: Office) -> None:
    await comes(office, 4, 15)
    async with office.world.store.unit() as uow:
        plan = await the_plan(uow)
        first, *rest = to_document(plan.profile)["sessions"]
        await load_plan(uow, amended(plan.profile, sessions=[{**first, "window": "2024-04-01/2024-05-31"}, *rest]))
        await uow.commit()
    await comes(office, 4, 16)
    assert await owed(office) == {APRIL: date(2024, 5, 31)}
    await office.secretary.says("/viec")
    await office.secretary.presses("1")
    assert "Đã chuyển hạn từ 30/04/2024 (thứ Ba) sang 31/05/2024 (thứ Sáu). Lý do: " in office.secretary.hears()


async def test_while_a_plan_contradicts_itself_the_latest_reading_counts_then_the_chosen_one(office: Office) -> None:
    profile = read_profile(PLANS / "vinh-bao-2026.toml")
    async with office.world.store.unit() as uow:
        plan = (await load_plan(uow, profile)).plan
        [session] = [one for one in profile.sessions if one.readings]
        assert last_day(plan, session) == date(2026, 10, 29)
        plan.choices = {choice_key(profile, session): "a"}
        assert last_day(plan, session) == date(2026, 9, 30)


async def test_a_cancelled_meeting_owes_it_until_the_day_it_was_moved_to(office: Office) -> None:
    await comes(office, 4, 15)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Chuyển sang thời gian khác")
    await office.secretary.says("20/05/2024")
    await office.secretary.says("Đang vào vụ gặt.")
    await office.secretary.presses("Gửi")
    await makes_meeting(office.secretary, APRIL, "TDP Hàng Gòn")
    await office.secretary.presses("Ấn định ngày")
    await office.secretary.says("15/05/2024")
    await office.secretary.presses("Vẫn chọn")
    await office.secretary.says("08:00")
    await office.secretary.presses("Bỏ qua")
    await office.secretary.presses("Gửi")
    assert await owed(office) == {}
    await comes(office, 5, 3)
    await office.secretary.taps_code("cancelmeeting.1")
    await office.secretary.says("Bão số 1.")
    await office.secretary.presses("Gửi")
    assert await owed(office) == {APRIL: date(2024, 5, 20)}
    office.put_away()
    await comes(office, 5, 4)
    assert "quá hạn" not in office.secretary.reads()


async def test_a_session_the_plan_names_no_more_is_owed_no_more(office: Office) -> None:
    await comes(office, 4, 15)
    async with office.world.store.unit() as uow:
        plan = await the_plan(uow)
        _, *rest = to_document(plan.profile)["sessions"]
        await load_plan(uow, amended(plan.profile, sessions=rest))
        await uow.commit()
    office.put_away()
    await comes(office, 4, 16)
    assert await owed(office) == {}
    await comes(office, 4, 23)
    assert APRIL not in office.secretary.reads()
    await office.secretary.taps_code("sessionmove.1")
    assert "đã được xử lý" in office.secretary.hears()


async def test_one_that_comes_back_into_the_plan_is_owed_again(office: Office) -> None:
    await comes(office, 4, 15)
    async with office.world.store.unit() as uow:
        plan = await the_plan(uow)
        before = plan.profile
        _, *rest = to_document(before)["sessions"]
        await load_plan(uow, amended(before, sessions=rest))
        await uow.commit()
    await comes(office, 4, 16)
    async with office.world.store.unit() as uow:
        await load_plan(uow, before)
        await uow.commit()
    await comes(office, 4, 17)
    assert await owed(office) == {APRIL: date(2024, 4, 30)}


async def test_a_cancelled_meeting_owes_it_until_the_plan_s_new_last_day(office: Office) -> None:
    """The plan was loaded again while the day was fixed."""
    await comes(office, 4, 1)
    await makes_meeting(office.secretary, APRIL, "TDP Hàng Gòn")
    await fixes_day(office.secretary)
    async with office.world.store.unit() as uow:
        plan = await the_plan(uow)
        first, *rest = to_document(plan.profile)["sessions"]
        await load_plan(uow, amended(plan.profile, sessions=[{**first, "window": "2024-04-01/2024-05-31"}, *rest]))
        await uow.commit()
    await comes(office, 4, 2)
    await office.secretary.taps_code("cancelmeeting.1")
    await office.secretary.says("Bão số 1.")
    await office.secretary.presses("Gửi")
    assert await owed(office) == {APRIL: date(2024, 5, 31)}
