"""Like questions under one answer (R123): one desk, one draft, one approval, everybody told under their reference."""

from datetime import date

import pytest

from intake.actions.questions.answer_group import share_answer
from intake.actions.questions.carry_out import give_answer
from intake.actions.questions.group_questions import join
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import NotFound
from intake.rules.people.person import Role
from intake.rules.questions.question import Proposal, ProposalKind, ProposalState, QuestionState
from tests.support.before_meeting import AGAIN, asks_too, neighbour
from tests.support.office import DESK, OTHER_DESK, Office, neighbour_unit, open_office, person_named
from tests.support.stories import lay_on_desk, put_in_state, question_of
from tests.support.world import Phone, World

FIRST, SECOND, THIRD = "DL-2024-0001", "DL-2024-0002", "DL-2024-0003"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def nam(office: Office) -> Phone:
    return await neighbour(office)


async def two_joined(office: Office, nam: Phone, *, assigned: bool = True) -> None:
    """Mai asked first, Nam ten days later; the secretary joined them, from Nam's question."""
    await (office.assigned() if assigned else office.asked())
    office.world.clock.move(days=10)
    await asks_too(office, nam)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Gộp câu giống nhau")
    await office.secretary.presses(f"Gộp vào {FIRST}")


async def drafts(office: Office, text: str = "Xã sửa trong quý II.") -> None:
    await office.official.says("/hangdoi")
    await office.official.presses(FIRST)
    await office.official.presses("Trả lời")
    await office.official.says(text)
    await office.official.presses("Gửi")


async def number_of(office: Office, reference: str) -> int:
    return (await office.question(reference)).id


@pytest.mark.contract
async def test_one_answer_reaches_every_asker_under_the_own_reference(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    assert f"Câu chính là {FIRST}, cùng hỏi: 1" in office.secretary.hears()
    assert DESK in nam.hears()
    assert await office.clocks(FIRST) == {ClockKind.REPLY_OUTSIDE: date(2024, 4, 1)}
    assert await office.clocks(SECOND) == {ClockKind.REPLY_OUTSIDE: date(2024, 4, 10)}
    office.put_away()
    nam.reads()

    await drafts(office)
    assert f"Trả lời chung cho 1 câu cùng hỏi: {SECOND}" in office.chair.hears()
    assert office.mai.hears() == nam.hears() == ""
    await office.chair.presses("Duyệt")

    assert FIRST in office.mai.hears()
    assert SECOND not in office.mai.hears()
    assert SECOND in nam.hears()
    assert "Xã sửa trong quý II." in office.mai.hears()
    assert "Xã sửa trong quý II." in nam.hears()
    for reference in (FIRST, SECOND):
        assert (await office.question(reference)).state is QuestionState.ANSWERED
        assert ClockKind.REPLY_OUTSIDE in await office.clocks(reference, ClockState.MET)
    await nam.presses("Hài lòng")
    assert (await office.question(SECOND)).state is QuestionState.CLOSED
    assert (await office.question(FIRST)).state is QuestionState.ANSWERED
    await nam.says(f"/trangthai {SECOND}")
    assert "Xã sửa trong quý II." in nam.hears()


async def test_nobody_reads_who_else_asked_where_an_answer_calls_its_asker_by_name(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    await drafts(office, "Thưa bà Nguyễn Thị Mai, xã sửa trong quý II. Bà Mai yên tâm.")
    nam.reads()
    await office.chair.presses("Duyệt")

    assert "Thưa bà Nguyễn Thị Mai, xã sửa" in office.mai.hears()
    assert "Thưa bà …, xã sửa trong quý II. Bà … yên tâm." in nam.hears()
    await nam.says(f"/trangthai {SECOND}")
    assert "Mai" not in nam.hears()


async def test_the_queue_shows_a_group_once_with_its_earliest_date(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    await office.official.says("/hangdoi")

    assert f"{FIRST} (+1 cùng hỏi) – còn 21 ngày (hạn 01/04/2024, thứ Hai)" in office.official.hears()
    assert not office.official.sees_button(SECOND)
    await office.official.presses(FIRST)
    assert f"Cùng hỏi (1): {SECOND}" in office.official.hears()
    await office.official.taps_code(f"reply.{await number_of(office, SECOND)}")
    assert f"trả lời chung với {FIRST}" in office.official.hears()


async def test_what_goes_together_is_not_offered_as_similar_but_what_was_taken_out_is(
    office: Office, nam: Phone
) -> None:
    await two_joined(office, nam)
    for number in (await number_of(office, FIRST), await number_of(office, SECOND)):
        await office.secretary.taps_code(f"similar.{number}")
        assert "Không có câu hỏi nào tương tự" in office.secretary.hears()

    await office.secretary.taps_code(f"separate.{await number_of(office, SECOND)}")
    await office.secretary.taps_code(f"similar.{await number_of(office, FIRST)}")
    assert SECOND in office.secretary.hears()


async def test_an_earlier_due_date_of_one_who_asks_the_same_leads_the_queue(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    async with office.world.store.unit() as uow:
        later = await question_of(uow, SECOND)
        (clock,) = await uow.clocks.running_for(later.id)
        clock.due_on = date(2024, 3, 15)
        await uow.commit()
    await office.official.says("/hangdoi")

    assert f"{FIRST} (+1 cùng hỏi) – còn 4 ngày (hạn 15/03/2024, thứ Sáu)" in office.official.hears()


async def test_untriaged_questions_stand_once_and_go_to_the_desk_together(office: Office, nam: Phone) -> None:
    await two_joined(office, nam, assigned=False)
    await office.secretary.says("/phanloai")
    assert f"{FIRST} (+1 cùng hỏi)" in office.secretary.hears()
    assert not office.secretary.sees_button(SECOND)
    nam.reads()
    await office.secretary.presses(FIRST)
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)

    assert SECOND in nam.hears()
    assert DESK in nam.hears()
    assert (await office.question(SECOND)).state is QuestionState.TAKEN_ON
    assert await office.clocks(SECOND) == {ClockKind.REPLY_OUTSIDE: date(2024, 4, 10)}


async def test_what_goes_with_another_is_given_to_no_desk_by_itself(office: Office, nam: Phone) -> None:
    await two_joined(office, nam, assigned=False)
    await office.secretary.taps_code(f"assign.{await number_of(office, SECOND)}")
    await office.secretary.presses(DESK)

    assert f"trả lời chung với {FIRST}" in office.secretary.hears()
    assert (await office.question(SECOND)).desk_id is None


async def test_what_was_joined_is_taken_out_again_and_answered_by_itself(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    number = await number_of(office, SECOND)
    await office.secretary.taps_code(f"triage.{number}")
    assert f"Gộp vào: {FIRST}" in office.secretary.hears()
    await office.secretary.presses("Tách ra")
    assert f"Đã tách {SECOND}" in office.secretary.hears()
    await office.secretary.presses("Tách ra")
    assert "không nằm trong nhóm" in office.secretary.hears()
    office.put_away()
    nam.reads()

    await drafts(office)
    await office.chair.presses("Duyệt")
    assert nam.hears() == ""
    question = await office.question(SECOND)
    assert question.state is QuestionState.TAKEN_ON
    assert question.desk_id == (await office.question(FIRST)).desk_id


async def test_one_that_is_reopened_leaves_the_group(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    await drafts(office)
    await office.chair.presses("Duyệt")
    await nam.presses("Chưa hài lòng")
    async with office.world.store.reading() as uow:
        assert await uow.groups.member((await question_of(uow, SECOND)).id) is not None
    await nam.taps_code(f"reopen.{await number_of(office, SECOND)}")
    await nam.says("Đường vẫn chưa được sửa.")
    await nam.presses("Gửi")

    assert (await office.question(SECOND)).state is QuestionState.TAKEN_ON
    async with office.world.store.reading() as uow:
        assert await uow.groups.member((await question_of(uow, SECOND)).id) is None
    assert (await office.question(FIRST)).state is QuestionState.ANSWERED


async def test_a_referral_promises_the_same_to_everybody(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    await office.official.says("/hangdoi")
    await office.official.presses(FIRST)
    await office.official.presses("Chuyển")
    await office.official.says("Sở Xây dựng")
    await office.official.says("20/04/2024")
    await office.official.says("Đường do tỉnh quản lý.")
    await office.official.presses("Gửi")
    nam.reads()
    await office.chair.presses("Duyệt")

    assert SECOND in nam.hears()
    assert "Sở Xây dựng" in nam.hears()
    assert await office.clocks(SECOND) == {ClockKind.PROMISE: date(2024, 4, 20)}
    assert (await office.question(SECOND)).state is QuestionState.REFERRED


async def test_what_cannot_be_promised_in_its_state_stands_alone(office: Office, nam: Phone) -> None:
    """Whoever was asked back and is silent is not told of an agency: that question stays with the desk."""
    await two_joined(office, nam)
    await put_in_state(office.world, SECOND, QuestionState.NEEDS_CLARIFICATION)
    await office.official.says("/hangdoi")
    await office.official.presses(FIRST)
    await office.official.presses("Chuyển")
    await office.official.says("Sở Xây dựng")
    await office.official.says("20/04/2024")
    await office.official.says("Đường do tỉnh quản lý.")
    await office.official.presses("Gửi")
    nam.reads()
    await office.chair.presses("Duyệt")

    assert nam.hears() == ""
    await office.official.says("/hangdoi")
    assert office.official.sees_button(SECOND)


async def test_nothing_is_extended_while_one_of_the_group_is_late(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    async with office.world.store.unit() as uow:
        (clock,) = await uow.clocks.running_for((await question_of(uow, SECOND)).id)
        clock.due_on = date(2024, 3, 5)
        await uow.commit()
    await office.official.taps_code(f"extend.{await number_of(office, FIRST)}")

    assert f"{SECOND} trong nhóm đã quá hạn" in office.official.hears()


async def test_a_draft_of_one_that_is_joined_is_withdrawn_and_its_desk_told(office: Office, nam: Phone) -> None:
    """The older question leads whichever was tapped; it comes to the desk of the other, its draft is the one."""
    await office.asked()
    second = await asks_too(office, nam)
    await lay_on_desk(office.world, second, "kt-tg-dv")
    await office.other.says("/hangdoi")
    await office.other.presses(second)
    await office.other.presses("Trả lời")
    await office.other.says("Bản nháp của bộ phận khác.")
    await office.other.presses("Gửi")
    office.put_away()
    await office.secretary.taps_code(f"join.{await number_of(office, FIRST)}")
    await office.secretary.says(second.lower())

    assert f"Câu chính là {FIRST}" in office.secretary.hears()
    assert f"đã được gộp vào {FIRST}" in office.other.hears()
    assert [one.state for one in await office.proposals(second)] == [ProposalState.RETURNED]
    assert OTHER_DESK in office.mai.hears()
    assert (await office.question(FIRST)).desk_id == (await office.question(second)).desk_id


async def test_a_question_on_another_desk_moves_and_a_waiting_draft_is_shown_anew(office: Office, nam: Phone) -> None:
    await office.proposed()
    second = await asks_too(office, nam)
    await lay_on_desk(office.world, second, "kt-tg-dv")
    nam.reads()
    await office.secretary.taps_code(f"join.{await number_of(office, second)}")
    await office.secretary.presses(f"Gộp vào {FIRST}")

    assert f"{second} của bà/ông nay do {DESK}" in nam.hears()
    assert f"Trả lời chung cho 1 câu cùng hỏi: {second}" in office.chair.hears()
    await office.chair.presses("Duyệt")
    assert (await office.question(second)).state is QuestionState.ANSWERED


async def test_groups_of_two_become_one_of_three_behind_the_oldest(office: Office, nam: Phone) -> None:
    await office.asked()
    await asks_too(office, nam)
    await asks_too(office, nam, AGAIN + " ạ")
    await office.secretary.taps_code(f"join.{await number_of(office, THIRD)}")
    await office.secretary.presses(f"Gộp vào {SECOND}")
    await office.secretary.taps_code(f"join.{await number_of(office, THIRD)}")
    await office.secretary.presses(f"Gộp vào {FIRST}")

    assert "cùng hỏi: 2" in office.secretary.hears()
    await office.secretary.taps_code(f"join.{await number_of(office, SECOND)}")
    await office.secretary.says(THIRD)
    assert "đã cùng một nhóm" in office.secretary.hears()


async def test_what_the_desk_returns_goes_back_whole_and_a_single_one_leaves(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    await office.official.taps_code(f"return.{await number_of(office, SECOND)}")
    await office.official.says("Không cùng nội dung.")
    await office.official.presses("Gửi")
    assert (await office.question(SECOND)).state is QuestionState.RECEIVED
    await office.secretary.says("/phanloai")
    assert office.secretary.sees_button(SECOND)
    await office.secretary.taps_code(f"join.{await number_of(office, SECOND)}")
    await office.secretary.presses(f"Gộp vào {FIRST}")

    await office.official.taps_code(f"return.{await number_of(office, FIRST)}")
    await office.official.says("Không thuộc bộ phận.")
    await office.official.presses("Gửi")
    for reference in (FIRST, SECOND):
        question = await office.question(reference)
        assert (question.state, question.desk_id) == (QuestionState.RECEIVED, None)


async def test_words_a_reference_of_nobody_and_an_answered_question_are_refused(office: Office, nam: Phone) -> None:
    await office.asked()
    second = await asks_too(office, nam)
    await office.secretary.taps_code(f"join.{await number_of(office, second)}")
    await office.secretary.says("câu của bà Mai")
    assert "gõ mã câu hỏi" in office.secretary.hears()
    await office.secretary.says("DL-2024-0099")
    assert "Không tìm thấy" in office.secretary.hears()
    await office.secretary.says(second)
    assert "đã cùng một nhóm" in office.secretary.hears()
    await put_in_state(office.world, FIRST, QuestionState.ANSWERED)
    await office.secretary.says(FIRST)
    assert f"{FIRST} đang ở bước không gộp được" in office.secretary.hears()
    await office.secretary.says("huỷ")
    await put_in_state(office.world, second, QuestionState.CLOSED)
    await office.secretary.taps_code(f"join.{await number_of(office, second)}")
    assert f"{second} đang ở bước không gộp được" in office.secretary.hears()


async def test_only_a_secretary_of_the_unit_joins_and_separates(office: Office, nam: Phone) -> None:
    await two_joined(office, nam)
    number = await number_of(office, SECOND)
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (office.official, office.chair, office.mai, nam, stranger):
        for verb in ("join", "separate", "linkcase"):
            await phone.taps_code(f"{verb}.{number}")
            assert "Không tìm thấy" in phone.hears(), verb
    await office.chair.taps_code(f"triage.{number}")
    assert not office.chair.sees_button("Tách ra")

    async with office.world.store.reading() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        first, second = await question_of(uow, FIRST), await question_of(uow, SECOND)
        with pytest.raises(NotFound):
            await join(uow, by=chair, question_id=first.id, with_id=second.id)


async def test_questions_of_two_units_are_never_joined(office: Office) -> None:
    """Even for somebody who is secretary of both."""
    await office.asked()
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    assert stranger is not None
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        (grant,) = await uow.people.grants_of(secretary.id)
        first = await question_of(uow, FIRST)
        elsewhere = next(one for one in await uow.places.roots() if one.code != "DL")
        await uow.people.give(type(grant)(secretary.id, Role.SECRETARY, elsewhere.id))
        foreign = type(first)(elsewhere.id, "AD-2024-0001", first.kind, "Xin", "Xin", first.asker_id, uow.now)
        await uow.questions.add(foreign)
        with pytest.raises(NotFound):
            await join(uow, by=secretary, question_id=foreign.id, with_id=first.id)


async def test_an_answer_in_the_room_can_be_shared_with_the_group(office: Office, nam: Phone) -> None:
    """What was not even triaged is raised first; the state machine is never gone around."""
    await office.fixed_meeting()
    await two_joined(office, nam, assigned=False)
    nam.reads()
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        lead = await question_of(uow, FIRST)
        lead.state = QuestionState.RAISED
        await give_answer(uow, lead, "Sửa ngay tuần này.", where="Buổi đối thoại")
        said = Proposal(lead.id, ProposalKind.ANSWER, "Sửa ngay tuần này.", secretary.id, uow.now)
        shared = await share_answer(uow, secretary, lead, said, where="Buổi đối thoại")
        await uow.commit()
    await office.world.settle()

    assert [one.reference for one in shared] == [SECOND]
    assert "Sửa ngay tuần này." in nam.hears()
    (kept,) = await office.proposals(SECOND)
    assert (kept.state, kept.proposed_at) == (ProposalState.APPROVED, kept.decided_at)


async def test_a_group_whose_lead_is_declined_falls_apart(office: Office, nam: Phone) -> None:
    await two_joined(office, nam, assigned=False)
    await put_in_state(office.world, FIRST, QuestionState.OUT_OF_SCOPE)
    await office.secretary.says("/phanloai")
    assert office.secretary.sees_button(SECOND)
    await lay_on_desk(office.world, SECOND)
    await office.official.taps_code(f"reply.{await number_of(office, SECOND)}")
    await office.official.says("Trả lời riêng.")
    await office.official.presses("Gửi")
    await office.chair.presses("Duyệt")
    assert (await office.question(SECOND)).state is QuestionState.ANSWERED
