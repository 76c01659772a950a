"""Guests at the door: tapped, they are present; a mark on the wrong one is taken back (R051)."""

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.check_in import guest_in, undo_guest_in
from intake.rules.meetings.guest import GuestId
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Message, Param, button
from wording.guests import reply_words

from .check_in import DOOR
from .guest_lines import door_name


def _ids_in(rest: str) -> tuple[MeetingId, GuestId]:
    meeting, _, guest = rest.partition(".")
    return MeetingId(id_in(meeting)), GuestId(id_in(guest))


async def let_guest_in(scene: Scene, rest: str) -> Turn:
    """`doorguest.<meeting>.<guest>`."""
    meeting_id, guest_id = _ids_in(rest)
    guest, again = await guest_in(scene.uow, by=scene.me, meeting_id=meeting_id, guest_id=guest_id)
    params: dict[str, Param] = {"guest": door_name(guest).removeprefix("✓ "), "reply": reply_words(guest)}
    row = (button("door.undo_button", f"doorguestundo.{meeting_id}.{guest.id}"),)
    said = Message("door.guest_again" if again else "door.guest_in", params, (row,))
    return Turn(to=DOOR, say=(said,), draft={"meeting": meeting_id})


async def undo(scene: Scene, rest: str) -> Turn:
    """`doorguestundo.<meeting>.<guest>`."""
    meeting_id, guest_id = _ids_in(rest)
    guest = await undo_guest_in(scene.uow, by=scene.me, meeting_id=meeting_id, guest_id=guest_id)
    return Turn(to=DOOR, say=(Message("door.undone", {"name": guest.comes_as}),), draft={"meeting": meeting_id})


MODULE = ConversationModule(
    choices=(
        Choice("doorguest", let_guest_in, leads_to=(DOOR,)),
        Choice("doorguestundo", undo, leads_to=(DOOR,)),
    ),
)
