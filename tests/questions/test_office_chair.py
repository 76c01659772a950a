"""The chair's approvals: nothing reaches the asker without one, and one tap is one approval."""

from datetime import date

import pytest

from intake.actions.questions.decide import approve
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import NotFound
from intake.rules.people.person import Role
from intake.rules.questions.question import ProposalState, QuestionState
from tests.support.office import DESK, ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.stories import put_in_state
from tests.support.world import World


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def promised(office: Office, label: str, typed: str = "20/05/2024") -> str:
    """The desk has a referral (`Chuyển`) or an extension (`Gia hạn`) before the chair."""
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses(label)
    await office.official.says("Sở Giao thông vận tải")
    await office.official.says(typed)
    await office.official.says("Đường do tỉnh quản lý.")
    await office.official.presses("Gửi")
    office.put_away()
    return reference


@pytest.mark.contract
async def test_an_approved_answer_reaches_the_asker_who_may_rate_it(office: Office) -> None:
    reference = await office.proposed()
    await office.chair.presses("Duyệt")

    assert "Xã sửa trong quý II." in office.mai.hears()
    assert "Xin lỗi" not in office.mai.hears()
    assert office.mai.sees_button("Hài lòng")
    assert office.mai.sees_button("Chưa hài lòng")
    assert "đã duyệt" in office.official.hears()
    question = await office.question(reference)
    assert (question.state, question.answered_at) == (QuestionState.ANSWERED, office.world.clock.now())
    assert await office.clocks(reference) == {}
    assert ClockKind.REPLY_OUTSIDE in await office.clocks(reference, ClockState.MET)


async def test_a_late_answer_says_sorry(office: Office) -> None:
    await office.proposed()
    office.world.clock.move(days=32)
    await office.chair.presses("Duyệt")

    assert "Xin lỗi bà/ông vì trả lời chậm" in office.mai.hears()


@pytest.mark.contract
async def test_two_taps_are_one_approval(office: Office) -> None:
    await office.proposed()
    await office.chair.presses("Duyệt")
    office.put_away()
    await office.chair.presses("Duyệt")

    assert "Bà/ông đã duyệt DL-2024-0001 rồi" in office.chair.hears()
    assert office.mai.hears() == ""


async def test_a_referral_is_told_with_agency_date_and_reason_and_starts_its_own_clock(office: Office) -> None:
    """R161, R162: it stays open, in the desk's queue, until the asker has the answer."""
    reference = await promised(office, "Chuyển")
    await office.chair.presses("Duyệt")

    for told in ("Sở Giao thông vận tải", "20/05/2024", "Đường do tỉnh quản lý."):
        assert told in office.mai.hears()
    assert (await office.question(reference)).state is QuestionState.REFERRED
    assert await office.clocks(reference) == {ClockKind.PROMISE: date(2024, 5, 20)}
    assert ClockKind.REPLY_OUTSIDE in await office.clocks(reference, ClockState.ENDED)
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Sở đã sửa xong.")
    await office.official.presses("Gửi")
    await office.chair.presses("Duyệt")
    assert "Sở đã sửa xong." in office.mai.hears()


async def test_an_extension_is_told_and_may_be_extended_once_more_in_time(office: Office) -> None:
    reference = await promised(office, "Gia hạn")
    await office.chair.presses("Duyệt")
    assert f"Đã duyệt gia hạn câu hỏi {reference}." in office.chair.hears()
    assert f"Chủ trì đã duyệt gia hạn câu hỏi {reference}." in office.official.hears()
    assert "20/05/2024" in office.mai.hears()
    assert (await office.question(reference)).state is QuestionState.EXTENDED
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Gia hạn")
    await office.official.presses("Bỏ qua")
    await office.official.says("30/05/2024")
    await office.official.says("Mưa kéo dài.")
    await office.official.presses("Gửi")
    await office.chair.presses("Duyệt")

    assert "30/05/2024" in office.mai.hears()
    assert await office.clocks(reference) == {ClockKind.PROMISE: date(2024, 5, 30)}


async def test_an_extension_is_not_approved_after_the_due_date(office: Office) -> None:
    reference = await promised(office, "Gia hạn")
    office.world.clock.move(days=32)
    await office.chair.presses("Duyệt")

    assert "không gia hạn được nữa" in office.chair.hears()
    assert office.mai.hears() == ""
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


async def test_a_referral_is_not_approved_when_its_date_has_come(office: Office) -> None:
    reference = await promised(office, "Chuyển", "03/03/2024")
    office.world.clock.move(days=2)
    await office.chair.presses("Duyệt")

    assert "Ngày này phải sau hôm nay" in office.chair.hears()
    assert office.mai.hears() == ""
    assert (await office.proposals(reference))[0].state is ProposalState.PROPOSED


async def test_a_wanted_change_goes_back_to_the_desk(office: Office) -> None:
    reference = await office.proposed()
    await office.chair.presses("Yêu cầu sửa")
    await office.chair.says("Xin nêu rõ tháng nào.")
    await office.chair.presses("Gửi")

    assert "Xin nêu rõ tháng nào." in office.official.hears()
    assert office.mai.hears() == ""
    await office.official.presses("Mở")
    assert ROAD in office.official.hears()
    proposal = (await office.proposals(reference))[0]
    assert (proposal.state, proposal.note) == (ProposalState.RETURNED, "Xin nêu rõ tháng nào.")
    await office.chair.says("/duyet")
    assert "Không có gì chờ duyệt" in office.chair.hears()


async def test_the_list_of_what_waits_opens_each(office: Office) -> None:
    reference = await office.proposed()
    await office.chair.says("/duyet")
    assert f"{reference} – trả lời" in office.chair.hears()
    await office.chair.presses(reference)
    assert DESK in office.chair.hears()
    assert office.chair.sees_button("Duyệt")


async def test_nobody_else_approves(office: Office) -> None:
    """Another unit's chair, the official, the asker: all hear the same as for a code that does not exist."""
    reference = await office.proposed()
    proposal = (await office.proposals(reference))[0]
    elsewhere = await neighbour_unit(office.world, Role.CHAIR)
    for phone in (elsewhere, office.official, office.secretary, office.mai):
        for verb in ("approve", "redo", "proposal"):
            await phone.taps_code(f"{verb}.{proposal.id}")
            assert "Không tìm thấy" in phone.hears()
            assert "xóm 3" not in phone.hears()
    await office.chair.taps_code("approve.999")
    assert "Không tìm thấy" in office.chair.hears()
    await elsewhere.says("/duyet")
    assert reference not in elsewhere.hears()
    await office.mai.says("/duyet")
    assert "Việc này dành cho" in office.mai.hears()
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


async def test_what_was_answered_otherwise_is_not_answered_again(office: Office) -> None:
    reference = await office.proposed()
    await put_in_state(office.world, reference, QuestionState.CLOSED)
    await office.chair.presses("Duyệt")
    assert "bước khác" in office.chair.hears()
    assert office.mai.hears() == ""


async def test_a_proposal_whose_question_lost_its_desk_is_not_approved(office: Office) -> None:
    reference = await office.proposed()
    await put_in_state(office.world, reference, QuestionState.TAKEN_ON, desk_id=None)
    proposal = (await office.proposals(reference))[0]
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        with pytest.raises(NotFound):
            await approve(uow, by=chair, proposal_id=proposal.id)


async def test_an_empty_remark_is_asked_again(office: Office) -> None:
    await office.proposed()
    await office.chair.presses("Yêu cầu sửa")
    await office.chair.sends_photo(b"\xff\xd8\xff\xe0 no words")
    assert "bước này chỉ đọc được chữ" in office.chair.hears()
