"""Whatever somebody typed is there when a step refuses it: to be shortened, to go on with, or said back."""

from collections.abc import Awaitable, Callable

import pytest

from intake.rules.people.person import Role
from tests.support.office import Office, open_office
from tests.support.telegram_line import TelegramLine
from tests.support.world import Phone, World, local, opened_world

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
ANSWER = " ".join(f"Đoạn {number} đã có kế hoạch sửa trong quý hai." for number in range(1, 200))
WRITTEN = "\n".join(f"{number}. Đường vào xóm {number} hỏng từ tháng 5, xe không vào được." for number in range(1, 200))
LONG, TOO_LONG = WRITTEN[:3900], WRITTEN[:5000]


@pytest.fixture
async def telegram(tmp_path):  # type: ignore[no-untyped-def]
    """Di Lăng, everybody on Telegram."""
    async with opened_world(tmp_path, TelegramLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


def _words(text: str) -> list[str]:
    return text.split()


async def test_what_the_network_cut_in_two_is_one_text_and_what_is_too_long_is_kept(telegram: World) -> None:
    mai = await telegram.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(TOO_LONG)
    await mai.waits()

    assert "dài 5000 ký tự, quá 1000 ký tự so với mức 4000" in mai.hears()
    assert mai.hears().count("quá") == 1, "the two parts are answered once"

    await mai.presses("✂️ Lấy phần đầu")
    shown = mai.hears()
    await mai.presses("Gửi")
    await mai.says("/cauhoi")
    await mai.presses("DL-2024-0001")
    assert mai.hears().count("Đường vào xóm") > 50
    assert _words(TOO_LONG)[-1] in shown
    assert [word for word in _words(TOO_LONG) if word not in shown] == []


async def test_a_text_of_two_parts_that_fits_is_one_question(telegram: World) -> None:
    office = await open_office(telegram)
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    line = telegram.line
    assert isinstance(line, TelegramLine)
    await line.text(office.official.address, ANSWER[:2500])
    await line.text(office.official.address, ANSWER[2500:3600])
    await office.official.waits()
    assert office.official.hears().count("Đoạn 1 ") == 1, "only the whole is shown"
    await office.official.presses("Gửi")
    [proposal] = await office.proposals(reference)
    assert _words(proposal.text) == _words(f"{ANSWER[:2500]} {ANSWER[2500:3600]}")


async def test_parts_are_joined_by_another_process_after_the_first_one_died(telegram: World) -> None:
    mai = await telegram.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    line = telegram.line
    assert isinstance(line, TelegramLine)
    await line.text(mai.address, WRITTEN[:3000])
    other = TelegramLine()
    await other.start(telegram)
    other.begin_at(line)
    await other.text(mai.address, WRITTEN[3001:3700])
    await other.stop()
    await mai.waits()
    assert _words(WRITTEN[:3700])[-1] in mai.hears()
    assert mai.hears().count("1. Đường vào xóm 1 ") == 1
    await mai.presses("Gửi")
    await mai.says("/cauhoi")
    assert "DL-2024-0002" not in mai.hears()


async def test_a_long_text_that_nothing_follows_is_answered(telegram: World) -> None:
    mai = await telegram.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(LONG)
    await mai.waits()
    assert _words(LONG)[-1] in mai.hears()
    await mai.presses("Gửi")
    assert "DL-2024-0001" in mai.hears()


async def test_what_is_said_at_once_after_a_long_text_and_is_no_part_of_it_does_not_silence_the_answer(
    telegram: World,
) -> None:
    mai = await telegram.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    line = telegram.line
    assert isinstance(line, TelegramLine)
    await line.text(mai.address, LONG)
    await line.photo(mai.address, b"\xff\xd8\xff not much of a photo", "")
    await mai.waits()
    assert _words(LONG)[-1] in mai.hears()


async def test_a_text_typed_later_continues_no_sentence_and_stands_on_a_line_of_its_own(telegram: World) -> None:
    office = await open_office(telegram)
    await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says(ANSWER[:2500])
    telegram.clock.move(seconds=30)
    await office.official.says("Xin chờ.")
    assert "\nXin chờ." in office.official.hears(), "looked at before it goes out"
    await office.official.presses("Gửi")
    [proposal] = await office.proposals("DL-2024-0001")
    assert proposal.text == f"{ANSWER[:2500].strip()}\nXin chờ."


async def test_too_few_words_are_the_beginning_of_what_follows(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("nước")
    assert "ngắn quá" in mai.hears()
    await mai.says("mất đã ba ngày, khi nào có lại?")
    assert "nước\nmất đã ba ngày" in mai.hears()


async def _asks(office: Office) -> Phone:
    await office.mai.says("/hoi")
    return office.mai


async def _adds(office: Office) -> Phone:
    await office.mai.says("/hoi")
    await office.mai.says(ROAD)
    return office.mai


async def _registers_to_speak(office: Office) -> Phone:
    await office.fixed_meeting()
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    return office.mai


async def _answers(office: Office) -> Phone:
    await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    return office.official


async def _asks_back(office: Office) -> Phone:
    await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Hỏi lại")
    return office.official


async def _names_a_neighbour(office: Office) -> Phone:
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Phạm Văn Trưởng")
    await head.says("/hoho")
    return head


async def _writes_a_notice(office: Office) -> Phone:
    await office.fixed_meeting()
    await office.secretary.says("/thongbao")
    await office.secretary.presses("Sửa")
    return office.secretary


@pytest.mark.parametrize(
    "begin",
    [_asks, _adds, _registers_to_speak, _answers, _asks_back, _names_a_neighbour, _writes_a_notice],
)
async def test_whatever_step_refuses_a_long_text_the_words_are_still_there(
    begin: Callable[[Office], Awaitable[Phone]], plain_world: World
) -> None:
    office = await open_office(plain_world)
    phone = await begin(office)
    await phone.says(WRITTEN)
    assert f"dài {len(WRITTEN)} ký tự" in phone.hears() or "quá" in phone.hears()
    await phone.presses("✂️ Lấy phần đầu")
    told = phone.hears()
    kept, _, rest = told.partition("Phần chưa dùng đến, xin sao lại nếu cần gửi thêm:")
    assert _words(WRITTEN)[-1] in rest or _words(WRITTEN)[-1] in kept
    missing = [line for line in WRITTEN.splitlines() if line not in " ".join(told.split()) and line not in told]
    assert len(missing) <= 1, "only the line that was cut stands in two pieces"


async def test_an_edit_before_it_is_sent_changes_the_draft(telegram: World) -> None:
    mai = await telegram.resident("DL-hang-gon", "Nguyễn Thị Mai")
    line = telegram.line
    assert isinstance(line, TelegramLine)
    await mai.says("/hoi")
    await mai.says("Đường xóm 3 hỏng 45 ngày rồi, khi nào sửa?")
    mai.acts()
    await line.edits(mai.address, "Đường xóm 3 hỏng 54 ngày rồi, khi nào sửa?")
    await telegram.settle()
    assert "54 ngày" in mai.hears()
    assert "45 ngày" not in mai.hears()
    await mai.presses("Gửi")
    assert "54 ngày" in mai.hears()


async def test_an_edit_keeps_the_photo_and_the_kind_that_came_since(telegram: World) -> None:
    mai = await telegram.resident("DL-hang-gon", "Nguyễn Thị Mai")
    line = telegram.line
    assert isinstance(line, TelegramLine)
    await mai.says("Đường xóm 3 hỏng 45 ngày rồi, khi nào sửa?")
    await mai.sends_photo(b"\xff\xd8\xff a road")
    await mai.presses("Đổi loại")
    await mai.presses("Kiến nghị")
    mai.acts()
    await line.edits(mai.address, "Đường xóm 3 hỏng 54 ngày rồi, khi nào sửa?", ago=3)
    await telegram.settle()
    assert "54 ngày" in mai.hears()
    assert "Kiến nghị" in mai.hears()


async def test_an_edit_after_it_was_sent_is_answered_once_with_what_to_do(telegram: World) -> None:
    mai = await telegram.resident("DL-hang-gon", "Nguyễn Thị Mai")
    line = telegram.line
    assert isinstance(line, TelegramLine)
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    for ago, word in ((1, "khi nào mới sửa?"), (2, "bao giờ sửa?")):
        mai.acts()
        await line.edits(mai.address, f"Đường vào xóm 3 hỏng từ tháng 5, {word}", ago=ago)
        await telegram.settle()
        assert ("Nội dung đã nhận từ tin ấy không đổi theo" in mai.hears()) is (ago == 1)
    await mai.says("/cauhoi")
    await mai.presses("DL-2024-0001")
    assert ROAD in mai.hears()


async def test_an_edit_of_an_earlier_part_of_a_draft_is_not_passed_over_in_silence(telegram: World) -> None:
    mai = await telegram.resident("DL-hang-gon", "Nguyễn Thị Mai")
    line = telegram.line
    assert isinstance(line, TelegramLine)
    await mai.says(ROAD)
    await mai.says("Xe cứu thương không vào được.")
    mai.acts()
    await line.edits(mai.address, "Đường vào xóm 4 hỏng từ tháng 5, khi nào sửa?", ago=1)
    await telegram.settle()
    assert "bản đang soạn chưa đổi theo" in mai.hears()
    assert ROAD in mai.hears(), "and the draft is shown as it stands"


async def test_an_edited_answer_of_an_official_changes_what_is_sent(telegram: World) -> None:
    office = await open_office(telegram)
    reference = await office.assigned()
    line = telegram.line
    assert isinstance(line, TelegramLine)
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa trong quý II.")
    office.official.acts()
    await line.edits(office.official.address, "Xã sửa trong quý III.")
    await telegram.settle()
    await office.official.presses("Gửi")
    [proposal] = await office.proposals(reference)
    assert proposal.text == "Xã sửa trong quý III."
