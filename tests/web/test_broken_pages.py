"""The database is away for some minutes: whoever opens or sends something reads what that means, in their language."""

import httpx
import pytest
from fastapi import APIRouter
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.webchat.webchat import broken
from web.server import Failing, create_app

A_PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
router = APIRouter()


@router.api_route("/gone", methods=["GET", "POST"])
async def gone() -> None:
    raise ConnectionRefusedError("secret words of a person")


@router.get("/fine")
async def fine() -> PlainTextResponse:
    return PlainTextResponse("fine")


async def no_trouble() -> str:
    return ""


async def falls_over(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise ConnectionRefusedError


def visitor_of(app: Failing) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://test")


async def test_a_page_that_fails_says_so_and_what_to_do() -> None:
    async with visitor_of(Failing(create_app([router], no_trouble), broken)) as visitor:
        opened = await visitor.get("/gone", headers=A_PERSON)
        sent = await visitor.post("/gone", headers=A_PERSON)
        program = await visitor.get("/gone", headers={"Accept": "application/json"})
        whole = await visitor.get("/fine", headers=A_PERSON)

    assert (opened.status_code, sent.status_code, program.status_code) == (500, 500, 500)
    assert "Trang này chưa mở được, không phải do bà/ông." in opened.text
    assert "Điều vừa gửi có thể chưa được lưu." in sent.text
    assert "Internal" not in opened.text + sent.text
    assert "secret" not in opened.text + sent.text
    assert opened.headers["content-security-policy"].startswith("default-src 'none'")
    assert opened.headers["cache-control"] == "no-store"
    assert program.text == "Internal Server Error"
    assert whole.text == "fine"


async def test_what_stands_in_front_may_fail_as_well() -> None:
    async with visitor_of(Failing(falls_over, broken)) as visitor:
        opened = await visitor.get("/cong-khai", headers=A_PERSON)

    assert "Hệ thống đang trục trặc" in opened.text


async def test_the_failure_still_comes_to_the_log() -> None:
    transport = httpx.ASGITransport(Failing(create_app([router], no_trouble), broken))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as visitor:
        with pytest.raises(ConnectionRefusedError):
            await visitor.get("/gone", headers=A_PERSON)
