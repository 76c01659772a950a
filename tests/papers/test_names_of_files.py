"""What arrives in a chat is called what it is: a clerk with five files on a telephone opens the right one."""

import re
from urllib.parse import unquote

import pytest

from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from bot.media.own_copy import OwnCopyPress
from bot.media.posters import PosterPress
from intake.rules.message import CarriedFile, Message, numbered_files, pack_message, unpack_message
from intake.rules.outbox.letter import NewLetter, Priority
from tests.support.desk import desk_app, sit_down
from tests.support.files import photo
from tests.support.office import Office, open_office, person_named
from tests.support.stories import question_of
from tests.support.world import Phone, World
from wording.texts import Rendered, RenderedFile, render


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


def store_of(world: World) -> AttachmentStore:
    return AttachmentStore(world.data_dir / "attachments")


def names(phone: Phone) -> list[str]:
    """What the files that came are called, those by link among them."""
    found: list[str] = []
    for message in phone.news():
        found += message.names
        found += re.findall(r"📎 (.+) \(mở được trong 30 ngày\)", message.text)
    return found


@pytest.mark.contract
async def test_a_document_is_called_by_its_kind_its_meeting_and_the_day(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.secretary.taps_code(f"papermake.1.minutes.docx.{meeting.id}")
    assert names(office.secretary) == [
        "Biên bản hội nghị - Dự thảo lần 1 - Đối thoại tháng 4 năm 2024 - 25-04-2024.docx"
    ]
    await office.secretary.taps_code(f"papermake.1.speakers.pdf.{meeting.id}")
    read = "Danh sách đăng ký phát biểu - Đối thoại tháng 4 năm 2024 - 25-04-2024 - Bản đọc.pdf"
    assert names(office.secretary) == [read]
    await office.secretary.taps_code("papermake.1.quarter_report.docx.2024-Q1")
    [report] = names(office.secretary)
    assert report == "Báo cáo quý - Dự thảo lần 1 - quý I năm 2024 - thị trấn Di Lăng - 01-03-2024.docx"


async def test_a_numbered_document_bears_its_number_and_the_scan_says_what_it_is(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.secretary.taps_code(f"papermake.1.conclusion.docx.{meeting.id}")
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await office.secretary.presses("🔢 Cấp số")
    await office.secretary.presses("Hôm nay")
    await office.secretary.presses("Cấp số 1")
    numbered = "Thông báo kết luận - 01-TB-ĐU - Đối thoại tháng 4 năm 2024 - 25-04-2024"
    assert names(office.secretary) == [f"{numbered}.docx"]
    await office.secretary.presses("Nộp bản quét đã ký")
    await office.secretary.sends_photo(photo())
    await office.secretary.presses("📎 Tải bản đang lưu")
    final, scan = names(office.secretary)
    assert final == f"{numbered}.docx"
    assert scan == "Thông báo kết luận - 01-TB-ĐU - Đối thoại tháng 4 năm - 25-04-2024 - Bản quét.jpg"


async def test_charts_are_told_apart(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.assigned()
    await office.secretary.taps_code(f"figures.{meeting.unit_id}.2024")
    picture = "Bảng số liệu theo kỳ - năm 2024 - thị trấn Di Lăng - 01-03-2024"
    assert names(office.secretary) == [f"{picture} - 1.png", f"{picture} - 2.png"]


@pytest.mark.contract
async def test_a_copy_of_ones_own_data_says_nothing_of_whose_it_is(office: Office) -> None:
    office.world.store.copy_press = OwnCopyPress(store_of(office.world))
    await office.mai.sends_photo(photo(), "Đường vào xóm 3 hỏng.")
    await office.mai.presses("Gửi")
    await office.mai.says("/dulieu")
    called = {"Bản sao dữ liệu.docx", "Bản sao dữ liệu.json", "Tệp 1.jpg"}
    by_link = {"Bản sao dữ liệu"}
    assert called - {"Bản sao dữ liệu.json"} <= set(names(office.mai)) <= called | by_link


@pytest.mark.contract
async def test_files_of_a_question_are_called_by_its_reference_and_of_a_sensitive_one_by_nothing(
    office: Office,
) -> None:
    await office.mai.sends_photo(photo(), "Đường vào xóm 3 hỏng.")
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    assert names(office.secretary) == ["DL-2024-0001 - Tệp 1.jpg"]
    async with office.world.store.unit() as uow:
        (await question_of(uow, "DL-2024-0001")).sensitive = True
        await uow.commit()
    await office.secretary.presses("Mở")
    assert names(office.secretary) == ["Tệp 1.jpg"]


async def test_a_poster_is_called_what_it_is(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    office.world.store.posters = PosterPress(store_of(office.world), ChatLinks(web="https://dl.example"))
    await office.secretary.taps_code(f"poster.{meeting.id}")
    [poster] = names(office.secretary)
    assert poster == "Áp phích - Đối thoại tháng 4 năm 2024 - 25-04-2024.png"


@pytest.mark.contract
async def test_a_letter_written_before_files_had_names_still_arrives(office: Office) -> None:
    """An update finds letters in the outbox that name their files by content alone."""
    digest = store_of(office.world).save(photo()).sha256
    written = pack_message(Message("start.name"))
    written["attachments"] = [digest]
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        [account] = await uow.accounts.all_of(mai.id)
        await uow.letters.add(NewLetter(account.id, mai.id, Priority.REPLY, written, uow.now, uow.now))
        await uow.commit()
    await office.world.settle()
    [message] = [one for one in office.mai.news() if one.attachments]
    assert message.attachments == (digest,)
    assert message.names in ((f"{digest[:8]}.jpg",), ("",))


async def test_the_desk_calls_a_document_what_the_chat_calls_it(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    desk = await sit_down(desk_app(office.world), office.secretary)
    for asked, called in (
        (
            f"tep?plan=1&kind=minutes&about={meeting.id}&dang=docx",
            "Biên bản hội nghị - Đối thoại tháng 4 năm 2024 - 25-04-2024.docx",
        ),
        (
            "tep?plan=1&kind=document_register&about=&dang=xlsx",
            "Sổ đăng ký văn bản - thị trấn Di Lăng - 01-03-2024.xlsx",
        ),
        ("mau/tep?plan=1&kind=minutes", "Mẫu - Biên bản hội nghị.docx"),
    ):
        answer = await desk.client.get(f"/ban-lam-viec/so-van-ban/{asked}")
        assert unquote(answer.headers["content-disposition"]) == f"attachment; filename*=utf-8''{called}"


def test_a_name_comes_back_from_the_outbox_and_is_put_into_the_readers_words() -> None:
    carried = (CarriedFile("ab"), *numbered_files(["cd"], "DL-2024-0001"))
    message = unpack_message(pack_message(Message("start.name", attachments=carried)))
    assert message.attachments == carried
    assert render(message, "vi").attachments == (RenderedFile("ab"), RenderedFile("cd", "DL-2024-0001 - Tệp 1"))
    assert render(message, "en") == Rendered(
        render(message, "en").text, (), (RenderedFile("ab"), RenderedFile("cd", "DL-2024-0001 - File 1"))
    )
