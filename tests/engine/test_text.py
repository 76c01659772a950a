"""What people type is made clean without losing a word of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.text import beginning, clean, fold, known_as_one


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param(unicodedata.normalize("NFD", "Đường hỏng, ổ gà"), "Đường hỏng, ổ gà", id="typed on a Mac"),
        pytest.param("a\x00b", "ab", id="no database stores NUL"),
        pytest.param("vỡ cống \ud83d", "vỡ cống ", id="half an emoji"),
        pytest.param("\ude00 vỡ cống", " vỡ cống", id="the other half"),
        pytest.param("vỡ cống 😀", "vỡ cống 😀", id="a whole emoji"),
        pytest.param("👩\u200d🌾 ơi", "👩\u200d🌾 ơi", id="an emoji of two joined by a sign without width"),
        pytest.param("một\r\nhai\rba\n\nbốn", "một\nhai\nba\n\nbốn", id="lines of Windows and of old Macs"),
        pytest.param("một\vhai\x85ba\u2028bốn", "một\nhai\nba\nbốn", id="lines pasted from Word"),
        pytest.param("cột 1\tcột 2", "cột 1\tcột 2", id="tabs stay"),
        pytest.param("\x1b[31mđỏ\x9b0m\x7f", "[31mđỏ0m", id="what would colour a terminal"),
        pytest.param("Lò Văn \u202eÁn", "Lò Văn Án", id="a name that turns a list round"),
        pytest.param("\u2066a\u2069 \u202ab\u202c", "a b", id="directions opened and closed"),
        pytest.param("e\x00\u0302\x00\u0323", "ệ", id="marks that a control kept apart"),
    ],
)
def test_what_is_typed_becomes_clean(typed: str, kept: str):
    assert clean(typed) == kept


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_can_be_stored_and_sent_and_stays_as_it_is(typed: str):
    text = clean(typed)

    assert clean(text) == text
    assert text.encode().decode() == text
    assert unicodedata.is_normalized("NFC", text)
    assert not [sign for sign in text if sign not in "\n\t" and unicodedata.category(sign) in ("Cc", "Cs")]


@given(st.text(st.characters(categories=("L", "N", "P", "S"))))
def test_no_letter_or_sign_is_lost(typed: str):
    assert clean(typed) == unicodedata.normalize("NFC", typed).replace("Ð", "Đ").replace("ð", "đ")


@pytest.mark.parametrize(
    ("text", "most", "first"),
    [
        ("đường hỏng", 20, "đường hỏng"),
        ("đường hỏng nặng", 12, "đường hỏng"),
        ("đường hỏng nặng", 10, "đường hỏng"),
        ("đường\nhỏng", 8, "đường"),
        ("đườnghỏng", 5, "đường"),
        ("đường", 0, ""),
    ],
)
def test_the_beginning_of_a_text_ends_where_a_word_ends(text: str, most: int, first: str) -> None:
    assert beginning(text, most) == first


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("Nguyễn Văn Hoà", "ông NGUYEN VAN HOA", True),
        ("Bà Trần Thị Sen (1956)", "Trần Thị Sen", True),
        ("Ông Năm", "Bà Năm", False),
        ("Ông Năm", "Năm", False),
        ("Cù Thị Lan", "Cù Thị Lan", True),
        ("(Sáu)", "(Sáu)", True),
        ("(Sáu)", "(Bảy)", False),
        ("Bá", "Bà", True),
    ],
)
def test_names_may_be_one_persons_however_they_are_addressed(one: str, other: str, may_be: bool) -> None:
    assert known_as_one(one, other) is may_be


def test_what_nobody_sees_in_a_pasted_name_hides_it_from_nobody() -> None:
    assert fold("Ngu\u00adyễn\u200b Văn\ufeff Hùng") == "nguyen van hung"
