"""The hall's addresses: the screen, the page for those at home, what both follow."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import segno
from fastapi import APIRouter, Request, WebSocket
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from intake.actions.meetings.hall import HallView, hall_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import MeetingId, MeetingState
from intake.rules.meetings.poster import StartLink
from intake.rules.people.person import Network
from web.live import over_websocket
from web.pages import Pages, pages_of, serve_assets
from web.public.rooms import meeting_home, unit_home
from web.public.site import LANGUAGES, leading_home, missing, numbered
from web.views import Views
from wording.meetings import when
from wording.texts import shown

HOME = "/hoi-truong"
SCREEN, AT_HOME = "man-hinh", "o-nha"
CODE = r"m-{meeting:int}"
MOST_PAGES = 3_000
"""Pages that may follow one meeting in one process: a large hall, and those at home."""


@dataclass(slots=True)
class HallSite:
    """Everything the pages need. `links` leads to the chat with a code; `address` is how people reach us, or empty."""

    reading: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
    links: Callable[[str], Sequence[StartLink]]
    address: str = ""
    views: Views = field(init=False)
    _reading: dict[int, asyncio.Task[HallView]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make what the pages follow."""
        self.views = Views(self._draw, name="html", most=MOST_PAGES)

    async def view(self, meeting_id: int) -> HallView:
        """What a hall shows; `NotFound` where there is none. Those who ask while it is being read wait for one reading.

        A village that opens the page at once takes one connection to the database, not all of them.
        """
        reading = self._reading.get(meeting_id)
        if reading is None:
            reading = asyncio.create_task(self._read(meeting_id))
            self._reading[meeting_id] = reading
        return await asyncio.shield(reading)

    async def _read(self, meeting_id: int) -> HallView:
        try:
            async with self.reading() as uow:
                return await hall_of(uow, MeetingId(numbered(meeting_id)))
        finally:
            del self._reading[meeting_id]

    async def _draw(self, topic: str) -> str:
        number, kind, language = topic.split("/")
        return part(await self.view(int(number)), kind, language)


def hall_pages() -> Pages:
    """The templates and files of the hall."""
    return pages_of(Path(__file__).parent, f"{HOME}/static")


def part(view: HallView, kind: str, language: str) -> str:
    """What changes on a page while the meeting goes on."""
    return hall_pages().render(
        "hall.html",
        language,
        view=view,
        meeting=view.meeting,
        kind=kind,
        state=view.meeting.state.value,
        when=when(view.meeting),
        say=partial(shown, language),
        clock=lambda moment: f"{moment.astimezone(LOCAL):%H:%M}",
        until=_until(view),
    )


def _until(view: HallView) -> datetime | None:
    return None if view.now is None else view.now.until


def hall_router(site: HallSite) -> APIRouter:
    """Every address of the halls."""
    router = APIRouter()
    serve_assets(router, hall_pages())

    @router.get(f"{HOME}/{CODE}")
    async def screen(request: Request, meeting: int) -> Response:
        return await _page(site, request, meeting, SCREEN, LANGUAGES[0])

    @router.get(f"{HOME}/{CODE}/{AT_HOME}")
    async def at_home(request: Request, meeting: int, lang: str = LANGUAGES[0]) -> Response:
        return await _page(site, request, meeting, AT_HOME, lang if lang in LANGUAGES else LANGUAGES[0])

    @router.websocket(f"{HOME}/{CODE}/{{kind}}/live")
    async def live(websocket: WebSocket, meeting: int, kind: str, lang: str = LANGUAGES[0]) -> None:
        known = kind in (SCREEN, AT_HOME) and lang in LANGUAGES
        # whether there is such a hall is looked up once for all who come, not for each: a village comes at once
        await over_websocket(site.views.live, websocket, f"{meeting}/{kind}/{lang}" if known else None, 0)

    return router


async def _page(site: HallSite, request: Request, meeting: int, kind: str, language: str) -> Response:
    try:
        view = await site.view(meeting)
    except NotFound:
        return await _no_hall(site, meeting, language)
    base = site.address or f"{request.url.scheme}://{request.url.netloc}"
    code = f"m-{meeting}"
    links = site.links(code) or (StartLink(Network.WEBCHAT, f"{base}/?start={code}"),)
    page = hall_pages().render(
        f"{kind}.html",
        language,
        part=part(view, kind, language),
        view=view,
        meeting=view.meeting,
        over=view.meeting.state is MeetingState.HELD,
        ways=[
            (link, segno.make(link.url, error="m", micro=False).svg_inline(border=2, omitsize=True)) for link in links
        ],
        code=f"#{code}",
        live=f"{HOME}/{code}/{kind}/live?lang={language}",
        page=base + meeting_home(view.unit, view.meeting),
        unit_page=base + unit_home(view.unit),
    )
    return HTMLResponse(page, headers={"Referrer-Policy": "same-origin"})


async def _no_hall(site: HallSite, number: int, language: str) -> Response:
    """Whoever comes to the hall of a meeting that was put off or cancelled is led to its page, which says so."""
    try:
        async with site.reading() as uow:
            meeting = await uow.meetings.get(MeetingId(numbered(number)))
            unit = await uow.places.unit(meeting.unit_id)
    except NotFound:
        return missing(language)
    if not meeting.is_put_off and meeting.state is not MeetingState.CANCELLED:
        return missing(language)
    return RedirectResponse(leading_home(language)(meeting_home(unit, meeting)), status_code=303)
