"""A survey before a meeting: asked in the chat, answered by taps, counted by hamlet, nobody's answer ever shown."""

import re
from datetime import date
from html import unescape

import pytest
import sqlalchemy as sa

from intake.actions.meetings.end_survey import move_surveys
from intake.actions.meetings.surveys import (
    close_due_surveys,
    close_survey,
    drop_survey,
    make_survey,
    pass_survey_on,
    send_survey,
)
from intake.actions.people.consent import withdraw_consent
from intake.actions.people.own_data import erase
from intake.actions.people.restrict import restrict
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.meetings.survey import (
    HamletCounts,
    SurveyId,
    SurveyQuestion,
    read_answers,
    read_people,
    read_questions,
    result_of,
)
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from scheduler.enforcement import run_sweep
from storage import tables as t
from tests.meetings.test_meetings_second_person import limit
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import Phone, World, local
from wording.own_copy import own_copy

TYPED = "Làm đường nào trước?\n- Xóm 1\n- Xóm 3\n\nHọp buổi nào?\nSáng\nChiều\nTối"
ROADS = SurveyQuestion("Làm đường nào trước?", ("Xóm 1", "Xóm 3"))
FIRST = SurveyId(1)


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def makes(phone: Phone, meeting: Meeting, hamlets: str = "Tất cả các thôn, tổ") -> None:
    """Somebody of the office makes a survey and sends it."""
    await phone.taps_code(f"surveynew.{meeting.id}")
    for typed in ("Đường giao thông", TYPED, "20/4/2024"):
        await phone.says(typed)
    await phone.presses(hamlets)
    await phone.presses("Gửi")


async def test_people_are_asked_answer_by_taps_and_change_their_mind(office: Office) -> None:
    """From the secretary's preview to the result: mai answers, passes over, thinks again; nobody learns what."""
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Hồ Thị Giám")
    meeting = await office.fixed_meeting()
    await office.secretary.taps_code(f"meetingcard.{meeting.id}")
    await office.secretary.presses("📊 Khảo sát")
    await office.secretary.says("Đường giao thông")
    await office.secretary.says("Làm đường nào trước?\nXóm 1")
    assert "2 đến 6 lựa chọn" in office.secretary.hears()
    await office.secretary.says(TYPED)
    await office.secretary.says("20/4/2024")
    await office.secretary.says("Thôn Không Có")
    assert "không phải thôn" in office.secretary.hears()
    await office.secretary.says("TDP Hàng Gòn")
    for read in ("Đường giao thông", "Xóm 3", "TDP Hàng Gòn", "20/04/2024"):
        assert read in office.secretary.hears(), read
    assert office.mai.hears() == "" or "khảo sát" not in office.mai.hears(), "not before it is sent"
    await office.secretary.presses("Gửi")
    assert "Đã gửi khảo sát. Số người nhận qua tin nhắn: 2" in office.secretary.hears()
    assert "Câu 1/2: Làm đường nào trước?" in office.mai.hears()
    assert "xem được từng người chọn gì" in office.mai.hears()
    assert "không dùng điện thoại" in head.hears()

    await office.mai.presses("Xóm 1")
    assert "Đã ghi: Xóm 1." in office.mai.hears()
    assert "Câu 2/2" in office.mai.hears()
    await office.mai.presses("Bỏ qua")
    assert "Đã bỏ qua" in office.mai.hears()
    await office.mai.presses("Trả lời lại")
    await office.mai.says("xóm 3")
    await office.mai.says("Chiều")
    assert "Cảm ơn" in office.mai.hears()
    async with office.world.store.reading() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        kept = await own_copy(uow, mai)
    assert [one["answers"] for one in kept["surveys"]] == ["Xóm 3", "Chiều"]
    await office.mai.says("/dulieu")
    assert "Xóm 3" in office.mai.hears()

    await office.secretary.says("/khaosat")
    await office.secretary.presses("1")
    assert office.secretary.hears().startswith("📊"), "no empty line above it"
    assert "Đã hỏi: 2, đã trả lời: 1" in office.secretary.hears()
    assert "Xóm 3: " not in office.secretary.hears(), "no answers while it is open"
    await watching.says("/khaosat")
    await watching.presses("1")
    assert not watching.sees_button("Đóng khảo sát")
    await office.secretary.presses("Đóng khảo sát")
    await office.secretary.presses("Gửi")
    assert "Kết quả khảo sát" in office.secretary.hears()
    assert "Xóm 3: không nêu" in office.secretary.hears(), "one answer is nobody's business"
    assert "đã đóng. Đã hỏi: 2, đã trả lời: 1" in watching.hears()
    async with office.world.store.unit() as uow:
        assert not await uow.surveys.answers_of(mai.id), "who chose what is forgotten"
    await office.mai.presses("Trả lời lại")
    assert "đã đóng" in office.mai.hears()
    await office.mai.taps_code("sv.1.0.1")
    assert "đã đóng" in office.mai.hears()


async def test_only_those_it_was_sent_to_answer_and_only_the_office_reads(office: Office) -> None:
    meeting = await office.fixed_meeting()
    an = await office.world.resident("DL-lang-dau", "Phạm Văn An")
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Lê Văn Dầu")
    await makes(office.secretary, meeting, "TDP Hàng Gòn")
    assert "Câu 1/2" not in an.hears()
    neighbour = await neighbour_unit(office.world, Role.SECRETARY)
    for phone, code in (
        (an, "sv.1.0.0"),
        (office.mai, "sv.1.2.0"),
        (office.mai, "sv.1.0.2"),
        (office.mai, "sv.2.0.0"),
        (office.mai, "survey.1"),
        (office.mai, f"surveynew.{meeting.id}"),
        (office.mai, "surveycount.1.1"),
        (head, "surveycount.1.1"),
        (office.official, "survey.1"),
        (neighbour, "survey.1"),
        (neighbour, "surveyclose.1"),
        (neighbour, f"surveynew.{meeting.id}"),
    ):
        await phone.taps_code(code)
        assert "Không tìm thấy" in phone.hears(), code
    await an.says("/khaosat")
    assert "không có khảo sát nào cho bà/ông" in an.hears()
    await an.taps_code("svagain.1")
    assert "đã đóng" in an.hears()
    await office.mai.says("/khaosat")
    assert "Làm đường nào trước?" in office.mai.hears()


async def test_a_head_counts_those_without_a_phone_once(office: Office) -> None:
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    await makes(office.secretary, await office.fixed_meeting())
    await head.presses("✍️ Ghi số trả lời")
    await head.says("nhiều")
    assert "từ 1 đến 9999" in head.hears()
    await head.says("12")
    await head.says("7 5")
    assert "Số dòng cần có: 2" in head.hears()
    await head.says("7 6\n12 0 0")
    assert "nhiều hơn số người đã hỏi (12)" in head.hears()
    await head.says("7 5\n12 0 0")
    assert "– Xóm 3: 5" in head.hears()
    await head.presses("Gửi")
    assert "Đã ghi số trả lời" in head.hears()
    await head.says("/khaosat")
    await head.presses("✍️ Ghi số trả lời")
    await head.says("11")
    await head.says("6 5\n11 0 0")
    await head.presses("Gửi")
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        result = await close_survey(uow, by=secretary, survey_id=FIRST)
        assert not await uow.surveys.counts(FIRST)
    assert (result.asked, result.answered) == (13, 11), (
        "two have a phone, the head as well; eleven were counted, each once"
    )
    assert result.totals[0] == [6, 5]
    assert next(one for one in result.hamlets if one.answered).cells[0] == [None, None], (
        "there is nobody else to hide in"
    )


async def test_it_is_closed_by_the_sweep_after_its_day_once(office: Office) -> None:
    await makes(office.secretary, await office.fixed_meeting())
    await office.mai.presses("Xóm 1")
    office.world.clock.move_to(local(2024, 4, 20, 22))
    await run_sweep(office.world.store.unit)
    async with office.world.store.reading() as uow:
        assert (await uow.surveys.get(FIRST)).is_open, "until the end of its day"
    office.world.clock.move_to(local(2024, 4, 21, 0, 30))
    await office.mai.presses("Xóm 3")
    assert "đã đóng" in office.mai.hears(), "its day is over"
    office.world.clock.move_to(local(2024, 4, 21, 7, 40))
    office.put_away()
    for _ in range(2):
        await run_sweep(office.world.store.unit)
    await office.world.settle()
    assert office.secretary.hears().count('Khảo sát "Đường giao thông" đã đóng') == 1
    assert office.chair.hears().count("đã đóng") == 1
    async with office.world.store.reading() as uow:
        entries = [
            one.entry.act
            for one in await uow.audit.find(person_id=None, subject="survey:1", since=None, until=None, limit=20)
        ]
    assert sorted(entries) == ["answer_survey", "close_survey", "make_survey", "send_survey"]


@pytest.mark.parametrize("leaves", ["erased", "withdrawn", "restricted"])
async def test_whoever_leaves_takes_the_answer_along(office: Office, leaves: str) -> None:
    await makes(office.secretary, await office.fixed_meeting())
    await office.mai.presses("Xóm 1")
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        if leaves == "erased":
            await erase(uow, person=mai)
        elif leaves == "withdrawn":
            await withdraw_consent(uow, person=mai)
        else:
            await restrict(uow, person=mai)
        await uow.flush()
        assert bool(await uow.surveys.answers_of(mai.id)) is (leaves == "restricted")
        result = await close_survey(uow, by=await person_named(uow, "Trần Văn Thư"), survey_id=FIRST)
    assert result.answered == 0
    assert result.totals[0] == [0, 0]


async def test_a_survey_to_many_is_sent_by_a_second_person(office: Office) -> None:
    meeting = await office.fixed_meeting()
    await limit(office.world, 0)
    await makes(office.secretary, meeting)
    assert "cần người thứ hai gửi" in office.secretary.hears()
    assert "Câu 1/2" not in office.mai.hears()
    await office.secretary.taps_code("surveysend.1")
    assert "người soạn không tự gửi được" in office.secretary.hears()
    await office.chair.presses("Mở")
    assert "Chưa gửi cho ai" in office.chair.hears()
    await office.chair.presses("Gửi cho bà con")
    assert "Câu 1/2" in office.mai.hears()
    for code in ("surveysend.1", "surveypass.1", "surveydrop.1"):
        await office.chair.taps_code(code)
        assert "Đã gửi khảo sát" not in office.chair.hears(), code


async def test_where_nobody_else_could_send_it_nothing_is_lost(plain_world: World) -> None:
    secretary = await plain_world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    meeting = await planned_meeting(plain_world)
    await limit(plain_world, 0)
    await makes(secretary, meeting)
    assert "nhưng đơn vị chưa có ai" in secretary.hears()
    assert "Xóm 3" in secretary.hears(), "what was typed stands there still"
    await plain_world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")
    await secretary.presses("Gửi")
    assert "cần người thứ hai gửi" in secretary.hears()
    assert "Câu 1/2" not in mai.hears()


async def test_the_body_with_the_plans_task_makes_it_too(office: Office) -> None:
    """The plan gives the survey to a body: whoever works there makes it, once the task is given."""
    meeting = await office.fixed_meeting()
    await office.official.says("/khaosat")
    assert not office.official.sees_button(f"Soạn khảo sát: {meeting.title}")
    async with office.world.store.unit() as uow:
        desk = next(one for one in await uow.places.desks(meeting.unit_id) if one.code == "chuyen-mon")
        await uow.tasks.add(
            Task(
                meeting.unit_id,
                TaskKind.DUTY,
                "k",
                meeting.title,
                uow.now,
                what="duty_survey",
                meeting_id=meeting.id,
                desk_id=desk.id,
            )
        )
        await uow.commit()
    await office.official.says("/khaosat")
    await office.official.presses(f"Soạn khảo sát: {meeting.title}")
    for typed in ("Đường giao thông", TYPED, "20/4/2024", "TDP Hàng Gòn"):
        await office.official.says(typed)
    await office.official.presses("Gửi")
    assert "Câu 1/2" in office.mai.hears()


async def test_a_survey_closes_before_the_dialogue(office: Office) -> None:
    meeting = await office.fixed_meeting()
    await office.secretary.taps_code(f"surveynew.{meeting.id}")
    for typed in ("Đường", TYPED, "25/4/2024"):
        await office.secretary.says(typed)
    await office.secretary.presses("Tất cả các thôn, tổ")
    await office.secretary.presses("Gửi")
    assert "phải đóng trước ngày đối thoại" in office.secretary.hears()
    await office.secretary.presses("Sửa")
    for typed in ("Đường", TYPED, "20/4/2024", "TDP Hàng Gòn"):
        await office.secretary.says(typed)
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        elsewhere = (await uow.places.hamlets(meeting.unit_id))[-1].id + 1000
        typed = {"title": "Đường", "questions": read_questions(TYPED), "closes_on": date(2024, 4, 20)}
        with pytest.raises(NotFound):
            await make_survey(uow, by=secretary, meeting_id=meeting.id, hamlets=[UnitId(elsewhere)], **typed)
        survey = await make_survey(uow, by=secretary, meeting_id=meeting.id, hamlets=[], **typed)
        with pytest.raises(ChangedMeanwhile):
            await pass_survey_on(uow, by=secretary, survey_id=survey.id)
        await uow.commit()
    await set_meeting(office.world, meeting, MeetingState.HELD)
    async with office.world.store.unit() as uow:
        with pytest.raises(RuleBroken, match="meeting_over"):
            await send_survey(uow, by=secretary, survey_id=survey.id)
    await office.secretary.taps_code(f"surveynew.{meeting.id}")
    assert "đã qua" in office.secretary.hears() or "kết thúc" in office.secretary.hears()


async def test_the_desk_makes_sends_and_shows_the_result(office: Office) -> None:
    meeting = await office.fixed_meeting()
    desk = await sit_down(desk_app(office.world), office.secretary)
    await desk.opens("/buoi")
    assert "Khảo sát ý kiến" in desk.reads()
    await desk.opens("/khao-sat")
    new = {"meeting": str(meeting.id), "title": "Đường", "questions": TYPED, "until": "2024-04-20", "hamlets": ""}
    for wrong, said in (
        ({"title": "."}, "nội dung"),
        ({"questions": "Gì?"}, "2 đến 6"),
        ({"until": ""}, "ngày"),
        ({"hamlets": "Thôn Khác"}, "không phải thôn"),
    ):
        await desk.sends("/khao-sat/them", form="new", **{**new, **wrong})
        assert (desk.status, said in desk.reads()) == (422, True), wrong
    await desk.sends("/khao-sat/them", form="new", **new)
    assert desk.at.endswith("/khao-sat/1")
    assert "Xóm 3" in desk.reads()
    await desk.sends("/khao-sat/1/gui")
    assert desk.status == 422, "a yes in the chat first"
    await office.world.settle()
    await office.secretary.presses("Đúng là tôi")
    await desk.sends("/khao-sat/1/gui")
    assert "Đã gửi khảo sát" in desk.reads()
    await office.world.settle()
    await office.mai.presses("Xóm 1")
    await desk.opens("/khao-sat/1")
    assert "Đóng rồi mới xem được" in desk.reads()
    await desk.sends("/khao-sat/1/dong")
    assert "Đã đóng khảo sát" in desk.reads()
    assert re.search(r"Tất cả</th><td[^>]*>1<", unescape(desk.page))
    await desk.opens("/khao-sat")
    assert "đã đóng lúc" in desk.reads()

    await desk.sends("/khao-sat/them", form="new", **{**new, "hamlets": "TDP Hàng Gòn"})
    await desk.sends("/khao-sat/2/bo")
    assert "Đã bỏ khảo sát" in desk.reads()


async def test_the_desk_passes_a_survey_to_many_on(office: Office) -> None:
    meeting = await office.fixed_meeting()
    await limit(office.world, 0)
    desk = await sit_down(desk_app(office.world), office.secretary)
    await desk.opens("/khao-sat")
    new = {"meeting": str(meeting.id), "title": "Đường", "questions": TYPED, "until": "2024-04-20"}
    await desk.sends("/khao-sat/them", form="new", **new)
    await desk.sends("/khao-sat/1/chuyen")
    assert "cần người thứ hai gửi" in desk.reads()
    await office.world.settle()
    assert "cần người thứ hai xem rồi gửi" in office.chair.hears()


async def test_what_is_refused_to_whoever_only_watches(office: Office) -> None:
    await office.world.staff(Role.SUPERVISOR, "DL", "Hồ Thị Giám")
    await makes(office.secretary, await office.fixed_meeting())
    async with office.world.store.unit() as uow:
        watching, secretary = await person_named(uow, "Hồ Thị Giám"), await person_named(uow, "Trần Văn Thư")
        for deed in (send_survey, close_survey, pass_survey_on):
            with pytest.raises(NotFound):
                await deed(uow, by=watching, survey_id=FIRST)
        with pytest.raises(ChangedMeanwhile):
            await drop_survey(uow, by=secretary, survey_id=FIRST)
        await close_survey(uow, by=secretary, survey_id=FIRST)
        with pytest.raises(ChangedMeanwhile):
            await close_survey(uow, by=secretary, survey_id=FIRST)
        assert await close_due_surveys(uow, local(2025, 1, 1).date()) == 0


def test_questions_are_read_as_they_are_typed() -> None:
    assert read_questions(f"\n{TYPED}\n\n") == [
        ["Làm đường nào trước?", "Xóm 1", "Xóm 3"],
        ["Họp buổi nào?", "Sáng", "Chiều", "Tối"],
    ]
    for typed in (
        "",
        "Gì?\nMột",
        "Gì?\n…\n!",
        "Gì?\n" + "\n".join("abcdefg"),
        "Gì?\nCó\ncó",
        f"Gì?\nCó\n{'a' * 61}",
        f"{'a' * 201}\nCó\nKhông",
        "\n\n".join(["Gì?\nCó\nKhông"] * 6),
    ):
        with pytest.raises(RuleBroken, match="survey_questions"):
            read_questions(typed)


def test_counts_are_read_line_by_line() -> None:
    assert read_people(" 12 ") == 12
    for typed in ("0", "10000", "-1", "mười"):
        with pytest.raises(RuleBroken, match="survey_people"):
            read_people(typed)
    assert read_answers("7, 5\n", [ROADS], 12) == [[7, 5]]
    for typed in ("7", "7 5\n1 2", "7 x", ""):
        with pytest.raises(RuleBroken, match="survey_numbers"):
            read_answers(typed, [ROADS], 12)
    with pytest.raises(RuleBroken, match="survey_too_many"):
        read_answers("7 6", [ROADS], 12)


def counts(*hamlets: tuple[list[int], list[int]]) -> list[HamletCounts]:
    """Hamlets with what came by phone and what their head counted, for one question of two choices."""
    return [
        HamletCounts(UnitId(number), 50, sum(phone) + sum(head), [phone], [head])
        for number, (phone, head) in enumerate(hamlets, 1)
    ]


@pytest.mark.parametrize(
    ("hamlets", "totals", "cells"),
    [
        ((([9, 8], [0, 0]), ([7, 6], [0, 0])), [16, 14], [[9, 8], [7, 6]]),
        # the single hamlet is its own sum
        ((([9, 2], [0, 0]),), [None, None], [[None, None]]),
        # what is left out of one hamlet could be subtracted: it takes the other's along
        ((([9, 2], [0, 0]), ([7, 6], [0, 0])), [16, 8], [[None, None], [None, None]]),
        # among three the largest stays
        ((([9, 4], [0, 0]), ([7, 6], [0, 0]), ([20, 30], [0, 0])), [36, 40], [[None, None], [None, None], [20, 30]]),
        # two that were left out are together still few: a third joins them
        ((([1, 0], [0, 0]), ([0, 1], [0, 0]), ([8, 9], [0, 0])), [9, 10], [[None, None], [None, None], [None, None]]),
        # the head knows what the head counted: few by phone among many stay hidden
        ((([1, 9], [20, 0]), ([9, 9], [0, 0]), ([30, 30], [0, 0])), [60, 48], [[None] * 2, [None] * 2, [30, 30]]),
    ],
)
def test_no_cell_tells_what_few_people_chose(
    hamlets: tuple[tuple[list[int], list[int]], ...], totals: list[int | None], cells: list[list[int | None]]
) -> None:
    result = result_of([ROADS], counts(*hamlets))
    assert result.totals == [totals]
    assert [one.cells[0] for one in result.hamlets] == cells


async def task_of_the_survey(office: Office, meeting: Meeting) -> int:
    """The plan asks an office to make a survey; the secretary has given it to the official's desk."""
    async with office.world.store.unit() as uow:
        desk = next(one for one in await uow.places.desks(meeting.unit_id) if one.code == "chuyen-mon")
        about = {"what": "duty_survey", "meeting_id": meeting.id, "desk_id": desk.id}
        # what is to be done besides is left as it is
        other = about | {"what": "duty_venue"}
        await uow.tasks.add(Task(meeting.unit_id, TaskKind.DUTY, "v", meeting.title, uow.now, **other))
        task = await uow.tasks.add(Task(meeting.unit_id, TaskKind.DUTY, "k", meeting.title, uow.now, **about))
        await uow.commit()
    return task.id


async def standing(office: Office, task_id: int) -> tuple[bool, str]:
    async with office.world.store.reading() as uow:
        task = await uow.tasks.get(TaskId(task_id))
    return task.done_at is not None, task.outcome


async def test_with_its_last_survey_the_plans_task_is_done(office: Office) -> None:
    """Closed by hand while another goes on: not yet. The sweep closes the other: done, with the results to open."""
    meeting = await office.fixed_meeting()
    task = await task_of_the_survey(office, meeting)
    await makes(office.secretary, meeting, "TDP Hàng Gòn")
    await makes(office.secretary, meeting, "TDP Hàng Gòn")
    await office.mai.taps_code("sv.1.0.0")
    await office.mai.taps_code("sv.2.0.0")
    await office.secretary.taps_code("surveyclose.1")
    await office.secretary.presses("Gửi")
    assert await standing(office, task) == (False, "")
    office.world.clock.move_to(local(2024, 4, 21, 1))
    async with office.world.store.unit() as uow:
        await close_due_surveys(uow, date(2024, 4, 21))
        await uow.commit()
    await office.world.settle()
    assert await standing(office, task) == (True, "Đường giao thông")
    assert "Đã báo xong" in office.secretary.hears(), "nobody pressed anything, so the secretary hears it"
    async with office.world.store.reading() as uow:
        about = sa.select(t.audit_entries.c.actor_id).where(t.audit_entries.c.act == "report_task")
        assert (await uow.session.scalars(about)).all() == [None]
    await office.secretary.taps_code(f"task.{task}")
    assert "Khảo sát “Đường giao thông”: đã hỏi 1, đã trả lời 1." in office.secretary.hears()
    await office.secretary.presses("📊 Đường giao thông")
    assert "Kết quả khảo sát" in office.secretary.hears()
    desk = await sit_down(desk_app(office.world), office.official)
    await desk.opens(f"/viec/{task}")
    assert "Kết quả khảo sát: Đường giao thông" in desk.reads()
    await desk.opens("/khao-sat/2")
    assert "Làm đường nào trước?" in desk.reads()


async def test_a_survey_nobody_answered_shows_nothing(office: Office) -> None:
    meeting = await office.fixed_meeting()
    task = await task_of_the_survey(office, meeting)
    await makes(office.secretary, meeting, "TDP Hàng Gòn")
    await office.secretary.taps_code("surveyclose.1")
    await office.secretary.presses("Gửi")
    assert await standing(office, task) == (False, "")
    office.put_away()
    await office.secretary.taps_code(f"cancelmeeting.{meeting.id}")
    await office.secretary.says("Bão số 2")
    await office.secretary.presses("Gửi")
    assert "đã đóng" not in office.chair.hears(), "it was closed already"


async def test_a_cancelled_dialogue_asks_nobody_any_more(office: Office) -> None:
    """Sent at night, cancelled before morning: who has it hears why it is over, who had not is never asked."""
    meeting = await office.fixed_meeting()
    await office.secretary.taps_code(f"surveynew.{meeting.id}")
    for typed in ("Bản nháp", TYPED, "20/4/2024", "TDP Hàng Gòn"):
        await office.secretary.says(typed)
    await makes(office.secretary, meeting, "TDP Hàng Gòn")
    await office.mai.taps_code("sv.1.0.0")
    office.world.clock.move_to(local(2024, 3, 4, 22))
    await makes(office.secretary, meeting, "TDP Hàng Gòn")
    office.put_away()
    await office.secretary.taps_code(f"cancelmeeting.{meeting.id}")
    await office.secretary.says("Bão số 2")
    await office.secretary.presses("Gửi")
    assert "đã đóng. Đã hỏi: 1, đã trả lời: 1" in office.chair.hears()
    await office.mai.taps_code("sv.1.1.0")
    assert f"Buổi “{meeting.title}” không tổ chức nữa" in office.mai.hears()
    await office.mai.says("/khaosat")
    assert "không có khảo sát nào cho bà/ông" in office.mai.hears()
    office.world.clock.move_to(local(2024, 3, 5, 9))
    await office.world.settle()
    assert "Câu 1/2" not in office.mai.hears()


async def test_a_survey_ends_before_the_new_day_of_its_dialogue(office: Office) -> None:
    """Moved ahead: the survey ends the day before; moved to the very next day: now. Put off: it goes on as it was."""
    meeting = await office.fixed_meeting()
    await makes(office.secretary, meeting, "TDP Hàng Gòn")
    await office.mai.taps_code("sv.1.0.0")

    async def until() -> tuple[date, bool]:
        async with office.world.store.reading() as uow:
            survey = await uow.surveys.get(FIRST)
        return survey.closes_on, survey.is_open

    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        held = await uow.meetings.get(meeting.id)
        await move_surveys(uow, held, date(2024, 4, 26), secretary.id)
        assert (await uow.surveys.get(FIRST)).closes_on == date(2024, 4, 20), "later than it lasts"
        await uow.commit()
    await office.secretary.taps_code(f"fix.{meeting.id}")
    for typed in ("16/04/2024", "08:00"):
        await office.secretary.says(typed)
    await office.secretary.presses("Bỏ qua")
    await office.secretary.presses("Gửi")
    assert await until() == (date(2024, 4, 15), True)
    await office.secretary.taps_code(f"postpone.{meeting.id}")
    await office.secretary.says("Lãnh đạo đi vắng")
    if office.secretary.sees_button("Bỏ qua"):
        await office.secretary.presses("Bỏ qua")
    await office.secretary.presses("Gửi")
    assert await until() == (date(2024, 4, 15), True)
    async with office.world.store.unit() as uow:
        held = await uow.meetings.get(meeting.id)
        await move_surveys(uow, held, uow.today, secretary.id)
        await uow.commit()
    assert await until() == (date(2024, 4, 15), False)
