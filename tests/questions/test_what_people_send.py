"""Photos, recordings, documents, places, contact cards: taken for what they are, each said to have come."""

from pathlib import Path

import pytest

from handlers.engine.inbound_event import InboundKind, Media
from tests.support import telegram_updates as updates
from tests.support.lines import PlainLine
from tests.support.office import Office, open_office
from tests.support.telegram_line import TelegramLine
from tests.support.world import Phone, World, local, opened_world
from tests.support.zalo_line import ZaloLine, ZaloNumbersLine

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 64
ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
VOICE = Media("a" * 64, "audio/ogg", 5000, "voice.ogg")
PAPER = Media("b" * 64, "application/pdf", 9000, "Đơn kiến nghị xóm 3.pdf")


async def _sends(who: Phone, kind: InboundKind, **what: object) -> None:
    line = who.line
    assert isinstance(line, PlainLine)
    who.acts()
    await line.hear(who.address, kind, **what)
    await who.waits()


async def _speaks(phone: Phone, *more: Media) -> None:
    await _sends(phone, InboundKind.MEDIA, media=(VOICE, *more))


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def test_an_album_of_four_is_answered_once(tmp_path: Path) -> None:
    async with opened_world(tmp_path, TelegramLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
        line = world.line
        assert isinstance(line, TelegramLine)
        mai.acts()
        await line.album(mai.address, [JPEG + bytes([number]) for number in range(4)], caption=ROAD)
        await mai.waits()
        [shown] = mai.news()
        assert "– 4 ảnh" in shown.text
        assert ROAD in shown.text
        mai.acts()
        await line.album(mai.address, [JPEG + bytes([9 + number]) for number in range(4)])
        await mai.waits()
        assert mai.hears().count("Mỗi câu hỏi kèm tối đa 5 tệp.") == 1
        assert mai.hears().count("– 5 ảnh") == 1
        await mai.presses("Gửi")
        assert "DL-2024-0001" in mai.hears()


async def test_a_photo_alone_is_acknowledged_and_words_are_asked_for(office: Office) -> None:
    await office.mai.sends_photo(JPEG)
    assert "Đã nhận:\n– 1 ảnh" in office.mai.hears()
    assert not office.mai.sees_button("Gửi")
    await office.mai.says(ROAD)
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    assert "Tệp gửi kèm:\n– 1 ảnh" in office.secretary.hears()


async def test_a_document_keeps_its_name_for_the_office(office: Office) -> None:
    await _sends(office.mai, InboundKind.MEDIA, media=(PAPER,), text=ROAD)
    assert "– Đơn kiến nghị xóm 3.pdf" in office.mai.hears()
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    assert "– Đơn kiến nghị xóm 3.pdf" in office.secretary.hears()


async def test_who_only_speaks_asks_a_question_that_the_office_writes_down(office: Office) -> None:
    mai, secretary = office.mai, office.secretary
    await _speaks(mai)
    assert "– 1 ghi âm" in mai.hears()
    assert "văn phòng sẽ nghe và ghi lại thành chữ" in mai.hears()
    await mai.presses("Gửi")
    assert "DL-2024-0001 (“🎤 Câu hỏi bằng ghi âm”)" in mai.hears()

    await secretary.presses("Mở")
    assert VOICE.sha256 in secretary.news()[-1].attachments
    await secretary.presses("✍️ Ghi lại lời ghi âm")
    await secretary.says(ROAD)
    assert ROAD in secretary.hears()
    await secretary.presses("Gửi")
    assert f"ghi lại:\n\n{ROAD}" in mai.hears()
    question = await office.question("DL-2024-0001")
    assert (question.text, question.original_text) == (ROAD, "🎤 Câu hỏi bằng ghi âm")
    await mai.says("/trangthai DL-2024-0001")
    assert ROAD in mai.hears()
    await secretary.says("/phanloai")
    await secretary.presses("DL-2024-0001")
    assert VOICE.sha256 in secretary.news()[-1].attachments, "the recording stays"


async def test_what_was_spoken_beside_the_words_is_written_below_them(office: Office) -> None:
    await office.mai.says(ROAD)
    await _speaks(office.mai)
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses("Cán bộ, công chức chuyên môn thị trấn")
    await office.official.presses("Mở")
    await office.official.presses("✍️ Ghi lại lời ghi âm")
    await office.official.says("Xe cứu thương cũng không vào được.")
    await office.official.presses("Gửi")
    assert (await office.question("DL-2024-0001")).text == f"{ROAD}\n🎤 Xe cứu thương cũng không vào được."


async def test_only_the_office_of_the_question_writes_down_and_only_what_was_spoken(office: Office) -> None:
    await _speaks(office.mai)
    await office.mai.presses("Gửi")
    for other in (office.mai, office.other, office.chair):
        await other.taps_code("written.1")
        assert "Không tìm thấy" in other.hears()
    await office.mai.says(ROAD)
    await office.mai.presses("Gửi")
    await office.secretary.taps_code("written.2")
    assert "Không tìm thấy" in office.secretary.hears()
    await office.secretary.taps_code("written.1")
    await office.secretary.says("...")
    assert "Xin nhập nội dung bằng chữ" in office.secretary.hears()


async def test_nothing_is_written_down_of_what_is_done_with(office: Office) -> None:
    await _speaks(office.mai)
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    button = office.secretary.button("✍️ Ghi lại lời ghi âm")
    await office.secretary.presses("Ngoài nội dung")
    await office.secretary.says("Không thuộc thị trấn.")
    await office.secretary.says("Xin hỏi huyện.")
    await office.secretary.presses("Gửi")
    await office.secretary.taps_code(button)
    assert not office.secretary.sees_button("Gửi")


async def test_a_step_that_reads_words_says_so_to_who_speaks(plain_world: World) -> None:
    mai = plain_world.phone()
    await mai.says("/start h-DL-hang-gon")
    await mai.presses("Đồng ý")
    await _speaks(mai)
    assert "bước này chỉ đọc được chữ" in mai.hears()


async def test_what_a_stranger_spoke_and_wrote_is_not_lost_while_they_become_known(plain_world: World) -> None:
    mai = plain_world.phone()
    await _speaks(mai)
    await mai.says("Đường xóm 3 hỏng rồi.")
    await mai.says("Khi nào sửa?")
    await mai.presses("Đồng ý")
    await mai.presses("TDP Hàng Gòn")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")
    assert "Đường xóm 3 hỏng rồi.\nKhi nào sửa?" in mai.hears()
    assert "– 1 ghi âm" in mai.hears()


@pytest.mark.parametrize(("media", "button"), [(VOICE, True), (PAPER, False)])
async def test_a_stranger_who_sent_only_a_file_goes_on_with_it(plain_world: World, media: Media, button: bool) -> None:
    mai = plain_world.phone()
    await mai.says("/start h-DL-hang-gon")
    await _sends(mai, InboundKind.MEDIA, media=(media,))
    await mai.presses("Đồng ý")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")
    assert mai.sees_button("Gửi") is button


async def test_a_place_alone_is_no_question_but_comes_along(office: Office) -> None:
    await _sends(office.mai, InboundKind.LOCATION, text="15.051234, 108.500000")
    assert "Đã nhận:\n📍 Vị trí: 15.051234, 108.500000" in office.mai.hears()
    assert not office.mai.sees_button("Gửi")
    await office.mai.says(ROAD)
    assert "📍 Vị trí: 15.051234, 108.500000" in office.mai.hears()
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    assert f"{ROAD}\n📍 Vị trí: 15.051234, 108.500000" in office.secretary.hears()


async def test_a_contact_card_says_a_name_and_a_number(office: Office) -> None:
    await office.mai.says("/hoi")
    await _sends(office.mai, InboundKind.CONTACT, text="Thợ điện Hùng", phone="0912345678")
    assert "Danh thiếp: Thợ điện Hùng, 0912345678" in office.mai.hears()
    await office.mai.says(ROAD)
    await _sends(office.mai, InboundKind.CONTACT, text="0912345679", phone="0912345679")
    assert "Danh thiếp: 0912345679\n" in office.mai.hears()
    await _sends(office.mai, InboundKind.CONTACT, phone="+84905111222", proven=True)
    assert "905111222" not in office.mai.hears(), "the own number is nothing to be written into a question"


@pytest.mark.parametrize("kind", [TelegramLine, ZaloLine, ZaloNumbersLine])
async def test_a_sticker_is_a_nod_and_neither_a_file_nor_a_question(
    tmp_path: Path, kind: type[TelegramLine | ZaloLine]
) -> None:
    """Many send one for thanks; that a file of its kind is not taken is nothing to tell them."""
    async with opened_world(tmp_path, kind, local(2024, 3, 1), plan="di-lang-2024") as world:
        mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
        await _sends_sticker(mai)
        assert mai.hears().startswith("Vâng. Khi cần hỏi hay phản ánh điều gì")

        await mai.says("/hoi")
        await mai.says(ROAD)
        await _sends_sticker(mai)
        heard = mai.hears()
        assert "Câu hỏi này chưa được gửi đi" in heard
        assert f"{ROAD}\n\n" in heard, "nothing was added to the question"
        assert "tệp" not in heard


async def _sends_sticker(phone: Phone) -> None:
    phone.acts()
    line = phone.line
    if isinstance(line, TelegramLine):
        sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
        whole = {**sticker, "is_animated": False, "is_video": False}
        await line.deliver(updates.message(line.next_id(), phone.address, sticker=whole))
    elif isinstance(line, ZaloLine):
        line.running.people.sends_sticker(line.phone(phone.address))
        await line.bring()
    await phone.waits()


async def test_a_file_where_a_button_is_awaited_is_said_not_to_have_been_taken(office: Office) -> None:
    reference = await office.assigned(ROAD)
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa xong trước ngày 20/4/2024.")
    await office.official.sends_photo(JPEG, "ảnh hiện trường")
    heard = office.official.hears()
    assert "vừa gửi không nhận được ở bước này" in heard
    assert "Gửi chủ trì duyệt?" in heard, "and the answer stands as it was"
    await office.official.says("ừ")
    assert "vừa gửi không nhận được" not in office.official.hears()
