"""The offices of the five plans at the desk: every room opens for whom it is, a question goes its way through it."""

import re
import tomllib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from intake.actions.plan.load_plan import load_plan
from intake.rules.people.person import Role
from intake.rules.plan.demo_people import parse_cast, with_cast
from intake.rules.plan.profile_parse import parse_profile
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.lines import PlainLine
from tests.support.world import PLANS, Phone, World, local, opened_world

ROAD = "Đường vào xóm hỏng từ tháng 5, khi nào sửa?"


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
            await world.resident(place.home, "Nguyễn Thị Mai"),
            str(desk.id),
            await sit_down(app, await world.staff(Role.SECRETARY, place.unit, "Lê Thị Thư")),
            await sit_down(app, await world.staff(Role.OFFICIAL, place.unit, "Đỗ Văn Cán", desk=desk.code)),
            await sit_down(app, await world.staff(Role.CHAIR, place.unit, "Phạm Văn Chủ")),
            await sit_down(app, await world.staff(Role.SUPERVISOR, place.unit, "Bùi Văn Sát")),
            await sit_down(app, await world.staff(Role.ADMIN, place.unit, "Vũ Thị Quản")),
        )


async def test_every_room_of_the_frame_opens_and_every_meeting_of_the_plan_is_listed(desks: Desks) -> None:
    for browser in desks.all:
        await browser.opens()
        rooms = re.findall(r'href="/ban-lam-viec(/[a-z-]+)"', browser.page.partition("<main")[0])
        assert rooms
        for room in dict.fromkeys(rooms):
            await browser.opens(room)
            assert browser.status == 200, (room, browser.reads())
            assert "Xin lỗi" not in browser.reads(), room
    await desks.secretary.opens("/buoi")
    assert "chưa lập" in desks.secretary.reads()
    await desks.secretary.opens("/buoi/moi")
    for path in re.findall(r'href="/ban-lam-viec(/buoi/moi/[^"]+)"', desks.secretary.page):
        await desks.secretary.opens(path)
        assert desks.secretary.status == 200, path
    await desks.admin.opens("/thiet-lap")
    for path in re.findall(r'href="/ban-lam-viec(/thiet-lap/[^"]+)"', desks.admin.page):
        await desks.admin.opens(path)
        assert desks.admin.status == 200, path


async def test_a_question_is_given_answered_approved_and_seen_from_above(desks: Desks) -> None:
    await desks.asker.says("/hoi")
    await desks.asker.says(ROAD)
    await desks.asker.presses("Gửi")
    found = re.search(r"mã ([A-Z]+-20[0-9]{2}-[0-9]{4})", desks.asker.reads())
    assert found is not None
    page = f"/cau-hoi/{found[1]}"

    await desks.secretary.opens(page)
    await desks.secretary.sends(f"{page}/giao", form="assign", seen=_seen(desks.secretary), desk=desks.desk_id)
    assert f"Đã giao câu hỏi {found[1]}" in desks.secretary.reads()
    await desks.official.opens(page)
    await desks.official.sends(
        f"{page}/tra-loi", form="answer", seen=_seen(desks.official), text="Xã sửa trong quý này."
    )
    assert "Đã gửi chủ trì duyệt" in desks.official.reads()
    await desks.chair.opens("/duyet")
    number = re.search(r"/duyet/([0-9]+)", desks.chair.page)
    assert number is not None
    await desks.chair.sends(f"/duyet/{number[1]}/duyet")
    assert f"Đã duyệt câu hỏi {found[1]}" in desks.chair.reads()

    await desks.world.settle()
    assert "Xã sửa trong quý này." in desks.asker.hears()
    await desks.supervisor.opens(page)
    assert "Xã sửa trong quý này." in desks.supervisor.reads()
    assert "Gửi duyệt" not in desks.supervisor.reads()
    await desks.admin.opens(page)
    assert "Xã sửa trong quý này." not in desks.admin.reads()


@pytest.mark.parametrize("desks", PLACES[:1], ids=[PLACES[0].plan], indirect=True)
async def test_no_link_of_any_room_leads_nowhere(desks: Desks) -> None:
    """The way back from a document led officials to the register, which is not theirs."""
    await desks.asker.says("/hoi")
    await desks.asker.says(ROAD)
    await desks.asker.presses("Gửi")
    page = f"/cau-hoi/{desks.asker.hears().partition('mã ')[2].partition(' ')[0]}"
    await desks.secretary.opens(page)
    await desks.secretary.sends(f"{page}/giao", form="assign", seen=_seen(desks.secretary), desk=desks.desk_id)
    assert desks.secretary.status == 200
    for browser in desks.all:
        await browser.opens()
        ahead, gone = [""], set[str]()
        while ahead:
            path = ahead.pop()
            if path not in gone:
                gone.add(path)
                await browser.opens(path)
                assert browser.status == 200, path
                ahead += [unescape(one) for one in re.findall(r'href="/ban-lam-viec(/[^"#]*)"', browser.page)]
        assert len(gone) > 10


def _seen(browser: DeskBrowser) -> str:
    return browser.page.partition('name="seen" value="')[2].partition('"')[0]
