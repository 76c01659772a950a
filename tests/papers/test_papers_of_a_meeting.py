"""The papers of a meeting that took place, filled from what everybody did in the chat (the story of Di Lăng, S0)."""

import re
from datetime import date

import pytest

from intake.actions.meetings.conclude import add_item, report_progress
from intake.actions.meetings.public_page import meeting_in_public
from intake.actions.papers import period_facts
from intake.actions.papers.gather import gather
from intake.actions.papers.make import facts_named, require_paper
from intake.actions.papers.meeting_facts import planned_as_yet
from intake.actions.people.restrict import lift_restriction, restrict
from intake.actions.questions.repeated_cases import link
from intake.rules.errors import RuleBroken
from intake.rules.meetings.guest import Guest, GuestReply
from intake.rules.meetings.meeting import Meeting, MeetingState, Registration, RegistrationKind, RegistrationState
from intake.rules.meetings.roster import Quota
from intake.rules.papers.issuer import layout_of
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.periods import period_before, period_written
from intake.rules.plan.open_points import ONLY_FIGURES, PUBLIC_SCOPE
from intake.rules.plan.profile_terms import AudienceKind, Seat
from intake.rules.questions.question import QuestionState
from intake.rules.sealed.matter import SealedMatter
from papers.docx import docx_of
from tests.support.before_meeting import asked_in
from tests.support.office import Office, open_office, person_named
from tests.support.paper_check import faults, words_of
from tests.support.stories import answer, planned_meeting, put_in_state, question_of
from tests.support.world import World, local
from wording.papers.registry import KINDS, worded

SECRET = "Ông A nhận tiền của tôi"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
async def held(office: Office) -> Meeting:
    """A meeting that was held: questions answered, taken on, sent on, kept back; people, guests, a conclusion."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    answered, taken_on, referred = [await office.asked(f"Đường xóm {number} hỏng?") for number in (1, 2, 3)]
    await office.asked("Chưa ai trả lời tôi về con mương?")
    hidden = await asked_in(office, SECRET, local(2024, 3, 2), meeting_id=meeting.id, sensitive=True)
    await _people(office, meeting)
    await office.opened()
    await office.closed()
    await answer(office.world, answered, "Xã đã sửa xong đường xóm một.")
    await answer(office.world, referred, "Đường tỉnh quản lý.", promise=("Sở Giao thông", date(2024, 6, 30)))
    await put_in_state(office.world, hidden.reference, QuestionState.TAKEN_ON)
    await put_in_state(office.world, answered, QuestionState.ANSWERED, public_text="Sửa đường xóm một", rating="good")
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        earlier = await uow.questions.by_reference(answered)
        later = await uow.questions.by_reference(referred)
        assert earlier is not None
        assert later is not None
        await link(uow, by=secretary, question_id=earlier.id, earlier_id=later.id)
        item = await add_item(
            uow,
            by=secretary,
            meeting_id=meeting.id,
            text="Nạo vét mương xóm 4",
            desk_id=None,
            owner="UBND thị trấn",
            due_on=date(2024, 6, 1),
            references=[taken_on],
        )
        stored = await uow.conclusions.item(item.id)
        stored.published_at = uow.now
        await report_progress(uow, by=secretary, item_id=item.id, text="Đã khảo sát", done=False)
        await uow.commit()
    office.put_away()
    return meeting


async def _people(office: Office, meeting: Meeting) -> None:
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        secretary = await person_named(uow, "Trần Văn Thư")
        for kind, state in (("speak", "standing"),):
            registration = Registration(
                "ĐK-DL-2024-0001",
                meeting.id,
                mai.id,
                RegistrationKind(kind),
                "Về đường xóm",
                uow.now,
                state=RegistrationState(state),
                unit_id=mai.hamlet_id,
                rank=1,
            )
            registration.present_at = registration.called_at = local(2024, 4, 25, 14, 30)
            await uow.meetings.add_registration(registration)
        assert mai.hamlet_id is not None
        await uow.rosters.add_quota(Quota(meeting.id, mai.hamlet_id, Seat.RESIDENT, 5))
        guest = Guest(meeting.id, "Đại diện huyện", False, "Phạm Thị Khách", "Ban Dân vận Huyện ủy", secretary.id)
        guest.reply, guest.present_at = GuestReply.COMING, uow.now
        await uow.guests.add(guest)
        await uow.commit()


async def made(
    office: Office, kind: PaperKind, meeting: Meeting | None = None, reference: str = "", period: str = ""
) -> str:
    """The words of a document, made from the database; its layout is right besides."""
    async with office.world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        number = getattr(meeting, "id", None)
        stored = meeting if number is None else await uow.meetings.get(number)
        facts = await gather(
            uow,
            plan,
            KINDS[kind].subject,
            meeting=stored,
            question=await uow.questions.by_reference(reference) if reference else None,
            period=period_written(period) or period_before(kind, uow.today),
        )
    content = docx_of(worded(kind, facts))
    assert faults(content, layout_of(facts.plan.profile)) == []
    return words_of(content)


async def test_the_minutes_tell_who_came_what_was_asked_and_what_became_of_it(office: Office, held: Meeting) -> None:
    words = await made(office, PaperKind.MINUTES, held)

    for told in (
        "DL-2024-0001, TDP Hàng Gòn: Đường xóm 1 hỏng?",
        "Trả lời: Xã đã sửa xong đường xóm một.",
        "Đã chuyển Sở Giao thông",
        "Nguyễn Thị Mai",
        "14 giờ 30",
        "Phạm Thị Khách, Ban Dân vận Huyện ủy",
        "Nạo vét mương xóm 4. Giao UBND thị trấn",
        "Ý kiến liên quan: DL-2024-0002.",
        "Ngoài ra có 1 ý kiến",
        "Hội nghị kết thúc hồi 16 giờ 30",
    ):
        assert told in words, told


async def test_whoever_came_from_nowhere_we_know_is_counted_so(office: Office) -> None:
    """Somebody at the door who said no hamlet: the line for them had no name."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.opened()
    await office.secretary.says("đón tiếp")
    await office.secretary.presses("Người chưa đăng ký")
    await office.secretary.says("Trần Văn Khách")
    await office.secretary.presses("Nơi khác")
    await office.closed()
    for kind, told in ((PaperKind.MINUTES, "Chưa rõ nơi ở: 1 người"), (PaperKind.DELEGATES, "Chưa rõ nơi ở")):
        assert told in await made(office, kind, meeting), kind


async def test_minutes_count_nobody_where_nobody_was_counted(office: Office) -> None:
    """No list was kept at the door: how many came is not known, and "0 người" would be a number of ours."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.opened()
    await office.closed()
    words = await made(office, PaperKind.MINUTES, meeting)
    assert "Khách mời có mặt: [số người]; người dân, đại biểu có mặt: [số người]." in words
    assert "0 người" not in words


async def test_whoever_was_given_the_floor_was_there(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says("Về đường xóm")
    await office.mai.presses("Gửi")
    await office.opened()
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Người phát biểu")
    await office.secretary.presses("Mời số 1 phát biểu")
    await office.closed()
    words = await made(office, PaperKind.MINUTES, meeting)
    assert "đại biểu có mặt theo danh sách: 1 người." in words
    assert "TDP Hàng Gòn: 1 người" in words


async def test_papers_say_for_whom_a_meeting_is(office: Office, held: Meeting) -> None:
    assert "Thành phần: Nhân dân TDP Hàng Gòn." in await made(office, PaperKind.PROGRAMME, held)
    async with office.world.store.unit() as uow:
        stored = await uow.meetings.get(held.id)
        stored.audience = (AudienceKind.YOUTH, AudienceKind.WOMEN)
        await uow.commit()
    assert "Thành phần: Thanh niên, phụ nữ TDP Hàng Gòn." in await made(office, PaperKind.PROGRAMME, held)


async def test_no_document_tells_what_is_kept_back(office: Office, held: Meeting) -> None:
    for kind in PaperKind:
        words = await made(office, kind, held, "DL-2024-0001", "2024-Q2" if kind is PaperKind.QUARTER_REPORT else "")

        assert SECRET not in words, kind
        assert "DL-2024-0005" not in words, kind


async def test_no_document_tells_what_its_asker_wants_used_no_further(office: Office, held: Meeting) -> None:
    """Neither their words nor their name; how many there are is counted, and once lifted all is as before."""
    hers = ("Đường xóm", "đường xóm", "con mương", "Nguyễn Thị Mai", "DL-2024-0001", "DL-2024-0002", "DL-2024-0003")
    kinds = [kind for kind in PaperKind if KINDS[kind].subject in (PaperSubject.MEETING, PaperSubject.PERIOD)]
    async with office.world.store.unit() as uow:
        await restrict(uow, person=await person_named(uow, "Nguyễn Thị Mai"))
        await uow.commit()

    for kind in kinds:
        words = await made(office, kind, held, period="2024-Q2" if kind is PaperKind.QUARTER_REPORT else "")
        assert [one for one in hers if one in words] == [], kind
    minutes = await made(office, PaperKind.MINUTES, held)
    assert "Ngoài ra có 5 ý kiến" in minutes
    assert "(không nêu tên)" in minutes
    async with office.world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        by, asked = await person_named(uow, "Trần Văn Thư"), {"plan": plan, "about": "DL-2024-0001"}
        with pytest.raises(RuleBroken, match="restricted"):
            await require_paper(uow, by=by, kind=PaperKind.ANSWER_SLIP, subject=PaperSubject.QUESTION, **asked)
        with pytest.raises(RuleBroken, match="restricted"):
            await facts_named(uow, kind=PaperKind.ANSWER_SLIP, subject=PaperSubject.QUESTION, **asked)
        found = await meeting_in_public(uow, await uow.places.unit(plan.unit_id), held.id)
        assert (found.answers, found.forwarded, found.reasons) == ([], [], {})

    async with office.world.store.unit() as uow:
        await lift_restriction(uow, person=await person_named(uow, "Nguyễn Thị Mai"), outcome="")
        await uow.commit()
    assert "Nguyễn Thị Mai" in await made(office, PaperKind.MINUTES, held)


async def test_the_notice_of_results_shows_public_words_and_nobodys_name(office: Office, held: Meeting) -> None:
    words = await made(office, PaperKind.RESULTS_NOTICE, held)

    assert "Sửa đường xóm một" in words
    received, *fates = [int(one) for one in re.findall(r": ([0-9]+)[;.](?=\s)", words)]
    assert received == sum(fates) == 5, "what is kept back is counted as on the public page"
    assert "Đường xóm 2 hỏng" not in words
    assert "Nguyễn Thị Mai" not in words
    async with office.world.store.unit() as uow:
        [said] = await uow.questions.proposals((await question_of(uow, "DL-2024-0001")).id)
        said.text = "Thưa bà Nguyễn Thị Mai, xã sửa xong rồi."
        await uow.commit()
    words = await made(office, PaperKind.RESULTS_NOTICE, held)
    assert "Thưa bà …, xã sửa xong rồi." in words, "an answer may well address its asker by name"


async def test_the_answer_slip_is_for_its_asker_and_the_letter_to_the_agency_has_no_name(
    office: Office, held: Meeting
) -> None:
    slip = await made(office, PaperKind.ANSWER_SLIP, held, "DL-2024-0001")
    letter = await made(office, PaperKind.PETITION_LETTER, held, "DL-2024-0003")
    moved = await made(office, PaperKind.TRANSFER_NOTICE, held, "DL-2024-0003")

    assert "Kính gửi: Nguyễn Thị Mai, TDP Hàng Gòn" in slip
    assert "Xã đã sửa xong đường xóm một." in slip
    assert "Kính gửi: Sở Giao thông" in letter
    assert "Nguyễn Thị Mai" not in letter
    assert "thẩm quyền của Sở Giao thông" in moved
    assert "30/06/2024" in moved


async def test_a_quarter_is_reported_with_what_still_waits(office: Office, held: Meeting) -> None:
    async with office.world.store.unit() as uow:
        for day in (date(2024, 3, 31), date(2024, 4, 1), date(2024, 6, 30)):
            await uow.sealed.add_matter(SealedMatter(held.unit_id, "", day))
        await uow.commit()
    words = await made(office, PaperKind.QUARTER_REPORT, period="2024-Q2")

    assert "đơn tố cáo" not in words, "day by day the number would tell that something came"
    assert "quý II năm 2024" in words
    assert held.title in words
    assert "Ý kiến đang giải quyết, đã chuyển hoặc đã gia hạn: 4;" in words
    assert "có nêu ngày và nơi chịu trách nhiệm: 50%;" in words
    assert "Câu trả lời chỉ giải thích: 0%;" in words
    assert "Người dân đánh giá hài lòng: 1;" in words
    assert "1. Nạo vét mương xóm 4" in words
    office.world.clock.move_to(local(2024, 7, 1))
    words = await made(office, PaperKind.QUARTER_REPORT, period="2024-Q2")
    assert "Ngoài ra có 2 đơn tố cáo gửi qua hệ thống" in words, "a number, and nothing else"


async def test_repeated_matters_stand_with_what_was_promised(office: Office, held: Meeting) -> None:
    words = await made(office, PaperKind.REPEATED_CASES, held)

    assert "Vụ việc 1/2024, nêu các năm: 2024" in words
    assert "Đã hẹn: Sở Giao thông giải quyết chậm nhất ngày 30/06/2024." in words


async def test_the_briefing_has_drafts_and_the_list_of_speakers(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.proposed("Xã sửa trong quý II.")
    await _people(office, meeting)
    briefing = await made(office, PaperKind.BRIEFING, meeting)

    assert "Dự thảo trả lời: Xã sửa trong quý II." in briefing
    assert "Về đường xóm" in briefing
    reference = await office.asked("Đường tỉnh qua xóm 5 hỏng?")
    await answer(office.world, reference, "Đường tỉnh quản lý.", promise=("Sở Giao thông", date(2024, 6, 30)))
    again = await made(office, PaperKind.BRIEFING, meeting)
    assert "Kết quả: Đã chuyển Sở Giao thông, trả lời trước hoặc trong ngày 30/06/2024." in again
    assert "chưa có dự thảo" not in again, "nobody owes a draft for what went to an agency"
    assert "Về đường xóm" in await made(office, PaperKind.SPEAKERS, meeting)
    assert "14 giờ" in await made(office, PaperKind.NOTICE, meeting)
    assert "hai giờ chiều" in await made(office, PaperKind.LOUDSPEAKER, meeting)


async def test_a_meeting_nobody_made_yet_is_what_the_plan_says(office: Office) -> None:
    async with office.world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        foreseen = planned_as_yet(plan, "thang-7")
        assert planned_as_yet(plan, "thang-8") is None
    assert "tháng 7/2024" in await made(office, PaperKind.NOTICE, foreseen)


async def test_of_a_cancelled_meeting_nothing_says_that_it_is_held(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    async with office.world.store.unit() as uow:
        (await uow.meetings.get(meeting.id)).state = MeetingState.CANCELLED
        await uow.commit()
    async with office.world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        asked = {"by": await person_named(uow, "Trần Văn Thư"), "plan": plan, "about": str(meeting.id)}
        for kind in (PaperKind.NOTICE, PaperKind.INVITATION, PaperKind.MINUTES, PaperKind.RESULTS_NOTICE):
            with pytest.raises(RuleBroken, match="paper_cancelled"):
                await require_paper(uow, kind=kind, subject=PaperSubject.MEETING, **asked)
        await require_paper(uow, kind=PaperKind.ANSWER_SLIPS, subject=PaperSubject.MEETING, **asked)


async def test_a_meeting_without_a_day_has_its_window(office: Office) -> None:
    meeting = await planned_meeting(office.world)

    assert "tháng 4/2024" in await made(office, PaperKind.INVITATION, meeting)
    assert "[Chưa ấn định ngày, giờ" in await made(office, PaperKind.LOUDSPEAKER, meeting)


async def test_a_long_period_is_read_in_parts(office: Office, held: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = await made(office, PaperKind.QUARTER_REPORT, held, period="2024-Q2")
    monkeypatch.setattr(period_facts, "_AT_ONCE", 2)

    assert await made(office, PaperKind.QUARTER_REPORT, held, period="2024-Q2") == whole


async def test_desk_and_topic_stand_by_name_but_no_sensitive_topic_and_nobody_who_is_erased(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    references = [await office.asked("Chợ họp mấy giờ?"), await office.asked("Chi bộ họp ở đâu?")]
    async with office.world.store.unit() as uow:
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        topics = {topic.code: topic.id for topic in await uow.places.topics(town.id)}
        desks = {desk.code: desk.id for desk in await uow.places.desks(town.id)}
        for reference, topic in zip(references, ("kinh-te", "lanh-dao-to-chuc-dang"), strict=True):
            question = await uow.questions.by_reference(reference)
            assert question is not None
            question.topic_id, question.desk_id, question.meeting_id = topics[topic], desks["chuyen-mon"], meeting.id
            question.hamlet_id = None
        (await person_named(uow, "Nguyễn Thị Mai")).erased_at = uow.now
        await uow.commit()
    briefing = await made(office, PaperKind.BRIEFING, meeting)

    assert "Kinh tế (số ý kiến: 1)" in briefing
    assert "Vấn đề khác (số ý kiến: 1)" in briefing
    assert "Bộ phận giải quyết: Cán bộ, công chức chuyên môn thị trấn" in briefing
    assert "[họ tên người gửi]" in await made(office, PaperKind.ANSWER_SLIP, reference=references[0])


async def test_what_somebody_wants_to_say_under_a_sensitive_topic_lies_on_no_table(
    office: Office, held: Meeting
) -> None:
    kinds = (PaperKind.SPEAKERS, PaperKind.MINUTES, PaperKind.BRIEFING)
    assert "Về đường xóm" in await made(office, PaperKind.SPEAKERS, held)
    async with office.world.store.unit() as uow:
        [registration] = await uow.meetings.registrations(held.id)
        topics = {topic.code: topic.id for topic in await uow.places.topics(held.unit_id)}
        registration.topic_id = topics["lanh-dao-to-chuc-dang"]
        await uow.commit()
    for kind in kinds:
        words = await made(office, kind, held)
        assert "Nguyễn Thị Mai" in words
        assert "Về đường xóm" not in words, kind


async def test_a_repeated_matter_of_sensitive_questions_alone_is_not_told(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    first, second = [
        await asked_in(office, SECRET, local(2024, 3, day), meeting_id=meeting.id, sensitive=True) for day in (2, 3)
    ]
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        await link(uow, by=secretary, question_id=second.id, earlier_id=first.id)
        await uow.commit()

    assert "chưa có kiến nghị nào được nêu nhiều lần" in await made(office, PaperKind.REPEATED_CASES, meeting)


async def test_where_only_figures_are_public_no_single_question_is(office: Office, held: Meeting) -> None:
    async with office.world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        plan.choices = {**plan.choices, PUBLIC_SCOPE: ONLY_FIGURES}
        await uow.commit()
    words = await made(office, PaperKind.RESULTS_NOTICE, held)

    assert "Ý kiến đã tiếp nhận: 5;" in words
    assert "Sửa đường xóm một" not in words
