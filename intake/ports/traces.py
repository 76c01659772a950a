"""What was typed and is promised to be forgotten."""

from collections.abc import Sequence
from typing import Protocol

from intake.rules.people.person import AccountId


class Traces(Protocol):
    """The places besides a question itself where typed words and files lie."""

    async def forget(self, account_id: AccountId, texts: Sequence[str], files: Sequence[str]) -> None:
        """Take words and files out of a chat: its lines, the letters that repeat them, and the files themselves."""
        ...
