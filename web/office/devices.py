"""The person's browsers: where the desk is open, closing it there, leaving this one."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from intake.actions.people.office_session import end_session, sessions_of

from .office import ENTRY, HOME, SESSION_COOKIE, OfficeSite
from .visiting import Visit, act, number_in, show

PATH = "/thiet-bi"


def rooms(router: APIRouter, office: OfficeSite) -> None:
    """Add the list of browsers, and the ways to close the desk."""
    show(router, office, PATH, _show)
    act(router, office, f"{PATH}/dong", _end)
    act(router, office, "/roi", _leave)


async def _show(visit: Visit) -> Response:
    async with visit.reading() as uow:
        sessions = await sessions_of(uow, visit.person)
    return visit.page("devices.html", sessions=sessions)


async def _end(visit: Visit) -> Response:
    number = number_in(visit.typed.get("session", ""))
    async with visit.acting() as uow:
        ended = await end_session(uow, person=visit.person, session_id=number)
    visit.office.open_keys.shut(ended.id)
    return _gone() if ended.id == visit.desk.session.id else visit.to(HOME + PATH)


async def _leave(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await end_session(uow, person=visit.person, session_id=visit.desk.session.id)
    visit.office.open_keys.shut(visit.desk.session.id)
    return _gone()


def _gone() -> Response:
    response = RedirectResponse(ENTRY, status_code=303)
    response.delete_cookie(SESSION_COOKIE, path=HOME)
    return response
