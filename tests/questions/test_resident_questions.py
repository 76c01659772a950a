"""Following questions: the list, one of them, how its date came about (R160–R164; PRODUCT, Clocks)."""

from datetime import date

import pytest

from intake.actions.deadlines.clocks import start_clock
from intake.actions.questions.ask_question import ask_question
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import DEFAULTS
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from intake.rules.people.quota import HouseLimits
from intake.rules.questions.question import QuestionState
from tests.support.stories import (
    answer,
    lay_on_desk,
    neighbour_asks,
    planned_meeting,
    put_in_state,
    question_of,
    set_meeting,
)
from tests.support.world import Phone, World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"


async def _asks(phone: Phone, text: str = ROAD) -> None:
    await phone.says("/hoi")
    await phone.says(text)
    await phone.presses("Gửi")
    phone.reads()


async def test_no_questions_yet(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("câu hỏi của tôi")
    assert "chưa gửi câu hỏi nào" in mai.hears()
    assert mai.sees_button("✍️ Gửi câu hỏi")


async def test_my_questions_with_state_and_date_and_a_button_each(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    await _asks(mai, "Chợ thị trấn bao giờ có mái che?")
    await mai.says("/menu")
    await mai.presses("📬 Câu hỏi của tôi")

    assert f"DL-2024-0001: {ROAD}\nĐã nhận, đang chờ phân loại.\nHạn trả lời: 01/04/2024 (thứ Hai" in mai.hears()
    assert mai.hears().index("DL-2024-0002") < mai.hears().index("DL-2024-0001")
    await mai.presses("DL-2024-0001")
    assert "DL-2024-0001 · Câu hỏi" in mai.hears()
    assert ROAD in mai.hears()


@pytest.mark.contract
async def test_open_questions_come_first_and_a_long_list_is_cut(world: World) -> None:
    world.store.limits = HouseLimits(questions_a_day=12)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    async with world.store.unit() as uow:
        asker = next(one for one in [await uow.people.get(1)] if one is not None)  # type: ignore[arg-type]
        for number in range(12):
            receipt = await ask_question(uow, asker=asker, text=f"Câu hỏi thứ {number} " + "rất dài " * 30)
            if number:
                receipt.question.state = QuestionState.OUT_OF_SCOPE
        await uow.commit()
    await mai.says("/cauhoi")
    assert "Còn 2 câu hỏi khác" in mai.hears()
    assert mai.hears().index("DL-2024-0001") < mai.hears().index("DL-2024-0012")
    assert "DL-2024-0002" not in mai.hears()
    assert "…" in mai.hears()


async def test_the_state_by_reference_however_it_is_typed(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    for typed in ("/trangthai DL-2024-0001", "tra cứu dl-2024-0001", "Tra cuu  DL-2024-0001", "#DL-2024-0001"):
        await mai.says(typed)
        assert ROAD in mai.hears(), typed
    for code in ("#DL-2024", "/start h-khong-co"):
        await mai.says(code)
        assert "Không tìm thấy mã này" in mai.hears(), code
        assert mai.sees_button("✍️ Gửi câu hỏi")
    await mai.says("/start h-DL-hang-gon")
    assert mai.hears() == "Bà/ông muốn làm gì?", "at home already"
    await mai.says("/trangthai")
    assert "Câu hỏi của bà/ông" in mai.hears()


async def test_other_peoples_questions_and_unknown_codes_are_one_answer(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    hai = await world.resident("DL-hang-gon", "Trần Văn Hải")
    answers = set()
    for command in ("/trangthai", "/cachtinh"):
        for reference in ("DL-2024-0001", "DL-2024-0099"):
            await hai.says(f"{command} {reference}")
            assert f"Không tìm thấy {reference} trong các câu hỏi của bà/ông" in hai.hears()
            answers.add(hai.hears().replace(reference, "DL-…"))
    assert len(answers) == 1
    await hai.says("/trangthai gì đó")
    assert hai.hears() == 'Không tìm thấy. Xin kiểm tra lại mã, hoặc gõ "menu".'
    await hai.says("/trangthai ĐK-DL-2024-0001")
    assert "Không tìm thấy" in hai.hears()
    for code in ("status.1", "why.1", "status.77", "why.", "status.x", "status.-1", "status.²", "why." + "9" * 40):
        await hai.taps_code(code)
        assert "Không tìm thấy" in hai.hears(), code


async def test_staff_who_may_see_a_question_see_it_without_the_askers_buttons(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    await lay_on_desk(world, "DL-2024-0001")
    await answer(world, "DL-2024-0001", "Sửa trong quý II.")
    official = await world.staff(Role.OFFICIAL, "DL", "Phạm An", desk="chuyen-mon")
    other = await world.staff(Role.OFFICIAL, "DL", "Phạm Bình", desk="kt-tg-dv")
    chair = await world.staff(Role.CHAIR, "DL", "Đinh Chủ Trì")
    for phone in (official, chair):
        await phone.says("/trangthai DL-2024-0001")
        assert "Sửa trong quý II." in phone.hears()
        assert not phone.sees_button("Hài lòng")
        await phone.says("/cachtinh DL-2024-0001")
        assert "Cách tính hạn" in phone.hears()
    await other.says("/trangthai DL-2024-0001")
    assert "Không tìm thấy" in other.hears()


async def test_a_late_question_is_called_late_with_the_name_of_the_desk(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    await lay_on_desk(world, "DL-2024-0001")
    world.clock.move(days=31)  # 1 April, the last day
    await mai.says("/trangthai DL-2024-0001")
    assert "quá hạn" not in mai.hears()
    world.clock.move(days=1)
    await mai.says("/trangthai DL-2024-0001")
    day = "01/04/2024 (thứ Hai, theo mặc định, kế hoạch không nêu)"
    desk = "Cán bộ, công chức chuyên môn thị trấn"
    late = f"Đã quá hạn trả lời, hạn là ngày {day}. Nơi chịu trách nhiệm: {desk}."
    assert late in mai.hears()


async def test_late_before_it_lies_on_a_desk_is_the_units_responsibility(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    world.clock.move(days=32)
    await mai.says("/cauhoi")
    assert "Nơi chịu trách nhiệm: thị trấn Di Lăng" in mai.hears()


async def test_a_question_for_a_meeting_says_what_will_start_the_clock(world: World) -> None:
    """R160: 30 days from the end of the meeting."""
    meeting = await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    for typed in ("/cachtinh DL-2024-0001", "/trangthai DL-2024-0001", "/cauhoi"):
        await mai.says(typed)
        assert "hạn trả lời được tính từ ngày kết thúc buổi đó: Đối thoại tháng 4 năm 2024" in mai.hears(), typed

    await set_meeting(world, meeting, MeetingState.HELD)
    await put_in_state(world, "DL-2024-0001", QuestionState.TAKEN_ON)
    async with world.store.unit() as uow:
        question = await question_of(uow, "DL-2024-0001")
        await start_clock(uow, ClockKind.REPLY, date(2024, 4, 25), settings=DEFAULTS, question=question)
        await uow.commit()
    await mai.says("/cachtinh DL-2024-0001")
    assert "Phải trả lời trước khi hết ngày 27/05/2024 (thứ Hai): 30 ngày" in mai.hears()
    assert "ngày 25/05/2024 là ngày nghỉ" in mai.hears()


async def test_each_running_clock_is_explained_in_a_sentence(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    await mai.says("/trangthai DL-2024-0001")
    await mai.presses("Cách tính hạn")
    assert "Phải báo đã tiếp nhận" in mai.hears()
    assert "Phải trả lời trước khi hết ngày 01/04/2024 (thứ Hai): 30 ngày kể từ ngày nhận 01/03/2024" in mai.hears()


async def test_without_a_code_the_dates_of_all_questions_are_a_tap_away(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    await mai.says("/cachtinh")
    await mai.presses("DL-2024-0001")
    assert "Cách tính hạn của DL-2024-0001" in mai.hears()


async def test_a_date_that_moved_is_shown_with_its_earlier_one_and_the_reason(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    async with world.store.unit() as uow:
        question = await question_of(uow, "DL-2024-0001")
        clock = await start_clock(uow, ClockKind.REPLY_OUTSIDE, date(2024, 3, 4), settings=DEFAULTS, question=question)
        clock.history = [*clock.history, {**clock.history[0], "reason": "Nghỉ bù theo quyết định mới"}]
        await uow.commit()
    await mai.says("/cachtinh DL-2024-0001")
    assert "Trước đó hạn là 01/04/2024, thứ Hai; đổi lúc 08:00, 01/03/2024." in mai.hears()
    assert "Lý do: Nghỉ bù theo quyết định mới" in mai.hears()


async def test_after_the_answer_the_last_clock_is_explained_and_without_any_clock_that_is_said(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    await answer(world, "DL-2024-0001", "Sửa trong quý II.")
    await mai.says("/cachtinh DL-2024-0001")
    assert "Phải trả lời trước khi hết ngày 01/04/2024" in mai.hears()

    await planned_meeting(world, "DL-hang-gon")
    await _asks(mai)
    await put_in_state(world, "DL-2024-0002", QuestionState.OUT_OF_SCOPE, reason="Việc riêng. Xin đến toà án.")
    await mai.says("/cachtinh DL-2024-0002")
    assert "không có thời hạn nào đang chạy" in mai.hears()
    await mai.says("/trangthai DL-2024-0002")
    assert "Không thuộc nội dung đối thoại.\nViệc riêng. Xin đến toà án." in mai.hears()
    assert not mai.sees_button("Cách tính hạn")


async def test_a_referral_names_the_agency_and_the_date(world: World) -> None:
    """R161."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    await answer(world, "DL-2024-0001", "Ngoài thẩm quyền.", promise=("Sở Giao thông vận tải", date(2024, 5, 20)))
    await mai.says("/trangthai DL-2024-0001")
    assert "Đã chuyển Sở Giao thông vận tải, hẹn trả lời chậm nhất ngày 20/05/2024, thứ Hai." in mai.hears()


async def test_every_state_has_its_words_in_both_languages(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await _asks(mai)
    for state in QuestionState:
        world.clock.move(minutes=1)
        await put_in_state(world, "DL-2024-0001", state)
        await mai.says("/trangthai DL-2024-0001")
        assert ROAD in mai.hears(), state
    await mai.says("/ngonngu")
    await mai.presses("English")
    for state in QuestionState:
        world.clock.move(minutes=1)
        await put_in_state(world, "DL-2024-0001", state)
        await mai.says("/trangthai DL-2024-0001")
        assert "· Question" in mai.hears(), state


async def test_a_hamlet_head_follows_what_was_typed_for_a_neighbour(world: World) -> None:
    """R111."""
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Hồ Văn Tổ")
    await neighbour_asks(world, ROAD)
    await head.says("/cauhoi")
    assert "Hỏi hộ: Cụ Năm" in head.hears()
    await answer(world, "DL-2024-0001", "Sửa trong quý II.")
    await head.says("/trangthai DL-2024-0001")
    await head.presses("Hài lòng")
    assert "Cảm ơn" in head.hears()
