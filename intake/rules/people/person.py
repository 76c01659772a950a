"""The people: who they are to us, how they reach us, what they are trusted with."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, NewType

from intake.rules.people.unit import DeskId, UnitId

PersonId = NewType("PersonId", int)
AccountId = NewType("AccountId", int)

CONSENT_VERSION = "2026-12"
"""The consent text shown today; a person who agreed to an older one is asked again (LAW C5)."""


class Network(StrEnum):
    """Chat networks."""

    TELEGRAM = "telegram"
    ZALO = "zalo"
    ZALO_BOT = "zalo_bot"
    WEBCHAT = "webchat"


class Role(StrEnum):
    """What a person may be trusted with, in a unit."""

    RESIDENT = "resident"
    HAMLET_HEAD = "hamlet_head"
    OFFICIAL = "official"
    SECRETARY = "secretary"
    CHAIR = "chair"
    SUPERVISOR = "supervisor"
    BROADCASTER = "broadcaster"  # reads notices out over a unit's or a hamlet's loudspeakers (R053)
    ADMIN = "admin"


@dataclass(eq=False)
class Person:
    """Somebody who agreed to be known, or whom a hamlet head speaks for.

    The least possible is kept (LAW C5): a name as given, the hamlet, and, if the person wants, a phone number, sealed.
    `entered_by` is the hamlet head who entered a neighbour without a phone; news for the neighbour goes to that head.
    Where the plan names no hamlets people belong to the unit itself; `place` is what they call the one they live in.
    `phone_proven`: the network itself said that the number is this account's, or a code that the office gave out did.
    Only such a number tells who somebody is; one that was typed is for calling back.
    `shares_phone`: somebody of the household of `entered_by`, who is told everything by that person's phone; `members`
    counts those who share this person's.
    `known_as` tells people of one name apart: a year of birth, or what everybody calls them.
    `withdrawn_at`: since when there is no consent any more, so that nothing is taken in and no news sent;
    `restricted_at`: since when what they left is kept and not worked with (`intake.rules.people.consent`).
    `lent_by`: who spoke for them before the own role was suspended, and does again once it counts again.
    """

    id: PersonId = field(init=False)
    name: str
    hamlet_id: UnitId | None = None
    language: str = "vi"
    language_known: bool = False
    phone_sealed: str | None = None
    phone_index: str | None = None
    phone_proven: bool = False
    consent_version: str | None = None
    consent_at: datetime | None = None
    entered_by: PersonId | None = None
    erased_at: datetime | None = None
    created_at: datetime | None = None
    place: str = ""
    blocked_until: datetime | None = None
    known_as: str = ""
    shares_phone: bool = False
    members: int = 0
    withdrawn_at: datetime | None = None
    restricted_at: datetime | None = None
    lent_by: PersonId | None = None

    @property
    def called(self) -> str:
        """The name, with what tells the person apart from others of that name."""
        return told_apart(self.name, self.known_as)


def told_apart(name: str, known_as: str) -> str:
    """A name with what tells its bearer apart: "Nguyễn Văn Hùng (1958)"."""
    return f"{name} ({known_as})" if name and known_as else name


class Recipient(NamedTuple):
    """What has to be known of a person to tell them something: as in `Person`, looked up by the thousand."""

    id: PersonId
    name: str
    entered_by: PersonId | None
    erased_at: datetime | None
    known_as: str


CLOSED = "closed-"
"""What the address of a web chat begins with whose browser was left."""


@dataclass(eq=False)
class Account:
    """One chat with one network. `channel` is the bot or official account; ids of networks are opaque text.

    `awaited_since`: letters wait until the person comes back, here or elsewhere. `rung_at`: when a template message
    went there last, or will go. `wrong_codes`: how many codes for linking were typed there in vain, the last one at
    `wrong_code_at`.
    """

    id: AccountId = field(init=False)
    network: Network
    channel: str
    address: str
    person_id: PersonId | None = None
    last_heard_at: datetime | None = None
    unreachable_since: datetime | None = None
    awaited_since: datetime | None = None
    rung_at: datetime | None = None
    wrong_codes: int = 0
    wrong_code_at: datetime | None = None

    def close(self) -> None:
        """Let nothing open the chat any more: no digest of a secret looks like this address."""
        self.address = f"{CLOSED}{self.id}"


@dataclass(eq=False)
class Conversation:
    """Where a chat stands: the step, what was typed so far, what was offered last, and the person's pace.

    `offered` is a list of `[code, label]`; a typed label counts as a tap on it. `asked` counts what the chat was asked:
    the codes of a question's buttons bear its number, so that those of an earlier one do nothing any more. On the local
    day `kept_on` so many letters and bytes of files were taken from it (`intake.rules.people.quota`).
    """

    account_id: AccountId
    step: str = ""
    draft: dict[str, Any] = field(default_factory=dict)
    offered: list[list[str]] = field(default_factory=list)
    pace_left: float = 0.0
    pace_at: datetime | None = None
    asked: int = 0
    kept_on: date | None = None
    kept_letters: int = 0
    kept_bytes: int = 0


@dataclass(eq=False)
class Grant:
    """A role a person holds in a unit; an official's also names the desk."""

    id: int = field(init=False)
    person_id: PersonId
    role: Role
    unit_id: UnitId
    desk_id: DeskId | None = None
    given_at: datetime | None = None
    given_by: PersonId | None = None


@dataclass(eq=False)
class EndedGrant:
    """A role somebody held: taken back, handed on, or suspended.

    One that is suspended has the first day it counts again in `until`; on that day it becomes a grant once more, with
    the number it had (`grant_id`). `ended_by` is None for the command line and for whoever erased their data.
    `settled_at`: since when it is not one person's word against another's, so that it cannot be turned round any more.
    """

    id: int = field(init=False)
    person_id: PersonId
    role: Role
    unit_id: UnitId
    desk_id: DeskId | None
    given_at: datetime | None
    given_by: PersonId | None
    ended_at: datetime
    ended_by: PersonId | None
    until: date | None = None
    grant_id: int | None = None
    settled_at: datetime | None = None


@dataclass(eq=False)
class Invitation:
    """A one-time way to a role. Only the digest of the code is kept; it ends at `expires_at` or with its first use.

    One that `needs_second` opens nothing until somebody else has agreed (`approved_by`). `replaces` is the grant whose
    holder is succeeded by whoever uses it.
    """

    id: int = field(init=False)
    code_digest: str
    role: Role
    unit_id: UnitId
    desk_id: DeskId | None
    created_at: datetime
    expires_at: datetime
    created_by: PersonId | None = None
    used_at: datetime | None = None
    used_by: PersonId | None = None
    needs_second: bool = False
    approved_by: PersonId | None = None
    replaces: int | None = None
