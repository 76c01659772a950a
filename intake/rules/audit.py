"""What was done, by whom, to what. Ids only: an audit entry never repeats what a person wrote, nor a name.

What somebody typed beside a deed (a reason, the login of whoever ran a command) is kept as `AuditWords` instead, where
it can be erased; the entry holds its digest, so that other words in their place would be noticed. So an entry never
has to be changed or deleted, and nothing can (`storage/migrations/versions/`, the triggers).
"""

import json
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from intake.rules.people.person import PersonId

_WHOLE = 2**53
"""From here on not every whole number survives a reader that counts with floating point."""


@dataclass(eq=False)
class AuditEntry:
    """One deed. `subject` is a kind and an id (`question:12`); `detail` holds ids, dates and states.

    Under `words` in the detail stands for each `AuditWords` what they are and their digest.
    """

    id: int = field(init=False)
    at: datetime
    actor_id: PersonId | None
    act: str
    subject: str
    detail: dict[str, Any] = field(default_factory=dict)


class AuditWords(NamedTuple):
    """Words that belong to a deed. `salt` makes the digest tell nothing once both are erased."""

    digest: str
    subject: str
    salt: str
    text: str


class Recorded(NamedTuple):
    """An audit entry as it is shown: with who it was, and the words as far as they are still kept."""

    entry: AuditEntry
    actor: str
    words: dict[str, str]


def keep_words(subject: str, text: str, salt: str) -> AuditWords:
    """Words as they are kept beside the entry about `subject`; `salt` is random, a new one each time."""
    text = unicodedata.normalize("NFC", text)
    return AuditWords(words_digest(salt, text), subject, salt, text)


def words_digest(salt: str, text: str) -> str:
    """What an entry holds of words."""
    return sha256(f"{salt}\n{text}".encode()).hexdigest()


def digests_in(entry: AuditEntry) -> dict[str, str]:
    """The digests of the words kept beside an entry, by what the words are."""
    digests: dict[str, str] = entry.detail.get("words", {})
    return digests


def canonical(detail: object) -> str:
    """A detail as it is stored and sealed: JSON with its keys in order, composed text, and nothing between the words.

    Raises `ValueError` for a fraction, for a whole number of 2^53 or beyond and for a value JSON does not have: two
    readers could take them for different things.
    """
    return json.dumps(_checked(detail), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _checked(value: object) -> object:
    match value:
        case None | bool():
            return value
        case str():
            return unicodedata.normalize("NFC", str(value))
        case int() if abs(value) < _WHOLE:
            return value
        case list() | tuple():
            return [_checked(one) for one in value]
        case dict() if all(isinstance(key, str) for key in value):
            return {unicodedata.normalize("NFC", key): _checked(one) for key, one in value.items()}
        case _:
            raise ValueError(f"an audit entry cannot hold a {type(value).__name__} like this")
