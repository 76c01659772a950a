"""What a person did, the same for every network: who, in which chat, and what was typed, tapped or sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from intake.ports import Chat
from intake.rules.people.person import Network


class InboundKind(StrEnum):
    """What arrived."""

    TEXT = "text"
    CHOICE = "choice"
    CONTACT = "contact"
    LOCATION = "location"
    MEDIA = "media"


STICKER = "🙂"
"""What a sticker says where the network does not tell: people send one where others nod or say thank you."""


class MediaProblem(StrEnum):
    """Why a file could not be taken."""

    TOO_BIG = "too_big"
    TYPE = "type"
    LOST = "lost"
    EMPTY = "empty"
    MACROS = "macros"
    UNREADABLE = "unreadable"
    TOO_FAST = "too_fast"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Media:
    """A file that came with a message, already in the attachment store under its content name, or why it is not."""

    sha256: str = ""
    media_type: str = ""
    size: int = 0
    name: str = ""
    problem: MediaProblem | None = None


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One event of a network, made by that network's folder after it has checked that the event is genuine.

    `event_id` is unique within network, channel and address: an event that comes twice is acted upon once.
    Its texts are as they came; the inbound queue makes them clean (`intake.rules.text`).
    `choice` is the code of a tapped button: guessable, so never a permission. `message` is the network's id of the
    message, where it can be edited; `edits` says that this is its new text. `cut` says that the text is so long that
    the network may have cut it, `full` that it was at its very limit. `album` is the id of what was sent in one go with
    others. `proven`: the network itself says that `phone` is the number of the account that spoke. `shown` is how it
    stands in the history of its chat, on a network whose history is ours; None where nothing of it is shown.
    """

    network: Network
    channel: str
    address: str
    event_id: str
    kind: InboundKind
    text: str = ""
    choice: str = ""
    phone: str = ""
    proven: bool = False
    media: tuple[Media, ...] = ()
    message: str = ""
    edits: bool = False
    cut: bool = False
    full: bool = False
    album: str = ""
    shown: Mapping[str, Any] | None = None

    @property
    def chat(self) -> Chat:
        """Where it was said."""
        return self.network, self.channel, self.address
