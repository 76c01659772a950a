"""Where people go instead of the chat: the unit's reception, its hotline, who looks into its leaders (LAW C4).

Each is one short text in the unit's own words; what the unit has not said is not made up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from intake.rules.errors import RuleBroken
from intake.rules.message import Term
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId

LONGEST = 200
_LEAST_DIGITS = 3


class ContactKind(StrEnum):
    """What is said."""

    RECEPTION_PLACE = "reception_place"
    RECEPTION_HOURS = "reception_hours"
    RECEPTION_PHONE = "reception_phone"
    HOTLINE = "hotline"
    INSPECTION = "inspection"


NEEDED = frozenset((ContactKind.RECEPTION_PLACE, ContactKind.RECEPTION_HOURS, ContactKind.HOTLINE))
"""What every unit should say."""
_PHONES = (ContactKind.RECEPTION_PHONE, ContactKind.HOTLINE)


@dataclass(eq=False)
class UnitContact:
    """One text of a unit; `set_by` None: the command line."""

    unit_id: UnitId
    kind: ContactKind
    text: str
    set_by: PersonId | None
    set_at: datetime


Contacts = Mapping[ContactKind, str]
"""What a unit has said, by its kind; what it has not said is missing."""


def clean_contact(kind: ContactKind, typed: str) -> str:
    """The text as it is kept, on one line. Raises `RuleBroken` for an empty or long one, a telephone without number."""
    text = " ".join(typed.split())
    if not text:
        raise RuleBroken("refusal.text_missing")
    if len(text) > LONGEST:
        raise RuleBroken("refusal.contact_long", {"most": LONGEST})
    if kind in _PHONES and len(re.sub(r"\D", "", text)) < _LEAST_DIGITS:
        raise RuleBroken("refusal.contact_number")
    return text


def reception(contacts: Contacts) -> Term:
    """Where and when the unit receives citizens, and by which telephone; where to ask, where the unit has not said."""
    place = contacts.get(ContactKind.RECEPTION_PLACE)
    if place is None:
        return Term("contact.reception_unknown")
    hours = contacts.get(ContactKind.RECEPTION_HOURS)
    phone = contacts.get(ContactKind.RECEPTION_PHONE)
    return Term(
        "contact.reception",
        {
            "place": place,
            "hours": Term("contact.hours", {"hours": hours}) if hours else "",
            "phone": Term("contact.phone", {"phone": phone}) if phone else "",
        },
    )


def hotline(contacts: Contacts) -> Term | str:
    """The unit's own number for emergencies; nothing where it has none, since 113, 114 and 115 answer everywhere."""
    number = contacts.get(ContactKind.HOTLINE)
    return Term("contact.hotline", {"phone": number}) if number else ""


def inspection(contacts: Contacts) -> Term:
    """Who looks into the unit's leaders; where to ask, where the unit has not said."""
    said = contacts.get(ContactKind.INSPECTION)
    return Term("contact.inspection", {"text": said}) if said else Term("contact.inspection_unknown")
