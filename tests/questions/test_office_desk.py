"""The desk's queue, and what an official does: answer, ask back, refer, extend, return."""

from datetime import date, timedelta

import pytest

from intake.actions.people.enrol import enter_neighbour
from intake.actions.questions.ask_question import ask_question
from intake.actions.questions.clarify import clarify
from intake.actions.questions.propose import propose_extension, propose_referral
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Role
from intake.rules.questions.question import ProposalKind, ProposalState, QuestionState
from tests.support.office import DESK, OTHER_DESK, ROAD, Office, open_office, person_named
from tests.support.stories import put_in_state, question_of
from tests.support.world import World

BUTTONS = ("Trả lời", "Hỏi lại", "Chuyển", "Gia hạn", "Trả lại")


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def test_the_queue_has_the_most_urgent_first_and_counts_the_days(office: Office) -> None:
    first = await office.assigned()
    office.world.clock.move(days=5)
    second = await office.assigned("Đèn đường xóm 2 tắt đã hai tuần.")
    await office.official.says("hang doi")

    heard = office.official.hears()
    assert heard.index(first) < heard.index(second)
    assert f"{first} – còn 26 ngày (hạn 01/04/2024, thứ Hai)" in heard
    office.world.clock.move(days=26)
    await office.official.says("/hangdoi")
    assert "hạn hôm nay" in office.official.hears()
    office.world.clock.move(days=2)
    await office.official.says("/hangdoi")
    assert f"{first} – quá hạn 2 ngày" in office.official.hears()
    await office.official.presses(first)
    assert all(office.official.sees_button(label) for label in BUTTONS)


async def test_another_desk_sees_nothing_of_it_and_no_code_opens_it(office: Office) -> None:
    reference = await office.assigned()
    question = await office.question(reference)
    await office.other.says("/hangdoi")
    assert "không còn câu hỏi nào" in office.other.hears()
    for verb in ("queue", "reply", "askback", "refer", "extend", "return"):
        for phone in (office.other, office.mai):
            await phone.taps_code(f"{verb}.{question.id}")
            assert "Không tìm thấy" in phone.hears()
            assert "xóm 3" not in phone.hears()


async def test_only_officials_have_a_queue(office: Office) -> None:
    await office.mai.says("/hangdoi")
    assert "Việc này dành cho" in office.mai.hears()
    await office.mai.taps_code("queuemore.0")
    assert "Không tìm thấy" in office.mai.hears()
    await office.official.taps_code("queuemore.0")
    assert "không còn câu hỏi nào" in office.official.hears()


async def test_an_answer_goes_before_the_chair_not_to_the_asker(office: Office) -> None:
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa trong tháng 6.")
    assert office.chair.hears() == ""
    await office.official.presses("Sửa")
    await office.official.says("Xã sửa trong quý II.")
    await office.official.presses("Gửi")

    assert office.mai.hears() == ""
    assert ROAD in office.chair.hears()
    assert "Xã sửa trong quý II." in office.chair.hears()
    assert office.chair.sees_button("Duyệt")
    assert office.chair.sees_button("Yêu cầu sửa")
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    assert "Đang chờ chủ trì duyệt: trả lời" in office.official.hears()


async def test_a_newer_proposal_replaces_the_one_that_waits(office: Office) -> None:
    reference = await office.proposed("Bản một.")
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Bản hai.")
    await office.official.presses("Gửi")

    states = [(one.text, one.state) for one in await office.proposals(reference)]
    assert states == [("Bản một.", ProposalState.RETURNED), ("Bản hai.", ProposalState.PROPOSED)]


async def test_a_referral_needs_agency_date_and_reason(office: Office) -> None:
    """R161; a date that is past, today, unreadable or absurd is asked again."""
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Chuyển")
    await office.official.sends_photo(b"\xff\xd8\xff\xe0 no words")
    assert "bước này chỉ đọc được chữ" in office.official.hears()
    await office.official.says("S" * 201)
    assert "so với mức 200" in office.official.hears()
    await office.official.says("Sở Giao thông vận tải")
    for typed, refusal in (
        ("tuần sau", "theo mẫu"),
        ("31/02/2024", "Không có ngày 31/2"),
        ("29/02/2024", "Ngày này phải sau hôm nay"),
        ("01/03/2024", "Ngày này phải sau hôm nay"),
        ("01/03/2030", "xa quá ba năm"),
        ("01/03/2204", "Năm trong ngày 1/3 chưa đúng"),
    ):
        await office.official.says(typed)
        assert refusal in office.official.hears()
    await office.official.says("30-04-2024")
    await office.official.says("Đường do tỉnh quản lý.")
    assert "30/04/2024" in office.official.hears()
    await office.official.presses("Gửi")

    assert "Chuyển tới: Sở Giao thông vận tải" in office.chair.hears()
    proposal = (await office.proposals(reference))[0]
    assert proposal.kind is ProposalKind.REFERRAL
    assert proposal.promised_on == date(2024, 4, 30)


@pytest.mark.parametrize(
    ("agency", "days", "reason"),
    [("", 10, "Cần khảo sát."), ("Sở", 0, "Cần khảo sát."), ("Sở", -1, "Cần khảo sát."), ("Sở", 10, " ")],
)
@pytest.mark.parametrize("propose", [propose_referral, propose_extension])
async def test_the_guards_stand_in_the_actions_too(
    office: Office, propose: object, agency: str, days: int, reason: str
) -> None:
    """R161: whoever comes another way than through the conversation meets the same refusals."""
    reference = await office.assigned()
    async with office.world.store.unit() as uow:
        official = await person_named(uow, "Lê Thị Hoa")
        question_id = (await question_of(uow, reference)).id
        promised_on = uow.today + timedelta(days=days)
        with pytest.raises(RuleBroken):
            await propose(  # type: ignore[operator]
                uow, by=official, question_id=question_id, agency=agency, promised_on=promised_on, reason=reason
            )
    assert await office.proposals(reference) == []


async def test_an_extension_names_the_own_desk_unless_another_is_typed(office: Office) -> None:
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Gia hạn")
    await office.official.presses("Bỏ qua")
    await office.official.says("20/05/2024")
    await office.official.says("Chờ huyện cấp vốn.")
    await office.official.presses("Gửi")

    assert f"Cơ quan chịu trách nhiệm: {DESK}" in office.chair.hears()
    assert (await office.proposals(reference))[0].agency == DESK


async def test_nothing_is_extended_after_the_due_date(office: Office) -> None:
    """Only answered, late and with an apology; on the due date itself it is still possible."""
    await office.assigned()
    office.world.clock.move(days=31)
    await office.official.presses("Mở")
    await office.official.presses("Gia hạn")
    assert office.official.sees_button("Bỏ qua")
    await office.official.says("/huy")
    office.world.clock.move(days=1)
    await office.official.presses("Gia hạn")

    assert "không gia hạn được nữa" in office.official.hears()
    assert not office.official.sees_button("Bỏ qua")


async def test_what_is_not_the_desks_own_goes_back_to_the_secretary(office: Office) -> None:
    reference = await office.proposed()
    due = await office.clocks(reference)
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lại")
    await office.official.says("Việc này của bên tuyên giáo.")
    await office.official.presses("Gửi")

    told = f"Cán bộ, công chức chuyên môn thị trấn trả lại câu hỏi {reference}. Lý do: Việc này của bên tuyên giáo."
    assert told in office.secretary.hears(), "which desk: it may have lain with any"
    question = await office.question(reference)
    assert (question.state, question.desk_id) == (QuestionState.RECEIVED, None)
    assert await office.clocks(reference) == due
    assert (await office.proposals(reference))[0].state is ProposalState.RETURNED
    await office.secretary.presses("Mở")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(OTHER_DESK)
    assert office.other.sees_button("Mở")


async def test_why_a_desk_gave_it_back_stands_with_it_until_it_is_given_on(office: Office) -> None:
    """Whoever sorts it the next morning has not read the letter, and would give it to the same desk again."""
    because = "đã trả lại:\nCán bộ, công chức chuyên môn thị trấn: Việc này của bên tuyên giáo."
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lại")
    await office.official.says("Việc này của bên tuyên giáo.")
    await office.official.presses("Gửi")
    office.put_away()

    await office.secretary.says("/phanloai")
    await office.secretary.presses(reference)
    assert because in office.secretary.hears()
    assert "Gợi ý" not in office.secretary.hears(), "the desk that has just given it back is not the one"
    await office.mai.says(f"/trangthai {reference}")
    assert "tuyên giáo" not in office.mai.hears(), "that is between the desk and the office"
    await office.secretary.presses("Hỏi lại")
    await office.secretary.says("Đoạn nào hỏng?")
    await office.secretary.presses("Gửi")
    for state in ("đang chờ người hỏi trả lời", "mới nhận"):
        await office.secretary.taps_code(f"triage.{(await office.question(reference)).id}")
        assert state in office.secretary.hears()
        assert because in office.secretary.hears(), "the asker's reply does not undo it"
        if office.mai.sees_button("Trả lời"):
            await office.mai.presses("Trả lời")
            await office.mai.says("Đoạn qua chợ.")
            await office.mai.presses("Gửi")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(OTHER_DESK)
    await office.other.presses("Mở")
    assert "đã trả lại" not in office.other.hears()
    assert (await office.question(reference)).given_back == ""


async def test_a_promise_once_made_is_not_returned(office: Office) -> None:
    reference = await office.assigned()
    await put_in_state(office.world, reference, QuestionState.EXTENDED)
    await office.official.presses("Mở")
    assert "Trả lại" not in office.official.news()[-1].buttons
    await office.official.taps_code(f"return.{(await office.question(reference)).id}")
    assert "bước khác" in office.official.hears()


async def test_asked_back_by_the_desk_it_returns_to_the_desk(office: Office) -> None:
    """R124; the first words stay as they were."""
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Hỏi lại")
    await office.official.says("Đoạn nào hỏng?")
    await office.official.presses("Gửi")
    assert (await office.question(reference)).state is QuestionState.NEEDS_CLARIFICATION
    await office.mai.presses("Trả lời")
    await office.mai.says("Từ nhà ông Ba tới cầu.")
    await office.mai.presses("Gửi")

    assert "Từ nhà ông Ba tới cầu." in office.official.hears()
    assert office.secretary.hears() == ""
    await office.official.presses("Mở")
    assert f"Nội dung gửi lúc đầu:\n{ROAD}" in office.official.hears()
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


async def test_asked_back_before_the_meeting_it_waits_for_the_meeting_again(office: Office) -> None:
    """The secretary asked, but the reply goes to the desk that has the question: nobody is promised another letter."""
    await office.fixed_meeting()
    reference = await office.assigned()
    office.put_away()
    await office.secretary.taps_code(f"askback.{(await office.question(reference)).id}")
    await office.secretary.says("Đoạn nào hỏng?")
    await office.secretary.presses("Gửi")
    assert "Khi có trả lời, Cán bộ, công chức chuyên môn thị trấn sẽ được báo." in office.secretary.reads()
    await office.mai.presses("Trả lời")
    await office.mai.says("Từ nhà ông Ba tới cầu.")
    await office.mai.presses("Gửi")
    assert "Từ nhà ông Ba tới cầu." in office.official.hears()
    assert office.secretary.hears() == ""

    assert (await office.question(reference)).state is QuestionState.WAITING_FOR_MEETING


async def test_an_asker_who_stays_silent_gets_an_answer_all_the_same(office: Office) -> None:
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Hỏi lại")
    await office.official.says("Đoạn nào hỏng?")
    await office.official.presses("Gửi")
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa toàn tuyến.")
    await office.official.presses("Gửi")
    await office.chair.presses("Duyệt")

    assert "Xã sửa toàn tuyến." in office.mai.hears()


async def test_only_the_asker_or_the_head_who_typed_it_replies(office: Office) -> None:
    """R111: the hamlet head speaks for the neighbour, and gets the button along with the question."""
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Bùi Văn Trưởng")
    async with office.world.store.unit() as uow:
        head_person = await person_named(uow, "Bùi Văn Trưởng")
        neighbour = await enter_neighbour(uow, head_person, name="Cụ Tư", hamlet_id=head_person.hamlet_id or 0)  # type: ignore[arg-type]
        await ask_question(uow, asker=neighbour, text=ROAD, entered_by=head_person)
        await uow.commit()
    await office.world.settle()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Hỏi lại")
    await office.secretary.says("Đoạn nào hỏng?")
    await office.secretary.presses("Gửi")
    assert "báo lại cho Cụ Tư" in head.hears()
    assert head.sees_button("Trả lời")

    async with office.world.store.unit() as uow:
        question = await question_of(uow, "DL-2024-0001")
        mai = await person_named(uow, "Nguyễn Thị Mai")
        with pytest.raises(NotFound):
            await clarify(uow, question_id=question.id, person=mai, text="Tôi cũng thấy thế.")
        with pytest.raises(RuleBroken):
            await clarify(uow, question_id=question.id, person=head_person, text=" ")
        await clarify(uow, question_id=question.id, person=head_person, text="Từ nhà ông Ba tới cầu.")
        await uow.commit()
        with pytest.raises(RuleBroken):
            await clarify(uow, question_id=question.id, person=head_person, text="Và tới chợ.")
    assert (await office.question("DL-2024-0001")).text == f"{ROAD}\n– Từ nhà ông Ba tới cầu."


async def test_a_reply_is_kept_though_the_office_went_on_meanwhile(office: Office) -> None:
    reference = await office.asked()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Hỏi lại")
    await office.secretary.says("Đoạn nào hỏng?")
    await office.secretary.presses("Gửi")
    await office.secretary.says("/phanloai")
    await office.secretary.presses(reference)
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)
    async with office.world.store.unit() as uow:
        question = await question_of(uow, reference)
        mai = await person_named(uow, "Nguyễn Thị Mai")
        await clarify(uow, question_id=question.id, person=mai, text="Từ nhà ông Ba tới cầu.")
        await uow.commit()
    await office.world.settle()

    assert "Từ nhà ông Ba tới cầu." in office.official.hears()
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


async def test_a_desk_is_offered_what_the_state_of_a_question_allows(office: Office) -> None:
    """What waits for its meeting has no date yet that could be put off; what waits for its asker is not passed on."""
    reference = await office.assigned()
    offered = {
        QuestionState.TAKEN_ON: BUTTONS,
        QuestionState.WAITING_FOR_MEETING: ("Trả lời", "Hỏi lại", "Chuyển", "Trả lại"),
        QuestionState.NEEDS_CLARIFICATION: ("Trả lời",),
        QuestionState.EXTENDED: ("Trả lời", "Chuyển", "Gia hạn"),
    }
    for state, labels in offered.items():
        await put_in_state(office.world, reference, state)
        await office.official.taps_code(f"queue.{(await office.question(reference)).id}")
        assert reference in office.official.hears()
        shown = office.official.news()[-1]
        assert [label for label in BUTTONS if label in shown.buttons] == list(labels), state


async def test_an_answer_may_come_in_two_messages(office: Office) -> None:
    """On a phone people go on in a second one; a nod, or asking to send it, is no part of what the asker reads."""
    reference = await office.assigned()
    official = office.official
    await official.presses("Mở")
    await official.presses("Trả lời")
    await official.says("Xã sửa trong quý II.")
    await official.says("Trong khi chờ, xin bà con đi đường vòng.")
    assert "Xã sửa trong quý II.\nTrong khi chờ, xin bà con đi đường vòng." in official.hears()
    for said in ("ok", "gửi đi", "👍"):
        await official.says(said)
        assert "Xin chọn một mục bên dưới" in official.hears(), said
    await official.presses("Gửi")
    [proposal] = await office.proposals(reference)
    assert proposal.text == "Xã sửa trong quý II.\nTrong khi chờ, xin bà con đi đường vòng."
