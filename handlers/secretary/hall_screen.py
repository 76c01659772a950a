"""The screen of the hall: where it is opened, and whether it shows how long a speaker still has (R113)."""

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.hands import hands_row
from intake.actions.meetings.hall import SPEECH_MINUTES, limit_speeches
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role

NONE = "0"


async def show(scene: Scene, rest: str) -> Turn:
    """A button `hall.<meeting id>`."""
    return Turn(say=(await _card(scene, await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))),))


async def set_clock(scene: Scene, rest: str) -> Turn:
    """A button `hallclock.<meeting id>.<minutes>`, `0` for none; of the chair."""
    number, _, minutes = rest.partition(".")
    meeting = await limit_speeches(
        scene.uow, by=scene.me, meeting_id=MeetingId(id_in(number)), minutes=id_in(minutes) or None
    )
    return Turn(say=(await _card(scene, meeting),))


async def _card(scene: Scene, meeting: Meeting) -> Message:
    address = f"/hoi-truong/m-{meeting.id}"
    minutes: Param = Term("hall.no_clock")
    if meeting.speech_minutes is not None:
        minutes = Term("hall.minutes", {"minutes": meeting.speech_minutes})
    params: dict[str, Param] = {
        "title": meeting.title,
        "screen": address,
        "home": f"{address}/o-nha",
        "minutes": minutes,
    }
    rows: list[tuple[Button, ...]] = []
    if holds(scene.grants, Role.CHAIR, await scene.uow.places.unit(meeting.unit_id)):
        clocks = [
            button("hall.clock_button", f"hallclock.{meeting.id}.{each}", minutes=each) for each in SPEECH_MINUTES
        ]
        rows += [tuple(clocks[:2]), tuple(clocks[2:])]
        rows.append((button("hall.clock_off_button", f"hallclock.{meeting.id}.{NONE}"),))
    rows += await hands_row(scene, meeting)
    return Message("hall.screen", params, (*rows, (button("programme.back_button", f"room.{meeting.id}"),)))


MODULE = ConversationModule(choices=(Choice("hall", show), Choice("hallclock", set_clock)))
