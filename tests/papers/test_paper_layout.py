"""Every kind of document, in both layouts, of five plans, with nothing, an ordinary meeting and far too much."""

import io
import unicodedata
import zipfile
from dataclasses import replace

import pytest

from intake.rules.papers.facts import PaperStamp
from intake.rules.papers.issuer import layout_of
from intake.rules.papers.kinds import PaperKind
from intake.rules.plan.profile_terms import Layout
from papers.docx import docx_of
from tests.support.paper_check import faults, parts_of, words_of
from tests.support.paper_facts import CODES, TODAY, far_too_much, nothing, ordinary
from wording.papers.registry import KINDS, worded

AMOUNTS = {"empty": nothing, "normal": ordinary, "huge": far_too_much}
POISON = "=1+1 <script>&amp;{{7*7}}</script> \x07\ufffd\ue123 " + unicodedata.normalize("NFD", "Nguyễn Thị Hỏi") + " "


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("kind", PaperKind)
def test_a_document_is_laid_out_as_state_or_party_want_it(kind, amount):
    for code in CODES:
        facts = AMOUNTS[amount](code)
        content = docx_of(worded(kind, facts))

        assert faults(content, layout_of(facts.plan.profile)) == [], code


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("code", ["an-duong-2024", "vinh-bao-2026"])
def test_what_people_type_is_text_whatever_it_looks_like(kind, code):
    facts = ordinary(code, lambda text: POISON + text)
    content = docx_of(worded(kind, facts))
    plain = docx_of(worded(kind, ordinary(code)))

    assert faults(content, layout_of(facts.plan.profile)) == []
    assert set(parts_of(content)) == set(parts_of(plain))
    typed = words_of(content)
    assert "\x07" not in typed
    if "{{7*7}}" in typed:
        assert "=1+1 <script>&amp;{{7*7}}</script>" in typed
        assert "Nguyễn Thị Hỏi" in typed


@pytest.mark.parametrize("kind", PaperKind)
def test_the_same_document_is_the_same_bytes(kind):
    first, second = (docx_of(worded(kind, ordinary("thach-that-2023"))) for _ in range(2))

    assert first == second


def test_every_kind_has_its_words_and_no_other():
    assert list(KINDS) == list(PaperKind)
    assert len({kind.name for kind in KINDS.values()}) == len(KINDS)


def test_a_document_is_a_draft_until_a_clerk_registered_it():
    facts = ordinary("an-duong-2024")

    stamped = replace(facts, stamp=PaperStamp("05", TODAY))
    assert "DỰ THẢO" in words_of(docx_of(worded(PaperKind.CONCLUSION, facts)))
    assert "DỰ THẢO LẦN 3" in words_of(docx_of(worded(PaperKind.CONCLUSION, replace(facts, version=3))))
    final = words_of(docx_of(worded(PaperKind.CONCLUSION, stamped)))
    assert "DỰ THẢO" not in final
    assert "Số: 05/TB-UBND" in final
    assert "An Dương, ngày 29 tháng 11 năm 2026" in final


def test_a_party_number_runs_the_other_way_round():

    facts = replace(ordinary("thach-that-2023"), stamp=PaperStamp("07", TODAY))
    assert "Số 07-TB/HU" in words_of(docx_of(worded(PaperKind.CONCLUSION, facts)))


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("an-duong-2024", ("ỦY BAN NHÂN DÂN", "Số: [số]/KH-UBND", "An Dương, ngày 05 tháng 01 năm 2024", "CHỦ TỊCH")),
        ("di-lang-2024", ("ĐẢNG ỦY", "[TỔ CHỨC ĐẢNG CẤP TRÊN]", "T/M ĐẢNG ỦY", "Di Lăng, ngày […]", "Đinh Văn Một")),
        ("thach-that-2023", ("HUYỆN ỦY THẠCH THẤT", "Số 146-KH/HU", "Thạch Thất, ngày 11 tháng 8 năm 2023")),
        ("tuyet-diem-2025", ("ĐẢNG ỦY", "[địa danh]", "- Các chi bộ trực thuộc,", "Nguyễn Văn Hải")),
        ("vinh-bao-2026", ("ĐẢNG ỦY XÃ", "- Lưu Văn phòng Đảng ủy.", "Bùi Thị Lý", "Bí thư Đảng ủy")),
    ],
)
def test_the_five_plans_look_like_what_their_committees_issue(code, wanted):
    written = words_of(docx_of(worded(PaperKind.PLAN, nothing(code))))

    assert [words for words in wanted if words not in written] == []


def test_a_unit_the_plan_does_not_name_has_a_gap_for_its_name():
    """The head of a plan that says "xã" and no more would look finished."""
    assert "ĐẢNG ỦY XÃ [TÊN ĐƠN VỊ]" in words_of(docx_of(worded(PaperKind.NOTICE, ordinary("tuyet-diem-2025"))))
    assert "[TÊN ĐƠN VỊ]" not in words_of(docx_of(worded(PaperKind.NOTICE, ordinary("vinh-bao-2026"))))


def test_the_checker_finds_what_is_wrong():
    content = docx_of(worded(PaperKind.CONCLUSION, ordinary("an-duong-2024")))

    assert faults(content, Layout.PARTY)
    for was, becomes in (
        (b'w:w="11906"', b'w:w="12240"'),
        ("CỘNG HÒA".encode(), "CÔNG HÒA".encode()),
        (b'w:firstLine="720"', b'w:firstLine="0"'),
        (b'w:left="1701"', b'w:left="1000"'),
    ):
        assert faults(_changed(content, was, becomes), Layout.STATE), was


def _changed(content: bytes, was: bytes, becomes: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as out:
        for name, part in parts_of(content).items():
            out.writestr(name, part.replace(was, becomes) if name == "word/document.xml" else part)
    return written.getvalue()
