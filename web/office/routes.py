"""The desk's rooms, put together: their order here is that of the frame."""

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import Response

from intake.rules.errors import NotFound
from web.pages import serve_assets

from . import (
    approvals,
    audit,
    devices,
    figures,
    many_questions,
    meetings,
    messages,
    own_hamlets,
    own_topics,
    papers,
    plan_paper,
    question,
    question_acts,
    questions,
    reception,
    sealed,
    setup,
    sorting,
    supervision,
    surveys,
    tasks,
    today,
    unreached,
    working_days,
)
from .doors import Doors
from .entry import entry
from .fresh import follow_news
from .office import OfficeSite, office_pages
from .room import DeskRoom
from .visiting import Visit, act, show

_ROOMS: tuple[tuple[DeskRoom, Callable[[Doors], None]], ...] = (
    (today.ROOM, today.open_room),
    (unreached.PAGE, unreached.open_page),
    (questions.ROOM, questions.open_room),
    (questions.ROOM, many_questions.open_acts),
    (question.PAGE, question.open_page),
    (question.PAGE, question_acts.open_acts),
    (sorting.ROOM, sorting.open_room),
    (approvals.ROOM, approvals.open_room),
    (meetings.ROOM, meetings.open_room),
    (own_hamlets.ROOM, own_hamlets.open_room),
    (surveys.ROOM, surveys.open_room),
    (reception.ROOM, reception.open_room),
    (tasks.ROOM, tasks.open_room),
    (messages.ROOM, messages.open_room),
    (figures.ROOM, figures.open_room),
    (papers.ROOM, papers.open_room),
    (supervision.ROOM, supervision.open_room),
    (audit.ROOM, audit.open_room),
    (sealed.ROOM, sealed.open_room),
    (setup.ROOM, setup.open_room),
    (setup.ROOM, own_topics.open_part),
    (setup.ROOM, working_days.open_part),
    (plan_paper.ROOM, plan_paper.open_room),
    (devices.ROOM, devices.open_room),
)


def office_router(office: OfficeSite) -> APIRouter:
    """Every address of the desk."""
    router = APIRouter()
    serve_assets(router, office_pages())
    entry(router, office)
    follow_news(router, office)
    office.rooms = list(dict.fromkeys(room for room, _ in _ROOMS))
    for room, open_room in _ROOMS:
        open_room(Doors(router, office, room))
    show(router, office, "/{nowhere:path}", _nowhere)  # the last: whatever no room has
    act(router, office, "/{nowhere:path}", _nowhere)
    return router


async def _nowhere(visit: Visit) -> Response:
    """An address of the desk behind which there is nothing; one with a slash too many leads to the room."""
    path = visit.request.url.path
    if path.endswith("/") and visit.request.method != "POST":
        return visit.to(path.rstrip("/"))
    raise NotFound
