"""How long is kept of people what nobody needs any more, by kind (LAW C5: no longer than the purpose).

Questions, answers and what was done stay: they are the administrative record (LAW C8, archives law). What lies here
only helped to get there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class OldTrace(StrEnum):
    """What is forgotten after a while."""

    CHAT_LINES = "chat-lines"  # what was said in a web chat
    DRAFTS = "drafts"  # what somebody began to type and left, strangers among them
    REQUEST_WORDS = "request-words"  # words of requests about own data that are done
    BLOCKS = "blocks"  # reasons of blocks that are over
    COPIES = "copies"  # files of a copy of one's own data
    RECALLS = "recalls"  # which messages were to be deleted in a chat


COPIES_KEPT = timedelta(days=30)
"""As long as the link works that leads to one of them."""
RECALLS_KEPT = timedelta()
"""Not beyond the moment from which the network deletes them no more, also where nobody tried."""


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
        return {
            OldTrace.CHAT_LINES: self.chat_lines,
            OldTrace.DRAFTS: self.drafts,
            OldTrace.REQUEST_WORDS: self.request_words,
            OldTrace.BLOCKS: self.blocks,
            OldTrace.COPIES: COPIES_KEPT,
            OldTrace.RECALLS: RECALLS_KEPT,
        }[kind]


NIGHTS_APART = timedelta(days=3)
"""So far two nights of forgetting may be apart without anybody asking why: a weekend with the machine switched off."""


def clock_leapt(last: datetime | None, now: datetime) -> bool:
    """Whether so much passed since the night something was last forgotten that the clock may be ahead.

    A machine that was off looks the same. What is kept one night too long does no harm; what a wrong clock forgets is
    gone. None: nothing was forgotten yet.
    """
    return last is not None and now - last > NIGHTS_APART
