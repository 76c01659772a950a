"""What the asker says back: rating, reopening, answering an official who asked (R124; PRODUCT, Question states)."""

import pytest

from intake.actions.questions.rate_answer import rate_answer, reopen
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Role
from intake.rules.questions.question import QuestionId, QuestionState
from tests.support.stories import answer, lay_on_desk, neighbour_asks, put_in_state, question_of
from tests.support.world import Phone, World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
CODE = "DL-2024-0001"


@pytest.fixture
async def mai(world: World) -> Phone:
    """Mai has asked, and the desk has her question."""
    phone = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await phone.says("/hoi")
    await phone.says(ROAD)
    await phone.presses("Gửi")
    await lay_on_desk(world, CODE)
    phone.reads()
    return phone


async def _state(world: World) -> tuple[QuestionState, str | None]:
    async with world.store.unit() as uow:
        question = await question_of(uow, CODE)
        return question.state, question.rating


async def test_a_satisfied_asker_closes_the_question_once(world: World, mai: Phone) -> None:
    await answer(world, CODE, "Sửa trong quý II.")
    assert "Sửa trong quý II." in mai.hears()
    await mai.presses("Hài lòng")
    assert "Cảm ơn bà/ông đã đánh giá" in mai.hears()
    assert await _state(world) == (QuestionState.CLOSED, "good")

    await mai.presses("Chưa hài lòng")
    assert "đã đánh giá câu trả lời này rồi" in mai.hears()
    assert await _state(world) == (QuestionState.CLOSED, "good")


@pytest.mark.contract
async def test_the_rating_can_be_typed(world: World, mai: Phone) -> None:
    await answer(world, CODE, "Sửa trong quý II.")
    await mai.says("chua hai long")
    assert mai.sees_button("Mở lại")
    assert await _state(world) == (QuestionState.CLOSED, "bad")


@pytest.mark.usefixtures("mai")
async def test_nobody_else_rates_and_guessed_codes_find_nothing(world: World) -> None:
    await answer(world, CODE, "Sửa trong quý II.")
    hai = await world.resident("DL-hang-gon", "Trần Văn Hải")
    codes = ("rate.1.good", "rate.1.", "rate.1", "rate.x.good", "rate.1.great", "rate.99.bad", "reopen.1", "clarify.1")
    for code in (*codes, "reopen.", "clarify.99"):
        await hai.taps_code(code)
        assert "Không tìm thấy" in hai.hears(), code
    assert await _state(world) == (QuestionState.ANSWERED, None)


async def test_what_is_not_answered_cannot_be_rated_nor_reopened_nor_clarified(world: World, mai: Phone) -> None:
    await mai.taps_code("rate.1.good")
    assert "đang ở bước khác" in mai.hears()
    await mai.taps_code("clarify.1")
    assert "đang ở bước khác" in mai.hears()
    await mai.taps_code("reopen.1")
    assert "chỉ mở lại được một lần" in mai.hears()
    await put_in_state(world, CODE, QuestionState.DIRECTED)
    await mai.taps_code("rate.1.good")
    assert await _state(world) == (QuestionState.DIRECTED, None)


async def test_reopening_says_what_is_missing_and_gives_a_new_due_date(world: World, mai: Phone) -> None:
    official = await world.staff(Role.OFFICIAL, "DL", "Phạm An", desk="chuyen-mon")
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await answer(world, CODE, "Đã sửa.")
    world.clock.move(days=10)
    await mai.presses("Chưa hài lòng")
    assert "trong 15 ngày" in mai.hears()
    await mai.presses("Mở lại")
    assert "còn thiếu điều gì" in mai.hears()
    await mai.says("Mới sửa một nửa.")
    await mai.presses("Sửa")
    await mai.says("Mới sửa một nửa đường.")
    assert "Mới sửa một nửa đường." in mai.hears()
    assert await _state(world) == (QuestionState.CLOSED, "bad")
    await mai.presses("Gửi")

    assert "Hạn trả lời mới: 10/04/2024" in mai.hears()
    assert await _state(world) == (QuestionState.TAKEN_ON, None)
    for phone in (official, secretary):
        assert f"Người hỏi đã mở lại câu hỏi {CODE}" in phone.hears()
    await official.presses("Mở")
    assert "Mới sửa một nửa đường." in official.hears()
    async with world.store.unit() as uow:
        question = await question_of(uow, CODE)
        assert question.original_text == ROAD
        running = [clock.kind.value for clock in await uow.clocks.running_for(question.id)]
        assert running == ["reply-outside"]

    await mai.taps_code("send")
    assert "cũ" in mai.hears()


async def test_what_is_typed_after_the_rating_is_why_and_no_new_question(world: World, mai: Phone) -> None:
    """Hardly anybody presses `Mở lại` first. Whoever means something else has a button for it, and loses no word."""
    await answer(world, CODE, "Đã sửa.")
    await mai.presses("Chưa hài lòng")
    assert "Muốn mở lại ngay, xin gõ luôn điều còn thiếu." in mai.hears()
    await mai.says("Mới sửa một nửa đường, trời mưa là ngập.")
    assert f"Mở lại câu hỏi {CODE}. Xem lại trước khi gửi:\n\nMới sửa một nửa đường" in mai.hears()
    await mai.presses("Là câu hỏi khác")
    assert mai.sees_button("Đổi loại"), "the preview of a question of its own"
    assert "Mới sửa một nửa đường, trời mưa là ngập." in mai.hears()
    await mai.says("huỷ")
    assert await _state(world) == (QuestionState.CLOSED, "bad")

    await mai.presses("Mở lại")
    await mai.says("menu")
    await mai.says("Đèn đường xóm 3 tắt một tuần nay.")
    assert "Mở lại câu hỏi" not in mai.hears(), "it does not follow on the rating any more"
    await mai.says("huỷ")

    async with world.store.unit() as uow:
        (await question_of(uow, CODE)).state = QuestionState.ANSWERED
        await uow.commit()
    await mai.taps_code("rate.1.bad")
    await mai.says("Mới sửa một nửa đường.")
    await mai.presses("Gửi")
    assert f"Đã mở lại câu hỏi {CODE}" in mai.hears()
    assert await _state(world) == (QuestionState.TAKEN_ON, None)


async def test_a_question_is_reopened_once_only(world: World, mai: Phone) -> None:
    await answer(world, CODE, "Đã sửa.")
    await mai.presses("Chưa hài lòng")
    await mai.presses("Mở lại")
    await mai.says("Mới sửa một nửa.")
    await mai.presses("Gửi")
    await answer(world, CODE, "Sẽ sửa nốt.")
    await mai.presses("Chưa hài lòng")
    assert "đã được mở lại một lần" in mai.hears()
    assert not mai.sees_button("Mở lại")
    await mai.taps_code("reopen.1")
    assert "chỉ mở lại được một lần" in mai.hears()


@pytest.mark.parametrize(("days", "open_still"), [(15, True), (16, False)])
async def test_reopening_from_the_state_of_a_closed_question_within_fifteen_days(
    world: World, mai: Phone, days: int, *, open_still: bool
) -> None:
    await answer(world, CODE, "Đã sửa.")
    await mai.presses("Hài lòng")
    world.clock.move(days=days)
    await mai.says(f"/trangthai {CODE}")
    assert mai.sees_button("Mở lại") is open_still
    await mai.taps_code("reopen.1")
    assert ("còn thiếu" in mai.hears()) is open_still


async def test_the_fifteen_days_end_while_the_words_are_typed(world: World, mai: Phone) -> None:
    await answer(world, CODE, "Đã sửa.")
    await mai.presses("Hài lòng")
    world.clock.move(days=15)
    await mai.taps_code("reopen.1")
    await mai.says("Mới sửa một nửa.")
    world.clock.move(days=1)
    await mai.presses("Gửi")
    assert "chỉ mở lại được một lần" in mai.hears()
    assert await _state(world) == (QuestionState.CLOSED, "good")


async def test_cancel_and_nonsense_while_reopening(world: World, mai: Phone) -> None:
    await answer(world, CODE, "Đã sửa.")
    await mai.presses("Chưa hài lòng")
    await mai.presses("Mở lại")
    await mai.sends_photo(b"picture")
    assert "bằng chữ" in mai.hears()
    await mai.says("x")
    assert "ngắn quá" in mai.hears()
    await mai.says("Mới sửa một nửa.")
    await mai.says("ok")
    assert "Xin chọn một mục" in mai.hears()
    await mai.presses("Huỷ")
    assert await _state(world) == (QuestionState.CLOSED, "bad")


async def test_a_denunciation_does_not_come_in_by_way_of_reopening(world: World, mai: Phone) -> None:
    """LAW C4."""
    await answer(world, CODE, "Đã sửa.")
    await mai.presses("Chưa hài lòng")
    await mai.presses("Mở lại")
    await mai.says("Tôi tố cáo việc này")
    await mai.presses("Tố cáo")
    assert "không lưu lại" in mai.hears()
    assert await _state(world) == (QuestionState.CLOSED, "bad")


async def test_a_hamlet_head_enters_no_denunciation_for_a_neighbour(world: World) -> None:
    """LAW C4.4."""
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Hồ Văn Tổ")
    await neighbour_asks(world, ROAD)
    await answer(world, CODE, "Đã sửa.")
    await head.taps_code("rate.1.bad")
    await head.presses("Mở lại")
    await head.says("Cụ muốn tố cáo")
    assert "phải do chính người đó nộp" in head.hears()
    assert not head.sees_button("Tố cáo")


async def test_an_official_asked_back_and_the_asker_replies(world: World, mai: Phone) -> None:
    """R124."""
    official = await world.staff(Role.OFFICIAL, "DL", "Phạm An", desk="chuyen-mon")
    await put_in_state(
        world,
        CODE,
        QuestionState.NEEDS_CLARIFICATION,
        state_before=QuestionState.TAKEN_ON,
        reason="Đoạn đường nào?",
    )
    await mai.says(f"/trangthai {CODE}")
    assert "Đang chờ người hỏi cho biết thêm.\nĐoạn đường nào?" in mai.hears()
    await mai.presses("Trả lời")
    assert "Đoạn đường nào?" in mai.hears()
    await mai.says("Đoạn từ cầu đến nhà văn hoá.")
    await mai.presses("Gửi")
    assert "Đã gửi phần trả lời thêm" in mai.hears()
    assert await _state(world) == (QuestionState.TAKEN_ON, None)
    assert "Đoạn từ cầu đến nhà văn hoá." in official.hears()
    await mai.says(f"/trangthai {CODE}")
    assert "Đoạn từ cầu đến nhà văn hoá." in mai.hears()


async def test_a_question_without_desk_is_reopened_for_the_secretary(world: World, mai: Phone) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await answer(world, CODE, "Đã sửa.")
    await mai.presses("Chưa hài lòng")
    await put_in_state(world, CODE, QuestionState.CLOSED, desk_id=None)
    await mai.presses("Mở lại")
    await mai.says("Mới sửa một nửa.")
    await mai.presses("Gửi")
    assert "đã mở lại" in secretary.hears()


@pytest.mark.usefixtures("mai")
async def test_the_action_refuses_strangers_itself(world: World) -> None:
    await answer(world, CODE, "Đã sửa.")
    await world.resident("DL-hang-gon", "Trần Văn Hải")
    async with world.store.unit() as uow:
        question = await question_of(uow, CODE)
        stranger = await uow.people.get(2)  # type: ignore[arg-type]
        assert stranger is not None
        with pytest.raises(NotFound):
            await rate_answer(uow, question_id=question.id, person=stranger, satisfied=True)
        with pytest.raises(NotFound):
            await reopen(uow, question_id=question.id, person=stranger, text="Còn thiếu nữa")
        with pytest.raises(NotFound):
            await reopen(uow, question_id=QuestionId(99), person=stranger, text="Còn thiếu nữa")
        asker = await uow.people.get(question.asker_id)
        assert asker is not None
        with pytest.raises(RuleBroken, match="reopen"):
            await reopen(uow, question_id=question.id, person=asker, text="Còn thiếu nữa")
        assert all(clock.state is not ClockState.RUNNING for clock in await uow.clocks.of_question(question.id))


@pytest.mark.contract
async def test_an_english_speaker_rates_in_english(world: World, mai: Phone) -> None:
    await mai.says("/ngonngu")
    await mai.presses("English")
    await answer(world, CODE, "Done.")
    await mai.presses("Not satisfied")
    await mai.presses("Reopen")
    assert "what is still missing" in mai.hears()


async def test_what_is_missing_may_come_in_two_messages(world: World, mai: Phone) -> None:
    await answer(world, CODE, "Sửa trong quý II.")
    await mai.presses("Chưa hài lòng")
    await mai.presses("Mở lại")
    await mai.says("Quý II đã qua mà chưa ai sửa.")
    await mai.says("Xin cho biết ngày cụ thể.")
    assert "Quý II đã qua mà chưa ai sửa.\nXin cho biết ngày cụ thể." in mai.hears()
    await mai.says("👍")
    assert "👍" not in mai.hears()
    await mai.presses("Gửi")
    assert (await _state(world))[0] is QuestionState.TAKEN_ON
