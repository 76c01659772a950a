"""Whoever asks to be erased is found nowhere in the data folder: not by name, not by number, not by their words."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.vault import KeyVault
from intake.actions.people.own_data import erase
from intake.actions.questions.drafts import keep_draft
from intake.rules.audit import AuditEntry
from intake.rules.people.person import Role
from storage import tables as t
from tests.support.office import open_office, person_named
from tests.support.stories import planned_meeting
from tests.support.tampering import verified
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world

NAME, CORRECTED = "Đặng Thị Khuê Mộc", "Đặng Thị Khuê Mộc Miên"
PHONE = ("+84912345678", "0912345678")
DRAFT = "bờ rào nhà ông Sáu Thượng lấn sang"
ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
PHOTO = b"\xff\xd8\xff\xe0" + b"hang rao lan sang " * 40


@pytest.fixture
async def web_chats(tmp_path: Path) -> AsyncIterator[World]:
    """A world whose chats are read again from the database: elsewhere what was said lies with the network alone."""
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        yield world


def kept(folder: Path) -> dict[str, bytes]:
    """Everything that lies in a data folder: database, its log, files."""
    found = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found, "the database is there"
    return found


def holding(folder: Path, words: str) -> list[str]:
    """The files in which words stand, as they are or as JSON writes them."""
    forms = {words.encode(), json.dumps(words)[1:-1].encode()}
    return [name for name, content in kept(folder).items() if any(form in content for form in forms)]


@pytest.mark.contract
async def test_name_number_and_words_are_nowhere_and_the_chain_of_the_audit_still_holds(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await planned_meeting(world, "DL-hang-gon")
    mai = world.phone()
    await mai.says("/start h-DL-hang-gon")
    await mai.presses("Đồng ý")
    await mai.says(NAME)
    await mai.says("0912 345 678")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await mai.says("/dangky")
    await mai.presses("Phát biểu")
    await mai.says("Rác thải ở chợ Bàu")
    await mai.presses("Gửi")
    await secretary.presses("Mở")
    assert NAME in secretary.hears(), "the office read who asked, and its own chat repeats it"
    await mai.says("/sua")
    await mai.presses("Họ tên")
    await mai.says(CORRECTED)
    assert "tin đã gửi đi trước đó vẫn ghi như cũ" in mai.hears()
    await mai.presses("Gửi")
    await mai.says("/sua")
    await mai.presses("Số điện thoại")
    await mai.says("0987 654 321")
    await mai.presses("Gửi")
    async with world.store.unit() as uow:
        [person] = [
            one for one in [await uow.people.get(number) for number in range(1, 9)] if one and one.name == CORRECTED
        ]
        taken_off = AuditEntry(uow.now, person.id, "take_off_roster", "registration:1")
        await uow.ledger.write(taken_off, words={"reason": f"{NAME} xin nghỉ"})
        await uow.commit()
    await mai.says("/hoi")
    await mai.says(DRAFT)
    await mai.sends_photo(PHOTO, "ảnh bờ rào")
    await mai.says("huỷ")
    await mai.says("/hoi")
    await mai.sends_photo(PHOTO, DRAFT)
    assert holding(world.data_dir, "hang rao lan sang")

    await mai.says("/xoa")
    assert "nhật ký" in mai.hears(), "what stays is said, and why"
    await mai.presses("Xoá")
    assert "Đã xoá dữ liệu" in mai.hears()
    await world.settle()
    await world.store.engine.dispose()

    for words in (NAME, CORRECTED, *PHONE, DRAFT, "Rác thải ở chợ Bàu"):
        assert holding(world.data_dir, words) == [], words
    if world.line.network == "webchat":  # elsewhere nothing names a file that was given up: it goes at night
        assert holding(world.data_dir, "hang rao lan sang") == []
    assert holding(world.data_dir, ROAD), "the question itself is part of the record"
    looked = await verified(world.store)
    assert (looked.found, looked.words_changed) == ((), ())


async def test_nobody_takes_words_of_every_day_or_of_another_out_of_what_was_said(web_chats: World) -> None:
    """Whoever calls themselves what a reason says, to have it gone, is only erased; nor is a longer name cut."""
    world = web_chats
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    mai = await world.resident("DL-hang-gon", NAME)
    async with world.store.unit() as uow:
        taken_off = AuditEntry(uow.now, (await person_named(uow, NAME)).id, "take_off_roster", "registration:1")
        await uow.ledger.write(taken_off, words={"reason": "Nhận tiền bồi thường thay người khác"})
        await uow.commit()
    world.clock.move(days=2)
    vandals = [await world.resident("DL-hang-gon", name) for name in ("tiền bồi thường", "Thị Khuê")]
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await secretary.presses("Mở")
    assert NAME in secretary.hears()
    assert (told := await telling(world, NAME))
    for one in vandals:
        await one.says("/xoa")
        await one.presses("Xoá")
        assert "Đã xoá dữ liệu" in one.hears()

    assert await telling(world, NAME) == told
    async with world.store.reading() as uow:
        [words] = [one for one in await uow.audit.every_words() if one.subject == "registration:1"]
    assert words.text == "Nhận tiền bồi thường thay người khác"


@pytest.mark.parametrize(("erased", "other"), [("Lê Hoa", "Lê Hoan"), ("Nguyễn Thị Ngọc", "Nguyễn Thị Ngọc Anh")])
async def test_a_name_goes_though_another_begins_with_it(web_chats: World, erased: str, other: str) -> None:
    """Whoever is called Nguyễn Thị Ngọc was found for ever where a Nguyễn Thị Ngọc Anh lives, whose name stays."""
    world = web_chats
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    gone, stays = [await world.resident("DL-hang-gon", name) for name in (erased, other)]
    for one in (gone, stays):
        await one.says("/hoi")
        await one.says(ROAD)
        await one.presses("Gửi")
        await secretary.presses("Mở")
    assert other in secretary.hears()
    both, theirs = await telling(world, erased), await telling(world, other)
    assert both > theirs
    await gone.says("/xoa")
    await gone.presses("Xoá")

    assert await telling(world, other) == theirs
    assert await telling(world, erased) == theirs, "as the beginning of the other name alone"


async def test_a_number_goes_where_letters_stand_close_to_it(web_chats: World) -> None:
    world = web_chats
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    mai, lan = await world.resident("DL-hang-gon", NAME), await world.resident("DL-hang-gon", "Trần Thị Lan")
    await mai.says("/sua")
    await mai.presses("Số điện thoại")
    await mai.says(PHONE[1])
    await mai.presses("Gửi")
    await lan.says("/hoi")
    await lan.says(f"{ROAD} Hỏi bà Khuê sđt{PHONE[1]}nhé")
    await lan.presses("Gửi")
    await secretary.presses("Mở")
    assert await telling(world, PHONE[1])
    await mai.says("/xoa")
    await mai.presses("Xoá")

    assert not await telling(world, PHONE[1])


async def test_what_a_desk_and_the_room_wrote_of_a_question_names_its_asker_no_more(world: World) -> None:
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    async with world.store.unit() as uow:
        [question] = await uow.questions.of_person((await person_named(uow, NAME)).id)
        question.given_back = f"Địa chính: bà {NAME} đã gửi đơn riêng"
        question.room_reason = f"Bà {NAME} không dự"
        await uow.commit()
    await mai.says("/xoa")
    await mai.presses("Xoá")

    async with world.store.reading() as uow:
        question = await uow.questions.get(question.id)
    assert (question.given_back, question.room_reason) == ("Địa chính: bà … đã gửi đơn riêng", "Bà … không dự")


async def telling(world: World, words: str) -> int:
    """How many lines of web chats say something."""
    says = sa.cast(t.web_messages.c.said, sa.Text).contains(json.dumps(words)[1:-1], autoescape=True)
    async with world.store.reading() as uow:
        return int(await uow.session.scalar(sa.select(sa.func.count()).where(says)))


async def test_a_number_no_key_opens_any_more_is_erased_like_any_other(world: World) -> None:
    mai = await world.resident("DL-hang-gon", NAME)
    async with world.store.unit() as uow:
        person = await person_named(uow, NAME)
        person.phone_sealed = KeyVault("a key of an installation that was lost").seal(PHONE[0])
        await uow.commit()

    await mai.says("/xoa")
    await mai.presses("Xoá")

    assert "Đã xoá dữ liệu" in mai.hears()
    async with world.store.reading() as uow:
        erased = await uow.people.get(person.id)
        assert (erased.name, erased.phone_sealed) == ("", None)


async def test_who_has_the_same_name_keeps_it_in_what_others_were_told(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    first = await world.resident("DL-hang-gon", NAME)
    second = await world.resident("DL-hang-gon", NAME)
    for phone in (first, second):
        await phone.says("/hoi")
        await phone.says(ROAD)
        await phone.presses("Gửi")
    await secretary.presses("Mở")

    await first.says("/xoa")
    await first.presses("Xoá")

    await second.says("/dulieu")
    assert f"Tên: {NAME}" in second.hears()
    assert holding(world.data_dir, NAME)


async def test_what_is_being_written_at_the_desk_names_nobody_who_was_erased(plain_world: World) -> None:
    office = await open_office(plain_world)
    reference = await office.asked()
    async with plain_world.store.unit() as uow:
        question = await uow.questions.by_reference(reference)
        mai, official = await person_named(uow, "Nguyễn Thị Mai"), await person_named(uow, "Lê Thị Hoa")
        assert question is not None
        await keep_draft(uow, person=official, question=question, text="Thưa bà Nguyễn Thị Mai, xã sửa trong quý II.")
        await erase(uow, person=mai)
        [draft] = await uow.drafts.of_question(question.id)
        assert "Mai" not in draft.text
        assert "xã sửa trong quý II" in draft.text


async def test_a_question_the_office_entered_stays_when_who_typed_it_leaves(plain_world: World) -> None:
    office = await open_office(plain_world)
    second = await plain_world.staff(Role.SECRETARY, "DL", "Cao Thị Ghi")
    office.put_away()
    await second.says("/hoho")
    await second.says("thi mai")
    await second.presses("Nguyễn Thị Mai – TDP Hàng Gòn")
    await second.presses("Thư, giấy")
    await second.presses("Hôm nay")
    await second.says(ROAD)
    await second.presses("Gửi")
    await second.says("/xoa")
    await second.presses("Xoá")
    question = await office.question("DL-2024-0001")
    async with plain_world.store.reading() as uow:
        asker = await uow.people.get(question.asker_id)
        assert (question.text, asker.name) == (ROAD, "Nguyễn Thị Mai")
        assert (await uow.people.get(question.entered_by)).erased_at is not None
