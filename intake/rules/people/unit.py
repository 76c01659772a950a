"""Where things belong: the tree of units, the desks that answer, the topics that lead to a desk."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

UnitId = NewType("UnitId", int)
DeskId = NewType("DeskId", int)
TopicId = NewType("TopicId", int)


class Level(StrEnum):
    """Levels of government. District and town exist for plans made before 1 July 2025 (LAW C7)."""

    PROVINCE = "province"
    DISTRICT = "district"
    TOWN = "town"
    COMMUNE = "commune"
    HAMLET = "hamlet"


@dataclass(eq=False)
class Unit:
    """A unit of the tree. `path` is `/1/5/12/`: the ids from the root down to this unit, for questions of scope.

    `code` is unique among all units (`VB`; a hamlet has its commune's code in front: `VB-dong`).
    """

    id: UnitId = field(init=False)
    code: str
    name: str
    level: Level
    parent_id: UnitId | None = None
    path: str = "/"
    households: int | None = None


def lineage_of(unit: Unit) -> tuple[UnitId, ...]:
    """The unit and the units above it, the unit first."""
    return tuple(UnitId(int(part)) for part in reversed(unit.path.split("/")) if part)


@dataclass(eq=False)
class Desk:
    """A body of a unit (R037–R040): one that `answers` questions (bộ phận chuyên môn), or one that only has tasks."""

    id: DeskId = field(init=False)
    unit_id: UnitId
    code: str
    name: str
    position: int = 0
    answers: bool = True


@dataclass(eq=False)
class Topic:
    """A subject people ask about. A leaf has the desk that answers; `sensitive` keeps it from the public (R126).

    `own`: the unit itself has said how it is, so that a plan that is loaded again leaves it as it is.
    """

    id: TopicId = field(init=False)
    unit_id: UnitId
    code: str
    name: str
    parent_id: TopicId | None = None
    desk_id: DeskId | None = None
    sensitive: bool = False
    position: int = 0
    own: bool = False
