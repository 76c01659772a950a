"""What is kept of somebody is handed out and erased alike on SQLite and PostgreSQL (LAW C5)."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.media.attachments import AttachmentStore
from bot.media.own_copy import OwnCopyPress
from intake.rules.people.person import Role
from storage import tables as t
from tests.support.office import person_named
from tests.support.stories import answer, planned_meeting
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world

NAME = "Đặng Thị Khuê Mộc"
PHONE = "0912345678"
ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
SPEECH = "Rác thải ở chợ Bàu"
DRAFT = "bờ rào nhà ông Sáu Thượng lấn sang"


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """On each kind of database, in the web chat: there what was said lies in the database too."""
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), url=database_url, plan="di-lang-2024") as opened:
        opened.store.copy_press = OwnCopyPress(AttachmentStore(opened.data_dir / "attachments"))
        yield opened


async def holding(world: World, words: str) -> list[str]:
    """The tables in which a row says these words, as they are or as JSON writes them."""
    forms = (words, json.dumps(words)[1:-1])
    found = []
    async with world.store.reading() as uow:
        for table in t.metadata.sorted_tables:
            texts = [sa.cast(one, sa.Text) for one in table.columns if not isinstance(one.type, sa.LargeBinary)]
            rows = (await uow.session.execute(sa.select(*texts))).all()
            if any(form in str(value) for row in rows for value in row for form in forms):
                found.append(table.name)
    return found


async def test_the_copy_holds_it_and_after_erasing_no_row_does(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await planned_meeting(world, "DL-hang-gon")
    mai = world.phone()
    for said in ("/start h-DL-hang-gon", NAME, "0912 345 678"):
        await mai.says(said)
        if said.startswith("/"):
            await mai.presses("Đồng ý")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await mai.says("/dangky")
    await mai.presses("Phát biểu")
    await mai.says(SPEECH)
    await mai.presses("Gửi")
    await secretary.presses("Mở")
    assert NAME in secretary.hears(), "the office's own chat repeats who asked"
    await answer(world, "DL-2024-0001", f"Xã sửa trong quý II, {NAME} nhé.")
    await mai.says("/hoi")
    await mai.says(DRAFT)

    await mai.says("/dulieu")
    async with world.store.reading() as uow:
        person = await person_named(uow, NAME)
        copies = t.data_copies.c
        name = await uow.session.scalar(sa.select(copies.json_sha256).where(copies.person_id == person.id))
    told = json.dumps(json.loads(AttachmentStore(world.data_dir / "attachments").read(str(name))), ensure_ascii=False)
    for words in (NAME, ROAD, SPEECH):
        assert words in told, words
    for words in (NAME, ROAD, SPEECH, DRAFT):
        assert await holding(world, words), words

    await mai.says("/xoa")
    await mai.presses("Xoá")
    assert "Đã xoá dữ liệu" in mai.hears()
    await world.settle()
    for words in (NAME, PHONE, "+84912345678", SPEECH, DRAFT):
        assert await holding(world, words) == [], words
    assert await holding(world, ROAD), "the question itself is part of the record"
