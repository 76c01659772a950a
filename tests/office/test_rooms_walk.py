"""Every page and act of the desk, walked by every role of another unit: nobody finds anything of ours."""

import re

import pytest
from fastapi import FastAPI
from starlette.routing import Route

from bot.media.links import ChatLinks
from bot.office import make_office
from intake.actions.deadlines.meeting_tasks import give_tasks
from intake.actions.papers.register import note_making
from intake.rules.papers.kinds import PaperKind
from intake.rules.people.person import Role
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.stories import planned_meeting
from tests.support.world import Phone, World
from web.office import (
    audit,
    devices,
    figures,
    meetings,
    messages,
    own_hamlets,
    papers,
    questions,
    reception,
    setup,
    sorting,
    supervision,
    tasks,
    today,
)
from web.office.office import HOME
from web.office.routes import office_router

ROOMS = [
    room.ROOM
    for room in (
        *(today, questions, sorting, meetings, reception, tasks, messages, figures, papers, supervision, audit),
        *(setup, devices, own_hamlets),
    )
]
ROLES = (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR, Role.ADMIN, Role.OFFICIAL, Role.HAMLET_HEAD)
OURS = ("Đối thoại tháng 4", "Di Lăng", "Nguyễn Thị Mai", "DL-2024")
TYPED = {
    "text": "Một câu",
    "reason": "Vì thế",
    "note": "Một câu",
    "name": "Trần Thị Lan",
    "owner": "Xã",
    "venue": "Nhà",
    "day": "2024-04-25",
    "due": "2024-04-25",
    "time": "08:00",
    "step": "0",
    "who": "1",
    "to": "1",
    "id": "1",
    "unit": "1",
    "desk": "1",
    "guest": "1",
    "item": "1",
    "group": "0",
    "lines": "Trần Thị Lan",
    "kind": "hotline",
    "sure": "yes",
    "outcome": "answer",
    "what": "supervisor",
    "key": "hosts",
    "answer": "one",
    "target": "1.1",
    "act": "off",
}


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def ours(office: Office) -> dict[str, str]:
    """What stands in the addresses of our pages: the ids of our things."""
    reference = await office.asked()
    meeting = await planned_meeting(office.world)
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        tasks = await give_tasks(uow, by=secretary, meeting_id=meeting.id)
        question = await uow.questions.by_reference(reference)
        assert question is not None
        question.meeting_id = meeting.id
        plan, kind = await uow.plans.get(meeting.plan_id), PaperKind.MINUTES
        document = await note_making(uow, by=secretary, plan=plan, kind=kind, code="BB", about=str(meeting.id))
        await uow.commit()
    async with office.world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
    ids = {
        "hamlet": hamlet.id,
        "meeting": meeting.id,
        "unit": meeting.unit_id,
        "plan": meeting.plan_id,
        "task": tasks[0].id,
        "document": document.id,
    }
    known = {name: str(one) for name, one in ids.items()}
    return {**known, "question": str(question.id), "reference": reference}


async def stranger(office: Office, role: Role) -> Phone:
    if role not in (Role.OFFICIAL, Role.HAMLET_HEAD):
        return await neighbour_unit(office.world, role)
    await neighbour_unit(office.world, Role.ADMIN)
    async with office.world.store.reading() as uow:
        unit = next(one for one in await uow.places.roots() if one.code != "DL")
        hamlet = next(iter(await uow.places.hamlets(unit.id)), unit)
    if role is Role.OFFICIAL:
        return await office.world.staff(role, unit.code, "Cán Bộ Nơi Khác", desk="chuyen-mon")
    return await office.world.staff(role, hamlet.code, "Trưởng Thôn Nơi Khác")


def addresses(office: Office, method: str, known: dict[str, str]) -> list[str]:
    """The pages or acts of the desk in whose address something of ours can stand."""
    found = []
    site = make_office(office.world.store, ChatLinks(), lambda: None, office.world.clock.now)
    for route in office_router(site).routes:
        path = re.sub(r"{(\w+):\w+}", r"{\1}", getattr(route, "path", ""))
        names = re.findall(r"{(\w+)}", path)
        about_ours = bool(names) and set(names) <= set(known)
        if about_ours and isinstance(route, Route) and path.startswith(HOME) and method in route.methods:
            found.append(path.format(**known).removeprefix(HOME))
    return found


@pytest.mark.parametrize("role", ROLES)
async def test_nobody_of_another_unit_finds_anything_of_ours(office: Office, app: FastAPI, role: Role) -> None:
    known = await ours(office)
    browser = await sit_down(app, await stranger(office, role))
    pages, acts = addresses(office, "GET", known), addresses(office, "POST", known)
    assert len(pages) > 15
    assert len(acts) > 25
    for path in pages:
        await browser.opens(path)
        assert browser.status == 404, path
        assert not [word for word in OURS if word in browser.reads()], path
    await browser.opens()
    proof = browser.proof()  # the same on every page of theirs
    assert proof
    for path in acts:
        await browser.sends(path, proof=proof, **TYPED)
        assert browser.status in (404, 422), path
        assert not [word for word in OURS if word in browser.reads()], path


@pytest.mark.parametrize("role", ROLES)
async def test_the_frame_leads_to_the_rooms_one_may_enter_and_to_no_others(
    office: Office, app: FastAPI, role: Role
) -> None:
    people = {Role.SECRETARY: office.secretary, Role.CHAIR: office.chair, Role.OFFICIAL: office.official}
    phone = people.get(role) or await office.world.staff(
        role, "DL-hang-gon" if role is Role.HAMLET_HEAD else "DL", "Bùi Văn Một"
    )
    browser = await sit_down(app, phone)
    nav = browser.page.partition("<nav")[2].partition("</nav>")[0]
    for room in ROOMS:
        await browser.opens(room.path)
        leads = f'href="{HOME}{room.path}"' in nav
        assert leads == (browser.status == 200), room.path
