"""What is decided about a plan holds at once and everywhere: clocks, meetings, desks, lists, tasks, approvals (A7)."""

from datetime import date

from intake.rules.deadlines.clock import ClockKind, RuleSource
from intake.rules.deadlines.deadline import Clock
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Role
from intake.rules.plan.window import Precision
from tests.conftest import load
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.open_points import (
    AN_DUONG,
    DI_LANG,
    THACH_THAT,
    TUYET_DIEM,
    VINH_BAO,
    goes_to,
    plan_called,
    secretary_of,
)
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import Phone, World

QUARTER_3 = "Đối thoại với Nhân dân thôn Tuyết Diêm 1 và Tuyết Diêm 2"
CONFERENCE = "Hội nghị đối thoại năm 2026"


async def meetings_of(world: World, code: str) -> list[Meeting]:
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code(code)
        assert plan is not None
        return list(await uow.meetings.of_plan(plan.id))


async def clocks_of(world: World, meeting: Meeting) -> dict[ClockKind, Clock]:
    async with world.store.reading() as uow:
        return {clock.kind: clock for clock in await uow.clocks.of_meeting(meeting.id)}


async def answers(secretary: Phone, question: str, answer: str) -> str:
    """Go to a question, tap or type the answer; what is heard comes back."""
    await goes_to(secretary, question)
    if secretary.sees_button(answer):
        await secretary.presses(answer)
    else:
        await secretary.says(answer)
    return secretary.hears()


async def tasks_of(world: World, code: str) -> dict[str, date]:
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code(code)
        assert plan is not None
        return {task.key.partition(":")[2]: due for task, due in await uow.tasks.open_in([plan.unit_id])}


# --- S3: notice and reply days --------------------------------------------------------------------------------------


async def test_days_of_notice_move_the_clock_of_the_meeting_and_say_who_decided(world: World) -> None:
    """S3 gives no number: 5 by default, 10 as decided; the secretaries hear what moved as after a plan loaded again."""
    await load(world, TUYET_DIEM)
    secretary, other = await secretary_of(world, "TD"), await secretary_of(world, "TD")
    await makes_meeting(secretary, QUARTER_3)
    [meeting] = await meetings_of(world, TUYET_DIEM)
    before = (await clocks_of(world, meeting))[ClockKind.NOTICE]
    assert (before.due_on, unpack_due(before.due).days.source) == (date(2025, 6, 26), RuleSource.DEFAULT)
    other.reads()

    heard = await answers(secretary, "Thông báo rộng rãi trước ngày đối thoại bao nhiêu ngày?", "10")

    assert "Đã ghi: 10. 1 hạn đã được tính lại." in heard
    after = (await clocks_of(world, meeting))[ClockKind.NOTICE]
    assert (after.due_on, unpack_due(after.due).days.source) == (date(2025, 6, 21), RuleSource.DECIDED)
    assert [one["due_on"] for one in after.history] == ["2025-06-26"]
    told = other.reads()
    assert "đổi từ 26/06/2025 (thứ Năm) sang 21/06/2025 (thứ Bảy)" in told
    assert "“Thông báo rộng rãi trước ngày đối thoại bao nhiêu ngày?”" in told
    await secretary.says("/buoimoi")
    await secretary.presses(f"🗓 {QUARTER_3}")
    assert "chậm nhất 21/06/2025" in secretary.hears()


async def test_the_same_days_as_the_default_move_nothing_but_are_a_decision(world: World) -> None:
    await load(world, TUYET_DIEM)
    secretary = await secretary_of(world, "TD")
    await makes_meeting(secretary, QUARTER_3)
    heard = await answers(secretary, "Thông báo rộng rãi trước ngày đối thoại bao nhiêu ngày?", "5 (mặc định)")
    assert "Đã ghi: 5.\n" in heard
    [meeting] = await meetings_of(world, TUYET_DIEM)
    assert unpack_due((await clocks_of(world, meeting))[ClockKind.NOTICE].due).days.source is RuleSource.DECIDED


async def test_the_name_of_the_commune_and_the_right_citation_are_shown(world: World) -> None:
    await load(world, TUYET_DIEM)
    secretary = await secretary_of(world, "TD")
    await secretary.says("/kehoach")
    assert "Căn cứ 11-QĐ/TW dẫn chưa đúng (đúng là 11-QĐi/TW, 18/02/2019)" in secretary.hears()
    await answers(secretary, "Kế hoạch này của xã nào", "xã Vạn Tường")
    await answers(secretary, "Có sửa căn cứ thành", "Sửa trong văn bản mới")
    await secretary.says("/kehoach")
    assert "dẫn chưa đúng" not in secretary.hears()
    async with world.store.reading() as uow:
        unit = await uow.places.unit_by_code("TD")
    assert unit is not None
    assert unit.name == "xã Vạn Tường"
    await load(world, TUYET_DIEM)
    async with world.store.reading() as uow:
        unit = await uow.places.unit_by_code("TD")
    assert unit is not None
    assert unit.name == "xã Vạn Tường", "a plan loaded again does not forget what people decided"


# --- S0: hamlets, working days, the anchor of the preparation -------------------------------------------------------


async def test_the_hamlets_decided_for_each_month_are_not_asked_again(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await answers(secretary, "Tháng 4 đối thoại ở tổ dân phố nào", "Cách 2")
    await makes_meeting(secretary)
    assert "Dành cho: TDP Làng Dầu" in secretary.hears()


async def test_the_preparation_counts_from_the_plan_and_back_from_the_meeting_again(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await makes_meeting(secretary, APRIL)
    [meeting] = await meetings_of(world, DI_LANG)

    async def prepared() -> date:
        return (await clocks_of(world, meeting))[ClockKind.PREPARATION].due_on

    assert await prepared() == date(2024, 3, 21)
    heard = await answers(secretary, "tính lùi từ ngày đối thoại", "Cách 2")
    assert "Chưa biết ngày ban hành kế hoạch" in heard
    assert await prepared() == date(2024, 3, 21)
    await answers(secretary, "Kế hoạch ban hành ngày nào?", "28/02/2024")
    await answers(secretary, "tính lùi từ ngày đối thoại", "Cách 2")
    assert await prepared() == date(2024, 3, 8)
    await secretary.says("/buoimoi")
    await secretary.presses(f"🗓 {APRIL}")
    await fixes_day(secretary)
    assert await prepared() == date(2024, 3, 8), "it does not hang on the meeting's day"
    await secretary.taps_code("planpoint.1.preparation-anchor")
    await secretary.presses("Cách 1 (mặc định)")
    assert await prepared() == date(2024, 4, 15), "R070: 7 working days before 25 April"


async def test_the_preparation_counts_back_from_a_window_again(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await makes_meeting(secretary, APRIL)
    [meeting] = await meetings_of(world, DI_LANG)
    await answers(secretary, "Kế hoạch ban hành ngày nào?", "28/02/2024")
    await answers(secretary, "tính lùi từ ngày đối thoại", "Cách 2")
    await secretary.taps_code("planpoint.1.preparation-anchor")
    await secretary.presses("Cách 1 (mặc định)")
    assert (await clocks_of(world, meeting))[ClockKind.PREPARATION].due_on == date(2024, 3, 21)


async def test_a_meeting_made_afterwards_is_prepared_from_the_plan_too(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await answers(secretary, "Kế hoạch ban hành ngày nào?", "28/02/2024")
    await answers(secretary, "tính lùi từ ngày đối thoại", "Cách 2")
    await makes_meeting(secretary, APRIL)
    [meeting] = await meetings_of(world, DI_LANG)
    assert (await clocks_of(world, meeting))[ClockKind.PREPARATION].due_on == date(2024, 3, 8)


async def test_the_number_of_the_plan_stands_in_the_notice(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await answers(secretary, "Số của kế hoạch là bao nhiêu?", "15-KH/ĐU")
    await makes_meeting(secretary, APRIL)
    await fixes_day(secretary)
    await secretary.says("/thongbao")
    assert "(số 15-KH/ĐU)" in secretary.hears()
    await answers(secretary, "Kế hoạch ban hành ngày nào?", "28/02/2024")
    await secretary.says("/thongbao")
    assert "(số 15-KH/ĐU, ngày 28/02/2024)" in secretary.hears()


# --- S1: a duty without a day, who is told of officials -------------------------------------------------------------


async def test_a_duty_without_a_day_becomes_a_task_that_moves_with_its_day(world: World) -> None:
    await load(world, AN_DUONG)
    secretary = await secretary_of(world, "AD")
    await answers(secretary, "gửi tổng hợp ý kiến trước ngày nào?", "15/07/2024")
    assert await tasks_of(world, AN_DUONG) == {"tong-hop-y-kien": date(2024, 7, 12)}
    await secretary.says("/viec")
    assert "MTTQ và các đoàn thể gửi tổng hợp ý kiến" in secretary.hears()
    plan = await plan_called(world, AN_DUONG)
    await secretary.taps_code(f"planpoint.{plan.id}.opinions-due")
    await secretary.says("22/07/2024")
    assert await tasks_of(world, AN_DUONG) == {"tong-hop-y-kien": date(2024, 7, 19)}


async def test_matters_about_officials_go_to_the_office_decided_on(world: World) -> None:
    await load(world, AN_DUONG)
    secretary = await secretary_of(world, "AD")
    await answers(secretary, "Ai tiếp nhận ý kiến phản ánh về cán bộ", "Cách 1")
    async with world.store.reading() as uow:
        unit = await uow.places.unit_by_code("AD")
        assert unit is not None
        desks = {desk.id: desk.code for desk in await uow.places.desks(unit.id)}
        [topic] = [one for one in await uow.places.topics(unit.id) if one.sensitive]
        assert topic.desk_id is not None
        assert desks[topic.desk_id] == "thuong-truc-ubnd"


# --- S2: communes, weeks, reports, co-hosts -------------------------------------------------------------------------


async def test_communes_are_named_and_get_their_seats_at_the_meeting_made_before(world: World) -> None:
    await load(world, THACH_THAT)
    secretary = await secretary_of(world, "TT")
    await makes_meeting(secretary, "Hội nghị đối thoại cấp Huyện năm 2023")
    await answers(secretary, "Những xã, thị trấn nào cử đại biểu?", "xã Cần Kiệm, xã Kim Quan")
    [meeting] = await meetings_of(world, THACH_THAT)
    async with world.store.reading() as uow:
        quotas = await uow.rosters.quotas(meeting.id)
        units = await uow.places.units({quota.unit_id for quota in quotas})
    assert {unit.name for unit in units.values()} == {"xã Cần Kiệm", "xã Kim Quan"}
    assert sorted(quota.number for quota in quotas) == [1, 1, 1, 1, 3, 3]
    plan = await plan_called(world, THACH_THAT)
    await secretary.taps_code(f"planpoint.{plan.id}.communes")
    assert "Đang áp dụng: xã Cần Kiệm, xã Kim Quan" in secretary.hears()
    await secretary.says("xã Cần Kiệm")
    assert "Thiếu “xã Kim Quan”" in secretary.hears()


async def test_who_concludes_stands_on_the_card_of_the_meeting(world: World) -> None:
    await load(world, THACH_THAT)
    secretary = await secretary_of(world, "TT")
    await answers(secretary, "Ai trong ba đồng chủ trì kết luận", "Chủ tịch UBND Huyện")
    await secretary.says("Bà Nguyễn Thị Hoa, Văn phòng Huyện ủy")
    await makes_meeting(secretary, "Hội nghị đối thoại cấp Huyện năm 2023")
    assert "kết luận: Chủ tịch UBND Huyện" in secretary.hears()
    assert "Thư ký: Bà Nguyễn Thị Hoa, Văn phòng Huyện ủy" in secretary.hears()


# --- S4: reading, hamlets, quotas, lists ----------------------------------------------------------------------------


async def test_a_reading_needs_a_reason_and_moves_what_is_not_fixed(world: World) -> None:
    await load(world, VINH_BAO)
    secretary = await secretary_of(world, "VB")
    await answers(secretary, "Hội nghị phải họp trong quý III", "Cách 1")
    assert "Vì sao chọn" in secretary.hears()
    await secretary.sends_photo(b"\xff\xd8\xff\xe0 a picture")
    assert "Vì sao chọn" in secretary.hears()
    await secretary.presses("Quay lại")
    await secretary.presses("Cách 1")
    await secretary.says("Theo kết luận số 12")
    assert (await plan_called(world, VINH_BAO)).chosen["session-window"]["why"] == "Theo kết luận số 12"
    await makes_meeting(secretary, CONFERENCE)
    [meeting] = await meetings_of(world, VINH_BAO)
    assert meeting.window_to == date(2026, 9, 30)

    await secretary.taps_code(f"planpoint.{(await plan_called(world, VINH_BAO)).id}.session-window")
    await secretary.presses("Cách 2")
    await secretary.says("Chủ trì đổi ý")
    assert f"Thời gian dự kiến của buổi đã đổi theo: {CONFERENCE}" in secretary.hears()
    [meeting] = await meetings_of(world, VINH_BAO)
    assert (meeting.window_to, meeting.state) == (date(2026, 10, 29), MeetingState.PLANNED)


async def test_a_meeting_that_has_its_day_keeps_it_whatever_is_read(world: World) -> None:
    await load(world, VINH_BAO)
    secretary = await secretary_of(world, "VB")
    await answers(secretary, "Hội nghị phải họp trong quý III", "Cách 1")
    await secretary.says("Theo kết luận số 12")
    await makes_meeting(secretary, CONFERENCE)
    await fixes_day(secretary, "15/09/2026")
    plan = await plan_called(world, VINH_BAO)
    await secretary.taps_code(f"planpoint.{plan.id}.session-window")
    await secretary.presses("Cách 2")
    await secretary.says("Chủ trì đổi ý")
    assert f"Buổi đã ấn định ngày thì giữ nguyên: {CONFERENCE}" in secretary.hears()
    [meeting] = await meetings_of(world, VINH_BAO)
    assert meeting.window_to == date(2026, 9, 30)


async def test_hamlets_and_their_quota_reach_the_meeting_and_the_heads(world: World) -> None:
    """R111: the plan names neither hamlets nor numbers; both are said once and hold for the meeting made before."""
    await load(world, VINH_BAO)
    secretary = await secretary_of(world, "VB")
    await answers(secretary, "Hội nghị phải họp trong quý III", "Cách 1")
    await secretary.says("Theo kết luận số 12")
    await makes_meeting(secretary, CONFERENCE)
    await answers(secretary, "Xã có những thôn nào?", "Thôn Đông, Thôn Đoài")
    head = await world.staff(Role.HAMLET_HEAD, "VB-thon-dong", "Đỗ Văn Thọ")
    await answers(secretary, "Mỗi thôn được phân bổ bao nhiêu đại biểu?", "3")
    assert "3" in head.reads()
    [meeting] = await meetings_of(world, VINH_BAO)
    async with world.store.reading() as uow:
        assert sorted(quota.number for quota in await uow.rosters.quotas(meeting.id)) == [3, 3]
    plan = await plan_called(world, VINH_BAO)
    await secretary.taps_code(f"planpoint.{plan.id}.quotas")
    await secretary.says("4")
    await secretary.taps_code(f"planpoint.{plan.id}.hamlets")
    await secretary.says("Thôn Đông, Thôn Đoài, Thôn Thượng")
    async with world.store.reading() as uow:
        assert [quota.number for quota in await uow.rosters.quotas(meeting.id)] == [4, 4, 4]
    head.reads()
    await answers(secretary, "Các thôn gửi danh sách đăng ký", "07/09/2026")
    assert "04/09/2026" in head.reads(), "R079: the last working day before"
    resident = await world.resident("VB-thon-thuong", "Phạm Thị Sáu")
    await resident.says("/lich")
    assert CONFERENCE in resident.hears()


async def test_what_the_secretary_set_for_one_meeting_stays(world: World) -> None:
    await load(world, VINH_BAO)
    secretary = await secretary_of(world, "VB")
    await answers(secretary, "Xã có những thôn nào?", "Thôn Đông, Thôn Đoài")
    await answers(secretary, "Mỗi thôn được phân bổ bao nhiêu đại biểu?", "3")
    await answers(secretary, "Hội nghị phải họp trong quý III", "Cách 1")
    await secretary.says("Theo kết luận số 12")
    await makes_meeting(secretary, CONFERENCE)
    [meeting] = await meetings_of(world, VINH_BAO)
    await secretary.taps_code(f"quota.{meeting.id}")
    await secretary.presses("Thôn Đông: 3")
    await secretary.says("7")
    plan = await plan_called(world, VINH_BAO)
    await secretary.taps_code(f"planpoint.{plan.id}.quotas")
    await secretary.says("2")
    async with world.store.unit() as uow:
        assert sorted(quota.number for quota in await uow.rosters.quotas(meeting.id)) == [2, 7]
        stored = await uow.meetings.get(meeting.id)
        stored.lists_due_on = date(2026, 8, 14)
        await uow.commit()
    head = await world.staff(Role.HAMLET_HEAD, "VB-thon-dong", "Đỗ Văn Thọ")
    await answers(secretary, "Các thôn gửi danh sách đăng ký", "07/09/2026")
    assert "04/09/2026" not in head.reads()


async def test_a_meeting_that_is_there_when_it_is_read_keeps_its_time_and_one_that_is_over_its_seats(
    world: World,
) -> None:
    await load(world, VINH_BAO)
    secretary = await secretary_of(world, "VB")
    meeting = await planned_meeting(world, title=CONFERENCE, plan=VINH_BAO)
    async with world.store.unit() as uow:  # made when nobody saw that the plan can be read in two ways
        stored = await uow.meetings.get(meeting.id)
        stored.session_key, stored.precision = "hoi-nghi", Precision.QUARTER
        stored.window_from, stored.window_to = date(2026, 7, 1), date(2026, 9, 30)
        await uow.commit()
    await goes_to(secretary, "Hội nghị phải họp trong quý III")
    await secretary.presses("Cách 1")
    await secretary.says("Theo kết luận số 12")
    assert "Đã ghi" in secretary.hears()
    assert CONFERENCE not in secretary.hears()
    await answers(secretary, "Xã có những thôn nào?", "Thôn Đông")
    await set_meeting(world, meeting, MeetingState.CANCELLED)
    await answers(secretary, "Mỗi thôn được phân bổ bao nhiêu đại biểu?", "3")
    async with world.store.reading() as uow:
        assert await uow.rosters.quotas(meeting.id) == []
