"""What looks like a command, and is what somebody has to say: a man called Huy, a hashtag, a slip behind a stroke."""

import asyncio
from dataclasses import replace

import pytest

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Act, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule, put_together
from handlers.wiring import conversation_table
from intake.rules.message import Message
from intake.rules.people.person import Role
from tests.support.files import photo
from tests.support.lines import PlainLine
from tests.support.world import World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"

CANCELLED = "Đã huỷ. Chưa có gì được gửi đi."
LEFT = "đã gửi hoặc đã ghi vẫn được giữ nguyên"


@pytest.mark.parametrize("name", ["Huy", "huy", "HUY"])
async def test_a_man_called_huy_enrols(plain_world: World, name: str) -> None:
    huy = plain_world.phone()
    await huy.says("/start h-DL-hang-gon")
    await huy.presses("Đồng ý")
    await huy.says(name)
    assert CANCELLED not in huy.hears()
    await huy.presses("Bỏ qua")
    await huy.says("/dulieu")
    assert f"Tên: {name}\n" in huy.hears()


@pytest.mark.parametrize("word", ["huỷ", "Hủy", "/huy", "hu\u0309y"])
async def test_with_its_mark_or_the_stroke_it_cancels_even_where_a_name_is_asked_for(
    plain_world: World, word: str
) -> None:
    lan = plain_world.phone()
    await lan.says("/start h-DL-hang-gon")
    await lan.presses("Đồng ý")
    await lan.says(word)
    assert CANCELLED in lan.hears()


async def test_without_its_mark_it_still_cancels_where_no_name_is_asked_for(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("huy")
    assert CANCELLED in mai.hears()


async def test_a_hashtag_at_the_beginning_of_a_question_is_a_part_of_it(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("#mấtnước xóm 2 mất nước 3 ngày rồi, khi nào có nước?")
    assert "#mấtnước xóm 2 mất nước 3 ngày rồi" in mai.hears()


async def test_an_unknown_command_is_helped_with_and_costs_no_draft(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await mai.says("/guii")
    await mai.presses("Gửi")
    await mai.says("/cauhoi")
    assert "Đường vào xóm 3" in mai.hears()


POLITE = ("xin chào", "Alo", "chào cán bộ ạ", "Em chào anh chị", "hello", "cảm ơn nhiều ạ", "vâng", "👍", "có ai không")


@pytest.mark.parametrize("word", POLITE)
async def test_a_greeting_is_answered_and_filed_with_no_question(plain_world: World, word: str) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(word)
    assert "xin gõ luôn vào đây" in mai.hears()
    assert not mai.sees_button("Gửi")
    await mai.says("/hoi")
    await mai.says(word)
    await mai.says(ROAD)
    await mai.says(word)
    assert "Câu hỏi này chưa được gửi đi" in mai.hears()
    await mai.presses("Gửi")
    await mai.says("/trangthai DL-2024-0001")
    assert ROAD in mai.hears()
    assert word not in mai.hears()


async def test_whoever_only_works_here_is_asked_for_no_question_but_told_where_to_go(plain_world: World) -> None:
    """Their words become no question, so they are not told to type one; they accuse and are in danger like others."""
    thu = await plain_world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await thu.says("xin chào")
    assert "Chào Lê Thị Thu!" in thu.hears()
    assert "xin gõ luôn vào đây" not in thu.hears()
    await thu.says("Mai họp mấy giờ?")
    assert "Tôi chưa hiểu ý" in thu.hears()
    await thu.says("Tôi tố cáo trưởng phòng nhận tiền của dân")
    assert "chọn thôn, tổ nơi mình ở, rồi gõ /hoi" in thu.hears()
    assert "chưa gửi cho ai" in thu.hears()
    await thu.says("Nhà văn hoá đang cháy to lắm")
    assert "114" in thu.hears()


@pytest.mark.parametrize("text", ["chào, đường xóm 3 hỏng", "cảm ơn xã đã sửa đường", "Hoà", "được mấy ngày thì xong"])
async def test_what_says_more_is_no_greeting(plain_world: World, text: str) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(text)
    assert "xin gõ luôn vào đây" not in mai.hears()


async def test_a_stranger_s_greeting_becomes_no_question(plain_world: World) -> None:
    mai = plain_world.phone()
    await mai.says("Xin chào")
    await mai.says("alo")
    await mai.presses("Đồng ý")
    await mai.presses("TDP Hàng Gòn")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")
    assert not mai.sees_button("Gửi")
    assert mai.sees_button("✍️ Gửi câu hỏi")


async def test_a_question_begun_out_of_the_blue_ends_after_a_day_and_is_said_back(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(ROAD)
    plain_world.clock.move(hours=25)
    await mai.says("lịch")
    assert "Lúc 08:00, 01/03/2024 bà/ông có gõ đoạn sau nhưng chưa bấm Gửi" in mai.hears()
    assert ROAD in mai.hears()
    assert not mai.sees_button("Gửi"), "and the word is heard for what it is"


async def test_its_own_button_still_sends_it_after_a_day_and_words_do_after_an_hour(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(ROAD)
    plain_world.clock.move(hours=1)
    await mai.says("Xe cứu thương không vào được.")
    assert f"{ROAD}\nXe cứu thương không vào được." in mai.hears()
    plain_world.clock.move(hours=30)
    await mai.presses("Gửi")
    assert "DL-2024-0001" in mai.hears()


@pytest.mark.parametrize("typed", ["Hỏi", "hoi"])
async def test_the_label_of_a_button_is_no_command(plain_world: World, typed: str) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("Tôi muốn tố cáo con đường này hỏng mãi")
    await mai.says(typed)
    assert mai.sees_button("Gửi")
    assert "Tôi muốn tố cáo con đường này hỏng mãi" in mai.hears()


TABLE = conversation_table()
NAMES = ("Huy", "Lịch", "Hỏi", "Vi", "Việc", "Thông", "Menu Lan")
WORDS = sorted(set(TABLE.typed) - {"huy", "menu"})


def _echo(step: Step) -> Step:
    """The step as the table has it, but for what it asks and that it says what it heard."""

    async def ask(scene: Scene) -> Message:
        del scene
        return Message("start.name")

    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        return Turn(to=step.name, say=(Message("talk.rest", {"rest": f"<{event.text}>"}),), draft=scene.draft)

    return replace(step, ask=ask, hear=hear, leads_to=(), role=None)


def _to(step: str) -> Act:
    async def act(scene: Scene, rest: str) -> Turn:
        del scene, rest
        return Turn(to=step)

    return act


READING = [step for step in TABLE.steps.values() if step.free_text]
PARTS = 6
"""The walk goes on at several places at once: in one piece it is the longest test by far."""


@pytest.mark.parametrize("part", range(PARTS))
async def test_in_every_step_that_reads_words_a_command_word_is_a_word(plain_world: World, part: int) -> None:
    """Walks the step table: names like Huy and Lịch where one is asked for, other words in all that read any."""
    reading = READING[part::PARTS]
    ways = {f"toibuoc{number}": step.name for number, step in enumerate(reading)}
    commands = (*TABLE.commands.values(), *(Command(name, _to(step), leads_to=(step,)) for name, step in ways.items()))
    module = ConversationModule(commands, tuple(map(_echo, reading)))
    commands_only = tuple(replace(one, leads_to=tuple(set(one.leads_to) & set(ways.values()))) for one in commands)
    module = replace(module, commands=commands_only)
    line = plain_world.line
    assert isinstance(line, PlainLine)
    await line.use(put_together((module,), stranger=TABLE.stranger, unprompted=TABLE.unprompted))
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for number, (way, name) in enumerate(ways.items()):
        await mai.says(f"/{way}")
        names = NAMES if TABLE.steps[name].names else ()
        words = (*WORDS[number % 9 :: 9], *names)
        for start in range(0, len(words), 15):  # no more at once than anybody is listened to
            plain_world.clock.move(minutes=1)
            mai.acts()
            said = words[start : start + 15]
            await asyncio.gather(*(line.text(mai.address, word) for word in said))
            await plain_world.settle()
            assert [word for word in said if f"<{word}>" not in mai.hears()] == [], name
        await mai.says("/guii")
        assert "<" not in mai.hears()
        await mai.says("huỷ")
        assert (LEFT if TABLE.steps[name].keeps else CANCELLED) in mai.hears(), name


async def test_what_stands_behind_the_command_is_the_question(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(f"/hoi {ROAD}")
    assert ROAD in mai.hears()
    assert mai.sees_button("Gửi")
    await mai.says("huỷ")
    await mai.says("/hoi Tôi tố cáo ông trưởng thôn ăn chặn tiền hỗ trợ của dân")
    assert not mai.sees_button("Gửi"), "what accuses is asked about first, here as everywhere"
    await mai.says("huỷ")
    await mai.says("/giadinh")
    await mai.presses("➕ Thêm người")
    await mai.says("Trần Thị Bà")
    await mai.says(f"/hoi {ROAD}")
    await mai.presses("Trần Thị Bà")
    assert "Câu hỏi của Trần Thị Bà" in mai.hears()
    assert ROAD in mai.hears()


async def test_a_name_is_kept_without_the_number_somebody_adds_to_it(plain_world: World) -> None:
    """It would stand in clear wherever the name does."""
    mai = plain_world.phone()
    await mai.says("/start h-DL-hang-gon")
    await mai.presses("Đồng ý")
    await mai.says("Nguyễn Thị Mai, ĐT 0905 123 456")
    assert "Xin chỉ gõ họ và tên, không kèm số điện thoại." in mai.hears()
    await mai.says("Nguyễn Thị Mai 2")
    assert "Số điện thoại để liên hệ" in mai.hears()


@pytest.mark.parametrize(
    "text",
    [
        "Bạn ơi cho tôi hỏi đường hỏng bao giờ sửa",
        "Ban ngày điện hay chập chờn",
        "Bán đất nông nghiệp có được không",
        "Bắt đầu sửa đường khi nào?",
        "Cách tính tiền đền bù đất thế nào?",
        "Tra cứu sổ đỏ năm 2024 ở đâu?",
        "Trạng thái đường xóm 3 rất xấu",
    ],
)
async def test_a_sentence_that_begins_like_a_command_is_a_question(plain_world: World, text: str) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(text)
    assert "Bà/ông muốn gửi câu hỏi này?" in mai.hears()
    assert text in mai.hears()


async def test_the_code_of_a_question_alone_shows_it(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    for typed in ("DL-2024-0001", "mã DL-2024-0001", "dl 2024 0001", "Mã số: DL-2024-0001.", "tra cứu DL 2024 0001"):
        await mai.says(typed)
        assert ROAD in mai.hears(), typed
        assert "Đã nhận, đang c" in mai.hears(), typed
    for typed in (
        "DL-2024-0001 đến đâu rồi ạ?",
        "cho em hỏi câu hỏi dl-2024-0001 tới đâu rồi",
        "câu hỏi của tôi tới đâu rồi",
    ):
        await mai.says(typed)
        assert "DL-2024-0001" in mai.hears(), typed
        assert not mai.sees_button("Gửi"), typed
    await mai.says("DL-2024-0009")
    assert "Không tìm thấy" in mai.hears()
    await mai.says("tra cứu DL-24-1")
    assert "Không tìm thấy" in mai.hears()
    await mai.says("DL-2024-0001 sao lâu thế chưa trả lời")
    assert mai.sees_button("Gửi"), "with words of their own it is something to say"


@pytest.mark.parametrize("word", ["Không có", "chưa có", "ko", "không"])
async def test_who_has_no_number_says_so_and_goes_on(plain_world: World, word: str) -> None:
    mai = plain_world.phone()
    await mai.says("/start h-DL-hang-gon")
    await mai.presses("Đồng ý")
    await mai.says("Nguyễn Thị Mai")
    await mai.says(word)
    assert "Cảm ơn Nguyễn Thị Mai" in mai.hears()


async def test_a_stranger_keeps_the_question_behind_the_command_too(plain_world: World) -> None:
    mai = plain_world.phone()
    await mai.says(f"/hoi {ROAD}")
    await mai.presses("Đồng ý")
    await mai.presses("TDP Hàng Gòn")
    await mai.says("DL-2024-0001")
    assert "Xin nhập họ và tên" in mai.hears(), "the code of a question is nobody's name"
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")
    assert ROAD in mai.hears()
    assert mai.sees_button("Gửi")


LOOK_UP = "Muốn biết câu hỏi DL-2024-0001 đến đâu"


@pytest.mark.parametrize("typed", ["DL-2024-0001", "mã số dl 2024 0001", "tra cứu DL-2024-0001", "/hoi DL-2024-0001"])
async def test_a_stranger_s_code_is_looked_up_and_becomes_no_question(plain_world: World, typed: str) -> None:
    mai = plain_world.phone()
    await mai.says(typed)
    assert LOOK_UP in mai.hears()
    assert not mai.sees_button("Đồng ý"), "nothing of it needs anybody's consent"
    await mai.says("Xin chào")
    await mai.says("DL-2024-0001")
    assert LOOK_UP in mai.hears(), "nor while consent is asked for"
    await mai.presses("Đồng ý")
    await mai.presses("TDP Hàng Gòn")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")
    assert not mai.sees_button("Gửi")
    await mai.says("DL-2024-0001")
    assert "Không tìm thấy DL-2024-0001 trong các câu hỏi của bà/ông" in mai.hears()
    assert not mai.sees_button("Gửi")


async def test_a_code_that_is_typed_where_a_question_is_asked_for_is_looked_up_too(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    for first in ("/hoi", ""):
        await mai.says(first) if first else None
        await mai.says("DL-2024-0001" if first else "/hoi DL-2024-0001")
        assert ROAD in mai.hears()
        assert "Đã nhận, đang c" in mai.hears()
        assert not mai.sees_button("Gửi")
    await mai.says("/hoi")
    await mai.says("mã DL-2024-0001")
    await mai.says("Xe cứu thương không vào được xóm.")
    await mai.presses("Gửi")
    assert "DL-2024-0002" in mai.hears(), "and the question that was to be typed is typed"


async def test_a_photo_under_a_code_is_kept_for_what_a_stranger_wants_to_say(plain_world: World) -> None:
    mai = plain_world.phone()
    await mai.sends_photo(photo(), "DL-2024-0001")
    assert mai.sees_button("Đồng ý")
    await mai.presses("Đồng ý")
    await mai.presses("TDP Hàng Gòn")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")
    assert "1 ảnh" in mai.hears()


@pytest.mark.parametrize(
    ("typed", "whose"),
    [
        ("danh sách", "– trưởng thôn/tổ\n– thư ký"),
        ("duyệt", "– chủ trì"),
        ("phân loại", "– thư ký"),
        ("/hangdoi", "– cán bộ chuyên môn"),
        ("Hỏi hộ", "– trưởng thôn/tổ\n– thư ký"),
    ],
)
async def test_the_word_of_a_role_that_somebody_does_not_hold_says_whose_it_is(
    plain_world: World, typed: str, whose: str
) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(typed)
    assert f"Việc này dành cho:\n{whose}" in mai.hears()
    assert "Không tìm thấy" not in mai.hears()
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.says("/duyet")
    assert "– chủ trì" in mai.hears()
    await mai.presses("Gửi")
    assert "DL-2024-0001" in mai.hears(), "and it costs no draft"
