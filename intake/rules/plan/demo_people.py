"""Invented people and places to try a plan out with: `plans/demo/*.toml`, never mixed into a profile's file.

The plans name few hamlets and no residents; a demonstration needs both. Nothing here is anybody's real name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from intake.rules.people.person import Role
from intake.rules.people.unit import Level

from .profile import Flaw, PlanProfile, ProfileError
from .profile_bodies import UnitLine
from .profile_checks import check_profile, flaws_of
from .profile_keys import not_slugs
from .profile_structure import read_table

INVENTED = "dữ liệu giả định để chạy thử"
"""What stands in the place of the plan's phrase in a unit that the demonstration adds."""

_UNIT = re.compile(r"units\[(\d+)\]")
_PLACED = frozenset({Role.RESIDENT, Role.HAMLET_HEAD})


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """An invented commune or hamlet under a unit of the plan."""

    code: str
    name: str
    level: Level
    parent: str
    households: int | None = None


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person. `key` stays the same from run to run; residents have a hamlet, officials a desk."""

    key: str
    name: str
    roles: tuple[Role, ...]
    hamlet: str | None = None
    desk: str | None = None


@dataclass(frozen=True, slots=True)
class DemoCast:
    """Everything invented for one plan. `quota` is the number of delegates each hamlet may list (R111)."""

    plan: str
    people: tuple[DemoPerson, ...]
    units: tuple[DemoUnit, ...] = ()
    quota: int | None = None

    def holding(self, role: Role) -> tuple[DemoPerson, ...]:
        """Everybody with the role, in the order of the file."""
        return tuple(person for person in self.people if role in person.roles)


def parse_cast(document: Mapping[str, Any], profile: PlanProfile, *, name: str) -> DemoCast:
    """Make the cast of a plan from a loaded table; `name` says in an error which file it was.

    Raises `ProfileError` with everything that does not fit the form or the profile.
    """
    try:
        cast = read_table(DemoCast, document)
    except ProfileError as error:
        raise ProfileError(error.flaws, file=name) from None
    if flaws := list(_flaws_of(cast, profile)):
        raise ProfileError(flaws, file=name)
    return cast


def with_cast(profile: PlanProfile, cast: DemoCast) -> PlanProfile:
    """Give the profile with the invented units added, each saying so in its phrase.

    Raises `ProfileError` when they do not fit into the tree of units.
    """
    staged = _staged(profile, cast)
    check_profile(staged)
    return staged


def _staged(profile: PlanProfile, cast: DemoCast) -> PlanProfile:
    added = tuple(
        UnitLine(
            code=unit.code,
            name=unit.name,
            level=unit.level,
            parent=unit.parent,
            households=unit.households,
            phrase=INVENTED,
        )
        for unit in cast.units
    )
    return replace(profile, units=profile.units + added)


def _flaws_of(cast: DemoCast, profile: PlanProfile) -> Iterator[Flaw]:
    if cast.plan != profile.code:
        yield Flaw("plan", "another_plan", {"value": cast.plan, "plan": profile.code})
        return
    if cast.quota is not None and cast.quota < 1:
        yield Flaw("quota", "at_least_one", {"number": cast.quota})
    staged = _staged(profile, cast)
    yield from (_in_the_cast(flaw, len(profile.units)) for flaw in flaws_of(staged))
    hamlets = {line.code for line in staged.hamlets}
    desks = {office.key for office in profile.desks}
    yield from not_slugs((f"people[{place}].key", person.key) for place, person in enumerate(cast.people, 1))
    for place, person in enumerate(cast.people, 1):
        path = f"people[{place}]"
        if not person.roles:
            yield Flaw(f"{path}.roles", "empty")
        if not _PLACED.isdisjoint(person.roles) and person.hamlet is None:
            yield Flaw(f"{path}.hamlet", "person_without_hamlet")
        if person.hamlet is not None and person.hamlet not in hamlets:
            yield Flaw(f"{path}.hamlet", "no_hamlet_here", {"value": person.hamlet})
        if (Role.OFFICIAL in person.roles) != (person.desk is not None):
            yield Flaw(f"{path}.desk", "desk_and_role")
        elif person.desk is not None and person.desk not in desks:
            yield Flaw(f"{path}.desk", "no_desk_here", {"value": person.desk, "desk": "desk = true"})


def _in_the_cast(flaw: Flaw, before: int) -> Flaw:
    """The flaw of a unit under its number in the file of the cast, which the plan's own units come `before`."""
    numbered = _UNIT.match(flaw.path)
    if numbered is None or int(numbered[1]) <= before:
        return flaw
    return replace(flaw, path=f"units[{int(numbered[1]) - before}]{flaw.path[numbered.end() :]}")
