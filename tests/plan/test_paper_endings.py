"""Who receives a paper and what for, and who signs it for whom, go into the plan made of it (R190, R204)."""

from intake.rules.plan.profile_paper import Recipients
from intake.rules.plan.reading.endings import read_recipients, read_signature
from intake.rules.plan.reading.paper_text import PaperText
from tests.plan.test_drafting import plan

BESIDE = """
Nơi nhận:                                       TM. ỦY BAN NHÂN DÂN
- TTr Đảng ủy xã (b/c);                          KT. CHỦ TỊCH
- UBMTTQ xã, } (để phối hợp)                     PHÓ CHỦ TỊCH
- Các thôn (t/h);
- Người lưu giữ hồ sơ;
- X;
                                                 (Đã ký)
- Lưu: VT.
                                                  Trần Thị Ngọc Lan
Phụ lục
- Không phải nơi nhận
"""
BELOW = """
**T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ**

Nơi nhận:

- Thường trực Đảng ủy,

- Lưu VPĐU.

Nguyễn Văn Hải
"""


def test_recipients_are_told_apart_by_purpose_and_a_column_beside_them_is_none() -> None:
    assert [(one.who, one.purpose) for one in read_recipients(PaperText(BESIDE))] == [
        ("TTr Đảng ủy xã", "report"),
        ("UBMTTQ xã", "coordinate"),
        ("Các thôn", "carry_out"),
        ("Người lưu giữ hồ sơ", "unstated"),
        ("Lưu: VT", "file"),
    ]
    assert read_recipients(PaperText("Kế hoạch\n- không có nơi nào\n")) == []


def test_a_brace_says_what_the_lines_above_it_are_for() -> None:
    block = "Nơi nhận:\n- Thành ủy, (để báo cáo)\n- Ban Dân vận Thành ủy,\n- UB MTTQ, } (để phối hợp)\n- Các xã.\n"
    assert [(one.who, one.purpose) for one in read_recipients(PaperText(block))] == [
        ("Thành ủy", "report"),
        ("Ban Dân vận Thành ủy", "coordinate"),
        ("UB MTTQ", "coordinate"),
        ("Các xã", "unstated"),
    ]
    first = read_recipients(PaperText("Nơi nhận:\n- Đảng ủy,\n- HĐND, } (b/c)\n"))
    assert [(one.who, one.purpose) for one in first] == [("Đảng ủy", "report"), ("HĐND", "report")]


def test_a_signature_has_its_post_its_name_and_for_whom() -> None:
    signed = read_signature(PaperText(BESIDE))
    assert signed is not None
    assert (signed.title, signed.name) == ("PHÓ CHỦ TỊCH", "Trần Thị Ngọc Lan")
    assert signed.authority == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"
    assert signed.phrase == "Trần Thị Ngọc Lan", "too much stands between for one phrase"
    below = read_signature(PaperText(BELOW))
    assert below is not None
    assert (below.title, below.name, below.authority) == ("PHÓ BÍ THƯ", "Nguyễn Văn Hải", "T/M BAN THƯỜNG VỤ")
    head = read_signature(PaperText("CHỦ TỊCH\n\n\nNguyễn Văn An\n"))
    assert head is not None
    assert (head.authority, head.phrase) == (None, "CHỦ TỊCH Nguyễn Văn An")


def test_without_a_name_or_a_post_nobody_signs() -> None:
    assert read_signature(PaperText("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n(Đã ký)\n")) is None
    assert read_signature(PaperText("Kế hoạch này thay lời mời.\n")) is None


def test_a_draft_takes_both_over() -> None:
    body = "1. Thời gian: 8 giờ 00, ngày 12/5/2026. Địa điểm: Hội trường UBND xã.\n"
    profile = plan(body + BELOW.replace("**", ""))
    assert profile.recipients == Recipients(unstated=("Thường trực Đảng ủy",), file=("Lưu VPĐU",))
    assert profile.signature is not None
    assert (profile.signature.name, profile.signature.authority) == ("Nguyễn Văn Hải", "T/M BAN THƯỜNG VỤ")
    assert (plan(body).recipients, plan(body).signature) == (Recipients(), None)
