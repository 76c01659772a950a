"""Who sits at the desk: the session in the cookie, the token in every form, and what is said to whoever has neither."""

import hmac
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import APIRouter, HTTPException, Request, WebSocket
from fastapi.responses import RedirectResponse, Response
from starlette.requests import HTTPConnection

from intake.actions.people.office_session import AtTheDesk, at_the_desk, is_to_be_noted, note_use
from intake.actions.questions.news import newest_of
from intake.actions.sealed.keys import officers_keys
from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Message, Param
from intake.rules.people.office_session import LONGEST
from intake.rules.people.person import Grant, Person
from web.forms import LONGEST_WITH_FILE, FileTooBigError, read_form
from web.live import Live, over_websocket
from web.office.office import ENTRY, HOME, SESSION_COOKIE, OfficeSite, answer, over_https
from web.office.said import SAID_COOKIE, SAID_FOR, kept_said, read_said
from web.our_page import from_our_page
from wording.texts import shown, words

PROOF = "proof"
"""The field by which a form shows that it comes from a page of this session."""
FORM = "form"
"""The field by which a form says which one of its page it is."""
UNSHOWN = "secret_"
"""What the name of a field begins with that is never shown again: a passphrase, a key."""
CHOSEN = frozenset(
    [
        "act",
        "altering",
        "beyond",
        "dang",
        "desk",
        "expected",
        "form_of",
        "group",
        "guest",
        "hamlet",
        "hands",
        "held",
        "id",
        "incomplete",
        "item",
        "key",
        "kind",
        "look",
        "mau",
        "means",
        "meeting",
        "minutes",
        "nguoi",
        "nhom",
        "officer",
        "outcome",
        "person",
        "plan",
        "reading",
        "reply",
        "same",
        "seat",
        "seen",
        "sensitive",
        "session",
        "state",
        "sure",
        "target",
        "template",
        "topic",
        "tt",
        "tu",
        "unit",
        "ve",
        "view",
        "what",
        "word",
    ]
)
"""The fields that are chosen, ticked or hidden in every form: codes of ours, nothing anybody would want to copy."""
TICKS = ("chon-", "duyet-", "ghep-")
"""What the names of ticks before a line begin with; the line's id follows."""
_LONGEST_NUMBER = 9
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class FormRefusal:
    """What a rule said about the form that was sent: at a field of it, or (the empty string) about all of it."""

    field: str
    message: Message


@dataclass(frozen=True, slots=True)
class Seated:
    """Who sits in a browser; `secret` opens the desk there, `token` stands in its forms."""

    desk: AtTheDesk
    secret: str
    token: str
    keeps_sealed: bool
    seen: int

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The roles held at this moment."""
        return self.desk.grants


@dataclass(slots=True)
class Visit:
    """One request of somebody who sits at the desk; `typed` are the fields of the form it brings, without its token.

    `seen` is the newest of what is new to the person, by number. `form` is which form of its page that was. While the
    page is shown again with what was typed `shows_typed` is set, and `refused` where a rule said no; `form_stands` once
    the page has shown a field of that form. `tells` is what an act that shows a page itself has to say there.
    """

    office: OfficeSite
    request: Request
    desk: AtTheDesk
    secret: str
    token: str
    keeps_sealed: bool = False
    seen: int = 0
    typed: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    refused: FormRefusal | None = None
    shows_typed: bool = False
    form_stands: bool = False
    tells: Sequence[Param] = ()

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.desk.person

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The roles held at this moment."""
        return self.desk.grants

    @property
    def rooms(self) -> Sequence[tuple[str, str]]:
        """What the frame leads to: the address and the sentence of each room the person may enter."""
        return [(HOME + room.path, room.name) for room in self.office.rooms if room.stands_in_frame(self)]

    @property
    def said(self) -> Sequence[str]:
        """What the act before this page has to tell."""
        cookie = self.request.cookies.get(SAID_COOKIE, "")
        return [shown(self.person.language, one) for one in (*read_said(self.secret, cookie), *self.tells)]

    @property
    def meeting_id(self) -> MeetingId:
        """The meeting the address names; `NotFound` for whatever cannot be one."""
        return MeetingId(number_in(self.request.path_params["meeting"]))

    def words(self, said: Param) -> str:
        """In the person's language."""
        return shown(self.person.language, said)

    @property
    def trouble(self) -> str:
        """Why the form was refused, where that stands at none of its fields."""
        refused = self.refused
        if refused is None or refused.field:
            return ""
        return words(self.person.language, refused.message.key, refused.message.params)

    def kept(self, form: str, name: str, otherwise: str = "") -> str:
        """What a field of a form shows: what was typed in it when the page is shown again, else `otherwise`."""
        if not self.shows_typed or self.form != form or name.startswith(UNSHOWN):
            return otherwise
        self.form_stands = True
        return self.typed.get(name, otherwise)

    @property
    def handed_back(self) -> Sequence[str]:
        """What was typed in a form that the page shown again has no more; asked for when the page is put together.

        A word without a blank is a code or a number of ours more often than anybody's words.
        """
        if self.refused is None or self.form_stands:
            return ()
        return [text for text in _words_typed(self.typed) if " " in text.strip()]

    def wrong(self, form: str, name: str) -> str:
        """What is wrong with a field of a form; the empty string when nothing is."""
        refused = self.refused
        if refused is None or self.form != form or refused.field != name:
            return ""
        return words(self.person.language, refused.message.key, refused.message.params)

    def is_in(self, path: str) -> bool:
        """Whether the page that is shown belongs to a room of the frame."""
        at = self.request.url.path
        return at == path or (path != HOME and at.startswith(f"{path}/"))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """Look something up."""
        async with self.office.reading() as uow:
            yield uow

    @asynccontextmanager
    async def acting(self) -> AsyncIterator[UnitOfWork]:
        """Do something: committed at the end, after which the letters it wrote are sent."""
        async with self.office.unit() as uow:
            yield uow
            await uow.commit()
        self.office.remembered.forget()
        self.office.wake()

    def page(self, name: str, status: int = 200, **values: Any) -> Response:
        """A page of the desk, with everything its frame needs; what the act before had to tell is told now."""
        page = answer(name, self.person.language, status, visit=self, **values)
        if SAID_COOKIE in self.request.cookies:
            page.delete_cookie(SAID_COOKIE, path=HOME)
        return page

    def to(self, path: str, *said: Param) -> Response:
        """After an act: on to a page that can be loaded again, which tells what was done."""
        response = RedirectResponse(path, status_code=303)
        if said:
            response.set_cookie(
                SAID_COOKIE,
                kept_said(self.secret, said),
                max_age=SAID_FOR,
                path=HOME,
                httponly=True,
                samesite="strict",
                secure=over_https(self.office, self.request),
            )
        return response


Room = Callable[[Visit], Awaitable[Response]]


def show(router: APIRouter, office: OfficeSite, path: str, room: Room) -> None:
    """Add a page; whoever is not in is sent to the entry and comes back from there."""

    async def shown(request: Request) -> Response:
        visit = await _visit(office, request)
        if visit is None:
            asked = f"?{request.url.query}" if request.url.query else ""
            back = f"?tiep={quote(request.url.path + asked)}" if path else ""
            return RedirectResponse(f"{ENTRY}{back}", status_code=303)
        return await _answered(visit, room)

    # a plain route, here and below: nothing of FastAPI's validation is needed, and preparing it for two hundred
    # addresses is a tenth of a second of every start
    router.add_route(HOME + path, shown, methods=["GET"])


def act(router: APIRouter, office: OfficeSite, path: str, room: Room, *, longest: int = LONGEST_WITH_FILE) -> None:
    """Add what a form does. One that is forged or whose session is over is refused, with all that was typed in it.

    `longest`: how many bytes a form with a file may have, from whoever sits there; a stranger's is not read so far.
    """

    async def acted(request: Request) -> Response:
        visit = await _visit(office, request)
        language = "vi" if visit is None else visit.person.language
        try:
            from_our_page(request)
            typed = await read_form(
                request, LONGEST_WITH_FILE if visit is None else longest, to_the_end=visit is not None
            )
        except FileTooBigError as big:
            kept = {name: value for name, value in big.typed.items() if name not in (PROOF, FORM)}
            return _refused(language, words(language, "desk.file_too_big", {"most": str(big.most)}), kept, 413)
        except HTTPException as refused:
            key = "desk.too_long" if refused.status_code == 413 else "desk.not_our_form"  # noqa: PLR2004
            return _refused(language, words(language, key), {}, refused.status_code)
        token, form = typed.pop(PROOF, ""), typed.pop(FORM, "")
        if visit is None:
            return _refused(language, words(language, "desk.session_over"), typed, 403)
        if not hmac.compare_digest(token.encode(), visit.token.encode()):
            return _refused(language, words(language, "desk.stale_form"), typed, 403)
        visit.form, visit.typed = form, typed
        return await _answered(visit, room)

    router.add_route(HOME + path, acted, methods=["POST"])


def follow(
    router: APIRouter, office: OfficeSite, path: str, live: Live, topic: Callable[[Seated, WebSocket], Awaitable[str]]
) -> None:
    """Add what a page follows over a WebSocket; it ends at once for whom `topic` finds nothing."""

    @router.websocket(HOME + path)
    async def followed(websocket: WebSocket) -> None:
        seat = await _seat(office, websocket)
        try:
            of = None if seat is None else await topic(seat, websocket)
        except NotFound:
            of = None
        await over_websocket(live, websocket, of, 0)


async def _answered(visit: Visit, room: Room) -> Response:
    """The desk's one error boundary: a refusal is a sentence, a defect an apology with a number that is in the log."""
    language = visit.person.language
    try:
        return await room(visit)
    except RuleBroken as refusal:
        status = 404 if isinstance(refusal, NotFound) else 409 if isinstance(refusal, ChangedMeanwhile) else 422
        key = "desk.not_found" if isinstance(refusal, NotFound) else refusal.message.key
        return _refused(language, words(language, key, refusal.message.params), visit.typed, status)
    except Exception as trouble:
        number = secrets.token_hex(3)
        log.exception("page_failed", number=number, path=visit.request.url.path, error=type(trouble).__name__)
        return _refused(language, words(language, "talk.sorry", {"number": number}), visit.typed, 500)


async def _visit(office: OfficeSite, request: Request) -> Visit | None:
    seat = await _seat(office, request)
    if seat is None:
        return None
    return Visit(office, request, seat.desk, seat.secret, seat.token, seat.keeps_sealed, seat.seen)


async def _seat(office: OfficeSite, connection: HTTPConnection) -> Seated | None:
    secret = connection.cookies.get(SESSION_COOKIE, "")
    if not secret:
        return None
    async with office.reading() as uow:
        desk = await at_the_desk(uow, secret)
        if desk is None:
            return None
        token = uow.vault.digest(f"form {secret}")
        noted = is_to_be_noted(uow, desk.session)
        keeps_sealed = bool(await officers_keys(uow, desk.person))
        seen = await newest_of(uow, desk.person)
    if noted:
        async with office.unit() as uow:
            await note_use(uow, secret)
            await uow.commit()
    return Seated(desk, secret, token, keeps_sealed, seen)


def _refused(language: str, sentence: str, typed: Mapping[str, str], status: int) -> Response:
    return answer("refused.html", language, status, sentence=sentence, kept=_words_typed(typed))


def _words_typed(typed: Mapping[str, str]) -> list[str]:
    """What somebody may want to copy of a form that is gone."""
    return [
        value
        for name, value in typed.items()
        if value.strip() and name not in CHOSEN and not name.startswith((UNSHOWN, *TICKS))
    ]


def seat(office: OfficeSite, request: Request, response: Response, secret: str) -> None:
    """Put the secret of a new session into the cookie of the desk's pages."""
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=int(LONGEST.total_seconds()),
        path=HOME,
        httponly=True,
        samesite="strict",
        secure=over_https(office, request),
    )


def number_in(typed: str) -> int:
    """The number that an address or a field names; `NotFound` for whatever cannot be one."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_NUMBER):
        raise NotFound
    return int(typed)


def new_secret() -> str:
    """256 bits nobody can guess."""
    return secrets.token_urlsafe(32)
