"""The screen of the hall, and the page for those at home: what they show, whom they name, how they change (R113)."""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from bot.hall import make_hall_site
from bot.media.links import ChatLinks
from bot.webchat.webchat import web_pages
from intake.actions.meetings.cancel_meeting import cancel_meeting
from intake.actions.meetings.hall import limit_speeches, show_name
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState, Registration
from intake.rules.questions.question import QuestionState
from tests.support.browser import served
from tests.support.office import ROAD, Office, open_office, person_named
from tests.support.public import ADDRESS
from tests.support.stories import planned_meeting, put_in_state, set_meeting
from tests.support.world import World
from web.hall.routes import HallSite, hall_router
from web.live import FAILED, Item, Live, over_websocket
from web.pages import serve_assets
from web.server import create_app

PLACE = "/hoi-truong/m-1"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@dataclass
class Wall:
    """The projector of the hall."""

    site: HallSite
    app: FastAPI
    client: httpx.AsyncClient

    async def shows(self, path: str = PLACE) -> str:
        answer = await self.client.get(path)
        assert answer.status_code == 200, path
        return answer.text


def hall_app(world: World, links: ChatLinks | None = None) -> tuple[HallSite, FastAPI]:
    async def no_trouble() -> str:
        return ""

    site = make_hall_site(world.store, links or ChatLinks(telegram="doithoai_bot", zalo="123456", web=ADDRESS))
    beside = APIRouter()
    serve_assets(beside, web_pages())
    return site, create_app([beside, hall_router(site)], no_trouble)


@pytest.fixture
async def wall(plain_world: World) -> AsyncIterator[Wall]:
    site, app = hall_app(plain_world)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as client:
        yield Wall(site, app, client)
    await site.views.close()


async def registers_to_speak(office: Office, meeting: Meeting) -> Registration:
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says("Đường xóm 3")
    if office.mai.sees_button("Gửi"):
        await office.mai.presses("Gửi")
    async with office.world.store.reading() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        registration = await uow.meetings.registration(meeting.id, mai.id)
    assert registration is not None, office.mai.hears()
    office.put_away()
    return registration


async def test_before_it_begins_the_screen_says_when_and_where(office: Office, wall: Wall) -> None:
    meeting = await office.fixed_meeting()
    page = await wall.shows()
    for said in (meeting.title, "Bắt đầu lúc", "14:00, 25/04/2024", meeting.venue, "thị trấn Di Lăng"):
        assert said in page
    assert page.count("<svg") == 3
    assert "#m-1" in page


async def test_the_programme_the_floor_and_the_questions_are_followed(office: Office, wall: Wall) -> None:
    meeting = await office.fixed_meeting()
    await registers_to_speak(office, meeting)
    for text in (ROAD, "Chợ mới khi nào xong, thưa các bác?"):
        await office.asked(text)
    await office.opened()
    page = await wall.shows()
    assert "Chương trình 1/6" in page
    assert "Tiếp theo" in page
    assert "Người thứ 1, TDP Hàng Gòn" in page or "Người thứ 1, " in page
    assert "Mai" not in page
    assert ROAD not in page
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("DL-2024-0001")
    await office.secretary.presses("Đã trả lời")
    await office.secretary.says("Sửa trong quý II.")
    await office.secretary.presses("Gửi")
    await office.secretary.taps_code("programmedone.1.0")
    await office.secretary.taps_code("floorcall.1.1")
    page = await wall.shows()
    assert "Chương trình 2/6" in page
    assert '<p class="large">Người thứ 1</p>' in page
    assert "<dt>Câu hỏi đã nhận</dt><dd>2</dd>" in page
    assert "<dt>Đã trả lời</dt><dd>1</dd>" in page
    await put_in_state(office.world, "DL-2024-0002", QuestionState.SEALED)
    assert "<dt>Câu hỏi đã nhận</dt><dd>1</dd>" in await wall.shows(), "a denunciation is counted on no wall"
    await office.closed()
    page = await wall.shows()
    assert "Buổi đối thoại đã kết thúc" in page
    assert "<aside hidden" in page


async def test_a_name_stands_there_only_where_the_speaker_said_so(office: Office, wall: Wall) -> None:
    meeting = await office.fixed_meeting()
    await registers_to_speak(office, meeting)
    await office.opened()
    await office.secretary.taps_code("floorcall.1.1")
    await office.mai.taps_code("myturn.1")
    await office.mai.presses("Hiện tên tôi trên màn hình")
    assert "sẽ hiện tên bà/ông" in office.mai.hears()
    assert "Nguyễn Thị Mai" in await wall.shows()
    await office.mai.taps_code("myturn.1")
    await office.mai.presses("Thôi hiện tên tôi")
    assert "chỉ hiện số thứ tự" in office.mai.hears()
    assert "Mai" not in await wall.shows()
    await office.mai.taps_code("myname.1.7")
    assert "Mai" not in await wall.shows()


async def test_nobody_lets_anothers_name_be_shown(office: Office) -> None:
    meeting = await office.fixed_meeting()
    registration = await registers_to_speak(office, meeting)
    async with office.world.store.unit() as uow:
        mai, thu = await person_named(uow, "Nguyễn Thị Mai"), await person_named(uow, "Trần Văn Thư")
        with pytest.raises(NotFound):
            await show_name(uow, by=thu, registration_id=registration.id, shown=True)
        await uow.commit()
    await set_meeting(office.world, meeting, MeetingState.HELD)
    async with office.world.store.unit() as uow:
        with pytest.raises(RuleBroken):
            await show_name(uow, by=mai, registration_id=registration.id, shown=True)


async def test_the_chair_lets_the_time_be_shown_and_nobody_else(office: Office, wall: Wall) -> None:
    meeting = await office.fixed_meeting()
    await registers_to_speak(office, meeting)
    await office.opened()
    await office.secretary.taps_code("hall.1")
    assert "/hoi-truong/m-1" in office.secretary.hears()
    assert not office.secretary.sees_button("5 phút")
    await office.chair.says("/dieuhanh")
    await office.chair.presses("Màn hình hội trường")
    assert "Đồng hồ phát biểu: không hiện" in office.chair.hears()
    await office.chair.presses("5 phút")
    assert "Đồng hồ phát biểu: 5 phút mỗi người" in office.chair.hears()
    await office.secretary.taps_code("floorcall.1.1")
    called = office.world.clock.now()
    page = await wall.shows()
    assert f"đến {called:%H}" in page
    assert "data-until=" in page
    await office.chair.presses("Không hiện đồng hồ")
    assert "data-until=" not in await wall.shows()
    await office.chair.says("5 phút")
    assert "Đồng hồ phát biểu: 5 phút mỗi người" in office.chair.hears(), "what stands on a button may be typed"
    await office.chair.presses("Không hiện đồng hồ")
    async with office.world.store.unit() as uow:
        thu, chu = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Đinh Văn Chủ")
        with pytest.raises(NotFound):
            await limit_speeches(uow, by=thu, meeting_id=meeting.id, minutes=5)
        with pytest.raises(NotFound):
            await limit_speeches(uow, by=chu, meeting_id=meeting.id, minutes=4)
        await uow.commit()
    await set_meeting(office.world, meeting, MeetingState.HELD)
    async with office.world.store.unit() as uow:
        with pytest.raises(RuleBroken):
            await limit_speeches(uow, by=chu, meeting_id=meeting.id, minutes=5)


async def test_those_at_home_see_the_same_and_the_way_to_ask(office: Office, wall: Wall) -> None:
    meeting = await office.fixed_meeting()
    async with office.world.store.unit() as uow:
        (await uow.meetings.get(meeting.id)).online_at = "https://xa.test/truc-tiep"
        await uow.commit()
    page = await wall.shows(f"{PLACE}/o-nha")
    assert 'href="https://xa.test/truc-tiep"' in page
    assert f"https://t.me/doithoai_bot?start=m-{meeting.id}" in page
    assert f"{ADDRESS}/cong-khai/dl/buoi/{meeting.id}" in page
    assert "Watch online" in await wall.shows(f"{PLACE}/o-nha?lang=en")
    await set_meeting(office.world, meeting, MeetingState.HELD)
    page = await wall.shows(f"{PLACE}/o-nha?lang=xx")
    assert "t.me" not in page


async def test_there_is_no_hall_of_what_has_no_day_or_was_called_off(office: Office, wall: Wall) -> None:
    planned = await planned_meeting(office.world)
    assert (await wall.client.get(f"/hoi-truong/m-{planned.id}")).status_code == 404
    assert (await wall.client.get("/hoi-truong/m-99")).status_code == 404
    assert (await wall.client.get(f"/hoi-truong/m-{'9' * 30}")).status_code == 404
    assert (await wall.client.get("/hoi-truong/m-99/o-nha?lang=en")).status_code == 404
    await set_meeting(office.world, planned, MeetingState.CANCELLED)
    told = await wall.client.get(f"/hoi-truong/m-{planned.id}/o-nha?lang=en")
    assert told.headers["location"] == f"/cong-khai/dl/buoi/{planned.id}?lang=en", "the page that says that it is off"


async def test_an_open_page_has_what_changed_and_is_let_go_when_there_is_no_hall_any_more(
    office: Office, wall: Wall
) -> None:
    meeting = await office.fixed_meeting()
    following = wall.site.views.live.follow("1/man-hinh/vi", 0)
    first = await anext(following)
    assert not isinstance(first, str)
    assert "Bắt đầu lúc" in first.text
    assert await anext(following) == '{"ready": true}'
    await office.opened()
    wall.site.views.look_soon()
    wall.site.views.look_soon()
    second = await anext(following)
    assert not isinstance(second, str)
    assert second.id == first.id + 1
    assert "Chương trình 1/6" in second.text
    async with office.world.store.unit() as uow:
        (await uow.meetings.get(meeting.id)).state = MeetingState.FIXED
        await uow.commit()
    third = await anext(following)  # seen by looking again, with nobody saying so
    assert not isinstance(third, str)
    async with office.world.store.unit() as uow:
        chu = await person_named(uow, "Đinh Văn Chủ")
        await cancel_meeting(uow, by=chu, meeting_id=meeting.id, reason="Mưa bão")
        await uow.commit()
    last = await anext(following)
    assert not isinstance(last, str)
    assert last.last
    assert [one async for one in following] == []


async def test_what_nobody_follows_any_more_is_forgotten(office: Office, wall: Wall) -> None:
    await office.fixed_meeting()
    views = wall.site.views
    assert [item.id for item in await views.since("1/man-hinh/vi", 0)] == [1]
    assert await views.since("1/man-hinh/vi", 1) == ()
    assert await views.newest(["1/o-nha/vi"]) == {"1/o-nha/vi": 1}
    assert [item.id for item in await views.since("1/man-hinh/vi", 0)] == [1]


async def test_a_browser_follows_over_a_websocket_and_no_other_site_does(office: Office) -> None:
    await office.fixed_meeting()
    site, app = hall_app(office.world)
    async with served(app) as address:
        place = address.replace("http", "ws") + PLACE
        async with connect(f"{place}/man-hinh/live", origin=Origin(address)) as page:
            assert "Bắt đầu lúc" in json.loads(await page.recv())["html"]
            assert json.loads(await page.recv()) == {"ready": True}
            await site.views.close()
            with pytest.raises(ConnectionClosed):
                await page.recv()
        for path, origin in (
            ("m-1/man-hinh/live", "https://elsewhere.test"),
            ("m-1/elsewhere/live", address),
            ("m-1/o-nha/live?lang=xx", address),
        ):
            with pytest.raises(InvalidStatus):
                async with connect(place.replace("m-1", path), origin=Origin(origin)):
                    pass


async def test_a_hall_that_is_not_there_lets_a_page_go(office: Office) -> None:
    await office.fixed_meeting()
    site, app = hall_app(office.world)
    async with served(app) as address:
        at = f"{address.replace('http', 'ws')}/hoi-truong/m-{10**30}/man-hinh/live"
        async with connect(at, origin=Origin(address)) as page:
            assert json.loads(await page.recv())["html"] == ""
            with pytest.raises(ConnectionClosed):
                await page.recv()
            assert page.close_code == 4404
        await site.views.close()


async def test_a_village_that_comes_at_once_takes_one_look(office: Office, wall: Wall) -> None:
    await office.fixed_meeting()
    looked: list[int] = []
    reading = wall.site.reading

    def counted() -> object:
        looked.append(1)
        return reading()

    wall.site.reading = counted  # type: ignore[assignment]
    pages = await asyncio.gather(*(wall.shows(f"{PLACE}/o-nha") for _ in range(60)))
    assert len(set(pages)) == 1
    assert len(looked) < 10
    following = [wall.site.views.live.follow("1/o-nha/vi", 0) for _ in range(60)]
    looked.clear()
    items = await asyncio.gather(*(anext(one) for one in following))
    assert len({id(item) for item in items}) == 1
    assert len(looked) == 1
    for one in following:
        await one.aclose()


class Unreadable:
    """A place that cannot be read."""

    async def since(self, _topic: str, _last_id: int) -> Sequence[Item]:
        raise ValueError("unreadable")

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        return dict.fromkeys(topics, 0)


class Village:
    """A place with one piece of news."""

    async def since(self, _topic: str, last_id: int) -> Sequence[Item]:
        return [] if last_id else [Item(1, "news")]

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        return dict.fromkeys(topics, 1)


async def test_a_phone_that_went_out_of_reach_is_no_defect_of_ours() -> None:
    """It is found out while it is written to; nothing is raised, or each lost phone of a hall fills the log."""
    live, lost, tried = Live(Village()), asyncio.Event(), list[str]()

    async def receive() -> dict[str, object]:
        if not tried:
            tried.append("connect")
            return {"type": "websocket.connect"}
        await lost.wait()
        return {"type": "websocket.disconnect", "code": 1006}

    async def send(message: MutableMapping[str, Any]) -> None:
        tried.append(message["type"])
        if message["type"] != "websocket.accept":
            lost.set()
            raise OSError("gone")

    headers = [(b"host", b"here"), (b"origin", b"http://here")]
    websocket = WebSocket({"type": "websocket", "headers": headers, "path": "/live"}, receive, send)
    await over_websocket(live, websocket, "1", 0)
    assert tried == ["connect", "websocket.accept", "websocket.send"], "what failed is not tried again"
    await live.close()


async def test_a_page_whose_news_cannot_be_read_is_closed_and_asks_again() -> None:
    live = Live(Unreadable())

    async def follow(websocket: WebSocket) -> None:
        await over_websocket(live, websocket, "1", 0)

    async with (
        served(Starlette(routes=[WebSocketRoute("/live", follow)])) as address,
        connect(f"{address.replace('http', 'ws')}/live", origin=Origin(address)) as page,
    ):
        with pytest.raises(ConnectionClosed):
            await page.recv()
        assert page.close_code == FAILED
    await live.close()
