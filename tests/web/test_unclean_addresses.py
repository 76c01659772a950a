"""Addresses with what no keyboard types, at every door there is, on both databases: refused or read, never an error."""

import re
from pathlib import Path

import httpx
import pytest

from tests.office.test_rooms_walk import ours
from tests.support.desk import sit_down
from tests.support.office import open_office
from tests.support.webchat_line import WebChatLine
from tests.support.world import local, opened_world
from tests.web.test_heads import NEVER_END, everything, routes_of

UNCLEAN = "%00%ed%a0%bd%e2%80%ae%ff"
"""NUL, half an emoji, a sign that turns the line round, a byte that is no UTF-8."""
ASKED = (
    "tim",
    "q",
    "nhom",
    "sau",
    "tiep",
    "sua",
    "plan",
    "kind",
    "nguoi",
    "ve",
    "tu",
    "den",
    "truoc",
    "trang",
    "ma",
    "lang",
)


@pytest.mark.parametrize("written", [UNCLEAN, f"DL-2024-0001{UNCLEAN}", f"1{UNCLEAN}"])
async def test_no_address_however_it_was_cut_ends_in_an_error(written: str, tmp_path: Path, database_url: str) -> None:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), database_url, plan="di-lang-2024") as world:
        app = everything(world)
        office = await open_office(world)
        known = await ours(office)
        inside = (await sit_down(app, office.secretary)).client
        inside.follow_redirects = False
        query = "&".join(f"{name}={written}" for name in ASKED)
        broken = []
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://xa.test") as stranger:
            for route in routes_of(app.routes):
                if "GET" not in (route.methods or ()) or route.path in NEVER_END:
                    continue
                right = re.sub(r"{(\w+)[^}]*}", lambda name: known.get(name[1], "1"), route.path)
                cut = re.sub(r"{(\w+)[^}]*}", written, route.path)
                for address in {right, cut}:
                    for visitor in (inside, stranger):
                        answer = await visitor.get(f"{address}?{query}")
                        if answer.status_code >= 500:
                            broken.append(address)
    assert broken == []
