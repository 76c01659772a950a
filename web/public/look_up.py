"""How far a question is, by its reference and the four signs of its receipt (R222)."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from intake.actions.questions.look_up import LookedUp, look_up
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import NotFound
from intake.rules.questions.reference import find_reference
from web.forms import read_form
from web.pace import visitor_of

from .site import HOME, LANGUAGES, PublicSite, leading_home, public_pages

LOOK_UP = f"{HOME}/tra-cuu"


def look_ups(router: APIRouter, site: PublicSite) -> None:
    """Add the form, and its answer. Nothing is asked in an address: addresses are kept by browsers and logs."""

    @router.get(LOOK_UP)
    async def ask(lang: str = LANGUAGES[0], ma: str = "") -> Response:
        return _page(lang, reference=find_reference(ma) or "")

    @router.post(LOOK_UP)
    async def answer(request: Request) -> Response:
        form = await read_form(request)
        typed, signs, language = (form.get(name, "") for name in ("ma", "ky-tu", "lang"))
        reference = find_reference(typed) or ""
        if site.looking_up.wait(visitor_of(request)) or (reference and site.looked_up.wait(reference)):
            site.count_look_up("slowed")
            return _page(language, status=429, reference=reference, problem="public.look_up_slower")
        try:
            async with site.reading() as uow:
                found = await look_up(uow, reference=typed, signs=signs)
        except NotFound:
            site.count_look_up("unknown")
            return _page(language, status=404, reference=reference, problem="public.look_up_unknown")
        site.count_look_up("found")
        return _page(language, found=found)


def _page(
    language: str, *, status: int = 200, reference: str = "", problem: str = "", found: LookedUp | None = None
) -> Response:
    language = language if language in LANGUAGES else LANGUAGES[0]
    return public_pages().response(
        "look_up.html",
        language,
        status,
        link=leading_home(language),
        home=HOME,
        address=LOOK_UP,
        reference=reference,
        problem=problem,
        found=found,
        due=None if found is None or found.due_on is None else on_weekday(found.due_on),
    )
