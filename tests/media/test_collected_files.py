"""Files that nothing names any more are removed at night; what a draft, a question, a line or a letter names stays."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks, KeptPictures
from bot.system_clock import system_now
from intake.actions.people.collect_files import GRACE
from intake.rules.message import CarriedFile, Message, pack_message
from intake.rules.people.person import Network, Role
from scheduler.retention import forget_files
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"


def picture(name: str) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\x64IDAT" + name.encode()


def digest(name: str) -> str:
    return sha256(picture(name)).hexdigest()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


def age(world: World, hours: float = GRACE / timedelta(hours=1) + 1) -> None:
    """Let every file there is have been sent so long ago."""
    then = system_now().timestamp() - hours * 3600
    for path in (world.data_dir / "attachments").rglob("*"):
        os.utime(path, (then, then))


def lying(world: World) -> set[str]:
    return {path.name for path in (world.data_dir / "attachments").rglob("*") if path.is_file()}


def keep(world: World, name: str) -> None:
    AttachmentStore(world.data_dir / "attachments").save(picture(name))


def leave_a_piece(world: World) -> None:
    folder = world.data_dir / "attachments" / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tmpabc").write_bytes(b"half a fi")


async def test_what_is_named_stays_and_what_nobody_names_goes(world: World):
    asker = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await asker.sends_photo(picture("sent"), ROAD)
    await asker.presses("Gửi")
    await asker.sends_photo(picture("in a draft"), "Cống đầu xóm bị sập.")
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Rin")
    await head.sends_photo(picture("in a line only"), ROAD)
    await head.says("/huy")
    await _drop_line(world, digest("in a draft"))
    carried = (CarriedFile(digest("in a letter")), CarriedFile(digest("with a name"), ("Giấy mời",)))
    await _tell(world.store, Message("start.name", attachments=carried))
    for name in ("in a letter", "with a name", "named by nobody"):
        keep(world, name)
    leave_a_piece(world)
    named = {digest(name) for name in ("sent", "in a draft", "in a line only", "in a letter", "with a name")}
    age(world)
    keep(world, "just sent")
    keep(world, "sent again")
    assert lying(world) == {*named, *map(digest, ("named by nobody", "just sent", "sent again")), "tmpabc"}

    assert await forget_files(world.store.unit) == 1

    assert lying(world) == {*named, digest("just sent"), digest("sent again")}
    age(world)
    assert await forget_files(world.store.unit) == 2
    assert lying(world) == named


async def test_what_is_sent_again_is_young_again(world: World):
    keep(world, "sent again")
    age(world)
    keep(world, "sent again")
    await forget_files(world.store.unit)

    assert lying(world) == {digest("sent again")}


async def test_a_file_that_comes_again_while_it_is_being_collected_is_not_taken_away(world: World):
    keep(world, "sent again")
    age(world)
    pictures = KeptPictures(AttachmentStore(world.data_dir / "attachments"), ChatLinks())
    old = await pictures.older_than(GRACE)
    keep(world, "sent again")
    await pictures.drop([*old, digest("never there")], older_than=GRACE)

    assert lying(world) == set(old)


async def test_names_are_found_in_every_part_of_a_long_history(store: Store):
    """On both databases; what a text merely mentions is no file of ours, but keeps it all the same."""
    async with store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "web", "mai")
        for line, name in ((1, "first"), (20_000, "last of a part"), (20_001, "first of the next"), (70_000, "far")):
            said = {"from": "me", "text": "", "files": [{"sha256": digest(name), "type": "", "name": ""}]}
            row = {"id": line, "account_id": account.id, "said": said, "at": uow.now}
            await uow.session.execute(sa.insert(t.web_messages).values(row))
        await uow.commit()

    found: list[set[str]] = []
    async with store.reading() as uow:
        while (names := await uow.traces.named_files(len(found))) is not None:
            found.append(set(names))
    assert found == [{digest("first"), digest("last of a part")}, {digest("first of the next")}, set(), {digest("far")}]


async def test_where_nothing_is_kept_nothing_is_collected(store: Store):
    assert await forget_files(store.unit) == 0


async def _drop_line(world: World, name: str) -> None:
    async with world.store.unit() as uow:
        text = sa.cast(t.web_messages.c.said, sa.Text)
        await uow.session.execute(sa.delete(t.web_messages).where(text.contains(name)))
        await uow.commit()


async def _tell(store: Store, message: Message) -> None:
    async with store.unit() as uow:
        await uow.session.execute(
            sa.update(t.letters)
            .where(t.letters.c.id == sa.select(sa.func.max(t.letters.c.id)).scalar_subquery())
            .values(content=pack_message(message))
        )
        await uow.commit()
