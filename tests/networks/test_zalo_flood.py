"""At least once and in no order: duplicated and shuffled events end where the clean sequence ends.

What people say is brought in waves, as it is when a process was down and everything comes at once afterwards: within a
wave the events of all come in any order, each up to four times.
"""

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.zalo.webhook import HEADER, PATH, signature_of
from storage import tables as t
from tests.support.world import World, local, opened_world
from tests.support.zalo_line import CONFIG, PUBLIC, ZaloLine

EVENTS = int(os.environ.get("DOITHOAI_TEST_FLOOD", "1200"))
"""How many events are brought, duplicates included; 10,000 for the whole flood."""

WAVES = (
    ("/start h-DL-hang-gon", "Đồng ý", "{name}", "Bỏ qua"),
    ("/hoi", "Đường vào xóm {name} hỏng từ tháng 5, khi nào sửa?", "Gửi"),
    (
        "menu",
        "/cauhoi",
        "/hoi",
        "Cống đầu xóm {name} bị sập, xin xã xem.",
        "Sửa",
        "Cống sập ở xóm {name}, xin xã xem.",
        "gui",
    ),
)
COPIES = (1, 2, 3, 4)


def sayings(people: int) -> list[list[dict[str, Any]]]:
    """Every wave's events in their order."""
    waves = []
    at = 1_709_258_400_000
    for number, wave in enumerate(WAVES):
        events = []
        for place, text in enumerate(wave):
            for person in range(people):
                at += 7
                events.append(
                    {
                        "app_id": CONFIG.app_id,
                        "sender": {"id": str(5_000_000_000_000_000_000 + person)},
                        "recipient": {"id": CONFIG.oa_id},
                        "event_name": "user_send_text",
                        "message": {
                            "text": text.format(name=f"Nguyễn Thị {name_of(person)}"),
                            "msg_id": f"{number}.{place}.{person}",
                        },
                        "timestamp": str(at),
                    }
                )
        waves.append(events)
    return waves


def name_of(person: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(person)).capitalize()


async def bring(world: World, events: list[dict[str, Any]]) -> None:
    line = world.line
    assert isinstance(line, ZaloLine)
    for event in events:
        body = json.dumps(event, ensure_ascii=False).encode()
        mac = signature_of(CONFIG.app_id, body, event["timestamp"], CONFIG.oa_secret)
        answer = await line.webhook.post(f"{PUBLIC}{PATH}", content=body, headers={HEADER: mac})
        assert answer.status_code == 200
    await line.worker.drain()


async def state(world: World) -> dict[str, Any]:
    """Everything the events have led to, by person: numbers are given out in the order of arrival."""
    async with world.store.engine.connect() as connection:
        asked = await connection.execute(
            sa.select(t.accounts.c.address, t.persons.c.name, t.questions.c.text, t.questions.c.state)
            .join(t.persons, t.persons.c.id == t.accounts.c.person_id)
            .outerjoin(t.questions, t.questions.c.asker_id == t.persons.c.id)
        )
        talks = await connection.execute(
            sa.select(t.accounts.c.address, t.conversations.c.step).join_from(t.accounts, t.conversations)
        )
        letters = await connection.execute(
            sa.select(t.accounts.c.address, t.letters.c.content)
            .join_from(t.letters, t.accounts, t.accounts.c.id == t.letters.c.account_id)
            .order_by(t.letters.c.id)
        )
        said: dict[str, list[str]] = {}
        for address, content in letters:
            said.setdefault(address, []).append(content["key"])
        heard = await connection.scalar(sa.select(sa.func.count()).select_from(t.inbox))
        left = await connection.scalar(
            sa.select(sa.func.count()).select_from(t.zalo_events).where(t.zalo_events.c.body.is_not(None))
        )
        return {
            "asked": sorted(map(str, asked)),
            "talks": sorted(map(str, talks)),
            "said": said,
            "heard": heard,
            "left": left,
        }


async def lived(folder: Path, waves: list[list[dict[str, Any]]]) -> dict[str, Any]:
    async with opened_world(folder, ZaloLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        for wave in waves:
            await bring(world, wave)
            world.clock.move(minutes=5)
        return await state(world)


async def test_duplicated_and_shuffled_events_end_as_the_clean_sequence_does(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    chance = random.Random(20240301)  # noqa: S311 - an order, no secret
    said_each = sum(map(len, WAVES))
    people = max(1, round(EVENTS / (said_each * sum(COPIES) / len(COPIES))))
    clean = sayings(people)
    flood = []
    for wave in clean:
        copies = [
            {**event, "num_retry": copy} if copy else event for event in wave for copy in range(chance.choice(COPIES))
        ]
        chance.shuffle(copies)
        flood.append(copies)
    assert sum(map(len, flood)) > EVENTS * 0.8

    expected = await lived(tmp_path_factory.mktemp("clean"), clean)
    found = await lived(tmp_path_factory.mktemp("flood"), flood)

    assert found == expected
    assert found["left"] == 0
    assert found["heard"] == people * said_each
    assert len([one for one in found["asked"] if "hỏng từ tháng 5" in one]) == people
    assert len([one for one in found["asked"] if "Cống sập ở xóm" in one]) == people
