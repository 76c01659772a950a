"""One at a time, and somebody who looks at a page is not kept waiting by files that come by themselves."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

PAGES_IN_A_ROW = 5
"""So many pages go before a file that waits; then it is its turn, however many more are looked at."""
_Waiting = deque[asyncio.Future[None]]


class PressTurns:
    """Who may use the press: whoever came first, but pages before files.

    Whoever has begun is not interrupted. A file waits for `PAGES_IN_A_ROW` pages at most, so that it comes whatever
    people look at.
    """

    def __init__(self) -> None:
        self.taken = False
        self._pages: _Waiting = deque()
        self._files: _Waiting = deque()
        self._in_a_row = 0

    def for_a_page(self) -> AbstractAsyncContextManager[None]:
        """While somebody waits in front of a page."""
        return self._turn(self._pages)

    def for_a_file(self) -> AbstractAsyncContextManager[None]:
        """While a file is made."""
        return self._turn(self._files)

    @asynccontextmanager
    async def _turn(self, waiting: _Waiting) -> AsyncIterator[None]:
        await self._wait_in(waiting)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait_in(self, waiting: _Waiting) -> None:
        if not self.taken:
            self.taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was its turn, and nobody is there to take it
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while waiting := self._next():
            turn = waiting.popleft()
            if not turn.cancelled():
                turn.set_result(None)
                return
        self.taken = False

    def _next(self) -> _Waiting | None:
        if self._pages and self._files and self._in_a_row < PAGES_IN_A_ROW:
            self._in_a_row += 1
            return self._pages
        self._in_a_row = 0
        return self._files or self._pages or None
