"""How long is kept of people what nobody needs any more, by kind (LAW C5: no longer than the purpose).

Questions, answers and what was done stay: they are the administrative record (LAW C8, archives law). What lies here
only helped to get there.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class OldTrace(StrEnum):
    """What is forgotten after a while."""

    CHAT_LINES = "chat-lines"  # what was said in a web chat
    DRAFTS = "drafts"  # what somebody began to type and left, strangers among them
    REQUEST_WORDS = "request-words"  # words of requests about own data that are done
    BLOCKS = "blocks"  # reasons of blocks that are over
    COPIES = "copies"  # files of a copy of one's own data


COPIES_KEPT = timedelta(days=30)
"""As long as the link works that leads to one of them."""


@dataclass(frozen=True, slots=True)
class KeptFor:
    """How long each kind is kept.

    `chat_lines`: a year, since plans are yearly and people look back at the dialogue before. `drafts`: a month; what
    was not sent by then was not meant to be kept. `request_words`: two years, in which a complaint about how a request
    was dealt with can be answered. `blocks`: a year after they ended, to see whether somebody is blocked again.
    """

    chat_lines: timedelta = timedelta(days=365)
    drafts: timedelta = timedelta(days=30)
    request_words: timedelta = timedelta(days=730)
    blocks: timedelta = timedelta(days=365)

    def of(self, kind: OldTrace) -> timedelta:
        """How long one kind is kept."""
        match kind:
            case OldTrace.CHAT_LINES:
                return self.chat_lines
            case OldTrace.DRAFTS:
                return self.drafts
            case OldTrace.REQUEST_WORDS:
                return self.request_words
            case OldTrace.BLOCKS:
                return self.blocks
            case OldTrace.COPIES:
                return COPIES_KEPT
