"""A commune's own templates: fetched at the desk, changed in Word, handed in, used, taken back; none of them runs."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from fastapi import FastAPI
from lxml import etree

from bot.media.attachments import AttachmentStore
from intake.actions.papers.templates import TEMPLATE_OF
from intake.rules.message import Term
from intake.rules.papers.issuer import layout_of
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.paper import OfficePaper
from intake.rules.papers.template import BLOCKS, LARGEST_TEMPLATE, needed
from intake.rules.people.person import Role
from papers.press import laid_out_quickly
from papers.template import filled, flaws_of
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.files import office_file
from tests.support.office import ROAD, Office, neighbour_unit, open_office
from tests.support.paper_check import parts_of
from tests.support.paper_facts import TODAY, nothing, ordinary
from tests.support.world import World
from wording.papers.blank import blank_paper
from wording.papers.registry import KINDS, worded

NEEDED = ("noi_dung", "so_ky_hieu", "dia_danh_ngay", "du_thao")
PLACE = "/so-van-ban/mau"
DRAWN_WORD = (
    "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textpath string='{{ du_thao }}'/></v:shape>"
    "</w:pict></w:r>"
)
FORMULA = (
    "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>{{ x</m:t></m:r></m:oMath>"
)


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


def said_in(content: bytes) -> str:
    """The words of the page, however somebody wrote them."""
    root = etree.fromstring(parts_of(content)["word/document.xml"])
    return "\n".join(
        "".join((one.text or "") if one.tag == qn("w:t") else " " for one in part.iter(qn("w:t"), qn("w:br")))
        for part in root.iter(qn("w:p"))
    )


async def fetched(clerk: DeskBrowser, kind: str) -> bytes:
    answer = await clerk.client.get(f"/ban-lam-viec{PLACE}/tep?plan=1&kind={kind}")
    assert answer.status_code == 200
    return answer.content


async def hands_in(clerk: DeskBrowser, kind: str, content: bytes) -> str:
    await clerk.opens(PLACE)
    await clerk.sends_file(f"{PLACE}/luu", "file", content, form="template", plan="1", kind=kind)
    return clerk.reads()


def changed(content: bytes, change: Callable) -> bytes:
    """The file as Word saves it after somebody changed it."""
    document, written = Document(io.BytesIO(content)), io.BytesIO()
    change(document)
    document.save(written)
    return written.getvalue()


def with_line(text: str) -> Callable:
    return lambda document: document.paragraphs[0].insert_paragraph_before(text)


async def test_a_commune_writes_its_slips_on_its_own_paper_and_goes_back(office: Office, app: FastAPI) -> None:
    """The words are the same, in the clerk's frame: a name torn by Word, a sentence around it, a number in the foot."""
    reference = await office.proposed()
    await office.chair.presses("Duyệt")
    office.put_away()
    clerk = await sit_down(app, office.secretary)
    await clerk.opens("/so-van-ban")
    assert "Mẫu văn bản của đơn vị" in clerk.reads()
    template = await fetched(clerk, "answer_slip")
    assert all("{{ " + name + " }}" in said_in(template) for name in ("so_ky_hieu", *BLOCKS))

    def at_our_office(document) -> None:
        line = document.paragraphs[0].insert_paragraph_before("Xã nhà & nhân dân – {{ trich")
        line.add_run("_yeu }} – năm mới").font.size = Pt(15)
        document.sections[0].footer.paragraphs[0].text = "{{so_ky_hieu}}"

    own = changed(template, at_our_office)
    assert "Từ nay Phiếu trả lời lập theo mẫu của đơn vị" in await hands_in(clerk, "answer_slip", own)
    assert await fetched(clerk, "answer_slip") == own
    address = f"/ban-lam-viec/so-van-ban/tep?plan=1&kind=answer_slip&about={reference}"
    made = (await clerk.client.get(f"{address}&dang=docx")).content
    said = said_in(made)
    assert "Xã nhà & nhân dân – " in said
    assert ROAD in said
    assert "Xã sửa trong quý II." in said
    assert "{{" not in said
    assert "DỰ THẢO" in said
    assert "Số" in Document(io.BytesIO(made)).sections[0].footer.paragraphs[0].text
    assert (await clerk.client.get(f"{address}&dang=pdf")).content.startswith(b"%PDF")

    await office.secretary.taps_code(f"papermake.1.answer_slip.docx.{reference}")
    (sent,) = next(one.attachments for one in reversed(office.secretary.news()) if one.attachments)
    assert "Xã nhà & nhân dân" in said_in(AttachmentStore(office.world.data_dir / "attachments").read(sent))
    await clerk.opens("/so-van-ban/1")
    await clerk.sends("/so-van-ban/1/so", form="number", day="2024-03-01", number="")
    numbered = (await clerk.client.get("/ban-lam-viec/so-van-ban/1/ban-cuoi")).content
    assert "Số 01-TB/ĐU" in said_in(numbered)
    assert "Xã nhà & nhân dân" in said_in(numbered)
    assert "DỰ THẢO" not in said_in(numbered)

    await clerk.opens(PLACE)
    await clerk.sends(f"{PLACE}/bo", plan="1", kind="answer_slip")
    assert "lập theo mẫu chung" in clerk.reads()
    await clerk.opens(PLACE)
    await clerk.sends(f"{PLACE}/bo", plan="1", kind="answer_slip")
    assert "Xã nhà" not in said_in((await clerk.client.get(f"{address}&dang=docx")).content)


async def test_what_cannot_be_used_is_named_with_its_place(office: Office, app: FastAPI) -> None:
    clerk = await sit_down(app, office.secretary)
    template = await fetched(clerk, "invitation")
    wrong = changed(template, with_line("Kính mời {{ ten_khach }} tới dự"))
    said = await hands_in(clerk, "invitation", wrong)
    assert clerk.status == 422
    assert re.search(r"Không có tên “ten_khach” \(đoạn \d+: Kính mời {{ ten_khach }} tới dự\)", said)
    for content in (b"", b"no file of Word", office_file("xl")):
        await hands_in(clerk, "invitation", content)
        assert clerk.status == 422
    await hands_in(clerk, "no kind", template)
    assert clerk.status == 404
    for path in (f"{PLACE}/tep?plan=1&kind=no", f"{PLACE}?plan=99", f"{PLACE}/tep?plan=99&kind=plan"):
        await clerk.opens(path)
        assert clerk.status == 404
    for phone in (office.chair, office.official, await neighbour_unit(office.world, Role.SECRETARY)):
        other = await sit_down(app, phone)
        await other.opens(f"{PLACE}?plan=1")
        assert other.status == 404


def blank(code: str = "an-duong-2024", kind: PaperKind = PaperKind.INVITATION) -> OfficePaper:
    return blank_paper(kind, layout_of(ordinary(code).plan.profile), TODAY)


@pytest.mark.parametrize("code", ["an-duong-2024", "di-lang-2024"])
def test_a_template_nobody_changed_says_what_the_built_in_layout_says(code: str) -> None:
    """Every kind, State and Party, an ordinary meeting and none at all; the same ones make the same file."""
    for kind in KINDS.keys() - TEMPLATE_OF.keys():
        template = laid_out_quickly(blank(code, kind), PaperFormat.DOCX)
        assert flaws_of(template, needed(numbered=bool(KINDS[kind].code))) == ()
        for facts in (ordinary(code), nothing(code)):
            paper = worded(kind, facts)
            made = filled(template, paper)
            built_in = laid_out_quickly(paper, PaperFormat.DOCX)
            assert sorted(said_in(made).split()) == sorted(said_in(built_in).split()), kind
            assert made == filled(template, paper)
            assert "<!--" not in parts_of(made)["word/document.xml"].decode()


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_names_in_notes_and_boxes_are_filled_and_the_same_ones_make_the_same_file(kind: str) -> None:
    paper = worded(PaperKind.INVITATION, ordinary("an-duong-2024"))
    template = laid_out_quickly(blank(), PaperFormat.DOCX)
    template = changed(
        changed(template, with_note("Theo {{ trich_yeu }}", kind)), box("{{ ten_loai }} {{ so_ky_hieu }}")
    )
    made = filled(template, paper)

    assert flaws_of(template, NEEDED) == ()
    assert "Theo Dự Đối thoại quý IV" in parts_of(made)[f"word/{kind}.xml"].decode()
    assert "GIẤY MỜI Số: [số]/GM-UBND" in said_in(made)
    assert made == filled(template, paper)
    wrong = changed(template, with_note("{{ ten_khach }}", "footnotes" if kind == "endnotes" else "endnotes"))
    [flaw] = flaws_of(wrong, NEEDED)
    assert flaw.params["place"] == Term("template.in_note", {"number": 1})


def test_a_cell_keeps_a_paragraph_where_a_name_stands_for_nothing() -> None:
    """Word opens no table without one; a note of somebody's in the file is no place for words."""
    paper = replace(worded(PaperKind.PROGRAMME, ordinary("an-duong-2024")), addressees=(), signers=(), recipients=None)

    def in_cells(document) -> None:
        for name in ("kinh_gui", "du_thao", "noi_dung", "chu_ky"):
            document.add_table(1, 1).cell(0, 0).text = "{{ " + name + " }}"
        document.element.body.insert(0, etree.Comment("noi_dung"))

    template = changed(laid_out_quickly(blank(), PaperFormat.DOCX), in_cells)
    made = Document(io.BytesIO(filled(template, paper)))
    assert all(cell.paragraphs for table in made.tables for row in table.rows for cell in row.cells)


def body(inner: str) -> Callable:
    return lambda document: document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


def box(text: str) -> Callable:
    """A box of text on the page, as Word writes it: for itself, and once more for programs that draw the old way."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return body(
        "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:Choice xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' Requires='wps'>"
        f"<wps:txbx>{inside}</wps:txbx></mc:Choice></mc:AlternateContent></w:r>"
    )


def with_note(text: str, kind: str = "footnotes") -> Callable:
    """A note at the foot of the page, in a part of the file of its own."""

    def noted(document) -> None:
        said = f"<w:footnote w:id='2'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
        inner = f"<w:{kind} {nsdecls('w')}>{said}</w:{kind}>"
        content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        part = Part(PackURI(f"/word/{kind}.xml"), content_type, inner.encode(), document.part.package)
        document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")

    return noted


def in_the_foot(document) -> None:
    document.sections[0].footer.paragraphs[0].text = "{{ noi_nhan }} {{ la }}"


def without_body(document) -> None:
    (part,) = [one for one in document.paragraphs if "noi_dung" in one.text]
    part.clear()


def linked_picture(document) -> None:
    document.part.rels.get_or_add_ext_rel(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", "https://example.org/a.png"
    )


def other_file(document) -> None:
    document.part.rels.get_or_add_ext_rel(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate", "https://example.org/a"
    )


@pytest.mark.parametrize(
    ("change", "flaws"),
    [
        (with_line("{{ so_ky_hieu"), ["template.braces"]),
        (with_line("{% if x %}Kính gửi{% endif %}"), ["template.braces"]),
        (with_line("{{ 7 * 7 }}"), ["template.unknown"]),
        (with_line("{{ so_ky_hieu.__class__ }}"), ["template.unknown"]),
        (with_line("Nơi nhận: {{ noi_nhan }}"), ["template.not_alone"]),
        (in_the_foot, ["template.not_alone", "template.unknown"]),
        (without_body, ["template.missing"]),
        (body("<w:ins w:id='1' w:author='A'><w:r><w:t>thêm</w:t></w:r></w:ins>"), ["template.tracked"]),
        (body("<w:fldSimple w:instr=' DATE '/>"), ["template.field"]),
        (body("<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:instrText/></w:r>"), []),
        (body("<w:r><w:instrText>INCLUDETEXT x</w:instrText></w:r>"), ["template.field"]),
        (linked_picture, ["template.elsewhere"]),
        (with_note("{{ so_ky_hieu }} {{ ten_khach }}"), ["template.unknown"]),
        (with_note("{{ noi_dung }}", "endnotes"), ["template.not_alone"]),
        (other_file, ["template.brings", "template.elsewhere"]),
        (with_line("{{ quoc_hieu }} – {{tieu_ngu}}"), []),
        (box("{{ ten_khach }}"), ["template.unknown"]),
        (box("{{ so_ky_hieu }}"), []),
        (body(DRAWN_WORD), ["template.out_of_reach"]),
        (body(FORMULA), ["template.out_of_reach"]),
        (
            body("<w:sdt><w:sdtPr><w:dataBinding w:xpath='/a' w:storeItemID='{1}'/></w:sdtPr><w:sdtContent/></w:sdt>"),
            ["template.field"],
        ),
    ],
)
def test_a_template_brings_words_names_and_looks_and_nothing_else(change: Callable, flaws: list[str]) -> None:
    template = laid_out_quickly(blank(), PaperFormat.DOCX)
    assert flaws_of(template, NEEDED) == ()
    assert [one.key for one in flaws_of(changed(template, change), NEEDED)] == flaws


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same file with other parts in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return written.getvalue()


def test_a_file_that_is_damaged_or_unpacks_too_far_is_refused() -> None:
    template = laid_out_quickly(blank(), PaperFormat.DOCX)
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        page = archive.read("word/document.xml")
    defined = page.replace(b"<w:document", b"<!DOCTYPE w [<!ENTITY a 'b'>]><w:document", 1)
    other_prefix = page.replace(b"<w:", b"<v:").replace(b"</w:", b"</v:").replace(b"xmlns:w=", b"xmlns:v=").replace(
        b" w:", b" v:"
    )  # fmt: skip
    for wrong, key in (
        (b"PK\x03\x04 and no more", "template.damaged"),
        (template + bytes(LARGEST_TEMPLATE), "template.too_large"),
        (repacked(template, **{"word/document.xml": defined}), "template.damaged"),
        (repacked(template, **{"word/document.xml": page[:-40]}), "template.damaged"),
        (repacked(template, **{"word/document.xml": other_prefix}), "template.damaged"),
        (repacked(template, **{"word/media/a.xml": bytes(21 * 1024 * 1024)}), "template.damaged"),
    ):
        assert [one.key for one in flaws_of(wrong, NEEDED)] == [key]
