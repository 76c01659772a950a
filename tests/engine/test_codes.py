"""Codes of buttons are guessable, and people type as they like: nothing of it may break anything."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.engine.typed import id_in
from intake.rules.errors import NotFound
from intake.rules.text import fold


@given(st.integers(min_value=0, max_value=999_999_999))
def test_the_id_in_a_code_is_read_back(number: int) -> None:
    assert id_in(str(number)) == number


@given(st.text().filter(lambda text: not (text.isascii() and text.isdecimal() and len(text) < 10)))
def test_whatever_else_stands_there_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        id_in(text)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Phát biểu", "phat bieu"),
        ("  ĐĂNG ký! ", "dang ky"),
        ("🙋 Đăng ký", "dang ky"),
        ("tố cáo", "to cao"),
        ("🙋", ""),
    ],
)
def test_diacritics_case_and_signs_do_not_count(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing_and_every_spelling_folds_alike(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
