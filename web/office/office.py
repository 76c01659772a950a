"""What the rooms of the desk are handed, and the addresses and answers they share."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from intake.actions.people.office_session import AtTheDesk
from intake.ports import OpenUnit, Seals, UnitOfWork
from intake.rules.files import NewFile
from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.poster import StartLink
from intake.rules.message import Message
from intake.rules.papers.chart import BarChart
from intake.rules.people.flood_guard import TalkingPace, take
from intake.rules.people.retention import KeptFor
from intake.rules.questions.question import Question
from web.files import FindFile
from web.office.news import DeskNews
from web.office.open_keys import OpenKeys
from web.office.remembered import Remembered
from web.office.room import DeskRoom
from web.office.room_stamp import stamp_to_follow
from web.pages import Pages, pages_of
from web.views import Views

HOME = "/ban-lam-viec"
ENTRY = f"{HOME}/vao"
SESSION_COOKIE = "ban"
ENTRY_COOKIE = "ban-vao"
_MOST_VISITORS_REMEMBERED = 10_000
_MOST_PAGES_OF_A_ROOM = 100
"""Pages of one room in session that one process keeps up to date; others ask from time to time."""
_ASKING = TalkingPace(20.0, 0.2)
"""How often one address may ask to be let in: a whole office behind one address, but nobody who collects codes."""

ShowCard = Callable[[UnitOfWork, AtTheDesk, Question], Awaitable[Message]]


def _no_drawing(_chart: BarChart, _name: str) -> str:
    """Where nothing draws the table alone tells."""
    return ""


async def no_parts() -> Markup:
    """Outside the demonstration nobody can be picked."""
    return Markup()


@dataclass(slots=True)
class OfficeSite:
    """Everything the rooms need.

    `links` leads to the chat with a code; `card` is a question as the chat shows it to this person; `wake` is called
    when there may be new letters; `parts` is what the demonstration shows besides the code: whom one can be. `rooms`
    are those the frame leads to, in its order; `files` finds a file people sent, by its content name, `keep` keeps one
    and raises `RuleBroken` for what we do not take; `draw` makes a chart an image in a page, whose second
    part tells it from the others there; `kept_for` is how long what nobody needs any more is kept.
    """

    unit: OpenUnit
    reading: OpenUnit
    links: Callable[[str], Sequence[StartLink]]
    card: ShowCard
    wake: Callable[[], None]
    now: Callable[[], datetime]
    seals: Seals
    open_keys: OpenKeys
    secure: bool = False
    kept_for: KeptFor = field(default_factory=KeptFor)
    parts: Callable[[], Awaitable[Markup]] = no_parts
    files: FindFile | None = None
    draw: Callable[[BarChart, str], str] = _no_drawing
    keep: Callable[[bytes, str], Awaitable[NewFile]] | None = None
    rooms: Sequence[DeskRoom] = ()
    news: DeskNews = field(init=False)
    remembered: Remembered = field(init=False)
    pace: OrderedDict[str, tuple[float, datetime]] = field(default_factory=OrderedDict)
    rooms_in_session: Views = field(init=False)

    def __post_init__(self) -> None:
        """Make what open pages follow: those of rooms in session, all of them what is new; what is remembered."""
        self.rooms_in_session = Views(self._stamp, name="stamp", most=_MOST_PAGES_OF_A_ROOM)
        self.news = DeskNews(self.reading)
        self.remembered = Remembered(self.now)

    async def _stamp(self, topic: str) -> str:
        async with self.reading() as uow:
            return await stamp_to_follow(uow, MeetingId(int(topic)))

    def may_ask(self, request: Request) -> bool:
        """Whether this address may ask for one more code now."""
        visitor = request.client.host if request.client else ""
        left, at = self.pace.pop(visitor, (0.0, None))
        taken = take(left, at, self.now(), _ASKING)
        self.pace[visitor] = (taken.left, self.now())
        if len(self.pace) > _MOST_VISITORS_REMEMBERED:
            self.pace.popitem(last=False)
        return taken.listen


def office_pages() -> Pages:
    """The desk's own templates and files."""
    return pages_of(Path(__file__).parent, f"{HOME}/static")


def answer(name: str, language: str = "vi", status: int = 200, **values: Any) -> HTMLResponse:
    """A page for whoever does not sit at the desk (yet)."""
    return office_pages().response(name, language, status, **values)


def over_https(office: OfficeSite, request: Request) -> bool:
    """Whether cookies can be restricted to https."""
    return office.secure or request.url.scheme == "https"
