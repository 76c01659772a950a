"""What a guest answered, in words."""

from intake.rules.meetings.guest import Guest
from intake.rules.message import Term


def reply_words(guest: Guest) -> Term:
    """What the guest answered; and that they came, once they did."""
    if guest.present_at is not None:
        return Term("guest.is_present", {"name": guest.comes_as, "at": guest.present_at})
    return Term(f"guest.reply_{guest.reply.value}", {"stand_in": guest.stand_in})
