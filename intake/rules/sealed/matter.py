"""What is kept sealed: a denunciation that arrived all the same, for one named officer of the unit (LAW C4).

Nothing here says what was written or by whom: that lies in ciphertexts which only the officer's key and the recovery
key on paper open. Days are kept, not moments: a moment beside the list of events would tell which chat it came from.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from intake.rules.errors import RuleBroken
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId

MatterId = NewType("MatterId", int)
KeyId = NewType("KeyId", int)

OPEN_FOR = timedelta(minutes=15)
"""How long the officer's key stays open at the desk."""
SHORTEST_PASSPHRASE = 16
"""Letters: whoever steals the database may try passphrases for years."""
MOST_TRIES = 5
TRIES_FORGIVEN_AFTER = timedelta(minutes=15)
CODE_LENGTH = 10
_TYPED = re.compile(r"#?\s*kin\s*-\s*([a-z0-9]{10})", re.IGNORECASE)


class Damaged(Exception):
    """A ciphertext that the key does not open: damaged, or sealed for somebody else; both look alike."""


class WrongPassphrase(Exception):
    """The passphrase does not open the officer's key."""


class SealedState(StrEnum):
    """All that anybody but the officer learns about a matter."""

    RECEIVED = "received"
    GUIDED = "guided"
    PASSED_ON = "passed_on"


class SealedKind(StrEnum):
    """What a sealed part is."""

    MATTER = "matter"
    ADDITION = "addition"
    RETALIATION = "retaliation"


@dataclass(eq=False)
class SealedKey:
    """For whom a unit's matters are sealed: the named officer, and the recovery key on paper.

    `recipient` and `recovery` seal and open nothing. `wrapped` is the officer's own key under a passphrase that is kept
    nowhere; both are empty until the officer has chosen one. A key whose officer lost the passphrase, or is the officer
    no more, has ended: nothing is sealed for it from then on.
    """

    id: KeyId = field(init=False)
    unit_id: UnitId
    person_id: PersonId
    recovery: str
    named_at: datetime
    recipient: str = ""
    wrapped: str = ""
    wrong: int = 0
    wrong_at: datetime | None = None
    ended_at: datetime | None = None

    def may_try(self, now: datetime) -> bool:
        """Whether a passphrase may be tried: five wrong ones close the key for a quarter of an hour."""
        return self.wrong < MOST_TRIES or self._forgiven(now)

    def count_wrong(self, now: datetime) -> None:
        """Note a wrong passphrase."""
        self.wrong = 1 if self._forgiven(now) else self.wrong + 1
        self.wrong_at = now

    def _forgiven(self, now: datetime) -> bool:
        return self.wrong_at is None or now - self.wrong_at >= TRIES_FORGIVEN_AFTER


@dataclass(eq=False)
class SealedMatter:
    """One matter. `code_digest` is of the code its sender has, empty where nobody could be given one.

    `waits` says that the officer has not read all of it.
    """

    id: MatterId = field(init=False)
    unit_id: UnitId
    code_digest: str
    received_on: date
    state: SealedState = SealedState.RECEIVED
    waits: bool = True


@dataclass(eq=False)
class SealedPart:
    """A ciphertext in the format of age: words, sender and what the files are called.

    `key_id` names the officer's key it is sealed for besides the recovery key; None: for the recovery key alone.
    """

    id: int = field(init=False)
    matter_id: MatterId
    key_id: KeyId | None
    kind: SealedKind
    received_on: date
    ciphertext: bytes


@dataclass(eq=False)
class SealedFile:
    """A file of a part, in the format of age; `name` is chance and tells nothing."""

    id: int = field(init=False)
    part_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SealedAnew:
    """A part that was opened and sealed for somebody else; `files` are the old ones with their new names."""

    part: SealedPart
    ciphertext: bytes
    files: Sequence[tuple[SealedFile, str]]


def code_in(typed: str) -> str:
    """The code in what somebody typed: `KIN-ABCD234567`, in any case; empty when there is none."""
    found = _TYPED.fullmatch(typed.strip())
    return "" if found is None else found.group(1).upper()


def shown_code(code: str) -> str:
    """A code as it is written down."""
    return f"KIN-{code}"


def passphrase_of(typed: str, again: str) -> str:
    """A passphrase that was typed twice. Raises `RuleBroken` for one that differs or is too short."""
    if typed != again:
        raise RuleBroken("refusal.passphrase_differs")
    if len(typed.strip()) < SHORTEST_PASSPHRASE:
        raise RuleBroken("refusal.passphrase_short", {"least": SHORTEST_PASSPHRASE})
    return typed
