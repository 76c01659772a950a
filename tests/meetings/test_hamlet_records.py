"""What a hamlet's own meeting said before a dialogue: entered by its head, read in the digest, the plan's task done."""

from datetime import date

import pytest

from intake.actions.deadlines.meeting_tasks import give_tasks
from intake.actions.meetings.hamlet_records import enter_record
from intake.actions.papers.gather import gather
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import RuleBroken
from intake.rules.meetings.hamlet_record import read_opinions
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.people.person import Role
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.stories import set_meeting
from tests.support.world import World
from wording.papers.registry import worded

OPINIONS = "Đường: Xóm 3 hỏng từ tháng 5\n- Nước sinh hoạt yếu vào buổi tối"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def task_state(office: Office, meeting: Meeting) -> tuple[bool, list[ClockState], str]:
    """Whether the plan's task of hamlet meetings is done, how its clocks stand, and with what it was done."""
    async with office.world.store.reading() as uow:
        tasks = await uow.tasks.around(meeting.id)
        task = next(one for one in tasks if one.what == "practice_hamlet_meetings")
        states = [state for state in ClockState if await uow.tasks.clocks_in(task.id, state)]
        return task.done_at is not None, states, task.outcome


async def test_the_head_enters_it_and_the_digest_has_it_with_the_hamlet(office: Office) -> None:
    """R077: once in one short form; the chair reads it, the paper has it, and the plan's task is done with it."""
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    await head.says("/hopdan")
    assert "không" in head.hears(), "no dialogue is to come"
    meeting = await office.fixed_meeting("DL-hang-gon")
    async with office.world.store.unit() as uow:
        await give_tasks(uow, by=await person_named(uow, "Trần Văn Thư"), meeting_id=meeting.id)
        await uow.commit()
    office.put_away()
    await head.says("/hopdan")
    assert "1. TDP Hàng Gòn" in head.hears()
    assert "chưa ghi" in head.hears()
    await head.presses("1. TDP Hàng Gòn")
    await head.says("1/1/2030")
    assert "đã qua" in head.hears()
    await head.says("hôm qua")
    await head.says("đông lắm")
    assert "từ 1 đến 5000" in head.hears()
    await head.says("45")
    await head.says(f"{OPINIONS}\nCán bộ địa chính vòi tiền của dân")
    assert "dòng 3" in head.hears()
    assert "gửi kín bằng /hoi" in head.hears()
    await head.says(OPINIONS)
    assert "Số người dự: 45" in head.hears()
    await head.presses("Gửi")
    assert "Số ý kiến: 2" in head.hears()
    await head.says("/hopdan")
    assert "số ý kiến: 2" in head.hears()

    await office.chair.says("/tonghop")
    heard = office.chair.hears()
    assert "• TDP Hàng Gòn, họp ngày" in heard
    assert "   – Đường: Xóm 3 hỏng từ tháng 5" in heard
    assert "vòi tiền" not in heard
    done, clocks, outcome = await task_state(office, meeting)
    assert (done, clocks) == (True, [ClockState.MET])
    assert outcome.startswith("TDP Hàng Gòn: ")
    assert "đã báo xong" in office.secretary.hears() or "TDP Hàng Gòn: " in office.secretary.hears()

    async with office.world.store.reading() as uow:
        plan = await uow.plans.get(meeting.plan_id)
        facts = await gather(uow, plan, PaperSubject.MEETING, meeting=await uow.meetings.get(meeting.id))
    paper = str(worded(PaperKind.OPINION_DIGEST, facts))
    assert "Ý kiến tại các cuộc họp dân" in paper
    assert "Xóm 3 hỏng từ tháng 5" in paper
    assert "số người dự: 45" in paper


async def test_the_secretary_enters_it_at_the_desk_for_a_hamlet(office: Office) -> None:
    meeting = await office.fixed_meeting()
    async with office.world.store.unit() as uow:
        await give_tasks(uow, by=await person_named(uow, "Trần Văn Thư"), meeting_id=meeting.id)
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        await uow.commit()
    desk = await sit_down(desk_app(office.world), office.secretary)
    path = f"/buoi/{meeting.id}/hop-dan"
    await desk.opens(path)
    assert "Chưa thôn, tổ nào ghi" in desk.reads()
    day = office.world.clock.now().date().isoformat()
    typed = {"hamlet": str(hamlet.id), "day": day, "came": "30", "opinions": OPINIONS}
    for wrong, said in (
        ({"day": ""}, "ngày"),
        ({"day": "2031-01-01"}, "đã qua"),
        ({"came": "0"}, "từ 1 đến 5000"),
        ({"opinions": "Cán bộ địa chính vòi tiền của dân"}, "gửi kín"),
    ):
        await desk.sends(path, form="record", **{**typed, **wrong})
        assert (desk.status, said in desk.reads()) == (422, True), wrong
    await desk.sends(path, form="record", **typed)
    assert "Đã ghi kết quả họp dân" in desk.reads()
    assert "Nước sinh hoạt yếu" in desk.reads()
    done, clocks, _ = await task_state(office, meeting)
    assert (done, clocks) == (False, [ClockState.RUNNING]), "other hamlets have not met yet"


async def test_nobody_else_enters_it_and_not_afterwards(office: Office) -> None:
    meeting = await office.fixed_meeting()
    other = await office.world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Lê Văn Dầu")
    neighbour = await neighbour_unit(office.world, Role.SECRETARY)
    async with office.world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
    assert hamlet is not None
    for phone in (other, neighbour, office.mai, office.official):
        await phone.taps_code(f"record.{meeting.id}.{hamlet.id}")
        assert "Không tìm thấy" in phone.hears()
    await office.mai.says("/hopdan")
    assert "Việc này dành cho" in office.mai.hears()
    await office.secretary.taps_code(f"record.{meeting.id}.999")
    assert "Không tìm thấy" in office.secretary.hears()
    await set_meeting(office.world, meeting, MeetingState.HELD)
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(RuleBroken, match="meeting_over"):
            await enter_record(
                uow,
                by=secretary,
                meeting_id=meeting.id,
                hamlet_id=hamlet.id,
                held_on=date(2024, 3, 1),
                came=5,
                opinions=OPINIONS,
            )


def test_opinions_are_read_one_a_line() -> None:
    assert read_opinions(OPINIONS, ()) == [
        ["Đường", "Xóm 3 hỏng từ tháng 5"],
        ["", "Nước sinh hoạt yếu vào buổi tối"],
    ]
    for typed in ("", "…", "\n".join(["Đường hỏng"] * 41), "a" * 301):
        with pytest.raises(RuleBroken, match="record_opinions"):
            read_opinions(typed, ())
