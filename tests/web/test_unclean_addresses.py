"""Addresses with what no keyboard types, at every door there is, on both databases: refused or read, never an error."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from starlette.types import Message

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
        cookies = (await sit_down(app, office.secretary)).client.cookies
        visitors = {"the secretary": "; ".join(f"{name}={value}" for name, value in cookies.items()), "a stranger": ""}
        query = "&".join(f"{name}={written}" for name in ASKED)
        statuses: dict[tuple[str, str], int] = {}
        for route in routes_of(app.routes):
            if "GET" not in (route.methods or ()) or route.path in NEVER_END:
                continue
            right = re.sub(r"{(\w+)[^}]*}", lambda name: known.get(name[1], "1"), route.path)
            cut = re.sub(r"{(\w+)[^}]*}", written, route.path)
            for address in {right, cut}:
                for visitor, cookie in visitors.items():
                    statuses[address, visitor] = await status_of(app, address, query, cookie)
    assert [asked for asked, status in statuses.items() if status >= 500] == []
    assert {200, 303, 404} <= set(statuses.values()), "pages, ways to them and what is not there"


async def status_of(app: FastAPI, path: str, query: str, cookie: str) -> int:
    """How a request is answered, handed over as the server does it; httpx reads long addresses dearer than we do."""
    begun: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.append(message["status"])

    headers = [(b"host", b"xa.test"), *([(b"cookie", cookie.encode())] if cookie else [])]
    asked = {"path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "headers": headers}
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http"}
    places = {"server": ("xa.test", 80), "client": ("127.0.0.1", 123), "root_path": ""}
    try:
        await app({**scope, **asked, **places}, receive, send)
    except Exception:  # noqa: BLE001 - the server says the same to the visitor
        return 500
    return begun[0]
