"""Numbers that stand for options, and when they are only numbers; codes that are presses, and when they are not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zalo.choosing import PRESS
from bot.zalo.menus import menu_of, number_in
from intake.rules.message import Message, literal, pack_message
from intake.rules.outbox.letter import Letter, Priority
from intake.rules.people.person import Network
from intake.rules.people.unit import Level, Unit
from tests.support.world import Phone, World, local, opened_world
from tests.support.zalo_line import ZaloLine, ZaloNumbersLine
from wording.texts import Tap

WRITE = "Bà/ông viết câu hỏi vào đây"
ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Di Lăng on Zalo, where every option is a number."""
    async with opened_world(tmp_path, ZaloNumbersLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


def line_of(world: World) -> ZaloLine:
    assert isinstance(world.line, ZaloLine)
    return world.line


def on_screen(world: World, phone: Phone) -> str:
    """The newest message as the phone shows it, numbers and all."""
    return line_of(world).phone(phone.address).shown[-1].text


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", (3, False)),
        ("3.", (3, False)),
        ("(3)", (3, False)),
        ("3)", (3, False)),
        (" 12 ", (12, False)),
        ("#3", (3, True)),
        ("# 3", (3, True)),
        ("0", (0, False)),
        ("0912345678", None),
        ("3 con gà", None),
        ("15/3", None),
        ("8h", None),
        ("-1", None),
        ("²", None),
        ("٣", None),
        ("", None),
        ("#h-DL", None),
        ("số 1 ạ", (1, False)),
        ("so 2", (2, False)),
        ("dạ 3", (3, False)),
        ("em chọn số 2 nhé", (2, False)),
        ("bấm 0", (0, False)),
        ("tổ 3", None),
        ("3 triệu", None),
        ("số 0912345678", None),
        ("số nhà 3", None),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: tuple[int, bool] | None) -> None:
    assert number_in(typed) == number


@given(st.lists(st.text(min_size=1, max_size=5), max_size=30), st.booleans())
def test_every_option_has_a_number_or_a_page_that_brings_it(labels: list[str], stroke: bool) -> None:
    taps = [Tap(label, f"c{place}") for place, label in enumerate(labels)]
    seen: list[str] = []
    before: tuple = ()
    while taps:
        menu = menu_of(taps, before, "vi", stroke=stroke)
        new = menu.options[len(before) :]
        assert len(new) <= 9
        seen += [option.code for option in new if option.code]
        taps = [Tap(label, code) for option in new for code, label in option.rest]
        before = menu.options
    assert seen == [f"c{place}" for place in range(len(labels))]


def test_a_link_is_written_out_and_has_no_number() -> None:
    menu = menu_of([Tap("Trang xã", "", "https://xa.example"), Tap("Gửi", "send")], (), "vi", stroke=False)

    assert menu.lines[:2] == ("Trang xã: https://xa.example", "(1) Gửi")
    assert [option.code for option in menu.options] == ["send"]


@pytest.mark.parametrize(
    "typed", ["{}", "{}.", "({})", "#{}", "số {} ạ", "Gửi câu hỏi", "gui cau hoi", "✍️ Gửi câu hỏi"]
)
async def test_an_option_is_chosen_by_its_number_or_its_name(world: World, typed: str) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/menu")
    (mark,) = [row for row in on_screen(world, mai).splitlines() if "Gửi câu hỏi" in row]
    await mai.says(typed.format(mark[1]))

    assert WRITE in mai.hears()


async def test_a_number_in_a_step_of_words_is_words(world: World) -> None:
    """The options of such a step are chosen with a stroke, or by name."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/yeucau")
    assert "#1 Huỷ" in on_screen(world, mai)
    await mai.says("1")
    assert "Đã huỷ" not in mai.hears()
    await mai.says("/yeucau")
    await mai.says("#1")
    assert "Đã huỷ" in mai.hears()


async def test_a_number_under_the_preview_of_a_question_picks_although_words_are_added_there(world: World) -> None:
    """Nobody adds a lone number to a question; somebody with an old phone types it to send."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(ROAD)
    assert "(1) Gửi" in on_screen(world, mai)
    await mai.says("Nhất là khi mưa.")
    assert "Nhất là khi mưa." in mai.hears()
    await mai.says("1")
    assert "DL-2024-0001" in mai.hears()


async def test_a_name_chooses_in_a_step_of_words(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.says("gui")
    assert "DL-2024-0001" in mai.hears()


async def test_zero_leads_back(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/ngonngu")
    await mai.says("0")
    assert mai.hears().startswith("Đã huỷ.")
    await mai.says("0")
    assert mai.hears() == "Bà/ông muốn làm gì?"


async def test_numbers_die_with_their_step(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/menu")
    async with world.store.unit() as uow:  # another phone of the same chat has moved on
        _, conversation, *_ = await uow.accounts.meet(Network.ZALO, line_of(world).config.oa_id, mai.address)
        conversation.step = "settings.language"
        await uow.accounts.keep([conversation])
        await uow.commit()
    await mai.says("3")

    assert WRITE not in mai.hears()
    assert "English" in "".join(str(one.buttons) for one in mai.news())


async def test_numbers_last_a_day(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/menu")
    world.clock.move(hours=25)
    await mai.says("3")
    assert WRITE not in mai.hears()
    assert "Câu hỏi ngắn quá" in mai.hears(), "a 3 out of the blue is the start of a question, like any words"


async def test_what_is_said_without_options_ends_the_numbers_before_it(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/menu")
    await mai.says("/trogiup")
    await mai.says("3")
    assert WRITE not in mai.hears()


async def test_numbers_go_on_over_everything_said_in_one_go(world: World) -> None:
    """News comes while a menu stands on the screen: both can be answered."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/menu")
    oa_id = line_of(world).config.oa_id
    async with world.store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.ZALO, oa_id, mai.address)
        news = pack_message(Message("talk.tap_one", {}, ((literal("Lịch đây", "cmd.lich"),),)))
        await uow.letters.add(Letter(account.id, account.person_id, Priority.PUSH, news, uow.now, uow.now))
        await uow.commit()
    await world.settle()

    assert "(7) Lịch đây" in on_screen(world, mai)
    await mai.says("3")
    assert WRITE in mai.hears()
    await mai.says("/menu")
    assert "(1) " in on_screen(world, mai), "numbered from one again"


async def many_hamlets(world: World) -> None:
    async with world.store.unit() as uow:
        commune = (await uow.places.roots())[0]
        for number in range(12):
            await uow.places.add_unit(Unit(f"DL-x{number}", f"Thôn Số {number}", Level.HAMLET), commune)
        await uow.commit()


async def test_more_than_a_page_of_options_comes_page_by_page(world: World) -> None:
    await many_hamlets(world)
    newcomer = world.phone()
    await newcomer.says("/start")
    await newcomer.says("1")
    first = on_screen(world, newcomer)
    assert "(9) Xem tiếp" in first
    assert "(10)" not in first
    await newcomer.says("9")
    second = on_screen(world, newcomer)
    assert second.startswith("Các lựa chọn tiếp theo:\n\n(10) ")
    name = next(row for row in second.splitlines() if row.startswith("(11) ")).removeprefix("(11) ")
    await newcomer.says("11")
    await newcomer.says("Nguyễn Thị Mai")
    await newcomer.says("1")
    await newcomer.says("/dulieu")
    assert f"Thôn/tổ: {name}" in newcomer.hears()


async def test_the_first_page_stays_good_while_the_second_is_read(world: World) -> None:
    await many_hamlets(world)
    newcomer = world.phone()
    await newcomer.says("/start")
    await newcomer.says("1")
    await newcomer.says("9")
    await newcomer.says("2")
    assert "họ và tên" in newcomer.hears()


async def test_a_page_asked_for_twice_by_one_event_is_said_once(world: World) -> None:
    await many_hamlets(world)
    newcomer = world.phone()
    await newcomer.says("/start")
    await newcomer.says("1")
    line = line_of(world)
    line.running.webhook.duplicates = 3
    await newcomer.says("9")
    assert len(newcomer.news()) == 1


async def test_a_code_that_was_not_offered_in_this_chat_does_nothing(world: World) -> None:
    """Anybody can type what a button sends: it counts only where it was offered, and is checked as ever."""
    line = line_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    binh = await world.resident("DL-lang-dau", "Đinh Thị Bình")
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await mai.says(f"{PRESS}{mai.button('Gửi')}")
    assert "DL-2024-0001" in mai.hears()
    await mai.says("/cauhoi")
    offered = next(code for message in mai.news() for code in message.buttons.values() if code.startswith("status."))
    await binh.says(f"{PRESS}{offered}")
    assert "thuộc một tin nhắn cũ" in binh.hears()
    assert "DL-2024-0001" not in binh.hears()
    await binh.says(f"{PRESS}erase")
    assert "thuộc một tin nhắn cũ" in binh.hears()
    assert "gửi câu hỏi này" not in binh.hears(), "nor is it the words of a question"
    await binh.says(f"{PRESS}5 triệu đồng tiền điện, tháng nào cũng vậy")
    assert "gửi câu hỏi này" in binh.hears(), "what no button sends is"
    await mai.says(f"{PRESS}{offered}")
    assert "DL-2024-0001" in mai.hears()
    assert line.running.sandbox.violations == []


async def test_a_code_on_a_poster_works_as_a_link_does_elsewhere(world: World) -> None:
    newcomer = world.phone()
    await newcomer.says("#h-DL-hang-gon")
    await newcomer.says("1")
    assert "họ và tên" in newcomer.hears(), "the hamlet is known from the poster"


async def test_an_erased_person_leaves_no_menu_behind(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/xoa")
    await mai.presses("Xoá")
    async with world.store.reading() as uow:
        chat = await uow.zalo_chats.get(Network.ZALO, line_of(world).config.oa_id, mai.address)
    assert chat is not None
    assert "Mai" not in str(chat.menu)
