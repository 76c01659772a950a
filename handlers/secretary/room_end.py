"""Ending a meeting: now, or at the hour it really ended when nobody pressed the button then (R149)."""

from datetime import datetime

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.conclude import issues_conclusion
from intake.actions.meetings.hold_meeting import (
    close_meeting,
    declare_held,
    figures_message,
    meeting_in_unit,
    require_begun,
    require_in_session,
)
from intake.actions.meetings.in_room import UNHEARD, is_held
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.results import Figures
from intake.rules.message import Message, Param, button, literal
from intake.rules.typed_when import past_moment_typed

from .room import why_row

ENDED = "roomend.when"
HELD = "heldend.when"
PLANNED = "planned"


async def confirm_end(scene: Scene, rest: str) -> Turn:
    """A button `roomclose.<meeting id>`: what ending does, and whether it really ends."""
    meeting = require_in_session(await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest))))
    questions = await scene.uow.questions.of_meeting(meeting.id)
    left = sum(question.state in UNHEARD for question in questions)
    row = (button("button.yes", f"roomend.{meeting.id}"), button("button.no", f"room.{meeting.id}"))
    earlier = (button("room.ended_earlier", f"roomended.{meeting.id}"),)
    params: dict[str, Param] = {
        "title": meeting.title,
        "left": left,
        "held": sum(is_held(question) for question in questions),
    }
    return Turn(say=(Message("room.confirm_end", params, (row, earlier)),))


async def end_now(scene: Scene, rest: str) -> Turn:
    """A button `roomend.<meeting id>`."""
    return await _end(scene, MeetingId(id_in(rest)), None)


async def ask_when(scene: Scene, rest: str) -> Turn:
    """A button `roomended.<meeting id>`: it ended some time ago."""
    meeting = require_in_session(await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest))))
    return Turn(to=ENDED, draft={"meeting": meeting.id})


async def _ask(scene: Scene) -> Message:
    meeting = await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))
    example = meeting.opened_at or scene.uow.now
    return Message("room.ask_end", {"example": example}, ((button("button.cancel", "cancel"),),))


async def _hear(scene: Scene, event: InboundEvent) -> Turn:
    return await _end(scene, MeetingId(int(scene.draft["meeting"])), past_moment_typed(event.text, scene.uow.now))


async def ask_held(scene: Scene, rest: str) -> Turn:
    """A button `heldend.<meeting id>`: nobody opened or ended it, and it took place."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    require_begun(meeting, scene.uow.now)
    return Turn(to=HELD, draft={"meeting": meeting.id})


async def _ask_held(scene: Scene) -> Message:
    """The planned end is offered, since it is the likeliest answer; nothing is taken for it without a tap."""
    meeting = await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))
    end = meeting.planned_end or scene.uow.now
    offers = () if end > scene.uow.now else ((literal(f"{end.astimezone(LOCAL):%H:%M, %d/%m/%Y}", PLANNED),),)
    params: dict[str, Param] = {"title": meeting.title, "example": end}
    return Message("held.when", params, (*offers, (button("button.cancel", "cancel"),)))


async def _hear_held(scene: Scene, event: InboundEvent) -> Turn:
    meeting = await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))
    if event.choice == PLANNED and meeting.planned_end is not None:
        ended_at = meeting.planned_end
    else:  # an hour without a day is one of the meeting's own day
        day = (meeting.starts_at or scene.uow.now).astimezone(LOCAL).date()
        ended_at = past_moment_typed(event.text, scene.uow.now, on=day)
    figures = await declare_held(scene.uow, by=scene.me, meeting_id=meeting.id, ended_at=ended_at)
    return await _over(scene, meeting.id, figures)


async def _end(scene: Scene, meeting_id: MeetingId, ended_at: datetime | None) -> Turn:
    figures = await close_meeting(scene.uow, by=scene.me, meeting_id=meeting_id, ended_at=ended_at)
    return await _over(scene, meeting_id, figures)


async def _over(scene: Scene, meeting_id: MeetingId, figures: Figures) -> Turn:
    meeting = await meeting_in_unit(scene.uow, scene.me, meeting_id)
    said = figures_message(meeting, figures)
    asked = await scene.uow.questions.of_meeting(meeting.id)
    row = [button("room.not_put_button", f"notput.{meeting.id}")]
    if await issues_conclusion(scene.uow, meeting):
        row.insert(0, button("conclusion.button", f"conclusion.{meeting.id}"))
    return Turn(say=(Message(said.key, said.params, (*why_row(meeting, asked), tuple(row))),))


MODULE = ConversationModule(
    choices=(
        Choice("roomclose", confirm_end),
        Choice("roomend", end_now),
        Choice("roomended", ask_when, leads_to=(ENDED,)),
        Choice("heldend", ask_held, leads_to=(HELD,)),
    ),
    steps=(Step(ENDED, _ask, _hear, free_text=True), Step(HELD, _ask_held, _hear_held, free_text=True)),
)
