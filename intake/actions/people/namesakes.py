"""Whoever has the same name is shown and asked about, never taken for one person in silence (R111)."""

from collections.abc import Sequence

from intake.ports import UnitOfWork
from intake.rules.people.person import Person
from intake.rules.people.unit import Unit
from intake.rules.text import bare_name


async def of_one_name(uow: UnitOfWork, name: str, unit: Unit) -> Sequence[Person]:
    """Everybody who lives in a unit and has this name, oldest first.

    Case, spaces, diacritics, the place of the tone and how somebody is addressed do not count: "NGUYEN VAN HOA" may be
    Nguyễn Văn Hoà or ông Nguyễn Văn Hòa.
    """
    wanted = bare_name(name)
    found = [person_id for person_id, other in await uow.people.names_in(unit) if bare_name(other) == wanted]
    people = await uow.people.many(found)
    return [people[person_id] for person_id in found]
