"""What may be dangerous to somebody is recognised as people of every region write it; the ordinary is left alone.

The files of lines are by what was done with them. Learnt from (`LEARNT` in `tests/support/learn_risk.py`): they hold
what is read rightly. `risk_persons.tsv` among them was written as forty-eight invented people, each of whom was read
before they were learnt from since the thirty-first, as `risk_fresh.tsv` and `risk_unlearnt.tsv` were;
`risk_everyday.tsv` has nothing to do with any of it, `risk_alike.tsv` are everyday lines in the words of accusations
and dangers, and what somebody types who only tries. Held out: of `risk_held_out.tsv` and `risk_persons_held_out.tsv`
nothing was learnt, nobody looked at a failing line, and thresholds were chosen by their counts among others.
`risk_first_reading.tsv` was written when everything stood and read once; since then its counts were among those
thresholds are chosen by. `risk_second_reading.tsv` was written and read after that; the one danger of it that was
missed has been looked at since and its kind was mended (force by somebody with power), so it is held out no longer,
though nothing was learnt from it. `risk_third_reading.tsv` was written before anything of that was changed and read
once when it was; the one danger it missed has been looked at since as well and its kind mended, nothing was learnt from
it either. `risk_fourth_reading.tsv` was written by somebody who had not seen the reader, and of other lines only the
examples below and a dozen of the third reading, and read once; then the two dangers it missed were looked at and their
kinds mended (who needs a machine to breathe when the power fails, who is confused and left home), nothing was learnt
from it. `risk_fifth_reading.tsv` was written by kinds of danger before its writer saw the reader, and read once; then
its failing lines were looked at, and nothing was learnt from it. So it was with `risk_sixth_reading.tsv`, written when
the kinds of the fifth had been mended. `risk_seventh_reading.tsv` and `risk_eighth_reading.tsv` were written by people
who saw neither the reader nor other lines: nothing was learnt from them and no line of them was looked at.
`risk_kinds.tsv`, lots by kinds of danger and everyday lines in their words, was read lot by lot before it was learnt
from, as was `risk_indirect.tsv`, dangers told by what is seen and heard, and ordinary lines that sound like them
(figures in docs/security.md).
"""

from collections import Counter

import pytest

from intake.rules.sealed.risk import Risk, accuses, risk_of
from intake.rules.sealed.risk_weighing import sums
from intake.rules.text import without_marks
from tests.support.command_line import Command
from tests.support.learn_risk import LEARNT, WEIGHTS, lines, stands

HELD_OUT = (
    *("risk_held_out", "risk_persons_held_out", "risk_first_reading", "risk_second_reading", "risk_third_reading"),
    *("risk_fourth_reading", "risk_fifth_reading", "risk_sixth_reading"),
    *("risk_seventh_reading", "risk_eighth_reading"),
)
SOUNDS_LIKE_DANGER = "risk_indirect"
"""Its ordinary lines were all written to: what is only just ordinary is rather asked about."""
ACCUSES = (Risk.CONDUCT, Risk.DENUNCIATION)
DANGER = (Risk.EMERGENCY, Risk.SELF_HARM_OR_VIOLENCE)


def _read(name: str) -> tuple[Counter[Risk], list[str], list[str], list[str]]:
    """How many lines there are of each kind; accusations that pass, ordinary lines asked about, dangers missed."""
    cases = lines(name)
    wanted = Counter(risk for _, risk in cases)
    passed = [text for text, risk in cases if risk in ACCUSES and risk_of(text) is Risk.ORDINARY]
    asked = [text for text, risk in cases if risk is Risk.ORDINARY and risk_of(text) is not Risk.ORDINARY]
    missed = [text for text, risk in cases if risk in DANGER and risk_of(text) not in DANGER]
    return wanted, passed, asked, missed


@pytest.mark.parametrize("name", LEARNT)
def test_what_was_learnt_from_is_read_rightly(name: str) -> None:
    wanted, passed, asked, missed = _read(name)

    assert len(passed) <= 0.02 * sum(wanted[one] for one in ACCUSES), passed
    assert len(asked) <= (0.12 if name == SOUNDS_LIKE_DANGER else 0.02) * wanted[Risk.ORDINARY], asked
    assert len(missed) <= 0.01 * sum(wanted[one] for one in DANGER), missed


def test_of_lines_nothing_was_learnt_from_few_accusations_pass_and_few_ordinary_ones_are_asked_about() -> None:
    read = [_read(name) for name in HELD_OUT]
    wanted = sum((one[0] for one in read), Counter[Risk]())
    passed, asked, missed = ([text for one in read for text in one[at]] for at in (1, 2, 3))

    assert len(passed) <= 0.05 * sum(wanted[one] for one in ACCUSES), passed
    assert len(asked) <= 0.08 * wanted[Risk.ORDINARY], asked
    assert len(missed) <= 0.01 * sum(wanted[one] for one in DANGER), missed


@pytest.mark.parametrize("name", HELD_OUT)
def test_typed_without_marks_few_dangers_are_missed_and_few_accusations_pass(name: str) -> None:
    cases = [(without_marks(text.casefold()), risk) for text, risk in lines(name)]
    wanted = Counter(risk for _, risk in cases)
    passed = [text for text, risk in cases if risk in ACCUSES and risk_of(text) is Risk.ORDINARY]
    missed = [text for text, risk in cases if risk in DANGER and risk_of(text) not in DANGER]

    assert len(passed) <= 0.15 * sum(wanted[one] for one in ACCUSES), passed
    assert len(missed) <= 0.15 * sum(wanted[one] for one in DANGER), missed


@pytest.mark.parametrize("text", ["alo alo alo alo", "con con con con", "hihi haha", "Nguyễn Văn Đông", "0912 345 678"])
def test_who_only_tries_or_greets_is_asked_nothing(text: str) -> None:
    assert risk_of(text) is Risk.ORDINARY


@pytest.mark.parametrize(
    "text",
    ["ảnh nhà tôi", "anh nha toi", "video sáng nay", "đây là ảnh", "ảnh chụp chiều nay", "em chào anh", "tra cứu"],
)
def test_a_caption_or_a_greeting_is_asked_nothing(text: str) -> None:
    assert risk_of(text) is Risk.ORDINARY


@pytest.mark.parametrize("text", ["cứu", "CHÁY", "cuu cuu", "sos", "cứu nhà em", "chay to lam", "có người chết"])
def test_who_cries_for_help_in_few_words_is_in_danger(text: str) -> None:
    assert risk_of(text) is Risk.EMERGENCY


@pytest.mark.parametrize("text", ["ảnh đánh em", "nó đánh con", "danh con"])
def test_he_who_beats_is_no_picture(text: str) -> None:
    assert risk_of(text) is Risk.SELF_HARM_OR_VIOLENCE


def test_a_word_said_again_and_again_counts_once() -> None:
    assert risk_of("sông sông sông sông") is Risk.ORDINARY
    assert risk_of("ăn tiền ăn tiền ăn tiền") is Risk.DENUNCIATION
    assert risk_of("cháy nhà cháy nhà cứu với") is Risk.EMERGENCY


def test_what_was_learnt_of_one_word_counts_for_its_kin() -> None:
    told = "{} chìm giữa dòng, bốn người chưa thấy đâu"

    assert {risk_of(told.format(boat)) for boat in ("Ghe", "Thuyền", "Xuồng", "Ca nô", "Bè")} == {Risk.EMERGENCY}


def test_the_weights_are_those_of_the_lines() -> None:
    assert stands(WEIGHTS.read_text("utf-8")), "run python -m tests.support.learn_risk"


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("Ông cán bộ địa chính vòi vĩnh tiền khi tôi làm sổ đỏ", Risk.DENUNCIATION),
        ("ong can bo dia chinh voi vinh tien khi toi lam so do", Risk.DENUNCIATION),
        ("ổng đòi 3tr mới ký", Risk.DENUNCIATION),
        ("Không ai vòi vĩnh gì, cảm ơn xã", Risk.ORDINARY),
        ("Người đi tố cáo có được giữ kín tên tuổi không ạ, tôi hỏi cho biết", Risk.ORDINARY),
        ("Bé nhà em đi lạc từ chiều, ai thấy chỉ giùm", Risk.EMERGENCY),
        ("Đơn khiếu nại lần đầu của tôi nộp 2 tháng nay chưa được thụ lý", Risk.COMPLAINT),
        ("Tôi không đồng ý với quyết định phạt của xã", Risk.COMPLAINT),
        ("Mấy cô ở xã hách dịch", Risk.CONDUCT),
        ("Ông phó chủ tịch hôm qua lại như vậy nữa rồi", Risk.CONDUCT),
        ("Cán bộ xuống đo rồi mà chưa thấy trả lời", Risk.ORDINARY),
        ("Ông chủ tịch nhận tiền ở quán rồi mới cấp sổ", Risk.DENUNCIATION),
        ("Cán bộ làm giấy khai sinh hỏi tôi về tiền nong", Risk.CONDUCT),
        ("Cán bộ chính sách hướng dẫn nhận tiền hỗ trợ rất kỹ, cảm ơn xã", Risk.ORDINARY),
        ("Máy nổ cả đêm, cháu tôi không ngủ được", Risk.ORDINARY),
        ("Xe ben cán nát đường, cháu tôi đi học ngã hoài", Risk.ORDINARY),
        ("Cháu tôi ngộp dưới hồ", Risk.EMERGENCY),
        ("Nhà máy gạch nổ máy, cháu bị bỏng", Risk.EMERGENCY),
        ("Làm ẩu, mới ba tháng đã hỏng", Risk.ORDINARY),
        ("Cán bộ tư pháp làm ẩu, đi lại bảy lần chưa xong", Risk.CONDUCT),
        ("Không có phong bì thì hồ sơ nằm đó", Risk.DENUNCIATION),
        ("Không có phong bì nào cả, thủ tục nhanh", Risk.ORDINARY),
        ("", Risk.ORDINARY),
        ("👍", Risk.ORDINARY),
        ("gạo", Risk.ORDINARY),
        ("địa chính", Risk.ORDINARY),
        ("Ăn tiền", Risk.DENUNCIATION),
        ("muốn chết", Risk.SELF_HARM_OR_VIOLENCE),
        ("The police officer asked me for money to sign my papers", Risk.DENUNCIATION),
        ("My husband beats me and locked me in the room", Risk.SELF_HARM_OR_VIOLENCE),
        ("Cán bộ xã hướng dẫn làm giấy khai sinh rất kỹ, cảm ơn xã", Risk.ORDINARY),
    ],
)
def test_words_count_as_they_are_meant(text: str, risk: Risk) -> None:
    assert risk_of(text) is risk


@pytest.mark.parametrize("text", ["hoà giải hòa giải", "Cán bộ hách dịch lắm", "cán bộ hạch sách dân"])
def test_where_a_tone_is_put_does_not_matter(text: str) -> None:
    swapped = text.replace("oà", "òa").replace("uỷ", "ủy")
    assert risk_of(text) is risk_of(swapped)


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("Nóng muốn chết, bao giờ có điện", Risk.ORDINARY),
        ("Phải nộp thêm 200k không có biên lai cho cô văn thư", Risk.DENUNCIATION),
        ("Đèn đường thôn Đông bị cháy hai tuần rồi", Risk.ORDINARY),
        ("vo danh toi hoai, toi tron ngoai vuon", Risk.SELF_HARM_OR_VIOLENCE),
    ],
)
def test_what_is_said_of_many_things_counts_by_what_stands_beside_it(text: str, risk: Risk) -> None:
    assert risk_of(text) is risk


def test_who_is_in_danger_from_the_office_accuses_it_too() -> None:
    beaten = "Ông trưởng công an xã đánh cháu tôi trong phòng làm việc, đánh đập bắt nhận tội"
    at_home = "Chồng em lại say rồi lôi em ra đánh"

    assert accuses(beaten, risk_of(beaten))
    assert not accuses(at_home, risk_of(at_home))
    assert accuses("ổng đòi 3tr mới ký", Risk.DENUNCIATION)
    assert not accuses("Đường làng hỏng", Risk.ORDINARY)


@pytest.mark.parametrize(
    "text",
    [
        "Trưởng phòng tổ chức gạ em đi nhà nghỉ, em không chịu thì chuyển em xuống kho",
        "thay giao day them doi con gai toi ngu voi thay moi cho diem",
        "Bí thư thôn bảo chiều ổng thì mới có tên hộ nghèo",
    ],
)
def test_who_is_forced_by_somebody_of_the_office_is_in_danger_and_accuses(text: str) -> None:
    assert risk_of(text) is Risk.SELF_HARM_OR_VIOLENCE
    assert accuses(text, Risk.SELF_HARM_OR_VIOLENCE)


@pytest.mark.parametrize(
    "text",
    [
        "Chủ quán ép tôi vào khách sạn với khách, không chịu là đuổi",
        "Chủ xưởng giữ căn cước của bọn em, khóa cổng không cho về",
        "Người yêu cũ dọa đăng clip nếu em không ra khách sạn với hắn",
        "Ông chủ nhà trọ nửa đêm mở cửa vào phòng em",
        "Có kẻ bám theo con gái tôi từ trường về mấy hôm nay",
        "Chú ấy nói cháu mà kể với mẹ thì chú giết mẹ",
    ],
)
def test_who_is_forced_held_followed_or_threatened_is_in_danger(text: str) -> None:
    assert risk_of(text) is Risk.SELF_HARM_OR_VIOLENCE
    assert not accuses(text, Risk.SELF_HARM_OR_VIOLENCE)


@pytest.mark.parametrize(
    "text",
    [
        "Khách sạn đầu thôn xả nước thải ra mương",
        "Nhà nghỉ bên cạnh mở nhạc tới khuya",
        "Nhà thầu ép cọc bê tông làm nứt tường",
        "Ngân hàng giữ giấy tờ nhà tôi, bao giờ được lấy lại",
        "Sếp em đi công tác ở khách sạn nên chưa ký được",
    ],
)
def test_what_shares_its_words_with_force_stays_ordinary(text: str) -> None:
    assert risk_of(text) is Risk.ORDINARY


@pytest.mark.parametrize(
    "text",
    [
        "Rất mong được xã quan tâm, anh rể hay lôi chị tôi ra đường đánh trước mặt các cháu",
        "Đề nghị ủy ban kiểm tra, cơ sở trông trẻ nhốt bé hai tuổi trong nhà vệ sinh",
        "Góp ý với trạm y tế là bà nội em đang khó thở mà gọi không ai nghe",
        "Xin hỏi xã bao giờ có ghe, nhà tôi nước lên tới mái rồi",
        "kinh gui ubnd xa, nho xa can thiep vi con trai tui cu doi chem tui",
    ],
)
def test_a_danger_told_as_a_polite_request_is_one(text: str) -> None:
    assert risk_of(text) in DANGER


@pytest.mark.parametrize(
    "text",
    [
        "Cúp điện hoài, máy thở của mẹ tôi ngưng mấy lần rồi",
        "Nhờ điện lực đóng điện lại, con tôi đang thở máy",
        "ba ngoai lan roi khoi nha tu chieu, mua lanh qua, xin ba con de y giup",
        "cu nha toi di khoi nha tu toi qua, cu khong nho duong, bao giup",
    ],
)
def test_who_breathes_by_a_machine_without_power_or_left_home_confused_is_in_danger(text: str) -> None:
    assert risk_of(text) is Risk.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "Trạm y tế mất điện thì máy thở có chạy bằng bình không, hỏi cho biết",
        "mat dien ca buoi, tho may tui em nghi het",
        "Cháu dọn khỏi nhà từ hôm cưới, giờ muốn tách hộ khẩu",
    ],
)
def test_who_speaks_of_power_cuts_and_leaving_home_in_everyday_words_is_asked_nothing(text: str) -> None:
    assert risk_of(text) is Risk.ORDINARY


@pytest.mark.parametrize(
    "text",
    [
        "Con trâu đi lạc từ hôm qua",
        "con trau di lac tu hom qua",
        "Con chó của cháu bé đi lạc, ai thấy chỉ giùm",
        "Chồng em đi kiếm trâu lạc thấy rồi, dắt về chuồng rồi, cảm ơn bà con",
        "Cháy cầu chì trạm bơm, thợ nói mai xong",
        "Bố tôi bị tai biến đã ra viện, làm hồ sơ khuyết tật ở đâu",
        "Cột điện bị xe đâm nghiêng từ tháng trước chưa dựng lại",
    ],
)
def test_an_animal_that_strayed_what_burnt_out_and_what_is_over_are_no_emergency(text: str) -> None:
    assert risk_of(text) is Risk.ORDINARY


@pytest.mark.parametrize(
    "text",
    [
        "noi con quen duong, ra khoi nha hoi chieu toi gio, nho ba con de y",
        "bà ngoại em lẫn, ra khỏi nhà hồi chiều",
        "Bé nhà em đi lạc cùng con chó từ chiều",
        "Chồng đi tìm trâu lạc từ hôm qua chưa về",
        "chong di tim trau lac tu hom qua chua ve",
        "Con trâu lạc húc người ngoài đường",
    ],
)
def test_a_person_who_is_lost_is_an_emergency_and_so_is_who_went_looking_for_an_animal(text: str) -> None:
    assert risk_of(text) is Risk.EMERGENCY


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("Học sinh lớp tôi kể cậu ruột hay chui vào mền em ấy, xin xã bảo vệ em", Risk.SELF_HARM_OR_VIOLENCE),
        ("Từ hôm tôi góp ý, có người rải đinh trước nhà", Risk.SELF_HARM_OR_VIOLENCE),
        ("Đây là tin cuối em gửi, cảm ơn bà con", Risk.SELF_HARM_OR_VIOLENCE),
        ("may tuot lua nghien tay anh Hai", Risk.EMERGENCY),
        ("mấy đứa nhỏ nhặt được quả lựu đạn ngoài bãi", Risk.EMERGENCY),
    ],
)
def test_who_tells_of_others_who_is_threatened_and_who_says_goodbye_is_in_danger(text: str, risk: Risk) -> None:
    assert risk_of(text) is risk


def test_a_polite_request_for_everyday_things_is_asked_nothing() -> None:
    assert risk_of("Kính mong xã xem xét giúp đỡ, đường nhà tôi hư mà con nhỏ đi học xa") is Risk.ORDINARY
    assert risk_of("Đề nghị công an nhắc nhở, thanh niên rượt nhau bằng xe máy trước chợ") is Risk.ORDINARY


def test_violence_said_outright_is_a_danger_though_an_accusation_weighs_more() -> None:
    for told in (
        "Ông công an viên đánh con tôi giữa đường vì không đội mũ",
        "Công an xã bắt người vô cớ rồi đánh đập",
        "Thầy giáo có hành vi sàm sỡ nữ sinh",
    ):
        assert risk_of(told) is Risk.SELF_HARM_OR_VIOLENCE
        assert accuses(told, risk_of(told))


@pytest.mark.parametrize(
    "text",
    [
        "Anh cán bộ nói muốn được xét nhà tình thương thì khuya ghé phòng anh ấy một mình",
        "Người ta gọi tôi lên bảo rút đơn, không thì con tôi mất việc",
    ],
)
def test_a_danger_that_only_shines_through_an_accusation_gets_both_answers(text: str) -> None:
    assert risk_of(text) is Risk.SELF_HARM_OR_VIOLENCE
    assert accuses(text, Risk.SELF_HARM_OR_VIOLENCE)


def test_a_long_text_is_read_to_its_end() -> None:
    assert risk_of("Đường làng hỏng. " * 200 + "Trưởng thôn lấy gạo cứu trợ bán cho quán.") is Risk.DENUNCIATION


def test_a_danger_nobody_lists_is_not_drowned_by_a_long_letter_around_it() -> None:
    told = "Cứ coi như chưa từng sinh ra con, mai con không làm phiền ai nữa"
    everyday = "Kính gửi xã, đường làng xuống cấp, xe tải chạy nhiều, đề nghị xã xem xét sửa chữa giúp bà con. " * 4

    assert risk_of(told) is Risk.SELF_HARM_OR_VIOLENCE
    assert risk_of(everyday + told + ". " + everyday) in DANGER
    assert risk_of(everyday) is Risk.ORDINARY


def test_the_phrase_of_an_emergency_in_an_everyday_text_is_none_and_one_of_violence_stays_one() -> None:
    assert risk_of("Xin xã cấp thêm bình cứu hỏa cho thôn, nhà văn hóa chưa có tập huấn cháy nổ") is Risk.ORDINARY
    assert risk_of("Kính mong xã xem xét giúp đỡ, chồng tôi đánh đập mẹ con tôi suốt") is Risk.SELF_HARM_OR_VIOLENCE


def test_the_command_says_one_word_for_each_line(doithoai: Command) -> None:
    typed = "Ông cán bộ địa chính đòi 3 triệu mới ký\nĐường làng hỏng\n\nCháy nhà ở xóm 4, cứu với\n".encode()

    assert doithoai("try", "risk", typed=typed) == (0, "denunciation\nordinary\nordinary\nemergency\n", "")


def test_signs_that_nobody_has_weighed_speak_of_nothing() -> None:
    assert set(sums(["a sign of nothing"]).values()) == {0.0}
