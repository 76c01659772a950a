"""The stand-in for Zalo's OpenAPI refuses what the platform refuses: each limit and each edge."""

from datetime import UTC, datetime

import httpx
import pytest

from zalo_sandbox.driver import SandboxDriver, in_process

NOON = datetime(2026, 7, 1, 5, tzinfo=UTC)


@pytest.fixture
def sandbox():
    return in_process(lambda: NOON)


@pytest.fixture
def driver(sandbox) -> SandboxDriver:
    return sandbox[1]


@pytest.fixture
def api(sandbox) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(sandbox[0].app),
        base_url="https://openapi.zalo.me",
        headers={"access_token": "sandbox-access-1"},
    )


async def send(api: httpx.AsyncClient, driver: SandboxDriver, key: str, **message: object) -> dict:
    user_id = (await driver.meets(key))["id"]
    body = {"recipient": {"user_id": user_id}, "message": message}
    answer = await api.post("/v3.0/oa/message/cs", json=body)
    assert answer.status_code == 200
    return answer.json()


def buttons(*found: dict) -> dict:
    return {"type": "template", "payload": {"buttons": list(found)}}


async def test_a_text_is_on_the_phone(api, driver):
    await driver.says("mai", "xin chào")
    answer = await send(api, driver, "mai", text="Chào bà Mai")

    assert answer["error"] == 0
    assert answer["data"]["quota"]["quota_type"] == "reply"
    shown = (await driver.shown("mai"))[-1]
    assert (shown["by"], shown["text"], shown["id"]) == ("oa", "Chào bà Mai", answer["data"]["message_id"])
    assert await driver.violations() == []


async def test_a_pressed_button_says_its_payload(api, driver):
    await driver.says("mai", "xin chào")
    button = {"title": "Gửi", "type": "oa.query.hide", "payload": "#abc"}
    assert (await send(api, driver, "mai", text="Gửi chưa?", attachment=buttons(button)))["error"] == 0
    await driver.presses("mai", "Gửi")

    assert [one["text"] for one in await driver.shown("mai")] == ["xin chào", "Gửi chưa?"]
    with pytest.raises(LookupError, match="sees no button"):
        await driver.presses("mai", "Huỷ")
