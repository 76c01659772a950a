"""Every public page there is, read by a program: nobody's name and nobody's number is on any of them (R020, R026)."""

import re
from collections import deque
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import sqlalchemy as sa

from intake.rules.text import fold
from storage import tables as t
from tests.support.demo_site import demo_site
from tests.support.office import Office
from tests.support.public import public_app
from tests.support.world import World
from tests.web.test_public_page import held as held  # noqa: PLC0414 - the meeting whose pages are read
from tests.web.test_public_page import office as office  # noqa: PLC0414
from tests.web.test_public_page import publishes

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
