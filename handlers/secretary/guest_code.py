"""A button `guestcode.<guest>`: the code by which a guest no chat is known of gets the invitation (R051)."""

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.guest_code import give_guest_code
from intake.rules.meetings.guest import GuestId
from intake.rules.message import Message, button


async def show_code(scene: Scene, rest: str) -> Turn:
    """The code, shown this once, and how the guest uses it."""
    guest, code = await give_guest_code(scene.uow, by=scene.me, guest_id=GuestId(id_in(rest)))
    row = (button("button.open", f"guest.{guest.id}"), button("button.menu", "cmd.menu"))
    return Turn(say=(Message("guests.code", {"guest": guest.called, "code": f"g-{code}"}, (row,)),))


MODULE = ConversationModule(choices=(Choice("guestcode", show_code),))
