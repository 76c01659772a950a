"""What was said last in a chat, so that it can be said anew: a text that goes on, one too long, one that was edited.

It lies in the conversation's draft, under names no step uses, and is forgotten with it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from .inbound_event import InboundEvent, InboundKind

_SAID, _HELD = "said", "held"
RESERVED = frozenset((_SAID, _HELD))
FOLLOWS_WITHIN = timedelta(seconds=3)
"""How soon after a text that the network may have cut the next one counts as its continuation."""
HELD = timedelta(seconds=2)
"""How long the answer to a text that may go on, or to a picture of an album, waits for what comes next."""
MOST_JOINED = 40_000
"""Letters from which on nothing is joined any more: ten parts."""
_ENDS = tuple(".!?:;…\n")


@dataclass(frozen=True, slots=True)
class Said:
    """A text that was heard, and what hearing it changed in the draft: it can be taken back as long as that stands.

    `message` is the network's id of it; `text` is kept where it may go on (`full`: cut at the very limit, `cut`:
    perhaps before), or is `over` letters too long. `step` heard it; `before` is what stood in the draft under the names
    it changed, `after` the digests of what stands there since. `asked` is the number of the question that followed.
    """

    message: str
    step: str
    before: Mapping[str, str | None]
    after: Mapping[str, str]
    asked: int
    at: str
    text: str = ""
    cut: bool = False
    full: bool = False
    over: int = 0

    def stands(self, draft: Mapping[str, Any], asked: int) -> bool:
        """Whether it can be taken back: nothing was asked since, or nobody touched what it changed."""
        untouched = all(_digest(draft.get(name)) == digest for name, digest in self.after.items())
        return asked == self.asked or (bool(self.after) and untouched)

    def taken_back(self, draft: Mapping[str, Any]) -> dict[str, Any]:
        """The draft as it was before this was heard; what else came in since stays."""
        rest = {name: value for name, value in draft.items() if name not in self.after}
        return {**rest, **{name: value for name, value in self.before.items() if value is not None}}

    def goes_on_with(self, event: InboundEvent, asked: int, now: datetime) -> bool:
        """Whether an event is the continuation of this text."""
        soon = datetime.fromisoformat(self.at) <= now <= datetime.fromisoformat(self.at) + FOLLOWS_WITHIN
        return (
            (self.cut and soon and asked == self.asked)
            and (event.kind is InboundKind.TEXT and not event.edits)
            and len(self.text) + len(event.text) <= MOST_JOINED
        )

    def joined(self, rest: str) -> str:
        """The whole text: cut in the middle of a word, between two, or between two sentences or lines."""
        by_lines = "\n" in self.text[len(self.text) // 2 :]
        gap = "" if self.full else "\n" if by_lines or self.text.endswith(_ENDS) else " "
        return f"{self.text}{gap}{rest}"


def said_last(draft: Mapping[str, Any]) -> Said | None:
    """The text that was heard last in this conversation, if it can still be of use."""
    kept = draft.get(_SAID)
    return None if kept is None else Said(**kept)


def held_for(draft: Mapping[str, Any]) -> str | None:
    """For what the last answer is held back: an album's id, or nothing but the end of a text; None when it is not."""
    held = draft.get(_HELD)
    return None if held is None else str(held)


def without_said(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The draft as steps see it."""
    return {name: value for name, value in draft.items() if name not in RESERVED}


def with_said(draft: Mapping[str, Any], said: Said | None, held: str | None) -> dict[str, Any]:
    """The draft as it is stored."""
    kept = dict(draft)
    if said is not None:
        kept[_SAID] = asdict(said)
    if held is not None:
        kept[_HELD] = held
    return kept


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, the step and the draft it met; `over` is None unless it was refused: by how much it was too long."""

    event: InboundEvent
    step: str
    draft: Mapping[str, Any]
    over: int | None = None

    @property
    def held(self) -> str | None:
        """For what the answer is held back, if it is."""
        return self.event.album or ("" if self.event.cut else None)


def hear_said(heard: Heard, draft: Mapping[str, Any], asked: int, now: datetime) -> Said | None:
    """What to remember of a text that made this of the draft.

    None where it did something else than change the draft, and where nobody can come back to it.
    """
    event, over = heard.event, heard.over or 0
    names = [name for name in draft if isinstance(draft[name], str) and draft[name] != heard.draft.get(name)]
    useful = event.message or event.cut or over
    if not (event.text and useful and (names or heard.over is not None)):
        return None
    before = {name: heard.draft.get(name) for name in names}
    return Said(
        event.message,
        heard.step,
        {name: value if isinstance(value, str) else None for name, value in before.items()},
        {name: _digest(draft[name]) for name in names},
        asked,
        now.isoformat(),
        event.text if event.cut or over else "",
        event.cut,
        event.full,
        over,
    )


def _digest(value: Any) -> str:
    return hashlib.sha256(str(value).encode()).hexdigest()[:16]
