"""What is drawn for people: posters, QR codes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from intake.rules.meetings.poster import Poster, StartLink


class Posters(Protocol):
    """Posters as pictures, and the links that lead into the chat."""

    def links(self, code: str) -> Sequence[StartLink]:
        """A link with a start code for each network that is served and known by name."""
        ...

    async def draw(self, poster: Poster) -> str:
        """Draw a poster. Returns its content name, for a message to carry."""
        ...


class Pictures(Protocol):
    """Pictures the office makes for people."""

    async def qr(self, code: str) -> str | None:
        """Keep the picture of a QR code that leads to a start code (`/start <code>`).

        Returns its content name for a message's attachments; None where this process keeps no files.
        """
        ...

    async def drop(self, names: Sequence[str], *, older_than: timedelta = timedelta(0)) -> None:
        """Remove kept files by their content names; what is not there, or was kept again since, is no trouble."""
        ...

    async def older_than(self, age: timedelta) -> Sequence[str]:
        """The content names of everything that was last kept so long ago."""
        ...
