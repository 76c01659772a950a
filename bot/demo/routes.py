"""The demonstration's addresses: choose who to be, move the clock. Included only when `run --demo` was asked for."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from markupsafe import Markup

from bot.webchat.sessions import CHANNEL, address_of, hand_over
from bot.webchat.webchat import not_found, over_https, web_pages
from intake.actions.people.office_session import open_session
from intake.rules.errors import RuleBroken
from intake.rules.people.office_session import AT_THE_DESK, browser_named
from intake.rules.people.person import Network, Role
from storage.unit_of_work import Store
from web.office.office import HOME, OfficeSite
from web.office.visiting import new_secret, seat
from web.our_page import from_our_page
from web.pages import Pages, pages_of, serve_assets
from wording.texts import shown

from .cast import Troupe, key_of_part, take_up
from .clock import STEPS, DemoClock


def demo_pages() -> Pages:
    """The demonstration's own templates and files."""
    return pages_of(Path(__file__).parent, "/demo/static")


def clock_above(clock: DemoClock) -> Callable[[str], Awaitable[Markup]]:
    """What stands above every chat of the demonstration: the way back to the choice of people, and the clock."""

    async def above(language: str) -> Markup:
        return Markup(  # noqa: S704 - rendered with autoescape
            demo_pages().render("bar.html", language, steps=STEPS, back=True, shown=shown("vi", clock()))
        )

    return above


_AS_ONE_LOOKS = (Role.SECRETARY, Role.OFFICIAL, Role.CHAIR, Role.SUPERVISOR, Role.ADMIN, Role.HAMLET_HEAD)
"""In which order people are offered: those first who do most at a desk."""


def parts_for_desk(troupes: Sequence[Troupe]) -> Callable[[], Awaitable[Markup]]:
    """What stands under the code of the desk: who one can be there."""

    async def parts() -> Markup:
        return Markup(  # noqa: S704 - rendered with autoescape
            demo_pages().render("desk_parts.html", "vi", troupes=troupes, roles=_AS_ONE_LOOKS)
        )

    return parts


def desk_router(store: Store, office: OfficeSite, troupes: Sequence[Troupe]) -> APIRouter:
    """The way in to the desk as somebody of the demonstration."""
    router = APIRouter()
    keys = {part.key for troupe in troupes for role, parts in troupe.roles if role in AT_THE_DESK for part in parts}

    @router.post("/demo/desk/{key}")
    async def sit_down(request: Request, key: str) -> Response:
        from_our_page(request)
        if key not in keys:
            return not_found()
        secret = new_secret()
        async with store.unit() as uow:
            met = await uow.accounts.meet(Network.WEBCHAT, CHANNEL, address_of(uow.vault, key_of_part(uow.vault, key)))
            if met.person is None:
                return not_found()
            await open_session(
                uow,
                person=met.person,
                account_id=met.account.id,
                browser=browser_named(request.headers.get("user-agent", "")),
                token=secret,
            )
            await uow.commit()
        response = RedirectResponse(HOME, status_code=303)
        seat(office, request, response, secret)
        return response

    return router


def demo_router(
    store: Store, clock: DemoClock, troupes: Sequence[Troupe], on_new_day: Callable[[], Awaitable[None]]
) -> APIRouter:
    """The routes; to be included before the web chat's, whose way in they replace.

    `on_new_day` does what is due on a day the clock has just reached.
    """
    router = APIRouter()
    serve_assets(router, demo_pages())
    members = {part.key: part for troupe in troupes for _, parts in troupe.roles for part in parts}

    @router.get("/")
    async def choose() -> Response:
        return demo_pages().response(
            "picker.html",
            troupes=troupes,
            steps=STEPS,
            back=False,
            shown=shown("vi", clock()),
            chat_asset=web_pages().asset,
        )

    @router.post("/demo/enter/{key}")
    async def enter(request: Request, key: str) -> Response:
        from_our_page(request)
        if key not in members:
            return not_found()
        chat = await take_up(store, members[key])
        response = RedirectResponse(f"/chat/{chat.chat_id}/", status_code=303)
        hand_over(response, chat, secure=over_https(request, secure=False))
        return response

    @router.get("/demo/clock")
    async def tell() -> Response:
        return JSONResponse({"shown": shown("vi", clock())})

    @router.post("/demo/clock")
    async def move(request: Request) -> Response:
        from_our_page(request)
        typed = request.query_params.get("days", "")
        try:
            await clock.move(int(typed) if typed.isdecimal() else 0, on_new_day)
        except RuleBroken:
            return JSONResponse({"error": "1, 5 or 30 days, and only forward"}, status_code=422)
        return JSONResponse({"shown": shown("vi", clock())})

    return router
