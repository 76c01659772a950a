"""The secretary's inbox: to a desk, to the meeting, back to the asker, or out, always with a word to the asker."""

from datetime import date

import pytest

from intake.actions.questions.triage import decline
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import NotFound, RuleBroken, TooLong
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from intake.rules.people.quota import HouseLimits
from intake.rules.questions.promise import LONGEST_TEXT
from intake.rules.questions.question import QuestionState
from tests.support.office import DESK, ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.stories import put_in_state, question_of, set_meeting
from tests.support.world import World


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def test_the_inbox_shows_what_came_and_opens_it_whole(office: Office) -> None:
    await office.mai.says("/hoi")
    await office.mai.says("Xin sửa đèn đường trước nhà văn hóa.")
    await office.mai.sends_photo(b"\xff\xd8\xff\xe0 a dark lamp")
    await office.mai.presses("Gửi")
    await office.secretary.says("phan loai")

    assert "DL-2024-0001 – TDP Hàng Gòn: Xin sửa đèn đường" in office.secretary.hears()
    await office.secretary.presses("DL-2024-0001")
    assert "Người hỏi: Nguyễn Thị Mai" in office.secretary.hears()
    assert "Tệp gửi kèm:\n– 1 ảnh" in office.secretary.hears()
    assert any(message.attachments for message in office.secretary.news())
    assert not office.secretary.sees_button("Chờ buổi đối thoại")


async def test_a_sensitive_matter_hides_the_name_and_no_phone_is_ever_shown(office: Office) -> None:
    """R026, LAW C5."""
    nam = office.world.phone()
    await nam.says("/start h-DL-hang-gon")
    await nam.presses("Đồng ý")
    await nam.says("Võ Văn Nam")
    await nam.says("0912 345 678")
    await nam.says("Cán bộ hướng dẫn giấy tờ chưa rõ ràng.")
    await nam.presses("Gửi")
    await office.secretary.presses("Mở")
    assert "Võ Văn Nam" in office.secretary.hears()
    assert "912" not in office.secretary.hears()

    await put_in_state(office.world, "DL-2024-0001", QuestionState.RECEIVED, sensitive=True)
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0001")
    assert "Võ Văn Nam" in office.secretary.hears(), "secretary and chair may know"
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)
    await office.official.presses("Mở")
    assert "giấy tờ chưa rõ ràng" in office.official.hears()
    assert "Nam" not in office.official.hears()


async def test_a_desk_gets_it_and_the_asker_learns_which_and_until_when(office: Office) -> None:
    """LAW C1: taking it on meets the ten working days; R164: the reply clock goes on."""
    reference = await office.asked()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.says("ai cũng được")
    assert office.secretary.sees_button(DESK)
    await office.secretary.presses(DESK)

    assert DESK in office.mai.hears()
    assert "01/04/2024" in office.mai.hears()
    assert office.official.sees_button("Mở")
    assert office.other.hears() == ""
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON
    assert await office.clocks(reference) == {ClockKind.REPLY_OUTSIDE: date(2024, 4, 1)}
    assert ClockKind.ACKNOWLEDGE in await office.clocks(reference, ClockState.MET)
    await office.secretary.says("/phanloai")
    assert "Không còn câu hỏi nào" in office.secretary.hears()


async def test_what_was_assigned_is_not_assigned_again_from_an_old_letter(office: Office) -> None:
    reference = await office.assigned()
    question = await office.question(reference)
    await office.secretary.taps_code(f"assign.{question.id}")

    assert "bước khác" in office.secretary.hears()
    assert "Bộ phận nào" not in office.secretary.hears()
    assert (await office.question(reference)).desk_id == question.desk_id


async def test_a_question_for_a_meeting_is_prepared_by_a_desk(office: Office) -> None:
    await office.fixed_meeting()
    reference = await office.assigned()

    question = await office.question(reference)
    assert question.state is QuestionState.WAITING_FOR_MEETING
    assert await office.clocks(reference) == {}
    await office.official.says("/hangdoi")
    assert f"{reference} – chờ buổi đối thoại" in office.official.hears()
    async with office.world.store.reading() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
    assert question.asker_id == mai.id


async def test_a_question_is_kept_for_the_meeting_and_given_a_desk_later(office: Office) -> None:
    await office.fixed_meeting()
    reference = await office.asked()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Chờ buổi đối thoại")

    assert "sẽ được nêu tại buổi" in office.mai.hears()
    question = await office.question(reference)
    assert (question.state, question.desk_id) == (QuestionState.WAITING_FOR_MEETING, None)
    await office.secretary.taps_code(f"assign.{question.id}")
    await office.secretary.presses(DESK)
    assert "chuẩn bị trả lời" in office.mai.hears()
    assert (await office.question(reference)).state is QuestionState.WAITING_FOR_MEETING


async def test_without_a_meeting_nothing_is_kept_for_one(office: Office) -> None:
    reference = await office.asked()
    question = await office.question(reference)
    await office.secretary.taps_code(f"keep.{question.id}")

    assert "không gửi cho buổi đối thoại nào" in office.secretary.hears()
    assert (await office.question(reference)).state is QuestionState.RECEIVED


async def test_a_cancelled_meeting_leaves_the_question_to_a_desk_with_a_clock(office: Office) -> None:
    """R164: without a meeting to wait for, the reply is owed from the day the office takes it on."""
    meeting = await office.fixed_meeting()
    reference = await office.asked()
    await set_meeting(office.world, meeting, MeetingState.CANCELLED)
    await office.secretary.presses("Mở")
    assert not office.secretary.sees_button("Chờ buổi đối thoại")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)

    assert await office.clocks(reference) == {ClockKind.REPLY_OUTSIDE: date(2024, 4, 1)}
    assert "01/04/2024" in office.mai.hears()


async def test_out_of_scope_is_told_with_the_reason_and_where_to_go(office: Office) -> None:
    """R122."""
    reference = await office.asked()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Ngoài nội dung")
    await office.secretary.says("Đường này do tỉnh quản lý.")
    await office.secretary.says("Sở Giao thông vận tải")
    assert office.mai.hears() == ""
    await office.secretary.presses("Sửa")
    await office.secretary.says("Đường này thuộc tỉnh lộ.")
    await office.secretary.says("Sở Giao thông vận tải tỉnh")
    await office.secretary.presses("Gửi")

    assert "Lý do: Đường này thuộc tỉnh lộ." in office.mai.hears()
    assert "liên hệ: Sở Giao thông vận tải tỉnh" in office.mai.hears()
    assert (await office.question(reference)).state is QuestionState.OUT_OF_SCOPE
    assert await office.clocks(reference) == {}


async def test_a_reason_of_two_lines_is_told_whole_and_apart_from_where_to_turn(office: Office) -> None:
    reference = await office.asked()
    await office.secretary.says("/phanloai")
    await office.secretary.presses(reference)
    await office.secretary.presses("Ngoài nội dung")
    await office.secretary.says("Đường này thuộc tỉnh lộ.\nXã không được sửa.")
    await office.secretary.says("Sở Giao thông vận tải\ntỉnh Quảng Ngãi")
    await office.secretary.presses("Gửi")
    await office.mai.says(f"/trangthai {reference}")
    said = "Lý do: Đường này thuộc tỉnh lộ.\nXã không được sửa.\nBà/ông có thể liên hệ: Sở Giao thông vận tải tỉnh"
    assert said in office.mai.hears()
    await office.mai.presses("Đề nghị xem lại")

    assert "vì: Đường này thuộc tỉnh lộ.\nXã không được sửa.\n" in office.chair.hears()


async def test_whoever_is_told_out_of_scope_has_it_looked_at_once_more(office: Office) -> None:
    """A1.8, R024: the secretary declines, the asker appeals, the chair hears of it and may take it on (R122)."""
    reference = await office.asked()

    async def declines(why: str = "") -> None:
        await office.secretary.says("/phanloai")
        await office.secretary.presses(reference)
        await office.secretary.presses("Ngoài nội dung")
        await (office.secretary.presses(why) if why else office.secretary.says("Đường này thuộc tỉnh lộ."))
        await office.secretary.says("Sở Giao thông vận tải tỉnh")
        await office.secretary.presses("Gửi")

    await declines()
    await office.mai.presses("Đề nghị xem lại")
    assert f"Đã chuyển đề nghị xem lại câu hỏi {reference}" in office.mai.hears()
    assert "Hạn trả lời: 01/04/2024" in office.mai.hears()
    for phone in (office.secretary, office.chair):
        assert f"Người hỏi đề nghị xem lại câu hỏi {reference}" in phone.hears()
        assert "vì: Đường này thuộc tỉnh lộ.\n" in phone.hears()
    await office.chair.presses("Mở")
    assert office.chair.sees_button("Giao bộ phận")
    question = await office.question(reference)
    await office.mai.taps_code(f"appeal.{question.id}")
    assert "không còn ở tình trạng ngoài nội dung" in office.mai.hears(), "it is looked at already"

    await declines("Thông tin chưa có căn cứ")
    assert not office.mai.sees_button("Đề nghị xem lại"), "once"
    await office.mai.says(f"/trangthai {reference}")
    assert "Lý do: Thông tin chưa có căn cứ\nBà/ông có thể liên hệ: Sở Giao thông vận tải tỉnh" in office.mai.hears()
    assert not office.mai.sees_button("Đề nghị xem lại")
    await office.mai.taps_code(f"appeal.{question.id}")
    assert "đã được đề nghị xem lại một lần rồi" in office.mai.hears()
    await office.other.taps_code(f"appeal.{question.id}")
    assert "Không tìm thấy" in office.other.hears()
    assert await office.clocks(reference) == {}


async def test_an_appeal_before_the_meeting_waits_for_its_end(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    reference = await office.asked()
    await put_in_state(office.world, reference, QuestionState.OUT_OF_SCOPE, reason="Việc của tỉnh\nUBND tỉnh")
    await office.mai.says(f"/trangthai {reference}")
    await office.mai.presses("Đề nghị xem lại")
    assert f"tính từ ngày kết thúc buổi đó: {meeting.title}" in office.mai.hears()


async def test_nothing_is_declined_without_saying_where_to_go(office: Office) -> None:
    """R122, and the guard stands in the action, not only in the conversation."""
    reference = await office.asked()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Ngoài nội dung")
    await office.secretary.says("Đường này do tỉnh quản lý.")
    await office.secretary.sends_photo(b"\xff\xd8\xff\xe0 no words")
    assert "bước này chỉ đọc được chữ" in office.secretary.hears()

    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        question_id = (await question_of(uow, reference)).id
        for reason, instead in (("Do tỉnh quản lý.", " "), ("", "Sở"), ("Dài" * LONGEST_TEXT, "Sở")):
            with pytest.raises(RuleBroken) as refusal:
                await decline(uow, by=secretary, question_id=question_id, reason=reason, instead=instead)
            assert refusal.type in (RuleBroken, TooLong)
    assert office.mai.hears() == ""
    assert (await office.question(reference)).state is QuestionState.RECEIVED


async def test_the_chair_may_still_take_on_what_was_out_of_scope(office: Office) -> None:
    """R122: the chair may answer or not."""
    reference = await office.asked()
    await put_in_state(office.world, reference, QuestionState.OUT_OF_SCOPE)
    question = await office.question(reference)
    await office.chair.taps_code(f"triage.{question.id}")
    await office.chair.presses("Giao bộ phận")
    await office.chair.presses(DESK)

    assert DESK in office.mai.hears()
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


@pytest.mark.contract
@pytest.mark.parametrize("code", ["triage.1", "assign.1", "keep.1", "decline.1", "askback.1", "triagemore.0"])
async def test_guessed_codes_show_nothing_to_who_may_not(office: Office, code: str) -> None:
    await office.asked()
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (office.mai, office.official, stranger):
        await phone.taps_code(code)
        assert "Đường vào xóm" not in phone.hears()
        assert "Không tìm thấy" in phone.hears() or "Không còn câu hỏi" in phone.hears()
    for guess in (f"{code[:-1]}99", f"{code[:-1]}x", f"{code[:-1]}{'9' * 30}"):
        await office.secretary.taps_code(guess)
        assert "Không tìm thấy" in office.secretary.hears() or "Không còn câu hỏi" in office.secretary.hears()


async def test_a_desk_of_another_unit_is_no_choice(office: Office) -> None:
    from intake.actions.questions.triage import assign

    reference = await office.asked()
    await neighbour_unit(office.world, Role.SECRETARY)
    async with office.world.store.unit() as uow:
        elsewhere = next(one for one in await uow.places.roots() if one.code != "DL")
        desk = (await uow.places.desks(elsewhere.id))[0]
        secretary = await person_named(uow, "Trần Văn Thư")
        question_id = (await question_of(uow, reference)).id
        with pytest.raises(NotFound):
            await assign(uow, by=secretary, question_id=question_id, desk_id=desk.id)


@pytest.mark.contract
async def test_a_long_inbox_is_shown_in_parts(office: Office) -> None:
    office.world.store.limits = HouseLimits(questions_a_day=12)
    for number in range(12):
        await office.asked(f"{ROAD} Lần thứ {number}.")
    await office.secretary.says("/phanloai")
    assert "(12)" in office.secretary.hears()
    assert "DL-2024-0011" not in office.secretary.hears()
    await office.secretary.presses("Xem tiếp (2)")
    assert office.secretary.sees_button("DL-2024-0012")


@pytest.mark.contract
async def test_the_secretary_asks_back_and_hears_the_reply(office: Office) -> None:
    """R124."""
    reference = await office.asked()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Hỏi lại")
    await office.secretary.says("Đoạn nào hỏng?")
    await office.secretary.says("thế thôi")
    assert "chọn một mục bên dưới" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "Đoạn nào hỏng?" in office.mai.hears()
    await office.secretary.says("/phanloai")
    assert "đang chờ người hỏi trả lời" in office.secretary.hears()
    await office.secretary.presses(reference)
    assert "Đã hỏi lại người hỏi:\nĐoạn nào hỏng?" in office.secretary.hears()

    await office.mai.presses("Trả lời")
    await office.mai.says("Từ nhà ông Ba tới cầu.")
    await office.mai.presses("Gửi")
    assert "Từ nhà ông Ba tới cầu." in office.secretary.hears()
    question = await office.question(reference)
    assert question.state is QuestionState.RECEIVED
    assert question.original_text == ROAD
    assert question.text == f"{ROAD}\n– Từ nhà ông Ba tới cầu."


async def test_what_lies_on_no_desk_stands_at_the_head_of_what_has_to_be_done(office: Office) -> None:
    """Nothing was said to be left while dozens of questions waited to be given to a desk."""
    await office.secretary.says("/viec")
    assert "câu hỏi chưa giao" not in office.secretary.hears()
    await office.asked()
    reference = await office.asked("Bao giờ có nước sạch?")
    await office.secretary.says("/viec")
    assert "2 câu hỏi chưa giao bộ phận nào; hạn gần nhất: còn 14 ngày" in office.secretary.hears()
    await office.chair.says("/viec")
    assert "câu hỏi chưa giao" not in office.chair.hears(), "the secretary gives them out"
    await office.secretary.presses("📥 Phân loại")
    assert reference in office.secretary.hears()


async def test_what_waits_for_the_meeting_and_lies_on_no_desk_has_no_day_yet(office: Office) -> None:
    await office.fixed_meeting()
    await office.asked()
    await office.secretary.says("/viec")
    assert "1 câu hỏi chưa giao bộ phận nào." in office.secretary.hears()


async def test_no_desk_is_asked_for_where_none_can_be_given(office: Office) -> None:
    reference = await office.assigned()
    question = await office.question(reference)
    for verb, state in (
        ("assign", QuestionState.SEALED),
        ("assign", QuestionState.CLOSED),
        ("reassign", QuestionState.CLOSED),
    ):
        await put_in_state(office.world, reference, state)
        await office.secretary.taps_code(f"{verb}.{question.id}")
        heard = office.secretary.hears()
        assert "Câu hỏi đang ở bước khác nên chưa làm được việc này." in heard or "Không tìm thấy" in heard, state
        assert "Bộ phận nào" not in heard
        assert "Bộ phận khác" not in heard
    await office.secretary.taps_code(f"urgent.{question.id}")
    assert "Câu hỏi đang ở bước khác nên chưa làm được việc này." in office.secretary.hears()
