"""What people answered before a meeting, printed: from the desk and the chat, and nothing that tells who chose what."""

from datetime import date

import pytest

from bot.media.attachments import AttachmentStore
from bot.media.press import PaperPress
from intake.actions.meetings.surveys import close_survey, make_survey, send_survey
from intake.actions.papers.gather import gather
from intake.rules.meetings.meeting import Meeting
from intake.rules.meetings.survey import SurveyCount, read_questions
from intake.rules.papers.kinds import PaperKind, PaperSubject
from papers.docx import docx_of
from papers.xlsx import xlsx_of
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, open_office, person_named
from tests.support.paper_check import words_of
from tests.support.world import World
from wording.papers.registry import worded

TYPED = "Làm đường nào trước?\n- Xóm 1\n- Xóm 3\n\nHọp buổi nào?\nSáng\nChiều\nTối"


@pytest.fixture
async def office(plain_world: World) -> Office:
    plain_world.store.press = PaperPress(
        AttachmentStore(plain_world.data_dir / "attachments"), plain_world.store.reading
    )
    return await open_office(plain_world)


async def closed_survey(office: Office) -> Meeting:
    """Two hamlets answered: 12 and 3 for the first road, 9 and 8 for the second; nobody said which part of the day."""
    meeting = await office.fixed_meeting()
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        places = [await uow.places.unit_by_code(code) for code in ("DL-hang-gon", "DL-lang-dau")]
        survey = await make_survey(
            uow,
            by=secretary,
            meeting_id=meeting.id,
            title="Đường giao thông",
            questions=read_questions(TYPED),
            hamlets=[place.id for place in places if place is not None],
            closes_on=date(2024, 4, 20),
        )
        await uow.commit()
    async with office.world.store.unit() as uow:
        await send_survey(uow, by=secretary, survey_id=survey.id)
        for place, roads in zip(places, ([12, 9], [3, 8]), strict=True):
            assert place is not None
            await uow.surveys.put_count(SurveyCount(survey.id, place.id, 30, [roads, [0, 0, 0]], uow.now))
        await close_survey(uow, by=secretary, survey_id=survey.id)
        await uow.commit()
    return meeting


async def test_the_report_has_sums_and_hamlets_and_hides_what_few_chose(office: Office) -> None:
    meeting = await closed_survey(office)
    async with office.world.store.reading() as uow:
        plan = await uow.plans.get(meeting.plan_id)
        facts = await gather(uow, plan, PaperSubject.MEETING, meeting=await uow.meetings.get(meeting.id))
    paper = worded(PaperKind.SURVEY_RESULTS, facts)
    read = words_of(docx_of(paper))
    for said in (
        "BÁO CÁO",
        "Kết quả khảo sát ý kiến Nhân dân trước",
        "Đường giao thông",
        "Câu 1. Làm đường nào trước?",
    ):
        assert said in read, said
    (roads,) = [block for block in paper.body if getattr(block, "rows", ()) and "Xóm 1" in str(block)]
    assert roads.rows == (
        ("TDP Hàng Gòn", "–", "–"),
        ("TDP Làng Dầu", "–", "–"),
        ("Cộng", "15", "17"),
    ), "three of one hamlet can be told apart, so nothing is left by which they could be"
    assert "quá ít người chọn" in read
    assert xlsx_of(paper)[:2] == b"PK"


async def test_it_is_fetched_at_the_desk_and_in_the_chat(office: Office) -> None:
    meeting = await closed_survey(office)
    clerk = await sit_down(desk_app(office.world), office.secretary)
    await clerk.opens("/khao-sat/1")
    assert f"kind=survey_results&amp;about={meeting.id}" in clerk.page
    await clerk.opens(f"/so-van-ban/lap?plan={meeting.plan_id}&kind=survey_results&about={meeting.id}")
    assert "Câu 2. Họp buổi nào?" in clerk.reads()
    await office.secretary.says("/vanban")
    await office.secretary.presses("Trước buổi đối thoại")
    assert office.secretary.sees_button("Báo cáo kết quả khảo sát")
    await office.secretary.presses("Báo cáo kết quả khảo sát")
    await office.secretary.presses(meeting.title)
    assert any(one.attachments for one in office.secretary.news())


async def test_without_a_survey_the_report_says_so(office: Office) -> None:
    meeting = await office.fixed_meeting()
    async with office.world.store.reading() as uow:
        plan = await uow.plans.get(meeting.plan_id)
        facts = await gather(uow, plan, PaperSubject.MEETING, meeting=await uow.meetings.get(meeting.id))
    assert "quá ít người chọn" not in str(worded(PaperKind.SURVEY_RESULTS, facts))
