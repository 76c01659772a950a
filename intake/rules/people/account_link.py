"""One person on several networks: a code that is asked for in one chat and typed in another joins the two."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from intake.rules.people.person import Account, AccountId, PersonId

VALID_FOR = timedelta(minutes=10)
CODE_LENGTH = 8
WRONG_CODES = 5
FORGIVEN_AFTER = timedelta(hours=1)
EXAMPLE = "L-ABCD2345"
_TYPED = re.compile(r"^#?\s*l\s*-\s*([a-z0-9]{8})$", re.IGNORECASE)


@dataclass(eq=False)
class AccountLink:
    """A one-time way to a second chat. Only the digest of the code is kept.

    `asked_in` is the chat of the person who asked for it, `claimed_by` the one the code was typed in; only the first
    one's word joins them. It ends at `expires_at`, or with that word, or when a newer code was asked for.
    """

    id: int = field(init=False)
    code_digest: str
    person_id: PersonId
    asked_in: AccountId
    created_at: datetime
    expires_at: datetime
    claimed_by: AccountId | None = None
    ended_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it may still be used."""
        return self.ended_at is None and now < self.expires_at


def code_in(typed: str) -> str:
    """The code in what somebody typed: `L-ABCD2345`, with or without `#`, in any case; empty when there is none."""
    found = _TYPED.match(typed.strip())
    return "" if found is None else found.group(1).upper()


def may_guess(account: Account, now: datetime) -> bool:
    """Whether a chat may try a code: five wrong ones close it for an hour."""
    return account.wrong_codes < WRONG_CODES or _forgiven(account, now)


def count_wrong(account: Account, now: datetime) -> None:
    """Note a wrong code."""
    account.wrong_codes = 1 if _forgiven(account, now) else account.wrong_codes + 1
    account.wrong_code_at = now


def _forgiven(account: Account, now: datetime) -> bool:
    return account.wrong_code_at is None or now - account.wrong_code_at >= FORGIVEN_AFTER


def initial(name: str) -> str:
    """The first letter of the given name, which is all a code tells of its owner: phones are shared in families.

    A Vietnamese given name stands last (Nguyễn Thị Mai → M).
    """
    *_, given = name.split() or ("?",)
    return given[0].upper()
