"""A page that lies ready goes out before anything is routed, with the protections of every page."""

from collections.abc import AsyncIterator

import pytest

from bot.media.links import ChatLinks
from tests.support.office import Office, open_office
from tests.support.public import Reader, passer_by
from tests.support.world import World


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture(params=["", "https://xa.test"])
async def reader(plain_world: World, request: pytest.FixtureRequest) -> AsyncIterator[Reader]:
    async with passer_by(plain_world, ChatLinks(web=request.param)) as opened:
        yield opened


async def test_the_second_answer_is_the_first_with_all_that_protects_it(office: Office, reader: Reader) -> None:
    first, second = [await reader.client.get("/cong-khai/dl") for _ in range(2)]
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert "default-src 'none'" in second.headers["content-security-policy"]
    assert second.headers["x-content-type-options"] == "nosniff"
    again = await reader.client.get("/cong-khai/dl", headers={"if-none-match": second.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == second.headers["content-security-policy"]
    alone = await reader.client.head("/cong-khai/dl")
    assert (alone.status_code, alone.content) == (200, b"")
    assert (await reader.client.post("/cong-khai/dl")).status_code == 405
    assert (await reader.client.get("/healthz")).status_code == 200
    assert "English" in (await reader.client.get("/cong-khai/dl?lang=vi")).text


async def test_who_comes_under_another_name_gets_links_under_that_name(office: Office, plain_world: World) -> None:
    meeting = await office.fixed_meeting()
    async with passer_by(plain_world) as reader:
        path = f"/cong-khai/dl/buoi/{meeting.id}"
        for host in ("xa.test", "khac.test", "xa.test"):
            page = (await reader.client.get(path, headers={"host": host})).text
            assert f"https://{host}/?start=m-{meeting.id}" in page
