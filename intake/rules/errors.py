"""How a rule says no.

A refusal is a `Message`, so that it reaches the person in the person's language; it is not a defect and is not logged
as one. Two refusals need no sentence of their own: what is unknown and what is not permitted look the same from
outside, and a lost race asks the person to look again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from intake.rules.message import Message, Param


class RuleBroken(Exception):
    """The rules do not allow this; `message` is the sentence for the person who tried.

    Args:
        key: msgid of the sentence in the catalogue `refusals`.
        params: what the sentence names.
    """

    def __init__(self, key: str, params: Mapping[str, Param] | None = None) -> None:
        super().__init__(key)
        self.message = Message(key, params or {})

    def __reduce__(self) -> Any:
        """How it comes out of another process: as it is, whatever the making of its class asks for."""
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[RuleBroken], args: tuple[Any, ...]) -> RuleBroken:
    return kind.__new__(kind, *args)


class Unsure(RuleBroken):
    """What was typed can be read in several ways: each of `readings` is offered, and a tap counts as typing it."""

    def __init__(self, key: str, params: Mapping[str, Param], readings: Sequence[str]) -> None:
        super().__init__(key, params)
        self.readings = tuple(readings)


class TooLong(RuleBroken):
    """What was typed does not fit, by `over` letters: the beginning of it is offered, the rest told back."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__("refusal.too_long", {"length": length, "most": most, "over": length - most})
        self.over = length - most


class NotFound(RuleBroken):
    """Unknown, or not this person's to see: one answer for both, so that guessing codes teaches nothing."""

    def __init__(self) -> None:
        super().__init__("refusal.not_found")


class ChangedMeanwhile(RuleBroken):
    """It was dealt with before, by somebody else or by a first tap; nothing was changed by this attempt."""

    def __init__(self) -> None:
        super().__init__("refusal.changed_meanwhile")
