"""What the doctor finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, whether it is fine, and a sentence."""

    what: str
    fine: bool
    sentence: str
