"""A plan with delegates, its invented hamlets, a meeting made and fixed; and what is quicker done without a phone."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.actions.meetings.fix_meeting import fix_meeting
from intake.actions.meetings.make_meeting import make_meeting
from intake.actions.plan.load_plan import load_plan
from intake.rules.meetings.meeting import Meeting, Registration
from intake.rules.people.person import Grant, Person, Role
from intake.rules.people.unit import Unit
from intake.rules.plan.demo_people import parse_cast, with_cast
from intake.rules.plan.profile_parse import parse_profile
from storage.unit_of_work import SqlUnitOfWork
from tests.support.tree import ROOT

from .world import World

PLANS = ROOT / "plans"


@dataclass(frozen=True, slots=True)
class Occasion:
    """The meeting of a plan with its units; `office` is a secretary without a phone, for what needs no conversation."""

    world: World
    meeting: Meeting
    unit: Unit
    units: tuple[Unit, ...]
    office: Person

    def unit_named(self, name: str) -> Unit:
        return next(unit for unit in self.units if unit.name == name)

    async def registrations(self, *, waiting: bool = False) -> Sequence[Registration]:
        async with self.world.store.reading() as uow:
            return await uow.meetings.registrations(self.meeting.id, waiting=waiting)


async def occasion(
    world: World, code: str, *, quota: int | None = None, reading: str = "", starts_at: datetime | None = None
) -> Occasion:
    """Load a plan with its invented units; make the meeting of its first session, and fix it when a moment is given."""
    profile = parse_profile(tomllib.loads((PLANS / f"{code}.toml").read_text("utf-8")), name=code)
    cast = parse_cast(tomllib.loads((PLANS / "demo" / f"{code}.toml").read_text("utf-8")), profile, name=code)
    async with world.store.unit() as uow:
        plan = (await load_plan(uow, with_cast(profile, cast))).plan
        if quota is not None:
            plan.choices = {**plan.choices, "quotas": str(quota)}
        office = await uow.people.add(Person("Văn phòng"))
        await uow.people.give(Grant(office.id, Role.SECRETARY, plan.unit_id))
        made = await make_meeting(
            uow,
            by=office,
            plan_id=plan.id,
            session_key=profile.sessions[0].key,
            reading=reading,
            why="Chủ trì đã thống nhất" if reading else "",
        )
        unit = await uow.places.unit(plan.unit_id)
        units = tuple(await uow.rosters.units_below(unit.id))
        await uow.commit()
    if starts_at is not None:
        await fixed(world, office, made.meeting, starts_at)
    return Occasion(world, made.meeting, unit, units, office)


async def fixed(world: World, office: Person, meeting: Meeting, starts_at: datetime) -> None:
    """The meeting is fixed, or moved."""
    async with world.store.unit() as uow:
        await fix_meeting(
            uow, by=office, meeting_id=meeting.id, starts_at=starts_at, venue="Nhà văn hoá", reason="Đã thống nhất"
        )
        await uow.commit()
    await world.settle()


async def person_called(uow: SqlUnitOfWork, name: str) -> Person:
    """The one person of this world with this name."""
    for number in range(1, 400):
        person = await uow.people.get(number)  # type: ignore[arg-type]
        if person is None:
            break
        if person.name == name:
            return person
    raise AssertionError(name)
