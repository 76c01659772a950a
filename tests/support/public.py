"""Somebody without an account who reads what is public, with a browser that keeps nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import APIRouter
from starlette.types import ASGIApp

from bot.media.links import ChatLinks
from bot.public import make_public_site
from bot.webchat.webchat import web_pages
from web.pages import serve_assets
from web.public.front import FreshPages
from web.public.routes import public_router
from web.server import create_app

from .world import World

ADDRESS = "https://xa.test"


def public_app(world: World, links: ChatLinks | None = None) -> ASGIApp:
    """The public pages of a world alone."""

    async def no_trouble() -> str:
        return ""

    beside = APIRouter()
    serve_assets(beside, web_pages())  # the icon is that of the web chat
    site = make_public_site(world.store, links or ChatLinks(), world.clock.now)
    return FreshPages(create_app([beside, public_router(site)], no_trouble), site)


@asynccontextmanager
async def passer_by(world: World, links: ChatLinks | None = None, host: str = "") -> AsyncIterator["Reader"]:
    """Somebody at the public pages; `host`: the address they come from."""
    transport = httpx.ASGITransport(public_app(world, links), client=(host or "203.0.113.7", 40_000))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield Reader(world, client)


class Reader:
    """Reads pages; a moment passes between two of them, as it does for people."""

    def __init__(self, world: World, client: httpx.AsyncClient) -> None:
        self._world = world
        self.client = client

    async def reads(self, path: str) -> str:
        """A page that is there."""
        self._world.clock.move(seconds=3)
        answer = await self.client.get(path)
        assert answer.status_code == 200, path
        return answer.text

    async def status(self, path: str) -> int:
        """Whether there is a page."""
        return (await self.client.get(path)).status_code
