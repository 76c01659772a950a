"""Who is invited to a meeting besides the residents: in which group, what they answered, whether they came (R051)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.reminders import is_time_to_remind
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.plan.profile_bodies import GuestGroup

GuestId = NewType("GuestId", int)

MOST_AT_ONCE = 60
"""How many guests one message may add."""
LONGEST_OFFICE = 200
REMINDED_BEFORE = timedelta(days=2)
"""So long before the day of the meeting whoever has not replied is reminded."""

_SEPARATOR = re.compile(r"[,;\t]| [-–] ")
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.)]|[-–•*])\s+")
_PHONE = re.compile(r"^\+?\d[\d\s.()-]{7,}$")
_SHORTEST_NAME, _LONGEST_NAME = 2, 80


class GuestReply(StrEnum):
    """What a guest has answered."""

    OPEN = "open"
    COMING = "coming"
    ABSENT = "absent"
    STAND_IN = "stand_in"


@dataclass(eq=False)
class Guest:
    """Somebody invited by name and office.

    `group` is the group of the plan, or empty; `party` says that they are a party to the dialogue and do not only
    attend it (R045, R051). `person_id` is set when they are known to the bot; the phone number is kept sealed.
    `invited_at`: when the invitation went to their chat. A reply that came by telephone has somebody of the office as
    `replied_by`.
    """

    id: GuestId = field(init=False)
    meeting_id: MeetingId
    group: str
    party: bool
    name: str
    office: str
    added_by: PersonId
    phone_sealed: str | None = None
    phone_index: str | None = None
    person_id: PersonId | None = None
    invited_at: datetime | None = None
    reply: GuestReply = GuestReply.OPEN
    replied_at: datetime | None = None
    replied_by: PersonId | None = None
    stand_in: str = ""
    present_at: datetime | None = None
    present_by: PersonId | None = None

    @property
    def called(self) -> str:
        """The guest by name and office."""
        return f"{self.name}, {self.office}" if self.office else self.name

    @property
    def comes_as(self) -> str:
        """Who is expected at the door: the stand-in where one was named."""
        return self.stand_in if self.reply is GuestReply.STAND_IN else self.name


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A line of a list of guests as it was typed."""

    name: str
    office: str
    phone: str


def read_guests(typed: str) -> tuple[GuestLine, ...]:
    """Read a list, one guest a line: name, office, and perhaps a phone number at the end.

    Raises `RuleBroken` with the line that names nobody or says too much, and for no line or more than `MOST_AT_ONCE`.
    """
    lines = [line for line in typed.splitlines() if line.strip()]
    if not lines:
        raise RuleBroken("refusal.guest_nobody")
    if len(lines) > MOST_AT_ONCE:
        raise RuleBroken("refusal.guest_lines", {"most": MOST_AT_ONCE})
    return tuple(_read_line(number, line) for number, line in enumerate(lines, 1))


def _read_line(number: int, line: str) -> GuestLine:
    parts = [" ".join(part.split()) for part in _SEPARATOR.split(_NUMBERING.sub("", line))]
    parts = [part for part in parts if part]
    phone = parts.pop() if parts and _PHONE.match(parts[-1]) else ""
    name, office = (parts[0] if parts else ""), ", ".join(parts[1:])
    named = _SHORTEST_NAME <= len(name) <= _LONGEST_NAME and any(letter.isalpha() for letter in name)
    if not named or len(office) > LONGEST_OFFICE:
        raise RuleBroken("refusal.guest_line", {"number": number, "text": line.strip()[:80]})
    return GuestLine(name, office, phone)


def groups_of(planned: Iterable[GuestGroup]) -> tuple[tuple[str, bool], ...]:
    """The groups guests may be in, each with whether it is a party to the dialogue.

    Those of the plan in its order, then everybody else of either kind, without a name.
    """
    return (*((group.name, group.party) for group in planned), ("", True), ("", False))


def group_of(guest: Guest, groups: tuple[tuple[str, bool], ...]) -> tuple[str, bool]:
    """The group a guest stands in; in one without a name when the plan does not know theirs any more."""
    return (guest.group, guest.party) if (guest.group, guest.party) in groups else ("", guest.party)


def reminds_guests(starts_at: datetime, now: datetime) -> date | None:
    """The day of the meeting, when guests who have not replied may be reminded at this moment; else None.

    From two days before until the day before: on the day itself it is too late to plan for anybody.
    """
    today, day = now.astimezone(LOCAL).date(), starts_at.astimezone(LOCAL).date()
    near = day - REMINDED_BEFORE <= today < day
    return day if near and is_time_to_remind(now) else None
