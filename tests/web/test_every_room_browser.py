"""Every room of the desk a link leads to, by every role, as somebody meets it who listens to it or has no mouse."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from intake.actions.deadlines.findings import record_finding
from intake.actions.deadlines.meeting_tasks import give_tasks
from intake.rules.people.person import Role
from tests.support.accessibility import barriers
from tests.support.browser import CHROMIUM, REQUIRED, served
from tests.support.office import Office, open_office, person_named
from tests.support.webchat_line import WebChatLine
from tests.support.world import Phone, local, opened_world
from tests.web.test_desk_browser import amiss, browsing
from tests.web.test_rooms_browser import comes_in, site, with_speakers

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium is installed on this machine")

ROLES = (Role.SECRETARY, Role.CHAIR, Role.OFFICIAL, Role.SUPERVISOR, Role.ADMIN, Role.HAMLET_HEAD)
WIDTHS = (320, 1280)
SEEN_BY_SOMEBODY = {
    "/nhat-ky/N": "the audit trail",
    "/viec/N": "one task",
    "/giam-sat": "what supervisors see",
    "/duyet/N": "one proposal",
    "/don-tiep/N": "the door",
    "/so-van-ban/mau": "templates",
    "/thiet-lap/N/lich": "days off",
    "/thiet-lap/N/linh-vuc": "topics",
    "/thiet-lap/N/don-thu-kin": "the sealed store",
    "/thiet-lap/N/ke-hoach": "what plans leave open",
    "/khao-sat": "surveys",
    "/thon/N/N": "a head's hamlet before a meeting",
    "/buoi/de-nghi": "demands",
    "/buoi/N/chi-tieu": "quotas",
    "/buoi/N/hop-dan": "records of hamlets",
    "/don-thu": "denunciations",
    "/van-ban": "a plan's own document",
}
BESIDES = {
    Role.SECRETARY: ("/don-tiep/1", "/viec/giao/1", "/khong-co-phong-nay"),
    Role.SUPERVISOR: ("/nhat-ky", "/don-thu"),
    Role.CHAIR: ("/don-thu",),
}
"""Where no link of the story leads: the door before its day, tasks given out already, a mistyped address."""
FILES = re.compile(r"/(?:tep|anh|xlsx|csv|static)\b|\.(?:xlsx|csv|docx|pdf|js|css)\b|dinh-dang=")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        yield await open_office(world)


async def lived_in(office: Office) -> tuple[dict[Role, Phone], str]:
    """An office in which there is something of every kind: the phones of its roles, and what waits for the chair."""
    others = {
        Role.SUPERVISOR: await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát"),
        Role.ADMIN: await office.world.staff(Role.ADMIN, "DL", "Vũ Thị Quản"),
        Role.HAMLET_HEAD: await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Trưởng"),
    }
    meeting = await with_speakers(office)
    proposed = await office.proposed()
    await office.asked("Đèn đường xóm 2 tắt từ Tết, ai sửa?")
    await office.mai.says("/denghi")
    await office.mai.presses("✍️ Đề nghị đối thoại")
    await office.mai.says("Bãi rác sát trường học, mùi hôi cả ngày, xe rác đi qua sân trường lúc học sinh ra về")
    await office.mai.presses("Gửi")
    async with office.world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        secretary, watching = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Bùi Văn Sát")
        await give_tasks(uow, by=secretary, meeting_id=meeting.id)
        await record_finding(
            uow,
            by=watching,
            unit_id=unit.id,
            text="Chưa niêm yết kết luận.",
            desk_id=None,
            due_on=local(2024, 3, 20).date(),
        )
        await uow.commit()
    await office.seals()
    office.put_away()
    phones = {Role.SECRETARY: office.secretary, Role.CHAIR: office.chair, Role.OFFICIAL: office.official, **others}
    return phones, proposed


def kind_of(path: str) -> str:
    """A room, whichever thing of ours it shows."""
    return re.sub(r"/(?:\d+|[A-Z]+-\d{4}-\d+)(?=/|$)", "/N", path.partition("?")[0])


async def test_no_room_keeps_anybody_out(office: Office, browser: Browser) -> None:
    phones, proposed = await lived_in(office)
    besides = {**BESIDES, Role.CHAIR: (*BESIDES[Role.CHAIR], f"/cau-hoi/{proposed}")}
    seen: set[str] = set()
    found: list[str] = []
    async with served(site(office)) as address:
        for role in ROLES:
            async with browsing(browser) as watched:
                page = watched.page
                await comes_in(page, address, phones[role])
                begins = ["", *besides.get(role, ())]
                ahead, gone = list(begins), set[str]()
                while ahead:
                    path = ahead.pop(0)
                    if path not in begins and (kind_of(path) in gone | seen or FILES.search(path)):
                        continue
                    begins = [one for one in begins if one != path]
                    gone.add(kind_of(path))
                    watched.trouble.clear()
                    answer = await page.goto(f"{address}/ban-lam-viec{path}")
                    if answer is not None and answer.ok:  # of what is not found the console tells
                        found += [f"{role.value} {path}: {line}" for line in watched.trouble]
                    gone.add(kind_of(page.url.partition("/ban-lam-viec")[2]))
                    for width in WIDTHS:
                        await page.set_viewport_size({"width": width, "height": 800})
                        wrong = [*await amiss(page), *await barriers(page)]
                        found += [f"{role.value} {path} {width}: {line}" for line in wrong]
                    links = await page.eval_on_selector_all(
                        "a[href]", "all => all.map(one => one.getAttribute('href'))"
                    )
                    ahead += [
                        one.partition("#")[0].removeprefix("/ban-lam-viec")
                        for one in links
                        if one.startswith("/ban-lam-viec")
                    ]
            seen |= gone - {""}

    assert found == []
    assert {path: what for path, what in SEEN_BY_SOMEBODY.items() if path not in seen} == {}
