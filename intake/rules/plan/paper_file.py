"""A file that somebody hands in as a plan, before anything is known of what it says."""

from enum import StrEnum


class Unreadable(StrEnum):
    """Why a file is not read."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    MACROS = "macros"
    PROTECTED = "protected"
    DAMAGED = "damaged"
    SCAN = "scan"
    UNKNOWN_KIND = "unknown_kind"
    OLD_WORD = "old_word"
    NOT_IN_TIME = "not_in_time"  # nothing says that it cannot be read
    GONE = "gone"  # it is kept no longer


class UnreadablePaperError(Exception):
    """A file that is not read, with the reason in `why`."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.value)
        self.why = why
