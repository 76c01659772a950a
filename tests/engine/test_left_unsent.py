"""What lies ready to be sent is not lost to a look at something else, and nobody takes what was left for sent."""

import pytest

from tests.support.office import ROAD, Office, open_office
from tests.support.world import World
from zalo_sandbox.driver import PNG

NOT_SENT = "Phần đang soạn chưa được gửi đi"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def test_a_look_at_something_else_costs_no_question(office: Office) -> None:
    mai = office.mai
    await mai.says("/hoi")
    await mai.says(ROAD)
    for look in ("/lich", "/cauhoi", "/trangthai DL-2024-0099"):
        await mai.says(look)
        heard = mai.hears()
        assert ROAD in heard, f"after {look} the question is shown again"
        assert NOT_SENT not in heard
    await mai.presses("Gửi")
    assert "Đã nhận, mã DL-2024-0001" in mai.hears()


async def test_whoever_goes_to_the_menu_is_told_that_nothing_was_sent(office: Office) -> None:
    mai = office.mai
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.says("menu")

    heard = mai.hears()
    assert heard.index(NOT_SENT) < heard.index("Bà/ông muốn làm gì?")
    await mai.says("menu")
    assert NOT_SENT not in mai.hears(), "once is enough"
    await mai.says("/cauhoi")
    assert ROAD not in mai.hears()


async def test_whoever_begins_something_else_is_told_too(office: Office) -> None:
    mai = office.mai
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.says("/sua")
    assert NOT_SENT in mai.hears()

    await mai.says("/hoi")
    await mai.says("huỷ")
    heard = mai.hears()
    assert "Đã huỷ. Chưa có gì được gửi đi." in heard
    assert NOT_SENT not in heard, "cancelling says so itself"


async def test_whoever_cancels_after_sending_is_not_told_that_nothing_was_sent(office: Office) -> None:
    mai = office.mai
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await mai.says("huỷ")
    heard = mai.hears()
    assert "Những gì bà/ông đã gửi vẫn được giữ nguyên." in heard
    assert "Chưa có gì được gửi đi" not in heard
    await mai.says("/cauhoi")
    assert "DL-2024-0001" in mai.hears()


async def test_a_picture_waiting_for_its_words_survives_a_look_at_the_calendar(office: Office) -> None:
    mai = office.mai
    await mai.says("/hoi")
    await mai.sends_photo(PNG)
    await mai.says("/lich")
    assert "1 ảnh" in mai.hears()
    await mai.says("/menu")
    assert NOT_SENT in mai.hears()


async def test_an_official_who_turns_to_another_question_hears_that_the_answer_was_not_sent(office: Office) -> None:
    first, second = await office.assigned(), await office.assigned("Đèn đường xóm 2 tắt đã hai tuần.")
    official = office.official
    await official.says("/hangdoi")
    await official.presses(first)
    await official.presses("Trả lời")
    await official.says("Xã sửa trong quý II.")
    await official.says("/hangdoi")
    assert "Xã sửa trong quý II." in official.hears()

    other = await office.question(second)
    await official.taps_code(f"reply.{other.id}")
    heard = official.hears()
    assert heard.index(NOT_SENT) < heard.index(second)
    assert await office.proposals(first) == []
