"""The whole conversation, put together from the parts of each role."""

from functools import cache

from . import lists, loudspeaker, menu, notice_card, notices, poster
from .chair import approvals, meeting_requests
from .hamlet_head import neighbours
from .hamlet_head import notices as pushing
from .heard import Heard, HeardKind
from .official import promise, queue, reply
from .resident import after_answer, ask, calendar, own_data, questions, register, settings, start
from .scene import Scene, Turn
from .secretary import fix_meeting, invite, meeting_card, new_meeting, room, room_outcomes, triage
from .secretary import notices as releasing
from .table import Part, Table, put_together

PARTS: tuple[Part, ...] = (
    menu.PART,
    start.PART,
    ask.PART,
    calendar.PART,
    register.PART,
    questions.PART,
    after_answer.PART,
    settings.PART,
    own_data.PART,
    triage.PART,
    queue.PART,
    reply.PART,
    promise.PART,
    approvals.PART,
    meeting_requests.PART,
    room.PART,
    room_outcomes.PART,
    new_meeting.PART,
    meeting_card.PART,
    fix_meeting.PART,
    releasing.PART,
    pushing.PART,
    notices.PART,
    notice_card.PART,
    loudspeaker.PART,
    poster.PART,
    lists.PART,
    neighbours.PART,
    invite.PART,
)
TAKES_REST = ("start", "trangthai", "cachtinh")


async def unprompted(scene: Scene, heard: Heard) -> Turn:
    """What is said while nothing was asked: the start of a question; from somebody unknown, the start of everything."""
    if scene.person is None:
        return await start.stranger(scene, heard.text)
    if heard.kind is HeardKind.CHOICE:
        return await menu.show_menu(scene, "")
    return await ask.ask_unasked(scene, heard)


@cache
def conversation_table() -> Table:
    """The table of the product; put together once, checked while it is put together."""
    return put_together(PARTS, stranger=start.stranger, unprompted=unprompted, takes_rest=TAKES_REST)
