"""Putting off a meeting whose new day is not known: the reason, a look at it, `Gửi`."""

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.fix_meeting import STILL_OPEN, clean_reason
from intake.actions.meetings.meeting_people import count_people_of, office_meeting
from intake.actions.meetings.postpone_meeting import postpone_meeting
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Message, Param, Term, button
from intake.rules.people.person import Role
from intake.rules.plan.window import window_of
from wording.meetings import when_of, when_planned

REASON = "postpone.reason"
PREVIEW = "postpone.preview"
_CANCEL = button("button.cancel", "cancel")


async def start_postponing(scene: Scene, rest: str) -> Turn:
    """`postpone.<meeting id>`: the reason first."""
    meeting = await office_meeting(scene.uow, scene.me, MeetingId(id_in(rest)), Role.SECRETARY, Role.CHAIR, lock=False)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    return Turn(to=REASON, draft={"meeting": meeting.id})


async def _meeting(scene: Scene) -> Meeting:
    return await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))


async def _ask_reason(scene: Scene) -> Message:
    return Message("meetings.postpone_reason", {"title": (await _meeting(scene)).title}, ((_CANCEL,),))


async def _hear_reason(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is not InboundKind.TEXT:
        return Turn(to=REASON, say=(Message("meetings.words_only"),), draft=scene.draft)
    return Turn(to=PREVIEW, draft={**scene.draft, "reason": clean_reason(event.text)})


async def _ask_preview(scene: Scene) -> Message:
    meeting = await _meeting(scene)
    until = scene.draft.get("window")
    params: dict[str, Param] = {
        "title": meeting.title,
        **when_of(meeting),
        "until": Term("meetings.day_later") if until is None else when_planned(window_of(str(until))),
        "reason": str(scene.draft["reason"]),
        "people": await count_people_of(scene.uow, meeting),
    }
    row = (button("button.send", "send"), button("button.edit", "edit"), _CANCEL)
    return Message("meetings.postpone_preview", params, (row,))


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    draft = scene.draft
    if event.choice == "edit":
        return Turn(to=REASON, draft={name: value for name, value in draft.items() if name != "reason"})
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=draft)
    told = await postpone_meeting(
        scene.uow,
        by=scene.me,
        meeting_id=MeetingId(int(draft["meeting"])),
        reason=str(draft["reason"]),
        window=window_of(str(draft["window"])) if "window" in draft else None,
    )
    params: dict[str, Param] = {"title": (await _meeting(scene)).title, "told": told}
    return Turn(say=(Message("meetings.postponed", params),))


MODULE = ConversationModule(
    choices=(Choice("postpone", start_postponing, leads_to=(REASON,)),),
    steps=(
        Step(REASON, _ask_reason, _hear_reason, leads_to=(PREVIEW,), free_text=True),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(REASON,)),
    ),
)
