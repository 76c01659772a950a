"""What is done to every text that is typed, before anything else."""

from intake.rules.folding import fold

__all__ = ["fold", "storable"]


def storable(text: str) -> str:
    """The text without what no database keeps: the sign NUL, and halves of surrogate pairs."""
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")
