"""The person's browsers: where the desk is open, closing it there, leaving this one."""

from fastapi.responses import RedirectResponse, Response

from intake.actions.people.office_session import end_session, sessions_of
from intake.rules.message import Term

from .doors import Doors
from .office import ENTRY, HOME, SESSION_COOKIE
from .room import DeskRoom, everybody
from .said import sentence
from .visiting import Visit, number_in

ROOM = DeskRoom("/thiet-bi", "desk.devices", everybody)


def open_room(doors: Doors) -> None:
    """Add the list of browsers, and the ways to close the desk."""
    doors.show("", _show)
    doors.act("/dong", _end)
    doors.act("/roi", _leave)


async def _show(visit: Visit) -> Response:
    async with visit.reading() as uow:
        sessions = await sessions_of(uow, visit.person)
    return visit.page("devices.html", sessions=sessions)


async def _end(visit: Visit) -> Response:
    number = number_in(visit.typed.get("session", ""))
    async with visit.acting() as uow:
        ended = await end_session(uow, person=visit.person, session_id=number)
    visit.office.open_keys.shut(ended.id)
    if ended.id == visit.desk.session.id:
        return _gone()
    return visit.to(HOME + ROOM.path, sentence("desk.closed", browser=ended.browser or Term("browser.some")))


async def _leave(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await end_session(uow, person=visit.person, session_id=visit.desk.session.id)
    visit.office.open_keys.shut(visit.desk.session.id)
    return _gone()


def _gone() -> Response:
    response = RedirectResponse(ENTRY, status_code=303)
    response.delete_cookie(SESSION_COOKIE, path=HOME)
    return response
