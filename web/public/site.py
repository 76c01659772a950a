"""What the public pages are handed, and what all of them share: addresses, languages, the shelf they lie on."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.meetings.poster import StartLink
from intake.rules.papers.chart import BarChart
from intake.rules.people.flood_guard import TalkingPace
from web.pace import Paces, visitor_of
from web.pages import Pages, pages_of
from wording.texts import shown

from .shelf import Sheet, Shelf, going_out, sheet

HOME = "/cong-khai"
HTML = "text/html; charset=utf-8"
LANGUAGES = ("vi", "en")
_SEARCHING = TalkingPace(30.0, 1.0)
"""How often one address may search: a family behind one address, but nobody who collects pages."""
_COLLECTING = TalkingPace(30.0, 1 / 2)
"""How often one address may take a file of the open data that is made anew for it: all of them, several times over."""
_LOOKING_UP = TalkingPace(10.0, 1 / 30)
"""How often one address may look something up: a reception desk, but nobody who tries signs."""
_LOOKED_UP = TalkingPace(10.0, 1 / 600)
"""How often one question may be looked up, from wherever: to try all signs at this pace takes seventeen years."""
_LONGEST_HOST = 200
_LARGEST_NUMBER = 999_999_999

Make = Callable[["Asked"], Awaitable[Sheet]]


@dataclass(slots=True)
class PublicSite:
    """Everything the pages need.

    `links` leads to the chat with a code; `address` is how people reach us from outside, or empty: then it is taken
    from the request. `count_look_up` is told whether a look-up `found` something, was `unknown` or `slowed`. `draw`
    makes a chart an image in a page, by a name of its own there.
    """

    reading: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
    links: Callable[[str], Sequence[StartLink]]
    now: Callable[[], datetime]
    address: str = ""
    count_look_up: Callable[[str], None] = lambda _: None
    draw: Callable[[BarChart, str], str] = lambda _chart, _name: ""
    shelf: Shelf = field(init=False)
    searching: Paces = field(init=False)
    collecting: Paces = field(init=False)
    looking_up: Paces = field(init=False)
    looked_up: Paces = field(init=False)

    def __post_init__(self) -> None:
        """Make what is kept of the pages, and of who asks."""
        self.shelf = Shelf(self.now)
        self.searching = Paces(_SEARCHING, self.now)
        self.collecting = Paces(_COLLECTING, self.now)
        self.looking_up = Paces(_LOOKING_UP, self.now)
        self.looked_up = Paces(_LOOKED_UP, self.now)


def public_pages() -> Pages:
    """The templates and files of the public pages."""
    return pages_of(Path(__file__).parent, f"{HOME}/static")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is made of: the site, its path, the words in it, the language, what was typed to search."""

    site: PublicSite
    path: str
    parts: dict[str, str]
    language: str
    base: str
    wanted: str = ""
    number: int = 1

    def link(self, path: str, **query: str) -> str:
        """An address of ours in the same language."""
        if self.language != LANGUAGES[0]:
            query["lang"] = self.language
        return path + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")

    def page(self, name: str, **values: Any) -> Sheet:
        """A page of the templates."""
        other = next(one for one in LANGUAGES if one != self.language)
        turned = f"{self.path}?lang={other}" if other != LANGUAGES[0] else self.path
        html = public_pages().render(
            name,
            self.language,
            link=self.link,
            say=partial(shown, self.language),
            home=HOME,
            path=self.path,
            other=other,
            turned=turned,
            **values,
        )
        return sheet(html.encode(), HTML)


def base_of(site: PublicSite, request: Request) -> str:
    """How people reach us: what the installation says, else how this request came."""
    if site.address:
        return site.address
    return f"{request.url.scheme}://{request.headers.get('host', '')[:_LONGEST_HOST]}"


def asked_of(site: PublicSite, request: Request) -> Asked:
    """What somebody asks for; parameters nobody knows are passed over, so that one page is not kept twice."""
    query = request.query_params
    language = query.get("lang", LANGUAGES[0])
    number = query.get("trang", "1")
    return Asked(
        site,
        request.url.path,
        {name: str(value) for name, value in request.path_params.items()},
        language if language in LANGUAGES else LANGUAGES[0],
        base_of(site, request),
        " ".join(query.get("tim", "").split())[:100],
        max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1,  # noqa: PLR2004
    )


def numbered(typed: int | str) -> int:
    """The number an address names; `NotFound` for one that no database has room for."""
    if int(typed) > _LARGEST_NUMBER:
        raise NotFound
    return int(typed)


def shelved(site: PublicSite, make: Make, *, costly: bool = False) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint whose pages are kept for a moment: the answer to the many who read one page.

    `costly` ones look through every meeting of a unit: whoever asks for them again and again is asked to slow down.
    """

    async def endpoint(request: Request) -> Response:
        asked = asked_of(site, request)
        if (asked.wanted or asked.number > 1) and site.searching.wait(visitor_of(request)):
            return missing(asked.language, "public.slower", 429)
        if costly and site.collecting.wait(visitor_of(request)):
            return missing(asked.language, "public.slower", 429)
        key = f"{asked.base}{asked.path}?{asked.language}&{asked.number}&{asked.wanted}"
        try:
            return going_out(request, await site.shelf.get(key, partial(make, asked)))
        except NotFound:
            return missing(asked.language)

    return endpoint


def missing(language: str, key: str = "public.missing", status: int = 404) -> Response:
    """The one answer for what is not there, or not for everybody."""
    return public_pages().response(
        "missing.html", language, status, link=leading_home(language), sentence=key, home=HOME
    )


def leading_home(language: str) -> Callable[[str], str]:
    """What makes addresses of ours in a language, for pages that nobody keeps."""
    return lambda path: path if language == LANGUAGES[0] else f"{path}?lang={language}"
