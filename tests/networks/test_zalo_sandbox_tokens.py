"""Tokens of the stand-in: they run out, they are replaced, and a refresh token is good for one use."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.zalo_sandbox import Rig, rig
from zalo_sandbox.config import SandboxConfig

HOURS_25 = {"hours": 25}
CONFIG = SandboxConfig()
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


@pytest.fixture
def zalo() -> Rig:
    return rig(access_token_life=CONFIG.access_token_life)


async def ask(zalo: Rig, secret: str = CONFIG.app_secret, **form: str) -> dict:
    body = {"app_id": CONFIG.app_id, "grant_type": "refresh_token", **form}
    answer = await zalo.api.post("/v4/oa/access_token", data=body, headers={"secret_key": secret})
    assert answer.status_code == 200
    return answer.json()


async def account(zalo: Rig, token: str) -> int:
    return (await zalo.api.get("/v2.0/oa/getoa", headers={"access_token": token})).json()["error"]


async def test_a_token_that_never_was_is_invalid_and_none_at_all_is_a_defect(zalo):
    assert await account(zalo, "made-up") == -216
    assert await zalo.driver.violations() == []
    assert (await zalo.api.get("/v2.0/oa/getoa", headers={"access_token": ""})).json()["error"] == -216
    assert len(await zalo.driver.violations()) == 1


async def test_a_token_lives_25_hours(zalo):
    await zalo.driver.moves_clock(hours=25, seconds=-1)
    assert await account(zalo, CONFIG.access_token) == 0
    await zalo.driver.moves_clock(seconds=1)
    assert await account(zalo, CONFIG.access_token) == -220


async def test_a_refresh_gives_a_new_pair_and_ends_the_old_one(zalo):
    pair = await ask(zalo, refresh_token=CONFIG.refresh_token)

    assert pair["expires_in"] == "90000"
    assert await account(zalo, pair["access_token"]) == 0
    assert await account(zalo, CONFIG.access_token) == -220
    again = await ask(zalo, refresh_token=pair["refresh_token"])
    assert again["refresh_token"] != pair["refresh_token"]
    assert await account(zalo, pair["access_token"]) == -220
    assert await zalo.driver.violations() == []


async def test_a_refresh_token_is_good_for_one_use(zalo):
    await ask(zalo, refresh_token=CONFIG.refresh_token)
    answer = await ask(zalo, refresh_token=CONFIG.refresh_token)

    assert answer["error"] == -14014
    assert answer["error_description"]
    assert await zalo.driver.violations() == ["access_token: a refresh token was used twice"]


async def test_the_code_of_a_dead_refresh_token_is_a_switch(zalo):
    await zalo.driver.switches(dead_refresh_error=-14020)

    assert (await ask(zalo, refresh_token="unknown"))["error"] == -14020


@pytest.mark.parametrize(("days", "fine"), [(89, True), (90, False)])
async def test_a_refresh_token_lives_three_months(zalo, days, fine):
    await zalo.driver.moves_clock(days=days)

    assert ("access_token" in await ask(zalo, refresh_token=CONFIG.refresh_token)) == fine


async def test_how_long_a_token_lives_can_be_changed(zalo):
    await zalo.driver.switches(access_token_life=3600)
    pair = await ask(zalo, refresh_token=CONFIG.refresh_token)
    await zalo.driver.moves_clock(hours=1)

    assert pair["expires_in"] == "3600"
    assert await account(zalo, pair["access_token"]) == -220


async def test_a_lost_answer_has_used_the_token_up(zalo):
    await zalo.driver.fails_next("half", path="/v4/")
    with pytest.raises(ValueError, match="Unterminated"):
        await ask(zalo, refresh_token=CONFIG.refresh_token)

    assert (await ask(zalo, refresh_token=CONFIG.refresh_token))["error"] == -14014


async def test_who_asks_for_tokens_has_to_say_who_they_are(zalo):
    assert (await ask(zalo, secret="wrong", refresh_token=CONFIG.refresh_token))["error"] == -14004
    assert (await ask(zalo, app_id="1", refresh_token=CONFIG.refresh_token))["error"] == -14002
    assert (await ask(zalo, grant_type="password"))["error"] == -14002
    as_json = await zalo.api.post("/v4/oa/access_token", json={"refresh_token": CONFIG.refresh_token})
    assert as_json.json()["error"] == -14002
    assert len(await zalo.driver.violations()) == 3
    assert "access_token" in await ask(zalo, refresh_token=CONFIG.refresh_token), "none of that used it up"


async def consent(zalo: Rig, **changed: str) -> dict:
    asked = {
        "app_id": CONFIG.app_id,
        "redirect_uri": CONFIG.redirect_uri,
        "code_challenge": CHALLENGE,
        "state": "s1",
        **changed,
    }
    answer = await zalo.api.get("/v4/oa/permission", params=asked)
    if answer.status_code == 200:
        return answer.json()
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


async def test_a_consent_becomes_tokens_once(zalo):
    given = await consent(zalo)
    code = {"grant_type": "authorization_code", "code": given["code"], "code_verifier": VERIFIER}

    assert (given["oa_id"], given["state"]) == (CONFIG.oa_id, "s1")
    assert "refresh_token" in await ask(zalo, **code)
    assert (await ask(zalo, **code))["error"] == -14014


async def test_a_consent_is_for_whoever_asked_and_for_ten_minutes(zalo):
    stolen = {"grant_type": "authorization_code", "code": (await consent(zalo))["code"], "code_verifier": "w" * 43}
    assert (await ask(zalo, **stolen))["error"] == -14014

    late = {"grant_type": "authorization_code", "code": (await consent(zalo))["code"], "code_verifier": VERIFIER}
    await zalo.driver.moves_clock(minutes=10)
    assert (await ask(zalo, **late))["error"] == -14014


async def test_a_consent_for_somebody_else_is_refused(zalo):
    assert (await consent(zalo, redirect_uri="http://elsewhere.test/"))["error"] == -14003
    assert (await consent(zalo, app_id="1"))["error"] == -14002
