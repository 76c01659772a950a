"""What notices leave behind, posters, pictures."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from intake.rules.deadlines.deadline import Clock
from intake.rules.meetings.meeting import Meeting, NoticeId
from intake.rules.meetings.notice import NoticeProof, NoticeReach
from intake.rules.meetings.poster import Poster, StartLink
from intake.rules.people.unit import UnitId


class Proofs(Protocol):
    """How far notices reached, and which meetings are near."""

    async def add(self, proof: NoticeProof) -> bool:
        """Store a proof. Returns False when the same stands there."""
        ...

    async def of(self, notice_id: NoticeId) -> Sequence[NoticeProof]:
        """The proofs of a notice in the order of their moments."""
        ...

    async def reach(self, notice_id: NoticeId, hamlet_ids: Iterable[UnitId]) -> dict[UnitId, NoticeReach]:
        """How far the chat carried a notice in these hamlets; one it has not gone to is missing."""
        ...

    async def reachable(self, hamlet_ids: Iterable[UnitId]) -> int:
        """How many residents of these hamlets a chat reaches."""
        ...

    async def fixed_between(self, first: datetime, last: datetime) -> Sequence[Meeting]:
        """The fixed meetings that start after `first` and not after `last`."""
        ...

    async def notice_clocks(self, today: date, within: int) -> Sequence[tuple[Clock, Meeting]]:
        """The running notice clocks of fixed meetings that end today or within so many days, each with its meeting."""
        ...


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
