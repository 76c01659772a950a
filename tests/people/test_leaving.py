"""Leaving a computer that others use too (`/dangxuat`): nothing of the chat can be read or opened there any more."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from intake.actions.outbox.tell import tell
from intake.actions.people.link_accounts import unlink
from intake.rules.message import Message
from intake.rules.people.person import Role
from storage import tables as t
from tests.support.office import person_named
from tests.support.telegram_line import TelegramLine
from tests.support.webchat_line import WebChatLine
from tests.support.world import Phone, World, local, opened_world

MAI = "Nguyễn Thị Mai"
BRIDGE = "Cầu qua mương gãy lan can"


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[World]:
    """A world in which people sit at the web chat."""
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        yield world


async def page_of(phone: Phone) -> int:
    """What the browser is answered that opens the chat again."""
    line = phone.line
    assert isinstance(line, WebChatLine)
    browser = await line.open(phone.address)
    return (await browser.client.get(browser.at())).status_code


async def lines_with(world: World, words: str) -> int:
    async with world.store.reading() as uow:
        said = await uow.session.scalars(sa.select(sa.cast(t.web_messages.c.said, sa.Text)))
        return sum(words in line for line in said)


async def test_whoever_leaves_is_told_what_is_lost_and_then_it_is(web: World) -> None:
    mai = await web.resident("DL-hang-gon", MAI)
    await mai.says("/hoi")
    await mai.says(BRIDGE)
    await mai.presses("Gửi")
    await mai.says("đăng xuất")
    assert "nơi duy nhất bà/ông nhận tin" in mai.hears()
    assert mai.sees_button("Dùng thêm Zalo hoặc Telegram")
    await mai.says("để xem đã")
    assert mai.sees_button("Rời máy này")
    assert await page_of(mai) == 200
    assert await lines_with(web, "lan can") > 0
    await mai.presses("Rời máy này")

    assert await page_of(mai) == 404
    assert await lines_with(web, "lan can") == 0
    async with web.store.reading() as uow:
        person = await person_named(uow, MAI)
        assert person.erased_at is None
        assert len(await uow.questions.of_person(person.id)) == 1
        assert await uow.accounts.all_of(person.id) == []


async def test_who_changes_the_mind_stays(web: World) -> None:
    mai = await web.resident("DL-hang-gon", MAI)
    await mai.says("/dangxuat")
    await mai.presses("Huỷ")

    assert await page_of(mai) == 200


async def test_news_of_who_left_goes_to_who_tells_in_person(web: World) -> None:
    head = await web.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Trưởng")
    mai = await web.resident("DL-hang-gon", MAI)
    await mai.says("/dangxuat")
    async with web.store.unit() as uow:
        person = await person_named(uow, MAI)
        await tell(uow, [person.id], Message("notice.text", {"text": "trước khi rời"}))
        await uow.commit()
    await mai.presses("Rời máy này")
    async with web.store.unit() as uow:
        await tell(uow, [person.id], Message("notice.text", {"text": "sau khi rời"}))
        await uow.commit()
    await head.says("/danhsach")
    await head.presses("Chưa nhận được tin")

    assert MAI in head.hears()


async def test_with_another_chat_everything_goes_there(web: World) -> None:
    telegram = TelegramLine()
    await web.connect(telegram)
    mai, other = await web.resident("DL-hang-gon", MAI), web.phone(line=telegram)
    await mai.says("/lienket")
    await mai.presses("Lấy mã liên kết")
    code = next(word.strip(".,") for word in mai.hears().split() if word.startswith("L-"))
    await other.says(code)
    await other.presses("Đồng ý")
    await other.presses("Đúng là tôi")
    await mai.presses("Đồng ý liên kết")
    other.reads()
    await mai.says("/dangxuat")
    assert "tin mới đến nơi khác" in mai.hears()
    await mai.presses("Rời máy này")
    async with web.store.unit() as uow:
        await tell(uow, [(await person_named(uow, MAI)).id], Message("notice.text", {"text": "Loa xóm 2"}))
        await uow.commit()
    await web.settle()

    assert "Loa xóm 2" in other.hears()
    assert await page_of(mai) == 404


async def test_whoever_holds_a_role_links_another_chat_first(web: World) -> None:
    secretary = await web.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    await secretary.says("/dangxuat")

    assert "Xin liên kết thêm" in secretary.hears()
    assert not secretary.sees_button("Rời máy này")
    assert await page_of(secretary) == 200


async def test_who_never_agreed_to_be_known_leaves_too(web: World) -> None:
    somebody = web.phone()
    await somebody.says("xin chào")
    await somebody.says("/dangxuat")
    assert "Những gì vừa nhắn ở đây bị xoá" in somebody.hears()
    await somebody.presses("Rời máy này")

    assert await page_of(somebody) == 404


async def test_an_app_of_ones_own_is_left_by_itself(web: World) -> None:
    telegram = TelegramLine()
    await web.connect(telegram)
    mai = await web.resident("DL-hang-gon", MAI, telegram)
    await mai.says("/dangxuat")

    assert "thoát bằng chính ứng dụng" in mai.hears()


async def test_a_web_chat_that_is_unlinked_from_elsewhere_is_shut(web: World) -> None:
    mai, at_work = await web.resident("DL-hang-gon", MAI), await web.resident("DL-hang-gon", "Ở cơ quan")
    async with web.store.unit() as uow:
        person = await person_named(uow, MAI)
        other = (await uow.accounts.meet(*await web.line.chat(at_work.address))).account
        other.person_id = person.id
        await uow.session.flush()
        await unlink(uow, person=person, account_id=other.id)
        await uow.commit()
    assert await page_of(at_work) == 404
    assert await page_of(mai) == 200
