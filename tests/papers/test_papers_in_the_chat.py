"""`/vanban`: the secretary has the papers of a meeting as files, on whatever network the story is told."""

import pytest

from bot.media.attachments import AttachmentStore
from bot.media.kinds import WORD, media_type_of
from bot.media.press import PaperPress
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.people.person import Role
from intake.rules.plan.profile_terms import Layout
from tests.conftest import load
from tests.support.before_meeting import asked_in
from tests.support.office import ROAD, Office, neighbour_unit, open_office
from tests.support.paper_check import faults, words_of
from tests.support.paper_facts import ordinary
from tests.support.world import Phone, World, local
from wording.papers.registry import worded

MINUTES = ("Tại buổi đối thoại", "Biên bản hội nghị")


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def taps(phone: Phone, *labels: str) -> None:
    await phone.says("/vanban")
    for label in labels:
        await phone.presses(label)


def kept(world: World) -> dict[str, bytes]:
    """The documents laid out so far, by their type."""
    files = (path.read_bytes() for path in (world.data_dir / "attachments").rglob("*") if path.is_file())
    return {media_type_of(content) or "": content for content in files}


@pytest.mark.contract
async def test_a_file_arrives_in_the_chat(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.assigned()
    await taps(office.secretary, *MINUTES)
    await office.secretary.presses(meeting.title)

    assert "bản dự thảo để sửa bằng Word" in office.secretary.hears()
    content = kept(office.world)[WORD]
    assert faults(content, Layout.PARTY) == []
    assert ROAD in words_of(content)


async def test_a_copy_for_reading_and_a_table_are_a_tap_away(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    await taps(office.secretary, "Trước buổi đối thoại", "Danh sách đại biểu, phân bổ chỉ tiêu", meeting.title)
    await office.secretary.presses("Bản PDF")
    assert "không dùng để ký" in office.secretary.hears()
    await office.secretary.presses("Bảng (XLSX)")
    assert "bảng để lọc" in office.secretary.hears()
    assert "application/pdf" in kept(office.world)


async def test_a_meeting_nobody_has_made_is_offered_from_the_plan(office: Office) -> None:
    await taps(office.secretary, "Trước buổi đối thoại", "Giấy mời", "Đối thoại tháng 7 năm 2024")

    assert "tháng 7/2024" in words_of(kept(office.world)[WORD])


async def test_a_plan_and_a_report_are_made_at_once(office: Office) -> None:
    await taps(office.chair, "Trước buổi đối thoại", "Kế hoạch")
    assert "Kế hoạch: bản dự thảo" in office.chair.hears()
    await office.chair.presses("Văn bản khác")
    await office.chair.presses("Báo cáo định kỳ")
    await office.chair.presses("Báo cáo quý")
    assert "Báo cáo quý: bản dự thảo" in office.chair.hears()


async def test_an_official_has_the_papers_of_a_question_at_the_own_desk_alone(office: Office) -> None:
    reference = await office.assigned()
    hidden = await asked_in(office, "Chuyện kín", local(2024, 3, 2), sensitive=True)
    await taps(office.official, "Về một câu hỏi", "Phiếu trả lời")
    await office.official.says(reference.lower())
    assert "Phiếu trả lời: bản dự thảo" in office.official.hears()
    assert ROAD in words_of(kept(office.world)[WORD])

    await taps(office.other, "Về một câu hỏi", "Phiếu trả lời")
    await office.other.says(reference)
    assert "bản dự thảo" not in office.other.hears()
    await taps(office.secretary, "Về một câu hỏi", "Phiếu trả lời")
    await office.secretary.says(hidden.reference)
    assert "bản dự thảo" not in office.secretary.hears()
    await office.official.taps_code("paperkind.1.plan")
    assert "bản dự thảo" not in office.official.hears()


async def test_nobody_has_papers_of_a_unit_they_do_not_work_for(office: Office) -> None:
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    meeting = await office.fixed_meeting()
    codes = ("papers.1", "paperset.1.room", f"papermake.1.minutes.docx.{meeting.id}", "papermake.2.minutes.docx.1")
    for phone, offered in ((office.mai, codes), (stranger, codes)):
        for code in offered:
            await phone.taps_code(code)
            assert "bản dự thảo" not in phone.hears()
    assert kept(office.world) == {}


@pytest.mark.parametrize(
    "code",
    [
        "paperset.1.nothing",
        "paperkind.1.nothing",
        "papermake.1.minutes.odt.1",
        "papermake.1.minutes.xlsx.1",
        "papermake.1.minutes.docx.s9",
        "papermake.1.quarter_report.docx.2024-Q9",
        "papermake.1",
    ],
)
async def test_a_code_that_means_nothing_makes_nothing(office: Office, code: str) -> None:
    await office.fixed_meeting()
    await office.secretary.taps_code(code)

    assert "bản dự thảo" not in office.secretary.hears()


async def test_somebody_with_two_plans_says_which(office: Office) -> None:
    await load(office.world, "an-duong-2024")
    async with office.world.store.unit() as uow:
        other = await uow.plans.by_code("an-duong-2024")
        own = await uow.plans.by_code("di-lang-2024")
        assert other is not None
        assert own is not None
        other.unit_id = own.unit_id
        title = other.title
        await uow.commit()
    await taps(office.secretary, title, "Trước buổi đối thoại", "Kế hoạch")

    assert faults(kept(office.world)[WORD], Layout.STATE) == []


async def test_a_document_the_store_does_not_take_is_a_mistake_of_ours(tmp_path) -> None:
    class FullStore(AttachmentStore):
        def save(self, content: bytes, name: str = ""):
            return super().save(content[:0], name)

    with pytest.raises(ValueError, match="does not take"):
        await PaperPress(FullStore(tmp_path)).lay_out(
            worded(PaperKind.PLAN, ordinary("an-duong-2024")), PaperFormat.DOCX
        )


async def test_a_process_without_a_press_says_so(plain_world: World) -> None:
    plain_world.store.press = None
    async with plain_world.store.reading() as uow:
        with pytest.raises(RuntimeError, match="nothing to lay documents out"):
            _ = uow.press


async def test_the_office_looks_at_its_figures(office: Office) -> None:
    """A picture with the same in words; the table and the other periods are a tap away."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.secretary.says("/solieu")
    assert "Chưa có câu hỏi nào trong kỳ này" in office.secretary.hears()
    await office.assigned()
    await office.secretary.says("số liệu")
    assert "📊 năm 2024 – thị trấn Di Lăng" in office.secretary.hears()
    assert "Đã nhận: 1" in office.secretary.hears()
    assert "image/png" in kept(office.world)
    await office.secretary.presses("Bảng (XLSX)")
    assert "bảng để lọc" in office.secretary.hears()
    await office.secretary.says("/solieu")
    await office.secretary.presses("Theo buổi")
    await office.secretary.presses(meeting.title)
    assert f"📊 {meeting.title}" in office.secretary.hears()
    await office.secretary.presses("Bảng (XLSX)")
    assert "Bảng số liệu của buổi" in office.secretary.hears()

    await office.official.says("/solieu")
    assert "Đã nhận: 1" in office.official.hears()
    assert not office.official.sees_button("Bảng (XLSX)")
    await office.official.presses("Quý trước")
    assert "quý IV năm 2023" in office.official.hears()
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    for code in ("figures.1.2024", "figures.1.2024-Q9", f"figures.1.m{meeting.id}", "figuremeetings.1"):
        await stranger.taps_code(code)
        assert "Di Lăng" not in stranger.hears()
    await stranger.says("/solieu")
    await stranger.presses("Theo buổi")
    assert "chưa có buổi đối thoại nào" in stranger.hears()
