"""Monitors and previews of links ask for the headers of a page alone."""

from pathlib import Path

import httpx
import pytest

from tests.support.webchat_line import WebChatLine
from tests.support.world import local, opened_world


@pytest.mark.parametrize("address", ["/", "/healthz", "/readyz", "/webchat/static/web.css", "/chat/nobody/"])
async def test_every_page_answers_a_request_for_its_headers_as_it_would_the_whole(address: str, tmp_path: Path) -> None:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1)) as world:
        assert isinstance(world.line, WebChatLine)
        transport = httpx.ASGITransport(world.line.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as visitor:
            whole, head = await visitor.get(address), await visitor.head(address)

    assert head.status_code == whole.status_code
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["content-security-policy"] == whole.headers["content-security-policy"]
