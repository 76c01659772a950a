"""A paper that moves, postpones or calls off a meeting is put to that meeting; whoever heard the old day is told."""

from datetime import date

import pytest

from intake.actions.deadlines.planned_sessions import open_sessions, owe_no_session
from intake.actions.meetings.make_meeting import make_meeting, sessions_left
from intake.actions.meetings.postpone_meeting import postpone_meeting
from intake.actions.plan.change_from_paper import apply_change, end_plan, meetings_meant, plans_meant
from intake.actions.plan.plan_from_paper import load_draft
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit
from intake.rules.plan.applied_paper import PaperEffect
from intake.rules.plan.drafting.paper_change import same_number
from intake.rules.plan.plan import Plan, PlanStatus
from intake.rules.plan.reading.reading import read_paper
from intake.rules.plan.window import quarter
from tests.conftest import load
from tests.plan.test_plan_paper import AN_DUONG_MEETING, PLAN, sends_plan
from tests.support.meetings import fixes_day, makes_meeting, registers, releases_notice
from tests.support.open_points import plan_called
from tests.support.world import Phone, World
from wording.drafts import reading_json, remark

BUTTON = f"🗓 {AN_DUONG_MEETING}"


def paper(about: str, body: str, number: str = "9/TB-UBND") -> str:
    """A notice of the commune that changes a meeting."""
    head = "ỦY BAN NHÂN DÂN\nXÃ AN DƯƠNG\nSố: {}\nAn Dương, ngày 02 tháng 6 năm 2024\n\nTHÔNG BÁO\n"
    return f"{head.format(number)}{about}\n\n{body}\n"


MOVED = paper(
    "Điều chỉnh thời gian hội nghị đối thoại với Nhân dân năm 2024",
    "Thông báo số 5/TB-UBND ngày 20/5/2024 ấn định hội nghị đối thoại vào ngày 12/8/2024. Nay UBND xã chuyển "
    "thời gian tổ chức hội nghị sang 14 giờ 00, ngày 20/8/2024 tại Hội trường UBND xã.",
)
OTHER_DAY = MOVED.replace("14 giờ 00, ngày 20/8", "ngày 21/8").replace("12/8", "20/8")
POSTPONED = paper(
    "Về việc hoãn hội nghị đối thoại với Nhân dân năm 2024",
    "UBND xã An Dương thông báo hoãn hội nghị đối thoại ngày 12/8/2024 tại Nhà Văn hóa xã. Thời gian tổ chức lại sẽ "
    "thông báo sau.",
)
NEXT_QUARTER = paper(
    "Lùi thời gian hội nghị đối thoại với Nhân dân năm 2024",
    "UBND xã An Dương lùi thời gian hội nghị đối thoại ngày 12/8/2024 sang quý IV năm 2024.",
)
CANCELLED = paper(
    "Về việc không tổ chức hội nghị đối thoại với Nhân dân năm 2024",
    "UBND xã An Dương thông báo không tổ chức hội nghị đối thoại ngày 12/8/2024 tại Nhà Văn hóa xã.",
)


async def announced(world: World) -> tuple[Phone, Phone]:
    """A secretary whose meeting of 12 August was announced, and a resident who has registered for it."""
    await load(world, "an-duong-2024")
    clerk = await world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    lan = await world.resident("AD", "Trần Thị Lan")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    await fixes_day(clerk, "12/08/2024")
    await releases_notice(clerk)
    await registers(lan)
    clerk.reads()
    lan.reads()
    return clerk, lan


def numbered(text: str, number: int) -> str:
    """The same paper under another number: another paper."""
    return text.replace("Số: 9/", f"Số: {number}/")


async def the_meeting(world: World) -> Meeting:
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("an-duong-2024")
        assert plan is not None
        [meeting] = await uow.meetings.of_plan(plan.id)
        return meeting


async def test_a_meeting_is_moved_put_off_and_called_off_by_papers_and_people_hear_it(plain_world: World) -> None:
    clerk, lan = await announced(plain_world)
    await sends_plan(clerk, MOVED)
    assert ", lúc 14:00. Địa điểm: Hội trường UBND xã." in clerk.hears()
    await clerk.says("đúng rồi")
    await clerk.presses(BUTTON)
    assert "Hội trường UBND xã" in clerk.hears()
    assert "Lý do: Theo Văn bản số 9/TB-UBND ngày 02/06/2024" in clerk.hears()
    await clerk.presses("Gửi")
    assert "Đã ấn định" in clerk.hears()
    await plain_world.settle()
    heard = lan.hears()
    assert "Lý do: Theo Văn bản số 9/TB-UBND ngày 02/06/2024" in heard
    assert "14:00" in heard
    assert "20/08/2024" in heard
    assert "(Trước đây: " in heard

    await sends_plan(clerk, POSTPONED.replace("12/8", "20/8"))
    assert "Hoãn, ngày mới sẽ báo sau." in clerk.hears()
    await clerk.presses(BUTTON)
    assert "Theo Văn bản số 9/TB-UBND ngày 02/06/2024" in clerk.hears()
    await clerk.presses("Gửi")
    assert "Đã hoãn buổi" in clerk.hears()
    await plain_world.settle()
    assert "được hoãn" in lan.hears()
    meeting = await the_meeting(plain_world)
    assert (meeting.state, meeting.starts_at) == (MeetingState.PLANNED, None)
    await lan.says("/lich")
    assert "quý III/2024" in lan.hears(), "known to come, without a day"

    await sends_plan(clerk, NEXT_QUARTER)
    assert "Thời gian mới: quý IV/2024" in clerk.hears()
    await clerk.presses(BUTTON)
    await clerk.presses("Sửa")
    await clerk.says("Theo ý kiến của Nhân dân")
    await clerk.says("gửi đi")
    await clerk.presses("Gửi")
    await plain_world.settle()
    assert "Theo ý kiến của Nhân dân" in lan.hears()
    assert (await the_meeting(plain_world)).window == quarter(2024, 4)

    await sends_plan(clerk, CANCELLED)
    assert "Không tổ chức nữa." in clerk.hears()
    await clerk.presses(BUTTON)
    await clerk.presses("Gửi")
    await plain_world.settle()
    assert "không tổ chức nữa" in lan.hears()
    assert (await the_meeting(plain_world)).state is MeetingState.CANCELLED


async def test_a_day_that_the_chair_approves_stands_in_the_history_with_its_paper(plain_world: World) -> None:
    clerk, lan = await announced(plain_world)
    chair = await plain_world.staff(Role.CHAIR, "AD", "Trần Văn Sơn")
    plain_world.clock.move(days=(date(2024, 8, 9) - plain_world.clock.now().date()).days)
    await sends_plan(clerk, MOVED.replace("20/8", "13/8"))
    await clerk.presses(BUTTON)
    await clerk.presses("Gửi")
    assert await _effects(plain_world) == [], "nothing is done before the chair says so"
    await chair.presses("Duyệt")
    assert "13/08/2024" in lan.hears()
    assert await _effects(plain_world) == [PaperEffect.MOVED]
    async with plain_world.store.reading() as uow:
        [kept] = [one for one in await uow.plans.papers_of((await the_meeting(plain_world)).plan_id) if one.meeting_id]
    assert (kept.number, kept.effect) == ("9/TB-UBND", PaperEffect.MOVED)


async def _effects(world: World) -> list[PaperEffect]:
    meeting = await the_meeting(world)
    async with world.store.reading() as uow:
        return [one.effect for one in await uow.plans.papers_of(meeting.plan_id)]


async def test_a_day_without_its_hour_or_place_is_asked_for(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    await sends_plan(clerk, MOVED.replace("14 giờ 00, ", "").replace(" tại Hội trường UBND xã", ""))
    await clerk.presses(BUTTON)
    assert "giờ" in clerk.hears()
    await clerk.says("9h")
    await clerk.presses("Bỏ qua")
    await clerk.presses("Gửi")
    assert "Đã ấn định" in clerk.hears()


async def test_a_secretary_puts_off_a_meeting_from_its_card(plain_world: World) -> None:
    clerk, lan = await announced(plain_world)
    meeting = await the_meeting(plain_world)
    await clerk.taps_code(f"meetingcard.{meeting.id}")
    await clerk.presses("Hoãn, báo ngày sau")
    await clerk.sends_photo(b"\xff\xd8\xff\xe0picture")
    await clerk.says("Bão số 3")
    await clerk.presses("Gửi")
    await plain_world.settle()
    assert "Lý do: Bão số 3" in lan.hears()


async def _office(world: World) -> tuple[Person, Unit]:
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("AD")
        assert unit is not None
        [by] = await uow.people.holders(Role.SECRETARY, unit)
        return by, unit


async def test_what_cannot_be_done_is_refused_and_a_paper_is_about_its_own_meeting(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    by, unit = await _office(plain_world)
    meeting = await the_meeting(plain_world)
    moved = read_paper(MOVED.replace("14 giờ 00, ", ""))
    async with plain_world.store.unit() as uow:
        with pytest.raises(RuleBroken, match="meeting_without_day"):
            await postpone_meeting(uow, by=by, meeting_id=meeting.id, reason="Bão")
        with pytest.raises(RuleBroken, match="meeting_past"):
            await postpone_meeting(uow, by=by, meeting_id=meeting.id, reason="Bão", window=quarter(2023, 1))
        with pytest.raises(RuleBroken, match="change_incomplete"):
            await apply_change(uow, by=by, reading=moved, unit_id=unit.id, meeting_id=meeting.id, reason="Bão")
        more = read_paper(paper("Điều chỉnh nội dung đối thoại", "Thêm chủ đề nước sạch."))
        assert [one.id for one in await meetings_meant(uow, reading=more, unit_id=unit.id)] == [meeting.id]
        with pytest.raises(NotFound):
            await apply_change(uow, by=by, reading=more, unit_id=unit.id, meeting_id=meeting.id, reason="Bão")
        told = [
            await apply_change(
                uow, by=by, reading=read_paper(text), unit_id=unit.id, meeting_id=meeting.id, reason="Bão"
            )
            for text in (MOVED, NEXT_QUARTER, numbered(MOVED, 11), numbered(OTHER_DAY, 12), POSTPONED, CANCELLED)
        ]
        assert told == [0] * 6
        with pytest.raises(RuleBroken, match="meeting_over"):
            await postpone_meeting(uow, by=by, meeting_id=meeting.id, reason="Bão")


def test_a_change_names_the_paper_it_changes() -> None:
    assert reading_json(read_paper(MOVED))["predecessor"] == {"value": "5/TB-UBND", "phrase": "Thông báo số 5/TB-UBND"}
    assert (
        "predecessor" not in reading_json(read_paper(CANCELLED))
        or reading_json(read_paper(CANCELLED))["predecessor"] is None
    )


END = """ỦY BAN NHÂN DÂN
XÃ AN DƯƠNG
Số: 21/QĐ-UBND
An Dương, ngày 10 tháng 6 năm 2024

QUYẾT ĐỊNH
Về việc tạm dừng thực hiện Kế hoạch đối thoại với Nhân dân năm 2024

UBND xã An Dương quyết định tạm dừng thực hiện Kế hoạch số 15/KH-UBND từ ngày ban hành văn bản này.
"""


async def _plan(world: World) -> Plan:
    return await plan_called(world, "an-duong-2024")


async def test_a_whole_plan_is_suspended_by_a_paper_that_cites_it_and_nothing_of_it_is_owed(
    plain_world: World,
) -> None:
    clerk, lan = await announced(plain_world)
    async with plain_world.store.unit() as uow:
        assert await open_sessions(uow, day=date(2024, 9, 20)) == 0, "its day is fixed"
        await uow.commit()
    await sends_plan(clerk, END)
    assert "Tạm dừng cả kế hoạch" not in clerk.hears(), "no plan of that number is known"
    async with plain_world.store.unit() as uow:
        plan = await uow.plans.by_code("an-duong-2024")
        assert plan is not None
        plan.choices = {**plan.choices, "document-number": "15 / KH - UBND"}
        await uow.commit()
    await sends_plan(clerk, END)
    assert "Tạm dừng cả kế hoạch: buổi đã ấn định ngày thì hoãn" in clerk.hears()
    await clerk.says("vâng")
    await clerk.presses("📄 " + (await _plan(plain_world)).title)
    assert "Đã làm theo văn bản" in clerk.hears()
    await plain_world.settle()
    assert "được hoãn" in lan.hears()
    assert (await _plan(plain_world)).status is PlanStatus.SUSPENDED
    by, unit = await _office(plain_world)
    async with plain_world.store.unit() as uow:
        plan = await uow.plans.by_code("an-duong-2024")
        assert plan is not None
        [paper] = await uow.plans.papers_of(plan.id)
        assert (paper.effect, paper.number, paper.changes) == (PaperEffect.POSTPONED, "21/QĐ-UBND", "15/KH-UBND")
        assert paper.issued_on == date(2024, 6, 10)
        assert await sessions_left(uow, plan) == []
        with pytest.raises(RuleBroken, match="plan_not_in_force"):
            await make_meeting(uow, by=by, plan_id=plan.id, session_key=plan.profile.sessions[0].key)
        assert await open_sessions(uow, day=date(2024, 9, 20)) == 0
        reading = read_paper(END)
        with pytest.raises(NotFound):
            await end_plan(uow, by=by, reading=reading, unit_id=unit.id, plan_id=plan.id, reason="Bão")
        assert await plans_meant(uow, reading=read_paper(MOVED), unit_id=unit.id) == []


async def test_a_plan_is_cancelled_with_its_meetings_and_what_was_owed_of_it_ends(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    async with plain_world.store.unit() as uow:
        assert await open_sessions(uow, day=date(2024, 9, 20)) == 1
        await uow.commit()
    await makes_meeting(clerk, AN_DUONG_MEETING)
    by, unit = await _office(plain_world)
    ends = read_paper(
        END.replace("tạm dừng thực hiện Kế hoạch", "hủy bỏ Kế hoạch").replace("Kế hoạch số 15/KH-UBND", "Kế hoạch này")
    )
    async with plain_world.store.unit() as uow:
        [plan] = await plans_meant(uow, reading=ends, unit_id=unit.id)
        assert await end_plan(uow, by=by, reading=ends, unit_id=unit.id, plan_id=plan.id, reason="Sáp nhập") == 0
        assert plan.status is PlanStatus.CANCELLED
        assert (await uow.meetings.of_plan(plan.id))[0].state is MeetingState.CANCELLED
        task = await uow.tasks.by_key(f"{plan.code}:session:{plan.profile.sessions[0].key}")
        assert task is not None
        assert task.done_at is not None
        assert await sessions_left(uow, plan) == []
        await owe_no_session(uow, plan)
        await uow.commit()


async def test_a_meeting_without_a_day_stays_as_it_is_while_its_plan_is_suspended(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    by, unit = await _office(plain_world)
    pauses = read_paper(END.replace("Kế hoạch số 15/KH-UBND", "Kế hoạch này"))
    async with plain_world.store.unit() as uow:
        [plan] = await plans_meant(uow, reading=pauses, unit_id=unit.id)
        assert await end_plan(uow, by=by, reading=pauses, unit_id=unit.id, plan_id=plan.id, reason="Bão") == 0
        assert (plan.status, (await uow.meetings.of_plan(plan.id))[0].state) == (
            PlanStatus.SUSPENDED,
            MeetingState.PLANNED,
        )
        await uow.commit()


async def test_a_change_is_put_to_the_meeting_that_its_cited_paper_was_about_and_done_once(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    by, unit = await _office(plain_world)
    meeting = await the_meeting(plain_world)
    first, second = read_paper(MOVED), read_paper(numbered(OTHER_DAY, 12).replace("số 5/TB", "số 9/TB"))
    async with plain_world.store.unit() as uow:
        given = {"by": by, "unit_id": unit.id, "meeting_id": meeting.id, "reason": "Theo văn bản"}
        await apply_change(uow, reading=first, **given)
        with pytest.raises(RuleBroken, match="applied_already"):
            await apply_change(uow, reading=first, **given)
        assert [one.id for one in await meetings_meant(uow, reading=second, unit_id=unit.id)] == [meeting.id]
        await apply_change(uow, reading=second, **given)
        papers = await uow.plans.papers_of(meeting.plan_id)
        assert [(one.number, one.changes, one.meeting_id) for one in papers] == [
            ("9/TB-UBND", "5/TB-UBND", meeting.id),
            ("12/TB-UBND", "9/TB-UBND", meeting.id),
        ]
        await uow.commit()


async def test_a_plan_that_names_another_takes_its_place(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    old = await _plan(plain_world)
    text = PLAN.replace("Tân Lập", "An Dương").replace("TÂN LẬP", "AN DƯƠNG").replace("/2024", "/2025")
    text = text.replace("năm 2024", "năm 2025") + "Kế hoạch này thay thế Kế hoạch số 7/KH-UBND ngày 05/01/2024.\n"
    await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    by, unit = await _office(plain_world)
    async with plain_world.store.unit() as uow:
        plan = await uow.plans.get(old.id)
        plan.choices = {**plan.choices, "document-number": "7/KH-UBND"}
        loaded = await load_draft(uow, by=by, reading=read_paper(text), unit_id=unit.id, altering=0, say=remark)
        assert loaded.plan.profile.plan.predecessor == "7/KH-UBND"
        assert (plan.status, loaded.plan.status) == (PlanStatus.REPLACED, PlanStatus.IN_FORCE)
        assert [one.effect for one in await uow.plans.papers_of(loaded.plan.id)] == [PaperEffect.LOADED]
        await uow.commit()


def test_papers_without_a_number_are_never_the_same() -> None:
    assert not same_number("", "")
    assert not same_number(None, "5/TB-UBND")
    assert same_number("05 / TB – UBND", "05/tb-ubnd")
