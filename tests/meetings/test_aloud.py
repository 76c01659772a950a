"""Vietnamese read aloud: what a loudspeaker says must be what was written, in words."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.meetings.aloud import LARGEST, aloud, day_aloud, number_aloud, time_aloud, unspoken
from tests.support.spelling import is_spelt, words_of

TABLE = Path(__file__).parent.parent / "engine" / "typed" / "aloud.tsv"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (321, "ba trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (2024, "hai nghìn không trăm hai mươi tư"),
        (10_000, "mười nghìn"),
        (1_000_000, "một triệu"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_500_000_000, "hai tỷ năm trăm triệu"),
    ],
)
def test_numbers_are_said_as_people_say_them(number: int, said: str) -> None:
    assert number_aloud(number) == said


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_a_number_nobody_reads_aloud_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not read aloud"):
        number_aloud(number)


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_DIGITS)}
_VALUES |= {"mốt": 1, "tư": 4, "lăm": 5}


def heard(words: str) -> int:
    """What somebody understands who hears a number."""
    total = group = digit = 0
    for word in words.split():
        match word:
            case "mười":
                group, digit = group + 10, 0
            case "mươi":
                group, digit = group + digit * 10, 0
            case "trăm":
                group, digit = digit * 100, 0
            case "linh":
                digit = 0
            case "nghìn" | "triệu" | "tỷ":
                total += (group + digit) * {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
                group = digit = 0
            case _:
                digit = _VALUES[word]
    return total + group + digit


@given(st.one_of(st.integers(0, 10_000), st.integers(0, LARGEST)))
def test_whoever_hears_a_number_understands_the_same_number(number: int) -> None:
    said = number_aloud(number)

    assert heard(said) == number
    assert all(is_spelt(word) for word in words_of(said))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(8), "tám giờ sáng"),
        (time(7, 30), "bảy giờ ba mươi phút sáng"),
        (time(11), "mười một giờ trưa"),
        (time(12, 15), "mười hai giờ mười lăm phút trưa"),
        (time(14), "hai giờ chiều"),
        (time(18, 30), "sáu giờ ba mươi phút tối"),
        (time(22), "mười giờ đêm"),
        (time(0, 5), "không giờ năm phút đêm"),
    ],
)
def test_times_are_said_with_the_part_of_the_day(at: time, said: str) -> None:
    assert time_aloud(at) == said


def test_days_are_said_with_the_day_of_the_week_and_the_year_on_demand() -> None:
    april = date(2024, 4, 25)
    assert day_aloud(april) == "thứ năm ngày hai mươi lăm tháng tư"
    assert day_aloud(date(2026, 9, 6)) == "chủ nhật ngày mùng sáu tháng chín"
    assert (
        day_aloud(april, weekday=False, year=True) == "ngày hai mươi lăm tháng tư năm hai nghìn không trăm hai mươi tư"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Nhà Văn hóa của 02 TDP", "Nhà Văn hóa của hai tổ dân phố"),
        ("lúc 8h30", "lúc tám giờ ba mươi phút sáng"),
        ("lúc 08:00", "lúc tám giờ sáng"),
        ("lúc 14 giờ", "lúc hai giờ chiều"),
        ("ngày 25/4", "ngày hai mươi lăm tháng tư"),
        ("ngày 25/04/2024", "ngày hai mươi lăm tháng tư năm hai nghìn không trăm hai mươi tư"),
        ("quý III năm 2026", "quý ba năm hai nghìn không trăm hai mươi sáu"),
        ("UBND và HĐND xã", "Ủy ban nhân dân và Hội đồng nhân dân xã"),
        ("phát triển KT-XH", "phát triển kinh tế - xã hội"),
        ("đạt 95% kế hoạch", "đạt chín mươi lăm phần trăm kế hoạch"),
        ("hỗ trợ 1.500.000 đồng", "hỗ trợ một triệu năm trăm nghìn đồng"),
        ("ngày 31/02", "ngày ba mươi mốt hai"),
        ("ngày 31-32/2", "ngày ba mươi mốt ba mươi hai hai"),
        ("từ 28/4-2/5", "từ ngày hai mươi tám tháng tư đến ngày mùng hai tháng năm"),
        ("số 5/2025/QH15", "số năm, năm hai nghìn không trăm hai mươi lăm, QH mười lăm"),
        ("đường 3/2", "đường ba tháng hai"),
        ("tháng 4/2027", "tháng tư năm hai nghìn không trăm hai mươi bảy"),
        ("mùng 40/2", "mùng bốn mươi hai"),
        ("25/4/27", "ngày hai mươi lăm tháng tư năm hai nghìn không trăm hai mươi bảy"),
        ("24/15 số hộ", "hai mươi tư trên mười lăm số hộ"),
        ("3/4 diện tích", "ba phần tư diện tích"),
        ("lúc 25:70", "lúc hai mươi lăm bảy mươi"),
        ("mã 1234567890123", "mã một hai ba bốn năm sáu bảy tám chín không một hai ba"),
        ("Thôn Đông", "Thôn Đông"),
    ],
)
def test_a_text_is_made_fit_for_reading_aloud(written: str, said: str) -> None:
    assert aloud(written) == said


@pytest.mark.parametrize(("line"), TABLE.read_text("utf-8").splitlines())
def test_what_offices_write_is_read_by_what_it_is(line: str) -> None:
    """The table was written before the rules were first run on it: words that are heard, and words that are not."""
    written, wanted, unwanted = line.split("\t")
    said = aloud(written)
    heard_words = words_of(said.lower())
    assert [one for one in wanted.split("|") if one.lower() not in said.lower()] == []
    assert [one for one in unwanted.split("|") if one and one.lower() in " ".join(heard_words).split()] == []


@pytest.mark.parametrize(
    ("written", "unclear"),
    [
        ("Hội trường UBND xã, số 12/3 đường Lê Lợi.", ()),
        ("Nhà văn hóa tổ 2-4, KCN VSIP (cổng KCN)", ("KCN", "VSIP")),
        ("“Nghe dân nói” & đối thoại", ("&",)),
        ("Phòng A2.1 toà nhà B", ("hai.một",)),
        ("", ()),
    ],
)
def test_what_is_no_word_when_it_is_read_aloud_is_named(written: str, unclear: tuple[str, ...]) -> None:
    assert unspoken(aloud(written)) == unclear


@given(st.text(alphabet="0123456789/:.-h %gTDPaàđ ", max_size=40))
def test_no_digit_is_left_for_the_reader_to_stumble_over(written: str) -> None:
    assert not any("0" <= sign <= "9" for sign in aloud(written))
