"""The doors of a room: its pages and its acts, and who comes through them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, WebSocket
from fastapi.responses import Response

from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from web.forms import LONGEST_WITH_FILE
from web.live import Live

from .office import OfficeSite
from .room import DeskRoom
from .visiting import FormRefusal, Seated, Visit, act, follow, show

Page = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Doors:
    """Adds pages and acts to a room; whoever may not enter the room finds nothing behind any of them."""

    router: APIRouter
    office: OfficeSite
    room: DeskRoom

    def show(self, path: str, page: Page) -> None:
        """Add a page at `path` below the room's own address (the empty string: the room itself)."""
        show(self.router, self.office, self.room.path + path, self._guarded(page))

    def act(
        self,
        path: str,
        deed: Page,
        *,
        again: Page | None = None,
        fields: Mapping[str, str] | None = None,
        longest: int = LONGEST_WITH_FILE,
    ) -> None:
        """Add what a form does.

        `again`: the page that is shown anew, with everything that was typed, when a rule refuses the deed; `fields`
        says at which field of the form each refusal (by its msgid) stands, the others stand above the page. Whoever
        loads the address of such a page once more reads the page. `longest` is for a form with a file, in bytes.
        """
        if again is not None:
            self.show(path, again)
        tried = self._guarded(_tried(deed, again, fields or {}))
        act(self.router, self.office, self.room.path + path, tried, longest=longest)

    def follow(self, path: str, live: Live, topic: Callable[[Seated, WebSocket], Awaitable[str]]) -> None:
        """Add what an open page follows: `topic` says which one, and raises `NotFound` for whom it is not."""

        async def guarded(seat: Seated, websocket: WebSocket) -> str:
            if not self.room.enters(seat):
                raise NotFound
            return await topic(seat, websocket)

        follow(self.router, self.office, self.room.path + path, live, guarded)

    def _guarded(self, page: Page) -> Page:
        async def guarded(visit: Visit) -> Response:
            if not self.room.enters(visit):
                raise NotFound
            return await page(visit)

        return guarded


def _tried(deed: Page, again: Page | None, fields: Mapping[str, str]) -> Page:
    if again is None:
        return deed

    async def tried(visit: Visit) -> Response:
        try:
            return await deed(visit)
        except NotFound:
            raise
        except RuleBroken as refusal:
            visit.refused = FormRefusal(fields.get(refusal.message.key, ""), refusal.message)
            visit.shows_typed = True
            response = await again(visit)
            response.status_code = 409 if isinstance(refusal, ChangedMeanwhile) else 422
            return response

    return tried
