"""A paper gets its number, is signed, sent and kept: in the chat, and for two clerks at once on both databases."""

import asyncio
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.media.kinds import WORD, media_type_of
from intake.actions.meetings.announce_results import results_news
from intake.actions.meetings.register import register
from intake.actions.papers.make import meeting_for_paper, titles_of
from intake.actions.papers.register import mark_signed, note_making, register_document
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, RegistrationKind
from intake.rules.papers.facts import stamp_of
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.register import OfficeDocument, OfficeDocumentId, recipient_named, series_year
from intake.rules.people.person import Grant, Role
from intake.rules.plan.profile_terms import Layout
from storage import tables as t
from storage.unit_of_work import Store
from tests.conftest import load
from tests.support.files import photo
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.paper_check import words_of
from tests.support.public import passer_by
from tests.support.village import build
from tests.support.world import World


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def meeting(office: Office) -> Meeting:
    return await office.fixed_meeting("DL-hang-gon")


async def makes(office: Office, meeting: Meeting) -> None:
    """The secretary has the conclusion made."""
    await office.secretary.taps_code(f"papermake.1.conclusion.docx.{meeting.id}")


async def numbers(office: Office, day: str = "", number: str = "") -> None:
    """From the card of a draft to its number."""
    await office.secretary.presses("🔢 Cấp số")
    if day:
        await office.secretary.says(day)
    else:
        await office.secretary.presses("Hôm nay")
    if number:
        await office.secretary.says(number)


async def document(office: Office, number: int = 1) -> OfficeDocument:
    async with office.world.store.reading() as uow:
        return await uow.documents.get(OfficeDocumentId(number))


@pytest.mark.contract
async def test_a_paper_gets_its_number_is_signed_and_sent(office: Office, meeting: Meeting) -> None:
    await makes(office, meeting)
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    assert "Dự thảo lần 2, chưa có số" in office.secretary.hears()
    await numbers(office)
    await office.secretary.presses("Cấp số 1")
    assert "Đã cấp số 01-TB/ĐU" in office.secretary.hears()
    stored = await document(office)
    assert stored.final_sha256 is not None
    content = (office.world.data_dir / "attachments" / stored.final_sha256[:2] / stored.final_sha256).read_bytes()
    assert media_type_of(content) == WORD
    assert "Số 01-TB/ĐU" in words_of(content)
    assert "ngày 01 tháng 03 năm 2024" in words_of(content) or "ngày 01 tháng 3 năm 2024" in words_of(content)
    assert "DỰ THẢO" not in words_of(content)

    await office.secretary.presses("Đã ký hôm nay")
    assert "Đã ký ngày 01/03/2024" in office.secretary.hears()
    await office.secretary.presses("Ghi nơi đã gửi")
    await office.secretary.says("Ban Thường vụ Huyện ủy")
    assert "Đã gửi Ban Thường vụ Huyện ủy" in office.secretary.hears()
    await office.secretary.presses("Nộp bản quét đã ký")
    await office.secretary.sends_photo(photo())
    assert "Có bản quét đã ký" in office.secretary.hears()
    await office.secretary.presses("📎 Tải bản đang lưu")
    assert "bản đang lưu" in office.secretary.hears()


async def test_what_stands_under_a_number_stays_and_the_next_draft_begins_beside_it(
    office: Office, meeting: Meeting
) -> None:
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await numbers(office, number="7")
    assert "Đã cấp số 07-TB/ĐU" in office.secretary.hears()
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    assert "Dự thảo lần 1" in office.secretary.hears()
    await numbers(office, number="7")
    assert "số tiếp theo là 8" in office.secretary.hears()
    await office.secretary.says("không")
    assert "từ 1 đến 99999" in office.secretary.hears()
    await office.secretary.presses("Cấp số 8")
    assert "Đã cấp số 08-TB/ĐU" in office.secretary.hears()
    await office.secretary.presses("Văn bản đã lập")
    assert "số 07-TB/ĐU" in office.secretary.hears()
    await office.chair.taps_code("paperlist.1")
    await office.chair.presses("2")
    assert "Số 07-TB/ĐU" in office.chair.hears()
    assert not office.chair.sees_button("Đã ký hôm nay")


async def test_a_day_before_that_of_the_number_before_and_a_day_to_come_are_refused(
    office: Office, meeting: Meeting
) -> None:
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await numbers(office)
    await office.secretary.presses("Cấp số 1")
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await numbers(office, "28/2/2024")
    await office.secretary.presses("Cấp số 2")
    assert "không được sớm hơn" in office.secretary.hears()
    async with office.world.store.unit() as uow:
        person = await uow.people.get((await document(office)).made_by)
        assert person is not None
        for number, day in ((2, date(2030, 1, 1)),):
            with pytest.raises(RuleBroken, match="day_to_come"):
                await register_document(uow, by=person, document_id=OfficeDocumentId(number), dated_on=day)


async def test_the_register_is_a_paper_of_its_own(office: Office, meeting: Meeting) -> None:
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await numbers(office)
    await office.secretary.presses("Cấp số 1")
    await office.secretary.taps_code("paperkind.1.document_register")
    assert "Sổ đăng ký văn bản" in office.secretary.hears()
    files = [one.read_bytes() for one in (office.world.data_dir / "attachments").rglob("*") if one.is_file()]
    [register] = [one for one in map(words_of, files) if "SỔ ĐĂNG KÝ VĂN BẢN" in one]
    assert "01-TB/ĐU" in register
    assert meeting.title in register, "not the row the meeting has with us"
    await office.secretary.taps_code("paperlist.1")
    assert f"{meeting.title} – số 01-TB/ĐU" in office.secretary.hears()
    await office.secretary.presses("1")
    assert f"({meeting.title})" in office.secretary.hears()


async def test_a_document_about_a_foreseen_meeting_is_named_by_the_plan(office: Office, meeting: Meeting) -> None:
    """Nobody has made that meeting yet: its title stands in the plan, unless the plan has lost it since."""
    async with office.world.store.unit() as uow:
        secretary, plan = await person_named(uow, "Trần Văn Thư"), await uow.plans.get(meeting.plan_id)
        of = [
            await note_making(uow, by=secretary, plan=plan, kind=PaperKind.NOTICE, code="TB", about=about)
            for about in ("s0", "s99", str(meeting.id))
        ]
        titles = await titles_of(uow, of)
    assert titles == {of[0].id: plan.decided.profile.sessions[0].title, of[2].id: meeting.title}


async def test_nobody_else_numbers_sends_or_sees(office: Office, meeting: Meeting) -> None:
    await office.secretary.taps_code("paperlist.1")
    assert "Chưa lập văn bản nào" in office.secretary.hears()
    await makes(office, meeting)
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    codes = ("paperdoc.1", "papernumber.1", "papersigned.1", "papersent.1", "paperfile.1.scan", "paperfetch.1")
    for phone, tried in ((office.mai, codes), (stranger, codes), (office.chair, codes[1:])):
        for code in tried:
            await phone.taps_code(code)
            assert "📄" not in phone.hears(), code
    await office.official.taps_code("paperlist.1")
    assert "Văn bản đã lập" not in office.official.hears()
    await office.secretary.taps_code("papersigned.1")
    assert "chưa có số" in office.secretary.hears()
    await office.secretary.taps_code("paperfetch.1")
    await office.secretary.taps_code("paperfile.1.nothing")
    assert (await document(office)).signed_on is None


async def test_a_file_is_asked_for_until_one_comes(office: Office, meeting: Meeting) -> None:
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await office.secretary.presses("Nộp bản cuối")
    await office.secretary.says("đây")
    assert "Hãy gửi tệp bản cuối" in office.secretary.hears()
    await office.secretary.sends_photo(photo())
    assert (await document(office)).final_sha256 is not None


async def test_the_final_file_of_a_clerk_stays_when_the_number_is_given(office: Office, meeting: Meeting) -> None:
    """It was handed in while the document was a draft; nothing is laid out in its place."""
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await office.secretary.presses("Nộp bản cuối")
    await office.secretary.sends_photo(photo())
    before = (await document(office)).final_sha256
    await numbers(office)
    await office.secretary.presses("Cấp số 1")

    assert "hãy ghi số và ngày vào bản đó" in office.secretary.hears()
    assert "để in và ký" not in office.secretary.hears()
    assert ((await document(office)).number, (await document(office)).final_sha256) == (1, before)


async def test_a_number_once_given_is_not_given_again_to_the_same_paper(office: Office, meeting: Meeting) -> None:
    await makes(office, meeting)
    async with office.world.store.unit() as uow:
        person = await uow.people.get((await document(office)).made_by)
        assert person is not None
        await register_document(uow, by=person, document_id=OfficeDocumentId(1), dated_on=uow.today)
        with pytest.raises(RuleBroken, match="changed_meanwhile"):
            await register_document(uow, by=person, document_id=OfficeDocumentId(1), dated_on=uow.today)
        with pytest.raises(NotFound):
            await uow.documents.get(OfficeDocumentId(9))


async def test_clerks_who_register_at_once_get_one_number_each_and_one_who_leaves_leaves_no_gap(
    store: Store, new_store
) -> None:
    village = await build(store)
    stores = [store, new_store()]
    async with store.unit() as uow:
        await uow.people.give(Grant(village.resident.id, Role.SECRETARY, village.commune.id, None, uow.now))
        made = [
            await note_making(
                uow, by=village.resident, plan=village.plan, kind=PaperKind.CONCLUSION, code="TB", about=str(turn)
            )
            for turn in range(8)
        ]
        await uow.commit()

    async def register(turn: int) -> int | None:
        async with stores[turn % 2].unit() as uow:
            done = await register_document(uow, by=village.resident, document_id=made[turn].id, dated_on=uow.today)
            await asyncio.sleep(0)
            if turn == 3:
                return None  # rolled back: the number goes to somebody else
            await uow.commit()
            return done.number

    given = await asyncio.gather(*(register(turn) for turn in range(8)))

    assert sorted(number for number in given if number is not None) == list(range(1, 8))


@pytest.mark.parametrize(
    ("layout", "day", "year"),
    [
        (Layout.STATE, date(2026, 1, 1), 2026),
        (Layout.PARTY, date(2025, 6, 30), 2020),
        (Layout.PARTY, date(2025, 7, 1), 2025),
        (Layout.PARTY, date(2029, 12, 31), 2025),
        (Layout.PARTY, date(2018, 1, 1), 2015),
    ],
)
def test_a_series_runs_for_a_year_or_for_the_term_of_the_committee(layout, day, year) -> None:
    assert series_year(layout, day) == year


@pytest.mark.parametrize("nothing", ["", " – ", "\n"])
def test_a_body_has_a_name(nothing) -> None:
    assert recipient_named(" Ban  Dân vận\nHuyện ủy ") == "Ban Dân vận Huyện ủy"
    with pytest.raises(RuleBroken):
        recipient_named(nothing)


async def test_nothing_is_signed_tomorrow_and_a_draft_has_no_stamp(office: Office, meeting: Meeting) -> None:
    await makes(office, meeting)
    assert stamp_of(None) is None
    assert stamp_of(await document(office)) is None
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await numbers(office)
    await office.secretary.presses("Cấp số 1")
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(RuleBroken, match="document_day_to_come"):
            await mark_signed(uow, by=secretary, document_id=OfficeDocumentId(1), on=uow.today + timedelta(days=1))


async def test_a_meeting_of_another_plan_gives_no_paper(office: Office, meeting: Meeting) -> None:
    await load(office.world, "thach-that-2023")
    async with office.world.store.reading() as uow:
        roots = [unit.id for unit in await uow.places.roots()]
        other = next(plan for plan in await uow.plans.of_units(roots) if plan.id != meeting.plan_id)
        with pytest.raises(NotFound):
            await meeting_for_paper(uow, other, meeting.id)
        with pytest.raises(NotFound):
            await meeting_for_paper(uow, other, 0, "a session it does not foresee")


async def test_no_file_of_a_document_names_whoever_has_erased_their_data(office: Office, meeting: Meeting) -> None:
    """Neither drafts, nor the numbered answer and its scan, nor the list of speakers; another's answer stays."""
    attachments = office.world.data_dir / "attachments"

    def naming(name: str) -> int:
        found = [path.read_bytes() for path in attachments.rglob("*") if path.is_file()]
        return sum(name in words_of(one) for one in found if media_type_of(one) == WORD)

    reference = await office.asked()
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        await register(uow, meeting_id=meeting.id, person=mai, kind=RegistrationKind.SPEAK, content="Về con đường")
        await uow.commit()
    await office.secretary.taps_code(f"papermake.1.answer_slip.docx.{reference}")
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await numbers(office)
    await office.secretary.presses("Cấp số 1")
    await office.secretary.presses("Nộp bản quét đã ký")
    await office.secretary.sends_photo(photo())
    await office.secretary.taps_code(f"papermake.1.speakers.docx.{meeting.id}")
    slip = await document(office)
    assert naming("Nguyễn Thị Mai") == 3, "a draft of the answer, the numbered one, the list"
    assert slip.scan_sha256 is not None
    office.put_away()

    await office.mai.says("/xoa")
    assert "biên bản đã vào sổ" in office.mai.hears()
    await office.mai.presses("Xoá")
    await office.world.settle()

    assert naming("Nguyễn Thị Mai") == 0
    assert not (attachments / slip.scan_sha256[:2] / slip.scan_sha256).exists()
    slip = await document(office)
    assert (slip.number, slip.final_sha256, slip.scan_sha256) == (1, None, None)
    async with office.world.store.reading() as uow:
        lines = await uow.session.scalars(sa.select(sa.cast(t.web_messages.c.said, sa.Text)))
        assert not [one for one in lines if '"name": "answer_slip' in one]
    await office.secretary.taps_code(f"paperdoc.{slip.id}")
    assert "Không có tệp đang lưu" in office.secretary.hears()
    await office.secretary.presses("📎 Tải bản đang lưu")
    assert "lập lại, cùng số và ngày; không có tên người đã xoá" in office.secretary.hears()
    assert naming("01-TB/ĐU") == 1
    assert naming("Nguyễn Thị Mai") == 0


async def test_people_read_the_number_under_which_they_were_answered(office: Office, meeting: Meeting) -> None:
    """Not before the office has given it."""
    reference = await office.proposed()
    await office.chair.presses("Duyệt")
    office.put_away()
    await office.mai.says(f"/trangthai {reference}")
    assert "Phiếu trả lời số" not in office.mai.hears()
    await office.secretary.taps_code(f"papermake.1.answer_slip.docx.{reference}")
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await numbers(office)
    await office.secretary.presses("Cấp số 1")
    await office.mai.says(f"/trangthai {reference}")
    assert "Phiếu trả lời số 01-TB/ĐU, ngày 01/03/2024" in office.mai.hears()

    await office.opened()
    await office.closed()
    await makes(office, meeting)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await numbers(office)
    await office.secretary.presses("Cấp số 2")
    await office.mai.taps_code(f"results.{meeting.id}")
    assert "Thông báo kết luận số 02-TB/ĐU, ngày 25/04/2024" in office.mai.hears()
    async with passer_by(office.world) as reader:
        assert "Thông báo kết luận số 02-TB/ĐU" in await reader.reads(f"/cong-khai/dl/buoi/{meeting.id}")
    async with office.world.store.unit() as uow:  # what goes out to everybody from now on says it too
        said = (await results_news(uow, await uow.meetings.get(meeting.id))).params["conclusion"]
    assert [one.params["number"] for one in said[1:]] == ["02-TB/ĐU"]
