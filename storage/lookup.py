"""Looking up: what the session has in its identity map, what comes back when there is nothing, the order of names."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapper

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


async def by_id(session: AsyncSession, noun: type[Thing], thing_id: int, *, lock: bool = False) -> Thing | None:
    """The thing of this id; read afresh and kept from others until the transaction ends where it is to be locked."""
    if not lock:
        known = in_identity_map(session, noun, [thing_id])
        if thing_id in known:
            return known[thing_id]
    thing: Thing | None = await session.scalar(_by_id(sa.inspect(noun), lock=lock), {"id": thing_id})
    return thing


@cache
def _by_id(noun: Mapper[Any], *, lock: bool) -> sa.Select[Any]:
    """The session would build this anew each time."""
    [key] = noun.primary_key
    row = sa.select(noun).where(key == sa.bindparam("id"))
    return row.with_for_update().execution_options(populate_existing=True) if lock else row


def unit_name(unit: Unit) -> Any:
    """What units are sorted by once they are read: databases know neither the alphabet nor numbers in names."""
    return by_name(unit.name)
