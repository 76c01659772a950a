"""Coming in: the page shows six digits and a QR code, the person says yes in the chat, and the desk opens."""

from collections.abc import Sequence

import segno
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from intake.actions.people.office_session import ask_in, come_in, entry_of, shows
from intake.rules.errors import RuleBroken
from intake.rules.people.office_session import CODE_VALID_FOR, OfficeEntry, browser_named
from intake.rules.people.person import Network
from wording.texts import words

from .office import ENTRY, ENTRY_COOKIE, HOME, OfficeSite, answer, over_https
from .visiting import new_secret, seat

_HALF = 3


def entry(router: APIRouter, office: OfficeSite) -> None:
    """Add the page of the code, what it asks while it waits, and the address that is quick to type."""

    @router.get(ENTRY)
    async def wait(request: Request, tiep: str = HOME) -> Response:
        goal = tiep if tiep == HOME or tiep.startswith(f"{HOME}/") else HOME
        token, _, code = request.cookies.get(ENTRY_COOKIE, "").partition(".")
        if request.method == "HEAD":  # nobody looks at it: no code is made
            return Response(media_type="text/html")
        found = await _entry(office, token, code)
        if found is not None and found.person_id is not None:
            entered = await _come_in(office, request, token, goal)
            if entered is not None:
                return entered
        if found is not None and found.person_id is None:
            return await _page(office, request, code, found, goal)
        return await _ask_anew(office, request, goal)

    @router.get("/ban")
    async def short() -> Response:
        return RedirectResponse(HOME, status_code=303)

    @router.get(f"{ENTRY}/xong")
    async def look(request: Request) -> Response:
        token, _, code = request.cookies.get(ENTRY_COOKIE, "").partition(".")
        found = await _entry(office, token, code)
        waits = found is not None and found.person_id is None
        return JSONResponse({"waits": waits})


async def _entry(office: OfficeSite, token: str, code: str) -> OfficeEntry | None:
    if not token:
        return None
    async with office.reading() as uow:
        found = await entry_of(uow, token)
        return found if found is not None and shows(uow, found, code) else None


async def _come_in(office: OfficeSite, request: Request, token: str, goal: str) -> Response | None:
    """Open the desk under a secret that was never shown before the person said yes."""
    secret = new_secret()
    async with office.unit() as uow:
        found = await entry_of(uow, token)
        session = None if found is None else await come_in(uow, entry=found, token=secret)
        await uow.commit()
    if session is None:
        return None
    response = RedirectResponse(goal, status_code=303)
    seat(office, request, response, secret)
    response.delete_cookie(ENTRY_COOKIE, path=HOME)
    return response


async def _ask_anew(office: OfficeSite, request: Request, goal: str) -> Response:
    if not office.may_ask(request):
        return answer("refused.html", status=429, sentence=words("vi", "refusal.too_many_ask_in"), kept=[])
    token = new_secret()
    try:
        async with office.unit() as uow:
            code = await ask_in(uow, token=token, browser=browser_named(request.headers.get("user-agent", "")))
            await uow.commit()
            found = await entry_of(uow, token)
    except RuleBroken as refusal:
        sentence = words("vi", refusal.message.key, refusal.message.params)
        return answer("refused.html", status=503, sentence=sentence, kept=[])
    if found is None:
        raise RuntimeError("a browser that asked a moment ago does not ask")
    response = await _page(office, request, code, found, goal)
    response.set_cookie(
        ENTRY_COOKIE,
        f"{token}.{code}",
        max_age=int(CODE_VALID_FOR.total_seconds()),
        path=HOME,
        httponly=True,
        samesite="strict",
        secure=over_https(office, request),
    )
    return response


async def _page(office: OfficeSite, request: Request, code: str, found: OfficeEntry, goal: str) -> Response:
    link = _link(office, request, code)
    return answer(
        "entry.html",
        code=f"{code[:_HALF]} {code[_HALF:]}",
        until=found.expires_at,
        qr=segno.make(link, error="m", micro=False).svg_data_uri(border=2),
        goal=goal,
        parts=await office.parts(),
    )


def _link(office: OfficeSite, request: Request, code: str) -> str:
    """Where the QR code leads: to a chat that takes the code along, our own where no other does."""
    links: Sequence[str] = [
        link.url
        for link in office.links(f"b-{code}")
        if link.carries_code and link.network in (Network.TELEGRAM, Network.WEBCHAT)
    ]
    return links[0] if links else f"{request.url.scheme}://{request.url.netloc}/?start=b-{code}"
