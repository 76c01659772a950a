"""What the running programme keeps about itself: who holds a duty, and when it last did it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False)
class Lease:
    """The right to be the only one who does something, until `expires_at`. `epoch` grows with every new holder."""

    name: str
    holder: str
    epoch: int
    expires_at: datetime


@dataclass(eq=False)
class Heartbeat:
    """When a duty was last done to the end."""

    name: str
    beat_at: datetime
