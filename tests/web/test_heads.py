"""Monitors and previews of links ask for the headers of a page alone."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Route

from bot.hall import make_hall_site
from bot.media.links import ChatLinks
from bot.public import make_public_site
from bot.webchat.routes import webchat_router
from bot.webchat.webchat import nowhere
from tests.office.test_rooms_walk import ours
from tests.support.desk import sit_down
from tests.support.office import open_office
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world
from web.hall.routes import hall_router
from web.office.routes import office_router
from web.public.routes import public_router
from web.server import create_app


@pytest.mark.parametrize("address", ["/", "/healthz", "/readyz", "/webchat/static/web.css", "/chat/nobody/"])
async def test_every_page_answers_a_request_for_its_headers_as_it_would_the_whole(address: str, tmp_path: Path) -> None:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1)) as world:
        assert isinstance(world.line, WebChatLine)
        transport = httpx.ASGITransport(world.line.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as visitor:
            whole, head = await visitor.get(address), await visitor.head(address)

    assert head.status_code == whole.status_code
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["content-security-policy"] == whole.headers["content-security-policy"]


async def test_an_address_that_is_none_is_a_page_for_people_and_data_for_programs() -> None:
    async def no_trouble() -> str:
        return ""

    transport = httpx.ASGITransport(create_app([], no_trouble, nowhere=nowhere))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as visitor:
        person = await visitor.get("/khong-co", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        program = await visitor.get("/khong-co", headers={"Accept": "application/json"})
    assert person.status_code == program.status_code == 404
    assert "Không tìm thấy trang" in person.text
    assert 'href="/cong-khai"' in person.text
    assert program.json() == {"detail": "Not Found"}


NEVER_END = ["/chat/{chat_id}/events"]
"""Streams of events: headers alone would say nothing of them."""
AS_IT_IS_NOW = frozenset(("content-length", "set-cookie", "etag", "date"))
"""What may differ: a page that shows the minute, or a code of its own for each visit."""


async def no_trouble() -> str:
    return ""


def everything(world: World) -> FastAPI:
    """Whatever one process serves to people: chat, desk, public pages, the hall."""
    assert isinstance(world.line, WebChatLine)
    public, hall = make_public_site(world.store, ChatLinks(), world.clock.now), make_hall_site(world.store, ChatLinks())
    routers = [
        hall_router(hall),
        public_router(public),
        office_router(world.line.office),
        webchat_router(world.line.web),
    ]
    return create_app(routers, no_trouble)


def routes_of(routes: Iterable[BaseRoute]) -> Iterator[Route]:
    for one in routes:
        inside = getattr(one, "original_router", None)
        if inside is not None:
            yield from routes_of(inside.routes)
        elif isinstance(one, Route):
            yield one


async def test_whatever_can_be_read_answers_for_its_headers_alone(tmp_path: Path) -> None:
    """Every address there is, as the secretary meets it whose things stand behind it, and as a stranger does."""
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        assert isinstance(world.line, WebChatLine)
        office = await open_office(world)
        known = await ours(office)
        app = everything(world)
        inside = (await sit_down(app, office.secretary)).client
        inside.follow_redirects = False
        readable = [one for one in routes_of(app.routes) if "GET" in (one.methods or ())]
        deaf = [one.path for one in readable if "HEAD" not in (one.methods or ())]
        transport = httpx.ASGITransport(app)
        found: set[int] = set()
        async with httpx.AsyncClient(transport=transport, base_url="http://xa.test") as stranger:
            for route in readable:
                if route.path in NEVER_END:
                    continue
                address = re.sub(r"{(\w+)[^}]*}", lambda name: known.get(name[1], "1"), route.path)
                for visitor in (inside, stranger):
                    whole, head = await visitor.get(address), await visitor.head(address)
                    assert (head.status_code, head.content) == (whole.status_code, b""), address
                    said, told = ({*answer.headers.keys()} - AS_IT_IS_NOW for answer in (whole, head))
                    assert told == said, address
                    assert head.headers.get("content-type") == whole.headers.get("content-type"), address
                    found.add(whole.status_code)

    assert deaf == NEVER_END
    assert len(readable) > 150
    assert {200, 303, 404} <= found, "pages, ways to them and what is not there"
