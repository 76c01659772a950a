"""What other processes did, told to the open pages of this one: chats, halls, rooms at the desk, desks."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.webchat.streams import Streams
from web.office.news import DeskNews
from web.views import Views


async def hear_of_changes(engine: AsyncEngine, streams: Streams, meetings: Sequence[Views], news: DeskNews) -> None:
    """Let PostgreSQL tell of them, until cancelled. While it is not heard, the pages look by themselves."""
    # its driver is loaded only where there is a PostgreSQL
    from storage.listening import listen
    from storage.telling import LINES, MEETINGS, NEWS

    def hearing(does: bool) -> None:  # noqa: FBT001 - as it is called
        streams.live.hearing(does=does)
        news.hearing(does=does)
        for views in meetings:
            views.hearing(does=does)

    def of_meeting(meeting: int, newest: int) -> None:
        for views in meetings:
            views.tell(meeting, newest)

    await listen(engine, {LINES: streams.tell, MEETINGS: of_meeting, NEWS: news.tell}, hearing)
