"""Files people send, as whoever keeps them with something is handed them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that came with something and lies in the attachment store; `size` in bytes."""

    sha256: str
    media_type: str
    size: int
    name: str
