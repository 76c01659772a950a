"""Whoever accuses somebody is not laid before them, and what is said to be deleted is (LAW C4, C5; R026, R126)."""

import tarfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.ops.backup import back_up
from bot.settings import Settings
from handlers.wiring import conversation_table
from intake.rules.people.person import Role
from intake.rules.questions.question import Question
from tests.support.office import DESK, Office, open_office
from tests.support.world import World

ACCUSES = "Ông cán bộ địa chính vòi vĩnh tiền khi tôi làm sổ đỏ"


async def only_question(world: World) -> Question:
    async with world.store.reading() as uow:
        return (await uow.session.scalars(sa.select(Question))).one()


@pytest.fixture
async def office(plain_world: World) -> Office:
    opened = await open_office(plain_world)
    await opened.invites()
    return opened


async def test_an_accusation_is_asked_about_sent_sealed_and_never_proposed_to_the_accused(office: Office) -> None:
    await office.mai.says(ACCUSES)
    assert "hỏi, kiến nghị, khiếu nại một quyết định, hay tố cáo" in office.mai.hears()
    await office.mai.presses("Phản ánh về cán bộ, gửi kín")
    assert "chỉ thư ký và chủ trì biết ai gửi" in office.mai.hears()
    await office.mai.presses("Gửi")
    assert "Đã nhận, mã DL-2024-0001." in office.mai.hears(), "the phone may be a family's: no words repeated"
    assert (await only_question(office.world)).sensitive

    await office.secretary.presses("Mở")
    heard = office.secretary.hears()
    assert "🔒 Gửi kín" in heard
    assert "Nguyễn Thị Mai" in heard
    assert not office.secretary.sees_button(f"Giao {DESK}"), "not the desk the words speak of"
    assert office.secretary.sees_button("Giao Bộ phận Kiểm tra - Tuyên giáo - Dân vận Đảng ủy")
    await office.secretary.presses("Giao Bộ phận Kiểm tra - Tuyên giáo - Dân vận Đảng ủy")
    await office.other.presses("Mở")
    heard = office.other.hears()
    assert ACCUSES in heard
    assert "Nguyễn Thị Mai" not in heard
    assert "Hàng Gòn" not in heard, "the desk sees the matter, not the person"


@pytest.mark.parametrize("way", ["Giao bộ phận", "Chờ buổi đối thoại"])
async def test_a_sealed_question_stays_so_whichever_way_it_goes(office: Office, way: str) -> None:
    if way == "Chờ buổi đối thoại":
        await office.fixed_meeting("DL-hang-gon")
    await office.mai.says("/hoi")
    await office.mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Không gửi kín")
    assert "chỉ thư ký" not in office.mai.hears()
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    await office.secretary.presses(way)
    if way == "Giao bộ phận":
        await office.secretary.presses(DESK)

    assert (await only_question(office.world)).sensitive


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Cháy nhà ở xóm 4 rồi, cứu với", "114"),
        ("chay nha o xom 4 roi cuu voi", "114"),
        ("con ko muon song nua", "115"),
        ("Chồng em lại say, ổng đang đánh em, em trốn trong buồng", "113"),
    ],
)
async def test_whoever_is_in_danger_reads_the_numbers_before_anything_else(
    office: Office, text: str, number: str
) -> None:
    await office.mai.says(text)

    first = office.mai.news()[0].text
    assert number in first
    assert "xin gọi ngay" in first


async def test_of_a_denunciation_nothing_is_kept_anywhere(world: World) -> None:
    """In the database with its log, among the files, on the page, in a backup: the words are nowhere."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    photo = b"\xff\xd8\xff\xe0" + b"phong bi trong ngan keo " * 40
    await mai.says("/hoi")
    await mai.says("Tôi tố cáo ông Lê Văn Tèo nhận tiền ở quán Gió Chiều")
    await mai.sends_photo(photo, "Ảnh chụp ở quán Gió Chiều")
    await mai.presses("Tố cáo")
    assert "đã được xoá, không lưu lại" in mai.hears()
    await world.settle()
    await world.store.engine.dispose()
    folder = world.data_dir
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'test.sqlite3'}")
    back_up(settings, folder / "backup.tar", lambda files: files)
    with tarfile.open(folder / "backup.tar") as backup:
        backup.extractall(folder / "unpacked", filter="data")

    for name, content in _kept(world.data_dir).items():
        for word in ("Gió Chiều", "Lê Văn Tèo", "Gi\\u00f3 Chi\\u1ec1u"):
            assert word.encode() not in content, name
        assert b"phong bi trong ngan keo" not in content, name


async def test_of_a_refused_consent_nothing_is_kept_either(world: World) -> None:
    stranger = world.phone()
    await stranger.says("Tôi là Bùi Thị Khuyên, cho tôi hỏi về đất vườn")
    await stranger.presses("Không đồng ý")
    assert "không lưu gì về bà/ông" in stranger.hears()
    await world.settle()
    await world.store.engine.dispose()

    for name, content in _kept(world.data_dir).items():
        assert b"Khuy" not in content, name


def _kept(folder: Path) -> dict[str, bytes]:
    """Everything that lies in a data folder."""
    found = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found, "the database is there"
    return found


async def test_what_somebody_registers_to_speak_about_is_sealed_as_a_question_of_its_own(office: Office) -> None:
    """Contents of registrations stand in lists that hamlet heads and many others read."""
    await office.fixed_meeting("DL-hang-gon")
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says(ACCUSES)
    await office.mai.presses("Phản ánh về cán bộ, gửi kín")
    heard = office.mai.hears()
    assert "Việc đăng ký chưa xong" in heard
    assert "chỉ thư ký và chủ trì biết ai gửi" in heard
    await office.mai.presses("Gửi")
    question = await only_question(office.world)
    assert question.sensitive
    assert question.text == ACCUSES
    await office.secretary.says("/danhsach")
    assert ACCUSES not in office.secretary.hears()


async def test_what_is_added_to_a_question_may_seal_it(office: Office) -> None:
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Hỏi lại")
    await office.official.says("Ở đoạn nào?")
    await office.official.presses("Gửi")
    await office.mai.presses("Trả lời")
    await office.mai.says(ACCUSES)
    await office.mai.presses("Phản ánh về cán bộ, gửi kín")
    assert "🔒 Gửi kín" in office.mai.hears()
    await office.mai.presses("Gửi")

    question = await office.question(reference)
    assert question.sensitive
    assert question.sealed_by_asker
    await office.official.taps_code(f"queue.{question.id}")
    assert ACCUSES not in office.official.hears(), "the desk is named, and has it no more"


async def test_lists_say_nothing_of_what_is_sealed(office: Office) -> None:
    await office.mai.says("/hoi")
    await office.mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    await office.secretary.says("/phanloai")

    assert "DL-2024-0001" in office.secretary.hears()
    assert "xóm 3" not in office.secretary.hears()


async def test_no_way_offers_a_sealed_question_to_the_public(office: Office) -> None:
    """Heard, answered and concluded in a meeting: neighbours, heads and the radio find none of its words anywhere."""
    await office.fixed_meeting("DL-hang-gon")
    await office.mai.says("/hoi")
    await office.mai.says("Đường ra suối Nước Lạnh hỏng từ tháng 5, khi nào sửa?")
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    question = await only_question(office.world)
    others = [
        await office.world.resident("DL-hang-gon", "Đinh Thị Hàng Xóm"),
        await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Trưởng"),
        await office.world.staff(Role.BROADCASTER, "DL", "Đinh Văn Loa"),
    ]
    await office.opened()
    await office.secretary.taps_code(f"roomanswer.{question.id}")
    await office.secretary.says("Xã sửa trong quý II.")
    await office.secretary.presses("Gửi")
    await office.closed()
    for code in (f"publish.{question.id}", f"triage.{question.id}"):
        await office.secretary.taps_code(code)
        assert not office.secretary.sees_button("🌐 Đăng công khai")
        assert not office.secretary.sees_button("Giữ nguyên lời")
    numbers = {question.id, question.meeting_id}
    table = conversation_table()
    for phone in others:
        for command in table.commands:
            if command not in {"xoa", "huy", "start"}:
                await phone.says(f"/{command}")
                assert "Nước Lạnh" not in phone.reads(), command
        for heard in await phone.taps_codes([f"{verb}.{number}" for verb in table.choices for number in numbers]):
            assert "Nước Lạnh" not in heard


async def test_whoever_sent_something_sealed_reads_later_that_it_is(office: Office) -> None:
    sealed = "🔒 Gửi kín: không chuyển cho người bị nêu, không đăng công khai"
    await office.mai.says(ACCUSES)
    await office.mai.presses("Phản ánh về cán bộ, gửi kín")
    await office.mai.presses("Gửi")
    await office.mai.says("/trangthai DL-2024-0001")
    assert sealed in office.mai.hears()

    await office.mai.says("/hoi")
    await office.mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await office.mai.presses("Gửi")
    await office.mai.says("/trangthai DL-2024-0002")
    assert sealed not in office.mai.hears()
