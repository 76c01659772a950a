"""A file is called so that whoever has five of them can tell them apart, on every telephone and every computer."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.file_names import LONGEST_FILE_NAME, file_name


@pytest.mark.parametrize(
    ("parts", "called"),
    [
        (("Giấy mời", "Đối thoại tháng 4", "25/04/2024"), "Giấy mời - Đối thoại tháng 4 - 25-04-2024"),
        (("Thông báo kết luận", "05/TB-UBND"), "Thông báo kết luận - 05-TB-UBND"),
        (("Biên bản", "", " . ", "Thôn 1"), "Biên bản - Thôn 1"),
        (("../../etc/passwd",), "-etc-passwd".strip("-")),
        (("Báo cáo\x00\n\tquý\u202e I",), "Báo cáo quý I"),
        (('Thôn "Đông" <Hải> | *?',), "Thôn Đông Hải"),
        (("Họp 08:30 – thôn 2…",), "Họp 08-30 - thôn 2"),
        (("🏡 Nhà văn hoá",), "Nhà văn hoá"),
        (("", "…"), ""),
    ],
)
def test_a_name_has_what_people_know_it_by_and_nothing_a_file_system_refuses(
    parts: tuple[str, ...], called: str
) -> None:
    assert file_name(*parts) == called


def test_a_name_in_pieces_is_put_together() -> None:
    """Telegram drops marks that stand apart: the letters have to be whole."""
    apart = unicodedata.normalize("NFD", "Biên bản hội nghị ở Tuyết Diêm")
    assert file_name(apart) == "Biên bản hội nghị ở Tuyết Diêm"


def test_a_long_title_gives_up_its_end_and_the_day_stays() -> None:
    title = "Hội nghị đối thoại giữa người đứng đầu cấp ủy, chính quyền với Nhân dân trên địa bàn năm 2026"
    called = file_name("Thông báo tổ chức đối thoại", title, "25/04/2026")
    assert called == "Thông báo tổ chức đối thoại - Hội nghị đối thoại giữa người đứng - 25-04-2026"
    assert len(called) <= LONGEST_FILE_NAME
    assert file_name("Tệp", "x" * 500, "1") == f"Tệp - {'x' * (LONGEST_FILE_NAME - 10)} - 1"


@given(st.lists(st.text(max_size=200), max_size=5))
def test_whatever_is_said_is_a_name_every_file_system_takes(parts: list[str]) -> None:
    called = file_name(*parts)
    assert unicodedata.is_normalized("NFC", called)
    assert len(f"{called}.docx".encode()) <= 255
    assert not set(called) & set('/\\:*?"<>|\0\n\r\t')
    assert called == called.strip(" .")
    assert file_name(called) == called
