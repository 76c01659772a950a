"""What is new while a page of the desk is open: how many questions came since it was read, said in the frame.

A page follows it over a WebSocket, of which a browser allows 255 where it allows six connections; a page that gets none
asks from time to time. That something is followed does not count as use: a desk nobody touches closes by itself.
"""

import json
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager

from intake.actions.questions.news import NewAtTheDesk, new_at_the_desk, newest_at_desks
from intake.ports import UnitOfWork
from web.live import Item, Live
from wording.texts import words

LOOK_THOUGH_TOLD_SECONDS = 15.0
"""How soon is seen what the database does not tell of: that nobody sits at a desk any more."""


def topic_of(person_id: int, session_id: int, seen: int) -> str:
    """What a page follows: whose it is, its desk, and the newest of what was new when it was read."""
    return f"{person_id}/{session_id}/{seen}"


def said(new: NewAtTheDesk | None) -> dict[str, str]:
    """What a page shows: the count for the frame, the sentence for the rooms of questions."""
    if new is None or not new.count:
        return {"count": "", "text": ""}
    return {
        "count": words(new.language, "desk.new_count", {"count": new.count}),
        "text": words(new.language, "desk.new_questions", {"count": new.count}),
    }


class DeskNews:
    """What is new at each desk that is open in a browser."""

    def __init__(self, reading: Callable[[], AbstractAsyncContextManager[UnitOfWork]]) -> None:
        self._reading = reading
        self.live = Live(self, look_though_told=LOOK_THOUGH_TOLD_SECONDS)

    def tell(self, person_id: int, newest: int) -> None:
        """Something is new to a person, in whichever process it came: their pages look."""
        for topic in self.live.topics:
            if topic.partition("/")[0] == str(person_id):
                self.live.signal(topic, newest)

    def hearing(self, *, does: bool) -> None:
        """Note whether the database is heard from now on."""
        self.live.hearing(does=does)

    async def since(self, topic: str, last_id: int) -> Sequence[Item]:
        """How much is new to a page, if it does not know; the last is that nobody sits at its desk any more."""
        _, session_id, seen = map(int, topic.split("/"))
        async with self._reading() as uow:
            new = await new_at_the_desk(uow, session_id, seen)
        if new is None:
            return (Item(sys.maxsize, "", last=True),)
        return (Item(new.newest, json.dumps(said(new), ensure_ascii=False)),) if new.newest > last_id else ()

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        """The newest at the desk of each page, with the same two queries for however many pages."""
        desks = {topic: int(topic.split("/")[1]) for topic in topics}
        async with self._reading() as uow:
            newest = await newest_at_desks(uow, set(desks.values()))
        return {topic: newest.get(session_id, sys.maxsize) for topic, session_id in desks.items()}
