"""What is sent sealed, on the phone it is sent from and on any other: its buttons, its code, what is said to stay."""

import re

import pytest

from intake.rules.people.person import Role
from tests.support.office import Office, open_office
from tests.support.world import Phone, World

DENOUNCES = "Tôi tố cáo ông Lê Văn Tèo nhận tiền ở quán Gió Chiều"
SEALS = "Gửi kín cho người phụ trách"
FORGETS = "Đã ghi mã, xoá khỏi đây"


async def open_with_store(world: World) -> Office:
    """Lê Thị Hoa, an official, is the named officer."""
    office = await open_office(world)
    await office.seals(Role.OFFICIAL)
    await world.settle()
    return office


async def is_offered_to_seal(phone: Phone, words: str = DENOUNCES) -> str:
    await phone.says("/hoi")
    await phone.says(words)
    await phone.presses("Tố cáo")
    return phone.hears()


async def denounces(phone: Phone) -> str:
    await is_offered_to_seal(phone)
    await phone.presses(SEALS)
    found = re.search(r"KIN-[A-Z0-9]{10}", phone.hears())
    assert found is not None
    return found[0]


@pytest.mark.contract
async def test_a_denunciation_is_sealed_with_the_buttons_it_is_offered_with(world: World) -> None:
    """Of these messages nothing is kept, not even their buttons: a press has to count all the same."""
    office = await open_with_store(world)
    code = await denounces(office.mai)
    await office.mai.presses(FORGETS)
    assert "câu hỏi" not in office.mai.hears(), "nothing becomes a question"
    await office.mai.says(code)
    assert "Đã nhận. Người phụ trách đang giữ" in office.mai.hears()
    await office.mai.presses("Viết thêm, gửi thêm tệp")
    await office.mai.says("Ông ấy còn nhận của bà Sáu")
    assert "Đã niêm phong, gửi người phụ trách" in office.mai.hears()
    await office.mai.presses("Xong")
    assert "Những gì bà/ông đã gửi hoặc đã ghi vẫn được giữ nguyên." in office.mai.hears()
    await office.mai.says(code)
    await office.mai.says("huỷ")
    assert "Chưa có gì được gửi đi" not in office.mai.hears(), "it was sent, and nobody is to doubt it"
    await office.mai.says(code)
    await office.mai.presses(FORGETS)
    await office.secretary.says("/phanloai")
    assert "chờ phân loại (" not in office.secretary.hears()


@pytest.mark.contract
async def test_the_code_is_read_on_a_phone_that_has_only_just_begun(world: World) -> None:
    """A chat on Telegram begins with `/start`, one on Zalo by following: the consent card stands there already."""
    office = await open_with_store(world)
    code = await denounces(office.mai)
    borrowed = world.phone()
    await borrowed.says("/start")
    assert "Bà/ông có đồng ý không?" in borrowed.hears()
    await borrowed.says(code)
    assert "Đã nhận. Người phụ trách đang giữ" in borrowed.hears()
    await borrowed.says("KIN-AAAAAAAAAA")
    assert "Không có mã này" in borrowed.hears()
    await borrowed.says("/start")
    await borrowed.says("KIN-AAAAAAAAAA")
    heard = borrowed.hears()
    assert "Không có mã này" in heard
    assert "Bà/ông có đồng ý không?" in heard, "a wrong code ends nothing"


async def test_the_code_never_becomes_the_words_of_a_question(world: World) -> None:
    office = await open_with_store(world)
    code = await denounces(office.mai)
    await office.mai.says("/hoi")
    await office.mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    assert office.mai.sees_button("Gửi")
    await office.mai.says(code)
    heard = office.mai.hears()
    assert "chưa được gửi đi" in heard, "what was being written was not sent, and is told so"
    assert "Người phụ trách đang giữ" in heard
    await office.mai.says("/menu")
    await office.mai.says("/hoi")
    await office.mai.says(code.lower())
    assert "Người phụ trách đang giữ" in office.mai.hears()


async def test_an_offer_to_seal_that_stands_further_up_seals_nothing_else(world: World) -> None:
    office = await open_with_store(world)
    await is_offered_to_seal(office.mai)
    old = office.mai.button(SEALS)
    await office.mai.presses("Không gửi, xoá nội dung")
    await is_offered_to_seal(office.mai, "Tôi tố cáo bà Phan Thị Mùi ăn chặn tiền hỗ trợ lũ lụt")
    await office.mai.taps_code(old)
    heard = office.mai.hears()
    assert "KIN-" not in heard
    assert "thuộc một tin nhắn cũ" in heard


STAYS = {
    "telegram": "Tin đã nhắn trên Telegram vẫn nằm trong máy, xin tự xoá.",
    "webchat": "Nếu dùng chung máy, xin gõ /dangxuat khi xong.",
    "zalo": "ai quản lý tài khoản Zalo này thì vẫn đọc được",
}


@pytest.mark.contract
async def test_it_is_said_what_stays_on_this_very_network(world: World) -> None:
    """On Zalo whoever manages the Official Account reads along in OA Manager, whatever is deleted here."""
    office = await open_with_store(world)
    stays = STAYS[world.line.network]
    offered = await is_offered_to_seal(office.mai)
    assert "Bản niêm phong không ai khác mở được" in offered
    assert stays in offered
    await office.mai.presses(SEALS)
    assert stays in office.mai.hears()
    await office.mai.presses(FORGETS)
    assert stays in office.mai.hears()
    await is_offered_to_seal(office.mai)
    await office.mai.presses("Không gửi, xoá nội dung")
    assert stays in office.mai.hears()

    await office.mai.says("/hoi")
    await office.mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await office.mai.presses("🔒 Gửi kín")
    promised = office.mai.hears()
    assert "chỉ thư ký và chủ trì biết ai gửi" in promised
    assert ("Riêng ai quản lý tài khoản Zalo này" in promised) == (world.line.network == "zalo")


async def test_whoever_takes_up_the_phone_later_reads_nothing_of_it(plain_world: World) -> None:
    """What a code had opened has closed, and the next word, or a tap further up, is heard for itself."""
    office = await open_with_store(plain_world)
    await is_offered_to_seal(office.mai)
    further_up = office.mai.button(SEALS)
    await office.mai.says("huỷ")
    code = await denounces(office.mai)
    await office.mai.says(code)
    await office.mai.says("lịch")
    assert "Người phụ trách đang giữ" not in office.mai.reads(), "a command leads out"
    await office.mai.says(code)
    plain_world.clock.move(minutes=50)
    await office.mai.says("xin chào")
    assert "Người phụ trách đang giữ" in office.mai.reads()
    plain_world.clock.move(minutes=70)
    await office.mai.says("xin chào")
    assert "phụ trách" not in office.mai.reads()
    await office.mai.says(code)
    plain_world.clock.move(minutes=70)
    await office.mai.taps_code(further_up)
    heard = office.mai.reads()
    assert "thuộc một tin nhắn cũ" in heard
    assert "phụ trách" not in heard
    await office.mai.says(code)
    await office.mai.presses("Viết thêm, gửi thêm tệp")
    plain_world.clock.move(hours=3)
    await office.mai.says("Ông ấy còn nhận của bà Sáu")
    assert "Đã niêm phong, gửi người phụ trách" in office.mai.reads(), "words for it are awaited longer"
