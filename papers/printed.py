"""What becomes of a document. Whoever only gets one loads nothing that lays documents out: that takes a while."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """A file, and a word for whoever asked for it; empty where there is nothing to say."""

    content: bytes
    note: str = ""
