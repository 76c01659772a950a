"""Every public page there is, read by a program: nobody's name and nobody's number is on any of them (R020, R026)."""

import re
from collections import deque
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import sqlalchemy as sa

from intake.actions.meetings.announce_results import announce_results
from intake.actions.meetings.demands import grant_demand
from intake.actions.meetings.hands_by_eye import enter_hands
from intake.actions.meetings.register import new_registration
from intake.actions.meetings.show_of_hands import ask_for_hands, put_hand_up
from intake.rules.meetings.demand import DemandId
from intake.rules.meetings.meeting import Meeting, MeetingState, RegistrationKind, RegistrationState
from intake.rules.text import fold
from storage import tables as t
from tests.meetings.test_demands import asks, opened
from tests.support.demo_site import demo_site
from tests.support.office import Office, person_named
from tests.support.public import public_app
from tests.support.world import World
from tests.web.test_hall import hall_app
from tests.web.test_public_page import held as held  # noqa: PLC0414 - the meeting whose pages are read
from tests.web.test_public_page import office as office  # noqa: PLC0414
from tests.web.test_public_page import progress_said, publishes

OURS = ("/cong-khai", "/hoi-truong")


async def crawled(client: httpx.AsyncClient, *starts: str) -> dict[str, str]:
    """Every page and file that is reached from these, by its address."""
    pages: dict[str, str] = {}
    ahead = deque(starts)
    while ahead:
        path = ahead.popleft()
        if path in pages:
            continue
        answer = await client.get(path)
        assert answer.status_code == 200, path
        pages[path] = answer.text
        if "html" not in answer.headers["content-type"]:
            continue
        for link in re.findall(r'(?:href|src)="([^"]+)"', answer.text):
            at = urlsplit(urljoin(f"http://demo.test{path}", unescape(link)))
            if at.netloc == "demo.test" and at.path.startswith(OURS):
                ahead.append(at.path + (f"?{at.query}" if at.query else ""))
    return pages


def named_on(pages: dict[str, str], names: list[str]) -> list[tuple[str, str]]:
    found = []
    for path, text in pages.items():
        plain = f" {fold(unescape(text))} "
        found += [(path, name) for name in names if f" {fold(name)} " in plain]
    return found


async def test_the_whole_demonstration_names_nobody(tmp_path: Path) -> None:
    async with demo_site(tmp_path) as site:
        async with site.store.reading() as uow:
            people = set(await uow.session.scalars(sa.select(t.persons.c.name)))
            names = sorted(name for name in people if len(name.split()) > 1)
            meetings = list(await uow.session.scalars(sa.select(t.meetings.c.id)))
        transport = httpx.ASGITransport(site.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://demo.test") as client:
            halls = [f"/hoi-truong/m-{one}{place}" for one in meetings for place in ("", "/o-nha")]
            pages = await crawled(client, "/cong-khai", *halls)
    assert len(names) > 20
    assert len(pages) > 30
    assert named_on(pages, names) == []
    assert named_on({"": f"Thưa bà {names[0].upper()}"}, names) == [("", names[0])], "the test can see a name"


async def test_a_meeting_that_was_held_names_nobody_who_asked(plain_world: World, office: Office, held: object) -> None:
    await publishes(office, "DL-2024-0001", "Bà Mai hỏi: Bao giờ sửa đường xóm 3? Số của tôi: 0905.123.456")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(public_app(plain_world)), base_url="http://demo.test"
    ) as client:
        pages = await crawled(client, "/cong-khai")
    kinds = {Path(urlsplit(path).path).suffix for path in pages}
    assert {"", ".ics", ".atom", ".csv", ".json"} - kinds <= {".ics"}
    assert any("sửa đường xóm 3" in text for text in pages.values())
    people = ["Nguyễn Thị Mai", "Trần Văn Thư", "Lê Thị Hoa", "Phạm Văn Dân", "Đinh Văn Chủ", "bà Mai"]
    assert named_on(pages, people) == []
    assert [path for path, text in pages.items() if re.search(r"0?905.?123.?456", text)] == []


async def test_demands_hands_results_and_progress_name_nobody(
    plain_world: World, office: Office, held: Meeting
) -> None:
    """What people ask for together, what they raise their hands for, what came of it: counted, and nobody named."""
    an = await plain_world.resident("DL-hang-gon", "Phạm Văn An")
    await asks(office)
    await opened(office, "21", "1")
    await an.taps_code("demandvoter.1")
    await progress_said(office, held, "Đã hẹn bà Mai, số 0905 123 456.")
    await office.secretary.taps_code("conclusionshow.1")
    await office.secretary.says("Đã hẹn bà Mai ra xem đường, số 0905 123 456.")
    await office.secretary.presses("Gửi")
    async with plain_world.store.unit() as uow:
        thu = await person_named(uow, "Trần Văn Thư")
        await announce_results(uow, by=thu, meeting_id=held.id)
        chu = await person_named(uow, "Đinh Văn Chủ")
        decided = await uow.demands.get(DemandId(1))
        meeting = await grant_demand(
            uow, by=chu, demand_id=decided.id, title="Bãi rác", until=date(2024, 6, 30), reason="Bà con cần."
        )
        meeting.state, meeting.starts_at = MeetingState.OPEN, uow.now
        for name in ("Nguyễn Thị Mai", "Phạm Văn An"):
            seat = await new_registration(
                uow,
                meeting,
                await person_named(uow, name),
                kind=RegistrationKind.SPEAK,
                content="Bà Mai nói về bãi rác",
                unit_id=held.hosting_hamlet_id,
            )
            seat.state = RegistrationState.STANDING
        hands = await ask_for_hands(
            uow, by=chu, meeting_id=meeting.id, question="Họp buổi nào?", answers="Sáng\nTối\nTrưa"
        )
        await put_hand_up(uow, by=await person_named(uow, "Nguyễn Thị Mai"), hands_id=hands.id, answer=1)
        await enter_hands(uow, by=thu, hands_id=hands.id, place_id=meeting.unit_id, counts=[1, 0, 0])
        await uow.commit()
    site, hall = hall_app(plain_world)
    pages = {}
    for app, starts in (
        (public_app(plain_world), ["/cong-khai"]),
        (hall, [f"/hoi-truong/m-{meeting.id}{at}" for at in ("", "/o-nha")]),
    ):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://demo.test") as client:
            pages |= await crawled(client, *starts)
    await site.views.close()
    for said in ("Bãi rác cạnh trường", "Họp buổi nào?", "ra xem đường", "3 người đề nghị"):
        assert any(said in text for text in pages.values()), said
    people = ["Nguyễn Thị Mai", "Phạm Văn An", "Trần Văn Thư", "Đinh Văn Chủ", "bà Mai", "mùi hôi"]
    assert named_on(pages, people) == []
    assert [path for path, text in pages.items() if re.search(r"0?905.?123.?456", text)] == []
