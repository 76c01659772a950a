"""What a look-up by id gives back when there is nothing."""

from typing import TypeVar

from intake.rules.errors import NotFound

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """The thing; `NotFound` when there is none."""
    if thing is None:
        raise NotFound
    return thing
