"""Looking up: what the session has in its identity map, what comes back when there is nothing, the order of names."""

from collections.abc import Iterable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.errors import NotFound
from intake.rules.people.unit import Unit
from intake.rules.text import by_name

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """The thing; `NotFound` when there is none."""
    if thing is None:
        raise NotFound
    return thing


def in_identity_map(session: AsyncSession, noun: type[Thing], ids: Iterable[int]) -> dict[Any, Thing]:
    """Those of some things that stand in the session's identity map, by id: nobody has to ask for them again."""
    mapper = sa.inspect(noun)
    things = ((one, session.identity_map.get(mapper.identity_key_from_primary_key((one,)))) for one in ids)
    return {one: thing for one, thing in things if thing is not None and not sa.inspect(thing).expired}


def unit_name(unit: Unit) -> Any:
    """What units are sorted by once they are read: databases know neither the alphabet nor numbers in names."""
    return by_name(unit.name)
