"""Who approves, what is public, whether a conclusion is issued: decided once, the office works so (A7, R020, R028)."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from intake.rules.deadlines.clock import ClockKind
from intake.rules.people.person import Role
from intake.rules.plan.profile_paper import OpenQuestion, Option
from intake.rules.plan.profile_parse import from_document, to_document
from intake.rules.questions.question import ProposalState
from tests.conftest import load
from tests.support.office import DESK, Office, open_office, person_named
from tests.support.office_tasks import REPORT, a_question_of_a_meeting, opens_reports, plan_says
from tests.support.open_points import DI_LANG, THACH_THAT, decides, goes_to, plan_called, secretary_of
from tests.support.world import World, local

APPROVER = "Ai duyệt câu trả lời trước khi gửi cho người dân?"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def leaves_open(world: World, key: str, *options: str) -> None:
    """Di Lăng leaves one point more open, as another plan does; an option's text is its key."""
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code(DI_LANG)
        assert plan is not None
        offered = tuple(Option(option, option) for option in options)
        point = OpenQuestion(key, "Có ý kiến gì?", "Kế hoạch không nêu.", offered)
        plan.profile = replace(plan.profile, open=(*plan.profile.open, point))
        await uow.commit()


async def proposals_of(office: Office, reference: str) -> Sequence[ProposalState]:
    return [one.state for one in await office.proposals(reference)]


async def test_the_chair_approves_until_somebody_else_is_decided_on(office: Office) -> None:
    reference = await office.proposed()
    await office.other.says("/duyet")
    assert "Việc này dành cho" in office.other.hears()
    await office.secretary.says("/duyet")
    assert "Việc này dành cho" in office.secretary.hears()
    assert await proposals_of(office, reference) == [ProposalState.PROPOSED]


async def test_a_delegate_reads_what_waits_and_approves_it(office: Office) -> None:
    """R028: the host or a delegate; the chair still may."""
    reference = await office.proposed()
    await goes_to(office.secretary, APPROVER)
    await office.secretary.presses("Người được chủ trì ủy quyền")
    assert "Ai được chủ trì ủy quyền duyệt câu trả lời?" in office.secretary.hears()
    names = [label for shown in office.secretary.news() for label in shown.buttons]
    async with office.world.store.reading() as uow:
        person = await person_named(uow, "Trần Văn Thư")
    assert person.name in names
    await office.secretary.presses(person.name)
    assert "Xã sửa trong quý II." in office.secretary.hears(), "what waited is laid before the delegate at once"
    await office.secretary.presses("Duyệt")
    assert await proposals_of(office, reference) == [ProposalState.APPROVED]
    assert "Xã sửa trong quý II." in office.mai.hears()
    await office.secretary.says("/duyet")
    assert "Không có gì chờ duyệt" in office.secretary.hears()


async def test_the_head_of_the_desk_approves_what_the_desk_answers(office: Office) -> None:
    await goes_to(office.secretary, APPROVER)
    await office.secretary.presses("Người đứng đầu bộ phận trả lời")
    heard = office.secretary.hears()
    assert "Ai đứng đầu bộ phận" in heard
    async with office.world.store.reading() as uow:
        plan = await plan_called(office.world, DI_LANG)
        desks = {desk.name: desk for desk in await uow.places.desks(plan.unit_id)}
        [official] = await uow.people.at_desk(desks[DESK].id)
    await decides(office, f"desk-head-{desks[DESK].code}", official.name)
    reference = await office.proposed()
    async with office.world.store.reading() as uow:
        [waiting] = await uow.questions.waiting_proposals([plan.unit_id])
    await office.other.taps_code(f"approve.{waiting.id}")
    assert "Không tìm thấy" in office.other.hears()
    await office.official.says("/duyet")
    await office.official.presses(reference)
    await office.official.presses("Yêu cầu sửa")
    await office.official.says("Nêu rõ ngày")
    await office.official.presses("Gửi")
    assert await proposals_of(office, reference) == [ProposalState.RETURNED]
    await office.official.says("/duyet")
    assert "Không có gì chờ duyệt" in office.official.hears()


async def test_where_nobody_is_named_yet_or_works_there_no_more_the_chair_approves(office: Office) -> None:
    await decides(office, "answer-approver", "Người được chủ trì ủy quyền")
    await office.proposed()
    await office.chair.says("/duyet")
    assert office.chair.sees_button("DL-2024-0001")
    await decides(office, "answer-delegate", "Phạm Văn Dân")
    async with office.world.store.unit() as uow:
        delegate = await person_named(uow, "Phạm Văn Dân")
        for grant in await uow.people.grants_of(delegate.id):
            await uow.session.delete(grant)
        await uow.commit()
    await office.assigned("Bao giờ có nước sạch?")
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says("Có trong tháng 6.")
    await office.official.presses("Gửi")
    assert "Có trong tháng 6." in office.chair.hears()
    assert office.other.hears() == ""
    await office.other.taps_code(office.chair.button("Duyệt"))
    assert "Không tìm thấy" in office.other.hears()


async def test_what_the_unit_noted_about_desks_is_read_when_a_desk_is_chosen(office: Office) -> None:
    await office.asked()
    await decides(office, "desk-officials", "Ông Hà: giao thông")
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0001")
    await office.secretary.presses("Giao bộ phận")
    assert "Đơn vị đã ghi: Ông Hà: giao thông" in office.secretary.hears()
    await office.secretary.presses(DESK)
    await office.secretary.says("/menu")
    await office.secretary.taps_code("reassign.1")
    assert "Đơn vị đã ghi: Ông Hà: giao thông" in office.secretary.hears()


async def test_without_a_conclusion_none_is_written_and_people_are_told_so(world: World) -> None:
    office = await open_office(world)
    await leaves_open(world, "conclusion-document", "yes", "no")
    await decides(office, "conclusion-document", "no")
    meeting = await office.fixed_meeting()
    await office.opened()
    await office.secretary.taps_code(f"roomend.{meeting.id}")
    assert not office.secretary.sees_button("Kết luận")
    await office.secretary.taps_code(f"room.{meeting.id}")
    assert not office.secretary.sees_button("Kết luận")
    await office.secretary.taps_code(f"conclusionsubmit.{meeting.id}")
    assert "không ban hành thông báo kết luận" in office.secretary.hears()
    await office.mai.taps_code(f"results.{meeting.id}")
    assert "không ban hành thông báo kết luận" in office.mai.hears()


async def test_an_update_of_the_report_is_owed_until_it_is_decided_away(world: World) -> None:
    """S2: a nine months' report of August is an estimate, or is brought up to date before the meeting."""
    await load(world, THACH_THAT)
    secretary = await secretary_of(world, "TT")
    plan = await plan_called(world, THACH_THAT)
    async with world.store.unit() as uow:  # as if it were planned for this year
        stored = await uow.plans.get(plan.id)
        stored.profile = from_document(json.loads(json.dumps(to_document(stored.profile)).replace("2023", "2024")))
        await uow.commit()

    async def owed() -> list[str]:
        async with world.store.reading() as uow:
            return [task.key.partition(":")[2] for task, _ in await uow.tasks.open_in([plan.unit_id])]

    point = f"planpoint.{plan.id}.nine-month-report"
    assert await owed() == []
    for label, expected in (("Cách 2", True), ("Cách 1 (mặc định)", False), ("Cách 2", True)):
        await secretary.taps_code(point)
        await secretary.presses(label)
        assert ("cap-nhat-9-thang" in await owed()) is expected
    async with world.store.unit() as uow:
        task = await uow.tasks.by_key(f"{THACH_THAT}:cap-nhat-9-thang")
        assert task is not None
        [grant_holder] = await uow.people.holders(Role.SECRETARY, await uow.places.unit(plan.unit_id))
        task.done_at, task.done_by = uow.now, grant_holder.id
        await uow.commit()
    for label in ("Cách 1 (mặc định)", "Cách 2"):
        await secretary.taps_code(point)
        await secretary.presses(label)
        assert "cap-nhat-9-thang" not in await owed(), "what was done stays done"


async def test_the_first_week_of_a_quarter_is_seven_days_when_decided_so(world: World) -> None:
    """S2: "tuần đầu của tháng đầu quý tiếp theo" is 5 working days, Friday 5 July, or 7 days, Sunday 7 July."""
    office = await open_office(world)
    await plan_says(world, periodic_report={**REPORT, "first_working_days": 5})
    await leaves_open(world, "first-week", "working-days", "calendar-week")
    await a_question_of_a_meeting(office)
    world.clock.move_to(local(2024, 7, 1))
    assert await opens_reports(world) == 1

    async def due() -> date:
        async with world.store.reading() as uow:
            [(_, due_on)] = await uow.tasks.open_in([(await plan_called(world, DI_LANG)).unit_id])
            return due_on

    assert await due() == date(2024, 7, 5)
    await decides(office, "first-week", "calendar-week")
    assert await due() == date(2024, 7, 7)
    await decides(office, "first-week", "working-days")
    assert await due() == date(2024, 7, 5)


async def test_thirty_working_days_move_the_reply_and_the_asker_is_told(world: World) -> None:
    """S0: "30 ngày" from the end of 25 April is 27 May in calendar days, 7 June in working days."""
    office = await open_office(world)
    reference = await a_question_of_a_meeting(office)
    assert (await office.clocks(reference))[ClockKind.REPLY] == date(2024, 5, 27)
    await office.secretary.taps_code("planpoint.1.reply-count")
    await office.secretary.presses("Ngày làm việc")
    moved = (await office.clocks(reference))[ClockKind.REPLY]
    assert moved > date(2024, 6, 5)
    assert f"{moved:%d/%m/%Y}" in office.mai.hears()
    assert "“30 ngày trả lời là ngày theo lịch hay ngày làm việc?”" in office.mai.hears()
    assert f"{moved:%d/%m/%Y}" in office.official.hears()
