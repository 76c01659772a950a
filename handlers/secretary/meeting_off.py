"""Cancelling a meeting, and putting it off where its new day is not known: the reason, a look at it, `Gửi`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.cancel_meeting import cancel_meeting
from intake.actions.meetings.fix_meeting import STILL_OPEN, clean_reason
from intake.actions.meetings.meeting_people import count_people_of, office_meeting
from intake.actions.meetings.postpone_meeting import postpone_meeting
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Message, Param, Term, button
from intake.rules.people.person import Role
from intake.rules.plan.window import window_of
from wording.meetings import when_of, when_planned

from .by_paper import note_by_paper

CANCEL_PREVIEW = "cancelmeeting.preview"
POSTPONE_PREVIEW = "postpone.preview"
_CANCEL = button("button.cancel", "cancel")


@dataclass(frozen=True, slots=True)
class _WayOff:
    """`name` of its button and steps, the sentences of its two steps and of the end, the deed, what the look adds.

    The deed gives how many were told.
    """

    name: str
    asks: str
    shows: str
    done: str
    deed: Callable[[Scene, MeetingId, str], Awaitable[int]]
    looks: Callable[[Scene], dict[str, Param]] = lambda _scene: {}

    @property
    def reason(self) -> str:
        return f"{self.name}.reason"

    @property
    def preview(self) -> str:
        return f"{self.name}.preview"

    async def start(self, scene: Scene, rest: str) -> Turn:
        """`<name>.<meeting id>`: the reason first."""
        meeting_id = MeetingId(id_in(rest))
        meeting = await office_meeting(scene.uow, scene.me, meeting_id, Role.SECRETARY, Role.CHAIR, lock=False)
        if meeting.state not in STILL_OPEN:
            raise RuleBroken("refusal.meeting_over")
        return Turn(to=self.reason, draft={"meeting": meeting.id})

    async def ask_reason(self, scene: Scene) -> Message:
        return Message(self.asks, {"title": (await _meeting(scene)).title}, ((_CANCEL,),))

    async def hear_reason(self, scene: Scene, event: InboundEvent) -> Turn:
        if event.kind is not InboundKind.TEXT:
            return Turn(to=self.reason, say=(Message("meetings.words_only"),), draft=scene.draft)
        return Turn(to=self.preview, draft={**scene.draft, "reason": clean_reason(event.text)})

    async def ask_preview(self, scene: Scene) -> Message:
        meeting = await _meeting(scene)
        params: dict[str, Param] = {
            "title": meeting.title,
            **when_of(meeting),
            **self.looks(scene),
            "reason": str(scene.draft["reason"]),
            "people": await count_people_of(scene.uow, meeting),
        }
        row = (button("button.send", "send"), button("button.edit", "edit"), _CANCEL)
        return Message(self.shows, params, (row,))

    async def hear_preview(self, scene: Scene, event: InboundEvent) -> Turn:
        draft = scene.draft
        if event.choice == "edit":
            return Turn(to=self.reason, draft={name: value for name, value in draft.items() if name != "reason"})
        if event.choice != "send":
            return Turn(to=self.preview, say=(Message("talk.tap_one"),), draft=draft)
        told = await self.deed(scene, MeetingId(int(draft["meeting"])), str(draft["reason"]))
        await note_by_paper(scene)
        return Turn(say=(Message(self.done, {"title": (await _meeting(scene)).title, "told": told}),))

    def choice(self) -> Choice:
        return Choice(self.name, self.start, leads_to=(self.reason,))

    def steps(self) -> tuple[Step, ...]:
        return (
            Step(self.reason, self.ask_reason, self.hear_reason, leads_to=(self.preview,), free_text=True),
            Step(self.preview, self.ask_preview, self.hear_preview, leads_to=(self.reason,)),
        )


async def _meeting(scene: Scene) -> Meeting:
    return await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))


async def _cancel(scene: Scene, meeting_id: MeetingId, reason: str) -> int:
    return await cancel_meeting(scene.uow, by=scene.me, meeting_id=meeting_id, reason=reason)


def _until(scene: Scene) -> dict[str, Param]:
    until = scene.draft.get("window")
    return {"until": Term("meetings.day_later") if until is None else when_planned(window_of(str(until)))}


async def _postpone(scene: Scene, meeting_id: MeetingId, reason: str) -> int:
    window = window_of(str(scene.draft["window"])) if "window" in scene.draft else None
    return await postpone_meeting(scene.uow, by=scene.me, meeting_id=meeting_id, reason=reason, window=window)


_WAYS = (
    _WayOff("cancelmeeting", "meetings.cancel_reason", "meetings.cancel_preview", "meetings.cancelled", _cancel),
    _WayOff(
        "postpone", "meetings.postpone_reason", "meetings.postpone_preview", "meetings.postponed", _postpone, _until
    ),
)

MODULE = ConversationModule(
    choices=tuple(way.choice() for way in _WAYS),
    steps=tuple(step for way in _WAYS for step in way.steps()),
)
