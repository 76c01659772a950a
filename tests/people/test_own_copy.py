"""A copy of one's own data as files: complete, on every network, gone with the person and after a while (LAW C5)."""

import json
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document

from bot.media.attachments import AttachmentStore
from bot.media.own_copy import OwnCopyPress, as_document, as_json
from intake.actions.outbox.tell import tell
from intake.rules.meetings.show_of_hands import Hand, ShowOfHands
from intake.rules.message import Message
from intake.rules.people.block import Block
from intake.rules.people.deputy import Deputy
from intake.rules.people.person import Role
from intake.rules.questions.answer_draft import AnswerDraft
from intake.rules.questions.saved_view import SavedView
from storage import tables as t
from tests.support.office import open_office, person_named
from tests.support.stories import answer, neighbour_asks, planned_meeting, question_of
from tests.support.world import Phone, World
from wording.own_copy import own_copy

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
NAME = "Nguyễn Thị Mai"
PHOTO = b"\xff\xd8\xff\xe0 a picture"


def keeps_files(world: World) -> AttachmentStore:
    store = AttachmentStore(world.data_dir / "attachments")
    world.store.copy_press = OwnCopyPress(store)
    return store


async def copies(world: World, name: str = NAME) -> tuple[str, dict[str, Any]]:
    """The words of the document and the facts of the JSON file that were made last for somebody."""
    files = AttachmentStore(world.data_dir / "attachments")
    async with world.store.reading() as uow:
        person = await person_named(uow, name)
        copy = (await uow.session.execute(_made_for(person.id))).all()[-1]
    document = Document(BytesIO(files.read(copy.document_sha256)))
    facts = json.loads(files.read(copy.json_sha256))
    return "\n".join(paragraph.text for paragraph in document.paragraphs), facts


def _made_for(person_id: int) -> Any:
    return sa.select(t.data_copies).where(t.data_copies.c.person_id == person_id).order_by(t.data_copies.c.id)


async def with_data(world: World) -> Phone:
    phone = world.phone()
    await phone.says("/start h-DL-hang-gon")
    await phone.presses("Đồng ý")
    await phone.says(NAME)
    await phone.says("0912 345 678")
    await planned_meeting(world, "DL-hang-gon")
    await phone.says("/hoi")
    await phone.sends_photo(PHOTO, ROAD)
    await phone.presses("Gửi")
    await phone.says("/dangky")
    await phone.presses("Phát biểu")
    await phone.says("Rác thải ở chợ")
    await phone.presses("Gửi")
    return phone


@pytest.mark.contract
async def test_all_of_it_comes_as_a_document_and_as_json_on_every_network(world: World) -> None:
    keeps_files(world)
    mai = await with_data(world)
    await answer(world, "DL-2024-0001", "Xã sửa trong quý II.")
    await mai.says("/dulieu")
    assert "một tệp để đọc, một tệp cho máy tính" in mai.hears()
    on_the_web = world.line.network == "webchat"
    assert ("/lienket" in mai.hears()) != on_the_web, "whoever gets no files here reads where they do"

    words, facts = await copies(world)
    for told in (NAME, "TDP Hàng Gòn", "+84912345678", ROAD, "Xã sửa trong quý II.", "Rác thải ở chợ", "2026-12"):
        assert told in words, told
        assert told in json.dumps(facts, ensure_ascii=False), told
    assert facts["person"][0]["phone"] == "+84912345678"
    assert facts["questions"][0]["reference"] == "DL-2024-0001"
    assert facts["questions"][0]["at"].endswith("+07:00")
    assert ("chat_lines" in facts) is (world.line.network == "webchat")


async def test_what_waits_what_was_held_and_who_looked_is_in_it(world: World) -> None:
    keeps_files(world)
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/hoi")
    await mai.says("Cán bộ địa chính vòi tiền gia đình tôi.")
    await mai.presses("Phản ánh về cán bộ, gửi kín")
    await mai.presses("Gửi")
    await secretary.presses("Mở")
    await mai.says("/yeucau")
    await mai.says("Xin không nêu tên tôi.")
    await mai.presses("Gửi")
    await mai.says("/sua")
    async with world.store.unit() as uow:
        person, thu = await person_named(uow, NAME), await person_named(uow, "Lê Thị Thu")
        unit = (await uow.places.roots())[0]
        await uow.people.add_block(Block(person.id, unit.id, "Gửi dồn dập", thu.id, uow.now, uow.now))
        await tell(uow, [person.id], Message("erase.done"))
        await uow.commit()
        found = await own_copy(uow, person)
    assert [one["name"] for one in found["readings"]] == ["Lê Thị Thu"]
    assert [one["text"] for one in found["requests"]] == ["Xin không nêu tên tôi."]
    assert [one["reason"] for one in found["blocks"]] == ["Gửi dồn dập"]
    assert "letters" in found

    await secretary.says("/dulieu")
    _, facts = await copies(world, "Lê Thị Thu")
    assert facts["roles"][0]["role"] == "thư ký"


async def test_the_copy_of_a_hamlet_head_holds_nobody_elses_words(world: World) -> None:
    keeps_files(world)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Hồ Văn Tổ")
    await neighbour_asks(world, ROAD)
    await head.says("/dulieu")
    words, facts = await copies(world, "Hồ Văn Tổ")
    assert [one["reference"] for one in facts["typed_for_others"]] == ["DL-2024-0001"]
    assert ROAD not in words


async def test_the_files_go_with_the_person_at_once(world: World) -> None:
    keeps_files(world)
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/dulieu")
    folder = world.data_dir / "attachments"
    assert [path for path in folder.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
    await mai.says("/xoa")
    await mai.presses("Xoá")
    assert not [path for path in folder.rglob("*") if path.is_file()], "the document as well, which is packed"


def test_signs_that_no_document_takes_are_left_out_and_kept_in_json() -> None:
    sections = {"questions": [{"text": "a\x0bb", "number": 3}]}
    words = "\n".join(one.text for one in Document(BytesIO(as_document("Bản sao", sections, "vi"))).paragraphs)
    assert "ab" in words
    assert json.loads(as_json(sections, "vi")) == {"questions": [{"text": "a\x0bb", "number": 3}]}


async def test_whoever_works_at_the_desk_finds_their_work_in_it_too(plain_world: World) -> None:
    """Drafts, lists, what is half typed, a raised hand, approving for a chair, each deed: in chat and files."""
    world = plain_world
    keeps_files(world)
    office = await open_office(world)
    reference = await office.assigned()
    meeting = await office.fixed_meeting()
    async with world.store.unit() as uow:
        hoa, chair = await person_named(uow, "Lê Thị Hoa"), await person_named(uow, "Đinh Văn Chủ")
        question = await question_of(uow, reference)
        await uow.drafts.keep(AnswerDraft(question.id, hoa.id, "Dự thảo: sửa tháng 6", uow.now))
        await uow.saved_views.add(SavedView(hoa.id, "Việc gấp của tôi", "trang-thai=qua-han"))
        day = uow.today
        await uow.deputies.add(Deputy(question.unit_id, chair.id, hoa.id, day, day, uow.now))
        hands = await uow.hands.add(ShowOfHands(meeting.id, "Họp buổi sáng hay chiều?", ["Sáng", "Chiều"], uow.now))
        await uow.hands.put(Hand(hands.id, hoa.id, 1, uow.now))
        await uow.commit()
    await office.official.says("/dulieu")
    told = office.official.hears()
    words, facts = await copies(world, "Lê Thị Hoa")

    for said in ("sửa tháng 6", "Việc gấp của tôi", "Chiều", "Đinh Văn Chủ"):
        assert said in told, said
        assert said in words, said
        assert said in json.dumps(facts, ensure_ascii=False), said
    assert [one["reference"] for one in facts["drafts"]] == [reference]
    assert facts["deputies"][0]["kind"] == "bà/ông duyệt thay"
    await office.mai.says("/hoi")
    await office.mai.says("Nhà văn hoá thôn khoá cửa suốt")
    await office.mai.says("/dulieu")
    assert "Nhà văn hoá thôn khoá cửa suốt" in office.mai.hears()
    _, of_mai = await copies(world)
    assert "Nhà văn hoá thôn khoá cửa suốt" in of_mai["typing"][0]["text"]
    await office.chair.says("/dulieu")
    _, of_chair = await copies(world, "Đinh Văn Chủ")
    assert of_chair["deputies"][0]["kind"] == "bà/ông nhờ duyệt thay"
    await office.secretary.says("/dulieu")
    assert "Nhật ký việc bà/ông đã làm" in office.secretary.hears()
    _, of_secretary = await copies(world, "Trần Văn Thư")
    assert "Giao" in " ".join(one["deed"] for one in of_secretary["deeds"])
    assert {one["who"] for one in of_secretary["deeds"]} <= {"bà/ông", "người khác hoặc hệ thống"}


def test_of_very_many_things_each_is_a_line() -> None:
    sections = {"deeds": [{"at": f"ngày {number}", "deed": "Mở"} for number in range(300)]}
    paragraphs = [one.text for one in Document(BytesIO(as_document("Bản sao", sections, "vi"))).paragraphs]
    assert "Lúc: ngày 7; Việc: Mở" in paragraphs
