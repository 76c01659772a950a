"""Whether a unit of a plan is the one that is stored under its code: a code belongs to one unit with its parent.

Codes are short, and two communes may both come upon `DL`. Taken for one, the second would rename the first and its
people would read each other's notices.
"""

from collections.abc import Iterable
from enum import StrEnum

from intake.rules.text import same_name

from .profile_bodies import UnitLine


class Identity(StrEnum):
    """What a line of a plan is to the unit stored under its code."""

    SAME = "same"  # the unit takes over what the line says
    OUTDATED = "outdated"  # the line calls it by a name it has given up; the unit stays as it is
    ANOTHER = "another"  # another unit, which needs a code of its own


def identity_of(
    line: UnitLine, name: str, parent: str | None, *, own: bool, others: Iterable[UnitLine] = ()
) -> Identity:
    """Compare a line with the unit of its code, stored as `name` below the unit with the code `parent`.

    `own`: the plan had a line for the unit before, so that it may rename or move it; `others` are the lines of all
    other plans with that code. Where several plans name a unit, its new name stands in one of them with the name until
    now as `formerly`, and the plans of earlier years stay as they were written (LAW C7).
    """
    if agrees(line, name, parent) or (line.formerly is not None and same_name(line.formerly, name)):
        return Identity.SAME
    others = list(others)
    for other in others:
        given_up = other.formerly is not None and same_name(other.formerly, line.name)
        if given_up and same_name(other.name, name):
            return Identity.OUTDATED
    if own and all(agrees(line, other.name, other.parent) for other in others):
        return Identity.SAME
    return Identity.ANOTHER


def agrees(line: UnitLine, name: str, parent: str | None) -> bool:
    """Whether a line and a unit have the same name, and the same unit above them as far as both say which."""
    return same_name(line.name, name) and (line.parent is None or parent is None or line.parent == parent)
