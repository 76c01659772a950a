"""What is new to the office: told without a letter for each, counted by pages that are open."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.people.restrict import restrict
from intake.actions.questions.ask_question import ask_question
from intake.rules.outbox.channel_policy import ChannelPolicy
from intake.rules.people.person import Role
from intake.rules.questions.question import CameBy
from scheduler.enforcement import tell_of_news
from tests.support.desk import desk_app, sit_down
from tests.support.lines import PlainLine
from tests.support.office import DESK, OTHER_DESK, Office, open_office, person_named
from tests.support.stories import question_of
from tests.support.world import local, opened_world
from web.live import Item, Live
from web.office.news import DeskNews, topic_of

HOURLY = ChannelPolicy(news_together=timedelta(hours=1))


@pytest.fixture
async def busy(tmp_path: Path) -> AsyncIterator[Office]:
    """An office that is told of new questions once an hour at most."""
    async with opened_world(
        tmp_path, PlainLine, local(2024, 3, 1), plan="di-lang-2024", channel_policy=HOURLY
    ) as world:
        yield await open_office(world)


async def swept(office: Office) -> int:
    """The sweep comes round, in two processes at once."""
    told = await asyncio.gather(*(tell_of_news(office.world.store.unit) for _ in range(2)))
    await office.world.settle()
    return sum(told)


async def asks(office: Office, *texts: str, sealed: bool = False) -> list[str]:
    """The resident asks, one after the other, and nobody's phone is put away."""
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        asked = [
            await ask_question(uow, asker=mai, text=text, sensitive=sealed, came_by=CameBy.LETTER) for text in texts
        ]
        await uow.commit()
    await office.world.settle()
    return [one.question.reference for one in asked]


async def test_the_first_question_is_told_at_once_and_those_of_the_hour_together(busy: Office) -> None:
    (first,) = await asks(busy, "Đường vào xóm 3 hỏng, khi nào sửa?")
    assert first in busy.secretary.hears()
    busy.secretary.reads()
    others = await asks(busy, *(f"Cống tổ {number} tắc, ai thông cho dân?" for number in range(1, 13)))
    assert "Có câu hỏi mới" not in busy.secretary.hears()
    (sealed,) = await asks(busy, "Nhà tôi bị đe doạ vì đất, xin giúp.", sealed=True)
    assert sealed in busy.secretary.hears(), "what may not wait does not"
    busy.secretary.reads()
    busy.world.clock.move(minutes=30)
    assert await swept(busy) == 0
    await busy.secretary.says("/phanloai")
    await busy.secretary.presses(others[0])
    await busy.secretary.presses("Giao bộ phận")
    await busy.secretary.presses(DESK)
    assert others[0] in busy.official.hears(), "the first of a desk, at once"
    busy.secretary.reads()
    busy.world.clock.move(minutes=31)
    assert await swept(busy) == 1, "however many look"
    said = busy.secretary.hears()
    assert "Chờ phân loại: 11 câu." in said, "one was sorted meanwhile"
    assert "“Cống tổ 2 tắc" in said
    assert "và 1 câu nữa" in said
    await busy.secretary.presses("📥 Phân loại")
    busy.secretary.reads()
    assert await swept(busy) == 0, "once"


async def test_a_desk_that_is_given_many_reads_one_letter_and_the_night_is_quiet(busy: Office) -> None:
    busy.world.clock.move_to(local(2024, 3, 1, 21, 50))
    references = await asks(busy, *(f"Đèn đường xóm {number} tắt từ Tết, ai sửa?" for number in range(1, 5)))
    for reference in references:
        await busy.secretary.says("/phanloai")
        await busy.secretary.presses(reference)
        await busy.secretary.presses("Giao bộ phận")
        await busy.secretary.presses(DESK)
    said = busy.official.hears()
    assert (references[0] in said, references[1] in said) == (True, False), said
    busy.official.reads()
    async with busy.world.store.reading() as uow:
        moved, back = await question_of(uow, references[3]), await question_of(uow, references[2])
    for question, desk in ((moved, OTHER_DESK), (back, OTHER_DESK), (back, DESK)):
        await busy.secretary.taps_code(f"reassign.{question.id}")
        await busy.secretary.presses(desk)
    busy.put_away()
    busy.world.clock.move_to(local(2024, 3, 1, 23))
    assert await swept(busy) == 0, "people sleep"
    busy.world.clock.move_to(local(2024, 3, 2, 7, 35))
    assert await swept(busy) == 1
    said = busy.official.hears()
    assert "Mới giao cho bộ phận: 2 câu." in said, "not the one another desk has now, and one that came back once"
    assert references[3] not in said
    busy.world.clock.move(days=2)
    await swept(busy)
    async with busy.world.store.reading() as uow:
        assert await uow.news.newest([1, 2, 3, 4]) == {}, "nobody needs it any more"  # type: ignore[list-item]


async def heard(live: Live, topic: str, after: int) -> list[Item | str]:
    """What a page that is opened now is told first."""
    async with aclosing(live.follow(topic, after)) as following:
        return [await anext(following)]


async def test_open_pages_count_what_came_since_they_were_read_until_the_desk_is_closed(busy: Office) -> None:
    app = desk_app(busy.world)
    secretary = await sit_down(app, busy.secretary)
    supervisor = await sit_down(app, await busy.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát"))
    assert 'data-live="/ban-lam-viec/moi/live?sau=0"' in secretary.page
    source = DeskNews(busy.world.store.reading)
    topics = [topic_of(1, 1, 0), topic_of(2, 2, 0), topic_of(9, 9, 0)]
    assert await source.newest(topics) == {topics[0]: 0, topics[1]: 0, topics[2]: sys.maxsize}
    assert await source.since(topics[0], 0) == ()
    await asks(busy, *(f"Cống tổ {number} tắc, ai thông cho dân?" for number in (1, 2, 3)))
    assert await source.newest(topics[:2]) == {topics[0]: 3, topics[1]: 0}
    (item,) = await heard(source.live, topics[0], 0)
    assert isinstance(item, Item)
    assert (item.id, json.loads(item.text)) == (3, {"count": "3 mới", "text": "3 câu hỏi mới"})
    (item,) = await heard(source.live, topic_of(1, 1, 2), 0)
    assert "1 câu hỏi mới" in str(item), "a page that was read later counts from there"
    await secretary.opens("/moi?sau=1")
    assert "2 câu hỏi mới" in secretary.page
    await supervisor.opens("/moi?sau=0")
    assert '"count":""' in supervisor.page, "nothing is new to whoever sorts nothing"
    await secretary.opens("/moi?sau=nhieu")
    assert secretary.status == 404
    await secretary.opens("/thiet-bi")
    assert "moi/live?sau=3" in secretary.page
    await secretary.sends("/thiet-bi/roi")
    (item,) = await heard(source.live, topics[0], 3)
    assert isinstance(item, Item)
    assert (item.last, item.text) == (True, "")
    await source.live.close()


async def test_what_its_asker_restricts_meanwhile_is_told_of_without_its_words(busy: Office) -> None:
    await asks(busy, "Đường vào xóm 3 hỏng, khi nào sửa?")
    (held,) = await asks(busy, "Cống tổ 2 tắc, ai thông cho dân?")
    async with busy.world.store.unit() as uow:
        await restrict(uow, person=await person_named(uow, "Nguyễn Thị Mai"))
        await uow.commit()
    await busy.world.settle()
    busy.secretary.reads()
    busy.world.clock.move(minutes=61)
    assert await swept(busy) == 1
    assert held in busy.secretary.hears()
    assert "Cống tổ 2" not in busy.secretary.hears()
