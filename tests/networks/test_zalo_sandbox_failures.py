"""What was ordered to go wrong goes wrong so, that often, there; and what was asked is done or not done."""

import httpx
import pytest

from tests.support.zalo_sandbox import NOON, Rig, rig
from zalo_sandbox.app import create_sandbox
from zalo_sandbox.config import SandboxConfig
from zalo_sandbox.driver import SandboxDriver, nowhere


@pytest.fixture
async def zalo() -> Rig:
    made = rig()
    await made.driver.says("mai", "xin chào")
    return made


async def test_an_error_comes_as_often_as_ordered_and_nothing_is_shown(zalo):
    await zalo.driver.fails_next("error", -200, times=2)

    assert [(await zalo.send("mai", text="a"))["error"] for _ in range(3)] == [-200, -200, 0]
    assert len(await zalo.driver.shown("mai")) == 2


async def test_only_the_named_path_fails(zalo):
    await zalo.driver.fails_next("error", -32, path="/v4/")

    assert (await zalo.send("mai", text="a"))["error"] == 0
    answer = await zalo.api.post("/v4/oa/access_token")
    assert answer.json()["error"] == -32


async def test_a_broken_server_answers_a_page(zalo):
    await zalo.driver.fails_next("http", 502)
    answer = await zalo.api.post("/v3.0/oa/message/cs", json={})

    assert answer.status_code == 502
    assert "json" not in answer.headers["content-type"]


async def test_a_time_out_does_nothing(zalo):
    await zalo.driver.fails_next("timeout")
    with pytest.raises(httpx.ReadTimeout):
        await zalo.send("mai", text="a")

    assert len(await zalo.driver.shown("mai")) == 1


async def test_a_lost_answer_was_shown_all_the_same(zalo):
    await zalo.driver.fails_next("lost")
    with pytest.raises(httpx.ReadTimeout):
        await zalo.send("mai", text="a")

    assert [one["text"] for one in await zalo.driver.shown("mai")] == ["xin chào", "a"]
    assert (await zalo.driver.calls())[-1]["failure"] == "lost"


async def test_half_an_answer_cannot_be_read_and_was_shown(zalo):
    await zalo.driver.fails_next("half")
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        await zalo.send("mai", text="a")

    assert len(await zalo.driver.shown("mai")) == 2


async def test_who_hangs_long_enough_ends_with_nothing():
    async def patient() -> None:
        pass

    running = create_sandbox(SandboxConfig(), lambda: NOON, nowhere, patient)
    api = httpx.AsyncClient(transport=httpx.ASGITransport(running.app), base_url="http://sandbox.test")
    for kind in ("timeout", "lost"):
        await SandboxDriver(api).fails_next(kind)
        answer = await api.post("/v3.0/oa/message/cs", json={})
        assert (answer.status_code, answer.content) == (504, b"")


async def test_the_control_itself_never_fails(zalo):
    await zalo.driver.fails_next("http", 500, times=9)

    await zalo.driver.says("mai", "còn đây")
    assert (await zalo.driver.state())["webhook"]["on"] is True


async def test_nobody_can_be_made_to_do_what_there_is_not(zalo):
    for path, body in (
        ("users/nobody/say", {"text": "a"}),
        ("users/mai/do", {"deed": "dance"}),
        ("clock", {"seconds": -1}),
        ("webhook", {"speed": 3}),
        ("switches", {"app_id": "1"}),
        ("switches", {"buttons": "sometimes"}),
        ("switches", {"access_token_life": "long"}),
        ("users", {"key": "a b"}),
        ("users/mai/react", {"icon": "/-heart"}),
        ("users/mai/by-hand", {}),
    ):
        assert (await zalo.driver.client.post(f"/_sandbox/{path}", json=body)).status_code in {404, 409, 422}, path
    assert [one["key"] for one in (await zalo.driver.client.get("/_sandbox/users")).json()] == ["mai"]
    assert (await zalo.driver.client.get("/_sandbox/users/nobody")).status_code == 404
    assert (await zalo.driver.client.get("/_sandbox/assets/nothing")).status_code == 404
    assert await zalo.driver.violations() == []
