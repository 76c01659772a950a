"""Documents and figures at the desk: looked at as pages, put into the register, numbered, signed, sent, kept."""

import asyncio
import io
import zipfile
from urllib.parse import quote

import pytest
from docx import Document
from fastapi import FastAPI

from bot.media.attachments import LARGEST, AttachmentStore
from bot.media.press import PaperPress
from intake.actions.papers.register import note_making, register_document
from intake.ports import LaidOutPaper
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.order import WantedPaper
from intake.rules.papers.paper import OfficePaper
from intake.rules.people.person import Role
from intake.rules.plan.plan import PlanId
from tests.support.desk import desk_app, sit_down
from tests.support.files import photo
from tests.support.office import ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.paper_check import words_of
from tests.support.public import passer_by
from tests.support.world import World

LONG = {"day": "2024-03-01", "number": "0000199999"}
"""Zeros before it make no number small."""


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def test_a_clerk_makes_numbers_signs_sends_and_keeps_a_document(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    reference = await office.assigned()
    clerk = await sit_down(app, office.secretary)
    await clerk.opens("/so-van-ban")
    assert "Chưa lập văn bản nào" in clerk.reads()
    await clerk.opens(f"/buoi/{meeting.id}")
    assert f"kind=minutes&amp;about={meeting.id}" in clerk.page
    await clerk.opens(f"/so-van-ban/lap?plan=1&kind=minutes&about={meeting.id}")
    assert "BIÊN BẢN" in clerk.reads()
    assert ROAD in clerk.reads()
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in clerk.reads()
    about = {"plan": "1", "kind": "minutes", "about": str(meeting.id)}
    await clerk.sends("/so-van-ban/lap", form="make", **about)
    assert "Dự thảo lần 1" in clerk.reads()
    await clerk.sends("/so-van-ban/1/so", form="number", day="2030-01-01", number="")
    assert (clerk.status, "2030-01-01" in clerk.page) == (422, True)
    for wrong in ({"day": "", "number": ""}, {"day": "2024-03-01", "number": "một"}, LONG):
        await clerk.sends("/so-van-ban/1/so", form="number", **wrong)
        assert clerk.status == 422
    await clerk.sends("/so-van-ban/1/so", form="number", day="2024-03-01", number="7")
    assert "Đã cấp số 07-BB/ĐU" in clerk.reads()
    await clerk.sends("/so-van-ban/1/ky", form="signed", day="2024-03-01")
    await clerk.sends("/so-van-ban/1/gui", form="sent", to=" ")
    assert clerk.status == 422
    await clerk.sends("/so-van-ban/1/gui", form="sent", to="Ban Thường vụ Huyện ủy")
    assert "Ban Thường vụ Huyện ủy (01/03/2024)" in clerk.reads()
    numbered = await clerk.client.get("/ban-lam-viec/so-van-ban/1/ban-cuoi")
    assert "Số 07-BB/ĐU" in words_of(numbered.content)
    assert (await clerk.client.get("/ban-lam-viec/so-van-ban/1/ban-quet")).status_code == 404
    await clerk.sends_file("/so-van-ban/1/tai-len", "file", b"", form="file", what="scan")
    assert "Chưa có tệp nào dùng được" in clerk.reads()
    await clerk.sends_file("/so-van-ban/1/tai-len", "file", photo(), form="file", what="scan")
    assert "Đã lưu tệp" in clerk.reads()
    scan = await clerk.client.get("/ban-lam-viec/so-van-ban/1/ban-quet")
    assert (scan.content[:2], f"{quote('Bản quét.jpg')}" in scan.headers["content-disposition"]) == (b"\xff\xd8", True)
    await clerk.opens("/so-van-ban")
    assert "07-BB/ĐU" in clerk.reads()
    assert meeting.title in clerk.reads()
    sheet = await clerk.client.get("/ban-lam-viec/so-van-ban/tep?plan=1&kind=document_register&about=&dang=xlsx")
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as book:
        assert "07-BB/ĐU" in book.read("xl/sharedStrings.xml").decode()

    await clerk.opens(f"/cau-hoi/{reference}")
    assert f"kind=answer_slip&amp;about={reference}" in clerk.page
    for path, said in (
        ("?plan=1&kind=conclusion&about=", meeting.title),
        ("?plan=1&kind=conclusion&about=s1", "Đối thoại tháng 7"),
        ("?plan=1&kind=quarter_report&about=", "2023-Q4"),
        ("?plan=1&kind=figures&about=2024", "Cách tính từng số liệu"),
        ("?plan=1&kind=plan&about=", "KẾ HOẠCH"),
    ):
        await clerk.opens(f"/so-van-ban/lap{path}")
        assert said in clerk.page, path
    for path, said in (
        ("?plan=1&kind=quarter_report&about=quý I/2024", "quý I năm 2024"),
        ("?plan=1&kind=quarter_report&about=quý năm 2024", "Chưa hiểu kỳ báo cáo này"),
        ("?plan=1&kind=quarter_report&about=2024", "không lập cho kỳ dài như vậy"),
        ("?plan=1&kind=answer_slip&about=DL-2024-1", "Không có câu hỏi mang mã này"),
    ):
        await clerk.opens(f"/so-van-ban/lap{path}")
        assert said in clerk.page, path
    assert 'value="DL-2024-1"' in clerk.page, "what was typed stays in its field"
    for path in (
        "lap?plan=1&kind=nothing",
        "lap?plan=1&kind=conclusion&about=s9",
        "lap?plan=1&kind=conclusion&about=x",
        "tep?plan=1&kind=minutes&about=1&dang=odt",
        "tep?plan=1&kind=minutes&about=1&dang=xlsx",
        "9",
        "1/khac",
    ):
        await clerk.opens(f"/so-van-ban/{path}")
        assert clerk.status == 404, path
    await clerk.opens("/so-van-ban")
    await clerk.sends("/so-van-ban/lap", plan="1", kind="programme", about=str(meeting.id))
    assert clerk.status == 404, "a programme bears no number"

    official = await sit_down(app, office.official)
    await official.opens(f"/so-van-ban/lap?plan=1&kind=answer_slip&about={reference}")
    assert ROAD in official.reads()
    for path in (f"lap?plan=1&kind=minutes&about={meeting.id}", "1", "1/ban-cuoi"):
        await official.opens(f"/so-van-ban/{path}")
        assert official.status == 404
    chair = await sit_down(app, office.chair)
    await chair.opens("/so-van-ban/1")
    assert "Ghi nơi đã gửi" not in chair.reads()


async def test_what_a_clerk_has_written_in_word_stays_the_final_file(office: Office, app: FastAPI) -> None:
    """Draft, Word, number and day, signature with its scan, sent: nothing that is made here takes the place of it."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    clerk = await sit_down(app, office.secretary)
    drawn = await clerk.client.get(f"/ban-lam-viec/so-van-ban/tep?plan=1&kind=minutes&about={meeting.id}&dang=docx")
    word = Document(io.BytesIO(drawn.content))
    next(one for one in word.paragraphs if "[ghi tóm tắt" in one.text).text = "Chủ trì ghi nhận mọi ý kiến."
    written = io.BytesIO()
    word.save(written)
    await clerk.opens("/so-van-ban")
    await clerk.sends("/so-van-ban/lap", form="make", plan="1", kind="minutes", about=str(meeting.id))
    await clerk.sends_file("/so-van-ban/1/tai-len", "file", written.getvalue(), form="file", what="final")
    assert "Đã lưu tệp" in clerk.reads()

    await clerk.sends("/so-van-ban/1/so", form="number", day="2024-03-01", number="")
    assert "Đã cấp số 01-BB/ĐU" in clerk.reads()
    assert "hãy ghi số và ngày vào bản đó" in clerk.reads()
    await clerk.sends("/so-van-ban/1/ky", form="signed", day="2024-03-01")
    await clerk.sends_file("/so-van-ban/1/tai-len", "file", photo(), form="file", what="scan")
    await clerk.sends("/so-van-ban/1/gui", form="sent", to="Huyện ủy")
    final = await clerk.client.get("/ban-lam-viec/so-van-ban/1/ban-cuoi")
    assert "Chủ trì ghi nhận mọi ý kiến." in [one.text for one in Document(io.BytesIO(final.content)).paragraphs]
    scan = await clerk.client.get("/ban-lam-viec/so-van-ban/1/ban-quet")
    assert scan.content.startswith(b"\xff\xd8")
    sheet = await clerk.client.get("/ban-lam-viec/so-van-ban/tep?plan=1&kind=document_register&about=&dang=xlsx")
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as book:
        assert "Huyện ủy" in book.read("xl/sharedStrings.xml").decode()


async def test_a_list_of_people_is_taken_away_only_after_a_yes_in_the_chat(office: Office, app: FastAPI) -> None:
    """A desk left open hands out no list of people: each file of one is asked about once."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    clerk = await sit_down(app, office.secretary)
    for kind in ("delegates", "speakers", "answer_slips"):
        query = f"?plan=1&kind={kind}&about={meeting.id}"
        await clerk.opens(f"/so-van-ban/tep{query}&dang=xlsx")
        assert clerk.at == "/ban-lam-viec/so-van-ban/lap", "an address alone brings no file"
        assert "danh sách có tên người" in clerk.reads()
        form = {"form": "take", "proof": clerk.proof(), "dang": "docx"}
        take = f"/ban-lam-viec/so-van-ban/lap/tep{query}"
        office.put_away()
        refused = await clerk.client.post(take, data=form)
        assert (refused.status_code, "Việc này cần xác nhận trong trò chuyện" in refused.text) == (422, True)
        await office.world.settle()
        assert "tải về một danh sách có tên người" in office.secretary.hears()
        await office.secretary.presses("Đúng là tôi")
        other = await clerk.client.post(take, data={**form, "dang": "xlsx"})
        assert other.status_code == 422, "a yes to one file hands out no other"
        await office.world.settle()
        await office.secretary.presses("Đúng là tôi")
        taken = await clerk.client.post(take, data={**form, "dang": "xlsx"})
        assert zipfile.is_zipfile(io.BytesIO(taken.content))
        assert (await clerk.client.post(take, data={**form, "dang": "xlsx"})).status_code == 422, "a yes is used once"
    assert (await clerk.client.get(take)).status_code == 200
    assert (await clerk.client.post(take, data={**form, "dang": "odt"})).status_code == 404
    await office.world.settle()
    await office.secretary.presses("Không phải tôi")
    await clerk.opens("/so-van-ban")
    assert clerk.at == "/ban-lam-viec/vao", "whoever sits there is another"


class BusyOffice(PaperPress):
    """Lays out like the real one; meanwhile somebody else registers a document, as somebody does on a busy day."""

    def __init__(self, office: Office, others: int) -> None:
        super().__init__(AttachmentStore(office.world.data_dir / "attachments"), office.world.store.reading)
        self.office, self.others, self.laid_out = office, others, 0

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat, template: str = "") -> LaidOutPaper:
        self.laid_out += 1
        if self.laid_out <= self.others:
            async with asyncio.timeout(2), self.office.world.store.unit() as uow:
                by = await person_named(uow, "Trần Văn Thư")
                plan = await uow.plans.get(PlanId(1))
                kind, about = PaperKind.MINUTES, f"other {self.laid_out}"
                made = await note_making(uow, by=by, plan=plan, kind=kind, code="BB", about=about)
                await register_document(uow, by=by, document_id=made.id, dated_on=uow.today)
                await uow.commit()
        return await super().lay_out(paper, as_file, template)


async def test_while_a_document_is_laid_out_nobody_waits_and_numbers_have_no_gap(office: Office, app: FastAPI) -> None:
    """Somebody else takes the number that was to be given, twice: the file that is kept bears the one that was."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    office.world.store.press = press = BusyOffice(office, others=2)
    clerk = await sit_down(app, office.secretary)
    await clerk.opens("/so-van-ban")
    await clerk.sends("/so-van-ban/lap", form="make", plan="1", kind="minutes", about=str(meeting.id))
    await clerk.sends("/so-van-ban/1/so", form="number", day="2024-03-01", number="")
    assert "Đã cấp số 03-BB/ĐU" in clerk.reads()
    assert press.laid_out == 3
    kept = await clerk.client.get("/ban-lam-viec/so-van-ban/1/ban-cuoi")
    assert "Số 03-BB/ĐU" in words_of(kept.content)
    await clerk.opens("/so-van-ban")
    await clerk.sends("/so-van-ban/1/so", form="number", day="2024-03-01", number="")
    assert clerk.status == 409, "a number is given once"
    press.others = 9
    drawn = await clerk.client.get(f"/ban-lam-viec/so-van-ban/tep?plan=1&kind=minutes&about={meeting.id}&dang=docx")
    assert drawn.status_code == 200


class LookedUpElsewhere(PaperPress):
    """Words like the real one; meanwhile somebody writes, who would wait if the page held the database."""

    def __init__(self, office: Office) -> None:
        super().__init__(AttachmentStore(office.world.data_dir / "attachments"), office.world.store.reading)
        self.office, self.looked_at, self.ready = office, list[WantedPaper](), 0

    async def get_ready(self) -> None:
        self.ready += 1
        await super().get_ready()

    async def word(self, wanted: WantedPaper) -> OfficePaper:
        async with asyncio.timeout(5):
            await self.office.world.line.text(self.office.mai.address, "/trogiup")
        self.looked_at.append(wanted)
        return await super().word(wanted)


async def test_the_page_of_a_long_document_is_looked_up_by_the_press_and_holds_up_nobody(
    office: Office, app: FastAPI
) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    office.world.store.press = press = LookedUpElsewhere(office)
    clerk = await sit_down(app, office.secretary)
    await clerk.opens("/so-van-ban/lap?plan=1&kind=minutes")
    assert press.ready == 1, "what makes it is begun while somebody chooses the meeting"
    await clerk.opens(f"/so-van-ban/lap?plan=1&kind=minutes&about={meeting.id}")
    assert press.ready == 1

    assert "III. NGƯỜI PHÁT BIỂU" in clerk.reads()
    assert press.looked_at == [WantedPaper(PlanId(1), PaperKind.MINUTES, str(meeting.id), None)]
    await clerk.opens("/so-van-ban/lap?plan=1&kind=minutes&about=99")
    assert clerk.status == 404


async def test_a_signed_document_of_many_pages_is_scanned_as_a_whole(office: Office, app: FastAPI) -> None:
    """As much as the chat takes, at the place for it; a longer one is refused, and a stranger's before its end."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    clerk = await sit_down(app, office.secretary)
    await clerk.opens("/so-van-ban")
    await clerk.sends("/so-van-ban/lap", form="make", plan="1", kind="minutes", about=str(meeting.id))
    pages = b"%PDF-1.7\n" + bytes(LARGEST - 9)
    await clerk.sends_file("/so-van-ban/1/tai-len", "file", pages, form="file", what="scan")
    assert "Đã lưu tệp" in clerk.reads()
    scan = await clerk.client.get("/ban-lam-viec/so-van-ban/1/ban-quet")
    assert len(scan.content) == LARGEST
    await clerk.opens("/so-van-ban/1")
    await clerk.sends_file("/so-van-ban/1/tai-len", "file", pages + bytes(70_000), form="file", what="scan")
    assert clerk.status == 413
    await clerk.opens("/so-van-ban/1")
    proof = clerk.proof()
    clerk.client.cookies.clear()
    sent = {"data": {"proof": proof}, "files": {"file": ("quet.pdf", pages)}}
    assert (await clerk.client.post("/ban-lam-viec/so-van-ban/1/tai-len", **sent)).status_code == 413


async def test_the_office_looks_at_charts_and_enters_the_years_before(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.assigned()
    clerk = await sit_down(app, office.secretary)
    await clerk.opens("/so-lieu")
    assert "Số liệu đối thoại: năm 2024" in clerk.reads()
    assert clerk.page.count("<svg") >= 3
    assert 'id="chart1-title"' in clerk.page
    typed = {"unit": "1", "year": "2023", "received": "9", "there": "5", "later": "4", "source": "Báo cáo 12-BC/ĐU"}
    form = {"form": "year", **typed, "unit": clerk.page.split('name="unit" value="')[1].split('"')[0]}
    await clerk.sends("/so-lieu/nam", **(form | {"received": "8"}))
    assert (clerk.status, "khác với số đã nhận 8" in clerk.reads()) == (422, True)
    await clerk.sends("/so-lieu/nam", **(form | {"received": "chín"}))
    assert clerk.status == 422
    await clerk.sends("/so-lieu/nam", **(form | {"year": "năm"}))
    assert clerk.status == 422
    await clerk.sends("/so-lieu/nam", **form)
    assert "Đã ghi số liệu năm 2023" in clerk.reads()
    assert "2023 (có số nhập từ Báo cáo 12-BC/ĐU)" in clerk.reads()
    await office.secretary.taps_code(f"earlieryears.{meeting.id}")
    assert "Số liệu nhập từ Báo cáo 12-BC/ĐU" in office.secretary.hears()
    await clerk.opens(f"/so-lieu?buoi={meeting.id}")
    assert f"Số liệu đối thoại: {meeting.title}" in clerk.reads()
    for path in ("?ky=2024-Q9", "?don-vi=99", "?buoi=99"):
        await clerk.opens(f"/so-lieu{path}")
        assert clerk.status == 404
    stranger = await sit_down(app, await neighbour_unit(office.world, Role.SECRETARY))
    await stranger.opens("/so-lieu")
    assert "Di Lăng" not in stranger.reads()

    async with passer_by(office.world) as reader:
        page = await reader.reads("/cong-khai/dl/so-lieu")
        assert "Số liệu đối thoại năm 2024" in page
        assert "Hàng Gòn" not in page, "one question of a hamlet tells who asked"
        assert "2023 (có số nhập từ Báo cáo 12-BC/ĐU)" in page
        assert "<svg" in page
        assert "Số liệu đối thoại năm 2023" in await reader.reads("/cong-khai/dl/so-lieu/2023")
        assert await reader.status("/cong-khai/dl/so-lieu/2030") == 404
