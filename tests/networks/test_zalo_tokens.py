"""The tokens: each refresh is good once, so one renews, stores, and only then is anything used."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.zalo.account import tokens as module
from bot.zalo.account.checkup import tokens_finding
from bot.zalo.account.tokens import AccessTokens, OaKeys
from intake.rules.outbox.delivery import Unavailable
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.logged import Logged
from tests.support.world import Clock
from tests.support.zalo_line import API
from zalo_sandbox.app import Running
from zalo_sandbox.config import SandboxConfig
from zalo_sandbox.driver import in_process

FIRST = SandboxConfig().refresh_token


async def no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


class Rig:
    """The stand-in's OAuth server, and processes of ours that have to do with it."""

    def __init__(self, running: Running, clock: Clock) -> None:
        self.running = running
        self.clock = clock
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(running.app))

    def process(self, store: Store, name: str = "one", first: str = FIRST, **more: Any) -> AccessTokens:
        config = self.running.sandbox.config
        keys = OaKeys(config.app_id, more.pop("secret", config.app_secret), config.oa_id, first)
        return AccessTokens(
            store, more.pop("http", self.http), API, keys, name, self.clock.now, more.pop("pause", no_pause)
        )

    async def works(self, access: str) -> bool:
        answer = await self.http.get(f"{API}/v2.0/oa/getoa", headers={"access_token": access})
        return answer.json()["error"] == 0

    def asked(self) -> int:
        return sum(call.path == "/v4/oa/access_token" for call in self.running.sandbox.calls)


@pytest.fixture
async def rig(clock: Clock) -> AsyncIterator[Rig]:
    running, driver = in_process(clock.now)
    made = Rig(running, clock)
    yield made
    await made.http.aclose()
    await driver.client.aclose()


async def test_the_first_token_is_used_once_and_what_comes_is_kept_sealed(store: Store, rig: Rig) -> None:
    tokens = rig.process(store)
    access = await tokens.access()
    assert await rig.works(access)
    assert await tokens.access() == access
    assert await rig.process(store, "born later").access() == access
    assert rig.asked() == 1

    async with store.engine.connect() as connection:
        rows = await connection.execute(sa.select(t.zalo_tokens))
        text = str(rows.all())
    for secret in (access, rig.running.sandbox.tokens.refresh, FIRST):
        assert secret not in text
    assert rig.running.sandbox.violations == []


async def test_it_is_renewed_before_its_end_and_as_long_as_zalo_says(store: Store, rig: Rig) -> None:
    """25 hours are usual, an hour was seen: what counts is what Zalo says each time."""
    tokens = rig.process(store)
    first = await tokens.access()
    rig.clock.move(hours=24, minutes=29)
    assert await tokens.access() == first
    rig.clock.move(minutes=2)
    second = await tokens.access()
    assert second != first
    assert await rig.works(second)

    rig.running.sandbox.config = SandboxConfig(access_token_life=timedelta(minutes=8))
    rig.clock.move(hours=25)
    third = await tokens.access()
    rig.clock.move(minutes=5)
    assert await tokens.access() == third
    rig.clock.move(minutes=2)
    assert await tokens.access() != third
    assert rig.running.sandbox.violations == []


async def test_a_token_zalo_refuses_is_renewed_at_once_by_one(store: Store, rig: Rig) -> None:
    tokens = rig.process(store)
    old = await tokens.access()
    new = await asyncio.gather(*(tokens.renew(old) for _ in range(5)))
    assert len(set(new)) == 1
    assert new[0] != old
    assert rig.asked() == 2
    assert rig.running.sandbox.violations == []


async def test_two_processes_renew_once(store: Store, new_store: Callable[[], Store], rig: Rig) -> None:
    """Both find the token at its end in the same moment; a refresh token used twice is a violation of the stand-in."""
    one, two = rig.process(store, "one"), rig.process(new_store(), "two")
    await one.access()
    await two.access()
    for _ in range(5):
        rig.clock.move(hours=25)
        first, second = await asyncio.gather(one.access(), two.access())
        assert first == second
        assert await rig.works(first)
    assert rig.asked() == 6
    assert rig.running.sandbox.violations == []


class Dying(httpx.AsyncBaseTransport):
    """The process dies between Zalo's answer and our commit."""

    def __init__(self, running: Running) -> None:
        self._inner = httpx.ASGITransport(running.app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._inner.handle_async_request(request)
        raise asyncio.CancelledError


async def test_a_death_between_receiving_and_storing_takes_the_pair_along_and_an_admin_helps(
    store: Store, new_store: Callable[[], Store], rig: Rig, logged: Logged
) -> None:
    """Zalo gives a pair once: what dies with the process is gone. It is told, and a new first token gets us out."""
    alive = rig.process(store)
    await alive.access()
    rig.clock.move(hours=24, minutes=45)
    async with httpx.AsyncClient(transport=Dying(rig.running)) as http:
        with pytest.raises(asyncio.CancelledError):
            await rig.process(store, "dying", http=http).access()
    used_up = rig.running.sandbox.tokens
    rig.clock.move(minutes=2)

    reborn = rig.process(new_store(), "reborn")
    old = await reborn.access()
    assert not await rig.works(old), "what is kept is still within its time; that Zalo ended it shows at the first call"
    with pytest.raises(Unavailable):
        await reborn.renew(old)
    assert [one["event"] for one in logged() if one["level"] == "error"] == ["zalo_token_refused"]
    async with store.reading() as uow:
        finding = tokens_finding(await uow.zalo_tokens.get(rig.running.sandbox.config.oa_id), uow.now)
    assert not finding.fine
    assert "docs/zalo.md" in finding.sentence

    rig.running.sandbox.violations.clear()  # the used-up token was tried once more, how else would we know
    admin_fetched = used_up.refresh
    helped = rig.process(new_store(), "helped", first=admin_fetched)
    assert await rig.works(await helped.access())
    async with store.reading() as uow:
        finding = tokens_finding(await uow.zalo_tokens.get(rig.running.sandbox.config.oa_id), uow.now)
    assert finding.fine
    assert rig.running.sandbox.violations == []


async def test_a_death_without_consequence_lets_the_next_one_in_after_the_claim(
    store: Store, new_store: Callable[[], Store], rig: Rig
) -> None:
    """Killed before Zalo was asked: the claim stays behind, runs out, and nothing else has happened."""
    oa_id = rig.running.sandbox.config.oa_id
    async with store.unit() as uow:
        assert await uow.zalo_tokens.claim(oa_id, "dead", uow.now + timedelta(seconds=45))
        await uow.commit()
    waited = 0

    async def wait(_seconds: float) -> None:
        nonlocal waited
        waited += 1
        rig.clock.move(seconds=1)

    heir = rig.process(new_store(), "heir", pause=wait)
    assert await rig.works(await heir.access())
    assert waited == 45


async def test_a_new_token_in_the_settings_wins_over_a_dead_one(store: Store, rig: Rig) -> None:
    await rig.process(store).access()
    rig.clock.move(days=91)
    with pytest.raises(Unavailable):
        await rig.process(store).access()
    rig.running.sandbox.tokens.refresh_until = rig.clock.now() + timedelta(days=90)
    rig.running.sandbox.tokens.refresh = "fetched by the admin"

    assert await rig.works(await rig.process(store, first="fetched by the admin").access())


async def test_a_wrong_token_in_the_settings_does_not_cost_the_living_one(
    store: Store, rig: Rig, logged: Logged
) -> None:
    access = await rig.process(store).access()
    slipped = rig.process(store, first="a slip")
    assert await rig.works(await slipped.access())
    assert not await rig.works(access), "it was tried, refused, and the one that was kept was used"
    assert await slipped.access() == await rig.process(store, first="a slip").access(), "a slip is tried once"
    assert rig.asked() == 3
    assert [one["event"] for one in logged() if one["level"] == "error"] == ["zalo_first_token_refused"]


async def test_an_old_setting_of_another_process_is_not_tried_again(store: Store, rig: Rig) -> None:
    """During a change of the settings both values are about: what was used up stays used up."""
    old = rig.process(store, "old settings")
    await old.access()
    rig.clock.move(hours=1)
    rig.running.sandbox.tokens.refresh = "the new one"
    await rig.process(store, "new settings", first="the new one").access()
    rig.clock.move(hours=25)
    assert await rig.works(await old.access())
    assert rig.running.sandbox.violations == []


async def test_a_refused_token_is_not_hammered(store: Store, rig: Rig) -> None:
    tokens = rig.process(store, first="nonsense")
    for _ in range(4):
        with pytest.raises(Unavailable):
            await tokens.access()
    assert rig.asked() == 1
    rig.clock.move(minutes=16)
    with pytest.raises(Unavailable):
        await tokens.access()


@pytest.mark.parametrize("answer", ["{}", '{"error": 0}', '{"access_token": 5}', "[]", "<html>"])
async def test_a_page_to_sign_in_does_not_cost_the_token(store: Store, rig: Rig, answer: str) -> None:
    """A gateway on the way answers for Zalo: that is no refusal, and the token is still good."""
    async with httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _request: httpx.Response(200, text=answer))
    ) as caught:
        with pytest.raises(Unavailable):
            await rig.process(store, http=caught).access()

    rig.clock.move(hours=1)
    assert await rig.works(await rig.process(store).access())


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503, text="<html>"),
        httpx.Response(500, json={"error": 1}),
        httpx.Response(200, json=[]),
        httpx.ConnectError("no route"),
        httpx.ReadTimeout("slow"),
    ],
)
async def test_while_zalo_does_not_answer_what_is_kept_works_until_its_end(
    store: Store, rig: Rig, answer: httpx.Response | Exception
) -> None:
    access = await rig.process(store).access()

    def say(_request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    async with httpx.AsyncClient(transport=httpx.MockTransport(say)) as http:
        cut_off = rig.process(store, http=http)
        rig.clock.move(hours=24, minutes=45)
        assert await cut_off.access() == access
        rig.clock.move(minutes=20)
        with pytest.raises(Unavailable):
            await cut_off.access()
    assert await rig.works(await rig.process(store).access()), "nothing was lost by it"


async def test_a_wrong_secret_is_told_and_put_right_without_a_new_token(store: Store, rig: Rig, logged: Logged) -> None:
    await rig.process(store).access()
    rig.clock.move(hours=26)
    with pytest.raises(Unavailable):
        await rig.process(store, secret="a slip").access()
    assert [one.get("error") for one in logged() if one["level"] == "error"] == ["-14004"]
    rig.clock.move(minutes=16)

    assert await rig.works(await rig.process(store).access())


async def test_tokens_are_kept_alive_when_nothing_is_sent_and_age_is_told(
    store: Store, rig: Rig, logged: Logged
) -> None:
    rounds = 0

    async def pause(_seconds: float) -> None:
        nonlocal rounds
        rounds += 1
        rig.clock.move(hours=12)
        if rounds == 20:
            raise asyncio.CancelledError

    tokens = rig.process(store, pause=pause)
    with pytest.raises(asyncio.CancelledError):
        await tokens.run()
    assert rig.asked() == 7
    assert [one for one in logged() if one.get("level") == "error"] == []

    rig.clock.move(days=76)
    async with store.reading() as uow:
        finding = tokens_finding(await uow.zalo_tokens.get(rig.running.sandbox.config.oa_id), uow.now)
    assert not finding.fine
    assert "days old" in finding.sentence
    rig.running.sandbox.failures.clear()
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(503))) as http:
        cut_off = rig.process(store, http=http)
        cut_off._access, cut_off._renew_at = "x", rig.clock.now() + timedelta(hours=1)  # noqa: SLF001 - months ago
        await cut_off._watch_age()  # noqa: SLF001 - one round of what never ends
    assert [one["event"] for one in logged()] == ["zalo_refresh_token_old"]


def test_a_life_that_is_not_told_is_an_hour() -> None:
    assert [module._life(said) for said in ("90000", 3600, None, "soon", "0")] == [  # noqa: SLF001 - what Zalo says has no other way in
        timedelta(hours=25),
        *[timedelta(hours=1)] * 4,
    ]


async def test_a_key_that_is_not_ours_any_more_leaves_no_token(store: Store, rig: Rig, logged: Logged) -> None:
    await rig.process(store).access()
    async with store.unit() as uow:
        await uow.zalo_tokens.change(rig.running.sandbox.config.oa_id, access_sealed="x", refresh_sealed="x")
        await uow.commit()
    with pytest.raises(Unavailable):
        await rig.process(store).access()
    assert {one["event"] for one in logged() if one["level"] == "error"} == {
        "zalo_token_sealed_with_another_key",
        "zalo_token_refused",
    }


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=40)])
async def test_what_a_clock_that_was_ahead_left_behind_holds_no_renewal_up(
    store: Store, rig: Rig, ahead: timedelta
) -> None:
    """A process died while it renewed, and had noted a refusal before; both by a clock that was set back since."""
    tokens = rig.process(store)
    await tokens.access()
    rig.clock.move(hours=25)
    async with store.unit() as uow:
        until = uow.now + ahead
        assert await uow.zalo_tokens.claim(tokens._keys.oa_id, "dead", until)  # noqa: SLF001 - as it was left
        await uow.zalo_tokens.change(tokens._keys.oa_id, refused_at=until)  # noqa: SLF001
        await uow.commit()
    assert await rig.works(await rig.process(store, "heir").access())
