"""Where an open page asks, or is told, how much is new since it was read."""

from fastapi import APIRouter, WebSocket
from fastapi.responses import JSONResponse, Response

from intake.actions.questions.news import new_at_the_desk

from .news import said, topic_of
from .office import OfficeSite
from .visiting import Seated, Visit, follow, number_in, show

FRESH = "/moi"


def follow_news(router: APIRouter, office: OfficeSite) -> None:
    """Add what every page of the desk follows, and what it asks where no WebSocket gets through."""
    show(router, office, FRESH, _asked)
    follow(router, office, f"{FRESH}/live", office.news.live, _topic)


async def _topic(seat: Seated, websocket: WebSocket) -> str:
    return topic_of(seat.desk.person.id, seat.desk.session.id, number_in(websocket.query_params.get("sau", "")))


async def _asked(visit: Visit) -> Response:
    seen = number_in(visit.request.query_params.get("sau", ""))
    async with visit.reading() as uow:
        new = await new_at_the_desk(uow, visit.desk.session.id, seen)
    return JSONResponse(said(new), headers={"Cache-Control": "no-store"})
