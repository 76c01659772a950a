"""The demonstration: everybody can be anybody, the clock only goes forward, a restart keeps both."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.demo.cast import set_the_stage
from bot.demo.clock import BEGINS, DemoClock
from bot.plan_files import PLANS
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.people.person import Role
from tests.support.demo_site import DemoSite, demo_site

MACHINE = datetime(2031, 5, 17, 3, 12, tzinfo=UTC)
LAN = "vinh-bao-2026-lan"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[DemoSite]:
    async with demo_site(tmp_path, lambda: MACHINE) as opened:
        yield opened


@pytest.fixture
async def client(site: DemoSite) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site.app), base_url="http://demo.test") as opened:
        yield opened


async def test_the_way_in_offers_every_role_of_every_unit(client: httpx.AsyncClient, site: DemoSite) -> None:
    page = (await client.get("/")).text
    for unit in ("Vĩnh Bảo", "Di Lăng", "Thạch Thất", "Tuyết Diêm", "An Dương"):
        assert unit.lower() in page.lower()
    for troupe in site.troupes:
        played = {role for role, _ in troupe.roles}
        assert {Role.RESIDENT, Role.HAMLET_HEAD, Role.OFFICIAL, Role.SECRETARY, Role.CHAIR} <= played
        for _, parts in troupe.roles:
            assert all(f'action="/demo/enter/{part.key}"' in page for part in parts)
    assert "08:00, 01/07/2026" in page


async def test_whoever_enters_is_that_person_and_several_sit_side_by_side(client: httpx.AsyncClient) -> None:
    chats = []
    for key in (LAN, "vinh-bao-2026-thu"):
        answer = await client.post(f"/demo/enter/{key}")
        assert answer.status_code == 303
        chats.append(answer.headers["location"])
    pages = [(await client.get(chat)).text for chat in chats]

    assert "Phạm Thị Lan" in pages[0]
    assert "Nguyễn Thị Anh Thư" in pages[1]
    assert all("demo-bar" in page for page in pages)


async def test_the_chat_of_a_part_opens_only_through_the_choice(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"/chat/demo-{LAN}/")).status_code == 404
    assert (await client.post("/demo/enter/nobody")).status_code == 404
    assert (await client.post(f"/demo/enter/{LAN}", headers={"sec-fetch-site": "cross-site"})).status_code == 403


async def test_life_is_there_at_once(site: DemoSite) -> None:
    """A meeting ahead, fixed and announced; questions of Vĩnh Bảo on their way."""
    async with site.store.reading() as uow:
        plan = await uow.plans.by_code("vinh-bao-2026")
        assert plan is not None
        (meeting,) = await uow.meetings.of_plan(plan.id)
        sent = [await uow.questions.by_reference(f"VB-2026-000{number}") for number in (1, 2, 3)]
    assert meeting.starts_at == datetime(2026, 7, 22, 8, tzinfo=LOCAL)
    assert sent[0] is not None
    assert sent[0].meeting_id == meeting.id
    assert [question is not None and question.desk_id is not None for question in sent] == [True, True, False]


async def test_a_second_start_adds_nothing(site: DemoSite) -> None:
    async with site.store.reading() as uow:
        plan = await uow.plans.by_code("vinh-bao-2026")
        assert plan is not None
        secretaries = await uow.people.holders(Role.SECRETARY, await uow.places.unit(plan.unit_id))
    again = await set_the_stage(site.store, PLANS)
    async with site.store.reading() as uow:
        then = await uow.people.holders(Role.SECRETARY, await uow.places.unit(plan.unit_id))
        meetings = await uow.meetings.of_plan(plan.id)
        fourth = await uow.questions.by_reference("VB-2026-0004")

    assert again == site.troupes
    assert [one.id for one in then] == [one.id for one in secretaries]
    assert len(meetings) == 1
    assert fourth is None


async def test_the_clock_passes_every_day_in_its_order(client: httpx.AsyncClient, site: DemoSite) -> None:
    answers = await asyncio.gather(client.post("/demo/clock?days=5"), client.post("/demo/clock?days=1"))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [moment.astimezone(LOCAL).date() for moment in site.days] == [date(2026, 7, day) for day in range(2, 8)]
    assert (await client.get("/demo/clock")).json() == {"shown": "08:00, 07/07/2026"}


@pytest.mark.parametrize("days", ["-1", "0", "2", "31", "-30", "x", "", "1.5"])
async def test_the_clock_goes_forward_only_by_the_steps_it_has(client: httpx.AsyncClient, days: str) -> None:
    answer = await client.post(f"/demo/clock?days={days}")

    assert answer.status_code == 422
    assert (await client.get("/demo/clock")).json() == {"shown": "08:00, 01/07/2026"}


async def test_another_sites_page_cannot_move_the_clock(client: httpx.AsyncClient) -> None:
    assert (await client.post("/demo/clock?days=1", headers={"origin": "https://elsewhere.test"})).status_code == 403


async def test_a_restart_does_not_set_the_clock_back(tmp_path: Path) -> None:
    machine = MACHINE

    async def quiet() -> None:
        return

    first = DemoClock(tmp_path, lambda: machine)
    assert first() == BEGINS
    await first.move(30, quiet)
    machine += timedelta(hours=2)

    assert DemoClock(tmp_path, lambda: machine)() == BEGINS + timedelta(days=30, hours=2)
    with pytest.raises(RuleBroken):
        await first.move(-1, quiet)


async def test_two_who_move_the_clock_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """While the jobs of a day are done, it stays that day."""
    clock = DemoClock(tmp_path, lambda: MACHINE)
    stayed = []

    async def jobs() -> None:
        day = clock()
        await asyncio.sleep(0)
        stayed.append(clock() == day)

    await asyncio.gather(clock.move(5, jobs), clock.move(5, jobs))

    assert stayed == [True] * 10
