"""The desk as a browser sees it: pages without a screen, forms filled in as people do."""

import re
from html import unescape

import httpx
from fastapi import FastAPI

from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from bot.office import make_office
from web.office.office import HOME
from web.office.routes import office_router
from web.server import create_app

from .world import Phone, World

HOST = "http://xa.test"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"


def desk_app(world: World) -> FastAPI:
    """The desk of a world, and nothing else."""
    attachments = AttachmentStore(world.data_dir / "attachments")
    office = make_office(world.store, ChatLinks(), lambda: None, world.clock.now, attachments=attachments)
    return create_app([office_router(office)], _no_trouble)


async def _no_trouble() -> str:
    return ""


class DeskBrowser:
    """A browser: keeps its cookies, follows where it is sent, reads what it is shown."""

    def __init__(self, app: FastAPI, agent: str = WINDOWS) -> None:
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url=HOST,
            headers={"user-agent": agent, "sec-fetch-site": "same-origin"},
            follow_redirects=True,
        )
        self.page = ""
        self.status = 0
        self.at = ""

    async def opens(self, path: str = "") -> None:
        self._saw(await self.client.get(f"{HOME}{path}"))

    async def sends(self, path: str, *, proof: str | None = None, **typed: str) -> None:
        """Send a form of the page that is shown; with another `proof`, a forged one."""
        fields = {"proof": self.proof() if proof is None else proof, **typed}
        self._saw(await self.client.post(f"{HOME}{path}", data=fields))

    async def sends_file(self, path: str, name: str, *contents: bytes, **typed: str) -> None:
        """Send a form with a file in it, or several."""
        files = [(name, ("danh-sach.xlsx", content)) for content in contents]
        answer = await self.client.post(f"{HOME}{path}", data={"proof": self.proof(), **typed}, files=files)
        self._saw(answer)

    def proof(self) -> str:
        """What the forms of the shown page prove themselves by."""
        found = re.search(r'name="proof" value="([^"]+)"', self.page)
        return found[1] if found else ""

    def seen(self) -> str:
        """By what the first form of the shown page says what it was filled in from."""
        return self.page.partition('name="seen" value="')[2].partition('"')[0]

    def code(self) -> str:
        """The six digits the page shows."""
        found = re.search(r'id="code">([0-9 ]+)<', self.page)
        assert found is not None, self.page
        return found[1]

    def reads(self) -> str:
        """The words of the page."""
        body = self.page.partition("<body")[2]
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))

    def _saw(self, answer: httpx.Response) -> None:
        self.page, self.status, self.at = answer.text, answer.status_code, answer.url.path


async def sit_down(app: FastAPI, phone: Phone) -> DeskBrowser:
    """Somebody opens the desk in a new browser and says yes in the chat."""
    browser = DeskBrowser(app)
    await browser.opens()
    await phone.says(f"/ban {browser.code()}")
    await phone.presses("Đúng là tôi")
    await browser.opens("/vao")
    assert browser.at == HOME, browser.reads()
    return browser
