"""The whole conversation, put together from the parts of each role."""

from functools import cache

from intake.rules.people.account_link import code_in

from . import menu
from .chair import approvals, meeting_requests
from .engine.inbound_event import InboundEvent, InboundKind
from .engine.scene import Scene, Turn
from .engine.table import ConversationModule, Table, put_together
from .hamlet_head import neighbours, roster, roster_adding, roster_people
from .hamlet_head import notices as pushing
from .office import (
    before_meeting,
    broadcasts,
    cases,
    conclusion_items,
    guest_reply,
    lists,
    loudspeaker,
    notice_card,
    notices,
    poster,
    question_aids,
    speaking,
)
from .official import promise, queue, reply
from .reception import check_in as door
from .reception import guests as guest_door
from .reception import newcomers
from .resident import (
    after_answer,
    ask,
    calendar,
    data_request,
    linking,
    my_registration,
    own_data,
    questions,
    register,
    results,
    settings,
    start,
)
from .secretary import (
    conclusion,
    fix_meeting,
    floor,
    guests,
    invite,
    meeting_card,
    new_meeting,
    nudge,
    open_points,
    plan_reading,
    programme,
    publishing,
    quotas,
    room,
    room_end,
    room_outcomes,
    rosters,
    suggestions,
    tasks,
    together,
    triage,
    urgent,
)
from .secretary import notices as releasing

PARTS: tuple[ConversationModule, ...] = (
    menu.PART,
    start.PART,
    ask.PART,
    calendar.PART,
    register.PART,
    my_registration.PART,
    questions.PART,
    after_answer.PART,
    settings.PART,
    own_data.PART,
    data_request.PART,
    linking.PART,
    triage.PART,
    urgent.PART,
    nudge.PART,
    tasks.PART,
    queue.PART,
    reply.PART,
    promise.PART,
    approvals.PART,
    meeting_requests.PART,
    room.PART,
    room_outcomes.PART,
    room_end.PART,
    programme.PART,
    floor.PART,
    conclusion.PART,
    conclusion_items.PART,
    results.PART,
    publishing.PART,
    open_points.PART,
    new_meeting.PART,
    plan_reading.PART,
    meeting_card.PART,
    fix_meeting.PART,
    releasing.PART,
    pushing.PART,
    notices.PART,
    broadcasts.PART,
    notice_card.PART,
    loudspeaker.PART,
    poster.PART,
    lists.PART,
    roster.PART,
    roster_people.PART,
    roster_adding.PART,
    rosters.PART,
    quotas.PART,
    speaking.PART,
    door.PART,
    newcomers.PART,
    guests.PART,
    guest_reply.PART,
    guest_door.PART,
    neighbours.PART,
    invite.PART,
    question_aids.PART,
    suggestions.PART,
    together.PART,
    cases.PART,
    before_meeting.PART,
)
TAKES_REST = ("start", "trangthai", "cachtinh")


async def unprompted(scene: Scene, heard: InboundEvent) -> Turn:
    """What is said while nothing was asked: the start of a question; from somebody unknown, the start of everything."""
    if heard.kind is InboundKind.TEXT and code_in(heard.text):
        return await linking.begin(scene, heard.text)
    if scene.person is None:
        return await start.stranger(scene, heard.text)
    if heard.kind is InboundKind.CHOICE:
        return await menu.show_menu(scene, "")
    return await ask.ask_unasked(scene, heard)


@cache
def conversation_table() -> Table:
    """The table of the product; put together once, checked while it is put together."""
    return put_together(PARTS, stranger=start.stranger, unprompted=unprompted, takes_rest=TAKES_REST)
