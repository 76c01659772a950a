"""All answer slips of a meeting in one file: each on a page of its own, with the number it was registered under."""

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import sqlalchemy as sa

from bot.media.kinds import WORD, media_type_of
from intake.actions.papers.gather import gather
from intake.actions.papers.register import keep_final, note_making, register_document
from intake.rules.meetings.meeting import Meeting
from intake.rules.papers.facts import MeetingFacts
from intake.rules.papers.issuer import layout_of
from intake.rules.papers.kinds import PaperFormat, PaperKind, PaperSubject
from intake.rules.plan.plan import PlanId
from intake.rules.questions.question import QuestionState
from papers.docx import docx_of
from papers.press import printed
from papers.reading_copy import reading_copy
from papers.template import filled
from tests.support.before_meeting import asked_in
from tests.support.libreoffice import needs_libreoffice
from tests.support.office import Office, open_office, person_named
from tests.support.paper_check import faults, words_of
from tests.support.paper_facts import ordinary
from tests.support.stories import answer, put_in_state, question_of
from tests.support.world import World, local
from wording.papers.blank import blank_paper
from wording.papers.registry import worded

ANSWERS = {"Đường xóm 1 hỏng?": "Xã đã sửa xong đường.", "Mương xóm 2 tắc?": "Mương nạo vét tháng sáu."}
SECRET = "Ông A nhận tiền của tôi"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
async def held(office: Office) -> Meeting:
    """Two questions were answered, one waits, one that names somebody is kept back, one was asked by somebody else."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    asked = [await office.asked(text) for text in ANSWERS]
    await office.asked("Chưa ai trả lời tôi về điện?")
    hidden = await asked_in(office, SECRET, local(2024, 3, 2), meeting_id=meeting.id, sensitive=True)
    await office.opened()
    await office.closed()
    for reference, said in zip(asked, ANSWERS.values(), strict=True):
        await answer(office.world, reference, said)
    await put_in_state(office.world, hidden.reference, QuestionState.ANSWERED)
    return meeting


async def facts_of(office: Office, meeting: Meeting, kind: PaperKind = PaperKind.ANSWER_SLIPS) -> MeetingFacts:
    async with office.world.store.reading() as uow:
        plan = await uow.plans.get(PlanId(1))
        stored = await uow.meetings.get(meeting.id)
        return (await gather(uow, plan, PaperSubject.MEETING, meeting=stored, kind=kind)).meeting


async def registers(office: Office, reference: str, *, own_file: str = "") -> None:
    """The slip of a question gets its number; a clerk may put another file under it."""
    async with office.world.store.unit() as uow:
        clerk, plan = await person_named(uow, "Trần Văn Thư"), await uow.plans.get(PlanId(1))
        kind = PaperKind.ANSWER_SLIP
        made = await note_making(uow, by=clerk, plan=plan, kind=kind, code="TB", about=reference)
        await register_document(uow, by=clerk, document_id=made.id, dated_on=uow.today)
        if own_file:
            await keep_final(uow, by=clerk, document_id=made.id, sha256=own_file, scan=False)
        await uow.commit()


async def test_the_secretary_has_all_slips_of_a_meeting_in_one_file(office: Office, held: Meeting) -> None:
    await registers(office, "DL-2024-0002")
    await office.secretary.taps_code(f"papermake.1.answer_slips.docx.{held.id}")

    assert "Phiếu trả lời của cả buổi: bản dự thảo" in office.secretary.hears()
    files = (path.read_bytes() for path in (office.world.data_dir / "attachments").rglob("*") if path.is_file())
    [content] = [one for one in files if media_type_of(one) == WORD]
    async with office.world.store.reading() as uow:
        assert faults(content, layout_of((await uow.plans.get(PlanId(1))).decided.profile)) == []
    words = words_of(content)
    assert "Có 2 ý kiến đã được duyệt trả lời" in words
    assert words.count("PHIẾU TRẢ LỜI") == 2
    assert [said in words for said in (*ANSWERS, *ANSWERS.values())] == [True] * 4
    assert "Số 01-TB/ĐU" in words
    assert "Số [số]-TB/ĐU" in words
    assert words.count("DỰ THẢO") == 1
    assert SECRET not in words
    assert "Ngoài ra có 1 ý kiến" in words
    assert "Chưa ai trả lời" not in words


async def test_who_asked_is_in_no_other_paper_of_the_meeting(office: Office, held: Meeting) -> None:
    assert [one.question.asker for one in (await facts_of(office, held)).slips] == ["Nguyễn Thị Mai"] * 2
    assert (await facts_of(office, held, PaperKind.MINUTES)).slips == ()


async def test_what_was_signed_otherwise_is_not_printed_anew(office: Office, held: Meeting) -> None:
    await registers(office, "DL-2024-0001", own_file="a" * 64)
    await registers(office, "DL-2024-0002")
    first, second = (await facts_of(office, held)).slips
    assert (first.own_file, second.own_file) == (True, False)

    office.world.clock.move(days=1)
    async with office.world.store.unit() as uow:
        (await question_of(uow, "DL-2024-0002")).answered_at = uow.now
        await uow.commit()
    slips = (await facts_of(office, held)).slips
    assert [one.own_file for one in slips] == [True, True], "its answer was changed after it got its number"
    assert [one.stamp and one.stamp.number for one in slips] == ["01", "02"]

    facts = ordinary("vinh-bao-2026")
    whole = worded(PaperKind.ANSWER_SLIPS, replace(facts, about_meeting=replace(facts.meeting, slips=slips)))
    assert whole.followed_by == ()
    assert "in từ sổ" in words_of(docx_of(whole))


async def test_however_many_questions_there_are_the_database_is_asked_as_often(office: Office, held: Meeting) -> None:
    """One by one, minutes of 500 questions asked it a thousand times, and everybody's answers waited for it."""

    async def asked() -> int:
        said: list[str] = []
        engine = office.world.store.engine.sync_engine

        def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            said.append(statement)

        sa.event.listen(engine, "before_cursor_execute", heard)
        try:
            await facts_of(office, held)
        finally:
            sa.event.remove(engine, "before_cursor_execute", heard)
        return len(said)

    few = await asked()
    for number in range(20):
        extra = await asked_in(office, f"Cầu số {number} hỏng?", local(2024, 3, 2), meeting_id=held.id)
        await put_in_state(office.world, extra.reference, QuestionState.TAKEN_ON)
    assert await asked() == few


async def test_at_the_desk_the_slips_are_looked_at_one_by_one(office: Office, held: Meeting) -> None:
    slips = (await facts_of(office, held)).slips
    facts = ordinary("an-duong-2024")
    whole = worded(PaperKind.ANSWER_SLIPS, replace(facts, about_meeting=replace(facts.meeting, slips=slips)))
    pages = pypdfium2.PdfDocument(reading_copy(whole))
    texts = [page.get_textpage().get_text_range() for page in pages]

    assert len(texts) == 3, "the list and two slips"
    assert "DL-2024-0001" in texts[1]
    assert "DL-2024-0002" in texts[2]


def a_hundred(code: str) -> object:
    facts = ordinary(code)
    [slip, *_] = facts.meeting.slips
    slips = tuple(
        replace(slip, question=replace(slip.question, reference=f"VB-2026-{number:04}"), own_file=False)
        for number in range(1, 101)
    )
    return worded(PaperKind.ANSWER_SLIPS, replace(facts, about_meeting=replace(facts.meeting, slips=slips)))


@pytest.mark.timeout(180)
@needs_libreoffice
@pytest.mark.parametrize("code", ["an-duong-2024", "vinh-bao-2026"])
def test_a_hundred_slips_are_a_hundred_pages_behind_their_list(code: str) -> None:
    document = pypdfium2.PdfDocument(printed(a_hundred(code), PaperFormat.PDF).content)
    texts = [page.get_textpage().get_text_range() for page in document]
    slips = [text for text in texts if "PHIẾU TRẢ LỜI" in text]

    assert [re.findall(r"VB-2026-\d{4}", text)[0] for text in slips] == [f"VB-2026-{n:04}" for n in range(1, 101)]
    assert len(texts) - len(slips) in range(1, 7), "the list of them"
    assert texts.index(slips[0]) == len(texts) - 100


@pytest.mark.timeout(120)
@needs_libreoffice
def test_slips_printed_with_a_units_own_template_stand_behind_their_list() -> None:
    facts = ordinary("an-duong-2024")
    slips = tuple(replace(one, own_file=False) for one in facts.meeting.slips * 2)
    whole = worded(PaperKind.ANSWER_SLIPS, replace(facts, about_meeting=replace(facts.meeting, slips=slips)))
    layout = layout_of(facts.plan.profile)
    template = docx_of(blank_paper(PaperKind.ANSWER_SLIP, layout, date(2026, 1, 1)))
    document = pypdfium2.PdfDocument(printed(whole, PaperFormat.PDF, template).content)
    texts = [page.get_textpage().get_text_range() for page in document]

    assert len(texts) == 1 + len(slips)
    assert "DANH SÁCH" in texts[0]
    assert all("PHIẾU TRẢ LỜI" in text for text in texts[1:])
    assert words_of(filled(template, whole.followed_by[0])).count("PHIẾU TRẢ LỜI") == 1
