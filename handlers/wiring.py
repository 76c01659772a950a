"""The whole conversation, put together from the parts of each role."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from intake.rules.message import Message
from intake.rules.people.account_link import code_in
from intake.rules.people.office_session import is_code
from intake.rules.questions.reference import bare_reference

from . import menu
from .chair import approvals, deputies, meeting_requests
from .engine.inbound_event import InboundEvent, InboundKind
from .engine.scene import Scene, Turn
from .engine.table import ConversationModule, Table, put_together
from .hamlet_head import neighbours, records, roster, roster_adding, roster_people
from .hamlet_head import notices as pushing
from .office import (
    before_meeting,
    body_tasks,
    broadcasts,
    browsers,
    cases,
    conclusion_items,
    contacts,
    demands,
    figures,
    gathered,
    guest_reply,
    hands,
    lists,
    loudspeaker,
    notice_card,
    notices,
    paper_register,
    papers,
    poster,
    question_aids,
    roles,
    sealing,
    speaking,
    surveys,
    written_down,
)
from .office import sealed as sealed_for_office
from .official import promise, queue, reply
from .reception import check_in, newcomers
from .reception import guests as arriving_guests
from .resident import (
    after_answer,
    ask,
    calendar,
    correct,
    data_request,
    gate,
    household,
    leaving,
    linking,
    my_registration,
    own_data,
    questions,
    register,
    results,
    rights,
    sealed,
    settings,
    start,
)
from .secretary import (
    attending,
    block,
    conclusion,
    entering,
    fix_meeting,
    floor,
    guest_code,
    guests,
    hall_screen,
    invite,
    made_public,
    meeting_card,
    meeting_off,
    new_meeting,
    nudge,
    open_points,
    plan_paper,
    plan_reading,
    programme,
    publishing,
    quotas,
    report_paper,
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

_MODULES: tuple[ConversationModule, ...] = (
    menu.MODULE,
    start.MODULE,
    ask.MODULE,
    calendar.MODULE,
    register.MODULE,
    my_registration.MODULE,
    questions.MODULE,
    after_answer.MODULE,
    settings.MODULE,
    own_data.MODULE,
    data_request.MODULE,
    rights.MODULE,
    household.MODULE,
    correct.MODULE,
    linking.MODULE,
    leaving.MODULE,
    triage.MODULE,
    urgent.MODULE,
    block.MODULE,
    sealing.MODULE,
    contacts.MODULE,
    nudge.MODULE,
    tasks.MODULE,
    body_tasks.MODULE,
    queue.MODULE,
    reply.MODULE,
    promise.MODULE,
    approvals.MODULE,
    deputies.MODULE,
    meeting_requests.MODULE,
    room.MODULE,
    room_outcomes.MODULE,
    made_public.MODULE,
    demands.MODULE,
    room_end.MODULE,
    programme.MODULE,
    floor.MODULE,
    hall_screen.MODULE,
    hands.MODULE,
    surveys.MODULE,
    records.MODULE,
    conclusion.MODULE,
    conclusion_items.MODULE,
    results.MODULE,
    publishing.MODULE,
    open_points.MODULE,
    new_meeting.MODULE,
    plan_paper.MODULE,
    report_paper.MODULE,
    plan_reading.MODULE,
    meeting_card.MODULE,
    meeting_off.MODULE,
    attending.MODULE,
    fix_meeting.MODULE,
    releasing.MODULE,
    pushing.MODULE,
    notices.MODULE,
    broadcasts.MODULE,
    notice_card.MODULE,
    loudspeaker.MODULE,
    poster.MODULE,
    papers.MODULE,
    figures.MODULE,
    paper_register.MODULE,
    lists.MODULE,
    roster.MODULE,
    roster_people.MODULE,
    roster_adding.MODULE,
    rosters.MODULE,
    quotas.MODULE,
    speaking.MODULE,
    check_in.MODULE,
    newcomers.MODULE,
    guests.MODULE,
    guest_code.MODULE,
    guest_reply.MODULE,
    arriving_guests.MODULE,
    neighbours.MODULE,
    entering.MODULE,
    invite.MODULE,
    roles.MODULE,
    sealed.MODULE,
    sealed_for_office.MODULE,
    browsers.MODULE,
    question_aids.MODULE,
    written_down.MODULE,
    suggestions.MODULE,
    together.MODULE,
    cases.MODULE,
    before_meeting.MODULE,
    gathered.MODULE,
)
HELP = menu.help_module(_MODULES)
MODULES = (*_MODULES, HELP)
_START = re.compile(r"#?[a-z]-\S+", re.IGNORECASE)
"""What a link or a poster has behind `/start`."""


def _names_question(rest: str) -> bool:
    """Whether it is a reference, if a mistyped one: "tra cứu DL-24-1", but not "tra cứu sổ đỏ ở đâu"."""
    one_word = " " not in rest.strip()
    return bare_reference(rest) is not None or (one_word and any(map(str.isdigit, rest)))


TAKES_REST: Mapping[str, Callable[[str], bool]] = {
    "start": lambda rest: _START.fullmatch(rest.strip()) is not None,
    "trangthai": _names_question,
    "cachtinh": _names_question,
    "ban": is_code,
}
"""What may stand behind a command that is typed without its stroke: other words are a sentence that begins like it."""


async def unprompted(scene: Scene, event: InboundEvent) -> Turn:
    """What is said while nothing was asked: the start of a question; from somebody unknown, the start of everything."""
    turn = await _code(scene, event.text) if event.kind is InboundKind.TEXT else None
    if turn is not None:
        return turn
    if scene.person is None:
        return await start.stranger_spoke(scene, event)
    if event.kind is InboundKind.CHOICE:
        return await menu.show_menu(scene, "")
    turn = await plan_paper.sent_unasked(scene, event) or await correct.own_number(scene, event)
    turn = turn or await after_answer.reason_typed(scene, event)
    return turn or await ask.ask_unasked(scene, event)


async def _code(scene: Scene, typed: str) -> Turn | None:
    """What a bare code leads to; nothing for other words."""
    if code_in(typed):
        return await linking.begin(scene, typed)
    reference = None if scene.person is None else bare_reference(typed)
    if reference is not None:
        return await questions.show_status(scene, reference)
    if is_code(typed) and scene.person is not None and browsers.may_open_desk(scene):
        return await browsers.begin(scene, typed)
    return None


def outlived(scene: Scene) -> tuple[Message, ...] | None:
    """What is said of something that has lain too long to go on with, and ends; None: it goes on."""
    ended = sealed.outlived(scene)
    return ask.outlived(scene) if ended is None else ended


@cache
def conversation_table() -> Table:
    """The table of the product; put together once, checked while it is put together."""
    return put_together(
        MODULES,
        stranger=start.stranger,
        unprompted=unprompted,
        anywhere=sealed.code_typed,
        outlived=outlived,
        danger=gate.danger_in,
        closed=rights.CLOSED,
        takes_rest=TAKES_REST,
    )
