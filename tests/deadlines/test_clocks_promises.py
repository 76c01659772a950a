"""Promises and their guards: nothing late is extended, a lapsed one is nudged, the asker hears by the same act."""

from datetime import date, timedelta

import pytest

from intake.actions.questions.decide import approve
from intake.actions.questions.nudge import nudge
from intake.actions.questions.propose import propose_extension, propose_referral
from intake.actions.questions.triage import decline
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import RuleBroken
from intake.rules.people.person import Role
from intake.rules.questions.question import ProposalState, QuestionState
from tests.conftest import load
from tests.support.deadlines import sweep_at
from tests.support.office import DESK, OTHER_DESK, ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.stories import put_in_state, question_of
from tests.support.world import Phone, World, local

AGENCY = "Sở Giao thông vận tải"
PROMISED = date(2024, 3, 20)


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def proposes(official: Phone, label: str, agency: str, day: str, reason: str = "Đường do tỉnh quản lý.") -> None:
    """From a question's card: `Chuyển` or `Gia hạn`, up to the chair."""
    await official.presses(label)
    await official.says(agency)
    await official.says(day)
    await official.says(reason)
    await official.presses("Gửi")


async def referred(office: Office, agency: str = AGENCY, text: str = ROAD, label: str = "Chuyển") -> str:
    """A question whose asker was told that an agency answers it by 20 March."""
    reference = await office.assigned(text)
    await office.official.presses("Mở")
    await proposes(office.official, label, agency, "20/03/2024")
    await office.chair.presses("Duyệt")
    office.put_away()
    return reference


async def queue_card(office: Office, reference: str) -> None:
    await office.official.says("/hangdoi")
    await office.official.presses(reference)


async def test_a_lapsed_promise_offers_a_text_for_the_agency_and_keeps_that_it_went_out(office: Office) -> None:
    reference = await referred(office, text=f"{ROAD} Gọi tôi, Nguyễn Thị Mai, 0912 345 678.")
    await sweep_at(office.world, date(2024, 3, 21))
    assert office.chair.sees_button("Đôn đốc cơ quan")
    assert not office.official.sees_button("Đôn đốc cơ quan")
    await office.secretary.presses("Đôn đốc cơ quan")

    letter, how = office.secretary.news()
    for told in (AGENCY, "Ngày 01/03/2024", "thị trấn Di Lăng", reference, ROAD, "20/03/2024", "quá hẹn 1 ngày"):
        assert told in letter.text
    assert "Nguyễn Thị Mai" not in letter.text
    assert "0912" not in letter.text
    assert letter.buttons == {}
    assert AGENCY in how.text
    await office.secretary.presses("Đã gửi đi")
    assert "Đã ghi: đôn đốc" in office.secretary.hears()
    await office.secretary.presses("Mở")
    assert f"Đã đôn đốc {AGENCY}: Trần Văn Thư" in office.secretary.hears()
    assert f"Chờ: {AGENCY}, hẹn ngày 20/03/2024" in office.secretary.hears()
    await queue_card(office, reference)
    assert f"Đã đôn đốc {AGENCY}: Trần Văn Thư" in office.official.hears()
    await office.chair.presses("Đôn đốc cơ quan")
    await office.chair.presses("Đã gửi đi")
    assert "Hôm nay đã có người ghi việc đôn đốc này" in office.chair.hears()
    await sweep_at(office.world, date(2024, 3, 22))
    await office.chair.presses("Đôn đốc cơ quan")
    await office.chair.presses("Đã gửi đi")
    async with office.world.store.reading() as uow:
        question = await question_of(uow, reference)
        made = await uow.marks.nudges(question.id)
        assert [(one.agency, one.promised_on) for one in made] == [(AGENCY, PROMISED)] * 2
    assert question.state is QuestionState.REFERRED, "it stays open until the asker has the answer (R162)"


async def test_a_sensitive_question_is_nudged_without_its_words(office: Office) -> None:
    reference = await referred(office)
    await put_in_state(office.world, reference, QuestionState.REFERRED, sensitive=True)
    await sweep_at(office.world, date(2024, 3, 21))
    await office.secretary.presses("Đôn đốc cơ quan")
    assert reference in office.secretary.hears()
    assert "xóm 3" not in office.secretary.hears()


async def test_an_agency_that_is_a_desk_of_the_unit_gets_the_nudge_itself(office: Office) -> None:
    await referred(office, agency=OTHER_DESK.upper())
    await sweep_at(office.world, date(2024, 3, 21))
    await office.secretary.presses("Đôn đốc cơ quan")
    await office.secretary.presses("Đã gửi đi")
    assert "quá hẹn 1 ngày" in office.other.hears()
    assert "Kính gửi" not in office.official.hears()


async def test_the_own_desk_that_asked_for_more_time_gets_the_nudge_with_the_question(office: Office) -> None:
    await referred(office, agency=DESK, label="Gia hạn")
    await sweep_at(office.world, date(2024, 3, 21))
    office.put_away()
    await office.secretary.presses("Đôn đốc cơ quan")
    await office.secretary.presses("Đã gửi đi")
    assert "quá hẹn 1 ngày" in office.official.hears()
    await office.official.presses("Mở")
    assert ROAD in office.official.hears()


async def test_an_agency_that_is_a_unit_with_people_gets_the_nudge_itself(office: Office) -> None:
    await load(office.world, "an-duong-2024")
    async with office.world.store.reading() as uow:
        unit = next(one for one in await uow.places.roots() if one.code != "DL")
    elsewhere = await office.world.staff(Role.CHAIR, unit.code, "Người Nơi Khác")  # it has no secretary
    await referred(office, agency=unit.name)
    await sweep_at(office.world, date(2024, 3, 21))
    await office.secretary.presses("Đôn đốc cơ quan")
    await office.secretary.presses("Đã gửi đi")
    assert "quá hẹn 1 ngày" in elsewhere.hears()


async def test_a_promise_that_holds_is_not_nudged(office: Office) -> None:
    reference = await referred(office)
    question = await office.question(reference)
    office.world.clock.move_to(local(2024, 3, 20))
    for verb in ("nudge", "nudged"):
        await office.secretary.taps_code(f"{verb}.{question.id}")
        assert "chưa qua" in office.secretary.hears()
    await office.secretary.taps_code(f"triage.{question.id}")
    assert not office.secretary.sees_button("Đôn đốc cơ quan")
    office.world.clock.move(days=1)
    await office.secretary.taps_code(f"triage.{question.id}")
    assert office.secretary.sees_button("Đôn đốc cơ quan")


async def test_what_waits_for_no_agency_is_not_nudged_and_nobody_else_nudges(office: Office) -> None:
    reference = await office.assigned()
    question = await office.question(reference)
    await office.secretary.taps_code(f"nudge.{question.id}")
    assert "bước khác" in office.secretary.hears()
    elsewhere = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (elsewhere, office.official, office.mai):
        for verb in ("nudge", "nudged"):
            await phone.taps_code(f"{verb}.{question.id}")
            assert "Không tìm thấy" in phone.hears()


async def test_answered_while_the_text_was_being_sent_nothing_is_recorded(office: Office) -> None:
    reference = await referred(office)
    await sweep_at(office.world, date(2024, 3, 21))
    await office.secretary.presses("Đôn đốc cơ quan")
    await put_in_state(office.world, reference, QuestionState.ANSWERED)
    await office.secretary.presses("Đã gửi đi")
    assert "bước khác" in office.secretary.hears()


async def test_a_late_answer_says_sorry_and_which_day_it_missed(office: Office) -> None:
    await office.proposed()
    office.world.clock.move(days=32)
    await office.chair.presses("Duyệt")
    assert "Xin lỗi bà/ông vì trả lời chậm, hạn là ngày 01/04/2024." in office.mai.hears()


async def test_an_answer_after_a_lapsed_promise_names_the_promised_day(office: Office) -> None:
    reference = await referred(office)
    office.world.clock.move_to(local(2024, 3, 25))
    await queue_card(office, reference)
    await office.official.presses("Trả lời")
    await office.official.says("Sở đã sửa xong.")
    await office.official.presses("Gửi")
    await office.chair.presses("Duyệt")
    assert "hạn là ngày 20/03/2024" in office.mai.hears()


async def test_a_promise_is_extended_once_more_only_before_its_day_has_passed(office: Office) -> None:
    reference = await referred(office)
    office.world.clock.move_to(local(2024, 3, 20))
    await queue_card(office, reference)
    await proposes(office.official, "Gia hạn", AGENCY, "30/04/2024")
    office.world.clock.move(days=1)
    await office.chair.presses("Duyệt")
    assert "không gia hạn được nữa" in office.chair.hears(), "proposed in time, approved too late"
    await queue_card(office, reference)
    await office.official.presses("Gia hạn")
    assert "không gia hạn được nữa" in office.official.hears()
    assert await office.clocks(reference) == {ClockKind.PROMISE: PROMISED}
    assert office.mai.hears() == ""


@pytest.mark.parametrize("agency", [AGENCY, f"  {AGENCY.upper()} ", DESK])
async def test_a_late_referral_to_whoever_has_it_already_is_an_extension_in_disguise(
    office: Office, agency: str
) -> None:
    reference = await referred(office)
    office.world.clock.move_to(local(2024, 3, 21))
    await queue_card(office, reference)
    await proposes(office.official, "Chuyển", agency, "30/04/2024")
    assert "không gia hạn được nữa" in office.official.hears()
    assert len(await office.proposals(reference)) == 1


async def test_referred_in_time_but_approved_late_to_the_same_agency_is_refused(office: Office) -> None:
    reference = await referred(office)
    office.world.clock.move_to(local(2024, 3, 20))
    await queue_card(office, reference)
    await proposes(office.official, "Chuyển", AGENCY, "30/04/2024")
    office.world.clock.move(days=1)
    await office.chair.presses("Duyệt")
    assert "không gia hạn được nữa" in office.chair.hears()
    assert (await office.proposals(reference))[-1].state is ProposalState.PROPOSED


async def test_a_late_referral_to_another_agency_says_sorry(office: Office) -> None:
    """R161: what is beyond the office's powers must go to whoever has them, late or not; but honestly."""
    reference = await office.assigned()
    office.world.clock.move(days=33)
    await queue_card(office, reference)
    await proposes(office.official, "Chuyển", AGENCY, "30/04/2024")
    await office.chair.presses("Duyệt")
    heard = office.mai.hears()
    assert "Xin lỗi bà/ông" in heard
    assert "quá hạn trả lời ngày 01/04/2024" in heard
    assert AGENCY in heard
    assert "30/04/2024" in heard
    assert await office.clocks(reference) == {ClockKind.PROMISE: date(2024, 4, 30)}


@pytest.mark.parametrize("reason", ["", "  ", "...", "—", "?!"])
async def test_no_promise_and_no_refusal_without_a_reason_that_says_something(office: Office, reason: str) -> None:
    reference = await office.assigned()
    other = await office.asked("Đèn đường xóm 2 tắt đã hai tuần.")
    async with office.world.store.unit() as uow:
        official = await person_named(uow, "Lê Thị Hoa")
        secretary = await person_named(uow, "Trần Văn Thư")
        question_id = (await question_of(uow, reference)).id
        for propose in (propose_referral, propose_extension):
            with pytest.raises(RuleBroken) as refusal:
                await propose(
                    uow,
                    by=official,
                    question_id=question_id,
                    agency=AGENCY,
                    promised_on=uow.today + timedelta(days=5),
                    reason=reason,
                )
            assert refusal.value.message.key == "refusal.reason_missing"
            with pytest.raises(RuleBroken) as refusal:
                await propose(
                    uow,
                    by=official,
                    question_id=question_id,
                    agency=reason,
                    promised_on=uow.today + timedelta(days=5),
                    reason="Cần khảo sát.",
                )
            assert refusal.value.message.key == "refusal.agency_missing"
        waiting = (await question_of(uow, other)).id
        for why, instead in ((reason, "UBND huyện"), ("Việc của tòa án.", reason)):
            with pytest.raises(RuleBroken):
                await decline(uow, by=secretary, question_id=waiting, reason=why, instead=instead)
        assert (await question_of(uow, other)).state is QuestionState.RECEIVED
    assert await office.proposals(reference) == []


async def test_the_word_to_the_asker_stands_or_falls_with_the_deed(office: Office) -> None:
    """A process that dies between the approval and its commit leaves neither a referral nor a letter."""
    reference = await office.assigned()
    await office.official.presses("Mở")
    await proposes(office.official, "Chuyển", AGENCY, "20/03/2024")
    proposal = (await office.proposals(reference))[0]
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        await approve(uow, by=chair, proposal_id=proposal.id)
    await office.world.settle()
    assert office.mai.hears() == ""
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON
    assert ClockKind.PROMISE not in await office.clocks(reference)
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        await approve(uow, by=chair, proposal_id=proposal.id)
        await uow.commit()
    await office.world.settle()
    assert AGENCY in office.mai.hears()
    assert ClockKind.REPLY_OUTSIDE in await office.clocks(reference, ClockState.ENDED)


async def test_a_promise_goes_to_the_chair_when_it_lapses_and_stays_open(office: Office) -> None:
    reference = await referred(office)
    await office.mai.says(f"/cachtinh {reference}")
    heard = office.mai.hears()
    assert "Phải trả lời trước khi hết ngày 20/03/2024 (thứ Tư); theo thời hạn đã báo cho người hỏi." in heard
    assert AGENCY not in heard, "it was told the day, and has promised nothing itself"
    await sweep_at(office.world, date(2024, 3, 21))
    assert "đã quá hạn trả lời đã hẹn 1 ngày" in office.chair.hears()
    await office.chair.presses("Mở")
    assert ROAD in office.chair.hears()
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        question = await question_of(uow, reference)
        await nudge(uow, by=chair, question_id=question.id)
        await uow.commit()
    assert (await office.clocks(reference)) == {ClockKind.PROMISE: PROMISED}
