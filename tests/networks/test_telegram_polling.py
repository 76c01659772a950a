"""Polling: Telegram forgets an update only after we have it."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bot.telegram.polling import poll
from bot.telegram.receive import make_bot
from tests.support import telegram_updates as updates
from tests.support.telegram_fakes import API, TOKEN, Answer, FakeSession, FakeTelegram, refused

DELETED: Answer = (200, {"ok": True, "result": True})
MAI = "7000001"


def got(*ids: int) -> Answer:
    return 200, {"ok": True, "result": [updates.text(number, MAI, "a") for number in ids]}


class Taker:
    """Takes updates in; those in `fails` fail the first time."""

    def __init__(self, *fails: int) -> None:
        self.taken: list[int] = []
        self._fails = set(fails)

    async def take(self, update: Mapping[str, Any]) -> None:
        await asyncio.sleep(0)
        number = update["update_id"]
        if number in self._fails:
            self._fails.discard(number)
            raise OperationalError("COMMIT", {}, OSError("disk full"))
        self.taken.append(number)


async def polled(taker: Taker, *answers: Answer | Exception) -> tuple[FakeTelegram, list[float]]:
    """Poll until the answers are used up."""
    telegram = FakeTelegram(answers=[DELETED, *answers, asyncio.CancelledError()])  # type: ignore[list-item]
    telegram.answers = [*telegram.answers]
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    session = _Session(telegram)
    with pytest.raises(asyncio.CancelledError):
        await poll(make_bot(TOKEN, API, session), taker.take, pause)
    return telegram, pauses


class _Session(FakeSession):
    """Ends the loop, as the end of the process does, when the prepared answers are used up."""

    async def make_request(self, bot: Any, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram names it so
        if self._server.answers and isinstance(self._server.answers[0], asyncio.CancelledError):
            params = method.model_dump(exclude_none=True, warnings=False)
            self._server.calls.append(type(self._server.calls[0])(method.__api_method__, params))
            raise asyncio.CancelledError
        return await super().make_request(bot, method, timeout)


def offsets(telegram: FakeTelegram) -> list[int]:
    return [call.params["offset"] for call in telegram.named("getUpdates")]


async def test_the_webhook_is_given_up_first_and_what_waited_is_kept() -> None:
    telegram, _ = await polled(Taker())

    assert telegram.calls[0].method == "deleteWebhook"
    assert "drop_pending_updates" not in telegram.calls[0].params


async def test_the_offset_moves_behind_what_is_stored() -> None:
    taker = Taker()
    telegram, pauses = await polled(taker, got(11, 12, 13), got(), got(14))

    assert taker.taken == [11, 12, 13, 14]
    assert offsets(telegram) == [0, 14, 14, 15]
    assert pauses == []


async def test_the_offset_stays_when_one_of_them_is_not_stored() -> None:
    taker = Taker(12)
    telegram, pauses = await polled(taker, got(11, 12, 13), got(11, 12, 13))

    assert offsets(telegram) == [0, 0, 14]
    assert taker.taken == [11, 13, 11, 12, 13]
    assert pauses == [1.0]


async def test_telegram_out_of_reach_is_tried_again_ever_more_slowly() -> None:
    _, pauses = await polled(Taker(), *[refused(502, "Bad Gateway")] * 3, got(5), OSError("no route"))

    assert pauses == [1.0, 2.0, 4.0, 1.0], "after a success it begins at one second again"


@pytest.mark.parametrize(
    ("answer", "event"),
    [
        (refused(401, "Unauthorized"), "telegram_token_refused"),
        (refused(409, "Conflict: terminated by other getUpdates request"), "telegram_polled_elsewhere"),
        (
            refused(409, "Conflict: can't use getUpdates method while webhook is active"),
            "telegram_webhook_set_elsewhere",
        ),
    ],
)
async def test_what_a_person_has_to_put_right_is_an_error_in_the_log(answer: Answer, event: str) -> None:
    with structlog.testing.capture_logs() as logs:
        await polled(Taker(), answer)

    assert [(entry["event"], entry["log_level"]) for entry in logs] == [(event, "error")]


async def test_an_update_of_an_unknown_shape_holds_up_nobody() -> None:
    taker = Taker()
    odd = {"update_id": 21, "message": {"no": "message"}}
    telegram, _ = await polled(taker, (200, {"ok": True, "result": [odd, updates.text(22, MAI, "a")]}))

    assert taker.taken == [21, 22]
    assert offsets(telegram) == [0, 23]


async def test_only_what_is_listened_to_is_asked_for() -> None:
    telegram, _ = await polled(Taker())

    params = telegram.named("getUpdates")[0].params
    assert list(params["allowed_updates"]) == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert params["timeout"] == 25
