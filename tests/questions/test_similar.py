"""Which earlier question speaks of the same: our own pairs of texts, and what must never be taken for the same."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.questions.search_words import MOST_WORDS, plain_words, search_words
from intake.rules.questions.similar import SHOWN, Candidate, Frequencies, most_similar, telling_words

CASES = Path(__file__).with_name("similar_cases.tsv")
PAIRS = [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
TEXTS = [text for pair in PAIRS for text in pair]


def frequencies(texts: list[str]) -> Frequencies:
    return Frequencies(len(texts), Counter(word for text in texts for word in set(search_words(text))))


def found(text: str, among: list[str]) -> list[str]:
    return most_similar(text, [Candidate(one, one) for one in among], frequencies([*among, text]))


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda text: text[:30])
def test_the_same_matter_is_among_the_three_shown_whichever_was_asked_first(one: str, other: str) -> None:
    assert other in found(one, [text for text in TEXTS if text != one])
    assert one in found(other, [text for text in TEXTS if text != other])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("UBND xã k trả lời", "uy ban nhan dan xa khong tra loi"),
        ("Đ/c CT TDP 3", "dong chi chu tich to dan pho 3"),
        ("U.B.N.D xã", "uy ban nhan dan xa"),
        ("cấp GCNQSDĐ", "cap giay chung nhan quyen su dung dat"),
        ("sđt trạm y tế?", "so dien thoai tram y te"),
        ("đường/cầu hỏng", "duong cau hong"),
        ("Thị trấn (TT) Di Lăng", "thi tran tt di lang"),
    ],
)
def test_short_forms_are_written_out_and_ambiguous_ones_are_left(written: str, read: str) -> None:
    assert " ".join(plain_words(written)) == read


def test_the_way_diacritics_are_composed_makes_no_difference() -> None:
    text = "Đường vào xóm Trại hỏng"

    assert search_words(unicodedata.normalize("NFD", text)) == search_words(text)


def test_nothing_is_shown_that_shares_next_to_nothing() -> None:
    assert found("Đèn đường trước chợ không sáng", ["Thủ tục đăng ký khai sinh", "Xin lịch tiêm phòng"]) == []
    assert found("ạ?", TEXTS) == []
    assert found("Đường xóm 3 hỏng", []) == []


def test_at_most_three_are_shown_and_the_own_hamlet_first_among_equals() -> None:
    among = [Candidate(number, "Đường xóm hỏng nặng", nearer=number == 4) for number in range(6)]

    shown = most_similar("Đường xóm hỏng", among, Frequencies(6, {"duong": 6, "xom": 6, "hong": 6}))

    assert shown == [4, 0, 1]
    assert len(shown) == SHOWN


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    known = Frequencies(1000, {"duong": 700, "hong": 400, "ta": 3, "man": 2})
    among = [Candidate("road", "Đường hỏng"), Candidate("bridge", "Cầu Tà Man")]

    assert most_similar("Đường qua Tà Man hỏng", among, known)[0] == "bridge"
    assert known.weight("never") > known.weight("man") > known.weight("duong") > 0


def test_the_rarest_words_are_looked_up_until_enough_texts_are_read() -> None:
    """What half of all questions say finds nothing worth its price while a rarer word is there."""
    counts = {"duong": 900, "hong": 40, "ta": 3, "man": 2, "never": 0}

    assert telling_words(counts, counts, most=50) == ["man", "ta", "hong"]
    assert telling_words(counts, counts, most=44) == ["man", "ta"]
    assert telling_words(["duong"], counts, most=50) == ["duong"]
    assert telling_words(["never"], counts, most=50) == []


def test_a_long_letter_is_compared_by_its_beginning() -> None:
    assert len(search_words(" ".join(f"thửa{number}" for number in range(500)))) == MOST_WORDS


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=8))
def test_whatever_is_typed_some_of_the_candidates_are_ranked_and_none_twice(text: str, among: list[str]) -> None:
    candidates = [Candidate(place, one) for place, one in enumerate(among)]
    shown = most_similar(text, candidates, frequencies([*among, text]))

    assert len(shown) == len(set(shown)) <= SHOWN
    assert set(shown) <= set(range(len(among)))
