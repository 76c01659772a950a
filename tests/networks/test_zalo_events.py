"""Every kind of event as Zalo sends it, one file each: what it means, and that the real webhook copes with it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zalo.account.events import FROM_ACCOUNT, UNFOLLOW, read_event
from bot.zalo.account.reading import said_in
from bot.zalo.webhook import HEADER, PATH, signature_of
from tests.support.world import World, local, opened_world
from tests.support.zalo_line import CONFIG, PUBLIC, ZaloLine

FOLDER = Path(__file__).parent / "zalo_events"
FILES = sorted(path.stem for path in FOLDER.glob("*.json"))
PERSON = "2468458835296117922"


def recorded(name: str) -> tuple[dict[str, Any], Any]:
    content = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content["event"], content["means"]


def meaning_of(raw: dict[str, Any]) -> Any:
    """An event as the files write it down."""
    event = read_event(raw)
    if event is None:
        return "dropped"
    assert (event.address, event.oa_id, event.sent_at_ms) == (PERSON, CONFIG.oa_id, 1709258400000)
    if event.name.startswith(FROM_ACCOUNT):
        assert event.admin == "998877"
        return "by hand"
    if event.name == UNFOLLOW:
        return "gone"
    said = said_in(event)
    found: dict[str, Any] = {"kind": said.kind.value}
    if said.text:
        found["text"] = said.text
    if said.phone:
        found["phone"] = said.phone
    if said.files:
        found["files"] = [[one.url, one.name, one.size] for one in said.files]
    if said.problem is not None:
        found["problem"] = said.problem.value
    return found


@pytest.mark.parametrize("name", FILES)
def test_an_event_means_what_its_file_says(name: str) -> None:
    event, means = recorded(name)

    assert meaning_of(event) == means


def test_an_event_is_known_again_by_its_message_or_by_everything_it_says() -> None:
    first, again = (read_event(recorded(name)[0]) for name in ("text", "text_tried_again"))
    assert first is not None
    assert again is not None
    assert first.key == again.key == "96d3cdf3af150460901"

    follow, unfollow = (read_event(recorded(name)[0]) for name in ("follow", "unfollow"))
    later = read_event({**recorded("follow")[0], "timestamp": "1709258400001"})
    assert follow is not None
    assert unfollow is not None
    assert later is not None
    assert len({follow.key, unfollow.key, later.key}) == 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
NAMES = sorted({recorded(name)[0]["event_name"] for name in FILES})
FIELDS = ("sender", "recipient", "message", "info", "follower", "oa_id", "timestamp", "event_name")


@given(st.sampled_from(FILES), st.sampled_from(FIELDS), JSON)
def test_whatever_stands_in_a_field_is_read_without_a_stumble(name: str, field: str, found: Any) -> None:
    event = read_event({**recorded(name)[0], field: found})

    if event is not None:
        said_in(event)


@given(JSON)
def test_whatever_is_attached_is_read_without_a_stumble(found: Any) -> None:
    for name in NAMES:
        raw = {"event_name": name, "sender": {"id": "1"}, "recipient": {"id": "2"}, "timestamp": "1"}
        for message in (found, {"attachments": found}, {"attachments": [{"payload": found}]}):
            event = read_event({**raw, "message": message, "info": found})
            if event is not None:
                said_in(event)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, ZaloLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


@pytest.mark.parametrize("name", FILES)
async def test_the_webhook_takes_each_and_answers_what_is_heard(world: World, name: str) -> None:
    line = world.line
    assert isinstance(line, ZaloLine)
    event, means = recorded(name)
    line.phone(PERSON)
    body = json.dumps(event, ensure_ascii=False).encode()
    timestamp = str(event["timestamp"])
    for _ in range(2):
        mac = signature_of(CONFIG.app_id, body, timestamp, CONFIG.oa_secret)
        answer = await line.webhook.post(f"{PUBLIC}{PATH}", content=body, headers={HEADER: f"mac={mac}"})
        assert answer.status_code == 200
        await line.worker.drain()
    await line.settle()

    said = [one.text for one in line.shown(PERSON)]
    if isinstance(means, dict):
        asked = [one for one in said if "Bà/ông có đồng ý không?" in one]
        assert len(asked) == 1, "once, though it came twice"
        assert not [one for one in said if "hệ thống vừa gặp lỗi" in one]
    elif means == "by hand":
        assert len(said) == 1
        assert "tạm nghỉ đến 09:00, 01/03/2024" in said[0]
    else:
        assert said == []
    line.running.sandbox.violations[:] = [one for one in line.running.sandbox.violations if "GET" not in one]
    async with world.store.reading() as uow:
        assert await uow.zalo_events.waiting(CONFIG.oa_id, 10) == []
