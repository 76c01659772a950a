"""What waits for a second person about a meeting: a look at it, `Duyệt`, `Yêu cầu sửa`; and the meetings of a chair."""

from collections.abc import Sequence

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_lines import AT_ONCE
from handlers.secretary.notices import released
from intake.actions.meetings.ask_second_person import request_message
from intake.actions.meetings.decide_request import approve_request, request_for, return_request
from intake.actions.meetings.fix_meeting import Fixed
from intake.actions.people.office import units_of
from intake.rules.deadlines.due_words import due_words
from intake.rules.meetings.meeting_request import RequestId, RequestKind
from intake.rules.message import Message, Param, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId

REMARK = "redorequest.text"
_NEXT = ((button("button.menu", "cmd.menu"),),)


async def waiting_requests(scene: Scene, units: Sequence[UnitId]) -> tuple[Message, ...]:
    """The requests of these units this person may decide on, the oldest first, whole and with their buttons."""
    waiting = await scene.uow.requests.waiting_in(units)
    own = [(request, meeting) for request, meeting in waiting if request.asked_by != scene.me.id]
    return tuple([await request_message(scene.uow, meeting, request) for request, meeting in own[:AT_ONCE]])


async def show_meetings(scene: Scene, _rest: str) -> Turn:
    """The button `meetings`: the coming meetings of the units one chairs or writes for, each to its card."""
    units = await units_of(scene.uow, scene.me, Role.CHAIR, Role.SECRETARY)
    buttons = [
        literal(f"🗓 {meeting.title}", f"meetingcard.{meeting.id}")
        for meeting in await scene.uow.meetings.of_units(units)
    ]
    rows = rows_of([*buttons, button("button.menu", "cmd.menu")], 1)
    return Turn(say=(Message("meetings.coming" if buttons else "meetings.none_coming", {}, rows),))


async def allow(scene: Scene, rest: str) -> Turn:
    """A button `allow.<request id>`: carried out by this very tap."""
    request, meeting = await request_for(scene.uow, scene.me, RequestId(id_in(rest)))
    done = await approve_request(scene.uow, by=scene.me, request_id=request.id)
    if isinstance(done, Fixed):
        params: dict[str, Param] = {
            "title": meeting.title,
            "at": request.starts_at,
            "venue": done.meeting.venue,
            "told": done.told,
            "due": due_words(done.notice),
        }
        return Turn(say=(Message("fix.done", params, _NEXT),))
    return Turn(say=(released(meeting, done),))


async def start_redo(scene: Scene, rest: str) -> Turn:
    """A button `redorequest.<request id>`: asks what has to be changed."""
    request, meeting = await request_for(scene.uow, scene.me, RequestId(id_in(rest)))
    return Turn(to=REMARK, draft={"request": request.id, "reference": meeting.title})


def _typed(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "text": str(scene.draft["text"])}


async def _send_back(scene: Scene) -> Turn:
    request = await return_request(
        scene.uow,
        by=scene.me,
        request_id=RequestId(int(scene.draft["request"])),
        remark=str(scene.draft["text"]),
    )
    key = "fix.redo_done" if request.kind is RequestKind.SHORT_NOTICE else "notice.redo_done"
    return Turn(say=(Message(key, {"title": str(scene.draft["reference"])}, _NEXT),))


MODULE = ConversationModule(
    steps=form_steps("redorequest", (Field("text", "redorequest.ask", read_words),), preview=_typed, send=_send_back),
    choices=(
        Choice("meetings", show_meetings),
        Choice("allow", allow),
        Choice("redorequest", start_redo, leads_to=(REMARK,)),
    ),
)
