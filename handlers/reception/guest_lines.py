"""Guests in words: what one answered, how one is found at the door, how many have come."""

from collections.abc import Sequence

from handlers.engine.scene import Scene
from intake.actions.meetings.check_in import Entrance
from intake.rules.meetings.guest import Guest, GuestReply
from intake.rules.message import Button, Param, Term, literal
from intake.rules.text import fold, is_in


def door_name(guest: Guest) -> str:
    """Who is expected at the door, and in whose place."""
    here = "✓ " if guest.present_at is not None else ""
    instead = f" ({guest.name})" if guest.reply is GuestReply.STAND_IN else ""
    return f"{here}🎫 {guest.comes_as}{instead}" + (f" – {guest.office}" if guest.office else "")


async def guests_found(scene: Scene, at: Entrance, typed: str) -> list[Button]:
    """A button for every guest whose name, or whose stand-in's, contains what was typed."""
    if not at.guests or not fold(typed):
        return []
    guests = await scene.uow.guests.of_meeting(at.meeting.id)
    return [
        literal(door_name(guest), f"doorguest.{at.meeting.id}.{guest.id}")
        for guest in guests
        if is_in(typed, guest.name) or is_in(typed, guest.stand_in)
    ]


async def guest_figures(scene: Scene, at: Entrance) -> tuple[Param, ...]:
    """How many of the guests have come, parties and attending apart; nothing where nobody is invited."""
    guests = await scene.uow.guests.of_meeting(at.meeting.id) if at.guests else ()
    counted = (("door.guests_party", _kind(guests, party=True)), ("door.guests_attending", _kind(guests, party=False)))
    return tuple(
        Term(key, {"present": sum(one.present_at is not None for one in of_kind), "people": len(of_kind)})
        for key, of_kind in counted
        if of_kind
    )


def _kind(guests: Sequence[Guest], *, party: bool) -> list[Guest]:
    return [guest for guest in guests if guest.party is party]
