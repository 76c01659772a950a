"""What documents need from the world."""

from typing import Protocol

from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.paper import OfficePaper


class Press(Protocol):
    """Lays documents out."""

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat) -> str:
        """Make a file of a document and keep it. Returns its content name, for a message to carry.

        A PDF is the copy for reading: printing one as it will be signed takes longer than a conversation may wait.
        """
        ...
