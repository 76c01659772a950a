"""Cutting a text: every part fits, nothing but blanks at the cuts is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.splitting import utf16_units
from bot.telegram.limits import LIMITS, split_text

TEXTS = st.text(alphabet=st.sampled_from("aổ̉đ 😀\n\u00a0🇻🇳x"), max_size=120)


@given(TEXTS)
def test_length_is_counted_as_telegram_counts(text: str) -> None:
    assert utf16_units(text) == len(text.encode("utf-16-le")) // 2


@given(TEXTS, st.integers(min_value=2, max_value=30))
def test_every_part_fits_and_nothing_but_blanks_is_lost(text: str, units: int) -> None:
    parts = split_text(text, units)

    assert all(0 < utf16_units(part) <= units for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.lists(st.text(alphabet="aổđ😀", min_size=1, max_size=5), max_size=40), st.integers(10, 30))
def test_words_that_fit_are_never_cut(words: list[str], units: int) -> None:
    parts = split_text(" ".join(words), units)

    assert [word for part in parts for word in part.split()] == words


@given(TEXTS)
def test_a_text_that_fits_is_one_part(text: str) -> None:
    assert split_text(text, 1000) == ([text.strip()] if text.strip() else [])


@pytest.mark.parametrize(
    ("text", "units", "parts"),
    [
        ("một hai ba", 7, ["một hai", "ba"]),
        ("một hai ba", 6, ["một", "hai ba"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("😀😀😀", 3, ["😀", "😀", "😀"]),
        ("  \n ", 5, []),
    ],
)
def test_examples(text: str, units: int, parts: list[str]) -> None:
    assert split_text(text, units) == parts


def test_the_longest_message_goes_out_whole() -> None:
    assert LIMITS.text_units == 4096
    assert [len(part) for part in split_text("a" * 4097)] == [4096, 1]
