from dataclasses import replace
from datetime import date

import pytest

from bot.plan_files import PLANS, read_profile
from intake.rules.meetings.meeting import DEMANDED
from intake.rules.papers.facts import QuestionFacts
from intake.rules.papers.issuer import authority_of, issuing_body, layout_of, numbered, own_name, symbol_of, two_digits
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.periods import period_before, period_typed, period_written
from intake.rules.plan.profile_terms import Layout, Side
from papers.docx import docx_of
from tests.support.paper_check import words_of
from tests.support.paper_facts import nothing, ordinary
from wording.papers.registry import worded


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ("2026-02", PaperKind.MONTH_REPORT, date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-q3", PaperKind.QUARTER_REPORT, date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-H2", PaperKind.HALF_YEAR_REPORT, date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-9M", PaperKind.NINE_MONTHS_REPORT, date(2026, 1, 1), date(2026, 9, 30)),
        (" 2026 ", PaperKind.YEAR_REPORT, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_read_as_it_is_written(written, kind, first, last):
    period = period_written(written)

    assert period is not None
    assert (period.kind, period.first, period.last) == (kind, first, last)
    assert period.code == written.strip().upper()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("quý 2/2026", "2026-Q2"),
        ("Quý IV năm 2026", "2026-Q4"),
        ("q1 2026", "2026-Q1"),
        ("3/2026", "2026-03"),
        ("tháng 12 năm 2026", "2026-12"),
        ("2026-3", "2026-03"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("6 tháng cuối 2026", "2026-H2"),
        ("9 tháng năm 2026", "2026-9M"),
        ("năm 2026", "2026"),
        ("2026-Q3", "2026-Q3"),
    ],
)
def test_a_period_is_read_as_people_say_it(typed, code):
    period = period_typed(typed)
    assert period is not None
    assert period.code == code
    assert period_typed(f"{typed} nữa") is None


@pytest.mark.parametrize("written", ["", "2026-13", "2026-Q5", "26-Q1", "2026-H3", "tháng 3"])
def test_what_is_no_period_is_none(written):
    assert period_written(written) is None


@pytest.mark.parametrize(
    ("kind", "today", "first", "last"),
    [
        (PaperKind.MONTH_REPORT, date(2026, 1, 5), date(2025, 12, 1), date(2025, 12, 31)),
        (PaperKind.MONTH_REPORT, date(2026, 3, 5), date(2026, 2, 1), date(2026, 2, 28)),
        (PaperKind.QUARTER_REPORT, date(2026, 1, 5), date(2025, 10, 1), date(2025, 12, 31)),
        (PaperKind.HALF_YEAR_REPORT, date(2026, 6, 30), date(2025, 7, 1), date(2025, 12, 31)),
        (PaperKind.HALF_YEAR_REPORT, date(2026, 7, 1), date(2026, 1, 1), date(2026, 6, 30)),
        (PaperKind.NINE_MONTHS_REPORT, date(2026, 9, 30), date(2025, 1, 1), date(2025, 9, 30)),
        (PaperKind.NINE_MONTHS_REPORT, date(2026, 10, 1), date(2026, 1, 1), date(2026, 9, 30)),
        (PaperKind.YEAR_REPORT, date(2026, 11, 29), date(2025, 1, 1), date(2025, 12, 31)),
        (PaperKind.SUPERVISION_REPORT, date(2026, 11, 29), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_whoever_names_no_period_means_the_last_that_is_over(kind, today, first, last):
    period = period_before(kind, today)

    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    ("code", "body", "symbol"),
    [
        ("an-duong-2024", "ỦY BAN NHÂN DÂN XÃ AN DƯƠNG", "TB-UBND"),
        ("di-lang-2024", "ĐẢNG ỦY THỊ TRẤN DI LĂNG", "TB/ĐU"),
        ("thach-that-2023", "HUYỆN ỦY THẠCH THẤT", "TB/HU"),
        ("tuyet-diem-2025", "ĐẢNG ỦY XÃ", "TB/ĐU"),
        ("vinh-bao-2026", "ĐẢNG ỦY XÃ VĨNH BẢO", "TB/ĐU"),
    ],
)
def test_the_issuer_and_its_symbol_are_those_of_the_plan(code, body, symbol):
    profile = read_profile(PLANS / f"{code}.toml")

    assert issuing_body(profile) == body
    assert symbol_of(profile, "TB") == symbol


def test_a_letter_of_the_state_has_the_body_alone_in_its_number():
    assert symbol_of(read_profile(PLANS / "an-duong-2024.toml"), "CV") == "UBND"
    assert symbol_of(read_profile(PLANS / "di-lang-2024.toml"), "CV") == "CV/ĐU"


def test_numbers_below_ten_have_their_zero_and_join_as_the_layout_joins():
    assert numbered(Layout.STATE, two_digits(5), "TB-UBND") == "05/TB-UBND"
    assert numbered(Layout.PARTY, two_digits(146), "KH/HU") == "146-KH/HU"


@pytest.mark.parametrize(
    ("layout", "said", "written"),
    [
        (Layout.STATE, "T/M ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
        (Layout.STATE, "K/T CHỦ TỊCH", "KT. CHỦ TỊCH"),
        (Layout.STATE, "", ""),
        (Layout.PARTY, "TM. BAN THƯỜNG VỤ", "T/M BAN THƯỜNG VỤ"),
        (Layout.PARTY, "TL. BAN THƯỜNG VỤ", "T/L BAN THƯỜNG VỤ"),
        (Layout.PARTY, "T/M ĐẢNG ỦY", "T/M ĐẢNG ỦY"),
    ],
)
def test_for_whom_somebody_signs_is_abbreviated_as_the_layout_does(layout, said, written):
    assert authority_of(layout, said) == written


@pytest.mark.parametrize(
    ("unit", "own"),
    [
        ("thị trấn Di Lăng", "Di Lăng"),
        ("xã (kế hoạch không nêu tên)", ""),
        ("Phường 3", "3"),
        ("Thôn Đông", "Thôn Đông"),
    ],
)
def test_the_name_of_a_unit_without_its_level(unit, own):
    assert own_name(unit) == own


def test_a_meeting_that_voters_demanded_is_held_because_of_that():
    facts = ordinary("vinh-bao-2026")
    assert "Thực hiện Kế hoạch" in words_of(docx_of(worded(PaperKind.NOTICE, facts)))
    facts.meeting.meeting.session_key = f"{DEMANDED}1"

    said = words_of(docx_of(worded(PaperKind.NOTICE, facts)))

    assert "Thực hiện đề nghị của cử tri, " in said
    assert "Thực hiện Kế hoạch" not in said


def test_facts_without_what_a_document_is_about_are_a_mistake_of_ours():

    with pytest.raises(ValueError, match="without what it is about"):
        worded(PaperKind.MINUTES, replace(nothing("an-duong-2024"), about_meeting=None))


def test_a_plan_that_says_hardly_anything_is_a_paper_full_of_gaps():
    """A draft read from another hand's paper may lack issuer, layout, signature, audience, limits."""
    profile = read_profile(PLANS / "an-duong-2024.toml")
    bare = replace(
        profile,
        plan=replace(profile.plan, layout=None, issuer=None, place=None, form=None, chaired_by=None),
        audience=None,
        registration=None,
        signature=None,
        clocks=replace(profile.clocks, notice=None, reply=None),
    )
    facts = nothing("an-duong-2024")
    paper = worded(PaperKind.PLAN, replace(facts, plan=replace(facts.plan, profile=bare)))

    assert layout_of(bare) is Layout.STATE
    assert layout_of(replace(bare, plan=replace(bare.plan, chaired_by=Side.PARTY))) is Layout.PARTY
    assert paper.head.issuer == "[cơ quan ban hành]"
    assert paper.signers[0].name == "[họ và tên]"


@pytest.mark.parametrize(
    ("plan", "signs"),
    [
        ("di-lang-2024", [("THƯ KÝ", ""), ("CHỦ TRÌ", "BÍ THƯ ĐẢNG ỦY")]),
        ("an-duong-2024", [("THƯ KÝ", ""), ("CHỦ TỌA", "CHỦ TỊCH UBND XÃ")]),
    ],
)
def test_minutes_are_signed_by_whoever_took_them_and_whoever_chaired(plan: str, signs: list[tuple[str, str]]) -> None:
    minutes = worded(PaperKind.MINUTES, ordinary(plan))
    assert [(one.authority, one.title) for one in minutes.signers] == signs
    below = words_of(docx_of(minutes)).splitlines()
    first = below.index("THƯ KÝ")
    assert below[first : first + 3] == ["THƯ KÝ", *signs[1]], "no empty line above a name, in either column"


def test_a_plan_keeps_all_it_says_the_dialogue_is_about() -> None:
    """What people may ask of the conduct of officials stands in the plan, so it stands in what is printed of it."""
    facts = nothing("vinh-bao-2026")
    for kind in (PaperKind.PLAN, PaperKind.NOTICE):
        assert "Đạo đức, thái độ, trách nhiệm của cán bộ, đảng viên, công chức" in words_of(
            docx_of(worded(kind, facts))
        )
    assert "Đại biểu Nhân dân xã, theo số lượng phân bổ." in words_of(docx_of(worded(PaperKind.NOTICE, facts)))


def test_a_duty_that_a_longer_sentence_of_the_same_office_says_is_not_said_again() -> None:
    words = words_of(docx_of(worded(PaperKind.PLAN, nothing("vinh-bao-2026"))))
    assert words.casefold().count("nắm tình hình, dư luận xã hội trước khi tổ chức đối thoại") == 1
    assert "Phối hợp với Ban Xây dựng Đảng theo dõi, đôn đốc, giám sát việc triển khai" in words
    assert "(phối hợp: Ban Xây dựng Đảng)" not in words, "the sentence names them itself"
    shared = "Tổng hợp kết quả đối thoại (phối hợp: Văn phòng HĐND và UBND xã, Ủy ban nhân dân xã)."
    assert shared in words, "who else takes part stands in no other sentence"


def test_who_owes_an_answer_is_no_gap_where_an_agency_does() -> None:
    facts = nothing("di-lang-2024")
    sent_on = QuestionFacts(
        reference="DL-2024-0003", text="Đường tỉnh?", agency="Sở Giao thông", due_on=date(2024, 6, 30)
    )
    assert facts.about_meeting is not None
    facts = replace(facts, about_meeting=replace(facts.about_meeting, questions=(sent_on,)), today=date(2024, 6, 30))
    report = words_of(docx_of(worded(PaperKind.RESULTS_REPORT, facts)))
    assert "DL-2024-0003: Sở Giao thông trả lời chậm nhất ngày 30/06/2024" in report
    later = replace(facts, today=date(2024, 7, 1))
    report = words_of(docx_of(worded(PaperKind.RESULTS_REPORT, later)))
    assert "DL-2024-0003: Sở Giao thông chưa trả lời, đã quá hạn ngày 30/06/2024" in report, "R183"
    assert "Bộ phận giải quyết: Sở Giao thông" in words_of(docx_of(worded(PaperKind.BRIEFING, facts)))
