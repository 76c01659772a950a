"""The offices of the five plans, everybody in a browser of their own."""

import tomllib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from intake.actions.plan.load_plan import load_plan
from intake.rules.people.person import Role
from intake.rules.plan.demo_people import parse_cast, with_cast
from intake.rules.plan.profile_parse import parse_profile

from .desk import DeskBrowser, desk_app, sit_down
from .lines import PlainLine
from .world import PLANS, Phone, World, local, opened_world


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan is lived: its unit, a place of one who asks, a desk that answers, a morning."""

    plan: str
    unit: str
    home: str
    desk: str
    morning: datetime


PLACES = (
    Place("di-lang-2024", "DL", "DL-hang-gon", "chuyen-mon", local(2024, 3, 1)),
    Place("an-duong-2024", "AD", "AD-thon-1", "chuyen-mon", local(2024, 7, 1)),
    Place("tuyet-diem-2025", "TD", "TD-tuyet-diem-1", "co-quan-ubnd", local(2025, 7, 1)),
    Place("thach-that-2023", "TT", "TTA-thon-1", "", local(2023, 8, 14)),
    Place("vinh-bao-2026", "VB", "VB-dong", "", local(2026, 7, 1)),
)


@dataclass(frozen=True, slots=True)
class Desks:
    """Everybody of an office, each in a browser of their own; who asks has a phone."""

    place: Place
    world: World
    app: FastAPI
    asker: Phone
    desk_id: str
    secretary: DeskBrowser
    official: DeskBrowser
    chair: DeskBrowser
    supervisor: DeskBrowser
    admin: DeskBrowser

    @property
    def all(self) -> tuple[DeskBrowser, ...]:
        """Every browser."""
        return (self.secretary, self.official, self.chair, self.supervisor, self.admin)


@pytest.fixture(params=PLACES, ids=lambda place: place.plan)
async def desks(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desks]:
    place: Place = request.param
    async with opened_world(tmp_path, PlainLine, place.morning) as world:
        profile = parse_profile(tomllib.loads((PLANS / f"{place.plan}.toml").read_text("utf-8")), name=place.plan)
        people = tomllib.loads((PLANS / "demo" / f"{place.plan}.toml").read_text("utf-8"))
        async with world.store.unit() as uow:
            await load_plan(uow, with_cast(profile, parse_cast(people, profile, name=place.plan)))
            unit = await uow.places.unit_by_code(place.unit)
            assert unit is not None
            answering = await uow.places.desks(unit.id)
            desk = next(one for one in answering if place.desk in ("", one.code))
            await uow.commit()
        app = desk_app(world)
        yield Desks(
            place,
            world,
            app,
            await world.resident(place.home, "Nguyễn Thị Mai"),
            str(desk.id),
            await sit_down(app, await world.staff(Role.SECRETARY, place.unit, "Lê Thị Thư")),
            await sit_down(app, await world.staff(Role.OFFICIAL, place.unit, "Đỗ Văn Cán", desk=desk.code)),
            await sit_down(app, await world.staff(Role.CHAIR, place.unit, "Phạm Văn Chủ")),
            await sit_down(app, await world.staff(Role.SUPERVISOR, place.unit, "Bùi Văn Sát")),
            await sit_down(app, await world.staff(Role.ADMIN, place.unit, "Vũ Thị Quản")),
        )
