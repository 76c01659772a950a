"""How people come to a meeting: into the room, online, or either (R213)."""

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.meetings.way_of_attending import clean_way, say_how_to_attend
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Message, Param, Term, button
from intake.rules.people.person import Role
from intake.rules.plan.profile_terms import MeetingForm

WAY = "attend.way"
PREVIEW = "attend.preview"


async def show_form(scene: Scene, rest: str) -> Turn:
    """A button `attending.<meeting id>`: how one comes now, and the forms there are."""
    meeting = await _meeting_of(scene, MeetingId(id_in(rest)))
    rows = tuple(
        (button(f"attend.form_{form.value}", f"attendingform.{meeting.id}.{form.value}"),) for form in MeetingForm
    )
    params: dict[str, Param] = {
        "title": meeting.title,
        "form": Term(f"attend.form_{meeting.form.value}"),
        "way": meeting.online_at,
    }
    back = ((button("button.open", f"meetingcard.{meeting.id}"),),)
    return Turn(say=(Message("attend.card", params, (*rows, *back)),))


async def choose_form(scene: Scene, rest: str) -> Turn:
    """A button `attendingform.<meeting id>.<form>`: how online, or straight to the preview."""
    number, _, form = rest.partition(".")
    meeting = await _meeting_of(scene, MeetingId(id_in(number)))
    if form not in set(MeetingForm):
        raise NotFound
    draft = {"meeting": meeting.id, "form": form}
    return Turn(to=PREVIEW if form == MeetingForm.IN_PERSON else WAY, draft=draft)


async def _meeting_of(scene: Scene, meeting_id: MeetingId) -> Meeting:
    return await office_meeting(scene.uow, scene.me, meeting_id, Role.SECRETARY, Role.CHAIR, lock=False)


async def _ask_way(scene: Scene) -> Message:
    del scene
    return Message("attend.ask_way", {}, ((button("button.cancel", "cancel"),),))


async def _hear_way(scene: Scene, event: InboundEvent) -> Turn:
    return Turn(to=PREVIEW, draft={**scene.draft, "way": clean_way(event.text)})


async def _ask_preview(scene: Scene) -> Message:
    meeting = await _meeting_of(scene, MeetingId(int(scene.draft["meeting"])))
    params: dict[str, Param] = {
        "title": meeting.title,
        "form": Term(f"attend.form_{scene.draft['form']}"),
        "way": str(scene.draft.get("way", "")),
    }
    row = (button("button.send", "send"), button("button.edit", "edit"), button("button.cancel", "cancel"))
    return Message("attend.preview", params, (row,))


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    meeting_id = MeetingId(int(scene.draft["meeting"]))
    if event.choice == "edit":
        return await show_form(scene, str(meeting_id))
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=scene.draft)
    meeting, told = await say_how_to_attend(
        scene.uow,
        by=scene.me,
        meeting_id=meeting_id,
        form=MeetingForm(str(scene.draft["form"])),
        online_at=str(scene.draft.get("way", "")),
    )
    back = ((button("button.open", f"meetingcard.{meeting.id}"),),)
    return Turn(say=(Message("attend.done", {"title": meeting.title, "told": told}, back),))


MODULE = ConversationModule(
    choices=(Choice("attending", show_form), Choice("attendingform", choose_form, leads_to=(WAY, PREVIEW))),
    steps=(
        Step(WAY, _ask_way, _hear_way, leads_to=(PREVIEW,), free_text=True),
        Step(PREVIEW, _ask_preview, _hear_preview),
    ),
)
